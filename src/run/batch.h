/* batch.h - a few MB of pages: the unit of work, of commit and of retry.
 *
 *     FILES   whole files, one page each, read (and decompressed) by the worker
 *     LINES   JSON lines: a range of a plain file, or a buffer that the reader decoded (a memfd)
 *     WARC    whole records, as a range or a buffer like LINES; those that are no pages are in it too
 *     CSV     whole rows, likewise; `head` holds the row of names, which every batch needs
 *     TEXT    a range or a buffer of one text; not its first piece with `goes_on`, not its last with `more`
 *     NONE    no page at all: only what the reader has to report
 *
 * How input is cut into batches depends on the input and the options alone, never on -j or on time.
 */
#ifndef LODE_BATCH_H
#define LODE_BATCH_H
#include "buf.h"
#include <stdbool.h>

/* Large enough that a message costs nothing beside its pages.  The first batches are smaller, each twice the one
 * before it: the first records come at once, and a small input still occupies every worker. */
enum { LODE_BATCH_BYTES_FIRST = 64 << 10, LODE_BATCH_BYTES = 4 << 20, LODE_BATCH_FILES_MAX = 4096 };

/* How many bytes a batch aims at with so much memory for the run.  A worker needs up to LODE_BATCH_COST times as much:
 * 30 were measured where all words of a batch are new (their table, tokens, counts, and the message with them). */
enum { LODE_BATCH_COST = 40 };
size_t lode_batch_bytes(size_t memory);

typedef enum lode_batch_shape {
  LODE_BATCH_NONE,
  LODE_BATCH_FILES,
  LODE_BATCH_LINES,
  LODE_BATCH_WARC,
  LODE_BATCH_CSV,
  LODE_BATCH_TEXT,
} lode_batch_shape;

typedef struct lode_batch {
  lode_batch_shape shape;
  bool goes_on, more, picked;
  char separator;           /* CSV */
  uint32_t input;           /* all but FILES: index of the input */
  uint64_t offset, len;     /* all but FILES: in the decoded input; a memfd holds just these bytes */
  uint64_t first_line;      /* LINES, CSV: 1-based number of its first line; WARC: of its first record */
  lode_buf numbers;         /* u32 each.  FILES: indexes of inputs.  with picked: lines, records or rows to take, from 0 */
  lode_buf head;            /* CSV: the first row of the file */
  lode_buf report;          /* a sink (lode_sink_write) with the reader's own problems; may be empty */
  uint64_t bytes;           /* of input on disk, for progress */
} lode_batch;

void lode_batch_free(lode_batch *self);
void lode_batch_clear(lode_batch *self);
size_t lode_batch_number_count(const lode_batch *self);
uint32_t lode_batch_number(const lode_batch *self, size_t i);
int lode_batch_write(const lode_batch *self, lode_buf *out, lode_err *err);
/* Fills a cleared batch; a broken message is LODE_E_INPUT. */
int lode_batch_read(lode_batch *self, lode_reader *in, lode_err *err);

#endif
