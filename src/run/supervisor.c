#define _GNU_SOURCE /* pid_t, kill */
#include "supervisor.h"

#include "pagecopies.h"
#include "worker.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK_MS = 50, DEATHS_WITHOUT_PAGE = 3, RESULT_KEEP = 1 << 20 };
static const uint64_t PROGRESS_NS = 200000000u;

/* Where copies are looked for, a job WAITS, RUNS and is SIGNED first, and WAITS again when its copies are decided. */
typedef enum job_state { JOB_FREE, JOB_WAITS, JOB_RUNS, JOB_SIGNED, JOB_DONE, JOB_REPLAYED } job_state;

typedef struct job {
  job_state state;
  lode_batch batch;
  int fd;              /* the batch's buffer, or -1 */
  lode_orders orders;
  lode_buf tried;      /* u32 each: pages that passed, or had, a trial of their own */
  lode_buf result;     /* a sink message, when DONE; signatures, when SIGNED */
  bool decided;        /* which of its pages are copies */
  bool replayed;       /* its result is in the journal: it is signed, for those behind it, and not worked on */
  unsigned deaths;
} job;

typedef struct supervisor {
  const lode_run_options *options;
  lode_crew *crew;
  lode_commit *commit;
  lode_journal *journal;
  uint64_t replayed;
  job *window;
  size_t window_size;
  uint64_t credits, planned, decided, committed; /* batches */
  lode_page_copies *copies; /* NULL: not asked for */
  uint64_t input_bytes, done_bytes, last_progress;
  int reader;          /* socket */
  pid_t reader_pid;
  bool ended;          /* the reader said END */
  lode_frame frame;
  struct pollfd *wait;
} supervisor;

static job *job_of(supervisor *self, uint64_t number) {
  return &self->window[number % self->window_size];
}

static void clear_job(job *self) {
  if (self->result.cap > RESULT_KEEP) lode_buf_free(&self->result);
  if (self->fd >= 0) close(self->fd);
  self->fd = -1;
  self->state = JOB_FREE;
  self->deaths = 0;
  self->orders.trial = false;
  self->decided = self->replayed = false;
  self->orders.lost.len = self->orders.copies.len = self->tried.len = self->result.len = 0;
  lode_batch_clear(&self->batch);
}

/* ---- the reader ---- */

static int give_credits(supervisor *self, lode_err *err) {
  while (!self->ended && self->credits - self->committed < self->window_size) {
    int code = lode_wire_send(self->reader, LODE_MSG_CREDIT, NULL, 0, -1, err);
    if (code == LODE_E_CLOSED) return 0; /* its end of file tells the rest */
    if (code != 0) return code;
    self->credits++;
  }
  return 0;
}

static int take_batch(supervisor *self, lode_err *err) {
  job *next = job_of(self, self->planned);
  lode_reader in = lode_reader_of(self->frame.body.ptr, self->frame.body.len);
  int code = lode_batch_read(&next->batch, &in, err);
  if (code != 0) return code;
  next->fd = self->frame.fd;
  self->frame.fd = -1;
  next->state = JOB_WAITS;
  next->replayed = self->planned < self->replayed;
  if (next->replayed && (self->copies == NULL || next->batch.shape == LODE_BATCH_NONE)) {
    next->state = JOB_REPLAYED;
  } else if (next->batch.shape == LODE_BATCH_NONE) {
    next->state = JOB_DONE;
    code = lode_buf_add(&next->result, next->batch.report.ptr, next->batch.report.len, err);
  }
  self->planned++;
  return code;
}

/* The reader died on an input (a decoder crashed): that input is lost, the next one goes on. */
static int replace_reader(supervisor *self, lode_err *err) {
  const lode_slot *slot = &self->crew->slots[LODE_SLOT_READER];
  uint32_t item = atomic_load(&slot->item);
  close(self->reader);
  waitpid(self->reader_pid, NULL, 0);
  self->reader_pid = 0;
  if (atomic_load(&slot->deadline_ns) == 0 || self->options->limit != 0 || self->options->sample != 0)
    return lode_fail(err, LODE_E_CRASH, "the process that reads the input died");
  lode_sink sink;
  lode_sink_init(&sink);
  sink.pages_in = sink.pages_skipped = 1;
  lode_problem problem = {.code = LODE_E_CRASH, .skipped = 1, .page = {slot->name, strlen(slot->name)}, .where = LODE_STR(""),
                          .message = LODE_STR("reading it crashed; the rest of this input is lost"), .byte = LODE_NO_BYTE};
  int code = lode_sink_problem(&sink, &problem, err);
  job *next = job_of(self, self->planned);
  if (code == 0) code = lode_sink_write(&sink, &next->result, err);
  lode_sink_free(&sink);
  next->state = self->planned < self->replayed ? JOB_REPLAYED : JOB_DONE;
  self->planned++;
  self->credits = self->planned; /* what the old one had in hand is void */
  return code != 0 ? code : lode_crew_fork_reader(self->crew, (size_t)item + 1, &self->reader, &self->reader_pid, err);
}

static int hear_reader(supervisor *self, lode_err *err) {
  int got = lode_wire_receive(self->reader, &self->frame, err);
  if (got < 0) return got;
  if (got == 0) return self->ended ? 0 : replace_reader(self, err);
  if (self->frame.type == LODE_MSG_BATCH) return take_batch(self, err);
  if (self->frame.type == LODE_MSG_FAILED)
    return lode_fail(err, LODE_E_IO, "reading the input failed: %.*s", (int)self->frame.body.len, self->frame.body.ptr);
  self->ended = true;
  return 0;
}

/* ---- workers ---- */

static int order(supervisor *self, size_t worker, uint64_t number, lode_err *err) {
  job *work = job_of(self, number);
  lode_member *member = &self->crew->members[worker];
  int code = member->socket >= 0 ? 0 : lode_crew_hire(self->crew, worker, err);
  if (code != 0) return code;
  lode_buf body = {0};
  code = lode_batch_write(&work->batch, &body, err);
  if (code == 0) code = lode_orders_write(&work->orders, &body, err);
  member->busy = true;
  member->batch = number;
  work->state = JOB_RUNS;
  lode_message what = self->copies != NULL && !work->decided ? LODE_MSG_SIGN : LODE_MSG_WORK;
  if (code == 0) code = lode_wire_send(member->socket, what, body.ptr, body.len, work->fd, err);
  lode_buf_free(&body);
  return code == LODE_E_CLOSED ? 0 : code; /* it died idle: its end of file brings the batch back */
}

static int assign(supervisor *self, lode_err *err) {
  size_t worker = 0, jobs = (size_t)self->options->jobs;
  size_t held = 0; /* answers that wait for a lower batch: no more work before it where they are large */
  for (uint64_t number = self->committed; number < self->planned; number++) {
    held += job_of(self, number)->result.len;
    if (job_of(self, number)->state != JOB_WAITS) continue;
    if (held > self->options->memory / 16) return 0;
    while (worker < jobs && self->crew->members[worker].busy) worker++;
    if (worker == jobs) return 0;
    int code = order(self, worker, number, err);
    if (code != 0) return code;
  }
  return 0;
}

static int take_answer(supervisor *self, job *work, lode_err *err) {
  if (work->orders.trial) { /* the page lives: the whole batch again */
    work->orders.trial = false;
    work->state = JOB_WAITS;
    return 0;
  }
  work->state = self->frame.type == LODE_MSG_SIGNATURES ? JOB_SIGNED : JOB_DONE;
  return lode_buf_add(&work->result, self->frame.body.ptr, self->frame.body.len, err);
}

static bool was_tried(const job *work, uint32_t item) {
  lode_reader in = lode_reader_of(work->tried.ptr, work->tried.len);
  while (in.ptr < in.end)
    if (lode_read_u32(&in) == item) return true;
  return false;
}

static int add_lost(lode_buf *out, uint32_t item, const lode_death *death, lode_err *err) {
  int code = lode_buf_u32(out, item, err);
  if (code == 0) code = lode_buf_u32(out, (uint32_t)-death->code, err);
  if (code == 0) code = lode_buf_str(out, (lode_str){death->where, strlen(death->where)}, err);
  return code != 0 ? code : lode_buf_str(out, (lode_str){death->message, strlen(death->message)}, err);
}

/* Put the page among the batch's lost ones, which stay in order. */
static int lose_page(job *work, const lode_death *death, lode_err *err) {
  lode_buf out = {0};
  lode_reader in = lode_reader_of(work->orders.lost.ptr, work->orders.lost.len);
  bool placed = false;
  int code = 0;
  while (in.ptr < in.end && code == 0) {
    const char *entry = in.ptr;
    uint32_t item = lode_read_u32(&in);
    lode_read_u32(&in);
    lode_read_str(&in);
    lode_read_str(&in);
    if (!placed && item > death->item) {
      code = add_lost(&out, death->item, death, err);
      placed = true;
    }
    if (code == 0) code = lode_buf_add(&out, entry, (size_t)(in.ptr - entry), err);
  }
  if (code == 0 && !placed) code = add_lost(&out, death->item, death, err);
  lode_buf_free(&work->orders.lost);
  work->orders.lost = out;
  return code;
}

static int after_death(job *work, const lode_death *death, lode_err *err) {
  bool was_trial = work->orders.trial;
  work->orders.trial = false;
  work->state = JOB_WAITS;
  if (!death->on_item) {
    if (++work->deaths < DEATHS_WITHOUT_PAGE) return 0;
    return lode_fail(err, LODE_E_CRASH, "workers keep dying on one batch, on no page of it: %s", death->message);
  }
  if (death->code == LODE_E_CRASH && !was_trial && !was_tried(work, death->item)) {
    work->orders.trial = true;
    work->orders.only = death->item;
    return lode_buf_u32(&work->tried, death->item, err);
  }
  return lose_page(work, death, err);
}

static int hear_worker(supervisor *self, size_t worker, lode_err *err) {
  lode_member *member = &self->crew->members[worker];
  bool busy = member->busy;
  uint64_t number = member->batch;
  int got = lode_wire_receive(member->socket, &self->frame, err);
  if (got < 0) return got;
  member->busy = false;
  if (got == 1) return busy ? take_answer(self, job_of(self, number), err) : lode_fail(err, LODE_E_CRASH, "an answer that nobody asked for");
  lode_death death;
  int code = lode_crew_bury(self->crew, worker, &death, err);
  return code != 0 || !busy ? code : after_death(job_of(self, number), &death, err);
}

/* ---- copies ---- */

/* Signatures are taken in input order, whenever they came. */
static int decide_ready(supervisor *self, lode_err *err) {
  int code = 0;
  for (; self->copies != NULL && code == 0 && self->decided < self->planned; self->decided++) {
    job *next = job_of(self, self->decided);
    if (next->state == JOB_SIGNED) {
      code = lode_page_copies_decide(self->copies, (lode_str){next->result.ptr, next->result.len}, &next->orders.copies, err);
      next->result.len = 0;
      next->state = next->replayed ? JOB_REPLAYED : JOB_WAITS;
    } else if (next->state != JOB_DONE && next->state != JOB_REPLAYED) {
      break;
    }
    next->decided = true;
  }
  return code;
}

/* ---- commit ---- */

static int commit_ready(supervisor *self, lode_err *err) {
  int code = 0;
  while (code == 0 && self->committed < self->planned) {
    job *first = job_of(self, self->committed);
    if (first->state != JOB_DONE && first->state != JOB_REPLAYED) break;
    if (first->state == JOB_DONE) {
      if (self->journal->fd >= 0) code = lode_journal_add(self->journal, first->result.ptr, first->result.len, err);
      if (code == 0) code = lode_commit_batch(self->commit, first->result.ptr, first->result.len, err);
    }
    self->done_bytes += first->batch.bytes;
    self->commit->result->bytes_in = self->done_bytes;
    clear_job(first);
    self->committed++;
  }
  return code;
}

static void show_progress(supervisor *self) {
  uint64_t now = lode_clock_ns();
  if (self->options->progress == NULL || now - self->last_progress < PROGRESS_NS) return;
  self->last_progress = now;
  double share = self->input_bytes == 0 ? -1 : (double)self->done_bytes / (double)self->input_bytes;
  self->options->progress(self->options->people, self->commit->result, share);
}

/* ---- the loop ---- */

static int wait_and_hear(supervisor *self, lode_err *err) {
  lode_crew *crew = self->crew;
  size_t jobs = (size_t)self->options->jobs;
  struct pollfd *wait = self->wait;
  wait[0] = (struct pollfd){.fd = crew->signals, .events = POLLIN};
  wait[1] = (struct pollfd){.fd = crew->loader, .events = POLLIN};
  wait[2] = (struct pollfd){.fd = self->ended ? -1 : self->reader, .events = POLLIN};
  for (size_t i = 0; i < jobs; i++) wait[3 + i] = (struct pollfd){.fd = crew->members[i].socket, .events = POLLIN};
  if (poll(wait, (nfds_t)(3 + jobs), TICK_MS) < 0 && errno != EINTR)
    return lode_fail(err, LODE_E_IO, "waiting failed: %s", strerror(errno));
  int code = 0;
  if (wait[0].revents != 0) lode_crew_read_signal(crew);
  if (crew->signal != 0) return lode_fail(err, LODE_E_CLOSED, "interrupted");
  /* A worker's end is buried with what the loader says; so workers come before the loader's own news. */
  for (size_t i = 0; i < jobs && code == 0; i++)
    if (wait[3 + i].fd >= 0 && wait[3 + i].revents != 0) code = hear_worker(self, i, err);
  if (code == 0 && wait[2].fd >= 0 && wait[2].revents != 0) code = hear_reader(self, err);
  if (code != 0 || wait[1].revents == 0) return code;
  struct pollfd again = {.fd = crew->loader, .events = POLLIN}; /* burying may have taken the news already */
  return poll(&again, 1, 0) > 0 ? lode_crew_hear(crew, err) : 0;
}

static int loop(supervisor *self, lode_err *err) {
  int code = 0;
  while (code == 0 && !(self->ended && self->committed == self->planned)) {
    code = give_credits(self, err);
    if (code == 0) code = assign(self, err);
    if (code == 0) code = wait_and_hear(self, err);
    if (code == 0) code = decide_ready(self, err);
    if (code == 0) code = assign(self, err); /* no worker waits for a commit */
    if (code == 0) code = commit_ready(self, err);
    lode_crew_watch(self->crew);
    show_progress(self);
  }
  return code;
}

static int open_supervisor(supervisor *self, lode_err *err) {
  self->window_size = 2 * (size_t)self->options->jobs + 2;
  self->window = calloc(self->window_size, sizeof *self->window);
  self->wait = calloc(3 + (size_t)self->options->jobs, sizeof *self->wait);
  if (self->window == NULL || self->wait == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (size_t i = 0; i < self->window_size; i++) self->window[i].fd = -1;
  for (size_t i = 0; i < self->options->inputs->count; i++) self->input_bytes += self->options->inputs->items[i].size;
  lode_dedup how = self->options->dedup;
  int code = how == LODE_DEDUP_NONE ? 0 : lode_page_copies_open(&self->copies, how, self->options->memory / 8, err);
  return code != 0 ? code : lode_crew_fork_reader(self->crew, 0, &self->reader, &self->reader_pid, err);
}

static void close_supervisor(supervisor *self) {
  for (size_t i = 0; self->window != NULL && i < self->window_size; i++) {
    clear_job(&self->window[i]);
    lode_batch_free(&self->window[i].batch);
    lode_buf_free(&self->window[i].orders.lost);
    lode_buf_free(&self->window[i].orders.copies);
    lode_buf_free(&self->window[i].tried);
    lode_buf_free(&self->window[i].result);
  }
  free(self->window);
  free(self->wait);
  lode_page_copies_free(self->copies);
  lode_frame_free(&self->frame);
  if (self->reader_pid > 0) {
    close(self->reader);
    if (!self->ended) kill(self->reader_pid, SIGKILL);
    waitpid(self->reader_pid, NULL, 0);
  }
}

int lode_supervise(const lode_run_options *options, lode_crew *crew, lode_commit *commit, lode_journal *journal, lode_err *err) {
  supervisor self = {.options = options, .crew = crew, .commit = commit, .journal = journal,
                     .replayed = journal->count, .frame = {.fd = -1}};
  int code = open_supervisor(&self, err);
  if (code == 0) code = loop(&self, err);
  close_supervisor(&self);
  return code;
}
