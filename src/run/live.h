/* live.h - a script over pages that are kept in memory, again and again: what `lode watch` is made of.
 *
 *     lode_live_put(page, &buf)       a page as bytes: from a run over the inputs
 *     lode_live_open(&live, bytes)    pages cleaned and tokenised, once
 *     lode_live_start(&live, ...)     a child loads the script and is forked into workers; each has all pages already
 *     poll(live.pipes), lode_live_hear(&live, i, ...)    what they say: loaded, tested, a page's records, done
 *     lode_live_stop(&live)           ends them, whatever they do
 *
 * Each worker takes every n-th page, so that the first screen has pages from everywhere in order.  A script that hangs or
 * crashes takes its children with it and nothing else.
 *
 * Lifetime   Pages borrow the bytes.  Threads: none.  Cost: a fork copies page tables, not pages.
 */
#ifndef LODE_LIVE_H
#define LODE_LIVE_H
#include "host.h"
#include <sys/types.h>

enum { LODE_LIVE_WORKERS = 8 };

typedef enum lode_live_kind {
  LODE_LIVE_LOADED, /* text: warnings */
  LODE_LIVE_RULE,   /* a rule of the main script: text is "name TAB file TAB line TAB captures with spaces" */
  LODE_LIVE_FAILED, /* text: why the script does not load; nothing else comes */
  LODE_LIVE_TESTED, /* text: the examples that fail, a line each; number: how many passed */
  LODE_LIVE_PAGE,   /* number: the page; text: its records, a line each */
  LODE_LIVE_SAID,   /* text: a problem, or what print wrote */
  LODE_LIVE_DONE,   /* number: the worker */
} lode_live_kind;

typedef struct lode_live_message {
  lode_live_kind kind;
  uint64_t number;
  lode_str text;
} lode_live_message;

typedef struct lode_live_pipe {
  int fd; /* -1: closed */
  lode_buf in;
  size_t done; /* bytes of `in` that were given out */
} lode_live_pipe;

typedef struct lode_live {
  lode_page *pages;
  size_t page_count;
  size_t bytes; /* raw, of all pages */
  lode_table words;
  pid_t child;
  lode_live_pipe pipes[LODE_LIVE_WORKERS + 1]; /* the last one in use is the loader's */
  size_t pipe_count, workers;
} lode_live;

/* Append a page that was opened, not cleaned. */
int lode_live_put(const lode_page *page, lode_buf *out, lode_err *err);

int lode_live_open(lode_live *self, lode_str bytes, lode_err *err);
void lode_live_close(lode_live *self);

/* Load the script in a child and run it over all pages by so many workers. */
int lode_live_start(lode_live *self, const lode_host_options *options, size_t workers, lode_err *err);
/* Read what is there on a pipe; false where it was closed. */
bool lode_live_read(lode_live_pipe *pipe);
/* The next whole message; false: none yet.  Its text is valid until the next read. */
bool lode_live_next(lode_live_pipe *pipe, lode_live_message *out);
void lode_live_stop(lode_live *self);
static inline bool lode_live_runs(const lode_live *self) {
  for (size_t i = 0; i < self->pipe_count; i++)
    if (self->pipes[i].fd >= 0) return true;
  return false;
}

#endif
