/* JSON against two oracles: a stupid recursive reader of the RFC's grammar, which must agree on every text, and cJSON,
 * which must build the same tree from what both accept. */
#include "check.h"
#include "json.h"

#include <cjson/cJSON.h>
#include <float.h>
#include <locale.h>
#include <math.h>

/* ---- the stupid reader ---------------------------------------------------------------------------------- */

typedef struct stupid {
  const char *p, *end;
  unsigned depth;
} stupid;

static void stupid_space(stupid *s) {
  while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n')) s->p++;
}

static bool stupid_one(stupid *s, const char *set) {
  if (s->p == s->end || *s->p == '\0' || strchr(set, *s->p) == NULL) return false;
  s->p++;
  return true;
}

static bool stupid_digits(stupid *s) {
  if (!stupid_one(s, "0123456789")) return false;
  while (stupid_one(s, "0123456789")) {
  }
  return true;
}

static bool stupid_word(stupid *s, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(s->end - s->p) < len || memcmp(s->p, word, len) != 0) return false;
  s->p += len;
  return true;
}

static bool stupid_string(stupid *s) {
  if (!stupid_one(s, "\"")) return false;
  while (s->p < s->end) {
    unsigned char c = (unsigned char)*s->p++;
    if (c == '"') return true;
    if (c < 0x20) return false;
    if (c != '\\') continue;
    if (stupid_one(s, "u")) {
      for (int i = 0; i < 4; i++)
        if (!stupid_one(s, "0123456789abcdefABCDEF")) return false;
    } else if (!stupid_one(s, "\"\\/bfnrt")) {
      return false;
    }
  }
  return false;
}

static bool stupid_number(stupid *s) {
  stupid_one(s, "-");
  if (!stupid_one(s, "0") && !stupid_digits(s)) return false;
  if (stupid_one(s, ".") && !stupid_digits(s)) return false;
  if (!stupid_one(s, "eE")) return true;
  stupid_one(s, "+-");
  return stupid_digits(s);
}

static bool stupid_value(stupid *s) {
  stupid_space(s);
  if (s->p == s->end) return false;
  bool good;
  char c = *s->p, close = c == '{' ? '}' : ']';
  if (c == '"') good = stupid_string(s);
  else if (c == 't') good = stupid_word(s, "true");
  else if (c == 'f') good = stupid_word(s, "false");
  else if (c == 'n') good = stupid_word(s, "null");
  else if (c != '{' && c != '[') good = stupid_number(s);
  else {
    if (s->depth-- == 0) return false;
    s->p++;
    stupid_space(s);
    good = true;
    if (s->p < s->end && *s->p == close) s->p++;
    else
      for (;;) {
        stupid_space(s);
        if (c == '{') {
          if (!stupid_string(s)) return false;
          stupid_space(s);
          if (!stupid_one(s, ":")) return false;
        }
        if (!stupid_value(s)) return false;
        if (stupid_one(s, ",")) continue;
        good = stupid_one(s, c == '{' ? "}" : "]");
        break;
      }
    s->depth++;
  }
  stupid_space(s);
  return good;
}

static bool stupid_parse(const char *text, size_t len, unsigned depth) {
  stupid s = {text, text + len, depth};
  return stupid_value(&s) && s.p == s.end;
}

/* ---- comparing with cJSON --------------------------------------------------------------------------------- */

static bool same_string(lode_json_value value, const char *want) {
  lode_buf got = {0};
  bool same = lode_json_decode(value, &got, NULL) == 0 && got.len == strlen(want) &&
              (got.len == 0 || memcmp(got.ptr, want, got.len) == 0) && lode_json_equals(value, want, strlen(want));
  lode_buf_free(&got);
  return same;
}

static bool same_tree(lode_json_value value, const cJSON *want) {
  switch (value.type) {
    case LODE_JSON_NULL: return cJSON_IsNull(want);
    case LODE_JSON_TRUE: return cJSON_IsTrue(want);
    case LODE_JSON_FALSE: return cJSON_IsFalse(want);
    case LODE_JSON_STRING: return cJSON_IsString(want) && same_string(value, want->valuestring);
    case LODE_JSON_NUMBER: {
      char digits[512];
      if (value.text.len >= sizeof digits) return true;
      memcpy(digits, value.text.ptr, value.text.len);
      digits[value.text.len] = '\0';
      double number = strtod(digits, NULL);
      return cJSON_IsNumber(want) && (number == want->valuedouble || value.text.len >= 63); /* cJSON's own buffer */
    }
    default: break;
  }
  if (value.type == LODE_JSON_ARRAY ? !cJSON_IsArray(want) : !cJSON_IsObject(want)) return false;
  lode_json_iter iter = lode_json_iter_of(value);
  lode_json_value name, element;
  const cJSON *child = want->child;
  for (; lode_json_next(&iter, &name, &element); child = child->next) {
    if (child == NULL || !same_tree(element, child)) return false;
    if (value.type == LODE_JSON_OBJECT && !same_string(name, child->string)) return false;
  }
  return child == NULL;
}

/* cJSON cuts strings at U+0000 and refuses lone surrogates: those are checked by hand below. */
static bool comparable(const lode_buf *text) {
  for (size_t i = 0; i + 2 < text->len; i++)
    if (text->ptr[i] == '\\' && text->ptr[i + 1] == 'u' && strchr("0dD", text->ptr[i + 2]) != NULL) return false;
  return true;
}

static bool agree(const lode_buf *text, unsigned depth) {
  lode_json_value value;
  lode_err err;
  int code = lode_json_parse(text->ptr, text->len, depth, &value, &err);
  if (!CHECK_INT(code == 0, stupid_parse(text->ptr, text->len, depth))) return false;
  if (code != 0) return CHECK(err.code == code && err.byte <= text->len && strlen(err.message) > 10);
  if (!comparable(text)) return true;
  cJSON *want = cJSON_ParseWithLength(text->ptr, text->len);
  bool same = CHECK(want != NULL) && CHECK(same_tree(value, want));
  cJSON_Delete(want);
  return same;
}

/* ---- random JSON ------------------------------------------------------------------------------------------- */

static void add(lode_buf *out, const char *text) {
  lode_buf_add(out, text, strlen(text), NULL);
}

static void add_space(lode_buf *out) {
  static const char *const spaces[] = {"", "", "", "", " ", "\t", "\r\n", "  \n "};
  add(out, spaces[check_below(8)]);
}

static void add_random_string(lode_buf *out) {
  static const char *const pieces[] = {"a",
                                       "word ",
                                       "\xC3\xA9",
                                       "\xE2\x80\x9C",
                                       "\xF0\x9F\x98\x80",
                                       "\\n",
                                       "\\\\",
                                       "\\\"",
                                       "\\/",
                                       "\\u00e9",
                                       "\\u20AC",
                                       "\\ud83d\\ude00",
                                       "\\ud800",
                                       "\\udc00x",
                                       "\\u0000",
                                       "{",
                                       "]",
                                       ",",
                                       "0123456789abcdef",
                                       "\\b\\f\\r\\t",
                                       "\x7F"};
  add(out, "\"");
  for (size_t n = check_below(8); n > 0; n--) add(out, pieces[check_below(sizeof pieces / sizeof *pieces)]);
  add(out, "\"");
}

static void add_random_value(lode_buf *out, int depth) {
  static const char *const scalars[] = {"true", "false",    "null",
                                        "0",    "-0",       "1",
                                        "-17",  "3.25",     "1e5",
                                        "2E-3", "-0.5e+10", "1234567890123456789",
                                        "0.1",  "1e308",    "9007199254740993"};
  size_t kind = check_below(depth > 0 ? 4 : 2);
  add_space(out);
  if (kind == 0) add(out, scalars[check_below(sizeof scalars / sizeof *scalars)]);
  if (kind == 1) add_random_string(out);
  if (kind >= 2) {
    add(out, kind == 2 ? "[" : "{");
    add_space(out);
    for (size_t n = check_below(5), i = 0; i < n; i++) {
      if (i > 0) add(out, ",");
      if (kind == 3) {
        add_space(out);
        add_random_string(out);
        add_space(out);
        add(out, ":");
      }
      add_random_value(out, depth - 1);
    }
    add(out, kind == 2 ? "]" : "}");
  }
  add_space(out);
}

static void mutate(lode_buf *text) {
  static const char bytes[] = "{}[]\",:\\u0e-+.tfn19 \n\x01\x00\xFF/";
  if (text->len == 0) return;
  size_t at = check_below(text->len);
  char byte = bytes[check_below(sizeof bytes)];
  switch (check_below(3)) {
    case 0: text->ptr[at] = byte; break;
    case 1:
      memmove(text->ptr + at, text->ptr + at + 1, text->len - at - 1);
      text->len--;
      break;
    default:
      lode_buf_byte(text, ' ', NULL);
      memmove(text->ptr + at + 1, text->ptr + at, text->len - 1 - at);
      text->ptr[at] = byte;
  }
}

static void test_random(void) {
  lode_buf text = {0};
  for (int round = 0; round < 20000; round++) {
    text.len = 0;
    add_random_value(&text, 5);
    if (!agree(&text, 4 + (unsigned)check_below(3))) break;
    for (int change = 0; change < 3; change++) {
      mutate(&text);
      if (!agree(&text, 5)) goto done;
    }
  }
done:
  lode_buf_free(&text);
}

/* ---- cases ------------------------------------------------------------------------------------------------- */

static void test_grammar(void) {
  static const struct {
    const char *text;
    bool good;
  } cases[] = {
      {"null", true},
      {" [ ] ", true},
      {"{}", true},
      {"\"\"", true},
      {"0", true},
      {"-0", true},
      {"-0.0e-0", true},
      {"1E+2", true},
      {"[1,[2,{\"a\":[]}]]", true},
      {"{\"a\":1,\"a\":2}", true},
      {"\"\\u0000\"", true},
      {"\"\\uD800\"", true},
      {"\"\x80\xFF\"", true},
      {"\"\x7F\"", true},
      {"{\"\":0}", true},
      {"", false},
      {" ", false},
      {"nul", false},
      {"nulll", false},
      {"True", false},
      {"+1", false},
      {"01", false},
      {"-", false},
      {"-01", false},
      {"1.", false},
      {".5", false},
      {"1e", false},
      {"1e+", false},
      {"0x10", false},
      {"NaN", false},
      {"Infinity", false},
      {"[1,]", false},
      {"[,1]", false},
      {"[1 2]", false},
      {"[", false},
      {"]", false},
      {"[1}", false},
      {"{\"a\"}", false},
      {"{\"a\":}", false},
      {"{\"a\":1,}", false},
      {"{a:1}", false},
      {"{'a':1}", false},
      {"{1:1}", false},
      {"\"", false},
      {"\"\\", false},
      {"\"\\x\"", false},
      {"\"\\u12\"", false},
      {"\"\\u12G4\"", false},
      {"\"\n\"", false},
      {"\"\t\"", false},
      {"1 2", false},
      {"[1]x", false},
      {"// c\n1", false},
      {"\xEF\xBB\xBF"
       "1",
       false},
      {"\xC2\xA0"
       "1",
       false},
      {"\f1", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    lode_json_value value;
    size_t len = strlen(cases[i].text);
    if (!CHECK_INT(lode_json_parse(cases[i].text, len, 8, &value, NULL) == 0, cases[i].good))
      printf("  for %s\n", cases[i].text);
    CHECK_INT(stupid_parse(cases[i].text, len, 8), cases[i].good);
  }
  lode_json_value value;
  CHECK_INT(lode_json_parse("\"a\0b\"", 5, 8, &value, NULL), LODE_E_INPUT);
  CHECK_INT(lode_json_parse("1\0", 2, 8, &value, NULL), LODE_E_INPUT);
  CHECK_INT(lode_json_parse(NULL, 0, 8, &value, NULL), LODE_E_INPUT);
}

static void test_messages(void) {
  static const struct {
    const char *text, *message;
  } cases[] = {
      {"{\"a\": 1, \"b\": 2 x}", "byte 16: expected ',' or '}', got 'x'"},
      {"[1 2]", "byte 3: expected ',' or ']', got '2'"},
      {"[1,", "byte 3: expected a value, got the end"},
      {"{\"a\" 1}", "byte 5: expected ':', got '1'"},
      {"{,}", "byte 1: expected a name in double quotes, got ','"},
      {"[\"ab", "byte 4: expected '\"' for the string that began 3 bytes before, got the end"},
      {"\"a\x01\"", "byte 2: expected an escape for a control character in a string, got byte 0x01"},
      {"\"\\q\"", "byte 2: expected one of \"\\/bfnrtu behind the backslash, got 'q'"},
      {"\"\\u00g0\"", "byte 5: expected four hex digits behind \\u, got 'g'"},
      {"{\"a\":\"cut\n", "byte 9: expected '\"' for the string that began 4 bytes before, got a line end"},
      {"1 1", "byte 2: expected the end, got '1'"},
      {"-x", "byte 1: expected a digit, got 'x'"},
      {"nul", "byte 3: expected \"null\", got the end"},
      {"[[[1]]]", "byte 2: arrays and objects nested more than 2 deep"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    lode_json_value value;
    lode_err err;
    lode_err_clear(&err);
    CHECK(lode_json_parse(cases[i].text, strlen(cases[i].text), 2, &value, &err) < 0);
    char text[1100];
    snprintf(text, sizeof text, "byte %zu: %s", (size_t)err.byte, err.message);
    CHECK_STR(text, strlen(text), cases[i].message);
  }
}

static void check_depth(size_t depth, unsigned limit, bool good) {
  lode_buf text = {0};
  for (size_t i = 0; i < depth; i++) add(&text, i % 2 == 0 ? "[" : "{\"a\":");
  add(&text, "1");
  for (size_t i = depth; i-- > 0;) add(&text, i % 2 == 0 ? "]" : "}");
  lode_json_value value;
  lode_err err;
  int code = lode_json_parse(text.ptr, text.len, limit, &value, &err);
  if (good) {
    CHECK_OK(code, &err);
    CHECK_INT(value.text.len, text.len);
  } else {
    CHECK_INT(code, LODE_E_LIMIT);
    CHECK_INT(err.byte, limit / 2 * 6 + limit % 2);
  }
  lode_buf_free(&text);
}

static void test_depth(void) {
  check_depth(0, 0, true);
  check_depth(1, 0, false);
  check_depth(LODE_JSON_DEPTH, LODE_JSON_DEPTH, true);
  check_depth(LODE_JSON_DEPTH + 1, LODE_JSON_DEPTH, false);
  check_depth(4096, 4096, true);
  check_depth(4097, 4096, false);
  check_depth(100000, LODE_JSON_DEPTH, false);
}

static void test_members(void) {
  const char *text =
      " { \"a\" : 1 , \"b\\u0041\":[1, \"x]\\\"\" ,{}], \"a\":\"last\", \"\\u0000\":null, \"big\":9007199254740993 } ";
  lode_json_value object, value;
  lode_err err;
  if (!CHECK_OK(lode_json_parse(text, strlen(text), 8, &object, &err), &err)) return;
  CHECK_INT(object.type, LODE_JSON_OBJECT);
  CHECK(object.text.ptr[0] == '{' && object.text.ptr[object.text.len - 1] == '}');
  CHECK(lode_json_get(object, "a", &value) && value.type == LODE_JSON_STRING && lode_json_equals(value, "last", 4));
  CHECK(lode_json_get(object, "big", &value));
  CHECK_STR(value.text.ptr, value.text.len, "9007199254740993");
  CHECK(!lode_json_get(object, "b", &value) && !lode_json_get(object, "", &value));
  if (!CHECK(lode_json_get(object, "bA", &value))) return;
  CHECK_STR(value.text.ptr, value.text.len, "[1, \"x]\\\"\" ,{}]");
  CHECK(!lode_json_get(value, "a", &object));
  lode_json_iter iter = lode_json_iter_of(value);
  lode_json_value element;
  CHECK(lode_json_next(&iter, NULL, &element) && element.type == LODE_JSON_NUMBER && element.text.len == 1);
  CHECK(lode_json_next(&iter, NULL, &element) && lode_json_equals(element, "x]\"", 3));
  CHECK(lode_json_next(&iter, NULL, &element) && element.type == LODE_JSON_OBJECT);
  CHECK(!lode_json_next(&iter, NULL, &element) && !lode_json_next(&iter, NULL, &element));
  iter = lode_json_iter_of(element);
  CHECK(!lode_json_next(&iter, &object, &value));
}

static void check_decode(const char *written, const char *want, size_t want_len) {
  lode_json_value value;
  lode_err err;
  lode_buf out = {0};
  add(&out, "+");
  if (CHECK_OK(lode_json_parse(written, strlen(written), 0, &value, &err), &err)) {
    CHECK_OK(lode_json_decode(value, &out, &err), &err);
    CHECK_BYTES(out.ptr + 1, out.len - 1, want, want_len);
    CHECK(lode_json_equals(value, want, want_len));
    CHECK(!lode_json_equals(value, want, want_len + 1) &&
          (want_len == 0 || !lode_json_equals(value, want, want_len - 1)));
  }
  lode_buf_free(&out);
}
#define DECODE(written, want) check_decode(written, want, sizeof(want) - 1)

static void test_decode(void) {
  DECODE("\"\"", "");
  DECODE("\"plain\"", "plain");
  DECODE("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
  DECODE("\"a\\u0000b\"", "a\0b");
  DECODE("\"\\u007f\\u0080\\u07FF\\u0800\\uffff\"", "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
  DECODE("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80");
  DECODE("\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
  DECODE("\"\\ud83d\"", "\xED\xA0\xBD");
  DECODE("\"\\ude00\\ud83d\"", "\xED\xB8\x80\xED\xA0\xBD");
  DECODE("\"\\ud83d\\ud83d\\ude00\"", "\xED\xA0\xBD\xF0\x9F\x98\x80");
  DECODE("\"\\ud83dx\\ude00\"", "\xED\xA0\xBDx\xED\xB8\x80");
  DECODE("\"\\ud83d\\n\"", "\xED\xA0\xBD\n");
  DECODE("\"\xFF\xC0\x80\"", "\xFF\xC0\x80");
}

static void check_put(const char *text, size_t len, const char *want) {
  lode_buf out = {0};
  lode_err err;
  CHECK_OK(lode_json_put_string(&out, text, len, &err), &err);
  CHECK_STR(out.ptr, out.len, want);
  lode_buf_free(&out);
}
#define PUT(text, want) check_put(text, sizeof(text) - 1, want)

static void test_put_string(void) {
  check_put(NULL, 0, "\"\"");
  PUT("plain text that is longer than a word", "\"plain text that is longer than a word\"");
  PUT("a\0b\x01\x1F", "\"a\\u0000b\\u0001\\u001f\"");
  PUT("\"\\/\b\f\n\r\t", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
  PUT("\x7F\xC2\x80\xC2\x9F\xC2\xA0", "\"\\u007f\\u0080\\u009f\xC2\xA0\"");
  PUT("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA", "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\"");
  PUT("\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x82\xAC \xF0\x9F\x98\x80",
      "\"\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x82\xAC \xF0\x9F\x98\x80\"");
  PUT("cut \xC2", "\"cut \xC2\"");
  PUT("cut \xE2\x80", "\"cut \xE2\x80\"");
}

static void test_put_round_trip(void) {
  static const char *const pieces[] = {"a",
                                       "0123456789",
                                       "\n",
                                       "\"",
                                       "\\",
                                       "\x7F",
                                       "\xC2\x85",
                                       "\xC3\xA9",
                                       "\xE2\x80\xA8",
                                       "\xE2\x80\x9D",
                                       "\xF0\x9F\x98\x80"};
  lode_buf text = {0}, out = {0}, back = {0};
  for (int round = 0; round < 3000; round++) {
    text.len = out.len = back.len = 0;
    for (size_t n = check_below(20); n > 0; n--) {
      if (check_below(12) == 0) lode_buf_byte(&text, (char)check_below(0x20), NULL);
      else add(&text, pieces[check_below(sizeof pieces / sizeof *pieces)]);
    }
    lode_json_value value;
    lode_err err;
    lode_json_put_string(&out, text.ptr, text.len, NULL);
    if (!CHECK_OK(lode_json_parse(out.ptr, out.len, 0, &value, &err), &err)) break;
    lode_json_decode(value, &back, NULL);
    if (!CHECK_BYTES(back.ptr, back.len, text.ptr, text.len)) break;
    bool control = false;
    for (size_t i = 0; i < out.len; i++) control = control || (unsigned char)out.ptr[i] < 0x20 || out.ptr[i] == 0x7F;
    if (!CHECK(!control)) break;
  }
  lode_buf_free(&text);
  lode_buf_free(&out);
  lode_buf_free(&back);
}

static void check_number(double number, const char *want) {
  lode_buf out = {0};
  lode_err err;
  CHECK_OK(lode_json_put_number(&out, number, &err), &err);
  if (want != NULL) CHECK_STR(out.ptr, out.len, want);
  CHECK(stupid_parse(out.ptr, out.len, 0));
  lode_buf_byte(&out, '\0', NULL);
  double back = strtod(out.ptr, NULL);
  CHECK(memcmp(&back, &number, sizeof back) == 0);
  lode_buf_free(&out);
}

static void check_number_table(void) {
  check_number(0, "0");
  check_number(-0.0, "-0");
  check_number(-17, "-17");
  check_number(0.1, "0.1");
  check_number(-0.5, "-0.5");
  check_number(1.0 / 3, "0.3333333333333333");
  check_number(0.1 + 0.2, "0.30000000000000004");
  check_number(1e15, "1000000000000000");
  check_number(9007199254740992.0, "9007199254740992");
  check_number(0x1p63, "9223372036854775808");
  check_number(-0x1p63, "-9223372036854775808");
  check_number(1e23, "1e23");
  check_number(1e300, "1e300");
  check_number(DBL_MAX, "1.7976931348623157e308");
  check_number(DBL_MIN, "2.2250738585072014e-308");
  check_number(5e-324, "5e-324");
  check_number(1e-7, "1e-7");
}

static void test_put_number(void) {
  check_number_table();
  /* A locale with a decimal comma, where the machine has one, must change nothing. */
  const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "ps_AF.UTF-8"};
  for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
    if (setlocale(LC_NUMERIC, locales[i]) != NULL) {
      lode_buf out = {0};
      lode_json_put_number(&out, -2.5e-9, NULL);
      CHECK_STR(out.ptr, out.len, "-2.5e-9");
      lode_buf_free(&out);
    }
  setlocale(LC_NUMERIC, "C");
  for (int round = 0; round < 5000; round++) {
    uint64_t bits = check_random();
    double number;
    memcpy(&number, &bits, sizeof number);
    if (isfinite(number)) check_number(number, NULL);
  }
  lode_buf out = {0};
  CHECK_INT(lode_json_put_number(&out, (double)NAN, NULL), LODE_E_INPUT);
  CHECK_INT(lode_json_put_number(&out, (double)INFINITY, NULL), LODE_E_INPUT);
  CHECK_INT(out.len, 0);
  lode_json_put_integer(&out, INT64_MIN, NULL);
  lode_buf_byte(&out, ' ', NULL);
  lode_json_put_integer(&out, INT64_MAX, NULL);
  CHECK_STR(out.ptr, out.len, "-9223372036854775808 9223372036854775807");
  lode_buf_free(&out);
}

int main(void) {
  RUN(test_grammar);
  RUN(test_messages);
  RUN(test_depth);
  RUN(test_members);
  RUN(test_decode);
  RUN(test_put_string);
  RUN(test_put_round_trip);
  RUN(test_put_number);
  RUN(test_random);
  return CHECK_END();
}
