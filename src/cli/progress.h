/* progress.h - what people see of a run: messages, one line of progress, the summary.  All on standard error.
 *
 * The progress line is only for a terminal, and only while records go to a file or to nowhere: records on the same
 * terminal, or a program behind a pipe that writes there, would be smeared with it.  A message clears it first, and
 * it comes back with the next report.
 */
#ifndef LODE_PROGRESS_H
#define LODE_PROGRESS_H
#include "run.h"

typedef struct lode_people {
  bool live;    /* a progress line is wanted */
  bool shown;   /* one stands on the terminal now */
  double begun; /* monotonic seconds */
} lode_people;

/* output: where records go, NULL for standard output. */
void lode_people_init(lode_people *self, bool quiet, const char *output);

/* lode_say and lode_progress of run.h; ud is a lode_people. */
void lode_people_say(void *ud, const char *line);
void lode_people_progress(void *ud, const lode_run_result *so_far, double share);
/* Take the progress line away. */
void lode_people_clear(lode_people *self);

/* "40 pages in, 39 out, 1 skipped, 3 repaired; 123 records; 0.52 s, 12.1 MB/s" into out (terminated); returns out.
 * Without repaired pages nothing is said of them, and the speed only where it is asked for. */
char *lode_summary(const lode_run_result *result, bool speed, char *out, size_t size);

#endif
