/* The interface of the boundaries; the rules themselves are tested by tests/unicode. */
#include "check.h"
#include "uax29.h"

static size_t count_units(lode_unit unit, const char *text, size_t len) {
  lode_breaks breaks;
  lode_span span;
  size_t count = 0;
  lode_breaks_init(&breaks, unit, text, len);
  while (lode_breaks_next(&breaks, &span)) count++;
  return count;
}

static void test_empty(void) {
  lode_breaks breaks;
  lode_span span = {7, 9};
  lode_breaks_init(&breaks, LODE_UNIT_WORD, NULL, 0);
  CHECK(!lode_breaks_next(&breaks, &span));
  CHECK_INT(span.begin, 7);
  lode_offsets offsets = {0};
  lode_err err;
  CHECK_OK(lode_breaks_all(LODE_UNIT_SENTENCE, "", 0, &offsets, &err), &err);
  CHECK_INT(offsets.count, 0);
  lode_offsets_free(&offsets);
}

static void test_words(void) {
  const char text[] = "The quick (\"brown\") fox can\xE2\x80\x99t jump 32.3 feet, right?";
  static const uint32_t want[] = {3,  4,  9,  10, 11, 12, 17, 18, 19, 20, 23, 24,
                                  31, 32, 36, 37, 41, 42, 46, 47, 48, 53, 54};
  lode_offsets got = {0};
  lode_err err;
  CHECK_OK(lode_breaks_all(LODE_UNIT_WORD, text, sizeof text - 1, &got, &err), &err);
  if (CHECK_INT(got.count, sizeof want / sizeof *want))
    for (size_t i = 0; i < got.count; i++) CHECK_INT(got.items[i], want[i]);
  CHECK_OK(lode_breaks_all(LODE_UNIT_WORD, "a b", 3, &got, &err), &err); /* appends */
  CHECK_INT(got.count, sizeof want / sizeof *want + 3);
  CHECK_INT(got.items[got.count - 1], 3);
  lode_offsets_free(&got);
  CHECK_INT(got.cap, 0);
}

static void test_units(void) {
  CHECK_INT(count_units(LODE_UNIT_GRAPHEME, "e\xCC\x81\r\nx", 6), 3);
  CHECK_INT(count_units(LODE_UNIT_GRAPHEME, "\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8\xF0\x9F\x87\xBA", 12), 2);
  CHECK_INT(count_units(LODE_UNIT_SENTENCE, "One. Two? Three.", 16), 3);
  CHECK_INT(count_units(LODE_UNIT_SENTENCE, "etc. and 3.5", 12), 1);
  CHECK_INT(count_units(LODE_UNIT_WORD, "a\0b", 3), 3);
}

/* Each would take minutes if a rule looked over the same marks again and again. */
static void test_linear(void) {
  static const char *const parts[] = {"a\xCC\x80:",       ". ",  ".", "\xD7\x90'", "\xD7\x90\"", "1,", "\xCC\x80",
                                      "\xF0\x9F\x87\xBA", ".1 ("};
  enum { BYTES = 4000000 };
  char *text = malloc(BYTES);
  if (!CHECK(text != NULL)) return;
  clock_t start = clock();
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
    size_t size = strlen(parts[k]), len = BYTES - BYTES % size;
    for (size_t at = 0; at < len; at += size) memcpy(text + at, parts[k], size);
    for (lode_unit unit = LODE_UNIT_WORD; unit <= LODE_UNIT_GRAPHEME; unit++) CHECK(count_units(unit, text, len) > 0);
  }
  CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 60);
  free(text);
}

int main(void) {
  RUN(test_empty);
  RUN(test_words);
  RUN(test_units);
  RUN(test_linear);
  return CHECK_END();
}
