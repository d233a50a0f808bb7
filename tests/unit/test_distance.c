/* Distances against the textbook recursions, written as plain tables. */
#include "check.h"
#include "distance.h"
#include "utf8.h"

enum { MOST = 200 };

static size_t random_word(char *bytes, uint32_t *cp, size_t most) {
  size_t len = 0, count = check_below(most);
  for (size_t i = 0; i < count; i++) {
    static const uint32_t alphabet[] = {'a', 'b', 'c', 0xE9, 0x0416, 0x4E2D, 0x1F600};
    cp[i] = alphabet[check_below(sizeof alphabet / sizeof alphabet[0])];
    len += lode_utf8_put(cp[i], bytes + len);
  }
  bytes[len] = '\0';
  return count;
}

static uint32_t slow(const uint32_t *a, size_t n, const uint32_t *b, size_t m, bool swaps) {
  static uint32_t d[MOST + 1][MOST + 1];
  for (size_t i = 0; i <= n; i++)
    for (size_t j = 0; j <= m; j++) {
      if (i == 0 || j == 0) {
        d[i][j] = (uint32_t)(i + j);
        continue;
      }
      uint32_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
      if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
      if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
        best = d[i - 2][j - 2] + 1;
      d[i][j] = best;
    }
  return d[n][m];
}

static void check_random_pairs(size_t most, int rounds) {
  static char ab[4 * MOST + 1], bb[4 * MOST + 1];
  static uint32_t a[MOST], b[MOST];
  for (int round = 0; round < rounds; round++) {
    size_t n = random_word(ab, a, most), m = random_word(bb, b, most);
    lode_str sa = {ab, strlen(ab)}, sb = {bb, strlen(bb)};
    uint32_t plain, swapped;
    CHECK_INT(lode_levenshtein(sa, sb, &plain, NULL), 0);
    CHECK_INT(lode_damerau(sa, sb, &swapped, NULL), 0);
    if (!CHECK_INT(plain, slow(a, n, b, m, false)) || !CHECK_INT(swapped, slow(a, n, b, m, true))) return;
  }
}

static void test_short(void) {
  check_random_pairs(12, 4000);
}
static void test_long(void) {
  check_random_pairs(MOST, 300);
}

static double winkler(const char *a, const char *b) {
  double out = -1;
  CHECK_INT(lode_jaro_winkler((lode_str){a, strlen(a)}, (lode_str){b, strlen(b)}, &out, NULL), 0);
  return out;
}

/* Values from Winkler (1990), as printed in most descriptions of the measure. */
static void test_jaro_winkler(void) {
  CHECK_NEAR(winkler("MARTHA", "MARHTA"), 0.9611, 0.0001);
  CHECK_NEAR(winkler("DIXON", "DICKSONX"), 0.8133, 0.0001);
  CHECK_NEAR(winkler("JELLYFISH", "SMELLYFISH"), 0.8962, 0.0001);
  CHECK_NEAR(winkler("DWAYNE", "DUANE"), 0.84, 0.0001);
  CHECK_NEAR(winkler("", ""), 1, 0);
  CHECK_NEAR(winkler("", "x"), 0, 0);
  CHECK_NEAR(winkler("abc", "xyz"), 0, 0);
  CHECK_NEAR(winkler("\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"), 1, 0);
}

static void test_known(void) {
  uint32_t d = 0;
  lode_levenshtein(LODE_STR("Zelensky"), LODE_STR("Zelenskyy"), &d, NULL);
  CHECK_INT(d, 1);
  lode_levenshtein(LODE_STR("ca"), LODE_STR("abc"), &d, NULL);
  CHECK_INT(d, 3);
  lode_damerau(LODE_STR("ca"), LODE_STR("abc"), &d, NULL);
  CHECK_INT(d, 3); /* optimal string alignment: no edit inside a swapped pair */
  lode_damerau(LODE_STR("Sergie"), LODE_STR("Sergei"), &d, NULL);
  CHECK_INT(d, 1);
}

static void test_limit(void) {
  char *big = malloc(LODE_DISTANCE_MAX + 1), *other = malloc(LODE_DISTANCE_MAX + 1);
  if (CHECK(big != NULL && other != NULL)) {
    memset(big, 'x', LODE_DISTANCE_MAX + 1);
    memset(other, 'y', LODE_DISTANCE_MAX + 1);
    uint32_t d = 0;
    double w = 0;
    lode_err err;
    CHECK_INT(lode_levenshtein((lode_str){big, LODE_DISTANCE_MAX}, (lode_str){other, LODE_DISTANCE_MAX}, &d, &err), 0);
    CHECK_INT(d, LODE_DISTANCE_MAX);
    CHECK_INT(lode_levenshtein((lode_str){big, LODE_DISTANCE_MAX + 1}, LODE_STR("x"), &d, &err), LODE_E_LIMIT);
    CHECK_INT(lode_damerau(LODE_STR("x"), (lode_str){big, LODE_DISTANCE_MAX + 1}, &d, &err), LODE_E_LIMIT);
    CHECK_INT(lode_jaro_winkler(LODE_STR("x"), (lode_str){big, LODE_DISTANCE_MAX + 1}, &w, &err), LODE_E_LIMIT);
  }
  free(big);
  free(other);
}

int main(void) {
  RUN(test_short);
  RUN(test_long);
  RUN(test_jaro_winkler);
  RUN(test_known);
  RUN(test_limit);
  return CHECK_END();
}
