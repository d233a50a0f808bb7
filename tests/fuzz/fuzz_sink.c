/* Any bytes as a batch's message: refused, or taken over so that it can be walked and written as the same message. */
#include "fuzz.h"
#include "sink.h"

static void walk(const lode_sink *self) {
  lode_problem problem;
  lode_str key;
  int64_t amount;
  uint64_t seen = 0;
  lode_reader in = lode_reader_of(self->problems.ptr, self->problems.len);
  while (lode_sink_next_problem(&in, &problem)) MUST(problem.message.len <= self->problems.len);
  in = lode_reader_of(self->counted.ptr, self->counted.len);
  while (lode_sink_next_count(&in, &key, &amount)) {
    MUST(key.len >= LODE_COUNTER_PREFIX);
    seen++;
  }
  MUST(!in.bad && seen == self->counted_count);
}

static void read_back(lode_sink *self, const char *bytes, size_t len) {
  lode_buf again = {0};
  lode_sink_clear(self);
  if (lode_sink_read(self, bytes, len, NULL) == 0) {
    walk(self);
    MUST(lode_sink_write(self, &again, NULL) == 0);
    MUST(again.len == len && memcmp(again.ptr, bytes, len) == 0);
    lode_buf_free(&again);
  }
}

/* A message made of the input, as a worker would make it, and broken at one place. */
static void made(lode_sink *self, const uint8_t *data, size_t size) {
  lode_buf message = {0};
  const lode_str page = {(const char *)data, size};
  const lode_problem problem = {LODE_E_INPUT, true, page, LODE_STR("x.lua:1"), LODE_STR("no"), size};
  lode_sink_clear(self);
  for (size_t at = 0; at + 8 <= size; at += 8) {
    lode_str key = {(const char *)data + at, data[at] % 9};
    MUST(lode_buf_add(&self->records, data + at, 8, NULL) == 0);
    MUST(lode_sink_count(self, data[at] % 3, key, (int8_t)data[at + 7], NULL) == 0);
    if (data[at + 1] % 4 == 0) MUST(lode_sink_problem(self, &problem, NULL) == 0);
    if (data[at + 1] % 4 == 1) lode_sink_undo(self);
    else MUST(lode_sink_keep(self, NULL) == 0);
  }
  MUST(lode_sink_write(self, &message, NULL) == 0);
  lode_sink_clear(self);
  MUST(lode_sink_read(self, message.ptr, message.len, NULL) == 0);
  walk(self);
  message.ptr[fuzz_pick(data, size, 1, message.len)] ^= (char)(1 << fuzz_pick(data, size, 2, 8));
  read_back(self, message.ptr, message.len);
  read_back(self, message.ptr, fuzz_pick(data, size, 3, message.len));
  lode_buf_free(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  lode_sink sink;
  lode_sink_init(&sink);
  read_back(&sink, (const char *)data, size);
  made(&sink, data, size);
  lode_sink_free(&sink);
  return 0;
}
