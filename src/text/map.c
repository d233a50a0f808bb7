#include "map.h"

#include "mem.h"
#include <assert.h>
#include <stdlib.h>

void lode_map_free(lode_map *self) {
  free(self->pieces);
  *self = (lode_map){0};
}

void lode_map_clear(lode_map *self) {
  self->count = 0;
  self->target_len = self->source_len = 0;
}

static size_t target_end(const lode_map *self, size_t i) {
  return i + 1 < self->count ? self->pieces[i + 1].target : self->target_len;
}

static size_t source_end(const lode_map *self, size_t i) {
  const lode_map_piece *p = &self->pieces[i];
  return p->same ? p->source + (target_end(self, i) - p->target) : p->source + p->source_len;
}

static int reserve(lode_map *self, size_t more, lode_err *err) {
  size_t need = lode_size_add(self->count, more);
  if (need <= self->cap) return 0;
  size_t cap = lode_size_grow(self->cap < 8 ? 8 : self->cap, need);
  lode_map_piece *pieces = realloc(self->pieces, lode_size_mul(cap, sizeof *pieces));
  if (pieces == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a map of %zu pieces", cap);
  self->pieces = pieces;
  self->cap = cap;
  return 0;
}

static int add_piece(lode_map *self, lode_map_piece piece, lode_err *err) {
  int code = reserve(self, 1, err);
  if (code == 0) self->pieces[self->count++] = piece;
  return code;
}

int lode_map_same(lode_map *self, size_t len, lode_err *err) {
  if (len == 0) return 0;
  bool joins =
      self->count != 0 && self->pieces[self->count - 1].same && source_end(self, self->count - 1) == self->source_len;
  if (!joins) {
    int code =
        add_piece(self, (lode_map_piece){.target = self->target_len, .source = self->source_len, .same = true}, err);
    if (code != 0) return code;
  }
  self->target_len += len;
  self->source_len += len;
  return 0;
}

int lode_map_change(lode_map *self, size_t target_len, size_t source_len, lode_err *err) {
  if (target_len == 0) return lode_map_skip(self, source_len, err);
  if (source_len > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "one change of %zu source bytes", source_len);
  lode_map_piece piece = {self->target_len, self->source_len, (uint32_t)source_len, false};
  int code = add_piece(self, piece, err);
  if (code != 0) return code;
  self->target_len += target_len;
  self->source_len += source_len;
  return 0;
}

int lode_map_skip(lode_map *self, size_t source_len, lode_err *err) {
  (void)err; /* a gap needs no piece; the parameter keeps the three alike */
  self->source_len += source_len;
  return 0;
}

int lode_map_change_bytes(lode_map *self, size_t target_len, size_t count, lode_err *err) {
  int code = reserve(self, count, err);
  if (code != 0) return code;
  lode_map_piece *out = self->pieces + self->count;
  size_t target = self->target_len, source = self->source_len;
  for (size_t i = 0; i < count; i++, target += target_len)
    out[i] = (lode_map_piece){.target = target, .source = source + i, .source_len = 1};
  self->count += count;
  self->target_len = target;
  self->source_len = source + count;
  return 0;
}

/* The piece that holds target byte `at`; count > 0 and at < target_len. */
static size_t find_target(const lode_map *self, size_t at) {
  size_t low = 0, high = self->count;
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (self->pieces[mid].target <= at) low = mid;
    else high = mid;
  }
  return low;
}

/* The same, from piece `low` on, which begins at or before `at`: it is most often near. */
static size_t find_target_from(const lode_map *self, size_t low, size_t at) {
  size_t step = 1;
  for (; step < self->count - low && self->pieces[low + step].target <= at; step *= 2) low += step;
  size_t high = step < self->count - low ? low + step : self->count;
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (self->pieces[mid].target <= at) low = mid;
    else high = mid;
  }
  return low;
}

lode_span lode_map_to_source_next(const lode_map *self, size_t *piece, size_t begin, size_t end) {
  assert(begin <= end && end <= self->target_len);
  if (self->count == 0) return (lode_span){0, 0};
  if (begin == self->target_len) {
    size_t at = source_end(self, self->count - 1);
    return (lode_span){at, at};
  }
  bool behind = *piece < self->count && self->pieces[*piece].target <= begin;
  size_t i = find_target_from(self, behind ? *piece : 0, begin);
  const lode_map_piece *first = &self->pieces[i];
  lode_span out;
  *piece = i;
  out.begin = first->same ? first->source + (begin - first->target) : first->source;
  out.end = out.begin;
  if (begin == end) return out;
  if (end > target_end(self, i)) i = find_target_from(self, i, end - 1);
  const lode_map_piece *last = &self->pieces[i];
  out.end = last->same ? last->source + (end - last->target) : last->source + last->source_len;
  return out;
}

lode_span lode_map_to_source(const lode_map *self, size_t begin, size_t end) {
  size_t piece = begin < self->target_len && self->count > 0 ? find_target(self, begin) : 0;
  return lode_map_to_source_next(self, &piece, begin, end);
}

/* The first piece made from source bytes that ends behind `at`; the count where there is none.  Source
 * begins never fall, so the last piece that begins at or before `at`, or the next one, is it. */
static size_t find_source(const lode_map *self, size_t at) {
  size_t low = 0, high = self->count; /* pieces below low begin at or before `at`, those from high on behind it */
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (self->pieces[mid].source <= at) low = mid + 1;
    else high = mid;
  }
  if (low > 0 && source_end(self, low - 1) > at) return low - 1;
  while (low < self->count && source_end(self, low) == self->pieces[low].source) low++;
  return low;
}

/* The last piece made from source bytes that begins before `at`; at > 0.  count where there is none. */
static size_t find_source_last(const lode_map *self, size_t at) {
  size_t low = 0, high = self->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (self->pieces[mid].source < at) low = mid + 1;
    else high = mid;
  }
  while (low > 0 && source_end(self, low - 1) == self->pieces[low - 1].source) low--;
  return low == 0 ? self->count : low - 1;
}

lode_span lode_map_to_target(const lode_map *self, size_t begin, size_t end) {
  assert(begin <= end);
  size_t i = find_source(self, begin);
  if (i == self->count) return (lode_span){self->target_len, self->target_len};
  const lode_map_piece *first = &self->pieces[i];
  lode_span out = {first->target, first->target};
  if (first->same && begin > first->source) out.begin = out.end = first->target + (begin - first->source);
  if (begin == end || first->source >= end) return out;
  size_t j = find_source_last(self, end);
  const lode_map_piece *last = &self->pieces[j];
  bool inside = last->same && end < source_end(self, j);
  out.end = inside ? last->target + (end - last->source) : target_end(self, j);
  return out;
}

/* Add target bytes made from `source` to out.  Two parts of one changed piece share its source: they, and
 * what was inserted between them, become one piece, since source ranges may not overlap. */
static int add_composed(lode_map *out, size_t target_len, lode_span source, bool same, lode_err *err) {
  if (source.begin < out->source_len && source.end > source.begin && out->count != 0) {
    while (out->count > 1 && out->pieces[out->count - 1].source > source.begin) out->count--;
    lode_map_piece *last = &out->pieces[out->count - 1];
    size_t end = source.end > out->source_len ? source.end : out->source_len;
    if (end - last->source > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "one change of 4 GiB of source bytes");
    last->source_len = (uint32_t)(end - last->source);
    last->same = false;
    out->target_len += target_len;
    out->source_len = end;
    return 0;
  }
  if (source.begin > out->source_len) out->source_len = source.begin;
  if (same) return lode_map_same(out, target_len, err);
  return lode_map_change(out, target_len, source.end > out->source_len ? source.end - out->source_len : 0, err);
}

/* The bytes [begin, end) of the middle text are in the target as they are: go over first's pieces there. */
static int compose_same(const lode_map *first, size_t begin, size_t end, lode_map *out, lode_err *err) {
  for (size_t i = find_target(first, begin); begin < end; i++) {
    const lode_map_piece *p = &first->pieces[i];
    size_t stop = target_end(first, i) < end ? target_end(first, i) : end;
    lode_span source = {p->source, p->source + p->source_len};
    if (p->same) source = (lode_span){p->source + (begin - p->target), p->source + (stop - p->target)};
    int code = add_composed(out, stop - begin, source, p->same, err);
    if (code != 0) return code;
    begin = stop;
  }
  return 0;
}

int lode_map_compose(const lode_map *first, const lode_map *second, lode_map *out, lode_err *err) {
  assert(second->source_len <= first->target_len);
  lode_map_clear(out);
  for (size_t i = 0; i < second->count; i++) {
    const lode_map_piece *p = &second->pieces[i];
    size_t end = source_end(second, i);
    int code;
    if (p->same) code = compose_same(first, p->source, end, out, err);
    else
      code =
          add_composed(out, target_end(second, i) - p->target, lode_map_to_source(first, p->source, end), false, err);
    if (code != 0) return code;
  }
  if (first->source_len > out->source_len) out->source_len = first->source_len;
  return 0;
}
