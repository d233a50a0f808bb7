/* lint.c - what is probably a mistake in a rule, seen in its tree alone. */
#include "program.h"
#include <stdlib.h>

typedef struct linter {
  lode_rules *rules;
  uint32_t rule;
  lode_arena arena;
  uint8_t *seen; /* by node: shared parts are looked at once */
  lode_err *err;
} linter;

static const lode_pattern_node *node_of(const linter *self, lode_pattern id) {
  return lode_pattern_get(&self->rules->patterns, id);
}

static int warn(linter *self, lode_rule_warning_kind kind, lode_pattern node, lode_pattern other) {
  return lode__warn(self->rules, (lode_rule_warning){kind, self->rule, node, other}, self->err);
}

/* Whether item a matches wherever item b does, over the same tokens. */
static bool covers(const linter *self, lode_pattern a, lode_pattern b) {
  while (node_of(self, a)->kind == LODE_PATTERN_CAPTURE) a = node_of(self, a)->a;
  while (node_of(self, b)->kind == LODE_PATTERN_CAPTURE) b = node_of(self, b)->a;
  return a == b || lode_pattern_implies(&self->rules->patterns, b, a);
}

/* 0: nothing to say; 1: `late` begins with `early`; 2: they cover the same tokens. */
static int compare_alternatives(linter *self, lode_pattern early, lode_pattern late, int *out) {
  uint32_t m, n;
  const lode_patterns *p = &self->rules->patterns;
  lode_pattern *x = lode_pattern_chain(p, early, LODE_PATTERN_SEQ, &self->arena, &m, self->err);
  lode_pattern *y = x == NULL ? NULL : lode_pattern_chain(p, late, LODE_PATTERN_SEQ, &self->arena, &n, self->err);
  *out = 0;
  if (y == NULL) return LODE_E_NOMEM;
  for (uint32_t i = 0; i < m; i++)
    if (i >= n || !covers(self, x[i], y[i])) return 0;
  *out = m == n ? 2 : 1;
  return 0;
}

/* Long lists of alternatives are compared with a few before each, so that checking stays linear. */
enum { COMPARED_BEFORE = 64 };

static int lint_choice(linter *self, lode_pattern id) {
  uint32_t n;
  lode_pattern *items =
      lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_CHOICE, &self->arena, &n, self->err);
  int code = items == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 1; i < n && code == 0; i++) {
    int found = 0;
    for (uint32_t k = i > COMPARED_BEFORE ? i - COMPARED_BEFORE : 0; k < i && code == 0 && found == 0; k++) {
      code = compare_alternatives(self, items[k], items[i], &found);
      if (found != 0 && code == 0)
        code = warn(self, found == 2 ? LODE_WARNING_SHADOWED : LODE_WARNING_PREFIX, items[i], items[k]);
    }
  }
  return code;
}

/* `-p * q` where p fits whatever q does: the pair never matches. */
static int lint_seq(linter *self, lode_pattern id) {
  uint32_t n;
  lode_pattern *items = lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_SEQ, &self->arena, &n, self->err);
  int code = items == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 0; i + 1 < n && code == 0; i++) {
    const lode_pattern_node *look = node_of(self, items[i]);
    if (look->kind == LODE_PATTERN_NOT && lode_pattern_implies(&self->rules->patterns, items[i + 1], look->a))
      code = warn(self, LODE_WARNING_NEVER, items[i + 1], items[i]);
  }
  return code;
}

/* A gap at the end of a capture is as long as what stands behind the capture makes it: seldom what is meant. */
static int lint_capture(linter *self, lode_pattern id) {
  lode_pattern at = node_of(self, id)->a;
  while (node_of(self, at)->kind == LODE_PATTERN_SEQ) at = node_of(self, at)->b;
  const lode_pattern_node *last = node_of(self, at);
  bool lazy_gap = last->kind == LODE_PATTERN_GAP && (last->flags & LODE_PATTERN_LAZY) != 0 && last->max > 0;
  return lazy_gap ? warn(self, LODE_WARNING_GAP_AT_END, at, id) : 0;
}

/* A gap at the end of all that is matched has nothing to lead to, so it takes nothing; captures are looked at above. */
static int lint_end(linter *self, lode_pattern at) {
  const lode_pattern_node *last = node_of(self, at);
  int code;
  switch ((lode_pattern_kind)last->kind) {
    case LODE_PATTERN_SEQ: return lint_end(self, last->b);
    case LODE_PATTERN_OPT: return lint_end(self, last->a);
    case LODE_PATTERN_CHOICE:
      for (code = lint_end(self, last->b); code == 0; code = lint_end(self, last->b)) {
        at = last->a;
        last = node_of(self, at);
        if (last->kind != LODE_PATTERN_CHOICE) return lint_end(self, at);
      }
      return code;
    case LODE_PATTERN_GAP:
      return (last->flags & LODE_PATTERN_LAZY) != 0 && last->max > 0 ? warn(self, LODE_WARNING_GAP_AT_END, at, 0) : 0;
    default: return 0;
  }
}

static bool is_given(const lode_rules *rules, uint32_t label, int32_t phase) {
  for (uint32_t i = 0; i < rules->given_count; i++)
    if (rules->given[i] == label) return true;
  for (uint32_t i = 0; i < rules->count; i++)
    if (rules->items[i].spec.label == label && rules->items[i].spec.phase < phase) return true;
  return false;
}

static int lint_label(linter *self, lode_pattern id) {
  int32_t phase = self->rules->items[self->rule].spec.phase;
  uint32_t label = node_of(self, id)->data;
  if (node_of(self, id)->kind == LODE_PATTERN_KNOWN) label = self->rules->patterns.knowns[label].label;
  return is_given(self->rules, label, phase) ? 0 : warn(self, LODE_WARNING_NO_MAKER, id, 0);
}

static int lint_node(linter *self, lode_pattern id) {
  const lode_pattern_node *node = node_of(self, id);
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_CHOICE: return lint_choice(self, id);
    case LODE_PATTERN_SEQ: return lint_seq(self, id);
    case LODE_PATTERN_CAPTURE: return lint_capture(self, id);
    case LODE_PATTERN_ANN:
    case LODE_PATTERN_KNOWN:
    case LODE_PATTERN_INSIDE: return lint_label(self, id);
    case LODE_PATTERN_MINUS:
      return node_of(self, node->a)->kind == LODE_PATTERN_SEQ ? warn(self, LODE_WARNING_MINUS_SEQUENCE, id, node->a)
                                                              : 0;
    case LODE_PATTERN_REPEAT:
      return node_of(self, node->a)->shortest == 0 && node->max > 1 ? warn(self, LODE_WARNING_EMPTY_LOOP, id, 0) : 0;
    default: return 0;
  }
}

/* The lowest node that can match nothing is the one to name: parts that are `never` hide what they make so. */
static bool is_cause(const linter *self, const lode_pattern_node *node) {
  if (!node->never) return false;
  bool a = node->a != 0 && node_of(self, node->a)->never, b = node->b != 0 && node_of(self, node->b)->never;
  if (node->kind == LODE_PATTERN_NOT || (node->kind == LODE_PATTERN_MINUS && !a)) return true;
  return !a && !b;
}

/* Depth is bounded by LODE_PATTERN_DEPTH but for chains, whose left parts are walked in the loop. */
static int walk(linter *self, lode_pattern id) {
  int code = 0;
  while (id != LODE_NO_PATTERN && code == 0 && !self->seen[id]) {
    const lode_pattern_node *node = node_of(self, id);
    bool chain = node->kind == LODE_PATTERN_SEQ || node->kind == LODE_PATTERN_CHOICE;
    self->seen[id] = 1;
    if (is_cause(self, node)) code = warn(self, LODE_WARNING_NEVER, id, 0);
    if (code == 0) code = lint_node(self, id);
    /* The rest of a chain was looked at with its head. */
    while (chain && node_of(self, node->a)->kind == node->kind && code == 0) {
      code = walk(self, node->b);
      id = node->a;
      node = node_of(self, id);
      self->seen[id] = 1;
    }
    if (code == 0 && node->b != LODE_NO_PATTERN) code = walk(self, node->b);
    id = node->a;
  }
  return code;
}

int lode__lint(lode_rules *rules, uint32_t rule, lode_err *err) {
  linter self = {.rules = rules, .rule = rule, .err = err};
  lode_pattern match = rules->items[rule].spec.match;
  self.seen = calloc(rules->patterns.count, 1);
  if (self.seen == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: checking rules");
  lode_arena_init(&self.arena, 0);
  int code = 0;
  if (lode_pattern_get(&rules->patterns, match)->shortest == 0) code = warn(&self, LODE_WARNING_EMPTY_RULE, match, 0);
  if (code == 0) code = walk(&self, match);
  if (code == 0) code = lint_end(&self, match);
  lode_arena_free(&self.arena);
  free(self.seen);
  return code;
}
