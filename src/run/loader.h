/* loader.h - the process that loads the script once and is then forked into workers.
 *
 * Loading may run any code and may crash (building a huge LPeg choice overflows the C stack, and pcall
 * does not help), so it happens here and not in the supervisor.  Afterwards the loader runs no script
 * code: it answers FORK with a child on the socket it was given, and tells of every child's end.
 */
#ifndef LODE_LOADER_H
#define LODE_LOADER_H
#include "run.h"
#include "slot.h"

/* What the script declared, as the supervisor keeps it. */
typedef struct lode_declared {
  bool has_page, has_done, raw_format;
  uint64_t fingerprint[2];
  char *warnings;          /* owned; one a line */
  char **groups;           /* owned names by number */
  size_t group_count, counter_count;
} lode_declared;

void lode_declared_free(lode_declared *self);
int lode_declared_read(lode_declared *self, const char *bytes, size_t len, lode_err *err);

/* The whole life of the loader.  slots: all of them; returns an exit status. */
int lode_loader_main(const lode_run_options *options, int socket, lode_slot *slots);

#endif
