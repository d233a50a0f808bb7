#include "commands.h"
#include "job.h"
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_lua(const char *path) {
  size_t len = strlen(path);
  return len > 4 && strcmp(path + len - 4, ".lua") == 0;
}

/* A script without an ending is taken; a folder, standard input or a name with another ending is none where a script
 * stands behind it. */
static bool is_input(const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  if (is_lua(path)) return is_folder(path);
  return is_folder(path) || strcmp(path, "-") == 0 || strpbrk(path, "*?[") || strchr(name, '.');
}

/* People name the pages first. */
static int check_order(char **rest, size_t count, lode_err *err) {
  if (count == 0) return lode_fail(err, LODE_E_USAGE, "which script? lode run SCRIPT INPUT...");
  if (!is_input(rest[0])) return 0;
  for (size_t i = 1; i < count; i++)
    if (is_lua(rest[i]) && !is_folder(rest[i]))
      return lode_fail(err, LODE_E_USAGE, "SCRIPT comes first: lode run %.200s %.200s%s", rest[i], rest[0],
                       count > 2 ? " ..." : "");
  if (is_folder(rest[0]))
    return lode_fail(err, LODE_E_USAGE, "%.200s is a folder: which script? lode run SCRIPT %.200s", rest[0], rest[0]);
  return 0;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (settings->expression) {
    return lode_job_run(&(lode_job){
        .command = "run",
        .settings = settings,
        .script = "-e",
        .pattern = settings->expression,
        .with = settings->with,
        .inputs = rest,
        .input_count = count,
        .summary = true,
    });
  }
  if (check_order(rest, count, &err) != 0) return lode_complain("run", &err);
  return lode_job_run(&(lode_job){
      .command = "run",
      .settings = settings,
      .script = rest[0],
      .inputs = rest + 1,
      .input_count = count - 1,
      .summary = true,
  });
}

const lode_command lode_command_run = {
    "run",
    "SCRIPT INPUT... | -e PATTERN INPUT...",
    "run a Lua script over pages and write the records that it emits",
    "Inputs are files, folders (walked), patterns, or - for standard input; .gz and .zst are opened. Records\n"
    "go to standard output or to -o FILE, in the order of the pages, the same for every -j. How scripts are\n"
    "written: lode help scripts.\n"
    "\n"
    "    lode run scripts/quotes.lua pages/ -o quotes.jsonl\n"
    "    lode run scripts/words.lua -f csv --arg n=50 'pages/*.jsonl.gz'\n"
    "    lode run -e 'who:name{1,3} w\"said says\" what:any' pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_expression, lode_options_review},
    run,
};
