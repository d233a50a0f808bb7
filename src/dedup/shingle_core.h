/* shingle_core.h - windows of text to hashes of words, and those to the set of shingles, for the kernels of shingle.c;
 * private to src/dedup.
 *
 * One body, compiled for each level that gains by it: with BMI2 a mask costs half as many instructions.  Every level
 * gives the same hashes. */
#ifndef LODE_SHINGLE_CORE_H
#define LODE_SHINGLE_CORE_H
#include "bits.h"
#include "hash.h"
#include "letters.h"
#include "mem.h"
#include "shingle.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* WINDOW bytes are looked at in one step, and a word's first 16 are loaded whole: so much must follow a window. */
enum { WINDOW = 64, BEYOND = 16, WORD_BYTES = 16 };

/* Words from *at on until `last`, and the set of the shingles of all words. */
typedef struct lode__shingle_kernel {
  int (*words)(lode_shingles *self, const char *text, size_t len, size_t last, size_t *at, lode_err *err);
  int (*set)(lode_shingles *self, lode_err *err);
} lode__shingle_kernel;

/* `words` is NULL in a build whose compiler was not told the flags of that level. */
extern const lode__shingle_kernel lode__shingle_avx2;

/* A chunk that is not plain: its words are added. */
int lode__shingle_chunk(lode_shingles *self, const char *p, size_t len, lode_err *err);
int lode__shingle_grow(lode_shingles *self, size_t need, lode_err *err);

__extension__ typedef unsigned __int128 product; /* gcc and clang have it on every 64-bit machine */

static inline uint64_t mixed(uint64_t a, uint64_t b) { /* the two halves of a product, as wyhash does (Wang Yi) */
  product p = (product)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD1B54A32D192ED03u);
  return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static inline uint64_t turned(uint64_t x, unsigned by) {
  return x << by | x >> (64 - by);
}

/* --- windows of 64 bytes --- */

typedef struct classes {
  uint64_t alnum, space, high;
} classes;

#if defined(__SSE2__)
static inline uint64_t below_or_at(__m128i x, char limit) { /* bytes of x, unsigned, that are at most `limit` */
  return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(limit)), x));
}

static inline classes classify(const char *p) {
  classes m = {0, 0, 0};
  for (unsigned i = 0; i < 4; i++) {
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    __m128i low = _mm_or_si128(x, _mm_set1_epi8(0x20));
    uint64_t letters = below_or_at(_mm_sub_epi8(low, _mm_set1_epi8('a')), 25);
    uint64_t digits = below_or_at(_mm_sub_epi8(x, _mm_set1_epi8('0')), 9);
    uint64_t controls = below_or_at(_mm_sub_epi8(x, _mm_set1_epi8('\t')), 4);
    uint64_t blanks = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(' ')));
    m.alnum |= (letters | digits) << (16 * i);
    m.space |= (controls | blanks) << (16 * i);
    m.high |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << (16 * i);
  }
  return m;
}
#else
static inline classes classify(const char *p) {
  classes m = {0, 0, 0};
  for (unsigned i = 0; i < WINDOW; i++) {
    unsigned char byte = (unsigned char)p[i];
    m.alnum |= (uint64_t)((unsigned char)((byte | 0x20) - 'a') < 26 || (unsigned char)(byte - '0') < 10) << i;
    m.space |= (uint64_t)(byte == ' ' || (unsigned char)(byte - '\t') < 5) << i;
    m.high |= (uint64_t)(byte >> 7) << i;
  }
  return m;
}
#endif

/* The hash of n bytes at p, letters and digits; 16 bytes are read whatever n is. */
static inline uint64_t plain_hash(const char *p, unsigned n) {
  lode_table_short word = lode_letter_key(p, n);
  return mixed(word.word[0], word.word[1]);
}

static inline uint64_t long_hash(const char *p, unsigned n) {
  char word[WINDOW];
  for (unsigned i = 0; i < n; i++) word[i] = (char)(p[i] | 0x20);
  return lode_hash64(word, n, 0);
}

/* Hashes of runs, by fours: how many there are is not known before, and a wrong guess costs more than a word.  Up to 3
 * numbers behind the last are written too. */
static inline uint64_t *put_runs(uint64_t *out, const char *p, uint64_t runs) {
  uint64_t begins = runs & ~(runs << 1), ends = ~runs & runs << 1;
  const unsigned count = lode_bits_count(begins);
  for (unsigned i = 0; i < count; i += 4) {
    for (unsigned k = 0; k < 4; k++) {
      unsigned begin = lode_bits_first(begins), len = lode_bits_first(ends) - begin;
      begins &= begins - 1;
      ends &= ends - 1;
      out[i + k] = len > WORD_BYTES ? long_hash(p + begin, len) : plain_hash(p + begin, len);
    }
  }
  return out + count;
}

/* A window that begins at a chunk and is read to its last white space; how far, or 0 where there is none. `left` is
 * how many bytes of it are text. */
static size_t add_window(lode_shingles *self, const char *p, size_t left, lode_err *err, int *code) {
  classes m = classify(p);
  if (left < WINDOW) m.space |= ~lode_bits_below((unsigned)left);
  if (m.space == 0) return 0;
  unsigned end = 63 - (unsigned)__builtin_clzll(m.space);
  uint64_t in = end == 63 ? ~(uint64_t)0 >> 1 : lode_bits_below(end), runs = m.alnum & in, space = m.space;
  uint64_t marks = ~(m.alnum | space) & in;
  /* Marks behind a letter, and the byte behind their run: a carry runs through them. */
  uint64_t inner = ((marks + (marks & runs << 1)) & ~marks) & runs & ~(runs << 1);
  uint64_t odd = (m.high & in) | inner;
  unsigned done = 0;
  while (odd != 0) {
    unsigned at = (unsigned)__builtin_ctzll(odd);
    uint64_t before = space & lode_bits_below(at);
    unsigned begin = before == 0 ? 0 : 64 - (unsigned)__builtin_clzll(before);
    unsigned stop = (unsigned)__builtin_ctzll(space & ~lode_bits_below(at));
    self->word_count =
        (size_t)(put_runs(self->words + self->word_count, p, runs & lode_bits_below(begin) & ~lode_bits_below(done)) -
                 self->words);
    *code = lode__shingle_chunk(self, p + begin, stop - begin, err);
    if (*code == 0) *code = lode__shingle_grow(self, self->word_count + WINDOW, err);
    if (*code != 0) return end + 1;
    done = stop;
    odd &= ~lode_bits_below(stop);
  }
  self->word_count = (size_t)(put_runs(self->words + self->word_count, p, runs & ~lode_bits_below(done)) - self->words);
  return (size_t)end + 1;
}

static bool is_space(char byte) {
  return byte == ' ' || (unsigned char)(byte - '\t') < 5;
}

/* A chunk that fills a window. */
static size_t add_long(lode_shingles *self, const char *p, size_t left, lode_err *err, int *code) {
  size_t end = 0;
  while (end < left && !is_space(p[end])) end++;
  *code = lode__shingle_chunk(self, p, end, err);
  return end;
}

static inline int add_words(lode_shingles *self, const char *text, size_t len, size_t last, size_t *at, lode_err *err) {
  int code = 0;
  while (*at < last && code == 0) {
    code = lode__shingle_grow(self, self->word_count + WINDOW, err);
    if (code != 0) break;
    size_t step = add_window(self, text + *at, len - *at, err, &code);
    if (step == 0) step = add_long(self, text + *at, len - *at, err, &code);
    *at += step;
  }
  return code;
}

/* --- shingles --- */

static inline uint32_t shingle_of(uint64_t a, uint64_t b, uint64_t c) {
  uint64_t x = a + turned(b, 21) + turned(c, 42);
  x = (x ^ x >> 31) * 0x9E3779B97F4A7C15u;
  uint32_t hash = (uint32_t)(x >> 32);
  return hash + (hash == 0);
}

static inline int make_set(lode_shingles *self, lode_err *err) {
  size_t words = self->word_count, most = words;
  self->count = 0;
  if (words == 0) return 0;
  if (most > self->item_cap) {
    size_t cap = lode_size_grow(self->item_cap, most);
    uint32_t *items = realloc(self->items, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu shingles", cap);
    self->items = items;
    self->item_cap = cap;
  }
  const uint64_t *w = self->words;
  if (words < LODE_SHINGLE_WORDS) {
    self->items[self->count++] = shingle_of(w[0], words > 1 ? w[1] : 0, 0);
    return 0;
  }
  int code = lode_hashset_begin(&self->set, words, err);
  if (code != 0) return code;
  lode_hashset set = self->set; /* in registers */
  size_t count = 0;
  for (size_t i = 2; i < words; i++) {
    uint32_t hash = shingle_of(w[i], w[i - 1], w[i - 2]);
    self->items[count] = hash;
    count += lode_hashset_add(&set, hash);
  }
  self->count = count;
  return 0;
}

#endif
