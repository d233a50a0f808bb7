/* metatext.h - take metadata out of the text of a page whose zones are set.  Private to src/clean.
 *
 * title from the headline, author from bylines, source from credits and site names in bylines, date and
 * updated from "Posted ..." and "Updated ..." as "2025-08-20" or "2025-08-20T00:17", lang from the script
 * and the commonest words.  What the text does not say is not set; what the page came with stays.
 */
#ifndef LODE_METATEXT_H
#define LODE_METATEXT_H
#include "page.h"

int lode__metatext_take(lode_page *page, lode_err *err);

#endif
