/* table.h - byte strings to small ids: interned words, and counts by key.
 *
 *     ids:    0        1       2          the n-th distinct key gets id n
 *     keys:  "the"   "dog"   "putin"      32 bytes each; keys below 24 bytes are in there, longer ones in the arena
 *     slots: [ 2 | - | 0 | - | - | 1 ]    open addressing, the hash beside the id
 *
 * A worker's word table is one of these (an id never leaves the worker), and so is each tally: the
 * caller keeps its own array of numbers beside it, indexed by id.
 *
 * Invariants: ids are dense, in order of first addition; key bytes are NUL-terminated and stay where
 * they are until clear.  Not thread-safe; no global state.
 * Cost       One hash and about one probe for each find, which touches two cache lines: the slot and the key.
 *            Ids follow the order of first meeting, so the keys met most lie together.  32 bytes, about 12 of
 *            slots, and for long keys their bytes for each entry.
 */
#ifndef LODE_TABLE_H
#define LODE_TABLE_H
#include "arena.h"
#include <stdbool.h>
#include <string.h>

#define LODE_NO_ID UINT32_MAX

enum { LODE_TABLE_INSIDE = 24, LODE_TABLE_SHORT = 16, LODE_TABLE_CHUNK = 1024 };

typedef struct lode_table_key {
  union {
    char inside[LODE_TABLE_INSIDE]; /* len below 24: the key, zeros behind it */
    struct {
      char first[LODE_TABLE_SHORT];
      const char *ptr; /* the whole key */
    } outside;
  } at;
  uint32_t len;
  uint32_t mark; /* the owner's: 0 when the key is added */
} lode_table_key;

/* A key of at most 16 bytes. */
typedef struct lode_table_short {
  uint64_t word[2]; /* the bytes as they lie in memory, zeros behind them */
} lode_table_short;

typedef struct lode_table {
  lode_arena keys_memory;  /* long keys */
  lode_table_key **chunks; /* by id / LODE_TABLE_CHUNK; never moved */
  uint64_t *slots;         /* hash << 32 | id + 1; 0 where free */
  uint32_t count;          /* of keys */
  uint32_t chunk_count, chunk_cap;
  uint32_t slot_mask;
  uint64_t seed, factor[2]; /* factors are odd and come from the seed */
} lode_table;

void lode_table_init(lode_table *self, uint64_t seed);
void lode_table_free(lode_table *self);
void lode_table_clear(lode_table *self);         /* no keys; the memory is kept for the next ones */
size_t lode_table_bytes(const lode_table *self); /* memory held now */

/* The id of the key, or LODE_NO_ID. */
uint32_t lode_table_find(const lode_table *self, const char *key, size_t len);

/* The id of the key, added where it was missing (*added, unless NULL, says so).  LODE_NO_ID and err
 * filled where there is no memory, or beyond 2^32 - 2 keys, or for a key of 4 GiB. */
uint32_t lode_table_add(lode_table *self, const char *key, size_t len, bool *added, lode_err *err);

static inline lode_table_key *lode_table_at(const lode_table *self, uint32_t id) {
  return &self->chunks[id / LODE_TABLE_CHUNK][id % LODE_TABLE_CHUNK];
}

static inline lode_str lode_table_get(const lode_table *self, uint32_t id) {
  const lode_table_key *key = lode_table_at(self, id);
  return (lode_str){key->len < LODE_TABLE_INSIDE ? key->at.inside : key->at.outside.ptr, key->len};
}

/* --- many short keys at once ---
 * The tokenizer has a word in a register when it finds its end, and does not need its id at once.  Looking up some
 * dozens together lets the memory work on all of them at the same time: alone, each waits for two cache misses. */

typedef struct lode_table_order {
  lode_table_short key;
  uint32_t len;  /* of the key, at most 16 */
  uint32_t hash; /* the table's own use */
  uint32_t id;   /* the answer */
  uint32_t tag;  /* the caller's */
} lode_table_order;

/* Find or add all of them, in order. */
int lode_table_add_all(lode_table *self, lode_table_order *orders, size_t count, lode_err *err);

#endif
