/* file.h - whole files: read, map into memory, and write so that a half-written one is never seen.
 */
#ifndef LODE_FILE_H
#define LODE_FILE_H
#include "buf.h"

/* Append the (decompressed) bytes of a file to out; more than max bytes is LODE_E_LIMIT.  Errors name the
 * path; out is then as it was. */
int lode_file_read(const char *path, size_t max, lode_buf *out, lode_err *err);

/* Map [offset, offset + len) of a file for reading; len is cut to what is there.  Nothing is decompressed.
 * Unmap with lode_file_unmap. */
typedef struct lode_mapping {
  lode_str bytes;
  void *base;
  size_t base_len;
} lode_mapping;
int lode_file_map(const char *path, uint64_t offset, size_t len, lode_mapping *out, lode_err *err);
int lode_file_map_fd(int fd, uint64_t offset, size_t len, lode_mapping *out, lode_err *err);
void lode_file_unmap(lode_mapping *self);

/* Write all bytes to a descriptor, going on after EINTR and short writes.  EPIPE is LODE_E_CLOSED, any
 * other failure LODE_E_IO with the system's words ("No space left on device"). */
int lode_fd_write(int fd, const void *bytes, size_t len, lode_err *err);

/* An output file: bytes go to PATH.part beside it (same file system); commit makes them durable (fsync of
 * file and folder) and renames; drop removes the part.  PATH itself is untouched until commit.
 * Where PATH is a link, the file it points to is replaced; a device or pipe (/dev/null) is written in place.  A part
 * left behind by a run that was killed is written over; one that another run is writing is LODE_E_IO (a lock
 * of this process on it: do not open and close PATH.part elsewhere).
 * After any failure only drop makes sense.  Errors name PATH, or "standard output". */
typedef struct lode_outfile {
  int fd;            /* -1: none open */
  lode_buf pending;  /* written in pieces of 256 KiB */
  char *path, *part; /* owned */
  uint64_t written;  /* bytes taken by write, the pending ones included */
} lode_outfile;
int lode_outfile_open(lode_outfile *self, const char *path, lode_err *err); /* path NULL: standard output */
int lode_outfile_write(lode_outfile *self, const void *bytes, size_t len, lode_err *err);
int lode_outfile_flush(lode_outfile *self, lode_err *err);
int lode_outfile_commit(lode_outfile *self, lode_err *err); /* standard output: flush */
void lode_outfile_drop(lode_outfile *self);                 /* idempotent; after commit nothing happens */

/* An unlinked temporary file in $TMPDIR, else in /tmp: read and write, gone with the last descriptor. */
int lode_temp_open(int *fd, lode_err *err);

#endif
