#define _GNU_SOURCE /* prctl, signalfd */
#include "crew.h"

#include "reader.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK_MS = 50 };
static const uint64_t MARGIN_NS = 3000000000u; /* after the deadline that the process keeps itself */

static void interrupts(sigset_t *out) {
  sigemptyset(out);
  sigaddset(out, SIGINT);
  sigaddset(out, SIGTERM);
  sigaddset(out, SIGHUP);
}

/* In a fresh child: it dies with its parent, leaves Ctrl-C to the supervisor, and has none of its files. */
static void become_child(lode_crew *self) {
  sigset_t mask;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGINT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  interrupts(&mask);
  sigprocmask(SIG_UNBLOCK, &mask, NULL);
  if (self->signals >= 0) close(self->signals);
  if (self->loader >= 0) close(self->loader);
  for (size_t i = 0; i < self->count; i++)
    if (self->members[i].socket >= 0) close(self->members[i].socket);
}

static int fork_child(lode_crew *self, int *socket, pid_t *pid, lode_err *err) {
  int pair[2];
  int code = lode_wire_pair(pair, err);
  if (code != 0) return code;
  *pid = fork();
  if (*pid < 0) {
    close(pair[0]);
    close(pair[1]);
    return lode_fail(err, LODE_E_NOMEM, "no new process: %s", strerror(errno));
  }
  if (*pid == 0) become_child(self);
  close(pair[*pid == 0 ? 0 : 1]);
  *socket = pair[*pid == 0 ? 1 : 0];
  return 0;
}

int lode_crew_fork_reader(lode_crew *self, size_t first, int *socket, pid_t *pid, lode_err *err) {
  int code = fork_child(self, socket, pid, err);
  if (code == 0 && *pid == 0) _exit(lode_reader_main(self->options, first, *socket, &self->slots[LODE_SLOT_READER]));
  return code;
}

/* ---- signals, time and memory ---- */

void lode_crew_read_signal(lode_crew *self) {
  struct signalfd_siginfo info;
  if (self->signals >= 0 && read(self->signals, &info, sizeof info) == (ssize_t)sizeof info) self->signal = (int)info.ssi_signo;
}

static bool is_late(const lode_slot *slot) {
  uint64_t deadline = atomic_load(&slot->deadline_ns);
  return deadline != 0 && lode_clock_ns() > deadline + MARGIN_NS;
}

/* Bytes of memory that are the process's own (resident without what it shares); 0 where unknown. */
static size_t own_memory(pid_t pid) {
  char path[64], text[128];
  snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t len = read(fd, text, sizeof text - 1);
  close(fd);
  size_t total, resident, shared;
  if (len <= 0) return 0;
  text[len] = '\0';
  if (sscanf(text, "%zu %zu %zu", &total, &resident, &shared) != 3 || resident < shared) return 0;
  return (resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

void lode_crew_watch(lode_crew *self) {
  size_t share = lode_share(self->options), quarter = self->options->memory / 4;
  for (size_t i = 0; i < self->count; i++) {
    lode_member *member = &self->members[i];
    if (member->socket < 0 || !member->busy || member->kill_code != 0) continue;
    /* Groups, done and format come one at a time, when workers rest: their need does not shrink with -j. */
    size_t limit = i < (size_t)self->options->jobs || share > quarter ? share : quarter;
    if (is_late(&self->slots[LODE_SLOT_FIRST_WORKER + i])) member->kill_code = LODE_E_TIMEOUT;
    else if (own_memory(member->pid) > limit) member->kill_code = LODE_E_LIMIT;
    if (member->kill_code != 0) kill(member->pid, SIGKILL);
  }
}

/* ---- the loader ---- */

static const char *signal_words(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV: bad memory access or stack overflow";
    case SIGABRT: return "SIGABRT: a library gave up";
    case SIGBUS: return "SIGBUS: a file shrank or memory failed";
    case SIGKILL: return "SIGKILL: ended from outside, or out of memory";
    case SIGFPE: return "SIGFPE";
    case SIGILL: return "SIGILL";
    case SIGTERM: return "SIGTERM";
    default: return "a signal";
  }
}

static void describe_status(int status, char *out, size_t size) {
  if (WIFSIGNALED(status)) snprintf(out, size, "the process died (%s)", signal_words(WTERMSIG(status)));
  else snprintf(out, size, "the process ended with status %d", WEXITSTATUS(status));
}

/* The loader went away without an answer: its slot and its status say why. */
static int loader_died(lode_crew *self, bool late, lode_err *err) {
  char words[200];
  int status = 0;
  const lode_slot *slot = &self->slots[LODE_SLOT_LOADER];
  if (late) kill(self->loader_pid, SIGKILL);
  waitpid(self->loader_pid, &status, 0);
  self->loader_pid = 0;
  describe_status(status, words, sizeof words);
  if (late || (WIFEXITED(status) && WEXITSTATUS(status) == LODE_EXIT_DEADLINE))
    snprintf(words, sizeof words, "it did not finish within %g seconds", self->options->page_timeout);
  return lode_fail(err, LODE_E_SCRIPT, "%s: the script could not be loaded: %s", slot->where[0] != '\0' ? slot->where : slot->name, words);
}

static int await_loaded(lode_crew *self, lode_err *err) {
  for (;;) {
    struct pollfd wait[2] = {{.fd = self->loader, .events = POLLIN}, {.fd = self->signals, .events = POLLIN}};
    poll(wait, 2, TICK_MS);
    lode_crew_read_signal(self);
    if (self->signal != 0) return lode_fail(err, LODE_E_CLOSED, "interrupted");
    if (wait[0].revents != 0) break;
    if (is_late(&self->slots[LODE_SLOT_LOADER])) return loader_died(self, true, err);
  }
  int got = lode_wire_receive(self->loader, &self->frame, err);
  if (got < 0) return got;
  if (got == 0) return loader_died(self, false, err);
  lode_str body = {self->frame.body.ptr, self->frame.body.len};
  if (self->frame.type == LODE_MSG_LOADED) return lode_declared_read(&self->declared, body.ptr, body.len, err);
  lode_reader in = lode_reader_of(body.ptr, body.len);
  int code = -(int)lode_read_u32(&in);
  return lode_fail(err, code, "%.*s", (int)(in.end - in.ptr), in.ptr);
}

static int start_loader(lode_crew *self, lode_err *err) {
  lode_declared_free(&self->declared);
  int code = fork_child(self, &self->loader, &self->loader_pid, err);
  if (code == 0 && self->loader_pid == 0) _exit(lode_loader_main(self->options, self->loader, self->slots));
  return code != 0 ? code : await_loaded(self, err);
}

int lode_crew_open(lode_crew *self, const lode_run_options *options, lode_err *err) {
  *self = (lode_crew){.options = options, .loader = -1, .signals = -1, .frame = {.fd = -1}};
  size_t count = (size_t)options->jobs + 2;
  self->members = calloc(count, sizeof *self->members);
  if (self->members == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (self->count = 0; self->count < count; self->count++) self->members[self->count].socket = -1;
  int code = lode_slots_open(&self->slots, LODE_SLOT_FIRST_WORKER + count, err);
  if (code != 0) return code;
  sigset_t mask;
  interrupts(&mask);
  sigprocmask(SIG_BLOCK, &mask, NULL);
  self->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
  if (self->signals < 0) return lode_fail(err, LODE_E_IO, "no signalfd: %s", strerror(errno));
  return start_loader(self, err);
}

/* ---- members ---- */

static lode_member *member_of(lode_crew *self, pid_t pid) {
  for (size_t i = 0; i < self->count; i++)
    if (self->members[i].socket >= 0 && self->members[i].pid == pid) return &self->members[i];
  return NULL;
}

static int loader_gone(lode_err *err) {
  return lode_fail(err, LODE_E_CRASH, "the loader process is gone; with -o FILE, --resume goes on from here");
}

int lode_crew_hear(lode_crew *self, lode_err *err) {
  int got = lode_wire_receive(self->loader, &self->frame, err);
  if (got < 0) return got;
  if (got == 0) return loader_gone(err);
  lode_reader in = lode_reader_of(self->frame.body.ptr, self->frame.body.len);
  uint32_t a = lode_read_u32(&in), b = lode_read_u32(&in);
  if (self->frame.type == LODE_MSG_FORKED && a < self->count) self->members[a].pid = (pid_t)b;
  lode_member *member = self->frame.type == LODE_MSG_EXITED ? member_of(self, (pid_t)a) : NULL;
  if (member != NULL) {
    member->exited = true;
    member->status = (int)b;
  }
  return 0;
}

int lode_crew_hire(lode_crew *self, size_t member, lode_err *err) {
  lode_member *place = &self->members[member];
  int pair[2];
  lode_buf body = {0};
  int code = lode_wire_pair(pair, err);
  if (code != 0) return code;
  lode_slot_end(&self->slots[LODE_SLOT_FIRST_WORKER + member]);
  *place = (lode_member){.socket = pair[0]};
  code = lode_buf_u32(&body, (uint32_t)member, err);
  if (code == 0) code = lode_wire_send(self->loader, LODE_MSG_FORK, body.ptr, body.len, pair[1], err);
  close(pair[1]);
  lode_buf_free(&body);
  if (code == LODE_E_CLOSED) code = loader_gone(err);
  while (code == 0 && place->pid == 0) code = lode_crew_hear(self, err);
  return code;
}

int lode_crew_bury(lode_crew *self, size_t member, lode_death *out, lode_err *err) {
  lode_member *gone = &self->members[member];
  const lode_slot *slot = &self->slots[LODE_SLOT_FIRST_WORKER + member];
  int code = 0;
  while (code == 0 && !gone->exited) code = lode_crew_hear(self, err);
  if (code != 0) return code;
  *out = (lode_death){.on_item = atomic_load(&slot->deadline_ns) != 0, .item = atomic_load(&slot->item), .code = LODE_E_CRASH};
  memcpy(out->name, slot->name, sizeof out->name);
  memcpy(out->where, slot->where, sizeof out->where);
  if (gone->kill_code != 0) out->code = gone->kill_code;
  else if (WIFEXITED(gone->status) && WEXITSTATUS(gone->status) == LODE_EXIT_DEADLINE) out->code = LODE_E_TIMEOUT;
  if (out->code == LODE_E_TIMEOUT) {
    snprintf(out->message, sizeof out->message, "stopped: it did not finish within %g seconds (--page-timeout)",
             self->options->page_timeout);
  } else if (out->code == LODE_E_LIMIT) {
    snprintf(out->message, sizeof out->message, "stopped: the worker took more than its share of --memory");
  } else {
    describe_status(gone->status, out->message, sizeof out->message);
  }
  close(gone->socket);
  *gone = (lode_member){.socket = -1};
  return 0;
}

/* 1 with an answer in self->frame, 0 where the member is gone, or an error. */
static int await_answer(lode_crew *self, size_t member, lode_err *err) {
  lode_member *place = &self->members[member];
  for (;;) {
    struct pollfd wait[2] = {{.fd = place->socket, .events = POLLIN}, {.fd = self->signals, .events = POLLIN}};
    poll(wait, 2, TICK_MS);
    lode_crew_read_signal(self);
    if (self->signal != 0) return lode_fail(err, LODE_E_CLOSED, "interrupted");
    if (wait[0].revents != 0) return lode_wire_receive(place->socket, &self->frame, err);
    lode_crew_watch(self);
  }
}

int lode_crew_ask(lode_crew *self, size_t member, lode_message type, const void *bytes, size_t len, int fd,
                  lode_death *death, lode_err *err) {
  lode_member *place = &self->members[member];
  int code = place->socket >= 0 ? 0 : lode_crew_hire(self, member, err);
  if (code != 0) return code;
  place->busy = true;
  code = lode_wire_send(place->socket, type, bytes, len, fd, err);
  int got = code == 0 ? await_answer(self, member, err) : 0;
  place->busy = false;
  if (got == 1) return 0;
  if (got < 0) return got;
  if (code != 0 && code != LODE_E_CLOSED) return code;
  code = lode_crew_bury(self, member, death, err);
  if (code != 0) return code;
  return lode_fail(err, death->code, "%s%s%s: %s", death->name, death->where[0] != '\0' ? ": " : "", death->where, death->message);
}

void lode_crew_close(lode_crew *self) {
  for (size_t i = 0; i < self->count; i++) {
    if (self->members[i].socket < 0) continue;
    if (self->members[i].busy && self->members[i].pid > 0) kill(self->members[i].pid, SIGKILL);
    close(self->members[i].socket);
  }
  if (self->loader >= 0) close(self->loader);
  if (self->loader_pid > 0) {
    kill(self->loader_pid, SIGKILL); /* and its children with it */
    waitpid(self->loader_pid, NULL, 0);
  }
  if (self->signals >= 0) {
    sigset_t mask;
    close(self->signals);
    interrupts(&mask);
    sigprocmask(SIG_UNBLOCK, &mask, NULL);
  }
  lode_declared_free(&self->declared);
  lode_frame_free(&self->frame);
  if (self->count > 0) lode_slots_close(self->slots, LODE_SLOT_FIRST_WORKER + self->count);
  free(self->members);
  *self = (lode_crew){.loader = -1, .signals = -1, .frame = {.fd = -1}};
}
