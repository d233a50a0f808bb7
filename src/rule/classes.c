#include "classes.h"

#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int grow_classes(lode_classes *self, lode_err *err) {
  size_t cap = lode_size_grow(self->class_cap, 64);
  size_t row = self->row_words * sizeof(uint64_t), need = self->need_words * sizeof(uint64_t);
  uint64_t *rows = realloc(self->rows, lode_size_mul(cap, row == 0 ? 1 : row));
  if (rows != NULL) self->rows = rows;
  uint64_t *needs = realloc(self->needs, lode_size_mul(cap, need == 0 ? 1 : need));
  if (needs != NULL) self->needs = needs;
  uint8_t *has = realloc(self->telling, cap);
  if (has != NULL) self->telling = has;
  if (rows == NULL || needs == NULL || has == NULL)
    return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu classes of words", cap);
  self->class_cap = (uint32_t)cap;
  return 0;
}

int lode_classes_init(lode_classes *self, const lode_rules *rules, const lode_table *words, lode_err *err) {
  assert(rules->compiled);
  *self = (lode_classes){.rules = rules, .words = words, .class_count = 1};
  self->row_words = lode_rules_row_words(rules);
  self->need_words = lode_rules_need_words(rules);
  lode_table_init(&self->forms, rules->patterns.seed);
  lode_table_init(&self->row_ids, rules->patterns.seed);
  return grow_classes(self, err);
}

void lode_classes_free(lode_classes *self) {
  free(self->by_word);
  free(self->form_class);
  free(self->rows);
  free(self->needs);
  free(self->telling);
  lode_table_free(&self->forms);
  lode_table_free(&self->row_ids);
  *self = (lode_classes){.rules = NULL};
}

void lode_classes_forget(lode_classes *self) {
  if (self->by_word != NULL) memset(self->by_word, 0, self->word_cap * sizeof *self->by_word);
  lode_table_clear(&self->forms);
  lode_table_clear(&self->row_ids);
  self->class_count = 1;
}

static int ask_predicate(lode_classes *self, uint32_t predicate, const lode_asked *form, lode_err *err) {
  lode_str key = lode_table_get(&self->rules->predicates, predicate);
  for (size_t i = 0; i < key.len; i += sizeof(uint32_t)) {
    uint32_t canon;
    memcpy(&canon, key.ptr + i, sizeof canon);
    int fits = lode_pattern_fits_form(&self->rules->patterns, canon, form, err);
    if (fits != 0) return fits;
  }
  return 0;
}

static void set_needs(lode_classes *self, uint32_t class, const uint64_t *row) {
  uint64_t *needs = self->needs + class * self->need_words;
  if (self->need_words > 0) memset(needs, 0, self->need_words * sizeof *needs);
  self->telling[class] = 0;
  for (size_t w = 0; w < self->row_words; w++)
    if ((row[w] & self->rules->telling[w]) != 0) self->telling[class] = 1;
  for (uint32_t p = 0; p < self->rules->predicates.count; p++) {
    uint32_t bit = self->rules->need_bits[p];
    if (bit == LODE_NO_ID || (row[p / 64] >> (p % 64) & 1) == 0) continue;
    needs[bit / 64] |= (uint64_t)1 << (bit % 64);
  }
}

/* The class of a form that was not met before: the row is made at the end of `rows` and kept where it is new. */
static int ask(lode_classes *self, lode_str written, lode_str folded, unsigned kind, uint16_t *out, lode_err *err) {
  int code = self->class_count == self->class_cap ? grow_classes(self, err) : 0;
  if (code != 0) return code;
  uint64_t *row = self->rows + self->class_count * self->row_words;
  if (self->row_words > 0) memset(row, 0, self->row_words * sizeof *row);
  self->asked++;
  const lode_asked form = lode_pattern_form(&self->rules->patterns, written, folded, kind);
  for (uint32_t p = 0; p < self->rules->predicates.count; p++) {
    int fits = ask_predicate(self, p, &form, err);
    if (fits < 0) return fits;
    if (fits > 0) row[p / 64] |= (uint64_t)1 << (p % 64);
  }
  bool added;
  uint32_t id = lode_table_add(&self->row_ids, self->row_words == 0 ? "" : (const char *)row,
                               self->row_words * sizeof *row, &added, err);
  if (id == LODE_NO_ID) return LODE_E_NOMEM;
  if (added) {
    if (id + 1 > LODE_CLASS_MAX)
      return lode_fail(err, LODE_E_LIMIT, "the rules tell apart more than %d kinds of words", LODE_CLASS_MAX);
    set_needs(self, id + 1, row);
    self->class_count++;
  }
  *out = (uint16_t)(id + 1);
  return 0;
}

/* 0: as folded, 1: the first letter raised, 2: all raised, LODE_CLASS_CASES: anything else. */
static unsigned case_of(const char *written, size_t len, lode_str folded) {
  if (len != folded.len || len == 0) return LODE_CLASS_CASES;
  bool letter = folded.ptr[0] >= 'a' && folded.ptr[0] <= 'z';
  if (written[0] == folded.ptr[0]) return memcmp(written, folded.ptr, len) == 0 ? 0 : LODE_CLASS_CASES;
  if (!letter || (written[0] ^ folded.ptr[0]) != 0x20) return LODE_CLASS_CASES;
  if (memcmp(written + 1, folded.ptr + 1, len - 1) == 0) return 1;
  for (size_t i = 1; i < len; i++) {
    letter = folded.ptr[i] >= 'a' && folded.ptr[i] <= 'z';
    if (written[i] != (letter ? folded.ptr[i] ^ 0x20 : folded.ptr[i])) return LODE_CLASS_CASES;
  }
  return 2;
}

static int of_form(lode_classes *self, lode_str written, lode_str folded, unsigned kind, uint16_t *out, lode_err *err) {
  char small[128];
  lode_buf large = {0};
  bool added;
  char *key = small;
  int code = 0;
  if (written.len >= sizeof small) {
    code = lode_buf_reserve(&large, lode_size_add(written.len, 1), err);
    if (code != 0) return code;
    key = large.ptr;
  }
  key[0] = (char)kind;
  if (written.len != 0) memcpy(key + 1, written.ptr, written.len);
  uint32_t id = lode_table_add(&self->forms, key, written.len + 1, &added, err);
  lode_buf_free(&large);
  if (id == LODE_NO_ID) return LODE_E_NOMEM;
  if (id >= self->form_cap) {
    size_t cap = lode_size_grow(self->form_cap, 256);
    uint16_t *next = realloc(self->form_class, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu forms of words", cap);
    self->form_class = next;
    self->form_cap = (uint32_t)cap;
  }
  if (added) self->form_class[id] = 0;
  if (self->form_class[id] == 0) code = ask(self, written, folded, kind, &self->form_class[id], err);
  *out = self->form_class[id];
  return code;
}

static int grow_words(lode_classes *self, lode_err *err) {
  size_t cap = lode_size_grow(self->word_cap, self->words->count);
  lode_word_class *next = realloc(self->by_word, lode_size_mul(cap, sizeof *next));
  if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: classes of %zu words", cap);
  memset(next + self->word_cap, 0, (cap - self->word_cap) * sizeof *next);
  self->by_word = next;
  self->word_cap = (uint32_t)cap;
  return 0;
}

static int of_token(lode_classes *self, const char *content, const lode_token *token, uint16_t *out, lode_err *err) {
  size_t len = token->end - token->begin;
  lode_str folded = lode_table_get(self->words, token->word);
  unsigned raised = case_of(content + token->begin, len, folded);
  lode_word_class *word = &self->by_word[token->word];
  if (raised < LODE_CLASS_CASES && word->of[raised] != 0 && word->kind[raised] == token->kind) {
    *out = word->of[raised];
    return 0;
  }
  lode_str written = {content + token->begin, len};
  if (raised == LODE_CLASS_CASES || word->of[raised] != 0) return of_form(self, written, folded, token->kind, out, err);
  word->kind[raised] = token->kind;
  int code = ask(self, written, folded, token->kind, &word->of[raised], err);
  *out = word->of[raised];
  return code;
}

int lode_classes_of(lode_classes *self, const lode_page *page, uint16_t *out, lode_err *err) {
  /* A class more than a page can add would be refused in its middle: begin anew between pages instead. */
  if (self->class_count > LODE_CLASS_MAX / 2) lode_classes_forget(self);
  int code = self->words->count > self->word_cap ? grow_words(self, err) : 0;
  for (size_t i = 0; i < page->tokens.count && code == 0; i++)
    code = of_token(self, page->content, &page->tokens.items[i], &out[i], err);
  return code;
}
