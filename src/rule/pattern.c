#include "pattern.h"

#include "fold.h"
#include "mem.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *lode_pattern_kind_name(unsigned kind) {
  static const char *const names[LODE_PATTERN_KIND_COUNT] = {
#define KIND_NAME(code, name) [LODE_PATTERN_##code] = name,
      LODE_PATTERN_KINDS(KIND_NAME)
#undef KIND_NAME
  };
  return kind < LODE_PATTERN_KIND_COUNT ? names[kind] : "?";
}

/* The array with room for item `count`, moved where it had to grow; NULL with the old one intact. */
static void *grow(void *items, uint32_t count, uint32_t *cap, size_t size, lode_err *err) {
  if (count < *cap) return items;
  size_t more = lode_size_grow(*cap, 64);
  void *next = more > UINT32_MAX ? NULL : realloc(items, lode_size_mul(more, size));
  if (next == NULL) lode_fail(err, LODE_E_NOMEM, "out of memory: %zu parts of patterns", more);
  else *cap = (uint32_t)more;
  return next;
}

static int grow_nodes(lode_patterns *self, lode_err *err) {
  lode_pattern_node *next = grow(self->nodes, self->count, &self->cap, sizeof *next, err);
  if (next == NULL) return LODE_E_NOMEM;
  self->nodes = next;
  return 0;
}

static int grow_canon(lode_patterns *self, uint32_t id, lode_err *err) {
  uint32_t *next = grow(self->canon_ids, id, &self->canon_cap, sizeof *next, err);
  if (next == NULL) return LODE_E_NOMEM;
  self->canon_ids = next;
  return 0;
}

int lode_patterns_init(lode_patterns *self, uint64_t seed, lode_err *err) {
  *self = (lode_patterns){.seed = seed};
  lode_arena_init(&self->arena, 0);
  lode_table_init(&self->labels, seed);
  lode_table_init(&self->captures, seed);
  lode_table_init(&self->canon, seed);
  lode_table_init(&self->members[0], seed);
  lode_table_init(&self->members[1], seed);
  int code = grow_nodes(self, err);
  if (code == 0) self->nodes[self->count++] = (lode_pattern_node){.kind = LODE_PATTERN_NONE};
  return code;
}

void lode_patterns_free(lode_patterns *self) {
  for (uint32_t i = 0; i < self->set_count; i++) {
    lode_table_free(self->sets[i]);
    free(self->sets[i]);
  }
  free(self->nodes);
  free(self->sets);
  free(self->tests);
  free(self->knowns);
  for (int exact = 0; exact < 2; exact++) {
    free(self->member_rows[exact]);
    lode_table_free(&self->members[exact]);
  }
  free(self->canon_ids);
  lode_table_free(&self->labels);
  lode_table_free(&self->captures);
  lode_table_free(&self->canon);
  lode_arena_free(&self->arena);
  *self = (lode_patterns){.seed = self->seed};
}

/* Scripts make thousands of nodes in one file: its name is copied when it changes. */
static int keep_frame(lode_patterns *self, lode_frame *kept, lode_frame given, lode_err *err) {
  if (given.file == NULL || (kept->file != NULL && strcmp(kept->file, given.file) == 0)) {
    if (given.file == NULL) kept->file = NULL;
    kept->line = given.line;
    return 0;
  }
  lode_str file = lode_arena_copy(&self->arena, given.file, strlen(given.file), err);
  if (file.ptr == NULL) return LODE_E_NOMEM;
  *kept = (lode_frame){file.ptr, given.line};
  return 0;
}

int lode_patterns_at(lode_patterns *self, lode_frame line, lode_frame caller, lode_err *err) {
  int code = keep_frame(self, &self->at[0], line, err);
  return code != 0 ? code : keep_frame(self, &self->at[1], caller, err);
}

int lode_pattern_set_name(lode_patterns *self, lode_pattern node, lode_str name, lode_err *err) {
  lode_str kept = lode_arena_copy(&self->arena, name.ptr, name.len, err);
  if (kept.ptr == NULL) return LODE_E_NOMEM;
  self->nodes[node].name = kept.ptr;
  return 0;
}

uint32_t lode_patterns_label(lode_patterns *self, lode_str name, lode_err *err) {
  return lode_table_add(&self->labels, name.ptr, name.len, NULL, err);
}

uint32_t lode_patterns_capture(lode_patterns *self, lode_str name, lode_err *err) {
  return lode_table_add(&self->captures, name.ptr, name.len, NULL, err);
}

char *lode_pattern_place(const lode_patterns *self, lode_pattern node, char *out, size_t size) {
  lode_frame at = self->nodes[node].at[0];
  if (at.file == NULL) snprintf(out, size, "?");
  else snprintf(out, size, "%s:%u", at.file, (unsigned)at.line);
  return out;
}

/* Add a node.  `key` says what a single node means; nodes with one key are one canon. */
static lode_pattern add(lode_patterns *self, lode_pattern_node node, const void *key, size_t key_len, lode_err *err) {
  if (node.depth > LODE_PATTERN_DEPTH) {
    lode_fail(err, LODE_E_LIMIT, "a pattern nested deeper than %d: split it over rules or phases", LODE_PATTERN_DEPTH);
    return LODE_NO_PATTERN;
  }
  if (grow_nodes(self, err) != 0) return LODE_NO_PATTERN;
  node.canon = self->count;
  if (key != NULL) {
    bool added;
    uint32_t id = lode_table_add(&self->canon, key, key_len, &added, err);
    if (id == LODE_NO_ID || grow_canon(self, id, err) != 0) return LODE_NO_PATTERN;
    if (added) self->canon_ids[id] = self->count;
    node.canon = self->canon_ids[id];
  }
  node.at[0] = self->at[0];
  node.at[1] = self->at[1];
  self->nodes[self->count] = node;
  return self->count++;
}

static lode_pattern add_single(lode_patterns *self, lode_pattern_node node, lode_err *err) {
  uint32_t key[4] = {node.kind, node.data, node.a != 0 ? self->nodes[node.a].canon : 0,
                     node.b != 0 ? self->nodes[node.b].canon : 0};
  node.single = true;
  node.shortest = node.longest = 1;
  return add(self, node, key, sizeof key, err);
}

static lode_pattern add_part(lode_patterns *self, lode_pattern_node node, lode_err *err) {
  return add(self, node, NULL, 0, err);
}

/* --- word sets --- */

static int fail_item(lode_str item, const lode_tokens *cut, lode_err *err) {
  char shown[200] = "";
  size_t used = 0;
  for (size_t i = 0; i < cut->count && used < sizeof shown - 1; i++) {
    lode_token t = cut->items[i];
    int wrote = snprintf(shown + used, sizeof shown - used, "%s%.*s", i == 0 ? "" : " | ", (int)(t.end - t.begin),
                         item.ptr + t.begin);
    used += wrote < 0 ? 0 : (size_t)wrote;
  }
  int len = (int)(item.len < 80 ? item.len : 80);
  if (cut->count == 0) return lode_fail(err, LODE_E_USAGE, "\"%.*s\" holds no token", len, item.ptr);
  return lode_fail(err, LODE_E_USAGE, "\"%.*s\" is not one token: it is cut as %s; write a phrase", len, item.ptr,
                   shown);
}

/* As pages are cut. */
static int cut_text(const lode_patterns *self, lode_str text, lode_tokens *out, lode_err *err) {
  lode_interning words = {.lists = self->lists};
  return lode_tokenize_words(text.ptr, text.len, 0, &words, out, err);
}

/* A clitic stands alone only in a script ("'s", "n't"): behind a word it is cut as in a text. */
static int is_clitic(const lode_patterns *self, lode_str item, bool *clitic, lode_err *err) {
  static const char host[] = "do";
  enum { HOST = sizeof host - 1 };
  char text[64];
  *clitic = false;
  if (item.len > sizeof text - HOST) return 0;
  lode_tokens cut = {0};
  memcpy(text, host, HOST);
  memcpy(text + HOST, item.ptr, item.len);
  int code = cut_text(self, (lode_str){text, HOST + item.len}, &cut, err);
  *clitic = code == 0 && cut.count == 2 && cut.items[1].begin == HOST;
  lode_tokens_free(&cut);
  return code;
}

/* "gov." at the end of a text is a word and a full stop; where something follows that it goes with it is one token. */
static int is_abbreviation(const lode_patterns *self, lode_str item, bool *abbreviation, lode_err *err) {
  static const char *const followers[] = {" Lee", " lee", " 3"};
  char text[64];
  int code = 0;
  *abbreviation = false;
  if (item.len < 2 || item.ptr[item.len - 1] != '.' || item.len > sizeof text - 8) return 0;
  memcpy(text, item.ptr, item.len);
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = (char)(text[0] - 'a' + 'A');
  for (size_t i = 0; i < sizeof followers / sizeof *followers && code == 0 && !*abbreviation; i++) {
    size_t len = strlen(followers[i]);
    lode_tokens cut = {0};
    memcpy(text + item.len, followers[i], len);
    code = cut_text(self, (lode_str){text, item.len + len}, &cut, err);
    *abbreviation = code == 0 && cut.count == 2 && cut.items[0].begin == 0 && cut.items[0].end == item.len;
    lode_tokens_free(&cut);
  }
  return code;
}

static int check_one_token(const lode_patterns *self, lode_str item, lode_err *err) {
  lode_tokens cut = {0};
  int code = cut_text(self, item, &cut, err);
  bool one = cut.count == 1 && cut.items[0].begin == 0 && cut.items[0].end == item.len;
  if (code == 0 && !one && item.len != 0) code = is_clitic(self, item, &one, err);
  if (code == 0 && !one) code = is_abbreviation(self, item, &one, err);
  if (code == 0 && !one) code = fail_item(item, &cut, err);
  lode_tokens_free(&cut);
  return code;
}

static int add_member(lode_table *set, lode_str item, bool exact, lode_err *err) {
  lode_buf form = {0};
  int code = exact ? lode_buf_add(&form, item.ptr, item.len, err) : lode_fold_token(item.ptr, item.len, &form, err);
  if (code == 0 && lode_table_add(set, form.ptr == NULL ? "" : form.ptr, form.len, NULL, err) == LODE_NO_ID)
    code = LODE_E_NOMEM;
  lode_buf_free(&form);
  return code;
}

static lode_table *new_set(lode_patterns *self, lode_err *err) {
  lode_table **sets = grow(self->sets, self->set_count, &self->set_cap, sizeof *sets, err);
  if (sets == NULL) return NULL;
  self->sets = sets;
  lode_table *set = malloc(sizeof *set);
  if (set == NULL) {
    lode_fail(err, LODE_E_NOMEM, "out of memory: a list of words");
    return NULL;
  }
  lode_table_init(set, self->seed);
  self->sets[self->set_count++] = set;
  return set;
}

/* The node of the last set.  Sets with the same members in the same order have one canon. */
static lode_pattern add_set(lode_patterns *self, lode_pattern_kind kind, lode_err *err) {
  const lode_table *set = self->sets[self->set_count - 1];
  lode_buf key = {0};
  int code = lode_buf_byte(&key, (char)kind, err);
  for (uint32_t i = 0; i < set->count && code == 0; i++) code = lode_buf_str(&key, lode_table_get(set, i), err);
  lode_pattern_node node = {.kind = (uint8_t)kind,
                            .data = self->set_count - 1,
                            .single = true,
                            .shortest = 1,
                            .longest = 1,
                            .never = set->count == 0};
  lode_pattern out = code == 0 ? add(self, node, key.ptr, key.len, err) : LODE_NO_PATTERN;
  lode_buf_free(&key);
  return out;
}

lode_pattern lode_pattern_words(lode_patterns *self, const lode_str *items, size_t count, bool exact, lode_err *err) {
  lode_table *set = new_set(self, err);
  int code = set == NULL ? LODE_E_NOMEM : 0;
  for (size_t i = 0; i < count && code == 0; i++) {
    code = check_one_token(self, items[i], err);
    if (code == 0) code = add_member(set, items[i], exact, err);
  }
  return code == 0 ? add_set(self, exact ? LODE_PATTERN_FORMS : LODE_PATTERN_WORDS, err) : LODE_NO_PATTERN;
}

static lode_pattern word_as_cut(lode_patterns *self, lode_str item, bool exact, lode_err *err) {
  lode_table *set = new_set(self, err);
  if (set == NULL || add_member(set, item, exact, err) != 0) return LODE_NO_PATTERN;
  return add_set(self, exact ? LODE_PATTERN_FORMS : LODE_PATTERN_WORDS, err);
}

lode_pattern lode_pattern_phrase(lode_patterns *self, lode_str text, bool exact, lode_err *err) {
  lode_tokens cut = {0};
  lode_pattern out = LODE_NO_PATTERN;
  bool clitic = false;
  if (cut_text(self, text, &cut, err) == 0) {
    if (cut.count == 0) fail_item(text, &cut, err);
    else if (cut.count > 1 && text.len != 0 && is_clitic(self, text, &clitic, err) == 0 && clitic)
      out = word_as_cut(self, text, exact, err);
    else
      for (size_t i = 0; i < cut.count; i++) {
        lode_token t = cut.items[i];
        lode_pattern word = word_as_cut(self, (lode_str){text.ptr + t.begin, t.end - t.begin}, exact, err);
        out = word == LODE_NO_PATTERN || i == 0 ? word : lode_pattern_seq(self, out, word, err);
        if (out == LODE_NO_PATTERN) break;
      }
  }
  lode_tokens_free(&cut);
  return out;
}

/* Every node of WORDS or FORMS has a set of its own, and sets of a SHAPE stand in no row. */
static int index_set(lode_patterns *self, uint32_t set, bool exact, lode_err *err) {
  for (uint32_t i = 0; i < self->sets[set]->count; i++) {
    lode_str word = lode_table_get(self->sets[set], i);
    uint32_t id = lode_table_add(&self->members[exact], word.ptr, word.len, NULL, err);
    if (id == LODE_NO_ID) return LODE_E_NOMEM;
    if (self->member_rows[exact] != NULL)
      self->member_rows[exact][id * self->member_words + set / 64] |= (uint64_t)1 << (set % 64);
  }
  return 0;
}

static int index_sets(lode_patterns *self, lode_err *err) {
  int code = 0;
  for (uint32_t i = 1; i < self->count && code == 0; i++) {
    const lode_pattern_node *node = &self->nodes[i];
    if (node->kind == LODE_PATTERN_WORDS || node->kind == LODE_PATTERN_FORMS)
      code = index_set(self, node->data, node->kind == LODE_PATTERN_FORMS, err);
  }
  return code;
}

int lode_patterns_index(lode_patterns *self, lode_err *err) {
  size_t words = ((size_t)self->set_count + 63) / 64;
  if (words == 0) return 0;
  int code = index_sets(self, err); /* which words there are */
  for (int exact = 0; exact < 2 && code == 0; exact++) {
    self->member_rows[exact] = calloc(lode_size_add(lode_size_mul(self->members[exact].count, words), 1), 8);
    if (self->member_rows[exact] == NULL) code = lode_fail(err, LODE_E_NOMEM, "out of memory: an index of words");
  }
  self->member_words = words;
  if (code == 0) code = index_sets(self, err); /* where they stand */
  if (code != 0) self->member_words = 0;
  return code;
}

/* --- other single nodes --- */

lode_pattern lode_pattern_any(lode_patterns *self, lode_err *err) {
  return add_single(self, (lode_pattern_node){.kind = LODE_PATTERN_ANY}, err);
}

lode_pattern lode_pattern_cased(lode_patterns *self, lode_pattern_kind kind, lode_err *err) {
  assert(kind == LODE_PATTERN_CAP || kind == LODE_PATTERN_UPPER || kind == LODE_PATTERN_LOWER);
  return add_single(self, (lode_pattern_node){.kind = (uint8_t)kind}, err);
}

lode_pattern lode_pattern_of_kind(lode_patterns *self, lode_token_kind kind, lode_err *err) {
  return add_single(self, (lode_pattern_node){.kind = LODE_PATTERN_KIND, .data = kind}, err);
}

lode_pattern lode_pattern_shape(lode_patterns *self, lode_str shape, lode_err *err) {
  lode_table *set = new_set(self, err);
  if (set == NULL || lode_table_add(set, shape.ptr, shape.len, NULL, err) == LODE_NO_ID) return LODE_NO_PATTERN;
  return add_set(self, LODE_PATTERN_SHAPE, err);
}

lode_pattern lode_pattern_test(lode_patterns *self, lode_form_predicate test, lode_err *err) {
  lode_form_predicate *tests = grow(self->tests, self->test_count, &self->test_cap, sizeof *tests, err);
  if (tests == NULL) return LODE_NO_PATTERN;
  self->tests = tests;
  self->tests[self->test_count] = test;
  return add_single(self, (lode_pattern_node){.kind = LODE_PATTERN_TEST, .data = self->test_count++}, err);
}

static uint32_t deeper(uint32_t a, uint32_t b) {
  return 1 + (a > b ? a : b);
}

lode_pattern lode_pattern_both(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  if (!x->single || !y->single) {
    lode_fail(err, LODE_E_USAGE, "both parts must say something of one token; write #p * q for longer ones");
    return LODE_NO_PATTERN;
  }
  return add_single(self,
                    (lode_pattern_node){.kind = LODE_PATTERN_BOTH,
                                        .a = a,
                                        .b = b,
                                        .never = x->never || y->never,
                                        .depth = deeper(x->depth, y->depth)},
                    err);
}

/* --- nodes that take none or more tokens --- */

lode_pattern lode_pattern_ann(lode_patterns *self, uint32_t label, uint32_t constraint, lode_relation relation,
                              uint32_t other, lode_err *err) {
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_ANN,
                                      .data = label,
                                      .constraint = constraint,
                                      .relation = relation,
                                      .other = other,
                                      .shortest = 1,
                                      .longest = LODE_UNBOUNDED},
                  err);
}

lode_pattern lode_pattern_inside(lode_patterns *self, uint32_t label, lode_err *err) {
  return add_part(self, (lode_pattern_node){.kind = LODE_PATTERN_INSIDE, .data = label}, err);
}

lode_pattern lode_pattern_edge(lode_patterns *self, lode_edge edge, lode_err *err) {
  return add_part(self, (lode_pattern_node){.kind = LODE_PATTERN_EDGE, .data = edge}, err);
}

lode_pattern lode_pattern_empty(lode_patterns *self, lode_err *err) {
  return add_part(self, (lode_pattern_node){.kind = LODE_PATTERN_EMPTY}, err);
}

/* Lengths saturate: LODE_UNBOUNDED is the largest. */
static uint32_t length_add(uint32_t a, uint32_t b) {
  return a > LODE_UNBOUNDED - b ? LODE_UNBOUNDED : a + b;
}

static uint32_t length_mul(uint32_t a, uint32_t b) {
  return a != 0 && b > LODE_UNBOUNDED / a ? LODE_UNBOUNDED : a * b;
}

lode_pattern lode_pattern_seq(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  uint32_t left = x->kind == LODE_PATTERN_SEQ ? x->depth - 1 : x->depth;
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_SEQ,
                                      .a = a,
                                      .b = b,
                                      .never = x->never || y->never,
                                      .shortest = length_add(x->shortest, y->shortest),
                                      .longest = length_add(x->longest, y->longest),
                                      .depth = deeper(left, y->depth)},
                  err);
}

lode_pattern lode_pattern_choice(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  uint32_t left = x->kind == LODE_PATTERN_CHOICE ? x->depth - 1 : x->depth;
  lode_pattern_node node = {
      .kind = LODE_PATTERN_CHOICE, .a = a, .b = b, .never = x->never && y->never, .depth = deeper(left, y->depth)};
  if (x->single && y->single) return add_single(self, node, err);
  node.shortest = x->shortest < y->shortest ? x->shortest : y->shortest;
  node.longest = x->longest > y->longest ? x->longest : y->longest;
  return add_part(self, node, err);
}

lode_pattern lode_pattern_repeat(lode_patterns *self, lode_pattern a, uint32_t min, uint32_t max, bool lazy,
                                 lode_err *err) {
  if (min > max || min > LODE_PATTERN_BOUND || (max > LODE_PATTERN_BOUND && max != LODE_UNBOUNDED)) {
    if (min > max)
      lode_fail(err, LODE_E_USAGE, "a repetition of at least %u and at most %u: no number is both", min, max);
    else lode_fail(err, LODE_E_USAGE, "a repetition of more than %d: leave the bound away", LODE_PATTERN_BOUND);
    return LODE_NO_PATTERN;
  }
  const lode_pattern_node *x = &self->nodes[a];
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_REPEAT,
                                      .flags = lazy ? LODE_PATTERN_LAZY : 0,
                                      .a = a,
                                      .min = min,
                                      .max = max,
                                      .never = x->never && min > 0,
                                      .shortest = length_mul(x->shortest, min),
                                      .longest = max == 0 ? 0 : length_mul(x->longest, max),
                                      .depth = 1 + x->depth},
                  err);
}

lode_pattern lode_pattern_opt(lode_patterns *self, lode_pattern a, bool lazy, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a];
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_OPT,
                                      .flags = lazy ? LODE_PATTERN_LAZY : 0,
                                      .a = a,
                                      .longest = x->longest,
                                      .depth = 1 + x->depth},
                  err);
}

static lode_pattern add_look(lode_patterns *self, lode_pattern_kind kind, lode_pattern a, bool never, lode_err *err) {
  return add_part(
      self, (lode_pattern_node){.kind = (uint8_t)kind, .a = a, .never = never, .depth = 1 + self->nodes[a].depth}, err);
}

/* Whether the node matches anywhere, whatever stands there. */
static bool always(const lode_patterns *self, lode_pattern a) {
  const lode_pattern_node *x = &self->nodes[a];
  bool free_of_tokens = x->kind == LODE_PATTERN_EMPTY || x->kind == LODE_PATTERN_OPT || x->kind == LODE_PATTERN_GAP;
  return free_of_tokens || (x->kind == LODE_PATTERN_REPEAT && x->min == 0);
}

lode_pattern lode_pattern_not(lode_patterns *self, lode_pattern a, lode_err *err) {
  return add_look(self, LODE_PATTERN_NOT, a, always(self, a), err);
}

lode_pattern lode_pattern_ahead(lode_patterns *self, lode_pattern a, lode_err *err) {
  return add_look(self, LODE_PATTERN_AHEAD, a, self->nodes[a].never, err);
}

lode_pattern lode_pattern_behind(lode_patterns *self, lode_pattern a, lode_err *err) {
  return add_look(self, LODE_PATTERN_BEHIND, a, self->nodes[a].never, err);
}

lode_pattern lode_pattern_minus(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a], *y = &self->nodes[b];
  lode_pattern_node node = {.kind = LODE_PATTERN_MINUS, .a = a, .b = b, .depth = deeper(x->depth, y->depth)};
  node.never = x->never || always(self, b);
  if (x->single && y->single) {
    node.never = node.never || lode_pattern_implies(self, a, b);
    return add_single(self, node, err);
  }
  node.shortest = x->shortest;
  node.longest = x->longest;
  return add_part(self, node, err);
}

lode_pattern lode_pattern_gap(lode_patterns *self, uint32_t max, lode_pattern stop, bool greedy, lode_err *err) {
  if (max > LODE_PATTERN_BOUND) {
    lode_fail(err, LODE_E_USAGE, "a gap of %u tokens: at most %d", max, LODE_PATTERN_BOUND);
    return LODE_NO_PATTERN;
  }
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_GAP,
                                      .flags = greedy ? 0 : LODE_PATTERN_LAZY,
                                      .a = stop,
                                      .max = max,
                                      .longest = max,
                                      .depth = 1 + self->nodes[stop].depth},
                  err);
}

lode_pattern lode_pattern_capture(lode_patterns *self, uint32_t name, lode_pattern a, bool all, lode_err *err) {
  const lode_pattern_node *x = &self->nodes[a];
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_CAPTURE,
                                      .flags = all ? LODE_PATTERN_ALL : 0,
                                      .a = a,
                                      .data = name,
                                      .never = x->never,
                                      .shortest = x->shortest,
                                      .longest = x->longest,
                                      .depth = 1 + x->depth},
                  err);
}

lode_pattern lode_pattern_same(lode_patterns *self, uint32_t a, uint32_t b, lode_err *err) {
  return add_part(self, (lode_pattern_node){.kind = LODE_PATTERN_SAME, .data = a, .other = b}, err);
}

lode_pattern lode_pattern_known(lode_patterns *self, uint32_t label, uint32_t capture, lode_pattern a, lode_err *err) {
  uint32_t at = 0;
  if (!self->nodes[a].single) {
    lode_fail(err, LODE_E_USAGE, "known says something of one token: its pattern must fit one token");
    return LODE_NO_PATTERN;
  }
  while (at < self->known_count && (self->knowns[at].label != label || self->knowns[at].capture != capture)) at++;
  if (at == self->known_count) {
    lode_known *knowns = grow(self->knowns, self->known_count, &self->known_cap, sizeof *knowns, err);
    if (knowns == NULL) return LODE_NO_PATTERN;
    self->knowns = knowns;
    self->knowns[self->known_count++] = (lode_known){label, capture};
  }
  return add_part(self,
                  (lode_pattern_node){.kind = LODE_PATTERN_KNOWN,
                                      .data = at,
                                      .a = a,
                                      .never = self->nodes[a].never,
                                      .depth = deeper(self->nodes[a].depth, 0),
                                      .shortest = 1,
                                      .longest = 1},
                  err);
}

lode_pattern *lode_pattern_chain(const lode_patterns *self, lode_pattern node, lode_pattern_kind kind,
                                 lode_arena *arena, uint32_t *count, lode_err *err) {
  uint32_t n = 1;
  for (lode_pattern at = node; self->nodes[at].kind == kind; at = self->nodes[at].a) n++;
  lode_pattern *items = lode_arena_take(arena, n, sizeof *items, err);
  if (items == NULL) return NULL;
  *count = n;
  for (; n > 1; node = self->nodes[node].a) items[--n] = self->nodes[node].b;
  items[0] = node;
  return items;
}
