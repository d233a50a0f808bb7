/* furnish.h - --furniture FILE: read the list, or learn it from the inputs first. */
#ifndef LODE_FURNISH_H
#define LODE_FURNISH_H
#include "furniture.h"
#include "run.h"

/* The list in `path`; where there is no such file, a run over the inputs of `options` counts the lines of each source and
 * writes it there.  *hash is that of the list.  *out is the caller's to free. */
int lode_furnish(const lode_run_options *options, const char *path, lode_furniture **out, uint64_t *hash,
                 lode_err *err);

#endif
