/* map.h - which source bytes a piece of made text came from.
 *
 * Repair, folding, normal forms and, later, HTML all turn source bytes into other bytes.  Each keeps a
 * map: pieces in order, each tying a range of the target to a range of the source.
 *
 *     source   F r a n \xE7 a i s              target   F r a n U+FFFD a i s
 *     pieces   [0,4)->[0,4) same   [4,7)->[4,5)   [7,10)->[5,8) same
 *
 * Invariants: pieces cover the target exactly, in order, without gaps; source ranges are in order and do
 * not overlap, but may leave gaps (dropped bytes) and may be empty (inserted bytes).  A `same` piece has
 * equal bytes and lengths on both sides, so a position inside it maps to one byte; any other piece maps
 * as a whole.  Neighbouring `same` pieces without a gap are one piece, so a clean page has one.
 *
 * Lifetime   The map owns its pieces; lode_map_free.  Cost: 24 bytes a piece; look-up is a binary search.
 */
#ifndef LODE_MAP_H
#define LODE_MAP_H
#include "err.h"
#include "span.h"
#include <stdbool.h>

typedef struct lode_map_piece {
  size_t target, source; /* where it begins on either side */
  uint32_t source_len;   /* of a piece that is not `same`; saturates a long dropped run by splitting */
  bool same;
} lode_map_piece;

typedef struct lode_map {
  lode_map_piece *pieces;
  size_t count, cap;
  size_t target_len, source_len; /* ends of what was added so far */
} lode_map;

void lode_map_free(lode_map *self);
void lode_map_clear(lode_map *self);

/* Add `len` bytes that are the same on both sides; add target_len bytes made from source_len bytes;
 * step over source_len bytes that left nothing (at most UINT32_MAX for the second). */
int lode_map_same(lode_map *self, size_t len, lode_err *err);
int lode_map_change(lode_map *self, size_t target_len, size_t source_len, lode_err *err);
int lode_map_skip(lode_map *self, size_t source_len, lode_err *err);
/* `count` changes in a row, each of 1 byte into target_len (1 or more). */
int lode_map_change_bytes(lode_map *self, size_t target_len, size_t count, lode_err *err);

/* The smallest source range that holds all that the target range [begin, end) was made from.  An empty
 * range maps to an empty one.  `begin <= end <= target_len` is asserted. */
lode_span lode_map_to_source(const lode_map *self, size_t begin, size_t end);

/* The same for ranges that are asked in order: *piece, 0 at first, says where the last one began.  Near ones cost a few
 * steps in place of a look-up; any order is answered rightly. */
lode_span lode_map_to_source_next(const lode_map *self, size_t *piece, size_t begin, size_t end);

/* The other way: the smallest target range made from any byte of the source range.  Where nothing was
 * made from it, the empty place where it would stand. */
lode_span lode_map_to_target(const lode_map *self, size_t begin, size_t end);

/* out (cleared first) = the map from second's target to first's source, where second's source is first's
 * target.  out must be neither of the two. */
int lode_map_compose(const lode_map *first, const lode_map *second, lode_map *out, lode_err *err);

#endif
