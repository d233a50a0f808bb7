#include "csv.h"

size_t lode_csv_row_end(lode_csv_scan *scan, lode_str bytes, char separator, bool whole) {
  size_t i = scan->seen;
  for (; i < bytes.len; i++) {
    char c = bytes.ptr[i];
    if (scan->state == LODE_CSV_QUOTED) {
      if (c == '"') scan->state = LODE_CSV_AFTER;
      continue;
    }
    if (c == '\n') {
      *scan = (lode_csv_scan){0};
      return i + 1;
    }
    bool opens = c == '"' && (scan->state == LODE_CSV_START || scan->state == LODE_CSV_AFTER);
    scan->state = opens ? LODE_CSV_QUOTED : c == separator ? LODE_CSV_START : LODE_CSV_BARE;
  }
  scan->seen = i;
  if (!whole) return 0;
  *scan = (lode_csv_scan){0};
  return bytes.len;
}

char lode_csv_separator(lode_str first_row) {
  static const char separators[] = {',', ';', '\t', '|'};
  size_t best = 0;
  char out = ',';
  for (size_t s = 0; s < sizeof separators; s++) {
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < first_row.len; i++) {
      if (first_row.ptr[i] == '"') quoted = !quoted;
      count += !quoted && first_row.ptr[i] == separators[s];
    }
    if (count <= best) continue;
    best = count;
    out = separators[s];
  }
  return out;
}

static size_t row_length(lode_str row) {
  size_t len = row.len;
  if (len > 0 && row.ptr[len - 1] == '\n') len--;
  if (len > 0 && row.ptr[len - 1] == '\r') len--;
  return len;
}

bool lode_csv_field(lode_str row, size_t *at, char separator, lode_buf *out, lode_str *value, lode_err *err) {
  size_t len = row_length(row), i = *at;
  if (i > len || (i == len && i > 0 && row.ptr[i - 1] != separator) || len == 0) return false;
  out->len = 0;
  if (i < len && row.ptr[i] == '"') {
    size_t from = ++i;
    bool doubled = false;
    for (; i < len; i++) {
      if (row.ptr[i] != '"') continue;
      if (i + 1 >= len || row.ptr[i + 1] != '"') break;
      doubled = true;
      if (lode_buf_add(out, row.ptr + from, i + 1 - from, err) != 0) return false;
      from = ++i + 1;
    }
    if (doubled && lode_buf_add(out, row.ptr + from, i - from, err) != 0) return false;
    *value = doubled ? (lode_str){out->ptr, out->len} : (lode_str){row.ptr + from, i - from};
    while (i < len && row.ptr[i] != separator) i++; /* what stands behind the closing mark is dropped */
  } else {
    size_t from = i;
    while (i < len && row.ptr[i] != separator) i++;
    *value = (lode_str){row.ptr + from, i - from};
  }
  *at = i + 1;
  return true;
}
