#include "jsontext.h"

#include "json.h"
#include "utf8.h"

int lode_json_put_text(lode_buf *out, const char *bytes, size_t len, lode_err *err) {
  if (lode_utf8_valid(bytes, len) == len) return lode_json_put_string(out, bytes, len, err);
  lode_buf text = {0};
  lode_map map = {0};
  lode_repairs repairs = {0};
  int code = lode_utf8_repair(bytes, len, &text, &map, &repairs, err);
  if (code == 0) code = lode_json_put_string(out, text.ptr, text.len, err);
  lode_buf_free(&text);
  lode_map_free(&map);
  lode_repairs_free(&repairs);
  return code;
}
