/* struct winsize and TIOCGWINSZ are not in POSIX 2008. */
#define _DEFAULT_SOURCE
#include "terminal.h"
#include "unicode.h"
#include "utf8.h"
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_harmful(uint32_t cp) {
  if (cp < 0x20) return cp != '\t';
  if (cp >= 0x7F && cp < 0xA0) return true;
  if (cp == 0x200E || cp == 0x200F || cp == 0x061C) return true;
  return (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

int lode_terminal_escape(const char *text, size_t len, lode_buf *out, lode_err *err) {
  size_t begin = 0, at = 0;
  int code = 0;
  while (at < len && code == 0) {
    uint32_t cp = 0;
    size_t step = lode_utf8_decode(text + at, len - at, &cp);
    if (cp != UINT32_MAX && !is_harmful(cp)) {
      at += step;
      continue;
    }
    code = lode_buf_add(out, text + begin, at - begin, err);
    if (cp == UINT32_MAX)
      for (size_t i = 0; i < step && code == 0; i++)
        code = lode_buf_printf(out, err, "\\x%02X", (unsigned)(unsigned char)text[at + i]);
    else if (code == 0) code = lode_buf_printf(out, err, cp < 0x80 ? "\\x%02X" : "\\u{%X}", (unsigned)cp);
    at += step;
    begin = at;
  }
  return code ? code : lode_buf_add(out, text + begin, at - begin, err);
}

void lode_terminal_say(const char *line, size_t len) {
  lode_buf out = {0};
  if (lode_terminal_escape(line, len, &out, NULL) == 0 && lode_buf_byte(&out, '\n', NULL) == 0)
    for (size_t done = 0; done < out.len;) {
      ssize_t wrote = write(STDERR_FILENO, out.ptr + done, out.len - done);
      if (wrote <= 0) break;
      done += (size_t)wrote;
    }
  lode_buf_free(&out);
}

bool lode_terminal_color(const char *color, int fd) {
  if (color && strcmp(color, "always") == 0) return true;
  if (color && strcmp(color, "never") == 0) return false;
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  if ((no_color && *no_color) || !term || strcmp(term, "dumb") == 0) return false;
  return isatty(fd) == 1;
}

size_t lode_terminal_columns(int fd) {
  struct winsize size = {0};
  if (isatty(fd) != 1 || ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

size_t lode_terminal_width(const char *text, size_t len) {
  size_t columns = 0;
  for (size_t at = 0; at < len;) {
    uint32_t cp = 0;
    at += lode_utf8_next(text + at, &cp);
    int width = lode_width(cp);
    columns += width > 0 ? (size_t)width : 0;
  }
  return columns;
}
