/* commit.h - where batches become output, in input order.
 *
 * One batch's answer goes in as bytes, whole; its records go to the writer (through the format's process,
 * unless the format passes records as they are), its counter changes and group entries are added up, its
 * problems and printed lines are told.  Replaying a journal goes through the same function.
 *
 * Memory     A quarter of --memory: an eighth for the counter table, which spills sorted runs beyond it,
 *            the rest for the runs of counters and groups.
 */
#ifndef LODE_COMMIT_H
#define LODE_COMMIT_H
#include "crew.h"
#include "file.h"
#include "sorter.h"

typedef struct lode_commit {
  const lode_run_options *options;
  lode_run_result *result;
  lode_crew *crew;
  lode_outfile out, errors;
  lode_buf line;           /* what is being told */
  lode_buf taken;          /* what options->take made of a batch's records */
  lode_sink sink;          /* the batch that is being taken in */
  lode_table count_keys;
  int64_t *counts;
  size_t counts_cap;
  lode_sorter *count_runs, *groups;
  uint32_t *group_ranks;   /* by group number: its place by name */
  uint64_t sequence;       /* of lines, where this is the first half of a run (halves.h) */
  bool headed;
  bool in_empty_list;      /* the records so far end within one (a text in pieces), at the "[" of a list */
} lode_commit;

int lode_commit_open(lode_commit *self, const lode_run_options *options, lode_run_result *result, lode_crew *crew, lode_err *err);
/* Take in one batch (a sink message). */
int lode_commit_batch(lode_commit *self, const char *bytes, size_t len, lode_err *err);
/* The same for what the group and done stages gave (no page is counted as skipped there), as bytes or as
 * the crew's last answer. */
int lode_commit_sink(lode_commit *self, const char *bytes, size_t len, lode_err *err);
int lode_commit_answer(lode_commit *self, lode_err *err);
/* For halves.h: what a sink holds, piece by piece. */
int lode_commit_records(lode_commit *self, lode_str records, lode_err *err);
int lode_commit_count(lode_commit *self, lode_str key, int64_t amount, lode_err *err);
int lode_commit_entries(lode_commit *self, lode_str entries, lode_err *err); /* the form of sink->groups */
int lode_commit_sort_counts(lode_commit *self, lode_err *err);               /* count_runs can be read then */
/* Tell people and --errors of one problem; of one that a member's death on a group key or in the done stage is. */
int lode_commit_problem(lode_commit *self, const lode_problem *problem, lode_err *err);
int lode_commit_death(lode_commit *self, const lode_death *death, lode_err *err);
/* The group stage (groups.c). */
int lode_commit_groups(lode_commit *self, lode_err *err);
/* The member that runs the group and done stages. */
static inline size_t lode_commit_finisher(const lode_commit *self) {
  return self->crew->count - 1;
}
/* All pages are in: the group stage, the done stage, the format's foot; then the output gets its name. */
int lode_commit_finish(lode_commit *self, lode_err *err);
/* Nothing under the final name, unless finish succeeded; --errors is written in any case. */
int lode_commit_close(lode_commit *self, lode_err *err);

#endif
