/* The k-th allocation fails, for k = 1, 2, 3 ... until nothing fails: every call must come back with LODE_E_NOMEM, a
 * filled error and nothing leaked (the sanitizer build looks), and buffers and inputs that can be freed.
 *
 * The sources are compiled into this file with the C library's allocator replaced: no linker tricks. */
#include "check.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>

static size_t *countdown(void) {
  static size_t left; /* the allocation that fails, 0: none */
  return &left;
}

static bool fails_now(void) {
  return *countdown() != 0 && --*countdown() == 0;
}

static void *test_malloc(size_t size) {
  return fails_now() ? NULL : malloc(size);
}

static void *test_calloc(size_t count, size_t size) {
  return fails_now() ? NULL : calloc(count, size);
}

static void *test_realloc(void *old, size_t size) {
  return fails_now() ? NULL : realloc(old, size);
}

#define malloc test_malloc
#define calloc test_calloc
#define realloc test_realloc
#include "../../src/base/arena.c"
#include "../../src/base/buf.c"
#include "../../src/base/table.c"
#include "../../src/io/file.c"
#include "../../src/io/inputs.c"
#define skip_space json_skip_space
#include "../../src/io/json.c"
#undef skip_space
#include "../../src/io/sorter.c"
#define need stream_need
#include "../../src/io/stream.c"
#undef need
#undef malloc
#undef calloc
#undef realloc

/* Run a piece of work with each allocation failing once. */
static void sweep(int (*work)(lode_err *err), size_t least) {
  size_t k = 1;
  for (; k < 10000; k++) {
    lode_err err;
    lode_err_clear(&err);
    *countdown() = k;
    int code = work(&err);
    bool failed = *countdown() == 0;
    *countdown() = 0;
    if (!failed) {
      CHECK_OK(code, &err);
      break;
    }
    if (!CHECK_INT(code, LODE_E_NOMEM) || !CHECK_INT(err.code, LODE_E_NOMEM) || !CHECK(err.message[0] != '\0')) {
      printf("  at allocation %zu\n", k);
      break;
    }
  }
  CHECK(k > least && k < 10000);
}

static int work_json(lode_err *err) {
  lode_buf out = {0}, back = {0};
  char text[500];
  memset(text, '\n', sizeof text);
  int code = 0;
  for (int i = 0; code == 0 && i < 3; i++) {
    size_t before = out.len;
    code = lode_json_put_string(&out, text, sizeof text, err);
    if (code != 0) CHECK_INT(out.len, before);
    if (code == 0) code = lode_buf_byte(&out, ',', err);
  }
  if (code == 0) code = lode_json_put_number(&out, 0.1, err);
  lode_json_value value = {LODE_JSON_STRING, {"\"a\\u0041\"", 9}};
  if (code == 0) code = lode_json_decode(value, &back, err);
  lode_buf_free(&out);
  lode_buf_free(&back);
  return code;
}

static int work_sorter(lode_err *err, bool sum) {
  lode_sorter *sorter;
  int code = lode_sorter_open(&sorter, 4096, sum, err);
  for (unsigned i = 0; code == 0 && i < 12000; i++) {
    char key[16];
    int len = snprintf(key, sizeof key, "%u", i * 7919 % 500);
    code = lode_sorter_add_count(sorter, (lode_str){key, (size_t)len}, 1, err);
  }
  if (code == 0) code = lode_sorter_finish(sorter, err);
  lode_str key, value;
  size_t count = 0;
  for (int more = 1; code == 0 && more == 1;) {
    more = lode_sorter_next(sorter, &key, &value, err);
    if (more < 0) code = more;
    count += more == 1;
  }
  if (code == 0) CHECK_INT(count, sum ? 500 : 12000);
  lode_sorter_free(sorter);
  return code;
}

static int work_sums(lode_err *err) {
  return work_sorter(err, true);
}

static int work_entries(lode_err *err) {
  return work_sorter(err, false);
}

static int work_inputs(lode_err *err) {
  lode_inputs inputs = {0};
  int code = lode_inputs_add(&inputs, scratch_path("folder"), err);
  if (code == 0) code = lode_inputs_add(&inputs, scratch_path("folder/f*"), err);
  if (code == 0) code = lode_inputs_add(&inputs, "-", err);
  if (code == 0) CHECK_INT(inputs.count, 61);
  lode_inputs_free(&inputs);
  return code;
}

static int work_stream(lode_err *err) {
  lode_stream *stream = NULL;
  lode_buf out = {0};
  lode_str first;
  int code = lode_stream_open(&stream, scratch_path("folder/f1"), err);
  if (code == 0) code = lode_stream_peek(stream, &first, err);
  if (code == 0) code = lode_stream_read_all(stream, &out, 1 << 20, err);
  if (code == 0) CHECK_INT(out.len, 1000);
  lode_stream_close(stream);
  if (code == 0) code = lode_file_read(scratch_path("folder/f2"), 1 << 20, &out, err);
  lode_buf_free(&out);
  return code;
}

static int work_outfile(lode_err *err) {
  lode_outfile out;
  int code = lode_outfile_open(&out, scratch_path("out"), err);
  if (code == 0) code = lode_outfile_write(&out, "text", 4, err);
  if (code == 0) code = lode_outfile_commit(&out, err);
  lode_outfile_drop(&out);
  CHECK(access(scratch_path("out.part"), F_OK) != 0);
  int fd = -1;
  if (code == 0) code = lode_temp_open(&fd, err);
  if (fd >= 0) close(fd);
  return code;
}

static int work_table(lode_err *err) {
  lode_table table;
  lode_table_init(&table, 1);
  uint32_t want = 0;
  for (; want < 5000; want++) {
    char key[40];
    int len = snprintf(key, sizeof key, "a key of some length %u", want);
    uint32_t id = lode_table_add(&table, key, (size_t)len, NULL, err);
    CHECK(id == want || id == LODE_NO_ID);
    if (id == LODE_NO_ID) {
      CHECK_INT(lode_table_find(&table, key, (size_t)len), LODE_NO_ID);
      break;
    }
  }
  int code = want == 5000 ? 0 : LODE_E_NOMEM;
  CHECK_INT(table.count, want);
  lode_table_free(&table);
  return code;
}

static void test_json(void) {
  sweep(work_json, 3);
}
static void test_sorter(void) {
  sweep(work_sums, 70);
  sweep(work_entries, 70);
}
static void test_inputs(void) {
  sweep(work_inputs, 4);
}
static void test_stream(void) {
  sweep(work_stream, 5);
}
static void test_outfile(void) {
  sweep(work_outfile, 3);
}
static void test_table(void) {
  sweep(work_table, 8);
}

int main(void) {
  mkdir(scratch_path("folder"), 0755);
  mkdir(scratch_path("folder/sub"), 0755);
  char text[1000] = {0}, name[40];
  for (int i = 0; i < 30; i++) {
    snprintf(name, sizeof name, "folder/f%d", i);
    scratch_write(name, text, sizeof text);
  }
  RUN(test_json);
  RUN(test_sorter);
  RUN(test_inputs);
  RUN(test_stream);
  RUN(test_outfile);
  RUN(test_table);
  scratch_end();
  return CHECK_END();
}
