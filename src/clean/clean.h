/* clean.h - from raw bytes to content, zones and metadata.
 *
 * HTML (page->html): the standard's tree, the text with a map through entities and removed markup, the story by where
 * prose stands close together, by names of elements, links and repeated blocks; metadata from markup (html.h).
 * Both are decoded first (encoding.h), and what was spoiled before is undone (entities.h, mojibake.h, lost.h).
 * Plain text: cut into paragraphs, give each a zone by features of the line and its
 * neighbours (length, link words, separators, terminal punctuation, script of the line against the
 * script of the page, runs of alike short lines), take title, author, source, times and language as metadata.
 * Nothing is deleted.  Binary data (many control characters) is LODE_E_INPUT.  Metadata that came with the page (a JSON line's fields) is never overwritten.
 *
 * Determinism  the same bytes give the same zones; nothing is learnt across pages here.
 * Cost         O(raw).
 */
#ifndef LODE_CLEAN_H
#define LODE_CLEAN_H
#include "page.h"
#include <stdbool.h>

/* Fill content, map, repairs, paragraphs with zones, and metadata of an opened page. */
int lode_clean(lode_page *page, lode_err *err);

/* For who needs no map and no repairs of UTF-8: *text is the content of a page in another encoding, else the raw bytes, and
 * *clean tells whether nothing in it is broken.  Binary data is refused unless it is clean UTF-8. */
int lode_clean_text(lode_page *page, lode_str *text, bool *clean, lode_err *err);

/* The first whole date in a text, as people write it ("10 May 2024", "May 10, 2024 5:30 p.m.", a mail's), as 2024-05-10 or
 * 2024-05-10T17:30 and a NUL; false where there is none, or where day and month may be either way round. */
enum { LODE_DATE_SIZE = 64 };
bool lode_clean_date(lode_str text, char out[LODE_DATE_SIZE]);

/* Whether the bytes, or the first of them, are UTF-16 or UTF-32, which cannot be cut at a byte. */
bool lode_clean_is_wide(lode_str raw);

/* Only decode and repair: content, map, repairs, and every paragraph in the body. */
int lode_clean_repair(lode_page *page, lode_err *err);

#endif
