#include "matcher.h"

#include "mem.h"
#include "settle.h"
#include "vm.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void lode_trace_free(lode_trace *self) {
  free(self->nears);
  free(self->steps);
  *self = (lode_trace){.nears = NULL};
}

static int open_lexicons(lode_matcher *self, const lode_table *words, lode_err *err) {
  uint32_t count = self->rules->lexicon_count;
  lode_lexicon_reader *readers = calloc((size_t)count + 1, sizeof *readers);
  if (readers == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %u lexicons", (unsigned)count);
  for (uint32_t i = 0; i < count; i++) {
    const lode_rules_lexicon *item = &self->rules->lexicons[i];
    lode_lexicon_reader_init(&readers[i], item->lexicon, words, item->label, item->near_label);
  }
  lode_lexicon_set_init(&self->lexicons, readers, count, words);
  return 0;
}

int lode_matcher_init(lode_matcher *self, const lode_rules *rules, const lode_table *words, lode_err *err) {
  *self = (lode_matcher){.rules = rules, .steps_base = LODE_STEPS_BASE, .steps_per_token = LODE_STEPS_PER_TOKEN};
  int code = lode_classes_init(&self->classes, rules, words, err);
  if (code == 0) code = lode_annotations_init(&self->annotations, rules->patterns.labels.count, err);
  if (code == 0) code = open_lexicons(self, words, err);
  if (code != 0) return code;
  self->steps = calloc((size_t)rules->count + 1, sizeof *self->steps);
  self->stats = calloc((size_t)rules->count + 1, sizeof *self->stats);
  self->mask = calloc(self->classes.need_words + 1, sizeof *self->mask);
  self->vm = calloc(1, sizeof *self->vm);
  self->known = calloc((size_t)rules->patterns.known_count + 1, sizeof *self->known);
  if (self->known != NULL && self->steps != NULL && self->stats != NULL && self->mask != NULL && self->vm != NULL)
    return 0;
  return lode_fail(err, LODE_E_NOMEM, "out of memory: a matcher for %u rules", (unsigned)rules->count);
}

void lode_matcher_forget(lode_matcher *self) {
  lode_classes_forget(&self->classes);
  lode_lexicon_set_forget(&self->lexicons);
}

void lode_matcher_free(lode_matcher *self) {
  lode_classes_free(&self->classes);
  lode_annotations_free(&self->annotations);
  lode_lexicon_set_free(&self->lexicons);
  free(self->lexicons.readers);
  if (self->vm != NULL) lode__vm_free(self->vm);
  free(self->vm);
  for (uint32_t k = 0; self->known != NULL && k < self->rules->patterns.known_count; k++) free(self->known[k]);
  free(self->known);
  free(self->token_classes);
  free(self->next_telling);
  free(self->next_first);
  free(self->begins);
  free(self->matches);
  free(self->captures);
  free(self->stops);
  free(self->steps);
  free(self->stats);
  free(self->mask);
  *self = (lode_matcher){.rules = NULL};
}

/* Room for every word of the page.  What is noted carries a number that is used once, so that nothing is cleared. */
static int open_known(lode_matcher *self, lode_err *err) {
  uint32_t count = self->rules->patterns.known_count, words = self->page->words->count;
  bool again = ++self->known_number > UINT32_MAX / 2;
  if (count == 0 || (words <= self->known_cap && !again)) return 0;
  size_t cap = words <= self->known_cap ? self->known_cap : lode_size_grow(self->known_cap, words);
  for (uint32_t k = 0; k < count; k++) {
    uint32_t *next = realloc(self->known[k], lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: known words");
    self->known[k] = next;
    memset(again ? next : next + self->known_cap, 0, (again ? cap : cap - self->known_cap) * sizeof *next);
  }
  if (again) self->known_number = 1;
  self->known_cap = (uint32_t)cap;
  return 0;
}

static void find_telling(lode_matcher *self) {
  uint32_t next = (uint32_t)self->page->tokens.count;
  if (next == 0) return;
  self->next_telling[next] = next;
  for (uint32_t i = next; i-- > 0;) {
    if (self->classes.telling[self->token_classes[i]]) next = i;
    self->next_telling[i] = next;
  }
}

int lode_matcher_open(lode_matcher *self, lode_page *page, lode_err *err) {
  size_t tokens = page->tokens.count;
  assert(page->tokenized);
  self->page = page;
  self->match_count = self->capture_count = self->stop_count = 0;
  if (tokens >= UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a page of %zu tokens", tokens);
  if (tokens > self->token_cap) {
    uint16_t *next = realloc(self->token_classes, lode_size_mul(tokens, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: classes of %zu tokens", tokens);
    self->token_classes = next;
    uint32_t *places = realloc(self->next_telling, lode_size_mul(lode_size_add(tokens, 1), sizeof *places));
    if (places == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: places of %zu tokens", tokens);
    self->next_telling = places;
    places = realloc(self->next_first, lode_size_mul(lode_size_add(tokens, 1), sizeof *places));
    if (places == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: places of %zu tokens", tokens);
    self->next_first = places;
    self->token_cap = tokens;
  }
  for (uint32_t r = 0; r < self->rules->count; r++) self->steps[r] = self->steps_base + self->steps_per_token * tokens;
  lode_annotations_reset(&self->annotations, (uint32_t)tokens);
  int code = open_known(self, err);
  if (code != 0) return code;
  code = lode_lexicon_set_annotate(&self->lexicons, page, &self->annotations, err);
  if (code == 0) code = lode_classes_of(&self->classes, page, self->token_classes, err);
  if (code == 0) find_telling(self);
  return code;
}

/* --- where a match may start --- */

typedef struct start_finder {
  const lode_matcher *matcher;
  const lode_rule *rule;
  uint32_t begin, end;
  uint32_t anchor; /* the place of the anchor that was found last, or LODE_NO_ID: none asked yet */
} start_finder;

static bool has(const lode_matcher *self, uint32_t predicate, uint32_t token) {
  const uint64_t *row = self->classes.rows + self->token_classes[token] * self->classes.row_words;
  return (row[predicate / 64] >> (predicate % 64) & 1) != 0;
}

static bool may_begin(const start_finder *self, uint32_t token) {
  const lode_rule *rule = self->rule;
  if (rule->first_any) return true;
  if (rule->first_predicate != LODE_NO_ID && has(self->matcher, rule->first_predicate, token)) return true;
  for (uint32_t i = 0; i < rule->first_label_count; i++)
    if (lode_annotations_begin(&self->matcher->annotations, rule->first_labels[i], token)) return true;
  return false;
}

/* The first token at or after `from` that is or begins what is needed, or `end`. */
static uint32_t find_need(const start_finder *self, const lode_need *need, uint32_t from) {
  if (need->is_label) {
    uint32_t at = lode_annotations_next(&self->matcher->annotations, need->id, from);
    return at < self->end ? at : self->end;
  }
  const uint32_t *telling = self->matcher->next_telling;
  for (from = telling[from]; from < self->end && !has(self->matcher, need->id, from);) from = telling[from + 1];
  return from < self->end ? from : self->end;
}

/* The next start at or after `from`, or `end`.  With an anchor lo to hi tokens behind the start, a start s is only of
 * use where the first anchor at or after s + lo is at most at s + hi. */
static uint32_t next_start(start_finder *self, uint32_t from) {
  const lode_rule *rule = self->rule;
  const lode_need *need = rule->anchor == LODE_NO_ID ? NULL : &rule->needs[rule->anchor];
  if (self->matcher->no_shortcuts) return from;
  bool by_class = lode__begins_by_class(rule);
  for (; from < self->end; from++) {
    if (need != NULL) {
      if (self->end - from <= need->lo) return self->end;
      if (self->anchor == LODE_NO_ID || self->anchor < from + need->lo)
        self->anchor = find_need(self, need, from + need->lo);
      if (self->anchor == self->end) return self->end;
      if (self->anchor > need->hi && self->anchor - need->hi > from) from = self->anchor - need->hi;
    }
    if (by_class && self->matcher->next_first[from] != from) {
      from = self->matcher->next_first[from] - 1;
      continue;
    }
    if (may_begin(self, from)) return from;
  }
  return self->end;
}

/* --- matches --- */

static int add_capture(lode_matcher *self, lode_capture capture, lode_err *err) {
  if (self->capture_count == self->capture_cap) {
    size_t cap = lode_size_grow(self->capture_cap, 128);
    lode_capture *next = realloc(self->captures, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu captures", cap);
    self->captures = next;
    self->capture_cap = (uint32_t)cap;
  }
  self->captures[self->capture_count++] = capture;
  return 0;
}

/* The open begin of an end in the log: the nearest of that name that is not ended in between. */
static uint32_t begin_of(const lode_vm *vm, size_t end) {
  uint32_t open = 0;
  for (size_t i = end; i-- > 0;) {
    lode_log_entry entry = vm->log[i];
    if (entry.kind == LODE_LOG_LOOP || entry.id != vm->log[end].id) continue;
    if (entry.kind == 1) open++;
    else if (open-- == 0) return entry.pos;
  }
  return vm->log[end].pos;
}

static int add_match(lode_matcher *self, uint32_t rule, uint32_t begin, uint32_t end, lode_err *err) {
  if (self->match_count == self->match_cap) {
    size_t cap = lode_size_grow(self->match_cap, 64);
    lode_match *next = realloc(self->matches, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu matches", cap);
    self->matches = next;
    self->match_cap = (uint32_t)cap;
  }
  lode_match match = {
      .rule = rule, .begin = begin, .end = end, .first_capture = self->capture_count, .winner = LODE_NO_ID, .cue = {LODE_NO_ID, 0, 0}};
  const lode_vm *vm = self->vm;
  int code = 0;
  for (size_t i = 0; i < vm->log_count && code == 0; i++)
    if (vm->log[i].kind == 1)
      code = add_capture(self, (lode_capture){vm->log[i].id, begin_of(vm, i), vm->log[i].pos, vm->log[i].node}, err);
  match.capture_count = self->capture_count - match.first_capture;
  if (code == 0) self->matches[self->match_count++] = match;
  return code;
}

static int add_stop(lode_matcher *self, uint32_t rule, uint32_t token, lode_err *err) {
  if (self->stop_count == self->stop_cap) {
    size_t cap = lode_size_grow(self->stop_cap, 8);
    lode_stop *next = realloc(self->stops, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu stopped rules", cap);
    self->stops = next;
    self->stop_cap = (uint32_t)cap;
  }
  self->stops[self->stop_count++] = (lode_stop){rule, token, self->vm->too_deep};
  self->steps[rule] = 0;
  return 0;
}

static int add_steps(lode_trace *self, const lode_trace_step *steps, uint32_t count, lode_err *err) {
  if (self->step_cap - self->step_count < count) {
    size_t cap = lode_size_grow((size_t)self->step_count + count, 1024);
    lode_trace_step *next = realloc(self->steps, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu steps of a trace", cap);
    self->steps = next;
    self->step_cap = (uint32_t)cap;
  }
  if (count > 0) memcpy(self->steps + self->step_count, steps, count * sizeof *steps);
  self->step_count += count;
  return 0;
}

static int add_near(lode_trace *self, lode_near near, const lode_trace_step *steps, lode_err *err) {
  if (!near.matched && (near.score == 0 || near.pc == LODE_NO_ID)) return 0;
  if (self->near_count == self->near_cap) {
    size_t cap = lode_size_grow(self->near_cap, 64);
    lode_near *next = realloc(self->nears, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu near misses", cap);
    self->nears = next;
    self->near_cap = (uint32_t)cap;
  }
  near.first_step = self->step_count;
  int code = add_steps(self, steps, near.step_count, err);
  if (code == 0) self->nears[self->near_count++] = near;
  return code;
}

static int note_start(lode_matcher *self, bool matched, uint32_t stop, lode_err *err) {
  const lode_vm *vm = self->vm;
  lode_near near = vm->near;
  if (self->trace == NULL) return 0;
  near.begin = vm->begin;
  near.end = vm->end;
  if (!matched) return add_near(self->trace, near, vm->best, err);
  near.matched = true;
  near.pos = stop;
  near.step_count = vm->path_count;
  return add_near(self->trace, near, vm->path, err);
}

/* Keep the match, or say refused; *next is where to go on. */
static int take_match(lode_matcher *self, uint32_t r, uint32_t start, uint32_t end, const lode_match_hooks *hooks,
                      uint32_t *next, lode_err *err) {
  int code = add_match(self, r, start, end, err);
  if (code != 0) return code;
  self->stats[r].matches++;
  *next = end;
  if (!self->rules->items[r].spec.keep || hooks == NULL || hooks->keep == NULL) return 0;
  lode_match *match = &self->matches[self->match_count - 1];
  if (self->rules->cue_count > 0)
    match->cue = lode__find_cue(self->rules->cues, self->rules->cue_count, &self->annotations, self->page,
                                self->rules->items[r].spec.label, start, end);
  int kept = hooks->keep(hooks->context, self, match, err);
  if (kept < 0) return kept;
  if (kept == 0) {
    match->state = LODE_MATCH_REFUSED;
    self->stats[r].refused++;
    *next = start + 1;
  }
  return 0;
}

/* The start that just matched, once more, for its way.  Its steps count once. */
static int trace_match(lode_matcher *self, uint32_t start, uint32_t *stop, lode_err *err) {
  lode_vm *vm = self->vm;
  uint64_t left = vm->steps;
  lode__vm_begin(vm, vm->rule, vm->begin, vm->end, self->steps_base + self->steps_per_token * self->page->tokens.count);
  int found = lode__run_traced(vm, start, stop, err);
  vm->steps = left;
  return found;
}

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int try_region(lode_matcher *self, uint32_t r, uint32_t begin, uint32_t end, const lode_match_hooks *hooks,
                      lode_err *err) {
  lode_vm *vm = self->vm;
  const lode_rule *rule = &self->rules->items[r];
  start_finder finder = {.matcher = self, .rule = rule, .begin = begin, .end = end, .anchor = LODE_NO_ID};
  uint64_t budget = self->steps[r];
  if (budget == 0) return 0;
  self->stats[r].regions++;
  lode__vm_begin(vm, rule, begin, end, budget);
  int code = 0;
  for (uint32_t at = next_start(&finder, begin); at < end && code == 0; at = next_start(&finder, at)) {
    uint32_t stop = at;
    self->stats[r].starts++;
    bool traced = self->trace != NULL && !self->ways_only;
    int found = traced ? lode__run_traced(vm, at, &stop, err) : lode__run_plain(vm, at, &stop, err);
    if (found == LODE_VM_MATCH && self->trace != NULL && self->ways_only) found = trace_match(self, at, &stop, err);
    if (found < 0) return found;
    if (found == LODE_VM_NONE) {
      if (traced) code = note_start(self, false, at, err);
      at++;
    } else if (found == LODE_VM_MATCH) {
      code = note_start(self, true, stop, err);
      if (code == 0) code = take_match(self, r, at, stop, hooks, &at, err);
      lode__vm_begin(vm, rule, begin, end, vm->steps);
    } else {
      self->stats[r].steps += budget - vm->steps;
      return add_stop(self, r, at, err);
    }
  }
  self->stats[r].steps += budget - vm->steps;
  self->steps[r] = vm->steps;
  return code;
}

static int match_region(lode_matcher *self, uint32_t r, uint32_t begin, uint32_t end, const lode_match_hooks *hooks,
                        lode_err *err) {
  uint64_t before = self->timed ? now_ns() : 0;
  int code = try_region(self, r, begin, end, hooks, err);
  if (self->timed) self->stats[r].ns += now_ns() - before;
  return code;
}

/* --- regions --- */

static void make_mask(lode_matcher *self, uint32_t begin, uint32_t end) {
  const lode_classes *classes = &self->classes;
  size_t words = classes->need_words;
  memset(self->mask, 0, words * sizeof *self->mask);
  for (uint32_t i = self->next_telling[begin]; i < end; i = self->next_telling[i + 1]) {
    uint16_t class = self->token_classes[i];
    const uint64_t *needs = classes->needs + class * words;
    for (size_t w = 0; w < words; w++) self->mask[w] |= needs[w];
  }
}

static bool holds_needs(const lode_matcher *self, const lode_rule *rule, uint32_t begin, uint32_t end) {
  if (self->no_shortcuts) return true;
  for (uint32_t i = 0; i < rule->need_count; i++) {
    const lode_need *need = &rule->needs[i];
    if (need->is_label) {
      if (lode_annotations_next(&self->annotations, need->id, begin) >= end) return false;
    } else {
      uint32_t bit = self->rules->need_bits[need->id];
      if ((self->mask[bit / 64] >> (bit % 64) & 1) == 0) return false;
    }
  }
  return true;
}

static int try_rules(lode_matcher *self, const uint32_t *rules, uint32_t count, uint32_t begin, uint32_t end,
                     const lode_match_hooks *hooks, lode_err *err) {
  int code = 0;
  for (uint32_t i = 0; i < count && code == 0; i++)
    if (holds_needs(self, &self->rules->items[rules[i]], begin, end))
      code = match_region(self, rules[i], begin, end, hooks, err);
  return code;
}

static int run_region(lode_matcher *self, const lode_group *group, uint32_t begin, uint32_t end,
                      const lode_match_hooks *hooks, lode_err *err) {
  if (begin == end) return 0;
  make_mask(self, begin, end);
  int code = try_rules(self, group->always, group->always_count, begin, end, hooks, err);
  if (self->no_shortcuts && code == 0)
    return try_rules(self, group->by_need, group->rule_count - group->always_count, begin, end, hooks, err);
  for (size_t w = 0; w < self->classes.need_words; w++) {
    uint64_t bits = self->mask[w];
    for (uint32_t bit = (uint32_t)(w * 64); bits != 0 && code == 0; bits >>= 1, bit++) {
      uint32_t from = group->need_start[bit], to = group->need_start[bit + 1];
      if ((bits & 1) != 0 && from < to)
        code = try_rules(self, group->by_need + from, to - from, begin, end, hooks, err);
    }
  }
  return code;
}

static int run_sentences(lode_matcher *self, const lode_group *group, const lode_paragraph *p,
                         const lode_match_hooks *hooks, lode_err *err) {
  int code = 0;
  for (uint32_t s = 0; s < p->sentence_count && code == 0; s++) {
    const lode_sentence *sentence = &self->page->tokens.sentences[p->first_sentence + s];
    code = run_region(self, group, sentence->first_token, sentence->first_token + sentence->token_count, hooks, err);
  }
  return code;
}

/* Where rules of the group may begin: asked once for each class, then one look at each token. */
static int find_firsts(lode_matcher *self, const lode_group *group, lode_err *err) {
  const lode_classes *classes = &self->classes;
  if (classes->class_count > self->begins_cap) {
    size_t cap = lode_size_grow(self->begins_cap, classes->class_count);
    uint8_t *begins = realloc(self->begins, cap);
    if (begins == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: classes that begin a match");
    self->begins = begins;
    self->begins_cap = cap;
  }
  memset(self->begins, 2, classes->class_count);
  uint32_t next = (uint32_t)self->page->tokens.count;
  self->next_first[next] = next;
  for (uint32_t i = next; i-- > 0;) {
    uint16_t class = self->token_classes[i];
    if (self->begins[class] == 2) {
      const uint64_t *row = classes->rows + class * classes->row_words;
      uint64_t any = 0;
      for (size_t w = 0; w < classes->row_words; w++) any |= row[w] & group->firsts[w];
      self->begins[class] = any != 0;
    }
    if (self->begins[class]) next = i;
    self->next_first[i] = next;
  }
  return 0;
}

static int run_group(lode_matcher *self, const lode_group *group, const lode_match_hooks *hooks, lode_err *err) {
  const lode_page *page = self->page;
  if (page->tokens.count == 0) return 0;
  int code = find_firsts(self, group, err);
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if ((group->zones >> p->zone & 1) == 0) continue;
    uint32_t end = p->first_token + p->token_count;
    if (group->within == LODE_WITHIN_SENTENCE) {
      code = run_sentences(self, group, p, hooks, err);
      continue;
    }
    if (group->within == LODE_WITHIN_PAGE)
      for (; i + 1 < page->paragraph_count && (group->zones >> page->paragraphs[i + 1].zone & 1) != 0; i++)
        end = page->paragraphs[i + 1].first_token + page->paragraphs[i + 1].token_count;
    code = run_region(self, group, p->first_token, end, hooks, err);
  }
  return code;
}

/* --- the page --- */

static int by_place(const void *a, const void *b) {
  const lode_match *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* The words that captures hold of all matches that are left after a phase. */
static void note_known(lode_matcher *self) {
  const lode_patterns *patterns = &self->rules->patterns;
  self->vm->known_number = ++self->known_number;
  for (uint32_t m = 0; m < self->match_count && patterns->known_count > 0; m++) {
    const lode_match *match = &self->matches[m];
    uint32_t label = self->rules->items[match->rule].spec.label;
    if (match->state != LODE_MATCH_KEPT) continue;
    for (uint32_t k = 0; k < patterns->known_count; k++) {
      if (patterns->knowns[k].label != label) continue;
      for (uint32_t c = 0; c < match->capture_count; c++) {
        const lode_capture *capture = &self->captures[match->first_capture + c];
        if (capture->name != patterns->knowns[k].capture) continue;
        for (uint32_t t = capture->begin; t < capture->end; t++)
          self->known[k][self->page->tokens.items[t].word] = self->known_number;
      }
    }
  }
}

int lode_matcher_run(lode_matcher *self, const lode_match_hooks *hooks, lode_err *err) {
  const lode_rules *rules = self->rules;
  lode_vm *vm = self->vm;
  int code = 0;
  vm->rules = rules;
  vm->page = self->page;
  vm->annotations = &self->annotations;
  vm->hooks = hooks;
  vm->classes = self->token_classes;
  vm->rows = self->classes.rows;
  vm->known = self->known;
  vm->known_cap = self->known_cap;
  vm->known_number = self->known_number;
  vm->row_words = self->classes.row_words;
  vm->trace = self->trace;
  vm->memo_always = self->memo_always;
  if (self->trace != NULL && vm->path == NULL) {
    vm->path = calloc(2 * LODE_TRACE_PATH, sizeof *vm->path);
    if (vm->path == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a trace");
    vm->best = vm->path + LODE_TRACE_PATH;
  }
  for (uint32_t g = 0; g < rules->group_count && code == 0;) {
    int32_t phase = rules->groups[g].phase;
    uint32_t first = self->match_count;
    for (; g < rules->group_count && rules->groups[g].phase == phase && code == 0; g++)
      code = run_group(self, &rules->groups[g], hooks, err);
    if (code != 0) break;
    if (self->match_count == first) continue;
    qsort(self->matches + first, self->match_count - first, sizeof *self->matches, by_place);
    code = lode__settle(self, first, hooks, err);
    note_known(self);
  }
  for (uint32_t m = 0; m < self->match_count; m++)
    if (self->matches[m].state == LODE_MATCH_KEPT) self->stats[self->matches[m].rule].kept++;
  return code;
}

bool lode_matcher_holds(const lode_matcher *self, const lode_need *need, uint32_t begin, uint32_t end) {
  start_finder finder = {.matcher = self, .begin = begin, .end = end};
  return find_need(&finder, need, begin) < end;
}

const lode_capture *lode_match_capture(const lode_matcher *self, const lode_match *match, uint32_t name, uint32_t n) {
  for (uint32_t i = 0; i < match->capture_count; i++) {
    const lode_capture *capture = &self->captures[match->first_capture + i];
    if (capture->name == name && n-- == 0) return capture;
  }
  return NULL;
}
