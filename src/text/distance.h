/* distance.h - how far apart two strings are.
 *
 * Units are code points of valid UTF-8.  Callers that want case or accents ignored fold first.
 * Cost       Levenshtein and OSA: O(n m / 64) bit-parallel (Myers 1999, Hyyrö 2003) or a plain row where simpler;
 *            never more than LODE_DISTANCE_MAX code points on a side (LODE_E_LIMIT beyond).
 */
#ifndef LODE_DISTANCE_H
#define LODE_DISTANCE_H
#include "err.h"
#include "span.h"

enum { LODE_DISTANCE_MAX = 4096 };

int lode_levenshtein(lode_str a, lode_str b, uint32_t *out, lode_err *err);     /* insert, delete, replace */
int lode_damerau(lode_str a, lode_str b, uint32_t *out, lode_err *err);         /* and swap neighbours (OSA) */
int lode_jaro_winkler(lode_str a, lode_str b, double *out, lode_err *err);      /* 0 to 1, prefix weight 0.1 of 4 */

#endif
