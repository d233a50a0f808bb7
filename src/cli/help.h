/* help.h - what `lode help`, `lode COMMAND --help` and `lode --version` print. */
#ifndef LODE_HELP_H
#define LODE_HELP_H
#include "commands.h"

int lode_help_overview(lode_buf *out, lode_err *err);
int lode_help_command(const lode_command *command, lode_buf *out, lode_err *err);
int lode_help_version(lode_buf *out, lode_err *err);

#endif
