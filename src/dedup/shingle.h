/* shingle.h - a text as the set of its word shingles, one 32-bit hash each.
 *
 * A word is what stands between white space, case-folded (NFKC), without its punctuation: "Don't," is "dont", so that
 * white space, case and punctuation change nothing.  En and em dashes and "…" part words; Han, kana, Thai, Lao, Khmer
 * and Burmese, which have no spaces, go letter by letter.  A shingle is three words in a row; a text of one or two
 * words is one shingle.
 *
 * Why three words.  Where one word in five was changed, three-word shingles keep a Jaccard of .37 to the original,
 * five-word shingles .2, which is what two texts with a few sentences in common have too (tests/bench/dedup).
 *
 * Why no ids.  A shingle needs a hash of its words, not their number in a table: the hash of a word of 16 bytes at most
 * is one product of its register, which costs less than the look-up (a cache line each) and means the same in every
 * process, so signatures can be sent and kept.
 *
 * Invariants: the hashes are distinct, never 0, in order of first appearance, the same for every machine and every
 *             cut of the input.  Two different shingles share a hash with chance 2^-32: of 1000 pairs of pages of
 *             2 KB, 0.03 have such a pair, which moves their Jaccard by .002.
 * Lifetime   What lode_shingles_of fills is good until its next call; zeroed is ready; lode_shingles_free ends it.
 * Cost       ASCII: 1.2 ns a byte. Words beyond ASCII are folded once and then remembered by their bytes' hash.
 */
#ifndef LODE_SHINGLE_H
#define LODE_SHINGLE_H
#include "buf.h"

enum { LODE_SHINGLE_WORDS = 3 };

/* A set of hashes for asking and for counting: open addressing, 0 where free. */
typedef struct lode_hashset {
  uint32_t *slots;
  uint32_t mask; /* slots - 1 */
  size_t cap;    /* slots held in memory */
} lode_hashset;

typedef struct lode_word_memo {
  uint64_t bytes, word; /* hash of the bytes as written, hash of the folded word */
} lode_word_memo;

typedef struct lode_shingles {
  uint32_t *items; /* the set */
  size_t count;
  size_t word_count;
  _Bool portable; /* set it to use no kernel of this processor: for tests */
  /* Its own: */
  uint64_t *words; /* hashes, in order */
  size_t item_cap, word_cap;
  lode_hashset set;
  lode_word_memo *memo;
  lode_buf folded, slow;
} lode_shingles;

/* The shingles of a text; any bytes are text, and what is no UTF-8 parts words. */
int lode_shingles_of(lode_shingles *self, const char *text, size_t len, lode_err *err);
void lode_shingles_free(lode_shingles *self);

/* Empty the set, with room for `count` hashes. */
int lode_hashset_begin(lode_hashset *self, size_t count, lode_err *err);
void lode_hashset_free(lode_hashset *self);

/* Add a hash; 1 where it was new. */
static inline unsigned lode_hashset_add(lode_hashset *self, uint32_t hash) {
  uint32_t at = hash & self->mask;
  while (self->slots[at] != 0) {
    if (self->slots[at] == hash) return 0;
    at = (at + 1) & self->mask;
  }
  self->slots[at] = hash;
  return 1;
}

static inline unsigned lode_hashset_has(const lode_hashset *self, uint32_t hash) {
  uint32_t at = hash & self->mask, have = self->slots[at];
  /* One branch, which is seldom taken: whether the hash is there is never guessed. */
  while ((have != 0) & (have != hash)) have = self->slots[at = (at + 1) & self->mask];
  return have == hash;
}

#endif
