/* halves.h - a run cut in two, with somebody else's sort between: map writes keyed lines, reduce reads them.
 *
 *     /               TAB ORDINAL TAB JSON     a record of a page
 *     GROUP/KEY       TAB ORDINAL TAB JSON     a record under its key in a group; KEY escaped as in JSON
 *     ~count/N:KEY    TAB SHARD   TAB NUMBER   counter number N
 *     ~pages/         TAB SHARD   TAB [in, out, skipped]
 *
 * ORDINAL is SHARD.NUMBER with leading zeros: it sorts as the input did, where the parts of the input were given their
 * shards in order.  Lines may come to reduce in any order; all lines of one key must come to one reducer, and those that
 * begin with `~` to one, which then runs the done stage.
 */
#ifndef LODE_HALVES_H
#define LODE_HALVES_H
#include "commit.h"

enum { LODE_SHARD_MAX = 999999 };

/* Whether the script's groups can be written so. */
int lode_map_check(const lode_declared *declared, lode_err *err);
/* The records and group entries of commit->sink as lines; *sequence numbers them over the run. */
int lode_map_sink(lode_commit *commit, lode_err *err);
/* Counters and totals, after the last page. */
int lode_map_finish(lode_commit *commit, lode_err *err);

/* Read all lines of the inputs into the commit, as pages would have come. */
int lode_reduce_inputs(lode_commit *commit, lode_err *err);

#endif
