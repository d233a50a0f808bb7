/* code.c - a tree becomes a program.
 *
 * Repetitions of more than one token are written out up to their bound, so that no instruction counts: the state of
 * a match is (instruction, token), which is what makes the memo of the matcher sound.  The limit on the size of a
 * program is the limit on that.
 */
#include "mem.h"
#include "program.h"
#include <assert.h>
#include <stdlib.h>

typedef struct coder {
  lode_rules *rules;
  lode_rule *rule;
  lode_ins *code;
  uint32_t count, cap;
  lode_mark *marks;
  uint32_t mark_count, mark_cap, depth;
  uint32_t visits;  /* nodes: a tree that shares parts may be far larger than its nodes, even without code */
  uint32_t loops;   /* numbered for MARK and CHECK */
  uint32_t no_memo; /* > 0: in a place whose outcome hangs on more than (instruction, token) */
  lode_err *err;
} coder;

static int emit_node(coder *self, lode_pattern id);

static int fail_size(coder *self) {
  const lode_rule_spec *spec = &self->rule->spec;
  return lode_fail(self->err, LODE_E_LIMIT,
                   "rule \"%.*s\" is too large when its repetitions are written out (more than %d "
                   "instructions): make bounds smaller, or give the repeated part a rule and phase of its own",
                   (int)spec->name.len, spec->name.ptr, LODE_PROGRAM_MAX);
}

static int put(coder *self, lode_ins ins) {
  if (self->count == LODE_PROGRAM_MAX) return fail_size(self);
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 64);
    lode_ins *next = realloc(self->code, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(self->err, LODE_E_NOMEM, "out of memory: a rule's program");
    self->code = next;
    self->cap = (uint32_t)cap;
  }
  bool choice = ins.op == LODE_OP_SPLIT || (ins.op == LODE_OP_REP && ins.y != ins.z);
  if (choice && self->no_memo == 0 && self->rule->memo_points < UINT16_MAX)
    ins.memo = (uint16_t)++self->rule->memo_points;
  self->code[self->count++] = ins;
  return 0;
}

static int predicate_of(coder *self, lode_pattern id, uint32_t *out) {
  *out = lode__predicate(self->rules, &lode_pattern_get(&self->rules->patterns, id)->canon, 1, self->err);
  return *out == LODE_NO_ID ? LODE_E_NOMEM : 0;
}

static bool is_any(const coder *self, lode_pattern id) {
  return lode_pattern_get(&self->rules->patterns, id)->kind == LODE_PATTERN_ANY;
}

/* SET, PEEK or REP of a single node. */
static int emit_single(coder *self, lode_ins ins, lode_pattern single) {
  if (is_any(self, single)) ins.flags |= LODE_INS_ANY;
  int code = predicate_of(self, single, &ins.x);
  return code != 0 ? code : put(self, ins);
}

/* A SPLIT that tries what follows it first (lazy: last); the other target is filled in by land(). */
static int emit_split(coder *self, bool lazy, lode_pattern node) {
  uint32_t next = self->count + 1;
  return put(self,
             (lode_ins){.op = LODE_OP_SPLIT, .flags = lazy ? LODE_INS_LAZY : 0, .x = next, .y = next, .node = node});
}

static void land(coder *self, uint32_t at) {
  lode_ins *ins = &self->code[at];
  if (ins->op == LODE_OP_SPLIT && (ins->flags & LODE_INS_LAZY) == 0) ins->y = self->count;
  else ins->x = self->count;
}

static int emit_choice(coder *self, lode_pattern id) {
  lode_arena arena;
  lode_arena_init(&arena, 0);
  uint32_t n = 0;
  lode_pattern *items = lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_CHOICE, &arena, &n, self->err);
  uint32_t *jumps = items == NULL ? NULL : lode_arena_take(&arena, n, sizeof *jumps, self->err);
  int code = jumps == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 0; i < n && code == 0; i++) {
    uint32_t split = self->count;
    bool last = i + 1 == n;
    if (!last) code = emit_split(self, false, id);
    if (code == 0) code = emit_node(self, items[i]);
    jumps[i] = self->count;
    if (!last && code == 0) code = put(self, (lode_ins){.op = LODE_OP_JUMP, .node = id});
    if (!last && code == 0) land(self, split);
  }
  for (uint32_t i = 0; i + 1 < n && code == 0; i++) land(self, jumps[i]);
  lode_arena_free(&arena);
  return code;
}

static int emit_seq(coder *self, lode_pattern id) {
  lode_arena arena;
  lode_arena_init(&arena, 0);
  uint32_t n = 0;
  lode_pattern *items = lode_pattern_chain(&self->rules->patterns, id, LODE_PATTERN_SEQ, &arena, &n, self->err);
  int code = items == NULL ? LODE_E_NOMEM : 0;
  for (uint32_t i = 0; i < n && code == 0; i++) code = emit_node(self, items[i]);
  lode_arena_free(&arena);
  return code;
}

/* One optional iteration, watched where it could take nothing. */
static int emit_iteration(coder *self, lode_pattern id, lode_pattern body) {
  bool nullable = lode_pattern_get(&self->rules->patterns, body)->shortest == 0;
  if (!nullable) return emit_node(self, body);
  uint32_t loop = self->loops++;
  self->no_memo++;
  int code = put(self, (lode_ins){.op = LODE_OP_MARK, .x = loop, .node = id});
  if (code == 0) code = emit_node(self, body);
  if (code == 0) code = put(self, (lode_ins){.op = LODE_OP_CHECK, .x = loop, .node = id});
  self->no_memo--;
  return code;
}

static int emit_star(coder *self, lode_pattern id, lode_pattern body, bool lazy) {
  uint32_t split = self->count;
  int code = emit_split(self, lazy, id);
  if (code == 0) code = emit_iteration(self, id, body);
  if (code == 0) code = put(self, (lode_ins){.op = LODE_OP_JUMP, .x = split, .node = id});
  if (code == 0) land(self, split);
  return code;
}

/* Up to n nested optional iterations: each SPLIT leaves to the common end. */
static int emit_options(coder *self, lode_pattern id, lode_pattern body, bool lazy, uint32_t n) {
  uint32_t *splits = malloc(lode_size_mul((size_t)n + 1, sizeof *splits));
  if (splits == NULL) return lode_fail(self->err, LODE_E_NOMEM, "out of memory: a repetition");
  int code = 0;
  for (uint32_t i = 0; i < n && code == 0; i++) {
    splits[i] = self->count;
    code = emit_split(self, lazy, id);
    if (code == 0) code = emit_iteration(self, id, body);
  }
  for (uint32_t i = 0; i < n && code == 0; i++) land(self, splits[i]);
  free(splits);
  return code;
}

static int emit_repeat(coder *self, lode_pattern id) {
  lode_pattern_node node = *lode_pattern_get(&self->rules->patterns, id);
  bool lazy = (node.flags & LODE_PATTERN_LAZY) != 0;
  if (lode_pattern_get(&self->rules->patterns, node.a)->single)
    return emit_single(
        self,
        (lode_ins){.op = LODE_OP_REP, .flags = lazy ? LODE_INS_LAZY : 0, .y = node.min, .z = node.max, .node = id},
        node.a);
  int code = 0;
  for (uint32_t i = 0; i < node.min && code == 0; i++) code = emit_node(self, node.a);
  if (code != 0) return code;
  if (node.max == LODE_UNBOUNDED) return emit_star(self, id, node.a, lazy);
  return emit_options(self, id, node.a, lazy, node.max - node.min);
}

/* Try `body` without taking it. */
static int emit_look(coder *self, lode_pattern id, lode_pattern body, bool negate) {
  const lode_pattern_node *node = lode_pattern_get(&self->rules->patterns, body);
  uint8_t flags = negate ? LODE_INS_NEGATE : 0;
  if (node->single) return emit_single(self, (lode_ins){.op = LODE_OP_PEEK, .flags = flags, .node = id}, body);
  uint32_t look = self->count;
  self->no_memo++;
  int code = put(self, (lode_ins){.op = LODE_OP_LOOK, .flags = flags, .node = id});
  if (code == 0) code = emit_node(self, body);
  if (code == 0) code = put(self, (lode_ins){.op = LODE_OP_LOOK_END, .x = look, .node = id});
  if (code == 0) land(self, look);
  self->no_memo--;
  return code;
}

static int emit_behind(coder *self, lode_pattern id, lode_pattern body) {
  lode_pattern_node node = *lode_pattern_get(&self->rules->patterns, body);
  if (node.single)
    return emit_single(self, (lode_ins){.op = LODE_OP_PEEK, .flags = LODE_INS_BACKWARD, .node = id}, body);
  uint32_t behind = self->count;
  self->no_memo++;
  int code = put(self, (lode_ins){.op = LODE_OP_BEHIND, .y = node.shortest, .z = node.longest, .node = id});
  if (code == 0) code = emit_node(self, body);
  if (code == 0) code = put(self, (lode_ins){.op = LODE_OP_BEHIND_END, .x = behind, .node = id});
  if (code == 0) land(self, behind);
  self->no_memo--;
  return code;
}

static int emit_gap(coder *self, lode_pattern id) {
  lode_pattern_node node = *lode_pattern_get(&self->rules->patterns, id);
  uint8_t lazy = (node.flags & LODE_PATTERN_LAZY) != 0 ? LODE_INS_LAZY : 0;
  lode_ins rep = {.op = LODE_OP_REP, .flags = lazy, .z = node.max, .node = id};
  if (node.a == LODE_NO_PATTERN) {
    rep.flags |= LODE_INS_ANY;
    return put(self, rep);
  }
  if (lode_pattern_get(&self->rules->patterns, node.a)->single) {
    if (is_any(self, node.a)) return 0;
    rep.flags |= LODE_INS_NEGATE;
    return emit_single(self, rep, node.a);
  }
  uint32_t *splits = malloc(lode_size_mul((size_t)node.max + 1, sizeof *splits));
  if (splits == NULL) return lode_fail(self->err, LODE_E_NOMEM, "out of memory: a gap");
  int code = 0;
  for (uint32_t i = 0; i < node.max && code == 0; i++) {
    splits[i] = self->count;
    code = emit_split(self, lazy != 0, id);
    if (code == 0) code = emit_look(self, id, node.a, true);
    if (code == 0) code = put(self, (lode_ins){.op = LODE_OP_SET, .flags = LODE_INS_ANY, .node = id});
  }
  for (uint32_t i = 0; i < node.max && code == 0; i++) land(self, splits[i]);
  free(splits);
  return code;
}

static int emit_capture(coder *self, lode_pattern id) {
  lode_pattern_node node = *lode_pattern_get(&self->rules->patterns, id);
  int code = put(self, (lode_ins){.op = LODE_OP_SAVE, .x = node.data, .y = 0, .node = id});
  if (code == 0) code = emit_node(self, node.a);
  return code != 0 ? code : put(self, (lode_ins){.op = LODE_OP_SAVE, .x = node.data, .y = 1, .node = id});
}

static int emit_opt(coder *self, lode_pattern id) {
  lode_pattern_node node = *lode_pattern_get(&self->rules->patterns, id);
  bool lazy = (node.flags & LODE_PATTERN_LAZY) != 0;
  if (lode_pattern_get(&self->rules->patterns, node.a)->single)
    return emit_single(self, (lode_ins){.op = LODE_OP_REP, .flags = lazy ? LODE_INS_LAZY : 0, .z = 1, .node = id},
                       node.a);
  uint32_t split = self->count;
  int code = emit_split(self, lazy, id);
  if (code == 0) code = emit_node(self, node.a);
  if (code == 0) land(self, split);
  return code;
}

static int emit_part(coder *self, lode_pattern id) {
  const lode_pattern_node *node = lode_pattern_get(&self->rules->patterns, id);
  lode_ins ins = {.x = node->data, .y = node->other, .node = id};
  int code;
  if (++self->visits > 4 * LODE_PROGRAM_MAX) return fail_size(self);
  if (node->single) return emit_single(self, (lode_ins){.op = LODE_OP_SET, .node = id}, id);
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_ANN: ins.op = LODE_OP_ANN; return put(self, ins);
    case LODE_PATTERN_INSIDE: ins.op = LODE_OP_INSIDE; return put(self, ins);
    case LODE_PATTERN_EDGE: ins.op = LODE_OP_EDGE; return put(self, ins);
    case LODE_PATTERN_KNOWN:
      return emit_single(self, (lode_ins){.op = LODE_OP_KNOWN, .y = node->data, .node = id}, node->a);
    case LODE_PATTERN_SAME: ins.op = LODE_OP_SAME; return put(self, ins);
    case LODE_PATTERN_EMPTY: return 0;
    case LODE_PATTERN_SEQ: return emit_seq(self, id);
    case LODE_PATTERN_CHOICE: return emit_choice(self, id);
    case LODE_PATTERN_REPEAT: return emit_repeat(self, id);
    case LODE_PATTERN_OPT: return emit_opt(self, id);
    case LODE_PATTERN_NOT: return emit_look(self, id, node->a, true);
    case LODE_PATTERN_AHEAD: return emit_look(self, id, node->a, false);
    case LODE_PATTERN_BEHIND: return emit_behind(self, id, node->a);
    case LODE_PATTERN_GAP: return emit_gap(self, id);
    case LODE_PATTERN_CAPTURE: return emit_capture(self, id);
    case LODE_PATTERN_MINUS:
      code = emit_look(self, id, node->b, true);
      return code != 0 ? code : emit_node(self, lode_pattern_get(&self->rules->patterns, id)->a);
    default: ins.op = LODE_OP_FAIL; return put(self, ins);
  }
}

static int emit_node(coder *self, lode_pattern id) {
  if (!self->rules->keep_marks) return emit_part(self, id);
  if (self->mark_count == self->mark_cap) {
    size_t cap = lode_size_grow(self->mark_cap, 64);
    lode_mark *next = realloc(self->marks, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(self->err, LODE_E_NOMEM, "out of memory: a rule's marks");
    self->marks = next;
    self->mark_cap = (uint32_t)cap;
  }
  uint32_t mark = self->mark_count++;
  self->marks[mark] = (lode_mark){.node = id, .begin = self->count, .depth = self->depth++};
  int code = emit_part(self, id);
  self->marks[mark].end = self->count;
  self->depth--;
  return code;
}

static bool has_same(const lode_ins *code, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (code[i].op == LODE_OP_SAME) return true;
  return false;
}

int lode__compile_program(lode_rules *rules, lode_rule *rule, lode_err *err) {
  coder self = {.rules = rules, .rule = rule, .err = err};
  int code = emit_node(&self, rule->spec.match);
  if (code == 0) code = put(&self, (lode_ins){.op = LODE_OP_MATCH, .node = rule->spec.match});
  if (code == 0) {
    rule->code = self.code;
    rule->code_count = self.count;
    rule->marks = self.marks;
    rule->mark_count = self.mark_count;
    /* What SAME says hangs on captures: nothing of such a program may be remembered. */
    if (has_same(self.code, self.count)) {
      for (uint32_t i = 0; i < self.count; i++) self.code[i].memo = LODE_NO_MEMO;
      rule->memo_points = 0;
    }
  } else {
    free(self.code);
    free(self.marks);
  }
  return code;
}
