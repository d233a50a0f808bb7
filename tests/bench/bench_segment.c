/* bench_segment.c - boundaries of UAX #29: lode at each level and ICU's BreakIterator, on the same bytes in one run.
 *
 *     bench_segment [--mb N] [--runs N] [--seed N] [FILE...]     corpora: english, alphabets, mixed, and the files
 *
 * Method: all contenders take turns, so that noise of the machine falls on all; the median of the runs counts.
 * Every contender stores each boundary as a 32-bit offset into the same memory, touched before.  ICU runs on UTF-8
 * (UText) and on UTF-16 converted before the clock starts; speed is always in bytes of UTF-8, and the ratio is
 * against the better of the two.  ICU opens its iterator once for each corpus.  Where ICU tailors the rules or has
 * dictionaries (Thai, Han, Kana in words) its boundaries differ: the counts are printed.
 */
#include "corpus.h"
#include "uax29.h"
#include "utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#if LODE_BENCH_ICU
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>
#endif

enum { RUNS_MAX = 99, CONTENDERS_MAX = LODE_CPU_COUNT + 3, UNITS = 3, STEPPING = LODE_CPU_COUNT, ICU_UTF8, ICU_UTF16 };

static const char *const unit_names[UNITS] = {"words", "sentences", "graphemes"};

typedef struct corpus {
  const char *name;
  char *text;
  size_t len;
#if LODE_BENCH_ICU
  UChar *utf16;
  int32_t utf16_len;
#endif
} corpus;

typedef struct contender {
  int id; /* a level, STEPPING, ICU_UTF8, ICU_UTF16 */
  double times[RUNS_MAX];
  size_t count;
} contender;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *what) {
  fprintf(stderr, "bench_segment: %s\n", what);
  exit(4);
}

static void step_all(lode_unit unit, const corpus *on, lode_offsets *out) {
  lode_breaks breaks;
  lode_span span;
  lode_breaks_init(&breaks, unit, on->text, on->len);
  while (lode_breaks_next(&breaks, &span)) out->items[out->count++] = (uint32_t)span.end;
}

#if LODE_BENCH_ICU
static UBreakIterator *icu_open(lode_unit unit) {
  static const UBreakIteratorType types[UNITS] = {UBRK_WORD, UBRK_SENTENCE, UBRK_CHARACTER};
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks = ubrk_open(types[unit], "en", NULL, 0, &status);
  if (U_FAILURE(status)) die(u_errorName(status));
  return breaks;
}

static void icu_all(UBreakIterator *breaks, const corpus *on, bool utf16, lode_offsets *out) {
  UErrorCode status = U_ZERO_ERROR;
  UText *text = utf16 ? utext_openUChars(NULL, on->utf16, on->utf16_len, &status)
                      : utext_openUTF8(NULL, on->text, (int64_t)on->len, &status);
  ubrk_setUText(breaks, text, &status);
  if (U_FAILURE(status)) die(u_errorName(status));
  ubrk_first(breaks);
  for (int32_t at = ubrk_next(breaks); at != UBRK_DONE; at = ubrk_next(breaks)) out->items[out->count++] = (uint32_t)at;
  utext_close(text);
}
#endif

static void run_once(contender *self, size_t run, lode_unit unit, const corpus *on, lode_offsets *out, void *icu) {
  lode_err err;
  out->count = 0;
  double from = now();
  if (self->id < LODE_CPU_COUNT) {
    if (lode_breaks_all_at((lode_cpu)self->id, unit, on->text, on->len, out, &err) != 0) die(err.message);
  } else if (self->id == STEPPING) {
    step_all(unit, on, out);
  }
#if LODE_BENCH_ICU
  else {
    icu_all(icu, on, self->id == ICU_UTF16, out);
  }
#else
  (void)icu;
#endif
  self->times[run] = now() - from;
  self->count = out->count;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double speed(contender *self, size_t runs, size_t len) { /* MB/s of the median run */
  qsort(self->times, runs, sizeof *self->times, by_value);
  return (double)len / 1e6 / self->times[runs / 2];
}

static const char *name_of(int id) {
  if (id < LODE_CPU_COUNT) return lode_cpu_name((lode_cpu)id);
  return id == STEPPING ? "stepping" : id == ICU_UTF8 ? "ICU UTF-8" : "ICU UTF-16";
}

static size_t contenders_for(contender list[CONTENDERS_MAX]) {
  size_t count = 0;
  for (int level = 0; level < LODE_CPU_COUNT; level++)
    if (lode_breaks_has((lode_cpu)level)) list[count++].id = level;
  list[count++].id = STEPPING;
#if LODE_BENCH_ICU
  list[count++].id = ICU_UTF8;
  list[count++].id = ICU_UTF16;
#endif
  return count;
}

static void bench_unit(lode_unit unit, const corpus *on, size_t runs, lode_offsets *out) {
  static contender list[CONTENDERS_MAX]; /* large, and of this program only */
  size_t count = contenders_for(list);
  void *icu = NULL;
#if LODE_BENCH_ICU
  icu = icu_open(unit);
#endif
  for (size_t run = 0; run < runs; run++)
    for (size_t i = 0; i < count; i++) run_once(&list[i], run, unit, on, out, icu);
#if LODE_BENCH_ICU
  ubrk_close(icu);
#endif
  double speeds[CONTENDERS_MAX], peer = 0;
  for (size_t i = 0; i < count; i++) {
    speeds[i] = speed(&list[i], runs, on->len);
    if (list[i].id >= ICU_UTF8 && speeds[i] > peer) peer = speeds[i];
  }
  for (size_t i = 0; i < count; i++) {
    printf("%-10s %-10s %-11s %9.1f MB/s %11zu boundaries", on->name, unit_names[unit], name_of(list[i].id), speeds[i],
           list[i].count);
    if (peer > 0) printf("  %6.2f x ICU", speeds[i] / peer);
    putchar('\n');
  }
  fflush(stdout);
}

static void bench_corpus(corpus *on, size_t runs) {
  if (lode_utf8_valid(on->text, on->len) != on->len) die("a file is not valid UTF-8");
  if (on->len == 0 || on->len >= INT32_MAX) die("a corpus must have 1 byte to 2 GB");
  lode_offsets out = {malloc((on->len + 256) * sizeof(uint32_t)), 0, on->len + 256};
  if (out.items == NULL) die("out of memory");
  memset(out.items, 1, out.cap * sizeof(uint32_t));
#if LODE_BENCH_ICU
  UErrorCode status = U_ZERO_ERROR;
  on->utf16 = malloc((on->len + 1) * sizeof(UChar));
  if (on->utf16 == NULL) die("out of memory");
  u_strFromUTF8(on->utf16, (int32_t)on->len + 1, &on->utf16_len, on->text, (int32_t)on->len, &status);
  if (U_FAILURE(status)) die(u_errorName(status));
#endif
  for (lode_unit unit = LODE_UNIT_WORD; unit <= LODE_UNIT_GRAPHEME; unit++) bench_unit(unit, on, runs, &out);
#if LODE_BENCH_ICU
  free(on->utf16);
#endif
  lode_offsets_free(&out);
  free(on->text);
}

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) die(path);
  long size = ftell(file);
  rewind(file);
  char *text = malloc((size_t)size + 1);
  if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) die(path);
  fclose(file);
  *len = (size_t)size;
  return text;
}

static void print_machine(size_t runs, unsigned long seed) {
  struct utsname system;
  char line[256], model[256] = "";
  FILE *file = fopen("/proc/cpuinfo", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL) {
      snprintf(model, sizeof model, "%.*s", (int)strcspn(strchr(line, ':') + 2, "\n"), strchr(line, ':') + 2);
      break;
    }
  if (file != NULL) fclose(file);
  if (uname(&system) != 0) die("uname");
  printf("machine    %s, %s %s, best level %s\n", model, system.sysname, system.machine,
         lode_cpu_name(lode_cpu_best()));
  printf("method     one core, median of %zu runs taken in turn, seed %lu, offsets stored\n", runs, seed);
#if LODE_BENCH_ICU
  UVersionInfo version;
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(version);
  u_versionToString(version, text);
  printf("peer       ICU %s\n", text);
#else
  printf("peer       SKIPPED: ICU (libicu-dev) was not there when this was built\n");
#endif
}

int main(int argc, char **argv) {
  unsigned long megabytes = 64, runs = 5, seed = 1;
  int arg = 1;
  for (; arg + 1 < argc && strncmp(argv[arg], "--", 2) == 0; arg += 2) {
    unsigned long value = strtoul(argv[arg + 1], NULL, 10);
    if (strcmp(argv[arg], "--mb") == 0) megabytes = value;
    else if (strcmp(argv[arg], "--runs") == 0) runs = value;
    else if (strcmp(argv[arg], "--seed") == 0) seed = value;
    else die("options: --mb N, --runs N, --seed N");
  }
  if (megabytes < 1 || megabytes > 1000 || runs < 1 || runs > RUNS_MAX) die("--mb 1 to 1000, --runs 1 to 99");
  print_machine(runs, seed);
  for (corpus_kind kind = CORPUS_ENGLISH; kind < CORPUS_COUNT && arg >= argc; kind++) {
    corpus on = {.name = corpus_name(kind)};
    on.text = corpus_make(kind, megabytes << 20, seed, &on.len);
    if (on.text == NULL) die("out of memory");
    bench_corpus(&on, runs);
  }
  for (; arg < argc; arg++) {
    corpus on = {.name = strrchr(argv[arg], '/') ? strrchr(argv[arg], '/') + 1 : argv[arg]};
    on.text = read_file(argv[arg], &on.len);
    bench_corpus(&on, runs);
  }
  return 0;
}
