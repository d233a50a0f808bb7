/* check.h - a test harness of one file: every check prints both values, none ends the program.
 *
 *     static void test_sum(void) { CHECK_INT(1 + 1, 2); }
 *     int main(void) { RUN(test_sum); return CHECK_END(); }
 *
 * A test is a function; it passes when no check in it failed.  CHECK_... give whether they held, so that a
 * test can stop where going on makes no sense: `if (!CHECK_OK(code, &err)) return;`
 * Random tests draw from check_random; the seed is LODE_TEST_SEED or the clock, and it is printed before the first
 * draw, so that it is known also where a sanitizer ends the program.
 */
#ifndef LODE_CHECK_H
#define LODE_CHECK_H
#include "err.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct check_state {
  int passed, failed, skipped; /* tests */
  int faults;                  /* failed checks of the running test */
  bool seeded, skip;
  uint64_t seed, random;
} check_state;

static inline check_state *check_now(void) {
  static check_state state;
  return &state;
}

static inline bool check_fault(const char *file, int line) {
  check_state *now = check_now();
  now->faults++;
  printf("%s:%d: ", file, line);
  return false;
}

static inline bool check_true(bool held, const char *what, const char *file, int line) {
  if (held) return true;
  check_fault(file, line);
  printf("does not hold: %s\n", what);
  return false;
}

static inline bool check_int(intmax_t got, intmax_t want, const char *what, const char *file, int line) {
  if (got == want) return true;
  check_fault(file, line);
  printf("%s: got %" PRIdMAX ", want %" PRIdMAX "\n", what, got, want);
  return false;
}

static inline bool check_double(double got, double want, double within, const char *what, const char *file, int line) {
  double off = got > want ? got - want : want - got;
  if (off <= within) return true;
  check_fault(file, line);
  printf("%s: got %.17g, want %.17g\n", what, got, want);
  return false;
}

/* Bytes in quotes; what is not printable ASCII as \xNN, so that two values that look alike do not. */
static inline void check_print_bytes(const char *bytes, size_t len) {
  putchar('"');
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c == '\n') fputs("\\n", stdout);
    else if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') printf("\\x%02X", c);
    else putchar(c);
  }
  putchar('"');
}

static inline bool check_bytes(const char *got, size_t got_len, const char *want, size_t want_len, const char *what,
                               const char *file, int line) {
  if (got_len == want_len && (got_len == 0 || memcmp(got, want, got_len) == 0)) return true;
  check_fault(file, line);
  printf("%s:\n  got  ", what);
  check_print_bytes(got, got_len);
  printf("\n  want ");
  check_print_bytes(want, want_len);
  putchar('\n');
  return false;
}

static inline bool check_ok(int code, const lode_err *err, const char *what, const char *file, int line) {
  if (code == 0) return true;
  char text[2048];
  check_fault(file, line);
  printf("%s: failed with %d (%s): %s\n", what, code, lode_err_name(code),
         err ? lode_err_text(err, text, sizeof text) : "");
  return false;
}

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want) check_int((intmax_t)(got), (intmax_t)(want), #got, __FILE__, __LINE__)
#define CHECK_NEAR(got, want, within) check_double((got), (want), (within), #got, __FILE__, __LINE__)
#define CHECK_STR(got_ptr, got_len, want)                                                                              \
  check_bytes((got_ptr), (got_len), (want), strlen(want), #got_ptr, __FILE__, __LINE__)
#define CHECK_BYTES(got_ptr, got_len, want_ptr, want_len)                                                              \
  check_bytes((got_ptr), (got_len), (want_ptr), (want_len), #got_ptr, __FILE__, __LINE__)
#define CHECK_OK(code, err) check_ok((code), (err), #code, __FILE__, __LINE__)

/* The seed of this run, printed when it is first asked for. */
static inline uint64_t check_seed(void) {
  check_state *now = check_now();
  if (!now->seeded) {
    const char *given = getenv("LODE_TEST_SEED");
    now->seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    now->random = now->seed;
    now->seeded = true;
    printf("seed: LODE_TEST_SEED=%" PRIu64 "\n", now->seed);
    fflush(stdout);
  }
  return now->seed;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t check_random(void) {
  check_seed();
  uint64_t z = check_now()->random += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

/* 0 to below - 1. */
static inline size_t check_below(size_t below) {
  return (size_t)(check_random() % below);
}

/* Count the running test as skipped, with the reason; the caller returns. */
static inline void check_skip(const char *reason) {
  check_now()->skip = true;
  printf("skipped: %s\n", reason);
}

static inline void check_run(void (*test)(void), const char *name) {
  check_state *now = check_now();
  now->faults = 0;
  now->skip = false;
  test();
  if (now->faults) {
    now->failed++;
    printf("FAILED %s (%d checks)\n", name, now->faults);
  } else if (now->skip) {
    now->skipped++;
  } else {
    now->passed++;
  }
  fflush(stdout);
}
#define RUN(test) check_run((test), #test)

static inline int check_end(void) {
  check_state *now = check_now();
  printf("%d passed, %d failed, %d skipped\n", now->passed, now->failed, now->skipped);
  return now->failed || now->passed + now->skipped == 0;
}
#define CHECK_END() check_end()

#endif
