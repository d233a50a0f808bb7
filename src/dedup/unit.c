#include "unit.h"

#include "fold.h"
#include "mem.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "records are read where they lie: lode's signatures need a little-endian machine"
#endif

typedef struct head {
  uint32_t size, id_len;
  uint64_t low, high, rank;
  uint32_t shingles, sketch, begin, end;
} head;

const char *lode_level_name(lode_level level) {
  static const char *const names[] = {
#define LODE_LEVEL_NAME(code, name) name,
      LODE_LEVELS(LODE_LEVEL_NAME)
#undef LODE_LEVEL_NAME
  };
  return names[level];
}

void lode_unit_maker_free(lode_unit_maker *self) {
  lode_shingles_free(&self->shingles);
  lode_buf_free(&self->folded);
}

/* Valid text is folded; what is not stays as it is, and is then equal to the same bytes alone. */
static int fold(lode_unit_maker *self, lode_str *text, lode_err *err) {
  self->folded.len = 0;
  if (lode_utf8_valid(text->ptr, text->len) != text->len) return 0;
  int code = lode_fold(text->ptr, text->len, LODE_FOLD_CASE | LODE_FOLD_COMPAT | LODE_FOLD_SPACE | LODE_FOLD_PUNCT,
                       &self->folded, NULL, err);
  *text = (lode_str){self->folded.ptr == NULL ? "" : self->folded.ptr, self->folded.len};
  return code;
}

/* A set of one hash says too little: of 300,000 pages of one word three pairs shared it.  A second hash of the same words
 * makes 64 bits of it. */
static int make_two(lode_shingles *s, lode_err *err) {
  size_t words = s->word_count < LODE_SHINGLE_WORDS ? s->word_count : LODE_SHINGLE_WORDS;
  if (s->item_cap < 2) {
    uint32_t *items = realloc(s->items, 2 * sizeof *items);
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
    s->items = items;
    s->item_cap = 2;
  }
  s->items[1] = (uint32_t)(lode_hash64(s->words, words * sizeof *s->words, words) >> 32) | 1;
  s->count = s->items[1] == s->items[0] ? 1 : 2;
  return 0;
}

int lode_unit_put(lode_unit_maker *self, const lode_dedup_settings *settings, const lode_unit *unit, lode_str text,
                  lode_buf *out, lode_err *err) {
  lode_shingles *s = &self->shingles;
  size_t padded = (unit->id.len + 3) / 4 * 4;
  s->count = 0;
  int code = settings->near ? lode_shingles_of(s, text.ptr, text.len, err) : 0;
  if (code == 0 && s->count == 1) code = make_two(s, err);
  if (code == 0 && settings->fold) code = fold(self, &text, err);
  if (code == 0 && (s->count > UINT32_MAX / 16 || padded > UINT32_MAX / 16))
    code = lode_fail(err, LODE_E_LIMIT, "a unit of %zu shingles", s->count);
  if (code == 0) code = lode_buf_reserve(out, sizeof(head) + padded + 2 * s->count * sizeof(uint32_t), err);
  if (code != 0) return code;
  lode_hash128_value hash = lode_hash128(text.ptr, text.len, 0);
  head h = {.id_len = (uint32_t)unit->id.len,
            .low = hash.low,
            .high = hash.high,
            .rank = unit->rank,
            .shingles = (uint32_t)s->count,
            .begin = unit->begin,
            .end = unit->end};
  char *to = out->ptr + out->len + sizeof h;
  memset(to, 0, padded);
  if (unit->id.len > 0) memcpy(to, unit->id.ptr, unit->id.len);
  uint32_t *numbers = (uint32_t *)(void *)(to + padded);
  if (s->count > 0) {
    memcpy(numbers, s->items, s->count * sizeof *numbers);
    h.sketch = (uint32_t)lode_sketch_of(numbers, s->count, lode_sketch_level(s->count), numbers + s->count);
  }
  h.size = (uint32_t)(sizeof h + padded + ((size_t)h.shingles + h.sketch) * sizeof *numbers);
  memcpy(out->ptr + out->len, &h, sizeof h);
  out->len += h.size;
  return 0;
}

int lode_unit_next(const char **at, const char *end, lode_unit *out, lode_err *err) {
  head h;
  size_t left = (size_t)(end - *at);
  if (left >= sizeof h) memcpy(&h, *at, sizeof h);
  if (left < sizeof h || h.size > left || h.size < sizeof h) return lode_fail(err, LODE_E_INPUT, "a signature is cut");
  size_t padded = ((size_t)h.id_len + 3) / 4 * 4;
  if (sizeof h + padded + ((size_t)h.shingles + h.sketch) * sizeof(uint32_t) != h.size)
    return lode_fail(err, LODE_E_INPUT, "a signature is broken");
  const char *id = *at + sizeof h;
  const uint32_t *numbers = (const uint32_t *)(const void *)(id + padded);
  *out = (lode_unit){.id = {id, h.id_len},
                     .signature = {.bytes = {h.low, h.high},
                                   .shingles = numbers,
                                   .sketch = numbers + h.shingles,
                                   .count = h.shingles,
                                   .sketch_count = h.sketch},
                     .rank = h.rank,
                     .begin = h.begin,
                     .end = h.end,
                     .record = {*at, h.size}};
  *at += h.size;
  return 0;
}
