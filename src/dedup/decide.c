#include "decide.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>

typedef struct entry {
  lode_place id;
  uint32_t id_len;
  uint32_t keeper; /* LODE_NO_UNIT until ranked */
  uint32_t match;  /* LODE_NO_UNIT: none */
  float similarity, containment;
  bool dropped;
  uint64_t rank;
} entry;

struct lode_decisions {
  lode_dedup_settings settings;
  lode_copies *copies;
  lode_store ids;
  entry *entries;
  size_t cap;
  lode_buf padded;
};

int lode_decisions_open(lode_decisions **out, const lode_dedup_settings *settings, size_t memory, lode_err *err) {
  lode_decisions *self = calloc(1, sizeof *self);
  *out = self;
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  self->settings = *settings;
  lode_store_init(&self->ids, SIZE_MAX);
  return lode_copies_open(&self->copies, &(lode_copies_options){settings->threshold, settings->containment, memory},
                          err);
}

void lode_decisions_free(lode_decisions *self) {
  if (self == NULL) return;
  lode_copies_free(self->copies);
  lode_store_free(&self->ids);
  free(self->entries);
  lode_buf_free(&self->padded);
  free(self);
}

uint32_t lode_decisions_count(const lode_decisions *self) {
  return lode_copies_count(self->copies);
}

lode_str lode_decisions_id(const lode_decisions *self, uint32_t unit) {
  const entry *e = &self->entries[unit];
  const uint32_t *bytes = lode_store_get(&self->ids, e->id, (e->id_len + 3) / 4, NULL, NULL); /* never spooled */
  return (lode_str){(const char *)bytes, e->id_len};
}

static int keep_id(lode_decisions *self, lode_str id, entry *to, lode_err *err) {
  size_t words = (id.len + 3) / 4;
  self->padded.len = 0;
  int code = lode_buf_reserve(&self->padded, words * 4 + 4, err);
  if (code != 0) return code;
  memset(self->padded.ptr, 0, words * 4 + 4);
  if (id.len > 0) memcpy(self->padded.ptr, id.ptr, id.len);
  to->id_len = (uint32_t)id.len;
  return lode_store_add(&self->ids, (const uint32_t *)(const void *)self->padded.ptr, words, &to->id, err);
}

int lode_decisions_add(lode_decisions *self, const lode_unit *unit, const lode_unit *next, lode_copies_answer *out,
                       lode_err *err) {
  uint32_t number = lode_copies_count(self->copies);
  if (number >= self->cap) {
    size_t cap = lode_size_grow(self->cap, self->cap + 1024);
    entry *entries = realloc(self->entries, lode_size_mul(cap, sizeof *entries));
    if (entries == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu units", cap);
    self->entries = entries;
    self->cap = cap;
  }
  entry *e = &self->entries[number];
  int code = lode_copies_add(self->copies, &unit->signature, next == NULL ? NULL : &next->signature, out, err);
  if (code != 0) return code;
  *e = (entry){.keeper = LODE_NO_UNIT,
               .match = out->match,
               .similarity = (float)out->similarity,
               .containment = (float)out->containment,
               .dropped = out->duplicate_of != LODE_NO_UNIT,
               .rank = unit->rank};
  return keep_id(self, unit->id, e, err);
}

int lode_decisions_add_file(lode_decisions *self, const char *path, lode_sigwriter *copy, lode_err *err) {
  lode_sigreader reader;
  int got, code = lode_sigreader_open(&reader, path, err);
  if (code == 0) code = lode_dedup_settings_match(&reader.settings, &self->settings, path, err);
  while (code == 0 && (got = lode_sigreader_next(&reader, err)) != 0) {
    code = got < 0 ? got : 0;
    const char *at = reader.block.ptr, *end = at + reader.block.len;
    for (uint32_t i = 0; i < reader.block_units && code == 0; i++) {
      lode_unit unit;
      lode_copies_answer answer;
      code = lode_unit_next(&at, end, &unit, err);
      if (code == 0) code = lode_decisions_add(self, &unit, NULL, &answer, err);
    }
    if (code == 0 && copy != NULL)
      code = lode_sigwriter_add(copy, reader.block.ptr, reader.block.len, reader.block_units, err);
  }
  lode_sigreader_close(&reader);
  return code;
}

int lode_decisions_count_repeated(const lode_decisions *self, uint32_t from, uint32_t *count, uint32_t *example,
                                  lode_err *err) {
  uint32_t end = lode_decisions_count(self);
  size_t cap = 64;
  *count = 0;
  while (cap < (size_t)(end - from) * 2) cap *= 2;
  uint32_t *slots = calloc(cap, sizeof *slots); /* unit + 1; 0: free */
  if (slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %u ids", end - from);
  for (uint32_t unit = from; unit < end; unit++) {
    lode_str id = lode_decisions_id(self, unit);
    size_t at = (size_t)lode_hash64(id.ptr, id.len, 0) & (cap - 1);
    for (; slots[at] != 0; at = (at + 1) & (cap - 1)) {
      lode_str other = lode_decisions_id(self, slots[at] - 1);
      if (other.len == id.len && memcmp(other.ptr, id.ptr, id.len) == 0) break;
    }
    if (slots[at] != 0) {
      ++*count;
      *example = unit;
    } else {
      slots[at] = unit + 1;
    }
  }
  free(slots);
  return 0;
}

lode_decision lode_decisions_get(lode_decisions *self, uint32_t unit) {
  const entry *e = &self->entries[unit];
  uint32_t cluster = lode_copies_cluster(self->copies, unit);
  uint32_t keeper = self->entries[cluster].keeper == LODE_NO_UNIT ? cluster : self->entries[cluster].keeper;
  bool kept = !e->dropped;
  return (lode_decision){.id = lode_decisions_id(self, unit),
                         .cluster = cluster,
                         .keeper = keeper,
                         .match = e->match,
                         .similarity = e->match != LODE_NO_UNIT ? (double)e->similarity : 1,
                         .containment = e->match != LODE_NO_UNIT ? (double)e->containment : 1,
                         .rank = e->rank,
                         .kept = kept};
}

/* The keeper of the unit's cluster is kept.  A unit that was kept until it came was compared with nothing: it is dropped
 * where it is a copy of the keeper itself, and not of what is like both. */
static int compare_with_keeper(lode_decisions *self, uint32_t unit, lode_err *err) {
  entry *e = &self->entries[unit];
  lode_copies_verdict verdict;
  uint32_t keeper = self->entries[lode_copies_cluster(self->copies, unit)].keeper;
  e->dropped = e->match != LODE_NO_UNIT && keeper != unit;
  if (e->match != LODE_NO_UNIT || keeper == unit) return 0;
  int code = lode_copies_compare(self->copies, unit, keeper, &verdict, err);
  if (code != 0 || !verdict.verified) return code;
  e->dropped = true;
  e->match = keeper;
  e->similarity = (float)verdict.similarity;
  e->containment = (float)verdict.containment;
  return 0;
}

int lode_decisions_rank(lode_decisions *self, uint32_t from, lode_err *err) {
  int code = 0;
  for (uint32_t unit = from; unit < lode_decisions_count(self); unit++) {
    uint32_t cluster = lode_copies_cluster(self->copies, unit);
    entry *first = &self->entries[cluster];
    if (cluster < from) first->keeper = cluster; /* what an index has already is not kept again */
    else if (first->keeper == LODE_NO_UNIT || self->entries[unit].rank > self->entries[first->keeper].rank)
      first->keeper = unit;
  }
  for (uint32_t unit = from; unit < lode_decisions_count(self) && code == 0; unit++)
    code = compare_with_keeper(self, unit, err);
  return code;
}
