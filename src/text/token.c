#include "token.h"
#include "scan.h"
#include "sentence.h"
#include "unicode.h"
#include "utf8.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *lode_token_kind_name(lode_token_kind kind) {
  static const char *const names[] = {
#define TOKEN_NAME(code, name) name,
      LODE_TOKEN_KINDS(TOKEN_NAME)
#undef TOKEN_NAME
  };
  assert((unsigned)kind < LODE_TOKEN_KIND_COUNT);
  return names[kind];
}

void lode_tokens_free(lode_tokens *self) {
  free(self->items);
  free(self->sentences);
  *self = (lode_tokens){0};
}

static int check_size(size_t len, size_t base, lode_err *err) {
  if (len < UINT32_MAX && base < UINT32_MAX - len) return 0;
  return lode_fail(err, LODE_E_LIMIT, "text of 4 GiB or more cannot be tokenized in one piece");
}

int lode_tokenize_words(const char *text, size_t len, size_t base, const lode_interning *words, lode_tokens *out,
                        lode_err *err) {
  size_t tokens = out->count, sentences = out->sentence_count;
  lode__scan scan = {.text = text,
                     .len = len,
                     .base = base,
                     .first = out->count,
                     .lists = words->lists,
                     .words = words->table,
                     .scratch = words->scratch,
                     .words_only = words->words_only,
                     .out = out,
                     .err = err};
  int code = check_size(len, base, err);
  if (code == 0) code = lode__scan_fast(&scan);
  if (code == 0 && !scan.words_only) code = lode__sentences_make(text, base, tokens, words->lists, out, err);
  if (code != 0) { /* a failed call leaves what was there */
    out->count = tokens;
    out->sentence_count = sentences;
  }
  return code;
}

int lode_tokenize(const char *text, size_t len, size_t base, lode_tokens *out, lode_err *err) {
  return lode_tokenize_words(text, len, base, &(lode_interning){0}, out, err);
}

/* Runs longer than this are cut, so that shapes are few. */
enum { SHAPE_RUN = 4 };

size_t lode_token_shape(const char *text, size_t len, char *out, size_t size) {
  size_t used = 0, run = 0;
  uint32_t last = UINT32_MAX;
  if (size == 0) return 0;
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    char bytes[4];
    at += lode_utf8_next(text + at, &cp);
    if (lode_is_mark(cp)) continue; /* an accent has no shape of its own, composed or not */
    if (lode_is_upper(cp)) cp = 'X';
    else if (lode_is_letter(cp)) cp = 'x';
    else if (lode_is_digit(cp)) cp = 'd';
    run = cp == last ? run + 1 : 1;
    last = cp;
    if (run > SHAPE_RUN && (cp == 'X' || cp == 'x' || cp == 'd')) continue;
    size_t n = lode_utf8_put(cp, bytes);
    if (used + n > size - 1) break;
    memcpy(out + used, bytes, n);
    used += n;
  }
  out[used] = 0;
  return used;
}
