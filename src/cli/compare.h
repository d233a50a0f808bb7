/* compare.h - the records of two runs: what was added, removed, changed.  For diff, score and watch.
 *
 * Records are the same one where page, type and place (start, end) are; then where page, type and start are; records
 * without a place where all of them is.  What a rule is called counts, not the line that it stands on.
 *
 * Lifetime   Records borrow the text that they were read from.
 * Cost       Two sorts.
 */
#ifndef LODE_COMPARE_H
#define LODE_COMPARE_H
#include "buf.h"
#include "json.h"
#include <stdbool.h>

typedef struct lode_found {
  lode_json_value record;
  lode_str page, type, text; /* as JSON strings, with their quotes; empty where absent */
  lode_str rule;             /* its name, or the type where it has none; no quotes */
  size_t start, end;
  bool placed;
  uint64_t content; /* hash of all but the rule */
} lode_found;

typedef struct lode_founds {
  lode_found *items;
  size_t count, cap;
} lode_founds;

/* Append the records of JSON lines; what is no object is passed over. */
int lode_founds_read(lode_founds *self, lode_str lines, lode_err *err);
void lode_founds_free(lode_founds *self);

typedef enum lode_change_kind { LODE_CHANGE_REMOVED, LODE_CHANGE_CHANGED, LODE_CHANGE_ADDED } lode_change_kind;
typedef struct lode_change {
  lode_change_kind kind;
  const lode_found *before, *after; /* NULL: there is none */
} lode_change;

typedef struct lode_changes {
  lode_change *items; /* removed, then changed, then added; in each by rule, page, place */
  size_t count, cap;
  size_t same; /* records that did not change */
} lode_changes;

int lode_changes_find(lode_changes *self, const lode_founds *before, const lode_founds *after, lode_err *err);
void lode_changes_free(lode_changes *self);

static inline const lode_found *lode_change_of(const lode_change *change) {
  return change->after ? change->after : change->before;
}

/* Whether the member decides what a record says: all but type, page, text, start, end, line, rule. */
bool lode_found_is_field(lode_json_value name);

#endif
