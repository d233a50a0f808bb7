/* functionwords.h - the commonest words of languages in Latin letters; private to src/clean.
 *
 * functionwords.c is made by scripts/dev/tables from data/function_words.txt.  One word stands for each of the languages
 * that have it. */
#ifndef LODE_FUNCTIONWORDS_H
#define LODE_FUNCTIONWORDS_H
#include <stdint.h>
#include <string.h>
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "words are compared as numbers: lode needs a little-endian machine"
#endif

enum { LODE__FUNCTION_BITS = 9, LODE__FUNCTION_SLOTS = 1 << LODE__FUNCTION_BITS, LODE__FUNCTION_LANGUAGES = 10 };

typedef struct lode__function_word {
  char word[8];       /* in lower case, zeros behind it */
  uint16_t languages; /* a bit for each; 0: a free slot */
} lode__function_word;

extern const lode__function_word lode__function_words[LODE__FUNCTION_SLOTS];
extern const char lode__function_languages[LODE__FUNCTION_LANGUAGES][3]; /* ISO 639-1, by bit */

/* The languages that have the word.  key: its bytes in lower case, the first the lowest, zeros behind the last. */
static inline unsigned lode__function_word_of(uint64_t key) {
  unsigned at = (unsigned)(key * 0x9E3779B97F4A7C15u >> (64 - LODE__FUNCTION_BITS));
  for (; lode__function_words[at].languages != 0; at = (at + 1) % LODE__FUNCTION_SLOTS)
    if (memcmp(lode__function_words[at].word, &key, sizeof key) == 0) return lode__function_words[at].languages;
  return 0;
}

#endif
