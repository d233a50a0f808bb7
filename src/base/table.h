/* table.h - byte strings to small ids: interned words, and counts by key.
 *
 *     ids:    0        1       2          the n-th distinct key gets id n
 *     keys:  "the"   "dog"   "putin"      bytes copied once, never moved
 *     slots: [ 2 | - | 0 | - | - | 1 ]    open addressing, the hash beside the id
 *
 * A worker's word table is one of these (an id never leaves the worker), and so is each tally: the
 * caller keeps its own array of numbers beside it, indexed by id.
 *
 * Invariants: ids are dense, in order of first addition; key bytes are NUL-terminated and stay where
 * they are until clear.  Not thread-safe; no global state.
 * Cost       One hash and about one probe for each find; 16 bytes, about 12 of slots, and the key for each entry.
 */
#ifndef LODE_TABLE_H
#define LODE_TABLE_H
#include "arena.h"
#include <stdbool.h>

#define LODE_NO_ID UINT32_MAX

typedef struct lode_table_key {
  const char *ptr;
  uint32_t len;
} lode_table_key;

typedef struct lode_table {
  lode_arena keys_memory;
  lode_table_key *keys; /* by id */
  uint64_t *slots;      /* hash << 32 | id + 1; 0 where free */
  uint32_t count, cap;  /* of keys */
  uint32_t slot_mask;
  uint64_t seed;
} lode_table;

void lode_table_init(lode_table *self, uint64_t seed);
void lode_table_free(lode_table *self);
void lode_table_clear(lode_table *self);          /* no keys; the memory is kept for the next ones */
size_t lode_table_bytes(const lode_table *self);  /* memory held now */

/* The id of the key, or LODE_NO_ID. */
uint32_t lode_table_find(const lode_table *self, const char *key, size_t len);

/* The id of the key, added where it was missing (*added, unless NULL, says so).  LODE_NO_ID and err
 * filled where there is no memory, or beyond 2^32 - 2 keys, or for a key of 4 GiB. */
uint32_t lode_table_add(lode_table *self, const char *key, size_t len, bool *added, lode_err *err);

static inline lode_str lode_table_get(const lode_table *self, uint32_t id) {
  return (lode_str){self->keys[id].ptr, self->keys[id].len};
}

#endif
