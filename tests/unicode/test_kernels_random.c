/* test_kernels_random.c - every kernel of this machine, and stepping, against the reference implementation.
 *
 *     test_kernels_random [SECONDS]    default 10; the seed is printed and LODE_TEST_SEED sets it
 *
 * Texts are built for the places where kernels can go wrong: all alignments in memory, all places of a
 * code point in a block of 64 bytes, what a rule needs spread over the edge of a block, runs of one kind that are
 * longer than a block, the chunks of the bulk interface.  Each text lies in memory of exactly its size, so that a
 * sanitizer sees a byte read too far.
 */
#include "check.h"
#include "reference_breaks.h"
#include "uax29.h"
#include "utf8.h"
#include <time.h>

enum { TEXT_MAX = 1 << 18, SHORT_MAX = 700, EXHAUSTIVE_STEP = 256, ALIGNMENTS = 64 };

/* At least one code point of every class of the three units, of every length and of pages that kernels treat apart. */
static const uint32_t points[] = {
    'a',    'Z',     '0',     '_',     ' ',     '.',     ',',     ':',     ';',     '\'',    '"',     '!',
    '?',    '(',     '-',     '\n',    '\r',    '\t',    '\v',    0,       0x7F,    0x85,    0xA0,    0xA9,
    0xAD,   0xB7,    0xE9,    0x300,   0x37E,   0x387,   0x3B1,   0x436,   0x589,   0x5BF,   0x5D0,   0x5F4,
    0x600,  0x60C,   0x61F,   0x627,   0x64B,   0x66B,   0x661,   0x6D4,   0x700,   0x710,   0x7F9,   0x904,
    0x93C,  0x93E,   0x964,   0xE01,   0xE31,   0x1100,  0x1161,  0x11A8,  0x1680,  0x180E,  0x200B,  0x200D,
    0x200E, 0x2014,  0x2018,  0x2019,  0x201C,  0x2024,  0x2026,  0x2028,  0x202F,  0x203C,  0x203F,  0x2060,
    0x231A, 0x24C2,  0x3000,  0x3002,  0x3031,  0x3042,  0x30AB,  0x30FC,  0x3400,  0x4E00,  0x9FFF,  0xA015,
    0xA9C0, 0xAC00,  0xAC01,  0xD7A3,  0xD7B0,  0xFB1D,  0xFE0F,  0xFE13,  0xFF07,  0xFF0E,  0xFF21,  0xFF3F,
    0xFF76, 0x10400, 0x110BD, 0x11047, 0x1F1E6, 0x1F1FA, 0x1F3FB, 0x1F469, 0x1F92F, 0x20000, 0xE0020, 0x10FFFF,
};
enum { POINTS = sizeof points / sizeof *points };

static const char *const samples[] = {
    "It\xE2\x80\x99s over,\" Mr. O'Neil said at 5.30 p.m. in the U.S.  He left: $1,000.50 for caf\xC3\xA9s.\r\nNo_1 ",
    "\xD0\x9E\xD0\xBD \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB: \xC2\xAB\xD0\xBD\xD0\xB5\xD1\x82\xC2\xBB. 3,5 ",
    "\xE4\xBB\x96\xE8\xAF\xB4\xE2\x80\x9C\xE4\xB8\x8D\xE2\x80\x9D\xE3\x80\x82\xE3\x82\xAB\xE3\x83\xA1\xE3\x83\xA9\xE3"
    "\x81\xAF ",
    "\xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80\xE0\xA5\xA4 \xD7\xA6\xD7\x94\"\xD7\x9C '",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA\xEA\xB0\x80\xEA\xB0\x81 ok. "
    "\xC3\x89t\xC3\xA9 ",
    "plain words, and 1,234.5 numbers; e.g. they're here: a_b c.d  and\r\nthen \"quoted.\" (What?) No! yes ",
};
enum { SAMPLES = sizeof samples / sizeof *samples };

/* 0 to 130 bytes: what follows comes to every place in a block, and to the edges most often. */
static size_t put_filler(char *out) {
  size_t count = check_below(2) == 0 ? check_below(131) : 64 * check_below(2) + 56 + check_below(9);
  size_t kind = check_below(4);
  for (size_t i = 0; i < count; i++) out[i] = kind == 0 ? 'x' : kind == 1 ? ' ' : kind == 2 ? '7' : "ab c.d, "[i % 8];
  return count;
}

static uint32_t any_point(void) {
  for (;;) {
    uint32_t cp = (uint32_t)check_below(check_below(2) == 0 ? 0x3000 : 0x110000);
    if (cp < 0xD800 || cp > 0xDFFF) return cp;
  }
}

static size_t random_text(char *out) { /* few kinds make long runs of one rule */
  size_t len = put_filler(out), kinds = 1 + check_below(12), set[12];
  size_t size = len + 1 + check_below(SHORT_MAX - 200);
  for (size_t i = 0; i < kinds; i++) set[i] = check_below(POINTS);
  while (len < size)
    len += lode_utf8_put(check_below(60) == 0 ? any_point() : points[set[check_below(kinds)]], out + len);
  return len;
}

static size_t mutated_text(char *out) {
  size_t len = put_filler(out), size = len + 1 + check_below(SHORT_MAX - 200);
  size_t rate = 2 + check_below(60);
  while (len < size) {
    const char *source = samples[check_below(SAMPLES)];
    for (size_t at = 0; source[at] != 0 && len < size;) {
      uint32_t cp;
      at += lode_utf8_next(source + at, &cp);
      size_t act = check_below(rate);
      if (act == 0) continue;
      if (act == 1) len += lode_utf8_put(points[check_below(POINTS)], out + len);
      len += lode_utf8_put(cp, out + len);
    }
  }
  return len;
}

/* What a rule needs, with a run of what it passes over between its parts. */
static size_t stretched_text(char *out) {
  static const uint32_t passed[] = {0x300, 0xAD, 0x200D, 0xFE0F, 0x93C, 0x1F3FB, 0xE0020};
  size_t len = put_filler(out), parts = 2 + check_below(5);
  for (size_t i = 0; i < parts; i++) {
    len += lode_utf8_put(points[check_below(POINTS)], out + len);
    uint32_t mark = passed[check_below(sizeof passed / sizeof *passed)];
    for (size_t run = check_below(3) == 0 ? check_below(30) : check_below(2); run > 0; run--)
      len += lode_utf8_put(mark, out + len);
  }
  return len + put_filler(out + len);
}

/* Long enough for several chunks; made of short texts, since the reference is slow on long runs. */
static size_t long_text(char *out) {
  size_t len = 0;
  while (len < TEXT_MAX - 2 * SHORT_MAX) len += check_below(2) == 0 ? mutated_text(out + len) : random_text(out + len);
  return len;
}

static bool same(const lode_offsets *got, const lode_offsets *want) {
  if (!CHECK_INT(got->count, want->count)) return false;
  for (size_t i = 0; i < want->count; i++)
    if (!CHECK_INT(got->items[i], want->items[i])) return false;
  return true;
}

static bool check_stepping(lode_unit unit, const char *text, size_t len, const lode_offsets *want) {
  lode_breaks breaks;
  lode_span span;
  size_t count = 0, end = 0;
  lode_breaks_init(&breaks, unit, text, len);
  while (lode_breaks_next(&breaks, &span)) {
    if (!CHECK(count < want->count) || !CHECK_INT(span.end, want->items[count]) || !CHECK_INT(span.begin, end))
      return false;
    end = span.end;
    count++;
  }
  return CHECK_INT(count, want->count);
}

static bool check_pieces(lode_unit unit, const char *text, size_t len, const lode_offsets *want) {
  uint32_t items[LODE_PIECE_MAX];
  lode_pieces pieces;
  size_t count, done = 0;
  lode_pieces_init(&pieces, unit, text, len);
  while (lode_pieces_next(&pieces, items, &count)) {
    if (!CHECK(count <= want->count - done) ||
        !CHECK(count == 0 || memcmp(items, want->items + done, count * sizeof *items) == 0))
      return false;
    done += count;
  }
  return CHECK_INT(done, want->count);
}

static bool check_level(lode_cpu level, lode_unit unit, const char *text, size_t len, const lode_offsets *want) {
  lode_offsets got = {0};
  lode_err err;
  bool good = CHECK_OK(lode_breaks_all_at(level, unit, text, len, &got, &err), &err) && same(&got, want);
  if (!good) printf("level %s\n", lode_cpu_name(level));
  lode_offsets_free(&got);
  return good;
}

static bool check_unit(lode_unit unit, const char *text, size_t len) {
  lode_offsets want = {0};
  if (!CHECK(reference_breaks(unit, text, len, &want))) return false;
  bool good = check_stepping(unit, text, len, &want) && check_pieces(unit, text, len, &want);
  for (int level = 0; level < LODE_CPU_COUNT && good; level++)
    if (lode_breaks_has((lode_cpu)level)) good = check_level((lode_cpu)level, unit, text, len, &want);
  if (!good && len < 2 * SHORT_MAX) {
    printf("unit %d, text ", (int)unit);
    check_print_bytes(text, len);
    putchar('\n');
  }
  lode_offsets_free(&want);
  return good;
}

/* All units at one alignment; the memory ends where the text does. */
static bool check_text(const char *text, size_t len) {
  size_t shift = check_below(ALIGNMENTS);
  char *copy = malloc(shift + len + (shift + len == 0));
  if (!CHECK(copy != NULL)) return false;
  memcpy(copy + shift, text, len);
  bool good = true;
  for (lode_unit unit = LODE_UNIT_WORD; unit <= LODE_UNIT_GRAPHEME && good; unit++)
    good = check_unit(unit, copy + shift, len);
  free(copy);
  return good;
}

static double seconds(const double *limit) {
  static double now = 10;
  if (limit != NULL) now = *limit;
  return now;
}

static double clock_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void check_many(size_t (*make)(char *out), double share) {
  char *text = malloc(TEXT_MAX + 2 * SHORT_MAX);
  double end = clock_now() + seconds(NULL) * share;
  size_t count = 0;
  bool good = CHECK(text != NULL);
  for (; good && (count < 3 || clock_now() < end); count++) good = check_text(text, make(text));
  printf("%zu texts\n", count);
  free(text);
}

static void test_random(void) {
  check_many(random_text, 0.35);
}

static void test_mutated(void) {
  check_many(mutated_text, 0.35);
}

static void test_stretched(void) {
  check_many(stretched_text, 0.2);
}

static void test_long(void) {
  check_many(long_text, 0.1);
}

/* Every code point, between letters and beside itself: the kernels' own ways to the classes. */
static void test_all_code_points(void) {
  char text[EXHAUSTIVE_STEP * 16];
  for (uint32_t first = 0; first < 0x110000; first += EXHAUSTIVE_STEP) {
    if (first >= 0xD800 && first < 0xE000) continue;
    size_t len = 0;
    for (uint32_t cp = first; cp < first + EXHAUSTIVE_STEP; cp++) {
      if (cp % 3 == 0) text[len++] = cp % 2 == 0 ? 'a' : '.';
      len += lode_utf8_put(cp, text + len);
      len += lode_utf8_put(cp, text + len);
    }
    if (!check_text(text, len)) {
      printf("in the %d code points from U+%04" PRIX32 "\n", EXHAUSTIVE_STEP, first);
      return;
    }
  }
}

static void test_levels(void) {
  CHECK(lode_breaks_has(LODE_CPU_PORTABLE));
  for (int level = 0; level < LODE_CPU_COUNT; level++)
    printf("%s: %s\n", lode_cpu_name((lode_cpu)level), lode_breaks_has((lode_cpu)level) ? "compared" : "not here");
}

int main(int argc, char **argv) {
  double limit = argc > 1 ? strtod(argv[1], NULL) : 10;
  seconds(&limit);
  RUN(test_levels);
  RUN(test_all_code_points);
  RUN(test_random);
  RUN(test_mutated);
  RUN(test_stretched);
  RUN(test_long);
  return CHECK_END();
}
