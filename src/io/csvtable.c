#include "csvtable.h"
#include "mem.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

/* Tabs where the first line holds more of them than of commas and semicolons, which rows.h tells apart. */
static lode_rows_kind kind_of(lode_str text) {
  const char *end = text.len == 0 ? NULL : memchr(text.ptr, '\n', text.len);
  size_t len = end == NULL ? text.len : (size_t)(end - text.ptr), tabs = 0, others = 0;
  for (size_t i = 0; i < len; i++) {
    tabs += text.ptr[i] == '\t';
    others += text.ptr[i] == ',' || text.ptr[i] == ';';
  }
  return tabs > others ? LODE_ROWS_TSV : LODE_ROWS_CSV;
}

static int keep(lode_csv *self, lode_str text, lode_str *out, lode_err *err) {
  bool defused = text.len >= 2 && text.ptr[0] == '\'' && memchr("=+-@\t\r", text.ptr[1], 6) != NULL;
  if (defused) text = (lode_str){text.ptr + 1, text.len - 1};
  *out = lode_arena_copy(&self->memory, text.ptr, text.len, err);
  return out->ptr == NULL ? LODE_E_NOMEM : 0;
}

/* Room for one more row. */
static int grow(lode_csv *self, lode_err *err) {
  if (self->rows < self->cap) return 0;
  size_t cap = lode_size_grow(self->cap, 64);
  lode_str *cells = realloc(self->cells, lode_size_mul(lode_size_mul(cap, self->columns + 1), sizeof *cells));
  if (cells != NULL) self->cells = cells;
  uint32_t *lines = cells == NULL ? NULL : realloc(self->lines, lode_size_mul(cap, sizeof *lines));
  if (lines == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu rows", cap);
  self->lines = lines;
  self->cap = cap;
  return 0;
}

/* The names are row 0. */
static int add_names(lode_csv *self, const lode_rows *rows, lode_err *err) {
  self->columns = rows->names.count;
  int code = grow(self, err);
  for (uint32_t i = 0; i < self->columns && code == 0; i++)
    code = keep(self, lode_table_get(&rows->names, i), &self->cells[i], err);
  if (code == 0) self->lines[self->rows++] = 1;
  return code;
}

static int add_row(lode_csv *self, const lode_rows *rows, lode_err *err) {
  int code = grow(self, err);
  for (size_t i = 0; i < self->columns && code == 0; i++)
    code = keep(self, lode_rows_cell(rows, i).text, &self->cells[self->rows * self->columns + i], err);
  if (code == 0) self->lines[self->rows++] = (uint32_t)rows->line;
  return code;
}

int lode_csv_read(lode_csv *self, lode_str text, lode_err *err) {
  *self = (lode_csv){.rows = 0};
  lode_arena_init(&self->memory, 0);
  if (text.len == 0) return 0;
  lode_rows rows;
  bool got = true;
  int code = lode_rows_open(&rows, kind_of(text), text, true, err);
  if (code == 0) code = add_names(self, &rows, err);
  while (code == 0 && (code = lode_rows_next(&rows, &got, err)) == 0 && got) code = add_row(self, &rows, err);
  lode_rows_free(&rows);
  return code;
}

void lode_csv_free(lode_csv *self) {
  free(self->cells);
  free(self->lines);
  lode_arena_free(&self->memory);
  *self = (lode_csv){.rows = 0};
}

size_t lode_csv_column(const lode_csv *self, const char *name) {
  size_t len = strlen(name);
  for (size_t i = 0; self->rows > 0 && i < self->columns; i++)
    if (self->cells[i].len == len && memcmp(self->cells[i].ptr, name, len) == 0) return i;
  return SIZE_MAX;
}

lode_str lode_csv_cell(const lode_csv *self, size_t row, size_t column) {
  if (column == SIZE_MAX || row >= self->rows) return LODE_STR("");
  return self->cells[row * self->columns + column];
}
