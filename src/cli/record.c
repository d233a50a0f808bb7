#include "record.h"
#include "jsontext.h"
#include "mem.h"
#include <string.h>

/* --- numbers --- */

static void put_two(unsigned value, char *out) {
  static const char pairs[] =
      "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445"
      "46474849505152535455565758596061626364656667686970717273747576777879808182838485868788899091"
      "9293949596979899";
  memcpy(out, pairs + 2 * (size_t)value, 2);
}

static void put_four(unsigned value, char *out) {
  put_two(value / 100, out);
  put_two(value % 100, out + 2);
}

static void digits_move(lode_digits *self, uint64_t value) {
  char text[sizeof self->text];
  size_t at = sizeof text;
  uint64_t high = value / 10000;
  self->base = high * 10000;
  for (; high > 0; high /= 10) text[--at] = (char)('0' + high % 10);
  self->len = sizeof text - at;
  memcpy(self->text, text + at, self->len);
}

static inline size_t put_digits(lode_digits *self, uint64_t value, char *out) {
  if (value < self->base || value - self->base >= 10000) digits_move(self, value);
  unsigned low = (unsigned)(value - self->base);
  if (self->len > 0) {
    memcpy(out, self->text, sizeof self->text);
    put_four(low, out + self->len);
    return self->len + 4;
  }
  char four[8] = {0};
  size_t zeros = low < 10 ? 3 : low < 100 ? 2 : low < 1000 ? 1 : 0;
  put_four(low, four);
  memcpy(out, four + zeros, 4);
  return 4 - zeros;
}

size_t lode_digits_put(lode_digits *self, uint64_t value, char *out) {
  return put_digits(self, value, out);
}

/* Room at the end for so many spans, or NULL. */
static char *spans_room(lode_record *self, size_t count) {
  enum { SPAN_ROOM = 2 * LODE_DIGITS_ROOM + 4 };
  if (self->code == 0) self->code = lode_buf_reserve(self->out, lode_size_mul(count, SPAN_ROOM), self->err);
  return self->code == 0 ? self->out->ptr + self->out->len : NULL;
}

void lode_record_raw_span(lode_record *self, lode_span span) {
  char *out = spans_room(self, 1);
  if (!out) return;
  memcpy(out, ",[", 2);
  out += 2;
  out += put_digits(&self->digits, span.begin, out);
  *out++ = ',';
  out += put_digits(&self->digits, span.end, out);
  *out++ = ']';
  self->out->len = (size_t)(out - self->out->ptr);
}

void lode_record_raw_spans(lode_record *self, uint64_t base, uint64_t from, const uint32_t *ends, size_t count) {
  char *out = spans_room(self, count);
  if (!out) return;
  char last[LODE_DIGITS_ROOM] = {0};
  lode_digits digits = self->digits;
  size_t len = put_digits(&digits, base + from, last);
  for (size_t i = 0; i < count; i++) { /* an end is the next begin: its digits are made once */
    memcpy(out, ",[", 2);
    memcpy(out + 2, last, sizeof last);
    out += 2 + len;
    *out++ = ',';
    len = put_digits(&digits, base + ends[i], last);
    memcpy(out, last, sizeof last);
    out += len;
    *out++ = ']';
  }
  self->digits = digits;
  self->out->len = (size_t)(out - self->out->ptr);
}

/* --- records --- */

lode_record lode_record_begin(lode_buf *out, lode_err *err) {
  lode_record self = {.out = out, .err = err};
  self.code = lode_buf_byte(out, '{', err);
  return self;
}

void lode_record_raw(lode_record *self, const char *json) {
  if (self->code == 0) self->code = lode_buf_text(self->out, json, self->err);
}

void lode_record_raw_count(lode_record *self, uint64_t value) {
  if (self->code == 0) self->code = lode_buf_reserve(self->out, LODE_DIGITS_ROOM, self->err);
  if (self->code == 0) self->out->len += lode_digits_put(&self->digits, value, self->out->ptr + self->out->len);
}

void lode_record_name(lode_record *self, const char *name) {
  lode_record_raw(self, self->started ? ",\"" : "\"");
  lode_record_raw(self, name);
  lode_record_raw(self, "\":");
  self->started = true;
}

void lode_record_text(lode_record *self, const char *name, lode_str text) {
  lode_record_name(self, name);
  if (self->code == 0) self->code = lode_json_put_text(self->out, text.ptr, text.len, self->err);
}

void lode_record_count(lode_record *self, const char *name, uint64_t value) {
  lode_record_name(self, name);
  lode_record_raw_count(self, value);
}

void lode_record_json(lode_record *self, const char *name, lode_str json) {
  lode_record_name(self, name);
  if (self->code == 0) self->code = lode_buf_add(self->out, json.ptr, json.len, self->err);
}

void lode_record_place(lode_record *self, const lode_page *page, size_t begin, size_t end) {
  lode_span raw = lode_page_raw(page, begin, end);
  lode_record_text(self, "text", (lode_str){page->content + begin, end - begin});
  lode_record_count(self, "start", raw.begin);
  lode_record_count(self, "end", raw.end);
}

int lode_record_end(lode_record *self) {
  lode_record_raw(self, "}\n");
  return self->code;
}
