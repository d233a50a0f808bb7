/* csv.h - rows of comma-separated files (RFC 4180), read piece by piece.
 *
 * A field that begins with a quote mark ends at the next single one; two of them are one; it may hold separators and
 * line ends.  A quote mark inside of a field that does not begin with one is a character like others.
 */
#ifndef LODE_CSV_H
#define LODE_CSV_H
#include "buf.h"
#include <stdbool.h>

/* Where a search for the end of a row stands. */
typedef struct lode_csv_scan {
  size_t seen;                                                                   /* bytes of the row */
  enum { LODE_CSV_START, LODE_CSV_BARE, LODE_CSV_QUOTED, LODE_CSV_AFTER } state; /* AFTER: behind a closing mark */
} lode_csv_scan;

/* The end of the row that begins at bytes.ptr, behind its line end; 0 where it is not there yet (call again with more
 * bytes).  `whole`: nothing follows, so the row ends with the bytes at the latest. */
size_t lode_csv_row_end(lode_csv_scan *scan, lode_str bytes, char separator, bool whole);

/* The separator of a file by its first row: the commonest of comma, semicolon, tab and bar outside of quote marks. */
char lode_csv_separator(lode_str first_row);

/* Step over the next field of a row (its line end left out by the caller or not): its value, unquoted into out (cleared
 * first) where it has doubled quote marks, else a part of the row.  False behind the last; *at is 0 at first. */
bool lode_csv_field(lode_str row, size_t *at, char separator, lode_buf *out, lode_str *value, lode_err *err);

#endif
