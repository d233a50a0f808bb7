#include "reference_match.h"

#include <stdlib.h>
#include <string.h>

typedef struct ways {
  reference_way *items;
  size_t count, cap;
} ways;

static void list_ways(reference *self, lode_pattern id, const reference_way *from, ways *out);

static const lode_pattern_node *node_of(const reference *self, lode_pattern id) {
  return lode_pattern_get(&self->rules->patterns, id);
}

static void *need(void *memory) {
  if (memory == NULL) abort();
  return memory;
}

static void push(reference *self, ways *out, const reference_way *way, uint32_t end) {
  if (out->count == REFERENCE_WAYS) {
    self->gave_up = true;
    return;
  }
  if (out->count == out->cap) {
    out->cap = out->cap == 0 ? 8 : out->cap * 2;
    out->items = need(realloc(out->items, out->cap * sizeof *out->items));
  }
  out->items[out->count] = *way;
  out->items[out->count++].end = end;
}

static bool fits(const reference *self, lode_pattern id, uint32_t token) {
  const lode_token *t = &self->page->tokens.items[token];
  lode_str written = {self->page->content + t->begin, t->end - t->begin};
  return lode_pattern_fits(&self->rules->patterns, id, written, lode_table_get(self->page->words, t->word), t->kind,
                           NULL) == 1;
}

/* The first way from a place, or none; what a look-around takes. */
static bool first_way(reference *self, lode_pattern id, const reference_way *from, reference_way *way) {
  ways all = {0};
  list_ways(self, id, from, &all);
  if (all.count > 0) *way = all.items[0];
  bool found = all.count > 0;
  free(all.items);
  return found;
}

static void list_seq(reference *self, lode_pattern a, lode_pattern b, const reference_way *from, ways *out) {
  ways left = {0};
  list_ways(self, a, from, &left);
  for (size_t i = 0; i < left.count && !self->gave_up; i++) list_ways(self, b, &left.items[i], out);
  free(left.items);
}

static void list_repeat(reference *self, const lode_pattern_node *node, uint32_t done, const reference_way *from,
                        ways *out) {
  bool lazy = (node->flags & LODE_PATTERN_LAZY) != 0;
  if (self->gave_up) return;
  if (done >= node->min && lazy) push(self, out, from, from->end);
  if (done < node->max) {
    ways body = {0};
    list_ways(self, node->a, from, &body);
    for (size_t i = 0; i < body.count && !self->gave_up; i++)
      if (done < node->min || body.items[i].end > from->end) list_repeat(self, node, done + 1, &body.items[i], out);
    free(body.items);
  }
  if (done >= node->min && !lazy) push(self, out, from, from->end);
}

static void list_gap(reference *self, const lode_pattern_node *node, const reference_way *from, ways *out) {
  uint32_t most = 0;
  reference_way at = *from, ignored;
  while (most < node->max && at.end < self->end && (node->a == 0 || !first_way(self, node->a, &at, &ignored))) {
    most++;
    at.end++;
  }
  bool lazy = (node->flags & LODE_PATTERN_LAZY) != 0;
  for (uint32_t i = 0; i <= most; i++) push(self, out, from, from->end + (lazy ? i : most - i));
}

static bool is_related(const reference *self, const lode_pattern_node *node, const reference_span *a) {
  if (node->relation == LODE_RELATION_NONE) return true;
  for (uint32_t i = 0; i < self->span_count; i++) {
    const reference_span *b = &self->spans[i];
    if (b == a || b->label != node->other) continue;
    bool within = b->begin <= a->begin && a->end <= b->end, contains = a->begin <= b->begin && b->end <= a->end;
    bool overlaps = a->begin < b->end && b->begin < a->end;
    if (node->relation == LODE_RELATION_WITHIN     ? within
        : node->relation == LODE_RELATION_CONTAINS ? contains
                                                   : overlaps)
      return true;
  }
  return false;
}

/* Longest first; among equals, as they were added. */
static void list_ann(reference *self, const lode_pattern_node *node, const reference_way *from, ways *out) {
  for (uint32_t end = self->end; end > from->end; end--)
    for (uint32_t i = 0; i < self->span_count; i++) {
      const reference_span *span = &self->spans[i];
      if (span->label != node->data || span->begin != from->end || span->end != end) continue;
      lode_annotation item = {.begin = span->begin, .end = span->end};
      bool right = node->constraint == LODE_NO_ID ||
                   self->hooks->fields(self->hooks->context, node->constraint, &item, NULL) == 1;
      if (right && is_related(self, node, span)) push(self, out, from, end);
    }
}

static bool is_inside(const reference *self, uint32_t label, uint32_t pos) {
  for (uint32_t i = 0; i < self->span_count && pos < self->end; i++)
    if (self->spans[i].label == label && self->spans[i].begin <= pos && pos < self->spans[i].end) return true;
  return false;
}

static bool is_edge(const reference *self, unsigned edge, uint32_t pos) {
  const lode_page *page = self->page;
  if (edge == LODE_EDGE_GLUED)
    return pos > 0 && pos < page->tokens.count && page->tokens.items[pos - 1].end == page->tokens.items[pos].begin;
  bool start = edge == LODE_EDGE_SENTENCE_START || edge == LODE_EDGE_PARAGRAPH_START;
  if (edge == LODE_EDGE_PAGE_START) return pos == 0;
  if (edge == LODE_EDGE_PAGE_END) return pos == page->tokens.count;
  if (edge == LODE_EDGE_SENTENCE_START || edge == LODE_EDGE_SENTENCE_END) {
    for (size_t i = 0; i < page->tokens.sentence_count; i++) {
      const lode_sentence *s = &page->tokens.sentences[i];
      if (s->token_count > 0 && (start ? s->first_token : s->first_token + s->token_count) == pos) return true;
    }
    return false;
  }
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (p->token_count > 0 && (start ? p->first_token : p->first_token + p->token_count) == pos) return true;
  }
  return false;
}

static bool is_known(const reference *self, const lode_pattern_node *node, uint32_t pos) {
  lode_known known = self->rules->patterns.knowns[node->data];
  const lode_token *tokens = self->page->tokens.items;
  for (uint32_t i = 0; i < self->span_count; i++) {
    if (self->spans[i].label != known.label || self->spans[i].match == LODE_NO_ID) continue;
    const reference_way *way = &self->matches[self->spans[i].match].way;
    for (uint32_t e = 0; e < way->count; e++)
      for (uint32_t t = way->events[e].begin; t < way->events[e].end && way->events[e].name == known.capture; t++)
        if (tokens[t].word == tokens[pos].word) return true;
  }
  return false;
}

static const reference_event *last_event(const reference_way *way, uint32_t name) {
  for (uint32_t i = way->count; i-- > 0;)
    if (way->events[i].name == name) return &way->events[i];
  return NULL;
}

static bool is_same(const reference *self, const reference_way *way, uint32_t a, uint32_t b) {
  const reference_event *x = last_event(way, a), *y = last_event(way, b);
  if (x == NULL || y == NULL || x->end - x->begin != y->end - y->begin) return false;
  for (uint32_t i = 0; i < x->end - x->begin; i++)
    if (self->page->tokens.items[x->begin + i].word != self->page->tokens.items[y->begin + i].word) return false;
  return true;
}

static void list_capture(reference *self, const lode_pattern_node *node, const reference_way *from, ways *out) {
  size_t first = out->count;
  list_ways(self, node->a, from, out);
  for (size_t i = first; i < out->count; i++) {
    reference_way *way = &out->items[i];
    if (way->count == REFERENCE_EVENTS) self->gave_up = true;
    else way->events[way->count++] = (reference_event){node->data, from->end, way->end};
  }
}

static void list_behind(reference *self, const lode_pattern_node *node, const reference_way *from, ways *out) {
  for (uint32_t start = from->end + 1; start-- > self->begin;) {
    reference_way at = *from;
    ways all = {0};
    at.end = start;
    list_ways(self, node->a, &at, &all);
    for (size_t i = 0; i < all.count; i++) {
      if (all.items[i].end != from->end) continue;
      push(self, out, &all.items[i], from->end);
      free(all.items);
      return;
    }
    free(all.items);
  }
}

static void list_ways(reference *self, lode_pattern id, const reference_way *from, ways *out) {
  const lode_pattern_node *node = node_of(self, id);
  uint32_t pos = from->end;
  reference_way way;
  bool holds = false;
  if (self->gave_up) return;
  if (node->single) {
    if (pos < self->end && fits(self, id, pos)) push(self, out, from, pos + 1);
    return;
  }
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_ANN: list_ann(self, node, from, out); return;
    case LODE_PATTERN_SEQ: list_seq(self, node->a, node->b, from, out); return;
    case LODE_PATTERN_CHOICE:
      list_ways(self, node->a, from, out);
      list_ways(self, node->b, from, out);
      return;
    case LODE_PATTERN_REPEAT: list_repeat(self, node, 0, from, out); return;
    case LODE_PATTERN_OPT:
      if ((node->flags & LODE_PATTERN_LAZY) != 0) push(self, out, from, pos);
      list_ways(self, node->a, from, out);
      if ((node->flags & LODE_PATTERN_LAZY) == 0) push(self, out, from, pos);
      return;
    case LODE_PATTERN_GAP: list_gap(self, node, from, out); return;
    case LODE_PATTERN_CAPTURE: list_capture(self, node, from, out); return;
    case LODE_PATTERN_BEHIND: list_behind(self, node, from, out); return;
    case LODE_PATTERN_AHEAD:
      if (first_way(self, node->a, from, &way)) push(self, out, &way, pos);
      return;
    case LODE_PATTERN_MINUS:
      if (!first_way(self, node->b, from, &way)) list_ways(self, node->a, from, out);
      return;
    case LODE_PATTERN_NOT: holds = !first_way(self, node->a, from, &way); break;
    case LODE_PATTERN_EMPTY: holds = true; break;
    case LODE_PATTERN_INSIDE: holds = is_inside(self, node->data, pos); break;
    case LODE_PATTERN_EDGE: holds = is_edge(self, node->data, pos); break;
    case LODE_PATTERN_KNOWN:
      if (pos < self->end && fits(self, node->a, pos) && is_known(self, node, pos)) push(self, out, from, pos + 1);
      return;
    case LODE_PATTERN_SAME: holds = is_same(self, from, node->data, node->other); break;
    default: abort();
  }
  if (holds) push(self, out, from, pos);
}

/* --- rules, regions, phases --- */

static void run_region(reference *self, uint32_t rule, uint32_t begin, uint32_t end) {
  self->begin = begin;
  self->end = end;
  for (uint32_t at = begin; at < end && !self->gave_up;) {
    reference_way from = {.end = at}, way;
    if (!first_way(self, self->rules->items[rule].spec.match, &from, &way) || way.end == at) {
      at++;
      continue;
    }
    if (self->match_count == REFERENCE_MATCHES) abort();
    bool kept = !self->rules->items[rule].spec.keep || self->keep(rule, at, way.end);
    self->matches[self->match_count++] =
        (reference_match){rule, at, way.end, kept ? LODE_MATCH_KEPT : LODE_MATCH_REFUSED, LODE_NO_ID, way};
    at = kept ? way.end : at + 1;
  }
}

static bool in_zone(const reference *self, size_t paragraph, uint32_t rule) {
  return (self->rules->items[rule].spec.zones >> self->page->paragraphs[paragraph].zone & 1) != 0;
}

static void run_rule(reference *self, uint32_t rule) {
  const lode_page *page = self->page;
  lode_within within = self->rules->items[rule].spec.within;
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (!in_zone(self, i, rule)) continue;
    if (within == LODE_WITHIN_SENTENCE) {
      for (size_t s = p->first_sentence; s < (size_t)p->first_sentence + p->sentence_count; s++) {
        const lode_sentence *sentence = &page->tokens.sentences[s];
        run_region(self, rule, sentence->first_token, sentence->first_token + sentence->token_count);
      }
    } else if (within == LODE_WITHIN_PARAGRAPH) {
      run_region(self, rule, p->first_token, p->first_token + p->token_count);
    } else if (i == 0 || !in_zone(self, i - 1, rule)) {
      size_t last = i;
      while (last + 1 < page->paragraph_count && in_zone(self, last + 1, rule)) last++;
      run_region(self, rule, p->first_token, page->paragraphs[last].first_token + page->paragraphs[last].token_count);
    }
  }
}

static int by_place(const void *a, const void *b) {
  const reference_match *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Whether a is worth more; says by what. */
static bool is_better(const reference *self, const reference_match *a, const reference_match *b, lode_match_state *by) {
  uint32_t a_len = a->end - a->begin, b_len = b->end - b->begin;
  int32_t a_first = self->rules->items[a->rule].spec.priority, b_first = self->rules->items[b->rule].spec.priority;
  *by = LODE_MATCH_LOST_LENGTH;
  if (a_len != b_len) return a_len > b_len;
  *by = LODE_MATCH_LOST_PRIORITY;
  if (a_first != b_first) return a_first > b_first;
  *by = LODE_MATCH_LOST_RULE;
  if (a->rule != b->rule) return a->rule < b->rule;
  *by = LODE_MATCH_LOST_START;
  return a->begin < b->begin;
}

static uint32_t label_of(const reference *self, uint32_t match) {
  return self->rules->items[self->matches[match].rule].spec.label;
}

/* Take the best that is left, throw out what it touches, until none is left. */
static void settle(reference *self) {
  bool *done = need(calloc(REFERENCE_MATCHES, 1));
  lode_match_state by;
  for (;;) {
    uint32_t best = LODE_NO_ID;
    for (uint32_t i = 0; i < self->match_count; i++)
      if (!done[i] && self->matches[i].state == LODE_MATCH_KEPT &&
          (best == LODE_NO_ID || is_better(self, &self->matches[i], &self->matches[best], &by)))
        best = i;
    if (best == LODE_NO_ID) break;
    done[best] = true;
    for (uint32_t i = 0; i < self->match_count; i++) {
      reference_match *m = &self->matches[i], *w = &self->matches[best];
      if (done[i] || m->state != LODE_MATCH_KEPT || label_of(self, i) != label_of(self, best)) continue;
      if (m->begin >= w->end || w->begin >= m->end) continue;
      is_better(self, w, m, &m->state);
      m->winner = best;
    }
  }
  free(done);
}

static void annotate(reference *self) {
  uint32_t given = 0;
  while (given < self->span_count && self->spans[given].match == LODE_NO_ID) given++;
  self->span_count = given;
  for (uint32_t i = 0; i < self->match_count; i++) {
    if (self->matches[i].state != LODE_MATCH_KEPT) continue;
    reference_add(self, label_of(self, i), self->matches[i].begin, self->matches[i].end);
    self->spans[self->span_count - 1].match = i;
  }
}

void reference_init(reference *self, const lode_rules *rules, const lode_page *page, const lode_match_hooks *hooks,
                    bool (*keep)(uint32_t rule, uint32_t begin, uint32_t end)) {
  *self = (reference){.rules = rules, .page = page, .hooks = hooks, .keep = keep};
  self->matches = need(malloc(REFERENCE_MATCHES * sizeof *self->matches));
}

void reference_free(reference *self) {
  free(self->matches);
  free(self->spans);
}

void reference_add(reference *self, uint32_t label, uint32_t begin, uint32_t end) {
  if (self->span_count == self->span_cap) {
    self->span_cap = self->span_cap * 2 + 8;
    self->spans = need(realloc(self->spans, self->span_cap * sizeof *self->spans));
  }
  self->spans[self->span_count++] = (reference_span){label, begin, end, LODE_NO_ID};
}

void reference_run(reference *self) {
  int32_t last = 0;
  for (uint32_t r = 0; r < self->rules->count; r++)
    if (self->rules->items[r].spec.phase > last) last = self->rules->items[r].spec.phase;
  for (int32_t phase = 1; phase <= last; phase++) {
    uint32_t first = self->match_count;
    for (uint32_t r = 0; r < self->rules->count; r++)
      if (self->rules->items[r].spec.phase == phase) run_rule(self, r);
    qsort(self->matches + first, self->match_count - first, sizeof *self->matches, by_place);
    settle(self);
    annotate(self);
  }
}
