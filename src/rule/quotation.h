/* quotation.h - the quotations of a page, by their marks, as annotations.
 *
 * Curly marks and guillemets keep their direction.  A straight mark has none: it opens where white space is before it
 * and none after it, closes in the opposite case, and where its neighbours do not tell, it does what is due.  A
 * quotation that nothing closes ends with its paragraph.  Marks inside a quotation are part of it.  A single mark is
 * an apostrophe where nothing says otherwise ("the '90s", "the workers' hall").
 *
 * An annotation is from the opening mark to the closing one, both included, or to the end of the paragraph.
 * Cost       One look at each token; a single mark may look LODE_QUOTATION_FAR tokens ahead.
 */
#ifndef LODE_QUOTATION_H
#define LODE_QUOTATION_H
#include "annotation.h"
#include "page.h"

enum { LODE_QUOTATION_FAR = 400 }; /* tokens that a quotation in single marks may have */

/* Add those of every paragraph to the label; in order, not nested.  The label is not sealed. */
int lode_quotations_annotate(const lode_page *page, lode_annotations *out, uint32_t label, lode_err *err);

#endif
