/* supervisor.h - from batches to commits: who works on what, what is tried again, what is given up.
 *
 *     reader --batch--> [ window of jobs ] --order--> worker --sink--> [ window ] --in order--> commit
 *
 * The window holds 2 * jobs + 2 batches: that many are planned, worked on, or wait for the one before them,
 * so memory is bounded and the lowest batch is always being worked on.
 *
 * When a worker dies on a page, that page is tried once alone (LODE_E_CRASH only: a missed deadline or
 * too much memory is not tried again); if it dies there too, or dies again in its batch, the page is lost:
 * the batch is run again without it.  A batch whose worker dies on no page is run again twice.
 */
#ifndef LODE_SUPERVISOR_H
#define LODE_SUPERVISOR_H
#include "commit.h"
#include "journal.h"

/* Read, work and commit all pages.  replayed: batches that a journal has already committed.
 * journal->fd -1: no journal.  On an interrupt LODE_E_CLOSED with crew->signal set. */
int lode_supervise(const lode_run_options *options, lode_crew *crew, lode_commit *commit, lode_journal *journal, lode_err *err);

#endif
