/* copies.h - near duplicates: candidates by a sketch, then proof by the whole sets.
 *
 * Units come one by one as sets of shingles (shingle.h).  For each the answer is whether it is a copy of an earlier one,
 * of which, and how alike they are; this never changes.  Clusters grow beside it and are read at the end.
 *
 * Sketch     The shingles whose hash lies below 2^32 / 2^level, in order of their hashes: a sample of the text by values,
 *            not by places, so that two texts sample the shingles they share alike (Broder 1997, "mod m sketches"; the
 *            bottom-k family with a fixed threshold).  level is 0 for up to 32 shingles and then such that 16 to 32 are
 *            expected, but at most 4: from 512 shingles on a sketch holds a 16th.  A unit of few shingles keeps all, so
 *            there is nothing to densify.  Of sketches of two levels the lower threshold is a prefix of both.
 *            Estimators: with a, b and c hashes of A, B and both below the common threshold, J = c / (a + b - c) and
 *            the containment of A in B is c / a.  Both are ratios of a sample without replacement; standard error
 *            sqrt(J (1 - J) / (a + b - c)), .08 at J = .3 and 32 in the union (tests/unit/test_dedup.c).
 * Keys       Each two hashes that are neighbours in the sketch; and each hash of its lowest quarter alone.  Single ones find
 *            the story in a page many times as long; pairs find pages whose every sentence is elsewhere too, since a
 *            pair spans sentences.  Two units with Jaccard J share J^2 |A u B| / 16 pairs, as many as banded min-hashes
 *            of two rows with so many bands would; both kinds of keys together cost 1.25 look-ups a sampled hash.
 *            A unit met by one key is compared by sketches.  Stories found in a page seven times as long: of 40 words
 *            .55, of 100 .86, of 200 .97, of 350 and more all (twice as many single keys, two of which had to meet:
 *            .43, .83, .99, and 4 % more time).
 * Proof      A pair of units is verified where Jaccard reaches `threshold`, or where the containment of the smaller
 *            (at least 16 shingles and an 8th of the larger) reaches `containment`; with fewer than 6 shingles in common
 *            only from Jaccard .8 on.  All counts are exact but for hashes that collide (shingle.h).
 * Clusters   A verified pair joins two clusters if their first units reach half of either threshold, so that chains make no
 *            heaps; a unit that no cluster takes is no copy.  Within a cluster one verified pair is looked for, not all.
 *
 * Invariants: unit numbers are dense, in order of adding; the first unit of a cluster has the lowest number; answers
 *             depend on the units and their order alone.
 * Cost       Each unit: one cache miss a key, asked for one unit ahead, and for candidates one pass over their shingles. Time for
 *            one unit never depends on how many were alike before it.
 * Memory     48 bytes, 4 bytes a sampled hash, 8 / load a key; 4 bytes a shingle up to `memory`, then on disk.
 */
#ifndef LODE_COPIES_H
#define LODE_COPIES_H
#include "hash.h"
#include "posting.h"
#include "shingle.h"
#include "store.h"

#define LODE_NO_UNIT UINT32_MAX

typedef struct lode_copies_options {
  double threshold;   /* Jaccard, above 0 */
  double containment; /* above 1: never */
  size_t memory;      /* bytes for shingles */
} lode_copies_options;
#define LODE_COPIES_DEFAULTS ((lode_copies_options){.threshold = .3, .containment = .75, .memory = (size_t)256 << 20})

/* A unit as it comes: all of it borrowed. */
typedef struct lode_signature {
  lode_hash128_value bytes; /* of the unit as it was read: units of equal bytes are one text */
  const uint32_t *shingles; /* distinct */
  const uint32_t *sketch;   /* lode_sketch_of(shingles, count, lode_sketch_level(count)) */
  uint32_t count, sketch_count;
} lode_signature;

typedef struct lode_copies_answer {
  uint32_t unit;                  /* its number */
  uint32_t duplicate_of;          /* first unit of the cluster that it is a copy in; LODE_NO_UNIT: none */
  uint32_t match;                 /* the unit of that cluster that it was verified against */
  double similarity, containment; /* to `match` */
  _Bool same_bytes;               /* as `match`: nothing that comes later is compared with it */
} lode_copies_answer;

/* What follows from the sizes of two sets and of what they share. */
typedef struct lode_copies_verdict {
  _Bool verified;
  double similarity, containment; /* of the smaller in the larger */
} lode_copies_verdict;
lode_copies_verdict lode_copies_judge(double threshold, double containment, size_t a, size_t b, size_t both);

typedef struct lode_copies_unit {
  lode_hash128_value bytes; /* of the unit as it came; equal ones are one text */
  lode_place shingles, samples;
  uint32_t count, sample_count;
  uint32_t parent;  /* towards the first unit of its cluster */
  uint32_t copy_of; /* equal bytes: the unit that holds the shingles; else itself */
} lode_copies_unit;

typedef struct lode_copies lode_copies;

int lode_copies_open(lode_copies **out, const lode_copies_options *options, lode_err *err);
void lode_copies_free(lode_copies *self);

/* Add a unit.  `next`, unless NULL, is the unit of the following call: the memory that it will need is asked for now. */
int lode_copies_add(lode_copies *self, const lode_signature *unit, const lode_signature *next, lode_copies_answer *out,
                    lode_err *err);

/* How alike two units are that were added. */
int lode_copies_compare(lode_copies *self, uint32_t a, uint32_t b, lode_copies_verdict *out, lode_err *err);

uint32_t lode_copies_count(const lode_copies *self);
/* The first unit of the unit's cluster. */
uint32_t lode_copies_cluster(lode_copies *self, uint32_t unit);
size_t lode_copies_bytes(const lode_copies *self); /* memory held now */

/* The sketch of a set: its hashes below 2^32 >> level, in order, into out (room for count); how many. */
unsigned lode_sketch_level(size_t count);
size_t lode_sketch_of(const uint32_t *shingles, size_t count, unsigned level, uint32_t *out);

typedef struct lode_sketch_counts {
  size_t a, b, both; /* hashes below the common threshold */
} lode_sketch_counts;
lode_sketch_counts lode_sketch_compare(const uint32_t *a, size_t a_count, unsigned a_level, const uint32_t *b,
                                       size_t b_count, unsigned b_level);

#endif
