/* sink.h - what one batch gives back: records, counter changes, group entries, printed text, errors.
 *
 * A page writes into the sink; lode_sink_keep makes the page's part final, lode_sink_undo forgets it, so
 * a page that fails leaves nothing.  A batch's sink goes to the supervisor as one message
 * (lode_sink_write / lode_sink_read) and is committed whole.
 *
 * Lifetime   lode_sink_init, lode_sink_free; lode_sink_clear between batches keeps the memory.
 * Cost       Appending; the counter changes of a page are hashed once, when the page is kept.  Words are counted by
 *            their ids: an addition each, and no hash at all.
 */
#ifndef LODE_SINK_H
#define LODE_SINK_H
#include "buf.h"
#include "table.h"

/* A counter key as the table and the sorter hold it: u16 big-endian number of the counter, then the key. */
enum { LODE_COUNTER_PREFIX = 2 };

typedef struct lode_problem {
  int code;                      /* LODE_E_... */
  uint32_t skipped;              /* pages that were lost: most often one; 0: one match or record of a page */
  lode_str page, where, message; /* where: "file:line" of the script or "", all in the sink's text */
  uint64_t byte;                 /* in the page's raw bytes, or LODE_NO_BYTE */
} lode_problem;

/* One counter's words, by id in the worker's table. */
typedef struct lode_sink_tally {
  uint32_t counter;
  uint32_t *counts; /* of the batch; zeros behind those that were counted */
  uint32_t *page;   /* of the open page, with the ids that are not 0 there in `met` */
  size_t cap;
  lode_buf met; /* uint32_t each, as they lie in memory */
} lode_sink_tally;

typedef struct lode_sink {
  lode_buf records;     /* JSON objects, one a line */
  lode_buf groups;      /* u32 group number, str key, str record (see buf.h) */
  lode_buf printed;     /* what print wrote, for standard error */
  lode_buf problems;    /* u32 -code, u32 skipped, str page, str where, str message, u64 byte */
  lode_buf page_counts; /* of the open page: u32 counter, u64 amount, str key */
  lode_table count_keys;
  int64_t *counts; /* by id in count_keys */
  size_t counts_cap;
  const lode_table *words;
  lode_sink_tally *tallies;
  size_t tally_count, tally_cap;
  lode_buf counted; /* what lode_sink_read found: str key with prefix, u64 amount; a key may come again */
  uint64_t counted_count;
  uint64_t record_count, pages_in, pages_out, pages_skipped, repaired;
  uint64_t problem_count; /* problems that lost a page or a match */
  struct {
    size_t records, groups, printed;
    uint64_t record_count;
  } kept; /* where the open page began */
} lode_sink;

void lode_sink_init(lode_sink *self);
void lode_sink_free(lode_sink *self);
void lode_sink_clear(lode_sink *self);

int lode_sink_keep(lode_sink *self, lode_err *err); /* the open page's part is final */
void lode_sink_undo(lode_sink *self);               /* as if the open page had written nothing */

/* Add to a counter for the open page; key without prefix. */
int lode_sink_count(lode_sink *self, uint32_t counter, lode_str key, int64_t amount, lode_err *err);
/* Add 1 for each id of `words`.  There is one such table for a sink, and no id of it may change its meaning before
 * the sink is written or cleared. */
int lode_sink_count_words(lode_sink *self, uint32_t counter, const lode_table *words, const uint32_t *ids, size_t count,
                          lode_err *err);
/* Add `times` for the word `id`, which the table has. */
int lode_sink_count_word(lode_sink *self, uint32_t counter, const lode_table *words, uint32_t id, uint32_t times,
                         lode_err *err);
/* Note a problem: at once, whatever becomes of the open page.  pages_skipped is the caller's to count. */
int lode_sink_problem(lode_sink *self, const lode_problem *problem, lode_err *err);
/* Step through sink->problems: false at the end (reader->bad where the bytes are broken). */
bool lode_sink_next_problem(lode_reader *reader, lode_problem *out);

/* Step through sink->counted: false at the end (reader->bad where the bytes are broken). */
bool lode_sink_next_count(lode_reader *reader, lode_str *key, int64_t *amount);

/* The message form (of what is kept) and back.  read appends to a cleared sink; a broken message is LODE_E_INPUT. */
int lode_sink_write(const lode_sink *self, lode_buf *out, lode_err *err);
int lode_sink_read(lode_sink *self, const char *bytes, size_t len, lode_err *err);

#endif
