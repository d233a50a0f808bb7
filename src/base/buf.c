#include "buf.h"

#include "mem.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void lode_buf_free(lode_buf *self) {
  free(self->ptr);
  *self = (lode_buf){0};
}

int lode_buf_reserve(lode_buf *self, size_t more, lode_err *err) {
  size_t need = lode_size_add(self->len, more);
  if (need <= self->cap) return 0;
  size_t cap = lode_size_grow(self->cap < 64 ? 64 : self->cap, need);
  char *ptr = cap == SIZE_MAX ? NULL : realloc(self->ptr, cap);
  if (ptr == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a buffer of %zu bytes", need);
  self->ptr = ptr;
  self->cap = cap;
  return 0;
}

int lode_buf_add(lode_buf *self, const void *bytes, size_t len, lode_err *err) {
  if (len == 0) return 0;
  int code = lode_buf_reserve(self, len, err);
  if (code != 0) return code;
  memcpy(self->ptr + self->len, bytes, len);
  self->len += len;
  return 0;
}

int lode_buf_printf(lode_buf *self, lode_err *err, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  assert(len >= 0);
  int code = lode_buf_reserve(self, (size_t)len + 1, err);
  if (code == 0) {
    vsnprintf(self->ptr + self->len, (size_t)len + 1, format, again);
    self->len += (size_t)len;
  }
  va_end(again);
  return code;
}

int lode_buf_u32(lode_buf *self, uint32_t value, lode_err *err) {
  unsigned char b[4];
  for (int i = 0; i < 4; i++) b[i] = (unsigned char)(value >> (8 * i));
  return lode_buf_add(self, b, sizeof b, err);
}

int lode_buf_u64(lode_buf *self, uint64_t value, lode_err *err) {
  unsigned char b[8];
  for (int i = 0; i < 8; i++) b[i] = (unsigned char)(value >> (8 * i));
  return lode_buf_add(self, b, sizeof b, err);
}

int lode_buf_str(lode_buf *self, lode_str value, lode_err *err) {
  int code = lode_buf_u64(self, value.len, err);
  return code != 0 ? code : lode_buf_add(self, value.ptr, value.len, err);
}

lode_str lode_read_str(lode_reader *self) {
  uint64_t len = lode_read_u64(self);
  if (self->bad || len > (uint64_t)(self->end - self->ptr)) {
    self->bad = 1;
    return (lode_str){"", 0};
  }
  lode_str out = {self->ptr, (size_t)len};
  self->ptr += len;
  return out;
}
