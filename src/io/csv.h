/* csv.h - rows of comma-separated files (RFC 4180), read piece by piece.
 *
 * A field that begins with a quote mark ends at the next single one; two of them are one; it may hold separators and
 * line ends.  Behind its closing mark white space is passed over.  A quote mark inside of a field that does not begin
 * with one is a character like others.
 *
 * What is broken costs the row in which it stands, and no more:
 *     text behind a closing mark, on the line of the opening one: the row ends where it would without that;
 *     a quoted field that does not end by the end of the input or within `longest` bytes, or that has text behind its
 *     closing mark on a later line (which is most often the mark of another row): the row ends with the line of the
 *     field's opening mark, and the next line is a row again.
 *
 * Cost       One pass, and at most a second one over what is broken: marks inside a quoted field come in pairs, and
 *            rows that are made of its lines cannot leave a field open.
 */
#ifndef LODE_CSV_H
#define LODE_CSV_H
#include "buf.h"
#include <stdbool.h>

typedef enum lode_csv_flaw {
  LODE_CSV_GOOD,
  LODE_CSV_BEHIND, /* text behind a closing mark, at `flaw_at` */
  LODE_CSV_OPEN,   /* the quoted field that begins at `flaw_at` does not end, or not as it should */
  LODE_CSV_LONG    /* no end within `longest` bytes, on one line */
} lode_csv_flaw;

/* Where a search for the end of a row stands; all 0 at first. */
typedef struct lode_csv_scan {
  size_t seen; /* bytes of the row */
  enum {
    LODE_CSV_START,
    LODE_CSV_BARE,
    LODE_CSV_QUOTED,
    LODE_CSV_AFTER, /* behind a closing mark */
    LODE_CSV_CLOSED /* behind a closing mark and white space */
  } state;
  bool marked; /* a quoted field was opened, the last one at `mark` */
  size_t mark;
  lode_csv_flaw flaw; /* the last one of the row */
  size_t flaw_at;
} lode_csv_scan;

/* The end of the row that begins at bytes.ptr, behind its line end; 0 where it is not there yet (call again with more
 * bytes).  `whole`: nothing follows, so the row ends with the bytes at the latest.  Separator '\0' stands for any that
 * lode_csv_separator knows.  After LODE_CSV_LONG with 0 the row goes on to the end of the line, and there is no need to
 * keep it.  Bytes that are cut behind the end of any row give the same ends for the rows before the cut. */
size_t lode_csv_row_end(lode_csv_scan *scan, lode_str bytes, char separator, size_t longest, bool whole);

/* The separator of a file by its first row: the commonest of comma, semicolon, tab and bar outside of quote marks. */
char lode_csv_separator(lode_str first_row);

/* Step over the next field of a good row (its line end left out by the caller or not): its value, unquoted into out
 * (cleared first) where it has doubled quote marks, else a part of the row.  False behind the last; *at is 0 at first.
 */
bool lode_csv_field(lode_str row, size_t *at, char separator, lode_buf *out, lode_str *value, lode_err *err);

#endif
