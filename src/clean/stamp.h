/* stamp.h - a date as bylines write it.  Private to src/clean.
 *
 * Whole dates only, with a year: 2025-08-20, 2025-08-20 00:17:05, 2025-08-20T00:17Z, August 20, 2025,
 * Aug. 20 2025 at 5:30 p.m., 20 August 2025 17:30, 20.08.2025.  Where day and month could be either way round
 * (03/04/2025) nothing is taken: a wrong date is a fault.
 */
#ifndef LODE_STAMP_H
#define LODE_STAMP_H
#include "clean.h"

enum { LODE__STAMP_SIZE = LODE_DATE_SIZE };

/* Read a date that begins at text[at].  True with its end in *end and "2025-08-20" or "2025-08-20T00:17",
 * terminated, in out. */
bool lode__stamp_read(const char *text, size_t len, size_t at, size_t *end, char out[LODE__STAMP_SIZE]);

#endif
