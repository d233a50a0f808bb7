#include "stream.h"

#include "mem.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { IN_SIZE = 256 * 1024, PEEK_SIZE = 4096, MOST_WINDOW_LOG = 27 };

typedef enum format { PLAIN, GZIP, ZSTD } format;

/* A step makes some output, or reaches the end (`done`), or fails; the failure is kept, so that what was decoded
 * before it is given first and the same answer comes on every later call. */
struct lode_stream {
  int fd;
  bool done;    /* nothing more will come from step */
  bool in_end;  /* the file has ended: in holds its last bytes */
  bool between; /* before a gzip member or zstd frame: the only places where the file may end */
  bool first;   /* no member or frame has ended yet */
  format format;
  char *path;
  unsigned char *in; /* IN_SIZE bytes, [in_pos, in_len) not yet used */
  size_t in_pos, in_len;
  uint64_t taken; /* bytes read from the file, those in `in` included */
  uint64_t size;  /* of a regular file, else 0 */
  z_stream gz;
  ZSTD_DCtx *zstd;
  size_t zstd_wants; /* bytes, as the decoder said last; 0 between frames */
  bool zstd_full;    /* its last output filled the room: there may be more of it */
  char *peek; /* PEEK_SIZE bytes once asked for, [peek_pos, peek_len) not yet read */
  size_t peek_pos, peek_len;
  lode_err failure;
};

/* ---- the bytes of the file --------------------------------------------------------------------------- */

/* A descriptor that somebody else made non-blocking (a shared terminal or pipe) is waited for. */
static int read_some(lode_stream *self, void *to, size_t room, size_t *got) {
  for (;;) {
    ssize_t n = read(self->fd, to, room < SSIZE_MAX ? room : SSIZE_MAX);
    if (n >= 0) {
      *got = (size_t)n;
      self->taken += (size_t)n;
      if (n == 0) self->in_end = true;
      return 0;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) poll(&(struct pollfd){.fd = self->fd, .events = POLLIN}, 1, -1);
    else if (errno != EINTR) break;
  }
  lode_fail(&self->failure, LODE_E_IO, "cannot read: %s", strerror(errno));
  return lode_err_at(&self->failure, self->path, 0, self->taken);
}

/* Have at least `want` unused bytes in the buffer, fewer only at the end. */
static int need(lode_stream *self, size_t want) {
  if (self->in_len - self->in_pos >= want) return 0;
  memmove(self->in, self->in + self->in_pos, self->in_len - self->in_pos);
  self->in_len -= self->in_pos;
  self->in_pos = 0;
  while (self->in_len < want && !self->in_end) {
    size_t got = 0;
    int code = read_some(self, self->in + self->in_len, IN_SIZE - self->in_len, &got);
    if (code != 0) return code;
    self->in_len += got;
  }
  return 0;
}

uint64_t lode_stream_consumed(const lode_stream *self) {
  return self->taken - (self->in_len - self->in_pos);
}

static int fail_here(lode_stream *self, int code, const char *what, const char *why) {
  lode_fail(&self->failure, code, "%s%s%s", what, why == NULL ? "" : ": ", why == NULL ? "" : why);
  return lode_err_at(&self->failure, self->path, 0, lode_stream_consumed(self));
}

/* ---- one step of each format --------------------------------------------------------------------------- */

static int step_plain(lode_stream *self, char *to, size_t room, size_t *got) {
  if (self->in_pos == self->in_len && room >= IN_SIZE && !self->in_end) {
    int code = read_some(self, to, room, got);
    self->done = self->in_end;
    return code;
  }
  int code = need(self, 1);
  if (code != 0) return code;
  size_t have = self->in_len - self->in_pos;
  *got = have < room ? have : room;
  memcpy(to, self->in + self->in_pos, *got);
  self->in_pos += *got;
  self->done = have == 0;
  return 0;
}

static bool is_gzip(const unsigned char *bytes, size_t len) {
  return len >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

static int begin_member(lode_stream *self) {
  int code = need(self, 2);
  if (code != 0) return code;
  if (self->in_pos == self->in_len) {
    self->done = true;
    return 0;
  }
  if (!is_gzip(self->in + self->in_pos, self->in_len - self->in_pos))
    return fail_here(self, LODE_E_INPUT, "bytes behind the end of the gzip data that belong to no member", NULL);
  inflateReset(&self->gz);
  self->between = false;
  return 0;
}

static int step_gzip(lode_stream *self, char *to, size_t room, size_t *got) {
  if (self->between) return begin_member(self);
  int code = need(self, 1);
  if (code != 0) return code;
  size_t have = self->in_len - self->in_pos;
  size_t space = room < UINT_MAX ? room : UINT_MAX;
  self->gz.next_in = self->in + self->in_pos;
  self->gz.avail_in = (uInt)have;
  self->gz.next_out = (Bytef *)to;
  self->gz.avail_out = (uInt)space;
  int status = inflate(&self->gz, Z_NO_FLUSH);
  self->in_pos += have - self->gz.avail_in;
  *got = space - self->gz.avail_out;
  if (status == Z_STREAM_END) {
    self->between = true;
    return 0;
  }
  if (status == Z_MEM_ERROR) return fail_here(self, LODE_E_NOMEM, "out of memory: the gzip decoder", NULL);
  if (status != Z_OK && status != Z_BUF_ERROR) return fail_here(self, LODE_E_INPUT, "damaged gzip data", self->gz.msg);
  if (have == 0 && *got == 0) return fail_here(self, LODE_E_INPUT, "the gzip data ends before it is complete", NULL);
  return 0;
}

/* How far the decoder may read in one call: to the end of one block, and nowhere while it may hold output.  Where a
 * call that has given bytes meets damage, it says nothing of them, and they would be lost.  What it wants next counts
 * the header of the block behind (3 bytes); at the start of a frame 5 bytes tell whether it is one. */
static size_t zstd_part_end(const lode_stream *self) {
  size_t left = self->in_len - self->in_pos, part = self->zstd_wants;
  if (self->zstd_full) return self->in_pos;
  if (part == 0) part = 5;
  else if (part > 3) part -= 3;
  return self->in_pos + (part < left ? part : left);
}

static int step_zstd(lode_stream *self, char *to, size_t room, size_t *got) {
  int code = need(self, 1);
  if (code != 0) return code;
  ZSTD_inBuffer in = {self->in, zstd_part_end(self), self->in_pos};
  ZSTD_outBuffer out = {to, room, 0};
  if (self->between && !self->zstd_full && in.pos == self->in_len) {
    self->done = true;
    return 0;
  }
  size_t status = ZSTD_decompressStream(self->zstd, &out, &in);
  bool moved = in.pos != self->in_pos || out.pos != 0, was_full = self->zstd_full;
  self->in_pos = in.pos;
  *got = out.pos;
  self->zstd_full = out.pos == room && status != 0;
  if (!ZSTD_isError(status)) {
    if (status == 0) self->first = false;
    self->zstd_wants = status;
    self->between = status == 0;
    if (!moved && !was_full && self->in_end)
      return fail_here(self, LODE_E_INPUT, "the zstd data ends before it is complete", NULL);
    return 0;
  }
  ZSTD_ErrorCode why = ZSTD_getErrorCode(status);
  if (why == ZSTD_error_memory_allocation)
    return fail_here(self, LODE_E_NOMEM, "out of memory: the zstd decoder", NULL);
  if (why == ZSTD_error_frameParameter_windowTooLarge)
    return fail_here(self, LODE_E_INPUT, "a zstd window above 128 MiB (made with --ultra or --long)", NULL);
  if (why == ZSTD_error_prefix_unknown && !self->first)
    return fail_here(self, LODE_E_INPUT, "bytes behind the end of the zstd data that belong to no frame", NULL);
  return fail_here(self, LODE_E_INPUT, "damaged zstd data", ZSTD_getErrorString(why));
}

/* Read past peek. *got is 0 only at the end or where the failure is returned. */
static int decode(lode_stream *self, char *to, size_t room, size_t *got) {
  *got = 0;
  while (*got == 0 && !self->done && self->failure.code == 0) {
    switch (self->format) {
      case PLAIN: step_plain(self, to, room, got); break;
      case GZIP: step_gzip(self, to, room, got); break;
      case ZSTD: step_zstd(self, to, room, got); break;
    }
  }
  return *got > 0 ? 0 : self->failure.code;
}

/* ---- opening ------------------------------------------------------------------------------------------- */

/* A zstd file may begin with a skippable frame (pzstd writes one). */
static format sniff(const unsigned char *bytes, size_t len) {
  static const unsigned char frame[4] = {0x28, 0xB5, 0x2F, 0xFD}, skippable[3] = {0x2A, 0x4D, 0x18};
  if (is_gzip(bytes, len)) return GZIP;
  if (len < 4) return PLAIN;
  if (memcmp(bytes, frame, 4) == 0) return ZSTD;
  return bytes[0] >> 4 == 5 && memcmp(bytes + 1, skippable, 3) == 0 ? ZSTD : PLAIN;
}

static int open_decoder(lode_stream *self) {
  int code = need(self, 4);
  if (code != 0) return code;
  self->format = sniff(self->in + self->in_pos, self->in_len - self->in_pos);
  if (self->format == GZIP && inflateInit2(&self->gz, 15 + 16) != Z_OK) {
    self->format = PLAIN;
    return fail_here(self, LODE_E_NOMEM, "out of memory: the gzip decoder", NULL);
  }
  if (self->format == ZSTD) {
    self->zstd = ZSTD_createDCtx();
    if (self->zstd == NULL) return fail_here(self, LODE_E_NOMEM, "out of memory: the zstd decoder", NULL);
    ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, MOST_WINDOW_LOG);
  }
  return 0;
}

static int open_file(lode_stream *self) {
  bool standard = strcmp(self->path, "-") == 0;
  self->fd = standard ? STDIN_FILENO : open(self->path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  const char *why = NULL;
  if (self->fd < 0 || fstat(self->fd, &info) != 0) why = strerror(errno);
  else if (S_ISDIR(info.st_mode)) why = "it is a directory";
  if (why != NULL) {
    lode_fail(&self->failure, LODE_E_IO, "cannot open: %s", why);
    return lode_err_at(&self->failure, self->path, 0, LODE_NO_BYTE);
  }
  if (S_ISREG(info.st_mode) && info.st_size > 0) self->size = (uint64_t)info.st_size;
  return open_decoder(self);
}

int lode_stream_open(lode_stream **out, const char *path, lode_err *err) {
  *out = NULL;
  size_t path_size = strlen(path) + 1;
  lode_stream *self = calloc(1, sizeof *self);
  if (self != NULL) {
    self->fd = -1;
    self->between = self->first = true;
    lode_err_clear(&self->failure);
    self->in = malloc(IN_SIZE);
    self->path = malloc(path_size);
  }
  if (self == NULL || self->in == NULL || self->path == NULL) {
    lode_stream_close(self);
    return lode_fail(err, LODE_E_NOMEM, "out of memory: a stream's buffers");
  }
  memcpy(self->path, path, path_size);
  int code = open_file(self);
  if (code != 0) {
    if (err != NULL) *err = self->failure;
    lode_stream_close(self);
    return code;
  }
  *out = self;
  return 0;
}

void lode_stream_close(lode_stream *self) {
  if (self == NULL) return;
  if (self->fd > STDIN_FILENO || (self->fd == STDIN_FILENO && strcmp(self->path, "-") != 0)) close(self->fd);
  if (self->format == GZIP) inflateEnd(&self->gz);
  ZSTD_freeDCtx(self->zstd);
  free(self->in);
  free(self->peek);
  free(self->path);
  free(self);
}

bool lode_stream_is_compressed(const lode_stream *self) {
  return self->format != PLAIN;
}

/* ---- reading ------------------------------------------------------------------------------------------- */

int lode_stream_read(lode_stream *self, char *to, size_t room, size_t *got, lode_err *err) {
  *got = 0;
  if (room == 0) return 0;
  size_t peeked = self->peek_len - self->peek_pos;
  if (peeked > 0) {
    *got = peeked < room ? peeked : room;
    memcpy(to, self->peek + self->peek_pos, *got);
    self->peek_pos += *got;
    return 0;
  }
  int code = decode(self, to, room, got);
  if (code != 0 && err != NULL) *err = self->failure;
  return code;
}

bool lode_stream_is_whole(const lode_stream *self) {
  return self->format == PLAIN || self->between;
}

/* Whether a member that begins with the first bytes of `in` decodes to what is wanted. */
static bool begins_so(lode_stream *self, lode_str begins) {
  unsigned char out[64];
  size_t want = begins.len < sizeof out ? begins.len : sizeof out;
  inflateReset(&self->gz);
  self->gz.next_in = self->in + self->in_pos;
  self->gz.avail_in = (uInt)(self->in_len - self->in_pos);
  self->gz.next_out = out;
  self->gz.avail_out = (uInt)want;
  int status = inflate(&self->gz, Z_NO_FLUSH);
  bool fine = status == Z_OK || status == Z_STREAM_END;
  fine = fine && self->gz.avail_out == 0 && memcmp(out, begins.ptr, want) == 0;
  inflateReset(&self->gz);
  return fine;
}

bool lode_stream_recover(lode_stream *self, lode_str begins) {
  enum { LOOK = 4096 }; /* compressed bytes in which a member shows how it begins */
  if (self->format != GZIP || self->failure.code != LODE_E_INPUT) return false;
  lode_err kept = self->failure;
  self->in_pos += self->in_pos < self->in_len;
  while (need(self, LOOK) == 0 && self->in_pos < self->in_len) {
    const unsigned char *from = self->in + self->in_pos, *end = self->in + self->in_len;
    const unsigned char *hit = memchr(from, 0x1F, (size_t)(end - from));
    if (hit == NULL) {
      self->in_pos = self->in_len;
      continue;
    }
    self->in_pos += (size_t)(hit - from);
    if (need(self, LOOK) != 0) break;
    const unsigned char *b = self->in + self->in_pos;
    bool looks = self->in_len - self->in_pos >= 10 && b[1] == 0x8B && b[2] == 8 && (b[3] & 0xE0) == 0;
    if (looks && begins_so(self, begins)) {
      lode_err_clear(&self->failure);
      self->between = false;
      return true;
    }
    self->in_pos++;
  }
  self->failure = kept;
  return false;
}

int lode_stream_peek(lode_stream *self, lode_str *out, lode_err *err) {
  if (self->peek == NULL) {
    self->peek = malloc(PEEK_SIZE);
    if (self->peek == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a stream's buffers");
  }
  memmove(self->peek, self->peek + self->peek_pos, self->peek_len - self->peek_pos);
  self->peek_len -= self->peek_pos;
  self->peek_pos = 0;
  int code = 0;
  for (size_t got = 1; got > 0 && code == 0 && self->peek_len < PEEK_SIZE;) {
    code = decode(self, self->peek + self->peek_len, PEEK_SIZE - self->peek_len, &got);
    self->peek_len += got;
  }
  *out = (lode_str){self->peek, self->peek_len};
  if (self->peek_len > 0) return 0;
  if (code != 0 && err != NULL) *err = self->failure;
  return code;
}

int lode_stream_read_all(lode_stream *self, lode_buf *out, size_t max, lode_err *err) {
  size_t chunk = IN_SIZE;
  /* One byte more than the file has, so that its end is seen without growing. */
  if (self->format == PLAIN && self->size > lode_stream_consumed(self) && self->size < SIZE_MAX)
    chunk = (size_t)(self->size - lode_stream_consumed(self)) + 1;
  for (size_t taken = 0;;) {
    char over;
    size_t left = max - taken, got = 0;
    int code = left == 0 ? 0 : lode_buf_reserve(out, left < chunk ? left : chunk, err);
    if (code != 0) return code;
    size_t room = out->cap - out->len;
    code = left == 0 ? lode_stream_read(self, &over, 1, &got, err)
                     : lode_stream_read(self, out->ptr + out->len, room < left ? room : left, &got, err);
    if (code != 0 || got == 0) return code;
    if (left == 0) {
      lode_fail(err, LODE_E_LIMIT, "more than %zu bytes", max);
      return err == NULL ? LODE_E_LIMIT : lode_err_at(err, self->path, 0, LODE_NO_BYTE);
    }
    out->len += got;
    taken += got;
    chunk = IN_SIZE;
  }
}
