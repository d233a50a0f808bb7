/* script.h - a script for commands that run it here, without a run of pages: test, lint, watch, repl. */
#ifndef LODE_SCRIPT_H
#define LODE_SCRIPT_H
#include "host.h"
#include "options.h"

typedef struct lode_script {
  lode_host_options options;
  lode_buf library;
  lode_lists lists;
} lode_script;

/* Options of a host from those of the command line; they live as long as self.  lode_script_free also after a
 * failure. */
int lode_script_init(lode_script *self, const lode_settings *settings, const char *script, lode_err *err);
void lode_script_free(lode_script *self);

/* Open and load; *host is NULL only where it could not be opened, else it is to be closed, loaded or not. */
int lode_script_load(const lode_script *self, lode_host **host, lode_err *err);

/* Each line of the text to standard error. */
void lode_script_say(lode_str text);

#endif
