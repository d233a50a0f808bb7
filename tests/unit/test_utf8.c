/* UTF-8: against utf8proc's reader, a byte-wise validator, and the examples of Unicode 15.0, section 3.9. */
#include "check.h"
#include "utf8.h"
#include <utf8proc.h>

static size_t random_bytes(char *out, size_t most) {
  static const char *const parts[] = {"a",
                                      "Zoe ",
                                      "\xC3\xA9",
                                      "\xE2\x80\x9C",
                                      "\xF0\x9F\x98\x80",
                                      "\xED\x9F\xBF",
                                      "\xEE\x80\x80",
                                      "\xF4\x8F\xBF\xBF",
                                      "\xED\xA0\x80",
                                      "\xF0\x80\x80",
                                      "\xC0\xAF",
                                      "\xFF",
                                      "\x80",
                                      "\xE2\x82",
                                      "0123456789012345678901234567890123456789"};
  size_t len = 0, steps = check_below(30);
  for (size_t i = 0; i < steps; i++) {
    const char *part = parts[check_below(sizeof parts / sizeof parts[0])];
    size_t n = strlen(part);
    if (len + n + 1 > most) break;
    memcpy(out + len, part, n);
    len += n;
    if (check_below(8) == 0) out[len++] = (char)check_below(256);
  }
  return len;
}

static void test_put_and_next(void) {
  for (uint32_t cp = 0; cp < 0x110000; cp += cp < 0x3000 ? 1 : 37) {
    if (cp >= 0xD800 && cp < 0xE000) continue;
    char bytes[4];
    utf8proc_uint8_t want[4];
    uint32_t back, any;
    size_t n = lode_utf8_put(cp, bytes);
    CHECK_BYTES(bytes, n, (char *)want, (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, want));
    CHECK_INT(lode_utf8_next(bytes, &back), n);
    CHECK_INT(lode_utf8_decode(bytes, n, &any), n);
    CHECK(back == cp && any == cp);
    CHECK_INT(lode_utf8_back(bytes, n), n);
  }
}

static void test_valid(void) {
  char text[512];
  for (int round = 0; round < 20000; round++) {
    size_t len = random_bytes(text, sizeof text), want = 0;
    while (want < len) {
      utf8proc_int32_t cp;
      utf8proc_ssize_t n = utf8proc_iterate((utf8proc_uint8_t *)text + want, (utf8proc_ssize_t)(len - want), &cp);
      if (n < 0) break;
      want += (size_t)n;
    }
    if (!CHECK_INT(lode_utf8_valid(text, len), want)) return;
  }
}

/* Substitution of maximal subparts, by trying: the longest prefix that some well-formed sequence has. */
static size_t slow_part(const unsigned char *s, size_t len) {
  for (size_t n = len < 3 ? len : 3; n > 1; n--) {
    unsigned char full[4];
    memcpy(full, s, n);
    for (unsigned a = 0x80; a < 0xC0; a++) {
      for (size_t more = 1; more <= 4 - n; more++) {
        for (size_t k = n; k < n + more; k++) full[k] = (unsigned char)(k == n ? a : 0x80);
        utf8proc_int32_t cp;
        if (utf8proc_iterate(full, (utf8proc_ssize_t)(n + more), &cp) == (utf8proc_ssize_t)(n + more)) return n;
      }
    }
  }
  return 1;
}

static void test_decode_ill_formed(void) {
  for (int round = 0; round < 20000; round++) {
    char bytes[6];
    size_t len = 1 + check_below(5);
    for (size_t i = 0; i < len; i++) bytes[i] = (char)(0x80 + check_below(128));
    uint32_t cp;
    utf8proc_int32_t want;
    utf8proc_ssize_t n = utf8proc_iterate((utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)len, &want);
    size_t got = lode_utf8_decode(bytes, len, &cp);
    if (n > 0) CHECK(got == (size_t)n && cp == (uint32_t)want);
    else CHECK(cp == UINT32_MAX && got == slow_part((unsigned char *)bytes, len));
  }
}

static void check_repair(const char *text, size_t len, const char *want, size_t repairs, lode_repair_kind kind) {
  lode_buf out = {0};
  lode_map map = {0};
  lode_repairs done = {0};
  lode_err err;
  CHECK_OK(lode_utf8_repair(text, len, &out, &map, &done, &err), &err);
  CHECK_STR(out.ptr, out.len, want);
  CHECK_INT(map.source_len, len);
  CHECK_INT(map.target_len, out.len);
  CHECK_INT(done.count, repairs);
  if (done.count != 0)
    CHECK_STR(lode_repair_name(done.items[0].kind), strlen(lode_repair_name(done.items[0].kind)),
              lode_repair_name(kind));
  CHECK_INT(lode_utf8_clean(text, len), repairs == 0);
  lode_buf_free(&out);
  lode_map_free(&map);
  lode_repairs_free(&done);
}
#define BAD "\xEF\xBF\xBD"

static void test_repair_examples(void) {
  check_repair("plain", 5, "plain", 0, LODE_REPAIR_UTF8);
  check_repair("", 0, "", 0, LODE_REPAIR_UTF8);
  check_repair("\xEF\xBB\xBFx\xEF\xBB\xBF", 7, "x\xEF\xBB\xBF", 1, LODE_REPAIR_BOM);
  check_repair("a\0b", 3, "a" BAD "b", 1, LODE_REPAIR_NUL);
  check_repair("\xED\xA0\xBD\xED\xB8\x80", 6, BAD BAD, 2, LODE_REPAIR_SURROGATE);
  check_repair("x\xED\xA0", 3, "x" BAD BAD, 2, LODE_REPAIR_UTF8);
  /* Table 3-8 and 3-11 of Unicode 15.0. */
  check_repair("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 9, BAD BAD BAD BAD BAD BAD BAD BAD "A", 8, LODE_REPAIR_UTF8);
  check_repair("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 9, BAD BAD BAD BAD "A", 4, LODE_REPAIR_UTF8);
}

/* Whatever comes in: the result is valid, repairs and map agree, and what was not repaired is the same. */
static void test_repair_random(void) {
  char text[512];
  lode_buf out = {0};
  lode_map map = {0};
  lode_repairs done = {0};
  for (int round = 0; round < 5000; round++) {
    size_t len = random_bytes(text, sizeof text);
    out.len = 0;
    done.count = 0;
    lode_map_clear(&map);
    CHECK_INT(lode_utf8_repair(text, len, &out, &map, &done, NULL), 0);
    CHECK_INT(lode_utf8_valid(out.ptr, out.len), out.len);
    CHECK(out.len == 0 || memchr(out.ptr, 0, out.len) == NULL);
    size_t covered = 0;
    for (size_t i = 0; i < map.count; i++) {
      size_t end = i + 1 < map.count ? map.pieces[i + 1].target : map.target_len;
      lode_span s = lode_map_to_source(&map, map.pieces[i].target, end);
      covered += s.end - s.begin;
      if (map.pieces[i].same)
        CHECK_BYTES(out.ptr + map.pieces[i].target, end - map.pieces[i].target, text + s.begin, s.end - s.begin);
      else CHECK_STR(out.ptr + map.pieces[i].target, end - map.pieces[i].target, BAD);
    }
    for (size_t i = 0; i < done.count; i++) covered += done.items[i].kind == LODE_REPAIR_BOM ? 3 : 0;
    if (!CHECK_INT(covered, len)) break;
  }
  lode_buf_free(&out);
  lode_map_free(&map);
  lode_repairs_free(&done);
}

int main(void) {
  RUN(test_put_and_next);
  RUN(test_valid);
  RUN(test_decode_ill_formed);
  RUN(test_repair_examples);
  RUN(test_repair_random);
  return CHECK_END();
}
