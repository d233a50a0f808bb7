/* guard.h - a run must not write over what it reads.
 *
 * The files that a run writes (FILE, FILE.part and FILE.journal of -o; FILE and FILE.part of --errors, --dropped and the
 * like; standard output where it is a file) are compared with those it reads, by device and inode, so links do not deceive.  A script, a
 * format or an input that was named is refused.  What a folder or a pattern's folder brings along is left out of the
 * input instead: an output may lie among the pages.
 *
 * Lifetime   Borrows the paths; nothing to free.
 * Cost       A stat for each file that is written, and for inputs of the same size as one of these.
 */
#ifndef LODE_GUARD_H
#define LODE_GUARD_H
#include "inputs.h"
#include <sys/stat.h>

enum { LODE_GUARD_FILES = 16, LODE_GUARD_PATHS = 8 };

typedef struct lode_guard_file {
  const char *option; /* "-o", "--errors" and so on, or "standard output" */
  const char *path;   /* of the option */
  struct stat info;
} lode_guard_file;

typedef struct lode_guard {
  lode_guard_file files[LODE_GUARD_FILES]; /* those that exist already: no other can be read */
  size_t count;
  struct {
    const char *option, *path;
    size_t with;
  } paths[LODE_GUARD_PATHS]; /* of options, whether there is such a file or not */
  size_t path_count;
  const char *left_out; /* path of a written file that lay among the inputs; NULL: none */
} lode_guard;

/* Of -o; NULL is standard output. */
int lode_guard_init(lode_guard *self, const char *output, lode_err *err);

/* Another file that is written, or NULL.  LODE_E_USAGE where it is one of those before it, though it may not be there yet. */
int lode_guard_add(lode_guard *self, const char *option, const char *path, lode_err *err);

/* LODE_E_USAGE where the file is one of those written; `what` names it: "the script". */
int lode_guard_check(const lode_guard *self, const char *what, const char *path, lode_err *err);

/* Look at the inputs from `first` on, which `argument` brought. */
int lode_guard_inputs(lode_guard *self, const char *argument, lode_inputs *inputs, size_t first, lode_err *err);

#endif
