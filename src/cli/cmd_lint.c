#include "commands.h"
#include "script.h"

static lode_status lint_script(const lode_script *script) {
  lode_err err;
  lode_err_clear(&err);
  lode_host *host = NULL;
  lode_buf out = {0};
  int code = lode_script_load(script, &host, &err);
  lode_str warnings = host == NULL ? LODE_STR("") : lode_host_warnings(host);
  int writing = lode_buf_add(&out, warnings.ptr, warnings.len, code == 0 ? &err : NULL);
  if (code == 0) code = writing;
  lode_status status = lode_print("lint", &out);
  if (code != 0) status = lode_status_worse(status, lode_complain("lint", &err));
  else if (warnings.len > 0) status = lode_status_worse(status, LODE_EXIT_NOTHING);
  lode_host_close(host);
  lode_buf_free(&out);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_status status = LODE_EXIT_OK;
  if (count == 0) {
    lode_fail(&err, LODE_E_USAGE, "which script? lode lint SCRIPT...");
    return lode_complain("lint", &err);
  }
  for (size_t i = 0; i < count; i++) {
    lode_script script = {0};
    int code = lode_script_init(&script, settings, rest[i], &err);
    status = lode_status_worse(status, code == 0 ? lint_script(&script) : lode_complain("lint", &err));
    lode_script_free(&script);
  }
  return status;
}

const lode_command lode_command_lint = {
    "lint",
    "SCRIPT...",
    "load scripts and print what is probably a mistake in them (also: lode check)",
    "Warnings, each with its line: parts that can match nothing, alternatives that are never reached, gaps that are\n"
    "always empty, labels that no rule makes. The exit status is 1 where there is one, 2 where a script does not "
    "load.\n"
    "\n"
    "    lode lint scripts/*.lua\n",
    {lode_options_lists, lode_options_run},
    run,
};
