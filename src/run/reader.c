#define _GNU_SOURCE /* memfd_create */
#include "reader.h"

#include "clean.h"
#include "cut.h"
#include "file.h"
#include "lines.h"
#include "planner.h"
#include "wire.h"
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK = 1 << 20 };

/* ---- choosing pages: --limit and --sample ---- */

static uint64_t next_random(uint64_t *state) { /* splitmix64 (Steele, Lea, Flood 2014) */
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

bool lode__plan_chooses(const lode__planner *self) {
  return self->options->limit != 0 || self->options->sample != 0;
}

bool lode__plan_is_full(const lode__planner *self) {
  uint64_t limit = self->options->limit;
  return !self->counting && limit != 0 && self->taken >= limit;
}

/* Whether the page met now is one of those asked for. */
bool lode__plan_take(lode__planner *self) {
  self->seen++;
  if (self->counting) return false;
  if (self->options->sample != 0) {
    uint64_t need = self->options->sample - self->taken, left = self->total - self->seen + 1;
    if (self->taken >= self->options->sample || next_random(&self->random) % left >= need) return false;
  }
  if (lode__plan_is_full(self)) return false;
  self->taken++;
  return true;
}

/* ---- handing out ---- */

static int send_batch(lode__planner *self, const lode_batch *batch, int fd, lode_err *err) {
  if (self->counting) return 0;
  size_t most = lode_batch_bytes(self->options->memory);
  self->target = self->target < most / 2 ? self->target * 2 : most;
  lode_frame credit = {.fd = -1};
  int code = lode_wire_receive(self->socket, &credit, err);
  lode_frame_free(&credit);
  if (code == 0) code = lode_fail(err, LODE_E_CLOSED, "the supervisor is gone");
  if (code < 0) return code;
  self->message.len = 0;
  code = lode_batch_write(batch, &self->message, err);
  return code != 0 ? code : lode_wire_send(self->socket, LODE_MSG_BATCH, self->message.ptr, self->message.len, fd, err);
}

static int flush_files(lode__planner *self, lode_err *err) {
  if (self->files.numbers.len == 0) return 0;
  self->files.shape = LODE_BATCH_FILES;
  int code = send_batch(self, &self->files, -1, err);
  lode_batch_clear(&self->files);
  return code;
}

/* A batch with nothing but that message. */
int lode__plan_report_pages(lode__planner *self, const lode_err *why, const char *name, uint64_t pages, lode_err *err) {
  if (self->counting || pages == 0) return 0;
  int code = flush_files(self, err);
  lode_problem problem = {.code = why->code,
                          .skipped = pages < UINT32_MAX ? (uint32_t)pages : UINT32_MAX,
                          .page = {name, strlen(name)},
                          .where = LODE_STR(""),
                          .message = {why->message, strlen(why->message)},
                          .byte = why->byte};
  lode_sink_clear(&self->sink);
  self->sink.pages_in = self->sink.pages_skipped = pages;
  if (code == 0) code = lode_sink_problem(&self->sink, &problem, err);
  lode_batch batch = {.shape = LODE_BATCH_NONE};
  if (code == 0) code = lode_sink_write(&self->sink, &batch.report, err);
  if (code == 0) code = send_batch(self, &batch, -1, err);
  lode_batch_free(&batch);
  return code;
}

int lode__plan_report(lode__planner *self, const lode_err *why, const char *page, lode_err *err) {
  return lode__plan_report_pages(self, why, page, 1, err);
}

static int to_memfd(const char *bytes, size_t len, int *fd, lode_err *err) {
  *fd = memfd_create("lode-batch", MFD_CLOEXEC);
  if (*fd < 0) return lode_fail(err, LODE_E_NOMEM, "no memory for a batch: %s", strerror(errno));
  int code = lode_fd_write(*fd, bytes, len, err);
  if (code != 0) {
    close(*fd);
    *fd = -1;
  }
  return code;
}

/* ---- an input that is read here ---- */

/* A read gives bytes of one member at most, so each end is seen. */
static int add_end(lode__planner *self, lode__source *from, lode_err *err) {
  enum { MANY = 1 << 16 };
  size_t old = 0;
  for (; from->ends.len >= MANY && old < from->ends.len; old += 8) {
    lode_reader in = lode_reader_of(from->ends.ptr + old, 8);
    if (lode_read_u64(&in) > from->offset) break;
  }
  from->ends.len -= old;
  if (old > 0) memmove(from->ends.ptr, from->ends.ptr + old, from->ends.len);
  return lode_buf_u64(&from->ends, from->offset + self->pending.len, err);
}

int lode__plan_read(lode__planner *self, lode__source *from, lode_err *err) {
  size_t len = self->pending.len, room = CHUNK;
  if (len < self->target && self->target - len < room) room = self->target - len;
  int code = lode_buf_reserve(&self->pending, room, err);
  if (code != 0) return code;
  size_t got = 0;
  code = lode_stream_read(from->stream, self->pending.ptr + len, room, &got, &from->failed);
  self->pending.len += got;
  if (code != 0 || got == 0) from->ended = true;
  if (code == 0) from->failed.code = 0;
  return lode_stream_is_compressed(from->stream) && lode_stream_is_whole(from->stream) ? add_end(self, from, err) : 0;
}

void lode__plan_drop(lode__planner *self, lode__source *from, size_t len) {
  memmove(self->pending.ptr, self->pending.ptr + len, self->pending.len - len);
  self->pending.len -= len;
  from->offset += len;
}

int lode__plan_send(lode__planner *self, lode__source *from, size_t len, lode_err *err) {
  lode_batch *batch = &self->batch;
  batch->input = from->number;
  batch->len = len;
  batch->offset = from->offset;
  uint64_t now = lode_stream_consumed(from->stream);
  batch->bytes = from->plain ? len : now - from->before;
  from->before = now;
  int fd = -1, code = 0;
  if (!from->plain && !self->counting) code = to_memfd(self->pending.ptr, len, &fd, err);
  if (code == 0) code = send_batch(self, batch, fd, err);
  if (fd >= 0) close(fd);
  lode__plan_drop(self, from, len);
  return code;
}

/* Count the lines of the first len bytes of pending, and note which are taken where pages are chosen. */
static int choose_lines(lode__planner *self, size_t len, uint32_t *lines, size_t *chosen, lode_err *err) {
  const char *text = self->pending.ptr;
  *lines = 0;
  *chosen = 0;
  for (size_t at = 0; at < len; (*lines)++) {
    size_t end = lode_line_end(text, at, len);
    if (lode__plan_chooses(self) && !lode_line_is_blank(text, at, end) && lode__plan_take(self)) {
      int code = lode_buf_u32(&self->batch.numbers, *lines, err);
      if (code != 0) return code;
      ++*chosen;
    }
    at = end;
  }
  return 0;
}

static int send_lines(lode__planner *self, lode__source *from, size_t len, lode_err *err) {
  uint32_t lines;
  size_t chosen;
  lode_batch_clear(&self->batch);
  self->batch.shape = LODE_BATCH_LINES;
  self->batch.first_line = from->line;
  self->batch.picked = lode__plan_chooses(self);
  int code = choose_lines(self, len, &lines, &chosen, err);
  from->line += lines;
  if (code != 0) return code;
  if (self->batch.picked && chosen == 0) {
    lode__plan_drop(self, from, len);
    return 0;
  }
  return lode__plan_send(self, from, len, err);
}

/* A line that is longer than any page may be: read over it without keeping it. */
static int skip_long_line(lode__planner *self, lode__source *from, lode_err *err) {
  lode_err why;
  char page[600];
  snprintf(page, sizeof page, "%s#%" PRIu64, from->input->path, from->line);
  lode_fail(&why, LODE_E_LIMIT, "a line of more than %zu bytes; --max-page allows longer ones",
            self->options->max_page);
  why.byte = from->offset;
  for (;;) {
    size_t end = lode_line_end(self->pending.ptr, 0, self->pending.len);
    bool whole = end > 0 && self->pending.ptr[end - 1] == '\n';
    lode__plan_drop(self, from, end);
    if (whole || (from->ended && self->pending.len == 0)) break;
    int code = lode__plan_read(self, from, err);
    if (code != 0) return code;
  }
  from->line++;
  return lode__plan_take(self) || !lode__plan_chooses(self) ? lode__plan_report(self, &why, page, err) : 0;
}

static int plan_lines(lode__planner *self, lode__source *from, lode_err *err) {
  size_t longest = self->options->max_page > LODE_BATCH_BYTES ? self->options->max_page : LODE_BATCH_BYTES;
  int code = 0;
  while (code == 0 && !lode__plan_is_full(self) && !(from->ended && self->pending.len == 0)) {
    while (code == 0 && !from->ended && self->pending.len < self->target) code = lode__plan_read(self, from, err);
    size_t cut = lode_last_line_end(self->pending.ptr, self->pending.len);
    while (code == 0 && cut == 0 && !from->ended && self->pending.len <= longest) {
      size_t before = self->pending.len;
      code = lode__plan_read(self, from, err);
      size_t fresh = lode_last_line_end(self->pending.ptr + before, self->pending.len - before);
      cut = fresh == 0 ? 0 : before + fresh;
    }
    if (code != 0) break;
    if (cut == 0 && self->pending.len > longest) {
      code = skip_long_line(self, from, err);
      continue;
    }
    if (from->ended && from->failed.code == 0) cut = self->pending.len; /* a last line without an end */
    if (cut > 0) code = send_lines(self, from, cut, err);
    else if (from->ended) lode__plan_drop(self, from, self->pending.len); /* the line that the damage cut */
  }
  return code;
}

/* The pieces of a text, of the size of a full batch from the first on: a text that fits is not cut at all. */
static int plan_cut_text(lode__planner *self, lode__source *from, lode_err *err) {
  int code = 0;
  bool goes_on = false, more = true;
  if (lode__plan_chooses(self) && !lode__plan_take(self)) return 0;
  self->target = lode_batch_bytes(self->options->memory);
  while (code == 0 && more) {
    while (code == 0 && !from->ended && self->pending.len < self->target) code = lode__plan_read(self, from, err);
    if (code != 0 || (from->failed.code != 0 && !goes_on && self->pending.len == 0)) break;
    more = !from->ended;
    if (more && !goes_on && lode_clean_is_wide((lode_str){self->pending.ptr, self->pending.len})) {
      lode_fail(&from->failed, LODE_E_INPUT,
                "a text of more than %zu bytes in UTF-16 or UTF-32, which is not cut: make it UTF-8 (iconv)",
                self->target);
      break;
    }
    lode_batch_clear(&self->batch);
    self->batch.shape = LODE_BATCH_TEXT;
    self->batch.goes_on = goes_on;
    self->batch.more = more;
    goes_on = true;
    size_t len = more ? lode_text_cut(self->pending.ptr, self->pending.len) : self->pending.len;
    code = lode__plan_send(self, from, len, err);
  }
  return code;
}

/* One page from something that only the reader can read: standard input, a FIFO. */
static int plan_one_text(lode__planner *self, lode__source *from, lode_err *err) {
  int code = 0;
  if (lode__plan_chooses(self) && !lode__plan_take(self)) return 0;
  while (code == 0 && !from->ended && self->pending.len <= self->options->max_page)
    code = lode__plan_read(self, from, err);
  if (code != 0) return code;
  if (self->pending.len > self->options->max_page) {
    lode_fail(&from->failed, LODE_E_LIMIT, "a page of more than %zu bytes; --max-page allows larger ones",
              self->options->max_page);
    return 0;
  }
  if (from->failed.code != 0) return 0;
  lode_batch_clear(&self->batch);
  self->batch.shape = LODE_BATCH_TEXT;
  return lode__plan_send(self, from, self->pending.len, err);
}

static int add_file(lode__planner *self, uint32_t number, const lode_input *input, lode_err *err) {
  if (lode__plan_chooses(self) && !lode__plan_take(self)) return 0;
  int code = lode_buf_u32(&self->files.numbers, number, err);
  self->files.bytes += input->size;
  bool full = self->files.bytes >= self->target || lode_batch_number_count(&self->files) >= LODE_BATCH_FILES_MAX;
  return code != 0 || !full ? code : flush_files(self, err);
}

/* ---- which way an input goes ---- */

/* One JSON document (an array, or an object over many lines) looks like JSON lines to a name and to a first byte. */
static int check_lines(lode_stream *stream, lode_err *err) {
  lode_str first;
  if (lode_stream_peek(stream, &first, err) != 0) return err->code;
  size_t at = first.len >= 3 && memcmp(first.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (at < first.len && isspace((unsigned char)first.ptr[at])) at++;
  if (at == first.len) return 0;
  size_t end = lode_line_end(first.ptr, at, first.len);
  bool alone = first.ptr[at] == '{' && end < first.len && lode_line_is_blank(first.ptr, at + 1, end);
  if (first.ptr[at] != '[' && !alone) return 0;
  return lode_fail(err, LODE_E_INPUT, "one JSON document, not JSON lines: write one object a line (jq -c %s does)",
                   alone ? "." : "'.[]'");
}

static bool ends_in(const char *path, size_t len, const char *end) {
  size_t n = strlen(end);
  return len >= n && memcmp(path + len - n, end, n) == 0;
}

/* Names that say "text" need no look inside: text or HTML, it is one page, and who reads it looks (is_html). */
static bool is_named_text(const char *path) {
  size_t len = strlen(path);
  if (ends_in(path, len, ".gz")) len -= 3;
  else if (ends_in(path, len, ".zst")) len -= 4;
  return ends_in(path, len, ".txt");
}

static int find_kind(const lode__planner *self, const lode_input *input, lode_stream *stream, lode_kind *out,
                     lode_err *err) {
  *out = self->options->kind;
  if (*out != LODE_KIND_AUTO) return 0;
  lode_str first = {"", 0};
  int code = stream == NULL ? 0 : lode_stream_peek(stream, &first, err);
  if (code == 0) *out = lode_kind_of(input->path, first.ptr, first.len);
  return code;
}

static int plan_opened(lode__planner *self, lode__source *from, lode_err *err) {
  lode_kind kind;
  int code = find_kind(self, from->input, from->stream, &kind, &from->failed);
  if (code != 0) return 0; /* reported by the caller as the page's problem */
  if (kind == LODE_KIND_JSONL && check_lines(from->stream, &from->failed) != 0) return 0;
  bool html = kind == LODE_KIND_HTML, plain = from->input->size > 0 && !lode_stream_is_compressed(from->stream);
  bool small = plain && from->input->size <= lode_batch_bytes(self->options->memory);
  bool cut = self->options->cut_text && kind == LODE_KIND_TEXT && !small;
  if ((html || (kind == LODE_KIND_TEXT && !cut)) && from->input->size > 0)
    return add_file(self, from->number, from->input, err);
  code = flush_files(self, err);
  from->plain = plain;
  self->pending.len = 0;
  if (code != 0) return code;
  switch (kind) {
    case LODE_KIND_JSONL: return plan_lines(self, from, err);
    case LODE_KIND_CSV: return lode__plan_csv(self, from, err);
    case LODE_KIND_WET:
    case LODE_KIND_WARC: return lode__plan_warc(self, from, err);
    default: break;
  }
  return cut ? plan_cut_text(self, from, err) : plan_one_text(self, from, err);
}

static int plan_input(lode__planner *self, uint32_t number, lode_err *err) {
  const lode_input *input = &self->options->inputs->items[number];
  lode__source from = {.input = input, .number = number, .line = 1};
  lode_kind asked = self->options->kind;
  bool text = asked == LODE_KIND_TEXT || (asked == LODE_KIND_AUTO && is_named_text(input->path));
  if (text && input->size > 0 && !self->options->cut_text) return add_file(self, number, input, err);

  int code = lode_stream_open(&from.stream, input->path, &from.failed);
  if (code == 0) code = plan_opened(self, &from, err);
  else code = 0;
  lode_stream_close(from.stream);
  lode_buf_free(&from.ends);
  if (code == 0 && from.failed.code != 0) code = lode__plan_report(self, &from.failed, input->path, err);
  return code;
}

static int plan_all(lode__planner *self, size_t first, lode_err *err) {
  int code = 0;
  for (size_t i = first; i < self->options->inputs->count && code == 0 && !lode__plan_is_full(self); i++) {
    const char *path = self->options->inputs->items[i].path;
    lode_slot_begin(self->slot, (uint32_t)i, (lode_str){path, strlen(path)}, 1e9);
    code = plan_input(self, (uint32_t)i, err);
  }
  if (code == 0) code = flush_files(self, err);
  lode_slot_end(self->slot);
  return code;
}

int lode_reader_main(const lode_run_options *options, size_t first, int socket, lode_slot *slot) {
  lode__planner self = {
      .options = options, .socket = socket, .slot = slot, .random = options->seed, .target = LODE_BATCH_BYTES_FIRST};
  lode_err err;
  int code = 0;
  lode_sink_init(&self.sink);
  if (options->sample != 0) {
    self.counting = true;
    code = plan_all(&self, first, &err);
    self.total = self.seen;
    self.counting = false;
    self.seen = 0;
  }
  if (code == 0) code = plan_all(&self, first, &err);
  if (code == 0) code = lode_wire_send(socket, LODE_MSG_END, NULL, 0, -1, &err);
  else if (code != LODE_E_CLOSED) lode_wire_send(socket, LODE_MSG_FAILED, err.message, strlen(err.message), -1, NULL);
  lode_batch_free(&self.batch);
  lode_batch_free(&self.files);
  lode_buf_free(&self.pending);
  lode_buf_free(&self.message);
  lode_sink_free(&self.sink);
  return code == 0 ? 0 : 1;
}
