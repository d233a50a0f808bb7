/* html.h - a page of HTML: content, map, paragraphs with zones and kinds, metadata.  Private to src/clean. */
#ifndef LODE_HTML_H
#define LODE_HTML_H
#include "page.h"

/* The page's content is its source in valid UTF-8 (lode_page_decode); it becomes the text, and the map that of the text. */
int lode__html_clean(lode_page *page, lode_err *err);

#endif
