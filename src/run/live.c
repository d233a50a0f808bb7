#define _GNU_SOURCE /* prctl, pipe2 */
#include "live.h"

#include "clean.h"
#include "mem.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- pages ---- */

int lode_live_put(const lode_page *page, lode_buf *out, lode_err *err) {
  int code = lode_buf_u32(out, page->html, err);
  if (code == 0) code = lode_buf_str(out, page->id, err);
  if (code == 0) code = lode_buf_str(out, page->raw, err);
  if (code == 0) code = lode_buf_u32(out, (uint32_t)page->meta_count, err);
  for (size_t i = 0; i < page->meta_count && code == 0; i++) {
    code = lode_buf_str(out, page->meta[i].name, err);
    if (code == 0) code = lode_buf_str(out, page->meta[i].json, err);
  }
  return code;
}

static lode_page *new_page(lode_live *self, size_t *cap, lode_err *err) {
  if (self->page_count == *cap) {
    size_t next_cap = lode_size_grow(*cap, 64);
    lode_page *next = realloc(self->pages, lode_size_mul(next_cap, sizeof *next));
    if (next == NULL) {
      lode_fail(err, LODE_E_NOMEM, "out of memory: %zu pages", next_cap);
      return NULL;
    }
    self->pages = next;
    *cap = next_cap;
  }
  return &self->pages[self->page_count];
}

/* A page that cannot be cleaned stays empty, as it would be skipped in a run. */
static int open_page(lode_live *self, lode_page *page, lode_reader *in, lode_err *err) {
  lode_err why;
  lode_page_init(page, &self->words);
  self->page_count++;
  bool html = lode_read_u32(in) != 0;
  lode_str id = lode_read_str(in), raw = lode_read_str(in);
  lode_page_open(page, id, raw);
  page->html = html;
  int code = 0;
  for (uint32_t n = lode_read_u32(in); n > 0 && code == 0; n--) {
    lode_str name = lode_read_str(in), json = lode_read_str(in);
    code = lode_page_set_meta(page, name, json, err);
  }
  if (code != 0) return code;
  if (in->bad) return lode_fail(err, LODE_E_INPUT, "the pages are damaged");
  self->bytes += raw.len;
  code = lode_clean(page, &why);
  if (code == 0) code = lode_page_tokens(page, &why);
  if (code == LODE_E_NOMEM) *err = why;
  return code == LODE_E_NOMEM ? code : 0;
}

int lode_live_open(lode_live *self, lode_str bytes, lode_err *err) {
  *self = (lode_live){.child = -1};
  lode_table_init(&self->words, 0x11FE);
  lode_reader in = lode_reader_of(bytes.ptr, bytes.len);
  size_t cap = 0;
  int code = 0;
  while (in.ptr < in.end && code == 0) {
    lode_page *page = new_page(self, &cap, err);
    code = page == NULL ? LODE_E_NOMEM : open_page(self, page, &in, err);
  }
  return code;
}

void lode_live_close(lode_live *self) {
  lode_live_stop(self);
  for (size_t i = 0; i < self->page_count; i++) lode_page_free(&self->pages[i]);
  free(self->pages);
  lode_table_free(&self->words);
  for (size_t i = 0; i <= LODE_LIVE_WORKERS; i++) lode_buf_free(&self->pipes[i].in);
}

/* ---- in a worker ---- */

typedef struct speaker {
  int fd;
  lode_buf out;
} speaker;

static void flush(speaker *self) {
  for (size_t done = 0; done < self->out.len;) {
    ssize_t wrote = write(self->fd, self->out.ptr + done, self->out.len - done);
    if (wrote < 0 && errno != EINTR) _exit(1); /* nobody listens any more */
    if (wrote > 0) done += (size_t)wrote;
  }
  self->out.len = 0;
}

static void say(speaker *self, lode_live_kind kind, uint64_t number, const char *text, size_t len) {
  enum { SOON = 32 << 10 };
  int code = lode_buf_u32(&self->out, (uint32_t)kind, NULL);
  if (code == 0) code = lode_buf_u64(&self->out, number, NULL);
  if (code == 0) code = lode_buf_str(&self->out, (lode_str){text, len}, NULL);
  if (code != 0) _exit(1);
  if (kind != LODE_LIVE_PAGE || self->out.len >= SOON) flush(self);
}

static void say_err(speaker *self, lode_live_kind kind, const lode_err *err) {
  char text[2048];
  lode_err_text(err, text, sizeof text);
  say(self, kind, 0, text, strlen(text));
}

static void say_sink(speaker *self, lode_sink *sink) {
  lode_reader in = lode_reader_of(sink->problems.ptr, sink->problems.len);
  lode_problem problem;
  while (lode_sink_next_problem(&in, &problem)) {
    char text[2400];
    int len = snprintf(text, sizeof text, "%.*s: %.*s: %.*s", (int)problem.page.len, problem.page.ptr,
                       (int)problem.where.len, problem.where.ptr, (int)problem.message.len, problem.message.ptr);
    if (len > 0) say(self, LODE_LIVE_SAID, 0, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
  }
  if (sink->printed.len > 0) say(self, LODE_LIVE_SAID, 0, sink->printed.ptr, sink->printed.len);
  sink->problems.len = sink->printed.len = 0;
}

static void run_page(speaker *self, lode_host *host, lode_page *page, size_t number, lode_sink *sink) {
  lode_err err;
  lode_err_clear(&err);
  if (lode_host_lists(host) != page->lists) { /* the script has words of its own: cut anew */
    page->lists = lode_host_lists(host);
    page->tokenized = false;
  }
  int code = lode_host_page(host, page, sink, &err);
  if (code == 0) code = lode_sink_keep(sink, &err);
  if (code != 0) {
    lode_sink_undo(sink);
    lode_err_at(&err, NULL, err.line, LODE_NO_BYTE);
    say_err(self, LODE_LIVE_SAID, &err);
  }
  say_sink(self, sink);
  say(self, LODE_LIVE_PAGE, number, sink->records.ptr, sink->records.len);
  lode_sink_clear(sink);
}

static void work(lode_live *self, lode_host *host, size_t worker) {
  speaker out = {.fd = self->pipes[worker].fd};
  lode_sink sink;
  lode_sink_init(&sink);
  for (size_t i = worker; i < self->page_count; i += self->workers) {
    run_page(&out, host, &self->pages[i], i, &sink);
    if (i / self->workers < 8) flush(&out); /* something to look at, soon */
  }
  flush(&out);
  say(&out, LODE_LIVE_DONE, worker, NULL, 0);
  _exit(0);
}

static void test(speaker *out, lode_host *host) {
  lode_sink sink;
  lode_buf report = {0};
  lode_err err;
  size_t passed = 0, failed = 0;
  lode_err_clear(&err);
  lode_sink_init(&sink);
  if (lode_host_test(host, &sink, &report, &passed, &failed, &err) != 0) say_err(out, LODE_LIVE_SAID, &err);
  else say(out, LODE_LIVE_TESTED, passed, report.ptr, report.len);
}

static void tell_rules(speaker *out, const lode_host *host) {
  lode_buf text = {0};
  for (uint32_t r = 0; r < lode_host_rule_count(host); r++) {
    lode_rule_about about = lode_host_rule(host, r);
    text.len = 0;
    int code = lode_buf_printf(&text, NULL, "%s\t%s\t%d\t", about.name, about.file, about.line);
    if (code == 0) code = lode_host_captures(host, r, &text, NULL);
    if (code == 0 && about.speaks) say(out, LODE_LIVE_RULE, r, text.ptr, text.len);
  }
}

/* The loader: the script once, then a fork for each worker, then the examples beside the rules. */
static void load(lode_live *self, const lode_host_options *options) {
  speaker out = {.fd = self->pipes[self->workers].fd};
  lode_host *host = NULL;
  lode_err err;
  lode_err_clear(&err);
  int code = lode_host_open(&host, options, &err);
  if (code == 0) code = lode_host_load(host, &err);
  if (code != 0) {
    say_err(&out, LODE_LIVE_FAILED, &err);
    _exit(1);
  }
  lode_str warnings = lode_host_warnings(host);
  say(&out, LODE_LIVE_LOADED, 0, warnings.ptr, warnings.len);
  tell_rules(&out, host);
  for (size_t i = 0; i < self->workers; i++) {
    pid_t pid = fork();
    if (pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      work(self, host, i);
    }
    close(self->pipes[i].fd);
  }
  test(&out, host);
  close(out.fd);
  while (wait(NULL) > 0 || errno == EINTR) continue;
  _exit(0);
}

/* ---- outside ---- */

int lode_live_start(lode_live *self, const lode_host_options *options, size_t workers, lode_err *err) {
  lode_live_stop(self);
  int ends[LODE_LIVE_WORKERS + 1];
  self->workers = workers < 1 ? 1 : workers > LODE_LIVE_WORKERS ? LODE_LIVE_WORKERS : workers;
  for (self->pipe_count = 0; self->pipe_count <= self->workers; self->pipe_count++) {
    int pair[2];
    if (pipe2(pair, O_CLOEXEC) != 0) {
      for (size_t i = 0; i < self->pipe_count; i++) close(ends[i]);
      lode_live_stop(self);
      return lode_fail(err, LODE_E_IO, "no pipe: %s", strerror(errno));
    }
    lode_live_pipe *pipe = &self->pipes[self->pipe_count];
    pipe->fd = pair[0];
    pipe->in.len = pipe->done = 0;
    ends[self->pipe_count] = pair[1];
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
  }
  self->child = fork();
  if (self->child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    for (size_t i = 0; i < self->pipe_count; i++) {
      close(self->pipes[i].fd);
      self->pipes[i].fd = ends[i];
    }
    load(self, options);
  }
  for (size_t i = 0; i < self->pipe_count; i++) close(ends[i]);
  if (self->child > 0) setpgid(self->child, self->child);
  return self->child > 0 ? 0 : lode_fail(err, LODE_E_NOMEM, "no new process: %s", strerror(errno));
}

bool lode_live_read(lode_live_pipe *pipe) {
  enum { PIECE = 256 << 10 };
  if (pipe->done == pipe->in.len) pipe->done = pipe->in.len = 0;
  if (pipe->fd < 0 || lode_buf_reserve(&pipe->in, PIECE, NULL) != 0) return false;
  ssize_t got = read(pipe->fd, pipe->in.ptr + pipe->in.len, PIECE);
  if (got > 0) pipe->in.len += (size_t)got;
  if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) return true;
  close(pipe->fd);
  pipe->fd = -1;
  return false;
}

bool lode_live_next(lode_live_pipe *pipe, lode_live_message *out) {
  lode_reader in = lode_reader_of(pipe->in.ptr + pipe->done, pipe->in.len - pipe->done);
  if (in.ptr == in.end) return false;
  out->kind = (lode_live_kind)lode_read_u32(&in);
  out->number = lode_read_u64(&in);
  out->text = lode_read_str(&in);
  if (in.bad) return false;
  pipe->done = (size_t)(in.ptr - pipe->in.ptr);
  return true;
}

void lode_live_stop(lode_live *self) {
  for (size_t i = 0; i < self->pipe_count; i++) {
    if (self->pipes[i].fd >= 0) close(self->pipes[i].fd);
    self->pipes[i].fd = -1;
  }
  if (self->child > 0) {
    kill(-self->child, SIGKILL);
    while (waitpid(self->child, NULL, 0) < 0 && errno == EINTR) continue;
  }
  self->child = -1;
}
