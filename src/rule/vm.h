/* vm.h - the matcher's state; seen inside src/rule only.
 *
 * One loop (vm_loop.h) is compiled twice: lode__run_plain and lode__run_traced.  It backtracks with a stack of its
 * own, so a pattern cannot overflow the C stack, and takes a step from the budget for each instruction and each token
 * looked at, so it ends.
 *
 * The memo.  Once a region cost more than a few steps a token, each (choice, token) is marked when it is first
 * tried.  A second try is refused: had the first one led to a match, there would be no second.  That holds across
 * starts too until a match is found.  Instructions inside look-arounds and loops that may take nothing have no memo
 * row, because there the outcome hangs on more than (instruction, token).
 */
#ifndef LODE_VM_H
#define LODE_VM_H
#include "matcher.h"
#include "program.h"

typedef enum lode_choice_kind {
  LODE_CHOICE_JUMP,
  LODE_CHOICE_REP,
  LODE_CHOICE_REP_LAZY,
  LODE_CHOICE_ANN,
  LODE_CHOICE_LOOK,
  LODE_CHOICE_BEHIND
} lode_choice_kind;

typedef struct lode_choice {
  uint32_t kind, pc, pos, log;
  uint32_t extra; /* REP: the nearest place; REP_LAZY: tokens left; ANN: the next one; BEHIND: the start tried */
  uint32_t path;  /* traced only: how long it was */
} lode_choice;

/* Captures and loops, in the order of happening; cut back when the match backtracks. */
enum { LODE_LOG_LOOP = 2, LODE_LOG_KINDS = 3 };
typedef struct lode_log_entry {
  uint32_t kind; /* 0 a capture begins, 1 it ends, LODE_LOG_LOOP */
  uint32_t id, pos;
  lode_pattern node;
} lode_log_entry;

enum { LODE_VM_NONE = 0, LODE_VM_MATCH = 1, LODE_VM_STOPPED = 2 };

struct lode_vm {
  const lode_rules *rules;
  const lode_rule *rule;
  const lode_page *page;
  const lode_annotations *annotations;
  const lode_match_hooks *hooks;
  const uint16_t *classes;
  const uint64_t *rows;
  uint32_t **known; /* matcher.h */
  uint32_t known_cap, known_number;
  size_t row_words;
  uint32_t begin, end; /* the region, in tokens */
  uint64_t steps;      /* left of the rule's budget */
  uint64_t memo_at;    /* the memo begins when steps fall below this */
  lode_choice *stack;
  size_t stack_count, stack_cap;
  lode_log_entry *log;
  size_t log_count, log_cap;
  uint64_t *memo;
  size_t memo_cap; /* words */
  enum { LODE_MEMO_OFF, LODE_MEMO_ON, LODE_MEMO_NONE } memo_state;
  bool memo_always; /* from the first step on: for tests */
  bool too_deep;    /* what stopped it was the size of the stack, not the steps */
  lode_trace *trace;
  lode_near near;               /* traced: of this start */
  lode_trace_step *path, *best; /* traced: the way to here, and to `near`; room for LODE_TRACE_PATH */
  uint32_t path_count;
};

/* At one start: LODE_VM_NONE, LODE_VM_MATCH with *end set, LODE_VM_STOPPED, or an error. */
int lode__run_plain(lode_vm *self, uint32_t start, uint32_t *end, lode_err *err);
int lode__run_traced(lode_vm *self, uint32_t start, uint32_t *end, lode_err *err);

void lode__vm_free(lode_vm *self);
/* Before the first start in a region, and after each match: nothing is remembered. */
void lode__vm_begin(lode_vm *self, const lode_rule *rule, uint32_t begin, uint32_t end, uint64_t steps);

/* Slow parts of the loop, the same for both builds (vm.c). */
int lode__vm_grow_stack(lode_vm *self, lode_err *err); /* 0, LODE_VM_STOPPED or an error */
int lode__vm_log(lode_vm *self, lode_log_entry entry, lode_err *err);
bool lode__vm_memo_tried(lode_vm *self, const lode_ins *ins, uint32_t pos); /* marks it */
bool lode__vm_edge(const lode_vm *self, lode_edge edge, uint32_t pos);
bool lode__vm_took_one(const lode_vm *self, uint32_t loop, uint32_t pos);
bool lode__vm_same(const lode_vm *self, uint32_t a, uint32_t b);
/* The first annotation from `index` on that begins at pos, ends in the region and passes its tests, or LODE_NO_ID. */
int lode__vm_annotation(lode_vm *self, const lode_ins *ins, uint32_t pos, uint32_t index, uint32_t *out, lode_err *err);

#endif
