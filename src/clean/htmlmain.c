#include "htmlmain.h"

#include "hash.h"
#include "htmlattr.h"
#include "htmlzones.h"
#include <gumbo.h>

enum { LEAD_NODES = 150, LEAD_WORDS = 6, TEASERS = 32, TEASER_WORDS = 50 };

uint32_t lode__html_story_marks(lode__html_story *self, uint32_t node) {
  if (self->marks[node] == 0)
    self->marks[node] = lode__html_marks_of(&self->names, &self->doc->scan, &self->doc->tree.nodes[node]);
  return self->marks[node];
}

static bool is_linked(const lode__html_part *part) {
  return part->link_bytes * 2 > part->end - part->begin;
}

static bool is_title(const lode__html_part *part) {
  return part->line.units >= 2 && part->link_bytes * 10 >= (part->end - part->begin) * 9;
}

static uint32_t weight_of(const lode__html_part *part) {
  if (is_linked(part)) return 0;
  if (lode__line_is_prose(&part->line)) return part->line.units;
  return part->line.units >= 6 ? part->line.units / 4 : 0;
}

static void sum_up(const lode__html_tree *tree, uint32_t *values) {
  for (size_t i = tree->count; i-- > 1;) values[tree->nodes[i].parent] += values[i];
}

lode_zone lode__html_zone_of_marks(uint32_t marks) {
  if (marks & LODE__MARK_COMMENT) return LODE_ZONE_COMMENT;
  if (marks & LODE__MARK_FOOTER) return LODE_ZONE_FOOTER;
  if (marks & LODE__MARK_NAV) return LODE_ZONE_NAV;
  if (marks & LODE__MARK_SHARE) return LODE_ZONE_SHARE;
  if (marks & (LODE__MARK_RELATED | LODE__MARK_SIDE)) return LODE_ZONE_RELATED;
  if (marks & LODE__MARK_FORM) return LODE_ZONE_FORM;
  if (marks & (LODE__MARK_NOTICE | LODE__MARK_UNSEEN)) return LODE_ZONE_NOTICE;
  if (marks & (LODE__MARK_CAPTION)) return LODE_ZONE_CAPTION;
  if (marks & (LODE__MARK_CREDIT)) return LODE_ZONE_CREDIT;
  if (marks & (LODE__MARK_BYLINE | LODE__MARK_AUTHOR | LODE__MARK_DATE)) return LODE_ZONE_BYLINE;
  if (marks & (LODE__MARK_TAGS)) return LODE_ZONE_NAV;
  return LODE_ZONE_BODY;
}

/* Words of prose that a part of the page with such a name may hold at most and be believed. */
static uint32_t most_prose(lode_zone zone, uint32_t marks, uint32_t total) {
  switch (zone) {
    case LODE_ZONE_SHARE:
    case LODE_ZONE_CREDIT: return total / 4 < 40 ? total / 4 : 40;
    case LODE_ZONE_BYLINE: return total / 3 < 120 ? total / 3 : 120;
    case LODE_ZONE_CAPTION: return total / 3 < 200 ? total / 3 : 200;
    default: break;
  }
  if (!(marks & LODE__MARK_NAV) && marks & LODE__MARK_TAGS) return total / 4 < 40 ? total / 4 : 40;
  return total / 2;
}

/* What is cut off for its name, from the outside in. */
static void cut_marked(lode__html_story *f, uint32_t total) {
  const lode__html_tree *tree = &f->doc->tree;
  for (uint32_t i = 1; i < tree->count; i++) {
    f->cut[i] = f->cut[tree->nodes[i].parent];
    if (f->cut[i] != 0 || f->text[i] == 0) continue;
    uint32_t marks = lode__html_story_marks(f, i);
    if (tree->nodes[i].tag == GUMBO_TAG_BLOCKQUOTE) marks &= ~(uint32_t)LODE__MARK_SHARE; /* a message that is quoted */
    if (tree->nodes[i].tag == GUMBO_TAG_ARTICLE || tree->nodes[i].tag == GUMBO_TAG_MAIN)
      marks &= LODE__MARK_COMMENT | LODE__MARK_RELATED |
               LODE__MARK_UNSEEN; /* the classes of a post name its tags and kind */
    lode_zone zone = lode__html_zone_of_marks(marks);
    if (zone != LODE_ZONE_BODY && f->prose[i] <= most_prose(zone, marks, total)) f->cut[i] = (uint8_t)(zone + 1);
  }
}

/* --- rows of teasers --- */

/* What elements of a row have in common: tag and class. */
static uint64_t kind_of(const lode__html_doc *doc, uint32_t node) {
  const lode__html_node *n = &doc->tree.nodes[node];
  if (n->token == UINT32_MAX) return n->tag;
  const lode__html_token *t = &doc->scan.tokens[n->token];
  lode_str class = {"", 0};
  lode__html_attribute((lode_str){doc->scan.source + t->begin, t->end - t->begin}, "class", &class);
  return lode_hash64(class.ptr == NULL ? "" : class.ptr, class.len, n->tag);
}

/* A link on its own line and a few words, as lists of other stories have them. */
static bool is_teaser(const lode__html_story *f, uint32_t node) {
  return f->titles[node] != 0 && f->titles[node] <= 3 && f->prose[node] <= TEASER_WORDS && f->text[node] != 0;
}

/* Three and more alike that make up most of an element. */
static bool is_row_of_teasers(const lode__html_story *f, uint32_t node) {
  const lode__html_tree *tree = &f->doc->tree;
  uint64_t kinds[TEASERS];
  size_t count = 0, alike = 0;
  uint32_t text = 0;
  if (f->titles[node] < 3) return false;
  for (uint32_t c = node + 1; c < tree->nodes[node].end && count < TEASERS; c = tree->nodes[c].end) {
    if (!is_teaser(f, c)) continue;
    text += f->text[c];
    kinds[count++] = kind_of(f->doc, c);
  }
  for (size_t i = 0; i < count && alike < 3; i++) {
    alike = 0;
    for (size_t j = 0; j < count; j++) alike += kinds[i] == kinds[j];
  }
  return alike >= 3 && (text / 3) * 5 >= f->text[node];
}

static void cut_teasers(lode__html_story *f, uint32_t total) {
  const lode__html_tree *tree = &f->doc->tree;
  for (uint32_t i = 1; i < tree->count; i++) {
    if (f->cut[i] == 0) f->cut[i] = f->cut[tree->nodes[i].parent];
    if (f->cut[i] != 0 || f->prose[i] == 0 || f->prose[i] * 2 > total) continue;
    if (is_row_of_teasers(f, i)) f->cut[i] = LODE_ZONE_RELATED + 1;
  }
}

/* Where paragraphs stand close together: each gives its words to the element around it, half to the next one out, and so
 * on (Readability's idea, 2009).  Teasers stand each in an element of its own and add up to little. */
static uint32_t find_core(lode__html_story *f) {
  const lode__html_doc *doc = f->doc;
  const lode__html_tree *tree = &doc->tree;
  for (size_t i = 0; i < doc->count; i++) {
    const lode__html_part *part = &doc->parts[i];
    if (f->cut[part->node] != 0) continue;
    float weight = (float)weight_of(part);
    if (weight == 0) continue;
    uint32_t at = part->node;
    if (tree->nodes[at].tag == GUMBO_TAG_LI) weight *= 0.3f;
    if (tree->nodes[at].tag == GUMBO_TAG_DIV || tree->nodes[at].tag == GUMBO_TAG_TD) f->score[at] += weight;
    at = tree->nodes[at].parent;
    for (int level = 0; level < 4 && at != 0; level++, at = tree->nodes[at].parent, weight /= 2) f->score[at] += weight;
  }
  uint32_t best = 0;
  float most = 0;
  for (uint32_t i = 1; i < tree->count; i++) {
    if (f->score[i] == 0) continue;
    uint32_t marks = lode__html_story_marks(f, i);
    float score = f->score[i] * (marks & LODE__MARK_STORY ? 2.0f : marks & LODE__MARK_WHOLE ? 1.2f : 1.0f);
    f->score[i] = score;
    if (score > most) most = score, best = i;
  }
  return best;
}

static void include(lode__html_story *f, uint32_t node) {
  for (uint32_t i = node; i < f->doc->tree.nodes[node].end; i++) f->inside[i] = 1;
}

/* An element beside the core that reads like it. */
static bool belongs(const lode__html_story *f, uint32_t core, uint32_t node) {
  const lode__html_node *n = &f->doc->tree.nodes[node];
  if (f->cut[node] != 0) return false;
  if (f->score[node] >= f->score[core] * 0.2f) return true;
  return n->tag == GUMBO_TAG_P && f->prose[node] >= 15;
}

/* A deck or summary that stands before the story and says so. */
static void include_leads(lode__html_story *f, uint32_t story) {
  const lode__html_doc *doc = f->doc;
  const lode__html_tree *tree = &doc->tree;
  for (size_t i = 0; i < doc->count && doc->parts[i].node < story; i++) {
    const lode__html_part *part = &doc->parts[i];
    if (part->node + LEAD_NODES < story || f->cut[part->node] != 0 || is_linked(part) || part->line.units < LEAD_WORDS)
      continue;
    uint32_t up = part->node;
    for (int level = 0; level < 4 && up != 0; level++, up = tree->nodes[up].parent)
      if (lode__html_story_marks(f, up) & LODE__MARK_LEAD) {
        f->inside[part->node] = 1;
        break;
      }
  }
}

static void find_story(lode__html_story *f) {
  const lode__html_tree *tree = &f->doc->tree;
  uint32_t core = find_core(f), at = core;
  f->core = core;
  if (core == 0) {
    include(f, 0);
    return;
  }
  /* out to the element that calls itself the story, where that adds no more than as much again */
  for (uint32_t up = core; up != 0; up = tree->nodes[up].parent)
    if (lode__html_story_marks(f, up) & LODE__MARK_STORY && f->prose[up] <= f->prose[core] * 4) at = up;
    else if (tree->nodes[up].tag == GUMBO_TAG_ARTICLE && f->prose[up] * 5 <= f->prose[core] * 6) at = up;
  include(f, at);
  include_leads(f, at);
  for (int level = 0; level < 3 && at != 0; level++) {
    uint32_t up = tree->nodes[at].parent;
    for (uint32_t c = up + 1; c < tree->nodes[up].end; c = tree->nodes[c].end)
      if (c != at && belongs(f, core, c)) include(f, c);
    at = up;
  }
}

static int make_tables(lode__html_story *f, lode_err *err) {
  lode__html_doc *doc = f->doc;
  size_t n = doc->tree.count;
  uint32_t **words[] = {&f->marks, &f->prose, &f->link, &f->text, &f->titles};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    *words[i] = lode_arena_take(doc->arena, n, sizeof **words[i], err);
    if (*words[i] == NULL) return err->code;
    memset(*words[i], 0, n * sizeof **words[i]);
  }
  f->score = lode_arena_take(doc->arena, n, sizeof *f->score, err);
  f->cut = lode_arena_take(doc->arena, n, 1, err);
  f->inside = lode_arena_take(doc->arena, n, 1, err);
  if (f->score == NULL || f->cut == NULL || f->inside == NULL) return err->code;
  for (size_t i = 0; i < n; i++) f->score[i] = 0;
  memset(f->cut, 0, n);
  memset(f->inside, 0, n);
  return 0;
}

int lode__html_main_find(lode__html_doc *self, lode_str title, lode_err *err) {
  lode__html_story f = {.doc = self, .title = title};
  int code = make_tables(&f, err);
  if (code != 0) return code;
  for (size_t i = 0; i < self->count; i++) {
    const lode__html_part *part = &self->parts[i];
    f.prose[part->node] += weight_of(part);
    f.text[part->node] += part->end - part->begin;
    f.link[part->node] += part->link_bytes;
    f.titles[part->node] += is_title(part);
  }
  sum_up(&self->tree, f.prose);
  sum_up(&self->tree, f.link);
  sum_up(&self->tree, f.text);
  sum_up(&self->tree, f.titles);
  cut_marked(&f, f.prose[0]);
  cut_teasers(&f, f.prose[0]);
  memset(f.prose, 0, self->tree.count * sizeof *f.prose);
  for (size_t i = 0; i < self->count; i++)
    if (f.cut[self->parts[i].node] == 0) f.prose[self->parts[i].node] += weight_of(&self->parts[i]);
  sum_up(&self->tree, f.prose);
  find_story(&f);
  lode__html_zones_mark(&f);
  return 0;
}
