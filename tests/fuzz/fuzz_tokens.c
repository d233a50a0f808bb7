/* Any valid text cut: tokens in order, apart, in their sentence; sentences in order and trimmed; nothing that has ink
 * left out; the same cuts with ids as without, and from any base. */
#include "fuzz.h"
#include "table.h"
#include "token.h"
#include "unicode.h"
#include "utf8.h"

static bool has_ink(uint32_t cp) {
  return lode_is_letter(cp) || lode_is_number(cp) || lode_is_punct(cp) || lode_is_symbol(cp);
}

static void no_ink(const char *text, size_t begin, size_t end) {
  while (begin < end) {
    uint32_t cp;
    begin += lode_utf8_next(text + begin, &cp);
    MUST(!has_ink(cp));
  }
}

static void whole_characters(const char *text, size_t len, size_t begin, size_t end) {
  MUST(begin < end && end <= len);
  MUST(((unsigned char)text[begin] & 0xC0) != 0x80);
  MUST(end == len || ((unsigned char)text[end] & 0xC0) != 0x80);
}

static void tokens_hold(const char *text, size_t len, const lode_tokens *made) {
  size_t at = 0;
  char shape[64];
  for (size_t i = 0; i < made->count; i++) {
    const lode_token *token = &made->items[i];
    MUST(token->begin >= at && token->kind < LODE_TOKEN_KIND_COUNT);
    whole_characters(text, len, token->begin, token->end);
    no_ink(text, at, token->begin);
    if (token->flags & LODE_TOKEN_GLUED) MUST(i > 0);
    bool stop = text[token->end - 1] == '.' || (unsigned char)text[token->end - 1] >= 0x80;
    MUST(stop || !(token->flags & LODE_TOKEN_ABBREV));
    MUST(token->sentence < made->sentence_count);
    size_t n = lode_token_shape(text + token->begin, token->end - token->begin, shape, sizeof shape);
    MUST(n < sizeof shape && lode_utf8_valid(shape, n) == n);
    at = token->end;
  }
  no_ink(text, at, len);
}

static void sentences_hold(const char *text, size_t len, const lode_tokens *made) {
  size_t at = 0, next = 0;
  for (size_t i = 0; i < made->sentence_count; i++) {
    const lode_sentence *sentence = &made->sentences[i];
    uint32_t cp;
    MUST(sentence->begin >= at && sentence->first_token == next && sentence->token_count > 0);
    whole_characters(text, len, sentence->begin, sentence->end);
    lode_utf8_next(text + sentence->begin, &cp);
    MUST(!lode_is_space(cp));
    lode_utf8_next(text + sentence->end - lode_utf8_back(text, sentence->end), &cp);
    MUST(!lode_is_space(cp));
    for (size_t t = next; t < next + sentence->token_count; t++) {
      MUST(t < made->count && made->items[t].sentence == i);
      MUST(made->items[t].begin >= sentence->begin && made->items[t].end <= sentence->end);
    }
    at = sentence->end;
    next += sentence->token_count;
  }
  MUST(next == made->count);
}

static void same_cuts(const lode_tokens *a, const lode_tokens *b, size_t base) {
  MUST(a->count == b->count && a->sentence_count == b->sentence_count);
  for (size_t i = 0; i < a->count; i++) {
    const lode_token *x = &a->items[i], *y = &b->items[i];
    MUST(x->begin + base == y->begin && x->end + base == y->end && x->kind == y->kind && x->flags == y->flags);
    MUST(x->sentence == y->sentence);
  }
  for (size_t i = 0; i < a->sentence_count; i++)
    MUST(a->sentences[i].begin + base == b->sentences[i].begin && a->sentences[i].end + base == b->sentences[i].end);
}

static void paragraphs_hold(const char *text, size_t len) {
  lode_paragraphs paragraphs;
  lode_span span;
  size_t at = 0;
  lode_paragraphs_init(&paragraphs, text, len);
  while (lode_paragraphs_next(&paragraphs, &span)) {
    MUST(span.begin >= at);
    whole_characters(text, len, span.begin, span.end);
    no_ink(text, at, span.begin);
    at = span.end;
  }
  no_ink(text, at, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  lode_buf out = {0}, scratch = {0};
  lode_map map = {0};
  lode_repairs repairs = {0};
  lode_tokens plain = {0}, interned = {0};
  lode_table words;
  MUST(lode_utf8_repair(text, size, &out, &map, &repairs, NULL) == 0);
  /* Just as long as it is, so that a byte read behind it is seen. */
  char *copy = malloc(out.len + 1);
  MUST(copy != NULL);
  if (out.len > 0) memcpy(copy + 1, out.ptr, out.len);
  size_t base = fuzz_pick(data, size, 1, 1000);
  lode_table_init(&words, 7);
  const lode_interning with = {.table = &words, .scratch = &scratch};
  MUST(lode_tokenize(copy + 1, out.len, 0, &plain, NULL) == 0);
  MUST(lode_tokenize_words(copy + 1, out.len, base, &with, &interned, NULL) == 0);
  tokens_hold(copy + 1, out.len, &plain);
  sentences_hold(copy + 1, out.len, &plain);
  same_cuts(&plain, &interned, base);
  for (size_t i = 0; i < interned.count; i++) MUST(interned.items[i].word < words.count);
  paragraphs_hold(copy + 1, out.len);
  lode_table_free(&words);
  lode_tokens_free(&plain);
  lode_tokens_free(&interned);
  lode_repairs_free(&repairs);
  lode_map_free(&map);
  lode_buf_free(&scratch);
  lode_buf_free(&out);
  free(copy);
  return 0;
}
