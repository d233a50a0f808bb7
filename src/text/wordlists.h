/* wordlists.h - the tokenizer's word lists as one table; private to src/text.
 *
 * wordlists.c is made by scripts/dev/tables from the files in src/text/data, whose README.md says what the lists
 * are for.  All lists are one table of words with bits, so that a word is looked up once.
 */
#ifndef LODE_WORDLISTS_H
#define LODE_WORDLISTS_H
#include <stdint.h>

enum {
  LODE__LISTED_KEY = 16, /* bytes of the longest word */
  LODE__LISTED_BITS = 11,
  LODE__LISTED_SLOTS = 1 << LODE__LISTED_BITS,
};

/* What a word is; scripts/dev/tables writes the same numbers. */
enum {
  LODE__LISTED_CLASS = 7, /* these bits are a lode__abbrev */
  LODE__LISTED_STARTER = 8,
  LODE__LISTED_PREFIX = 16,
  LODE__LISTED_SUFFIX = 32,
  LODE__LISTED_MEASURE = 64,
  LODE__LISTED_ORDINAL = 128,
  LODE__LISTED_CUT_SHIFT = 8, /* from here: where a contraction is cut, 0 where it is none */
};

typedef struct lode__listed {
  char word[LODE__LISTED_KEY]; /* zeros behind it, no zero at the end where it fills the room */
  uint16_t lists;              /* 0: a free slot */
} lode__listed;

extern const lode__listed lode__word_lists[LODE__LISTED_SLOTS];

#endif
