/* view.h - a page for reading: its paragraphs with their zones in the margin.
 *
 *     pages/003.txt
 *      headline | Minister rules out a second vote
 *          body | The minister said on Monday ...
 *           nav | Home | World | Sport
 *
 * Text is escaped (terminal.h) and wrapped to the terminal; colours tell zones apart.
 */
#ifndef LODE_VIEW_H
#define LODE_VIEW_H
#include "page.h"

typedef struct lode_view_style {
  bool color;
  size_t columns; /* 0: do not wrap */
} lode_view_style;

/* What fits a descriptor (-1: a file) and --color (NULL: auto). */
lode_view_style lode_view_style_for(int fd, const char *color);

int lode_view_page(const lode_view_style *style, const lode_page *page, lode_buf *out, lode_err *err);

#endif
