#include "record.h"
#include "json.h"
#include <string.h>

lode_record lode_record_begin(lode_buf *out, lode_err *err) {
  lode_record self = {out, err, 0, false};
  self.code = lode_buf_byte(out, '{', err);
  return self;
}

void lode_record_raw(lode_record *self, const char *json) {
  if (self->code == 0) self->code = lode_buf_add(self->out, json, strlen(json), self->err);
}

void lode_record_raw_count(lode_record *self, uint64_t value) {
  if (self->code == 0) self->code = lode_json_put_integer(self->out, (int64_t)value, self->err);
}

void lode_record_name(lode_record *self, const char *name) {
  lode_record_raw(self, self->started ? ",\"" : "\"");
  lode_record_raw(self, name);
  lode_record_raw(self, "\":");
  self->started = true;
}

void lode_record_text(lode_record *self, const char *name, lode_str text) {
  lode_record_name(self, name);
  if (self->code == 0) self->code = lode_json_put_string(self->out, text.ptr, text.len, self->err);
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
