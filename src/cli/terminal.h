/* terminal.h - text for people: nothing that a page, a path or a script wrote can steer a terminal.
 *
 * Control characters (C0 but tab, DEL, C1), direction overrides and isolates, and bytes that are no UTF-8
 * are shown as \x1B, \u{202E}, \xFF.  Everything that goes to standard error passes through here, terminal
 * or not, so that a log can be shown safely later.
 */
#ifndef LODE_TERMINAL_H
#define LODE_TERMINAL_H
#include "buf.h"
#include <stdbool.h>

/* Append text with everything harmful made visible. */
int lode_terminal_escape(const char *text, size_t len, lode_buf *out, lode_err *err);

/* Write one line to standard error, escaped, with a line end; failures are ignored: there is nobody to tell. */
void lode_terminal_say(const char *line, size_t len);

/* Whether colours are wanted on a descriptor: `color` is auto, always, never or NULL for auto; auto is a
 * terminal, with NO_COLOR unset and TERM not dumb. */
bool lode_terminal_color(const char *color, int fd);

/* Columns of the terminal at a descriptor, or 0 where it is none. */
size_t lode_terminal_columns(int fd);

/* Columns that valid UTF-8 takes. */
size_t lode_terminal_width(const char *text, size_t len);

#endif
