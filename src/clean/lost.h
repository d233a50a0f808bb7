/* lost.h - say where characters are lost for good.  Private to src/clean.
 *
 *     in?Washingtonand?Yang Ran      two question marks that were no-break spaces, and "Washington" runs into "and"
 *
 * Some converter wrote "?" for what it did not know.  Nothing can be put back: the mark becomes LODE_REPAIR_LOST, and
 * the words glued to it, where spaces may be missing too, LODE_REPAIR_SPACING.  A question mark asks where it ends a
 * word and space, a capital or the end comes next; it is lost between two letters of which the second is small, and,
 * on a page where that is so, between any two.  Addresses (with "=", "&", "/" in the same word) are left out.
 */
#ifndef LODE_LOST_H
#define LODE_LOST_H
#include "page.h"

/* Add to the page's repairs.  Cost: a search for '?' where there is none glued to letters. */
int lode__lost_mark(lode_page *page, lode_err *err);

#endif
