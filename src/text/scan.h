/* scan.h - the first half of the tokenizer: tokens without sentences; private to src/text.
 *
 * Works from left to right, looking back over bytes only to the token before and ahead only inside the
 * same chunk without white space, but for one look at what follows a stop.
 */
#ifndef LODE_SCAN_H
#define LODE_SCAN_H
#include "lists.h"
#include "tables.h"
#include "token.h"
#include "utf8.h"

typedef struct lode__scan {
  const char *text;
  size_t len, base;
  size_t no_mail;           /* no e-mail address begins before this offset: keeps hostile text linear */
  size_t first;             /* index of the paragraph's first token */
  const lode_lists *lists;  /* a user's, or NULL */
  lode_table *words;        /* folded forms get their ids here; NULL: they get none */
  lode_buf *scratch;        /* with words: for folding */
  lode_table_order *orders; /* with words: short tokens that wait for their ids; the tag is the token's index */
  size_t order_count;
  bool words_only; /* with words: only tokens of kind WORD get an id */
  lode_tokens *out;
  lode_err *err;
} lode__scan;

/* Append the tokens of the paragraph; sentence numbers are left 0 and words without an id. */
int lode__scan_tokens(lode__scan *self);

/* One step of it: what stands at *at, which it moves on. */
int lode__scan_one(lode__scan *self, size_t *at);

/* The same tokens as lode__scan_tokens, fast where text is plain, and with the ids of their words (scan_fast.c). */
int lode__scan_fast(lode__scan *self);

/* lode__scan_one, fast where text is plain; without ids. */
int lode__scan_step(lode__scan *self, size_t *at);

/* Append one token. */
int lode__scan_emit(lode__scan *self, size_t begin, size_t end, lode_token_kind kind, unsigned flags);
int lode__scan_grow(lode__scan *self); /* room for one more at least */

static inline int lode__scan_put(lode__scan *self, size_t begin, size_t end, lode_token_kind kind, unsigned flags,
                                 uint32_t word) {
  lode_tokens *out = self->out;
  if (out->count == out->cap) {
    int code = lode__scan_grow(self);
    if (code != 0) return code;
  }
  uint32_t from = (uint32_t)(self->base + begin);
  lode_token *token = &out->items[out->count];
  if (out->count > self->first && token[-1].end == from) flags |= LODE_TOKEN_GLUED;
  out->count++;
  *token = (lode_token){
      .begin = from, .end = (uint32_t)(self->base + end), .word = word, .kind = (uint8_t)kind, .flags = (uint8_t)flags};
  return 0;
}

/* The end of an e-mail address at `at`, or `at`. */
size_t lode__scan_mail(lode__scan *self, size_t at);

/* The end of the word that begins at `at` with a letter or digit, with its stop where that belongs to it. */
size_t lode__scan_word(const lode__scan *self, size_t at, bool *stop);

/* Append the word [begin, end), cut into its clitics. */
int lode__scan_clitics(lode__scan *self, size_t begin, size_t end, unsigned flags);

/* The text of the token before the place where the scan stands; empty at the start. */
lode_str lode__scan_last(const lode__scan *self);

/* One code point with the questions that are asked of it.  `size` is 0 and everything false at `end`. */
typedef struct lode__char {
  uint32_t cp, size;
  bool letter, upper, lower, digit, mark, space, joiner;
} lode__char;

/* Answers ready made: for each ASCII byte, and for each general category (tables.h). */
extern const lode__char lode__ascii_chars[128];
extern const lode__char lode__category_chars[32];

static inline lode__char lode__char_at(const char *text, size_t at, size_t end) {
  if (at >= end) return (lode__char){0};
  unsigned char byte = (unsigned char)text[at];
  if (byte < 0x80) return lode__ascii_chars[byte];
  uint32_t cp;
  uint32_t size = (uint32_t)lode_utf8_next(text + at, &cp);
  unsigned raw = lode__category_of(cp);
  lode__char c = lode__category_chars[raw & 0x1Fu];
  c.cp = cp;
  c.size = size;
  c.space = (raw & LODE__SPACE) != 0;
  return c;
}

static inline bool lode__is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == 0x2019 || cp == 0x2BC;
}

static inline bool lode__is_hyphen(uint32_t cp) {
  return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

#endif
