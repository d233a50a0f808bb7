/* tables.h - the generated property tables, private to src/text.
 *
 * Two stages: the index gives the block of 128 code points, the block gives the value; both are bytes.
 * scripts/dev/tables reads the lists below, so that the numbers in tables.c are these enums.  Names are
 * those of the data files; the first of each list is the value of what a file does not mention.
 */
#ifndef LODE_TABLES_H
#define LODE_TABLES_H
#include <stdint.h>

#define LODE__WORD_BREAKS(X)                                                                           \
  X(Other) X(CR) X(LF) X(Newline) X(Extend) X(ZWJ) X(Format) X(Regional_Indicator) X(Katakana)         \
  X(Hebrew_Letter) X(ALetter) X(Single_Quote) X(Double_Quote) X(MidNumLet) X(MidLetter) X(MidNum)      \
  X(Numeric) X(ExtendNumLet) X(WSegSpace)
enum {
#define LODE__ENUM(name) WB_##name,
  LODE__WORD_BREAKS(LODE__ENUM)
#undef LODE__ENUM
};

#define LODE__SENTENCE_BREAKS(X)                                                                       \
  X(Other) X(CR) X(LF) X(Extend) X(Sep) X(Format) X(Sp) X(Lower) X(Upper) X(OLetter) X(Numeric)        \
  X(ATerm) X(SContinue) X(STerm) X(Close)
enum {
#define LODE__ENUM(name) SB_##name,
  LODE__SENTENCE_BREAKS(LODE__ENUM)
#undef LODE__ENUM
};

#define LODE__GRAPHEME_BREAKS(X)                                                                       \
  X(Other) X(CR) X(LF) X(Control) X(Extend) X(ZWJ) X(Regional_Indicator) X(Prepend) X(SpacingMark)     \
  X(L) X(V) X(T) X(LV) X(LVT)
enum {
#define LODE__ENUM(name) GB_##name,
  LODE__GRAPHEME_BREAKS(LODE__ENUM)
#undef LODE__ENUM
};

/* Grouped so that each major class is one comparison of a range. */
#define LODE__CATEGORIES(X)                                                                            \
  X(Cn) X(Lu) X(Lt) X(Ll) X(Lm) X(Lo) X(Mn) X(Mc) X(Me) X(Nd) X(Nl) X(No) X(Pc) X(Pd) X(Ps) X(Pe)      \
  X(Pi) X(Pf) X(Po) X(Sm) X(Sc) X(Sk) X(So) X(Zs) X(Zl) X(Zp) X(Cc) X(Cf) X(Cs) X(Co)
enum {
#define LODE__ENUM(name) GC_##name,
  LODE__CATEGORIES(LODE__ENUM)
#undef LODE__ENUM
};

enum {
  LODE__SHIFT = 7,
  LODE__INDEX_SIZE = 0x110000 >> LODE__SHIFT,
  LODE__PICTOGRAPHIC = 0x80, /* Extended_Pictographic: top bit of word and grapheme values */
  LODE__SPACE = 0x80,        /* White_Space: top bit of category values */
};

#define LODE__TABLE(name)                                                                              \
  extern const uint8_t lode__##name##_index[LODE__INDEX_SIZE];                                         \
  extern const uint8_t lode__##name##_blocks[];                                                        \
  /* What is beyond the last code point has the value of U+10FFFF, which is unassigned for good. */    \
  static inline uint8_t lode__##name##_of(uint32_t cp) {                                               \
    if (cp > 0x10FFFF) cp = 0x10FFFF;                                                                  \
    return lode__##name##_blocks[((uint32_t)lode__##name##_index[cp >> LODE__SHIFT] << LODE__SHIFT) +  \
                                 (cp & ((1u << LODE__SHIFT) - 1))];                                    \
  }
LODE__TABLE(word)
LODE__TABLE(sentence)
LODE__TABLE(grapheme)
LODE__TABLE(script)
LODE__TABLE(category)
LODE__TABLE(width)
#undef LODE__TABLE

#endif
