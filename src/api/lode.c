#include "lode.h"
#include "clean.h"
#include "fold.h"
#include "uax29.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The public numbers are the inner ones, so nothing has to be translated. */
static_assert((int)LIBLODE_E_NOMEM == LODE_E_NOMEM && (int)LIBLODE_E_INPUT == LODE_E_INPUT, "codes");
static_assert((int)LIBLODE_E_USAGE == LODE_E_USAGE && (int)LIBLODE_E_LIMIT == LODE_E_LIMIT, "codes");
static_assert((int)LIBLODE_WORD == LODE_UNIT_WORD && (int)LIBLODE_SENTENCE == LODE_UNIT_SENTENCE, "units");
static_assert((int)LIBLODE_GRAPHEME == LODE_UNIT_GRAPHEME, "units");
static_assert((int)LIBLODE_FOLD_CASE == LODE_FOLD_CASE && (int)LIBLODE_FOLD_COMPAT == LODE_FOLD_COMPAT, "folding");
static_assert((int)LIBLODE_FOLD_ACCENTS == LODE_FOLD_ACCENTS && (int)LIBLODE_FOLD_PUNCT == LODE_FOLD_PUNCT, "folding");
static_assert((int)LIBLODE_FOLD_SPACE == LODE_FOLD_SPACE && (int)LIBLODE_FOLD_DASH == LODE_FOLD_DASH, "folding");

enum {
  ALL_FOLDS = LIBLODE_FOLD_CASE | LIBLODE_FOLD_COMPAT | LIBLODE_FOLD_ACCENTS | LIBLODE_FOLD_PUNCT | LIBLODE_FOLD_SPACE |
              LIBLODE_FOLD_DASH,
  MOST_BYTES = 0x7FFFFFFF, /* positions inside a page fit 32 bits */
};

struct liblode_page {
  lode_table words;
  lode_page page;
};

/* Give an inner error to the caller; returns its code. */
static int report(const lode_err *err, liblode_error *error) {
  if (error) {
    error->code = err->code;
    error->byte = err->byte;
    memcpy(error->message, err->message,
           sizeof error->message < sizeof err->message ? sizeof error->message : sizeof err->message);
    error->message[sizeof error->message - 1] = '\0';
  }
  return err->code;
}

static int check_text(const char *text, size_t len, lode_err *err) {
  if (len > MOST_BYTES) return lode_fail(err, LODE_E_LIMIT, "a text of %zu bytes: at most %d", len, (int)MOST_BYTES);
  size_t bad = lode_utf8_valid(text, len);
  if (bad == len) return 0;
  lode_fail(err, LODE_E_INPUT, "no valid UTF-8 at byte %zu", bad);
  return lode_err_at(err, NULL, 0, bad);
}

const char *liblode_version(void) {
  return LODE_VERSION;
}

void liblode_free(void *owned) {
  free(owned);
}

size_t liblode_utf8_valid(const char *text, size_t len) {
  return lode_utf8_valid(text, len);
}

static int spans_of(const lode_offsets *offsets, liblode_span **out, lode_err *err) {
  liblode_span *spans = calloc(offsets->count ? offsets->count : 1, sizeof *spans);
  if (!spans) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  size_t start = 0;
  for (size_t i = 0; i < offsets->count; i++) {
    spans[i] = (liblode_span){start, offsets->items[i]};
    start = offsets->items[i];
  }
  *out = spans;
  return 0;
}

int liblode_boundaries(liblode_unit unit, const char *text, size_t len, liblode_span **spans, size_t *count,
                       liblode_error *error) {
  lode_err err;
  lode_err_clear(&err);
  lode_offsets offsets = {0};
  int code = check_text(text, len, &err);
  if (code == 0 && (int)unit != LIBLODE_WORD && (int)unit != LIBLODE_SENTENCE && (int)unit != LIBLODE_GRAPHEME)
    code = lode_fail(&err, LODE_E_USAGE, "%d is no unit", (int)unit);
  if (code == 0) code = lode_breaks_all((lode_unit)unit, text, len, &offsets, &err);
  if (code == 0) code = spans_of(&offsets, spans, &err);
  if (code == 0) *count = offsets.count;
  lode_offsets_free(&offsets);
  return code ? report(&err, error) : 0;
}

int liblode_fold(const char *text, size_t len, unsigned flags, char **out, size_t *out_len, liblode_error *error) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf folded = {0};
  int code = check_text(text, len, &err);
  if (code == 0 && (flags & ~(unsigned)ALL_FOLDS)) code = lode_fail(&err, LODE_E_USAGE, "%u is no way to fold", flags);
  if (code == 0) code = lode_fold(text, len, flags, &folded, NULL, &err);
  if (code == 0) code = lode_buf_reserve(&folded, 1, &err); /* so that an empty result is a pointer too */
  if (code != 0) {
    lode_buf_free(&folded);
    return report(&err, error);
  }
  *out = folded.ptr;
  *out_len = folded.len;
  return 0;
}

liblode_page *liblode_page_open(const void *bytes, size_t len, int how, liblode_error *error) {
  lode_err err;
  lode_err_clear(&err);
  liblode_page *self = NULL;
  int code = 0;
  if (len > MOST_BYTES) code = lode_fail(&err, LODE_E_LIMIT, "a page of %zu bytes: at most %d", len, (int)MOST_BYTES);
  else if (how != LIBLODE_CLEAN && how != LIBLODE_REPAIR && how != LIBLODE_HTML)
    code = lode_fail(&err, LODE_E_USAGE, "%d is no way to open a page", how);
  else if (!(self = malloc(sizeof *self))) code = lode_fail(&err, LODE_E_NOMEM, "out of memory");
  if (code == 0) {
    /* The seed guards against pages made to collide; what differs from page to page is the address. */
    lode_table_init(&self->words, (uint64_t)(uintptr_t)self);
    lode_page_init(&self->page, &self->words);
    lode_page_open(&self->page, LODE_STR(""), (lode_str){bytes ? bytes : "", len});
    self->page.html = how == LIBLODE_HTML;
    code = how == LIBLODE_REPAIR ? lode_clean_repair(&self->page, &err) : lode_clean(&self->page, &err);
    if (code == 0) return self;
  }
  liblode_page_close(self);
  report(&err, error);
  return NULL;
}

void liblode_page_close(liblode_page *page) {
  if (!page) return;
  lode_page_free(&page->page);
  lode_table_free(&page->words);
  free(page);
}

const char *liblode_page_content(const liblode_page *page, size_t *len) {
  *len = page->page.content_len;
  return page->page.content;
}

static lode_span inside(const liblode_page *page, size_t start, size_t end) {
  size_t len = page->page.content_len;
  end = end < len ? end : len;
  return (lode_span){start < end ? start : end, end};
}

liblode_span liblode_page_raw(const liblode_page *page, size_t start, size_t end) {
  lode_span span = inside(page, start, end);
  lode_span raw = lode_page_raw(&page->page, span.begin, span.end);
  return (liblode_span){raw.begin, raw.end};
}

int liblode_page_is_repaired(const liblode_page *page, size_t start, size_t end) {
  lode_span span = inside(page, start, end);
  return lode_page_is_repaired(&page->page, span.begin, span.end);
}

size_t liblode_page_paragraph_count(const liblode_page *page) {
  return page->page.paragraph_count;
}

liblode_paragraph liblode_page_paragraph(const liblode_page *page, size_t index) {
  assert(index < page->page.paragraph_count);
  const lode_paragraph *p = &page->page.paragraphs[index];
  return (liblode_paragraph){p->begin, p->end, lode_zone_name(p->zone)};
}

int liblode_page_segment(liblode_page *page, liblode_error *error) {
  lode_err err;
  lode_err_clear(&err);
  return lode_page_tokens(&page->page, &err) == 0 ? 0 : report(&err, error);
}

size_t liblode_page_sentence_count(const liblode_page *page) {
  return page->page.tokens.sentence_count;
}

liblode_sentence liblode_page_sentence(const liblode_page *page, size_t index) {
  assert(index < page->page.tokens.sentence_count);
  const lode_sentence *s = &page->page.tokens.sentences[index];
  return (liblode_sentence){s->begin, s->end, s->first_token, s->token_count, s->paragraph};
}

size_t liblode_page_token_count(const liblode_page *page) {
  return page->page.tokens.count;
}

liblode_token liblode_page_token(const liblode_page *page, size_t index) {
  assert(index < page->page.tokens.count);
  const lode_token *t = &page->page.tokens.items[index];
  lode_str fold = lode_table_get(&page->words, t->word);
  return (liblode_token){.start = t->begin,
                         .end = t->end,
                         .fold = fold.ptr,
                         .fold_len = fold.len,
                         .kind = lode_token_kind_name(t->kind),
                         .sentence = t->sentence,
                         .is_glued = (t->flags & LODE_TOKEN_GLUED) != 0};
}

const char *liblode_page_meta(const liblode_page *page, const char *name, size_t *len) {
  lode_str json = lode_page_get_meta(&page->page, (lode_str){name, strlen(name)});
  *len = json.len;
  return json.ptr;
}
