#include "copies.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>

enum {
  SAMPLE_MOST = 32, /* hashes that a sketch is expected to have at most, up to LEVEL_MOST */
  LEVEL_MOST = 4,
  PAIR = 1,             /* the bit of a key that tells pairs from single hashes */
  CANDIDATES = 64,      /* compared by their sketches for one unit */
  PROOFS = 16,          /* verified for one unit */
  COMMON_LEAST = 6,     /* shingles that a pair below NEARLY_SAME shares */
  CONTAINED_LEAST = 16, /* shingles of a unit that can be contained */
  LONGER_MOST = 8,      /* times that the containing unit may be as long */
};
#define NEARLY_SAME .8

typedef struct hit {
  uint32_t unit, score;
} hit;

typedef struct candidate {
  uint32_t unit;
  float promise; /* the larger of the estimates, each as a part of its threshold */
} candidate;

typedef struct proof {
  uint32_t unit;
  lode_copies_verdict verdict;
} proof;

struct lode_copies {
  lode_copies_options options;
  lode_copies_unit *units;
  uint32_t count, cap;
  lode_store shingles, samples;
  lode_postings postings;
  uint32_t *exact; /* unit + 1 by the hash of its bytes; 0 where free */
  size_t exact_cap;
  /* For the unit at hand: */
  lode_buf keys, ahead, hits, scratch, other;
  const uint32_t *ahead_of; /* the sketch that `ahead` holds the keys of, or NULL */
  lode_hashset set;
};

int lode_copies_open(lode_copies **out, const lode_copies_options *options, lode_err *err) {
  lode_copies *self = calloc(1, sizeof *self);
  *out = self;
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  self->options = *options;
  lode_store_init(&self->shingles, options->memory);
  lode_store_init(&self->samples, SIZE_MAX);
  return 0;
}

void lode_copies_free(lode_copies *self) {
  if (self == NULL) return;
  free(self->units);
  free(self->exact);
  lode_store_free(&self->shingles);
  lode_store_free(&self->samples);
  lode_postings_free(&self->postings);
  lode_buf_free(&self->keys);
  lode_buf_free(&self->ahead);
  lode_buf_free(&self->hits);
  lode_buf_free(&self->scratch);
  lode_buf_free(&self->other);
  lode_hashset_free(&self->set);
  free(self);
}

uint32_t lode_copies_count(const lode_copies *self) {
  return self->count;
}

size_t lode_copies_bytes(const lode_copies *self) {
  return self->cap * sizeof *self->units + self->exact_cap * sizeof *self->exact + self->shingles.held +
         self->samples.held + lode_postings_bytes(&self->postings);
}

uint32_t lode_copies_cluster(lode_copies *self, uint32_t unit) {
  lode_copies_unit *units = self->units;
  while (units[unit].parent != unit) {
    units[unit].parent = units[units[unit].parent].parent;
    unit = units[unit].parent;
  }
  return unit;
}

/* --- sketches --- */

unsigned lode_sketch_level(size_t count) {
  unsigned level = 0;
  while (level < LEVEL_MOST && count > (size_t)SAMPLE_MOST << level) level++;
  return level;
}

static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Distinct values: few are put where as many are smaller, which needs no branch that guesses. */
static void sort_values(uint32_t *items, size_t count) {
  enum { FEW = 64, STEP = 8 };
  uint32_t from[FEW];
  if (count > FEW) {
    qsort(items, count, sizeof *items, by_value);
    return;
  }
  size_t steps = (count + STEP - 1) / STEP;
  for (size_t i = 0; i < steps * STEP; i++) from[i] = i < count ? items[i] : UINT32_MAX;
  for (size_t i = 0; i < count; i++) {
    uint32_t smaller[STEP] = {0}, place = 0;
    for (size_t k = 0; k < steps; k++)
      for (size_t s = 0; s < STEP; s++) smaller[s] += from[k * STEP + s] < from[i];
    for (size_t s = 0; s < STEP; s++) place += smaller[s];
    items[place] = from[i];
  }
}

size_t lode_sketch_of(const uint32_t *shingles, size_t count, unsigned level, uint32_t *out) {
  const uint32_t most = UINT32_MAX >> level;
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    out[n] = shingles[i];
    n += shingles[i] <= most;
  }
  sort_values(out, n);
  return n;
}

lode_sketch_counts lode_sketch_compare(const uint32_t *a, size_t a_count, unsigned a_level, const uint32_t *b,
                                       size_t b_count, unsigned b_level) {
  const uint32_t most = UINT32_MAX >> (a_level > b_level ? a_level : b_level);
  lode_sketch_counts counts = {0, 0, 0};
  while (a_count > 0 && a[a_count - 1] > most) a_count--;
  while (b_count > 0 && b[b_count - 1] > most) b_count--;
  counts.a = a_count;
  counts.b = b_count;
  for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
    uint32_t x = a[i], y = b[k];
    counts.both += x == y;
    i += x <= y;
    k += y <= x;
  }
  return counts;
}

/* --- equal bytes --- */

static size_t exact_home(const lode_copies *self, lode_hash128_value bytes) {
  return (size_t)bytes.low & (self->exact_cap - 1);
}

/* The slot of a unit with these bytes, or the free one. */
static uint32_t *exact_slot(const lode_copies *self, lode_hash128_value bytes) {
  size_t at = exact_home(self, bytes);
  for (; self->exact[at] != 0; at = (at + 1) & (self->exact_cap - 1)) {
    lode_hash128_value have = self->units[self->exact[at] - 1].bytes;
    if (have.low == bytes.low && have.high == bytes.high) break;
  }
  return &self->exact[at];
}

static int grow_exact(lode_copies *self, lode_err *err) {
  if ((size_t)self->count * 3 < self->exact_cap * 2) return 0;
  size_t old_cap = self->exact_cap, cap = old_cap == 0 ? 1024 : old_cap * 2;
  uint32_t *old = self->exact, *slots = calloc(cap, sizeof *slots);
  if (slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu units", cap);
  self->exact = slots;
  self->exact_cap = cap;
  for (size_t i = 0; i < old_cap; i++)
    if (old[i] != 0) *exact_slot(self, self->units[old[i] - 1].bytes) = old[i];
  free(old);
  return 0;
}

/* --- proof --- */

lode_copies_verdict lode_copies_judge(double threshold, double containment, size_t a, size_t b, size_t both) {
  size_t small = a < b ? a : b, large = a < b ? b : a;
  lode_copies_verdict v = {false, 0, 0};
  if (small == 0) return v;
  v.similarity = (double)both / (double)(a + b - both);
  v.containment = (double)both / (double)small;
  bool enough = both >= COMMON_LEAST || v.similarity >= NEARLY_SAME;
  bool contained = small >= CONTAINED_LEAST && small * LONGER_MOST >= large && v.containment >= containment;
  v.verified = (enough && v.similarity >= threshold) || contained;
  return v;
}

/* The same by this index's thresholds, scaled. */
static lode_copies_verdict judge(const lode_copies *self, size_t a, size_t b, size_t both, double by) {
  return lode_copies_judge(self->options.threshold * by, self->options.containment * by, a, b, both);
}

static int count_common(lode_copies *self, uint32_t unit, size_t *both, lode_err *err) {
  const lode_copies_unit *other = &self->units[unit];
  const uint32_t *items = lode_store_get(&self->shingles, other->shingles, other->count, &self->scratch, err);
  if (items == NULL) return err != NULL ? err->code : LODE_E_IO;
  const lode_hashset set = self->set;
  size_t n = 0;
  for (uint32_t i = 0; i < other->count; i++) n += lode_hashset_has(&set, items[i]);
  *both = n;
  return 0;
}

static int fill_set(lode_copies *self, const uint32_t *shingles, size_t count, lode_err *err) {
  int code = lode_hashset_begin(&self->set, count, err);
  for (size_t i = 0; i < count && code == 0; i++) lode_hashset_add(&self->set, shingles[i]);
  return code;
}

static bool lengths_fit(size_t a, size_t b) {
  return a <= b * LONGER_MOST && b <= a * LONGER_MOST;
}

/* The shingles that two units share, both added before. */
static int count_shared(lode_copies *self, uint32_t a, uint32_t b, size_t *both, lode_err *err) {
  const lode_copies_unit *left = &self->units[a];
  *both = 0;
  const uint32_t *items = lode_store_get(&self->shingles, left->shingles, left->count, &self->other, err);
  if (items == NULL) return err != NULL ? err->code : LODE_E_IO;
  int code = fill_set(self, items, left->count, err);
  return code != 0 ? code : count_common(self, b, both, err);
}

/* Whether two units, both added before, reach half of a threshold. */
static int half_alike(lode_copies *self, uint32_t a, uint32_t b, bool *yes, lode_err *err) {
  size_t both, left = self->units[a].count, right = self->units[b].count;
  *yes = false;
  if (!lengths_fit(left, right)) return 0;
  int code = count_shared(self, a, b, &both, err);
  if (code == 0) *yes = judge(self, left, right, both, .5).verified;
  return code;
}

int lode_copies_compare(lode_copies *self, uint32_t a, uint32_t b, lode_copies_verdict *out, lode_err *err) {
  const lode_copies_unit *left = &self->units[a], *right = &self->units[b];
  size_t both;
  if (left->bytes.low == right->bytes.low && left->bytes.high == right->bytes.high) {
    *out = (lode_copies_verdict){true, 1, 1};
    return 0;
  }
  int code = count_shared(self, a, b, &both, err);
  if (code == 0) *out = judge(self, left->count, right->count, both, 1);
  return code;
}

/* --- candidates --- */

static uint64_t spread(uint64_t x) {
  x = (x ^ x >> 32) * 0x9E3779B97F4A7C15u;
  return (x ^ x >> 29) * 0xBF58476D1CE4E5B9u;
}

/* The keys of a sketch, each hash of the lowest quarter and each two neighbours; and where they stand on its way here. */
static int make_keys(lode_copies *self, const lode_signature *unit, lode_buf *out, lode_err *err) {
  const uint32_t *sketch = unit->sketch;
  unsigned level = lode_sketch_level(unit->count);
  uint32_t single = level == 0 ? UINT32_MAX : UINT32_MAX >> (level + 2);
  out->len = 0;
  int code = lode_buf_reserve(out, lode_size_mul(unit->sketch_count, 2 * sizeof(uint64_t)), err);
  if (code != 0) return code;
  uint64_t *keys = (uint64_t *)(void *)out->ptr;
  size_t n = 0;
  for (size_t i = 0; i < unit->sketch_count; i++) {
    if (sketch[i] <= single) keys[n++] = spread(sketch[i]) & ~(uint64_t)PAIR;
    if (i + 1 < unit->sketch_count) keys[n++] = spread((uint64_t)sketch[i] << 32 | sketch[i + 1]) | PAIR;
  }
  for (size_t i = 0; i < n; i++) __builtin_prefetch(lode_postings_home(&self->postings, keys[i]));
  out->len = n * sizeof *keys;
  return 0;
}

/* The keys of the unit, and those of the next one on their way. */
static int take_keys(lode_copies *self, const lode_signature *unit, const lode_signature *next, lode_err *err) {
  int code = 0;
  if (self->ahead_of == unit->sketch && unit->sketch != NULL) {
    lode_buf swap = self->keys;
    self->keys = self->ahead;
    self->ahead = swap;
  } else {
    code = make_keys(self, unit, &self->keys, err);
  }
  self->ahead_of = NULL;
  if (code != 0 || next == NULL) return code;
  code = make_keys(self, next, &self->ahead, err);
  self->ahead_of = next->sketch;
  return code;
}

static int by_unit(const void *a, const void *b) {
  uint32_t x = ((const hit *)a)->unit, y = ((const hit *)b)->unit;
  return (x > y) - (x < y);
}

static void sort_hits(hit *hits, size_t count) {
  if (count > 64) {
    qsort(hits, count, sizeof *hits, by_unit);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    hit h = hits[i];
    size_t k = i;
    for (; k > 0 && hits[k - 1].unit > h.unit; k--) hits[k] = hits[k - 1];
    hits[k] = h;
  }
}

/* The units met by the keys, each once with its score: 1 for a single hash, 2 for a pair. */
static int find_hits(lode_copies *self, hit **out, size_t *out_count, lode_err *err) {
  const uint64_t *keys = (const uint64_t *)(const void *)self->keys.ptr;
  size_t key_count = self->keys.len / sizeof *keys, n = 0;
  self->hits.len = 0;
  int code = lode_buf_reserve(&self->hits, key_count * LODE_POSTING_MOST * sizeof(hit), err);
  if (code != 0) return code;
  hit *hits = (hit *)(void *)self->hits.ptr;
  for (size_t i = 0; i < key_count; i++) {
    uint32_t units[LODE_POSTING_MOST];
    size_t end;
    unsigned found = lode_postings_get(&self->postings, keys[i], units, &end);
    if (found == LODE_POSTING_MOST) continue;
    for (unsigned u = 0; u < found; u++) hits[n++] = (hit){units[u], keys[i] & PAIR ? 2 : 1};
  }
  sort_hits(hits, n);
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    if (kept > 0 && hits[kept - 1].unit == hits[i].unit) hits[kept - 1].score += hits[i].score;
    else hits[kept++] = hits[i];
  }
  *out = hits;
  *out_count = kept;
  return 0;
}

/* How near the sketches say that a unit is to being verified; below .5 it is not tried. */
static float promise_of(lode_copies *self, const lode_signature *unit, uint32_t earlier, lode_err *err) {
  const lode_copies_unit *other = &self->units[earlier];
  if (!lengths_fit(unit->count, other->count)) return 0;
  const uint32_t *items = lode_store_get(&self->samples, other->samples, other->sample_count, &self->scratch, err);
  lode_sketch_counts c = lode_sketch_compare(unit->sketch, unit->sketch_count, lode_sketch_level(unit->count), items,
                                             other->sample_count, lode_sketch_level(other->count));
  size_t small = c.a < c.b ? c.a : c.b;
  if (c.both == 0) return 0;
  double alike = (double)c.both / (double)(c.a + c.b - c.both) / self->options.threshold;
  double contained = (double)c.both / (double)small / self->options.containment;
  return (float)(alike > contained ? alike : contained);
}

static int by_promise(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->promise != y->promise) return x->promise < y->promise ? 1 : -1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

static int by_score(const void *a, const void *b) {
  const hit *x = a, *y = b;
  if (x->score != y->score) return x->score < y->score ? 1 : -1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Three short loops: the memory that one asks for is there for the next. */
static size_t choose(lode_copies *self, hit *hits, size_t hit_count, const lode_signature *unit,
                     candidate out[CANDIDATES]) {
  size_t likely = hit_count < CANDIDATES ? hit_count : CANDIDATES, n = 0;
  if (hit_count > CANDIDATES) qsort(hits, hit_count, sizeof *hits, by_score);
  for (size_t i = 0; i < likely; i++) {
    out[i].unit = hits[i].unit;
    __builtin_prefetch(&self->units[hits[i].unit]);
  }
  for (size_t i = 0; i < likely; i++) {
    lode_place at = self->units[out[i].unit].samples;
    __builtin_prefetch(self->samples.blocks[at.block].items + at.at); /* samples are never spooled */
  }
  for (size_t i = 0; i < likely; i++) {
    float promise = promise_of(self, unit, out[i].unit, NULL);
    if (promise < .5f) continue;
    out[n++] = (candidate){out[i].unit, promise};
    lode_place at = self->units[out[i].unit].shingles;
    const lode_block *block = &self->shingles.blocks[at.block];
    for (size_t line = 0; line < 4 && block->items != NULL; line++) /* the processor goes on by itself */
      __builtin_prefetch(block->items + at.at + line * 16);
  }
  if (n > 1) qsort(out, n, sizeof *out, by_promise);
  return n;
}

/* Verify candidates until each of their clusters has a verified unit, the most promising first. */
static int prove(lode_copies *self, const candidate *candidates, size_t candidate_count, const lode_signature *of,
                 proof out[PROOFS], size_t *out_count, lode_err *err) {
  size_t tries = 0;
  *out_count = 0;
  for (size_t i = 0; i < candidate_count && tries < PROOFS; i++) {
    uint32_t unit = candidates[i].unit, cluster = lode_copies_cluster(self, unit);
    bool known = false;
    for (size_t k = 0; k < *out_count && !known; k++) known = lode_copies_cluster(self, out[k].unit) == cluster;
    if (known) continue;
    size_t both = 0;
    int code = tries++ > 0 ? 0 : fill_set(self, of->shingles, of->count, err);
    if (code == 0) code = count_common(self, unit, &both, err);
    if (code != 0) return code;
    proof p = {unit, judge(self, of->count, self->units[unit].count, both, 1)};
    if (p.verdict.verified) out[(*out_count)++] = p;
  }
  return 0;
}

/* --- adding --- */

static int new_unit(lode_copies *self, lode_hash128_value bytes, size_t count, lode_err *err) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, (size_t)self->cap + 1024);
    if (cap >= LODE_NO_UNIT) return lode_fail(err, LODE_E_LIMIT, "an index holds at most 2^32 - 2 units");
    lode_copies_unit *units = realloc(self->units, lode_size_mul(cap, sizeof *units));
    if (units == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu units", cap);
    self->units = units;
    self->cap = (uint32_t)cap;
  }
  int code = grow_exact(self, err);
  if (code != 0) return code;
  self->units[self->count] =
      (lode_copies_unit){.bytes = bytes, .count = (uint32_t)count, .parent = self->count, .copy_of = self->count};
  return 0;
}

/* The verified pair (unit, other) joins their clusters, if it may. */
static int join(lode_copies *self, uint32_t unit, uint32_t other, lode_err *err) {
  uint32_t a = lode_copies_cluster(self, unit), b = lode_copies_cluster(self, other);
  bool yes = a == unit && b == other; /* it is the pair of their first units itself */
  if (a == b) return 0;
  int code = yes ? 0 : half_alike(self, a, b, &yes, err);
  if (code == 0 && yes) self->units[a > b ? a : b].parent = a > b ? b : a;
  return code;
}

/* Join the unit to the clusters of its proofs: best first, and the rest in input order.  It is a copy in the first that
 * takes it. */
static int join_all(lode_copies *self, uint32_t unit, const proof *proofs, size_t count, lode_copies_answer *out,
                    lode_err *err) {
  size_t best = 0;
  int code = 0;
  for (size_t i = 1; i < count; i++)
    if (proofs[i].verdict.similarity > proofs[best].verdict.similarity) best = i;
  for (size_t k = 0; k < count && code == 0; k++) {
    const proof *p = &proofs[k == 0 ? best : k <= best ? k - 1 : k];
    uint32_t cluster = lode_copies_cluster(self, p->unit);
    code = join(self, unit, p->unit, err);
    if (code != 0 || out->duplicate_of != LODE_NO_UNIT || lode_copies_cluster(self, unit) == unit) continue;
    out->match = p->unit;
    out->similarity = p->verdict.similarity;
    out->containment = p->verdict.containment;
    out->duplicate_of = cluster;
  }
  return code;
}

/* A key that a unit of the same cluster has already leads there. */
static int post(lode_copies *self, uint32_t unit, lode_err *err) {
  const uint64_t *keys = (const uint64_t *)(const void *)self->keys.ptr;
  uint32_t cluster = lode_copies_cluster(self, unit);
  int code = 0;
  for (size_t i = 0; i < self->keys.len / sizeof *keys && code == 0; i++) {
    uint32_t units[LODE_POSTING_MOST];
    size_t end;
    unsigned found = lode_postings_get(&self->postings, keys[i], units, &end);
    bool there = found == LODE_POSTING_MOST;
    for (unsigned u = 0; u < found && !there && cluster != unit; u++)
      there = lode_copies_cluster(self, units[u]) == cluster;
    if (!there) code = lode_postings_add(&self->postings, keys[i], found, end, unit, err);
  }
  return code;
}

static int add_set(lode_copies *self, const lode_signature *unit, lode_copies_answer *out, lode_err *err) {
  candidate candidates[CANDIDATES];
  proof proofs[PROOFS];
  hit *hits = NULL;
  size_t hit_count = 0, proof_count = 0;
  int code = find_hits(self, &hits, &hit_count, err);
  if (code != 0) return code;
  size_t n = choose(self, hits, hit_count, unit, candidates);
  code = prove(self, candidates, n, unit, proofs, &proof_count, err);
  lode_copies_unit *u = &self->units[out->unit];
  u->sample_count = unit->sketch_count;
  if (code == 0) code = lode_store_add(&self->samples, unit->sketch, unit->sketch_count, &u->samples, err);
  if (code == 0) code = lode_store_add(&self->shingles, unit->shingles, unit->count, &u->shingles, err);
  if (code == 0 && proof_count > 0) code = join_all(self, out->unit, proofs, proof_count, out, err);
  return code == 0 ? post(self, out->unit, err) : code;
}

int lode_copies_add(lode_copies *self, const lode_signature *unit, const lode_signature *next, lode_copies_answer *out,
                    lode_err *err) {
  *out = (lode_copies_answer){.unit = self->count, .duplicate_of = LODE_NO_UNIT, .match = LODE_NO_UNIT};
  int code = new_unit(self, unit->bytes, unit->count, err);
  if (code == 0) code = take_keys(self, unit, next, err);
  if (code != 0) return code;
  if (next != NULL) __builtin_prefetch(&self->exact[exact_home(self, next->bytes)]);
  uint32_t *slot = exact_slot(self, unit->bytes);
  if (*slot != 0) { /* the same bytes: the same set, and where the earlier one is, this one is */
    uint32_t first = *slot - 1;
    lode_copies_unit copy = self->units[first];
    copy.parent = lode_copies_cluster(self, first);
    copy.copy_of = first;
    self->units[self->count] = copy;
    *out = (lode_copies_answer){self->count, copy.parent, first, 1, 1, true};
  } else {
    *slot = self->count + 1;
    code = add_set(self, unit, out, err);
  }
  if (code == 0) self->count++;
  return code;
}
