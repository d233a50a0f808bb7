#include "changes.h"
#include "commands.h"
#include "compare.h"
#include "file.h"
#include "job.h"
#include "terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- two runs ---- */

/* A folder of its own: a run writes FILE.part and a journal beside its output. */
static int make_folder(char *path, size_t size, lode_err *err) {
  const char *folder = getenv("TMPDIR");
  snprintf(path, size, "%s/lode-XXXXXX", folder && *folder ? folder : "/tmp");
  return mkdtemp(path) ? 0 : lode_fail(err, LODE_E_IO, "cannot make a folder %s", path);
}

lode_status lode_records_of(const lode_job *job, lode_buf *out) {
  lode_err err;
  lode_err_clear(&err);
  char folder[600], path[640];
  int code = make_folder(folder, sizeof folder, &err);
  if (code != 0) return lode_complain(job->command, &err);
  snprintf(path, sizeof path, "%s/records", folder);
  lode_settings settings = *job->settings;
  settings.output = path;
  settings.format = "jsonl";
  settings.quiet = true;
  lode_job run = *job;
  run.settings = &settings;
  lode_status status = lode_job_run(&run);
  bool there = status != LODE_EXIT_USAGE && status != LODE_EXIT_IO;
  if (there) code = lode_file_read(path, SIZE_MAX, out, &err);
  unlink(path);
  rmdir(folder);
  return code == 0 ? status : lode_complain(job->command, &err);
}

static lode_status compare(const lode_settings *settings, lode_str before, lode_str after) {
  lode_err err;
  lode_err_clear(&err);
  lode_founds old = {0}, new = {0};
  lode_changes changes = {0};
  lode_buf text = {0};
  lode_paint out = {.out = &text, .color = lode_terminal_color(settings->color, STDOUT_FILENO), .err = &err};
  int code = lode_founds_read(&old, before, &err);
  if (code == 0) code = lode_founds_read(&new, after, &err);
  if (code == 0) code = lode_changes_find(&changes, &old, &new, &err);
  if (code == 0) {
    lode_changes_put_summary(&out, &changes);
    for (size_t i = 0; i < changes.count; i++) lode_changes_put(&out, &changes.items[i]);
    code = out.code;
  }
  lode_status status = code == 0 ? lode_print("diff", &text) : lode_complain("diff", &err);
  if (changes.count > 0) status = lode_status_worse(status, LODE_EXIT_NOTHING);
  lode_buf_free(&text);
  lode_changes_free(&changes);
  lode_founds_free(&old);
  lode_founds_free(&new);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf before = {0}, after = {0};
  if (count < 3) lode_fail(&err, LODE_E_USAGE, "lode diff OLD NEW INPUT...: two scripts");
  if (settings->output || settings->format) lode_fail(&err, LODE_E_USAGE, "diff writes a report to standard output");
  if (err.code != 0) return lode_complain("diff", &err);
  lode_job job = {.command = "diff", .settings = settings, .inputs = rest + 2, .input_count = count - 2};
  job.script = rest[0];
  lode_status status = lode_records_of(&job, &before);
  if (status == LODE_EXIT_OK || status == LODE_EXIT_SKIPPED) {
    job.script = rest[1];
    status = lode_status_worse(status, lode_records_of(&job, &after));
  }
  if (status == LODE_EXIT_OK || status == LODE_EXIT_SKIPPED)
    status = lode_status_worse(status,
                               compare(settings, (lode_str){before.ptr, before.len}, (lode_str){after.ptr, after.len}));
  lode_buf_free(&before);
  lode_buf_free(&after);
  return status;
}

const lode_command lode_command_diff = {
    "diff",
    "OLD NEW INPUT...",
    "run two versions of a script and show which records came, went and changed",
    "First a line for each rule: +added -removed ~changed; then the records, removed ones first. A record is the same\n"
    "where page, type and place are. The exit status is 1 where there is a difference.\n"
    "\n"
    "    git show HEAD:my_rules.lua >/tmp/old.lua; lode diff /tmp/old.lua my_rules.lua pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look},
    run,
};
