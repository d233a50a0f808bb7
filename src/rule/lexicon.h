/* lexicon.h - lists of phrases, looked up in a page's tokens, longest first.
 *
 * A lexicon is one run of bytes, the *image*, made once by a builder, kept in memory or in a file, and mapped
 * read-only by all workers.  It has its own vocabulary; a phrase is its words' numbers, and the phrases stand
 * sorted:
 *
 *     first[w]            phrases that begin with word w: a range of the sorted list
 *     starts[p] words[]   the words of phrase p;   entry[p]  the caller's number for it (a row of attributes)
 *
 * Looking up narrows the range by one word a step, with a binary search; phrases that end here stand at its beginning.
 * So the list itself is the automaton, without nodes or edges.
 *
 * Lifetime   lode_lexicon borrows the image.  A reader belongs to one worker and one word table.
 * Cost       Build: tokenizing and one sort.  About 12 bytes a phrase, 4 a word in it, and the vocabulary's bytes.
 *            Reading: one array access for a token that begins no phrase.
 */
#ifndef LODE_LEXICON_H
#define LODE_LEXICON_H
#include "annotation.h"
#include "page.h"

enum {
  LODE_LEXICON_CASE = 1,    /* words as written, not folded */
  LODE_LEXICON_ACCENTS = 2, /* without accents: "Zürich" is "zurich" */
};

typedef struct lode_lexicon_phrase {
  uint32_t first, count; /* words in builder.words */
  uint32_t entry;
} lode_lexicon_phrase;

typedef struct lode_lexicon_builder {
  unsigned flags;
  const lode_lists *lists; /* borrowed: the user's words that the pages are cut with, or NULL */
  lode_table forms;        /* the vocabulary (and the tokenizer's own keys) */
  lode_tokens tokens;
  lode_buf scratch, form;
  uint32_t *words;
  size_t word_count, word_cap;
  lode_lexicon_phrase *phrases;
  size_t phrase_count, phrase_cap;
} lode_lexicon_builder;

void lode_lexicon_builder_init(lode_lexicon_builder *self, unsigned flags);
void lode_lexicon_builder_free(lode_lexicon_builder *self);
/* A phrase, valid UTF-8, with its entry's number; one without a token is left out and *added is false. */
int lode_lexicon_builder_add(lode_lexicon_builder *self, lode_str phrase, uint32_t entry, bool *added, lode_err *err);
/* Append the image to out; the same phrases in the same order give the same bytes. */
int lode_lexicon_builder_write(lode_lexicon_builder *self, lode_buf *out, lode_err *err);

typedef struct lode_lexicon {
  unsigned flags;
  uint32_t word_count, phrase_count, slot_mask;
  const uint32_t *slots;   /* by hash: word + 1, or 0 */
  const uint32_t *offsets; /* of word bytes; word_count + 1 */
  const uint32_t *first;   /* word_count + 1 */
  const uint32_t *starts;  /* phrase_count + 1 */
  const uint32_t *entries; /* phrase_count */
  const uint32_t *words;
  const char *bytes;
} lode_lexicon;

/* Check all of an image and use it; LODE_E_INPUT says what is broken.  It must be aligned to 4 bytes. */
int lode_lexicon_open(lode_lexicon *self, lode_str image, lode_err *err);
/* The word's number, or LODE_NO_ID. */
uint32_t lode_lexicon_word(const lode_lexicon *self, lode_str form);

typedef struct lode_lexicon_reader {
  const lode_lexicon *lexicon;
  const lode_table *words;
  uint32_t *by_word; /* the worker's word -> 0 not asked, 1 none, lexicon word + 2 */
  uint32_t by_word_cap;
  uint32_t *page_words; /* the lexicon's word of each token, or LODE_NO_ID */
  size_t page_cap;
  lode_buf form;
} lode_lexicon_reader;

void lode_lexicon_reader_init(lode_lexicon_reader *self, const lode_lexicon *lexicon, const lode_table *words);
void lode_lexicon_reader_free(lode_lexicon_reader *self);
void lode_lexicon_reader_forget(lode_lexicon_reader *self); /* the word table was cleared */

/* Add every phrase of the page's tokens to the label, with the entry's number as fields; phrases stay inside a
 * paragraph.  The label is not sealed: several lexicons may share one. */
int lode_lexicon_annotate(lode_lexicon_reader *self, const lode_page *page, lode_annotations *out, uint32_t label,
                          lode_err *err);

#endif
