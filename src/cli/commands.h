/* commands.h - the commands, and what they share.
 *
 * A command is a row: its words for help, the options that it takes, and the function that does it.  A new
 * command is a file cmd_NAME.c, its row here, and its place in commands.c.
 */
#ifndef LODE_COMMANDS_H
#define LODE_COMMANDS_H
#include "options.h"
#include "status.h"

typedef struct lode_command {
  const char *name;
  const char *usage;                             /* what stands behind the name: "SCRIPT INPUT..." */
  const char *summary;                           /* one line, no stop */
  const char *details;                           /* for help; lines end with \n */
  const lode_option *tables[LODE_OPTION_TABLES]; /* besides lode_options_help; NULL ends */
  lode_status (*run)(const lode_settings *settings, char **rest, size_t count);
} lode_command;

extern const lode_command lode_command_run;
extern const lode_command lode_command_grep;
extern const lode_command lode_command_kwic;
extern const lode_command lode_command_test;
extern const lode_command lode_command_why;
extern const lode_command lode_command_view;
extern const lode_command lode_command_near;
extern const lode_command lode_command_profile;
extern const lode_command lode_command_lint;
extern const lode_command lode_command_diff;
extern const lode_command lode_command_score;
extern const lode_command lode_command_watch;
extern const lode_command lode_command_repl;
extern const lode_command lode_command_new;
extern const lode_command lode_command_map;
extern const lode_command lode_command_reduce;
extern const lode_command lode_command_clean;
extern const lode_command lode_command_tokens;
extern const lode_command lode_command_sentences;
extern const lode_command lode_command_words;
extern const lode_command lode_command_segment;
extern const lode_command lode_command_dedup;
extern const lode_command lode_command_help;

/* All of them in the order of help, NULL at the end. */
extern const lode_command *const lode_commands[];

const lode_command *lode_command_find(const char *name);

/* The program: everything main does. */
int lode_main(int argc, char **argv);

/* "lode NAME: message" on standard error; command NULL leaves NAME out.  Returns the status of err->code. */
lode_status lode_complain(const char *command, const lode_err *err);

/* Write the text to standard output; what the program exits with (a closed output is fine). */
lode_status lode_print(const char *command, const lode_buf *text);

#endif
