#define _GNU_SOURCE /* fdatasync */
#include "journal.h"

#include "file.h"
#include "hash.h"
#include "slot.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 32, ENTRY = 16 };
static const uint64_t SYNC_NS = 1000000000u;

static int set_path(lode_journal *self, const char *output, lode_err *err) {
  size_t size = strlen(output) + sizeof ".journal";
  *self = (lode_journal){.fd = -1, .path = malloc(size)};
  if (self->path == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  snprintf(self->path, size, "%s.journal", output);
  return 0;
}

static int failed(const lode_journal *self, const char *what, lode_err *err) {
  return lode_fail(err, LODE_E_IO, "%s: %s: %s", self->path, what, strerror(errno));
}

static int make_header(const lode_fingerprint *print, lode_buf *head, lode_err *err) {
  int code = lode_buf_add(head, "LODEJRN2", 8, err);
  if (code == 0) code = lode_buf_u64(head, print->script, err);
  if (code == 0) code = lode_buf_u64(head, print->options, err);
  return code != 0 ? code : lode_buf_u64(head, print->input, err);
}

static int create(lode_journal *self, const lode_fingerprint *print, lode_err *err) {
  lode_buf head = {0};
  self->fd = open(self->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (self->fd < 0) return failed(self, "the journal cannot be written", err);
  int code = make_header(print, &head, err);
  if (code == 0) code = lode_fd_write(self->fd, head.ptr, head.len, err);
  lode_buf_free(&head);
  return code;
}

/* 1 when all of it was read, 0 where the file ends before. */
static int read_exactly(lode_journal *self, char *to, size_t len, lode_err *err) {
  while (len > 0) {
    ssize_t got = read(self->fd, to, len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(self, "reading failed", err);
    if (got == 0) return 0;
    to += got;
    len -= (size_t)got;
  }
  return 1;
}

/* 1 with a whole entry in `entry`, 0 where what is left is no whole entry. */
static int read_entry(lode_journal *self, uint64_t left, lode_buf *entry, lode_err *err) {
  char head[ENTRY];
  entry->len = 0;
  if (left < ENTRY) return 0;
  int code = read_exactly(self, head, ENTRY, err);
  if (code != 1) return code;
  lode_reader in = lode_reader_of(head, ENTRY);
  uint64_t len = lode_read_u64(&in), sum = lode_read_u64(&in);
  if (len > left - ENTRY) return 0;
  code = lode_buf_reserve(entry, (size_t)len, err);
  if (code == 0) code = read_exactly(self, entry->ptr, (size_t)len, err);
  if (code != 1) return code;
  entry->len = (size_t)len;
  return lode_hash64(entry->ptr, entry->len, self->count) == sum;
}

static int replay_all(lode_journal *self, uint64_t size, lode_replay replay, void *ud, lode_err *err) {
  lode_buf entry = {0};
  uint64_t at = HEADER;
  int code;
  while ((code = read_entry(self, size - at, &entry, err)) == 1) {
    code = replay(ud, entry.ptr, entry.len, err);
    if (code != 0) break;
    at += ENTRY + entry.len;
    self->count++;
  }
  lode_buf_free(&entry);
  if (code != 0) return code;
  if (ftruncate(self->fd, (off_t)at) != 0 || lseek(self->fd, (off_t)at, SEEK_SET) < 0)
    return failed(self, "cutting off a torn entry failed", err);
  return 0;
}

/* What differs between the journal's fingerprint and this run's; NULL for nothing. */
static const char *difference(const char *head, const lode_fingerprint *print) {
  if (memcmp(head, "LODEJRN2", 8) != 0) return "it is not a journal of this version of lode";
  lode_reader in = lode_reader_of(head + 8, HEADER - 8);
  uint64_t script = lode_read_u64(&in), options = lode_read_u64(&in), input = lode_read_u64(&in);
  if (script != print->script) return "the script has changed";
  if (options != print->options) return "the options have changed";
  return input != print->input ? "the input has changed" : NULL;
}

/* Open the journal and read its header: 1, or 0 where there is none or it ends before its first batch. */
static int open_header(lode_journal *self, char head[HEADER], uint64_t *size, lode_err *err) {
  struct stat st;
  self->fd = open(self->path, O_RDWR | O_CLOEXEC);
  if (self->fd < 0 && errno == ENOENT) return 0;
  if (self->fd < 0 || fstat(self->fd, &st) != 0) return failed(self, "the journal cannot be opened", err);
  *size = (uint64_t)st.st_size;
  if (*size >= HEADER) return read_exactly(self, head, HEADER, err);
  close(self->fd);
  self->fd = -1;
  return 0;
}

int lode_journal_create(lode_journal *self, const char *output, const lode_fingerprint *print, bool restart, lode_err *err) {
  char head[HEADER];
  uint64_t size = 0;
  int code = set_path(self, output, err);
  if (code == 0 && !restart) code = open_header(self, head, &size, err);
  if (code < 0) return code;
  bool same = code == 1 && size > HEADER && difference(head, print) == NULL;
  if (self->fd >= 0) close(self->fd);
  self->fd = -1;
  if (same)
    return lode_fail(err, LODE_E_USAGE, "%s: this very run was interrupted: --resume goes on with it, --restart begins anew", self->path);
  return create(self, print, err);
}

int lode_journal_resume(lode_journal *self, const char *output, const lode_fingerprint *print, lode_replay replay, void *ud,
                        lode_err *err) {
  char head[HEADER];
  uint64_t size = 0;
  int code = set_path(self, output, err);
  if (code == 0) code = open_header(self, head, &size, err);
  if (code < 0) return code;
  if (code == 0) return create(self, print, err);
  const char *why = difference(head, print);
  if (why != NULL)
    return lode_fail(err, LODE_E_CHANGED, "%s: --resume refused: %s since; run without --resume to begin anew", self->path, why);
  return replay_all(self, size, replay, ud, err);
}

int lode_journal_add(lode_journal *self, const char *bytes, size_t len, lode_err *err) {
  lode_buf head = {0};
  int code = lode_buf_u64(&head, len, err);
  if (code == 0) code = lode_buf_u64(&head, lode_hash64(bytes, len, self->count), err);
  if (code == 0) code = lode_fd_write(self->fd, head.ptr, head.len, err);
  if (code == 0) code = lode_fd_write(self->fd, bytes, len, err);
  lode_buf_free(&head);
  if (code != 0) {
    if (code == LODE_E_IO) lode_err_at(err, self->path, 0, LODE_NO_BYTE);
    return code;
  }
  self->count++;
  uint64_t now = lode_clock_ns();
  if (now - self->synced_ns < SYNC_NS) return 0;
  self->synced_ns = now;
  return fdatasync(self->fd) == 0 ? 0 : failed(self, "the disk refused", err);
}

void lode_journal_close(lode_journal *self, bool remove_file) {
  if (self->fd >= 0) close(self->fd);
  if (self->path != NULL && remove_file) unlink(self->path);
  free(self->path);
  *self = (lode_journal){.fd = -1};
}
