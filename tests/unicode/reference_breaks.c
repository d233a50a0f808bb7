#include "reference_breaks.h"
#include "tables.h"
#include "utf8.h"
#include <stdlib.h>

typedef struct letter {
  unsigned class;
  bool picture;
  size_t end;
} letter;

typedef struct letters {
  letter *items;
  long count;
} letters;

enum { NONE = -1 }; /* the class before the start and behind the end */

static int class_at(const letters *self, long i) {
  return i < 0 || i >= self->count ? NONE : (int)self->items[i].class;
}

static bool picture_at(const letters *self, long i) {
  return i >= 0 && i < self->count && self->items[i].picture;
}

/* --- words: `i` is the index behind the place in question -------------------------------------------- */

static bool word_skipped(int class) {
  return class == WB_Extend || class == WB_Format || class == WB_ZWJ;
}

static bool word_hard(int class) {
  return class == NONE || class == WB_CR || class == WB_LF || class == WB_Newline;
}

/* WB4: the index of the code point that the run of skipped ones at i hangs on; i itself where it hangs on none. */
static long word_base(const letters *self, long i) {
  long at = i;
  while (at >= 0 && word_skipped(class_at(self, at))) at--;
  return word_hard(class_at(self, at)) ? (i >= 0 && word_skipped(class_at(self, i)) ? at + 1 : i) : at;
}

static long word_left(const letters *self, long i) {
  return word_base(self, i - 1);
}

static long word_right(const letters *self, long i) {
  do i++;
  while (word_skipped(class_at(self, i)));
  return i;
}

static bool ah_letter(int class) {
  return class == WB_ALetter || class == WB_Hebrew_Letter;
}

static bool mid_letter(int class) {
  return class == WB_MidLetter || class == WB_MidNumLet || class == WB_Single_Quote;
}

static bool mid_number(int class) {
  return class == WB_MidNum || class == WB_MidNumLet || class == WB_Single_Quote;
}

static bool word_break(const letters *self, long i) {
  int left = class_at(self, i - 1), right = class_at(self, i);
  if (left == WB_CR && right == WB_LF) return false;               /* WB3 */
  if (word_hard(left) || word_hard(right)) return true;            /* WB3a, 3b */
  if (left == WB_ZWJ && picture_at(self, i)) return false;         /* WB3c */
  if (left == WB_WSegSpace && right == WB_WSegSpace) return false; /* WB3d */
  if (word_skipped(right)) return false;                           /* WB4 */
  long at = word_base(self, i - 1);
  left = class_at(self, at);
  int before = class_at(self, word_left(self, at)), after = class_at(self, word_right(self, i));
  if (ah_letter(left) && ah_letter(right)) return false;                                                /* WB5 */
  if (ah_letter(left) && mid_letter(right) && ah_letter(after)) return false;                           /* WB6 */
  if (ah_letter(before) && mid_letter(left) && ah_letter(right)) return false;                          /* WB7 */
  if (left == WB_Hebrew_Letter && right == WB_Single_Quote) return false;                               /* WB7a */
  if (left == WB_Hebrew_Letter && right == WB_Double_Quote && after == WB_Hebrew_Letter) return false;  /* WB7b */
  if (before == WB_Hebrew_Letter && left == WB_Double_Quote && right == WB_Hebrew_Letter) return false; /* WB7c */
  if (left == WB_Numeric && right == WB_Numeric) return false;                                          /* WB8 */
  if (ah_letter(left) && right == WB_Numeric) return false;                                             /* WB9 */
  if (left == WB_Numeric && ah_letter(right)) return false;                                             /* WB10 */
  if (before == WB_Numeric && mid_number(left) && right == WB_Numeric) return false;                    /* WB11 */
  if (left == WB_Numeric && mid_number(right) && after == WB_Numeric) return false;                     /* WB12 */
  if (left == WB_Katakana && right == WB_Katakana) return false;                                        /* WB13 */
  if ((ah_letter(left) || left == WB_Numeric || left == WB_Katakana || left == WB_ExtendNumLet) &&
      right == WB_ExtendNumLet)
    return false; /* WB13a */
  if (left == WB_ExtendNumLet && (ah_letter(right) || right == WB_Numeric || right == WB_Katakana))
    return false;                                                        /* WB13b */
  if (left == WB_Regional_Indicator && right == WB_Regional_Indicator) { /* WB15, 16 */
    long count = 0;
    for (; class_at(self, at) == WB_Regional_Indicator; at = word_left(self, at)) count++;
    return count % 2 == 0;
  }
  return true; /* WB999 */
}

/* --- sentences --------------------------------------------------------------------------------------- */

static bool para_sep(int class) {
  return class == SB_Sep || class == SB_CR || class == SB_LF;
}

static bool sa_term(int class) {
  return class == SB_STerm || class == SB_ATerm;
}

static bool sentence_skipped(int class) {
  return class == SB_Extend || class == SB_Format;
}

/* SB5: one to the left of i, and not what is skipped, unless it hangs on nothing. */
static long sentence_left(const letters *self, long i) {
  long at = i - 1;
  while (at >= 0 && sentence_skipped(class_at(self, at))) at--;
  return at < 0 || para_sep(class_at(self, at)) ? (at == i - 1 ? at : at + 1) : at;
}

static bool lower_follows(const letters *self, long i) {
  for (;; i++) {
    int class = class_at(self, i);
    if (class == SB_Lower) return true;
    if (class == NONE || class == SB_OLetter || class == SB_Upper || para_sep(class) || sa_term(class)) return false;
  }
}

static bool sentence_break(const letters *self, long i) {
  int left = class_at(self, i - 1), right = class_at(self, i);
  if (left == SB_CR && right == SB_LF) return false; /* SB3 */
  if (para_sep(left)) return true;                   /* SB4 */
  if (sentence_skipped(right)) return false;         /* SB5 */
  long at = sentence_left(self, i);
  left = class_at(self, at);
  if (left == SB_ATerm && right == SB_Numeric) return false; /* SB6 */
  int before = class_at(self, sentence_left(self, at));
  if ((before == SB_Upper || before == SB_Lower) && left == SB_ATerm && right == SB_Upper) return false; /* SB7 */
  long spaces = 0, closes = 0;
  for (; class_at(self, at) == SB_Sp; at = sentence_left(self, at)) spaces++;
  for (; class_at(self, at) == SB_Close; at = sentence_left(self, at)) closes++;
  int term = class_at(self, at);
  if (!sa_term(term)) return false;                                                          /* SB998 */
  if (term == SB_ATerm && lower_follows(self, i)) return false;                              /* SB8 */
  if (right == SB_SContinue || sa_term(right)) return false;                                 /* SB8a */
  if (spaces == 0 && (right == SB_Close || right == SB_Sp || para_sep(right))) return false; /* SB9 */
  return right != SB_Sp && !para_sep(right);                                                 /* SB10, 11 */
}

/* --- graphemes --------------------------------------------------------------------------------------- */

static bool hard(int class) {
  return class == GB_Control || class == GB_CR || class == GB_LF;
}

static bool grapheme_break(const letters *self, long i) {
  int left = class_at(self, i - 1), right = class_at(self, i);
  if (left == GB_CR && right == GB_LF) return false;                                                       /* GB3 */
  if (hard(left) || hard(right)) return true;                                                              /* GB4, 5 */
  if (left == GB_L && (right == GB_L || right == GB_V || right == GB_LV || right == GB_LVT)) return false; /* GB6 */
  if ((left == GB_LV || left == GB_V) && (right == GB_V || right == GB_T)) return false;                   /* GB7 */
  if ((left == GB_LVT || left == GB_T) && right == GB_T) return false;                                     /* GB8 */
  if (right == GB_Extend || right == GB_ZWJ) return false;                                                 /* GB9 */
  if (right == GB_SpacingMark) return false;                                                               /* GB9a */
  if (left == GB_Prepend) return false;                                                                    /* GB9b */
  if (left == GB_ZWJ && picture_at(self, i)) {                                                             /* GB11 */
    long at = i - 2;
    while (class_at(self, at) == GB_Extend) at--;
    if (picture_at(self, at)) return false;
  }
  if (left == GB_Regional_Indicator && right == GB_Regional_Indicator) { /* GB12, 13 */
    long count = 0;
    while (class_at(self, i - 1 - count) == GB_Regional_Indicator) count++;
    return count % 2 == 0;
  }
  return true; /* GB999 */
}

/* --- all --------------------------------------------------------------------------------------------- */

static void classify(lode_unit unit, const char *text, size_t len, letters *out) {
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    at += lode_utf8_next(text + at, &cp);
    unsigned class = unit == LODE_UNIT_WORD       ? lode__word_of(cp)
                     : unit == LODE_UNIT_SENTENCE ? lode__sentence_of(cp)
                                                  : lode__grapheme_of(cp);
    bool picture = (class & LODE__PICTOGRAPHIC) != 0;
    out->items[out->count++] = (letter){class & ~(unsigned)LODE__PICTOGRAPHIC, picture, at};
  }
}

bool reference_breaks(lode_unit unit, const char *text, size_t len, lode_offsets *out) {
  letters all = {malloc((len + 1) * sizeof(letter)), 0};
  uint32_t *items = malloc((len + 1) * sizeof *items);
  if (all.items == NULL || items == NULL) {
    free(all.items);
    free(items);
    return false;
  }
  classify(unit, text, len, &all);
  *out = (lode_offsets){items, 0, len + 1};
  for (long i = 1; i <= all.count; i++) {
    bool cut = i == all.count || (unit == LODE_UNIT_WORD       ? word_break(&all, i)
                                  : unit == LODE_UNIT_SENTENCE ? sentence_break(&all, i)
                                                               : grapheme_break(&all, i));
    if (cut) items[out->count++] = (uint32_t)all.items[i - 1].end;
  }
  free(all.items);
  return true;
}
