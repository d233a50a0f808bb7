/* mojibake.h - undo layers of UTF-8 that was read as a single-byte encoding.  Private to src/clean.
 *
 *     "Ã©" -> "é"        one layer of Windows-1252
 *     "Ãƒ©" and so on     several layers, also of different encodings, also beside text that is right
 *     "â€?" -> U+FFFD     what was lost stays lost, and is recorded as LODE_REPAIR_LOST
 *     U+0085 -> "…"      C1 controls are Windows-1252 that was taken for Latin-1
 *
 * A run of non-ASCII characters is replaced only where some chain of encodings makes it clearly less surprising
 * (plausible.h) in its place; a page in which an encoding was found often needs less to be believed elsewhere.
 *
 * Cost  On clean text one pass with a table look-up for each character beyond ASCII; what looks suspicious
 *       is tried in up to 12 encodings and 5 layers, of a long run the first 400 characters, and the chain
 *       found is tried first on the next.
 */
#ifndef LODE_MOJIBAKE_H
#define LODE_MOJIBAKE_H
#include "page.h"

/* Rewrite the page's content, map and repairs where that makes it better; paragraphs move along. */
int lode__mojibake_undo(lode_page *page, lode_err *err);

#endif
