/* htmltext.h - the text of a page, paragraph by paragraph, in the order of the source.  Private to src/clean.
 *
 * Everything that is text for a reader is taken, whatever it is worth; htmlmain.c says what is the story.  White space
 * is folded to one space, entities become characters, tags leave nothing, and the map says for every byte where it is
 * from.  Blocks, `br` and the lines of `pre` end a paragraph.
 *
 * Invariants   paragraphs are trimmed, not empty, in order; one '\n' made from nothing stands between two.
 */
#ifndef LODE_HTMLTEXT_H
#define LODE_HTMLTEXT_H
#include "htmlattr.h"
#include "htmltree.h"
#include "lineform.h"
#include "map.h"

typedef struct lode__html_part {
  uint32_t begin, end;   /* content bytes */
  uint32_t node;         /* the block that it stands in */
  uint32_t span;         /* token of the innermost a or span around its first text, or UINT32_MAX */
  uint32_t token;        /* of its first text */
  uint32_t link_bytes;   /* of them inside links */
  uint32_t strong_bytes; /* of them bold */
  uint16_t links;        /* pieces of text inside links */
  uint8_t zone;          /* a lode_zone */
  uint8_t form;          /* a lode_paragraph_form */
  lode__line line;
} lode__html_part;

typedef struct lode__html_doc {
  lode__html_scan scan;
  lode__html_tree tree;
  lode__html_part *parts;
  size_t count, cap;
  lode_buf content;
  lode_map map; /* content -> source */
  lode__entities entities;
  lode_arena *arena; /* borrowed */
} lode__html_doc;

/* scan and tree are there; fill content, map and parts. */
int lode__html_text_take(lode__html_doc *self, lode_err *err);

#endif
