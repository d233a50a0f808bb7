/* rows.h - tables in files, row by row: CSV, TSV, JSON lines, and plain lists.
 *
 *     CSV     RFC 4180: cells between commas (or semicolons, where the first line has no comma), quoted where they
 *             hold one; a quote in a quoted cell is doubled; a quoted cell may span lines
 *     TSV     cells between tabs, nothing is quoted
 *     JSONL   an object a line: its members are cells, by name
 *     LINES   one cell a line; empty lines and those that begin with "#" are passed over
 *
 * The first row of CSV and TSV names the columns, unless the caller says there is no such row: then they are called
 * "1", "2", ... as in a list of lines.  Columns of JSON lines are numbered as they are met.
 *
 * Lifetime   Borrows the bytes.  A row's cells live until the next one is read.
 * Cost       One pass; a cell is copied only where quotes or escapes are taken out of it.
 */
#ifndef LODE_ROWS_H
#define LODE_ROWS_H
#include "arena.h"
#include "table.h"

typedef enum lode_rows_kind { LODE_ROWS_CSV, LODE_ROWS_TSV, LODE_ROWS_JSONL, LODE_ROWS_LINES } lode_rows_kind;

typedef enum lode_cell_type {
  LODE_CELL_NONE, /* absent, or null */
  LODE_CELL_TEXT,
  LODE_CELL_NUMBER, /* of JSON; text as written */
  LODE_CELL_TRUE,
  LODE_CELL_FALSE,
  LODE_CELL_JSON /* an array or object, as written */
} lode_cell_type;

typedef struct lode_cell {
  lode_cell_type type;
  lode_str text;
} lode_cell;

typedef struct lode_rows {
  lode_rows_kind kind;
  const char *pos, *end;
  size_t next_line;
  size_t line; /* where the row begins, from 1 */
  char separator;
  bool has_names;
  lode_table names; /* columns: ids are places in cells */
  lode_cell *cells;
  size_t cell_cap;
  size_t cell_count; /* of this row: columns beyond it are absent */
  lode_arena memory; /* of this row */
} lode_rows;

/* By the end of the name, with .gz or .zst behind it or not; other names are lists of lines. */
lode_rows_kind lode_rows_kind_of(const char *path);

/* Begin; reads the row of names where there is one (a byte-order mark is passed over).  LODE_E_INPUT with the line. */
int lode_rows_open(lode_rows *self, lode_rows_kind kind, lode_str bytes, bool has_names, lode_err *err);
void lode_rows_free(lode_rows *self);
/* The next row that is not empty, or *got false.  LODE_E_INPUT with the line says what is broken. */
int lode_rows_next(lode_rows *self, bool *got, lode_err *err);

static inline lode_cell lode_rows_cell(const lode_rows *self, size_t column) {
  return column < self->cell_count ? self->cells[column] : (lode_cell){LODE_CELL_NONE, {"", 0}};
}

#endif
