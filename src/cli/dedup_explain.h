/* dedup_explain.h - two texts side by side: which of their shingles they share. */
#ifndef LODE_DEDUP_EXPLAIN_H
#define LODE_DEDUP_EXPLAIN_H
#include "unit.h"

/* Append to out what lode dedup --explain prints: the verdict, then both texts, the words of shared shingles apart from
 * the rest (by colour, or in brackets). */
int lode_dedup_explain(const lode_dedup_settings *settings, const lode_str ids[2], const lode_str texts[2], _Bool color,
                       lode_buf *out, lode_err *err);

#endif
