/* stream.h - a file, standard input, or a compressed one of either, read in order.
 *
 * gzip (any number of members) and zstd (any number of frames) are known by their first bytes; anything
 * else is passed on as it is.  A cut or damaged compressed file gives every byte that could be decoded
 * and then LODE_E_INPUT with the path and the offset in the compressed file; data is never dropped in
 * silence.  Trailing garbage after a gzip member is reported the same way.
 *
 * Lifetime   lode_stream_close frees all (NULL is fine).  Memory: a buffer of 256 KiB, 4 KiB for peek, and what the
 *            decoder needs (zstd windows above 128 MiB are LODE_E_INPUT).
 */
#ifndef LODE_STREAM_H
#define LODE_STREAM_H
#include "buf.h"
#include <stdbool.h>

typedef struct lode_stream lode_stream;

/* path "-" is standard input.  A directory is LODE_E_IO. */
int lode_stream_open(lode_stream **out, const char *path, lode_err *err);

/* Read up to room (1 or more) bytes; *got is 0 only at the end or on error. Once failed, every call gives the same
 * error. */
int lode_stream_read(lode_stream *self, char *to, size_t room, size_t *got, lode_err *err);

/* Append everything that is left to out, but at most max bytes: more is LODE_E_LIMIT with out cut there. */
int lode_stream_read_all(lode_stream *self, lode_buf *out, size_t max, lode_err *err);

bool lode_stream_is_compressed(const lode_stream *self); /* known after open: the first bytes are read there */
uint64_t lode_stream_consumed(const lode_stream *self);  /* bytes of the file used so far, for progress */

/* The first bytes that read will give (at most 4096, fewer at the end or before damage), without consuming
 * them. Fails only where not one byte can be had; out dies with the next call. */
int lode_stream_peek(lode_stream *self, lode_str *out, lode_err *err);

/* Whether all that was read is of members and frames that ended, and whose check sums fit. */
bool lode_stream_is_whole(const lode_stream *self);

/* After LODE_E_INPUT in a gzip file: go on at the next place that looks like the beginning of a member and whose data
 * begins with `begins`.  False where there is none.  What is found may still be wrong data that happens to look right. */
bool lode_stream_recover(lode_stream *self, lode_str begins);

void lode_stream_close(lode_stream *self);

#endif
