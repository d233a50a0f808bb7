/* arena.h - memory that is let go all at once.
 *
 * One arena lives as long as one page: everything that is made while a page is worked on comes from it,
 * and lode_arena_reset takes it back in one step, keeping the largest block for the next page.  There is
 * no hidden current arena: it is always a parameter.
 *
 * Invariants: pointers are aligned for any type; memory is not cleared; `used` never exceeds `limit`.
 * Lifetime   Nothing from an arena is freed by itself.  lode_arena_free ends it.
 * Cost       A pointer step for each allocation; blocks double from 64 KiB.
 */
#ifndef LODE_ARENA_H
#define LODE_ARENA_H
#include "err.h"
#include "span.h"

typedef struct lode_arena_block lode_arena_block;

typedef struct lode_arena {
  lode_arena_block *head; /* the block that is filled now; older ones behind it */
  size_t used;            /* bytes given out since the last reset */
  size_t held;            /* bytes taken from the system */
  size_t peak;            /* largest `used` ever */
  size_t limit;           /* 0: none; beyond it LODE_E_LIMIT */
} lode_arena;

void lode_arena_init(lode_arena *self, size_t limit);
void lode_arena_reset(lode_arena *self);
void lode_arena_free(lode_arena *self);

/* `count` objects of `size` bytes; NULL and err filled where there is no room.  count 0 gives a valid
 * pointer that must not be read. */
void *lode_arena_take(lode_arena *self, size_t count, size_t size, lode_err *err);

/* A copy of the bytes with a NUL behind it (not counted in len); ptr NULL where there is no room. */
lode_str lode_arena_copy(lode_arena *self, const char *bytes, size_t len, lode_err *err);

#endif
