/* htmlmain.h - which parts of a page are the story, and what the others are.  Private to src/clean. */
#ifndef LODE_HTMLMAIN_H
#define LODE_HTMLMAIN_H
#include "htmlmarks.h"
#include "htmltext.h"
#include "page.h"

/* What is known of the nodes of a page.  Arrays by node, in the arena. */
typedef struct lode__html_story {
  lode__html_doc *doc;
  lode__html_names names;
  lode_str title;        /* of the page, entities decoded; may be empty */
  uint32_t *marks;       /* 0 where not yet looked at */
  uint32_t *prose;       /* words of prose in the subtree, without what is cut off */
  uint32_t *link, *text; /* bytes in links and of all, in the subtree */
  uint32_t *titles;      /* links of two words and more that fill their line, in the subtree */
  float *score;          /* how much prose stands close together there */
  uint8_t *cut;          /* zone + 1 of what it is cut off as, or 0 */
  uint8_t *inside;       /* belongs to the story */
  uint32_t core;         /* where it is densest; 0 where there is no prose */
} lode__html_story;

uint32_t lode__html_story_marks(lode__html_story *self, uint32_t node);

/* The zone that marks stand for, or LODE_ZONE_BODY. */
lode_zone lode__html_zone_of_marks(uint32_t marks);

/* Give every part its zone. */
int lode__html_main_find(lode__html_doc *self, lode_str title, lode_err *err);

#endif
