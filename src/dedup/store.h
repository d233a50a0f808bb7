/* store.h - many short lists of 32-bit numbers, in memory up to a limit and in a spool file beyond it.
 *
 * Lists lie in blocks of 4 MB; a longer list has a block to itself.  The first blocks stay in memory, later ones are
 * written to an unlinked temporary file as soon as they are full.  Blocks of an opened index are parts of its file.
 *
 * Lifetime   What lode_store_get gives is borrowed: from a block in memory until the store is freed, else until the
 *            next get with the same scratch.
 * Cost       A copy to add; a pointer to get, or one read of the list's bytes from the file.
 */
#ifndef LODE_STORE_H
#define LODE_STORE_H
#include "buf.h"

typedef struct lode_block {
  uint32_t *items; /* NULL: in the file */
  uint32_t count;
  int fd;
  uint64_t offset; /* in the file, bytes */
} lode_block;

typedef struct lode_store {
  lode_block *blocks;
  size_t block_count, block_cap;
  size_t held, limit; /* bytes of blocks in memory */
  uint32_t room;      /* numbers that the last block still takes */
  int spool;          /* -1: none yet */
  uint64_t spooled;
} lode_store;

typedef struct lode_place {
  uint32_t block, at;
} lode_place;

void lode_store_init(lode_store *self, size_t limit);
void lode_store_free(lode_store *self);
int lode_store_add(lode_store *self, const uint32_t *items, size_t count, lode_place *place, lode_err *err);
/* NULL and err filled where the file cannot be read. */
const uint32_t *lode_store_get(const lode_store *self, lode_place place, size_t count, lode_buf *scratch, lode_err *err);

#endif
