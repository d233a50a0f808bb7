/* posting.h - which units have a key: a table from 64-bit keys to at most LODE_POSTING_MOST units each.
 *
 * A key that stands in so many clusters tells nothing (furniture, phrases that everybody uses): it takes no more units
 * and answers none.  So neither memory nor time depends on how often a text is repeated.
 *
 *     part: key's upper 4 bits     slots: [ tag | unit + 1 ] ...     open addressing from the tag's cache line on
 *
 * Keys are known by 36 bits: a look-up meets a foreign unit with a chance of about 10^-3, which a sketch then refuses.
 * Cost       8 bytes a posting at a load of 1/2 to 3/4; one cache miss a key (lode_postings_fetch well before), for which
 *            large parts ask the system for large pages.  The 16 parts grow one by one, by half, so that growing never
 *            holds more than the table and one part of it.
 */
#ifndef LODE_POSTING_H
#define LODE_POSTING_H
#include "err.h"
#include <stdbool.h>

enum { LODE_POSTING_MOST = 4, LODE_POSTING_PARTS = 16, LODE_POSTING_LINE = 8 };

typedef struct lode_posting_part {
  uint64_t *slots;
  uint32_t cap, used;
} lode_posting_part;

typedef struct lode_postings {
  lode_posting_part parts[LODE_POSTING_PARTS];
} lode_postings;

void lode_postings_free(lode_postings *self); /* zeroed is empty */
size_t lode_postings_bytes(const lode_postings *self);
int lode_postings_add(lode_postings *self, uint64_t key, uint32_t unit, lode_err *err);

static inline uint32_t lode_posting_tag(uint64_t key) {
  return (uint32_t)(key >> 28);
}

static inline size_t lode_posting_home(const lode_posting_part *part, uint32_t tag) {
  return (size_t)((uint64_t)tag * (part->cap / LODE_POSTING_LINE) >> 32) * LODE_POSTING_LINE;
}

static inline void lode_postings_fetch(const lode_postings *self, uint64_t key) {
  const lode_posting_part *part = &self->parts[key >> 60];
  if (part->cap > 0) __builtin_prefetch(&part->slots[lode_posting_home(part, lode_posting_tag(key))]);
}

/* The units of a key, in the order they were added; LODE_POSTING_MOST of them: the key is full. */
static inline unsigned lode_postings_get(const lode_postings *self, uint64_t key, uint32_t units[LODE_POSTING_MOST]) {
  const lode_posting_part *part = &self->parts[key >> 60];
  unsigned count = 0;
  if (part->cap == 0) return 0;
  uint32_t tag = lode_posting_tag(key);
  size_t at = lode_posting_home(part, tag);
  for (uint64_t slot; (slot = part->slots[at]) != 0; at = at + 1 == part->cap ? 0 : at + 1) {
    if (slot >> 32 != tag) continue;
    units[count++] = (uint32_t)slot - 1;
    if (count == LODE_POSTING_MOST) break;
  }
  return count;
}

#endif
