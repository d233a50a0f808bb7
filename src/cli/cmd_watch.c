#define _DEFAULT_SOURCE /* inotify, winsize */
#include "commands.h"
#include "file.h"
#include "job.h"
#include "script.h"
#include "terminal.h"
#include "watcher.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { DRAW_NS = 60000000, SETTLE_MS = 15 };

/* ---- the pages ---- */

static int put_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  (void)ud;
  return lode_live_put(page, &sink->records, err);
}

/* ---- the terminal ---- */

typedef struct terminal {
  bool live;
  struct termios before;
} terminal;

static void put(const char *text, size_t len) {
  for (size_t done = 0; done < len;) {
    ssize_t wrote = write(STDOUT_FILENO, text + done, len - done);
    if (wrote <= 0 && errno != EINTR) return;
    if (wrote > 0) done += (size_t)wrote;
  }
}

static void put_text(const char *text) {
  put(text, strlen(text));
}

static void open_terminal(terminal *self) {
  *self = (terminal){.live = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1};
  if (!self->live || tcgetattr(STDIN_FILENO, &self->before) != 0) {
    self->live = false;
    return;
  }
  struct termios raw = self->before;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  raw.c_cc[VMIN] = 0;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  put_text("\x1B[?1049h\x1B[?7l\x1B[?25l"); /* the other screen, lines cut, no cursor */
}

static void close_terminal(terminal *self) {
  if (!self->live) return;
  put_text("\x1B[?7h\x1B[?25h\x1B[?1049l");
  tcsetattr(STDIN_FILENO, TCSANOW, &self->before);
}

/* ---- the loop ---- */

typedef struct loop {
  lode_watcher watcher;
  lode_screen screen;
  terminal terminal;
  const lode_script *script;
  size_t workers;
  int notify;
  const char *folder, *name; /* of the script */
  uint64_t drawn_ns, heard_ns;
  double patience; /* seconds without a page */
  bool dirty, quits;
} loop;

static int start(loop *self, lode_err *err) {
  self->watcher.begun_ns = self->heard_ns = lode_watcher_clock();
  self->screen.selected = self->screen.top = 0;
  self->dirty = true;
  return lode_watcher_start(&self->watcher, &self->script->options, self->workers, err);
}

static void measure(loop *self) {
  struct winsize size = {0};
  bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0;
  self->screen.rows = known ? size.ws_row : 24;
  self->screen.columns = known && size.ws_col > 0 ? size.ws_col : 80;
}

static int draw(loop *self, lode_err *err) {
  lode_buf out = {0}, text = {0};
  measure(self);
  int code = lode_screen_draw(&self->screen, &self->watcher, &text, err);
  if (code == 0) code = lode_buf_text(&out, "\x1B[H", err);
  for (size_t at = 0; at < text.len && code == 0;) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t len = end == NULL ? text.len - at : (size_t)(end - text.ptr) - at;
    code = lode_buf_add(&out, text.ptr + at, len, err);
    if (code == 0) code = lode_buf_text(&out, "\x1B[K\r\n", err);
    at += len + 1;
  }
  if (code == 0)
    code = lode_buf_printf(
        &out, err, "\x1B[J\x1B[%zu;1H\x1B[2m%.*s\x1B[0m\x1B[K", self->screen.rows,
        (int)(self->screen.message.len > 0 ? self->screen.message.len : 300),
        self->screen.message.len > 0
            ? self->screen.message.ptr
            : "j k move   e make it an example   n an example of nothing   a all records   r run again   q quit");
  if (code == 0) put(out.ptr, out.len);
  lode_buf_free(&out);
  lode_buf_free(&text);
  self->drawn_ns = lode_watcher_clock();
  self->dirty = false;
  return code;
}

static int example(loop *self, bool none, lode_err *err) {
  int code = lode_watcher_compare(&self->watcher, err);
  if (code != 0 || self->screen.selected >= self->watcher.changes.count) return code;
  const lode_change *change = &self->watcher.changes.items[self->screen.selected];
  return lode_watcher_example(&self->watcher, lode_change_of(change), none, &self->screen.message, err);
}

static void move(loop *self, long by) {
  size_t count = self->watcher.changes.count, at = self->screen.selected;
  if (by < 0) self->screen.selected = at < (size_t)-by ? 0 : at - (size_t)-by;
  else self->screen.selected = at + (size_t)by < count ? at + (size_t)by : count > 0 ? count - 1 : 0;
}

static int press(loop *self, char key, lode_err *err) {
  self->dirty = true;
  self->screen.message.len = 0;
  switch (key) {
    case 'q':
    case 3: self->quits = true; return 0;
    case 'j': move(self, 1); return 0;
    case 'k': move(self, -1); return 0;
    case ' ':
    case 'd': move(self, 8); return 0;
    case 'b':
    case 'u': move(self, -8); return 0;
    case 'g': self->screen.selected = self->screen.top = 0; return 0;
    case 'G': move(self, (long)self->watcher.changes.count); return 0;
    case 'e': return example(self, false, err);
    case 'n': return example(self, true, err);
    case 'r': return start(self, err);
    case 'a':
      self->watcher.all = !self->watcher.all;
      self->watcher.stale = true;
      self->screen.selected = self->screen.top = 0;
      return 0;
    default: return 0;
  }
}

/* Arrows are ESC [ A and ESC [ B. */
static int read_keys(loop *self, lode_err *err) {
  char keys[64];
  ssize_t got = read(STDIN_FILENO, keys, sizeof keys);
  if (got == 0) self->quits = true;
  int code = 0;
  for (ssize_t i = 0; i < got && code == 0; i++) {
    if (keys[i] == 0x1B && i + 2 < got && keys[i + 1] == '[') {
      code = press(self, keys[i + 2] == 'A' ? 'k' : keys[i + 2] == 'B' ? 'j' : 0, err);
      i += 2;
    } else {
      code = press(self, keys[i], err);
    }
  }
  return code;
}

/* Whether a Lua file of the script's folder was written. */
static bool was_saved(loop *self) {
  char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
  bool saved = false;
  for (ssize_t got; (got = read(self->notify, bytes, sizeof bytes)) > 0;) {
    for (char *at = bytes; at < bytes + got;) {
      struct inotify_event *event = (void *)at;
      size_t len = event->len > 0 ? strlen(event->name) : 0;
      bool lua = len > 4 && strcmp(event->name + len - 4, ".lua") == 0;
      saved = saved || lua || (len > 0 && strcmp(event->name, self->name) == 0);
      at += sizeof *event + event->len;
    }
  }
  return saved;
}

static int wait_a_turn(loop *self, lode_err *err) {
  struct pollfd wait[LODE_LIVE_WORKERS + 3];
  size_t count = 0, pipes[LODE_LIVE_WORKERS + 1], pipe_count = 0;
  wait[count++] = (struct pollfd){.fd = self->notify, .events = POLLIN};
  wait[count++] = (struct pollfd){.fd = self->terminal.live ? STDIN_FILENO : -1, .events = POLLIN};
  for (size_t i = 0; i < self->watcher.live.pipe_count; i++) {
    if (self->watcher.live.pipes[i].fd < 0) continue;
    pipes[pipe_count++] = i;
    wait[count++] = (struct pollfd){.fd = self->watcher.live.pipes[i].fd, .events = POLLIN};
  }
  int timeout = self->dirty ? (int)(DRAW_NS / 1000000) : pipe_count > 0 ? 500 : -1;
  if (poll(wait, (nfds_t)count, timeout) < 0 && errno != EINTR)
    return lode_fail(err, LODE_E_IO, "waiting failed: %s", strerror(errno));
  int code = 0;
  for (size_t i = 0; i < pipe_count && code == 0; i++) {
    if (wait[i + 2].revents == 0) continue;
    code = lode_watcher_hear(&self->watcher, pipes[i], err);
    self->heard_ns = lode_watcher_clock();
    self->dirty = true;
  }
  if (code == 0 && wait[1].revents != 0) code = read_keys(self, err);
  if (code == 0 && wait[0].revents != 0 && was_saved(self)) {
    poll(NULL, 0, SETTLE_MS); /* an editor writes more than once */
    was_saved(self);
    code = start(self, err);
  }
  return code;
}

/* A script that hangs is ended; the next save begins anew. */
static int check_patience(loop *self, lode_err *err) {
  bool runs = lode_live_runs(&self->watcher.live);
  double quiet = (double)(lode_watcher_clock() - self->heard_ns) / 1e9;
  if (!runs || quiet < self->patience) return 0;
  lode_live_stop(&self->watcher.live);
  self->dirty = true;
  return lode_buf_printf(&self->watcher.error, err, "stopped: no page came within %g seconds (--page-timeout)\n",
                         self->patience);
}

static int run_loop(loop *self, lode_err *err) {
  int code = start(self, err);
  while (code == 0 && !self->quits) {
    code = wait_a_turn(self, err);
    if (code == 0) code = check_patience(self, err);
    bool ended = !lode_live_runs(&self->watcher.live);
    bool due = lode_watcher_clock() - self->drawn_ns >= DRAW_NS || ended;
    bool begun = self->watcher.arrived > 0 || ended || self->watcher.failed;
    if (code == 0 && self->terminal.live && self->dirty && due && begun) code = draw(self, err);
    if (!self->terminal.live && ended) self->quits = true;
  }
  return code;
}

/* Without a terminal: what the screen would show of one run. */
static lode_status print_once(loop *self) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf text = {0};
  self->screen.columns = 100;
  self->watcher.first_ns = self->watcher.whole_ns = 0;
  lode_status status = LODE_EXIT_OK;
  int code = lode_screen_draw(&self->screen, &self->watcher, &text, &err);
  status = code == 0 ? lode_print("watch", &text) : lode_complain("watch", &err);
  if (self->watcher.failed) status = lode_status_worse(status, LODE_EXIT_USAGE);
  lode_buf_free(&text);
  return status;
}

static int open_notify(loop *self, lode_err *err) {
  self->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (self->notify >= 0 && inotify_add_watch(self->notify, self->folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE) >= 0)
    return 0;
  return lode_fail(err, LODE_E_IO, "cannot watch %s: %s", self->folder, strerror(errno));
}

static lode_status watch(const lode_settings *settings, const lode_script *script, lode_str pages) {
  lode_err err;
  lode_err_clear(&err);
  const char *path = script->options.script, *slash = strrchr(path, '/');
  char folder[600];
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  loop self = {.script = script,
               .notify = -1,
               .workers = settings->jobs ? (size_t)settings->jobs
                          : cores > 0    ? (size_t)cores
                                         : 1,
               .folder = folder[0] ? folder : "/",
               .name = slash ? slash + 1 : path,
               .patience = settings->page_timeout};
  int code = lode_watcher_init(&self.watcher, path, pages, &err);
  if (code == 0) code = open_notify(&self, &err);
  open_terminal(&self.terminal);
  self.screen.color = lode_terminal_color(settings->color, STDOUT_FILENO);
  if (code == 0) code = run_loop(&self, &err);
  close_terminal(&self.terminal);
  lode_status status = code == 0 ? LODE_EXIT_OK : lode_complain("watch", &err);
  if (code == 0 && !self.terminal.live) status = print_once(&self);
  if (self.notify >= 0) close(self.notify);
  lode_watcher_free(&self.watcher);
  lode_buf_free(&self.screen.message);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf pages = {0};
  lode_script script = {0};
  if (count < 2) lode_fail(&err, LODE_E_USAGE, "lode watch SCRIPT INPUT...");
  else if (settings->output || settings->format)
    lode_fail(&err, LODE_E_USAGE, "watch shows a screen: for records write lode run");
  if (err.code != 0) return lode_complain("watch", &err);
  lode_job job = {
      .command = "watch", .settings = settings, .inputs = rest + 1, .input_count = count - 1, .page = put_page};
  lode_status status = lode_records_of(&job, &pages);
  if (status == LODE_EXIT_OK || status == LODE_EXIT_SKIPPED) {
    int code = lode_script_init(&script, settings, rest[0], &err);
    status = code == 0 ? watch(settings, &script, (lode_str){pages.ptr ? pages.ptr : "", pages.len})
                       : lode_complain("watch", &err);
    lode_script_free(&script);
  }
  lode_buf_free(&pages);
  return status;
}

const lode_command lode_command_watch = {
    "watch",
    "SCRIPT INPUT...",
    "run a script again whenever it is saved, and show what changed",
    "The pages are read, cleaned and cut into tokens once. Each time the script (or a Lua file beside it) is saved, "
    "it\n"
    "runs over them: +added -removed ~changed since the version before, lost records first, each in its text; above "
    "them\n"
    "errors, examples that fail, warnings. Keys: j k or arrows move, e writes the record shown into the script as an "
    "example\n"
    "of its rule, n as an example that must not match, a shows all records, r runs again, q quits. Without a terminal "
    "it\n"
    "prints one run.\n"
    "\n"
    "    lode watch my_rules.lua pages/ --sample 500\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look},
    run,
};
