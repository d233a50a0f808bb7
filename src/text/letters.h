/* letters.h - runs of ASCII letters, sixteen bytes at a time; private to src/text.
 *
 * The lower-case letters come out as a key for the word table, so that a word is read once.  The vectors used
 * are those that every machine of the kind has, so there is nothing to choose at run time.
 */
#ifndef LODE_LETTERS_H
#define LODE_LETTERS_H
#include "table.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__ORDER_LITTLE_ENDIAN__) && \
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include <arm_neon.h>
#endif

enum { LODE__LETTERS_MOST = LODE_TABLE_SHORT };

/* How many of the 16 bytes at p are ASCII letters before the first that is none; they, in lower case, in *key. */
static inline size_t lode__letters_portable(const char *p, lode_table_short *key) {
  char low[LODE__LETTERS_MOST] = {0};
  size_t n = 0;
  for (; n < LODE__LETTERS_MOST; n++) {
    char byte = (char)(p[n] | 0x20);
    if (byte < 'a' || byte > 'z') break;
    low[n] = byte;
  }
  memcpy(key->word, low, sizeof low);
  return n;
}

#if defined(__SSE2__)

static inline size_t lode__letters(const char *p, lode_table_short *key) {
  static const unsigned char window[2 * LODE__LETTERS_MOST] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  __m128i low = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
  __m128i beyond = _mm_subs_epu8(_mm_sub_epi8(low, _mm_set1_epi8('a')), _mm_set1_epi8('z' - 'a'));
  unsigned mask = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(beyond, _mm_setzero_si128()));
  size_t n = (size_t)__builtin_ctz(~mask);
  __m128i keep = _mm_loadu_si128((const __m128i *)(const void *)(window + LODE__LETTERS_MOST - n));
  _mm_storeu_si128((__m128i *)(void *)key->word, _mm_and_si128(low, keep));
  return n;
}

#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__ORDER_LITTLE_ENDIAN__) && \
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

static inline size_t lode__letters(const char *p, lode_table_short *key) {
  static const unsigned char window[2 * LODE__LETTERS_MOST] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  uint8x16_t low = vorrq_u8(vld1q_u8((const uint8_t *)p), vdupq_n_u8(0x20));
  uint8x16_t letter = vcleq_u8(vsubq_u8(low, vdupq_n_u8('a')), vdupq_n_u8('z' - 'a'));
  /* Four bits a byte: the narrowing shift is NEON's movemask. */
  uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(letter), 4)), 0);
  size_t n = mask == UINT64_MAX ? LODE__LETTERS_MOST : (size_t)__builtin_ctzll(~mask) / 4;
  uint8x16_t kept = vandq_u8(low, vld1q_u8(window + LODE__LETTERS_MOST - n));
  vst1q_u8((uint8_t *)key->word, kept);
  return n;
}

#else

static inline size_t lode__letters(const char *p, lode_table_short *key) {
  return lode__letters_portable(p, key);
}

#endif
#endif
