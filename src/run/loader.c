#define _GNU_SOURCE /* signalfd, prctl */
#include "loader.h"

#include "watch.h"
#include "wire.h"
#include "worker.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

void lode_declared_free(lode_declared *self) {
  for (size_t i = 0; i < self->group_count; i++) free(self->groups[i]);
  free(self->groups);
  free(self->warnings);
  *self = (lode_declared){0};
}

static char *copy_text(lode_str text) {
  char *out = malloc(text.len + 1);
  if (out == NULL) return NULL;
  if (text.len > 0) memcpy(out, text.ptr, text.len);
  out[text.len] = '\0';
  return out;
}

static int write_declared(const lode_host *host, lode_buf *out, lode_err *err) {
  uint64_t fingerprint[2];
  lode_host_fingerprint(host, fingerprint);
  uint32_t flags = (lode_host_has_page(host) ? 1u : 0u) | (lode_host_has_done(host) ? 2u : 0u) |
                   (lode_host_format_is_raw(host) ? 4u : 0u);
  int code = lode_buf_u32(out, flags, err);
  for (int i = 0; i < 2 && code == 0; i++) code = lode_buf_u64(out, fingerprint[i], err);
  if (code == 0) code = lode_buf_str(out, lode_host_warnings(host), err);
  if (code == 0) code = lode_buf_u64(out, lode_host_counter_count(host), err);
  if (code == 0) code = lode_buf_u64(out, lode_host_group_count(host), err);
  for (size_t i = 0; i < lode_host_group_count(host) && code == 0; i++) {
    const char *name = lode_host_group_name(host, i);
    code = lode_buf_str(out, (lode_str){name, strlen(name)}, err);
  }
  return code;
}

int lode_declared_read(lode_declared *self, const char *bytes, size_t len, lode_err *err) {
  lode_reader in = lode_reader_of(bytes, len);
  uint32_t flags = lode_read_u32(&in);
  *self = (lode_declared){.has_page = flags & 1, .has_done = flags & 2, .raw_format = flags & 4};
  for (int i = 0; i < 2; i++) self->fingerprint[i] = lode_read_u64(&in);
  self->warnings = copy_text(lode_read_str(&in));
  self->counter_count = lode_read_u64(&in);
  size_t count = lode_read_u64(&in);
  if (in.bad || count > len) return lode_fail(err, LODE_E_INPUT, "the loader's answer is broken");
  self->groups = calloc(count + 1, sizeof *self->groups);
  if (self->groups == NULL || self->warnings == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (; self->group_count < count; self->group_count++) {
    self->groups[self->group_count] = copy_text(lode_read_str(&in));
    if (self->groups[self->group_count] == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  }
  return 0;
}

/* ---- loading ---- */

static int load(const lode_run_options *options, lode_slot *slot, lode_host **host, lode_err *err) {
  const char *name = options->host.script == NULL ? "output format" : options->host.script;
  int code = lode_host_open(host, &options->host, err);
  if (code != 0) return code;
  lode_watch watch;
  code = lode_watch_open(&watch, *host, slot, err);
  if (code != 0) return code;
  lode_watch_begin(&watch, 0, (lode_str){name, strlen(name)}, options->page_timeout);
  code = lode_host_load(*host, err);
  lode_watch_end(&watch);
  lode_watch_close(&watch);
  return code;
}

static int tell_failure(int socket, const lode_err *why, lode_err *err) {
  char text[2048];
  lode_buf body = {0};
  lode_err_text(why, text, sizeof text);
  int code = lode_buf_u32(&body, (uint32_t)-why->code, err);
  if (code == 0) code = lode_buf_text(&body, text, err);
  if (code == 0) code = lode_wire_send(socket, LODE_MSG_FAILED, body.ptr, body.len, -1, err);
  lode_buf_free(&body);
  return code;
}

static int tell_loaded(int socket, const lode_host *host, lode_err *err) {
  lode_buf body = {0};
  int code = write_declared(host, &body, err);
  if (code == 0) code = lode_wire_send(socket, LODE_MSG_LOADED, body.ptr, body.len, -1, err);
  lode_buf_free(&body);
  return code;
}

/* ---- forking ---- */

typedef struct loader {
  const lode_run_options *options;
  lode_host *host;
  lode_slot *slots;
  int socket, signals;
  sigset_t mask; /* to be unblocked in children */
} loader;

static int send_pair(int socket, lode_message type, uint32_t a, uint32_t b, lode_err *err) {
  lode_buf body = {0};
  int code = lode_buf_u32(&body, a, err);
  if (code == 0) code = lode_buf_u32(&body, b, err);
  if (code == 0) code = lode_wire_send(socket, type, body.ptr, body.len, -1, err);
  lode_buf_free(&body);
  return code;
}

static void be_worker(loader *self, int socket, lode_slot *slot) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close(self->socket);
  close(self->signals);
  sigprocmask(SIG_UNBLOCK, &self->mask, NULL);
  int status = lode_worker_main(self->options, self->host, socket, slot);
  lode_host_close(self->host);
  _exit(status);
}

static int fork_worker(loader *self, lode_frame *in, lode_err *err) {
  lode_reader body = lode_reader_of(in->body.ptr, in->body.len);
  uint32_t number = lode_read_u32(&body);
  if (body.bad || in->fd < 0) return lode_fail(err, LODE_E_INPUT, "a fork request is broken");
  pid_t pid = fork();
  if (pid < 0) return lode_fail(err, LODE_E_NOMEM, "no new process: %s", strerror(errno));
  if (pid == 0) be_worker(self, in->fd, &self->slots[LODE_SLOT_FIRST_WORKER + number]);
  close(in->fd);
  in->fd = -1;
  return send_pair(self->socket, LODE_MSG_FORKED, number, (uint32_t)pid, err);
}

static int tell_ends(loader *self, lode_err *err) {
  struct signalfd_siginfo drained;
  if (read(self->signals, &drained, sizeof drained) < 0 && errno != EINTR) return 0;
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    int code = send_pair(self->socket, LODE_MSG_EXITED, (uint32_t)pid, (uint32_t)status, err);
    if (code != 0) return code;
  }
  return 0;
}

static int serve(loader *self, lode_err *err) {
  lode_frame in = {.fd = -1};
  int code = 0;
  while (code == 0) {
    struct pollfd wait[2] = {{.fd = self->socket, .events = POLLIN}, {.fd = self->signals, .events = POLLIN}};
    if (poll(wait, 2, -1) < 0 && errno != EINTR)
      code = lode_fail(err, LODE_E_IO, "waiting failed: %s", strerror(errno));
    if (code == 0 && wait[1].revents != 0) code = tell_ends(self, err);
    if (code != 0 || wait[0].revents == 0) continue;
    int got = lode_wire_receive(self->socket, &in, err);
    if (got <= 0) break;
    code = fork_worker(self, &in, err);
  }
  lode_frame_free(&in);
  return code;
}

int lode_loader_main(const lode_run_options *options, int socket, lode_slot *slots) {
  loader self = {.options = options, .slots = slots, .socket = socket};
  lode_err err;
  lode_err_clear(&err);
  int code = load(options, &slots[LODE_SLOT_LOADER], &self.host, &err);
  if (code != 0) {
    tell_failure(socket, &err, NULL);
    lode_host_close(self.host);
    return 1;
  }
  sigemptyset(&self.mask);
  sigaddset(&self.mask, SIGCHLD);
  sigprocmask(SIG_BLOCK, &self.mask, NULL);
  self.signals = signalfd(-1, &self.mask, SFD_CLOEXEC | SFD_NONBLOCK);
  code = tell_loaded(socket, self.host, &err);
  if (code == 0) code = serve(&self, &err);
  close(self.signals);
  lode_host_close(self.host);
  return code == 0 ? 0 : 1;
}
