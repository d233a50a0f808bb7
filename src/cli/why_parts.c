#include "matcher.h"
#include "terminal.h"
#include "why.h"
#include <stdlib.h>
#include <string.h>

enum { PART_COLUMNS = 44, PLACE_COLUMNS = 24, TOOK_BYTES = 80 };

typedef enum part_state { PART_OK, PART_FAIL, PART_AHEAD } part_state;

typedef struct teller {
  const lode_sight *sight;
  const lode_near *near;
  const lode_rule *rule;
  const lode_patterns *patterns;
  lode_paint *out;
} teller;

static const lode_pattern_node *node_of(const teller *self, const lode_mark *mark) {
  return lode_pattern_get(self->patterns, mark->node);
}

static bool holds_failure(const teller *self, const lode_mark *mark) {
  return !self->near->matched && self->near->pc >= mark->begin && self->near->pc < mark->end;
}

/* The tokens that the part took; false where it took no step at all. */
static bool taken(const teller *self, const lode_mark *mark, uint32_t *begin, uint32_t *end) {
  const lode_trace_step *steps = self->sight->matcher->trace->steps + self->near->first_step;
  bool any = false;
  for (uint32_t i = 0; i < self->near->step_count; i++) {
    if (steps[i].pc < mark->begin || steps[i].pc >= mark->end) continue;
    if (!any) *begin = steps[i].begin;
    *end = steps[i].end;
    any = true;
  }
  return any;
}

static part_state state_of(const teller *self, const lode_mark *mark) {
  if (holds_failure(self, mark)) return PART_FAIL;
  return self->near->matched || self->near->pc >= mark->end ? PART_OK : PART_AHEAD;
}

/* The mark behind this one and its parts. */
static const lode_mark *behind(const teller *self, const lode_mark *mark) {
  const lode_mark *end = self->rule->marks + self->rule->mark_count, *next = mark + 1;
  while (next < end && next->depth > mark->depth) next++;
  return next;
}

static bool is_plain_sequence(const teller *self, const lode_mark *mark) {
  const lode_pattern_node *node = node_of(self, mark);
  return node->kind == LODE_PATTERN_SEQ && node->name == NULL && !node->single;
}

static void put_quoted(const teller *self, lode_ink ink, uint32_t begin, uint32_t end) {
  const lode_page *page = self->sight->page;
  lode_span range = lode_paint_range(page, begin, end);
  size_t len = range.end - range.begin;
  bool cut = len > TOOK_BYTES;
  if (cut)
    for (len = TOOK_BYTES; len > 0 && (page->content[range.begin + len] & 0xC0) == 0x80;) len--;
  lode_paint_print(self->out, LODE_INK_PLAIN, "\"");
  lode_paint_text(self->out, ink, page->content + range.begin, len);
  lode_paint_print(self->out, LODE_INK_PLAIN, cut ? " ...\"" : "\"");
}

static void put_cell(const teller *self, const char *text, size_t len, size_t columns) {
  size_t used = lode_terminal_width(text, len);
  lode_paint_text(self->out, LODE_INK_PLAIN, text, len);
  lode_paint_print(self->out, LODE_INK_PLAIN, "%*s", (int)(used < columns ? columns - used : 1), "");
}

static void put_place(const teller *self, lode_pattern id) {
  char place[300];
  lode_pattern_place(self->patterns, id, place, sizeof place);
  const char *name = strrchr(place, '/') != NULL && strlen(place) > PLACE_COLUMNS ? strrchr(place, '/') + 1 : place;
  put_cell(self, name, strlen(name), PLACE_COLUMNS);
}

/* ---- why a part does not match at a token ---- */

static void tell_annotation(const teller *self, uint32_t label, uint32_t pos) {
  const lode_matcher *matcher = self->sight->matcher;
  lode_str name = lode_table_get(&self->patterns->labels, label);
  const lode_annotation_list *list = &matcher->annotations.lists[label];
  int32_t phase = self->rule->spec.phase;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i].begin != pos || list->items[i].match == LODE_NO_ID) continue;
    const lode_rule *maker = &self->sight->rules->items[matcher->matches[list->items[i].match].rule];
    if (maker->spec.phase >= phase) {
      lode_paint_print(self->out, LODE_INK_PLAIN, ": the %.*s there is made in phase %d, this rule runs in phase %d",
                       (int)name.len, name.ptr, (int)maker->spec.phase, (int)phase);
      return;
    }
    lode_paint_print(self->out, LODE_INK_PLAIN, ": the %.*s there is not of the fields or place asked for", (int)name.len,
                     name.ptr);
    return;
  }
  for (uint32_t m = 0; m < matcher->match_count; m++) {
    const lode_match *match = &matcher->matches[m];
    const lode_rule_spec *spec = &self->sight->rules->items[match->rule].spec;
    if (spec->label != label || match->begin > pos || match->end <= pos) continue;
    const char *fate = match->state == LODE_MATCH_KEPT      ? "begins before it"
                       : match->state == LODE_MATCH_REFUSED ? "was refused by keep"
                                                            : "was lost to another match";
    lode_paint_print(self->out, LODE_INK_PLAIN, ": the %.*s of rule %.*s there %s", (int)name.len, name.ptr,
                     (int)spec->name.len, spec->name.ptr, fate);
    return;
  }
  lode_paint_print(self->out, LODE_INK_PLAIN, ": no %.*s begins there", (int)name.len, name.ptr);
}

static const char *const borders[] = {"sentence", "paragraph", "page"};

/* Behind a gap the part was looked for at each of its tokens. */
static bool tell_gap(const teller *self) {
  const lode_near *near = self->near;
  const lode_trace_step *steps = self->sight->matcher->trace->steps + near->first_step;
  uint32_t at = near->step_count;
  while (at > 0 && steps[at - 1].begin == steps[at - 1].end) at--;
  if (at == 0) return false;
  for (const lode_mark *mark = self->rule->marks; mark < self->rule->marks + self->rule->mark_count; mark++) {
    if (steps[at - 1].pc < mark->begin || steps[at - 1].pc >= mark->end) continue;
    const lode_pattern_node *node = node_of(self, mark);
    if (node->kind != LODE_PATTERN_GAP || (node->flags & LODE_PATTERN_LAZY) == 0) continue;
    bool ended = near->pos >= near->end;
    lode_paint_print(self->out, LODE_INK_BAD, "is not in ");
    put_quoted(self, LODE_INK_PLAIN, steps[at - 1].begin, ended ? near->end : near->pos + 1);
    if (ended) lode_paint_print(self->out, LODE_INK_PLAIN, ", where the %s ends",
                                borders[self->rule->spec.within]);
    else lode_paint_print(self->out, LODE_INK_PLAIN, ", and the gap is used up");
    return true;
  }
  return false;
}

static void tell_stop(const teller *self) {
  const lode_page *page = self->sight->page;
  const lode_near *near = self->near;
  if (tell_gap(self)) return;
  const lode_pattern_node *node = lode_pattern_get(self->patterns, near->node);
  if (near->pos >= near->end) {
    const char *border = borders[self->rule->spec.within];
    lode_paint_print(self->out, LODE_INK_BAD, "the %s ends here", border);
    lode_paint_print(self->out, LODE_INK_PLAIN, " (within = \"%s\"", border);
    if (near->end < page->tokens.count) {
      lode_paint_print(self->out, LODE_INK_PLAIN, "; the next one begins ");
      put_quoted(self, LODE_INK_PLAIN, near->end, near->end + 1);
    }
    lode_paint_print(self->out, LODE_INK_PLAIN, ")");
    return;
  }
  const lode_token *token = &page->tokens.items[near->pos];
  lode_paint_print(self->out, LODE_INK_PLAIN, "stops at ");
  put_quoted(self, LODE_INK_BAD, near->pos, near->pos + 1);
  lode_paint_print(self->out, LODE_INK_PLAIN, " (%s, line %zu)", lode_token_kind_name(token->kind),
                   lode_paint_line(self->sight->page, token->begin));
  if (node->kind == LODE_PATTERN_ANN) tell_annotation(self, node->data, near->pos);
  if (node->kind == LODE_PATTERN_NOT || node->kind == LODE_PATTERN_MINUS)
    lode_paint_print(self->out, LODE_INK_PLAIN, ": that is what must not be here");
}

/* ---- the parts ---- */

static void tell_line(const teller *self, const lode_mark *mark, unsigned indent, bool innermost) {
  static const char *const words[] = {[PART_OK] = "ok  ", [PART_FAIL] = "FAIL", [PART_AHEAD] = "-   "};
  static const lode_ink colors[] = {[PART_OK] = LODE_INK_GOOD, [PART_FAIL] = LODE_INK_BAD, [PART_AHEAD] = LODE_INK_DIM};
  lode_paint *out = self->out;
  part_state state = state_of(self, mark);
  lode_buf text = {0};
  uint32_t begin = 0, end = 0;
  bool any = taken(self, mark, &begin, &end);
  if (out->code == 0) out->code = lode_pattern_text(self->patterns, mark->node, true, PART_COLUMNS, &text, out->err);
  lode_paint_print(out, LODE_INK_PLAIN, "   ");
  lode_paint_print(out, colors[state], "%s", words[state]);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  put_place(self, mark->node);
  lode_paint_print(out, LODE_INK_PLAIN, "  %*s", (int)indent * 2, "");
  if (text.len > 0) put_cell(self, text.ptr, text.len, PART_COLUMNS > 2 * indent ? PART_COLUMNS - 2 * indent : 0);
  lode_paint_print(out, LODE_INK_PLAIN, " ");
  if (any && begin < end) put_quoted(self, LODE_INK_MATCH, begin, end);
  else if (state == PART_OK) lode_paint_print(out, LODE_INK_DIM, "(nothing)");
  if (state == PART_FAIL && innermost) {
    if (any && begin < end) lode_paint_print(out, LODE_INK_PLAIN, ", then ");
    tell_stop(self);
  }
  lode_paint_end(out);
  lode_buf_free(&text);
}

/* Alternatives and iterations that were not on the way are left out. */
static bool was_tried(const teller *self, const lode_mark *mark) {
  uint32_t begin, end;
  return holds_failure(self, mark) || taken(self, mark, &begin, &end);
}

static void tell(const teller *self, const lode_mark *mark, unsigned indent) {
  const lode_mark *end = behind(self, mark);
  if (is_plain_sequence(self, mark)) {
    for (const lode_mark *part = mark + 1; part < end; part = behind(self, part)) tell(self, part, indent);
    return;
  }
  unsigned kind = node_of(self, mark)->kind;
  bool look = kind == LODE_PATTERN_NOT || kind == LODE_PATTERN_AHEAD || kind == LODE_PATTERN_BEHIND;
  bool open = holds_failure(self, mark) && mark + 1 < end && !look, inside = false;
  for (const lode_mark *part = mark + 1; open && part < end; part++) inside = inside || holds_failure(self, part);
  tell_line(self, mark, indent, !inside);
  if (!open || !inside) return;
  bool all = kind == LODE_PATTERN_SEQ;
  for (const lode_mark *part = mark + 1; part < end; part = behind(self, part))
    if (all || was_tried(self, part) || is_plain_sequence(self, part)) tell(self, part, indent + 1);
}

static teller teller_of(const lode_sight *sight, const lode_near *near, lode_paint *out) {
  return (teller){sight, near, &sight->rules->items[near->rule], &sight->rules->patterns, out};
}

void lode_why_parts(const lode_sight *sight, const lode_near *near, lode_paint *out) {
  teller self = teller_of(sight, near, out);
  if (self.rule->mark_count > 0) tell(&self, self.rule->marks, 0);
}

static void count(const teller *self, const lode_mark *mark, unsigned *done, unsigned *all) {
  const lode_mark *end = behind(self, mark);
  if (is_plain_sequence(self, mark)) {
    for (const lode_mark *part = mark + 1; part < end; part = behind(self, part)) count(self, part, done, all);
    return;
  }
  ++*all;
  *done += state_of(self, mark) == PART_OK;
}

void lode_why_count(const lode_sight *sight, const lode_near *near, unsigned *done, unsigned *all) {
  teller self = teller_of(sight, near, NULL);
  *done = *all = 0;
  if (self.rule->mark_count > 0) count(&self, self.rule->marks, done, all);
}
