/* vm_loop.h - the matcher's loop, included by vm_plain.c and vm_traced.c.
 *
 * Before inclusion LODE_VM_RUN is the function's name and LODE_VM_TRACED 0 or 1.  What tracing adds is between the
 * TRACE macros; nothing of it changes what matches.
 */
#include "vm.h"
#include <string.h>

#if LODE_VM_TRACED
static void trace_ok(lode_vm *self, uint32_t pc, uint32_t from, uint32_t to, bool says) {
  if (self->path_count == LODE_TRACE_PATH) return;
  uint32_t score = self->path_count == 0 ? 0 : self->path[self->path_count - 1].score;
  self->path[self->path_count++] = (lode_trace_step){pc, from, to, score + (says ? 1 : 0)};
}

static bool is_looking(const lode_vm *self) {
  for (size_t i = self->stack_count; i-- > 0;)
    if (self->stack[i].kind >= LODE_CHOICE_LOOK) return true;
  return false;
}

/* A part that fails with more behind it, or farther on, is what a user would want to know of.  Inside look-arounds
 * failing is often the wish: they count as one part, where they were tried. */
static void trace_fail(lode_vm *self, uint32_t pc, uint32_t pos) {
  lode_near *near = &self->near;
  uint32_t score = self->path_count == 0 ? 0 : self->path[self->path_count - 1].score;
  bool better = near->pc == LODE_NO_ID || score > near->score || (score == near->score && pos > near->pos);
  if (better && !is_looking(self)) {
    near->pc = pc;
    near->pos = pos;
    near->score = score;
    near->node = self->rule->code[pc].node;
    near->step_count = self->path_count;
    memcpy(self->best, self->path, self->path_count * sizeof *self->best);
  }
}
#define TRACE_OK(from, to, says) trace_ok(self, pc, from, to, says)
#define TRACE_FAIL() trace_fail(self, pc, pos)
#define TRACE_PATH self->path_count
#define TRACE_BACK(choice) (self->path_count = (choice)->path)
/* A repetition gave a token back, or took one more. */
#define TRACE_TAKEN(pos)                                                                                               \
  (self->path_count > 0 && self->path_count < LODE_TRACE_PATH ? (void)(self->path[self->path_count - 1].end = (pos))   \
                                                              : (void)0)
#else
#define TRACE_OK(from, to, says) ((void)0)
#define TRACE_FAIL() ((void)0)
#define TRACE_PATH 0
#define TRACE_BACK(choice) ((void)0)
#define TRACE_TAKEN(pos) ((void)0)
#endif

static inline bool fits(const lode_vm *self, const lode_ins *ins, uint32_t pos) {
  if ((ins->flags & LODE_INS_ANY) != 0) return true;
  uint64_t word = self->rows[self->classes[pos] * self->row_words + ins->x / 64];
  return ((word >> (ins->x % 64) & 1) != 0) != ((ins->flags & LODE_INS_NEGATE) != 0);
}

/* A PEEK negates the whole answer: past the border nothing fits. */
static inline bool peek(const lode_vm *self, const lode_ins *ins, uint32_t pos) {
  bool backward = (ins->flags & LODE_INS_BACKWARD) != 0;
  bool there = backward ? pos > self->begin : pos < self->end;
  if (!there) return (ins->flags & LODE_INS_NEGATE) != 0;
  if ((ins->flags & LODE_INS_ANY) != 0) return (ins->flags & LODE_INS_NEGATE) == 0;
  return fits(self, ins, backward ? pos - 1 : pos);
}

static inline bool is_known(const lode_vm *self, uint32_t known, uint32_t pos) {
  uint32_t word = self->page->tokens.items[pos].word;
  return word < self->known_cap && self->known[known][word] == self->known_number;
}

static inline bool tried(lode_vm *self, const lode_ins *ins, uint32_t pos) {
  if (self->steps > self->memo_at || ins->memo == LODE_NO_MEMO) return false;
  return lode__vm_memo_tried(self, ins, pos);
}

static inline void spend(lode_vm *self, uint64_t steps) {
  self->steps = self->steps > steps ? self->steps - steps : 0;
}

/* The innermost open look-around begun at `pc`. */
static inline size_t find_look(const lode_vm *self, uint32_t pc) {
  size_t at = self->stack_count;
  do at--;
  while (self->stack[at].kind < LODE_CHOICE_LOOK || self->stack[at].pc != pc);
  return at;
}

#define PUSH(...)                                                                                                      \
  do {                                                                                                                 \
    if (self->stack_count == self->stack_cap && (result = lode__vm_grow_stack(self, err)) != 0) return result;         \
    self->stack[self->stack_count++] = (lode_choice){__VA_ARGS__};                                                     \
  } while (0)
#define LOG(...)                                                                                                       \
  do {                                                                                                                 \
    if ((result = lode__vm_log(self, (lode_log_entry){__VA_ARGS__}, err)) != 0) return result;                         \
  } while (0)

/* A state machine: each round runs one instruction at (pc, pos), or, after `fail`, takes back the last choice. */
int LODE_VM_RUN(lode_vm *self, uint32_t start, uint32_t *end, lode_err *err) {
  const lode_ins *const code = self->rule->code;
  const lode_ins *ins;
  lode_choice *top;
  uint32_t pc = 0, pos = start, n, index;
  int result;
#if LODE_VM_TRACED
  self->path_count = 0;
  self->near = (lode_near){.rule = (uint32_t)(self->rule - self->rules->items), .start = start, .pc = LODE_NO_ID};
#endif
  self->stack_count = self->log_count = 0;
  for (;;) {
    if (self->steps == 0) return LODE_VM_STOPPED;
    self->steps--;
    ins = &code[pc];
    switch ((lode_op)ins->op) {
      case LODE_OP_SET:
        if (pos == self->end || !fits(self, ins, pos)) goto fail;
        TRACE_OK(pos, pos + 1, (ins->flags & LODE_INS_ANY) == 0);
        pos++;
        pc++;
        continue;
      case LODE_OP_PEEK:
        if (!peek(self, ins, pos)) goto fail;
        TRACE_OK(pos, pos, false);
        pc++;
        continue;
      case LODE_OP_REP:
        if ((ins->flags & LODE_INS_LAZY) != 0) {
          for (n = 0; n < ins->y && pos + n < self->end && fits(self, ins, pos + n); n++) continue;
          spend(self, n);
          if (n < ins->y) {
            pos += n;
            goto fail;
          }
          TRACE_OK(pos, pos + n, n > 0 && (ins->flags & (LODE_INS_ANY | LODE_INS_NEGATE)) == 0);
          pos += n;
          if (n < ins->z)
            PUSH(.kind = LODE_CHOICE_REP_LAZY, .pc = pc, .pos = pos, .log = (uint32_t)self->log_count,
                 .extra = ins->z == LODE_UNBOUNDED ? LODE_UNBOUNDED : ins->z - n, .path = TRACE_PATH);
        } else {
          for (n = 0; n < ins->z && pos + n < self->end && fits(self, ins, pos + n); n++) continue;
          spend(self, n);
          if (n < ins->y) {
            pos += n;
            goto fail;
          }
          TRACE_OK(pos, pos + n, n > 0 && (ins->flags & (LODE_INS_ANY | LODE_INS_NEGATE)) == 0);
          if (n > ins->y)
            PUSH(.kind = LODE_CHOICE_REP, .pc = pc, .pos = pos + n, .log = (uint32_t)self->log_count,
                 .extra = pos + ins->y, .path = TRACE_PATH);
          pos += n;
        }
        if (tried(self, ins, pos)) goto fail;
        pc++;
        continue;
      case LODE_OP_ANN:
        if (pos == self->end || !lode_annotations_begin(self->annotations, ins->x, pos)) goto fail;
        index = lode_annotations_from(self->annotations, ins->x, pos);
      take_annotation:
        result = lode__vm_annotation(self, &code[pc], pos, index, &index, err);
        if (result != 0) return result;
        if (index == LODE_NO_ID) goto fail;
        PUSH(.kind = LODE_CHOICE_ANN, .pc = pc, .pos = pos, .log = (uint32_t)self->log_count, .extra = index + 1,
             .path = TRACE_PATH);
        TRACE_OK(pos, self->annotations->lists[code[pc].x].items[index].end, true);
        pos = self->annotations->lists[code[pc].x].items[index].end;
        pc++;
        continue;
      case LODE_OP_INSIDE:
        if (pos == self->end || !lode_annotations_hold(self->annotations, ins->x, pos)) goto fail;
        TRACE_OK(pos, pos, true);
        pc++;
        continue;
      case LODE_OP_EDGE:
        if (!lode__vm_edge(self, (lode_edge)ins->x, pos)) goto fail;
        TRACE_OK(pos, pos, false);
        pc++;
        continue;
      case LODE_OP_SPLIT:
        if (tried(self, ins, pos)) goto fail;
        PUSH(.kind = LODE_CHOICE_JUMP, .pc = ins->y, .pos = pos, .log = (uint32_t)self->log_count, .path = TRACE_PATH);
        pc = ins->x;
        continue;
      case LODE_OP_JUMP: pc = ins->x; continue;
      case LODE_OP_SAVE:
        LOG(ins->y, ins->x, pos, ins->node);
        pc++;
        continue;
      case LODE_OP_MARK:
        LOG(LODE_LOG_LOOP, ins->x, pos, ins->node);
        pc++;
        continue;
      case LODE_OP_CHECK:
        if (!lode__vm_took_one(self, ins->x, pos)) goto fail;
        pc++;
        continue;
      case LODE_OP_LOOK:
        PUSH(.kind = LODE_CHOICE_LOOK, .pc = pc, .pos = pos, .log = (uint32_t)self->log_count, .path = TRACE_PATH);
        pc++;
        continue;
      case LODE_OP_BEHIND:
        if (pos - self->begin < ins->y) goto fail;
        PUSH(.kind = LODE_CHOICE_BEHIND, .pc = pc, .pos = pos, .log = (uint32_t)self->log_count, .extra = pos - ins->y,
             .path = TRACE_PATH);
        pos -= ins->y;
        pc++;
        continue;
      case LODE_OP_BEHIND_END:
        if (self->stack[find_look(self, ins->x)].pos != pos) goto fail;
        /* fallthrough */
      case LODE_OP_LOOK_END:
        self->stack_count = find_look(self, ins->x);
        top = &self->stack[self->stack_count];
        pc = top->pc;
        pos = top->pos;
        TRACE_BACK(top);
        if ((code[pc].flags & LODE_INS_NEGATE) != 0) {
          self->log_count = top->log;
          goto fail;
        }
        TRACE_OK(pos, pos, false);
        pc = code[pc].x;
        continue;
      case LODE_OP_KNOWN:
        if (pos == self->end || !fits(self, ins, pos) || !is_known(self, ins->y, pos)) goto fail;
        TRACE_OK(pos, pos + 1, true);
        pos++;
        pc++;
        continue;
      case LODE_OP_SAME:
        if (!lode__vm_same(self, ins->x, ins->y)) goto fail;
        TRACE_OK(pos, pos, true);
        pc++;
        continue;
      case LODE_OP_MATCH:
        if (pos == start) return LODE_VM_NONE;
        TRACE_OK(pos, pos, false);
        *end = pos;
        return LODE_VM_MATCH;
      case LODE_OP_FAIL:
      case LODE_OP_COUNT: goto fail;
    }
  fail:
    TRACE_FAIL();
  back:
    if (self->stack_count == 0) return LODE_VM_NONE;
    if (self->steps == 0) return LODE_VM_STOPPED;
    self->steps--;
    top = &self->stack[self->stack_count - 1];
    pc = top->pc;
    pos = top->pos;
    ins = &code[pc];
    self->log_count = top->log;
    TRACE_BACK(top);
    switch ((lode_choice_kind)top->kind) {
      case LODE_CHOICE_JUMP: self->stack_count--; continue;
      case LODE_CHOICE_REP:
        pos = --top->pos;
        TRACE_TAKEN(pos);
        if (pos == top->extra) self->stack_count--;
        if (tried(self, ins, pos)) goto back;
        pc++;
        continue;
      case LODE_CHOICE_REP_LAZY:
        if (pos == self->end || !fits(self, ins, pos)) {
          self->stack_count--;
          goto fail;
        }
        pos = ++top->pos;
        TRACE_TAKEN(pos);
        if (top->extra != LODE_UNBOUNDED && --top->extra == 0) self->stack_count--;
        if (tried(self, ins, pos)) goto back;
        pc++;
        continue;
      case LODE_CHOICE_ANN:
        index = top->extra;
        self->stack_count--;
        goto take_annotation;
      case LODE_CHOICE_BEHIND:
        if (top->extra > self->begin && pos - top->extra < ins->z) {
          pos = --top->extra;
          pc++;
          continue;
        }
        /* fallthrough */
      case LODE_CHOICE_LOOK:
        self->stack_count--;
        if ((ins->flags & LODE_INS_NEGATE) == 0) goto fail;
        TRACE_OK(pos, pos, false);
        pc = ins->x;
        continue;
    }
  }
}
