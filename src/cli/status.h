/* status.h - what the program's exit status says.
 *
 * Several things can be true of one run; the worst one is the status, and "worst" is the order in which an
 * engine has to care: output that is not there (4), a mistake that trying again cannot cure (2), pages that
 * are missing (3), nothing found (1).
 */
#ifndef LODE_STATUS_H
#define LODE_STATUS_H

typedef enum lode_status {
  LODE_EXIT_OK = 0,
  LODE_EXIT_NOTHING = 1, /* nothing found, a difference, a failing example, a warning of lint */
  LODE_EXIT_USAGE = 2,   /* wrong usage or a broken script */
  LODE_EXIT_SKIPPED = 3, /* finished, but pages or matches were skipped */
  LODE_EXIT_IO = 4,      /* input or output failed; nothing under the final name */
} lode_status;

/* The one of the two that the program must exit with: 4 before 2, 3, 1, 0. */
lode_status lode_status_worse(lode_status a, lode_status b);

/* The status for a call that failed with this code (err.h); OK for 0 and for a closed output. */
lode_status lode_status_of(int code);

#endif
