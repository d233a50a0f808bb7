/* lexicon.h - lists of phrases, looked up in a page's tokens, longest first.
 *
 * A lexicon is one run of bytes, the *image*, made once by a builder, kept in memory or in a file, and mapped
 * read-only by all workers.  It has its own vocabulary of folded forms; a phrase is its words' numbers, and the
 * phrases stand sorted:
 *
 *     first[w]            phrases that begin with word w: a range of the sorted list
 *     starts[p] words[]   the words of phrase p;   entries[p]  the caller's number for it (a row of attributes)
 *     pairs               a bit for the hash of each phrase's first two words: most tokens that could begin a phrase
 *                         are let go by the next one
 *     written[p]          CASE only: the phrase as written, which a find must equal
 *     near_starts near[]  NEAR only: words by the hashes of what they are without one letter (SymSpell, W. Garbe 2012)
 *
 * Looking up narrows the range by one word a step, with a binary search; phrases that end here stand at its beginning.
 * So the list itself is the automaton, without nodes or edges.
 *
 * NEAR finds phrases in which one word is one edit away (a letter more, less, another, or two neighbours swapped).
 * Only words of five letters or more are bent, and a token that is itself a word of the lexicon is taken as written.
 *
 * Lifetime   lode_lexicon borrows the image.  A reader belongs to one worker and one word table.
 * Cost       Build: tokenizing and one sort.  About 13 bytes a phrase, 4 a word in it, and the vocabulary's bytes;
 *            NEAR takes 50 more a word.  Reading: one byte looked at for a token that begins no phrase.
 */
#ifndef LODE_LEXICON_H
#define LODE_LEXICON_H
#include "annotation.h"
#include "page.h"

enum {
  LODE_LEXICON_CASE = 1,    /* words as written, not folded */
  LODE_LEXICON_ACCENTS = 2, /* without accents: "Zürich" is "zurich" */
  LODE_LEXICON_NEAR = 4,    /* one edit away, too; not with CASE */
  LODE_LEXICON_NEAR_LETTERS = 5,
};

typedef struct lode_lexicon_phrase {
  uint32_t first, count; /* words in builder.words */
  uint32_t entry;
  uint32_t written; /* CASE: in builder.written */
} lode_lexicon_phrase;

typedef struct lode_lexicon_builder {
  unsigned flags;
  const lode_lists *lists; /* borrowed: the user's words that the pages are cut with, or NULL */
  lode_table forms;        /* the vocabulary (and the tokenizer's own keys) */
  lode_tokens tokens;
  lode_buf scratch, form, written;
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
  uint32_t word_count, phrase_count, slot_mask, pair_mask, near_mask;
  const uint32_t *slots;   /* by hash: word + 1, or 0 */
  const uint32_t *offsets; /* of word bytes; word_count + 1 */
  const uint32_t *first;   /* word_count + 1 */
  const uint32_t *starts;  /* phrase_count + 1 */
  const uint32_t *entries; /* phrase_count */
  const uint32_t *words;
  const uint32_t *written; /* of written_bytes; phrase_count + 1, where CASE */
  const uint32_t *pairs;   /* bits */
  const uint32_t *near_starts, *near;
  const char *bytes, *written_bytes;
} lode_lexicon;

/* Check all of an image and use it; LODE_E_INPUT says what is broken.  It must be aligned to 4 bytes. */
int lode_lexicon_open(lode_lexicon *self, lode_str image, lode_err *err);
/* The word's number, or LODE_NO_ID. */
uint32_t lode_lexicon_word(const lode_lexicon *self, lode_str form);

/* What a worker knows of one of its words. */
typedef struct lode_lexicon_known {
  uint32_t word;      /* 0 not asked, 1 none, the lexicon's word + 2 */
  uint32_t low, high; /* phrases that begin with it */
  uint32_t singles;   /* of these, from low on, are this word alone */
} lode_lexicon_known;

typedef struct lode_lexicon_reader {
  const lode_lexicon *lexicon;
  const lode_table *words;
  uint32_t label, near_label; /* what finds are annotated with */
  lode_lexicon_known *by_word;
  uint32_t *near_of; /* NEAR: by worker's word: 0 not asked, else 1 + where its list stands in `near` */
  uint32_t by_word_cap;
  uint32_t *near; /* lists: how many, then words of the lexicon */
  uint32_t near_count, near_cap;
  lode_buf form;
} lode_lexicon_reader;

void lode_lexicon_reader_init(lode_lexicon_reader *self, const lode_lexicon *lexicon, const lode_table *words,
                              uint32_t label, uint32_t near_label);
void lode_lexicon_reader_free(lode_lexicon_reader *self);

/* All lexicons of a set of rules, read in one pass over the tokens. */
typedef struct lode_lexicon_set {
  lode_lexicon_reader *readers;
  uint32_t count;
  uint8_t
      *begins; /* by the worker's word: ASKED, and a bit for each reader (by number, modulo 7) that it may begin in */
  uint32_t begins_cap;
  const lode_table *words;
} lode_lexicon_set;

/* Borrows the readers. */
void lode_lexicon_set_init(lode_lexicon_set *self, lode_lexicon_reader *readers, uint32_t count,
                           const lode_table *words);
void lode_lexicon_set_free(lode_lexicon_set *self);
void lode_lexicon_set_forget(lode_lexicon_set *self); /* the word table was cleared */

/* Add every phrase of the page's tokens to its lexicon's label, with (number of the lexicon << 32 | entry) as fields; phrases stay inside
 * a paragraph.  The labels are sealed. */
int lode_lexicon_set_annotate(lode_lexicon_set *self, const lode_page *page, lode_annotations *out, lode_err *err);

#endif
