/* furniture.h - lines that recur on many pages of one source.
 *
 * A line is compared after folding: white space is one space, every number of a short line is 0, what
 * is beyond 300 bytes a hash.  A
 * source is the host of the page's address (metadata `url`, or its id), else the folder or file that it is from.  The
 * lines are learnt by counting keys over all pages (lode_furniture_keys), each once a page, and choosing with
 * lode_furniture_is_many; a list of them is text, `PAGES TAB SOURCE TAB LINE`, "#" begins a comment.
 *
 * lode_clean zones them where page->furniture is set: a line of the body, or a headline, becomes nav before the story,
 * footer behind it, notice inside.  Sentences are left alone on a page of which they are more than half: that is a copy of a story, not a
 * page with furniture.
 *
 * Lifetime   lode_furniture_free; read once, then only looked at, so workers share it.
 * Cost       One look-up a paragraph.
 */
#ifndef LODE_FURNITURE_H
#define LODE_FURNITURE_H
#include "page.h"

typedef struct lode_furniture lode_furniture;

/* The list in `text`.  A line that has not three fields is LODE_E_INPUT with its number in err->line. */
int lode_furniture_read(lode_furniture **out, lode_str text, lode_err *err);
void lode_furniture_free(lode_furniture *self);

/* Give the keys of a cleaned page: SOURCE TAB for the page itself, then SOURCE TAB LINE for each distinct line. */
typedef int (*lode_furniture_take)(void *ud, lode_str key, lode_err *err);
int lode_furniture_keys(lode_page *page, lode_furniture_take take, void *ud, lode_err *err);

/* Whether a line on `count` of a source's `pages` pages is furniture: at least three, and a tenth of them; a sentence, which
 * a story told often has too, at least five and a third. */
bool lode_furniture_is_many(lode_str line, uint64_t count, uint64_t pages);

/* Zone the furniture of a cleaned page. */
int lode__furniture_apply(lode_page *page, lode_err *err);

#endif
