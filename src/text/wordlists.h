/* wordlists.h - the tokenizer's word lists as one table; private to src/text.
 *
 * wordlists.c is made by scripts/dev/tables from the files in src/text/data, whose README.md says what the lists
 * are for.  All lists are one table of words with bits, so that a word is looked up once.
 */
#ifndef LODE_WORDLISTS_H
#define LODE_WORDLISTS_H
#include <stdbool.h>
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
  LODE__LISTED_SURNAME = 256,
  LODE__LISTED_DATE = 512,
  LODE__LISTED_CUT_SHIFT = 10, /* from here: where a contraction is cut, 0 where it is none */
};

typedef struct lode__listed {
  char word[LODE__LISTED_KEY]; /* zeros behind it, no zero at the end where it fills the room */
  uint16_t lists;              /* 0: a free slot */
} lode__listed;

extern const lode__listed lode__word_lists[LODE__LISTED_SLOTS];

/* A filter for words of at most 8 ASCII letters: a bit that is not set says that a word has no class, is no prefix
 * and is not cut.  It fits the nearest cache, and one word in a hundred passes for nothing. */
enum { LODE__FILTER_MOST = 8, LODE__FILTER_BITS = 15 };
extern const uint64_t lode__word_filter[(1 << LODE__FILTER_BITS) / 64];

/* word: the bytes as they lie in memory, in lower case, zeros behind them. */
static inline bool lode__filter_has(uint64_t word) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  uint64_t bit = word * 0x9E3779B97F4A7C15u >> (64 - LODE__FILTER_BITS);
  return lode__word_filter[bit / 64] >> bit % 64 & 1;
}

#endif
