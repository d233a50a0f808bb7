#include "table.h"

#include "hash.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

static uint64_t next_random(uint64_t *state) { /* splitmix64 (Steele, Lea, Flood 2014) */
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

void lode_table_init(lode_table *self, uint64_t seed) {
  uint64_t state = seed;
  *self = (lode_table){.seed = seed};
  for (size_t i = 0; i < 2; i++) self->factor[i] = next_random(&state) | 1;
  lode_arena_init(&self->keys_memory, 0);
}

void lode_table_free(lode_table *self) {
  lode_arena_free(&self->keys_memory);
  for (uint32_t i = 0; i < self->chunk_count; i++) free(self->chunks[i]);
  free(self->chunks);
  free(self->slots);
  lode_table_init(self, self->seed);
}

void lode_table_clear(lode_table *self) {
  lode_arena_reset(&self->keys_memory);
  if (self->slots != NULL) memset(self->slots, 0, ((size_t)self->slot_mask + 1) * sizeof *self->slots);
  self->count = 0;
}

size_t lode_table_bytes(const lode_table *self) {
  return self->keys_memory.held + self->chunk_count * (size_t)LODE_TABLE_CHUNK * sizeof(lode_table_key) +
         (self->slots == NULL ? 0 : ((size_t)self->slot_mask + 1) * sizeof *self->slots);
}

static uint64_t slot_value(uint32_t hash, uint32_t id) {
  return (uint64_t)hash << 32 | (id + 1);
}

static uint32_t slot_id(uint64_t slot) {
  return (uint32_t)slot - 1;
}

static lode_table_short short_key(const char *key, size_t len) {
  lode_table_short out = {{0, 0}};
  if (len > 0) memcpy(out.word, key, len);
  return out;
}

/* Two products that do not wait for each other, and one that spreads both over the upper half, which is used. */
static inline uint32_t hash_short(const lode_table *self, lode_table_short key, size_t len) {
  uint64_t a = (key.word[0] ^ self->seed) * self->factor[0];
  uint64_t b = (key.word[1] + len) * self->factor[1];
  uint64_t h = a ^ (b >> 31) ^ (b << 33);
  h = (h ^ (h >> 32)) * self->factor[0];
  return (uint32_t)(h >> 32);
}

static uint32_t hash_of(const lode_table *self, const char *key, size_t len) {
  return len <= LODE_TABLE_SHORT ? hash_short(self, short_key(key, len), len)
                                 : (uint32_t)lode_hash64(key, len, self->seed);
}

/* The slot of the key, or the free slot where it belongs.  The hash stands in the slot, so that a probe that
 * fails touches one cache line. */
static uint32_t find_slot(const lode_table *self, const char *key, size_t len, uint32_t hash) {
  uint32_t at = hash & self->slot_mask;
  for (; self->slots[at] != 0; at = (at + 1) & self->slot_mask) {
    if (self->slots[at] >> 32 != hash) continue;
    lode_str k = lode_table_get(self, slot_id(self->slots[at]));
    if (k.len == len && (len == 0 || memcmp(k.ptr, key, len) == 0)) break;
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
  if (self->count >= UINT32_MAX - LODE_TABLE_CHUNK)
    return lode_fail(err, LODE_E_LIMIT, "a table holds at most 2^32 keys");
  if (self->chunk_count == self->chunk_cap) {
    size_t cap = lode_size_grow(self->chunk_cap, 16);
    lode_table_key **chunks = realloc(self->chunks, lode_size_mul(cap, sizeof *chunks));
    if (chunks == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a table of %zu chunks", cap);
    self->chunks = chunks;
    self->chunk_cap = (uint32_t)cap;
  }
  lode_table_key *chunk = malloc(LODE_TABLE_CHUNK * sizeof *chunk);
  if (chunk == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %d keys", LODE_TABLE_CHUNK);
  self->chunks[self->chunk_count++] = chunk;
  return 0;
}

uint32_t lode_table_find(const lode_table *self, const char *key, size_t len) {
  if (self->count == 0) return LODE_NO_ID;
  uint32_t at = find_slot(self, key, len, hash_of(self, key, len));
  return self->slots[at] == 0 ? LODE_NO_ID : slot_id(self->slots[at]);
}

static int set_key(lode_table *self, lode_table_key *to, const char *key, size_t len, lode_err *err) {
  *to = (lode_table_key){.len = (uint32_t)len};
  if (len < LODE_TABLE_INSIDE) {
    if (len > 0) memcpy(to->at.inside, key, len);
    return 0;
  }
  lode_str copy = lode_arena_copy(&self->keys_memory, key, len, err);
  if (copy.ptr == NULL) return LODE_E_NOMEM;
  memcpy(to->at.outside.first, key, sizeof to->at.outside.first);
  to->at.outside.ptr = copy.ptr;
  return 0;
}

static uint32_t add(lode_table *self, const char *key, size_t len, uint32_t hash, bool *added, lode_err *err) {
  if (self->slots == NULL && grow_slots(self, err) != 0) return LODE_NO_ID;
  uint32_t at = find_slot(self, key, len, hash);
  if (added != NULL) *added = self->slots[at] == 0;
  if (self->slots[at] != 0) return slot_id(self->slots[at]);

  if (self->count == (uint64_t)self->chunk_count * LODE_TABLE_CHUNK && grow_keys(self, err) != 0) return LODE_NO_ID;
  if ((size_t)self->count * 8 >= ((size_t)self->slot_mask + 1) * 5) {
    if (grow_slots(self, err) != 0) return LODE_NO_ID;
    at = find_slot(self, key, len, hash);
  }
  if (set_key(self, lode_table_at(self, self->count), key, len, err) != 0) return LODE_NO_ID;
  self->slots[at] = slot_value(hash, self->count);
  return self->count++;
}

uint32_t lode_table_add(lode_table *self, const char *key, size_t len, bool *added, lode_err *err) {
  if (len >= UINT32_MAX) {
    lode_fail(err, LODE_E_LIMIT, "a key of %zu bytes", len);
    return LODE_NO_ID;
  }
  return add(self, key, len, hash_of(self, key, len), added, err);
}

int lode_table_add_all(lode_table *self, lode_table_order *orders, size_t count, lode_err *err) {
  if (self->slots == NULL && grow_slots(self, err) != 0) return LODE_E_NOMEM;
  for (size_t i = 0; i < count; i++) {
    orders[i].hash = hash_short(self, orders[i].key, orders[i].len);
    __builtin_prefetch(&self->slots[orders[i].hash & self->slot_mask]);
  }
  for (size_t i = 0; i < count; i++) {
    uint64_t slot = self->slots[orders[i].hash & self->slot_mask];
    uint64_t next = self->slots[(orders[i].hash + 1) & self->slot_mask];
    slot = slot >> 32 == orders[i].hash ? slot : next; /* a choice without a branch */
    orders[i].id = slot_id(slot);
    if (slot != 0) __builtin_prefetch(lode_table_at(self, slot_id(slot)));
  }
  for (size_t i = 0; i < count; i++) { /* an id is a guess until its key was compared */
    lode_table_order *o = &orders[i];
    if (o->id != LODE_NO_ID) {
      const lode_table_key *have = lode_table_at(self, o->id);
      if (have->len == o->len && memcmp(have->at.inside, o->key.word, sizeof o->key.word) == 0) continue;
    }
    char bytes[sizeof o->key.word];
    memcpy(bytes, o->key.word, sizeof bytes);
    o->id = add(self, bytes, o->len, o->hash, NULL, err);
    if (o->id == LODE_NO_ID) return err != NULL ? err->code : LODE_E_NOMEM;
  }
  return 0;
}
