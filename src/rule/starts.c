/* starts.c - what a match must begin with and must hold, so that most places need not be tried.
 *
 * Both are one-sided: a token outside the first set surely begins no match, a region without a need surely holds
 * none.  Zero-width parts only narrow, so they are skipped.
 */
#include "program.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_MAX = 64, NEEDS_MAX = 16, WEIGHT_MAX = 100000 };

typedef struct first_set {
  bool any; /* nothing is known */
  uint32_t canons[FIRST_MAX], canon_count;
  uint32_t labels[LODE_RULE_LABELS], label_count;
} first_set;

typedef struct need_list {
  lode_need items[NEEDS_MAX];
  uint32_t count;
} need_list;

typedef struct finder {
  lode_rules *rules;
  lode_arena arena;
  lode_err *err;
} finder;

static const lode_pattern_node *node_of(const finder *self, lode_pattern id) {
  return lode_pattern_get(&self->rules->patterns, id);
}

static void add_unique(uint32_t *items, uint32_t *count, uint32_t cap, uint32_t item, bool *any) {
  for (uint32_t i = 0; i < *count; i++)
    if (items[i] == item) return;
  if (*count == cap) *any = true;
  else items[(*count)++] = item;
}

static int add_first(finder *self, lode_pattern id, first_set *out) {
  const lode_pattern_node *node = node_of(self, id);
  if (out->any) return 0;
  if (node->single) {
    add_unique(out->canons, &out->canon_count, FIRST_MAX, node->canon, &out->any);
    return 0;
  }
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_ANN:
      add_unique(out->labels, &out->label_count, LODE_RULE_LABELS, node->data, &out->any);
      return 0;
    case LODE_PATTERN_GAP:
      if (node->max > 0) out->any = true;
      return 0;
    case LODE_PATTERN_REPEAT: return node->max == 0 ? 0 : add_first(self, node->a, out);
    case LODE_PATTERN_OPT:
    case LODE_PATTERN_MINUS:
    case LODE_PATTERN_KNOWN:
    case LODE_PATTERN_CAPTURE: return add_first(self, node->a, out);
    case LODE_PATTERN_SEQ:
    case LODE_PATTERN_CHOICE: break;
    default: return 0;
  }
  uint32_t n;
  bool seq = node->kind == LODE_PATTERN_SEQ;
  lode_pattern *items = lode_pattern_chain(&self->rules->patterns, id, node->kind, &self->arena, &n, self->err);
  if (items == NULL) return LODE_E_NOMEM;
  int code = 0;
  for (uint32_t i = 0; i < n && code == 0; i++) {
    const lode_pattern_node *item = node_of(self, items[i]);
    if (seq && item->kind == LODE_PATTERN_AHEAD && node_of(self, item->a)->single)
      return add_first(self, item->a, out); /* #w"new san" * (...): what may come is said */
    code = add_first(self, items[i], out);
    if (seq && node_of(self, items[i])->shortest > 0) break;
  }
  return code;
}

static int compare_ids(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static uint32_t predicate_of_first(finder *self, first_set *first) {
  qsort(first->canons, first->canon_count, sizeof first->canons[0], compare_ids);
  return lode__predicate(self->rules, first->canons, first->canon_count, self->err);
}

/* --- needs --- */

static uint32_t cap_weight(uint32_t weight) {
  return weight < WEIGHT_MAX ? weight : WEIGHT_MAX;
}

/* How common what fits a single node is: a guess in words of a list. */
static uint32_t weigh(const lode_patterns *patterns, lode_pattern id) {
  const lode_pattern_node *node = lode_pattern_get(patterns, id);
  uint32_t sum = 0;
  for (; node->kind == LODE_PATTERN_CHOICE; node = lode_pattern_get(patterns, node->a))
    sum = cap_weight(sum + weigh(patterns, node->b));
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_WORDS:
    case LODE_PATTERN_FORMS: return cap_weight(sum + cap_weight(patterns->sets[node->data]->count));
    case LODE_PATTERN_SHAPE: return cap_weight(sum + 60);
    case LODE_PATTERN_TEST: return cap_weight(sum + 300);
    case LODE_PATTERN_KIND: return cap_weight(sum + (node->data == LODE_TOKEN_WORD ? 10000 : 150));
    case LODE_PATTERN_UPPER: return cap_weight(sum + 80);
    case LODE_PATTERN_CAP: return cap_weight(sum + 250);
    case LODE_PATTERN_LOWER: return cap_weight(sum + 3000);
    case LODE_PATTERN_MINUS: return cap_weight(sum + weigh(patterns, node->a));
    case LODE_PATTERN_BOTH: {
      uint32_t a = weigh(patterns, node->a), b = weigh(patterns, node->b);
      return cap_weight(sum + (a < b ? a : b));
    }
    default: return WEIGHT_MAX;
  }
}

static uint32_t weigh_predicate(const lode_rules *rules, uint32_t predicate) {
  lode_str key = lode_table_get(&rules->predicates, predicate);
  uint32_t sum = 0;
  for (size_t i = 0; i < key.len; i += sizeof(uint32_t)) {
    uint32_t canon;
    memcpy(&canon, key.ptr + i, sizeof canon);
    sum = cap_weight(sum + weigh(&rules->patterns, canon));
  }
  return sum;
}

static uint32_t later(uint32_t a, uint32_t b) {
  return a > LODE_UNBOUNDED - b ? LODE_UNBOUNDED : a + b;
}

static void push_need(need_list *list, lode_need need) {
  if (list->count < NEEDS_MAX && need.weight < WEIGHT_MAX) list->items[list->count++] = need;
}

static int push_predicate(finder *self, need_list *list, uint32_t predicate, uint32_t lo, uint32_t hi) {
  if (predicate == LODE_NO_ID) return LODE_E_NOMEM;
  uint32_t weight = weigh_predicate(self->rules, predicate);
  push_need(list, (lode_need){.id = predicate, .lo = lo, .hi = hi, .weight = weight});
  return 0;
}

static int add_needs(finder *self, lode_pattern id, uint32_t lo, uint32_t hi, need_list *list);

/* What every alternative needs, wherever it stands in each; where nothing is shared, what they begin with. */
static int add_choice_needs(finder *self, lode_pattern id, uint32_t lo, uint32_t hi, need_list *list) {
  uint32_t n;
  lode_pattern *items =
      lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_CHOICE, &self->arena, &n, self->err);
  if (items == NULL) return LODE_E_NOMEM;
  need_list common = {.count = 0};
  int code = add_needs(self, items[0], lo, hi, &common);
  for (uint32_t i = 1; i < n && code == 0 && common.count > 0; i++) {
    need_list other = {.count = 0};
    uint32_t kept = 0;
    code = add_needs(self, items[i], lo, hi, &other);
    for (uint32_t k = 0; k < common.count; k++) {
      lode_need need = common.items[k];
      uint32_t j = 0;
      while (j < other.count && (other.items[j].id != need.id || other.items[j].is_label != need.is_label)) j++;
      if (j == other.count) continue;
      if (other.items[j].lo < need.lo) need.lo = other.items[j].lo;
      if (other.items[j].hi > need.hi) need.hi = other.items[j].hi;
      common.items[kept++] = need;
    }
    common.count = kept;
  }
  for (uint32_t k = 0; k < common.count && code == 0; k++) push_need(list, common.items[k]);
  if (code != 0 || common.count > 0 || node_of(self, id)->shortest == 0) return code;
  first_set first = {.any = false};
  code = add_first(self, id, &first);
  if (code != 0 || first.any || first.label_count > 0 || first.canon_count == 0) return code;
  return push_predicate(self, list, predicate_of_first(self, &first), lo, hi);
}

static int add_seq_needs(finder *self, lode_pattern id, uint32_t lo, uint32_t hi, need_list *list) {
  uint32_t n;
  lode_pattern *items = lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_SEQ, &self->arena, &n, self->err);
  int code = items == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 0; code == 0 && i < n; i++) {
    const lode_pattern_node *item = node_of(self, items[i]);
    uint32_t shortest = item->shortest, longest = item->longest;
    code = add_needs(self, items[i], lo, hi, list);
    lo = later(lo, shortest);
    hi = later(hi, longest);
  }
  return code;
}

static int add_needs(finder *self, lode_pattern id, uint32_t lo, uint32_t hi, need_list *list) {
  const lode_pattern_node *node = node_of(self, id);
  if (node->single) return push_predicate(self, list, lode__predicate(self->rules, &node->canon, 1, self->err), lo, hi);
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_ANN:
      push_need(list, (lode_need){.id = node->data, .is_label = true, .lo = lo, .hi = hi, .weight = 100});
      return 0;
    case LODE_PATTERN_REPEAT: return node->min == 0 ? 0 : add_needs(self, node->a, lo, hi, list);
    case LODE_PATTERN_AHEAD:
    case LODE_PATTERN_MINUS:
    case LODE_PATTERN_KNOWN:
    case LODE_PATTERN_CAPTURE: return add_needs(self, node->a, lo, hi, list);
    case LODE_PATTERN_SEQ: return add_seq_needs(self, id, lo, hi, list);
    case LODE_PATTERN_CHOICE: return add_choice_needs(self, id, lo, hi, list);
    default: return 0;
  }
}

static int compare_needs(const void *a, const void *b) {
  const lode_need *x = a, *y = b;
  if (x->weight != y->weight) return x->weight < y->weight ? -1 : 1;
  if (x->hi != y->hi) return x->hi < y->hi ? -1 : 1;
  return x->lo < y->lo ? -1 : x->lo > y->lo;
}

/* A part far behind the start says little about where the start is. */
static const uint32_t ANCHOR_REACH = 40;

static void choose_anchor(lode_rule *rule, uint32_t first_weight) {
  rule->anchor = LODE_NO_ID;
  for (uint32_t i = 0; i < rule->need_count; i++) {
    if (rule->needs[i].hi > ANCHOR_REACH || rule->needs[i].weight >= first_weight) continue;
    rule->anchor = i;
    return;
  }
}

int lode__find_starts(lode_rules *rules, lode_rule *rule, lode_err *err) {
  finder self = {.rules = rules, .err = err};
  first_set first = {.any = false};
  need_list needs = {.count = 0};
  uint32_t weight = WEIGHT_MAX;
  lode_arena_init(&self.arena, 0);
  int code = add_first(&self, rule->spec.match, &first);
  if (code == 0) code = add_needs(&self, rule->spec.match, 0, 0, &needs);
  rule->first_any = first.any;
  rule->first_predicate = LODE_NO_ID;
  if (code == 0 && !first.any) {
    rule->first_label_count = first.label_count;
    memcpy(rule->first_labels, first.labels, sizeof first.labels);
    weight = 100 * first.label_count;
    if (first.canon_count > 0) {
      rule->first_predicate = predicate_of_first(&self, &first);
      if (rule->first_predicate == LODE_NO_ID) code = LODE_E_NOMEM;
      else weight = cap_weight(weight + weigh_predicate(rules, rule->first_predicate));
      if (code == 0 && first.label_count == 0 && weight < WEIGHT_MAX)
        push_need(&needs, (lode_need){.id = rule->first_predicate, .weight = weight});
    }
  }
  lode_arena_free(&self.arena);
  if (code != 0) return code;
  qsort(needs.items, needs.count, sizeof needs.items[0], compare_needs);
  for (uint32_t i = 0; i < needs.count && rule->need_count < LODE_RULE_NEEDS; i++)
    if (i == 0 || needs.items[i].id != needs.items[i - 1].id || needs.items[i].is_label != needs.items[i - 1].is_label)
      rule->needs[rule->need_count++] = needs.items[i];
  choose_anchor(rule, weight);
  return 0;
}
