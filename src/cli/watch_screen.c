#include "terminal.h"
#include "watcher.h"
#include <string.h>

enum { LINES_SHOWN = 6 };

static const lode_ink inks[] = {LODE_INK_BAD, LODE_INK_STRONG, LODE_INK_GOOD};

static size_t count_lines(const lode_buf *text, size_t from) {
  size_t lines = 0;
  for (size_t i = from; i < text->len; i++) lines += text->ptr[i] == '\n';
  return lines;
}

static void put_header(const lode_watcher *watcher, lode_paint *out) {
  size_t counts[3] = {0};
  for (size_t i = 0; i < watcher->changes.count; i++) counts[watcher->changes.items[i].kind]++;
  lode_paint_word(out, LODE_INK_STRONG, watcher->script);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  if (lode_watcher_compares(watcher)) {
    lode_paint_print(out, LODE_INK_GOOD, "+%zu", counts[LODE_CHANGE_ADDED]);
    lode_paint_print(out, LODE_INK_BAD, " -%zu", counts[LODE_CHANGE_REMOVED]);
    lode_paint_print(out, LODE_INK_STRONG, " ~%zu", counts[LODE_CHANGE_CHANGED]);
    lode_paint_print(out, LODE_INK_PLAIN, "  ");
  }
  lode_paint_print(out, LODE_INK_PLAIN, "%zu records", watcher->records);
  if (watcher->whole) lode_paint_print(out, LODE_INK_PLAIN, " on %zu pages", watcher->live.page_count);
  else lode_paint_print(out, LODE_INK_STRONG, " on %zu of %zu pages", watcher->arrived, watcher->live.page_count);
  if (watcher->passed > 0) lode_paint_print(out, LODE_INK_PLAIN, ", %zu examples pass", watcher->passed);
  if (watcher->whole)
    lode_paint_print(out, LODE_INK_DIM, "  first %.0f ms, whole %.0f ms", (double)watcher->first_ns / 1e6,
                     (double)watcher->whole_ns / 1e6);
  lode_paint_end(out);
}

static void put_lines(lode_paint *out, lode_ink ink, const lode_buf *text) {
  size_t shown = 0;
  for (size_t at = 0; at < text->len; shown++) {
    const char *end = memchr(text->ptr + at, '\n', text->len - at);
    size_t len = end == NULL ? text->len - at : (size_t)(end - text->ptr) - at;
    if (shown < LINES_SHOWN) {
      lode_paint_text(out, ink, text->ptr + at, len);
      lode_paint_end(out);
    }
    at += len + 1;
  }
  if (shown > LINES_SHOWN) lode_paint_print(out, LODE_INK_DIM, "  ... and %zu more\n", shown - LINES_SHOWN);
}

/* The match in the middle of its paragraph, cut to the width. */
static void put_context(const lode_screen *self, lode_paint *out, const lode_page *page, const lode_found *found,
                        lode_ink ink) {
  size_t begin = lode_paint_content(page, found->start, false), end = lode_paint_content(page, found->end, true);
  size_t p = lode_page_paragraph_at(page, begin);
  size_t room = self->columns > 20 ? self->columns - 8 : 12;
  if (p >= page->paragraph_count || begin >= end) return;
  const lode_paragraph *around = &page->paragraphs[p];
  size_t high = around->end > end ? around->end : end, low = around->begin < begin ? around->begin : begin;
  lode_str left, middle, right;
  bool cut;
  lode_str text = {page->content + begin, end - begin};
  size_t used = lode_paint_fit(text, room * 2 / 3, false, &middle, &cut);
  size_t side = (room - used) / 2;
  lode_paint_fit((lode_str){page->content + low, begin - low}, side, true, &left, &cut);
  used += lode_terminal_width(left.ptr, left.len);
  lode_paint_fit((lode_str){page->content + end, high - end}, room > used ? room - used : 0, false, &right, &cut);
  lode_paint_print(out, LODE_INK_PLAIN, "      ");
  lode_paint_text(out, LODE_INK_PLAIN, left.ptr, left.len);
  lode_paint_text(out, ink, middle.ptr, middle.len);
  if (middle.len < text.len) lode_paint_print(out, LODE_INK_DIM, "...");
  lode_paint_text(out, LODE_INK_PLAIN, right.ptr, right.len);
  lode_paint_end(out);
}

static void put_change(const lode_screen *self, lode_watcher *watcher, lode_paint *out, size_t i) {
  const lode_change *change = &watcher->changes.items[i];
  const lode_found *found = lode_change_of(change);
  const lode_page *page = lode_watcher_page(watcher, found);
  lode_paint_print(out, LODE_INK_STRONG, i == self->selected ? "> " : "  ");
  if (!lode_watcher_compares(watcher)) lode_found_put(out, LODE_INK_PLAIN, " ", found);
  else lode_changes_put(out, change);
  if (page != NULL && found->placed) put_context(self, out, page, found, inks[change->kind]);
}

/* Scroll so that the selected one is in view: blocks differ in height, so the nearest start that fits is looked for. */
static void put_list(lode_screen *self, lode_watcher *watcher, lode_paint *out, size_t rows) {
  size_t count = watcher->changes.count;
  if (self->selected >= count) self->selected = count > 0 ? count - 1 : 0;
  if (self->top > self->selected) self->top = self->selected;
  for (;;) {
    size_t begin = out->out->len, at = self->top;
    bool seen = false;
    while (at < count && out->code == 0) {
      size_t before = out->out->len;
      put_change(self, watcher, out, at);
      if (count_lines(out->out, begin) > rows) {
        out->out->len = before;
        break;
      }
      seen = seen || at == self->selected;
      at++;
    }
    if (seen || count == 0 || self->top >= self->selected || out->code != 0) return;
    out->out->len = begin;
    self->top++;
  }
}

int lode_screen_draw(lode_screen *self, lode_watcher *watcher, lode_buf *out, lode_err *err) {
  lode_paint paint = {.out = out, .color = self->color, .err = err};
  size_t begin = out->len;
  paint.code = lode_watcher_compare(watcher, err);
  put_header(watcher, &paint);
  put_lines(&paint, LODE_INK_BAD, &watcher->error);
  put_lines(&paint, LODE_INK_BAD, &watcher->failures);
  put_lines(&paint, LODE_INK_STRONG, &watcher->warnings);
  put_lines(&paint, LODE_INK_DIM, &watcher->said);
  if (lode_watcher_compares(watcher) && watcher->whole && watcher->changes.count == 0)
    lode_paint_print(&paint, LODE_INK_DIM, "nothing changed; a shows all records\n");
  size_t used = count_lines(out, begin);
  if (self->rows == 0) put_list(self, watcher, &paint, SIZE_MAX);
  else if (self->rows > used + 1) put_list(self, watcher, &paint, self->rows - used - 1);
  return paint.code;
}
