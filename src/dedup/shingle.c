#include "shingle.h"

#include "fold.h"
#include "hash.h"
#include "mem.h"
#include "unicode.h"
#include "utf8.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* WINDOW bytes are looked at in one step, and a word's first 16 are loaded whole: so much must follow a window. */
enum { WINDOW = 64, BEYOND = 16, MEMO = 4096, WORD_BYTES = 16, TAIL = 2 * (WINDOW + BEYOND) };

__extension__ typedef unsigned __int128 product; /* gcc and clang have it on every 64-bit machine */

static inline uint64_t mixed(uint64_t a, uint64_t b) { /* the two halves of a product, as wyhash does (Wang Yi) */
  product p = (product)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD1B54A32D192ED03u);
  return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static inline uint64_t turned(uint64_t x, unsigned by) {
  return x << by | x >> (64 - by);
}

/* The hash of a folded word. */
static uint64_t word_hash(const char *word, size_t len) {
  uint64_t key[2] = {0, 0};
  if (len > WORD_BYTES) return lode_hash64(word, len, 0);
  memcpy(key, word, len);
  return mixed(key[0], key[1]);
}

/* --- room --- */

static int grow_words(lode_shingles *self, size_t need, lode_err *err) {
  if (need <= self->word_cap) return 0;
  size_t cap = lode_size_grow(self->word_cap, need + 1024);
  uint64_t *words = realloc(self->words, lode_size_mul(cap, sizeof *words));
  if (words == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu words", cap);
  self->words = words;
  self->word_cap = cap;
  return 0;
}

static inline int add_word(lode_shingles *self, uint64_t hash, lode_err *err) {
  if (self->word_count == self->word_cap) {
    int code = grow_words(self, self->word_count + 1, err);
    if (code != 0) return code;
  }
  self->words[self->word_count++] = hash;
  return 0;
}

int lode_hashset_begin(lode_hashset *self, size_t count, lode_err *err) {
  size_t slots = 64;
  while (slots < count * 3) slots *= 2;
  if (slots > self->cap) {
    uint32_t *memory = realloc(self->slots, lode_size_mul(slots, sizeof *memory));
    if (memory == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a set of %zu hashes", count);
    self->slots = memory;
    self->cap = slots;
  }
  self->mask = (uint32_t)(slots - 1);
  memset(self->slots, 0, slots * sizeof *self->slots);
  return 0;
}

void lode_hashset_free(lode_hashset *self) {
  free(self->slots);
  *self = (lode_hashset){0};
}

void lode_shingles_free(lode_shingles *self) {
  free(self->items);
  free(self->words);
  free(self->memo);
  lode_hashset_free(&self->set);
  lode_buf_free(&self->folded);
  lode_buf_free(&self->slow);
  *self = (lode_shingles){0};
}

/* --- chunks that are not plain: punctuation inside, or bytes beyond ASCII --- */

static bool is_unspaced(lode_script script) {
  return script == LODE_SCRIPT_HAN || script == LODE_SCRIPT_HIRAGANA || script == LODE_SCRIPT_KATAKANA ||
         script == LODE_SCRIPT_THAI || script == LODE_SCRIPT_LAO || script == LODE_SCRIPT_KHMER ||
         script == LODE_SCRIPT_MYANMAR;
}

static bool is_kept(uint32_t cp) {
  return lode_is_letter(cp) || lode_is_mark(cp) || lode_is_number(cp);
}

/* En and em dash, horizontal bar, "…", invisible and wide spaces. */
static bool parts_words(uint32_t cp) {
  return cp == UINT32_MAX || (cp >= 0x2013 && cp <= 0x2015) || cp == 0x2026 || lode_is_space(cp) || cp == 0xFFFD;
}

/* Add the folded word that self->slow holds, and empty it. */
static int end_word(lode_shingles *self, lode_err *err) {
  size_t len = self->slow.len;
  self->slow.len = 0;
  return len == 0 ? 0 : add_word(self, word_hash(self->slow.ptr, len), err);
}

/* The code points of a folded chunk. */
static int add_folded(lode_shingles *self, const char *p, size_t len, lode_err *err) {
  int code = 0;
  for (size_t at = 0; at < len && code == 0;) {
    uint32_t cp;
    size_t size = lode_utf8_next(p + at, &cp);
    bool alone = cp >= 0x0E00 && is_unspaced(lode_script_of(cp)) && !lode_is_mark(cp);
    if (alone || parts_words(cp)) code = end_word(self, err);
    if (code == 0 && is_kept(cp)) code = lode_buf_add(&self->slow, p + at, size, err);
    if (code == 0 && alone) code = end_word(self, err);
    at += size;
  }
  return code == 0 ? end_word(self, err) : code;
}

/* Any chunk with bytes beyond ASCII, that is new: by runs of well-formed bytes. */
static int add_wide(lode_shingles *self, const char *p, size_t len, lode_err *err) {
  int code = 0;
  for (size_t at = 0; at < len && code == 0;) {
    size_t good = lode_utf8_valid(p + at, len - at);
    self->folded.len = 0;
    code = lode_fold(p + at, good, LODE_FOLD_CASE | LODE_FOLD_COMPAT, &self->folded, NULL, err);
    if (code == 0) code = add_folded(self, self->folded.ptr, self->folded.len, err);
    at += good;
    if (at < len) at++;
  }
  return code;
}

/* The same for one that may have been met before; only chunks that are one word, or none, are remembered. */
static int add_remembered(lode_shingles *self, const char *p, size_t len, lode_err *err) {
  uint64_t bytes = lode_hash64(p, len, 0) | 1;
  lode_word_memo *memo = &self->memo[bytes >> 32 & (MEMO - 1)];
  if (memo->bytes == bytes) return memo->word == 0 ? 0 : add_word(self, memo->word, err);
  size_t before = self->word_count;
  int code = add_wide(self, p, len, err);
  size_t added = self->word_count - before;
  if (code == 0 && added <= 1) *memo = (lode_word_memo){bytes, added == 0 ? 0 : self->words[before]};
  return code;
}

/* A chunk: 1 where it was done, 0 where it holds more than ASCII and marks of U+2010 to U+203F. */
static inline int add_narrow(lode_shingles *self, const char *p, size_t len, int *code, lode_err *err) {
  char word[WINDOW + BEYOND];
  size_t n = 0, first = self->word_count;
  if (len > WINDOW) return 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char byte = (unsigned char)p[i], low = byte | 0x20;
    if (byte < 0x80) {
      word[n] = (char)low;
      n += (unsigned char)(low - 'a') < 26 || (unsigned char)(byte - '0') < 10;
      continue;
    }
    unsigned char last = len - i < 3 ? 0 : (unsigned char)p[i + 2];
    if (byte != 0xE2 || (unsigned char)p[i + 1] != 0x80 || last < 0x90 || last > 0xBF || last == 0xA8 || last == 0xA9 || last == 0xAF) {
      self->word_count = first;
      return 0;
    }
    if (last == 0x93 || last == 0x94 || last == 0x95 || last == 0xA6) {
      if (n > 0 && *code == 0) *code = add_word(self, word_hash(word, n), err);
      n = 0;
    }
    i += 2;
  }
  if (n > 0 && *code == 0) *code = add_word(self, word_hash(word, n), err);
  return 1;
}

static int add_chunk(lode_shingles *self, const char *p, size_t len, lode_err *err) {
  int code = 0;
  if (add_narrow(self, p, len, &code, err)) return code;
  if (len <= WINDOW) return add_remembered(self, p, len, err);
  return add_wide(self, p, len, err);
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

static inline uint64_t below(unsigned n) { /* n < 64 */
  return ((uint64_t)1 << n) - 1;
}

/* The hash of n bytes at p, letters and digits; 16 bytes are read whatever n is. */
static inline uint64_t plain_hash(const char *p, unsigned n) {
  if (n > WORD_BYTES) {
    char word[WINDOW];
    for (unsigned i = 0; i < n; i++) word[i] = (char)(p[i] | 0x20);
    return lode_hash64(word, n, 0);
  }
  uint64_t a, b, keep_a = n >= 8 ? ~(uint64_t)0 : below(8 * n), keep_b = n <= 8 ? 0 : ~(uint64_t)0 >> (128 - 8 * n);
  memcpy(&a, p, 8);
  memcpy(&b, p + 8, 8);
  return mixed((a | 0x2020202020202020u) & keep_a, (b | 0x2020202020202020u) & keep_b);
}

static inline uint64_t *put_runs(uint64_t *out, const char *p, uint64_t runs) {
  uint64_t begins = runs & ~(runs << 1), ends = ~runs & runs << 1;
  while (begins != 0) {
    unsigned begin = (unsigned)__builtin_ctzll(begins), end = ends == 0 ? 64 : (unsigned)__builtin_ctzll(ends);
    *out++ = plain_hash(p + begin, end - begin);
    begins &= begins - 1;
    ends &= ends - 1;
  }
  return out;
}

/* A window that begins at a chunk and is read to its last white space; how far, or 0 where there is none. `left` is
 * how many bytes of it are text. */
static size_t add_window(lode_shingles *self, const char *p, size_t left, lode_err *err, int *code) {
  classes m = classify(p);
  if (left < WINDOW) m.space |= ~below((unsigned)left);
  if (m.space == 0) return 0;
  unsigned end = 63 - (unsigned)__builtin_clzll(m.space);
  uint64_t in = end == 63 ? ~(uint64_t)0 >> 1 : below(end), runs = m.alnum & in, space = m.space;
  uint64_t marks = ~(m.alnum | space) & in;
  /* Marks behind a letter, and the byte behind their run: a carry runs through them. */
  uint64_t inner = ((marks + (marks & runs << 1)) & ~marks) & runs & ~(runs << 1);
  uint64_t odd = (m.high & in) | inner;
  unsigned done = 0;
  while (odd != 0) {
    unsigned at = (unsigned)__builtin_ctzll(odd);
    uint64_t before = space & below(at);
    unsigned begin = before == 0 ? 0 : 64 - (unsigned)__builtin_clzll(before);
    unsigned stop = (unsigned)__builtin_ctzll(space & ~below(at));
    self->word_count = (size_t)(put_runs(self->words + self->word_count, p, runs & below(begin) & ~below(done)) - self->words);
    *code = add_chunk(self, p + begin, stop - begin, err);
    if (*code == 0) *code = grow_words(self, self->word_count + WINDOW, err);
    if (*code != 0) return end + 1;
    done = stop;
    odd &= ~below(stop);
  }
  self->word_count = (size_t)(put_runs(self->words + self->word_count, p, runs & ~below(done)) - self->words);
  return (size_t)end + 1;
}

static bool is_space(char byte) {
  return byte == ' ' || (unsigned char)(byte - '\t') < 5;
}

/* A chunk that fills a window. */
static size_t add_long(lode_shingles *self, const char *p, size_t left, lode_err *err, int *code) {
  size_t end = 0;
  while (end < left && !is_space(p[end])) end++;
  *code = add_chunk(self, p, end, err);
  return end;
}

static int add_words(lode_shingles *self, const char *text, size_t len, size_t last, size_t *at, lode_err *err) {
  int code = 0;
  while (*at < last && code == 0) {
    code = grow_words(self, self->word_count + WINDOW, err);
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

static int make_set(lode_shingles *self, lode_err *err) {
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

int lode_shingles_of(lode_shingles *self, const char *text, size_t len, lode_err *err) {
  char tail[TAIL] = {0};
  size_t at = 0;
  self->word_count = 0;
  if (self->memo == NULL) {
    self->memo = calloc(MEMO, sizeof *self->memo);
    if (self->memo == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  }
  int code = len <= WINDOW + BEYOND ? 0 : add_words(self, text, len, len - WINDOW - BEYOND, &at, err);
  size_t left = len - at, from = 0;
  if (code == 0 && left > 0 && left <= WINDOW + BEYOND) { /* bytes behind the text must not be read */
    memcpy(tail, text + at, left);
    code = add_words(self, tail, left, left, &from, err);
  }
  return code == 0 ? make_set(self, err) : code;
}
