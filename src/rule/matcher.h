/* matcher.h - run a compiled set of rules over pages.
 *
 *     lode_matcher_init(&matcher, &rules, words, &err);                 once a worker
 *     lode_matcher_open(&matcher, page, &err);                          for each page, after lode_page_tokens
 *     lode_annotations_add(&matcher.annotations, label, ...);           phase 0, besides the lexicons; then seal
 *     lode_matcher_run(&matcher, &hooks, &err);
 *     ... matcher.matches, matcher.annotations ...
 *
 * Which matches there are (design, section 7).  In each region, from left to right: at each start the first match that
 * backtracking finds, then on at its end, or at start + 1 where `keep` refused it.  A match without a token is
 * none.  Rules see annotations of lower phases only.  After each phase, in each of its labels, the matches and what
 * lower phases left of that label are settled: the longest wins, then priority, then the earlier rule, then the
 * earlier start; what overlaps a winner is lost to it.  Annotations that the caller added are not settled.
 * How starts are found, masks, memo and tracing change none of this.
 *
 * Budget.  Each rule has steps_base + steps_per_token * tokens steps a page.  A rule that uses them up, or needs more
 * than LODE_STACK_MAX open choices, is stopped on that page: matches found before count, and `stops` says so.
 *
 * Lifetime   Everything given out is valid until the next open.
 * Threads    One worker.
 * Cost       Besides matching, one look at each token for each group of rules (phase, region, zones).
 */
#ifndef LODE_MATCHER_H
#define LODE_MATCHER_H
#include "annotation.h"
#include "classes.h"

enum { LODE_STACK_MAX = 1 << 20, LODE_STEPS_BASE = 1000000, LODE_STEPS_PER_TOKEN = 1000 };

typedef enum lode_match_state {
  LODE_MATCH_KEPT,
  LODE_MATCH_REFUSED,       /* by keep */
  LODE_MATCH_LOST_LENGTH,   /* `winner` is longer */
  LODE_MATCH_LOST_PRIORITY, /* `winner` has priority */
  LODE_MATCH_LOST_RULE,     /* `winner` is of an earlier rule */
  LODE_MATCH_LOST_START,    /* `winner` begins earlier */
} lode_match_state;

typedef struct lode_capture {
  uint32_t name;
  uint32_t begin, end; /* tokens */
  lode_pattern node;
} lode_capture;

typedef struct lode_match {
  uint32_t rule, begin, end;             /* tokens */
  uint32_t first_capture, capture_count; /* in matcher.captures, in the order in which they ended */
  lode_match_state state;
  uint32_t winner; /* a match, where lost */
  lode_cue_found cue; /* what gave its status; looked for once it stays */
  bool made;       /* `made` was asked */
  uint64_t fields; /* what it gave */
} lode_match;

typedef struct lode_stop {
  uint32_t rule, token; /* where it was trying */
  bool too_deep;        /* else out of steps */
} lode_stop;

/* --- tracing --- */

/* An instruction that matched on the way, in the order of the way: tokens begin to end. */
typedef struct lode_trace_step {
  uint32_t pc, begin, end;
  uint32_t score; /* parts up to here that say something: words and annotations, not `any` and gaps */
} lode_trace_step;

/* What one start came to: a match, or the best failure, which is the failing instruction with the most parts matched
 * before it. */
typedef struct lode_near {
  uint32_t rule, start;
  uint32_t pos; /* the token it stopped at, which may be the end of the region; the end of the match */
  uint32_t pc;
  lode_pattern node; /* the failing part */
  uint32_t score;
  uint32_t first_step, step_count; /* in trace.steps */
  uint32_t begin, end;             /* the region, in tokens */
  bool matched;
} lode_near;

enum { LODE_TRACE_PATH = 4096 }; /* steps of one way that are kept */

/* {0} is an empty one; the caller empties it (near_count, step_count) for a new page. */
typedef struct lode_trace {
  lode_near *nears; /* matches, and starts that failed with a score above 0 */
  uint32_t near_count, near_cap;
  lode_trace_step *steps;
  uint32_t step_count, step_cap;
} lode_trace;
void lode_trace_free(lode_trace *self);

typedef struct lode_rule_stats {
  uint64_t regions; /* that held what the rule needs */
  uint64_t starts, matches, refused, kept, lost, steps;
  uint64_t ns; /* with `timed` */
} lode_rule_stats;

typedef struct lode_matcher lode_matcher;

/* What the caller is asked; each may be NULL.  Negative answers are errors and end the run of the page.  `fields`
 * must be pure. */
typedef struct lode_match_hooks {
  void *context;
  int (*keep)(void *context, const lode_matcher *matcher, const lode_match *match,
              lode_err *err);                                                                    /* 1 keep, 0 refuse */
  int (*fields)(void *context, uint32_t constraint, const lode_annotation *item, lode_err *err); /* 1 fits, 0 not */
  int (*made)(void *context, const lode_matcher *matcher, uint32_t match, uint64_t *fields, lode_err *err);
} lode_match_hooks;

typedef struct lode_vm lode_vm;

struct lode_matcher {
  const lode_rules *rules;
  lode_page *page;
  lode_classes classes;
  uint16_t *token_classes;
  uint32_t *next_first; /* the same for what rules of the group at hand begin with */
  uint8_t *begins;      /* by class, for the group at hand: such a class; 2: not asked */
  size_t begins_cap;
  uint32_t *next_telling; /* by token: the first at or after it whose class says something, or the count of tokens */
  size_t token_cap;
  lode_annotations annotations;
  lode_lexicon_set lexicons;
  lode_match *matches; /* by phase; in a phase by first token, then longer, then rule */
  uint32_t match_count, match_cap;
  lode_capture *captures;
  uint32_t capture_count, capture_cap;
  lode_stop *stops;
  uint32_t stop_count, stop_cap;
  uint64_t *steps;        /* by rule: left on this page */
  lode_rule_stats *stats; /* by rule, over all pages */
  uint64_t *mask;         /* needs that the region holds */
  uint64_t steps_base, steps_per_token;
  uint32_t **known; /* of each of patterns.knowns: by word, the number under which it was noted last */
  uint32_t known_cap, known_number;
  bool no_shortcuts; /* try every start in every region: for tests */
  bool memo_always;  /* remember from the first step on: for tests */
  bool timed;        /* fill stats.ns */
  bool ways_only;    /* with a trace: the plain loop runs, and the traced one again where it matched */
  lode_trace *trace; /* borrowed; not NULL: the traced loop runs */
  lode_vm *vm;
};

int lode_matcher_init(lode_matcher *self, const lode_rules *rules, const lode_table *words, lode_err *err);
void lode_matcher_free(lode_matcher *self);

/* The word table was cleared: ids mean other words now. */
void lode_matcher_forget(lode_matcher *self);

int lode_matcher_open(lode_matcher *self, lode_page *page, lode_err *err);
int lode_matcher_run(lode_matcher *self, const lode_match_hooks *hooks, lode_err *err);

/* Whether one of the tokens is, or begins, what is needed. */
bool lode_matcher_holds(const lode_matcher *self, const lode_need *need, uint32_t begin, uint32_t end);

/* The n-th capture of that name in a match, or NULL. */
const lode_capture *lode_match_capture(const lode_matcher *self, const lode_match *match, uint32_t name, uint32_t n);

#endif
