#include "arena.h"

#include "mem.h"
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, ALIGN = alignof(max_align_t) };

struct lode_arena_block {
  lode_arena_block *next;
  size_t cap, used;
  alignas(max_align_t) char bytes[];
};

void lode_arena_init(lode_arena *self, size_t limit) {
  *self = (lode_arena){.limit = limit};
}

static void free_blocks(lode_arena_block *block) {
  while (block != NULL) {
    lode_arena_block *next = block->next;
    free(block);
    block = next;
  }
}

/* The newest block is the largest: keep it, unless one huge page made it more than 16 MiB, which every
 * later page would then hold for nothing. */
void lode_arena_reset(lode_arena *self) {
  if (self->head != NULL) {
    free_blocks(self->head->next);
    self->head->next = NULL;
    self->head->used = 0;
    self->held = self->head->cap;
    if (self->head->cap > (size_t)16 << 20) {
      free(self->head);
      self->head = NULL;
      self->held = 0;
    }
  }
  self->used = 0;
}

void lode_arena_free(lode_arena *self) {
  free_blocks(self->head);
  self->head = NULL;
  self->used = self->held = 0;
}

void *lode_arena_take(lode_arena *self, size_t count, size_t size, lode_err *err) {
  size_t need = lode_size_mul(count, size);
  size_t room = need == 0 ? ALIGN : lode_size_add(need, ALIGN - 1) & ~(size_t)(ALIGN - 1);
  if (need == SIZE_MAX || (self->limit != 0 && room > self->limit - self->used)) {
    if (self->limit == 0) lode_fail(err, LODE_E_NOMEM, "out of memory: a size that does not fit the machine");
    else lode_fail(err, LODE_E_LIMIT, "more than %zu bytes of memory are needed", self->limit);
    return NULL;
  }
  lode_arena_block *block = self->head;
  if (block == NULL || block->cap - block->used < room) {
    size_t cap = block == NULL ? FIRST_BLOCK : lode_size_mul(block->cap, 2);
    if (cap < room) cap = room;
    block = malloc(lode_size_add(sizeof *block, cap));
    if (block == NULL) {
      lode_fail(err, LODE_E_NOMEM, "out of memory: an arena block of %zu bytes", cap);
      return NULL;
    }
    *block = (lode_arena_block){.next = self->head, .cap = cap};
    self->head = block;
    self->held += cap;
  }
  void *out = block->bytes + block->used;
  block->used += room;
  self->used += room;
  if (self->used > self->peak) self->peak = self->used;
  return out;
}

lode_str lode_arena_copy(lode_arena *self, const char *bytes, size_t len, lode_err *err) {
  char *out = lode_arena_take(self, lode_size_add(len, 1), 1, err);
  if (out == NULL) return (lode_str){NULL, 0};
  if (len != 0) memcpy(out, bytes, len);
  out[len] = '\0';
  return (lode_str){out, len};
}
