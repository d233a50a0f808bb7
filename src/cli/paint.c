#include "paint.h"
#include "terminal.h"
#include "unicode.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const inks[] = {
    [LODE_INK_PLAIN] = "",           [LODE_INK_PAGE] = "\x1B[35m",  [LODE_INK_LINE] = "\x1B[32m",
    [LODE_INK_MATCH] = "\x1B[1;31m", [LODE_INK_DIM] = "\x1B[2m",    [LODE_INK_GOOD] = "\x1B[32m",
    [LODE_INK_BAD] = "\x1B[1;31m",   [LODE_INK_STRONG] = "\x1B[1m",
};

static void add(lode_paint *self, const char *text, size_t len) {
  if (self->code == 0) self->code = lode_buf_add(self->out, text, len, self->err);
}

static void begin(lode_paint *self, lode_ink ink) {
  if (self->color) add(self, inks[ink], strlen(inks[ink]));
}

static void end(lode_paint *self, lode_ink ink) {
  if (self->color && ink != LODE_INK_PLAIN) add(self, "\x1B[0m", 4);
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void lode_paint_text(lode_paint *self, lode_ink ink, const char *text, size_t len) {
  begin(self, ink);
  for (size_t at = 0; at < len;) {
    size_t stop = at;
    while (stop < len && !is_space(text[stop])) stop++;
    if (self->code == 0) self->code = lode_terminal_escape(text + at, stop - at, self->out, self->err);
    if (stop < len) add(self, " ", 1);
    while (stop < len && is_space(text[stop])) stop++;
    at = stop;
  }
  end(self, ink);
}

void lode_paint_word(lode_paint *self, lode_ink ink, const char *text) {
  lode_paint_text(self, ink, text, strlen(text));
}

void lode_paint_print(lode_paint *self, lode_ink ink, const char *format, ...) {
  char text[600];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  begin(self, ink);
  if (len > 0) add(self, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
  end(self, ink);
}

void lode_paint_end(lode_paint *self) {
  while (self->out->len > 0 && self->out->ptr[self->out->len - 1] == ' ') self->out->len--;
  add(self, "\n", 1);
}

lode_span lode_paint_range(const lode_page *page, uint32_t begin_token, uint32_t end_token) {
  if (begin_token >= end_token) return (lode_span){0, 0};
  return (lode_span){page->tokens.items[begin_token].begin, page->tokens.items[end_token - 1].end};
}

size_t lode_paint_line(lode_page *page, size_t at) {
  size_t line = 0;
  lode_span raw = lode_page_raw(page, at, at + 1 <= page->content_len ? at + 1 : at);
  return lode_page_line(page, raw.begin, &line, NULL) == 0 ? line : 0;
}

uint32_t lode_paint_content(const lode_page *page, size_t raw, bool end) {
  size_t low = 0, high = page->tokens.count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    lode_span at = lode_page_raw(page, page->tokens.items[mid].begin, page->tokens.items[mid].end);
    if (end ? at.end < raw : at.begin < raw) low = mid + 1;
    else high = mid;
  }
  if (low == page->tokens.count) return (uint32_t)page->content_len;
  return end ? page->tokens.items[low].end : page->tokens.items[low].begin;
}

size_t lode_paint_fit(lode_str text, size_t columns, bool front, lode_str *part, bool *cut) {
  size_t width = lode_terminal_width(text.ptr, text.len);
  *part = text;
  *cut = width > columns;
  while (width > columns && part->len > 0) {
    uint32_t cp = 0;
    size_t step = 1;
    if (front) {
      step = lode_utf8_next(part->ptr, &cp);
      part->ptr += step;
    } else {
      while (step < part->len && (part->ptr[part->len - step] & 0xC0) == 0x80) step++;
      lode_utf8_next(part->ptr + part->len - step, &cp);
    }
    part->len -= step;
    int one = lode_width(cp);
    width -= one > 0 ? (size_t)one : 0;
  }
  return width;
}
