#include "progress.h"
#include "terminal.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void put(const char *text, size_t len) {
  ssize_t ignored = write(STDERR_FILENO, text, len);
  (void)ignored;
}

/* A file, or /dev/null: nobody looks on while records come. */
static bool is_unseen(const char *output) {
  struct stat info, null;
  if (output ? stat(output, &info) != 0 : fstat(STDOUT_FILENO, &info) != 0) return output != NULL; /* still to come */
  if (S_ISREG(info.st_mode)) return true;
  return S_ISCHR(info.st_mode) && stat("/dev/null", &null) == 0 && info.st_rdev == null.st_rdev;
}

void lode_people_init(lode_people *self, bool quiet, const char *output) {
  *self = (lode_people){.live = !quiet && isatty(STDERR_FILENO) == 1 && is_unseen(output), .begun = now()};
}

void lode_people_clear(lode_people *self) {
  static const char clear[] = "\r\x1B[K";
  if (self->shown) put(clear, sizeof clear - 1);
  self->shown = false;
}

void lode_people_say(void *ud, const char *line) {
  lode_people_clear(ud);
  lode_terminal_say(line, strlen(line));
}

static void left(double seconds, char *out, size_t size) {
  unsigned s = seconds > 360000 ? 360000 : (unsigned)seconds;
  if (s >= 3600) snprintf(out, size, ", %u h %02u min left", s / 3600, s / 60 % 60);
  else if (s >= 60) snprintf(out, size, ", %u min %02u s left", s / 60, s % 60);
  else snprintf(out, size, ", %u s left", s);
}

void lode_people_progress(void *ud, const lode_run_result *so_far, double share) {
  lode_people *self = ud;
  if (!self->live) return;
  char line[256], rest[64] = "", part[16] = "";
  double passed = now() - self->begun;
  if (share > 0 && share <= 1) {
    snprintf(part, sizeof part, "%3.0f %%  ", share * 100);
    /* The first seconds are start-up: they say nothing of the rest. */
    if (passed > 2) left(passed * (1 - share) / share, rest, sizeof rest);
  }
  int len =
      snprintf(line, sizeof line, "\r%s%" PRIu64 " pages, %" PRIu64 " skipped, %" PRIu64 " records, %.1f MB/s%s\x1B[K",
               part, so_far->pages_in, so_far->pages_skipped, so_far->records,
               passed > 0 ? (double)so_far->bytes_in / 1e6 / passed : 0, rest);
  if (len <= 0 || (size_t)len >= sizeof line) return;
  put(line, (size_t)len);
  self->shown = true;
}

char *lode_summary(const lode_run_result *result, bool speed, char *out, size_t size) {
  char repaired[40] = "", rate[40] = "";
  double seconds = result->seconds;
  if (result->repaired > 0) snprintf(repaired, sizeof repaired, ", %" PRIu64 " repaired", result->repaired);
  if (speed) snprintf(rate, sizeof rate, ", %.1f MB/s", seconds > 0 ? (double)result->bytes_in / 1e6 / seconds : 0);
  snprintf(out, size, "%" PRIu64 " page%s in, %" PRIu64 " out, %" PRIu64 " skipped%s; %" PRIu64 " record%s; %.2f s%s",
           result->pages_in, result->pages_in == 1 ? "" : "s", result->pages_out, result->pages_skipped, repaired,
           result->records, result->records == 1 ? "" : "s", seconds, rate);
  return out;
}
