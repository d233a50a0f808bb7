/* changes.h - differences between records, for people: `+12 -3 ~1` by rule, and a few lines for each record. */
#ifndef LODE_CHANGES_H
#define LODE_CHANGES_H
#include "compare.h"
#include "job.h"
#include "paint.h"

/* "+12 -3 ~1" and what did not change, then the same for each rule. */
void lode_changes_put_summary(lode_paint *out, const lode_changes *changes);
/* "- PAGE:LINE rule: "text"" and below it the fields that the record has, or in which the two differ. */
void lode_changes_put(lode_paint *out, const lode_change *change);
/* The same for a record alone. */
void lode_found_put(lode_paint *out, lode_ink ink, const char *sign, const lode_found *found);

/* Run the job quietly and append its records to out; what it exits with.  LODE_EXIT_USAGE and LODE_EXIT_IO: there are
 * none. */
lode_status lode_records_of(const lode_job *job, lode_buf *out);

#endif
