/* err.h - the error value.
 *
 * Every fallible function returns an int: 0, or one of the negative codes below, and takes a
 * `lode_err *err` (may be NULL) as its last parameter.  The function that first notices the failure
 * fills it; callers forward the code and add only where in the user's data it happened.
 *
 * Bugs are asserts.  Running out of memory is an ordinary code.  Nothing below src/cli prints or exits.
 */
#ifndef LODE_ERR_H
#define LODE_ERR_H
#include <stddef.h>
#include <stdint.h>

/*   code    name       what it means for the user */
#define LODE_ERRORS(X)                                                                         \
  X(NOMEM, -1, "nomem", "out of memory")                                                       \
  X(IO, -2, "io", "reading or writing failed")                                                 \
  X(INPUT, -3, "input", "the input is broken: this page or file, not the run")                 \
  X(USAGE, -4, "usage", "wrong use of an option or a function")                                \
  X(SCRIPT, -5, "script", "the script is broken or raised an error")                           \
  X(LIMIT, -6, "limit", "a limit was reached: size, depth, steps or memory")                   \
  X(TIMEOUT, -7, "timeout", "a deadline was missed")                                           \
  X(CRASH, -8, "crash", "the process that worked on it died")                                  \
  X(CLOSED, -9, "closed", "whoever read the output has gone away")                             \
  X(CHANGED, -10, "changed", "what a journal was made from is not what is there now")

enum {
  LODE_OK = 0,
#define LODE_ERROR_ENUM(code, number, name, text) LODE_E_##code = number,
  LODE_ERRORS(LODE_ERROR_ENUM)
#undef LODE_ERROR_ENUM
};

#define LODE_NO_BYTE UINT64_MAX

typedef struct lode_err {
  int code;
  char message[1024];   /* what, what came, what to try; no line end */
  char path[512];       /* the user's file or page id, or "" */
  uint64_t byte;        /* offset in it, or LODE_NO_BYTE */
  uint32_t line;        /* 1-based, or 0 */
  const char *raised_file; /* where in lode it was noticed */
  int raised_line;
} lode_err;

/* An err with no failure in it. */
void lode_err_clear(lode_err *err);

/* Fill err (unless NULL) and return code.  Use it through the macro: return lode_fail(err, CODE, ...). */
int lode_err_set(lode_err *err, int code, const char *raised_file, int raised_line, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 5, 6)))
#endif
    ;
#define lode_fail(err, code, ...) lode_err_set((err), (code), __FILE__, __LINE__, __VA_ARGS__)

/* Add where in the user's data it happened; keeps a place that is already there.  path may be NULL.
 * Returns err->code; whoever returns that in turn must have an err (a NULL one gives LODE_E_INPUT). */
int lode_err_at(lode_err *err, const char *path, uint32_t line, uint64_t byte);

/* "path:line: message" or "path: byte N: message" or "message" into out (terminated, cut to size);
 * returns out. */
char *lode_err_text(const lode_err *err, char *out, size_t size);

/* The short name of a code ("io"), as `--errors` writes it; "unknown" for any other number. */
const char *lode_err_name(int code);

#endif
