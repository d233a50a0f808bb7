/* language.h - which language a text is in, where that is cheap to say.  Private to src/clean.
 *
 * Scripts that one language has nearly to itself decide at once; Latin text is decided by a vote of the
 * commonest words, Cyrillic by letters that only one of two has.  No answer where the vote is thin or
 * close: this is metadata, not a classifier.
 */
#ifndef LODE_LANGUAGE_H
#define LODE_LANGUAGE_H
#include "page.h"

/* An ISO 639-1 code, or NULL.  Reads at most the first 1,200 bytes of the body. */
const char *lode__language_of(const lode_page *page);

#endif
