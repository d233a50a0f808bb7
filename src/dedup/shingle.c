#include "shingle_core.h"

#include "cpu.h"
#include "fold.h"
#include "unicode.h"
#include "utf8.h"

enum { MEMO = 4096, TAIL = 2 * (WINDOW + BEYOND) };

/* The hash of a folded word. */
static uint64_t word_hash(const char *word, size_t len) {
  uint64_t key[2] = {0, 0};
  if (len > WORD_BYTES) return lode_hash64(word, len, 0);
  memcpy(key, word, len);
  return mixed(key[0], key[1]);
}

/* --- room --- */

int lode__shingle_grow(lode_shingles *self, size_t need, lode_err *err) {
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
    int code = lode__shingle_grow(self, self->word_count + 1, err);
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

int lode__shingle_chunk(lode_shingles *self, const char *p, size_t len, lode_err *err) {
  int code = 0;
  if (add_narrow(self, p, len, &code, err)) return code;
  if (len <= WINDOW) return add_remembered(self, p, len, err);
  return add_wide(self, p, len, err);
}

static lode__shingle_kernel kernel(void) {
  bool wide = lode__shingle_avx2.words != NULL && lode_cpu_has(LODE_CPU_AVX2);
  return wide ? lode__shingle_avx2 : (lode__shingle_kernel){add_words, make_set};
}

int lode_shingles_of(lode_shingles *self, const char *text, size_t len, lode_err *err) {
  char tail[TAIL] = {0};
  size_t at = 0;
  self->word_count = 0;
  if (self->memo == NULL) {
    self->memo = calloc(MEMO, sizeof *self->memo);
    if (self->memo == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  }
  const lode__shingle_kernel use = self->portable ? (lode__shingle_kernel){add_words, make_set} : kernel();
  int code = len <= WINDOW + BEYOND ? 0 : use.words(self, text, len, len - WINDOW - BEYOND, &at, err);
  size_t left = len - at, from = 0;
  if (code == 0 && left > 0 && left <= WINDOW + BEYOND) { /* bytes behind the text must not be read */
    memcpy(tail, text + at, left);
    code = use.words(self, tail, left, left, &from, err);
  }
  return code == 0 ? use.set(self, err) : code;
}
