/* corpus.h - texts to measure on, made from a seed: the same bytes on every machine.
 *
 * The words mean nothing; what matters to a segmenter is like real text: lengths of words and sentences, how often
 * a word comes again, punctuation, numbers, quotes (some curly), line ends, and the mixture of scripts.
 *   english     ASCII but for a curly quote or an accent in some 2 % of the words
 *   alphabets   one script a paragraph: accented Latin, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Hangul, English
 *   mixed       the same with Han, Kana and Thai (for which ICU looks into dictionaries) and emoji
 */
#ifndef LODE_CORPUS_H
#define LODE_CORPUS_H
#include <stddef.h>
#include <stdint.h>

typedef enum corpus_kind { CORPUS_ENGLISH, CORPUS_ALPHABETS, CORPUS_MIXED, CORPUS_COUNT } corpus_kind;

const char *corpus_name(corpus_kind kind);

/* Valid UTF-8 of `size` bytes or a few less, with *len set.  Returns owned memory (free), or NULL. */
char *corpus_make(corpus_kind kind, size_t size, uint64_t seed, size_t *len);

#endif
