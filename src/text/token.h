/* token.h - the tokens and sentences that rules see: UAX #29 plus what news needs (design, section 4).
 *
 * A paragraph goes in; tokens and sentences come out.  White space is in no token.  Tokens never cross a
 * sentence; the two are made together because each needs the other (the stop in "U.S." belongs to the
 * token; whether it also ends the sentence depends on the next one).
 *
 * Tokens: clitics as Universal Dependencies cuts them (do|n't, Putin|'s, we|'ll, can|not, gon|na), numbers with
 * separators (1,160th  3.5  12:30  9/11) and apart from their units (5|km  10|am), hyphenated words per UD
 * English (face|-|to|-|face are five tokens there; co-founder and e-mail, with their prefixes, are one),
 * abbreviations with their stop (U.S.  Dr.  a.m.), URLs, e-mails, @mentions and #hashtags whole, single Han
 * characters, runs of one kana or of Thai, an emoji or a face of marks, "..." and runs of dashes or of "!?" as
 * one token, every other mark by itself.  Controls and format characters between tokens are in none.
 *
 * Sentences: abbreviations, initials, decimals, ellipses, a.m., quotes and brackets that close after the stop,
 * notes behind it ("[17]"), list bullets, datelines ("MOSCOW —" stays with its sentence), lower-case starts, CJK
 * stops, a missing space.  The end of the paragraph ends a sentence.
 *
 * Invariants: tokens are in order and do not overlap; every token lies in one sentence; sentences are in
 * order, trimmed of white space, and hold every token; offsets are relative to `text`.
 * Threads    const tables only.
 * Cost       O(len).  Plain ASCII words and marks take a few nanoseconds with their ids, what needs a decision
 *            (apostrophes, stops inside, digits, hyphens, letters beyond ASCII) some tens.
 */
#ifndef LODE_TOKEN_H
#define LODE_TOKEN_H
#include "buf.h"
#include "lists.h"
#include <stdbool.h>

#define LODE_TOKEN_KINDS(X)                                                                                            \
  X(WORD, "word")                                                                                                      \
  X(NUMBER, "number") X(PUNCT, "punct") X(SYMBOL, "symbol") X(URL, "url") X(EMAIL, "email") X(MENTION, "mention")      \
      X(HASHTAG, "hashtag") X(EMOJI, "emoji")
typedef enum lode_token_kind {
#define LODE_TOKEN_ENUM(code, name) LODE_TOKEN_##code,
  LODE_TOKEN_KINDS(LODE_TOKEN_ENUM)
#undef LODE_TOKEN_ENUM
      LODE_TOKEN_KIND_COUNT
} lode_token_kind;
const char *lode_token_kind_name(lode_token_kind kind);

enum {
  LODE_TOKEN_GLUED = 1,  /* no white space between it and the token before it */
  LODE_TOKEN_ABBREV = 2, /* ends with a stop that belongs to it */
};

typedef struct lode_token {
  uint32_t begin, end; /* bytes */
  uint32_t word;       /* id of the folded form in the worker's table; LODE_NO_ID where it was not asked for */
  uint32_t sentence;   /* index */
  uint32_t paragraph;  /* index; set by the page */
  uint8_t kind, flags;
} lode_token;

typedef struct lode_sentence {
  uint32_t begin, end;               /* bytes */
  uint32_t first_token, token_count; /* index into the tokens */
  uint32_t paragraph;                /* index; set by the page */
} lode_sentence;

/* Growable results.  Offsets of what is appended are `base` + offset in text, token and sentence numbers
 * go on from what is there, so a page is made paragraph by paragraph.  Zeroed is empty. */
typedef struct lode_tokens {
  lode_token *items;
  size_t count, cap;
  lode_sentence *sentences;
  size_t sentence_count, sentence_cap;
} lode_tokens;
void lode_tokens_free(lode_tokens *self);

/* Where folded forms get their ids while the tokens are made.  The table is for tokens alone: its marks are the
 * tokenizer's.  Its keys are folded forms (see lode_fold_token) and, beside them, forms as written that were folded
 * once already, so not every key is the word of a token. */
typedef struct lode_interning {
  lode_table *table;       /* or NULL: no ids */
  lode_buf *scratch;       /* memory that is used again from call to call */
  const lode_lists *lists; /* a user's words, or NULL; always the same ones with one table */
  bool words_only;         /* no sentences, and ids only for tokens of kind WORD */
} lode_interning;

/* Append the tokens and sentences of one paragraph of valid UTF-8, without ids.  base + len < 2^32. */
int lode_tokenize(const char *text, size_t len, size_t base, lode_tokens *out, lode_err *err);
/* The same with ids. */
int lode_tokenize_words(const char *text, size_t len, size_t base, const lode_interning *words, lode_tokens *out,
                        lode_err *err);

/* Paragraphs of a plain text: a line each, but for hard-wrapped text, where lines that were broken only to fit
 * a column are one paragraph.  A run of lines without a blank one counts as wrapped where its widest line has
 * 40 to 100 characters and its line ends say so: at least two were needed (the next line's first word would not
 * have fitted into that width), and four times as many as were neither needed nor behind the end of a sentence.
 * The needed line ends are then white space inside a paragraph, but never before a list item.  Of two lines
 * alone the second must also begin with a small letter.  Anywhere else a line is a paragraph.
 * Spans are trimmed of white space, never empty, and in order.  Cost: each byte is read three times. */
typedef struct lode_paragraphs {
  const char *text;
  size_t len, pos;
  size_t block_end, width; /* of the run of lines around pos; width 0 where it is not wrapped */
} lode_paragraphs;
void lode_paragraphs_init(lode_paragraphs *self, const char *text, size_t len);
bool lode_paragraphs_next(lode_paragraphs *self, lode_span *out);

/* The shape of a token: "Xxxxx" cut to runs of at most four: Putin -> "Xxxxx", U.S. -> "X.X.", 2,022 ->
 * "d,ddd".  Upper-case and title-case letters X, other letters x, digits d, anything else itself.
 * Writes at most size - 1 bytes and a NUL, whole characters only; returns the length. */
size_t lode_token_shape(const char *text, size_t len, char *out, size_t size);

#endif
