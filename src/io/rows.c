#include "rows.h"

#include "json.h"
#include "mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *path, size_t len, const char *end) {
  size_t n = strlen(end);
  if (len < n) return false;
  for (size_t i = 0; i < n; i++) {
    char c = path[len - n + i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i]) return false;
  }
  return true;
}

lode_rows_kind lode_rows_kind_of(const char *path) {
  static const struct {
    const char *end;
    lode_rows_kind kind;
  } kinds[] = {
      {".csv", LODE_ROWS_CSV}, {".tsv", LODE_ROWS_TSV}, {".jsonl", LODE_ROWS_JSONL}, {".ndjson", LODE_ROWS_JSONL}};
  size_t len = strlen(path);
  if (ends_with(path, len, ".gz")) len -= 3;
  else if (ends_with(path, len, ".zst")) len -= 4;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (ends_with(path, len, kinds[i].end)) return kinds[i].kind;
  return LODE_ROWS_LINES;
}

static int fail_at(const lode_rows *self, size_t line, lode_err *err, const char *what) {
  (void)self;
  lode_fail(err, LODE_E_INPUT, "%s", what);
  return err == NULL ? LODE_E_INPUT : lode_err_at(err, NULL, (uint32_t)line, LODE_NO_BYTE);
}

static int set_cell(lode_rows *self, size_t column, lode_cell cell, lode_err *err) {
  if (column >= self->cell_cap) {
    size_t cap = lode_size_grow(self->cell_cap, column + 16);
    lode_cell *next = realloc(self->cells, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a row of %zu cells", column);
    self->cells = next;
    self->cell_cap = cap;
  }
  while (self->cell_count <= column) self->cells[self->cell_count++] = (lode_cell){LODE_CELL_NONE, {"", 0}};
  self->cells[column] = cell;
  return 0;
}

/* Up to the end of the line, which is passed over. */
static lode_str take_line(lode_rows *self) {
  const char *end = memchr(self->pos, '\n', (size_t)(self->end - self->pos));
  lode_str line = {self->pos, (size_t)((end == NULL ? self->end : end) - self->pos)};
  self->pos = end == NULL ? self->end : end + 1;
  self->next_line++;
  if (line.len > 0 && line.ptr[line.len - 1] == '\r') line.len--;
  return line;
}

/* --- CSV and TSV --- */

/* Behind an opening quote: the cell's text, with the closing quote passed over. */
static int take_quoted(lode_rows *self, lode_str *out, lode_err *err) {
  const char *begin = self->pos, *at = memchr(begin, '"', (size_t)(self->end - begin));
  size_t doubled = 0;
  for (; at != NULL && at + 1 < self->end && at[1] == '"'; doubled++)
    at = memchr(at + 2, '"', (size_t)(self->end - at - 2));
  if (at == NULL) return fail_at(self, self->next_line, err, "a quote is opened here and never closed");
  for (const char *p = begin; (p = memchr(p, '\n', (size_t)(at - p))) != NULL; p++) self->next_line++;
  *out = (lode_str){begin, (size_t)(at - begin)};
  self->pos = at + 1;
  if (doubled == 0) return 0;
  char *plain = lode_arena_take(&self->memory, out->len, 1, err);
  if (plain == NULL) return LODE_E_NOMEM;
  size_t used = 0;
  for (const char *p = begin; p < at; p++) {
    plain[used++] = *p;
    if (*p == '"') p++;
  }
  *out = (lode_str){plain, used};
  return 0;
}

static int take_cells(lode_rows *self, lode_err *err) {
  for (size_t column = 0;; column++) {
    lode_cell cell = {LODE_CELL_TEXT, {"", 0}};
    int code = 0;
    if (self->kind == LODE_ROWS_CSV && self->pos < self->end && *self->pos == '"') {
      self->pos++;
      code = take_quoted(self, &cell.text, err);
      if (code == 0 && self->pos < self->end && *self->pos != self->separator && *self->pos != '\n' &&
          *self->pos != '\r')
        return fail_at(self, self->next_line, err,
                       "text stands behind a closed quote: a quote in a quoted cell is written twice");
    } else {
      const char *at = self->pos;
      while (at < self->end && *at != self->separator && *at != '\n') at++;
      cell.text = (lode_str){self->pos, (size_t)(at - self->pos)};
      if ((at == self->end || *at == '\n') && cell.text.len > 0 && at[-1] == '\r') cell.text.len--;
      self->pos = at;
    }
    if (code == 0) code = set_cell(self, column, cell, err);
    if (code != 0) return code;
    if (self->pos < self->end && *self->pos == '\r') self->pos++;
    if (self->pos == self->end) return 0;
    if (*self->pos++ == '\n') {
      self->next_line++;
      return 0;
    }
  }
}

static char separator_of(lode_rows_kind kind, lode_str bytes) {
  if (kind == LODE_ROWS_TSV) return '\t';
  const char *end = memchr(bytes.ptr, '\n', bytes.len);
  size_t len = end == NULL ? bytes.len : (size_t)(end - bytes.ptr);
  return memchr(bytes.ptr, ',', len) == NULL && memchr(bytes.ptr, ';', len) != NULL ? ';' : ',';
}

static int name_columns(lode_rows *self, size_t count, lode_err *err) {
  while (self->names.count < count) {
    char name[24];
    int len = snprintf(name, sizeof name, "%u", (unsigned)self->names.count + 1);
    if (lode_table_add(&self->names, name, (size_t)len, NULL, err) == LODE_NO_ID) return LODE_E_NOMEM;
  }
  return 0;
}

static int take_names(lode_rows *self, lode_err *err) {
  bool got;
  self->has_names = true;
  int code = lode_rows_next(self, &got, err);
  if (code != 0) return code;
  if (!got) return fail_at(self, 1, err, "the file is empty: its first line names the columns");
  for (size_t i = 0; i < self->cell_count; i++) {
    lode_str name = self->cells[i].text;
    bool added;
    uint32_t id = lode_table_add(&self->names, name.ptr, name.len, &added, err);
    if (id == LODE_NO_ID) return LODE_E_NOMEM;
    if (!added) return fail_at(self, self->line, err, "two columns have the same name");
  }
  return 0;
}

static int next_separated(lode_rows *self, bool *got, lode_err *err) {
  while (self->pos < self->end) {
    self->line = self->next_line;
    self->cell_count = 0;
    int code = take_cells(self, err);
    if (code != 0) return code;
    if (self->cell_count == 1 && self->cells[0].text.len == 0) continue;
    if (self->has_names && self->names.count > 0 && self->cell_count > self->names.count)
      return fail_at(self, self->line, err, "the row has more cells than the first line names");
    *got = true;
    return self->has_names ? 0 : name_columns(self, self->cell_count, err);
  }
  return 0;
}

/* --- JSON lines, lines --- */

static int decode(lode_rows *self, lode_json_value value, lode_str *out, lode_err *err) {
  lode_str inside = {value.text.ptr + 1, value.text.len - 2};
  *out = inside;
  if (memchr(inside.ptr, '\\', inside.len) == NULL) return 0;
  lode_buf plain = {0};
  int code = lode_json_decode(value, &plain, err);
  if (code == 0) {
    *out = lode_arena_copy(&self->memory, plain.len == 0 ? "" : plain.ptr, plain.len, err);
    if (out->ptr == NULL) code = LODE_E_NOMEM;
  }
  lode_buf_free(&plain);
  return code;
}

static int take_member(lode_rows *self, lode_json_value name, lode_json_value value, lode_err *err) {
  static const lode_cell_type types[] = {
      [LODE_JSON_NULL] = LODE_CELL_NONE,     [LODE_JSON_FALSE] = LODE_CELL_FALSE, [LODE_JSON_TRUE] = LODE_CELL_TRUE,
      [LODE_JSON_NUMBER] = LODE_CELL_NUMBER, [LODE_JSON_STRING] = LODE_CELL_TEXT, [LODE_JSON_ARRAY] = LODE_CELL_JSON,
      [LODE_JSON_OBJECT] = LODE_CELL_JSON};
  lode_str key;
  lode_cell cell = {types[value.type], value.text};
  int code = decode(self, name, &key, err);
  if (code == 0 && value.type == LODE_JSON_STRING) code = decode(self, value, &cell.text, err);
  if (code != 0) return code;
  uint32_t column = lode_table_add(&self->names, key.ptr, key.len, NULL, err);
  return column == LODE_NO_ID ? LODE_E_NOMEM : set_cell(self, column, cell, err);
}

static int next_object(lode_rows *self, bool *got, lode_err *err) {
  lode_json_value row, name, value;
  while (self->pos < self->end) {
    lode_str line = take_line(self);
    self->line = self->next_line - 1;
    size_t blank = 0;
    while (blank < line.len && (line.ptr[blank] == ' ' || line.ptr[blank] == '\t')) blank++;
    if (blank == line.len) continue;
    int code = lode_json_parse(line.ptr, line.len, LODE_JSON_DEPTH, &row, err);
    if (code != 0) {
      if (err != NULL) err->byte = LODE_NO_BYTE;
      return err == NULL ? code : lode_err_at(err, NULL, (uint32_t)self->line, LODE_NO_BYTE);
    }
    if (row.type != LODE_JSON_OBJECT) return fail_at(self, self->line, err, "the line is no JSON object");
    self->cell_count = 0;
    lode_json_iter it = lode_json_iter_of(row);
    while (code == 0 && lode_json_next(&it, &name, &value)) code = take_member(self, name, value, err);
    *got = code == 0;
    return code;
  }
  return 0;
}

static int next_line(lode_rows *self, bool *got, lode_err *err) {
  while (self->pos < self->end) {
    lode_str line = take_line(self);
    self->line = self->next_line - 1;
    while (line.len > 0 && (unsigned char)line.ptr[0] <= ' ') line.ptr++, line.len--;
    while (line.len > 0 && (unsigned char)line.ptr[line.len - 1] <= ' ') line.len--;
    if (line.len == 0 || line.ptr[0] == '#') continue;
    self->cell_count = 0;
    *got = true;
    return set_cell(self, 0, (lode_cell){LODE_CELL_TEXT, line}, err);
  }
  return 0;
}

int lode_rows_open(lode_rows *self, lode_rows_kind kind, lode_str bytes, bool has_names, lode_err *err) {
  if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0) bytes.ptr += 3, bytes.len -= 3;
  if (bytes.ptr == NULL) bytes.ptr = "";
  *self = (lode_rows){.kind = kind, .pos = bytes.ptr, .end = bytes.ptr + bytes.len, .next_line = 1};
  lode_table_init(&self->names, 0xC0175);
  lode_arena_init(&self->memory, 0);
  self->separator = separator_of(kind, bytes);
  if (kind == LODE_ROWS_LINES) return name_columns(self, 1, err);
  return kind == LODE_ROWS_JSONL || !has_names ? 0 : take_names(self, err);
}

void lode_rows_free(lode_rows *self) {
  lode_table_free(&self->names);
  lode_arena_free(&self->memory);
  free(self->cells);
  *self = (lode_rows){.pos = NULL};
}

int lode_rows_next(lode_rows *self, bool *got, lode_err *err) {
  *got = false;
  lode_arena_reset(&self->memory);
  if (self->kind == LODE_ROWS_JSONL) return next_object(self, got, err);
  return self->kind == LODE_ROWS_LINES ? next_line(self, got, err) : next_separated(self, got, err);
}
