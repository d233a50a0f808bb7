/* settle.h - which of the overlapping matches of a label stay; seen inside src/rule only. */
#ifndef LODE_SETTLE_H
#define LODE_SETTLE_H
#include "matcher.h"

/* Settle the kept matches among matcher.matches, those from `first` on being new, and make the annotations of every
 * label that got a match anew from what stays and what the caller added. */
int lode__settle(lode_matcher *self, uint32_t first, const lode_match_hooks *hooks, lode_err *err);

#endif
