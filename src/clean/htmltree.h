/* htmltree.h - the tree of a page: what stands in what, in the order of the document.  Private to src/clean.
 *
 * gumbo builds it from the skeleton (htmlscan.h); here it becomes one array of nodes, and every text token learns
 * which node holds it.  A node knows where its subtree ends, so "inside" is a comparison of two numbers.
 *
 * Invariants   a parent stands before its children; node 0 is the document; nodes [i, end) are the subtree of i.
 * Lifetime     nodes, and gumbo's own tree while it is built, are in the arena.
 * Errors       LODE_E_NOMEM and LODE_E_LIMIT of the arena; gumbo, which knows no failing allocator, is left by a jump.
 * Cost         O(tokens * depth) at worst, about 250 ns a tag; no recursion.
 */
#ifndef LODE_HTMLTREE_H
#define LODE_HTMLTREE_H
#include "htmlscan.h"

enum {
  LODE__NODE_BLOCK = 1,    /* begins and ends a paragraph */
  LODE__NODE_HIDDEN = 4,   /* its text is not shown as text: head, template, datalist ... */
  LODE__NODE_FORM = 8,     /* select, option, button, textarea, and what is inside */
  LODE__NODE_MADE = 16,    /* has no tag of its own in the source */
  LODE__NODE_HEADING = 32, /* h1 to h6, or inside of one */
  LODE__NODE_PRE = 64,
};

typedef struct lode__html_node {
  uint32_t parent;
  uint32_t end;   /* first node behind the subtree */
  uint32_t token; /* its OPEN token; UINT32_MAX where the parser made it up */
  uint32_t block; /* the nearest block, itself included */
  uint16_t tag;   /* GumboTag */
  uint16_t flags;
} lode__html_node;

typedef struct lode__html_tree {
  lode__html_node *nodes;
  size_t count;
} lode__html_tree;

/* Sets the node of every shown token of scan. */
int lode__html_tree_build(lode__html_tree *self, lode__html_scan *scan, lode_arena *arena, lode_err *err);

#endif
