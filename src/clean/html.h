/* html.h - a page of HTML: content, map, paragraphs with zones and kinds, metadata.  Private to src/clean. */
#ifndef LODE_HTML_H
#define LODE_HTML_H
#include "page.h"

/* The page's content is its source in valid UTF-8; it becomes the text, and the map that of the text.  The page's
 * metadata stays as it is where it has a field already.
 *
 * Memory  of the page's arena some 2 to 3 bytes for a byte of the source, at most 500 MB for the parser's tree (htmlscan.h
 *         bounds its tags).
 * Cost    about 4 ns a byte of source: scanner 0.6, gumbo 1.3, text and the look of its lines 0.8, the rest 0.9; gumbo alone
 *         on the source takes 36. */
int lode__html_clean(lode_page *page, lode_err *err);

#endif
