/* journal.h - committed batches on disk, so that a killed run goes on where it was.
 *
 *     "LODEJRN2" | fingerprint 3 * u64 | entries: u64 length, u64 checksum, bytes
 *
 * An entry is one batch's answer as the worker sent it; replaying the entries through the same commit
 * gives the same bytes as the run that made them.  The fingerprint stands for the script, the options (and
 * lode's version), and the input: a journal of anything else is LODE_E_CHANGED.  A torn last entry (kill, power loss) is cut off.
 * Durable to the last second: fdatasync at most once in a second.
 */
#ifndef LODE_JOURNAL_H
#define LODE_JOURNAL_H
#include "buf.h"
#include <stdbool.h>

typedef struct lode_journal {
  int fd;             /* -1: none */
  char *path;         /* owned */
  uint64_t count;     /* entries */
  uint64_t synced_ns;
} lode_journal;

typedef struct lode_fingerprint {
  uint64_t script, options, input;
} lode_fingerprint;

/* OUTPUT.journal, new and empty.  The journal of an earlier run is written over; but where it holds batches of
 * this very run, which --resume would go on from, only if `restart` says so (else LODE_E_USAGE). */
int lode_journal_create(lode_journal *self, const char *output, const lode_fingerprint *print, bool restart, lode_err *err);

/* Open the journal of an earlier run and give each entry, in order, to `replay`; ready for more entries
 * after it.  Where there is none, a new one is created. */
typedef int (*lode_replay)(void *ud, const char *bytes, size_t len, lode_err *err);
int lode_journal_resume(lode_journal *self, const char *output, const lode_fingerprint *print, lode_replay replay, void *ud,
                        lode_err *err);
int lode_journal_add(lode_journal *self, const char *bytes, size_t len, lode_err *err);
void lode_journal_close(lode_journal *self, bool remove_file);

#endif
