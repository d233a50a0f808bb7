#include "job.h"
#include "commands.h"
#include "file.h"
#include "furnish.h"
#include "guard.h"
#include "hash.h"
#include "library.h"
#include "progress.h"
#include "terminal.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  DEFAULT_PAGE_MEMORY = 128 << 20,
  DEFAULT_PAGE = 64 << 20,
  MOST_LISTS = 16 << 20,
  MOST_PAGE = 0x7FFFFFFF, /* positions inside a page fit 32 bits */
};

/* The limit of the control group that the program runs in, where there is one: in a container the machine's
 * memory is not what can be had. */
static uint64_t group_memory(void) {
  FILE *file = fopen("/sys/fs/cgroup/memory.max", "r");
  char line[64] = "";
  if (!file) return UINT64_MAX;
  uint64_t bytes = fgets(line, sizeof line, file) ? strtoull(line, NULL, 10) : 0;
  fclose(file);
  return bytes ? bytes : UINT64_MAX; /* "max" reads as 0 */
}

static uint64_t half_of_machine(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  uint64_t bytes = pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : (uint64_t)1 << 30;
  uint64_t group = group_memory();
  return (bytes < group ? bytes : group) / 2;
}

static int core_count(void) {
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores < 1 ? 1 : cores > 1024 ? 1024 : (int)cores;
}

int lode_job_zones(const lode_settings *settings, lode_zone_set otherwise, lode_zone_set *out, lode_err *err) {
  *out = otherwise;
  return settings->zones ? lode_zone_set_parse(settings->zones, out, err) : 0;
}

int lode_job_lists(const lode_settings *settings, lode_lists *out, uint64_t *hash, lode_err *err) {
  const char *path = settings->abbreviations;
  lode_buf text = {0};
  if (!path) return 0;
  int code = lode_file_read(path, MOST_LISTS, &text, err);
  if (code == 0) {
    code = lode_lists_read(out, text.ptr, text.len, err);
    *hash = lode_hash64(text.ptr, text.len, 0);
    if (code != 0) lode_err_at(err, path, err->line, LODE_NO_BYTE);
  }
  lode_buf_free(&text);
  return code;
}

/* NULL for standard output, which "-" names too. */
static const char *output_of(const lode_settings *s) {
  return s->output && strcmp(s->output, "-") != 0 ? s->output : NULL;
}

/* What is written must not be what is read: see guard.h. */
static int guard_files(const lode_job *job, lode_guard *guard, lode_err *err) {
  const lode_settings *s = job->settings;
  int code = lode_guard_init(guard, output_of(s), err);
  if (code == 0) code = lode_guard_add(guard, "--errors", s->errors, err);
  if (code == 0) code = lode_guard_add(guard, "--dropped", s->dropped, err);
  if (code == 0) code = lode_guard_add(guard, "--index", s->index, err);
  if (code == 0) code = lode_guard_add(guard, "--signatures", s->signatures, err);
  const char *script = job->pattern ? job->with : job->script;
  if (code == 0 && script) code = lode_guard_check(guard, "the script", script, err);
  if (code == 0 && s->abbreviations) code = lode_guard_check(guard, "the abbreviations", s->abbreviations, err);
  size_t len = s->format ? strlen(s->format) : 0; /* a format without .lua is a name and no file */
  bool file = len > 4 && strcmp(s->format + len - 4, ".lua") == 0;
  if (code == 0 && file) code = lode_guard_check(guard, "the format", s->format, err);
  return code;
}

static void say_left_out(const lode_job *job, const char *path) {
  lode_buf line = {0};
  if (lode_buf_printf(&line, NULL, "lode %s: %s is written and so not read", job->command, path) == 0)
    lode_terminal_say(line.ptr, line.len);
  lode_buf_free(&line);
}

static int collect_inputs(const lode_job *job, lode_inputs *inputs, lode_err *err) {
  if (job->input_count == 0)
    return lode_fail(err, LODE_E_USAGE, "no input: name files or folders, or - for standard input");
  lode_guard guard;
  int code = guard_files(job, &guard, err);
  for (size_t i = 0; i < job->input_count && code == 0; i++) {
    size_t first = inputs->count;
    code = lode_inputs_add(inputs, job->inputs[i], err);
    if (code == 0) code = lode_guard_inputs(&guard, job->inputs[i], inputs, first, err);
  }
  if (code == 0 && guard.left_out != NULL && !job->settings->quiet && !job->silent) say_left_out(job, guard.left_out);
  if (code == 0 && inputs->count == 0)
    return lode_fail(err, LODE_E_IO, "no input: there are no files in what was named");
  return code;
}

static int check(const lode_settings *s, lode_err *err) {
  if (s->resume && !output_of(s))
    return lode_fail(err, LODE_E_USAGE, "--resume goes on with the file of -o FILE: name it");
  if (s->restart && s->resume)
    return lode_fail(err, LODE_E_USAGE, "--resume goes on, --restart begins anew: give one of them");
  if (s->seed && !s->sample)
    return lode_fail(err, LODE_E_USAGE, "--seed says which pages --sample draws: give --sample N too");
  return 0;
}

/* Everything of the options but the pointers to inputs, library and signature. */
static int fill(const lode_job *job, lode_run_options *out, lode_err *err) {
  const lode_settings *s = job->settings;
  *out = (lode_run_options){
      .host = {.script = job->script,
               .pattern = job->pattern,
               .with = job->with,
               .look = job->look,
               .review = {.context = (size_t)s->context,
                          .with = s->with_meta,
                          .sentence = s->sentence,
                          .spans = s->spans,
                          .id = s->id,
                          .chars = s->offsets && strcmp(s->offsets, "chars") == 0},
               .format = job->take ? NULL : s->format,
               .fields = s->fields,
               .labels = s->labels,
               .args = s->args.items,
               .memory = (size_t)(s->page_memory ? s->page_memory : DEFAULT_PAGE_MEMORY),
               .trust = s->trust},
      .page = job->page,
      .finish = job->finish,
      .take = job->take,
      .ud = job->ud,
      .kind = s->input ? (lode_kind)lode_kind_find(s->input) : LODE_KIND_AUTO,
      .cut_text = job->cut_text,
      .half = job->half,
      .shard = s->shard,
      .output = output_of(s),
      .errors = s->errors,
      .resume = s->resume,
      .restart = s->restart,
      .jobs = s->jobs ? (int)s->jobs : core_count(),
      .memory = (size_t)(s->memory ? s->memory : half_of_machine()),
      .max_page = (size_t)(s->max_page     ? s->max_page
                           : job->any_size ? MOST_PAGE
                                           : DEFAULT_PAGE),
      .page_timeout = s->page_timeout,
      .dedup = s->dedup == NULL ? LODE_DEDUP_NONE : strcmp(s->dedup, "near") == 0 ? LODE_DEDUP_NEAR : LODE_DEDUP_EXACT,
      .limit = s->limit,
      .sample = s->sample,
      .seed = s->seed,
      .max_errors = s->max_errors,
      .give_up = s->give_up,
      .say = job->silent ? NULL : lode_people_say,
      .progress = s->quiet || job->silent ? NULL : lode_people_progress,
  };
  return job->script ? lode_job_zones(s, 0, &out->host.zones, err) : 0;
}

/* What the journal compares beside the files: command, script as named (rules carry it), options that
 * decide the output. */
static int sign(const lode_job *job, uint64_t lists_hash, lode_buf *out, lode_err *err) {
  int code = lode_buf_printf(out, err, "%s\n%s\n%s\n", job->command, job->script ? job->script : "",
                             job->pattern ? job->pattern : "");
  if (code == 0) code = lode_buf_add(out, job->settings->signature.ptr, job->settings->signature.len, err);
  if (code == 0 && lists_hash) code = lode_buf_printf(out, err, "%llx\n", (unsigned long long)lists_hash);
  return code ? code : lode_buf_byte(out, '\0', err);
}

static lode_status status_of_result(const lode_run_result *result) {
  if (result->closed) return LODE_EXIT_OK;
  lode_status status = result->partial ? LODE_EXIT_SKIPPED : LODE_EXIT_OK;
  return result->unreadable ? lode_status_worse(status, LODE_EXIT_IO) : status;
}

/* Bytes of an input of which only some pages are asked for are no measure of speed. */
static bool is_part(const lode_settings *settings) {
  return settings->limit != 0 || settings->sample != 0;
}

static void say_summary(const lode_job *job, const lode_run_result *result) {
  bool wanted = job->summary || result->pages_skipped || result->problems || isatty(STDERR_FILENO) == 1;
  if (job->settings->quiet || job->silent || result->closed || !wanted) return;
  char numbers[256], line[300];
  int len =
      snprintf(line, sizeof line, "lode: %s", lode_summary(result, !is_part(job->settings), numbers, sizeof numbers));
  if (len > 0 && (size_t)len < sizeof line) lode_terminal_say(line, (size_t)len);
}

/* All is put away: die of the signal, as the shell expects (and as a loop in it needs, to be stopped too). */
static lode_status end_by_signal(int number, bool resumable) {
  static const char resumes[] = "lode: interrupted; the same command with --resume goes on",
                    plain[] = "lode: interrupted";
  if (resumable) lode_terminal_say(resumes, sizeof resumes - 1);
  else lode_terminal_say(plain, sizeof plain - 1);
  signal(number, SIG_DFL);
  raise(number);
  return LODE_EXIT_IO;
}

static lode_status run(const lode_job *job, lode_run_options *options, lode_err *err) {
  lode_people people;
  lode_run_result result = {0};
  lode_people_init(&people, job->settings->quiet, options->output);
  options->people = &people;
  int code = lode_run(options, &result, err);
  lode_people_clear(&people);
  if (result.signal != 0)
    return end_by_signal(result.signal, options->output != NULL && !lode_inputs_has_standard(options->inputs));
  if (code == 0) {
    say_summary(job, &result);
    lode_status found = job->searches && result.records == 0 ? LODE_EXIT_NOTHING : LODE_EXIT_OK;
    return lode_status_worse(status_of_result(&result), found);
  }
  /* The same code says that the script cannot be loaded in its limits, which is 2. */
  bool gave_up = code == LODE_E_LIMIT && options->give_up && result.pages_skipped >= options->give_up;
  lode_status status = lode_complain(job->command, err);
  return gave_up ? LODE_EXIT_IO : status;
}

/* The furniture, and its hash behind what is signed. */
static int furnish(const lode_job *job, const lode_run_options *options, lode_furniture **out, lode_buf *signature,
                   lode_err *err) {
  uint64_t hash = 0;
  int code = lode_furnish(options, job->settings->furniture, out, &hash, err);
  signature->len--; /* the NUL */
  if (code == 0) code = lode_buf_printf(signature, err, "%llx\n", (unsigned long long)hash);
  int ended = lode_buf_byte(signature, '\0', err);
  return code != 0 ? code : ended;
}

lode_status lode_job_run(const lode_job *job) {
  lode_err err;
  lode_err_clear(&err);
  lode_inputs inputs = {0};
  lode_buf library = {0}, signature = {0};
  lode_lists lists;
  uint64_t lists_hash = 0;
  lode_furniture *furniture = NULL;
  lode_run_options options;
  lode_status status = LODE_EXIT_OK;
  lode_lists_init(&lists);
  int code = check(job->settings, &err);
  if (code == 0) code = fill(job, &options, &err);
  if (code == 0) code = collect_inputs(job, &inputs, &err);
  if (code == 0) code = lode_library_find(&library, &err);
  if (code == 0) code = lode_job_lists(job->settings, &lists, &lists_hash, &err);
  if (code == 0) code = sign(job, lists_hash, &signature, &err);
  if (code == 0) {
    options.host.lists = lists.words.count > 0 ? &lists : NULL;
    options.inputs = &inputs;
    options.host.library = library.ptr;
    if (job->settings->furniture) code = furnish(job, &options, &furniture, &signature, &err);
    options.furniture = furniture;
    options.signature = signature.ptr;
    status = code == 0 ? run(job, &options, &err) : lode_complain(job->command, &err);
  } else {
    status = lode_complain(job->command, &err);
  }
  lode_furniture_free(furniture);
  lode_inputs_free(&inputs);
  lode_lists_free(&lists);
  lode_buf_free(&library);
  lode_buf_free(&signature);
  return status;
}
