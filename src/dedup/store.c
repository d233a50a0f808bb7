#include "store.h"

#include "file.h"
#include "mem.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_ITEMS = 1 << 20 };

void lode_store_init(lode_store *self, size_t limit) {
  *self = (lode_store){.limit = limit, .spool = -1};
}

void lode_store_free(lode_store *self) {
  for (size_t i = 0; i < self->block_count; i++) free(self->blocks[i].items);
  free(self->blocks);
  if (self->spool >= 0) close(self->spool);
  lode_store_init(self, self->limit);
}

/* The last block is full: out of memory with it, where too much is held. */
static int spool_last(lode_store *self, lode_err *err) {
  lode_block *last = &self->blocks[self->block_count - 1];
  size_t bytes = (size_t)last->count * sizeof *last->items;
  if (last->items == NULL || self->held <= self->limit) return 0;
  int code = self->spool < 0 ? lode_temp_open(&self->spool, err) : 0;
  if (code == 0) code = lode_fd_write(self->spool, last->items, bytes, err);
  if (code != 0) return code;
  free(last->items);
  last->items = NULL;
  last->fd = self->spool;
  last->offset = self->spooled;
  self->spooled += bytes;
  self->held -= bytes + (size_t)self->room * sizeof *last->items;
  return 0;
}

static int next_block(lode_store *self, size_t count, lode_err *err) {
  int code = self->block_count == 0 ? 0 : spool_last(self, err);
  if (code != 0) return code;
  if (self->block_count == self->block_cap) {
    size_t cap = lode_size_grow(self->block_cap, 64);
    lode_block *blocks = realloc(self->blocks, lode_size_mul(cap, sizeof *blocks));
    if (blocks == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu blocks", cap);
    self->blocks = blocks;
    self->block_cap = cap;
  }
  size_t items = count > BLOCK_ITEMS ? count : BLOCK_ITEMS;
  if (items > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a list of %zu numbers", count);
  lode_block *block = &self->blocks[self->block_count];
  *block = (lode_block){.items = malloc(items * sizeof *block->items), .fd = -1};
  if (block->items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu numbers", items);
  self->block_count++;
  self->room = (uint32_t)items;
  self->held += items * sizeof *block->items;
  return 0;
}

int lode_store_add(lode_store *self, const uint32_t *items, size_t count, lode_place *place, lode_err *err) {
  int code = count > self->room ? next_block(self, count, err) : 0;
  if (code != 0) return code;
  if (self->block_count == 0) { /* an empty list before the first block */
    *place = (lode_place){0, 0};
    return 0;
  }
  lode_block *block = &self->blocks[self->block_count - 1];
  *place = (lode_place){(uint32_t)(self->block_count - 1), block->count};
  if (count > 0) memcpy(block->items + block->count, items, count * sizeof *items);
  block->count += (uint32_t)count;
  self->room -= (uint32_t)count;
  return 0;
}

const uint32_t *lode_store_get(const lode_store *self, lode_place place, size_t count, lode_buf *scratch,
                               lode_err *err) {
  static const uint32_t none[1];
  if (count == 0) return none;
  const lode_block *block = &self->blocks[place.block];
  if (block->items != NULL) return block->items + place.at;
  size_t bytes = count * sizeof(uint32_t);
  scratch->len = 0;
  if (lode_buf_reserve(scratch, bytes, err) != 0) return NULL;
  while (scratch->len < bytes) {
    uint64_t from = block->offset + (uint64_t)place.at * sizeof(uint32_t) + scratch->len;
    ssize_t got = pread(block->fd, scratch->ptr + scratch->len, bytes - scratch->len, (off_t)from);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      lode_fail(err, LODE_E_IO, "shingles cannot be read back: %s", got < 0 ? strerror(errno) : "the file is cut");
      return NULL;
    }
    scratch->len += (size_t)got;
  }
  return (const uint32_t *)(const void *)scratch->ptr;
}
