/* The kernel for AVX-512 with VBMI and VBMI2: one register a block, classes by table look-up in registers. */
#include "wide.h"
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VBMI__) && defined(__AVX512VBMI2__) &&            \
    defined(__AVX512VL__) && defined(__AVX512DQ__) && defined(__BMI2__)
#include "wide_ascii.h"
#include <immintrin.h>

typedef __m512i block;

static inline block block_load(const unsigned char *p) {
  return _mm512_loadu_si512(p);
}

static inline uint64_t block_high(block b) {
  return _cvtmask64_u64(_mm512_movepi8_mask(b));
}

static inline uint64_t block_marks(block b) { /* 80..BF are the least as signed numbers */
  return _cvtmask64_u64(_mm512_cmplt_epi8_mask(b, _mm512_set1_epi8((char)0xC0)));
}

static inline uint64_t block_equal(block b, int byte) {
  return _cvtmask64_u64(_mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)byte)));
}

static inline uint64_t block_controls(block b) {
  return _cvtmask64_u64(_mm512_cmplt_epu8_mask(b, _mm512_set1_epi8(0x20))) | block_equal(b, 0x7F);
}

static inline uint64_t block_candidates(block b) {
  const __m512i by_low = _mm512_broadcast_i32x4(_mm_setr_epi8(CANDIDATES_BY_LOW));
  const __m512i by_high = _mm512_broadcast_i32x4(_mm_setr_epi8(CANDIDATES_BY_HIGH));
  const __m512i nibble = _mm512_set1_epi8(15);
  __m512i low = _mm512_shuffle_epi8(by_low, _mm512_and_si512(b, nibble));
  __m512i high = _mm512_shuffle_epi8(by_high, _mm512_and_si512(_mm512_srli_epi16(b, 4), nibble));
  return _cvtmask64_u64(_mm512_test_epi8_mask(low, high));
}

static inline uint64_t with_bit(__m512i bits, int bit) {
  return _cvtmask64_u64(_mm512_test_epi8_mask(bits, _mm512_set1_epi8((char)bit)));
}

/* vpermi2b looks bytes up in 128 entries, by the low 7 bits; the others are taken out. */
static inline ascii_words block_words(block b) {
  __m512i bits = _mm512_permutex2var_epi8(_mm512_loadu_si512(ascii_bits), b, _mm512_loadu_si512(ascii_bits + 64));
  bits = _mm512_maskz_mov_epi8(_knot_mask64(_mm512_movepi8_mask(b)), bits);
  return (ascii_words){
      .letter = with_bit(bits, LETTER),
      .digit = with_bit(bits, DIGIT),
      .underscore = with_bit(bits, UNDERSCORE),
      .mid_letter = with_bit(bits, MID_LETTER),
      .mid_number = with_bit(bits, MID_NUMBER),
      .space = with_bit(bits, SPACE),
      .cr = with_bit(bits, CR),
  };
}

static inline block block_low7(block b) {
  return _mm512_and_si512(b, _mm512_set1_epi8(0x7F));
}

static inline __m128i quarter(__m512i v, int i) {
  return i == 0   ? _mm512_castsi512_si128(v)
         : i == 1 ? _mm512_extracti32x4_epi32(v, 1)
         : i == 2 ? _mm512_extracti32x4_epi32(v, 2)
                  : _mm512_extracti32x4_epi32(v, 3);
}

/* vpcompressb packs the places of the bits; as 32-bit numbers they fill a register for each sixteen. */
static inline uint32_t *emit(uint32_t *out, uint64_t mask, uint32_t base) {
  static const uint8_t places[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                     16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                     32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                     48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  unsigned count = (unsigned)__builtin_popcountll(mask);
  __m512i packed = _mm512_maskz_compress_epi8(_cvtu64_mask64(mask), _mm512_loadu_si512(places));
  __m512i from = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(quarter(packed, 0)), from));
  _mm512_storeu_si512(out + 16, _mm512_add_epi32(_mm512_cvtepu8_epi32(quarter(packed, 1)), from));
  if (count > 32) {
    _mm512_storeu_si512(out + 32, _mm512_add_epi32(_mm512_cvtepu8_epi32(quarter(packed, 2)), from));
    _mm512_storeu_si512(out + 48, _mm512_add_epi32(_mm512_cvtepu8_epi32(quarter(packed, 3)), from));
  }
  return out + count;
}

typedef __mmask64 lanes;

static inline lanes lanes_equal(block b, int byte) {
  return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)byte));
}

static inline lanes lanes_both(lanes x, lanes y) {
  return _kand_mask64(x, y);
}

static inline uint64_t lanes_mask(lanes x) {
  return _cvtmask64_u64(x);
}

static inline block block_zero(void) {
  return _mm512_setzero_si512();
}

static inline void block_store(void *p, block b) {
  _mm512_storeu_si512(p, b);
}

static inline uint64_t block_between(block b, int from, int count) {
  __m512i moved = _mm512_sub_epi8(b, _mm512_set1_epi8((char)from));
  return _cvtmask64_u64(_mm512_cmplt_epu8_mask(moved, _mm512_set1_epi8((char)count)));
}

static inline block block_look_up(block into, lanes where, block places, const uint8_t *page) {
  return _mm512_mask_permutexvar_epi8(into, where, places, _mm512_loadu_si512(page));
}

#include "wide_classes.h"

#include "wide_core.h"

const lode__wide_kernel lode__wide_avx512 = {words, graphemes, sentences};
#else
const lode__wide_kernel lode__wide_avx512 = {0};
#endif
