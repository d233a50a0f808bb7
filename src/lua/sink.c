#include "sink.h"

#include "mem.h"
#include <assert.h>
#include <stdlib.h>

enum { MESSAGE_MAGIC = 0x4B4E4953 }; /* "SINK" */

void lode_sink_init(lode_sink *self) {
  *self = (lode_sink){0};
  lode_table_init(&self->count_keys, 0x10DE5E1F);
}

static void free_tallies(lode_sink *self) {
  for (size_t i = 0; i < self->tally_count; i++) {
    free(self->tallies[i].counts);
    free(self->tallies[i].page);
    lode_buf_free(&self->tallies[i].met);
  }
  self->tally_count = 0;
}

void lode_sink_free(lode_sink *self) {
  lode_buf_free(&self->records);
  lode_buf_free(&self->groups);
  lode_buf_free(&self->printed);
  lode_buf_free(&self->problems);
  lode_buf_free(&self->page_counts);
  lode_table_free(&self->count_keys);
  free(self->counts);
  lode_buf_free(&self->counted);
  free_tallies(self);
  free(self->tallies);
  lode_sink_init(self);
}

/* Where the open page begins: all that is there now is final. */
static void mark(lode_sink *self) {
  self->kept.records = self->records.len;
  self->kept.groups = self->groups.len;
  self->kept.printed = self->printed.len;
  self->kept.record_count = self->record_count;
  self->page_counts.len = 0;
}

void lode_sink_clear(lode_sink *self) {
  self->records.len = self->groups.len = self->printed.len = self->problems.len = 0;
  lode_table_clear(&self->count_keys);
  free_tallies(self);
  self->counted.len = 0;
  self->counted_count = 0;
  self->record_count = self->pages_in = self->pages_out = self->pages_skipped = self->repaired = 0;
  self->problem_count = 0;
  mark(self);
}

static int reserve_counts(lode_sink *self, size_t need, lode_err *err) {
  if (need <= self->counts_cap) return 0;
  size_t cap = lode_size_grow(self->counts_cap < 64 ? 64 : self->counts_cap, need);
  int64_t *counts = realloc(self->counts, lode_size_mul(cap, sizeof *counts));
  if (counts == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu counters", cap);
  self->counts = counts;
  self->counts_cap = cap;
  return 0;
}

/* The id of a key with its prefix, its count 0 where it is new; LODE_NO_ID and err filled on failure. */
static uint32_t count_id(lode_sink *self, const char *key, size_t len, lode_err *err) {
  if (reserve_counts(self, (size_t)self->count_keys.count + 1, err) != 0) return LODE_NO_ID;
  bool added = false;
  uint32_t id = lode_table_add(&self->count_keys, key, len, &added, err);
  if (id != LODE_NO_ID && added) self->counts[id] = 0;
  return id;
}

/* Amounts wrap like unsigned numbers: a sum beyond 2^63 is the script's own doing, never undefined. */
static int64_t add_wrapping(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a + (uint64_t)b);
}

/* An entry of page_counts is u32 counter, u64 amount, u64 length, key.  The two bytes of the prefix are
 * written right before the key, over the last bytes of the length, which has been read by then. */
static bool next_page_count(lode_reader *reader, char **key, size_t *len, int64_t *amount) {
  if (reader->ptr >= reader->end) return false;
  uint32_t counter = lode_read_u32(reader);
  *amount = (int64_t)lode_read_u64(reader);
  lode_str bare = lode_read_str(reader);
  assert(!reader->bad);
  *key = (char *)(uintptr_t)(bare.ptr - LODE_COUNTER_PREFIX);
  (*key)[0] = (char)(unsigned char)(counter >> 8);
  (*key)[1] = (char)(unsigned char)counter;
  *len = bare.len + LODE_COUNTER_PREFIX;
  return true;
}

/* --- words by id ---
 * A tally is an array as long as the word table, so that counting a word is one addition. */

static int tally_of(lode_sink *self, uint32_t counter, lode_sink_tally **out, lode_err *err) {
  for (size_t i = 0; i < self->tally_count; i++) {
    *out = &self->tallies[i];
    if (self->tallies[i].counter == counter) return 0;
  }
  if (self->tally_count == self->tally_cap) {
    size_t cap = lode_size_grow(self->tally_cap, 4);
    lode_sink_tally *tallies = realloc(self->tallies, lode_size_mul(cap, sizeof *tallies));
    if (tallies == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: counts of words for %zu counters", cap);
    self->tallies = tallies;
    self->tally_cap = cap;
  }
  *out = &self->tallies[self->tally_count++];
  **out = (lode_sink_tally){.counter = counter};
  return 0;
}

static int grow_counts(uint32_t **counts, size_t old, size_t cap, lode_err *err) {
  uint32_t *grown = realloc(*counts, lode_size_mul(cap, sizeof *grown));
  if (grown == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: counts of %zu words", cap);
  memset(grown + old, 0, (cap - old) * sizeof *grown);
  *counts = grown;
  return 0;
}

static int reserve_tally(lode_sink_tally *self, size_t need, lode_err *err) {
  if (need <= self->cap) return 0;
  size_t cap = lode_size_grow(self->cap, need);
  int code = grow_counts(&self->counts, self->cap, cap, err);
  if (code == 0) code = grow_counts(&self->page, self->cap, cap, err);
  if (code == 0) self->cap = cap;
  return code;
}

int lode_sink_count_words(lode_sink *self, uint32_t counter, const lode_table *words, const uint32_t *ids, size_t count,
                          lode_err *err) {
  assert(counter <= UINT16_MAX && (self->words == NULL || self->words == words));
  self->words = words;
  lode_sink_tally *tally = NULL;
  int code = tally_of(self, counter, &tally, err);
  if (code == 0) code = reserve_tally(tally, words->count, err);
  if (code == 0) code = lode_buf_reserve(&tally->met, lode_size_mul(count, sizeof *ids), err);
  if (code != 0) return code;
  uint32_t *met = (uint32_t *)(void *)(tally->met.ptr + tally->met.len), *page = tally->page;
  size_t fresh = 0;
  for (size_t i = 0; i < count; i++) {
    met[fresh] = ids[i];
    fresh += page[ids[i]]++ == 0;
  }
  tally->met.len += fresh * sizeof *met;
  return 0;
}

int lode_sink_count_word(lode_sink *self, uint32_t counter, const lode_table *words, uint32_t id, uint32_t times,
                         lode_err *err) {
  int code = lode_sink_count_words(self, counter, words, &id, times > 0, err);
  for (size_t i = 0; i < self->tally_count && code == 0 && times > 1; i++)
    if (self->tallies[i].counter == counter) self->tallies[i].page[id] += times - 1;
  return code;
}

/* The page's words become the batch's, or are forgotten. */
static void end_words(lode_sink *self, bool keep) {
  for (size_t i = 0; i < self->tally_count; i++) {
    lode_sink_tally *tally = &self->tallies[i];
    for (size_t at = 0; at < tally->met.len; at += sizeof(uint32_t)) {
      uint32_t id;
      memcpy(&id, tally->met.ptr + at, sizeof id);
      if (keep) tally->counts[id] += tally->page[id];
      tally->page[id] = 0;
    }
    tally->met.len = 0;
  }
}

/* --- keep and undo --- */

/* The ids of the page's counter keys, each with its amount: all keys are added before the first amount, so that a
 * failure leaves every count as it was. */
static int find_ids(lode_sink *self, lode_buf *ids, lode_err *err) {
  lode_reader reader = lode_reader_of(self->page_counts.ptr, self->page_counts.len);
  char *key;
  size_t len;
  int64_t amount;
  int code = 0;
  while (code == 0 && next_page_count(&reader, &key, &len, &amount)) {
    uint32_t id = count_id(self, key, len, err);
    key[0] = key[1] = '\0'; /* the length is whole again: after a failure keep can be tried once more */
    code = id == LODE_NO_ID ? (err != NULL ? err->code : LODE_E_NOMEM) : lode_buf_u32(ids, id, err);
    if (code == 0) code = lode_buf_u64(ids, (uint64_t)amount, err);
  }
  return code;
}

int lode_sink_keep(lode_sink *self, lode_err *err) {
  lode_buf ids = {0};
  int code = find_ids(self, &ids, err);
  if (code == 0) {
    lode_reader back = lode_reader_of(ids.ptr, ids.len);
    while (back.ptr < back.end) {
      uint32_t id = lode_read_u32(&back);
      self->counts[id] = add_wrapping(self->counts[id], (int64_t)lode_read_u64(&back));
    }
    end_words(self, true);
    mark(self);
  }
  lode_buf_free(&ids);
  return code;
}

void lode_sink_undo(lode_sink *self) {
  self->records.len = self->kept.records;
  self->groups.len = self->kept.groups;
  self->printed.len = self->kept.printed;
  self->record_count = self->kept.record_count;
  self->page_counts.len = 0;
  end_words(self, false);
}

int lode_sink_count(lode_sink *self, uint32_t counter, lode_str key, int64_t amount, lode_err *err) {
  assert(counter <= UINT16_MAX);
  size_t before = self->page_counts.len;
  int code = lode_buf_reserve(&self->page_counts, lode_size_add(key.len, 20), err);
  if (code == 0) code = lode_buf_u32(&self->page_counts, counter, err);
  if (code == 0) code = lode_buf_u64(&self->page_counts, (uint64_t)amount, err);
  if (code == 0) code = lode_buf_str(&self->page_counts, key, err);
  if (code != 0) self->page_counts.len = before;
  return code;
}

int lode_sink_problem(lode_sink *self, const lode_problem *problem, lode_err *err) {
  size_t before = self->problems.len;
  lode_buf *out = &self->problems;
  int code = lode_buf_u32(out, (uint32_t)-problem->code, err);
  if (code == 0) code = lode_buf_u32(out, problem->skipped, err);
  if (code == 0) code = lode_buf_str(out, problem->page, err);
  if (code == 0) code = lode_buf_str(out, problem->where, err);
  if (code == 0) code = lode_buf_str(out, problem->message, err);
  if (code == 0) code = lode_buf_u64(out, problem->byte, err);
  if (code != 0) out->len = before;
  else self->problem_count++;
  return code;
}

bool lode_sink_next_problem(lode_reader *reader, lode_problem *out) {
  if (reader->bad || reader->ptr >= reader->end) return false;
  out->code = -(int)lode_read_u32(reader);
  out->skipped = lode_read_u32(reader);
  out->page = lode_read_str(reader);
  out->where = lode_read_str(reader);
  out->message = lode_read_str(reader);
  out->byte = lode_read_u64(reader);
  return !reader->bad;
}

/* --- the message --- */

static size_t tally_end(const lode_sink *self, const lode_sink_tally *tally) {
  return tally->cap < self->words->count ? tally->cap : self->words->count;
}

static uint64_t count_counts(const lode_sink *self) {
  uint64_t total = self->counted_count + self->count_keys.count;
  for (size_t i = 0; i < self->tally_count; i++) {
    const lode_sink_tally *tally = &self->tallies[i];
    for (size_t id = 0; id < tally_end(self, tally); id++) total += tally->counts[id] != 0;
  }
  return total;
}

static int write_tally(const lode_sink *self, const lode_sink_tally *tally, lode_buf *out, lode_err *err) {
  const char prefix[LODE_COUNTER_PREFIX] = {(char)(unsigned char)(tally->counter >> 8),
                                            (char)(unsigned char)tally->counter};
  int code = 0;
  for (size_t id = 0; code == 0 && id < tally_end(self, tally); id++) {
    if (tally->counts[id] == 0) continue;
    lode_str word = lode_table_get(self->words, (uint32_t)id);
    code = lode_buf_u64(out, word.len + sizeof prefix, err);
    if (code == 0) code = lode_buf_add(out, prefix, sizeof prefix, err);
    if (code == 0) code = lode_buf_add(out, word.ptr, word.len, err);
    if (code == 0) code = lode_buf_u64(out, tally->counts[id], err);
  }
  return code;
}

static int write_counts(const lode_sink *self, lode_buf *out, lode_err *err) {
  int code = lode_buf_add(out, self->counted.ptr, self->counted.len, err);
  for (uint32_t id = 0; code == 0 && id < self->count_keys.count; id++) {
    code = lode_buf_str(out, lode_table_get(&self->count_keys, id), err);
    if (code == 0) code = lode_buf_u64(out, (uint64_t)self->counts[id], err);
  }
  for (size_t i = 0; code == 0 && i < self->tally_count; i++) code = write_tally(self, &self->tallies[i], out, err);
  return code;
}

int lode_sink_write(const lode_sink *self, lode_buf *out, lode_err *err) {
  const uint64_t numbers[] = {self->kept.record_count, self->pages_in,      self->pages_out,   self->pages_skipped,
                              self->repaired,          self->problem_count, count_counts(self)};
  const lode_str parts[] = {{self->records.ptr, self->kept.records},
                            {self->groups.ptr, self->kept.groups},
                            {self->printed.ptr, self->kept.printed},
                            {self->problems.ptr, self->problems.len}};
  size_t before = out->len;
  int code = lode_buf_u32(out, MESSAGE_MAGIC, err);
  for (size_t i = 0; code == 0 && i < sizeof numbers / sizeof *numbers; i++) code = lode_buf_u64(out, numbers[i], err);
  for (size_t i = 0; code == 0 && i < sizeof parts / sizeof *parts; i++) code = lode_buf_str(out, parts[i], err);
  if (code == 0) code = write_counts(self, out, err);
  if (code != 0) out->len = before;
  return code;
}

bool lode_sink_next_count(lode_reader *reader, lode_str *key, int64_t *amount) {
  if (reader->bad || reader->ptr >= reader->end) return false;
  *key = lode_read_str(reader);
  *amount = (int64_t)lode_read_u64(reader);
  return !reader->bad;
}

/* Checked here and taken over as they are: whoever adds them up hashes them. */
static int read_counts(lode_sink *self, lode_reader *reader, uint64_t count, lode_err *err) {
  const char *begin = reader->ptr;
  lode_str key;
  int64_t amount;
  for (uint64_t i = 0; i < count; i++)
    if (!lode_sink_next_count(reader, &key, &amount) || key.len < LODE_COUNTER_PREFIX)
      return lode_fail(err, LODE_E_INPUT, "a batch's counters are broken");
  int code = lode_buf_add(&self->counted, begin, (size_t)(reader->ptr - begin), err);
  if (code == 0) self->counted_count += count;
  return code;
}

int lode_sink_read(lode_sink *self, const char *bytes, size_t len, lode_err *err) {
  lode_reader reader = lode_reader_of(bytes, len);
  if (lode_read_u32(&reader) != MESSAGE_MAGIC) return lode_fail(err, LODE_E_INPUT, "a batch's message is broken");
  uint64_t *numbers[] = {&self->record_count,  &self->pages_in, &self->pages_out,
                         &self->pages_skipped, &self->repaired, &self->problem_count};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) *numbers[i] = lode_read_u64(&reader);
  uint64_t count = lode_read_u64(&reader);
  lode_buf *parts[] = {&self->records, &self->groups, &self->printed, &self->problems};
  int code = 0;
  for (size_t i = 0; code == 0 && i < sizeof parts / sizeof *parts; i++) {
    lode_str part = lode_read_str(&reader);
    code = lode_buf_add(parts[i], part.ptr, part.len, err);
  }
  if (code == 0) code = read_counts(self, &reader, count, err);
  if (code == 0 && (reader.bad || reader.ptr != reader.end)) {
    code = lode_fail(err, LODE_E_INPUT, "a batch's message is broken: %zu bytes", len);
  }
  if (code == 0) mark(self);
  return code;
}
