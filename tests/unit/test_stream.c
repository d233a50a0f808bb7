/* Streams: what gzip and zstd hold comes out, in pieces of any size; what is cut or damaged says so and where. */
#include "check.h"
#include "scratch.h"
#include "stream.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <zlib.h>
#include <zstd.h>

enum { BIG = 700000 };

static void fill_text(lode_buf *out, size_t len) {
  while (out->len < len) lode_buf_printf(out, NULL, "line %zu %zx\n", check_below(1000), check_below(1u << 20));
  out->len = len;
}

static void add_gzip(lode_buf *out, const char *bytes, size_t len) {
  z_stream z = {0};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  lode_buf_reserve(out, deflateBound(&z, (uLong)len) + 32, NULL);
  z.next_in = (Bytef *)(uintptr_t)bytes;
  z.avail_in = (uInt)len;
  z.next_out = (Bytef *)(out->ptr + out->len);
  z.avail_out = (uInt)(out->cap - out->len);
  CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
  out->len += z.total_out;
  deflateEnd(&z);
}

static void add_zstd(lode_buf *out, const char *bytes, size_t len) {
  lode_buf_reserve(out, ZSTD_compressBound(len), NULL);
  size_t n = ZSTD_compress(out->ptr + out->len, out->cap - out->len, bytes, len, 3);
  CHECK(!ZSTD_isError(n));
  out->len += n;
}

/* Read a file to its end or failure in pieces of a size; piece 0 draws one each time. */
static int read_pieces(const char *path, size_t piece, lode_buf *out, lode_err *err) {
  lode_stream *stream;
  int code = lode_stream_open(&stream, path, err);
  if (code != 0) return code;
  for (size_t got = 1; code == 0 && got > 0;) {
    size_t room = piece != 0 ? piece : 1 + check_below(300000);
    lode_buf_reserve(out, room, NULL);
    code = lode_stream_read(stream, out->ptr + out->len, room, &got, err);
    out->len += got;
    if (code != 0) {
      CHECK_INT(got, 0);
      lode_err again;
      char byte;
      CHECK_INT(lode_stream_read(stream, &byte, 1, &got, &again), code);
      CHECK_STR(again.message, strlen(again.message), err->message);
    }
  }
  lode_stream_close(stream);
  return code;
}

static void check_whole(const lode_buf *file, const lode_buf *want) {
  static const size_t pieces[] = {0, 1, 7, 4096, 1 << 20};
  const char *path = scratch_write("whole", file->ptr, file->len);
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    if (pieces[i] == 1 && want->len > 100000) continue;
    lode_buf got = {0};
    lode_err err;
    if (CHECK_OK(read_pieces(path, pieces[i], &got, &err), &err))
      CHECK(got.len == want->len && (got.len == 0 || memcmp(got.ptr, want->ptr, got.len) == 0));
    lode_buf_free(&got);
  }
}

static void test_formats(void) {
  for (int round = 0; round < 12; round++) {
    lode_buf text = {0}, file = {0};
    size_t len = round < 3 ? (size_t)round : check_below(BIG);
    fill_text(&text, len);
    check_whole(&text, &text);
    add_gzip(&file, text.ptr, text.len);
    check_whole(&file, &text);
    file.len = 0;
    add_zstd(&file, text.ptr, text.len);
    check_whole(&file, &text);
    lode_buf_free(&text);
    lode_buf_free(&file);
  }
}

static void test_members(void) {
  lode_buf text = {0}, gz = {0}, zstd = {0};
  lode_buf_add(&zstd, "\x53\x2A\x4D\x18\x03\0\0\0abc", 11, NULL); /* a skippable frame, as pzstd writes first */
  for (int i = 0; i < 300; i++) {
    size_t before = text.len;
    fill_text(&text, before + (i % 5 == 0 ? 0 : check_below(5000)));
    add_gzip(&gz, text.ptr == NULL ? "" : text.ptr + before, text.len - before);
    add_zstd(&zstd, text.ptr == NULL ? "" : text.ptr + before, text.len - before);
  }
  check_whole(&gz, &text);
  check_whole(&zstd, &text);
  lode_buf_free(&text);
  lode_buf_free(&gz);
  lode_buf_free(&zstd);
}

static void test_not_compressed(void) {
  static const char *const files[] = {"", "a", "\x1F", "\x28\xB5\x2F", "P*M", "\x28\xB5\x2F\xFE....", "PK\x03\x04"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    lode_buf text = {0};
    lode_buf_add(&text, files[i], strlen(files[i]), NULL);
    check_whole(&text, &text);
    lode_buf_free(&text);
  }
}

/* Everything before the cut that the decoder could know is a prefix of the text, and the failure has path and offset. */
static void check_broken(const lode_buf *file, size_t len, const lode_buf *text, const char *words) {
  const char *path = scratch_write("broken", file->ptr, len);
  lode_buf got = {0};
  lode_err err;
  lode_err_clear(&err);
  if (CHECK_INT(read_pieces(path, 0, &got, &err), LODE_E_INPUT)) {
    CHECK(got.len <= text->len && (got.len == 0 || memcmp(got.ptr, text->ptr, got.len) == 0));
    CHECK_STR(err.path, strlen(err.path), path);
    CHECK(err.byte <= len);
    if (!CHECK(strstr(err.message, words) != NULL)) printf("  %s\n", err.message);
  }
  lode_buf_free(&got);
}

static void test_cut(void) {
  lode_buf text = {0}, gz = {0}, zstd = {0};
  fill_text(&text, BIG);
  add_gzip(&gz, text.ptr, 1000);
  size_t first_gz = gz.len;
  add_gzip(&gz, text.ptr + 1000, BIG - 1000);
  add_zstd(&zstd, text.ptr, 1000);
  size_t first_zstd = zstd.len;
  add_zstd(&zstd, text.ptr + 1000, BIG - 1000);
  for (int i = 0; i < 60; i++) {
    size_t cut = i < 8 ? gz.len - 1 - (size_t)i : 2 + check_below(gz.len - 2);
    if (cut == first_gz + 1) check_broken(&gz, cut, &text, "belong to no member");
    else if (cut != first_gz) check_broken(&gz, cut, &text, "ends before it is complete");
    cut = 4 + check_below(zstd.len - 4);
    if (cut != first_zstd) check_broken(&zstd, cut, &text, "ends before it is complete");
  }
  /* Half a file still gives about half the text. */
  lode_buf got = {0};
  lode_err err;
  CHECK_INT(read_pieces(scratch_write("half", gz.ptr, gz.len / 2), 4096, &got, &err), LODE_E_INPUT);
  CHECK(got.len > BIG / 3);
  CHECK_INT(err.byte, gz.len / 2);
  lode_buf_free(&got);
  lode_buf_free(&text);
  lode_buf_free(&gz);
  lode_buf_free(&zstd);
}

static void test_damage(void) {
  lode_buf text = {0}, gz = {0}, zstd = {0};
  fill_text(&text, 50000);
  add_gzip(&gz, text.ptr, text.len);
  add_zstd(&zstd, text.ptr, text.len);
  size_t gz_len = gz.len, zstd_len = zstd.len;
  lode_buf_add(&gz, "garbage", 7, NULL);
  check_broken(&gz, gz.len, &text, "belong to no member");
  lode_buf_add(&zstd, "garbage", 7, NULL);
  check_broken(&zstd, zstd.len, &text, "belong to no frame");
  gz.ptr[gz_len - 6] ^= 1; /* the checksum: all of the text comes, then the failure */
  check_broken(&gz, gz_len, &text, "damaged gzip data: incorrect data check");
  gz.ptr[gz_len - 6] ^= 1;
  gz.ptr[3] = (char)0xE0; /* reserved header flags */
  check_broken(&gz, gz_len, &text, "damaged gzip data");
  gz.ptr[3] = 0;
  /* Any flipped byte is either noticed or harmless (a header's time or name): never a crash or an endless loop. */
  for (int i = 0; i < 400; i++) {
    lode_buf *file = i % 2 == 0 ? &gz : &zstd;
    size_t at = check_below(i % 2 == 0 ? gz_len : zstd_len);
    char old = file->ptr[at];
    file->ptr[at] = (char)check_random();
    lode_buf got = {0};
    lode_err err;
    lode_err_clear(&err);
    int code = read_pieces(scratch_write("flip", file->ptr, i % 2 == 0 ? gz_len : zstd_len), 0, &got, &err);
    CHECK(code == 0 || code == LODE_E_INPUT);
    if (i % 2 == 0 && code == 0 && at > 1) CHECK(got.len == text.len && memcmp(got.ptr, text.ptr, got.len) == 0);
    lode_buf_free(&got);
    file->ptr[at] = old;
  }
  lode_buf_free(&text);
  lode_buf_free(&gz);
  lode_buf_free(&zstd);
}

static void test_large_window(void) {
  /* A frame header by hand: no content size, window of 2^(10+20) bytes. */
  const char *path = scratch_write("window", "\x28\xB5\x2F\xFD\x00\xA0\x01\x00\x00", 9);
  lode_buf got = {0};
  lode_err err;
  CHECK_INT(read_pieces(path, 100, &got, &err), LODE_E_INPUT);
  CHECK(strstr(err.message, "128 MiB") != NULL);
  lode_buf_free(&got);
}

static void test_bomb(void) {
  lode_buf zeros = {0}, file = {0}, got = {0};
  lode_buf_reserve(&zeros, 64 << 20, NULL);
  memset(zeros.ptr, 0, 64 << 20);
  add_gzip(&file, zeros.ptr, 64 << 20);
  CHECK(file.len < 100000);
  lode_stream *stream;
  lode_err err;
  if (CHECK_OK(lode_stream_open(&stream, scratch_write("bomb", file.ptr, file.len), &err), &err)) {
    CHECK(lode_stream_is_compressed(stream));
    lode_buf_add(&got, "x", 1, NULL);
    CHECK_INT(lode_stream_read_all(stream, &got, 1000000, &err), LODE_E_LIMIT);
    CHECK_INT(got.len, 1000001);
    CHECK(got.cap < 3000000);
    lode_stream_close(stream);
  }
  lode_buf_free(&zeros);
  lode_buf_free(&file);
  lode_buf_free(&got);
}

static void test_read_all(void) {
  lode_buf text = {0}, got = {0};
  fill_text(&text, 300000);
  const char *path = scratch_write("all", text.ptr, text.len);
  static const size_t limits[] = {SIZE_MAX, 300001, 300000, 299999, 0};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    lode_stream *stream;
    lode_err err;
    got.len = 0;
    if (!CHECK_OK(lode_stream_open(&stream, path, &err), &err)) break;
    int code = lode_stream_read_all(stream, &got, limits[i], &err);
    CHECK_INT(code, limits[i] < 300000 ? LODE_E_LIMIT : 0);
    CHECK_INT(got.len, limits[i] < 300000 ? limits[i] : 300000);
    CHECK(got.len == 0 || memcmp(got.ptr, text.ptr, got.len) == 0);
    CHECK(!lode_stream_is_compressed(stream));
    if (code == 0) CHECK_INT(lode_stream_consumed(stream), 300000);
    lode_stream_close(stream);
  }
  lode_buf_free(&text);
  lode_buf_free(&got);
}

static void test_peek(void) {
  lode_buf text = {0}, file = {0}, got = {0};
  fill_text(&text, 10000);
  add_gzip(&file, text.ptr, text.len);
  const char *paths[2];
  paths[0] = scratch_write("peek", text.ptr, text.len);
  paths[1] = scratch_write("peek.gz", file.ptr, file.len);
  for (int i = 0; i < 2; i++) {
    lode_stream *stream;
    lode_err err;
    lode_str first;
    size_t n;
    char bytes[100];
    if (!CHECK_OK(lode_stream_open(&stream, paths[i], &err), &err)) continue;
    CHECK_OK(lode_stream_peek(stream, &first, &err), &err);
    CHECK_BYTES(first.ptr, first.len, text.ptr, 4096);
    CHECK_OK(lode_stream_read(stream, bytes, 100, &n, &err), &err);
    CHECK_BYTES(bytes, n, text.ptr, 100);
    CHECK_OK(lode_stream_peek(stream, &first, &err), &err);
    CHECK_BYTES(first.ptr, first.len, text.ptr + 100, 4096);
    got.len = 0;
    CHECK_OK(lode_stream_read_all(stream, &got, SIZE_MAX, &err), &err);
    CHECK_BYTES(got.ptr, got.len, text.ptr + 100, text.len - 100);
    CHECK_OK(lode_stream_peek(stream, &first, &err), &err);
    CHECK_INT(first.len, 0);
    lode_stream_close(stream);
  }
  lode_buf_free(&text);
  lode_buf_free(&file);
  lode_buf_free(&got);
}

static void test_cannot_open(void) {
  lode_stream *stream;
  lode_err err;
  lode_err_clear(&err);
  CHECK_INT(lode_stream_open(&stream, "/nonexistent/file", &err), LODE_E_IO);
  CHECK(stream == NULL && strcmp(err.path, "/nonexistent/file") == 0);
  CHECK_STR(err.message, strlen(err.message), "cannot open: No such file or directory");
  CHECK_INT(lode_stream_open(&stream, scratch_dir(), &err), LODE_E_IO);
  CHECK_STR(err.message, strlen(err.message), "cannot open: it is a directory");
  CHECK_INT(lode_stream_open(&stream, "/nonexistent/file", NULL), LODE_E_IO);
  lode_stream_close(NULL);
}

/* Standard input through a non-blocking pipe, one byte at a time, so that sniffing and members meet short reads. */
static void test_standard_input(void) {
  lode_buf text = {0}, file = {0}, got = {0};
  fill_text(&text, 2000);
  add_gzip(&file, text.ptr, 1000);
  add_gzip(&file, text.ptr + 1000, 1000);
  int ends[2];
  CHECK_INT(pipe(ends), 0);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    for (size_t i = 0; i < file.len; i++)
      if (write(ends[1], file.ptr + i, 1) != 1) _exit(1);
    _exit(0);
  }
  close(ends[1]);
  int old = dup(STDIN_FILENO);
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  lode_err err;
  CHECK_OK(read_pieces("-", 0, &got, &err), &err);
  CHECK_BYTES(got.ptr, got.len, text.ptr, text.len);
  CHECK(fcntl(STDIN_FILENO, F_GETFD) >= 0);
  dup2(old, STDIN_FILENO);
  close(old);
  int status = 1;
  CHECK_INT(waitpid(child, &status, 0), child);
  CHECK_INT(status, 0);
  lode_buf_free(&text);
  lode_buf_free(&file);
  lode_buf_free(&got);
}

int main(void) {
  RUN(test_formats);
  RUN(test_members);
  RUN(test_not_compressed);
  RUN(test_cut);
  RUN(test_damage);
  RUN(test_large_window);
  RUN(test_bomb);
  RUN(test_read_all);
  RUN(test_peek);
  RUN(test_cannot_open);
  RUN(test_standard_input);
  scratch_end();
  return CHECK_END();
}
