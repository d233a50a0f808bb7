/* relax.h - a rule with one part of its pattern relaxed, to see what it would match then.
 *
 * What is relaxed and how: a word or other single token becomes any token; an annotation becomes one to four tokens; a
 * gap reaches farther; a bound of a repetition is let go; what must not be here, must be around, or must be the same is
 * dropped.  A part that several places of the pattern share is relaxed in all of them: the script has it once.
 */
#ifndef LODE_RELAX_H
#define LODE_RELAX_H
#include "pattern.h"

enum { LODE_RELAX_GAP = 16, LODE_RELAX_ANN = 4 };

typedef struct lode_relaxed {
  lode_pattern part;  /* the part that was relaxed */
  lode_pattern match; /* the whole pattern with it */
  const char *change; /* what was made of the part, for people */
} lode_relaxed;

/* Every way to relax one part of `match`, up to `most`; the tokens of the relaxed part are captured (a list) under
 * `capture`.  The result is malloc'd: *out with *count. */
int lode_relax(lode_patterns *self, lode_pattern match, uint32_t capture, uint32_t most, lode_relaxed **out,
               uint32_t *count, lode_err *err);

#endif
