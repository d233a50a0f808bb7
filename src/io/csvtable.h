/* csvtable.h - a whole CSV file as rows of cells, as spreadsheets save it.
 *
 * RFC 4180, and what programs make of it: LF or CR LF, a byte order mark, tab or semicolon in place of the comma (taken
 * from the first line), rows that are too short or too long.  A cell that lode defused (a ' before = + - @, tab or CR,
 * as lua/lode/out/csv.lua writes it) is what it was before.
 *
 * Lifetime   Cells borrow the table's own bytes.
 */
#ifndef LODE_CSVTABLE_H
#define LODE_CSVTABLE_H
#include "buf.h"

typedef struct lode_csv {
  lode_str *cells; /* row by row, `columns` each; the first row is the names */
  size_t rows, columns, cap;
  uint32_t *lines; /* by row: its line in the file, from 1 */
  char *bytes;
} lode_csv;

/* LODE_E_INPUT with the line where a quoted cell is not closed. */
int lode_csv_read(lode_csv *self, lode_str text, lode_err *err);
void lode_csv_free(lode_csv *self);

/* The number of the column, or SIZE_MAX. */
size_t lode_csv_column(const lode_csv *self, const char *name);
/* Row from 1 (0 is the names); an empty string for column SIZE_MAX. */
lode_str lode_csv_cell(const lode_csv *self, size_t row, size_t column);

#endif
