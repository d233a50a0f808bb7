#include "check.h"
#include "file.h"
#include "scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static bool exists(const char *path) {
  struct stat info;
  return lstat(path, &info) == 0;
}

static void check_content(const char *path, const char *want) {
  lode_buf got = {0};
  lode_err err;
  if (CHECK_OK(lode_file_read(path, 1 << 20, &got, &err), &err)) CHECK_STR(got.ptr, got.len, want);
  lode_buf_free(&got);
}

static void test_read(void) {
  lode_buf got = {0};
  lode_err err;
  lode_err_clear(&err);
  const char *path = scratch_write("ten", "0123456789", 10);
  lode_buf_add(&got, "+", 1, NULL);
  CHECK_OK(lode_file_read(path, 10, &got, &err), &err);
  CHECK_STR(got.ptr, got.len, "+0123456789");
  CHECK_INT(lode_file_read(path, 9, &got, &err), LODE_E_LIMIT);
  CHECK_STR(err.path, strlen(err.path), path);
  CHECK_STR(got.ptr, got.len, "+0123456789");
  CHECK_INT(lode_file_read("/nonexistent", 9, &got, &err), LODE_E_IO);
  CHECK_STR(err.path, strlen(err.path), "/nonexistent");
  lode_buf_free(&got);
}

static void test_map(void) {
  enum { LEN = 20000 };
  char bytes[LEN];
  for (size_t i = 0; i < LEN; i++) bytes[i] = (char)check_random();
  const char *path = scratch_write("map", bytes, LEN);
  lode_mapping map;
  lode_err err;
  for (int round = 0; round < 300; round++) {
    size_t from = check_below(LEN + 3000), len = check_below(LEN);
    size_t want = from >= LEN ? 0 : len < LEN - from ? len : LEN - from;
    if (!CHECK_OK(lode_file_map(path, from, len, &map, &err), &err)) break;
    CHECK(map.bytes.len == want && (want == 0 || memcmp(map.bytes.ptr, bytes + from, want) == 0));
    lode_file_unmap(&map);
    lode_file_unmap(&map);
  }
  CHECK_OK(lode_file_map(path, 17, SIZE_MAX, &map, &err), &err);
  CHECK_INT(map.bytes.len, LEN - 17);
  lode_file_unmap(&map);
  CHECK_OK(lode_file_map(path, UINT64_MAX, SIZE_MAX, &map, &err), &err);
  CHECK_INT(map.bytes.len, 0);
  CHECK_OK(lode_file_map(scratch_write("empty", "", 0), 0, SIZE_MAX, &map, &err), &err);
  CHECK(map.bytes.len == 0 && map.bytes.ptr != NULL);
  CHECK_INT(lode_file_map("/nonexistent", 0, 1, &map, &err), LODE_E_IO);
  CHECK_STR(err.path, strlen(err.path), "/nonexistent");
  CHECK_INT(lode_file_map("/dev/null", 0, 1, &map, &err), LODE_E_IO);
  lode_file_unmap(&map);
}

static void test_commit(void) {
  const char *path = scratch_path("out"), *part = scratch_path("out.part");
  lode_outfile out;
  lode_err err;
  if (!CHECK_OK(lode_outfile_open(&out, path, &err), &err)) return;
  CHECK(!exists(path) && exists(part));
  CHECK_OK(lode_outfile_write(&out, "one ", 4, &err), &err);
  CHECK_OK(lode_outfile_write(&out, "two", 3, &err), &err);
  CHECK_INT(out.written, 7);
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  CHECK(!exists(part));
  check_content(path, "one two");
  lode_outfile_drop(&out);
  lode_outfile_drop(&out);
  check_content(path, "one two");

  chmod(path, 0640);
  CHECK_OK(lode_outfile_open(&out, path, &err), &err);
  CHECK_OK(lode_outfile_write(&out, "new", 3, &err), &err);
  CHECK_OK(lode_outfile_flush(&out, &err), &err);
  check_content(path, "one two");
  check_content(part, "new");
  lode_outfile_drop(&out);
  CHECK(!exists(part));
  check_content(path, "one two");

  scratch_write("out.part", "left behind by a run that was killed", 36);
  CHECK_OK(lode_outfile_open(&out, path, &err), &err);
  CHECK_OK(lode_outfile_write(&out, "new", 3, &err), &err);
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  check_content(path, "new");
  struct stat info;
  CHECK(stat(path, &info) == 0 && (info.st_mode & 0777) == 0640);
}

static void test_sizes(void) {
  const char *path = scratch_path("sizes");
  lode_buf want = {0}, got = {0};
  lode_outfile out;
  lode_err err;
  if (!CHECK_OK(lode_outfile_open(&out, path, &err), &err)) return;
  char *bytes = malloc(600000);
  for (int i = 0; i < 60; i++) {
    size_t len = check_below(i % 3 == 0 ? 600000 : 3000);
    memset(bytes, 'a' + i % 26, len);
    CHECK_OK(lode_outfile_write(&out, bytes, len, &err), &err);
    lode_buf_add(&want, bytes, len, NULL);
    CHECK_INT(out.written, want.len);
  }
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  CHECK_OK(lode_file_read(path, SIZE_MAX, &got, &err), &err);
  CHECK(got.len == want.len && memcmp(got.ptr, want.ptr, got.len) == 0);
  free(bytes);
  lode_buf_free(&want);
  lode_buf_free(&got);
}

static void test_links_and_devices(void) {
  const char *target = scratch_write("target", "old", 3), *link = scratch_path("link");
  lode_outfile out;
  lode_err err;
  CHECK_INT(symlink("target", link), 0);
  CHECK_OK(lode_outfile_open(&out, link, &err), &err);
  CHECK_OK(lode_outfile_write(&out, "new", 3, &err), &err);
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  struct stat info;
  CHECK(lstat(link, &info) == 0 && S_ISLNK(info.st_mode));
  check_content(target, "new");
  CHECK_OK(lode_outfile_open(&out, "/dev/null", &err), &err);
  CHECK_OK(lode_outfile_write(&out, "gone", 4, &err), &err);
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  CHECK(stat("/dev/null", &info) == 0 && S_ISCHR(info.st_mode) && !exists("/dev/null.part"));
  CHECK_INT(lode_outfile_open(&out, scratch_dir(), &err), LODE_E_IO);
  lode_outfile_drop(&out);
  CHECK_INT(lode_outfile_open(&out, "/nonexistent/out", &err), LODE_E_IO);
  CHECK(strstr(err.message, "No such file or directory") != NULL);
}

/* A second run to the same file is refused and leaves the first one's part alone. */
static void test_two_writers(void) {
  const char *path = scratch_path("shared");
  lode_outfile out;
  lode_err err;
  CHECK_OK(lode_outfile_open(&out, path, &err), &err);
  CHECK_OK(lode_outfile_write(&out, "first", 5, &err), &err);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    lode_outfile second;
    _exit(lode_outfile_open(&second, path, NULL) == LODE_E_IO ? 0 : 1);
  }
  int status = 1;
  CHECK_INT(waitpid(child, &status, 0), child);
  CHECK_INT(status, 0);
  CHECK_OK(lode_outfile_commit(&out, &err), &err);
  check_content(path, "first");
}

/* The limit on file sizes stands in for a full disk; /dev/full is one. */
static void test_full_disk(void) {
  const char *path = scratch_path("full");
  struct rlimit old, small;
  getrlimit(RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 1000;
  signal(SIGXFSZ, SIG_IGN);
  lode_outfile out;
  lode_err err;
  lode_err_clear(&err);
  CHECK_OK(lode_outfile_open(&out, path, &err), &err);
  char bytes[2000] = {0};
  CHECK_OK(lode_outfile_write(&out, bytes, sizeof bytes, &err), &err);
  setrlimit(RLIMIT_FSIZE, &small);
  CHECK_INT(lode_outfile_commit(&out, &err), LODE_E_IO);
  setrlimit(RLIMIT_FSIZE, &old);
  CHECK_STR(err.message, strlen(err.message), "cannot write: File too large");
  CHECK_STR(err.path, strlen(err.path), path);
  lode_outfile_drop(&out);
  CHECK(!exists(path) && !exists(scratch_path("full.part")));

  int fd = open("/dev/full", O_WRONLY);
  if (fd < 0) return;
  lode_err_clear(&err);
  CHECK_INT(lode_fd_write(fd, "x", 1, &err), LODE_E_IO);
  CHECK_STR(err.message, strlen(err.message), "cannot write: No space left on device");
  close(fd);
}

static void test_closed_pipe(void) {
  signal(SIGPIPE, SIG_IGN);
  int ends[2];
  CHECK_INT(pipe(ends), 0);
  close(ends[0]);
  CHECK_INT(lode_fd_write(ends[1], "x", 1, NULL), LODE_E_CLOSED);
  CHECK_OK(lode_fd_write(ends[1], "", 0, NULL), NULL);
  close(ends[1]);
}

/* A pipe that is full and does not block: all bytes arrive all the same. */
static void test_slow_pipe(void) {
  enum { LEN = 1000000 };
  int ends[2];
  CHECK_INT(pipe(ends), 0);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    close(ends[1]);
    char bytes[5000];
    size_t total = 0;
    for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0;) total += (size_t)n;
    _exit(total == LEN ? 0 : 1);
  }
  close(ends[0]);
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  char *bytes = calloc(1, LEN);
  lode_err err;
  CHECK_OK(lode_fd_write(ends[1], bytes, LEN, &err), &err);
  close(ends[1]);
  free(bytes);
  int status = 1;
  CHECK_INT(waitpid(child, &status, 0), child);
  CHECK_INT(status, 0);
}

static void test_standard_output(void) {
  const char *path = scratch_write("stdout", "", 0);
  fflush(stdout);
  int old = dup(STDOUT_FILENO), fd = open(path, O_WRONLY);
  dup2(fd, STDOUT_FILENO);
  close(fd);
  lode_outfile out;
  lode_err err;
  int code = lode_outfile_open(&out, NULL, &err);
  if (code == 0) code = lode_outfile_write(&out, "to standard output", 18, &err);
  if (code == 0) code = lode_outfile_commit(&out, &err);
  lode_outfile_drop(&out);
  dup2(old, STDOUT_FILENO);
  close(old);
  CHECK_OK(code, &err);
  check_content(path, "to standard output");
  lode_outfile never = {0};
  lode_outfile_drop(&never);
  CHECK(fcntl(STDIN_FILENO, F_GETFD) >= 0 && fcntl(STDOUT_FILENO, F_GETFD) >= 0);
}

static void test_temp(void) {
  int fd;
  lode_err err;
  lode_err_clear(&err);
  setenv("TMPDIR", scratch_dir(), 1);
  if (CHECK_OK(lode_temp_open(&fd, &err), &err)) {
    struct stat info;
    CHECK(fstat(fd, &info) == 0 && info.st_nlink == 0 && info.st_size == 0);
    CHECK_INT(write(fd, "ab", 2), 2);
    char bytes[2];
    CHECK_INT(pread(fd, bytes, 2, 0), 2);
    CHECK((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    close(fd);
  }
  setenv("TMPDIR", "/nonexistent", 1);
  CHECK_INT(lode_temp_open(&fd, &err), LODE_E_IO);
  CHECK_INT(fd, -1);
  CHECK_STR(err.path, strlen(err.path), "/nonexistent");
  unsetenv("TMPDIR");
}

int main(void) {
  scratch_dir();
  RUN(test_read);
  RUN(test_map);
  RUN(test_commit);
  RUN(test_sizes);
  RUN(test_links_and_devices);
  RUN(test_two_writers);
  RUN(test_full_disk);
  RUN(test_closed_pipe);
  RUN(test_slow_pipe);
  RUN(test_standard_output);
  RUN(test_temp);
  scratch_end();
  return CHECK_END();
}
