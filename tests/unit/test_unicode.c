/* Properties of code points, against utf8proc where it has the same ones. */
#include "check.h"
#include "unicode.h"
#include <utf8proc.h>

static bool in(utf8proc_category_t category, utf8proc_category_t first, utf8proc_category_t last) {
  return category >= first && category <= last;
}

static void test_categories(void) {
  CHECK_STR(utf8proc_unicode_version(), strlen(utf8proc_unicode_version()), "15.0.0");
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
    bool good = lode_is_letter(cp) == in(category, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO) &&
                lode_is_upper(cp) == (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT) &&
                lode_is_lower(cp) == (category == UTF8PROC_CATEGORY_LL) &&
                lode_is_mark(cp) == in(category, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME) &&
                lode_is_digit(cp) == (category == UTF8PROC_CATEGORY_ND) &&
                lode_is_number(cp) == in(category, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO) &&
                lode_is_punct(cp) == in(category, UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO) &&
                lode_is_symbol(cp) == in(category, UTF8PROC_CATEGORY_SM, UTF8PROC_CATEGORY_SO);
    if (!CHECK(good)) {
      printf("  at U+%04X\n", (unsigned)cp);
      return;
    }
  }
}

static void test_space(void) {
  static const uint32_t spaces[] = {9,      10,     11,     12,     13,     32,     0x85,   0xA0,
                                    0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) CHECK(lode_is_space(spaces[i]));
  size_t count = 0;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) count += lode_is_space(cp);
  CHECK_INT(count, 25);
  CHECK(!lode_is_space(0x200B) && !lode_is_space(0xFEFF));
}

static void test_scripts(void) {
  static const struct {
    uint32_t cp;
    lode_script script;
  } cases[] = {
      {'a', LODE_SCRIPT_LATIN},        {0xE9, LODE_SCRIPT_LATIN},      {'.', LODE_SCRIPT_COMMON},
      {0x301, LODE_SCRIPT_COMMON},     {0x3B1, LODE_SCRIPT_GREEK},     {0x416, LODE_SCRIPT_CYRILLIC},
      {0x531, LODE_SCRIPT_ARMENIAN},   {0x5D0, LODE_SCRIPT_HEBREW},    {0x628, LODE_SCRIPT_ARABIC},
      {0x915, LODE_SCRIPT_DEVANAGARI}, {0xE01, LODE_SCRIPT_THAI},      {0xAC00, LODE_SCRIPT_HANGUL},
      {0x3042, LODE_SCRIPT_HIRAGANA},  {0x30A2, LODE_SCRIPT_KATAKANA}, {0x4E2D, LODE_SCRIPT_HAN},
      {0x20000, LODE_SCRIPT_HAN},      {0x1200, LODE_SCRIPT_ETHIOPIC}, {0x13A0, LODE_SCRIPT_OTHER},
      {0x378, LODE_SCRIPT_OTHER},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CHECK_INT(lode_script_of(cases[i].cp), cases[i].script);
  const char *name = lode_script_name(LODE_SCRIPT_CYRILLIC);
  CHECK_STR(name, strlen(name), "Cyrillic");
  name = lode_script_name(LODE_SCRIPT_OTHER);
  CHECK_STR(name, strlen(name), "Other");
}

static void test_width(void) {
  CHECK_INT(lode_width('a'), 1);
  CHECK_INT(lode_width(0x301), 0);
  CHECK_INT(lode_width(0x200D), 0);
  CHECK_INT(lode_width(0x4E2D), 2);
  CHECK_INT(lode_width(0xFF01), 2);
  CHECK_INT(lode_width(0x1F600), 2);
  CHECK_INT(lode_width(0x416), 1);
  CHECK_INT(lode_width(0x1160), 0);
  CHECK_INT(lode_width(7), 0);
}

static void test_beyond(void) {
  static const uint32_t beyond[] = {0x110000, 0x80000000u, UINT32_MAX};
  for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
    uint32_t cp = beyond[i];
    CHECK(!lode_is_letter(cp) && !lode_is_space(cp) && !lode_is_mark(cp) && !lode_is_punct(cp) && !lode_is_number(cp));
    CHECK_INT(lode_script_of(cp), LODE_SCRIPT_OTHER);
  }
}

int main(void) {
  RUN(test_categories);
  RUN(test_space);
  RUN(test_scripts);
  RUN(test_width);
  RUN(test_beyond);
  return CHECK_END();
}
