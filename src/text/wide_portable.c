/* The kernel for any processor: masks by tables, in words of 64 bits. */
#include "wide_ascii.h"

typedef struct block {
  const unsigned char *bytes;
} block;

static inline block block_load(const unsigned char *p) {
  return (block){p};
}

#define EACH_BYTE(n) ((uint64_t)(n)*0x0101010101010101u)

static inline uint64_t load8(const unsigned char *p) { /* the first byte lowest, whatever the machine */
  uint64_t word;
  memcpy(&word, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/* The low bit of each byte, side by side. */
static inline uint64_t gather(uint64_t bits) {
  return (bits & EACH_BYTE(1)) * 0x0102040810204080u >> 56;
}

static inline uint64_t block_high(block b) {
  uint64_t mask = 0, any = 0;
  for (unsigned i = 0; i < 64; i += 8) any |= load8(b.bytes + i);
  if ((any & EACH_BYTE(0x80)) == 0) return 0;
  for (unsigned i = 0; i < 64; i += 8) mask |= gather(load8(b.bytes + i) >> 7) << i;
  return mask;
}

static inline uint64_t block_marks(block b) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 64; i += 8) {
    uint64_t word = load8(b.bytes + i);
    mask |= gather((word >> 7) & ~(word >> 6)) << i;
  }
  return mask;
}

/* Bytes of 0 after the difference; exact, since no carry leaves a byte. */
static inline uint64_t block_equal(block b, int byte) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 64; i += 8) {
    uint64_t word = load8(b.bytes + i) ^ EACH_BYTE(byte);
    uint64_t full = ((word & EACH_BYTE(0x7F)) + EACH_BYTE(0x7F)) | word;
    mask |= gather(~full >> 7) << i;
  }
  return mask;
}

static inline uint64_t block_controls(block b) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 64; i++) mask |= (uint64_t)(b.bytes[i] < 0x20) << i;
  return mask | block_equal(b, 0x7F);
}

static inline uint64_t block_candidates(block b) {
  static const uint8_t by_low[16] = {CANDIDATES_BY_LOW}, by_high[16] = {CANDIDATES_BY_HIGH};
  uint64_t mask = 0;
  UNROLLED
  for (unsigned i = 0; i < 64; i++) mask |= (uint64_t)((by_low[b.bytes[i] & 15] & by_high[b.bytes[i] >> 4]) != 0) << i;
  return mask;
}

enum { MANY = LODE__WIDE_BLOCK }; /* never: block_equal is no single instruction here */

/* The eight bits of eight bytes, turned over: byte k of the result is bit k of each (Hacker's Delight, 7-3). */
static inline uint64_t transpose(uint64_t x) {
  uint64_t t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AAu;
  x ^= t ^ (t << 7);
  t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCCu;
  x ^= t ^ (t << 14);
  t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0u;
  return x ^ t ^ (t << 28);
}

static inline ascii_words block_words(block b) {
  uint64_t planes[8] = {0};
  for (unsigned i = 0; i < 64; i += 8) {
    uint64_t word = 0;
    UNROLLED
    for (unsigned k = 0; k < 8; k++) word |= (uint64_t)ascii_bits[b.bytes[i + k]] << 8 * k;
    word = transpose(word);
    UNROLLED
    for (unsigned k = 0; k < 7; k++) planes[k] |= (word >> 8 * k & 0xFF) << i;
  }
  return (ascii_words){planes[0], planes[1], planes[2], planes[3], planes[4], planes[5], planes[6]};
}

static inline void word_classes(const unsigned char *p, uint64_t leads, uint64_t m[CLASSES]) {
  UNROLLED
  for (unsigned i = 0; i < CLASSES; i++) m[i] = 0;
  for (; leads != 0; leads &= leads - 1) class_add(m, word_class_at(p + first_bit(leads)), leads & (~leads + 1));
}

static inline void grapheme_classes(const unsigned char *p, uint64_t leads, uint64_t m[CLASSES]) {
  UNROLLED
  for (unsigned i = 0; i < CLASSES; i++) m[i] = 0;
  for (; leads != 0; leads &= leads - 1) class_add(m, grapheme_class_at(p + first_bit(leads)), leads & (~leads + 1));
}

#include "wide_emit.h"

#include "wide_core.h"

const lode__wide_kernel lode__wide_portable = {words, graphemes, sentences};
