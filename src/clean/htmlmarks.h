/* htmlmarks.h - what the names that authors give to elements say of them.  Private to src/clean.
 *
 * The words of class, id, role and itemprop ("post-share-links", "articleBody") and the element itself.  A name is
 * a hint, never a proof: htmlmain.c weighs it against what the element holds.
 */
#ifndef LODE_HTMLMARKS_H
#define LODE_HTMLMARKS_H
#include "htmltree.h"

enum {
  LODE__MARK_NAV = 1 << 0,
  LODE__MARK_SHARE = 1 << 1,
  LODE__MARK_RELATED = 1 << 2,
  LODE__MARK_COMMENT = 1 << 3,
  LODE__MARK_FOOTER = 1 << 4,
  LODE__MARK_NOTICE = 1 << 5, /* newsletters, cookies, advertisements, paywalls */
  LODE__MARK_CAPTION = 1 << 6,
  LODE__MARK_BYLINE = 1 << 7,
  LODE__MARK_SIDE = 1 << 8, /* sidebars and widgets */
  LODE__MARK_HEADLINE = 1 << 9,
  LODE__MARK_WHOLE = 1 << 10,  /* article, post, story, entry: the whole of something */
  LODE__MARK_BODY = 1 << 11,   /* body, content, text: the inside of something */
  LODE__MARK_STORY = 1 << 12,  /* both together, or said plainly: the text of the article */
  LODE__MARK_UNSEEN = 1 << 13, /* not shown */
  LODE__MARK_FORM = 1 << 14,
  LODE__MARK_AUTHOR = 1 << 15, /* about the author */
  LODE__MARK_TAGS = 1 << 16,
  LODE__MARK_HEAD = 1 << 17,
  LODE__MARK_CREDIT = 1 << 18,
  LODE__MARK_DATE = 1 << 19,
  LODE__MARK_LEAD = 1 << 20,  /* a deck, a summary above the text */
  LODE__MARK_KNOWN = 1 << 30, /* was looked at */
};

/* Values of class attributes that this page had before: lists repeat theirs. */
enum { LODE__MARKS_KEPT = 512 };
typedef struct lode__html_names {
  struct {
    uint64_t hash;
    uint32_t marks;
  } kept[LODE__MARKS_KEPT];
} lode__html_names;

uint32_t lode__html_marks_of(lode__html_names *names, const lode__html_scan *scan, const lode__html_node *node);
/* Of the attributes alone. */
uint32_t lode__html_marks_of_token(lode__html_names *names, const lode__html_scan *scan, uint32_t token);

#endif
