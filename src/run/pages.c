#include "pages.h"

#include "lines.h"
#include "records.h"
#include <inttypes.h>
#include <stdio.h>

int lode_pages_open(lode_pages *self, const lode_run_options *options, const lode_batch *batch, int fd, lode_err *err) {
  self->options = options;
  self->batch = batch;
  self->at = self->line = self->pick = self->next = 0;
  self->number = self->count = 0;
  self->started = false;
  if (batch->shape == LODE_BATCH_NONE || batch->shape == LODE_BATCH_FILES) return 0;
  const char *path = options->inputs->items[batch->input].path;
  int code = fd >= 0 ? lode_file_map_fd(fd, 0, (size_t)batch->len, &self->mapping, err)
                     : lode_file_map(path, batch->offset, (size_t)batch->len, &self->mapping, err);
  if (code != 0) return code;
  if (self->mapping.bytes.len != batch->len)
    return lode_fail(err, LODE_E_CHANGED, "%s became shorter while it was read", path);
  return 0;
}

static void set_id(lode_pages *self, const char *path, uint64_t line) {
  char number[32] = "";
  if (line != 0) snprintf(number, sizeof number, "#%" PRIu64, line);
  self->id.len = 0;
  /* Out of memory here leaves an empty id; the page's own reading will fail for the same reason. */
  if (lode_buf_text(&self->id, path, NULL) == 0) lode_buf_text(&self->id, number, NULL);
}

void lode__pages_name(lode_pages *self, uint64_t number) {
  set_id(self, self->options->inputs->items[self->batch->input].path, number);
}

/* Move `at` and `line` to the next line that is a page. */
static bool step_line(lode_pages *self) {
  lode_str text = self->mapping.bytes;
  const lode_batch *batch = self->batch;
  if (self->started) {
    self->at = self->next;
    self->line++;
  }
  for (; self->at < text.len; self->at = self->next, self->line++) {
    self->next = lode_line_end(text.ptr, self->at, text.len);
    if (batch->picked) {
      if (self->pick == lode_batch_number_count(batch)) return false;
      if (lode_batch_number(batch, self->pick) != self->line) continue;
      self->pick++;
      return true;
    }
    if (!lode_line_is_blank(text.ptr, self->at, self->next)) return true;
  }
  return false;
}

bool lode_pages_step(lode_pages *self) {
  const lode_batch *batch = self->batch;
  const lode_input *inputs = self->options->inputs->items;
  bool more = false;
  switch (batch->shape) {
    case LODE_BATCH_NONE: break;
    case LODE_BATCH_FILES:
      if (self->started) self->at++;
      more = self->at < lode_batch_number_count(batch);
      if (more) set_id(self, inputs[lode_batch_number(batch, self->at)].path, 0);
      break;
    case LODE_BATCH_LINES:
      more = step_line(self);
      if (more) set_id(self, inputs[batch->input].path, batch->first_line + self->line);
      break;
    case LODE_BATCH_WARC: more = lode__records_step_warc(self); break;
    case LODE_BATCH_CSV: more = lode__records_step_csv(self); break;
    case LODE_BATCH_TEXT:
      more = !self->started;
      if (more) set_id(self, inputs[batch->input].path, 0);
      break;
  }
  self->item = self->started ? self->item + 1 : 0;
  self->started = true;
  return more;
}

/* The kind of a whole page, as the reader found it: the same question, asked of the same first bytes. */
static bool is_html(const lode_pages *self, const char *path, lode_str raw) {
  lode_kind kind = self->options->kind;
  return (kind == LODE_KIND_AUTO ? lode_kind_of(path, raw.ptr, raw.len) : kind) == LODE_KIND_HTML;
}

static int fill_file(lode_pages *self, lode_page *page, lode_err *err) {
  const char *path = self->options->inputs->items[lode_batch_number(self->batch, self->at)].path;
  self->raw.len = 0;
  int code = lode_file_read(path, self->options->max_page, &self->raw, err);
  if (code == LODE_E_LIMIT)
    lode_fail(err, code, "a page of more than %zu bytes; --max-page allows larger ones", self->options->max_page);
  if (code != 0) return code;
  lode_page_open(page, (lode_str){self->id.ptr, self->id.len}, (lode_str){self->raw.ptr, self->raw.len});
  page->html = is_html(self, path, page->raw);
  return 0;
}

/* A JSON line is stepped through once, for its strings are long. */
typedef struct member {
  lode_json_value name, value;
} member;

static int list_members(lode_pages *self, lode_json_value line, lode_err *err) {
  lode_json_iter members = lode_json_iter_of(line);
  member next;
  int code = 0;
  self->members.len = 0;
  while (code == 0 && lode_json_next(&members, &next.name, &next.value))
    code = lode_buf_add(&self->members, &next, sizeof next, err);
  return code;
}

static const member *members_of(const lode_pages *self, size_t *count) {
  *count = self->members.len / sizeof(member);
  return (const member *)(const void *)self->members.ptr;
}

static bool is_name(lode_json_value name, const char *want) {
  return lode_json_equals(name, want, strlen(want));
}

/* Of members of one name the last counts, as in lode_json_get. */
static bool get_member(const lode_pages *self, const char *name, lode_json_value *out) {
  size_t count;
  const member *members = members_of(self, &count);
  while (count > 0 && !is_name(members[count - 1].name, name)) count--;
  if (count > 0) *out = members[count - 1].value;
  return count > 0;
}

/* The names that a JSON line without "text" does have, for the message. */
static int fail_without_text(const lode_pages *self, lode_err *err) {
  char names[400] = "";
  size_t len = 0, count;
  const member *members = members_of(self, &count);
  for (size_t i = 0; i < count && len < sizeof names - 60; i++) {
    lode_str name = members[i].name.text;
    len += (size_t)snprintf(names + len, sizeof names - len, "%s%.*s", len == 0 ? "" : ", ",
                            name.len > 40 ? 40 : (int)name.len, name.ptr);
  }
  return lode_fail(err, LODE_E_INPUT, "a JSON line needs a string field \"text\"; this one has %s",
                   len == 0 ? "no fields" : names);
}

static int set_line_id(lode_pages *self, lode_json_value id, lode_err *err) {
  if (id.type != LODE_JSON_STRING && id.type != LODE_JSON_NUMBER) return 0;
  lode_buf *decoded = &self->scratch;
  decoded->len = 0;
  int code = id.type == LODE_JSON_STRING ? lode_json_decode(id, decoded, err)
                                         : lode_buf_add(decoded, id.text.ptr, id.text.len, err);
  if (code != 0 || decoded->len == 0) return code;
  self->id.len = 0;
  return lode_buf_add(&self->id, decoded->ptr, decoded->len, err);
}

static int set_meta(lode_pages *self, lode_page *page, lode_json_value name, lode_json_value value, lode_err *err) {
  self->scratch.len = 0;
  int code = lode_json_decode(name, &self->scratch, err);
  if (code != 0) return code;
  return lode_page_set_meta(page, (lode_str){self->scratch.ptr, self->scratch.len}, value.text, err);
}

/* The metadata of a page as lode clean writes it: fields of one object, under those of the line. */
static int set_inner_meta(lode_pages *self, lode_page *page, lode_err *err) {
  lode_json_value meta, name, value;
  if (!get_member(self, "meta", &meta) || meta.type != LODE_JSON_OBJECT) return 0;
  lode_json_iter members = lode_json_iter_of(meta);
  int code = 0;
  while (code == 0 && lode_json_next(&members, &name, &value)) code = set_meta(self, page, name, value, err);
  return code;
}

static int set_line_meta(lode_pages *self, lode_page *page, lode_err *err) {
  size_t count;
  const member *members = members_of(self, &count);
  int code = set_inner_meta(self, page, err);
  for (size_t i = 0; i < count && code == 0; i++) {
    lode_json_value name = members[i].name, value = members[i].value;
    if (is_name(name, page->html ? "html" : "text") || is_name(name, "id")) continue;
    if (value.type == LODE_JSON_OBJECT && is_name(name, "meta")) continue;
    code = set_meta(self, page, name, value, err);
  }
  return code;
}

static int read_line(lode_pages *self, lode_page *page, lode_err *err) {
  lode_str text = self->mapping.bytes;
  size_t len = self->next - self->at, mark = 0;
  if (self->batch->offset + self->at == 0 && len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) mark = 3;
  if (len > self->options->max_page)
    return lode_fail(err, LODE_E_LIMIT, "a line of %zu bytes; --max-page is %zu", len, self->options->max_page);
  lode_json_value line, value;
  size_t first = self->at + mark;
  while (first < self->at + len && (text.ptr[first] == ' ' || text.ptr[first] == '\t')) first++;
  if (first < self->at + len && (unsigned char)(text.ptr[first] - 0x21) < 0x5E &&
      strchr("{[\"", text.ptr[first]) == NULL)
    return lode_fail(err, LODE_E_INPUT, "a JSON line must be an object {...}; this one begins with '%c'",
                     text.ptr[first]);
  int code = lode_json_parse(text.ptr + self->at + mark, len - mark, LODE_JSON_DEPTH, &line, err);
  if (code != 0) {
    if (err != NULL && err->byte != LODE_NO_BYTE) err->byte += self->at + mark + self->batch->offset;
    return code;
  }
  if (line.type != LODE_JSON_OBJECT) return lode_fail(err, LODE_E_INPUT, "a JSON line must be an object {...}");
  code = list_members(self, line, err);
  if (code == 0 && get_member(self, "id", &value)) code = set_line_id(self, value, err);
  if (code != 0) return code;
  bool html = !get_member(self, "text", &value);
  if (html && !get_member(self, "html", &value)) return fail_without_text(self, err);
  if (value.type != LODE_JSON_STRING)
    return lode_fail(err, LODE_E_INPUT, "the field \"%s\" of a JSON line must be a string", html ? "html" : "text");
  self->raw.len = 0;
  code = lode_json_decode(value, &self->raw, err);
  if (code != 0) return code;
  lode_page_open(page, (lode_str){self->id.ptr, self->id.len}, (lode_str){self->raw.ptr, self->raw.len});
  page->html = html;
  page->line = line.text;
  return set_line_meta(self, page, err);
}

/* A line that is no page is named by where it stands, whatever id it claims. */
static int fill_line(lode_pages *self, lode_page *page, lode_err *err) {
  int code = read_line(self, page, err);
  if (code != 0)
    set_id(self, self->options->inputs->items[self->batch->input].path, self->batch->first_line + self->line);
  return code;
}

static void open_piece(lode_pages *self, lode_page *page, lode_str raw) {
  lode_page_open(page, (lode_str){self->id.ptr, self->id.len}, raw);
  page->offset = self->batch->offset;
  page->goes_on = self->batch->goes_on;
  page->more = self->batch->more;
}

void lode_pages_fill_empty(lode_pages *self, lode_page *page) {
  open_piece(self, page, LODE_STR(""));
}

int lode_pages_fill(lode_pages *self, lode_page *page, lode_err *err) {
  switch (self->batch->shape) {
    case LODE_BATCH_FILES: return fill_file(self, page, err);
    case LODE_BATCH_LINES: return fill_line(self, page, err);
    case LODE_BATCH_WARC: return lode__records_fill_warc(self, page, err);
    case LODE_BATCH_CSV: return lode__records_fill_csv(self, page, err);
    case LODE_BATCH_TEXT:
      open_piece(self, page, self->mapping.bytes);
      page->html =
          !self->batch->goes_on && is_html(self, self->options->inputs->items[self->batch->input].path, page->raw);
      return 0;
    case LODE_BATCH_NONE: break;
  }
  return lode_fail(err, LODE_E_INPUT, "a batch without pages");
}

void lode_pages_close(lode_pages *self) {
  lode_file_unmap(&self->mapping);
  self->batch = NULL;
}

void lode_pages_free(lode_pages *self) {
  lode_file_unmap(&self->mapping);
  lode_buf_free(&self->id);
  lode_buf_free(&self->raw);
  lode_buf_free(&self->scratch);
  lode_buf_free(&self->members);
}
