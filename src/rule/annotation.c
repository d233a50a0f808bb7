#include "annotation.h"

#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

int lode_annotations_init(lode_annotations *self, uint32_t label_count, lode_err *err) {
  *self = (lode_annotations){.label_count = label_count};
  self->lists = calloc((size_t)label_count + 1, sizeof *self->lists);
  return self->lists != NULL ? 0 : lode_fail(err, LODE_E_NOMEM, "out of memory: %u labels", (unsigned)label_count);
}

void lode_annotations_free(lode_annotations *self) {
  for (uint32_t i = 0; self->lists != NULL && i < self->label_count; i++) {
    free(self->lists[i].items);
    free(self->lists[i].starts);
  }
  free(self->lists);
  *self = (lode_annotations){.lists = NULL};
}

void lode_annotations_reset(lode_annotations *self, uint32_t token_count) {
  for (uint32_t i = 0; i < self->label_count; i++) self->lists[i].count = 0;
  self->token_count = token_count;
}

void lode_annotations_clear(lode_annotations *self, uint32_t label) {
  self->lists[label].count = 0;
}

int lode_annotations_add(lode_annotations *self, uint32_t label, lode_annotation item, lode_err *err) {
  lode_annotation_list *list = &self->lists[label];
  assert(label < self->label_count && item.begin < item.end && item.end <= self->token_count);
  if (list->count == list->cap) {
    size_t cap = lode_size_grow(list->cap, 32);
    lode_annotation *next = realloc(list->items, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu annotations", cap);
    list->items = next;
    list->cap = (uint32_t)cap;
  }
  item.order = list->count;
  list->items[list->count++] = item;
  return 0;
}

static int compare(const void *a, const void *b) {
  const lode_annotation *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

int lode_annotations_seal(lode_annotations *self, uint32_t label, lode_err *err) {
  lode_annotation_list *list = &self->lists[label];
  size_t words = (size_t)self->token_count / 64 + 1;
  if (list->count == 0) return 0;
  if (list->start_cap < words) {
    size_t cap = lode_size_grow(list->start_cap, words);
    uint64_t *next = realloc(list->starts, lode_size_mul(cap, 2 * sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: annotations of %zu tokens", words * 64);
    list->starts = next;
    list->start_cap = cap;
  }
  uint32_t sorted = 1; /* matches come sorted */
  while (sorted < list->count && compare(&list->items[sorted - 1], &list->items[sorted]) <= 0) sorted++;
  if (sorted < list->count) qsort(list->items, list->count, sizeof *list->items, compare);
  list->insides = list->starts + list->start_cap;
  memset(list->starts, 0, words * sizeof *list->starts);
  memset(list->insides, 0, words * sizeof *list->insides);
  uint32_t held = 0; /* tokens before it have their bits */
  for (uint32_t i = 0; i < list->count; i++) {
    const lode_annotation *item = &list->items[i];
    list->starts[item->begin / 64] |= (uint64_t)1 << (item->begin % 64);
    for (uint32_t t = item->begin < held ? held : item->begin; t < item->end; t++)
      list->insides[t / 64] |= (uint64_t)1 << (t % 64);
    if (item->end > held) held = item->end;
  }
  return 0;
}

uint32_t lode_annotations_from(const lode_annotations *self, uint32_t label, uint32_t token) {
  const lode_annotation_list *list = &self->lists[label];
  uint32_t low = 0, high = list->count;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (list->items[mid].begin < token) low = mid + 1;
    else high = mid;
  }
  return low;
}

uint32_t lode_annotations_next(const lode_annotations *self, uint32_t label, uint32_t from) {
  const lode_annotation_list *list = &self->lists[label];
  if (list->count == 0 || from >= self->token_count) return UINT32_MAX;
  size_t last = self->token_count / 64, at = from / 64;
  uint64_t word = list->starts[at] & (UINT64_MAX << (from % 64));
  while (word == 0) {
    if (at == last) return UINT32_MAX;
    word = list->starts[++at];
  }
  uint32_t bit = 0;
  while ((word >> bit & 1) == 0) bit++;
  return (uint32_t)(at * 64) + bit;
}
