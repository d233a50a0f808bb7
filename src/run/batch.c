#include "batch.h"

size_t lode_batch_bytes(size_t memory) {
  size_t bytes = memory / 2048;
  if (bytes > LODE_BATCH_BYTES) return LODE_BATCH_BYTES;
  return bytes < LODE_BATCH_BYTES_FIRST ? LODE_BATCH_BYTES_FIRST : bytes;
}

void lode_batch_free(lode_batch *self) {
  lode_buf_free(&self->numbers);
  lode_buf_free(&self->report);
  lode_buf_free(&self->head);
  *self = (lode_batch){0};
}

void lode_batch_clear(lode_batch *self) {
  lode_buf numbers = self->numbers, report = self->report, head = self->head;
  numbers.len = report.len = head.len = 0;
  *self = (lode_batch){.numbers = numbers, .report = report, .head = head};
}

size_t lode_batch_number_count(const lode_batch *self) {
  return self->numbers.len / 4;
}

uint32_t lode_batch_number(const lode_batch *self, size_t i) {
  lode_reader in = lode_reader_of(self->numbers.ptr + 4 * i, 4);
  return lode_read_u32(&in);
}

int lode_batch_write(const lode_batch *self, lode_buf *out, lode_err *err) {
  uint32_t flags = (self->goes_on ? 1u : 0u) | (self->picked ? 2u : 0u) | (self->more ? 4u : 0u) |
                   (uint32_t)(unsigned char)self->separator << 8;
  int code = lode_buf_u32(out, (uint32_t)self->shape, err);
  if (code == 0) code = lode_buf_u32(out, flags, err);
  if (code == 0) code = lode_buf_u32(out, self->input, err);
  if (code == 0) code = lode_buf_u64(out, self->offset, err);
  if (code == 0) code = lode_buf_u64(out, self->len, err);
  if (code == 0) code = lode_buf_u64(out, self->first_line, err);
  if (code == 0) code = lode_buf_u64(out, self->bytes, err);
  if (code == 0) code = lode_buf_str(out, (lode_str){self->numbers.ptr, self->numbers.len}, err);
  if (code == 0) code = lode_buf_str(out, (lode_str){self->report.ptr, self->report.len}, err);
  if (code == 0) code = lode_buf_str(out, (lode_str){self->head.ptr, self->head.len}, err);
  return code;
}

int lode_batch_read(lode_batch *self, lode_reader *in, lode_err *err) {
  self->shape = (lode_batch_shape)lode_read_u32(in);
  uint32_t flags = lode_read_u32(in);
  self->goes_on = (flags & 1) != 0;
  self->picked = (flags & 2) != 0;
  self->more = (flags & 4) != 0;
  self->separator = (char)(flags >> 8 & 0xFF);
  self->input = lode_read_u32(in);
  self->offset = lode_read_u64(in);
  self->len = lode_read_u64(in);
  self->first_line = lode_read_u64(in);
  self->bytes = lode_read_u64(in);
  lode_str numbers = lode_read_str(in), report = lode_read_str(in), head = lode_read_str(in);
  if (in->bad) return lode_fail(err, LODE_E_INPUT, "a batch message is broken");
  int code = lode_buf_add(&self->numbers, numbers.ptr, numbers.len, err);
  if (code == 0) code = lode_buf_add(&self->head, head.ptr, head.len, err);
  return code != 0 ? code : lode_buf_add(&self->report, report.ptr, report.len, err);
}
