/* view.h - a page for reading: its paragraphs with their zones in the margin.
 *
 *     pages/003.txt
 *      headline | Minister rules out a second vote
 *          body | The minister said on Monday ...
 *           nav | Home | World | Sport
 *
 * Text is escaped (terminal.h) and wrapped behind the margin; colours tell zones apart.
 */
#ifndef LODE_VIEW_H
#define LODE_VIEW_H
#include "page.h"

typedef struct lode_view_style {
  bool color;
  size_t columns; /* too few for a margin and a word or two: lines are not wrapped */
} lode_view_style;

/* What fits a descriptor (-1: a file), --color (NULL: auto) and --width (0: the terminal's, or 100 where there is
 * none). */
lode_view_style lode_view_style_for(int fd, const char *color, size_t width);

int lode_view_page(const lode_view_style *style, const lode_page *page, lode_buf *out, lode_err *err);

#endif
