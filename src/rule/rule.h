/* rule.h - a set of rules, compiled once and then only read.
 *
 *     lode_rules_init(&rules, seed, &err);
 *     ... build trees in rules.patterns (pattern.h) ...
 *     lode_rules_add(&rules, &spec, &id, &err);
 *     lode_rules_compile(&rules, &err);          then a lode_matcher (matcher.h) for each worker
 *
 * Compiling turns each tree into a small program (program.h), finds what a match must begin with and must hold, so
 * that most sentences need not be tried, and writes down what is probably a mistake as warnings.
 *
 * Predicates.  Whatever a rule says of one token is a *predicate*, numbered from 0 over the set; equal ones are one.
 * A token's class is the row of all answers (classes.h).
 *
 * Lifetime   The set owns patterns, programs and warnings.  After compile nothing in it changes.
 * Threads    Read-only after compile: workers share it across fork, or threads.
 * Cost       Compile is linear in the size of the programs; one program has at most LODE_PROGRAM_MAX instructions.
 */
#ifndef LODE_RULE_H
#define LODE_RULE_H
#include "lexicon.h"
#include "pattern.h"
#include "scope.h"

enum { LODE_PROGRAM_MAX = 65536, LODE_RULE_NEEDS = 4, LODE_RULE_LABELS = 4 };

typedef enum lode_within { LODE_WITHIN_SENTENCE, LODE_WITHIN_PARAGRAPH, LODE_WITHIN_PAGE } lode_within;

/* A match lies in one *region*: a sentence, a paragraph, or a run of neighbouring paragraphs, of the rule's zones. */
typedef struct lode_rule_spec {
  lode_str name;
  lode_frame at;
  uint32_t label; /* lode_patterns_label */
  lode_pattern match;
  lode_within within;
  int32_t phase; /* of scripts from 1, of the library from -9 */
  int32_t priority;
  uint32_t zones; /* a lode_zone_set (page.h) */
  bool keep;      /* ask the caller's keep for each match */
} lode_rule_spec;

typedef struct lode_ins lode_ins;     /* program.h */
typedef struct lode_group lode_group; /* program.h */

/* Something every match holds, lo to hi tokens after its start (hi LODE_UNBOUNDED: anywhere behind). */
typedef struct lode_need {
  uint32_t id; /* a predicate, or a label */
  bool is_label;
  uint32_t lo, hi, weight; /* weight: the smaller, the rarer, by a guess from its form */
} lode_need;

/* Where a part of the tree went, in the order of the tree: its instructions, and how deep it lies.  A part that is
 * repeated comes again for each time it was written out. */
typedef struct lode_mark {
  lode_pattern node;
  uint32_t begin, end; /* instructions */
  uint32_t depth;
} lode_mark;

typedef struct lode_rule {
  lode_rule_spec spec;
  lode_ins *code;
  lode_mark *marks; /* with keep_marks */
  uint32_t mark_count;
  uint32_t code_count, memo_points;
  bool first_any; /* nothing is known of the first token; else it fits first_predicate or begins first_labels */
  uint32_t first_predicate; /* or LODE_NO_ID */
  uint32_t first_labels[LODE_RULE_LABELS], first_label_count;
  lode_need needs[LODE_RULE_NEEDS]; /* rarest first */
  uint32_t need_count;
  uint32_t anchor; /* the need that starts are found from, or LODE_NO_ID: from the first token */
} lode_rule;

#define LODE_RULE_WARNINGS(X)                                                                                          \
  X(NEVER, "never")                   /* the node can match nothing */                                                 \
  X(EMPTY_RULE, "empty-rule")         /* the rule can match without a token; such matches do not count */              \
  X(EMPTY_LOOP, "empty-loop")         /* an iteration can match without a token */                                     \
  X(SHADOWED, "shadowed")             /* the alternative is covered by `other`, an earlier one */                      \
  X(PREFIX, "prefix")                 /* `other`, an earlier alternative, is the beginning of this one and wins */     \
  X(GAP_AT_END, "gap-at-end")         /* a gap with nothing behind it; `other`: the capture it ends */                 \
  X(MINUS_SEQUENCE, "minus-sequence") /* `a * b - c` takes c from the whole sequence */                                \
  X(NO_MAKER, "no-maker")             /* nothing of a lower phase makes this label */
typedef enum lode_rule_warning_kind {
#define LODE_WARNING_ENUM(code, name) LODE_WARNING_##code,
  LODE_RULE_WARNINGS(LODE_WARNING_ENUM)
#undef LODE_WARNING_ENUM
} lode_rule_warning_kind;
const char *lode_rule_warning_name(lode_rule_warning_kind kind);

typedef struct lode_rule_warning {
  lode_rule_warning_kind kind;
  uint32_t rule;
  lode_pattern node, other; /* other may be LODE_NO_PATTERN */
} lode_rule_warning;

/* A lexicon whose finds are annotations of phase 0, of `label`; those one edit away of `near_label`. */
typedef struct lode_rules_lexicon {
  const lode_lexicon *lexicon;
  uint32_t label, near_label;
} lode_rules_lexicon;

typedef struct lode_rules {
  lode_patterns patterns;
  lode_rule *items;
  uint32_t count, cap;
  lode_rule_warning *warnings;
  uint32_t warning_count, warning_cap;
  lode_table predicates; /* key: the canons of the nodes whose union it is, as uint32_t -> number */
  uint32_t *need_bits;   /* by predicate: its number among those that rules need, or LODE_NO_ID */
  uint32_t need_count;
  uint64_t *telling; /* a bit for each predicate that some rule needs, or begins with */
  uint32_t *given;   /* labels that the caller adds before phase 1 */
  uint32_t given_count, given_cap;
  lode_rules_lexicon *lexicons;
  uint32_t lexicon_count, lexicon_cap;
  lode_cue *cues;
  uint32_t cue_count, cue_cap;
  lode_group *groups; /* rules that share phase, region and zones; by phase */
  uint32_t group_count;
  lode_arena arena; /* of compiled things */
  bool keep_marks;  /* set before compile: for who explains */
  bool compiled;
} lode_rules;

int lode_rules_init(lode_rules *self, uint64_t seed, lode_err *err);
void lode_rules_free(lode_rules *self);

/* The rule's number, in order, in *id.  The name is copied.  LODE_E_USAGE for a name captured twice. */
int lode_rules_add(lode_rules *self, const lode_rule_spec *spec, uint32_t *id, lode_err *err);
/* Look phrases up in every page.  Borrows the lexicon.  near_label may be LODE_NO_ID where it finds nothing near. */
int lode_rules_add_lexicon(lode_rules *self, const lode_lexicon *lexicon, uint32_t label, uint32_t near_label,
                           lode_err *err);
/* The annotations of cue.on get a status (scope.h). */
int lode_rules_add_cue(lode_rules *self, lode_cue cue, lode_err *err);
/* The caller itself adds annotations of this label: no warning that nothing makes them. */
int lode_rules_give(lode_rules *self, uint32_t label, lode_err *err);
/* Compile all rules and fill the warnings; once.  LODE_E_LIMIT names the rule that is too large. */
int lode_rules_compile(lode_rules *self, lode_err *err);

static inline size_t lode_rules_row_words(const lode_rules *self) {
  return ((size_t)self->predicates.count + 63) / 64;
}
static inline size_t lode_rules_need_words(const lode_rules *self) {
  return ((size_t)self->need_count + 63) / 64;
}

/* The program as text, one instruction a line with the script's line, appended to out. */
int lode_rules_list(const lode_rules *self, uint32_t rule, lode_buf *out, lode_err *err);

#endif
