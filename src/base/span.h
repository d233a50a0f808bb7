/* span.h - a range of bytes.
 *
 * Half open, 0-based: [begin, end).  An empty span has begin == end and still has a place.
 * Positions inside a page fit 32 bits because --max-page is capped at 2 GiB; streams use this type.
 */
#ifndef LODE_SPAN_H
#define LODE_SPAN_H
#include <stddef.h>

typedef struct lode_span {
  size_t begin, end;
} lode_span;

/* Bytes with their length; not terminated.  Whoever made it says who owns the bytes. */
typedef struct lode_str {
  const char *ptr;
  size_t len;
} lode_str;

/* A lode_str of a string literal. */
#define LODE_STR(literal) ((lode_str){(literal), sizeof(literal) - 1})

#endif
