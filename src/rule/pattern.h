/* pattern.h - the trees that rules are written as: token patterns and how they are put together.
 *
 *     said    = words "said says"            one token
 *     speaker = capture "speaker" (ann "person")
 *     speaker * gap(3) * said                seq, of nodes that may stand in other trees too
 *
 * A node is a number; it never changes once made, so trees share parts.  What is known of a node from its parts
 * (shortest and longest match, whether it is one token, depth) is computed when it is made.  Every node keeps the
 * two places of the script it came from; they are the builder's `at` at that moment.
 *
 * Meaning (design, section 7).  Choice is ordered, repetition backtracks.  An iteration of a repetition beyond its
 * minimum must take at least one token.  `minus(p, q)` is "p unless q matches here".  `gap` takes as few tokens as
 * will do, `upto` as many, at most n, none at which `stop` matches.  Looking ahead and behind takes the first
 * way that matches and keeps its captures; behind tries the nearest start first.  Nothing looks over the borders of
 * the rule's region.
 *
 * Invariants: node 0 is no pattern; a node's parts have smaller numbers.  A failed call gives LODE_NO_PATTERN and
 * fills err, and leaves the builder usable.
 * Lifetime   lode_patterns_init, lode_patterns_free.  Strings given in are copied.
 * Threads    One builder belongs to one thread; once no more is added it may be read by many.
 * Cost       Constant for each node; a word list is hashed once.
 */
#ifndef LODE_PATTERN_H
#define LODE_PATTERN_H
#include "table.h"
#include "token.h"

typedef uint32_t lode_pattern;
enum {
  LODE_NO_PATTERN = 0,
  LODE_PATTERN_DEPTH = 200,   /* of nesting; a chain of * or + is one level */
  LODE_PATTERN_BOUND = 10000, /* the largest bound of a repetition or gap */
};
#define LODE_UNBOUNDED UINT32_MAX

/* The kinds up to BOTH are single: they say of one token whether it fits. */
#define LODE_PATTERN_KINDS(X)                                                                                          \
  X(NONE, "")                                                                                                          \
  X(ANY, "any")                                                                                                        \
  X(WORDS, "w") X(FORMS, "W") X(CAP, "cap") X(UPPER, "upper") X(LOWER, "lower") X(KIND, "kind") X(SHAPE, "shape")      \
      X(TEST, "test") X(BOTH, "both") X(ANN, "ann") X(INSIDE, "inside") X(EDGE, "edge") X(EMPTY, "empty") X(SEQ, "*")  \
          X(CHOICE, "+") X(REPEAT, "^") X(OPT, "opt") X(NOT, "-") X(AHEAD, "#") X(BEHIND, "behind") X(MINUS, "minus")  \
              X(GAP, "gap") X(CAPTURE, "as") X(SAME, "same") X(KNOWN, "known")
typedef enum lode_pattern_kind {
#define LODE_PATTERN_ENUM(code, name) LODE_PATTERN_##code,
  LODE_PATTERN_KINDS(LODE_PATTERN_ENUM)
#undef LODE_PATTERN_ENUM
      LODE_PATTERN_KIND_COUNT
} lode_pattern_kind;
const char *lode_pattern_kind_name(unsigned kind);

typedef enum lode_edge {
  LODE_EDGE_SENTENCE_START,
  LODE_EDGE_SENTENCE_END,
  LODE_EDGE_PARAGRAPH_START,
  LODE_EDGE_PARAGRAPH_END,
  LODE_EDGE_PAGE_START,
  LODE_EDGE_PAGE_END,
  LODE_EDGE_GLUED /* no white space between the tokens here */
} lode_edge;

/* Which annotations of another label an annotation must have, for ann. */
typedef enum lode_relation {
  LODE_RELATION_NONE,
  LODE_RELATION_WITHIN,
  LODE_RELATION_CONTAINS,
  LODE_RELATION_OVERLAPS
} lode_relation;

/* A line of the script; file NULL where there is none. */
typedef struct lode_frame {
  const char *file;
  uint32_t line;
} lode_frame;

enum { LODE_PATTERN_LAZY = 1, LODE_PATTERN_ALL = 2 };

typedef struct lode_pattern_node {
  uint8_t kind, flags;
  bool single;              /* says of one token whether it fits: can be one bit of the token's class */
  bool never;               /* known to match nothing */
  uint32_t a, b;            /* parts; of GAP: a is the stop */
  uint32_t min, max;        /* bounds of REPEAT and GAP */
  uint32_t data;            /* word set, shape, test, token kind, label, capture name, edge; KNOWN: of `knowns` */
  uint32_t constraint;      /* ANN: the caller's number for the test of fields, or LODE_NO_ID */
  uint32_t relation, other; /* ANN: lode_relation to annotations of label `other`; SAME: data and other */
  uint32_t shortest, longest;
  uint32_t depth;
  uint32_t canon;   /* the first node that is known to mean the same */
  lode_frame at[2]; /* the line that made it, and the caller's where a helper of the script made it */
  const char *name; /* the script's own name for it, or NULL */
} lode_pattern_node;

/* Ask whether a form fits: 1 yes, 0 no, negative with err filled.  Must be pure; asked once for each distinct form. */
typedef int lode_form_test(void *context, lode_str written, lode_str folded, lode_err *err);

typedef struct lode_form_predicate {
  lode_form_test *test;
  void *context;
} lode_form_predicate;

/* Words that a capture of a label holds on the page at hand. */
typedef struct lode_known {
  uint32_t label, capture;
} lode_known;

typedef struct lode_patterns {
  lode_pattern_node *nodes;
  uint32_t count, cap;
  lode_table **sets; /* members of each WORDS and FORMS set, and the one string of each SHAPE */
  uint32_t set_count, set_cap;
  /* After lode_patterns_index: the words of all sets, folded and as written, and for each a row of bits, one a set. */
  lode_table members[2];
  uint64_t *member_rows[2];
  size_t member_words; /* of a row; 0 before */
  lode_form_predicate *tests;
  uint32_t test_count, test_cap;
  lode_known *knowns;
  uint32_t known_count, known_cap;
  lode_table labels, captures; /* names */
  lode_table canon;            /* what a single node says -> canon_ids */
  uint32_t *canon_ids;
  uint32_t canon_cap;
  lode_frame at[2];        /* given to every node made from here on */
  const lode_lists *lists; /* borrowed: the user's words that the pages are cut with, or NULL */
  lode_arena arena;
  uint64_t seed;
} lode_patterns;

int lode_patterns_init(lode_patterns *self, uint64_t seed, lode_err *err);
void lode_patterns_free(lode_patterns *self);

/* The script's line, and the caller's (file NULL: none), of the nodes made from here on. */
int lode_patterns_at(lode_patterns *self, lode_frame line, lode_frame caller, lode_err *err);

static inline const lode_pattern_node *lode_pattern_get(const lode_patterns *self, lode_pattern node) {
  return &self->nodes[node];
}

/* Give a node the script's own name for it, as `why` shows it. */
int lode_pattern_set_name(lode_patterns *self, lode_pattern node, lode_str name, lode_err *err);

/* The number of a label or capture, made where it is new; LODE_NO_ID with err where there is no memory. */
uint32_t lode_patterns_label(lode_patterns *self, lode_str name, lode_err *err);
uint32_t lode_patterns_capture(lode_patterns *self, lode_str name, lode_err *err);

/* One token whose folded form is among the items (`exact`: whose form as written is).  An item that is not one token
 * is LODE_E_USAGE; the message shows how it is cut. */
lode_pattern lode_pattern_words(lode_patterns *self, const lode_str *items, size_t count, bool exact, lode_err *err);
/* The text cut by the tokenizer, folded: a sequence of words. */
lode_pattern lode_pattern_phrase(lode_patterns *self, lode_str text, bool exact, lode_err *err);
lode_pattern lode_pattern_any(lode_patterns *self, lode_err *err);
/* CAP: begins with an upper-case letter.  UPPER: has one and no lower-case letter; LOWER the reverse. */
lode_pattern lode_pattern_cased(lode_patterns *self, lode_pattern_kind kind, lode_err *err);
/* A token kind: num is LODE_TOKEN_NUMBER, punct is LODE_TOKEN_PUNCT. */
lode_pattern lode_pattern_of_kind(lode_patterns *self, lode_token_kind kind, lode_err *err);
/* The shape that lode_token_shape writes. */
lode_pattern lode_pattern_shape(lode_patterns *self, lode_str shape, lode_err *err);
lode_pattern lode_pattern_test(lode_patterns *self, lode_form_predicate test, lode_err *err);
/* One token that fits both (each single). */
lode_pattern lode_pattern_both(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err);

/* One annotation of a lower phase that begins here; longest first where several do.  The lexicons' phrases are
 * annotations of phase 0 too.  `constraint` is handed to the caller's test of fields (LODE_NO_ID: none). */
lode_pattern lode_pattern_ann(lode_patterns *self, uint32_t label, uint32_t constraint, lode_relation relation,
                              uint32_t other, lode_err *err);
/* Takes no token: the next token lies in an annotation of the label. */
lode_pattern lode_pattern_inside(lode_patterns *self, uint32_t label, lode_err *err);
/* Takes no token: here is a border of a sentence, paragraph or the page. */
lode_pattern lode_pattern_edge(lode_patterns *self, lode_edge edge, lode_err *err);
/* Takes no token and always matches. */
lode_pattern lode_pattern_empty(lode_patterns *self, lode_err *err);

lode_pattern lode_pattern_seq(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err);
lode_pattern lode_pattern_choice(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err);
/* max may be LODE_UNBOUNDED; other bounds are at most LODE_PATTERN_BOUND. */
lode_pattern lode_pattern_repeat(lode_patterns *self, lode_pattern a, uint32_t min, uint32_t max, bool lazy,
                                 lode_err *err);
lode_pattern lode_pattern_opt(lode_patterns *self, lode_pattern a, bool lazy, lode_err *err);
lode_pattern lode_pattern_not(lode_patterns *self, lode_pattern a, lode_err *err);
lode_pattern lode_pattern_ahead(lode_patterns *self, lode_pattern a, lode_err *err);
lode_pattern lode_pattern_behind(lode_patterns *self, lode_pattern a, lode_err *err);
lode_pattern lode_pattern_minus(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err);
/* stop may be LODE_NO_PATTERN. */
lode_pattern lode_pattern_gap(lode_patterns *self, uint32_t max, lode_pattern stop, bool greedy, lode_err *err);
/* `all`: the name may be captured many times, and gives a list. */
lode_pattern lode_pattern_capture(lode_patterns *self, uint32_t name, lode_pattern a, bool all, lode_err *err);
/* One token that the single node a fits and whose folded form stands, anywhere on the page, in that capture of an
 * annotation of that label which a rule of a lower phase made. */
lode_pattern lode_pattern_known(lode_patterns *self, uint32_t label, uint32_t capture, lode_pattern a, lode_err *err);
/* Takes no token: both captures are there and their tokens have the same folded forms. */
lode_pattern lode_pattern_same(lode_patterns *self, uint32_t a, uint32_t b, lode_err *err);

/* The parts of a chain of SEQ or CHOICE in order, or the node itself, in `arena`; NULL where there is no memory.
 * Chains lean to the left, as operators make them, and may be long: who walks trees walks chains through this. */
lode_pattern *lode_pattern_chain(const lode_patterns *self, lode_pattern node, lode_pattern_kind kind,
                                 lode_arena *arena, uint32_t *count, lode_err *err);

/* One table of the members of all sets: a form is looked up once, and not in each of them.  Once, when all is made. */
int lode_patterns_index(lode_patterns *self, lode_err *err);

/* A form that predicates are asked about; rows NULL: it is in no set. */
typedef struct lode_asked {
  lode_str written, folded;
  unsigned kind;
  bool indexed;
  const uint64_t *rows[2]; /* of folded, of written */
} lode_asked;
lode_asked lode_pattern_form(const lode_patterns *self, lode_str written, lode_str folded, unsigned kind);

/* Whether the single node fits a form: 1, 0, or negative with err. */
int lode_pattern_fits_form(const lode_patterns *self, lode_pattern node, const lode_asked *form, lode_err *err);
int lode_pattern_fits(const lode_patterns *self, lode_pattern node, lode_str written, lode_str folded, unsigned kind,
                      lode_err *err);
/* Whether what fits the single node a surely fits the single node b. */
bool lode_pattern_implies(const lode_patterns *self, lode_pattern a, lode_pattern b);
/* Append the node as a script would write it, parts under the script's own names (`named`: the node too); beyond about
 * `most` bytes the rest is "...". */
int lode_pattern_text(const lode_patterns *self, lode_pattern node, bool named, size_t most, lode_buf *out,
                      lode_err *err);
/* "file:line" of the node into out, "?" where it has none. */
char *lode_pattern_place(const lode_patterns *self, lode_pattern node, char *out, size_t size);

#endif
