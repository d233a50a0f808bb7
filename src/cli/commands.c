#include "commands.h"
#include "file.h"
#include "help.h"
#include "terminal.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const lode_command *const lode_commands[] = {
    &lode_command_run,       &lode_command_test,
    &lode_command_clean,     &lode_command_tokens,
    &lode_command_sentences, &lode_command_words,
    &lode_command_segment,   &lode_command_dedup,
    &lode_command_grep,
    &lode_command_kwic,      &lode_command_why,
    &lode_command_view,      &lode_command_near,
    &lode_command_profile,   &lode_command_lint,
    &lode_command_diff,      &lode_command_score,
    &lode_command_watch,     &lode_command_repl, &lode_command_new,
    &lode_command_map,       &lode_command_reduce,
    &lode_command_help,      NULL,
};

const lode_command *lode_command_find(const char *name) {
  if (strcmp(name, "check") == 0) name = "lint";
  for (const lode_command *const *c = lode_commands; *c; c++)
    if (strcmp((*c)->name, name) == 0) return *c;
  return NULL;
}

lode_status lode_complain(const char *command, const lode_err *err) {
  char text[2048];
  lode_buf line = {0};
  lode_err_text(err, text, sizeof text);
  if (err->code != LODE_E_CLOSED &&
      lode_buf_printf(&line, NULL, "lode%s%s: %s", command ? " " : "", command ? command : "", text) == 0)
    lode_terminal_say(line.ptr, line.len);
  lode_buf_free(&line);
  return lode_status_of(err->code);
}

lode_status lode_print(const char *command, const lode_buf *text) {
  lode_err err;
  lode_err_clear(&err);
  if (lode_fd_write(STDOUT_FILENO, text->ptr, text->len, &err) == 0) return LODE_EXIT_OK;
  return lode_complain(command, &err);
}

static int unknown_command(const char *given, lode_err *err) {
  enum { MOST = 64 };
  size_t len = strlen(given);
  if (len > 4 && strcmp(given + len - 4, ".lua") == 0)
    return lode_fail(err, LODE_E_USAGE, "no command \"%.100s\"; did you mean lode run %.100s ...?", given, given);
  const char *names[MOST + 1];
  size_t count = 0;
  for (const lode_command *const *c = lode_commands; *c && count < MOST; c++) names[count++] = (*c)->name;
  names[count] = NULL;
  const char *guess = lode_guess(given, strlen(given), names);
  if (guess) return lode_fail(err, LODE_E_USAGE, "no command \"%.100s\"; did you mean %s?", given, guess);
  return lode_fail(err, LODE_E_USAGE, "no command \"%.100s\"; lode help lists them", given);
}

/* Print what a function of help.h wrote (code is what it returned), and let the text go. */
static lode_status print_help(int code, lode_buf *text, const lode_err *err) {
  lode_status status = code == 0 ? lode_print(NULL, text) : lode_complain(NULL, err);
  lode_buf_free(text);
  return status;
}

static lode_status run_command(const lode_command *command, char **arguments, size_t count) {
  const lode_option *tables[LODE_OPTION_TABLES] = {lode_options_help};
  for (size_t i = 1; i < LODE_OPTION_TABLES; i++) tables[i] = command->tables[i - 1];
  lode_settings settings;
  lode_settings_init(&settings);
  lode_err err;
  lode_err_clear(&err);
  size_t rest_count = 0;
  lode_buf text = {0};
  lode_status status = LODE_EXIT_OK;
  char **rest = malloc((count + 1) * sizeof *rest);
  int code = rest ? lode_options_parse(tables, arguments, count, &settings, rest, &rest_count, &err)
                  : lode_fail(&err, LODE_E_NOMEM, "out of memory");
  if (code != 0) status = lode_complain(command->name, &err);
  else if (settings.help) status = print_help(lode_help_command(command, &text, &err), &text, &err);
  else status = command->run(&settings, rest, rest_count);
  free(rest);
  lode_settings_free(&settings);
  return status;
}

int lode_main(int argc, char **argv) {
  /* A closed pipe must come back as EPIPE, so that the run can end in order. */
  signal(SIGPIPE, SIG_IGN);
  lode_err err;
  lode_err_clear(&err);
  lode_buf text = {0};
  if (argc < 2) {
    lode_fail(&err, LODE_E_USAGE, "which command? lode help lists them");
    return (int)lode_complain(NULL, &err);
  }
  const char *name = argv[1];
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
    return (int)print_help(lode_help_overview(&text, &err), &text, &err);
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
    return (int)print_help(lode_help_version(&text, &err), &text, &err);
  const lode_command *command = lode_command_find(name);
  if (!command) {
    unknown_command(name, &err);
    return (int)lode_complain(NULL, &err);
  }
  if (command == &lode_command_help)
    return (int)command->run(NULL, argv + 2, (size_t)(argc - 2)); /* `help --zone` asks */
  return (int)run_command(command, argv + 2, (size_t)(argc - 2));
}
