/* record.h - write one JSON object into a buffer, field by field.
 *
 * After a failure nothing more is written, so a record is checked once, at its end; the buffer then holds
 * half a record, which the caller's sink undoes.
 */
#ifndef LODE_RECORD_H
#define LODE_RECORD_H
#include "buf.h"
#include "page.h"

typedef struct lode_record {
  lode_buf *out;
  lode_err *err;
  int code;
  bool started; /* a field was written */
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
/* text, start, end of a range of the content. */
void lode_record_place(lode_record *self, const lode_page *page, size_t begin, size_t end);
int lode_record_end(lode_record *self);

#endif
