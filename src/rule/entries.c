#include "entries.h"

#include "hash.h"
#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x314E444C, HEAD = 5, RECENT = 1 << 16 };

void lode_entries_builder_init(lode_entries_builder *self) {
  *self = (lode_entries_builder){.count = 0};
  lode_table_init(&self->names, MAGIC);
}

void lode_entries_builder_free(lode_entries_builder *self) {
  lode_table_free(&self->names);
  lode_buf_free(&self->rows);
  lode_buf_free(&self->row);
  free(self->starts);
  free(self->recent);
  lode_entries_builder_init(self);
}

static int put_number(lode_buf *out, size_t value, lode_err *err) {
  for (; value >= 0x80; value >>= 7) {
    int code = lode_buf_byte(out, (char)(value | 0x80), err);
    if (code != 0) return code;
  }
  return lode_buf_byte(out, (char)value, err);
}

int lode_entries_put(lode_entries_builder *self, lode_str column, lode_cell cell, lode_err *err) {
  if (cell.type == LODE_CELL_NONE) return 0;
  uint32_t id = lode_table_add(&self->names, column.ptr, column.len, NULL, err);
  if (id == LODE_NO_ID) return LODE_E_NOMEM;
  int code = put_number(&self->row, (size_t)id + 1, err);
  if (code == 0) code = lode_buf_byte(&self->row, (char)cell.type, err);
  if (code == 0) code = put_number(&self->row, cell.text.len, err);
  return code != 0 || cell.text.len == 0 ? code : lode_buf_add(&self->row, cell.text.ptr, cell.text.len, err);
}

/* Where the row stands already, as far as the last rows are remembered, or SIZE_MAX. */
static size_t find_row(lode_entries_builder *self, uint64_t hash) {
  uint64_t known = self->recent[hash & (RECENT - 1)];
  size_t at = (size_t)(known >> 32) - 1;
  if (known == 0 || (uint32_t)known != (uint32_t)(hash >> 32) || self->rows.len - at < self->row.len) return SIZE_MAX;
  return memcmp(self->rows.ptr + at, self->row.ptr, self->row.len) == 0 ? at : SIZE_MAX;
}

static int add_row(lode_entries_builder *self, uint32_t *start, lode_err *err) {
  if (self->recent == NULL && (self->recent = calloc(RECENT, sizeof *self->recent)) == NULL)
    return lode_fail(err, LODE_E_NOMEM, "out of memory: entries of a lexicon");
  uint64_t hash = lode_hash64(self->row.ptr, self->row.len, MAGIC);
  size_t at = find_row(self, hash);
  if (at == SIZE_MAX) {
    at = self->rows.len;
    int code = lode_buf_add(&self->rows, self->row.ptr, self->row.len, err);
    if (code != 0) return code;
    if (self->rows.len >= UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a lexicon's attributes take 4 GiB");
    self->recent[hash & (RECENT - 1)] = (uint64_t)(at + 1) << 32 | (uint32_t)(hash >> 32);
  }
  *start = (uint32_t)at;
  return 0;
}

int lode_entries_end(lode_entries_builder *self, uint32_t *entry, lode_err *err) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 1024);
    uint32_t *next = cap > UINT32_MAX ? NULL : realloc(self->starts, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu entries of a lexicon", cap);
    self->starts = next;
    self->cap = (uint32_t)cap;
  }
  int code = lode_buf_byte(&self->row, 0, err);
  if (code == 0) code = add_row(self, &self->starts[self->count], err);
  self->row.len = 0;
  if (code == 0) *entry = self->count++;
  return code;
}

int lode_entries_builder_write(const lode_entries_builder *self, lode_buf *out, lode_err *err) {
  uint32_t names = self->names.count, bytes = 0, rows = names == 0 ? 0 : self->count;
  uint32_t row_bytes = names == 0 ? 0 : (uint32_t)self->rows.len;
  for (uint32_t i = 0; i < names; i++) bytes += (uint32_t)lode_table_get(&self->names, i).len;
  uint32_t head[HEAD] = {MAGIC, names, rows, bytes, row_bytes};
  int code = lode_buf_add(out, head, sizeof head, err);
  for (uint32_t i = 0, at = 0; i <= names && code == 0; i++) {
    code = lode_buf_add(out, &at, sizeof at, err);
    if (i < names) at += (uint32_t)lode_table_get(&self->names, i).len;
  }
  if (code == 0 && rows > 0) code = lode_buf_add(out, self->starts, rows * sizeof *self->starts, err);
  for (uint32_t i = 0; i < names && code == 0; i++) {
    lode_str name = lode_table_get(&self->names, i);
    if (name.len > 0) code = lode_buf_add(out, name.ptr, name.len, err);
  }
  return code != 0 || row_bytes == 0 ? code : lode_buf_add(out, self->rows.ptr, row_bytes, err);
}

/* --- reading --- */

int lode_entries_open(lode_entries *self, lode_str image, lode_err *err) {
  const uint32_t *head = (const uint32_t *)(const void *)image.ptr;
  assert(((uintptr_t)image.ptr & 3) == 0);
  if (image.len < HEAD * sizeof *head || head[0] != MAGIC)
    return lode_fail(err, LODE_E_INPUT, "these are no entries of this version");
  *self = (lode_entries){.name_count = head[1], .count = head[2], .name_bytes = head[3], .row_bytes = head[4]};
  uint64_t numbers = HEAD + (uint64_t)self->name_count + 1 + self->count;
  if (numbers * sizeof *head + self->name_bytes + self->row_bytes != image.len)
    return lode_fail(err, LODE_E_INPUT, "the entries are cut or damaged");
  self->name_starts = head + HEAD;
  self->starts = self->name_starts + self->name_count + 1;
  self->names = (const char *)(self->starts + self->count);
  self->rows = self->names + self->name_bytes;
  bool sound = self->name_starts[0] == 0 && self->name_starts[self->name_count] == self->name_bytes;
  for (uint32_t i = 0; i < self->name_count && sound; i++) sound = self->name_starts[i] <= self->name_starts[i + 1];
  return sound ? 0 : lode_fail(err, LODE_E_INPUT, "the entries are damaged");
}

lode_str lode_entries_name(const lode_entries *self, uint32_t column) {
  uint32_t at = self->name_starts[column];
  return (lode_str){self->names + at, self->name_starts[column + 1] - at};
}

uint32_t lode_entries_column(const lode_entries *self, lode_str name) {
  for (uint32_t i = 0; i < self->name_count; i++) {
    lode_str known = lode_entries_name(self, i);
    if (known.len == name.len && (name.len == 0 || memcmp(known.ptr, name.ptr, name.len) == 0)) return i;
  }
  return LODE_NO_ID;
}

/* Damage can be anywhere, so each step is checked. */
static bool take_number(const lode_entries *self, size_t *at, size_t *out) {
  *out = 0;
  for (unsigned shift = 0; *at < self->row_bytes && shift < 35; shift += 7) {
    unsigned char byte = (unsigned char)self->rows[(*at)++];
    *out |= (size_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool lode_entries_next(const lode_entries *self, uint32_t entry, size_t *at, uint32_t *column, lode_cell *cell) {
  size_t id, len;
  if (entry >= self->count) return false;
  if (*at == 0) *at = (size_t)self->starts[entry] + 1; /* one more than the place, so that 0 is the beginning */
  size_t pos = *at - 1;
  if (!take_number(self, &pos, &id) || id == 0 || id > self->name_count || pos >= self->row_bytes) return false;
  unsigned type = (unsigned char)self->rows[pos++];
  if (!take_number(self, &pos, &len) || len > self->row_bytes - pos || type > LODE_CELL_JSON) return false;
  *column = (uint32_t)id - 1;
  *cell = (lode_cell){(lode_cell_type)type, {self->rows + pos, len}};
  *at = pos + len + 1;
  return true;
}
