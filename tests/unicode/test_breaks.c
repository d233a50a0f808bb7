/* test_breaks.c - every line of the three break test files of Unicode, stepping and in bulk at
 * every level of this machine.
 *
 *     test_breaks [FOLDER]    with WordBreakTest.txt, SentenceBreakTest.txt, GraphemeBreakTest.txt
 *
 * Each line also goes through the reference implementation, which must itself be right to be an oracle.
 */
#include "check.h"
#include "reference_breaks.h"
#include "utf8.h"

enum { LINE_MAX_BYTES = 4096, POINTS_MAX = 256 };

typedef struct sample {
  char text[POINTS_MAX * 4];
  size_t len;
  uint32_t cuts[POINTS_MAX];
  size_t cut_count;
} sample;

/* The folder of the files; set when `to` is not NULL. */
static const char *folder(const char *to) {
  static const char *now = "/usr/share/unicode/auxiliary";
  if (to != NULL) now = to;
  return now;
}

/* "÷ 0061 × 0308 ÷ # comment" into text and its boundaries but 0.  False for a line without a sample. */
static bool parse(char *line, sample *out) {
  out->len = out->cut_count = 0;
  line[strcspn(line, "#\n")] = 0;
  for (char *part = strtok(line, " \t"); part != NULL; part = strtok(NULL, " \t")) {
    if (strcmp(part, "\xC3\xB7") == 0) {
      if (out->len > 0) out->cuts[out->cut_count++] = (uint32_t)out->len;
    } else if (strcmp(part, "\xC3\x97") != 0) {
      out->len += lode_utf8_put((uint32_t)strtoul(part, NULL, 16), out->text + out->len);
    }
  }
  return out->len > 0;
}

static bool same(const sample *want, const uint32_t *got, size_t count) {
  return count == want->cut_count && memcmp(got, want->cuts, count * sizeof *got) == 0;
}

static bool check_stepping(lode_unit unit, const sample *want) {
  uint32_t got[POINTS_MAX * 4];
  size_t count = 0, end = 0;
  lode_breaks breaks;
  lode_span span;
  lode_breaks_init(&breaks, unit, want->text, want->len);
  while (lode_breaks_next(&breaks, &span)) {
    if (span.begin != end || span.end <= span.begin) return false;
    end = span.end;
    got[count++] = (uint32_t)end;
  }
  return same(want, got, count);
}

static bool check_bulk(lode_unit unit, const sample *want) {
  lode_offsets got = {0};
  lode_err err;
  bool good = lode_breaks_all(unit, want->text, want->len, &got, &err) == 0 && same(want, got.items, got.count);
  for (int level = 0; level < LODE_CPU_COUNT && good; level++) {
    if (!lode_breaks_has((lode_cpu)level)) continue;
    got.count = 0;
    good = lode_breaks_all_at((lode_cpu)level, unit, want->text, want->len, &got, &err) == 0 &&
           same(want, got.items, got.count);
    if (!good) printf("level %s\n", lode_cpu_name((lode_cpu)level));
  }
  lode_offsets_free(&got);
  return good;
}

static bool check_reference(lode_unit unit, const sample *want) {
  lode_offsets got = {0};
  bool good = reference_breaks(unit, want->text, want->len, &got) && same(want, got.items, got.count);
  lode_offsets_free(&got);
  return good;
}

static void check_file(const char *name, lode_unit unit) {
  char path[LINE_MAX_BYTES], line[LINE_MAX_BYTES];
  snprintf(path, sizeof path, "%s/%s", folder(NULL), name);
  FILE *file = fopen(path, "r");
  if (!CHECK(file != NULL)) {
    perror(path);
    return;
  }
  int number = 0, samples = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    sample want;
    number++;
    if (!parse(line, &want)) continue;
    samples++;
    bool stepping = CHECK(check_stepping(unit, &want)), bulk = CHECK(check_bulk(unit, &want));
    bool reference = CHECK(check_reference(unit, &want));
    if (!stepping || !bulk || !reference) printf("  at %s:%d\n", name, number);
  }
  fclose(file);
  printf("%s: %d lines\n", name, samples);
  CHECK(samples > 500);
}

static void test_words(void) {
  check_file("WordBreakTest.txt", LODE_UNIT_WORD);
}

static void test_sentences(void) {
  check_file("SentenceBreakTest.txt", LODE_UNIT_SENTENCE);
}

static void test_graphemes(void) {
  check_file("GraphemeBreakTest.txt", LODE_UNIT_GRAPHEME);
}

int main(int argc, char **argv) {
  if (argc > 1) folder(argv[1]);
  RUN(test_words);
  RUN(test_sentences);
  RUN(test_graphemes);
  return CHECK_END();
}
