/* decide.h - units with their ids, in order: which are copies, and of what.
 *
 * Exact copies are units of one hash; near ones are what copies.h proves.  Units may come from files of signatures first
 * (an index to compare with); those are compared with and never written out.
 *
 * Lifetime   Ids are kept; everything else of a unit is borrowed during the call.
 * Cost       Beside copies.h: the id's bytes and 40 for each unit.
 */
#ifndef LODE_DECIDE_H
#define LODE_DECIDE_H
#include "sigfile.h"
#include <stdbool.h>

typedef struct lode_decisions lode_decisions;

/* memory: bytes for shingles; the rest goes to a spool file. */
int lode_decisions_open(lode_decisions **out, const lode_dedup_settings *settings, size_t memory, lode_err *err);
void lode_decisions_free(lode_decisions *self);

/* Add a unit; `next` as for lode_copies_add. */
int lode_decisions_add(lode_decisions *self, const lode_unit *unit, const lode_unit *next, lode_copies_answer *out,
                       lode_err *err);
/* Add all units of a file whose settings match; they are written to `copy` too, unless it is NULL. */
int lode_decisions_add_file(lode_decisions *self, const char *path, lode_sigwriter *copy, lode_err *err);

uint32_t lode_decisions_count(const lode_decisions *self);
lode_str lode_decisions_id(const lode_decisions *self, uint32_t unit); /* borrowed until the next add */

/* What is known of a unit now. */
typedef struct lode_decision {
  lode_str id;
  uint32_t cluster; /* its first unit */
  uint32_t keeper;  /* the unit of the cluster to keep: the first, or after lode_decisions_rank the best */
  uint32_t match;   /* the unit that it was compared with: verified, or a first unit with its keeper; LODE_NO_UNIT */
  double similarity, containment; /* to `match`; 1 without one */
  uint64_t rank;
  bool kept;
} lode_decision;
lode_decision lode_decisions_get(lode_decisions *self, uint32_t unit);

/* How many units from `from` on have the id of an earlier one of them, which no list can tell apart; *example is such a
 * unit.  For one question at the end: the ids are hashed for it. */
int lode_decisions_count_repeated(const lode_decisions *self, uint32_t from, uint32_t *count, uint32_t *example,
                                  lode_err *err);

/* After the last unit: of the units from `from` on, each cluster keeps the one of the highest rank, the earliest of those;
 * and with it what was no copy when it came and is none of that one. */
int lode_decisions_rank(lode_decisions *self, uint32_t from, lode_err *err);

#endif
