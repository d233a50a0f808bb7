/* fits.c - what single nodes say of a form, and which of two says more. */
#include "pattern.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>

static bool fits_case(lode_pattern_kind kind, lode_str written) {
  bool upper = false, lower = false;
  for (size_t at = 0; at < written.len;) {
    uint32_t cp;
    size_t len = lode_utf8_next(written.ptr + at, &cp);
    if (kind == LODE_PATTERN_CAP) return lode_is_upper(cp);
    upper = upper || lode_is_upper(cp);
    lower = lower || lode_is_lower(cp);
    at += len;
  }
  return kind == LODE_PATTERN_UPPER ? upper && !lower : kind == LODE_PATTERN_LOWER && lower && !upper;
}

/* Sets of words: one of the form's rows where there is an index. */
static bool is_member(const lode_patterns *self, const lode_pattern_node *node, const lode_asked *form, bool exact) {
  if (form->indexed) {
    const uint64_t *row = form->rows[exact];
    return row != NULL && (row[node->data / 64] >> (node->data % 64) & 1) != 0;
  }
  lode_str key = exact ? form->written : form->folded;
  return lode_table_find(self->sets[node->data], key.ptr, key.len) != LODE_NO_ID;
}

static bool fits_shape(const lode_patterns *self, const lode_pattern_node *node, lode_str written) {
  char shape[256];
  size_t len = lode_token_shape(written.ptr, written.len, shape, sizeof shape);
  return lode_table_find(self->sets[node->data], shape, len) != LODE_NO_ID;
}

static const uint64_t *find_row(const lode_patterns *self, bool exact, lode_str form) {
  uint32_t id = lode_table_find(&self->members[exact], form.ptr, form.len);
  return id == LODE_NO_ID ? NULL : self->member_rows[exact] + id * self->member_words;
}

lode_asked lode_pattern_form(const lode_patterns *self, lode_str written, lode_str folded, unsigned kind) {
  lode_asked form = {.written = written, .folded = folded, .kind = kind, .indexed = self->member_words > 0};
  if (!form.indexed) return form;
  form.rows[0] = find_row(self, false, folded);
  form.rows[1] = find_row(self, true, written);
  return form;
}

int lode_pattern_fits(const lode_patterns *self, lode_pattern id, lode_str written, lode_str folded, unsigned kind,
                      lode_err *err) {
  lode_asked form = lode_pattern_form(self, written, folded, kind);
  return lode_pattern_fits_form(self, id, &form, err);
}

int lode_pattern_fits_form(const lode_patterns *self, lode_pattern id, const lode_asked *form, lode_err *err) {
  const lode_pattern_node *node = &self->nodes[id];
  /* Chains of + may be long; what is left of the recursion is bounded by LODE_PATTERN_DEPTH. */
  for (; node->kind == LODE_PATTERN_CHOICE; node = &self->nodes[node->a]) {
    int right = lode_pattern_fits_form(self, node->b, form, err);
    if (right != 0) return right;
  }
  int left;
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_ANY: return 1;
    case LODE_PATTERN_WORDS: return is_member(self, node, form, false);
    case LODE_PATTERN_FORMS: return is_member(self, node, form, true);
    case LODE_PATTERN_CAP:
    case LODE_PATTERN_UPPER:
    case LODE_PATTERN_LOWER: return fits_case(node->kind, form->written);
    case LODE_PATTERN_KIND: return form->kind == node->data;
    case LODE_PATTERN_SHAPE: return fits_shape(self, node, form->written);
    case LODE_PATTERN_TEST:
      return self->tests[node->data].test(self->tests[node->data].context, form->written, form->folded, err);
    case LODE_PATTERN_BOTH:
      left = lode_pattern_fits_form(self, node->a, form, err);
      return left != 1 ? left : lode_pattern_fits_form(self, node->b, form, err);
    case LODE_PATTERN_MINUS:
      left = lode_pattern_fits_form(self, node->b, form, err);
      if (left != 0) return left < 0 ? left : 0;
      return lode_pattern_fits_form(self, node->a, form, err);
    default: return lode_fail(err, LODE_E_USAGE, "a part that is not one token stands where one is asked for");
  }
}

static bool is_subset(const lode_table *a, const lode_table *b) {
  for (uint32_t i = 0; i < a->count; i++) {
    lode_str key = lode_table_get(a, i);
    if (lode_table_find(b, key.ptr, key.len) == LODE_NO_ID) return false;
  }
  return true;
}

static bool single_implies(const lode_patterns *self, lode_pattern a, lode_pattern b) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  if (x->canon == y->canon || x->never || y->kind == LODE_PATTERN_ANY) return true;
  if (x->kind == LODE_PATTERN_BOTH) return lode_pattern_implies(self, x->a, b) || lode_pattern_implies(self, x->b, b);
  if (x->kind == LODE_PATTERN_MINUS) return lode_pattern_implies(self, x->a, b);
  bool lists = x->kind == LODE_PATTERN_WORDS || x->kind == LODE_PATTERN_FORMS;
  return lists && x->kind == y->kind && is_subset(self->sets[x->data], self->sets[y->data]);
}

bool lode_pattern_implies(const lode_patterns *self, lode_pattern a, lode_pattern b) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  if (!x->single || !y->single) return false;
  if (x->canon == y->canon) return true;
  for (; x->kind == LODE_PATTERN_CHOICE; x = &self->nodes[a = x->a])
    if (!lode_pattern_implies(self, x->b, b)) return false;
  for (; y->kind == LODE_PATTERN_CHOICE; y = &self->nodes[b = y->a])
    if (single_implies(self, a, b) || lode_pattern_implies(self, a, y->b)) return true;
  return single_implies(self, a, b);
}
