#include "vm.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>

/* Regions of a few steps a token never pay for a memo; its size is bounded, the budget stays. */
static const uint64_t MEMO_STEPS = 512, MEMO_STEPS_PER_TOKEN = 16;
static const size_t MEMO_MAX_WORDS = (size_t)1 << 20;

void lode__vm_free(lode_vm *self) {
  free(self->stack);
  free(self->log);
  free(self->memo);
  free(self->path);
}

void lode__vm_begin(lode_vm *self, const lode_rule *rule, uint32_t begin, uint32_t end, uint64_t steps) {
  uint64_t before = self->memo_always ? 0 : MEMO_STEPS + MEMO_STEPS_PER_TOKEN * (end - begin);
  self->rule = rule;
  self->begin = begin;
  self->end = end;
  self->steps = steps;
  self->memo_at = steps > before ? steps - before : 0;
  self->memo_state = LODE_MEMO_OFF;
  self->too_deep = false;
}

int lode__vm_grow_stack(lode_vm *self, lode_err *err) {
  if (self->stack_cap >= LODE_STACK_MAX) {
    self->too_deep = true;
    return LODE_VM_STOPPED;
  }
  size_t cap = lode_size_grow(self->stack_cap, 256);
  if (cap > LODE_STACK_MAX) cap = LODE_STACK_MAX;
  lode_choice *next = realloc(self->stack, lode_size_mul(cap, sizeof *next));
  if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu open choices", cap);
  self->stack = next;
  self->stack_cap = cap;
  return 0;
}

int lode__vm_log(lode_vm *self, lode_log_entry entry, lode_err *err) {
  if (self->log_count == self->log_cap) {
    if (self->log_cap >= LODE_STACK_MAX) {
      self->too_deep = true;
      return LODE_VM_STOPPED;
    }
    size_t cap = lode_size_grow(self->log_cap, 64);
    lode_log_entry *next = realloc(self->log, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu captures of one match", cap);
    self->log = next;
    self->log_cap = cap;
  }
  self->log[self->log_count++] = entry;
  return 0;
}

/* No memory for it is no error: the memo only saves steps. */
static bool start_memo(lode_vm *self) {
  size_t row = (size_t)(self->end - self->begin) + 1;
  size_t words = lode_size_mul(row, self->rule->memo_points) / 64 + 1;
  self->memo_state = LODE_MEMO_NONE;
  if (words > MEMO_MAX_WORDS) return false;
  if (self->memo_cap < words) {
    uint64_t *next = realloc(self->memo, words * sizeof *next);
    if (next == NULL) return false;
    self->memo = next;
    self->memo_cap = words;
  }
  memset(self->memo, 0, words * sizeof *self->memo);
  self->memo_state = LODE_MEMO_ON;
  return true;
}

bool lode__vm_memo_tried(lode_vm *self, const lode_ins *ins, uint32_t pos) {
  if (self->memo_state == LODE_MEMO_NONE || (self->memo_state == LODE_MEMO_OFF && !start_memo(self))) return false;
  size_t row = (size_t)(self->end - self->begin) + 1;
  size_t bit = (size_t)(ins->memo - 1) * row + (pos - self->begin);
  uint64_t mask = (uint64_t)1 << (bit % 64);
  bool seen = (self->memo[bit / 64] & mask) != 0;
  self->memo[bit / 64] |= mask;
  return seen;
}

/* Places are between tokens; the page's ends are borders of everything. */
bool lode__vm_edge(const lode_vm *self, lode_edge edge, uint32_t pos) {
  const lode_token *tokens = self->page->tokens.items;
  bool first = pos == 0, last = pos == self->page->tokens.count;
  if (edge == LODE_EDGE_GLUED) return !first && !last && tokens[pos - 1].end == tokens[pos].begin;
  if (edge == LODE_EDGE_PAGE_START) return first;
  if (edge == LODE_EDGE_PAGE_END) return last;
  if (first || last) {
    bool starts = edge == LODE_EDGE_SENTENCE_START || edge == LODE_EDGE_PARAGRAPH_START;
    return (first && starts) || (last && !starts);
  }
  if (edge == LODE_EDGE_SENTENCE_START || edge == LODE_EDGE_SENTENCE_END)
    return tokens[pos - 1].sentence != tokens[pos].sentence;
  return tokens[pos - 1].paragraph != tokens[pos].paragraph;
}

static void spend(lode_vm *self, uint64_t steps) {
  self->steps = self->steps > steps ? self->steps - steps : 0;
}

bool lode__vm_took_one(const lode_vm *self, uint32_t loop, uint32_t pos) {
  for (size_t i = self->log_count; i-- > 0;)
    if (self->log[i].kind == LODE_LOG_LOOP && self->log[i].id == loop) return self->log[i].pos != pos;
  return true;
}

static bool last_capture(const lode_vm *self, uint32_t name, uint32_t *begin, uint32_t *end) {
  bool ended = false;
  for (size_t i = self->log_count; i-- > 0;) {
    lode_log_entry entry = self->log[i];
    if (entry.kind == LODE_LOG_LOOP || entry.id != name) continue;
    if (entry.kind == 1) {
      *end = entry.pos;
      ended = true;
    } else if (ended) {
      *begin = entry.pos;
      return true;
    }
  }
  return false;
}

bool lode__vm_same(const lode_vm *self, uint32_t a, uint32_t b) {
  uint32_t a_begin = 0, a_end = 0, b_begin = 0, b_end = 0;
  if (!last_capture(self, a, &a_begin, &a_end) || !last_capture(self, b, &b_begin, &b_end)) return false;
  if (a_end - a_begin != b_end - b_begin) return false;
  const lode_token *tokens = self->page->tokens.items;
  for (uint32_t i = 0; i < a_end - a_begin; i++)
    if (tokens[a_begin + i].word != tokens[b_begin + i].word) return false;
  return true;
}

static bool relates(lode_relation relation, const lode_annotation *a, const lode_annotation *b) {
  if (relation == LODE_RELATION_WITHIN) return b->begin <= a->begin && a->end <= b->end;
  if (relation == LODE_RELATION_CONTAINS) return a->begin <= b->begin && b->end <= a->end;
  return a->begin < b->end && b->begin < a->end;
}

static bool is_related(lode_vm *self, const lode_pattern_node *node, const lode_annotation *item) {
  if (node->relation == LODE_RELATION_NONE) return true;
  const lode_annotation_list *list = &self->annotations->lists[node->other];
  for (uint32_t i = 0; i < list->count && list->items[i].begin < item->end; i++) {
    spend(self, 1);
    /* An annotation does not contain or overlap itself. */
    if (&list->items[i] != item && relates((lode_relation)node->relation, item, &list->items[i])) return true;
  }
  return false;
}

int lode__vm_annotation(lode_vm *self, const lode_ins *ins, uint32_t pos, uint32_t index, uint32_t *out,
                        lode_err *err) {
  const lode_annotation_list *list = &self->annotations->lists[ins->x];
  const lode_pattern_node *node = lode_pattern_get(&self->rules->patterns, ins->node);
  *out = LODE_NO_ID;
  for (; index < list->count && list->items[index].begin == pos; index++) {
    const lode_annotation *item = &list->items[index];
    spend(self, 1);
    if (item->end > self->end || !is_related(self, node, item)) continue;
    if (node->constraint != LODE_NO_ID && self->hooks != NULL && self->hooks->fields != NULL) {
      int fits = self->hooks->fields(self->hooks->context, node->constraint, item, err);
      if (fits < 0) return fits;
      if (fits == 0) continue;
    }
    *out = index;
    return 0;
  }
  return 0;
}
