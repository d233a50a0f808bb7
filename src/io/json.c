#include "json.h"

#include <assert.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* ---- scanning ---------------------------------------------------------------------------------- */

#define ALL_BYTES(b) (UINT64_C(0x0101010101010101) * (b))

/* Not 0 where some byte of v is 0, and where some byte is below n (n <= 0x80). Exact as a question about the
 * whole word; which byte it was is asked again one by one, so byte order does not matter. */
static inline uint64_t zero_byte(uint64_t v) {
  return (v - ALL_BYTES(1)) & ~v & ALL_BYTES(0x80);
}
static inline uint64_t byte_below(uint64_t v, uint64_t n) {
  return (v - ALL_BYTES(1) * n) & ~v & ALL_BYTES(0x80);
}

/* The first byte that cannot stand in a string as itself: a quote, a backslash, a control character. */
static const char *skip_plain(const char *pos, const char *end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
  for (; end - pos >= 16; pos += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)pos);
    __m128i stops = _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash));
    stops = _mm_or_si128(stops, _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
    unsigned found = (unsigned)_mm_movemask_epi8(stops);
    if (found != 0) return pos + __builtin_ctz(found);
  }
#endif
  for (; end - pos >= 8; pos += 8) {
    uint64_t v;
    memcpy(&v, pos, 8);
    if ((byte_below(v, 0x20) | zero_byte(v ^ ALL_BYTES('"')) | zero_byte(v ^ ALL_BYTES('\\'))) != 0) break;
  }
  while (pos < end && *pos != '"' && *pos != '\\' && (unsigned char)*pos >= 0x20) pos++;
  return pos;
}

static inline bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static inline const char *skip_space(const char *pos, const char *end) {
  while (pos < end && is_space(*pos)) pos++;
  return pos;
}

/* ---- validation -------------------------------------------------------------------------------- */

enum { MOST_DEPTH = 4096 };

/* Iterative: the kinds of the open containers are one bit each, so depth costs no C stack. */
typedef struct parser {
  const char *text, *pos, *end;
  unsigned depth, max_depth;
  uint64_t is_object[MOST_DEPTH / 64];
  lode_err *err;
} parser;

static bool in_object(const parser *p) {
  return (p->is_object[(p->depth - 1) / 64] >> ((p->depth - 1) % 64) & 1) != 0;
}

static int fail_at(parser *p, int code) {
  if (p->err != NULL) p->err->byte = (uint64_t)(p->pos - p->text);
  return code;
}

static int unexpected(parser *p, const char *expected) {
  unsigned char c = p->pos < p->end ? (unsigned char)*p->pos : 0;
  if (p->pos == p->end) lode_fail(p->err, LODE_E_INPUT, "expected %s, got the end", expected);
  else if (c == '\n' || c == '\r') lode_fail(p->err, LODE_E_INPUT, "expected %s, got a line end", expected);
  else if (c > 0x20 && c < 0x7f) lode_fail(p->err, LODE_E_INPUT, "expected %s, got '%c'", expected, c);
  else lode_fail(p->err, LODE_E_INPUT, "expected %s, got byte 0x%02X", expected, (unsigned)c);
  return fail_at(p, LODE_E_INPUT);
}

/* The place is told as a distance: the caller may count bytes from elsewhere. */
static int unended_string(parser *p, const char *begin) {
  char expected[80];
  snprintf(expected, sizeof expected, "'\"' for the string that began %zu bytes before", (size_t)(p->pos - begin));
  return unexpected(p, expected);
}

static int parse_escape(parser *p) {
  p->pos++;
  if (p->pos == p->end || memchr("\"\\/bfnrtu", *p->pos, 9) == NULL)
    return unexpected(p, "one of \"\\/bfnrtu behind the backslash");
  if (*p->pos++ != 'u') return 0;
  for (int i = 0; i < 4; i++, p->pos++)
    if (p->pos == p->end || hex_digit(*p->pos) < 0) return unexpected(p, "four hex digits behind \\u");
  return 0;
}

static int parse_string(parser *p) {
  const char *begin = p->pos++;
  for (;;) {
    p->pos = skip_plain(p->pos, p->end);
    if (p->pos == p->end || *p->pos == '\n' || *p->pos == '\r') return unended_string(p, begin);
    if (*p->pos == '"') {
      p->pos++;
      return 0;
    }
    if (*p->pos != '\\') return unexpected(p, "an escape for a control character in a string");
    int code = parse_escape(p);
    if (code != 0) return code;
  }
}

static int parse_digits(parser *p) {
  if (p->pos == p->end || !is_digit(*p->pos)) return unexpected(p, "a digit");
  while (p->pos < p->end && is_digit(*p->pos)) p->pos++;
  return 0;
}

static int parse_number(parser *p) {
  int code = 0;
  if (*p->pos == '-') p->pos++;
  if (p->pos < p->end && *p->pos == '0') p->pos++;
  else code = parse_digits(p);
  if (code == 0 && p->pos < p->end && *p->pos == '.') {
    p->pos++;
    code = parse_digits(p);
  }
  if (code == 0 && p->pos < p->end && (*p->pos == 'e' || *p->pos == 'E')) {
    p->pos++;
    if (p->pos < p->end && (*p->pos == '+' || *p->pos == '-')) p->pos++;
    code = parse_digits(p);
  }
  return code;
}

static int parse_word(parser *p, const char *word, const char *quoted) {
  for (; *word != '\0'; word++, p->pos++)
    if (p->pos == p->end || *p->pos != *word) return unexpected(p, quoted);
  return 0;
}

static int open_container(parser *p) {
  if (p->depth == p->max_depth) {
    lode_fail(p->err, LODE_E_LIMIT, "arrays and objects nested more than %u deep", p->max_depth);
    return fail_at(p, LODE_E_LIMIT);
  }
  uint64_t bit = UINT64_C(1) << (p->depth % 64);
  if (*p->pos == '{') p->is_object[p->depth / 64] |= bit;
  else p->is_object[p->depth / 64] &= ~bit;
  p->depth++;
  p->pos++;
  return 0;
}

/* A scalar whole, or the opening bracket of a container. */
static int begin_value(parser *p) {
  p->pos = skip_space(p->pos, p->end);
  if (p->pos == p->end) return unexpected(p, "a value");
  switch (*p->pos) {
    case '"': return parse_string(p);
    case '{':
    case '[': return open_container(p);
    case 't': return parse_word(p, "true", "\"true\"");
    case 'f': return parse_word(p, "false", "\"false\"");
    case 'n': return parse_word(p, "null", "\"null\"");
    default: break;
  }
  if (*p->pos == '-' || is_digit(*p->pos)) return parse_number(p);
  return unexpected(p, "a value");
}

/* `"name" :` of a member; nothing in an array. */
static int parse_name(parser *p) {
  if (!in_object(p)) return 0;
  p->pos = skip_space(p->pos, p->end);
  if (p->pos == p->end || *p->pos != '"') return unexpected(p, "a name in double quotes");
  int code = parse_string(p);
  if (code != 0) return code;
  p->pos = skip_space(p->pos, p->end);
  if (p->pos == p->end || *p->pos != ':') return unexpected(p, "':'");
  p->pos++;
  return 0;
}

/* Behind a value: close what ends here, up to the place where the next value is due (*more) or the end of
 * the outermost one. */
static int end_values(parser *p, bool *more) {
  *more = false;
  while (p->depth > 0) {
    p->pos = skip_space(p->pos, p->end);
    if (p->pos < p->end && *p->pos == ',') {
      p->pos++;
      *more = true;
      return parse_name(p);
    }
    if (p->pos == p->end || *p->pos != (in_object(p) ? '}' : ']'))
      return unexpected(p, in_object(p) ? "',' or '}'" : "',' or ']'");
    p->pos++;
    p->depth--;
  }
  return 0;
}

static int parse_outermost(parser *p) {
  for (bool more = true; more;) {
    unsigned depth = p->depth;
    int code = begin_value(p);
    if (code != 0) return code;
    if (p->depth > depth) {
      p->pos = skip_space(p->pos, p->end);
      if (p->pos == p->end || *p->pos != (in_object(p) ? '}' : ']')) {
        code = parse_name(p);
        if (code != 0) return code;
        continue;
      }
      p->pos++;
      p->depth--;
    }
    code = end_values(p, &more);
    if (code != 0) return code;
  }
  return 0;
}

static lode_json_type type_of(char first) {
  switch (first) {
    case 'n': return LODE_JSON_NULL;
    case 'f': return LODE_JSON_FALSE;
    case 't': return LODE_JSON_TRUE;
    case '"': return LODE_JSON_STRING;
    case '[': return LODE_JSON_ARRAY;
    case '{': return LODE_JSON_OBJECT;
    default: return LODE_JSON_NUMBER;
  }
}

int lode_json_parse(const char *text, size_t len, unsigned max_depth, lode_json_value *out, lode_err *err) {
  if (len == 0) text = "";
  parser p;
  p.text = text;
  p.end = text + len;
  p.pos = skip_space(text, p.end);
  p.depth = 0;
  p.max_depth = max_depth < MOST_DEPTH ? max_depth : MOST_DEPTH;
  p.err = err;
  const char *begin = p.pos;
  int code = parse_outermost(&p);
  if (code != 0) return code;
  lode_json_value value = {type_of(*begin), {begin, (size_t)(p.pos - begin)}};
  p.pos = skip_space(p.pos, p.end);
  if (p.pos != p.end) return unexpected(&p, "the end");
  *out = value;
  return 0;
}

/* ---- stepping through validated text ------------------------------------------------------------- */

/* Behind the string that begins at pos. A quote ends it unless an odd number of backslashes stands before it;
 * counting them never crosses the quote before, so the whole is linear. */
static const char *skip_string(const char *pos, const char *end) {
  for (const char *from = ++pos;; from = pos) {
    pos = memchr(from, '"', (size_t)(end - from));
    assert(pos != NULL);
    const char *slash = pos;
    while (slash > from && slash[-1] == '\\') slash--;
    pos++;
    if ((pos - 1 - slash) % 2 == 0) return pos;
  }
}

static const char *skip_container(const char *pos, const char *end) {
  size_t depth = 0;
  do {
    assert(pos < end);
    char c = *pos;
    if (c == '"') {
      pos = skip_string(pos, end);
      continue;
    }
    if (c == '{' || c == '[') depth++;
    else if (c == '}' || c == ']') depth--;
    pos++;
  } while (depth > 0);
  return pos;
}

static lode_json_value value_at(const char *pos, const char *end) {
  lode_json_value out = {type_of(*pos), {pos, 0}};
  const char *to = pos;
  if (out.type == LODE_JSON_STRING) to = skip_string(pos, end);
  else if (out.type == LODE_JSON_ARRAY || out.type == LODE_JSON_OBJECT) to = skip_container(pos, end);
  else
    while (to < end && *to != ',' && !is_space(*to)) to++;
  out.text.len = (size_t)(to - pos);
  return out;
}

/* The iterator ends at the closing bracket, which also says what it steps through. */
lode_json_iter lode_json_iter_of(lode_json_value container) {
  if (container.type != LODE_JSON_ARRAY && container.type != LODE_JSON_OBJECT) return (lode_json_iter){NULL, NULL};
  return (lode_json_iter){container.text.ptr + 1, container.text.ptr + container.text.len - 1};
}

bool lode_json_next(lode_json_iter *self, lode_json_value *name, lode_json_value *value) {
  const char *pos = skip_space(self->pos, self->end);
  if (pos == self->end) return false;
  if (*pos == ',') pos = skip_space(pos + 1, self->end);
  if (*self->end == '}') {
    lode_json_value found = value_at(pos, self->end);
    if (name != NULL) *name = found;
    pos = skip_space(found.text.ptr + found.text.len, self->end) + 1;
    pos = skip_space(pos, self->end);
  }
  *value = value_at(pos, self->end);
  self->pos = value->text.ptr + value->text.len;
  return true;
}

bool lode_json_get(lode_json_value object, const char *name, lode_json_value *out) {
  if (object.type != LODE_JSON_OBJECT) return false;
  size_t len = strlen(name);
  bool found = false;
  lode_json_iter iter = lode_json_iter_of(object);
  lode_json_value key, value;
  while (lode_json_next(&iter, &key, &value)) {
    if (!lode_json_equals(key, name, len)) continue;
    *out = value;
    found = true;
  }
  return found;
}

/* ---- strings --------------------------------------------------------------------------------------- */

static uint32_t hex_unit(const char *digits) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) unit = unit << 4 | (uint32_t)hex_digit(digits[i]);
  return unit;
}

static size_t encode(uint32_t c, char out[4]) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

/* The bytes of the validated escape at *pos, which moves behind it. */
static size_t decode_escape(const char **pos, const char *end, char out[4]) {
  const char *p = *pos + 2;
  uint32_t c = (unsigned char)p[-1];
  switch (c) {
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'n': c = '\n'; break;
    case 'r': c = '\r'; break;
    case 't': c = '\t'; break;
    case 'u':
      c = hex_unit(p);
      p += 4;
      if (c >> 10 == 0xD800 >> 10 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        uint32_t low = hex_unit(p + 2);
        if (low >> 10 == 0xDC00 >> 10) {
          c = 0x10000 + ((c & 0x3FF) << 10) + (low & 0x3FF);
          p += 6;
        }
      }
      break;
    default: break;
  }
  *pos = p;
  return encode(c, out);
}

/* The decoded form is never longer than the written one, so room for it is taken once. */
int lode_json_decode(lode_json_value string, lode_buf *out, lode_err *err) {
  assert(string.type == LODE_JSON_STRING && string.text.len >= 2);
  int code = lode_buf_reserve(out, string.text.len - 2, err);
  if (code != 0) return code;
  const char *pos = string.text.ptr + 1, *end = string.text.ptr + string.text.len - 1;
  while (pos < end) {
    const char *slash = memchr(pos, '\\', (size_t)(end - pos));
    size_t plain = (size_t)((slash == NULL ? end : slash) - pos);
    memcpy(out->ptr + out->len, pos, plain);
    out->len += plain;
    pos += plain;
    while (pos < end && *pos == '\\') {
      char bytes[4];
      size_t len = decode_escape(&pos, end, bytes);
      memcpy(out->ptr + out->len, bytes, len);
      out->len += len;
    }
  }
  return 0;
}

bool lode_json_equals(lode_json_value string, const char *bytes, size_t len) {
  if (string.type != LODE_JSON_STRING) return false;
  const char *pos = string.text.ptr + 1, *end = string.text.ptr + string.text.len - 1;
  size_t written = (size_t)(end - pos);
  if (written == 0 || written < len) return written == len;
  bool escapes = memchr(pos, '\\', written) != NULL; /* each is longer written than decoded */
  if (!escapes || written == len) return !escapes && written == len && memcmp(pos, bytes, len) == 0;
  const char *to = bytes + len;
  while (pos < end) {
    char decoded[4];
    size_t step = 1;
    if (*pos == '\\') step = decode_escape(&pos, end, decoded);
    else decoded[0] = *pos++;
    if ((size_t)(to - bytes) < step || memcmp(bytes, decoded, step) != 0) return false;
    bytes += step;
  }
  return bytes == to;
}

/* ---- writing --------------------------------------------------------------------------------------- */

/* The first byte that may need an escape: what skip_plain stops at, DEL, and the lead bytes of U+0080..U+009F (C2)
 * and of U+2028 and U+2029 (E2). */
static const char *skip_writable(const char *pos, const char *end) {
  for (; end - pos >= 8; pos += 8) {
    uint64_t v;
    memcpy(&v, pos, 8);
    if ((byte_below(v, 0x20) | zero_byte(v ^ ALL_BYTES('"')) | zero_byte(v ^ ALL_BYTES('\\')) |
         zero_byte(v ^ ALL_BYTES(0x7F)) | zero_byte(v ^ ALL_BYTES(0xC2)) | zero_byte(v ^ ALL_BYTES(0xE2))) != 0)
      break;
  }
  for (; pos < end; pos++) {
    unsigned char c = (unsigned char)*pos;
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F || c == 0xC2 || c == 0xE2) break;
  }
  return pos;
}

static int put_unit(lode_buf *out, unsigned unit, lode_err *err) {
  static const char hex[] = "0123456789abcdef";
  char bytes[6] = {'\\', 'u', hex[unit >> 12], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
  return lode_buf_add(out, bytes, sizeof bytes, err);
}

/* The character at *pos, escaped where that is due; *pos moves behind it. */
static int put_special(lode_buf *out, const char **pos, const char *end, lode_err *err) {
  const unsigned char *p = (const unsigned char *)*pos;
  size_t left = (size_t)(end - *pos);
  (*pos)++;
  if (*p == 0xC2 && left >= 2 && p[1] < 0xA0) {
    (*pos)++;
    return put_unit(out, p[1], err);
  }
  if (*p == 0xE2 && left >= 3 && p[1] == 0x80 && (p[2] | 1) == 0xA9) {
    *pos += 2;
    return put_unit(out, 0x2000u + (p[2] & 0x3Fu), err);
  }
  if (*p >= 0x80) return lode_buf_byte(out, (char)*p, err);
  char short_form[2] = {'\\', '\0'};
  switch (*p) {
    case '"': short_form[1] = '"'; break;
    case '\\': short_form[1] = '\\'; break;
    case '\b': short_form[1] = 'b'; break;
    case '\f': short_form[1] = 'f'; break;
    case '\n': short_form[1] = 'n'; break;
    case '\r': short_form[1] = 'r'; break;
    case '\t': short_form[1] = 't'; break;
    default: return put_unit(out, *p, err);
  }
  return lode_buf_add(out, short_form, 2, err);
}

static int put_escaped(lode_buf *out, const char *text, size_t len, lode_err *err) {
  const char *pos = text, *end = text + len;
  while (pos < end) {
    const char *to = skip_writable(pos, end);
    int code = lode_buf_add(out, pos, (size_t)(to - pos), err);
    pos = to;
    if (code == 0 && pos < end) code = put_special(out, &pos, end, err);
    if (code != 0) return code;
  }
  return 0;
}

/* A failed call leaves out as it was, as with every call that adds to a buffer. */
int lode_json_put_string(lode_buf *out, const char *text, size_t len, lode_err *err) {
  size_t before = out->len;
  int code = lode_buf_byte(out, '"', err);
  if (code == 0 && len != 0) code = put_escaped(out, text, len, err);
  if (code == 0) code = lode_buf_byte(out, '"', err);
  if (code != 0) out->len = before;
  return code;
}

int lode_json_put_integer(lode_buf *out, int64_t value, lode_err *err) {
  char digits[24];
  int len = snprintf(digits, sizeof digits, "%" PRId64, value);
  return lode_buf_add(out, digits, (size_t)len, err);
}

/* What printf wrote as JSON has it: any run of bytes that no number has in the C locale is the locale's decimal
 * point, and "e+07" is "e7". */
static size_t tidy_number(char *digits) {
  size_t len = 0;
  for (const char *p = digits; *p != '\0'; p++) {
    if (is_digit(*p) || *p == '-') digits[len++] = *p;
    else if (*p == 'e') {
      digits[len++] = *p;
      if (p[1] == '-') digits[len++] = '-';
      for (p++; p[1] == '0'; p++) {
      }
    } else if (len == 0 || digits[len - 1] != '.') digits[len++] = '.';
  }
  return len;
}

/* Of magnitude 2^63 at most; asked without libm. */
static bool is_whole(double value) {
  double size = fabs(value);
  return size == 0x1p63 || (size < 0x1p63 && (double)(int64_t)value == value);
}

/* 15 digits always survive text -> double -> text, so fewer are never needed to tell two normal numbers apart;
 * below DBL_MIN there is less precision, and fewer digits may do. */
int lode_json_put_number(lode_buf *out, double value, lode_err *err) {
  if (!isfinite(value))
    return lode_fail(err, LODE_E_INPUT, "JSON has no form for %s", isnan(value) ? "NaN" : "infinity");
  char digits[64];
  if (is_whole(value)) {
    int len = snprintf(digits, sizeof digits, "%.0f", value);
    return lode_buf_add(out, digits, (size_t)len, err);
  }
  for (int precision = fabs(value) < DBL_MIN ? 1 : 15; precision <= 17; precision++) {
    snprintf(digits, sizeof digits, "%.*g", precision, value);
    if (strtod(digits, NULL) == value) break;
  }
  return lode_buf_add(out, digits, tidy_number(digits), err);
}
