/* csvtable.h - a whole sheet as rows of cells, as spreadsheets save it: rows.h with all rows in memory.
 *
 * Commas, semicolons or tabs, by the first line.  A cell that lode defused (a ' before = + - @, tab or CR, as
 * lua/lode/out/csv.lua writes it) is what it was before.
 *
 * Lifetime   The table owns its cells.
 */
#ifndef LODE_CSVTABLE_H
#define LODE_CSVTABLE_H
#include "arena.h"

typedef struct lode_csv {
  lode_str *cells; /* row by row, `columns` each; the first row is the names */
  size_t rows, columns, cap;
  uint32_t *lines; /* by row: its line in the file, from 1 */
  lode_arena memory;
} lode_csv;

/* LODE_E_INPUT with the line where a quoted cell is not closed. */
int lode_csv_read(lode_csv *self, lode_str text, lode_err *err);
void lode_csv_free(lode_csv *self);

/* The number of the column, or SIZE_MAX. */
size_t lode_csv_column(const lode_csv *self, const char *name);
/* Row from 1 (0 is the names); an empty string for column SIZE_MAX. */
lode_str lode_csv_cell(const lode_csv *self, size_t row, size_t column);

#endif
