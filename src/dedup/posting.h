/* posting.h - which units have a key: a table from 64-bit keys to fewer than LODE_POSTING_MOST units each.
 *
 * A key that stands in so many clusters tells nothing (furniture, phrases that everybody uses): its postings are
 * taken away, and a mark stays.  So neither memory nor time depends on how often a text is repeated.
 *
 *     part: key's upper 2 bits     slots: [ tag | unit + 1 ] ...     open addressing from the tag's cache line on
 *           0: free, ends a chain    [ any | 0 ]: was taken away    [ tag | ~0 ]: full
 *
 * Keys are known by 34 bits: a look-up meets a foreign unit with a chance of about 10^-2 in a table of 10^8, which a sketch then refuses.
 * Cost       8 bytes a posting at a load of 1/2 to 3/4; one cache miss a key (prefetched well before), for which
 *            large parts ask the system for large pages.  The 4 parts grow one by one, by half, so that growing never
 *            holds more than the table and one part of it.
 */
#ifndef LODE_POSTING_H
#define LODE_POSTING_H
#include "err.h"
#include <stdbool.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { LODE_POSTING_MOST = 4, LODE_POSTING_PARTS = 4, LODE_POSTING_LINE = 8 };
#define LODE_POSTING_FULL UINT32_MAX

typedef struct lode_posting_part {
  uint64_t *slots;
  uint32_t cap, used;
} lode_posting_part;

typedef struct lode_postings {
  lode_posting_part parts[LODE_POSTING_PARTS];
} lode_postings;

void lode_postings_free(lode_postings *self); /* zeroed is empty */
size_t lode_postings_bytes(const lode_postings *self);
/* Add a unit to a key that has `have` of them and room at `end`, as get said: the last that it takes makes it full. */
int lode_postings_add(lode_postings *self, uint64_t key, unsigned have, size_t end, uint32_t unit, lode_err *err);

static inline uint32_t lode_posting_tag(uint64_t key) {
  return (uint32_t)(key >> 30);
}

static inline size_t lode_posting_home(const lode_posting_part *part, uint32_t tag) {
  return (size_t)((uint64_t)tag * (part->cap / LODE_POSTING_LINE) >> 32) * LODE_POSTING_LINE;
}

/* What a caller prefetches.  Not done in here: gcc 12 takes a function that only prefetches for one without effect, and
 * drops its calls. */
static inline const void *lode_postings_home(const lode_postings *self, uint64_t key) {
  const lode_posting_part *part = &self->parts[key >> 62];
  return part->cap > 0 ? &part->slots[lode_posting_home(part, lode_posting_tag(key))] : part->slots;
}

/* Of the LODE_POSTING_LINE slots at `slots`, a bit for each: those with the tag and a unit, and those that are free. */
typedef struct lode_posting_bits {
  unsigned tagged, vacant;
} lode_posting_bits;

static inline lode_posting_bits lode_posting_look(const uint64_t *slots, uint32_t tag) {
  lode_posting_bits bits = {0, 0};
#if defined(__SSE2__)
  const __m128i want = _mm_set1_epi32((int)tag), zero = _mm_setzero_si128();
  for (unsigned i = 0; i < LODE_POSTING_LINE; i += 4) {
    __m128 a = _mm_castsi128_ps(_mm_loadu_si128((const __m128i *)(const void *)(slots + i)));
    __m128 b = _mm_castsi128_ps(_mm_loadu_si128((const __m128i *)(const void *)(slots + i + 2)));
    __m128i units = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
    __m128i tags = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
    __m128i none = _mm_cmpeq_epi32(units, zero), same = _mm_andnot_si128(none, _mm_cmpeq_epi32(tags, want));
    none = _mm_and_si128(none, _mm_cmpeq_epi32(tags, zero));
    bits.tagged |= (unsigned)_mm_movemask_ps(_mm_castsi128_ps(same)) << i;
    bits.vacant |= (unsigned)_mm_movemask_ps(_mm_castsi128_ps(none)) << i;
  }
#else
  for (unsigned i = 0; i < LODE_POSTING_LINE; i++) {
    bits.tagged |= (unsigned)(slots[i] >> 32 == tag && (uint32_t)slots[i] != 0) << i;
    bits.vacant |= (unsigned)(slots[i] == 0) << i;
  }
#endif
  return bits;
}

/* The units of a key, in the order they were added; LODE_POSTING_MOST, and none in `units`: the key is full.
 * *end: for add, the free slot that ends its chain. */
static inline unsigned lode_postings_get(const lode_postings *self, uint64_t key, uint32_t units[LODE_POSTING_MOST],
                                         size_t *end) {
  const lode_posting_part *part = &self->parts[key >> 62];
  unsigned count = 0;
  *end = 0;
  if (part->cap == 0) return 0;
  uint32_t tag = lode_posting_tag(key);
  /* By whole lines, where a chain begins too: most keys are met by one look without a branch that guesses. */
  for (size_t at = lode_posting_home(part, tag);;
       at = at + LODE_POSTING_LINE == part->cap ? 0 : at + LODE_POSTING_LINE) {
    lode_posting_bits bits = lode_posting_look(part->slots + at, tag);
    *end = at + (unsigned)__builtin_ctz(bits.vacant | 1u << LODE_POSTING_LINE);
    bits.tagged &= (bits.vacant & (0 - bits.vacant)) - 1; /* those before the chain's end */
    for (; bits.tagged != 0; bits.tagged &= bits.tagged - 1) {
      uint32_t unit = (uint32_t)part->slots[at + (unsigned)__builtin_ctz(bits.tagged)];
      if (unit == LODE_POSTING_FULL || count == LODE_POSTING_MOST - 1) return LODE_POSTING_MOST;
      units[count++] = unit - 1;
    }
    if (bits.vacant != 0) return count;
  }
}

#endif
