/* wide_types.h - what the kernel files and wide_core.h have in common, private to them. */
#ifndef LODE_WIDE_TYPES_H
#define LODE_WIDE_TYPES_H
#include "tables.h"
#include "utf8.h"
#include "wide.h"
#include <string.h>

enum { CLASSES = 24, PICTURES = CLASSES - 1 }; /* m[PICTURES]: Extended_Pictographic, whatever the class */

/* Before a loop of a fixed count whose body is a few instructions: -O2 does not unroll it. */
#if defined(__clang__)
#define UNROLLED _Pragma("unroll")
#elif defined(__GNUC__)
#define UNROLLED _Pragma("GCC unroll 20")
#else
#define UNROLLED
#endif

/* The classes of ASCII that words need in every block. */
typedef struct ascii_words {
  uint64_t letter, digit, underscore;
  uint64_t mid_letter, mid_number; /* : . ' and , ; . ' */
  uint64_t space, cr;
} ascii_words;

/* The bytes that a sentence may end at: . ! ? LF CR, and the lead bytes of all other code points of the classes
 * Sep, ATerm and STerm (a test compares with the tables).  Written by nibbles, as kernels look them up: a byte
 * is one where both have a bit in common. */
enum {
  SET_CONTROL = 1,   /* 0A 0D */
  SET_MARKS = 2,     /* 21 2E */
  SET_QUESTION = 4,  /* 3F */
  SET_TWO = 8,       /* C2: U+0085 */
  SET_TWO_MORE = 16, /* D6 D8 DB DC DF: Armenian, Arabic, Syriac, N'Ko */
  SET_THREE = 32,    /* E0 E1 E2 E3 EA EF: South Asian, marks, Han, wide forms */
  SET_FOUR = 64,     /* F0 */
};
#define CANDIDATES_BY_HIGH                                                                                             \
  SET_CONTROL, 0, SET_MARKS, SET_QUESTION, 0, 0, 0, 0, 0, 0, 0, 0, SET_TWO, SET_TWO_MORE, SET_THREE, SET_FOUR
#define CANDIDATES_BY_LOW                                                                                              \
  SET_THREE | SET_FOUR, SET_MARKS | SET_THREE, SET_TWO | SET_THREE, SET_THREE, 0, 0, SET_TWO_MORE, 0, SET_TWO_MORE, 0, \
      SET_CONTROL | SET_THREE, SET_TWO_MORE, SET_TWO_MORE, SET_CONTROL, SET_MARKS,                                     \
      SET_QUESTION | SET_TWO_MORE | SET_THREE

/* Whether the code point behind one of those lead bytes is of those classes.  First by the second byte: bit n of an
 * entry says that with 0x80 + n it may be. */
static inline int candidate_is(const unsigned char *p) {
  static const uint64_t seconds[] = {
      [0x02] = 0x0000000000000020u, [0x16] = 0x0000000000000200u, [0x18] = 0x00000000E0000000u,
      [0x1B] = 0x0000000000100000u, [0x1C] = 0x0000000000000007u, [0x1F] = 0x0200000000000000u,
      [0x20] = 0x0000002100000000u, [0x21] = 0x0003242112002002u, [0x22] = 0x0300000000000003u,
      [0x23] = 0x0000000000000001u, [0x2A] = 0x00008A9A09080000u, [0x2F] = 0x3200000000000000u,
      [0x30] = 0x0000000028430000u,
  };
  if ((seconds[p[0] - 0xC0] >> (p[1] & 0x3F) & 1) == 0) return 0;
  uint32_t cp;
  lode_utf8_next((const char *)p, &cp);
  uint8_t class = lode__sentence_of(cp);
  return class == SB_Sep || class == SB_ATerm || class == SB_STerm;
}

static inline unsigned first_bit(uint64_t bits) {
  return (unsigned)__builtin_ctzll(bits);
}

static inline void class_add(uint64_t m[CLASSES], unsigned class, uint64_t bit) {
  m[class & ~(unsigned)LODE__PICTOGRAPHIC] |= bit;
  if (class & LODE__PICTOGRAPHIC) m[PICTURES] |= bit;
}

static inline unsigned word_class_at(const unsigned char *p) {
  uint32_t cp;
  lode_utf8_next((const char *)p, &cp);
  return lode__word_of(cp);
}

static inline unsigned grapheme_class_at(const unsigned char *p) {
  uint32_t cp;
  lode_utf8_next((const char *)p, &cp);
  return lode__grapheme_of(cp);
}

#endif
