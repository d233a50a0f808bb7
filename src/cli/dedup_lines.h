/* dedup_lines.h - `dedup --by line` of plain texts without ids: lines in, new lines out, in order, at the speed of a pass.
 *
 * Equal bytes are known by 128-bit hashes, of which a line that is kept leaves 16 bytes; a blank line is always kept.
 * Cost: one hash and one cache miss a line, which is asked for 32 lines ahead.
 */
#ifndef LODE_DEDUP_LINES_H
#define LODE_DEDUP_LINES_H
#include "file.h"

typedef struct lode_line_filter lode_line_filter;

int lode_line_filter_open(lode_line_filter **out, lode_err *err);
void lode_line_filter_free(lode_line_filter *self);

/* Filter whole lines (the last may lack its end) into out. */
int lode_line_filter_take(lode_line_filter *self, const char *text, size_t len, lode_outfile *out, lode_err *err);

/* All of a text (a file or "-"; compressed ones are opened): its line ends are kept as they are. */
int lode_line_filter_file(lode_line_filter *self, const char *path, lode_outfile *out, lode_err *err);

#endif
