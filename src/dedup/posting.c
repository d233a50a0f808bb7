#define _DEFAULT_SOURCE /* madvise */
#include "posting.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_SLOTS = 64, LARGE_PAGE = 2 << 20 };

void lode_postings_free(lode_postings *self) {
  for (size_t i = 0; i < LODE_POSTING_PARTS; i++) free(self->parts[i].slots);
  *self = (lode_postings){0};
}

size_t lode_postings_bytes(const lode_postings *self) {
  size_t bytes = 0;
  for (size_t i = 0; i < LODE_POSTING_PARTS; i++) bytes += self->parts[i].cap * sizeof *self->parts[i].slots;
  return bytes;
}

static void put(lode_posting_part *part, uint64_t slot) {
  size_t at = lode_posting_home(part, (uint32_t)(slot >> 32));
  while (part->slots[at] != 0) at = at + 1 == part->cap ? 0 : at + 1;
  part->used++;
  part->slots[at] = slot;
}

/* The key's postings become one mark. */
static void fill(lode_posting_part *part, uint32_t tag) {
  const uint64_t taken = (uint64_t)1 << 32;
  uint64_t mark = (uint64_t)tag << 32 | LODE_POSTING_FULL;
  size_t at = lode_posting_home(part, tag);
  for (uint64_t slot; (slot = part->slots[at]) != 0; at = at + 1 == part->cap ? 0 : at + 1) {
    if (slot >> 32 != tag || (uint32_t)slot == 0) continue;
    part->slots[at] = mark;
    mark = taken;
  }
}

/* Cleared; on large pages where it is large and the system gives them: a look-up then costs no walk of the page table. */
static uint64_t *new_slots(size_t cap) {
  void *slots = NULL;
  size_t bytes = cap * sizeof(uint64_t), align = 64;
  if (bytes >= LARGE_PAGE / 2) {
    align = LARGE_PAGE;
    bytes = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  }
  if (posix_memalign(&slots, align, bytes) != 0) return NULL;
#if defined(MADV_HUGEPAGE)
  if (align == LARGE_PAGE) madvise(slots, bytes, MADV_HUGEPAGE);
#endif
  memset(slots, 0, bytes);
  return slots;
}

/* Postings of one key stand in the order of their coming, so slots are moved from the start of a run on: slot 0 may be
 * in the middle of one. */
static int grow(lode_posting_part *part, lode_err *err) {
  size_t cap = part->cap == 0 ? FIRST_SLOTS : lode_size_grow(part->cap, part->cap + FIRST_SLOTS);
  cap = (cap + LODE_POSTING_LINE - 1) / LODE_POSTING_LINE * LODE_POSTING_LINE;
  if (cap > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "an index of more than 10^12 postings");
  lode_posting_part next = {.slots = new_slots(cap), .cap = (uint32_t)cap};
  if (next.slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu postings", cap);
  size_t start = 0;
  while (start < part->cap && part->slots[start] != 0) start++;
  for (size_t i = 0; i < part->cap; i++) {
    uint64_t slot = part->slots[(start + i) % part->cap];
    if ((uint32_t)slot != 0) put(&next, slot);
  }
  free(part->slots);
  *part = next;
  return 0;
}

int lode_postings_add(lode_postings *self, uint64_t key, unsigned have, size_t end, uint32_t unit, lode_err *err) {
  lode_posting_part *part = &self->parts[key >> 62];
  uint64_t slot = (uint64_t)lode_posting_tag(key) << 32 | (unit + 1);
  if (have + 1 == LODE_POSTING_MOST) {
    fill(part, lode_posting_tag(key));
    return 0;
  }
  if ((uint64_t)part->used * 4 < (uint64_t)part->cap * 3) {
    part->slots[end] = slot;
    part->used++;
    return 0;
  }
  int code = grow(part, err);
  if (code == 0) put(part, slot);
  return code;
}
