/* sink.h - what one batch gives back: records, counter changes, group entries, printed text, errors.
 *
 * A page writes into the sink; lode_sink_keep makes the page's part final, lode_sink_undo forgets it, so
 * a page that fails leaves nothing.  A batch's sink goes to the supervisor as one message
 * (lode_sink_write / lode_sink_read) and is committed whole.
 *
 * Lifetime   lode_sink_init, lode_sink_free; lode_sink_clear between batches keeps the memory.
 * Cost       Appending; the counter changes of a page are hashed once, when the page is kept.
 */
#ifndef LODE_SINK_H
#define LODE_SINK_H
#include "buf.h"
#include "table.h"

/* A counter key as the table and the sorter hold it: u16 big-endian number of the counter, then the key. */
enum { LODE_COUNTER_PREFIX = 2 };

typedef struct lode_problem {
  int code;             /* LODE_E_... */
  bool skipped;         /* the page was lost; else one match or record of it */
  lode_str page, where, message; /* where: "file:line" of the script or "", all in the sink's text */
  uint64_t byte;        /* in the page's raw bytes, or LODE_NO_BYTE */
} lode_problem;

typedef struct lode_sink {
  lode_buf records;     /* JSON objects, one a line */
  lode_buf groups;      /* u32 group number, str key, str record (see buf.h) */
  lode_buf printed;     /* what print wrote, for standard error */
  lode_buf problems;    /* u32 -code, u32 skipped, str page, str where, str message, u64 byte */
  lode_buf page_counts; /* of the open page: u32 counter, u64 amount, str key */
  lode_table count_keys;
  int64_t *counts;      /* by id in count_keys */
  size_t counts_cap;
  uint64_t record_count, pages_in, pages_out, pages_skipped, repaired;
  uint64_t problem_count; /* problems that lost a page or a match */
  struct { size_t records, groups, printed; uint64_t record_count; } kept; /* where the open page began */
} lode_sink;

void lode_sink_init(lode_sink *self);
void lode_sink_free(lode_sink *self);
void lode_sink_clear(lode_sink *self);

int lode_sink_keep(lode_sink *self, lode_err *err);  /* the open page's part is final */
void lode_sink_undo(lode_sink *self);                /* as if the open page had written nothing */

/* Add to a counter for the open page; key without prefix. */
int lode_sink_count(lode_sink *self, uint32_t counter, lode_str key, int64_t amount, lode_err *err);
/* Note a problem: at once, whatever becomes of the open page.  pages_skipped is the caller's to count. */
int lode_sink_problem(lode_sink *self, const lode_problem *problem, lode_err *err);
/* Step through sink->problems: false at the end (reader->bad where the bytes are broken). */
bool lode_sink_next_problem(lode_reader *reader, lode_problem *out);

/* The message form (of what is kept) and back.  read appends to a cleared sink; a broken message is LODE_E_INPUT. */
int lode_sink_write(const lode_sink *self, lode_buf *out, lode_err *err);
int lode_sink_read(lode_sink *self, const char *bytes, size_t len, lode_err *err);

#endif
