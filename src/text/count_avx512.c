/* The counting kernel for AVX-512 with VBMI: the 128 classes of ASCII in two registers. */
#include "count_kernel.h"
#if defined(__AVX512BW__) && defined(__AVX512VBMI__) && defined(__BMI2__)
#include "count_core.h"
#include <immintrin.h>

static inline uint64_t with_bit(__m512i bits, int bit) {
  return _cvtmask64_u64(_mm512_test_epi8_mask(bits, _mm512_set1_epi8((char)bit)));
}

static inline lode__count_masks lode__count_classes(const char *p) {
  __m512i v = _mm512_loadu_si512(p);
  __m512i bits =
      _mm512_permutex2var_epi8(_mm512_loadu_si512(lode__count_bits), v, _mm512_loadu_si512(lode__count_bits + 64));
  __mmask64 high = _mm512_movepi8_mask(v);
  bits = _mm512_maskz_mov_epi8(_knot_mask64(high), bits);
  return (lode__count_masks){.letter = with_bit(bits, COUNT_LETTER),
                             .space = with_bit(bits, COUNT_SPACE),
                             .mark = with_bit(bits, COUNT_MARK),
                             .colon = with_bit(bits, COUNT_COLON),
                             .stop = with_bit(bits, COUNT_STOP),
                             .harmless = with_bit(bits, COUNT_HARMLESS),
                             .other = with_bit(bits, COUNT_OTHER),
                             .high = _cvtmask64_u64(high)};
}

lode__count_windows *const lode__count_avx512 = count_windows;
#else
lode__count_windows *const lode__count_avx512 = 0;
#endif
