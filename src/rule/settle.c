/* settle.c - overlaps inside a label: the longest wins, then priority, then the earlier rule, then the earlier start.
 *
 * Candidates are taken best first; one that touches an accepted one is lost to the first it touches.  Sorted by
 * start they fall into clusters that do not touch, mostly of one; only inside a cluster is there anything to decide.
 */
#include "settle.h"

#include "mem.h"
#include <stdlib.h>

typedef struct candidate {
  uint32_t label, match, begin, end, rule;
  int32_t priority;
} candidate;

static int by_place(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->label != y->label) return x->label < y->label ? -1 : 1;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->match < y->match ? -1 : x->match > y->match;
}

static int by_worth(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  uint32_t x_len = x->end - x->begin, y_len = y->end - y->begin;
  if (x_len != y_len) return x_len > y_len ? -1 : 1;
  if (x->priority != y->priority) return x->priority > y->priority ? -1 : 1;
  if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
  return by_place(a, b);
}

static lode_match_state reason(const candidate *winner, const candidate *loser) {
  if (winner->end - winner->begin != loser->end - loser->begin) return LODE_MATCH_LOST_LENGTH;
  if (winner->priority != loser->priority) return LODE_MATCH_LOST_PRIORITY;
  return winner->rule != loser->rule ? LODE_MATCH_LOST_RULE : LODE_MATCH_LOST_START;
}

/* The place among the accepted (sorted by start, apart from one another) where the first one ends after `begin`. */
static size_t accepted_at(const candidate *accepted, size_t count, uint32_t begin) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (accepted[mid].end <= begin) low = mid + 1;
    else high = mid;
  }
  return low;
}

static void settle_cluster(lode_matcher *self, candidate *items, size_t count, candidate *accepted) {
  size_t used = 0;
  qsort(items, count, sizeof *items, by_worth);
  for (size_t i = 0; i < count; i++) {
    size_t at = accepted_at(accepted, used, items[i].begin);
    if (at < used && accepted[at].begin < items[i].end) {
      /* Of several winners that it touches, name the one that says most: the best of them. */
      size_t best = at;
      for (size_t k = at + 1; k < used && accepted[k].begin < items[i].end; k++)
        if (by_worth(&accepted[k], &accepted[best]) < 0) best = k;
      lode_match *lost = &self->matches[items[i].match];
      lost->state = reason(&accepted[best], &items[i]);
      lost->winner = accepted[best].match;
      self->stats[lost->rule].lost++;
      continue;
    }
    for (size_t k = used; k > at; k--) accepted[k] = accepted[k - 1];
    accepted[at] = items[i];
    used++;
  }
}

/* All of one label, sorted by place. */
static void settle_label(lode_matcher *self, candidate *items, size_t count, candidate *accepted) {
  for (size_t i = 0; i < count;) {
    size_t n = 1;
    uint32_t end = items[i].end;
    for (; i + n < count && items[i + n].begin < end; n++)
      if (items[i + n].end > end) end = items[i + n].end;
    if (n > 1) settle_cluster(self, items + i, n, accepted);
    i += n;
  }
}

/* The label's list anew: what the caller gave, and what stayed.  A match's fields are asked for once. */
static int annotate(lode_matcher *self, uint32_t label, const lode_match_hooks *hooks, const candidate *items,
                    size_t count, lode_err *err) {
  lode_annotation_list *list = &self->annotations.lists[label];
  uint32_t given = 0;
  int code = 0;
  for (uint32_t i = 0; i < list->count; i++)
    if (list->items[i].match == LODE_NO_ID) list->items[given++] = list->items[i];
  list->count = given;
  for (size_t i = 0; i < count && code == 0; i++) {
    uint32_t m = items[i].match;
    lode_match *match = &self->matches[m];
    if (match->state != LODE_MATCH_KEPT) continue;
    if (!match->made && self->rules->cue_count > 0)
      match->cue = lode__find_cue(self->rules->cues, self->rules->cue_count, &self->annotations, self->page, label,
                                  match->begin, match->end);
    if (!match->made && hooks != NULL && hooks->made != NULL) {
      uint64_t fields = 0;
      code = hooks->made(hooks->context, self, m, &fields, err);
      match->fields = fields;
    }
    match->made = true;
    lode_annotation item = {.begin = match->begin, .end = match->end, .match = m, .fields = match->fields};
    if (code == 0) code = lode_annotations_add(&self->annotations, label, item, err);
  }
  return code != 0 ? code : lode_annotations_seal(&self->annotations, label, err);
}

static size_t gather(const lode_matcher *self, candidate *out) {
  size_t n = 0;
  for (uint32_t m = 0; m < self->match_count; m++) {
    const lode_match *match = &self->matches[m];
    const lode_rule_spec *spec = &self->rules->items[match->rule].spec;
    if (match->state == LODE_MATCH_KEPT)
      out[n++] = (candidate){spec->label, m, match->begin, match->end, match->rule, spec->priority};
  }
  return n;
}

int lode__settle(lode_matcher *self, uint32_t first, const lode_match_hooks *hooks, lode_err *err) {
  if (self->match_count == first) return 0;
  candidate *items = malloc(lode_size_mul(self->match_count, 2 * sizeof *items));
  if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: settling %u matches", self->match_count);
  size_t count = gather(self, items);
  int code = 0;
  qsort(items, count, sizeof *items, by_place);
  for (size_t i = 0; i < count && code == 0;) {
    size_t n = 0;
    bool fresh = false;
    for (; i + n < count && items[i + n].label == items[i].label; n++) fresh = fresh || items[i + n].match >= first;
    if (fresh) {
      settle_label(self, items + i, n, items + self->match_count);
      code = annotate(self, items[i].label, hooks, items + i, n, err);
    }
    i += n;
  }
  free(items);
  return code;
}
