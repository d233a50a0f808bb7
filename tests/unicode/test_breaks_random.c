/* Random and mutated text: stepping and bulk against the reference implementation, at every unit. */
#include "check.h"
#include "reference_breaks.h"
#include "uax29.h"
#include "utf8.h"

enum { TEXTS = 30000, POINTS_MAX = 40 };

/* At least one code point of every class of the three units, and what is near them; ASCII at the front. */
static const uint32_t points[] = {
    'a',     'B',    'z',    '1',    '9',    '_',    ' ',     '.',     ',',    ':',     ';',      '\'',    '"',
    '!',     '?',    '(',    ')',    '-',    '\n',   '\r',    '\t',    0,      0x85,    0x2028,   0x2029,  0xA0,
    0xAD,    0x300,  0x308,  0x200D, 0x200C, 0x200E, 0x1F1E6, 0x1F1FA, 0x5D0,  0x5D1,   0x30A2,   0x30FC,  0x3042,
    0x4E00,  0x2019, 0xB7,   0x387,  0x2024, 0x66B,  0x660,   0x203F,  0x2000, 0x3000,  0x24C2,   0x2764,  0x1F600,
    0x1F3FB, 0xFE0F, 0x1100, 0x1160, 0x11A8, 0xAC00, 0xAC01,  0x600,   0x903,  0x93F,   0x915,    0x94D,   0xE9,
    0xC9,    0x1C5,  0x5F3,  0x3002, 0xFF01, 0x2014, 0x201C,  0x201D,  0x6D4,  0xE0020, 0x10FFFF, 0xE01EF, 0x378,
};

static size_t random_text(char *out) {
  size_t count = 1 + check_below(POINTS_MAX), len = 0;
  size_t kinds = 2 + check_below(sizeof points / sizeof *points - 2); /* few kinds make long runs of one rule */
  size_t shift = check_below(sizeof points / sizeof *points);
  for (size_t i = 0; i < count; i++) {
    uint32_t cp = points[(shift + check_below(kinds)) % (sizeof points / sizeof *points)];
    if (check_below(50) == 0) {
      do cp = (uint32_t)check_below(0x110000);
      while (cp >= 0xD800 && cp < 0xE000);
    }
    len += lode_utf8_put(cp, out + len);
  }
  return len;
}

/* A sentence of news with some of its code points changed. */
static size_t mutated_text(char *out) {
  static const char source[] = "\xE2\x80\x9CIt\xE2\x80\x99s over,\xE2\x80\x9D Mr. O'Neil said at 5.30 p.m. in the U.S. "
                               " He left: $1,000 for caf\xC3\xA9s.\r\nNo";
  size_t len = 0;
  for (size_t at = 0; at < sizeof source - 1;) {
    uint32_t cp;
    at += lode_utf8_next(source + at, &cp);
    size_t act = check_below(20);
    if (act == 0) continue;
    if (act == 1) cp = points[check_below(sizeof points / sizeof *points)];
    if (act == 2) len += lode_utf8_put(points[check_below(sizeof points / sizeof *points)], out + len);
    len += lode_utf8_put(cp, out + len);
  }
  return len;
}

static bool check_unit(lode_unit unit, const char *text, size_t len) {
  lode_offsets want = {0}, got = {0};
  lode_err err;
  if (!CHECK(reference_breaks(unit, text, len, &want))) return false;
  bool good = CHECK_OK(lode_breaks_all(unit, text, len, &got, &err), &err) && CHECK_INT(got.count, want.count) &&
              CHECK_BYTES((char *)got.items, got.count * 4, (char *)want.items, want.count * 4);
  lode_breaks breaks;
  lode_span span;
  size_t at = 0;
  lode_breaks_init(&breaks, unit, text, len);
  for (; good && lode_breaks_next(&breaks, &span); at++)
    good = CHECK(at < want.count) && CHECK_INT(span.end, want.items[at]) &&
           CHECK_INT(span.begin, at == 0 ? 0 : want.items[at - 1]);
  good = good && CHECK_INT(at, want.count);
  if (!good) {
    printf("unit %d, text ", (int)unit);
    check_print_bytes(text, len);
    putchar('\n');
  }
  lode_offsets_free(&want);
  lode_offsets_free(&got);
  return good;
}

static void test_texts(size_t (*make)(char *out)) {
  char text[2048];
  for (size_t i = 0; i < TEXTS; i++) {
    size_t len = make(text);
    for (lode_unit unit = LODE_UNIT_WORD; unit <= LODE_UNIT_GRAPHEME; unit++)
      if (!check_unit(unit, text, len)) return;
  }
}

static void test_random(void) {
  test_texts(random_text);
}

static void test_mutated(void) {
  test_texts(mutated_text);
}

int main(void) {
  RUN(test_random);
  RUN(test_mutated);
  return CHECK_END();
}
