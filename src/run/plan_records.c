/* Planning inputs that hold many pages in pieces of their own: WARC records and CSV rows.
 *
 * Both are decoded in order.  A .warc.gz could be cut at its members only where one trusts the bytes that look like the
 * beginning of one, and a page may hold a whole .warc.gz; decoding costs a third to a half
 * of what cleaning costs, so one reader feeds two or three workers. */
#include "csv.h"
#include "lines.h"
#include "planner.h"
#include "records.h"
#include "warc.h"
#include <inttypes.h>
#include <stdio.h>

/* The batch that grows at the start of pending. */
typedef struct growing {
  uint32_t count; /* records or rows */
  uint32_t pages; /* of them, those that were chosen */
  size_t len;     /* bytes */
} growing;

static void begin(lode__planner *self, lode__source *from, growing *batch, lode_batch_shape shape) {
  lode_batch_clear(&self->batch);
  self->batch.shape = shape;
  self->batch.first_line = from->line;
  self->batch.picked = lode__plan_chooses(self);
  *batch = (growing){0};
}

/* One more record or row, of `len` bytes; `lines`: how many lines or records it counts as. */
static int add_piece(lode__planner *self, lode__source *from, growing *batch, size_t len, uint64_t lines, bool is_page,
                     lode_err *err) {
  int code = 0;
  if (is_page && (!lode__plan_chooses(self) || lode__plan_take(self))) {
    batch->pages++;
    if (self->batch.picked) code = lode_buf_u32(&self->batch.numbers, batch->count, err);
  }
  batch->count++;
  batch->len += len;
  from->line += lines;
  return code;
}

static int send(lode__planner *self, lode__source *from, growing *batch, lode_err *err) {
  int code = 0;
  if (batch->pages == 0) lode__plan_drop(self, from, batch->len);
  else code = lode__plan_send(self, from, batch->len, err);
  begin(self, from, batch, self->batch.shape);
  return code;
}

/* A record or a row that is no page because something is wrong with it. */
static int report_piece(lode__planner *self, lode__source *from, int code, const char *why, lode_str name,
                        lode_err *err) {
  lode_err problem;
  char page[600];
  if (lode__plan_chooses(self) && !lode__plan_take(self)) return 0;
  if (name.len > 0) snprintf(page, sizeof page, "%.*s", name.len < 500 ? (int)name.len : 500, name.ptr);
  else snprintf(page, sizeof page, "%s#%" PRIu64, from->input->path, from->line);
  lode_fail(&problem, code, "%s", why);
  problem.byte = from->offset;
  return lode__plan_report(self, &problem, page, err);
}

/* ---- WARC ------------------------------------------------------------------------------------------------------ */

typedef struct warc_plan {
  growing batch;
  bool searching; /* behind a broken record, which was reported */
} warc_plan;

/* Let go of the next len bytes, those too that are not read yet; to the end of the member at most, which sets *lie. */
static int pass_over(lode__planner *self, lode__source *from, uint64_t len, bool *lie, lode_err *err) {
  for (;;) {
    size_t part = len < self->pending.len ? (size_t)len : self->pending.len;
    lode__plan_drop(self, from, part);
    len -= part;
    if (len == 0 || from->ended) return 0;
    int code = lode__plan_read(self, from, err);
    if (code != 0) return code;
    *lie = lode_stream_is_compressed(from->stream) && lode_stream_is_whole(from->stream) && self->pending.len < len;
    if (*lie) len = self->pending.len;
  }
}

/* Whether a record that begins at pending and claims `len` bytes is a lie: longer than the file, or, since records end
 * where members of gzip end, than the member. */
static bool is_lie(lode__source *from, uint64_t len) {
  if (from->plain) return len > from->input->size - from->offset;
  lode_reader in = lode_reader_of(from->ends.ptr, from->ends.len);
  while (in.ptr < in.end) {
    uint64_t end = lode_read_u64(&in);
    if (end > from->offset) return end < from->offset + len;
  }
  return false;
}

static int skip_large(lode__planner *self, lode__source *from, warc_plan *plan, size_t at, lode_warc_record *record,
                      lode_err *err) {
  char why[120], name[600];
  lode_str header = {self->pending.ptr + record->header.begin, record->header.end - record->header.begin};
  lode_str uri = lode_warc_field(header, "WARC-Target-URI");
  int len = snprintf(name, sizeof name, "%.*s", uri.len < 500 ? (int)uri.len : 500, uri.len == 0 ? "" : uri.ptr);
  snprintf(why, sizeof why, "a record of %zu bytes; --max-page is %zu", record->block.end - record->block.begin,
           self->options->max_page);
  int code = send(self, from, &plan->batch, err);
  if (code == 0) code = report_piece(self, from, LODE_E_LIMIT, why, (lode_str){name, (size_t)len}, err);
  from->line++;
  uint64_t over = record->block.end - at;
  plan->searching = is_lie(from, over);
  if (plan->searching) over = record->header.end - at; /* the next record is looked for */
  if (code == 0) code = pass_over(self, from, over, &plan->searching, err);
  begin(self, from, &plan->batch, LODE_BATCH_WARC);
  return code;
}

static int skip_broken(lode__planner *self, lode__source *from, warc_plan *plan, size_t at, lode_warc_record *record,
                       lode_err *err) {
  int code = send(self, from, &plan->batch, err);
  bool begins = self->pending.len >= 7 && memcmp(self->pending.ptr, "WARC/1.", 7) == 0;
  /* Where the file itself is damaged or cut, that is what is said, once (see plan_damage). */
  bool told = (plan->searching && !begins) || from->failed.code != 0;
  char why[160];
  snprintf(why, sizeof why, "a record that cannot be read: %s", record->why);
  if (code == 0 && !told) code = report_piece(self, from, LODE_E_INPUT, why, LODE_STR(""), err);
  if (!told) from->line++;
  plan->searching = true;
  lode__plan_drop(self, from, record->end - at < self->pending.len ? record->end - at : self->pending.len);
  begin(self, from, &plan->batch, LODE_BATCH_WARC);
  return code;
}

/* The stream failed: report that, and go on at the next member that begins with a record, where there is one. */
static int plan_damage(lode__planner *self, lode__source *from, warc_plan *plan, lode_err *err) {
  lode_err problem = from->failed;
  if (!lode_stream_recover(from->stream, LODE_STR("WARC/1."))) return 0; /* reported at the end of the input */
  int code = send(self, from, &plan->batch, err);
  lode__plan_drop(self, from, self->pending.len);
  char page[600];
  snprintf(page, sizeof page, "%s#%" PRIu64, from->input->path, from->line);
  if (code == 0 && (!lode__plan_chooses(self) || lode__plan_take(self)))
    code = lode__plan_report(self, &problem, page, err);
  from->line++;
  from->failed.code = 0;
  from->ended = false;
  begin(self, from, &plan->batch, LODE_BATCH_WARC);
  return code;
}

static int add_record(lode__planner *self, lode__source *from, warc_plan *plan, size_t at,
                      const lode_warc_record *record, lode_err *err) {
  const char *text = self->pending.ptr;
  lode_warc_page page;
  lode_str header = {text + record->header.begin, record->header.end - record->header.begin};
  lode_str block = {text + record->block.begin, record->block.end - record->block.begin};
  bool is_page = lode_warc_page_of(header, block, &page);
  plan->searching = false;
  int code = add_piece(self, from, &plan->batch, record->end - at, 1, is_page, err);
  return code == 0 && plan->batch.len >= self->target ? send(self, from, &plan->batch, err) : code;
}

int lode__plan_warc(lode__planner *self, lode__source *from, lode_err *err) {
  warc_plan plan = {0};
  int code = 0;
  begin(self, from, &plan.batch, LODE_BATCH_WARC);
  while (code == 0 && !lode__plan_is_full(self)) {
    lode_str bytes = {self->pending.ptr == NULL ? "" : self->pending.ptr, self->pending.len};
    lode_warc_record record;
    size_t at = plan.batch.len;
    switch (lode_warc_next(bytes, at, from->ended, self->options->max_page, &record)) {
      case LODE_WARC_RECORD:
        /* Compressed bytes are to be believed once the check sum behind them was read. */
        if (record.end == bytes.len && !from->ended && lode_stream_is_compressed(from->stream))
          code = lode__plan_read(self, from, err);
        else if (record.end == bytes.len && from->failed.code != 0 && !lode_stream_is_whole(from->stream))
          self->pending.len = at;
        else code = add_record(self, from, &plan, at, &record, err);
        break;
      case LODE_WARC_LARGE: code = skip_large(self, from, &plan, at, &record, err); break;
      case LODE_WARC_MORE: code = lode__plan_read(self, from, err); break;
      case LODE_WARC_BROKEN:
        if (from->failed.code != 0 && lode_stream_is_compressed(from->stream)) {
          code = plan_damage(self, from, &plan, err);
          if (from->failed.code == 0) break;
        }
        if (code == 0) code = skip_broken(self, from, &plan, at, &record, err);
        break;
      case LODE_WARC_END:
        if (from->failed.code != 0) code = plan_damage(self, from, &plan, err);
        if (code != 0 || from->ended) return code != 0 ? code : send(self, from, &plan.batch, err);
        break;
    }
  }
  return code != 0 ? code : send(self, from, &plan.batch, err);
}

/* ---- CSV ------------------------------------------------------------------------------------------------------- */

typedef struct csv_plan {
  growing batch;
  lode_buf head; /* the row of names */
  char separator;
  bool skips;       /* the file has no column of pages: its rows are counted and no more */
  uint64_t skipped; /* of them, those that were chosen */
} csv_plan;

/* The row behind the batch, up to *end: 0 at the end of the input, and in a row that is too long to be kept. */
static int next_row(lode__planner *self, lode__source *from, const growing *batch, char separator, lode_csv_scan *scan,
                    size_t *end, lode_err *err) {
  size_t longest = lode__longest_row(self->options);
  *scan = (lode_csv_scan){0};
  for (;;) {
    lode_str rest = {self->pending.ptr == NULL ? "" : self->pending.ptr + batch->len, self->pending.len - batch->len};
    *end = rest.len == 0 ? 0 : lode_csv_row_end(scan, rest, separator, longest, from->ended);
    if (scan->flaw == LODE_CSV_LONG) *end = 0;
    if (*end != 0 || from->ended || scan->flaw == LODE_CSV_LONG) return 0;
    int code = lode__plan_read(self, from, err);
    if (code != 0) return code;
  }
}

static uint64_t count_lines(const char *text, size_t len) {
  uint64_t lines = 0;
  for (size_t at = 0; at < len; at = lode_line_end(text, at, len)) lines++;
  return lines;
}

/* Without the names of the columns no row can be read. */
static void fail_head(lode__source *from, const lode_csv_scan *scan) {
  lode_fail(&from->failed, LODE_E_INPUT, "the first row, which names the columns, %s",
            scan->flaw == LODE_CSV_BEHIND
                ? "has text behind a closing quote: a quote inside a quoted field is written twice"
            : scan->flaw == LODE_CSV_OPEN ? "has a quote that is not closed"
                                          : "is longer than --max-page");
}

/* The names of the columns; nothing at the end of an input that has none. */
static int take_head(lode__planner *self, lode__source *from, lode_buf *head, char *separator, lode_err *err) {
  growing none = {0};
  lode_csv_scan scan;
  size_t end;
  int code = next_row(self, from, &none, '\0', &scan, &end, err);
  if (code == 0 && from->failed.code == 0 && scan.flaw != LODE_CSV_GOOD) fail_head(from, &scan);
  if (code != 0 || end == 0 || scan.flaw != LODE_CSV_GOOD) return code;
  size_t mark = end >= 3 && memcmp(self->pending.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  code = lode_buf_add(head, self->pending.ptr + mark, end - mark, err);
  *separator = lode_csv_separator((lode_str){head->ptr, head->len});
  from->line += count_lines(self->pending.ptr, end);
  lode__plan_drop(self, from, end);
  return code;
}

static int begin_rows(lode__planner *self, lode__source *from, csv_plan *plan, lode_err *err) {
  begin(self, from, &plan->batch, LODE_BATCH_CSV);
  self->batch.separator = plan->separator;
  return lode_buf_add(&self->batch.head, plan->head.ptr, plan->head.len, err);
}

static int send_rows(lode__planner *self, lode__source *from, csv_plan *plan, lode_err *err) {
  if (plan->skips) {
    plan->skipped += plan->batch.pages;
    plan->batch.pages = 0; /* so nothing is sent */
  }
  return send(self, from, &plan->batch, err);
}

/* Report the row at the start of pending, and let it go without keeping it. */
static int skip_long_row(lode__planner *self, lode__source *from, csv_plan *plan, lode_err *err) {
  size_t end = lode__longest_row(self->options);
  int code = 0;
  if (plan->skips) plan->skipped += !lode__plan_chooses(self) || lode__plan_take(self);
  else code = report_piece(self, from, LODE_E_LIMIT, "a row longer than --max-page", LODE_STR(""), err);
  from->line += count_lines(self->pending.ptr, end) - 1;
  lode__plan_drop(self, from, end);
  while (code == 0) {
    end = self->pending.len == 0 ? 0 : lode_line_end(self->pending.ptr, 0, self->pending.len);
    bool whole = end > 0 && self->pending.ptr[end - 1] == '\n';
    lode__plan_drop(self, from, end);
    if (whole || from->ended) break;
    code = lode__plan_read(self, from, err);
  }
  from->line++;
  return code;
}

/* Whether the last row is what damage left of one, which is none: its line or its quoted field has no end. */
static bool is_cut(const lode__planner *self, const lode__source *from, const growing *batch, const lode_csv_scan *scan,
                   size_t end) {
  if (from->failed.code == 0) return false;
  bool open = scan->state == LODE_CSV_QUOTED && scan->seen == self->pending.len - batch->len;
  return open || (batch->len + end == self->pending.len && self->pending.ptr[self->pending.len - 1] != '\n');
}

static int plan_rows(lode__planner *self, lode__source *from, csv_plan *plan, lode_err *err) {
  growing *batch = &plan->batch;
  int code = begin_rows(self, from, plan, err);
  while (code == 0 && !lode__plan_is_full(self)) {
    size_t end = 0;
    lode_csv_scan scan = {0};
    bool send_now = batch->len >= self->target;
    if (!send_now) code = next_row(self, from, batch, plan->separator, &scan, &end, err);
    bool is_long = scan.flaw == LODE_CSV_LONG;
    if (code != 0 || (end == 0 && !send_now && !is_long) || (end > 0 && is_cut(self, from, batch, &scan, end))) break;
    if (end > 0) {
      const char *row = self->pending.ptr + batch->len;
      code = add_piece(self, from, batch, end, count_lines(row, end), !lode_line_is_blank(row, 0, end), err);
      continue;
    }
    code = send_rows(self, from, plan, err);
    if (code == 0 && is_long) code = skip_long_row(self, from, plan, err);
    if (code == 0) code = begin_rows(self, from, plan, err);
  }
  return code != 0 ? code : send_rows(self, from, plan, err);
}

/* Whether there is a column "text"; where there is none, why says so and names those that there are. */
static bool has_text(const lode_buf *head, char separator, lode_err *why) {
  char names[300] = "";
  size_t at = 0, len = 0;
  lode_buf unquoted = {0};
  lode_str name;
  bool found = false;
  while (!found && lode_csv_field((lode_str){head->ptr, head->len}, &at, separator, &unquoted, &name, NULL)) {
    found = name.len == 4 && memcmp(name.ptr, "text", 4) == 0;
    if (len + 60 < sizeof names)
      len += (size_t)snprintf(names + len, sizeof names - len, "%s%.*s", len == 0 ? "" : ", ",
                              name.len > 40 ? 40 : (int)name.len, name.ptr);
  }
  lode_buf_free(&unquoted);
  if (!found)
    lode_fail(why, LODE_E_INPUT, "no column is called \"text\", which holds the pages; rename one of these: %s", names);
  return found;
}

int lode__plan_csv(lode__planner *self, lode__source *from, lode_err *err) {
  csv_plan plan = {.separator = ','};
  lode_err why;
  int code = take_head(self, from, &plan.head, &plan.separator, err);
  bool any = code == 0 && plan.head.len > 0;
  if (any) {
    plan.skips = !has_text(&plan.head, plan.separator, &why);
    code = plan_rows(self, from, &plan, err);
  }
  if (any && code == 0 && plan.skips) code = lode__plan_report_pages(self, &why, from->input->path, plan.skipped, err);
  lode_buf_free(&plan.head);
  return code;
}
