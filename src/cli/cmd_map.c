#include "commands.h"
#include "job.h"

static lode_status map(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (count < 2) lode_fail(&err, LODE_E_USAGE, "lode map SCRIPT INPUT...");
  else if (settings->format) lode_fail(&err, LODE_E_USAGE, "map writes keyed lines: the format belongs to lode reduce");
  if (err.code != 0) return lode_complain("map", &err);
  return lode_job_run(&(lode_job){.command = "map",
                                  .settings = settings,
                                  .script = rest[0],
                                  .half = LODE_RUN_MAP,
                                  .inputs = rest + 1,
                                  .input_count = count - 1});
}

static lode_status reduce(const lode_settings *settings, char **rest, size_t count) {
  char standard_input[] = "-";
  lode_err err;
  lode_err_clear(&err);
  char *only[] = {standard_input};
  if (count < 1) lode_fail(&err, LODE_E_USAGE, "lode reduce SCRIPT [FILE...]");
  if (err.code != 0) return lode_complain("reduce", &err);
  return lode_job_run(&(lode_job){.command = "reduce",
                                  .settings = settings,
                                  .script = rest[0],
                                  .half = LODE_RUN_REDUCE,
                                  .inputs = count > 1 ? rest + 1 : only,
                                  .input_count = count > 1 ? count - 1 : 1});
}

const lode_command lode_command_map = {
    "map",
    "SCRIPT INPUT...",
    "the first half of a run: keyed lines, for sort or an engine",
    "Lines of GROUP/KEY, TAB, ORDINAL, TAB, JSON: a page's records (no group, no key), what lode.group collects (the "
    "key\n"
    "escaped as in JSON), and behind a ~ counters and totals. lode reduce makes of them what lode run would have "
    "written.\n"
    "Where several machines share the input, each part gets its number with --shard, in input order.\n"
    "\n"
    "    lode map my_rules.lua pages/ | sort | lode reduce my_rules.lua\n"
    "    lode map my_rules.lua part7.jsonl.gz --shard 7 >part7.keyed\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_map},
    map,
};

const lode_command lode_command_reduce = {
    "reduce",
    "SCRIPT [FILE...]",
    "the second half of a run: from keyed lines to records",
    "Reads what lode map wrote, from files or standard input, in any order: records, then the group stage for each "
    "key, then\n"
    "the done stage. With several reducers all lines of a key go to one of them, and those that begin with ~ to one, "
    "which\n"
    "alone runs the done stage.\n"
    "\n"
    "    sort part*.keyed | lode reduce my_rules.lua -f csv -o out.csv\n",
    {lode_options_pages, lode_options_lists, lode_options_run},
    reduce,
};
