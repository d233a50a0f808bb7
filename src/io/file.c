#include "file.h"

#include "mem.h"
#include "stream.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PENDING_SIZE = 256 * 1024 };

/* The system's words for errno, with the path that it is about. */
static int fail_errno(lode_err *err, const char *path, const char *what) {
  lode_fail(err, LODE_E_IO, "%s: %s", what, strerror(errno));
  lode_err_at(err, path, 0, LODE_NO_BYTE);
  return LODE_E_IO;
}

/* ---- reading ------------------------------------------------------------------------------------------- */

int lode_file_read(const char *path, size_t max, lode_buf *out, lode_err *err) {
  lode_stream *stream;
  size_t before = out->len;
  int code = lode_stream_open(&stream, path, err);
  if (code != 0) return code;
  code = lode_stream_read_all(stream, out, max, err);
  if (code != 0) {
    out->len = before;
    lode_err_at(err, path, 0, LODE_NO_BYTE);
  }
  lode_stream_close(stream);
  return code;
}

int lode_file_map_fd(int fd, uint64_t offset, size_t len, lode_mapping *out, lode_err *err) {
  *out = (lode_mapping){.bytes = {"", 0}};
  struct stat info;
  if (fstat(fd, &info) != 0) return fail_errno(err, NULL, "cannot look at the file");
  if (!S_ISREG(info.st_mode)) return lode_fail(err, LODE_E_IO, "cannot map what is no regular file");
  uint64_t size = (uint64_t)info.st_size;
  if (offset >= size || len == 0) return 0;
  if (len > size - offset) len = (size_t)(size - offset);
  size_t before = (size_t)(offset % (uint64_t)sysconf(_SC_PAGESIZE));
  size_t base_len = lode_size_add(len, before);
  void *base = mmap(NULL, base_len, PROT_READ, MAP_PRIVATE, fd, (off_t)(offset - before));
  if (base == MAP_FAILED) {
    if (errno == ENOMEM) return lode_fail(err, LODE_E_NOMEM, "out of memory: a mapping of %zu bytes", base_len);
    return fail_errno(err, NULL, "cannot map the file");
  }
  *out = (lode_mapping){{(const char *)base + before, len}, base, base_len};
  return 0;
}

int lode_file_map(const char *path, uint64_t offset, size_t len, lode_mapping *out, lode_err *err) {
  *out = (lode_mapping){.bytes = {"", 0}};
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail_errno(err, path, "cannot open");
  int code = lode_file_map_fd(fd, offset, len, out, err);
  if (code != 0) lode_err_at(err, path, 0, LODE_NO_BYTE);
  close(fd);
  return code;
}

void lode_file_unmap(lode_mapping *self) {
  if (self->base != NULL) munmap(self->base, self->base_len);
  *self = (lode_mapping){.bytes = {"", 0}};
}

/* ---- writing ------------------------------------------------------------------------------------------- */

int lode_fd_write(int fd, const void *bytes, size_t len, lode_err *err) {
  const char *pos = bytes;
  while (len > 0) {
    ssize_t n = write(fd, pos, len < SSIZE_MAX ? len : SSIZE_MAX);
    if (n >= 0) {
      pos += n;
      len -= (size_t)n;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
    } else if (errno == EPIPE) {
      return lode_fail(err, LODE_E_CLOSED, "whoever read the output has gone away");
    } else if (errno != EINTR) {
      return fail_errno(err, NULL, "cannot write");
    }
  }
  return 0;
}

static const char *shown_path(const lode_outfile *self) {
  return self->path == NULL ? "standard output" : self->path;
}

/* PATH as it will be replaced: a link stays a link, and the file that it points to is the one replaced. */
static int resolve(lode_outfile *self, const char *path, lode_err *err) {
  self->path = realpath(path, NULL);
  if (self->path == NULL && errno != ENOMEM) {
    size_t size = strlen(path) + 1;
    self->path = malloc(size);
    if (self->path != NULL) memcpy(self->path, path, size);
  }
  if (self->path == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a path");
  size_t len = strlen(self->path);
  self->part = malloc(lode_size_add(len, sizeof ".part"));
  if (self->part == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a path");
  memcpy(self->part, self->path, len);
  memcpy(self->part + len, ".part", sizeof ".part");
  return 0;
}

/* One writer at a time: the lock is the process's, ends with it, and stands before anything is cut off. A part that
 * lost its name while we waited for it belongs to a run that has just committed it. File systems without locks
 * are taken as they are. */
static int lock_part(lode_outfile *self, lode_err *err) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  struct stat mine, named;
  bool locked = fcntl(self->fd, F_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
  bool same = locked && fstat(self->fd, &mine) == 0 && stat(self->part, &named) == 0 && mine.st_ino == named.st_ino &&
              mine.st_dev == named.st_dev;
  if (!same) {
    lode_fail(err, LODE_E_IO, "another run is writing it");
    lode_err_at(err, self->part, 0, LODE_NO_BYTE);
    return LODE_E_IO;
  }
  return ftruncate(self->fd, 0) == 0 ? 0 : fail_errno(err, self->part, "cannot write");
}

static void forget(lode_outfile *self) {
  lode_buf_free(&self->pending);
  free(self->path);
  free(self->part);
  self->path = self->part = NULL;
  self->fd = -1;
}

/* A device or a pipe (/dev/null) is written in place: a rename would replace it by a file. */
static int open_in_place(lode_outfile *self, lode_err *err) {
  free(self->part);
  self->part = NULL;
  self->fd = open(self->path, O_WRONLY | O_CLOEXEC);
  return self->fd < 0 ? fail_errno(err, self->path, "cannot open") : 0;
}

static int open_part(lode_outfile *self, const struct stat *old, lode_err *err) {
  self->fd = open(self->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (self->fd < 0) return fail_errno(err, self->part, "cannot create");
  int code = lock_part(self, err);
  if (code != 0) { /* it is not ours to remove */
    close(self->fd);
    self->fd = -1;
    return code;
  }
  if (old != NULL && fchmod(self->fd, old->st_mode & 0777) != 0) errno = 0; /* a nicety: the owner may differ */
  return 0;
}

int lode_outfile_open(lode_outfile *self, const char *path, lode_err *err) {
  *self = (lode_outfile){.fd = path == NULL ? STDOUT_FILENO : -1};
  if (path == NULL) return 0;
  int code = resolve(self, path, err);
  struct stat old;
  if (code == 0) {
    bool exists = stat(self->path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
      code = lode_fail(err, LODE_E_IO, "cannot write: it is a directory");
      lode_err_at(err, path, 0, LODE_NO_BYTE);
    } else {
      code = exists && !S_ISREG(old.st_mode) ? open_in_place(self, err) : open_part(self, exists ? &old : NULL, err);
    }
  }
  if (code != 0) forget(self);
  return code;
}

static int write_out(lode_outfile *self, const void *bytes, size_t len, lode_err *err) {
  int code = lode_fd_write(self->fd, bytes, len, err);
  if (code != 0) lode_err_at(err, shown_path(self), 0, LODE_NO_BYTE);
  return code;
}

int lode_outfile_flush(lode_outfile *self, lode_err *err) {
  int code = write_out(self, self->pending.ptr, self->pending.len, err);
  if (code == 0) self->pending.len = 0;
  return code;
}

int lode_outfile_write(lode_outfile *self, const void *bytes, size_t len, lode_err *err) {
  assert(self->fd >= 0);
  int code = 0;
  if (lode_size_add(self->pending.len, len) > PENDING_SIZE) code = lode_outfile_flush(self, err);
  if (code == 0 && len >= PENDING_SIZE) code = write_out(self, bytes, len, err);
  else if (code == 0 && self->pending.cap == 0) code = lode_buf_reserve(&self->pending, PENDING_SIZE, err);
  if (code == 0 && len < PENDING_SIZE) code = lode_buf_add(&self->pending, bytes, len, err);
  if (code == 0) self->written += len;
  return code;
}

/* The rename is durable when the folder is. A folder that may not be opened, or a file system that has no such
 * call, is no reason to call the output bad. */
static int sync_folder(const lode_outfile *self, lode_err *err) {
  char *slash = strrchr(self->part, '/');
  const char *folder = slash == NULL ? "." : slash == self->part ? "/" : self->part;
  if (slash != NULL && slash != self->part) *slash = '\0';
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;
  if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL && errno != EROFS) code = fail_errno(err, self->path, "cannot save");
  if (fd >= 0) close(fd);
  return code;
}

static int close_fd(lode_outfile *self, lode_err *err) {
  int fd = self->fd;
  self->fd = -1;
  return close(fd) == 0 || errno == EINTR ? 0 : fail_errno(err, shown_path(self), "cannot write");
}

int lode_outfile_commit(lode_outfile *self, lode_err *err) {
  int code = lode_outfile_flush(self, err);
  if (code != 0) return code;
  if (self->path == NULL) {
    forget(self);
    return 0;
  }
  if (fsync(self->fd) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
    return fail_errno(err, self->path, "cannot write");
  if (self->part == NULL) {
    code = close_fd(self, err);
    forget(self);
    return code;
  }
  /* Renamed before it is closed: closing lets the lock go, and another run could cut the part off. */
  if (rename(self->part, self->path) != 0) return fail_errno(err, self->path, "cannot rename to it");
  code = close_fd(self, err);
  int folder_code = sync_folder(self, code == 0 ? err : NULL);
  forget(self);
  return code != 0 ? code : folder_code;
}

void lode_outfile_drop(lode_outfile *self) {
  if (self->part != NULL) unlink(self->part);
  if (self->path != NULL && self->fd >= 0) close(self->fd);
  forget(self);
}

int lode_temp_open(int *fd, lode_err *err) {
  static const char name[] = "/lode-XXXXXX";
  const char *folder = getenv("TMPDIR");
  if (folder == NULL || *folder == '\0') folder = "/tmp";
  size_t len = strlen(folder);
  char *path = malloc(lode_size_add(len, sizeof name));
  *fd = -1;
  if (path == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a path");
  memcpy(path, folder, len);
  memcpy(path + len, name, sizeof name);
  *fd = mkstemp(path);
  int code = *fd < 0 ? fail_errno(err, folder, "cannot make a temporary file") : 0;
  if (code == 0) {
    unlink(path);
    fcntl(*fd, F_SETFD, FD_CLOEXEC);
  }
  free(path);
  return code;
}
