/* zones.h - give every paragraph of a plain text its zone.  Private to src/clean.
 *
 * Looks at each line alone (lineform.h), then at lines together: which script the page is written in, which
 * stretch of lines is the story, what stands before, inside and behind it.  See zones.c.
 */
#ifndef LODE_ZONES_H
#define LODE_ZONES_H
#include "page.h"

/* Set the zone of every paragraph of the page.  Cost: O(content), 32 bytes a paragraph while it runs. */
int lode__zones_mark(lode_page *page, lode_err *err);

#endif
