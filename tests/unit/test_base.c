/* src/base: each container against a stupid model on random steps. */
#include "arena.h"
#include "buf.h"
#include "check.h"
#include "hash.h"
#include "mem.h"
#include "table.h"

#include <stdalign.h>

static void test_sizes(void) {
  CHECK_INT(lode_size_add(2, 3), 5);
  CHECK(lode_size_add(SIZE_MAX, 1) == SIZE_MAX && lode_size_add(SIZE_MAX - 1, 1) == SIZE_MAX);
  CHECK(lode_size_add(SIZE_MAX / 2, SIZE_MAX / 2 + 2) == SIZE_MAX);
  CHECK_INT(lode_size_mul(6, 7), 42);
  CHECK(lode_size_mul(SIZE_MAX, 0) == 0 && lode_size_mul(0, SIZE_MAX) == 0);
  CHECK(lode_size_mul(SIZE_MAX / 2, 3) == SIZE_MAX && lode_size_mul((size_t)1 << 32, (size_t)1 << 32) == SIZE_MAX);
  CHECK_INT(lode_size_grow(100, 1), 150);
  CHECK_INT(lode_size_grow(100, 1000), 1000);
  CHECK(lode_size_grow(SIZE_MAX - 1, 1) == SIZE_MAX);
}

/* ---- errors ---------------------------------------------------------------------------------------------- */

#define CHECK_TEXT(size, want)                                                                                         \
  do {                                                                                                                 \
    lode_err_text(&err, text, size);                                                                                   \
    CHECK_STR(text, strlen(text), want);                                                                               \
  } while (0)

static void test_err(void) {
  lode_err err;
  char text[100];
  lode_err_clear(&err);
  CHECK(err.code == 0 && err.byte == LODE_NO_BYTE);
  CHECK_INT(lode_fail(&err, LODE_E_INPUT, "got %d", 7), LODE_E_INPUT);
  CHECK(err.code == LODE_E_INPUT && err.raised_line > 0 && strstr(err.raised_file, "test_base.c") != NULL);
  CHECK_TEXT(sizeof text, "got 7");
  CHECK_INT(lode_err_at(&err, NULL, 0, 17), LODE_E_INPUT);
  CHECK_INT(lode_err_at(&err, "a.txt", 0, 99), LODE_E_INPUT);
  CHECK_TEXT(sizeof text, "a.txt: byte 17: got 7");
  lode_err_at(&err, "b.txt", 3, 99);
  CHECK_TEXT(sizeof text, "a.txt:3: got 7");
  CHECK_TEXT(8, "a.txt:3");
  CHECK_INT(lode_fail(&err, LODE_E_IO, "again"), LODE_E_IO);
  CHECK(err.path[0] == '\0' && err.line == 0 && err.byte == LODE_NO_BYTE);
  CHECK_INT(lode_fail(NULL, LODE_E_NOMEM, "nobody listens"), LODE_E_NOMEM);
  char lots[3000];
  memset(lots, 'x', sizeof lots - 1);
  lots[sizeof lots - 1] = '\0';
  lode_fail(&err, LODE_E_IO, "%s", lots);
  CHECK_INT(strlen(err.message), sizeof err.message - 1);
  lode_err_at(&err, lots, 0, LODE_NO_BYTE);
  CHECK_INT(strlen(err.path), sizeof err.path - 1);
  CHECK(strcmp(lode_err_name(LODE_E_CLOSED), "closed") == 0 && strcmp(lode_err_name(0), "unknown") == 0);
}

/* ---- buffers --------------------------------------------------------------------------------------------- */

static void test_buf(void) {
  enum { MOST = 100000 };
  char *model = malloc(MOST);
  size_t len = 0;
  lode_buf buf = {0};
  lode_err err;
  CHECK_OK(lode_buf_add(&buf, NULL, 0, &err), &err);
  CHECK(buf.ptr == NULL && buf.cap == 0);
  while (len < MOST - 300) {
    char bytes[200];
    size_t n = check_below(sizeof bytes);
    for (size_t i = 0; i < n; i++) bytes[i] = (char)check_random();
    switch (check_below(3)) {
      case 0:
        CHECK_OK(lode_buf_add(&buf, bytes, n, &err), &err);
        memcpy(model + len, bytes, n);
        len += n;
        break;
      case 1:
        CHECK_OK(lode_buf_byte(&buf, '\0', &err), &err);
        model[len++] = '\0';
        break;
      default:
        CHECK_OK(lode_buf_printf(&buf, &err, "%zu-%s", n, n > 100 ? "" : "text"), &err);
        len += (size_t)snprintf(model + len, 100, "%zu-%s", n, n > 100 ? "" : "text");
    }
    if (!CHECK(buf.len == len && buf.len <= buf.cap)) break;
  }
  CHECK(buf.len == len && memcmp(buf.ptr, model, len) == 0);
  size_t cap = buf.cap;
  CHECK_INT(lode_buf_reserve(&buf, SIZE_MAX - 10, &err), LODE_E_NOMEM);
  CHECK(buf.len == len && buf.cap == cap && memcmp(buf.ptr, model, len) == 0);
  lode_buf_free(&buf);
  lode_buf_free(&buf);
  CHECK(buf.ptr == NULL && buf.len == 0);
  free(model);
}

static void test_reader(void) {
  lode_buf buf = {0};
  lode_buf_u32(&buf, 0x01020304, NULL);
  lode_buf_u64(&buf, UINT64_MAX - 1, NULL);
  lode_buf_str(&buf, LODE_STR("a\0b"), NULL);
  lode_buf_str(&buf, LODE_STR(""), NULL);
  CHECK_INT(buf.len, 4 + 8 + 8 + 3 + 8);
  CHECK(memcmp(buf.ptr, "\x04\x03\x02\x01\xFE", 5) == 0);
  lode_reader reader = lode_reader_of(buf.ptr, buf.len);
  CHECK_INT(lode_read_u32(&reader), 0x01020304);
  CHECK(lode_read_u64(&reader) == UINT64_MAX - 1);
  lode_str str = lode_read_str(&reader);
  CHECK_BYTES(str.ptr, str.len, "a\0b", 3);
  CHECK_INT(lode_read_str(&reader).len, 0);
  CHECK(!reader.bad && reader.ptr == reader.end);
  CHECK_INT(lode_read_u32(&reader), 0);
  CHECK(reader.bad);
  /* Cut anywhere, it is bad in the end, and never reads over the end (the copy has its exact size). */
  for (size_t cut = 0; cut < buf.len; cut++) {
    char *copy = malloc(cut + 1);
    memcpy(copy, buf.ptr, cut);
    copy = realloc(copy, cut == 0 ? 1 : cut);
    reader = lode_reader_of(copy, cut);
    lode_read_u32(&reader);
    lode_read_u64(&reader);
    lode_read_str(&reader);
    str = lode_read_str(&reader);
    CHECK(reader.bad && str.len == 0);
    free(copy);
  }
  char huge[8];
  memset(huge, 0xFF, sizeof huge);
  reader = lode_reader_of(huge, sizeof huge);
  CHECK(lode_read_str(&reader).len == 0 && reader.bad);
  lode_buf_free(&buf);
}

/* ---- the arena ------------------------------------------------------------------------------------------- */

static void test_arena(void) {
  enum { COUNT = 2000 };
  lode_arena arena;
  lode_err err;
  lode_arena_init(&arena, 0);
  for (int round = 0; round < 3; round++) {
    unsigned char *parts[COUNT];
    size_t lens[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
      lens[i] = check_below(i % 100 == 0 ? 100000 : 200);
      parts[i] = lode_arena_take(&arena, lens[i], 1, &err);
      if (!CHECK(parts[i] != NULL && (uintptr_t)parts[i] % alignof(max_align_t) == 0)) return;
      memset(parts[i], (int)(i % 251), lens[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
      for (size_t k = 0; k < lens[i]; k++)
        if (!CHECK_INT(parts[i][k], i % 251)) return; /* two of them overlap */
    CHECK(arena.peak >= arena.used && arena.used > 0);
    lode_arena_reset(&arena);
    CHECK_INT(arena.used, 0);
  }
  lode_str copy = lode_arena_copy(&arena, "a\0b", 3, &err);
  CHECK_BYTES(copy.ptr, copy.len + 1, "a\0b", 4);
  copy = lode_arena_copy(&arena, NULL, 0, &err);
  CHECK(copy.ptr != NULL && copy.len == 0 && copy.ptr[0] == '\0');
  CHECK(lode_arena_take(&arena, SIZE_MAX / 2, 3, &err) == NULL);
  lode_arena_free(&arena);
  lode_arena_free(&arena);
}

static void test_arena_limit(void) {
  lode_arena arena;
  lode_err err;
  lode_arena_init(&arena, 1000 * alignof(max_align_t));
  for (int i = 0; i < 1000; i++) CHECK(lode_arena_take(&arena, 1, 1, &err) != NULL);
  CHECK_INT(arena.used, arena.limit);
  CHECK(lode_arena_take(&arena, 1, 1, &err) == NULL);
  CHECK_INT(err.code, LODE_E_LIMIT);
  CHECK(lode_arena_take(&arena, SIZE_MAX, 1, &err) == NULL && err.code == LODE_E_LIMIT);
  lode_arena_reset(&arena);
  CHECK(lode_arena_take(&arena, arena.limit, 1, &err) != NULL);
  lode_arena_free(&arena);
}

/* ---- tables ---------------------------------------------------------------------------------------------- */

/* 3,000 possible keys, of which most are a prefix of others and some hold NULs; the model is a plain array. */
static size_t make_key(size_t n, char out[16]) {
  for (size_t i = 0; i < 16; i++) out[i] = (char)(n * (i + 1) % 7);
  memcpy(out, &n, 2);
  return n % 13 == 0 ? 2 : 2 + n % 14;
}

static void test_table(void) {
  enum { KEYS = 3000 };
  lode_table table;
  lode_err err;
  lode_table_init(&table, check_random());
  for (int round = 0; round < 3; round++) {
    uint32_t model[KEYS];
    uint32_t count = 0;
    for (size_t i = 0; i < KEYS; i++) model[i] = LODE_NO_ID;
    for (int step = 0; step < 20000; step++) {
      size_t n = check_below(KEYS);
      char key[16];
      size_t len = make_key(n, key);
      if (!CHECK_INT(lode_table_find(&table, key, len), model[n])) return;
      bool added, want_added = model[n] == LODE_NO_ID && check_below(2) == 0;
      if (model[n] == LODE_NO_ID && !want_added) continue;
      if (want_added) model[n] = count++;
      if (!CHECK_INT(lode_table_add(&table, key, len, &added, &err), model[n]) || !CHECK_INT(added, want_added)) return;
    }
    CHECK_INT(table.count, count);
    for (size_t n = 0; n < KEYS; n++) {
      char key[16];
      size_t len = make_key(n, key);
      if (model[n] == LODE_NO_ID) continue;
      lode_str got = lode_table_get(&table, model[n]);
      CHECK_BYTES(got.ptr, got.len, key, len);
      CHECK(got.ptr[got.len] == '\0');
    }
    CHECK(lode_table_bytes(&table) > count * 16);
    lode_table_clear(&table);
    CHECK_INT(table.count, 0);
  }
  CHECK_INT(lode_table_add(&table, NULL, 0, NULL, &err), 0);
  CHECK_INT(lode_table_find(&table, "", 0), 0);
  CHECK_INT(lode_table_add(&table, "x", UINT32_MAX, NULL, &err), LODE_NO_ID);
  CHECK_INT(err.code, LODE_E_LIMIT);
  lode_table_free(&table);
  CHECK_INT(lode_table_find(&table, "", 0), LODE_NO_ID);
  lode_table_free(&table);
}

/* Reference values of XXH3: an index written by one build must be read by another. */
static void test_hash(void) {
  char hex[33];
  CHECK(lode_hash64("", 0, 0) == UINT64_C(0x2D06800538D394C2));
  CHECK(lode_hash64("a", 1, 0) != lode_hash64("a", 1, 1) && lode_hash64("a", 1, 0) != lode_hash64("a\0", 2, 0));
  lode_hash128_hex(lode_hash128("", 0, 0), hex);
  CHECK_STR(hex, strlen(hex), "99aa06d3014798d86001c324468d497f");
}

int main(void) {
  RUN(test_sizes);
  RUN(test_err);
  RUN(test_buf);
  RUN(test_reader);
  RUN(test_arena);
  RUN(test_arena_limit);
  RUN(test_table);
  RUN(test_hash);
  return CHECK_END();
}
