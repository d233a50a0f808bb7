/* Folding and normal forms: utf8proc's whole-string functions are the oracle, and maps are checked by
 * making each piece of the result again from its source alone. */
#include "check.h"
#include "fold.h"
#include "unicode.h"
#include "utf8.h"
#include <utf8proc.h>

static void add_point(lode_buf *to, uint32_t cp) {
  char bytes[4];
  lode_buf_add(to, bytes, lode_utf8_put(cp, bytes), NULL);
}

/* Letters, marks in any order, jamo, compatibility characters, ASCII: what forms are hard on. */
static uint32_t random_point(void) {
  static const uint32_t hard[] = {
      0x0345, 0x0301, 0x0327, 0x0323, 0x0338, 0x3099, 0x093C, 0x09BE, 0x09D7, 0x0DCF, 0x1100,  0x1161,  0x11A8, 0xAC00,
      0xAC01, 0xFB01, 0xFF21, 0xFF9E, 0xFFC2, 0x3131, 0x314F, 0x00AD, 0x2011, 0x2212, 0x00A8,  0xFDFA,  0x00A0, 0x3000,
      0x2028, 0x00DF, 0x0130, 0x0149, 0x1E9E, 0x03A3, 0x1F80, 0x1FBC, 0x0390, 0x2126, 0x212B,  0x1D15E, 0x0958, 0x2ADC,
      0x0F73, 0x0F75, 0x0F81, 0x2019, 0x201C, 0x2026, 0x2122, 0x2474, 0x0340, 0x0344, 0x1F600, 0x4E2D,  0x0416, 0x0439};
  switch (check_below(6)) {
    case 0:
    case 1: return hard[check_below(sizeof hard / sizeof hard[0])];
    case 2: return 0x20 + (uint32_t)check_below(0x5F);
    case 3: return 0x300 + (uint32_t)check_below(0x70);
    case 4: return 0xA0 + (uint32_t)check_below(0x500);
    default: {
      uint32_t cp = (uint32_t)check_below(0x30000);
      return cp >= 0xD800 && cp < 0xE000 ? 0x1100 + (cp & 0xFF) : cp;
    }
  }
}

static void random_text(lode_buf *text) {
  text->len = 0;
  size_t count = check_below(14);
  for (size_t i = 0; i < count; i++) add_point(text, random_point());
  lode_buf_reserve(text, 1, NULL);
}

/* utf8proc on the whole string; the caller frees. */
static char *oracle(const char *text, size_t len, int options, size_t *out_len) {
  utf8proc_uint8_t *out = NULL;
  utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &out,
                                    (utf8proc_option_t)(options | UTF8PROC_STABLE));
  CHECK(n >= 0);
  *out_len = n < 0 ? 0 : (size_t)n;
  return (char *)out;
}

static const struct {
  lode_form form;
  int options;
} forms[] = {
    {LODE_NFC, UTF8PROC_COMPOSE},
    {LODE_NFD, UTF8PROC_DECOMPOSE},
    {LODE_NFKC, UTF8PROC_COMPOSE | UTF8PROC_COMPAT},
    {LODE_NFKD, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT},
};

static void test_normal_forms(void) {
  lode_buf text = {0}, out = {0};
  bool held = true;
  for (int round = 0; round < 40000 && held; round++) {
    random_text(&text);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && held; i++) {
      size_t want_len;
      char *want = oracle(text.ptr, text.len, forms[i].options, &want_len);
      out.len = 0;
      CHECK_INT(lode_normalize(text.ptr, text.len, forms[i].form, &out, NULL, NULL), 0);
      held = CHECK_BYTES(out.ptr, out.len, want, want_len);
      free(want);
    }
  }
  lode_buf_free(&text);
  lode_buf_free(&out);
}

/* Case folding is toCasefold(NFD(text)) brought to NFC (D145). */
static void test_case_folding(void) {
  lode_buf text = {0}, out = {0};
  bool held = true;
  for (int round = 0; round < 40000 && held; round++) {
    random_text(&text);
    int compat = round % 2 ? UTF8PROC_COMPAT : 0;
    size_t mid_len, want_len;
    char *mid = oracle(text.ptr, text.len, UTF8PROC_DECOMPOSE | compat, &mid_len);
    char *want = oracle(mid, mid_len, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | compat, &want_len);
    out.len = 0;
    unsigned flags = LODE_FOLD_CASE | (compat ? LODE_FOLD_COMPAT : 0u);
    CHECK_INT(lode_fold(text.ptr, text.len, flags, &out, NULL, NULL), 0);
    held = CHECK_BYTES(out.ptr, out.len, want, want_len);
    free(mid);
    free(want);
  }
  lode_buf_free(&text);
  lode_buf_free(&out);
}

/* A piece of the target must be what the same folding makes of its source alone (a space may also stand for
 * white space), and with or without a map the text is the same. */
static void check_pieces(const lode_buf *text, const lode_buf *out, const lode_map *map, unsigned flags,
                         lode_buf *again) {
  CHECK_INT(map->target_len, out->len);
  CHECK_INT(map->source_len, text->len);
  size_t before = 0;
  for (size_t i = 0; i < map->count; i++) {
    size_t begin = map->pieces[i].target, end = i + 1 < map->count ? map->pieces[i + 1].target : map->target_len;
    lode_span s = lode_map_to_source(map, begin, end);
    CHECK(s.begin >= before && s.end <= text->len);
    before = s.end;
    if (map->pieces[i].same) {
      CHECK_BYTES(out->ptr + begin, end - begin, text->ptr + s.begin, s.end - s.begin);
    } else if (out->ptr[begin] != ' ') {
      again->len = 0;
      lode_fold(text->ptr + s.begin, s.end - s.begin, flags, again, NULL, NULL);
      CHECK_BYTES(out->ptr + begin, end - begin, again->ptr, again->len);
    }
  }
}

static void test_maps(void) {
  lode_buf text = {0}, out = {0}, plain = {0}, again = {0};
  lode_map map = {0};
  for (int round = 0; round < 30000 && check_now()->faults == 0; round++) {
    unsigned flags = (unsigned)check_below(64);
    random_text(&text);
    out.len = plain.len = 0;
    lode_map_clear(&map);
    CHECK_INT(lode_fold(text.ptr, text.len, flags, &out, &map, NULL), 0);
    CHECK_INT(lode_fold(text.ptr, text.len, flags, &plain, NULL, NULL), 0);
    CHECK_BYTES(out.ptr, out.len, plain.ptr, plain.len);
    check_pieces(&text, &out, &map, flags, &again);
    if (check_now()->faults) {
      printf("flags %u, text ", flags);
      check_print_bytes(text.ptr, text.len);
      putchar('\n');
    }
  }
  lode_buf_free(&text);
  lode_buf_free(&out);
  lode_buf_free(&plain);
  lode_buf_free(&again);
  lode_map_free(&map);
}

/* Whatever the flags: the result is valid, in NFC, folded already, and holds nothing that was to go. */
static void test_what_flags_promise(void) {
  lode_buf text = {0}, out = {0}, again = {0};
  for (int round = 0; round < 30000 && check_now()->faults == 0; round++) {
    unsigned flags = (unsigned)check_below(64);
    random_text(&text);
    out.len = again.len = 0;
    lode_fold(text.ptr, text.len, flags, &out, NULL, NULL);
    CHECK_INT(lode_utf8_valid(out.ptr, out.len), out.len);
    size_t want_len;
    char *want = oracle(out.ptr == NULL ? "" : out.ptr, out.len, UTF8PROC_COMPOSE, &want_len);
    CHECK_BYTES(out.ptr, out.len, want, want_len);
    free(want);
    bool space = true;
    for (size_t at = 0; at < out.len;) {
      uint32_t cp;
      at += lode_utf8_next(out.ptr + at, &cp);
      if (flags & LODE_FOLD_PUNCT) CHECK(!lode_is_punct(cp) && !lode_is_symbol(cp));
      if (flags & LODE_FOLD_DASH) CHECK(cp != 0xAD && cp != 0x2010 && cp != 0x2014 && cp != 0x2212);
      if (flags & LODE_FOLD_SPACE) CHECK(!(lode_is_space(cp) && (cp != ' ' || space)));
      space = cp == ' ';
    }
    if ((flags & LODE_FOLD_SPACE) && out.len != 0) CHECK(!space);
    if (check_now()->faults) {
      printf("flags %u, text ", flags);
      check_print_bytes(text.ptr, text.len);
      putchar('\n');
    }
  }
  lode_buf_free(&text);
  lode_buf_free(&out);
  lode_buf_free(&again);
}

static void check_fold(const char *text, unsigned flags, const char *want) {
  lode_buf out = {0};
  lode_err err;
  CHECK_OK(lode_fold(text, strlen(text), flags, &out, NULL, &err), &err);
  CHECK_STR(out.ptr, out.len, want);
  lode_buf_free(&out);
}

static void test_examples(void) {
  check_fold("Stra\xC3\x9F"
             "e",
             LODE_FOLD_CASE, "strasse");
  check_fold("\xEF\xAC\x81n \xEF\xBC\xA1", LODE_FOLD_COMPAT, "fin A");
  check_fold("Caf\xC3\xA9 Fran\xC3\xA7ois e\xCC\x81", LODE_FOLD_ACCENTS, "Cafe Francois e");
  check_fold(" A,  b\xE2\x80\xA6\xC2\xA0(c)! ", LODE_FOLD_PUNCT | LODE_FOLD_SPACE, "A b c");
  check_fold("a\xE2\x80\x94"
             "b\xE2\x88\x92"
             "c co\xC2\xADop",
             LODE_FOLD_DASH, "a-b-c coop");
  check_fold("\xE2\x80\x9CYes\xE2\x80\x9D \xE2\x80\x98no\xE2\x80\x99", LODE_FOLD_CASE | LODE_FOLD_COMPAT,
             "\xE2\x80\x9Cyes\xE2\x80\x9D \xE2\x80\x98no\xE2\x80\x99");
  check_fold("", 63, "");
  check_fold(" \n\t ", LODE_FOLD_SPACE, "");
}

static void check_token(const char *text, const char *want) {
  lode_buf out = {0};
  CHECK_INT(lode_fold_token(text, strlen(text), &out, NULL), 0);
  CHECK_STR(out.ptr, out.len, want);
  lode_buf_free(&out);
}

static void test_tokens(void) {
  check_token("Don\xE2\x80\x99t", "don't");
  check_token("\xE2\x80\x99s", "'s");
  check_token("n\xCA\xBCt", "n't");
  check_token("\xE2\x80\x99", "\xE2\x80\x99");
  check_token("\xE2\x80\x9C", "\xE2\x80\x9C");
  check_token("O\xE2\x80\x99"
              "BRIEN",
              "o'brien");
  check_token("\xC3\x89"
              "COLE",
              "\xC3\xA9"
              "cole");
}

static void check_case(const char *text, lode_case to, const char *want) {
  lode_buf out = {0};
  CHECK_INT(lode_case_map(text, strlen(text), to, &out, NULL), 0);
  CHECK_STR(out.ptr, out.len, want);
  lode_buf_free(&out);
}

static void test_case_map(void) {
  check_case("\xC3\x89t\xC3\xA9 IS", LODE_LOWER, "\xC3\xA9t\xC3\xA9 is");
  check_case("\xC3\xA9t\xC3\xA9 is", LODE_UPPER, "\xC3\x89T\xC3\x89 IS");
  check_case("don't o\xE2\x80\x99"
             "clock 3rd \xC7\x86"
             "a NATO",
             LODE_TITLE,
             "Don't O\xE2\x80\x99"
             "clock 3rd \xC7\x85"
             "a NATO");
}

/* A letter with 200,000 marks out of order must not take a quadratic sort. */
static void test_hostile_marks(void) {
  lode_buf text = {0}, out = {0}, twice = {0};
  add_point(&text, 'a');
  for (int i = 0; i < 200000; i++) add_point(&text, i % 2 ? 0x0301 : 0x0323);
  clock_t begin = clock();
  CHECK_INT(lode_normalize(text.ptr, text.len, LODE_NFC, &out, NULL, NULL), 0);
  CHECK((double)(clock() - begin) / CLOCKS_PER_SEC < 5);
  CHECK_STR(out.ptr, 5, "\xE1\xBA\xA1\xCC\xA3");
  CHECK_INT(lode_normalize(out.ptr, out.len, LODE_NFC, &twice, NULL, NULL), 0);
  CHECK_BYTES(out.ptr, out.len, twice.ptr, twice.len);
  lode_buf_free(&text);
  lode_buf_free(&out);
  lode_buf_free(&twice);
}

/* One column of a line of NormalizationTest.txt: code points in hex, ended by ';'. */
static const char *read_column(const char *at, lode_buf *out) {
  out->len = 0;
  while (*at != ';' && *at != '\0') {
    char *end;
    unsigned long cp = strtoul(at, &end, 16);
    if (end == at) break;
    add_point(out, (uint32_t)cp);
    at = end + (*end == ' ');
  }
  return *at == ';' ? at + 1 : at;
}

/* The conformance rules at the head of the file: which column each form of each column must equal. */
static void check_line(const char *line, lode_buf column[5], lode_buf *out) {
  static const int want[4][5] = {{1, 1, 1, 3, 3}, {2, 2, 2, 4, 4}, {3, 3, 3, 3, 3}, {4, 4, 4, 4, 4}};
  for (int c = 0; c < 5; c++) line = read_column(line, &column[c]);
  for (int form = 0; form < 4; form++) {
    for (int c = 0; c < 5; c++) {
      const lode_buf *w = &column[want[form][c]];
      out->len = 0;
      CHECK_INT(lode_normalize(column[c].ptr, column[c].len, (lode_form)form, out, NULL, NULL), 0);
      CHECK_BYTES(out->ptr, out->len, w->ptr, w->len);
    }
  }
}

/* Every line of the official file, which Debian's unicode-data packs with bzip2. */
static void test_official_file(void) {
  FILE *file = popen("bzip2 -dc /usr/share/unicode/NormalizationTest.txt.bz2", "r");
  if (!CHECK(file != NULL)) return;
  static char line[4096];
  lode_buf column[5] = {0}, out = {0};
  size_t lines = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    if (lines == 0 && line[0] == '#' && strstr(line, "NormalizationTest-") != NULL)
      CHECK(strstr(line, "-15.0.0") != NULL);
    if (line[0] == '#' || line[0] == '@') continue;
    check_line(line, column, &out);
    lines++;
  }
  CHECK_INT(pclose(file), 0);
  CHECK_INT(lines, 19074);
  for (int c = 0; c < 5; c++) lode_buf_free(&column[c]);
  lode_buf_free(&out);
}

int main(void) {
  RUN(test_official_file);
  RUN(test_normal_forms);
  RUN(test_case_folding);
  RUN(test_maps);
  RUN(test_what_flags_promise);
  RUN(test_examples);
  RUN(test_tokens);
  RUN(test_case_map);
  RUN(test_hostile_marks);
  return CHECK_END();
}
