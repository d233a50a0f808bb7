/* The kernel for AVX2: two registers a block, masks by vpmovmskb. */
#include "wide.h"
#if defined(__AVX2__) && defined(__BMI__) && defined(__BMI2__) && defined(__POPCNT__)
#include "wide_types.h"
#include <immintrin.h>

typedef struct block {
  __m256i low, high;
} block;

static inline block block_load(const unsigned char *p) {
  return (block){_mm256_loadu_si256((const __m256i *)p), _mm256_loadu_si256((const __m256i *)(p + 32))};
}

static inline uint64_t mask_of(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline uint64_t block_high(block b) {
  return mask_of(b.low, b.high);
}

static inline uint64_t block_marks(block b) { /* 80..BF are the least as signed numbers */
  __m256i limit = _mm256_set1_epi8((char)0xC0);
  return mask_of(_mm256_cmpgt_epi8(limit, b.low), _mm256_cmpgt_epi8(limit, b.high));
}

static inline __m256i equal(__m256i v, int byte) {
  return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)byte));
}

static inline uint64_t block_equal(block b, int byte) {
  return mask_of(equal(b.low, byte), equal(b.high, byte));
}

/* Bytes from `from` on, `count` of them. */
static inline __m256i in_range(__m256i v, int from, int count) {
  __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8((char)(from + 128)));
  return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(count - 128)), moved);
}

static inline uint64_t block_controls(block b) {
  return mask_of(in_range(b.low, 0, 32), in_range(b.high, 0, 32)) | block_equal(b, 0x7F);
}

static inline __m256i candidates(__m256i v) {
  const __m128i by_low = _mm_setr_epi8(CANDIDATES_BY_LOW), by_high = _mm_setr_epi8(CANDIDATES_BY_HIGH);
  __m256i nibble = _mm256_set1_epi8(15);
  __m256i low = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(by_low), _mm256_and_si256(v, nibble));
  __m256i high =
      _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(by_high), _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
  return _mm256_cmpgt_epi8(_mm256_and_si256(low, high), _mm256_setzero_si256());
}

static inline uint64_t block_candidates(block b) {
  return mask_of(candidates(b.low), candidates(b.high));
}

typedef struct half_words {
  uint32_t letter, digit, underscore, mid_letter, mid_number, space, cr;
} half_words;

static inline uint32_t half_mask(__m256i v) {
  return (uint32_t)_mm256_movemask_epi8(v);
}

static inline half_words words_of(__m256i v) {
  __m256i both = _mm256_or_si256(equal(v, '.'), equal(v, '\''));
  __m256i comma = _mm256_or_si256(equal(v, ','), equal(v, ';'));
  return (half_words){
      .letter = half_mask(in_range(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), 'a', 26)),
      .digit = half_mask(in_range(v, '0', 10)),
      .underscore = half_mask(equal(v, '_')),
      .mid_letter = half_mask(_mm256_or_si256(both, equal(v, ':'))),
      .mid_number = half_mask(_mm256_or_si256(both, comma)),
      .space = half_mask(equal(v, ' ')),
      .cr = half_mask(equal(v, '\r')),
  };
}

static inline ascii_words block_words(block b) {
  half_words low = words_of(b.low), high = words_of(b.high);
  return (ascii_words){
      .letter = low.letter | (uint64_t)high.letter << 32,
      .digit = low.digit | (uint64_t)high.digit << 32,
      .underscore = low.underscore | (uint64_t)high.underscore << 32,
      .mid_letter = low.mid_letter | (uint64_t)high.mid_letter << 32,
      .mid_number = low.mid_number | (uint64_t)high.mid_number << 32,
      .space = low.space | (uint64_t)high.space << 32,
      .cr = low.cr | (uint64_t)high.cr << 32,
  };
}

static inline block block_low7(block b) {
  __m256i low7 = _mm256_set1_epi8(0x7F);
  return (block){_mm256_and_si256(b.low, low7), _mm256_and_si256(b.high, low7)};
}

typedef block lanes;

static inline lanes lanes_equal(block b, int byte) {
  return (lanes){equal(b.low, byte), equal(b.high, byte)};
}

static inline lanes lanes_both(lanes x, lanes y) {
  return (lanes){_mm256_and_si256(x.low, y.low), _mm256_and_si256(x.high, y.high)};
}

static inline uint64_t lanes_mask(lanes x) {
  return mask_of(x.low, x.high);
}

static inline block block_zero(void) {
  return (block){_mm256_setzero_si256(), _mm256_setzero_si256()};
}

static inline void block_store(void *p, block b) {
  _mm256_storeu_si256(p, b.low);
  _mm256_storeu_si256((__m256i *)p + 1, b.high);
}

static inline uint64_t block_between(block b, int from, int count) {
  return mask_of(in_range(b.low, from, count), in_range(b.high, from, count));
}

/* vpshufb gives 0 where the top bit of a place is set: of the four quarters of the page one answers.  Places are
 * 80..BF, whose bits 4 and 5 name the quarter. */
static inline __m256i quarter(__m256i places, const uint8_t *page, int number) {
  __m256i entries = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(page + 16 * number)));
  __m256i moved = _mm256_sub_epi8(places, _mm256_set1_epi8((char)(0x80 + 16 * number))); /* 00..0F where it is this */
  return _mm256_shuffle_epi8(entries, _mm256_adds_epu8(moved, _mm256_set1_epi8(0x70)));
}

static inline __m256i half_look_up(__m256i into, __m256i where, __m256i places, const uint8_t *page) {
  __m256i low = _mm256_or_si256(quarter(places, page, 0), quarter(places, page, 1));
  __m256i high = _mm256_or_si256(quarter(places, page, 2), quarter(places, page, 3));
  return _mm256_blendv_epi8(into, _mm256_or_si256(low, high), where);
}

static inline block block_look_up(block into, lanes where, block places, const uint8_t *page) {
  return (block){half_look_up(into.low, where.low, places.low, page),
                 half_look_up(into.high, where.high, places.high, page)};
}

#include "wide_classes.h"
#include "wide_emit.h"

#include "wide_core.h"

const lode__wide_kernel lode__wide_avx2 = {words, graphemes, sentences};
#else
const lode__wide_kernel lode__wide_avx2 = {0};
#endif
