/* The counting kernel for AVX2: a class is known by the two halves of its byte. */
#include "count_kernel.h"
#if defined(__AVX2__) && defined(__BMI2__)
#include "count_core.h"
#include <immintrin.h>

static inline uint32_t with_bit(__m256i bits, int shift) { /* the bit at the top of each byte */
  return (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(bits, shift));
}

/* Six rows of 16 entries, chosen by the high half: rows 2 to 7; the controls of row 0 by comparing. */
static inline __m256i classes_of(__m256i v) {
  __m256i high = _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)), bits = _mm256_setzero_si256();
  __m256i low = _mm256_and_si256(v, _mm256_set1_epi8(15));
  for (int row = 0; row < 8; row++) {
    __m256i entries =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(lode__count_bits + 16 * row)));
    __m256i here = _mm256_cmpeq_epi8(high, _mm256_set1_epi8((char)row));
    bits = _mm256_or_si256(bits, _mm256_and_si256(here, _mm256_shuffle_epi8(entries, low)));
  }
  return bits;
}

static inline lode__count_masks lode__count_classes(const char *p) {
  __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
  __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
  __m256i x = classes_of(a), y = classes_of(b);
#define BOTH(shift) (with_bit(x, shift) | (uint64_t)with_bit(y, shift) << 32)
  return (lode__count_masks){.letter = BOTH(7),
                             .space = BOTH(6),
                             .mark = BOTH(5),
                             .colon = BOTH(4),
                             .stop = BOTH(3),
                             .harmless = BOTH(2),
                             .other = BOTH(1),
                             .high = with_bit(a, 0) | (uint64_t)with_bit(b, 0) << 32};
#undef BOTH
}

lode__count_windows *const lode__count_avx2 = count_windows;
#else
lode__count_windows *const lode__count_avx2 = 0;
#endif
