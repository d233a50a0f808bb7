/* lines.h - where lines end; a line includes its '\n', the last one may lack it. */
#ifndef LODE_LINES_H
#define LODE_LINES_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The end of the line that holds text[at] (at < len). */
static inline size_t lode_line_end(const char *text, size_t at, size_t len) {
  const char *end = memchr(text + at, '\n', len - at);
  return end == NULL ? len : (size_t)(end - text) + 1;
}

/* The end of the last line that has its '\n', or 0 where there is none. */
static inline size_t lode_last_line_end(const char *text, size_t len) {
  while (len > 0 && text[len - 1] != '\n') len--;
  return len;
}

/* Nothing but ASCII white space: no page. */
static inline bool lode_line_is_blank(const char *text, size_t begin, size_t end) {
  while (begin < end && (text[begin] == ' ' || (text[begin] >= '\t' && text[begin] <= '\r'))) begin++;
  return begin == end;
}

#endif
