/* journal.h - committed batches on disk, so that a killed run goes on where it was.
 *
 *     "LODEJRN1" | fingerprint 16 bytes | entries: u64 length, u64 checksum, bytes
 *
 * An entry is one batch's answer as the worker sent it; replaying the entries through the same commit
 * gives the same bytes as the run that made them.  The fingerprint stands for version, script, options and
 * inputs: a journal of anything else is LODE_E_CHANGED.  A torn last entry (kill, power loss) is cut off.
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

/* OUTPUT.journal, new and empty.  The journal of an earlier run is written over. */
int lode_journal_create(lode_journal *self, const char *output, const uint64_t fingerprint[2], lode_err *err);

/* Open the journal of an earlier run and give each entry, in order, to `replay`; ready for more entries
 * after it.  Where there is none, a new one is created. */
typedef int (*lode_replay)(void *ud, const char *bytes, size_t len, lode_err *err);
int lode_journal_resume(lode_journal *self, const char *output, const uint64_t fingerprint[2], lode_replay replay,
                        void *ud, lode_err *err);
int lode_journal_add(lode_journal *self, const char *bytes, size_t len, lode_err *err);
void lode_journal_close(lode_journal *self, bool remove_file);

#endif
