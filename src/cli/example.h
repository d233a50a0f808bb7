/* example.h - write an example beside a rule, into the text of a script. */
#ifndef LODE_EXAMPLE_H
#define LODE_EXAMPLE_H
#include "buf.h"

/* The script with `example` (a table of Lua, "{ ... }") among the examples of the rule that is made on that line under
 * that name.  LODE_E_USAGE where there is no such rule{...} in the text: a helper makes it, or the file changed. */
int lode_example_insert(lode_str script, size_t line, lode_str rule, lode_str example, lode_buf *out, lode_err *err);

/* Append the text as a string of Lua, with its quotes. */
int lode_example_quote(lode_str text, lode_buf *out, lode_err *err);

#endif
