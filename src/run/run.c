#include "run.h"

#include "batch.h"
#include "halves.h"
#include "hash.h"
#include "supervisor.h"
#include <inttypes.h>
#include <sys/stat.h>

/* Changes whenever what a batch's answer looks like does, so that no old journal is read as a new one. */
#define JOURNAL_VERSION "3"

/* What a worker holds beside a batch: a Lua state, tables, the C library. */
enum { LEAST_SHARE = 16 << 20 };

static uint64_t hash_of(const lode_buf *text) {
  return lode_hash64(text->ptr, text->len, 0);
}

/* Everything that decides the output bytes: what a journal must agree with. */
static int take_fingerprint(const lode_run_options *o, const lode_crew *crew, lode_fingerprint *out, lode_err *err) {
  lode_buf text = {0};
  const uint64_t *script = crew->declared.fingerprint;
  out->script = lode_hash64(script, 2 * sizeof *script, 0);
  int code = lode_buf_printf(&text, err, JOURNAL_VERSION "|%s|%d|%d|%d|%zu|%zu|%zu|%g|%" PRIu64 "|%" PRIu64 "|%" PRIu64,
                             o->signature == NULL ? "" : o->signature, (int)o->kind, o->cut_text, (int)o->dedup, o->memory, o->host.memory,
                             o->max_page, o->page_timeout, o->limit, o->sample, o->seed);
  out->options = hash_of(&text);
  text.len = 0;
  for (size_t i = 0; i < o->inputs->count && code == 0; i++) {
    const lode_input *input = &o->inputs->items[i];
    code = lode_buf_printf(&text, err, "|%s:%" PRIu64 ":%" PRId64, input->path, input->size, input->mtime_ns);
  }
  out->input = hash_of(&text);
  lode_buf_free(&text);
  return code;
}

/* A device (/dev/null, a FIFO) keeps nothing that a journal could go on with. */
static bool keeps_journal(const lode_run_options *options) {
  struct stat st;
  if (options->output == NULL || lode_inputs_has_standard(options->inputs)) return false;
  return stat(options->output, &st) != 0 || S_ISREG(st.st_mode);
}

static int check_options(const lode_run_options *options, lode_err *err) {
  bool standard = lode_inputs_has_standard(options->inputs);
  if (options->resume && !keeps_journal(options))
    return lode_fail(err, LODE_E_USAGE, "--resume needs an output file (-o FILE) and inputs that can be read again, not \"-\"");
  if (options->sample != 0 && standard)
    return lode_fail(err, LODE_E_USAGE, "--sample needs inputs that can be read twice, not \"-\"");
  if (options->sample != 0 && options->limit != 0)
    return lode_fail(err, LODE_E_USAGE, "--sample and --limit both choose pages: give one of them");
  return 0;
}

static int replay(void *ud, const char *bytes, size_t len, lode_err *err) {
  return lode_commit_batch(ud, bytes, len, err);
}

static int open_journal(lode_journal *journal, const lode_run_options *options, lode_crew *crew, lode_commit *commit, lode_err *err) {
  lode_fingerprint print;
  if (!keeps_journal(options)) return 0;
  int code = take_fingerprint(options, crew, &print, err);
  if (code != 0) return code;
  return options->resume ? lode_journal_resume(journal, options->output, &print, replay, commit, err)
                         : lode_journal_create(journal, options->output, &print, options->restart, err);
}

static void tell_warnings(const lode_run_options *options, char *lines) {
  for (char *at = lines; *at != '\0' && options->say != NULL;) {
    char *end = strchr(at, '\n');
    if (end != NULL) *end = '\0';
    options->say(options->people, at);
    if (end == NULL) break;
    at = end + 1;
  }
}

static int run(const lode_run_options *options, lode_run_result *result, lode_crew *crew, lode_commit *commit,
               lode_journal *journal, lode_err *err) {
  int code = check_options(options, err);
  if (code == 0) code = lode_crew_open(crew, options, err);
  if (code != 0) return code;
  tell_warnings(options, crew->declared.warnings);
  code = lode_commit_open(commit, options, result, crew, err);
  if (code == 0 && options->half == LODE_RUN_MAP) code = lode_map_check(&crew->declared, err);
  if (code == 0 && options->half != LODE_RUN_REDUCE) code = open_journal(journal, options, crew, commit, err);
  if (code == 0)
    code = options->half == LODE_RUN_REDUCE ? lode_reduce_inputs(commit, err)
                                            : lode_supervise(options, crew, commit, journal, err);
  return code != 0 ? code : lode_commit_finish(commit, err);
}

static bool is_partial(const lode_run_options *options, const lode_run_result *result) {
  double allowed = options->max_errors < 0 ? -options->max_errors / 100 * (double)result->pages_in : options->max_errors;
  return (double)result->pages_skipped > allowed || result->problems > result->pages_skipped;
}

/* As many workers as memory is enough for, a batch of nothing but new words being the worst that input alone can do:
 * fewer workers are slower, and a worker beyond its share would lose pages. */
static int fitting_jobs(const lode_run_options *options) {
  size_t least = LEAST_SHARE + LODE_BATCH_COST * lode_batch_bytes(options->memory);
  size_t most = options->memory / 4 * 3 / least;
  if (most < 1) return 1;
  return most < (size_t)options->jobs ? (int)most : options->jobs;
}

int lode_run(const lode_run_options *wanted, lode_run_result *result, lode_err *err) {
  lode_run_options fitting = *wanted, *options = &fitting;
  fitting.jobs = fitting_jobs(wanted);
  lode_crew crew = {.loader = -1, .signals = -1, .frame = {.fd = -1}};
  lode_commit commit = {.out = {.fd = -1}, .errors = {.fd = -1}};
  lode_journal journal = {.fd = -1};
  uint64_t begun = lode_clock_ns();
  *result = (lode_run_result){0};
  int code = run(options, result, &crew, &commit, &journal, err);
  result->signal = crew.signal;
  if (code == LODE_E_CLOSED && crew.signal == 0) { /* whoever read our output has enough */
    result->closed = true;
    code = 0;
  }
  int closing = lode_commit_close(&commit, code == 0 ? err : NULL);
  if (code == 0) code = closing;
  lode_journal_close(&journal, code == 0);
  lode_crew_close(&crew);
  result->partial = is_partial(options, result);
  result->seconds = (double)(lode_clock_ns() - begun) / 1e9;
  return code;
}
