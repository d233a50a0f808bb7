/* The kernel for 64-bit ARM: four registers a block.  There is no vpmovmskb: a mask costs four ANDs and four
 * additions of neighbours, so classes are joined before masks are made. */
#include "wide.h"
#if defined(__aarch64__) && defined(__ARM_NEON)
#include "wide_types.h"
#include <arm_neon.h>

typedef uint8x16x4_t block;

static inline block block_load(const unsigned char *p) {
  return (block){{vld1q_u8(p), vld1q_u8(p + 16), vld1q_u8(p + 32), vld1q_u8(p + 48)}};
}

/* Each byte is 00 or FF. */
static inline uint64_t mask_of(block b) {
  static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t bit = vld1q_u8(bits);
  uint8x16_t low = vpaddq_u8(vandq_u8(b.val[0], bit), vandq_u8(b.val[1], bit));
  uint8x16_t high = vpaddq_u8(vandq_u8(b.val[2], bit), vandq_u8(b.val[3], bit));
  uint8x16_t sum = vpaddq_u8(low, high);
  sum = vpaddq_u8(sum, sum);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

typedef block lanes;

static inline lanes lanes_equal(block b, int byte) {
  uint8x16_t wanted = vdupq_n_u8((uint8_t)byte);
  for (int i = 0; i < 4; i++) b.val[i] = vceqq_u8(b.val[i], wanted);
  return b;
}

static inline lanes lanes_between(block b, int from, int count) {
  uint8x16_t first = vdupq_n_u8((uint8_t)from), limit = vdupq_n_u8((uint8_t)count);
  for (int i = 0; i < 4; i++) b.val[i] = vcltq_u8(vsubq_u8(b.val[i], first), limit);
  return b;
}

static inline lanes lanes_both(lanes x, lanes y) {
  for (int i = 0; i < 4; i++) x.val[i] = vandq_u8(x.val[i], y.val[i]);
  return x;
}

static inline lanes lanes_either(lanes x, lanes y) {
  for (int i = 0; i < 4; i++) x.val[i] = vorrq_u8(x.val[i], y.val[i]);
  return x;
}

static inline uint64_t lanes_mask(lanes x) {
  return mask_of(x);
}

static inline uint64_t block_equal(block b, int byte) {
  return mask_of(lanes_equal(b, byte));
}

static inline uint64_t block_between(block b, int from, int count) {
  return mask_of(lanes_between(b, from, count));
}

static inline uint64_t block_high(block b) {
  uint8x16_t most = vmaxq_u8(vmaxq_u8(b.val[0], b.val[1]), vmaxq_u8(b.val[2], b.val[3]));
  return vmaxvq_u8(most) < 0x80 ? 0 : block_between(b, 0x80, 0x80);
}

static inline uint64_t block_marks(block b) {
  return block_between(b, 0x80, 0x40);
}

static inline uint64_t block_controls(block b) {
  return mask_of(lanes_either(lanes_between(b, 0, 0x20), lanes_equal(b, 0x7F)));
}

static inline uint64_t block_candidates(block b) {
  static const uint8_t by_low[16] = {CANDIDATES_BY_LOW}, by_high[16] = {CANDIDATES_BY_HIGH};
  uint8x16_t low = vld1q_u8(by_low), high = vld1q_u8(by_high), any = vdupq_n_u8(0);
  for (int i = 0; i < 4; i++) {
    uint8x16_t low_set = vqtbl1q_u8(low, vandq_u8(b.val[i], vdupq_n_u8(15)));
    b.val[i] = vtstq_u8(low_set, vqtbl1q_u8(high, vshrq_n_u8(b.val[i], 4)));
    any = vorrq_u8(any, b.val[i]);
  }
  return vmaxvq_u8(any) == 0 ? 0 : mask_of(b);
}

static inline ascii_words block_words(block b) {
  lanes both = lanes_either(lanes_equal(b, '.'), lanes_equal(b, '\''));
  lanes comma = lanes_either(lanes_equal(b, ','), lanes_equal(b, ';'));
  lanes lower = b;
  for (int i = 0; i < 4; i++) lower.val[i] = vorrq_u8(b.val[i], vdupq_n_u8(0x20));
  return (ascii_words){
      .letter = block_between(lower, 'a', 26),
      .digit = block_between(b, '0', 10),
      .underscore = block_equal(b, '_'),
      .mid_letter = mask_of(lanes_either(both, lanes_equal(b, ':'))),
      .mid_number = mask_of(lanes_either(both, comma)),
      .space = block_equal(b, ' '),
      .cr = block_equal(b, '\r'),
  };
}

static inline block block_zero(void) {
  uint8x16_t zero = vdupq_n_u8(0);
  return (block){{zero, zero, zero, zero}};
}

static inline void block_store(void *p, block b) {
  for (int i = 0; i < 4; i++) vst1q_u8((uint8_t *)p + 16 * i, b.val[i]);
}

static inline block block_low7(block b) {
  for (int i = 0; i < 4; i++) b.val[i] = vandq_u8(b.val[i], vdupq_n_u8(0x7F));
  return b;
}

static inline block block_look_up(block into, lanes where, block places, const uint8_t *page) {
  uint8x16x4_t entries = vld1q_u8_x4(page);
  for (int i = 0; i < 4; i++) {
    uint8x16_t found = vqtbl4q_u8(entries, vandq_u8(places.val[i], vdupq_n_u8(0x3F)));
    into.val[i] = vbslq_u8(where.val[i], found, into.val[i]);
  }
  return into;
}

#include "wide_classes.h"
#include "wide_emit.h"

#include "wide_core.h"

const lode__wide_kernel lode__wide_neon = {words, graphemes, sentences};
#else
const lode__wide_kernel lode__wide_neon = {0};
#endif
