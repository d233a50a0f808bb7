#include "csv.h"

static const char SEPARATORS[] = {',', ';', '\t', '|'};

static bool is_separator(char c, char separator) {
  return separator != '\0' ? c == separator : memchr(SEPARATORS, c, sizeof SEPARATORS) != NULL;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/* The row ends with the line on which its last quoted field begins. */
static size_t end_at_mark(lode_csv_scan *scan, lode_str bytes) {
  const char *end = memchr(bytes.ptr + scan->mark, '\n', bytes.len - scan->mark);
  scan->flaw = LODE_CSV_OPEN;
  scan->flaw_at = scan->mark;
  return end == NULL ? bytes.len : (size_t)(end - bytes.ptr) + 1;
}

/* Text at `at` behind a closing mark: the end of the row where that is known now. */
static size_t meet_text_behind(lode_csv_scan *scan, lode_str bytes, size_t at) {
  if (memchr(bytes.ptr + scan->mark, '\n', at - scan->mark) != NULL) return end_at_mark(scan, bytes);
  scan->state = LODE_CSV_BARE;
  scan->flaw = LODE_CSV_BEHIND;
  scan->flaw_at = at;
  return 0;
}

/* The character at `at`, which is neither in a quoted field nor a line end: the end of the row where that is known. */
static size_t step(lode_csv_scan *scan, lode_str bytes, size_t at, char separator) {
  char c = bytes.ptr[at];
  bool behind = scan->state == LODE_CSV_AFTER || scan->state == LODE_CSV_CLOSED;
  if (c == '"' && scan->state == LODE_CSV_AFTER) {
    scan->state = LODE_CSV_QUOTED;
  } else if (c == '"' && scan->state == LODE_CSV_START) {
    scan->state = LODE_CSV_QUOTED;
    scan->marked = true;
    scan->mark = at;
  } else if (is_separator(c, separator)) {
    scan->state = LODE_CSV_START;
  } else if (behind && is_blank(c)) {
    scan->state = LODE_CSV_CLOSED;
  } else if (behind) {
    return meet_text_behind(scan, bytes, at);
  } else {
    scan->state = LODE_CSV_BARE;
  }
  return 0;
}

/* The row has no end within `longest` bytes. */
static size_t end_long(lode_csv_scan *scan, lode_str bytes, size_t longest, bool whole) {
  if (scan->flaw != LODE_CSV_LONG && scan->marked && memchr(bytes.ptr + scan->mark, '\n', longest - scan->mark) != NULL)
    return end_at_mark(scan, bytes);
  size_t from = scan->flaw == LODE_CSV_LONG ? scan->seen : longest;
  const char *end = memchr(bytes.ptr + from, '\n', bytes.len - from);
  scan->flaw = LODE_CSV_LONG;
  scan->flaw_at = 0;
  scan->seen = end == NULL ? bytes.len : (size_t)(end - bytes.ptr) + 1;
  return end != NULL || whole ? scan->seen : 0;
}

size_t lode_csv_row_end(lode_csv_scan *scan, lode_str bytes, char separator, size_t longest, bool whole) {
  size_t len = bytes.len < longest ? bytes.len : longest, end;
  for (; scan->seen < len; scan->seen++) {
    if (scan->state == LODE_CSV_QUOTED) {
      const char *mark = memchr(bytes.ptr + scan->seen, '"', len - scan->seen);
      scan->seen = mark == NULL ? len : (size_t)(mark - bytes.ptr);
      if (mark == NULL) break;
      scan->state = LODE_CSV_AFTER;
      continue;
    }
    if (bytes.ptr[scan->seen] == '\n') return scan->seen + 1;
    end = step(scan, bytes, scan->seen, separator);
    if (end != 0) return end;
  }
  if (bytes.len > longest) return end_long(scan, bytes, longest, whole);
  if (!whole) return 0;
  return scan->state == LODE_CSV_QUOTED ? end_at_mark(scan, bytes) : bytes.len;
}

char lode_csv_separator(lode_str first_row) {
  size_t best = 0;
  char out = ',';
  for (size_t s = 0; s < sizeof SEPARATORS; s++) {
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < first_row.len; i++) {
      if (first_row.ptr[i] == '"') quoted = !quoted;
      count += !quoted && first_row.ptr[i] == SEPARATORS[s];
    }
    if (count <= best) continue;
    best = count;
    out = SEPARATORS[s];
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
    while (i < len && row.ptr[i] != separator) i++; /* white space behind the closing mark */
  } else {
    size_t from = i;
    while (i < len && row.ptr[i] != separator) i++;
    *value = (lode_str){row.ptr + from, i - from};
  }
  *at = i + 1;
  return true;
}
