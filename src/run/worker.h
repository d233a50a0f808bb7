/* worker.h - a process that answers the supervisor: pages, groups, the done stage, output rows.
 *
 * A worker is a plain single-threaded program: it waits for a message, works, answers, and keeps no
 * state between messages but its caches (word table, arenas).  One batch's records, counter changes,
 * group entries and problems are one answer, so a batch counts whole or not at all.
 */
#ifndef LODE_WORKER_H
#define LODE_WORKER_H
#include "batch.h"
#include "run.h"
#include "slot.h"
#include "wire.h"

/* What the supervisor wants of a batch: all of it, or one page alone on trial; and the pages that are
 * lost already, with what to say of each. */
typedef struct lode_orders {
  bool trial;
  uint32_t only;      /* on trial: this page */
  lode_buf lost;      /* u32 item, u32 -code, str where, str message: sorted by item */
  lode_buf copies;    /* decisions (pagecopies.h) */
} lode_orders;

int lode_orders_write(const lode_orders *self, lode_buf *out, lode_err *err);
int lode_totals_write(const lode_totals *self, lode_buf *out, lode_err *err); /* without counts */

/* The whole life of a worker; host is the loader's, inherited.  Returns an exit status. */
int lode_worker_main(const lode_run_options *options, lode_host *host, int socket, lode_slot *slot);

#endif
