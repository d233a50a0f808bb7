#include "commands.h"
#include "job.h"
#include "json.h"
#include "paint.h"
#include "terminal.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MARGIN = 9, COLORS = 6 };

typedef struct view_job {
  bool color, html;
} view_job;

/* A record's place in the content. */
typedef struct mark {
  uint32_t begin, end;
  lode_json_value record;
  unsigned color;
} mark;

typedef struct marks {
  mark *items;
  size_t count, cap;
} marks;

/* ---- records and where they stand ---- */

static bool number_of(lode_json_value record, const char *name, size_t *out) {
  lode_json_value value;
  if (!lode_json_get(record, name, &value) || value.type != LODE_JSON_NUMBER) return false;
  *out = (size_t)strtoull(value.text.ptr, NULL, 10);
  return true;
}

static unsigned color_of(lode_json_value type) {
  unsigned sum = 0;
  for (size_t i = 0; i < type.text.len; i++) sum = sum * 31 + (unsigned char)type.text.ptr[i];
  return sum % COLORS;
}

static int add_mark(marks *self, const lode_page *page, lode_json_value record, lode_err *err) {
  size_t start, end;
  lode_json_value type;
  if (!number_of(record, "start", &start) || !number_of(record, "end", &end)) return 0;
  if (self->count == self->cap) {
    size_t cap = self->cap ? self->cap * 2 : 32;
    mark *next = realloc(self->items, cap * sizeof *next);
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu records", cap);
    self->items = next;
    self->cap = cap;
  }
  mark item = {lode_paint_content(page, start, false), lode_paint_content(page, end, true), record, 0};
  if (lode_json_get(record, "type", &type)) item.color = color_of(type);
  if (item.begin < item.end) self->items[self->count++] = item;
  return 0;
}

static int by_place(const void *a, const void *b) {
  const mark *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->end > y->end ? -1 : x->end < y->end;
}

static int collect(marks *self, const lode_sight *sight, lode_err *err) {
  lode_str lines = sight->records;
  int code = 0;
  for (size_t at = 0; at < lines.len && code == 0;) {
    const char *stop = memchr(lines.ptr + at, '\n', lines.len - at);
    size_t len = stop ? (size_t)(stop - lines.ptr) - at : lines.len - at;
    lode_json_value record;
    if (lode_json_parse(lines.ptr + at, len, LODE_JSON_DEPTH + 1, &record, NULL) == 0)
      code = add_mark(self, sight->page, record, err);
    at += len + 1;
  }
  if (self->count > 1) qsort(self->items, self->count, sizeof *self->items, by_place);
  return code;
}

/* ---- a paragraph ---- */

static void put_color(lode_paint *out, const mark *innermost) {
  static const char *const colors[COLORS] = {"\x1B[1;31m", "\x1B[1;32m", "\x1B[1;33m",
                                             "\x1B[1;34m", "\x1B[1;35m", "\x1B[1;36m"};
  if (!out->color || out->code != 0) return;
  const char *text = innermost ? colors[innermost->color] : "\x1B[0m";
  out->code = lode_buf_text(out->out, text, out->err);
}

static const mark *innermost_at(const marks *all, uint32_t at) {
  const mark *found = NULL;
  for (size_t i = 0; i < all->count && all->items[i].begin <= at; i++)
    if (all->items[i].end > at) found = &all->items[i];
  return found;
}

/* Where the next record begins or ends behind `at`. */
static uint32_t next_edge(const marks *all, uint32_t at, uint32_t end) {
  for (size_t i = 0; i < all->count; i++) {
    if (all->items[i].begin > at && all->items[i].begin < end) end = all->items[i].begin;
    if (all->items[i].end > at && all->items[i].end < end) end = all->items[i].end;
  }
  return end;
}

static lode_str type_of(const mark *item) {
  lode_json_value type;
  if (!lode_json_get(item->record, "type", &type) || type.text.len < 2) return LODE_STR("?");
  return (lode_str){type.text.ptr + 1, type.text.len - 2};
}

static void put_text(lode_paint *out, const lode_page *page, const lode_paragraph *p, const marks *all) {
  for (uint32_t at = p->begin; at < p->end;) {
    for (size_t i = 0; i < all->count; i++) {
      if (all->items[i].begin != at) continue;
      lode_str type = type_of(&all->items[i]);
      put_color(out, NULL);
      lode_paint_print(out, LODE_INK_DIM, "[%.*s ", (int)type.len, type.ptr);
    }
    uint32_t end = next_edge(all, at, p->end);
    put_color(out, innermost_at(all, at));
    lode_paint_text(out, LODE_INK_PLAIN, page->content + at, end - at);
    put_color(out, NULL);
    for (size_t i = 0; i < all->count; i++)
      if (all->items[i].end == end && all->items[i].begin >= p->begin) lode_paint_print(out, LODE_INK_DIM, "]");
    at = end;
  }
  lode_paint_end(out);
}

static void put_fields(lode_paint *out, const mark *item) {
  static const char *const left_out[] = {"type", "page", "start", "end", "line", "rule", "text"};
  lode_str type = type_of(item);
  lode_json_iter members = lode_json_iter_of(item->record);
  lode_json_value name, value;
  bool any = false;
  while (lode_json_next(&members, &name, &value)) {
    bool shown = true;
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
      shown = shown && !lode_json_equals(name, left_out[i], strlen(left_out[i]));
    if (!shown) continue;
    if (!any) lode_paint_print(out, LODE_INK_DIM, "%*s : %.*s ", MARGIN, "", (int)type.len, type.ptr);
    lode_paint_print(out, LODE_INK_PLAIN, any ? ", " : "");
    lode_paint_text(out, LODE_INK_LINE, name.text.ptr + 1, name.text.len - 2);
    lode_paint_print(out, LODE_INK_PLAIN, " = ");
    lode_paint_text(out, LODE_INK_PLAIN, value.text.ptr, value.text.len);
    any = true;
  }
  if (any) lode_paint_end(out);
}

/* ---- as HTML: each page a section that stands alone, since pages come from several workers ---- */

static void add(lode_paint *out, const char *text) {
  if (out->code == 0) out->code = lode_buf_text(out->out, text, out->err);
}

/* Text of a page: no tag, no entity, no quote and no control character of it is one of ours. */
static void put_html_text(lode_paint *out, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c == '<') add(out, "&lt;");
    else if (c == '>') add(out, "&gt;");
    else if (c == '&') add(out, "&amp;");
    else if (c == '"') add(out, "&quot;");
    else if (c < 0x20 || c == 0x7F) add(out, " ");
    else if (out->code == 0) out->code = lode_buf_byte(out->out, (char)c, out->err);
  }
}

/* What a pointer that rests on the record shows: its type and fields. */
static void put_html_title(lode_paint *out, const mark *item) {
  lode_json_iter members = lode_json_iter_of(item->record);
  lode_json_value name, value;
  lode_str type = type_of(item);
  put_html_text(out, type.ptr, type.len);
  while (lode_json_next(&members, &name, &value)) {
    if (lode_json_equals(name, "page", 4) || lode_json_equals(name, "type", 4) || lode_json_equals(name, "text", 4))
      continue;
    add(out, "&#10;");
    put_html_text(out, name.text.ptr + 1, name.text.len - 2);
    add(out, " = ");
    put_html_text(out, value.text.ptr, value.text.len);
  }
}

static void put_html_paragraph(lode_paint *out, const lode_page *page, const lode_paragraph *p, const marks *all) {
  static const char *const colors[COLORS] = {"#fdd", "#dfd", "#ffc", "#ddf", "#fdf", "#dff"};
  add(out, p->zone == LODE_ZONE_BODY ? "<p>" : "<p style=\"color:#888\">");
  add(out, "<small style=\"color:#aaa\">");
  add(out, lode_zone_name(p->zone));
  add(out, "</small> ");
  for (uint32_t at = p->begin; at < p->end;) {
    uint32_t end = next_edge(all, at, p->end);
    const mark *in = innermost_at(all, at);
    if (in != NULL) {
      add(out, "<mark style=\"background:");
      add(out, colors[in->color]);
      add(out, "\" title=\"");
      put_html_title(out, in);
      add(out, "\">");
    }
    put_html_text(out, page->content + at, end - at);
    if (in != NULL) add(out, "</mark>");
    at = end;
  }
  add(out, "</p>\n");
}

static void put_html(lode_paint *out, const lode_page *page, const marks *all) {
  add(out, "<meta charset=\"utf-8\">\n<section style=\"font-family:sans-serif;max-width:50em;margin:2em auto\">\n<h2>");
  put_html_text(out, page->id.ptr, page->id.len);
  add(out, "</h2>\n");
  for (size_t i = 0; i < page->paragraph_count; i++) put_html_paragraph(out, page, &page->paragraphs[i], all);
  add(out, "</section>\n");
}

static int view_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const view_job *job = ud;
  const lode_page *page = sight->page;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  marks all = {0};
  out.code = collect(&all, sight, err);
  if (job->html) {
    put_html(&out, page, &all);
    sink->record_count += all.count;
    free(all.items);
    return out.code;
  }
  lode_paint_text(&out, LODE_INK_STRONG, page->id.ptr, page->id.len);
  lode_paint_end(&out);
  for (size_t i = 0; i < page->paragraph_count && out.code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    lode_paint_print(&out, LODE_INK_DIM, "%*s | ", MARGIN, lode_page_zone_name(page, p->zone));
    put_text(&out, page, p, &all);
    for (size_t k = 0; k < all.count; k++)
      if (all.items[k].begin >= p->begin && all.items[k].begin < p->end) put_fields(&out, &all.items[k]);
  }
  lode_paint_end(&out);
  sink->record_count += all.count;
  free(all.items);
  return out.code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (count < 2) lode_fail(&err, LODE_E_USAGE, "lode view SCRIPT PAGE...");
  if (settings->format) lode_fail(&err, LODE_E_USAGE, "view is for reading: for records write lode run -f FORMAT");
  if (err.code != 0) return lode_complain("view", &err);
  view_job job = {.color = settings->output ? settings->color && strcmp(settings->color, "always") == 0
                                            : lode_terminal_color(settings->color, STDOUT_FILENO),
                  .html = settings->html};
  lode_look look = {.page = view_page, .ud = &job, .records = true};
  return lode_job_run(&(lode_job){.command = "view",
                                  .settings = settings,
                                  .script = rest[0],
                                  .look = &look,
                                  .inputs = rest + 1,
                                  .input_count = count - 1});
}

const lode_command lode_command_view = {
    "view",
    "SCRIPT PAGE...",
    "show pages with the records of a script marked in them",
    "Each paragraph with its zone; [TYPE text] is a record, coloured by its type on a terminal, and its fields stand\n"
    "below the paragraph.\n"
    "\n"
    "    lode view scripts/quotes.lua page.txt --color always | less -R\n"
    "    lode view scripts/quotes.lua pages/ --sample 20 --html >look.html\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_view},
    run,
};
