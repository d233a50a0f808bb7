/* letters.h - runs of ASCII letters, many bytes at a time.
 *
 * The mask of 64 bytes serves a dozen words: finding the end of one is a shift and a count, and does not wait for
 * memory.  The vectors used are those that every machine of the kind has, so there is nothing to choose at run time.
 */
#ifndef LODE_LETTERS_H
#define LODE_LETTERS_H
#include "table.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LODE__NEON 1
#include <arm_neon.h>
#endif

enum { LODE_LETTERS_MOST = LODE_TABLE_SHORT };

static inline uint64_t lode_letter_mask_portable(const char *p) {
  uint64_t mask = 0;
  for (size_t i = 0; i < 64; i++) mask |= (uint64_t)((unsigned char)((p[i] | 0x20) - 'a') < 26) << i;
  return mask;
}

static inline lode_table_short lode_letter_key_portable(const char *p, size_t n) {
  char low[LODE_LETTERS_MOST] = {0};
  lode_table_short key;
  for (size_t i = 0; i < n; i++) low[i] = (char)(p[i] | 0x20);
  memcpy(key.word, low, sizeof low);
  return key;
}

/* lode_letter_mask: a bit for each of the 64 bytes at p that is a letter.
 * lode_letter_key: the first n (at most 16) of the 16 bytes at p, letters or digits, in lower case. */
#if defined(__SSE2__)

static const unsigned char lode__window[2 * LODE_LETTERS_MOST] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                                   0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static inline uint64_t lode_letter_mask(const char *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    __m128i low = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)), _mm_set1_epi8(0x20));
    __m128i beyond = _mm_subs_epu8(_mm_sub_epi8(low, _mm_set1_epi8('a')), _mm_set1_epi8('z' - 'a'));
    mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(beyond, _mm_setzero_si128())) << (16 * i);
  }
  return mask;
}

static inline lode_table_short lode_letter_key(const char *p, size_t n) {
  lode_table_short key;
  __m128i low = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
  __m128i keep = _mm_loadu_si128((const __m128i *)(const void *)(lode__window + LODE_LETTERS_MOST - n));
  _mm_storeu_si128((__m128i *)(void *)key.word, _mm_and_si128(low, keep));
  return key;
}

#elif defined(LODE__NEON)

static inline uint64_t lode_letter_mask(const char *p) {
  static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t part[4];
  for (int i = 0; i < 4; i++) {
    uint8x16_t low = vorrq_u8(vld1q_u8((const uint8_t *)p + 16 * i), vdupq_n_u8(0x20));
    uint8x16_t letter = vcleq_u8(vsubq_u8(low, vdupq_n_u8('a')), vdupq_n_u8('z' - 'a'));
    part[i] = vandq_u8(letter, vld1q_u8(powers));
  }
  /* Three pairwise additions bring the eight bits of each eight bytes into one. */
  uint8x16_t sum = vpaddq_u8(vpaddq_u8(part[0], part[1]), vpaddq_u8(part[2], part[3]));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

static inline lode_table_short lode_letter_key(const char *p, size_t n) {
  return lode_letter_key_portable(p, n);
}

#else

static inline uint64_t lode_letter_mask(const char *p) {
  return lode_letter_mask_portable(p);
}

static inline lode_table_short lode_letter_key(const char *p, size_t n) {
  return lode_letter_key_portable(p, n);
}

#endif
#endif
