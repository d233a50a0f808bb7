/* pagecopies.h - which pages of a run are copies of earlier ones: asked of every page, in input order.
 *
 * A worker writes a record for each page of a batch (lode_page_copies_sign): a hash of its body and, for near copies, its
 * word shingles.  The supervisor takes the records of whole batches in input order, decides, and sends the decisions
 * back with the batch's orders; so they depend neither on -j nor on which worker was faster.
 *
 * A page that is a copy of an earlier one keeps that answer (dedup/copies.h).  What is compared is the body: furniture
 * around a story makes no other story of it.  A page without a word is no copy of anything.
 *
 * Memory   What dedup/decide.h says, with shingles beyond `memory` on disk.
 */
#ifndef LODE_PAGECOPIES_H
#define LODE_PAGECOPIES_H
#include "decide.h"
#include "page.h"
#include "run.h"

typedef struct lode_page_copies lode_page_copies;

int lode_page_copies_open(lode_page_copies **out, lode_dedup how, size_t memory, lode_err *err);
void lode_page_copies_free(lode_page_copies *self);
/* The records of one batch, as lode_page_copies_sign wrote them; decisions are appended to `out`. */
int lode_page_copies_decide(lode_page_copies *self, lode_str records, lode_buf *out, lode_err *err);

/* Append the record of page `item` of its batch, cleaned, to out, which nothing else writes to. */
int lode_page_copies_sign(lode_dedup how, uint32_t item, const lode_page *page, lode_unit_maker *maker, lode_buf *out,
                          lode_err *err);

/* Decisions of a batch, in order of items. */
typedef struct lode_page_copy {
  uint32_t item;
  lode_str duplicate_of; /* empty: no copy */
  lode_str cluster;      /* the first page of its cluster so far; its own id for no copy */
} lode_page_copy;
bool lode_page_copies_next(lode_reader *in, lode_page_copy *out);

#endif
