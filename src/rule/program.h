/* program.h - what rules compile to; seen inside src/rule only.
 *
 * A program runs from instruction 0 at one token until MATCH.  Whatever does not fit fails back to the last choice.
 * Each instruction names the node it was made from, and so the line of the script.
 */
#ifndef LODE_PROGRAM_H
#define LODE_PROGRAM_H
#include "rule.h"

#define LODE_OPS(X)                                                                                                    \
  X(SET)        /* take a token that fits predicate x */                                                               \
  X(PEEK)       /* as SET, and take none; BACKWARD: the token before */                                                \
  X(REP)        /* y to z tokens that fit x, as many as possible, or LAZY */                                           \
  X(ANN)        /* take an annotation of label x that the node's tests let through */                                  \
  X(INSIDE)     /* the next token is inside an annotation of label x */                                                \
  X(EDGE)       /* lode_edge x is here */                                                                              \
  X(SPLIT)      /* go on at x; when that fails, at y */                                                                \
  X(JUMP)       /* go on at x */                                                                                       \
  X(SAVE)       /* capture x begins (y 0) or ends (y 1) */                                                             \
  X(MARK)       /* loop x: an iteration begins */                                                                      \
  X(CHECK)      /* loop x: the iteration must have taken a token */                                                    \
  X(LOOK)       /* try what follows up to its LOOK_END; go on at x from here; NEGATE: where it failed */               \
  X(BEHIND)     /* the same from y to z tokens before, for a match that ends here */                                   \
  X(LOOK_END)   /* of the LOOK at x */                                                                                 \
  X(BEHIND_END) /* of the BEHIND at x */                                                                               \
  X(SAME)       /* captures x and y hold the same words */                                                             \
  X(KNOWN)      /* take a token that fits x and is a word of knowns y on this page */                                  \
  X(FAIL)                                                                                                              \
  X(MATCH)
typedef enum lode_op {
#define LODE_OP_ENUM(name) LODE_OP_##name,
  LODE_OPS(LODE_OP_ENUM)
#undef LODE_OP_ENUM
      LODE_OP_COUNT
} lode_op;

enum { LODE_INS_NEGATE = 1, LODE_INS_LAZY = 2, LODE_INS_ANY = 4, LODE_INS_BACKWARD = 8 };
enum { LODE_NO_MEMO = 0 };

struct lode_ins {
  uint8_t op, flags;
  uint16_t memo; /* number of its memo row from 1, or LODE_NO_MEMO */
  uint32_t x, y, z;
  lode_pattern node;
};

/* Rules of one phase, region and zones: one walk over the regions serves them all. */
struct lode_group {
  int32_t phase;
  uint32_t zones;
  lode_within within;
  uint32_t *by_need;    /* rules by the need bit of their rarest needed predicate ... */
  uint32_t *need_start; /* ... from need_start[bit] to need_start[bit + 1] */
  uint32_t *always;     /* rules that need no predicate */
  uint32_t always_count, rule_count;
  uint64_t *firsts; /* a bit for each predicate that one of them begins with, of those that begin with nothing else */
};

/* The number of the predicate "fits one of these nodes" (canons, sorted, distinct), made where it is new. */
uint32_t lode__predicate(lode_rules *self, const uint32_t *canons, uint32_t count, lode_err *err);

int lode__compile_program(lode_rules *self, lode_rule *rule, lode_err *err); /* code.c */
int lode__find_starts(lode_rules *self, lode_rule *rule, lode_err *err);     /* starts.c */
int lode__lint(lode_rules *self, uint32_t rule, lode_err *err);              /* lint.c */
bool lode__begins_by_class(const lode_rule *rule);                           /* rule.c */
int lode__warn(lode_rules *self, lode_rule_warning warning, lode_err *err);

#endif
