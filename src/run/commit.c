#include "commit.h"

#include "halves.h"
#include "jsontext.h"
#include "lines.h"
#include "mem.h"
#include "worker.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static size_t format_member(const lode_commit *self) {
  return self->crew->count - 2;
}

/* ---- what is told to people and to --errors ---- */

static int put_field(lode_buf *out, const char *name, lode_str value, lode_err *err) {
  int code = lode_buf_printf(out, err, ",\"%s\":", name);
  return code != 0 ? code : lode_json_put_text(out, value.ptr, value.len, err);
}

static int write_error_line(lode_commit *self, const lode_problem *problem, lode_err *err) {
  lode_buf line = {0};
  int code = lode_buf_text(&line, "{\"page\":", err);
  if (code == 0) code = lode_json_put_text(&line, problem->page.ptr, problem->page.len, err);
  const char *name = lode_err_name(problem->code);
  if (code == 0) code = put_field(&line, "error", (lode_str){name, strlen(name)}, err);
  if (code == 0 && problem->where.len > 0) code = put_field(&line, "where", problem->where, err);
  if (code == 0 && problem->byte != LODE_NO_BYTE)
    code = lode_buf_printf(&line, err, ",\"byte\":%llu", (unsigned long long)problem->byte);
  if (code == 0) code = put_field(&line, "message", problem->message, err);
  if (code == 0) code = lode_buf_printf(&line, err, ",\"skipped\":%s}\n", problem->skipped ? "true" : "false");
  if (code == 0) code = lode_outfile_write(&self->errors, line.ptr, line.len, err);
  lode_buf_free(&line);
  return code;
}

static int say_line(lode_commit *self, lode_err *err) {
  int code = lode_buf_byte(&self->line, '\0', err);
  if (code == 0 && self->options->say != NULL) self->options->say(self->options->people, self->line.ptr);
  return code;
}

int lode_commit_problem(lode_commit *self, const lode_problem *problem, lode_err *err) {
  lode_buf *line = &self->line;
  line->len = 0;
  int code = lode_buf_printf(line, err, "%.*s: ", (int)problem->page.len, problem->page.ptr);
  if (code == 0 && problem->where.len > 0)
    code = lode_buf_printf(line, err, "%.*s: ", (int)problem->where.len, problem->where.ptr);
  if (code == 0 && problem->byte != LODE_NO_BYTE)
    code = lode_buf_printf(line, err, "byte %llu: ", (unsigned long long)problem->byte);
  if (code == 0) code = lode_buf_add(line, problem->message.ptr, problem->message.len, err);
  if (code == 0 && problem->skipped == 1) code = lode_buf_text(line, " (page skipped)", err);
  if (code == 0 && problem->skipped > 1) code = lode_buf_printf(line, err, " (%u pages skipped)", problem->skipped);
  if (code == 0) code = say_line(self, err);
  return code != 0 || self->options->errors == NULL ? code : write_error_line(self, problem, err);
}

int lode_commit_death(lode_commit *self, const lode_death *death, lode_err *err) {
  lode_problem problem = {.code = death->code,
                          .page = {death->name, strlen(death->name)},
                          .where = {death->where, strlen(death->where)},
                          .message = {death->message, strlen(death->message)},
                          .byte = LODE_NO_BYTE};
  self->result->problems++;
  return lode_commit_problem(self, &problem, err);
}

static int tell_problems(lode_commit *self, lode_err *err) {
  lode_reader in = lode_reader_of(self->sink.problems.ptr, self->sink.problems.len);
  lode_problem problem;
  int code = 0;
  while (code == 0 && lode_sink_next_problem(&in, &problem)) {
    if (problem.code == LODE_E_IO) self->result->unreadable = true;
    code = lode_commit_problem(self, &problem, err);
  }
  return code;
}

static int tell_printed(lode_commit *self, lode_err *err) {
  lode_str text = {self->sink.printed.ptr, self->sink.printed.len};
  int code = 0;
  for (size_t at = 0; at < text.len && code == 0;) {
    size_t end = lode_line_end(text.ptr, at, text.len);
    self->line.len = 0;
    code = lode_buf_add(&self->line, text.ptr + at, text.ptr[end - 1] == '\n' ? end - at - 1 : end - at, err);
    if (code == 0) code = say_line(self, err);
    at = end;
  }
  return code;
}

/* ---- counters and groups ---- */

static int spill_counts(lode_commit *self, lode_err *err) {
  int code = 0;
  for (uint32_t id = 0; id < self->count_keys.count && code == 0; id++)
    code = lode_sorter_add_count(self->count_runs, lode_table_get(&self->count_keys, id), self->counts[id], err);
  lode_table_free(&self->count_keys); /* what a table that was full holds would never look less than full */
  free(self->counts);
  self->counts = NULL;
  self->counts_cap = 0;
  lode_give_back();
  return code;
}

static bool counts_are_full(const lode_commit *self) {
  return lode_table_bytes(&self->count_keys) + self->count_keys.count * sizeof *self->counts >
         self->options->memory / 8;
}

int lode_commit_count(lode_commit *self, lode_str key, int64_t amount, lode_err *err) {
  bool added;
  uint32_t id = lode_table_add(&self->count_keys, key.ptr, key.len, &added, err);
  if (id == LODE_NO_ID) return LODE_E_NOMEM;
  if (id >= self->counts_cap) {
    size_t cap = lode_size_grow(self->counts_cap, (size_t)id + 1024);
    int64_t *counts = realloc(self->counts, lode_size_mul(cap, sizeof *counts));
    if (counts == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu counts", cap);
    self->counts = counts;
    self->counts_cap = cap;
  }
  self->counts[id] = added ? amount : self->counts[id] + amount;
  /* Also in the middle of a batch, whose keys may all be new. */
  return added && id % LODE_TABLE_CHUNK == 0 && counts_are_full(self) ? spill_counts(self, err) : 0;
}

static int add_counts(lode_commit *self, lode_err *err) {
  lode_reader in = lode_reader_of(self->sink.counted.ptr, self->sink.counted.len);
  lode_str key;
  int64_t amount;
  while (lode_sink_next_count(&in, &key, &amount)) {
    int code = lode_commit_count(self, key, amount, err);
    if (code != 0) return code;
  }
  return 0;
}

/* The group's rank by name before the key: entries sort by (name, key bytes, order of arrival). */
int lode_commit_entries(lode_commit *self, lode_str entries, lode_err *err) {
  lode_reader in = lode_reader_of(entries.ptr, entries.len);
  lode_buf sort_key = {0};
  int code = 0;
  while (in.ptr < in.end && code == 0) {
    uint32_t group = lode_read_u32(&in);
    lode_str key = lode_read_str(&in), record = lode_read_str(&in);
    if (in.bad || group >= self->crew->declared.group_count)
      return lode_fail(err, LODE_E_INPUT, "a group entry is broken");
    uint32_t rank = self->group_ranks[group];
    char prefix[2] = {(char)(rank >> 8), (char)rank};
    sort_key.len = 0;
    code = lode_buf_add(&sort_key, prefix, sizeof prefix, err);
    if (code == 0) code = lode_buf_add(&sort_key, key.ptr, key.len, err);
    if (code == 0) code = lode_sorter_add(self->groups, (lode_str){sort_key.ptr, sort_key.len}, record, err);
  }
  lode_buf_free(&sort_key);
  return code;
}

/* ---- records ---- */

static lode_totals totals_of(const lode_commit *self) {
  const lode_run_result *r = self->result;
  return (lode_totals){
      .pages_in = r->pages_in, .pages_out = r->pages_out, .pages_skipped = r->pages_skipped, .records = r->records};
}

static int take_sink(lode_commit *self, lode_err *err);

/* Ask the format's process; its text goes out, its problems are told.  Without it there is no output. */
static int format(lode_commit *self, lode_message type, const char *bytes, size_t len, lode_err *err) {
  lode_death death;
  lode_crew *crew = self->crew;
  int code = lode_crew_ask(crew, format_member(self), type, bytes, len, -1, &death, err);
  if (code != 0) return code;
  lode_reader in = lode_reader_of(crew->frame.body.ptr, crew->frame.body.len);
  lode_str text = lode_read_str(&in);
  code = lode_outfile_write(&self->out, text.ptr, text.len, err);
  lode_sink_clear(&self->sink);
  if (code == 0) code = lode_sink_read(&self->sink, in.ptr, (size_t)(in.end - in.ptr), err);
  return code != 0 ? code : take_sink(self, err);
}

static int format_edge(lode_commit *self, lode_message type, lode_err *err) {
  lode_totals totals = totals_of(self);
  lode_buf body = {0};
  int code = lode_totals_write(&totals, &body, err);
  if (code == 0) code = format(self, type, body.ptr, body.len, err);
  lode_buf_free(&body);
  return code;
}

/* 1 where options->take wants to be called again. */
static int take_records(lode_commit *self, lode_str records, lode_err *err) {
  self->taken.len = 0;
  int more = self->options->take(self->options->ud, records, &self->taken, err);
  if (more < 0) return more;
  int code = lode_outfile_write(&self->out, self->taken.ptr, self->taken.len, err);
  return code != 0 ? code : more;
}

int lode_commit_records(lode_commit *self, lode_str records, lode_err *err) {
  if (records.len > 0 && self->options->take != NULL) return take_records(self, records, err);
  if (records.len == 0) return 0;
  if (self->in_empty_list && records.ptr[0] == ',') records = (lode_str){records.ptr + 1, records.len - 1};
  self->in_empty_list = records.ptr[records.len - 1] == '[';
  if (self->crew->declared.raw_format) return lode_outfile_write(&self->out, records.ptr, records.len, err);
  int code = self->headed ? 0 : format_edge(self, LODE_MSG_HEAD, err);
  self->headed = true;
  return code != 0 ? code : format(self, LODE_MSG_ROWS, records.ptr, records.len, err);
}

/* The parts of self->sink that are not records. */
static int take_sink(lode_commit *self, lode_err *err) {
  lode_run_result *result = self->result;
  result->pages_in += self->sink.pages_in;
  result->pages_out += self->sink.pages_out;
  result->pages_skipped += self->sink.pages_skipped;
  result->repaired += self->sink.repaired;
  result->problems += self->sink.problem_count;
  int code = tell_printed(self, err);
  if (code == 0) code = tell_problems(self, err);
  if (code == 0) code = add_counts(self, err);
  if (code != 0 || self->options->half == LODE_RUN_MAP) return code;
  return lode_commit_entries(self, (lode_str){self->sink.groups.ptr, self->sink.groups.len}, err);
}

int lode_commit_sink(lode_commit *self, const char *bytes, size_t len, lode_err *err) {
  lode_sink_clear(&self->sink);
  int code = lode_sink_read(&self->sink, bytes, len, err);
  if (code != 0) return code;
  code = take_sink(self, err);
  self->result->records += self->sink.record_count;
  if (code != 0) return code;
  if (self->options->half == LODE_RUN_MAP) return lode_map_sink(self, err);
  return lode_commit_records(self, (lode_str){self->sink.records.ptr, self->sink.records.len}, err);
}

int lode_commit_batch(lode_commit *self, const char *bytes, size_t len, lode_err *err) {
  int code = lode_commit_sink(self, bytes, len, err);
  uint64_t enough = self->options->give_up;
  if (code == 0 && enough != 0 && self->result->pages_skipped >= enough)
    code = lode_fail(err, LODE_E_LIMIT, "ended because of --give-up: pages skipped: %llu",
                     (unsigned long long)self->result->pages_skipped);
  return code;
}

int lode_commit_answer(lode_commit *self, lode_err *err) {
  lode_buf answer = self->crew->frame.body; /* the format's process will answer into the same frame */
  self->crew->frame.body = (lode_buf){0};
  int code = lode_commit_sink(self, answer.ptr, answer.len, err);
  lode_buf_free(&answer);
  return code;
}

/* ---- open and close ---- */

static int rank_groups(lode_commit *self, lode_err *err) {
  const lode_declared *declared = &self->crew->declared;
  self->group_ranks = calloc(declared->group_count + 1, sizeof *self->group_ranks);
  if (self->group_ranks == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (size_t i = 0; i < declared->group_count; i++)
    for (size_t k = 0; k < declared->group_count; k++)
      self->group_ranks[i] += strcmp(declared->groups[k], declared->groups[i]) < 0;
  return 0;
}

int lode_commit_open(lode_commit *self, const lode_run_options *options, lode_run_result *result, lode_crew *crew,
                     lode_err *err) {
  *self = (lode_commit){.options = options, .result = result, .crew = crew, .out = {.fd = -1}, .errors = {.fd = -1}};
  lode_sink_init(&self->sink);
  lode_table_init(&self->count_keys, 0xC0);
  int code = lode_sorter_open(&self->count_runs, options->memory / 16, true, err);
  if (code == 0) code = lode_sorter_open(&self->groups, options->memory / 16, false, err);
  if (code == 0) code = rank_groups(self, err);
  if (code == 0) code = lode_outfile_open(&self->out, options->output, err);
  if (code == 0 && options->errors != NULL) code = lode_outfile_open(&self->errors, options->errors, err);
  return code;
}

int lode_commit_close(lode_commit *self, lode_err *err) {
  int code = self->errors.fd < 0 ? 0 : lode_outfile_commit(&self->errors, err);
  lode_outfile_drop(&self->errors);
  lode_outfile_drop(&self->out);
  lode_sink_free(&self->sink);
  lode_buf_free(&self->line);
  lode_buf_free(&self->taken);
  lode_table_free(&self->count_keys);
  free(self->counts);
  free(self->group_ranks);
  lode_sorter_free(self->count_runs);
  lode_sorter_free(self->groups);
  return code;
}

/* ---- the end: groups, done, foot ---- */

enum { PIECE_BYTES = 1 << 20 };

int lode_commit_sort_counts(lode_commit *self, lode_err *err) {
  int code = spill_counts(self, err);
  return code != 0 ? code : lode_sorter_finish(self->count_runs, err);
}

/* All counters as one sorted file: for each entry str key, u64 count. */
static int counts_to_file(lode_commit *self, int *fd, lode_err *err) {
  lode_buf piece = {0};
  lode_str key, value;
  int code = lode_commit_sort_counts(self, err);
  if (code == 0) code = lode_temp_open(fd, err);
  if (code != 0) return code;
  while ((code = lode_sorter_next(self->count_runs, &key, &value, err)) == 1) {
    code = lode_buf_str(&piece, key, err);
    if (code == 0) code = lode_buf_add(&piece, value.ptr, value.len, err);
    if (code == 0 && piece.len >= PIECE_BYTES) {
      code = lode_fd_write(*fd, piece.ptr, piece.len, err);
      piece.len = 0;
    }
    if (code != 0) break;
  }
  if (code == 0) code = lode_fd_write(*fd, piece.ptr, piece.len, err);
  lode_buf_free(&piece);
  lode_sorter_free(self->count_runs); /* nothing is counted from here on: its runs need not lie beside the file */
  self->count_runs = NULL;
  return code;
}

static int done_stage(lode_commit *self, lode_err *err) {
  lode_totals totals = totals_of(self);
  lode_buf body = {0};
  lode_death death = {0};
  size_t finisher = lode_commit_finisher(self);
  int fd = -1;
  int code = counts_to_file(self, &fd, err);
  if (code == 0) code = lode_totals_write(&totals, &body, err);
  if (code == 0) code = lode_crew_ask(self->crew, finisher, LODE_MSG_DONE, body.ptr, body.len, fd, &death, err);
  if (fd >= 0) close(fd);
  lode_buf_free(&body);
  while (code == 0 && self->crew->frame.type == LODE_MSG_MORE) {
    code = lode_commit_answer(self, err);
    if (code == 0) code = lode_crew_ask(self->crew, finisher, LODE_MSG_DONE, NULL, 0, -1, &death, err);
  }
  /* A done stage that had to be ended costs its own records, as one that raises does. */
  bool died = (code == LODE_E_CRASH || code == LODE_E_TIMEOUT || code == LODE_E_LIMIT) && death.on_item;
  if (died && self->options->host.script != NULL) return lode_commit_death(self, &death, err);
  return code != 0 ? code : lode_commit_answer(self, err);
}

int lode_commit_finish(lode_commit *self, lode_err *err) {
  const lode_declared *declared = &self->crew->declared;
  bool finishes = declared->has_done || (self->options->host.script == NULL && self->options->finish != NULL);
  if (self->options->half == LODE_RUN_MAP) {
    int mapped = lode_map_finish(self, err);
    return mapped != 0 ? mapped : lode_outfile_commit(&self->out, err);
  }
  int code = declared->group_count == 0 ? 0 : lode_commit_groups(self, err);
  if (code == 0 && finishes) code = done_stage(self, err);
  if (code == 0 && self->options->take != NULL) {
    do code = take_records(self, (lode_str){NULL, 0}, err);
    while (code == 1);
  }
  if (code == 0 && !declared->raw_format) {
    if (!self->headed) code = format_edge(self, LODE_MSG_HEAD, err);
    if (code == 0) code = format_edge(self, LODE_MSG_FOOT, err);
  }
  return code != 0 ? code : lode_outfile_commit(&self->out, err);
}
