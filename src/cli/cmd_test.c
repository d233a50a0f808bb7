#include "commands.h"
#include "script.h"
#include "terminal.h"
#include <stdio.h>
#include <string.h>

/* What keep and the functions of test(fn) raised or printed. */
static void say_sink(const lode_sink *sink) {
  lode_reader reader = lode_reader_of(sink->problems.ptr, sink->problems.len);
  lode_problem problem;
  while (lode_sink_next_problem(&reader, &problem)) {
    char line[2400];
    int len = snprintf(line, sizeof line, "%.*s: %.*s", (int)problem.where.len, problem.where.ptr,
                       (int)problem.message.len, problem.message.ptr);
    lode_terminal_say(line, len < (int)sizeof line ? (size_t)len : sizeof line - 1);
  }
  if (sink->printed.len > 0) lode_script_say((lode_str){sink->printed.ptr, sink->printed.len});
}

static lode_status verdict(const lode_sink *sink, lode_buf *report, size_t passed, size_t failed) {
  lode_err err;
  lode_err_clear(&err);
  if (passed + failed == 0) {
    lode_fail(&err, LODE_E_USAGE,
              "no example to test: write examples = { { \"text\", speaker = \"...\" } } into a rule");
    return lode_complain("test", &err);
  }
  if (lode_buf_printf(report, &err, "%zu passed, %zu failed\n", passed, failed) != 0)
    return lode_complain("test", &err);
  lode_status status = lode_print("test", report);
  if (failed > 0) status = lode_status_worse(status, LODE_EXIT_NOTHING);
  return sink->problems.len > 0 ? lode_status_worse(status, LODE_EXIT_SKIPPED) : status;
}

static lode_status test_script(const lode_script *script) {
  lode_err err;
  lode_err_clear(&err);
  lode_host *host = NULL;
  lode_sink sink;
  lode_buf report = {0};
  size_t passed = 0, failed = 0;
  lode_sink_init(&sink);
  int code = lode_script_load(script, &host, &err);
  if (host != NULL) lode_script_say(lode_host_warnings(host));
  if (code == 0) code = lode_host_test(host, &sink, &report, &passed, &failed, &err);
  say_sink(&sink);
  lode_status status = code == 0 ? verdict(&sink, &report, passed, failed) : lode_complain("test", &err);
  lode_host_close(host);
  lode_sink_free(&sink);
  lode_buf_free(&report);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_script script = {0};
  int code = 0;
  if (count == 0) code = lode_fail(&err, LODE_E_USAGE, "which script? lode test SCRIPT");
  else if (count > 1) code = lode_fail(&err, LODE_E_USAGE, "one script: the pages are the examples in its rules");
  if (code != 0) return lode_complain("test", &err);
  code = lode_script_init(&script, settings, rest[0], &err);
  lode_status status = code == 0 ? test_script(&script) : lode_complain("test", &err);
  lode_script_free(&script);
  return status;
}

const lode_command lode_command_test = {
    "test",
    "SCRIPT",
    "run the examples that stand beside the rules of a script",
    "Each example is a page of its own, and all rules run over it. { \"text\", name = \"...\" } must match with\n"
    "these captures (false: without that capture), { none = \"text\" } must not. What failed is shown with the\n"
    "rule's line, what was expected and what came; the exit status is then 1.\n"
    "\n"
    "    lode test scripts/deals.lua\n",
    {lode_options_lists, lode_options_run},
    run,
};
