/* watcher.h - what `lode watch` knows: the records of the last whole run and of the one that goes on, page by page, and
 * how they differ.  What of it is on the screen is watch_screen.c; the loop is cmd_watch.c.
 */
#ifndef LODE_WATCHER_H
#define LODE_WATCHER_H
#include "changes.h"
#include "live.h"

typedef struct lode_watched_rule {
  char *name, *file, *captures;
  size_t line;
} lode_watched_rule;

/* Records of a page, as JSON lines. */
typedef struct lode_kept {
  char *text; /* owned */
  size_t len;
  bool there; /* the page was run */
} lode_kept;

typedef struct lode_watcher {
  const char *script;
  lode_live live;
  lode_table ids;          /* of pages */
  lode_kept *now, *before; /* by page; before: the baseline */
  bool has_before, all;    /* all: every record is shown, as if there were no baseline */
  size_t arrived, records;
  bool failed; /* the script does not load: `error` says why, and the records are those of the version before */
  bool whole;  /* all pages were run */
  lode_buf error, warnings, failures, said; /* lines */
  size_t passed;
  lode_watched_rule *rules;
  size_t rule_count;
  uint64_t begun_ns, first_ns, whole_ns; /* 0: not yet; relative to begun for the two */

  lode_changes changes; /* of what arrived; without a baseline every record is an addition */
  lode_founds old, new;
  lode_buf old_text, new_text;
  bool stale; /* what arrived is not in `changes` */
} lode_watcher;

int lode_watcher_init(lode_watcher *self, const char *script, lode_str pages, lode_err *err);
void lode_watcher_free(lode_watcher *self);

uint64_t lode_watcher_clock(void);
/* Begin anew with the script as it is now; a whole run becomes the baseline. */
int lode_watcher_start(lode_watcher *self, const lode_host_options *options, size_t workers, lode_err *err);
/* Take what is there to read on pipe i. */
int lode_watcher_hear(lode_watcher *self, size_t i, lode_err *err);
static inline bool lode_watcher_compares(const lode_watcher *self) {
  return self->has_before && !self->all;
}
/* Bring `changes` up to what arrived. */
int lode_watcher_compare(lode_watcher *self, lode_err *err);

/* The page of a record, or NULL. */
lode_page *lode_watcher_page(const lode_watcher *self, const lode_found *found);

/* Write the record into the script as an example of its rule: it must match so (or, `none`, not at all).  What was done,
 * or why it cannot be, goes to `message`. */
int lode_watcher_example(lode_watcher *self, const lode_found *found, bool none, lode_buf *message, lode_err *err);

/* ---- watch_screen.c ---- */
typedef struct lode_screen {
  size_t rows, columns;
  size_t selected, top; /* of the changes */
  bool color;
  lode_buf message; /* one line, of the last key */
} lode_screen;

/* All of the screen into out: the header, examples that fail, changes from `top` on. */
int lode_screen_draw(lode_screen *self, lode_watcher *watcher, lode_buf *out, lode_err *err);

#endif
