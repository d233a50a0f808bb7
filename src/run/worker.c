#define _GNU_SOURCE /* watch.h needs timer_t */
#include "worker.h"

#include "clean.h"
#include "lines.h"
#include "mem.h"
#include "pagecopies.h"
#include "pages.h"
#include "watch.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* The word table is let go between batches beyond this, or a quarter of the worker's share of memory: at about 40 bytes
 * a word, half a million words. */
enum { WORDS_BYTES_MAX = 24 << 20, PAGE_BYTES_PER_SECOND = 10000000 };

typedef struct worker {
  const lode_run_options *options;
  lode_host *host;
  int socket;
  lode_table words;
  lode_page page;
  lode_pages pages;
  lode_sink sink;
  lode_frame in;
  lode_buf out;
  lode_watch watch;
  lode_unit_maker maker;
} worker;

int lode_orders_write(const lode_orders *self, lode_buf *out, lode_err *err) {
  int code = lode_buf_u32(out, self->trial, err);
  if (code == 0) code = lode_buf_u32(out, self->only, err);
  if (code == 0) code = lode_buf_str(out, (lode_str){self->lost.ptr, self->lost.len}, err);
  return code != 0 ? code : lode_buf_str(out, (lode_str){self->copies.ptr, self->copies.len}, err);
}

int lode_totals_write(const lode_totals *self, lode_buf *out, lode_err *err) {
  int code = lode_buf_u64(out, self->pages_in, err);
  if (code == 0) code = lode_buf_u64(out, self->pages_out, err);
  if (code == 0) code = lode_buf_u64(out, self->pages_skipped, err);
  return code != 0 ? code : lode_buf_u64(out, self->records, err);
}

static lode_totals read_totals(lode_reader *in) {
  lode_totals totals = {0};
  totals.pages_in = lode_read_u64(in);
  totals.pages_out = lode_read_u64(in);
  totals.pages_skipped = lode_read_u64(in);
  totals.records = lode_read_u64(in);
  return totals;
}

/* An error becomes a problem of the sink: an error with a line is in the script, one without in the input. */
static int add_problem(worker *self, const lode_err *why, lode_str page, bool skipped, lode_err *err) {
  char where[600] = "";
  if (why->path[0] != '\0' && why->line != 0) snprintf(where, sizeof where, "%s:%" PRIu32, why->path, why->line);
  lode_problem problem = {.code = why->code,
                          .skipped = skipped,
                          .page = page,
                          .where = {where, strlen(where)},
                          .message = {why->message, strlen(why->message)},
                          .byte = why->byte};
  return lode_sink_problem(&self->sink, &problem, err);
}

/* ---- a batch ---- */

static double seconds_for(const worker *self, size_t bytes) {
  return self->options->page_timeout + (double)bytes / PAGE_BYTES_PER_SECOND;
}

static int work_on_page(worker *self, uint32_t item, const lode_page_copy *decision, lode_err *err) {
  const lode_run_options *options = self->options;
  lode_watch_begin(&self->watch, item, (lode_str){self->pages.id.ptr, self->pages.id.len},
                   seconds_for(self, options->max_page));
  int code = lode_pages_fill(&self->pages, &self->page, err);
  if (code == 0) {
    lode_watch_begin(&self->watch, item, self->page.id, seconds_for(self, self->page.raw.len));
    self->page.duplicate_of = decision->duplicate_of;
    self->page.cluster = options->dedup != LODE_DEDUP_NONE && decision->cluster.len == 0 ? self->page.id : decision->cluster;
    if (options->host.script == NULL) {
      code = options->page(options->ud, &self->page, &self->sink, err);
    } else {
      code = lode_clean(&self->page, err);
      if (code == 0) code = lode_host_page(self->host, &self->page, &self->sink, err);
    }
  }
  lode_watch_end(&self->watch);
  return code;
}

/* A record may stay open over all pieces of a text: a piece that is lost leaves an empty one, which begins the record
 * or ends it where the lost one would have. */
static int keep_piece(worker *self, const lode_batch *batch, lode_err *err) {
  if (!batch->goes_on && !batch->more) return 0;
  lode_pages_fill_empty(&self->pages, &self->page);
  int code = self->options->page(self->options->ud, &self->page, &self->sink, err);
  return code != 0 ? code : lode_sink_keep(&self->sink, err);
}

static int run_page(worker *self, uint32_t item, const lode_page_copy *decision, bool counts, lode_err *err) {
  lode_err why;
  lode_err_clear(&why);
  int code = work_on_page(self, item, decision, &why);
  self->sink.pages_in += counts;
  if (code == 0) {
    self->sink.pages_out += counts;
    self->sink.repaired += self->page.repairs.count > 0;
    return lode_sink_keep(&self->sink, err);
  }
  lode_sink_undo(&self->sink);
  self->sink.pages_skipped += counts;
  code = add_problem(self, &why, (lode_str){self->pages.id.ptr, self->pages.id.len}, true, err);
  return code != 0 ? code : keep_piece(self, self->pages.batch, err);
}

/* The pages of this batch that are lost already, in order. */
typedef struct lost_list {
  lode_reader in;
  bool any;
  uint32_t item;
  lode_problem problem;
} lost_list;

static void next_lost(lost_list *self) {
  self->any = self->in.ptr < self->in.end;
  if (!self->any) return;
  self->item = lode_read_u32(&self->in);
  self->problem = (lode_problem){.code = -(int)lode_read_u32(&self->in), .skipped = 1, .byte = LODE_NO_BYTE};
  self->problem.where = lode_read_str(&self->in);
  self->problem.message = lode_read_str(&self->in);
}

static int skip_lost(worker *self, lost_list *lost, lode_err *err) {
  bool counts = !self->pages.batch->goes_on;
  self->sink.pages_in += counts;
  self->sink.pages_skipped += counts;
  lost->problem.page = (lode_str){self->pages.id.ptr, self->pages.id.len};
  int code = lode_sink_problem(&self->sink, &lost->problem, err);
  next_lost(lost);
  return code != 0 ? code : keep_piece(self, self->pages.batch, err);
}

/* What is wanted of a batch, as it came. */
typedef struct wanted {
  bool trial;
  uint32_t only;
  lode_str lost, copies;
} wanted;

static wanted read_wanted(lode_reader *in) {
  wanted out = {.trial = lode_read_u32(in) != 0};
  out.only = lode_read_u32(in);
  out.lost = lode_read_str(in);
  out.copies = lode_read_str(in);
  return out;
}

/* The decision of a page; an empty one where nobody asked.  Decisions stand in order of items. */
static lode_page_copy decision_of(lode_reader *in, uint32_t item) {
  lode_page_copy found;
  while (in->ptr < in->end) {
    lode_reader before = *in;
    if (!lode_page_copies_next(in, &found)) break;
    if (found.item == item) return found;
    if (found.item > item) {
      *in = before;
      break;
    }
  }
  return (lode_page_copy){.item = item, .duplicate_of = LODE_STR(""), .cluster = LODE_STR("")};
}

static int run_batch(worker *self, const lode_batch *batch, const wanted *want, lode_err *err) {
  lode_err why;
  lost_list lost = {.in = lode_reader_of(want->lost.ptr, want->lost.len)};
  lode_reader copies = lode_reader_of(want->copies.ptr, want->copies.len);
  next_lost(&lost);
  lode_err_clear(&why);
  int code = lode_pages_open(&self->pages, self->options, batch, self->in.fd, &why);
  if (code != 0) { /* a file that went away since the reader saw it: its pages are one problem */
    self->sink.pages_in += !batch->goes_on;
    self->sink.pages_skipped += !batch->goes_on;
    const char *path = self->options->inputs->items[batch->input].path;
    code = add_problem(self, &why, (lode_str){path, strlen(path)}, true, err);
    return code == 0 && lode_pages_step(&self->pages) ? keep_piece(self, batch, err) : code;
  }
  while (code == 0 && lode_pages_step(&self->pages)) {
    uint32_t item = self->pages.item;
    if (want->trial && item != want->only) continue;
    lode_page_copy decision = decision_of(&copies, item);
    if (lost.any && lost.item == item) code = skip_lost(self, &lost, err);
    else code = run_page(self, item, &decision, !batch->goes_on, err);
  }
  lode_pages_close(&self->pages);
  return code;
}

static int answer_sink(worker *self, lode_message type, lode_err *err) {
  self->out.len = 0;
  int code = lode_sink_write(&self->sink, &self->out, err);
  lode_sink_clear(&self->sink);
  return code != 0 ? code : lode_wire_send(self->socket, type, self->out.ptr, self->out.len, -1, err);
}

/* Not before the answer: the sink counts by the table's ids. */
static void age_words(worker *self) {
  size_t most = lode_share(self->options) / 4;
  if (lode_table_bytes(&self->words) <= (most < WORDS_BYTES_MAX ? most : WORDS_BYTES_MAX)) return;
  lode_table_free(&self->words);
  if (self->host != NULL) lode_host_forget_words(self->host);
  if (self->out.cap > most) lode_buf_free(&self->out);
  lode_give_back();
}

/* What cannot be cleaned has no signature: it is told of when its batch is worked on. */
static int sign_page(worker *self, uint32_t item, lode_err *err) {
  lode_err why;
  lode_err_clear(&why);
  lode_watch_begin(&self->watch, item, (lode_str){self->pages.id.ptr, self->pages.id.len},
                   seconds_for(self, self->options->max_page));
  int code = lode_pages_fill(&self->pages, &self->page, &why);
  if (code == 0) code = lode_clean(&self->page, &why);
  if (code == 0) code = lode_page_copies_sign(self->options->dedup, item, &self->page, &self->maker, &self->out, err);
  else code = 0;
  lode_watch_end(&self->watch);
  return code;
}

static int on_sign(worker *self, lode_err *err) {
  lode_batch batch = {0};
  lode_err why;
  lode_reader in = lode_reader_of(self->in.body.ptr, self->in.body.len);
  int code = lode_batch_read(&batch, &in, err);
  wanted want = read_wanted(&in);
  lost_list lost = {.in = lode_reader_of(want.lost.ptr, want.lost.len)};
  lode_err_clear(&why);
  self->out.len = 0;
  if (code == 0 && in.bad) code = lode_fail(err, LODE_E_INPUT, "an order is broken");
  bool open = code == 0 && lode_pages_open(&self->pages, self->options, &batch, self->in.fd, &why) == 0;
  if (open) next_lost(&lost);
  while (code == 0 && open && lode_pages_step(&self->pages)) {
    uint32_t item = self->pages.item;
    if (want.trial && item != want.only) continue;
    if (lost.any && lost.item == item) next_lost(&lost);
    else code = sign_page(self, item, err);
  }
  if (open) lode_pages_close(&self->pages);
  if (code == 0) code = lode_wire_send(self->socket, LODE_MSG_SIGNATURES, self->out.ptr, self->out.len, -1, err);
  lode_batch_free(&batch);
  return code;
}

static int on_work(worker *self, lode_err *err) {
  lode_batch batch = {0};
  lode_reader in = lode_reader_of(self->in.body.ptr, self->in.body.len);
  int code = lode_batch_read(&batch, &in, err);
  wanted want = read_wanted(&in);
  if (code == 0 && in.bad) code = lode_fail(err, LODE_E_INPUT, "an order is broken");
  if (code == 0 && batch.report.len > 0) code = lode_sink_read(&self->sink, batch.report.ptr, batch.report.len, err);
  if (code == 0) code = run_batch(self, &batch, &want, err);
  if (code == 0) code = answer_sink(self, LODE_MSG_SINK, err);
  age_words(self);
  lode_batch_free(&batch);
  return code;
}

/* ---- groups ---- */

typedef struct record_source {
  worker *self;
  lode_frame in;
  lode_reader records;
  bool ended;
  int code;
  lode_err *err;
} record_source;

static bool next_record(void *ud, lode_str *record) {
  record_source *from = ud;
  while (!from->ended && from->records.ptr == from->records.end) {
    int code = lode_wire_receive(from->self->socket, &from->in, from->err);
    if (code != 1 || from->in.type != LODE_MSG_RECORDS) {
      from->ended = true;
      if (code != 1) from->code = code == 0 ? LODE_E_CLOSED : code;
    } else {
      from->records = lode_reader_of(from->in.body.ptr, from->in.body.len);
    }
  }
  if (from->ended) return false;
  *record = lode_read_str(&from->records);
  return true;
}

static int on_key(worker *self, uint32_t item, lode_err *err) {
  lode_reader in = lode_reader_of(self->in.body.ptr, self->in.body.len);
  uint32_t group = lode_read_u32(&in);
  lode_str key = lode_read_str(&in), record;
  record_source from = {.self = self, .in = {.fd = -1}, .err = err};
  lode_err why;
  lode_err_clear(&why);
  lode_watch_begin(&self->watch, item, key, self->options->page_timeout);
  int code = lode_host_reduce(self->host, group, key, next_record, &from, &self->sink, &why);
  lode_watch_end(&self->watch);
  while (next_record(&from, &record)) continue;
  lode_frame_free(&from.in);
  if (from.code != 0) return from.code;
  if (code == 0) return lode_sink_keep(&self->sink, err);
  lode_sink_undo(&self->sink);
  return add_problem(self, &why, key, false, err);
}

/* ---- done, and the output format ---- */

enum { COUNTS_WINDOW = 4 << 20 };

/* The length of the whole entries (str key, u64 count) at the start of the bytes. */
static size_t whole_entries(const char *bytes, size_t len) {
  lode_reader in = lode_reader_of(bytes, len);
  size_t whole = 0;
  while (in.ptr < in.end) {
    lode_read_str(&in);
    lode_read_u64(&in);
    if (in.bad) break;
    whole = (size_t)(in.ptr - bytes);
  }
  return whole;
}

/* Give the native job all counts in the file, a window at a time: a mapping of them would count as memory. */
static int feed_counts(worker *self, lode_totals *totals, lode_err *err) {
  lode_buf window = {0};
  uint64_t offset = 0;
  int code = 0;
  for (bool ended = self->in.fd < 0; code == 0 && !ended;) {
    code = lode_buf_reserve(&window, COUNTS_WINDOW, err);
    if (code != 0) break;
    ssize_t got = pread(self->in.fd, window.ptr + window.len, COUNTS_WINDOW, (off_t)offset);
    if (got < 0) {
      code = lode_fail(err, LODE_E_IO, "cannot read the counts back: %s", strerror(errno));
      break;
    }
    ended = got == 0;
    offset += (uint64_t)got;
    window.len += (size_t)got;
    totals->counts = (lode_str){window.ptr, whole_entries(window.ptr, window.len)};
    if (ended && totals->counts.len != window.len) code = lode_fail(err, LODE_E_INPUT, "the counts are damaged");
    if (totals->counts.len == 0) continue;
    if (code == 0) code = self->options->finish(self->options->ud, totals, &self->sink, err);
    window.len -= totals->counts.len;
    memmove(window.ptr, window.ptr + totals->counts.len, window.len);
  }
  totals->counts = (lode_str){"", 0};
  lode_buf_free(&window);
  return code;
}

static int finish_script(worker *self, lode_totals *totals, lode_err *err) {
  lode_mapping counts = {0};
  int code = self->in.fd < 0 ? 0 : lode_file_map_fd(self->in.fd, 0, SIZE_MAX, &counts, err);
  if (code != 0) return code;
  totals->counts = counts.bytes;
  lode_watch_begin(&self->watch, 0, LODE_STR("done"), seconds_for(self, counts.bytes.len));
  code = lode_host_done(self->host, totals, &self->sink, err);
  lode_watch_end(&self->watch);
  lode_file_unmap(&counts);
  return code;
}

/* The native jobs are ours, and how long they take is for the counts and not for a page to say: no deadline. */
static int finish_native(worker *self, lode_totals *totals, lode_err *err) {
  int code = self->in.fd >= 0 ? feed_counts(self, totals, err) : 0;
  return code != 0 ? code : self->options->finish(self->options->ud, totals, &self->sink, err);
}

static int on_done(worker *self, lode_err *err) {
  lode_reader in = lode_reader_of(self->in.body.ptr, self->in.body.len);
  lode_totals totals = read_totals(&in);
  lode_err why;
  int code = 0;
  lode_err_clear(&why);
  if (self->options->host.script != NULL) code = finish_script(self, &totals, &why);
  else if (self->options->finish != NULL) code = finish_native(self, &totals, &why);
  bool more = code == 1;
  if (code >= 0) {
    code = lode_sink_keep(&self->sink, err);
  } else {
    lode_sink_undo(&self->sink);
    code = add_problem(self, &why, LODE_STR("done"), false, err);
  }
  return code != 0 ? code : answer_sink(self, more ? LODE_MSG_MORE : LODE_MSG_SINK, err);
}

/* One row; a record whose row raises is left out and said so. */
static int format_row(worker *self, lode_str record, lode_buf *text, lode_err *err) {
  lode_err why;
  lode_err_clear(&why);
  size_t before = text->len;
  lode_watch_begin(&self->watch, 0, LODE_STR("output format"), self->options->page_timeout);
  int code = lode_host_row(self->host, record, text, &why);
  lode_watch_end(&self->watch);
  if (code == 0) return 0;
  text->len = before;
  return add_problem(self, &why, LODE_STR("output format"), false, err);
}

static int on_rows(worker *self, lode_buf *text, lode_err *err) {
  int code = 0;
  for (size_t at = 0; at < self->in.body.len && code == 0;) {
    size_t end = lode_line_end(self->in.body.ptr, at, self->in.body.len);
    code = format_row(self, (lode_str){self->in.body.ptr + at, end - at - 1}, text, err);
    at = end;
  }
  return code;
}

/* What the format printed. */
static int take_notes(worker *self, lode_err *err) {
  lode_str notes = lode_host_notes(self->host);
  int code = lode_buf_add(&self->sink.printed, notes.ptr, notes.len, err);
  return code != 0 ? code : lode_sink_keep(&self->sink, err);
}

static int on_format(worker *self, lode_err *err) {
  lode_buf text = {0};
  lode_reader in = lode_reader_of(self->in.body.ptr, self->in.body.len);
  lode_totals totals = read_totals(&in);
  lode_err why;
  int code = 0;
  lode_err_clear(&why);
  if (self->in.type == LODE_MSG_ROWS) {
    code = on_rows(self, &text, err);
  } else {
    lode_watch_begin(&self->watch, 0, LODE_STR("output format"), self->options->page_timeout);
    code = self->in.type == LODE_MSG_HEAD ? lode_host_head(self->host, &totals, &text, &why)
                                          : lode_host_foot(self->host, &totals, &text, &why);
    lode_watch_end(&self->watch);
    if (code != 0) code = add_problem(self, &why, LODE_STR("output format"), false, err);
    if (code == 0 && self->in.type == LODE_MSG_FOOT) code = take_notes(self, err);
  }
  self->out.len = 0;
  if (code == 0) code = lode_buf_str(&self->out, (lode_str){text.ptr, text.len}, err);
  if (code == 0) code = lode_sink_write(&self->sink, &self->out, err);
  lode_sink_clear(&self->sink);
  lode_buf_free(&text);
  return code != 0 ? code : lode_wire_send(self->socket, LODE_MSG_TEXT, self->out.ptr, self->out.len, -1, err);
}

static int answer(worker *self, uint32_t *keys, lode_err *err) {
  switch (self->in.type) {
    case LODE_MSG_WORK: return on_work(self, err);
    case LODE_MSG_SIGN: return on_sign(self, err);
    case LODE_MSG_KEY: return on_key(self, (*keys)++, err);
    case LODE_MSG_FLUSH: *keys = 0; return answer_sink(self, LODE_MSG_SINK, err);
    case LODE_MSG_DONE: return on_done(self, err);
    case LODE_MSG_HEAD:
    case LODE_MSG_ROWS:
    case LODE_MSG_FOOT: return on_format(self, err);
    default: return lode_fail(err, LODE_E_INPUT, "a worker does not know message %" PRIu32, self->in.type);
  }
}

int lode_worker_main(const lode_run_options *options, lode_host *host, int socket, lode_slot *slot) {
  worker self = {.options = options, .host = host, .socket = socket, .in = {.fd = -1}};
  lode_err err;
  uint32_t keys = 0;
  lode_err_clear(&err);
  lode_table_init(&self.words, 0x10DE);
  lode_page_init(&self.page, &self.words);
  self.page.lists = lode_host_lists(host);
  self.page.furniture = options->furniture;
  lode_sink_init(&self.sink);
  int code = lode_watch_open(&self.watch, host, slot, &err);
  while (code == 0) {
    if (self.in.fd >= 0) close(self.in.fd);
    int got = lode_wire_receive(socket, &self.in, &err);
    if (got <= 0) {
      code = got;
      break;
    }
    code = answer(&self, &keys, &err);
    fflush(NULL); /* what a trusted script wrote with io.write: the process may be ended at any time from here */
  }
  lode_frame_free(&self.in);
  lode_buf_free(&self.out);
  lode_pages_free(&self.pages);
  lode_unit_maker_free(&self.maker);
  lode_sink_free(&self.sink);
  lode_page_free(&self.page);
  lode_table_free(&self.words);
  lode_watch_close(&self.watch);
  return code == 0 || code == LODE_E_CLOSED ? 0 : 1;
}
