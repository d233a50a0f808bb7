#include "watcher.h"
#include "example.h"
#include "file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SCRIPT_BYTES = 64 << 20, EXAMPLE_BYTES = 2000 };

uint64_t lode_watcher_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int lode_watcher_init(lode_watcher *self, const char *script, lode_str pages, lode_err *err) {
  *self = (lode_watcher){.script = script};
  lode_table_init(&self->ids, 0x1D5);
  int code = lode_live_open(&self->live, pages, err);
  if (code != 0) return code;
  self->now = calloc(self->live.page_count + 1, sizeof *self->now);
  self->before = calloc(self->live.page_count + 1, sizeof *self->before);
  if (self->now == NULL || self->before == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (size_t i = 0; i < self->live.page_count && code == 0; i++) {
    lode_str id = self->live.pages[i].id;
    if (lode_table_add(&self->ids, id.ptr, id.len, NULL, err) == LODE_NO_ID) code = LODE_E_NOMEM;
  }
  return code;
}

static void forget_rules(lode_watcher *self) {
  for (size_t i = 0; i < self->rule_count; i++) free(self->rules[i].name); /* one block each */
  free(self->rules);
  self->rules = NULL;
  self->rule_count = 0;
}

static void forget_pages(lode_kept *pages, size_t count) {
  for (size_t i = 0; pages != NULL && i < count; i++) {
    free(pages[i].text);
    pages[i] = (lode_kept){NULL, 0, false};
  }
}

static void forget_changes(lode_watcher *self) {
  lode_changes_free(&self->changes);
  lode_founds_free(&self->old);
  lode_founds_free(&self->new);
}

void lode_watcher_free(lode_watcher *self) {
  forget_pages(self->now, self->live.page_count);
  forget_pages(self->before, self->live.page_count);
  free(self->now);
  free(self->before);
  forget_rules(self);
  forget_changes(self);
  lode_buf *bufs[] = {&self->error, &self->warnings, &self->failures, &self->said, &self->old_text, &self->new_text};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) lode_buf_free(bufs[i]);
  lode_table_free(&self->ids);
  lode_live_close(&self->live);
}

int lode_watcher_start(lode_watcher *self, const lode_host_options *options, size_t workers, lode_err *err) {
  if (self->whole && !self->failed) {
    lode_kept *spare = self->before;
    forget_pages(spare, self->live.page_count);
    self->before = self->now;
    self->now = spare;
    self->has_before = true;
  } else {
    forget_pages(self->now, self->live.page_count);
  }
  self->arrived = self->records = self->passed = 0;
  self->failed = self->whole = false;
  self->error.len = self->warnings.len = self->failures.len = self->said.len = 0;
  self->first_ns = self->whole_ns = 0;
  self->stale = true;
  forget_rules(self);
  return lode_live_start(&self->live, options, workers, err);
}

/* ---- what the children say ---- */

static int add_line(lode_buf *out, lode_str text, lode_err *err) {
  int code = lode_buf_add(out, text.ptr, text.len, err);
  if (code == 0 && out->len > 0 && out->ptr[out->len - 1] != '\n') code = lode_buf_byte(out, '\n', err);
  return code;
}

/* "name TAB file TAB line TAB captures" */
static int add_rule(lode_watcher *self, lode_str text, lode_err *err) {
  lode_watched_rule *next = realloc(self->rules, (self->rule_count + 1) * sizeof *next);
  char *copy = malloc(text.len + 1);
  if (next != NULL) self->rules = next;
  if (next == NULL || copy == NULL) {
    free(copy);
    return lode_fail(err, LODE_E_NOMEM, "out of memory");
  }
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  char *fields[4] = {copy, copy + text.len, copy + text.len, copy + text.len};
  for (int i = 1; i < 4; i++) {
    char *tab = strchr(fields[i - 1], '\t');
    if (tab == NULL) break;
    *tab = '\0';
    fields[i] = tab + 1;
  }
  self->rules[self->rule_count++] =
      (lode_watched_rule){fields[0], fields[1], fields[3], (size_t)strtoull(fields[2], NULL, 10)};
  return 0;
}

static int add_page(lode_watcher *self, uint64_t number, lode_str text, lode_err *err) {
  if (number >= self->live.page_count) return 0;
  lode_kept *page = &self->now[number];
  page->text = malloc(text.len + 1);
  if (page->text == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: the records of a page");
  if (text.len > 0) memcpy(page->text, text.ptr, text.len);
  page->len = text.len;
  page->there = true;
  for (size_t i = 0; i < text.len; i++) self->records += text.ptr[i] == '\n';
  if (self->first_ns == 0) self->first_ns = lode_watcher_clock() - self->begun_ns;
  self->stale = true;
  if (++self->arrived < self->live.page_count) return 0;
  self->whole = true;
  self->whole_ns = lode_watcher_clock() - self->begun_ns;
  return 0;
}

static int take(lode_watcher *self, const lode_live_message *said, lode_err *err) {
  switch (said->kind) {
    case LODE_LIVE_LOADED: return add_line(&self->warnings, said->text, err);
    case LODE_LIVE_RULE: return add_rule(self, said->text, err);
    case LODE_LIVE_FAILED: self->failed = true; return add_line(&self->error, said->text, err);
    case LODE_LIVE_TESTED: self->passed = said->number; return add_line(&self->failures, said->text, err);
    case LODE_LIVE_PAGE: return add_page(self, said->number, said->text, err);
    case LODE_LIVE_SAID: return add_line(&self->said, said->text, err);
    case LODE_LIVE_DONE: return 0;
  }
  return 0;
}

int lode_watcher_hear(lode_watcher *self, size_t i, lode_err *err) {
  lode_live_pipe *pipe = &self->live.pipes[i];
  lode_live_message said;
  int code = 0;
  lode_live_read(pipe);
  while (code == 0 && lode_live_next(pipe, &said)) code = take(self, &said, err);
  return code;
}

/* ---- differences ---- */

int lode_watcher_compare(lode_watcher *self, lode_err *err) {
  size_t same = 0;
  int code = 0;
  if (!self->stale) return 0;
  forget_changes(self);
  self->old_text.len = self->new_text.len = 0;
  for (size_t i = 0; i < self->live.page_count && code == 0; i++) {
    const lode_kept *now = &self->now[i], *before = &self->before[i];
    if (!now->there) continue;
    if (lode_watcher_compares(self) && now->len == before->len &&
        (now->len == 0 || memcmp(now->text, before->text, now->len) == 0)) {
      for (size_t k = 0; k < now->len; k++) same += now->text[k] == '\n';
      continue;
    }
    code = lode_buf_add(&self->new_text, now->text, now->len, err);
    if (code == 0 && before->there && !self->all) code = lode_buf_add(&self->old_text, before->text, before->len, err);
  }
  if (code == 0) code = lode_founds_read(&self->old, (lode_str){self->old_text.ptr, self->old_text.len}, err);
  if (code == 0) code = lode_founds_read(&self->new, (lode_str){self->new_text.ptr, self->new_text.len}, err);
  if (code == 0) code = lode_changes_find(&self->changes, &self->old, &self->new, err);
  self->changes.same += same;
  self->stale = false;
  return code;
}

lode_page *lode_watcher_page(const lode_watcher *self, const lode_found *found) {
  lode_json_value page;
  lode_buf id = {0};
  uint32_t number = LODE_NO_ID;
  if (lode_json_get(found->record, "page", &page) && page.type == LODE_JSON_STRING &&
      lode_json_decode(page, &id, NULL) == 0)
    number = lode_table_find(&self->ids, id.ptr == NULL ? "" : id.ptr, id.len);
  lode_buf_free(&id);
  return number < self->live.page_count ? &self->live.pages[number] : NULL;
}

/* ---- examples ---- */

static const lode_watched_rule *rule_of(const lode_watcher *self, const lode_found *found) {
  for (size_t i = 0; i < self->rule_count; i++)
    if (strlen(self->rules[i].name) == found->rule.len &&
        memcmp(self->rules[i].name, found->rule.ptr, found->rule.len) == 0)
      return &self->rules[i];
  return NULL;
}

static bool is_capture(const lode_watched_rule *rule, lode_json_value name) {
  for (const char *at = rule->captures; *at != '\0';) {
    size_t len = strcspn(at, " ");
    if (lode_json_equals(name, at, len)) return true;
    at += len + (at[len] == ' ');
  }
  return false;
}

/* The sentences that the record stands in. */
static lode_str text_of(const lode_page *page, const lode_found *found) {
  size_t begin = lode_paint_content(page, found->start, false), end = lode_paint_content(page, found->end, true);
  size_t first = lode_page_sentence_at(page, begin), last = lode_page_sentence_at(page, end > begin ? end - 1 : begin);
  if (first >= page->tokens.sentence_count) return LODE_STR("");
  if (last >= page->tokens.sentence_count || last < first) last = first;
  size_t from = page->tokens.sentences[first].begin, to = page->tokens.sentences[last].end;
  return (lode_str){page->content + from, to - from};
}

static int put_captures(const lode_watched_rule *rule, const lode_found *found, lode_buf *out, lode_err *err) {
  lode_json_iter members = lode_json_iter_of(found->record);
  lode_json_value name, value;
  lode_buf text = {0};
  int code = 0;
  while (code == 0 && lode_json_next(&members, &name, &value)) {
    if (value.type != LODE_JSON_STRING || !is_capture(rule, name)) continue;
    text.len = 0;
    code = lode_json_decode(value, &text, err);
    if (code == 0) code = lode_buf_printf(out, err, ", %.*s = ", (int)name.text.len - 2, name.text.ptr + 1);
    if (code == 0) code = lode_example_quote((lode_str){text.ptr == NULL ? "" : text.ptr, text.len}, out, err);
  }
  lode_buf_free(&text);
  return code;
}

static int make_example(const lode_watched_rule *rule, const lode_found *found, lode_str text, bool none, lode_buf *out,
                        lode_err *err) {
  int code = lode_buf_text(out, none ? "{ none = " : "{ ", err);
  if (code == 0) code = lode_example_quote(text, out, err);
  if (code == 0 && !none) code = put_captures(rule, found, out, err);
  return code != 0 ? code : lode_buf_add(out, " }", 2, err);
}

static int replace_file(const char *path, const lode_buf *text, lode_err *err) {
  lode_outfile file = {.fd = -1};
  int code = lode_outfile_open(&file, path, err);
  if (code == 0) code = lode_outfile_write(&file, text->ptr, text->len, err);
  if (code == 0) code = lode_outfile_commit(&file, err);
  lode_outfile_drop(&file);
  return code;
}

static int write_example(const lode_watched_rule *rule, const lode_found *found, lode_str text, bool none,
                         lode_err *err) {
  lode_buf script = {0}, example = {0}, out = {0};
  int code = lode_file_read(rule->file, SCRIPT_BYTES, &script, err);
  if (code == 0) code = make_example(rule, found, text, none, &example, err);
  if (code == 0)
    code =
        lode_example_insert((lode_str){script.ptr, script.len}, rule->line, (lode_str){rule->name, strlen(rule->name)},
                            (lode_str){example.ptr, example.len}, &out, err);
  if (code == 0) code = replace_file(rule->file, &out, err);
  lode_buf_free(&script);
  lode_buf_free(&example);
  lode_buf_free(&out);
  return code;
}

int lode_watcher_example(lode_watcher *self, const lode_found *found, bool none, lode_buf *message, lode_err *err) {
  const lode_watched_rule *rule = rule_of(self, found);
  const lode_page *page = lode_watcher_page(self, found);
  lode_err why;
  lode_err_clear(&why);
  message->len = 0;
  if (rule == NULL || page == NULL || !found->placed)
    return lode_buf_printf(message, err, "no rule { } of %s made this record: it cannot become an example",
                           self->script);
  lode_str text = text_of(page, found);
  if (text.len == 0 || text.len > EXAMPLE_BYTES)
    return lode_buf_text(message, "the text around it is too long for an example", err);
  if (write_example(rule, found, text, none, &why) != 0) return lode_buf_printf(message, err, "%s", why.message);
  return lode_buf_printf(message, err, "written into %s: %s %s", rule->file,
                         none ? "nothing here for" : "an example of", rule->name);
}
