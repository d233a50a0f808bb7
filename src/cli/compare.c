#include "compare.h"
#include "hash.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

bool lode_found_is_field(lode_json_value name) {
  static const char *const others[] = {"type", "page", "text", "start", "end", "line", "rule"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (lode_json_equals(name, others[i], strlen(others[i]))) return false;
  return true;
}

/* "file:line name" without its quotes and place. */
static lode_str name_of_rule(lode_str json) {
  lode_str text = json.len >= 2 ? (lode_str){json.ptr + 1, json.len - 2} : LODE_STR("");
  for (size_t i = 0; i + 1 < text.len; i++) {
    bool after_line = text.ptr[i] == ' ' && i > 0 && text.ptr[i - 1] >= '0' && text.ptr[i - 1] <= '9';
    if (after_line) return (lode_str){text.ptr + i + 1, text.len - i - 1};
  }
  return LODE_STR("");
}

static size_t number(lode_str text) {
  size_t out = 0;
  for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
    out = out * 10 + (size_t)(text.ptr[i] - '0');
  return out;
}

static lode_found read_found(lode_json_value record) {
  lode_found out = {.record = record};
  lode_json_iter members = lode_json_iter_of(record);
  lode_json_value name, value;
  lode_str rule = {"", 0};
  bool started = false, ended = false;
  while (lode_json_next(&members, &name, &value)) {
    if (lode_json_equals(name, "rule", 4)) {
      rule = name_of_rule(value.text);
      continue;
    }
    out.content = lode_hash64(name.text.ptr, name.text.len, out.content);
    out.content = lode_hash64(value.text.ptr, value.text.len, out.content);
    if (lode_json_equals(name, "page", 4)) out.page = value.text;
    else if (lode_json_equals(name, "type", 4)) out.type = value.text;
    else if (lode_json_equals(name, "text", 4)) out.text = value.text;
    else if (lode_json_equals(name, "start", 5)) out.start = number(value.text), started = true;
    else if (lode_json_equals(name, "end", 3)) out.end = number(value.text), ended = true;
  }
  out.placed = started && ended;
  out.rule = rule.len > 0 ? rule : out.type.len >= 2 ? (lode_str){out.type.ptr + 1, out.type.len - 2} : LODE_STR("");
  return out;
}

int lode_founds_read(lode_founds *self, lode_str lines, lode_err *err) {
  for (size_t at = 0; at < lines.len;) {
    const char *stop = memchr(lines.ptr + at, '\n', lines.len - at);
    size_t len = stop ? (size_t)(stop - lines.ptr) - at : lines.len - at;
    lode_json_value record;
    bool good = lode_json_parse(lines.ptr + at, len, LODE_JSON_DEPTH + 1, &record, NULL) == 0;
    at += len + 1;
    if (!good || record.type != LODE_JSON_OBJECT) continue;
    if (self->count == self->cap) {
      size_t cap = lode_size_grow(self->cap, 256);
      lode_found *next = realloc(self->items, lode_size_mul(cap, sizeof *next));
      if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu records", cap);
      self->items = next;
      self->cap = cap;
    }
    self->items[self->count++] = read_found(record);
  }
  return 0;
}

void lode_founds_free(lode_founds *self) {
  free(self->items);
  *self = (lode_founds){.items = NULL};
}

/* ---- comparing ---- */

static int compare_texts(lode_str a, lode_str b) {
  size_t len = a.len < b.len ? a.len : b.len;
  int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
  if (order != 0) return order;
  return a.len < b.len ? -1 : a.len > b.len;
}

static int compare_sizes(size_t a, size_t b) {
  return a < b ? -1 : a > b;
}

/* Page, type, place: `wide` without the end. */
static int compare_keys(const lode_found *a, const lode_found *b, bool wide) {
  int order = compare_texts(a->page, b->page);
  if (order == 0) order = compare_texts(a->type, b->type);
  if (order == 0) order = compare_sizes(a->placed, b->placed);
  if (order == 0) order = compare_sizes(a->start, b->start);
  if (order == 0 && !wide) order = compare_sizes(a->end, b->end);
  /* Without a place nothing but all of it says which record it is. */
  if (order == 0 && !a->placed && !b->placed && a->content != b->content) order = a->content < b->content ? -1 : 1;
  return order;
}

static int by_key(const void *a, const void *b) {
  const lode_found *x = *(const lode_found *const *)a, *y = *(const lode_found *const *)b;
  int order = compare_keys(x, y, false);
  if (order == 0 && x->content != y->content) order = x->content < y->content ? -1 : 1;
  return order != 0 ? order : compare_sizes((size_t)(x > y), (size_t)(y > x));
}

static int by_report(const void *a, const void *b) {
  const lode_change *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  const lode_found *p = lode_change_of(x), *q = lode_change_of(y);
  int order = compare_texts(p->rule, q->rule);
  if (order == 0) order = compare_keys(p, q, false);
  return order != 0 ? order : compare_texts(p->record.text, q->record.text);
}

static int add_change(lode_changes *self, lode_change change, lode_err *err) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 64);
    lode_change *next = realloc(self->items, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu changes", cap);
    self->items = next;
    self->cap = cap;
  }
  self->items[self->count++] = change;
  return 0;
}

static const lode_found **sorted(const lode_founds *from) {
  const lode_found **out = malloc((from->count + 1) * sizeof *out);
  if (out == NULL) return NULL;
  for (size_t i = 0; i < from->count; i++) out[i] = &from->items[i];
  qsort(out, from->count, sizeof *out, by_key);
  return out;
}

/* Pair the two sorted lists; what finds no partner moves to their fronts, *n and *m of them. */
static int pair(lode_changes *self, const lode_found **a, size_t *n, const lode_found **b, size_t *m, bool wide,
                lode_err *err) {
  size_t i = 0, k = 0, left = 0, right = 0;
  int code = 0;
  while ((i < *n || k < *m) && code == 0) {
    int order = i == *n ? 1 : k == *m ? -1 : compare_keys(a[i], b[k], wide);
    if (order < 0) a[left++] = a[i++];
    else if (order > 0) b[right++] = b[k++];
    else {
      if (a[i]->content == b[k]->content) self->same++;
      else code = add_change(self, (lode_change){LODE_CHANGE_CHANGED, a[i], b[k]}, err);
      i++;
      k++;
    }
  }
  *n = left;
  *m = right;
  return code;
}

int lode_changes_find(lode_changes *self, const lode_founds *before, const lode_founds *after, lode_err *err) {
  size_t n = before->count, m = after->count;
  const lode_found **a = sorted(before), **b = sorted(after);
  int code = a == NULL || b == NULL ? lode_fail(err, LODE_E_NOMEM, "out of memory: comparing records") : 0;
  if (code == 0) code = pair(self, a, &n, b, &m, false, err);
  if (code == 0) code = pair(self, a, &n, b, &m, true, err);
  for (size_t i = 0; i < n && code == 0; i++)
    code = add_change(self, (lode_change){LODE_CHANGE_REMOVED, a[i], NULL}, err);
  for (size_t i = 0; i < m && code == 0; i++)
    code = add_change(self, (lode_change){LODE_CHANGE_ADDED, NULL, b[i]}, err);
  if (self->count > 0) qsort(self->items, self->count, sizeof *self->items, by_report);
  free((void *)a);
  free((void *)b);
  return code;
}

void lode_changes_free(lode_changes *self) {
  free(self->items);
  *self = (lode_changes){.items = NULL};
}
