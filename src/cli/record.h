/* record.h - write one JSON object into a buffer, field by field.
 *
 * After a failure nothing more is written, so a record is checked once, at its end; the buffer then holds
 * half a record, which the caller's sink undoes.
 */
#ifndef LODE_RECORD_H
#define LODE_RECORD_H
#include "buf.h"
#include "page.h"

/* The numbers of a record mostly grow by little: all but the last four digits are kept from one to the next. */
typedef struct lode_digits {
  uint64_t base; /* a multiple of 10000 */
  size_t len;
  char text[16]; /* the digits of base / 10000, none for 0 */
} lode_digits;

enum { LODE_DIGITS_ROOM = 24 };

/* Write the digits of value to out, which has room for LODE_DIGITS_ROOM bytes; how many there are.  A state of zeros
 * is valid. */
size_t lode_digits_put(lode_digits *self, uint64_t value, char *out);

typedef struct lode_record {
  lode_buf *out;
  lode_err *err;
  int code;
  bool started; /* a field was written */
  lode_digits digits;
} lode_record;

lode_record lode_record_begin(lode_buf *out, lode_err *err);
void lode_record_text(lode_record *self, const char *name, lode_str text); /* valid UTF-8 */
void lode_record_count(lode_record *self, const char *name, uint64_t value);
void lode_record_json(lode_record *self, const char *name, lode_str json); /* as it is */
/* A field whose value the caller writes with lode_record_raw. */
void lode_record_name(lode_record *self, const char *name);
void lode_record_raw(lode_record *self, const char *json);
/* A number without a name. */
void lode_record_raw_count(lode_record *self, uint64_t value);
/* [begin,end] with a comma before it. */
void lode_record_raw_span(lode_record *self, lode_span span);
/* The same for the spans that lie between `from` and each of the ends, all behind `base`: about 5 ns each. */
void lode_record_raw_spans(lode_record *self, uint64_t base, uint64_t from, const uint32_t *ends, size_t count);
/* text, start, end of a range of the content. */
void lode_record_place(lode_record *self, const lode_page *page, size_t begin, size_t end);
int lode_record_end(lode_record *self);

#endif
