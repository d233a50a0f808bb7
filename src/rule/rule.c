#include "rule.h"

#include "mem.h"
#include "program.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

int lode_rules_init(lode_rules *self, uint64_t seed, lode_err *err) {
  *self = (lode_rules){.count = 0};
  lode_arena_init(&self->arena, 0);
  lode_table_init(&self->predicates, seed);
  return lode_patterns_init(&self->patterns, seed, err);
}

void lode_rules_free(lode_rules *self) {
  for (uint32_t i = 0; i < self->count; i++) {
    free(self->items[i].code);
    free(self->items[i].marks);
  }
  free(self->items);
  free(self->warnings);
  free(self->given);
  free(self->lexicons);
  free(self->cues);
  lode_table_free(&self->predicates);
  lode_arena_free(&self->arena);
  lode_patterns_free(&self->patterns);
  *self = (lode_rules){.count = 0};
}

const char *lode_rule_warning_name(lode_rule_warning_kind kind) {
  static const char *const names[] = {
#define WARNING_NAME(code, name) [LODE_WARNING_##code] = name,
      LODE_RULE_WARNINGS(WARNING_NAME)
#undef WARNING_NAME
  };
  return names[kind];
}

uint32_t lode__predicate(lode_rules *self, const uint32_t *canons, uint32_t count, lode_err *err) {
  return lode_table_add(&self->predicates, (const char *)canons, count * sizeof *canons, NULL, err);
}

int lode__warn(lode_rules *self, lode_rule_warning warning, lode_err *err) {
  if (self->warning_count == self->warning_cap) {
    size_t cap = lode_size_grow(self->warning_cap, 16);
    lode_rule_warning *next = realloc(self->warnings, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu warnings", cap);
    self->warnings = next;
    self->warning_cap = (uint32_t)cap;
  }
  self->warnings[self->warning_count++] = warning;
  return 0;
}

/* --- names captured twice --- */

typedef struct capture_check {
  const lode_patterns *patterns;
  uint8_t *state; /* by capture name: SEEN, SEEN_ALL */
  uint32_t visits;
  lode_arena arena;
  lode_err *err;
} capture_check;

enum { SEEN = 1, SEEN_ALL = 2, VISITS_MAX = 4 * LODE_PROGRAM_MAX };

static int check_captures(capture_check *self, lode_pattern id);

static int fail_twice(capture_check *self, uint32_t name, lode_pattern node) {
  char place[300];
  lode_str text = lode_table_get(&self->patterns->captures, name);
  return lode_fail(self->err, LODE_E_USAGE,
                   "\"%.*s\" is captured twice in one match (again at %s): give it another name, "
                   "or write all(\"%.*s\", p) for a list",
                   (int)(text.len < 60 ? text.len : 60), text.ptr,
                   lode_pattern_place(self->patterns, node, place, sizeof place), (int)(text.len < 60 ? text.len : 60),
                   text.ptr);
}

static int check_capture(capture_check *self, lode_pattern id) {
  const lode_pattern_node *node = lode_pattern_get(self->patterns, id);
  uint8_t kind = (node->flags & LODE_PATTERN_ALL) != 0 ? SEEN_ALL : SEEN;
  uint8_t *state = &self->state[node->data];
  if (*state != 0 && (kind | *state) != SEEN_ALL) return fail_twice(self, node->data, id);
  *state = kind;
  return check_captures(self, node->a);
}

/* Alternatives may use one name each; what follows sees the names of all. */
static int check_choice(capture_check *self, lode_pattern id) {
  uint32_t n, names = self->patterns->captures.count;
  lode_pattern *items = lode_pattern_chain(self->patterns, id, LODE_PATTERN_CHOICE, &self->arena, &n, self->err);
  uint8_t *before = lode_arena_take(&self->arena, names, 2, self->err);
  if (items == NULL || before == NULL) return LODE_E_NOMEM;
  uint8_t *after = before + names;
  memcpy(before, self->state, names);
  memcpy(after, self->state, names);
  int code = 0;
  for (uint32_t i = 0; i < n && code == 0; i++) {
    memcpy(self->state, before, names);
    code = check_captures(self, items[i]);
    for (uint32_t k = 0; k < names; k++) after[k] |= self->state[k];
  }
  memcpy(self->state, after, names);
  return code;
}

static int check_seq(capture_check *self, lode_pattern id) {
  uint32_t n;
  lode_pattern *items = lode_pattern_chain(self->patterns, id, LODE_PATTERN_SEQ, &self->arena, &n, self->err);
  int code = items == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 0; i < n && code == 0; i++) code = check_captures(self, items[i]);
  return code;
}

static int check_captures(capture_check *self, lode_pattern id) {
  const lode_pattern_node *node = lode_pattern_get(self->patterns, id);
  if (++self->visits > VISITS_MAX) return 0; /* the program will be refused as too large */
  if (node->single || id == LODE_NO_PATTERN) return 0;
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_CAPTURE: return check_capture(self, id);
    case LODE_PATTERN_CHOICE: return check_choice(self, id);
    case LODE_PATTERN_SEQ: return check_seq(self, id);
    case LODE_PATTERN_REPEAT: {
      int code = check_captures(self, node->a);
      /* A second turn over the body finds what one iteration alone does not show. */
      return code != 0 || node->max < 2 ? code : check_captures(self, node->a);
    }
    case LODE_PATTERN_OPT:
    case LODE_PATTERN_AHEAD:
    case LODE_PATTERN_BEHIND:
    case LODE_PATTERN_MINUS: return check_captures(self, node->a);
    default: return 0; /* what a NOT captures is forgotten */
  }
}

static int check_names(lode_rules *self, lode_pattern match, lode_err *err) {
  capture_check check = {.patterns = &self->patterns, .err = err};
  check.state = calloc((size_t)self->patterns.captures.count + 1, 1);
  if (check.state == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: checking captures");
  lode_arena_init(&check.arena, 0);
  int code = check_captures(&check, match);
  lode_arena_free(&check.arena);
  free(check.state);
  return code;
}

int lode_rules_add(lode_rules *self, const lode_rule_spec *spec, uint32_t *id, lode_err *err) {
  assert(!self->compiled && spec->match != LODE_NO_PATTERN);
  int code = check_names(self, spec->match, err);
  if (code != 0) return code;
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 16);
    lode_rule *next = realloc(self->items, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu rules", cap);
    self->items = next;
    self->cap = (uint32_t)cap;
  }
  lode_rule rule = {.spec = *spec};
  rule.spec.name = lode_arena_copy(&self->arena, spec->name.ptr, spec->name.len, err);
  if (rule.spec.name.ptr == NULL) return LODE_E_NOMEM;
  if (spec->at.file != NULL) {
    lode_str file = lode_arena_copy(&self->arena, spec->at.file, strlen(spec->at.file), err);
    if (file.ptr == NULL) return LODE_E_NOMEM;
    rule.spec.at.file = file.ptr;
  }
  *id = self->count;
  self->items[self->count++] = rule;
  return 0;
}

int lode_rules_add_lexicon(lode_rules *self, const lode_lexicon *lexicon, uint32_t label, uint32_t near_label,
                           lode_err *err) {
  if (self->lexicon_count == self->lexicon_cap) {
    size_t cap = lode_size_grow(self->lexicon_cap, 8);
    lode_rules_lexicon *next = realloc(self->lexicons, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu lexicons", cap);
    self->lexicons = next;
    self->lexicon_cap = (uint32_t)cap;
  }
  self->lexicons[self->lexicon_count++] = (lode_rules_lexicon){lexicon, label, near_label};
  int code = lode_rules_give(self, label, err);
  return code != 0 || near_label == LODE_NO_ID ? code : lode_rules_give(self, near_label, err);
}

int lode_rules_add_cue(lode_rules *self, lode_cue cue, lode_err *err) {
  if (self->cue_count == self->cue_cap) {
    size_t cap = lode_size_grow(self->cue_cap, 8);
    lode_cue *next = realloc(self->cues, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu cues", cap);
    self->cues = next;
    self->cue_cap = (uint32_t)cap;
  }
  self->cues[self->cue_count++] = cue;
  return 0;
}

int lode_rules_give(lode_rules *self, uint32_t label, lode_err *err) {
  if (self->given_count == self->given_cap) {
    size_t cap = lode_size_grow(self->given_cap, 16);
    uint32_t *next = realloc(self->given, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu labels", cap);
    self->given = next;
    self->given_cap = (uint32_t)cap;
  }
  self->given[self->given_count++] = label;
  return 0;
}

/* --- needs and groups --- */

static int number_needs(lode_rules *self, lode_err *err) {
  self->need_bits = lode_arena_take(&self->arena, self->predicates.count, sizeof *self->need_bits, err);
  if (self->need_bits == NULL) return LODE_E_NOMEM;
  for (uint32_t i = 0; i < self->predicates.count; i++) self->need_bits[i] = LODE_NO_ID;
  for (uint32_t r = 0; r < self->count; r++) {
    lode_rule *rule = &self->items[r];
    for (uint32_t i = 0; i < rule->need_count; i++) {
      uint32_t *bit = rule->needs[i].is_label ? NULL : &self->need_bits[rule->needs[i].id];
      if (bit != NULL && *bit == LODE_NO_ID) *bit = self->need_count++;
    }
  }
  return 0;
}

static bool in_group(const lode_group *group, const lode_rule_spec *spec) {
  return group->phase == spec->phase && group->zones == spec->zones && group->within == spec->within;
}

/* The bit of the rarest needed predicate, or LODE_NO_ID. */
static uint32_t main_need(const lode_rules *self, const lode_rule *rule) {
  for (uint32_t i = 0; i < rule->need_count; i++)
    if (!rule->needs[i].is_label) return self->need_bits[rule->needs[i].id];
  return LODE_NO_ID;
}

static int fill_group(lode_rules *self, lode_group *group, lode_err *err) {
  uint32_t *start = lode_arena_take(&self->arena, (size_t)self->need_count + 2, sizeof *start, err);
  uint32_t *rules = start == NULL ? NULL : lode_arena_take(&self->arena, group->rule_count, sizeof *rules, err);
  uint32_t *always = rules == NULL ? NULL : lode_arena_take(&self->arena, group->rule_count, sizeof *always, err);
  if (always == NULL) return LODE_E_NOMEM;
  uint32_t used = 0;
  memset(start, 0, ((size_t)self->need_count + 2) * sizeof *start);
  for (uint32_t pass = 0; pass < 2; pass++) { /* count, then place */
    group->always_count = 0;
    for (uint32_t r = 0; r < self->count; r++) {
      if (!in_group(group, &self->items[r].spec)) continue;
      uint32_t bit = main_need(self, &self->items[r]);
      if (bit == LODE_NO_ID) always[group->always_count++] = r;
      else if (pass == 0) start[bit + 2]++;
      else rules[start[bit + 1]++] = r;
    }
    for (uint32_t bit = 0; pass == 0 && bit < self->need_count; bit++) {
      used += start[bit + 2];
      start[bit + 2] = used;
    }
  }
  group->by_need = rules;
  group->need_start = start;
  group->always = always;
  return 0;
}

static int compare_groups(const void *a, const void *b) {
  const lode_group *x = a, *y = b;
  if (x->phase != y->phase) return x->phase < y->phase ? -1 : 1;
  if (x->within != y->within) return x->within < y->within ? -1 : 1;
  return x->zones < y->zones ? -1 : x->zones > y->zones;
}

static int make_groups(lode_rules *self, lode_err *err) {
  self->groups = lode_arena_take(&self->arena, self->count, sizeof *self->groups, err);
  if (self->groups == NULL) return LODE_E_NOMEM;
  for (uint32_t r = 0; r < self->count; r++) {
    const lode_rule_spec *spec = &self->items[r].spec;
    uint32_t g = 0;
    while (g < self->group_count && !in_group(&self->groups[g], spec)) g++;
    if (g == self->group_count)
      self->groups[self->group_count++] =
          (lode_group){.phase = spec->phase, .zones = spec->zones, .within = spec->within};
    self->groups[g].rule_count++;
  }
  qsort(self->groups, self->group_count, sizeof *self->groups, compare_groups);
  int code = 0;
  for (uint32_t g = 0; g < self->group_count && code == 0; g++) code = fill_group(self, &self->groups[g], err);
  return code;
}

/* A rule that begins with a token of its first predicate, and with nothing else. */
bool lode__begins_by_class(const lode_rule *rule) {
  return !rule->first_any && rule->first_label_count == 0 && rule->first_predicate != LODE_NO_ID;
}

static int note_firsts(lode_rules *self, lode_err *err) {
  for (uint32_t g = 0; g < self->group_count; g++) {
    lode_group *group = &self->groups[g];
    group->firsts = lode_arena_take(&self->arena, lode_rules_row_words(self) + 1, sizeof *group->firsts, err);
    if (group->firsts == NULL) return LODE_E_NOMEM;
    memset(group->firsts, 0, (lode_rules_row_words(self) + 1) * sizeof *group->firsts);
    for (uint32_t r = 0; r < self->count; r++) {
      const lode_rule *rule = &self->items[r];
      uint32_t first = rule->first_predicate;
      if (in_group(group, &rule->spec) && lode__begins_by_class(rule))
        group->firsts[first / 64] |= (uint64_t)1 << (first % 64);
    }
  }
  return 0;
}

static int note_telling(lode_rules *self, lode_err *err) {
  self->telling = lode_arena_take(&self->arena, lode_rules_row_words(self) + 1, sizeof *self->telling, err);
  if (self->telling == NULL) return LODE_E_NOMEM;
  memset(self->telling, 0, (lode_rules_row_words(self) + 1) * sizeof *self->telling);
  for (uint32_t r = 0; r < self->count; r++) {
    const lode_rule *rule = &self->items[r];
    uint32_t first = rule->first_predicate;
    if (!rule->first_any && first != LODE_NO_ID) self->telling[first / 64] |= (uint64_t)1 << (first % 64);
    for (uint32_t n = 0; n < rule->need_count; n++) {
      uint32_t id = rule->needs[n].id;
      if (!rule->needs[n].is_label) self->telling[id / 64] |= (uint64_t)1 << (id % 64);
    }
  }
  return 0;
}

int lode_rules_compile(lode_rules *self, lode_err *err) {
  int code = 0;
  assert(!self->compiled);
  for (uint32_t r = 0; r < self->count && code == 0; r++) {
    code = lode__compile_program(self, &self->items[r], err);
    if (code == 0) code = lode__find_starts(self, &self->items[r], err);
    if (code == 0) code = lode__lint(self, r, err);
    if (code != 0) lode_err_at(err, self->items[r].spec.at.file, self->items[r].spec.at.line, LODE_NO_BYTE);
  }
  if (code == 0) code = lode_patterns_index(&self->patterns, err);
  if (code == 0) code = number_needs(self, err);
  if (code == 0) code = note_telling(self, err);
  if (code == 0) code = make_groups(self, err);
  if (code == 0) code = note_firsts(self, err);
  self->compiled = code == 0;
  return code;
}

int lode_rules_list(const lode_rules *self, uint32_t rule, lode_buf *out, lode_err *err) {
  static const char *const names[LODE_OP_COUNT] = {
#define OP_NAME(name) [LODE_OP_##name] = #name,
      LODE_OPS(OP_NAME)
#undef OP_NAME
  };
  const lode_rule *r = &self->items[rule];
  char place[300];
  int code = 0;
  for (uint32_t i = 0; i < r->code_count && code == 0; i++) {
    lode_ins ins = r->code[i];
    code = lode_buf_printf(out, err, "%4u %-10s %u %u %u%s%s  %s %s\n", i, names[ins.op], ins.x, ins.y, ins.z,
                           (ins.flags & LODE_INS_NEGATE) != 0 ? " not" : "",
                           (ins.flags & LODE_INS_LAZY) != 0 ? " lazy" : "",
                           lode_pattern_place(&self->patterns, ins.node, place, sizeof place),
                           lode_pattern_kind_name(lode_pattern_get(&self->patterns, ins.node)->kind));
  }
  return code;
}
