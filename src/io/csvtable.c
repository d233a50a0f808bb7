#include "csvtable.h"
#include "mem.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct parser {
  lode_csv *out;
  const char *at, *end;
  char *write; /* unquoted cells are written over the copy of the text, never before `at` */
  char separator;
  uint32_t line;
  lode_err *err;
} parser;

/* The one that the first line holds most of, outside of quotes. */
static char find_separator(lode_str text) {
  size_t commas = 0, semicolons = 0, tabs = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.len && (quoted || text.ptr[i] != '\n'); i++) {
    if (text.ptr[i] == '"') quoted = !quoted;
    if (quoted) continue;
    commas += text.ptr[i] == ',';
    semicolons += text.ptr[i] == ';';
    tabs += text.ptr[i] == '\t';
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

static bool ends_cell(const parser *self) {
  return self->at == self->end || *self->at == self->separator || *self->at == '\n' ||
         (*self->at == '\r' && (self->at + 1 == self->end || self->at[1] == '\n'));
}

static int fail_open(const parser *self, uint32_t line) {
  lode_fail(self->err, LODE_E_INPUT, "the quotes that open a cell here are never closed");
  return lode_err_at(self->err, NULL, line, LODE_NO_BYTE);
}

static int read_cell(parser *self, lode_str *cell) {
  uint32_t line = self->line;
  bool quoted = self->at < self->end && *self->at == '"';
  cell->ptr = self->write;
  if (quoted) self->at++;
  while (quoted || !ends_cell(self)) {
    if (self->at == self->end) return fail_open(self, line);
    if (quoted && *self->at == '"') {
      self->at++;
      if (self->at == self->end || *self->at != '"') {
        quoted = false;
        continue;
      }
    }
    self->line += *self->at == '\n';
    *self->write++ = *self->at++;
  }
  cell->len = (size_t)(self->write - cell->ptr);
  if (cell->len >= 2 && cell->ptr[0] == '\'' && memchr("=+-@\t\r", cell->ptr[1], 6) != NULL) {
    cell->ptr++;
    cell->len--;
  }
  return 0;
}

static int add_row(lode_csv *self, const lode_str *cells, size_t count, uint32_t line, lode_err *err) {
  if (self->rows == self->cap) {
    size_t cap = lode_size_grow(self->cap, 64);
    lode_str *next = realloc(self->cells, lode_size_mul(lode_size_mul(cap, self->columns), sizeof *next));
    if (next != NULL) self->cells = next;
    uint32_t *lines = next == NULL ? NULL : realloc(self->lines, lode_size_mul(cap, sizeof *lines));
    if (lines == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu rows", cap);
    self->lines = lines;
    self->cap = cap;
  }
  for (size_t i = 0; i < self->columns; i++)
    self->cells[self->rows * self->columns + i] = i < count ? cells[i] : LODE_STR("");
  self->lines[self->rows++] = line;
  return 0;
}

static int read_row(parser *self, lode_buf *row, size_t *count, bool *blank) {
  int code = 0;
  row->len = 0;
  *count = 0;
  for (bool more = true; more && code == 0;) {
    lode_str cell = {"", 0};
    code = read_cell(self, &cell);
    if (code == 0) code = lode_buf_add(row, &cell, sizeof cell, self->err);
    ++*count;
    more = self->at < self->end && *self->at == self->separator;
    if (more) self->at++;
    *blank = !more && *count == 1 && cell.len == 0;
  }
  if (self->at < self->end && *self->at == '\r') self->at++;
  if (self->at < self->end && *self->at == '\n') {
    self->at++;
    self->line++;
  }
  return code;
}

int lode_csv_read(lode_csv *self, lode_str text, lode_err *err) {
  *self = (lode_csv){.rows = 0};
  if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) text = (lode_str){text.ptr + 3, text.len - 3};
  self->bytes = malloc(text.len + 1);
  if (self->bytes == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a table");
  if (text.len > 0) memcpy(self->bytes, text.ptr, text.len);
  parser in = {self, self->bytes, self->bytes + text.len, self->bytes, find_separator(text), 1, err};
  lode_buf row = {0};
  int code = 0;
  while (in.at < in.end && code == 0) {
    size_t count;
    bool blank = false;
    uint32_t line = in.line;
    code = read_row(&in, &row, &count, &blank);
    if (code != 0 || blank) continue;
    if (self->columns == 0) self->columns = count;
    code = add_row(self, (const lode_str *)(const void *)row.ptr, count, line, err);
  }
  lode_buf_free(&row);
  return code;
}

void lode_csv_free(lode_csv *self) {
  free(self->cells);
  free(self->lines);
  free(self->bytes);
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
