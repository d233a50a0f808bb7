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
  if (self->slots != NULL) memset(self->slots, 0, ((size_t)self->slot_mask + 1) * sizeof *self->slots);
  self->count = 0;
}

size_t lode_table_bytes(const lode_table *self) {
  return self->keys_memory.used + self->cap * sizeof *self->keys +
         (self->slots == NULL ? 0 : ((size_t)self->slot_mask + 1) * sizeof *self->slots);
}

static uint64_t slot_value(uint32_t hash, uint32_t id) {
  return (uint64_t)hash << 32 | (id + 1);
}

static uint32_t slot_id(uint64_t slot) {
  return (uint32_t)slot - 1;
}

/* The slot of the key, or the free slot where it belongs.  The hash stands in the slot, so that a probe that
 * fails touches one cache line. */
static uint32_t find_slot(const lode_table *self, const char *key, size_t len, uint32_t hash) {
  uint32_t at = hash & self->slot_mask;
  for (; self->slots[at] != 0; at = (at + 1) & self->slot_mask) {
    if (self->slots[at] >> 32 != hash) continue;
    const lode_table_key *k = &self->keys[slot_id(self->slots[at])];
    if (k->len == len && memcmp(k->ptr, key, len) == 0) break;
  }
  return at;
}

static int grow_slots(lode_table *self, lode_err *err) {
  size_t count = self->slots == NULL ? FIRST_SLOTS : ((size_t)self->slot_mask + 1) * 2;
  uint64_t *slots = calloc(count, sizeof *slots);
  if (slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a table of %zu slots", count);
  size_t old = self->slots == NULL ? 0 : (size_t)self->slot_mask + 1;
  self->slot_mask = (uint32_t)(count - 1);
  for (size_t i = 0; i < old; i++) {
    if (self->slots[i] == 0) continue;
    uint32_t at = (uint32_t)(self->slots[i] >> 32) & self->slot_mask;
    while (slots[at] != 0) at = (at + 1) & self->slot_mask;
    slots[at] = self->slots[i];
  }
  free(self->slots);
  self->slots = slots;
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
  return self->slots[at] == 0 ? LODE_NO_ID : slot_id(self->slots[at]);
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
  if (self->slots[at] != 0) return slot_id(self->slots[at]);

  if (self->count == self->cap && grow_keys(self, err) != 0) return LODE_NO_ID;
  if ((size_t)self->count * 4 >= ((size_t)self->slot_mask + 1) * 3) {
    if (grow_slots(self, err) != 0) return LODE_NO_ID;
    at = find_slot(self, key, len, hash);
  }
  lode_str copy = lode_arena_copy(&self->keys_memory, key, len, err);
  if (copy.ptr == NULL) return LODE_NO_ID;
  self->keys[self->count] = (lode_table_key){copy.ptr, (uint32_t)len};
  self->slots[at] = slot_value(hash, self->count);
  return self->count++;
}
