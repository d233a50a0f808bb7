/* paint.h - text for people, piece by piece: escaped (terminal.h), on one line, in colour where that is wanted.
 *
 * Nothing is written after a failure, so the code is looked at once, at the end.
 */
#ifndef LODE_PAINT_H
#define LODE_PAINT_H
#include "buf.h"
#include "page.h"
#include <stdbool.h>

typedef enum lode_ink {
  LODE_INK_PLAIN,
  LODE_INK_PAGE,
  LODE_INK_LINE,
  LODE_INK_MATCH,
  LODE_INK_DIM,
  LODE_INK_GOOD,
  LODE_INK_BAD,
  LODE_INK_STRONG,
} lode_ink;

typedef struct lode_paint {
  lode_buf *out;
  bool color;
  lode_err *err;
  int code;
} lode_paint;

/* Runs of white space become one space, the line ends of a page's text with them. */
void lode_paint_text(lode_paint *self, lode_ink ink, const char *text, size_t len);
void lode_paint_word(lode_paint *self, lode_ink ink, const char *text);
/* As printf; what comes out is not escaped: give it numbers, and text of our own. */
void lode_paint_print(lode_paint *self, lode_ink ink, const char *format, ...) __attribute__((format(printf, 3, 4)));
void lode_paint_end(lode_paint *self); /* of the line, without the spaces that columns leave there */

/* The content bytes of tokens begin to end, end not included; empty where there are none. */
lode_span lode_paint_range(const lode_page *page, uint32_t begin, uint32_t end);
/* The line of a content byte in the raw page; 0 where that cannot be said. */
size_t lode_paint_line(lode_page *page, size_t at);

/* The content byte where the token that begins (`end`: ends) at or behind a raw byte begins (ends). */
uint32_t lode_paint_content(const lode_page *page, size_t raw, bool end);

/* Text of at most `columns`, cut with an ellipsis at its beginning (`front`) or its end, into out; how many columns
 * it takes. */
size_t lode_paint_fit(lode_str text, size_t columns, bool front, lode_str *part, bool *cut);

#endif
