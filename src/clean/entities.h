/* entities.h - character references that are left in text.  Private to src/clean.
 *
 *     "AT&amp;T"  "it&#8217;s"  "&amp;quot;"  "&nbsp;"
 *
 * Known names and numbers with their semicolon; what becomes a reference again (a text that was escaped twice) is
 * undone again, five times at most.  Numbers 128 to 159 mean Windows-1252, as in browsers; controls, surrogates and
 * what is no code point are left as they stand.
 */
#ifndef LODE_ENTITIES_H
#define LODE_ENTITIES_H
#include "page.h"

/* Rewrite the page's content, map and repairs.  Cost: a search for '&' where there is none. */
int lode__entities_undo(lode_page *page, lode_err *err);

/* The character of a name without its '&' and ';', and what Windows-1252 has for 0x80 to 0x9F; 0 for none. */
uint32_t lode__entity_named(const char *name, size_t len);
uint32_t lode__entity_of_windows(uint32_t byte);

#endif
