/* run.h - run a job over many pages: processes, order, commit, resume.
 *
 *     supervisor --fork--> reader    plans batches; decodes what cannot be cut
 *         |     --fork--> loader    loads the script, then forks workers when asked
 *         |                  `-----> workers   one batch at a time: pages -> sink
 *         `-- commits whole batches in input order: records to the writer, counters, groups, journal
 *
 * The supervisor never runs a line of the user's code and parses none of the user's data.  Whatever dies
 * is named and replaced; see src/README.md for the protocol and the reasons.
 *
 * A job is either a script (`host.script`) or a native page function; both write into a sink, so every
 * command that goes over pages is the same machine.
 *
 * The exit status is an answer of the run, not an error: lode_run fills `result` and returns 0, or
 * returns a code where the run could not be finished (nothing under the final name then).
 */
#ifndef LODE_RUN_H
#define LODE_RUN_H
#include "host.h"
#include "inputs.h"

/* One page of a native command, in a worker: append records to sink->records (and count them in
 * sink->record_count), or use lode_sink_count.  `page` is opened on its raw bytes with its metadata, not yet cleaned. */
typedef int (*lode_page_function)(void *ud, lode_page *page, lode_sink *sink, lode_err *err);
/* After the last page, in a worker.  First called with the counts of counter 0 piece by piece (totals->counts, in
 * order of keys, whole entries), writing nothing; then with empty counts until it returns 0: it returns 1 where its
 * records so far should be taken away before it goes on, so that neither counts nor output are ever held whole.  Its
 * state lives behind ud, which is the worker's own copy. */
typedef int (*lode_finish_function)(void *ud, const lode_totals *totals, lode_sink *sink, lode_err *err);

/* Native jobs, in the supervisor: the records of each batch in input order (and in no other unit that counts: how many
 * lie in one call depends on nothing but the input).  What it appends to `out` is written in their place.  After the
 * last batch it is called with records.ptr NULL until it returns 0; 1 asks for another call. */
typedef int (*lode_take_function)(void *ud, lode_str records, lode_buf *out, lode_err *err);

struct lode_run_result;
/* A message for people: a problem, a warning, or what print wrote; no line end. */
typedef void (*lode_say)(void *ud, const char *line);
/* How far it is, a few times a second: what is committed, and the share of the input's bytes done (below 0: unknown). */
typedef void (*lode_progress)(void *ud, const struct lode_run_result *so_far, double share);

/* The whole of a run, or one of the halves that halves.h describes. */
typedef enum lode_half { LODE_RUN_WHOLE, LODE_RUN_MAP, LODE_RUN_REDUCE } lode_half;

/* Whether pages are compared with those before them, before the script runs (pagecopies.h). */
typedef enum lode_dedup { LODE_DEDUP_NONE, LODE_DEDUP_EXACT, LODE_DEDUP_NEAR } lode_dedup;

typedef struct lode_run_options {
  lode_host_options host;        /* host.script NULL: a native job */
  lode_page_function page;       /* native job */
  lode_finish_function finish;   /* or NULL */
  lode_take_function take;       /* or NULL: records are written as they are */
  void *ud;
  const char *signature;         /* what else decides the output (command and its options), for the journal */

  const struct lode_furniture *furniture; /* see furniture.h, or NULL; borrowed */
  const lode_inputs *inputs;
  lode_kind kind;                /* AUTO: by name and first bytes */
  bool cut_text;                 /* native jobs that take a long text piece by piece (words, segment): texts of more
                                    than a batch are cut (cut.h), each piece a page with `goes_on` or `more`, and have
                                    no page limit; the place of a lost piece takes an empty one */
  const char *output;            /* NULL: standard output */
  const char *errors;            /* --errors FILE or NULL */
  lode_half half;
  uint64_t shard;                /* of LODE_RUN_MAP: the number of this part of the input */
  bool resume;
  bool restart;                  /* begin anew although OUTPUT.journal holds batches of this very run */
  int jobs;                      /* 1 or more; fewer work where memory is too little for so many */
  size_t memory;                 /* whole run, bytes */
  size_t max_page;               /* bytes */
  double page_timeout;           /* seconds, plus 1 for each 10 MB */
  uint64_t limit;                /* first N pages; 0: all */
  lode_dedup dedup;              /* scripts only */
  uint64_t sample, seed;         /* N pages drawn at random; 0: all */
  double max_errors;             /* so many skipped pages are still status 0; below 0: -percent */
  uint64_t give_up;              /* end the run with LODE_E_LIMIT at so many skipped pages; 0: never */
  lode_say say;
  lode_progress progress;        /* NULL: none */
  void *people;                  /* ud of say and progress */
} lode_run_options;

typedef struct lode_run_result {
  uint64_t pages_in, pages_out, pages_skipped, repaired, records, bytes_in, problems;
  bool closed;                   /* the reader of standard output went away: quietly fine */
  bool unreadable;               /* an input could not be read: status 4 */
  bool partial;                  /* something was skipped beyond max_errors: status 3 */
  int signal;                    /* SIGINT and the like ended it, or 0; the journal is there for --resume */
  double seconds;
} lode_run_result;

/* What one worker may have of the run's memory. */
static inline size_t lode_share(const lode_run_options *options) {
  return options->memory / 4 * 3 / (size_t)options->jobs;
}

int lode_run(const lode_run_options *options, lode_run_result *result, lode_err *err);

#endif
