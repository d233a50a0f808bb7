/* job.h - from options to a run over pages: what run, clean, tokens, sentences, words and segment share. */
#ifndef LODE_JOB_H
#define LODE_JOB_H
#include "options.h"
#include "run.h"
#include "status.h"

typedef struct lode_job {
  const char *command; /* its name */
  const lode_settings *settings;
  char **inputs;
  size_t input_count;
  const char *script; /* NULL: a native job, with `page` */
  const char *pattern, *with; /* a script of one pattern: see lode_host_options */
  const lode_look *look;      /* or NULL */
  lode_page_function page;
  lode_finish_function finish;
  lode_take_function take; /* see lode_run_options */
  void *ud;
  lode_half half;
  bool cut_text, any_size; /* see lode_run_options; any_size: no page limit but that of positions */
  bool summary;            /* say it even if nothing went wrong and nobody watches */
  bool silent;             /* says nothing but why it failed: another run over the same pages says it */
  bool searches;           /* no record is LODE_EXIT_NOTHING */
} lode_job;

/* Run it, say what has to be said, and give the exit status. */
lode_status lode_job_run(const lode_job *job);

/* The words of --abbreviations FILE into an initialised `out`, and a hash of the file; without the option both are left. */
int lode_job_lists(const lode_settings *settings, lode_lists *out, uint64_t *hash, lode_err *err);

/* Zones of --zone or --zones, `all` standing for what was not given. */
int lode_job_zones(const lode_settings *settings, lode_zone_set otherwise, lode_zone_set *out, lode_err *err);

#endif
