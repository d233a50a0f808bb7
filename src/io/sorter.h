/* sorter.h - sort more than fits: runs on disk, merged at the end.
 *
 * Entries are (key, value) byte strings, ordered by the key's bytes (memcmp, shorter first), and for equal
 * keys by the order they were added.  Beyond `memory` bytes (4 KiB at least, and 64 times the largest entry while
 * merging) the entries held are sorted and written to an unlinked temporary file; 64 runs are merged into
 * one on the way.  An entry is at most 4 GiB.
 *
 * With `sum`, values are 8-byte little-endian integers, and the entries of one key are added up into one.
 *
 * Lifetime   lode_sorter_free at any time (NULL is fine), and nothing else after an error.  After
 *            lode_sorter_finish no entry can be added; the strings that next gives are valid until the next
 *            call.  rewind starts the merge again.
 * Cost       O(n log n) comparisons, each byte written and read once for each level of merging.
 */
#ifndef LODE_SORTER_H
#define LODE_SORTER_H
#include "buf.h"
#include <stdbool.h>

typedef struct lode_sorter lode_sorter;

int lode_sorter_open(lode_sorter **out, size_t memory, bool sum, lode_err *err);
int lode_sorter_add(lode_sorter *self, lode_str key, lode_str value, lode_err *err);
int lode_sorter_add_count(lode_sorter *self, lode_str key, int64_t count, lode_err *err);
int lode_sorter_finish(lode_sorter *self, lode_err *err);
/* 1 with the next entry, 0 at the end, or an error code. */
int lode_sorter_next(lode_sorter *self, lode_str *key, lode_str *value, lode_err *err);
int lode_sorter_rewind(lode_sorter *self, lode_err *err);
size_t lode_sorter_bytes(const lode_sorter *self);     /* memory held now */
uint64_t lode_sorter_spilled(const lode_sorter *self); /* bytes on disk */
void lode_sorter_free(lode_sorter *self);

#endif
