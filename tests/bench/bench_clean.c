/* bench_clean.c - pages of HTML to JSON lines: lode, its parser alone, and resiliparse, on the same pages in one run.
 *
 *     bench_clean [--runs N] FILE|FOLDER...
 *
 * Method: all pages are in memory; the contenders take turns, the median of the runs counts; one core.
 *   gumbo       gumbo_parse and its destroy on the whole page: what a program that is built on it spends at least
 *   lode clean  from raw bytes to the record: decoding, scanner, parser, text with map, zones, metadata, JSON
 *   resiliparse main content as text, by its Python module (a process beside this one, which decodes UTF-8 too);
 *               LODE_PEER_PYTHON names the python that has it (default python3); left out where it is missing
 */
#include "clean.h"
#include "cleanrecord.h"
#include "file.h"
#include "inputs.h"
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 99, GUMBO = 0, LODE, PEER, CONTENDERS };

static const char *const contender_names[CONTENDERS] = {"gumbo alone", "lode clean", "resiliparse"};

typedef struct bench {
  lode_inputs inputs;
  lode_buf *pages;
  size_t bytes;
  lode_page page;
  lode_table words;
  lode_buf out;
  FILE *to_peer, *from_peer; /* NULL where there is none */
} bench;

static void die(const char *what) {
  fprintf(stderr, "bench_clean: %s\n", what);
  exit(4);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void run_gumbo(bench *b) {
  for (size_t i = 0; i < b->inputs.count; i++)
    gumbo_destroy_output(&kGumboDefaultOptions,
                         gumbo_parse_with_options(&kGumboDefaultOptions, b->pages[i].ptr, b->pages[i].len));
}

static void run_lode(bench *b) {
  const lode_clean_shape shape = {.zones = LODE_ZONES_BODY};
  lode_err err;
  lode_err_clear(&err);
  b->out.len = 0;
  for (size_t i = 0; i < b->inputs.count; i++) {
    const char *path = b->inputs.items[i].path;
    lode_page_open(&b->page, (lode_str){path, strlen(path)}, (lode_str){b->pages[i].ptr, b->pages[i].len});
    b->page.html = true;
    if (lode_clean(&b->page, &err) == 0) lode_clean_put_record(&shape, &b->page, &b->out, &err);
    if (err.code != 0) {
      fprintf(stderr, "bench_clean: %s: %s\n", path, err.message);
      lode_err_clear(&err);
    }
  }
}

static double run_peer(bench *b) {
  char line[64];
  fputs("run\n", b->to_peer);
  fflush(b->to_peer);
  if (fgets(line, sizeof line, b->from_peer) == NULL) die("the peer went away");
  return strtod(line, NULL);
}

static void open_peer(bench *b, const char *script) {
  const char *named = getenv("LODE_PEER_PYTHON"), *python = named == NULL ? "python3" : named;
  int ends[2];
  char line[64];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDIN_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    execlp(python, python, script, (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  b->to_peer = fdopen(ends[0], "w");
  b->from_peer = fdopen(dup(ends[0]), "r");
  if (b->to_peer == NULL || b->from_peer == NULL) die("out of memory");
  for (size_t i = 0; i < b->inputs.count; i++) fprintf(b->to_peer, "%s%s", i == 0 ? "" : "\t", b->inputs.items[i].path);
  fputs("\n", b->to_peer);
  fflush(b->to_peer);
  if (fgets(line, sizeof line, b->from_peer) == NULL || strncmp(line, "ready", 5) != 0) {
    b->to_peer = NULL;
    printf("resiliparse is not there: LODE_PEER_PYTHON names a python that has it\n");
  }
}

static int by_time(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report(bench *b, double times[CONTENDERS][RUNS_MAX], size_t runs) {
  double median[CONTENDERS];
  printf("%zu pages, %.1f MB, median of %zu runs\n", b->inputs.count, (double)b->bytes / 1e6, runs);
  for (size_t c = 0; c < CONTENDERS; c++) {
    if (c == PEER && b->to_peer == NULL) continue;
    qsort(times[c], runs, sizeof times[c][0], by_time);
    median[c] = times[c][runs / 2];
    printf("%-12s %7.1f MB/s %7.0f pages/s", contender_names[c], (double)b->bytes / 1e6 / median[c],
           (double)b->inputs.count / median[c]);
    if (c != LODE && c != GUMBO) printf("   lode is %.2f times as fast", median[c] / median[LODE]);
    if (c == LODE) printf("   %.2f times the parser alone", median[GUMBO] / median[LODE]);
    printf("\n");
  }
}

int main(int argc, char **argv) {
  bench b = {0};
  size_t runs = 9;
  lode_err err;
  lode_err_clear(&err);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc) runs = strtoul(argv[++i], NULL, 10);
    else if (lode_inputs_add(&b.inputs, argv[i], &err) != 0) die(err.message);
  }
  if (b.inputs.count == 0 || runs < 1 || runs > RUNS_MAX) die("usage: bench_clean [--runs N] FILE|FOLDER...");
  b.pages = calloc(b.inputs.count, sizeof *b.pages);
  if (b.pages == NULL) die("out of memory");
  for (size_t i = 0; i < b.inputs.count; i++) {
    if (lode_file_read(b.inputs.items[i].path, (size_t)1 << 30, &b.pages[i], &err) != 0) die(err.message);
    b.bytes += b.pages[i].len;
  }
  lode_table_init(&b.words, 1);
  lode_page_init(&b.page, &b.words);
  open_peer(&b, LODE_BENCH_PEER);
  static double times[CONTENDERS][RUNS_MAX];
  for (size_t run = 0; run < runs; run++) {
    double begin = now();
    run_gumbo(&b);
    times[GUMBO][run] = now() - begin;
    begin = now();
    run_lode(&b);
    times[LODE][run] = now() - begin;
    if (b.to_peer != NULL) times[PEER][run] = run_peer(&b);
  }
  report(&b, times, runs);
  return 0;
}
