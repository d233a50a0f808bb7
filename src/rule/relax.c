#include "relax.h"

#include "mem.h"
#include <stdlib.h>

typedef struct relaxer {
  lode_patterns *patterns;
  uint32_t capture;
  lode_pattern *made; /* by node: itself in the new tree, LODE_NO_PATTERN: not asked yet */
  uint8_t *seen;
  uint32_t known; /* nodes there were before */
  lode_pattern *parts;
  uint32_t part_count;
  lode_err *err;
} relaxer;

static lode_pattern_node node_of(const relaxer *self, lode_pattern id) {
  return *lode_pattern_get(self->patterns, id);
}

/* ---- the parts ---- */

/* Looks are dropped whole, and single tokens stand for themselves. */
static bool has_parts(const lode_pattern_node *node) {
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_SEQ:
    case LODE_PATTERN_CHOICE:
    case LODE_PATTERN_REPEAT:
    case LODE_PATTERN_OPT:
    case LODE_PATTERN_CAPTURE:
    case LODE_PATTERN_MINUS: return !node->single;
    default: return false;
  }
}

static void collect(relaxer *self, lode_pattern id) {
  if (id == LODE_NO_PATTERN || self->seen[id]) return;
  lode_pattern_node node = node_of(self, id);
  self->seen[id] = 1;
  self->parts[self->part_count++] = id;
  if (!has_parts(&node)) return;
  collect(self, node.a);
  if (node.kind == LODE_PATTERN_SEQ || node.kind == LODE_PATTERN_CHOICE) collect(self, node.b);
}

/* ---- the same tree with another part ---- */

static lode_pattern rebuild(relaxer *self, lode_pattern id);

static lode_pattern rebuild_parts(relaxer *self, const lode_pattern_node *node) {
  lode_patterns *p = self->patterns;
  bool lazy = (node->flags & LODE_PATTERN_LAZY) != 0;
  lode_pattern a = rebuild(self, node->a);
  lode_pattern b = node->b == LODE_NO_PATTERN || a == LODE_NO_PATTERN ? LODE_NO_PATTERN : rebuild(self, node->b);
  if (a == LODE_NO_PATTERN || (node->b != LODE_NO_PATTERN && b == LODE_NO_PATTERN)) return LODE_NO_PATTERN;
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_SEQ: return lode_pattern_seq(p, a, b, self->err);
    case LODE_PATTERN_CHOICE: return lode_pattern_choice(p, a, b, self->err);
    case LODE_PATTERN_REPEAT: return lode_pattern_repeat(p, a, node->min, node->max, lazy, self->err);
    case LODE_PATTERN_OPT: return lode_pattern_opt(p, a, lazy, self->err);
    case LODE_PATTERN_MINUS: return lode_pattern_minus(p, a, b, self->err);
    default: return lode_pattern_capture(p, node->data, a, (node->flags & LODE_PATTERN_ALL) != 0, self->err);
  }
}

static lode_pattern rebuild(relaxer *self, lode_pattern id) {
  if (self->made[id] != LODE_NO_PATTERN) return self->made[id];
  lode_pattern_node node = node_of(self, id);
  lode_pattern out = id;
  if (has_parts(&node)) {
    self->patterns->at[0] = node.at[0];
    self->patterns->at[1] = node.at[1];
    out = rebuild_parts(self, &node);
  }
  self->made[id] = out;
  return out;
}

/* ---- what is made of a part ---- */

static lode_pattern loosen_repeat(relaxer *self, const lode_pattern_node *node, const char **change) {
  bool lazy = (node->flags & LODE_PATTERN_LAZY) != 0;
  if (node->max != LODE_UNBOUNDED && node->max > 1) {
    *change = "without an upper bound";
    uint32_t most = node->max > 16 ? node->max : 16;
    return lode_pattern_repeat(self->patterns, node->a, node->min > 0 ? 1 : 0, most, lazy, self->err);
  }
  if (node->min < 2) return LODE_NO_PATTERN;
  *change = "once or more";
  return lode_pattern_repeat(self->patterns, node->a, 1, LODE_UNBOUNDED, lazy, self->err);
}

static lode_pattern loosen_gap(relaxer *self, const lode_pattern_node *node, const char **change) {
  bool greedy = (node->flags & LODE_PATTERN_LAZY) == 0;
  *change = "reaching 16 tokens farther";
  if (node->max + LODE_RELAX_GAP > LODE_PATTERN_BOUND) return LODE_NO_PATTERN;
  return lode_pattern_gap(self->patterns, node->max + LODE_RELAX_GAP, node->a, greedy, self->err);
}

static lode_pattern loosen(relaxer *self, lode_pattern id, const char **change) {
  lode_patterns *p = self->patterns;
  lode_pattern_node node = node_of(self, id);
  lode_pattern any;
  if (node.kind == LODE_PATTERN_MINUS) {
    *change = "without what it leaves out";
    return node.a;
  }
  if (node.kind == LODE_PATTERN_ANY) return LODE_NO_PATTERN;
  if (node.single || node.kind == LODE_PATTERN_KNOWN) {
    *change = "any token";
    return lode_pattern_any(p, self->err);
  }
  switch ((lode_pattern_kind)node.kind) {
    case LODE_PATTERN_ANN:
      *change = "any one to four tokens";
      any = lode_pattern_any(p, self->err);
      return any == LODE_NO_PATTERN ? any : lode_pattern_repeat(p, any, 1, LODE_RELAX_ANN, true, self->err);
    case LODE_PATTERN_GAP: return loosen_gap(self, &node, change);
    case LODE_PATTERN_REPEAT: return loosen_repeat(self, &node, change);
    case LODE_PATTERN_NOT:
    case LODE_PATTERN_AHEAD:
    case LODE_PATTERN_BEHIND:
    case LODE_PATTERN_SAME:
    case LODE_PATTERN_EDGE:
    case LODE_PATTERN_INSIDE: *change = "left out"; return lode_pattern_empty(p, self->err);
    default: return LODE_NO_PATTERN;
  }
}

static int relax_part(relaxer *self, lode_pattern match, lode_pattern part, lode_relaxed *out, uint32_t *count) {
  lode_err_clear(self->err);
  lode_pattern_node node = node_of(self, part);
  self->patterns->at[0] = node.at[0];
  self->patterns->at[1] = node.at[1];
  const char *change = NULL;
  lode_pattern loose = loosen(self, part, &change);
  if (loose == LODE_NO_PATTERN) return self->err->code;
  loose = lode_pattern_capture(self->patterns, self->capture, loose, true, self->err);
  if (loose == LODE_NO_PATTERN) return self->err->code;
  for (uint32_t i = 0; i < self->known; i++) self->made[i] = LODE_NO_PATTERN;
  self->made[part] = loose;
  lode_pattern whole = rebuild(self, match);
  if (whole == LODE_NO_PATTERN) return self->err->code == LODE_E_NOMEM ? LODE_E_NOMEM : 0; /* too deep: no variant */
  out[(*count)++] = (lode_relaxed){part, whole, change};
  return 0;
}

int lode_relax(lode_patterns *self, lode_pattern match, uint32_t capture, uint32_t most, lode_relaxed **out,
               uint32_t *count, lode_err *err) {
  uint32_t known = self->count;
  relaxer job = {.patterns = self, .capture = capture, .known = known, .err = err};
  job.made = calloc(known, sizeof *job.made);
  job.seen = calloc(known, 1);
  job.parts = calloc(known, sizeof *job.parts);
  *out = calloc((size_t)known + 1, sizeof **out);
  *count = 0;
  int code = job.made == NULL || job.seen == NULL || job.parts == NULL || *out == NULL ? LODE_E_NOMEM : 0;
  if (code != 0) lode_fail(err, code, "out of memory: relaxing a rule");
  lode_frame at[2] = {self->at[0], self->at[1]};
  if (code == 0) collect(&job, match);
  for (uint32_t i = 0; i < job.part_count && code == 0 && *count < most; i++)
    code = relax_part(&job, match, job.parts[i], *out, count);
  self->at[0] = at[0];
  self->at[1] = at[1];
  free(job.made);
  free(job.seen);
  free(job.parts);
  return code;
}
