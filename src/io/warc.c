#include "warc.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum { MOST_HEADER = 1 << 20, LEAST_LINE = 8 };

static const char mark[] = "WARC/1.";
enum { MARK = sizeof mark - 1 };

static size_t skip_blank(lode_str bytes, size_t at) {
  while (at < bytes.len && memchr(" \t\r\n", bytes.ptr[at], 4) != NULL) at++;
  return at;
}

/* The next line from `at` on that begins a record; the length of the bytes where there is none. */
static size_t find_mark(lode_str bytes, size_t at) {
  while (at < bytes.len) {
    const char *line = memchr(bytes.ptr + at, '\n', bytes.len - at);
    if (line == NULL) break;
    at = (size_t)(line - bytes.ptr) + 1;
    if (bytes.len - at >= MARK && memcmp(bytes.ptr + at, mark, MARK) == 0) return at;
  }
  return bytes.len;
}

/* No record at `at`: behind it the next one, or, where that is not in sight, all but the bytes that could begin one. */
static lode_warc_step broken(lode_str bytes, size_t at, bool whole, const char *why, lode_warc_record *out) {
  size_t next = find_mark(bytes, at);
  if (next == bytes.len && !whole) next = bytes.len > at + LEAST_LINE ? bytes.len - LEAST_LINE : at + 1;
  out->end = next > at ? next : at + 1;
  out->why = why;
  return LODE_WARC_BROKEN;
}

/* The end of the header's last line, and in *body where the block begins; 0 where the blank line is not there. */
static size_t header_end(lode_str bytes, size_t at, size_t *body) {
  for (size_t i = at; i < bytes.len;) {
    const char *line = memchr(bytes.ptr + i, '\n', bytes.len - i);
    if (line == NULL) return 0;
    size_t next = (size_t)(line - bytes.ptr) + 1;
    if (next < bytes.len && bytes.ptr[next] == '\n') return *body = next + 1, next;
    if (next + 1 < bytes.len && bytes.ptr[next] == '\r' && bytes.ptr[next + 1] == '\n') return *body = next + 2, next;
    i = next;
  }
  return 0;
}

static bool read_length(lode_str text, size_t *out) {
  size_t n = 0;
  if (text.len == 0) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (!isdigit((unsigned char)text.ptr[i]) || n > SIZE_MAX / 20) return false;
    n = n * 10 + (size_t)(text.ptr[i] - '0');
  }
  *out = n;
  return true;
}

/* What the block's length leads to: two line ends, the next record without them, the end, or the middle of something. */
static lode_warc_step check_end(lode_str bytes, size_t begin, bool whole, lode_warc_record *out) {
  size_t end = out->block.end, next = end, lines = 0;
  while (next < bytes.len && next < end + 4 && (bytes.ptr[next] == '\r' || bytes.ptr[next] == '\n'))
    lines += bytes.ptr[next++] == '\n';
  out->end = next;
  if (lines == 2) return LODE_WARC_RECORD;
  size_t have = bytes.len - next < MARK ? bytes.len - next : MARK;
  if (have < MARK && !whole) {
    out->end = next + MARK;
    return LODE_WARC_MORE;
  }
  bool fits = have == MARK ? memcmp(bytes.ptr + next, mark, MARK) == 0 : skip_blank(bytes, next) == bytes.len;
  if (fits) return LODE_WARC_RECORD;
  return broken(bytes, begin, whole, "its Content-Length does not lead to the next record", out);
}

lode_warc_step lode_warc_next(lode_str bytes, size_t at, bool whole, size_t most, lode_warc_record *out) {
  assert(at <= bytes.len);
  size_t begin = skip_blank(bytes, at);
  *out = (lode_warc_record){.end = begin};
  if (begin == bytes.len) {
    out->end = begin + MARK;
    return whole ? LODE_WARC_END : LODE_WARC_MORE;
  }
  size_t have = bytes.len - begin < MARK ? bytes.len - begin : MARK;
  if (memcmp(bytes.ptr + begin, mark, have) != 0 || (have < MARK && whole))
    return broken(bytes, begin, whole, "no record begins here", out);
  size_t body = 0, end = header_end(bytes, begin, &body);
  if (end == 0 && !whole && bytes.len - begin < MOST_HEADER) {
    out->end = bytes.len + 1;
    return LODE_WARC_MORE;
  }
  if (end == 0) return broken(bytes, begin, whole, "its header does not end", out);
  out->header = (lode_span){begin, end};
  size_t len;
  lode_str header = {bytes.ptr + begin, end - begin};
  if (!read_length(lode_warc_field(header, "Content-Length"), &len))
    return broken(bytes, begin, whole, "its header has no Content-Length", out);
  out->block = (lode_span){body, body + len};
  out->end = body + len;
  if (len > most) return LODE_WARC_LARGE;
  if (len > bytes.len - body) {
    if (!whole) return out->end += 4 + MARK, LODE_WARC_MORE;
    size_t next = find_mark(bytes, begin);
    return broken(bytes, begin, whole,
                  next < bytes.len ? "its Content-Length does not lead to the next record" : "the file ends inside it",
                  out);
  }
  return check_end(bytes, begin, whole, out);
}

lode_str lode_warc_field(lode_str header, const char *name) {
  size_t n = strlen(name);
  for (size_t i = 0; i < header.len;) {
    const char *line = memchr(header.ptr + i, '\n', header.len - i);
    size_t end = line == NULL ? header.len : (size_t)(line - header.ptr);
    if (end - i > n && header.ptr[i + n] == ':' && strncasecmp(header.ptr + i, name, n) == 0) {
      size_t from = i + n + 1, to = end;
      while (from < to && (header.ptr[from] == ' ' || header.ptr[from] == '\t')) from++;
      while (to > from && isspace((unsigned char)header.ptr[to - 1])) to--;
      return (lode_str){header.ptr + from, to - from};
    }
    i = end + 1;
  }
  return (lode_str){NULL, 0};
}

/* ---- pages ----------------------------------------------------------------------------------------------------- */

static bool is_word(lode_str text, const char *word) {
  return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static bool has_word(lode_str text, const char *word) {
  size_t n = strlen(word);
  for (size_t i = 0; i + n <= text.len; i++)
    if (strncasecmp(text.ptr + i, word, n) == 0) return true;
  return false;
}

/* Markup or text by its type; by its first bytes where no type was given. */
static bool is_textual(lode_warc_page *page) {
  lode_str first = {page->body.ptr, page->body.len < 512 ? page->body.len : 512};
  size_t at = skip_blank(first, 0);
  if (first.len - at >= 3 && memcmp(first.ptr + at, "\xEF\xBB\xBF", 3) == 0) at += 3;
  bool markup = at < first.len && first.ptr[at] == '<';
  page->html = page->type.len == 0 ? markup : has_word(page->type, "html");
  if (page->type.len != 0) return page->html || has_word(page->type, "text/plain");
  return markup || (first.len > 0 && memchr(first.ptr, '\0', first.len) == NULL);
}

static bool split_http(lode_str block, lode_warc_page *out) {
  if (block.len < 12 || memcmp(block.ptr, "HTTP/", 5) != 0) return false;
  const char *status = memchr(block.ptr, ' ', block.len);
  size_t body = 0, end = header_end(block, 0, &body);
  if (status == NULL || end == 0 || status + 1 >= block.ptr + end || status[1] != '2') return false;
  out->http = (lode_str){block.ptr, end};
  out->body = (lode_str){block.ptr + body, block.len - body};
  out->type = lode_warc_field(out->http, "Content-Type");
  return true;
}

bool lode_warc_page_of(lode_str header, lode_str block, lode_warc_page *out) {
  lode_str kind = lode_warc_field(header, "WARC-Type");
  *out = (lode_warc_page){.type = lode_warc_field(header, "Content-Type"), .body = block};
  if (is_word(kind, "conversion")) {
    out->html = has_word(out->type, "html");
    return true;
  }
  if (is_word(kind, "response") && !split_http(block, out)) return false;
  return (is_word(kind, "response") || is_word(kind, "resource")) && is_textual(out);
}

static int join_chunks(lode_str in, size_t max, lode_buf *out, lode_err *err) {
  size_t at = 0;
  for (;;) {
    size_t len = 0, digits = 0;
    for (; at < in.len && isxdigit((unsigned char)in.ptr[at]) && digits < 12; at++, digits++) {
      char c = (char)tolower((unsigned char)in.ptr[at]);
      len = len * 16 + (size_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    if (digits == 0) return lode_fail(err, LODE_E_INPUT, "the chunks of its body do not fit together");
    const char *line = at < in.len ? memchr(in.ptr + at, '\n', in.len - at) : NULL;
    if (len == 0) return 0;
    if (line == NULL || len > in.len - (size_t)(line + 1 - in.ptr))
      return lode_fail(err, LODE_E_INPUT, "its body ends inside a chunk");
    at = (size_t)(line + 1 - in.ptr);
    if (len > max - out->len)
      return lode_fail(err, LODE_E_LIMIT, "a page of more than %zu bytes; --max-page allows larger ones", max);
    int code = lode_buf_add(out, in.ptr + at, len, err);
    if (code != 0) return code;
    at += len;
    while (at < in.len && (in.ptr[at] == '\r' || in.ptr[at] == '\n')) at++;
    if (at == in.len) return 0; /* the last chunk is missing: nothing of the page is */
  }
}

/* gzip, zlib, or deflate without a header: all three go by the name of deflate. */
static int inflate_body(lode_str in, size_t max, lode_buf *out, lode_err *err) {
  const unsigned char *b = (const unsigned char *)in.ptr;
  bool gzip = in.len >= 2 && b[0] == 0x1F && b[1] == 0x8B,
       zlib = in.len >= 2 && (b[0] & 15) == 8 && (b[0] * 256 + b[1]) % 31 == 0;
  z_stream z = {.next_in = (Bytef *)(uintptr_t)in.ptr, .avail_in = (uInt)in.len};
  if (in.len > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a compressed body of 4 GiB");
  if (inflateInit2(&z, gzip ? 31 : zlib ? 15 : -15) != Z_OK)
    return lode_fail(err, LODE_E_NOMEM, "out of memory: a decoder");
  int code = 0, status = Z_OK;
  while (code == 0 && status == Z_OK) {
    size_t room = max - out->len < 65536 ? max - out->len + 1 : 65536;
    code = lode_buf_reserve(out, room, err);
    if (code != 0) break;
    z.next_out = (Bytef *)(out->ptr + out->len);
    z.avail_out = (uInt)room;
    status = inflate(&z, Z_NO_FLUSH);
    out->len += room - z.avail_out;
    if (out->len > max)
      code = lode_fail(err, LODE_E_LIMIT, "a page of more than %zu bytes; --max-page allows larger ones", max);
    if (status == Z_OK && z.avail_in == 0 && z.avail_out != 0) status = Z_BUF_ERROR;
  }
  inflateEnd(&z);
  if (code == 0 && status != Z_STREAM_END) code = lode_fail(err, LODE_E_INPUT, "its compressed body is damaged or cut");
  return code;
}

int lode_warc_body(const lode_warc_page *page, size_t max, lode_buf *out, lode_str *body, lode_err *err) {
  lode_str coding = lode_warc_field(page->http, "Content-Encoding");
  bool chunked = has_word(lode_warc_field(page->http, "Transfer-Encoding"), "chunked");
  out->len = 0;
  *body = page->body;
  lode_buf joined = {0};
  int code = 0;
  /* Crawlers that store the joined body often leave the header: only what looks like chunks is joined. */
  if (chunked && body->len > 0 && isxdigit((unsigned char)body->ptr[0])) {
    code = join_chunks(*body, max, &joined, err);
    if (code == 0) *body = (lode_str){joined.ptr == NULL ? "" : joined.ptr, joined.len};
  }
  bool packed = is_word(coding, "gzip") || is_word(coding, "x-gzip") || is_word(coding, "deflate");
  bool markup = body->len > 0 && body->ptr[0] == '<'; /* the same of gzip */
  if (code == 0 && coding.len != 0 && !packed && !markup && !is_word(coding, "identity"))
    code = lode_fail(err, LODE_E_INPUT, "its body is encoded as %.*s, which cannot be read",
                     coding.len < 40 ? (int)coding.len : 40, coding.ptr);
  if (code == 0 && packed && !markup && body->len > 0) {
    code = inflate_body(*body, max, out, err);
    *body = (lode_str){out->ptr, out->len};
  } else if (code == 0 && joined.len != 0) {
    code = lode_buf_add(out, joined.ptr, joined.len, err);
    *body = (lode_str){out->ptr, out->len};
  }
  lode_buf_free(&joined);
  if (code == 0 && body->len > max)
    code = lode_fail(err, LODE_E_LIMIT, "a page of more than %zu bytes; --max-page allows larger ones", max);
  return code;
}
