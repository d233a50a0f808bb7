#include "halves.h"

#include "json.h"
#include "jsontext.h"
#include "lines.h"
#include "stream.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PIECE_BYTES = 1 << 20, LINE_BYTES = 256 << 20 };

/* ---- map ---- */

int lode_map_check(const lode_declared *declared, lode_err *err) {
  for (size_t i = 0; i < declared->group_count; i++) {
    const char *name = declared->groups[i];
    bool good = name[0] != '\0' && name[0] != '-' && name[0] != '.';
    for (const char *p = name; *p != '\0' && good; p++)
      good = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' ||
             *p == '-' || *p == '.';
    if (!good)
      return lode_fail(err, LODE_E_USAGE,
                       "group \"%.100s\": its name becomes part of a key, so it is made of letters, digits, _ - and .",
                       name);
  }
  return 0;
}

static int put_key(lode_buf *out, lode_str key, lode_err *err) {
  size_t begin = out->len;
  int code = lode_json_put_text(out, key.ptr, key.len, err);
  if (code != 0) return code;
  memmove(out->ptr + begin, out->ptr + begin + 1, out->len - begin - 2); /* without its quotes */
  out->len -= 2;
  return 0;
}

static int put_ordinal(lode_commit *self, lode_buf *out, lode_err *err) {
  return lode_buf_printf(out, err, "\t%06" PRIu64 ".%012" PRIu64 "\t", self->options->shard, self->sequence++);
}

static int write_out(lode_commit *self, lode_buf *out, size_t at_least, lode_err *err) {
  if (out->len < at_least) return 0;
  int code = lode_outfile_write(&self->out, out->ptr, out->len, err);
  out->len = 0;
  return code;
}

int lode_map_sink(lode_commit *self, lode_err *err) {
  lode_str records = {self->sink.records.ptr, self->sink.records.len};
  lode_reader in = lode_reader_of(self->sink.groups.ptr, self->sink.groups.len);
  lode_buf out = {0};
  int code = 0;
  for (size_t at = 0; at < records.len && code == 0;) {
    size_t end = lode_line_end(records.ptr, at, records.len);
    code = lode_buf_byte(&out, '/', err);
    if (code == 0) code = put_ordinal(self, &out, err);
    if (code == 0) code = lode_buf_add(&out, records.ptr + at, end - at, err);
    if (code == 0) code = write_out(self, &out, PIECE_BYTES, err);
    at = end;
  }
  while (in.ptr < in.end && code == 0) {
    uint32_t group = lode_read_u32(&in);
    lode_str key = lode_read_str(&in), record = lode_read_str(&in);
    if (in.bad || group >= self->crew->declared.group_count)
      code = lode_fail(err, LODE_E_INPUT, "a group entry is broken");
    if (code == 0) code = lode_buf_printf(&out, err, "%s/", self->crew->declared.groups[group]);
    if (code == 0) code = put_key(&out, key, err);
    if (code == 0) code = put_ordinal(self, &out, err);
    if (code == 0) code = lode_buf_add(&out, record.ptr, record.len, err);
    if (code == 0) code = lode_buf_byte(&out, '\n', err);
    if (code == 0) code = write_out(self, &out, PIECE_BYTES, err);
  }
  if (code == 0) code = write_out(self, &out, 1, err);
  lode_buf_free(&out);
  return code;
}

int lode_map_finish(lode_commit *self, lode_err *err) {
  lode_buf out = {0};
  lode_str key, value;
  int code = lode_commit_sort_counts(self, err), more = 0;
  while (code == 0 && (more = lode_sorter_next(self->count_runs, &key, &value, err)) == 1) {
    lode_reader number = lode_reader_of(value.ptr, value.len);
    if (key.len < LODE_COUNTER_PREFIX) continue;
    unsigned counter = (unsigned)(unsigned char)key.ptr[0] << 8 | (unsigned char)key.ptr[1];
    lode_str text = {key.ptr + LODE_COUNTER_PREFIX, key.len - LODE_COUNTER_PREFIX};
    code = lode_buf_printf(&out, err, "~count/%u:", counter);
    if (code == 0) code = put_key(&out, text, err);
    if (code == 0)
      code = lode_buf_printf(&out, err, "\t%06" PRIu64 "\t%" PRId64 "\n", self->options->shard,
                             (int64_t)lode_read_u64(&number));
    if (code == 0) code = write_out(self, &out, PIECE_BYTES, err);
  }
  if (code == 0 && more < 0) code = more;
  if (code == 0)
    code = lode_buf_printf(&out, err, "~pages/\t%06" PRIu64 "\t[%" PRIu64 ",%" PRIu64 ",%" PRIu64 "]\n",
                           self->options->shard, self->result->pages_in, self->result->pages_out,
                           self->result->pages_skipped);
  if (code == 0) code = write_out(self, &out, 1, err);
  lode_buf_free(&out);
  return code;
}

/* ---- reduce ---- */

typedef struct keyed {
  lode_str key, ordinal, json;
} keyed;

static bool cut(lode_str line, keyed *out) {
  const char *tab = memchr(line.ptr, '\t', line.len);
  if (tab == NULL) return false;
  out->key = (lode_str){line.ptr, (size_t)(tab - line.ptr)};
  lode_str rest = {tab + 1, line.len - out->key.len - 1};
  tab = memchr(rest.ptr, '\t', rest.len);
  if (tab == NULL || memchr(out->key.ptr, '/', out->key.len) == NULL) return false;
  out->ordinal = (lode_str){rest.ptr, (size_t)(tab - rest.ptr)};
  out->json = (lode_str){tab + 1, rest.len - out->ordinal.len - 1};
  return true;
}

/* What stands before the second TAB is what lines are sorted by. */
static int add_line(lode_sorter *sorter, lode_str line, const char *path, uint64_t number, lode_err *err) {
  keyed parts;
  if (line.len > 0 && line.ptr[line.len - 1] == '\r') line.len--;
  if (line.len == 0) return 0;
  if (!cut(line, &parts)) {
    lode_fail(err, LODE_E_INPUT, "a line is GROUP/KEY, TAB, ORDINAL, TAB, JSON: this one is none that lode map wrote");
    return lode_err_at(err, path, (uint32_t)number, LODE_NO_BYTE);
  }
  lode_str key = {line.ptr, parts.key.len + 1 + parts.ordinal.len};
  return lode_sorter_add(sorter, key, parts.json, err);
}

static int read_lines(lode_sorter *sorter, const char *path, lode_err *err) {
  lode_stream *stream = NULL;
  lode_buf text = {0};
  uint64_t number = 0;
  bool ended = false;
  int code = lode_stream_open(&stream, path, err);
  while (code == 0 && !ended) {
    size_t got = 0, at = 0;
    code = lode_buf_reserve(&text, PIECE_BYTES, err);
    if (code == 0) code = lode_stream_read(stream, text.ptr + text.len, PIECE_BYTES, &got, err);
    text.len += got;
    ended = got == 0;
    size_t whole = ended ? text.len : lode_last_line_end(text.ptr, text.len);
    while (at < whole && code == 0) {
      size_t end = lode_line_end(text.ptr, at, whole);
      size_t len = end - at - (text.ptr[end - 1] == '\n' ? 1 : 0);
      code = add_line(sorter, (lode_str){text.ptr + at, len}, path, ++number, err);
      at = end;
    }
    if (code == 0 && at > 0) memmove(text.ptr, text.ptr + at, text.len - at);
    text.len -= at;
    if (code == 0 && text.len > LINE_BYTES) code = lode_fail(err, LODE_E_LIMIT, "%s: a line of more than 256 MB", path);
  }
  lode_stream_close(stream);
  lode_buf_free(&text);
  return code;
}

static int decode_key(lode_str key, lode_buf *scratch, lode_buf *out, lode_err *err) {
  lode_json_value value;
  scratch->len = out->len = 0;
  int code = lode_buf_byte(scratch, '"', err);
  if (code == 0) code = lode_buf_add(scratch, key.ptr, key.len, err);
  if (code == 0) code = lode_buf_byte(scratch, '"', err);
  if (code == 0) code = lode_json_parse(scratch->ptr, scratch->len, 1, &value, err);
  return code == 0 ? lode_json_decode(value, out, err) : code;
}

typedef struct reader {
  lode_commit *commit;
  lode_buf records, scratch, key, groups;
  bool finishes; /* what only the done stage needs has come */
  lode_err *err;
} reader;

static int take_record(reader *self, lode_str json) {
  int code = lode_buf_add(&self->records, json.ptr, json.len, self->err);
  if (code == 0) code = lode_buf_byte(&self->records, '\n', self->err);
  self->commit->result->records++;
  if (code != 0 || self->records.len < PIECE_BYTES) return code;
  code = lode_commit_records(self->commit, (lode_str){self->records.ptr, self->records.len}, self->err);
  self->records.len = 0;
  return code;
}

/* ~count/N:KEY */
static int take_count(reader *self, lode_str key, lode_str number) {
  const char *colon = memchr(key.ptr, ':', key.len);
  if (colon == NULL) return lode_fail(self->err, LODE_E_INPUT, "a count is ~count/N:KEY");
  unsigned long counter = strtoul(key.ptr, NULL, 10);
  lode_str name = {colon + 1, key.len - (size_t)(colon + 1 - key.ptr)};
  int code = decode_key(name, &self->scratch, &self->key, self->err);
  if (code != 0) return code;
  char prefix[LODE_COUNTER_PREFIX] = {(char)(counter >> 8), (char)counter}, digits[32] = "";
  memcpy(digits, number.ptr, number.len < sizeof digits - 1 ? number.len : sizeof digits - 1);
  self->scratch.len = 0;
  code = lode_buf_add(&self->scratch, prefix, sizeof prefix, self->err);
  if (code == 0) code = lode_buf_add(&self->scratch, self->key.ptr, self->key.len, self->err);
  self->finishes = true;
  return code != 0 ? code
                   : lode_commit_count(self->commit, (lode_str){self->scratch.ptr, self->scratch.len},
                                       strtoll(digits, NULL, 10), self->err);
}

static int take_pages(reader *self, lode_str json) {
  lode_json_value array, name, item;
  uint64_t *sums[] = {&self->commit->result->pages_in, &self->commit->result->pages_out,
                      &self->commit->result->pages_skipped};
  int code = lode_json_parse(json.ptr, json.len, 2, &array, self->err);
  if (code != 0 || array.type != LODE_JSON_ARRAY) return lode_fail(self->err, LODE_E_INPUT, "~pages has no list");
  lode_json_iter items = lode_json_iter_of(array);
  for (size_t i = 0; i < 3 && lode_json_next(&items, &name, &item); i++) {
    char digits[32] = "";
    memcpy(digits, item.text.ptr, item.text.len < sizeof digits - 1 ? item.text.len : sizeof digits - 1);
    *sums[i] += strtoull(digits, NULL, 10);
  }
  self->finishes = true;
  return 0;
}

static int take_entry(reader *self, lode_str group, lode_str key, lode_str json) {
  const lode_declared *declared = &self->commit->crew->declared;
  uint32_t number = 0;
  while (number < declared->group_count &&
         (strlen(declared->groups[number]) != group.len || memcmp(declared->groups[number], group.ptr, group.len) != 0))
    number++;
  if (number == declared->group_count)
    return lode_fail(self->err, LODE_E_USAGE,
                     "the script has no group \"%.*s\": were the lines made by another script?",
                     (int)(group.len < 100 ? group.len : 100), group.ptr);
  int code = decode_key(key, &self->scratch, &self->key, self->err);
  self->groups.len = 0;
  if (code == 0) code = lode_buf_u32(&self->groups, number, self->err);
  if (code == 0) code = lode_buf_str(&self->groups, (lode_str){self->key.ptr, self->key.len}, self->err);
  if (code == 0) code = lode_buf_str(&self->groups, json, self->err);
  return code == 0 ? lode_commit_entries(self->commit, (lode_str){self->groups.ptr, self->groups.len}, self->err)
                   : code;
}

static bool is(lode_str text, const char *word) {
  return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

static int take(reader *self, lode_str sort_key, lode_str json) {
  const char *slash = memchr(sort_key.ptr, '/', sort_key.len);
  lode_str group = {sort_key.ptr, (size_t)(slash - sort_key.ptr)};
  lode_str key = {slash + 1, sort_key.len - group.len - 1};
  const char *tab = memchr(key.ptr, '\t', key.len);
  if (tab != NULL) key.len = (size_t)(tab - key.ptr);
  if (group.len == 0) return take_record(self, json);
  if (is(group, "~count")) return take_count(self, key, json);
  if (is(group, "~pages")) return take_pages(self, json);
  return take_entry(self, group, key, json);
}

int lode_reduce_inputs(lode_commit *self, lode_err *err) {
  lode_sorter *sorter = NULL;
  reader in = {.commit = self, .err = err};
  lode_str key, json;
  int code = lode_sorter_open(&sorter, self->options->memory / 16, false, err), more = 0;
  for (size_t i = 0; i < self->options->inputs->count && code == 0; i++)
    code = read_lines(sorter, self->options->inputs->items[i].path, err);
  if (code == 0) code = lode_sorter_finish(sorter, err);
  while (code == 0 && (more = lode_sorter_next(sorter, &key, &json, err)) == 1) code = take(&in, key, json);
  if (code == 0 && more < 0) code = more;
  if (code == 0 && in.records.len > 0)
    code = lode_commit_records(self, (lode_str){in.records.ptr, in.records.len}, err);
  if (!in.finishes) self->crew->declared.has_done = false;
  lode_sorter_free(sorter);
  lode_buf_free(&in.records);
  lode_buf_free(&in.scratch);
  lode_buf_free(&in.key);
  lode_buf_free(&in.groups);
  return code;
}
