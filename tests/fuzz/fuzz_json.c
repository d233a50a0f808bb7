/* Any bytes as JSON: a value that is accepted can be walked to its last leaf, fills what it was said to fill, and a
 * string that is decoded, put and decoded again is the same. */
#include "fuzz.h"
#include "json.h"
#include "utf8.h"

static void inside(lode_json_value outer, lode_str part) {
  MUST(part.ptr >= outer.text.ptr && part.ptr + part.len <= outer.text.ptr + outer.text.len);
}

static void string(lode_json_value value) {
  lode_buf decoded = {0}, again = {0}, written = {0};
  lode_json_value back;
  MUST(lode_json_decode(value, &decoded, NULL) == 0);
  MUST(lode_json_equals(value, decoded.ptr, decoded.len));
  if (lode_utf8_valid(decoded.ptr, decoded.len) == decoded.len) {
    MUST(lode_json_put_string(&written, decoded.ptr, decoded.len, NULL) == 0);
    MUST(lode_json_parse(written.ptr, written.len, 1, &back, NULL) == 0);
    MUST(back.type == LODE_JSON_STRING && back.text.len == written.len);
    MUST(lode_json_decode(back, &again, NULL) == 0);
    MUST(again.len == decoded.len && (again.len == 0 || memcmp(again.ptr, decoded.ptr, again.len) == 0));
  }
  lode_buf_free(&decoded);
  lode_buf_free(&again);
  lode_buf_free(&written);
}

static void walk(lode_json_value value, unsigned depth) {
  MUST(depth <= LODE_JSON_DEPTH);
  if (value.type == LODE_JSON_STRING) string(value);
  if (value.type != LODE_JSON_ARRAY && value.type != LODE_JSON_OBJECT) return;
  lode_json_iter iter = lode_json_iter_of(value);
  lode_json_value name, member;
  while (lode_json_next(&iter, &name, &member)) {
    inside(value, member.text);
    if (value.type == LODE_JSON_OBJECT) {
      inside(value, name.text);
      MUST(name.type == LODE_JSON_STRING);
      string(name);
    }
    walk(member, depth + 1);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  lode_json_value value, member;
  lode_err err;
  lode_err_clear(&err);
  int code = lode_json_parse((const char *)data, size, LODE_JSON_DEPTH, &value, &err);
  if (code != 0) {
    MUST(code == LODE_E_INPUT || code == LODE_E_LIMIT);
    MUST(err.message[0] != '\0' && (err.byte == LODE_NO_BYTE || err.byte <= size));
    return 0;
  }
  for (size_t i = 0; i < size; i++) {
    const char *at = (const char *)data + i;
    bool space = data[i] == ' ' || (data[i] >= '\t' && data[i] <= '\r');
    MUST((at >= value.text.ptr && at < value.text.ptr + value.text.len) || space);
  }
  walk(value, 0);
  if (value.type == LODE_JSON_OBJECT) lode_json_get(value, "text", &member);
  return 0;
}
