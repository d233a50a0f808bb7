/* scan.h - the first half of the tokenizer: tokens without sentences; private to src/text.
 *
 * Works from left to right, looking back over bytes only to the token before and ahead only inside the
 * same chunk without white space, but for one look at what follows a stop.
 */
#ifndef LODE_SCAN_H
#define LODE_SCAN_H
#include "token.h"

typedef struct lode__scan {
  const char *text;
  size_t len, base;
  size_t no_mail; /* no e-mail address begins before this offset: keeps hostile text linear */
  size_t first;   /* index of the paragraph's first token */
  lode_tokens *out;
  lode_err *err;
} lode__scan;

/* Append the tokens of the paragraph; sentence numbers are left 0. */
int lode__scan_tokens(lode__scan *self);

/* Append one token. */
int lode__scan_emit(lode__scan *self, size_t begin, size_t end, lode_token_kind kind, unsigned flags);

/* The end of the word that begins at `at` with a letter or digit, with its stop where that belongs to it. */
size_t lode__scan_word(const lode__scan *self, size_t at, bool *stop);

/* Append the word [begin, end), cut into its clitics. */
int lode__scan_clitics(lode__scan *self, size_t begin, size_t end, unsigned flags);

/* The text of the token before the place where the scan stands; empty at the start. */
lode_str lode__scan_last(const lode__scan *self);

/* One code point with the questions that are asked of it.  `size` is 0 and everything false at `end`. */
typedef struct lode__char {
  uint32_t cp;
  size_t size;
  bool letter, upper, lower, digit, mark, space, joiner;
} lode__char;
lode__char lode__char_at(const char *text, size_t at, size_t end);

static inline bool lode__is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == 0x2019 || cp == 0x2BC;
}

static inline bool lode__is_hyphen(uint32_t cp) {
  return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

#endif
