#include "htmlmain.h"

#include "htmlmarks.h"
#include <gumbo.h>

typedef struct finder {
  lode__html_doc *doc;
  uint32_t *marks;  /* by node, 0 where not yet looked at */
  uint32_t *prose;  /* words of prose in the subtree */
  uint8_t *cut;     /* by node: zone + 1 of what it is cut off as, or 0 */
  uint32_t story;   /* the node that holds the story */
} finder;

static uint32_t marks_of(finder *f, uint32_t node) {
  if (f->marks[node] == 0) f->marks[node] = lode__html_marks_of(&f->doc->scan, &f->doc->tree.nodes[node]);
  return f->marks[node];
}

static bool is_linked(const lode__html_part *part) {
  return part->link_bytes * 2 > part->end - part->begin;
}

static uint32_t weight_of(const lode__html_part *part) {
  if (is_linked(part) || part->hidden) return 0;
  return lode__line_is_prose(&part->line) ? part->line.units : 0;
}

static void sum_up(const lode__html_tree *tree, uint32_t *values) {
  for (size_t i = tree->count; i-- > 1;) values[tree->nodes[i].parent] += values[i];
}

/* The zone that marks stand for, or LODE_ZONE_BODY. */
static lode_zone zone_of_marks(uint32_t marks) {
  if (marks & LODE__MARK_COMMENT) return LODE_ZONE_RELATED;
  if (marks & LODE__MARK_FOOTER) return LODE_ZONE_FOOTER;
  if (marks & LODE__MARK_NAV) return LODE_ZONE_NAV;
  if (marks & LODE__MARK_SHARE) return LODE_ZONE_SHARE;
  if (marks & (LODE__MARK_RELATED | LODE__MARK_SIDE)) return LODE_ZONE_RELATED;
  if (marks & (LODE__MARK_NOTICE | LODE__MARK_FORM | LODE__MARK_UNSEEN)) return LODE_ZONE_FOOTER;
  if (marks & (LODE__MARK_CAPTION)) return LODE_ZONE_CAPTION;
  if (marks & (LODE__MARK_CREDIT)) return LODE_ZONE_CREDIT;
  if (marks & (LODE__MARK_BYLINE | LODE__MARK_AUTHOR | LODE__MARK_DATE)) return LODE_ZONE_BYLINE;
  if (marks & (LODE__MARK_TAGS)) return LODE_ZONE_NAV;
  return LODE_ZONE_BODY;
}

/* What is cut off for its name, from the outside in. */
static void cut_marked(finder *f, uint32_t total) {
  const lode__html_tree *tree = &f->doc->tree;
  for (uint32_t i = 1; i < tree->count; i++) {
    f->cut[i] = f->cut[tree->nodes[i].parent];
    if (f->cut[i] != 0) continue;
    lode_zone zone = zone_of_marks(marks_of(f, i));
    if (zone != LODE_ZONE_BODY && f->prose[i] * 2 <= total) f->cut[i] = (uint8_t)(zone + 1);
  }
}

static uint32_t find_story(finder *f) {
  const lode__html_tree *tree = &f->doc->tree;
  uint32_t at = 0;
  for (;;) {
    uint32_t best = 0;
    for (uint32_t c = at + 1; c < tree->nodes[at].end; c = tree->nodes[c].end)
      if (f->cut[c] == 0 && (best == 0 || f->prose[c] > f->prose[best])) best = c;
    if (best == 0 || f->prose[best] * 10 < f->prose[at] * 7 || !(tree->nodes[best].flags & LODE__NODE_BLOCK)) return at;
    if (tree->nodes[best].tag == GUMBO_TAG_P) return at;
    at = best;
  }
}

static void label(finder *f) {
  lode__html_doc *doc = f->doc;
  const lode__html_node *story = &doc->tree.nodes[f->story];
  for (size_t i = 0; i < doc->count; i++) {
    lode__html_part *part = &doc->parts[i];
    bool inside = part->node >= f->story && part->node < story->end;
    uint8_t cut = f->cut[part->inner];
    const lode__html_node *node = &doc->tree.nodes[part->node];
    if (cut != 0) part->zone = (uint8_t)(cut - 1);
    else if (node->tag == GUMBO_TAG_H1) part->zone = LODE_ZONE_HEADLINE;
    else if (!inside || is_linked(part)) part->zone = LODE_ZONE_NAV;
    else part->zone = LODE_ZONE_BODY;
  }
}

int lode__html_main_find(lode__html_doc *self, lode_err *err) {
  size_t n = self->tree.count;
  finder f = {.doc = self};
  f.marks = lode_arena_take(self->arena, n, sizeof *f.marks, err);
  f.prose = lode_arena_take(self->arena, n, sizeof *f.prose, err);
  f.cut = lode_arena_take(self->arena, n, 1, err);
  if (f.marks == NULL || f.prose == NULL || f.cut == NULL) return err->code;
  memset(f.marks, 0, n * sizeof *f.marks);
  memset(f.prose, 0, n * sizeof *f.prose);
  memset(f.cut, 0, n);
  for (size_t i = 0; i < self->count; i++) f.prose[self->parts[i].node] += weight_of(&self->parts[i]);
  sum_up(&self->tree, f.prose);
  cut_marked(&f, f.prose[0]);
  memset(f.prose, 0, n * sizeof *f.prose);
  for (size_t i = 0; i < self->count; i++)
    if (f.cut[self->parts[i].inner] == 0) f.prose[self->parts[i].node] += weight_of(&self->parts[i]);
  sum_up(&self->tree, f.prose);
  f.story = find_story(&f);
  label(&f);
  return 0;
}
