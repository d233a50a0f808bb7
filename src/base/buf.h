/* buf.h - a growable run of bytes.
 *
 * Invariants: len <= cap; ptr is NULL only while cap is 0; a failed call leaves the buffer as it was.
 * A buffer of all zeros is valid and empty.  The bytes are not terminated; NUL is an ordinary byte.
 *
 * Lifetime   The owner calls lode_buf_free.  Views into ptr die with the next call that adds bytes.
 * Cost       Amortised constant for each byte added (grows by half).
 */
#ifndef LODE_BUF_H
#define LODE_BUF_H
#include "err.h"
#include "span.h"
#include <string.h>

typedef struct lode_buf {
  char *ptr;
  size_t len, cap;
} lode_buf;

void lode_buf_free(lode_buf *self);                               /* idempotent; leaves an empty buffer */
int lode_buf_reserve(lode_buf *self, size_t more, lode_err *err); /* room for `more` bytes after len */
int lode_buf_add(lode_buf *self, const void *bytes, size_t len, lode_err *err);
int lode_buf_printf(lode_buf *self, lode_err *err, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* The bytes of a string up to its NUL. */
static inline int lode_buf_text(lode_buf *self, const char *text, lode_err *err) {
  return lode_buf_add(self, text, strlen(text), err);
}

static inline int lode_buf_byte(lode_buf *self, char byte, lode_err *err) {
  if (self->len == self->cap) {
    int code = lode_buf_reserve(self, 1, err);
    if (code != 0) return code;
  }
  self->ptr[self->len++] = byte;
  return 0;
}

/* Fixed-width little-endian numbers, for messages between processes and for files. */
int lode_buf_u32(lode_buf *self, uint32_t value, lode_err *err);
int lode_buf_u64(lode_buf *self, uint64_t value, lode_err *err);
int lode_buf_str(lode_buf *self, lode_str value, lode_err *err); /* u64 length, then the bytes */

/* Reading what the three above wrote.  A reader that runs over the end sets `bad` and gives 0 or an
 * empty string from then on, so a message is checked once, after its last field. */
typedef struct lode_reader {
  const char *ptr, *end;
  int bad;
} lode_reader;

static inline lode_reader lode_reader_of(const void *ptr, size_t len) {
  const char *begin = ptr == NULL ? "" : ptr; /* an empty buffer has no bytes to point at */
  return (lode_reader){begin, begin + len, 0};
}
static inline uint32_t lode_read_u32(lode_reader *self) {
  const unsigned char *p = (const unsigned char *)self->ptr;
  if (self->bad || self->end - self->ptr < 4) {
    self->bad = 1;
    return 0;
  }
  self->ptr += 4;
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}
static inline uint64_t lode_read_u64(lode_reader *self) {
  if (self->end - self->ptr < 8) self->bad = 1;
  uint64_t low = lode_read_u32(self);
  return low | (uint64_t)lode_read_u32(self) << 32;
}
lode_str lode_read_str(lode_reader *self); /* borrows the reader's bytes */

#endif
