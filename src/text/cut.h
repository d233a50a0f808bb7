/* cut.h - where a text that is too long for one piece may be cut.
 *
 * Every segmenter gives the same boundaries on both sides as on the whole where the cut is certain: behind a blank
 * line, or between two lines that are too long to be wrapped ones.  Where there is no such place near the end of
 * what is at hand, the cut is the best of: behind any line, before a capital behind a long word and its stop, before
 * a space behind a letter, between two characters.  Only the first of these keeps the boundaries of UAX #29 for sure.
 */
#ifndef LODE_CUT_H
#define LODE_CUT_H
#include <stddef.h>

/* The end of the first piece of a longer text (any bytes) of which len are at hand: 0 < cut < len, len > 1.
 * Reads the last 64 KB, and where no line ends there, all that follows the last line end. */
size_t lode_text_cut(const char *text, size_t len);

#endif
