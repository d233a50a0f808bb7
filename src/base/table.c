#include "table.h"

#include "hash.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

void lode_table_init(lode_table *self, uint64_t seed) {
  *self = (lode_table){.seed = seed};
  lode_arena_init(&self->keys_memory, 0);
}

void lode_table_free(lode_table *self) {
  lode_arena_free(&self->keys_memory);
  free(self->keys);
  free(self->slots);
  lode_table_init(self, self->seed);
}

void lode_table_clear(lode_table *self) {
  lode_arena_reset(&self->keys_memory);
  if (self->slots != NULL) memset(self->slots, 0, lode_size_mul((size_t)self->slot_mask + 1, sizeof *self->slots));
  self->count = 0;
}

size_t lode_table_bytes(const lode_table *self) {
  return self->keys_memory.used + self->cap * sizeof *self->keys +
         (self->slots == NULL ? 0 : ((size_t)self->slot_mask + 1) * sizeof *self->slots);
}

/* The slot of the key, or the free slot where it belongs. */
static uint32_t find_slot(const lode_table *self, const char *key, size_t len, uint32_t hash) {
  uint32_t at = hash & self->slot_mask;
  for (; self->slots[at] != 0; at = (at + 1) & self->slot_mask) {
    const lode_table_key *k = &self->keys[self->slots[at] - 1];
    if (k->hash == hash && k->len == len && memcmp(k->ptr, key, len) == 0) break;
  }
  return at;
}

static int grow_slots(lode_table *self, lode_err *err) {
  size_t count = self->slots == NULL ? FIRST_SLOTS : ((size_t)self->slot_mask + 1) * 2;
  uint32_t *slots = calloc(count, sizeof *slots);
  if (slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a table of %zu slots", count);
  free(self->slots);
  self->slots = slots;
  self->slot_mask = (uint32_t)(count - 1);
  for (uint32_t id = 0; id < self->count; id++) {
    uint32_t at = self->keys[id].hash & self->slot_mask;
    while (slots[at] != 0) at = (at + 1) & self->slot_mask;
    slots[at] = id + 1;
  }
  return 0;
}

static int grow_keys(lode_table *self, lode_err *err) {
  size_t cap = lode_size_grow(self->cap, FIRST_SLOTS);
  if (cap > UINT32_MAX - 1) return lode_fail(err, LODE_E_LIMIT, "a table holds at most 2^32 - 2 keys");
  lode_table_key *keys = realloc(self->keys, lode_size_mul(cap, sizeof *keys));
  if (keys == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a table of %zu keys", cap);
  self->keys = keys;
  self->cap = (uint32_t)cap;
  return 0;
}

uint32_t lode_table_find(const lode_table *self, const char *key, size_t len) {
  if (self->count == 0) return LODE_NO_ID;
  uint32_t at = find_slot(self, key, len, (uint32_t)lode_hash64(key, len, self->seed));
  return self->slots[at] == 0 ? LODE_NO_ID : self->slots[at] - 1;
}

uint32_t lode_table_add(lode_table *self, const char *key, size_t len, bool *added, lode_err *err) {
  if (len >= UINT32_MAX) {
    lode_fail(err, LODE_E_LIMIT, "a key of %zu bytes", len);
    return LODE_NO_ID;
  }
  if (self->slots == NULL && grow_slots(self, err) != 0) return LODE_NO_ID;
  uint32_t hash = (uint32_t)lode_hash64(key, len, self->seed);
  uint32_t at = find_slot(self, key, len, hash);
  if (added != NULL) *added = self->slots[at] == 0;
  if (self->slots[at] != 0) return self->slots[at] - 1;

  if (self->count == self->cap && grow_keys(self, err) != 0) return LODE_NO_ID;
  if ((size_t)self->count * 4 >= ((size_t)self->slot_mask + 1) * 3) {
    if (grow_slots(self, err) != 0) return LODE_NO_ID;
    at = find_slot(self, key, len, hash);
  }
  lode_str copy = lode_arena_copy(&self->keys_memory, key, len, err);
  if (copy.ptr == NULL) return LODE_NO_ID;
  self->keys[self->count] = (lode_table_key){copy.ptr, (uint32_t)len, hash};
  self->slots[at] = self->count + 1;
  return self->count++;
}
