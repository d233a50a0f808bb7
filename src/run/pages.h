/* pages.h - the pages of a batch, one by one: input items become opened pages.
 *
 * (records.h has those of WARC and CSV.)  A page's id is its path as given, the `id` field of its JSON line, or
 * PATH#LINE; its raw bytes are the file's (decompressed) or the decoded `text` field, or, where there is none, `html`,
 * which is read as HTML; the line's other fields are its metadata, and those of an object `meta`, as lode clean
 * writes it, are too.
 *
 * Lifetime   What next gives is borrowed until the following next or close.
 * Errors     A page that cannot be had is an error of that page (its id is in `id`), and next goes on.
 */
#ifndef LODE_PAGES_H
#define LODE_PAGES_H
#include "batch.h"
#include "csv.h"
#include "file.h"
#include "json.h"
#include "run.h"
#include "slot.h"

typedef struct lode_pages {
  const lode_run_options *options;
  const lode_batch *batch;
  lode_mapping mapping; /* LINES, TEXT */
  lode_buf id, raw, scratch;
  lode_buf members;       /* of a JSON line */
  uint32_t item;          /* number of the page that next gave, from 0 */
  size_t at, line, pick;  /* where next goes on */
  size_t next;            /* LINES, WARC, CSV: behind the piece that begins at `at` */
  uint64_t row_line;      /* CSV: of that row */
  lode_csv_scan row;      /* CSV: what is wrong with it */
  uint32_t number, count; /* WARC, CSV: of that piece, and of all so far */
  bool started;
} lode_pages;

/* fd: the batch's buffer or -1; not taken.  An input that cannot be opened is an error of the batch. */
int lode_pages_open(lode_pages *self, const lode_run_options *options, const lode_batch *batch, int fd, lode_err *err);

/* Step to the next page and name it (self->id); false at the end. */
bool lode_pages_step(lode_pages *self);
/* Fill the page that step named. */
int lode_pages_fill(lode_pages *self, lode_page *page, lode_err *err);
/* The same with nothing in it: what stands for a piece of a text that is lost. */
void lode_pages_fill_empty(lode_pages *self, lode_page *page);
/* Name the page PATH#NUMBER. */
void lode__pages_name(lode_pages *self, uint64_t number);
void lode_pages_close(lode_pages *self); /* ends this batch; memory is kept for the next */
void lode_pages_free(lode_pages *self);

#endif
