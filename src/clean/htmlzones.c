/* How the parts of a page get their zones, once htmlmain.c knows where the story is.
 *
 * 1. What is cut off for its name has that zone.  Inside the story, elements that are mostly links are lists of other
 *    stories.
 * 2. The rest of the story is body; its edges and labels are looked at again: the title, a deck before the text, headings
 *    with nothing below them, links that stand alone.
 * 3. What stands outside is furniture by its form and place. */
#include "htmlzones.h"

#include "page.h"

#include <gumbo.h>

enum { SHORT_WORDS = 4, LABEL_WORDS = 8, NOTICE_WORDS = 45 };

static const lode__html_node *node_of(const lode__html_story *s, const lode__html_part *part) {
  return &s->doc->tree.nodes[part->node];
}

static bool is_heading(const lode__html_story *s, const lode__html_part *part) {
  return (node_of(s, part)->flags & LODE__NODE_HEADING) != 0;
}

static bool is_linked(const lode__html_part *part) {
  return part->link_bytes * 2 > part->end - part->begin;
}

static bool is_prose(const lode__html_part *part) {
  return lode__line_is_prose(&part->line) && !is_linked(part);
}

/* --- lists of other stories inside this one --- */

static bool is_list_of_links(const lode__html_story *s, uint32_t node) {
  uint32_t text = s->text[node], link = s->link[node];
  if (text == 0 || link * 2 <= text) return false;
  switch (s->doc->tree.nodes[node].tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4: return false;
    default: return s->prose[node] < 40;
  }
}

static void cut_link_lists(lode__html_story *s) {
  const lode__html_tree *tree = &s->doc->tree;
  for (uint32_t i = 1; i < tree->count; i++) {
    uint8_t above = s->cut[tree->nodes[i].parent];
    if (s->cut[i] == 0 && above != 0) s->cut[i] = above;
    if (s->cut[i] != 0 || !s->inside[i] || !(tree->nodes[i].flags & LODE__NODE_BLOCK)) continue;
    bool holds_core = i <= s->core && s->core < tree->nodes[i].end;
    if (!holds_core && !(lode__html_story_marks(s, i) & LODE__MARK_STORY) && is_list_of_links(s, i))
      s->cut[i] = LODE_ZONE_RELATED + 1;
  }
}

/* --- the title --- */

/* Letters and digits alone, ASCII in lower case. */
static size_t squeeze(const char *text, size_t len, char *out, size_t most) {
  size_t n = 0;
  for (size_t i = 0; i < len && n < most; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c >= 'A' && c <= 'Z') out[n++] = (char)(c | 32);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0xC3) out[n++] = (char)c;
    else if (c >= 0x80 && n != 0 && (unsigned char)out[n - 1] >= 0xC3 && c < 0xC0) continue;
  }
  return n;
}

enum { TITLE_BYTES = 300 };

static bool is_title(const lode__html_part *part, const char *content, const char *title, size_t title_len) {
  char own[TITLE_BYTES];
  if (part->end - part->begin > TITLE_BYTES) return false;
  size_t n = squeeze(content + part->begin, part->end - part->begin, own, sizeof own);
  if (n < 8 || n > title_len) return false;
  if (n < 15 && n * 3 < title_len * 2) return false;
  for (size_t at = 0; at + n <= title_len; at++)
    if (memcmp(title + at, own, n) == 0) return true;
  return false;
}

/* The headline: what the page's title says, or the first h1, not behind the text's beginning. */
static void mark_headline(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  char title[TITLE_BYTES];
  size_t title_len = squeeze(s->title.ptr, s->title.len, title, sizeof title), words = 0, first_h1 = SIZE_MAX;
  bool found = false;
  for (size_t i = 0; i < doc->count && words < 60; i++) {
    lode__html_part *part = &doc->parts[i];
    if (part->zone == LODE_ZONE_BODY && is_prose(part)) words += part->line.units;
    bool heading = is_heading(s, part);
    if (s->cut[part->node] != 0 && !heading) continue;
    if (is_linked(part) && !heading) continue;
    if (is_title(part, doc->content.ptr, title, title_len) && (heading || part->zone == LODE_ZONE_BODY)) {
      part->zone = LODE_ZONE_HEADLINE;
      found = true;
    } else if (node_of(s, part)->tag == GUMBO_TAG_H1 && first_h1 == SIZE_MAX && !is_linked(part)) {
      first_h1 = i;
    }
  }
  if (!found && first_h1 != SIZE_MAX) doc->parts[first_h1].zone = LODE_ZONE_HEADLINE;
}

/* --- inside the story --- */

static bool is_body(const lode__html_doc *doc, size_t i) {
  return i < doc->count && doc->parts[i].zone == LODE_ZONE_BODY;
}

static bool is_label(const lode__html_story *s, const lode__html_part *part) {
  if (is_heading(s, part)) return true;
  bool all_strong = part->strong_bytes * 10 >= (part->end - part->begin) * 9;
  if (part->line.ending == LODE__END_STOP) return false;
  return part->line.units <= SHORT_WORDS || (all_strong && part->line.units <= LABEL_WORDS);
}

/* "READ MORE ABOUT THE DAM": links between paragraphs that lead away are often in capitals. */
static bool is_shout(const lode__html_part *part) {
  return part->line.lower == 0 && part->line.units >= 3;
}

/* Links alone in their paragraph: one or two between paragraphs of text belong to it, as lists with other text do. */
static void mark_links(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  for (size_t i = 0; i < doc->count;) {
    size_t end = i;
    while (is_body(doc, end) && is_linked(&doc->parts[end])) end++;
    if (end == i) {
      i++;
      continue;
    }
    bool between = i > 0 && is_body(doc, i - 1) && is_body(doc, end) && !is_heading(s, &doc->parts[end]);
    for (size_t k = i; k < end; k++) {
      lode__html_part *part = &doc->parts[k];
      uint32_t at = part->node;
      if (node_of(s, part)->tag == GUMBO_TAG_LI) at = node_of(s, part)->parent;
      bool among_text = s->link[at] * 2 <= s->text[at];
      if (among_text || (between && end - i <= 2 && !is_shout(part) && part->line.guess == LODE_ZONE_BODY)) continue;
      part->zone = LODE_ZONE_RELATED;
    }
    i = end;
  }
}

/* What a line's own form says, where it is short or speaks of the site. */
static void mark_by_form(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  size_t first = doc->count, last = 0;
  for (size_t i = 0; i < doc->count; i++)
    if (is_body(doc, i) && is_prose(&doc->parts[i])) {
      if (first == doc->count) first = i;
      last = i;
    }
  for (size_t i = 0; i < doc->count; i++) {
    lode__html_part *part = &doc->parts[i];
    uint8_t guess = part->line.guess;
    if (!is_body(doc, i) || is_heading(s, part)) continue;
    bool edge = first < doc->count && (i < first + 3 || i > last);
    if ((guess == LODE_ZONE_BYLINE || guess == LODE_ZONE_DATELINE) && !edge) continue;
    if (guess != LODE_ZONE_BODY && guess != LODE_ZONE_HEADLINE && guess != LODE_ZONE_SPAM) part->zone = guess;
    else if (part->line.sign && part->line.units <= NOTICE_WORDS && (part->link_bytes != 0 || i + 2 > last))
      part->zone = LODE_ZONE_NOTICE;
    else if (edge && i < first + 3 && part->line.date && !is_prose(part)) part->zone = LODE_ZONE_BYLINE;
  }
}

/* From the end back: labels with nothing below them. */
static void trim_end(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  for (size_t i = doc->count; i-- > 0;) {
    lode__html_part *part = &doc->parts[i];
    if (!is_body(doc, i)) continue;
    if (!is_label(s, part)) return;
    if (node_of(s, part)->tag == GUMBO_TAG_LI || node_of(s, part)->tag == GUMBO_TAG_TD) return;
    part->zone = LODE_ZONE_RELATED;
  }
}

/* Headings whose section went elsewhere. */
static void mark_empty_headings(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  for (size_t i = doc->count; i-- > 0;) {
    lode__html_part *part = &doc->parts[i];
    if (!is_body(doc, i) || !is_heading(s, part)) continue;
    if (i + 1 < doc->count && doc->parts[i + 1].zone == LODE_ZONE_RELATED) part->zone = LODE_ZONE_RELATED;
  }
}

/* --- outside --- */

static uint8_t zone_outside(const lode__html_story *s, const lode__html_part *part, bool behind) {
  if (node_of(s, part)->flags & LODE__NODE_FORM) return LODE_ZONE_FORM;
  if (is_linked(part)) return LODE_ZONE_NAV;
  if (part->line.guess != LODE_ZONE_BODY && part->line.guess != LODE_ZONE_HEADLINE) return part->line.guess;
  return behind ? LODE_ZONE_RELATED : LODE_ZONE_NAV;
}

/* --- forms --- */

static lode_paragraph_form form_of(const lode__html_story *s, const lode__html_part *part) {
  const lode__html_node *nodes = s->doc->tree.nodes;
  if (part->zone == LODE_ZONE_CAPTION) return LODE_FORM_CAPTION;
  uint32_t at = part->node;
  for (int level = 0; level < 4 && at != 0; level++, at = nodes[at].parent) {
    switch (nodes[at].tag) {
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6: return LODE_FORM_HEADING;
      case GUMBO_TAG_LI:
      case GUMBO_TAG_DT:
      case GUMBO_TAG_DD: return LODE_FORM_ITEM;
      case GUMBO_TAG_TH: return LODE_FORM_CELL;
      case GUMBO_TAG_TD:
        return level == 0 && !is_prose(part) ? LODE_FORM_CELL : LODE_FORM_PARAGRAPH; /* tables lay out pages, too */
      case GUMBO_TAG_BLOCKQUOTE: return LODE_FORM_QUOTATION;
      case GUMBO_TAG_FIGCAPTION:
      case GUMBO_TAG_CAPTION: return LODE_FORM_CAPTION;
      case GUMBO_TAG_PRE: return LODE_FORM_PRE;
      default: break;
    }
  }
  return LODE_FORM_PARAGRAPH;
}

/* A short line that begins in a span or link with a name of its own: <span class="caption">. */
static uint8_t zone_of_span(lode__html_story *s, const lode__html_part *part) {
  if (part->span == UINT32_MAX || is_prose(part) || is_heading(s, part) || part->line.units > 30) return LODE_ZONE_BODY;
  const lode__html_token *token = &s->doc->scan.tokens[part->span];
  bool whole = token->tag == GUMBO_TAG_SPAN || is_linked(part);
  return whole ? (uint8_t)lode__html_zone_of_marks(lode__html_marks_of_token(&s->names, &s->doc->scan, part->span))
               : LODE_ZONE_BODY;
}

void lode__html_zones_mark(lode__html_story *s) {
  lode__html_doc *doc = s->doc;
  cut_link_lists(s);
  bool behind = false;
  for (size_t i = 0; i < doc->count; i++) {
    lode__html_part *part = &doc->parts[i];
    uint8_t cut = s->cut[part->node];
    if (cut != 0) part->zone = (uint8_t)(cut - 1);
    else if (s->inside[part->node]) part->zone = zone_of_span(s, part), behind = true;
    else part->zone = zone_outside(s, part, behind);
  }
  mark_headline(s);
  mark_by_form(s);
  mark_links(s);
  mark_empty_headings(s);
  trim_end(s);
  for (size_t i = 0; i < doc->count; i++) doc->parts[i].form = (uint8_t)form_of(s, &doc->parts[i]);
}
