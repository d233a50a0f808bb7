/* reference_breaks.h - the rules of UAX #29 written down one by one, for comparing with src/text/uax29.c.
 *
 * Slow on purpose (quadratic in places): every question "is there a break here" is answered from the
 * whole text, rule by rule in the order of the annex, over an array of classes.  It shares the property
 * tables with the code under test; those are checked against the data files elsewhere.
 */
#ifndef LODE_REFERENCE_BREAKS_H
#define LODE_REFERENCE_BREAKS_H
#include "uax29.h"

/* Every boundary of text but 0, as lode_breaks_all gives them.  Returns false where memory is out. */
bool reference_breaks(lode_unit unit, const char *text, size_t len, lode_offsets *out);

#endif
