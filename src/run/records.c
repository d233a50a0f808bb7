#include "records.h"

#include "csv.h"
#include "lines.h"
#include "warc.h"
#include <inttypes.h>

/* Whether record or row `self->line` of the batch was chosen; moves `pick` on. */
static bool is_picked(lode_pages *self) {
  if (!self->batch->picked) return true;
  bool picked =
      self->pick < lode_batch_number_count(self->batch) && lode_batch_number(self->batch, self->pick) == self->number;
  self->pick += picked;
  return picked;
}

static lode_str part(lode_str bytes, lode_span span) {
  return (lode_str){bytes.ptr + span.begin, span.end - span.begin};
}

bool lode__records_step_warc(lode_pages *self) {
  lode_str bytes = self->mapping.bytes;
  lode_warc_record record;
  while (lode_warc_next(bytes, self->next, true, SIZE_MAX, &record) == LODE_WARC_RECORD) {
    self->at = self->next;
    self->next = record.end;
    self->number = self->count++;
    lode_warc_page page;
    if (!lode_warc_page_of(part(bytes, record.header), part(bytes, record.block), &page) || !is_picked(self)) continue;
    lode_str uri = lode_warc_field(part(bytes, record.header), "WARC-Target-URI");
    if (uri.len > 1 && uri.ptr[0] == '<') uri = (lode_str){uri.ptr + 1, uri.len - 2}; /* as WARC 1.0 has it */
    if (uri.len == 0) return lode__pages_name(self, self->batch->first_line + self->number), true;
    self->id.len = 0;
    lode_buf_add(&self->id, uri.ptr, uri.len, NULL);
    return true;
  }
  return false;
}

static int set_text(lode_page *page, const char *name, lode_str value, lode_err *err) {
  return value.len == 0 ? 0 : lode_page_set_meta_text(page, (lode_str){name, strlen(name)}, value, err);
}

int lode__records_fill_warc(lode_pages *self, lode_page *page, lode_err *err) {
  lode_str bytes = self->mapping.bytes, body;
  lode_warc_record record;
  lode_warc_page found;
  if (lode_warc_next(bytes, self->at, true, SIZE_MAX, &record) != LODE_WARC_RECORD ||
      !lode_warc_page_of(part(bytes, record.header), part(bytes, record.block), &found))
    return lode_fail(err, LODE_E_CHANGED, "the file changed while it was read");
  int code = lode_warc_body(&found, self->options->max_page, &self->raw, &body, err);
  if (code != 0) return code;
  lode_page_open(page, (lode_str){self->id.ptr, self->id.len}, body);
  page->record = true;
  page->html = found.html;
  code = set_text(page, "url", lode_warc_field(part(bytes, record.header), "WARC-Target-URI"), err);
  if (code == 0) code = set_text(page, "fetched", lode_warc_field(part(bytes, record.header), "WARC-Date"), err);
  return code != 0 ? code : set_text(page, "content_type", found.type, err);
}

/* ---- CSV ------------------------------------------------------------------------------------------------------- */

static uint64_t count_line_ends(const char *text, size_t len) {
  uint64_t count = 0;
  for (const char *at = text, *end = text + len; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) count++;
  return count;
}

/* The row at `next`, with what is wrong with it in self->row; empty at the end. */
static lode_str row_at_next(lode_pages *self) {
  lode_str rest = {self->mapping.bytes.ptr + self->next, self->mapping.bytes.len - self->next};
  self->row = (lode_csv_scan){0};
  if (rest.len > 0)
    rest.len = lode_csv_row_end(&self->row, rest, self->batch->separator, lode__longest_row(self->options), true);
  return rest;
}

bool lode__records_step_csv(lode_pages *self) {
  for (lode_str row; (row = row_at_next(self)).len > 0;) {
    uint64_t line = self->batch->first_line + self->line;
    self->at = self->next;
    self->next += row.len;
    self->number = self->count++;
    self->line += count_line_ends(row.ptr, row.len);
    if (lode_line_is_blank(row.ptr, 0, row.len) || !is_picked(self)) continue;
    self->row_line = line;
    lode__pages_name(self, line);
    return true;
  }
  return false;
}

/* A row that cannot be read as it is. */
static int check_row(const lode_pages *self, lode_str row, lode_err *err) {
  const lode_csv_scan *scan = &self->row;
  if (scan->flaw == LODE_CSV_GOOD) return 0;
  uint64_t line = self->row_line + count_line_ends(row.ptr, scan->flaw_at);
  if (scan->flaw == LODE_CSV_BEHIND)
    return lode_fail(err, LODE_E_INPUT,
                     "text behind a closing quote in line %" PRIu64 ": a quote inside a quoted field is written twice",
                     line);
  return lode_fail(
      err, LODE_E_INPUT,
      "the quote opened in line %" PRIu64 " is not closed, or a quote inside its field is not written twice", line);
}

typedef struct columns {
  lode_str head, row;
  size_t head_at, row_at;
  lode_buf name_bytes, value_bytes;
} columns;

/* The next column that the row has a value for. */
static bool next_column(lode_pages *self, columns *c, lode_str *name, lode_str *value) {
  char separator = self->batch->separator;
  return lode_csv_field(c->head, &c->head_at, separator, &c->name_bytes, name, NULL) &&
         lode_csv_field(c->row, &c->row_at, separator, &c->value_bytes, value, NULL);
}

static bool is_column(lode_str name, const char *want) {
  return name.len == strlen(want) && memcmp(name.ptr, want, name.len) == 0;
}

static int read_row(lode_pages *self, columns *c, lode_page *page, lode_err *err) {
  lode_str name, value;
  bool text = false;
  int code = 0;
  self->raw.len = 0;
  while (code == 0 && next_column(self, c, &name, &value)) {
    if (is_column(name, "text") && !text) {
      text = true;
      code = lode_buf_add(&self->raw, value.ptr, value.len, err);
    } else if (is_column(name, "id") && value.len > 0) {
      self->id.len = 0;
      code = lode_buf_add(&self->id, value.ptr, value.len, err);
    }
  }
  if (code != 0) return code;
  bool more = lode_csv_field(c->row, &c->row_at, self->batch->separator, &c->value_bytes, &value, NULL);
  if (more && !lode_csv_field(c->head, &c->head_at, self->batch->separator, &c->name_bytes, &name, NULL))
    return lode_fail(err, LODE_E_INPUT, "a row with more fields than the first row has names");
  if (!text) return lode_fail(err, LODE_E_INPUT, "a row that ends before the column \"text\"");
  lode_page_open(page, (lode_str){self->id.ptr, self->id.len}, (lode_str){self->raw.ptr, self->raw.len});
  page->record = true;
  c->head_at = c->row_at = 0;
  while (code == 0 && next_column(self, c, &name, &value))
    if (!is_column(name, "text") && !is_column(name, "id") && value.len > 0)
      code = lode_page_set_meta_text(page, name, value, err);
  return code;
}

int lode__records_fill_csv(lode_pages *self, lode_page *page, lode_err *err) {
  columns c = {.head = {self->batch->head.ptr, self->batch->head.len},
               .row = {self->mapping.bytes.ptr + self->at, self->next - self->at}};
  int code = check_row(self, c.row, err);
  if (code == 0) code = read_row(self, &c, page, err);
  if (code != 0) lode__pages_name(self, self->row_line); /* a row that is no page is named by where it stands */
  lode_buf_free(&c.name_bytes);
  lode_buf_free(&c.value_bytes);
  return code;
}
