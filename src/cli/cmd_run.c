#include "commands.h"
#include "job.h"

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (count == 0) {
    lode_fail(&err, LODE_E_USAGE, "which script? lode run SCRIPT INPUT...");
    return lode_complain("run", &err);
  }
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
    "SCRIPT INPUT...",
    "run a Lua script over pages and write the records that it emits",
    "Inputs are files, folders (walked), patterns, or - for standard input; .gz and .zst are opened. Records\n"
    "go to standard output or to -o FILE, in the order of the pages, the same for every -j.\n"
    "\n"
    "    lode run scripts/quotes.lua pages/ -o quotes.jsonl\n"
    "    lode run scripts/words.lua -f csv --arg top=50 'pages/*.jsonl.gz'\n",
    {lode_options_pages, lode_options_run},
    run,
};
