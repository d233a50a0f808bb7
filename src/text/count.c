#define _GNU_SOURCE /* memrchr */
#include "count.h"
#include "abbrev.h"
#include "count_kernel.h"
#include "fold.h"
#include "letters.h"
#include "mem.h"
#include "scan.h"
#include <stdlib.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* 2^14 pairs of slots are 1 MB, which stays in a second-level cache; with half of them English takes 5 % longer, with
 * twice as many 3 % less.  Short texts use few, so that one page does not touch all of them. */
enum {
  BITS_LEAST = 6,
  BITS_MOST = 14,
  BYTES_PER_PAIR = 64,
  LINE = 64,
  LODE__WINDOW = 64,
  SPLITS = 0xF << LODE__LISTED_CUT_SHIFT
};

/* clang-format off */
#define L COUNT_LETTER
#define S COUNT_SPACE
#define M COUNT_MARK
#define H COUNT_HARMLESS
#define O COUNT_OTHER
const uint8_t lode__count_bits[128] = {
    O, O, O, O, O, O, O, O, O, S, S, S, S, S, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    S, M /* ! */, M /* " */, H, M /* $ */, H, H, O /* ' */, M /* ( */, M /* ) */, H, H, M /* , */, H, COUNT_STOP, H,
    H, H, H, H, H, H, H, H, H, H, COUNT_COLON, M /* ; */, H, H, H, M /* ? */,
    H, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, M, M, M, H, H, /* [ \ ] */
    H, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, M, M, M, H, O, /* { | } */
};
#undef L
#undef S
#undef M
#undef H
#undef O
/* clang-format on */

_Bool lode__count_stop_is_odd(lode_table_short key, size_t n) {
  if (n > LODE__FILTER_MOST || !lode__filter_has(key.word[0])) return false; /* no longer word has a class or is cut */
  char word[LODE_TABLE_SHORT];
  memcpy(word, key.word, sizeof word);
  return (lode__lists_of(NULL, word, n) & (SPLITS | LODE__LISTED_CLASS)) != 0;
}

static lode__count_windows *best_kernel(void) {
  if (lode__count_avx512 != NULL && lode_cpu_has(LODE_CPU_AVX512)) return lode__count_avx512;
  if (lode__count_avx2 != NULL && lode_cpu_has(LODE_CPU_AVX2)) return lode__count_avx2;
  return lode__count_portable;
}

/* --- the slots --------------------------------------------------------------------------------------- */

int lode_count_begin(lode_count *self, lode_table *table, size_t len, lode_err *err) {
  if (self->slots != NULL && (table != self->table || table->count < self->id_count))
    memset(self->slots, 0, self->slot_cap * sizeof *self->slots);
  self->table = table;
  self->touched_count = 0;
  self->windows = best_kernel();
  if (self->batch == NULL) self->batch = malloc(sizeof *self->batch);
  if (self->batch == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory to count words");
  self->batch->count = 0;
  self->times.len = 0;
  unsigned bits = BITS_LEAST;
  while (bits < BITS_MOST && len / BYTES_PER_PAIR >> bits != 0) bits++;
  self->bits = bits;
  size_t need = (size_t)2 << bits;
  if (need <= self->slot_cap) return 0;
  free(self->slots);
  free(self->touched);
  self->slot_cap = 0;
  self->slots = aligned_alloc(LINE, need * sizeof *self->slots);
  self->touched = malloc((need + 1) * sizeof *self->touched);
  if (self->slots == NULL || self->touched == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory to count words");
  memset(self->slots, 0, need * sizeof *self->slots);
  self->slot_cap = need;
  return 0;
}

static int put_times(lode_count *self, uint32_t id, uint64_t times, lode_err *err) {
  lode_word_times entry = {id, (uint32_t)times};
  if (id == LODE_NO_ID) return err != NULL ? err->code : LODE_E_NOMEM;
  return lode_buf_add(&self->times, (const char *)&entry, sizeof entry, err);
}

static int put_word(lode_count *self, const char *word, size_t len, uint64_t times, lode_err *err) {
  return put_times(self, lode_table_add(self->table, word, len, NULL, err), times, err);
}

/* The word is in neither of its slots.  Words that are cut never get one, so nobody asks whether a word is one of
 * them where it is met again. */
static int miss(lode_count *self, lode_count_slot *pair, lode_table_short key, lode_err *err) {
  char word[LODE_TABLE_SHORT];
  memcpy(word, key.word, sizeof word);
  size_t len = strlen(word);
  if (len == 0) return 0;
  bool listed = len <= LODE__FILTER_MOST && lode__filter_has(key.word[0]); /* no longer word is cut */
  size_t cut = listed ? lode__contraction(NULL, word, len) : 0;
  if (cut != 0) {
    int code = put_word(self, word, cut, 1, err);
    return code != 0 ? code : put_word(self, word + cut, len - cut, 1, err);
  }
  uint32_t id = lode_table_add(self->table, word, len, NULL, err);
  if (id == LODE_NO_ID) return err != NULL ? err->code : LODE_E_NOMEM;
  lode_count_slot *to = pair[1].times < pair[0].times ? &pair[1] : &pair[0];
  int code = 0;
  if (to->times == 0) self->touched[self->touched_count++] = (uint32_t)(to - self->slots);
  else code = put_times(self, to->id, to->times, err);
  *to = (lode_count_slot){.key = {key.word[0], key.word[1]}, .times = 1, .id = id};
  return code;
}

static inline bool same_key(const lode_count_slot *slot, const lode_table_short *key) {
#if defined(__SSE2__)
  __m128i a = _mm_load_si128((const __m128i *)(const void *)slot->key);
  __m128i b = _mm_loadu_si128((const __m128i *)(const void *)key->word);
  return _mm_movemask_epi8(_mm_cmpeq_epi8(a, b)) == 0xFFFF;
#else
  return ((slot->key[0] ^ key->word[0]) | (slot->key[1] ^ key->word[1])) == 0;
#endif
}

static int count_keys(lode_count *self, const lode_table_short *keys, size_t count, lode_err *err) {
  const unsigned shift = 64 - self->bits;
  lode_count_slot *slots =
      self->slots; /* what the loop writes might be the counter's own, for all the compiler knows */
  uint32_t *touched = self->touched;
  size_t touched_count = self->touched_count;
  int code = 0;
  for (size_t i = 0; i < count && code == 0; i++) {
    lode_table_short key = keys[i];
    uint64_t hash = (key.word[0] ^ key.word[1] * 0x94D049BB133111EBu) * 0x9E3779B97F4A7C15u;
    lode_count_slot *pair = slots + 2 * (hash >> shift);
    bool first = same_key(&pair[0], &keys[i]), second = same_key(&pair[1], &keys[i]);
    if (first | second) {
      lode_count_slot *slot = &pair[second];
      touched[touched_count] = (uint32_t)(slot - slots);
      touched_count += slot->times++ == 0;
    } else {
      self->touched_count = touched_count;
      code = miss(self, pair, key, err);
      touched_count = self->touched_count;
    }
  }
  self->touched_count = touched_count;
  return code;
}

static int flush(lode_count *self, lode_err *err) {
  int code = count_keys(self, self->batch->keys, self->batch->count, err);
  self->batch->count = 0;
  return code;
}

int lode_count_end(lode_count *self, lode_err *err) {
  int code = flush(self, err);
  for (size_t i = 0; i < self->touched_count; i++) {
    lode_count_slot *slot = &self->slots[self->touched[i]];
    if (code == 0) code = put_times(self, slot->id, slot->times, err);
    slot->times = 0;
  }
  self->touched_count = 0;
  self->id_count = self->table->count;
  return code;
}

void lode_count_free(lode_count *self) {
  free(self->slots);
  free(self->touched);
  free(self->batch);
  lode_tokens_free(&self->tokens);
  lode_buf_free(&self->scratch);
  lode_buf_free(&self->times);
  *self = (lode_count){0};
}

/* --- chunks that the tokenizer looks at --- */

typedef struct reader {
  lode_count *self;
  lode__count_batch *batch;
  const char *text;
  size_t len;
  lode__scan scan;
  size_t seen; /* the scan's last token ends before, and behind it is only white space */
  lode_paragraphs paragraphs;
  lode_span paragraph; /* the last that was asked for */
} reader;

static bool is_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_letter(char byte) {
  return (unsigned char)((byte | 0x20) - 'a') < 26;
}

/* The tokenizer asks of the token before whether it has a capital first, and whether it is a comma or a letter with
 * its stop.  Behind a plain chunk that is the run of letters or the mark that ends there.  None is before `least`. */
static int set_last(reader *in, size_t at, size_t least) {
  const char *text = in->text;
  lode_tokens *out = in->scan.out;
  size_t end = at;
  while (end > in->seen && end > least && is_space(text[end - 1])) end--;
  if (end == in->seen) { /* the tokens are there; no more than the last is needed */
    if (out->count > 0) out->items[0] = out->items[out->count - 1];
    out->count = out->count > 0 && out->items[0].begin >= least;
    return 0;
  }
  out->count = 0;
  if (end <= least) return 0;
  size_t begin = end - 1;
  if ((unsigned char)text[begin] >= 0x80) begin -= lode_utf8_back(text, end) - 1;
  else if (is_letter(text[begin]))
    while (begin > in->seen && begin > least && is_letter(text[begin - 1])) begin--;
  in->scan.base = 0;
  return lode__scan_put(&in->scan, begin, end, LODE_TOKEN_WORD, 0, LODE_NO_ID);
}

/* The folded form of a token that is ASCII but for U+2019 at its start: at most 15 bytes, else false. */
static bool short_form(const char *raw, size_t len, lode_table_short *key) {
  char low[LODE_TABLE_SHORT] = {0};
  size_t n = 0;
  if (len > 3 && memcmp(raw, "\xE2\x80\x99", 3) == 0 && is_letter(raw[3])) {
    low[n++] = '\'';
    raw += 3;
    len -= 3;
  }
  if (len >= sizeof low - n) return false;
  unsigned all = 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char byte = (unsigned char)raw[i];
    all |= byte;
    low[n++] = (char)(byte + ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
  }
  memcpy(key->word, low, sizeof low);
  return all < 0x80;
}

/* Count a token as it stands.  It is cut already, so it must not go by the slots where a list would cut it. */
static int put_token(reader *in, const char *raw, size_t len) {
  lode_count *self = in->self;
  lode_table_short key;
  /* The filter answers for 8 bytes. */
  if (len <= LODE__FILTER_MOST + 2 && short_form(raw, len, &key) && key.word[1] == 0 &&
      !lode__filter_has(key.word[0])) {
    in->batch->keys[in->batch->count++] = key;
    return in->batch->count < LODE__COUNT_KEYS ? 0 : flush(in->self, in->scan.err);
  }
  self->scratch.len = 0;
  int code = lode_fold_token(raw, len, &self->scratch, in->scan.err);
  return code != 0 ? code : put_word(self, self->scratch.ptr, self->scratch.len, 1, in->scan.err);
}

/* --- odd chunks of a common make: words with a clitic, with hyphens, with quotes of apostrophes --- */

typedef struct chunk {
  const char *text;
  size_t at, end;    /* bytes from `end` on are not looked at: white space, or the paragraph's end */
  size_t last, stop; /* the last token */
} chunk;

/* The bytes of a mark that is never part of a word here, 0 where none stands at `at`. */
static size_t mark_at(const chunk *in, size_t at) {
  const unsigned char *p = (const unsigned char *)in->text + at;
  size_t left = in->end - at;
  if (left == 0) return 0;
  if (p[0] < 0x80) return lode__count_bits[p[0]] == COUNT_MARK ? 1 : left > 1 && p[0] == '\'' && p[1] == '\'' ? 2 : 0;
  if (left < 3 || p[0] != 0xE2 || p[1] != 0x80 || (left > 3 && p[3] >= 0x80)) return 0;
  return p[2] == 0x93 || p[2] == 0x94 || p[2] == 0x9C || p[2] == 0x9D ? 3 : 0;
}

static bool ends_word(const chunk *in, size_t at) {
  return at == in->end || mark_at(in, at) > 0;
}

static size_t apostrophe_at(const chunk *in, size_t at) {
  const char *p = in->text + at;
  if (p[0] == '\'') return 1;
  return in->end - at >= 3 && memcmp(p, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Letters of a clitic at `at` and nothing of a word behind them, 0 where there are none. */
static size_t clitic_letters(const chunk *in, size_t at) {
  size_t n = 0;
  while (n < 3 && at + n < in->end && is_letter(in->text[at + n])) n++;
  if (n == 0 || n == 3 || !ends_word(in, at + n)) return 0;
  char one = (char)(in->text[at] | 0x20), two = (char)(in->text[at + n - 1] | 0x20);
  if (n == 1) return one == 's' || one == 'm' || one == 'd' || one == 't' ? 1 : 0;
  return (one == 'l' && two == 'l') || ((one == 'r' || one == 'v') && two == 'e') ? 2 : 0;
}

/* A key of n letters, or of an apostrophe and letters. */
static lode_table_short key_of(const char *p, size_t n) {
  char low[LODE_TABLE_SHORT] = {0};
  lode_table_short key;
  for (size_t i = 0; i < n; i++) low[i] = (char)(p[i] | 0x20);
  memcpy(key.word, low, sizeof low);
  return key;
}

static void put_clitic(lode__count_batch *batch, const chunk *in, size_t begin, size_t mark, size_t letters) {
  char low[LODE_TABLE_SHORT] = {0};
  size_t n = 0;
  if (begin < mark) low[n++] = 'n'; /* n't */
  low[n++] = '\'';
  for (size_t i = in->stop - letters; i < in->stop; i++) low[n++] = (char)(in->text[i] | 0x20);
  memcpy(batch->keys[batch->count++].word, low, sizeof low);
}

/* The letter of Latin-1 at p, two bytes from C3 on, in lower case; 0 for what is no letter or folds to two. */
static unsigned char accented(const char *p) {
  if (p[0] != '\xC3') return 0;
  unsigned char second = (unsigned char)p[1];
  if (second == 0x97 || second == 0x9F || second == 0xB7) return 0;
  return second < 0xA0 ? second + 0x20 : second;
}

/* The word at in->at is of letters of Latin-1, one at least with an accent, and `n` ASCII letters come first. */
static bool read_accented(lode__count_batch *batch, chunk *in, size_t n) {
  const char *text = in->text + in->at;
  const size_t len = in->end - in->at;
  lode_table_short key;
  char low[LODE_TABLE_SHORT] = {0};
  for (size_t i = 0; i < n; i++) low[i] = (char)(text[i] | 0x20);
  for (unsigned char second; n < len && n + 2 < sizeof low; n++) {
    if (is_letter(text[n])) {
      low[n] = (char)(text[n] | 0x20);
    } else if ((second = accented(text + n)) != 0) {
      low[n] = text[n];
      low[++n] = (char)second;
    } else {
      break;
    }
  }
  if (!ends_word(in, in->at + n)) return false;
  memcpy(key.word, low, sizeof low);
  if (lode__filter_has(key.word[0])) return false;
  batch->keys[batch->count++] = key;
  in->last = in->at;
  in->at = in->stop = in->at + n;
  return true;
}

/* "1990s" is a number, so no word. */
static bool skip_decade(chunk *in) {
  size_t end = in->at;
  while (end < in->end && (unsigned char)(in->text[end] - '0') < 10) end++;
  if (end == in->at || end == in->end || in->text[end] != 's' || !ends_word(in, end + 1)) return false;
  in->last = in->at;
  in->at = in->stop = end + 1;
  return true;
}

/* Read the word at in->at with what is glued to it.  False where the tokenizer has to look. */
static bool read_word(lode__count_batch *batch, chunk *in) {
  const char *text = in->text;
  size_t begin = in->at, end = begin;
  while (end < in->end && is_letter(text[end])) end++;
  if (end < in->end && end - begin < LODE_LETTERS_MOST && text[end] == '\xC3')
    return read_accented(batch, in, end - begin);
  size_t n = end - begin, apostrophe = end < in->end ? apostrophe_at(in, end) : 0;
  if (n == 0 || n >= LODE_LETTERS_MOST) return false;
  lode_table_short key = key_of(text + begin, n);
  bool listed = n > LODE__FILTER_MOST || lode__filter_has(key.word[0]); /* long ones may be prefixes */
  in->last = begin;
  in->at = in->stop = end;
  if (ends_word(in, end)) {
    /* plain */
  } else if (text[end] == '.') {
    bool maybe_url = n == 3 && memcmp(key.word, "www", 3) == 0;
    if (n == 1 || !ends_word(in, end + 1) || maybe_url || lode__count_stop_is_odd(key, n)) return false;
    in->last = end;
    in->at = in->stop = end + 1;
  } else if (text[end] == '-') {
    if (end + 1 == in->end || !is_letter(text[end + 1])) return false;
    if (listed && lode__lists_of(NULL, text + begin, n) & (SPLITS | LODE__LISTED_PREFIX)) return false;
    in->at = end + 1;
  } else if (apostrophe > 0 && ends_word(in, end + apostrophe)) {
    in->last = end;
    in->at = in->stop = end + apostrophe;
  } else if (apostrophe > 0) {
    size_t letters = clitic_letters(in, end + apostrophe), cut = end;
    if (letters == 0) return false;
    if (letters == 1 && (text[end + apostrophe] | 0x20) == 't') {
      if (n < 2 || (text[end - 1] | 0x20) != 'n') return false;
      key = key_of(text + begin, --n);
      cut--;
    }
    if (n > LODE__FILTER_MOST || lode__filter_has(key.word[0])) return false; /* it would be cut again */
    in->last = cut;
    in->at = in->stop = end + apostrophe + letters;
    put_clitic(batch, in, cut, end, letters);
  } else {
    return false;
  }
  batch->keys[batch->count++] = key;
  return true;
}

/* Count the words of a chunk if it is of that make. */
static int read_common(reader *in, size_t at, size_t end, bool *done) {
  lode__count_batch *batch = in->batch;
  int code = batch->count > LODE__COUNT_KEYS - LODE__WINDOW ? flush(in->self, in->scan.err) : 0;
  size_t before = batch->count;
  chunk now = {in->text, at, end, at, at};
  *done = true;
  while (code == 0 && *done && now.at < end) {
    size_t mark = mark_at(&now, now.at);
    if (mark > 0) {
      now.last = now.at;
      now.at = now.stop = now.at + mark;
    } else {
      *done = skip_decade(&now) || read_word(batch, &now);
    }
  }
  if (code != 0) return code;
  if (!*done) {
    batch->count = before;
    return 0;
  }
  in->seen = end;
  in->scan.out->count = 0;
  in->scan.base = 0;
  return lode__scan_put(&in->scan, now.last, now.stop, LODE_TOKEN_WORD, 0, LODE_NO_ID);
}

/* --- the other odd chunks --- */

/* Read [at, end) with what the tokenizer may see around it. */
static int read_within(reader *in, lode_span seen, size_t at, size_t end) {
  lode_tokens *out = in->scan.out;
  size_t from = out->count;
  in->scan = (lode__scan){
      .text = in->text + seen.begin, .len = seen.end - seen.begin, .base = seen.begin, .out = out, .err = in->scan.err};
  int code = 0;
  at -= seen.begin;
  while (code == 0 && at < end - seen.begin) code = lode__scan_step(&in->scan, &at);
  for (size_t i = from; i < out->count && code == 0; i++) {
    const lode_token *token = &out->items[i];
    if (token->kind == LODE_TOKEN_WORD) code = put_token(in, in->text + token->begin, token->end - token->begin);
  }
  in->seen = end;
  return code;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

static bool is_visible(char byte) {
  return byte > ' ' && byte < 0x7F;
}

static size_t chunk_end(const char *text, size_t at, size_t end) {
  while (at < end && !is_space(text[at])) at++;
  return at;
}

/* No paragraph begins or ends in the chunk, nor beside it: there is other text on both sides in its line.  The
 * tokenizer looks no farther than to the token before and the chunk behind; these are *seen. */
static bool is_inside(const reader *in, size_t at, size_t end, lode_span *seen) {
  const char *text = in->text;
  size_t before = at, behind = end;
  while (before > 0 && is_blank(text[before - 1])) before--;
  while (behind < in->len && is_blank(text[behind])) behind++;
  if (before == 0 || behind == in->len || !is_visible(text[before - 1]) || !is_visible(text[behind])) return false;
  for (size_t i = at; i < end; i++) { /* U+0085, U+2028, U+2029 end lines */
    const unsigned char *p = (const unsigned char *)text + i;
    if ((p[0] == 0xC2 && p[1] == 0x85) || (p[0] == 0xE2 && p[1] == 0x80 && (p[2] | 1) == 0xA9)) return false;
  }
  *seen = (lode_span){before - 1, chunk_end(text, behind, in->len)};
  return true;
}

/* Make in->paragraph the first that ends behind `at`.  What lies between is not read where a blank line shows that no
 * paragraph goes on. */
static bool seek_paragraph(reader *in, size_t at) {
  lode_paragraphs *all = &in->paragraphs;
  if (in->paragraph.end > at) return true;
  const char *text = in->text, *feed = text + at;
  while (feed - text > (ptrdiff_t)all->pos &&
         (feed = memrchr(text + all->pos, '\n', (size_t)(feed - text) - all->pos)) != NULL) {
    size_t pos = (size_t)(feed - text) + 1;
    if (pos <= all->pos + 2) break;
    if (text[pos - 2] != '\n' && (text[pos - 2] != '\r' || text[pos - 3] != '\n')) continue;
    *all = (lode_paragraphs){.text = text, .len = in->len, .pos = pos, .block_end = pos};
    break;
  }
  while (lode_paragraphs_next(all, &in->paragraph))
    if (in->paragraph.end > at) return true;
  in->paragraph = (lode_span){in->len, in->len};
  return false;
}

static int read_odd(reader *in, size_t at, size_t end) {
  lode_span seen;
  int code = 0;
  if (is_inside(in, at, end, &seen)) {
    code = set_last(in, at, 0);
    if (in->scan.out->count > 0 && in->scan.out->items[0].begin < seen.begin) seen.begin = in->scan.out->items[0].begin;
    return code != 0 ? code : read_within(in, seen, at, end);
  }
  while (code == 0 && at < end && seek_paragraph(in, at) && in->paragraph.begin < end) {
    lode_span whole = in->paragraph;
    if (at < whole.begin) at = whole.begin;
    code = set_last(in, at, whole.begin);
    size_t to = end < whole.end ? end : whole.end;
    if (code == 0) code = read_within(in, whole, at, to);
    at = to;
  }
  in->seen = end;
  return code;
}

/* --- all --- */

int lode_count_text(lode_count *self, const char *text, size_t len, lode_err *err) {
  lode__count_batch *batch = self->batch;
  reader in = {.self = self, .batch = batch, .text = text, .len = len, .scan = {.out = &self->tokens, .err = err}};
  size_t at = 0;
  int code = 0;
  if (len >= UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "text of 4 GiB or more cannot be tokenized in one piece");
  lode_paragraphs_init(&in.paragraphs, text, len);
  self->tokens.count = 0;
  while (at < len && code == 0) {
    char rest[2 * LODE__COUNT_BEYOND];
    size_t from = 0, before = at;
    if (len >= LODE__COUNT_BEYOND && at <= len - LODE__COUNT_BEYOND) {
      at = self->windows(batch, text, at, len, len - LODE__COUNT_BEYOND);
    } else { /* where no more bytes follow */
      memset(rest, ' ', sizeof rest);
      memcpy(rest, text + at, len - at);
      from = at;
      at += self->windows(batch, rest, 0, len - at, LODE__COUNT_BEYOND);
    }
    for (size_t i = 0; i < batch->odd_count && code == 0; i++) {
      lode_span odd = {from + batch->odd[i].begin, from + batch->odd[i].end};
      bool done = false;
      code = read_common(&in, odd.begin, odd.end, &done);
      if (code == 0 && !done) code = read_odd(&in, odd.begin, odd.end);
    }
    if (code == 0 && batch->count > LODE__COUNT_FULL) {
      code = flush(self, err);
    } else if (code == 0 && at == before) { /* a chunk that is longer than a window */
      at = chunk_end(text, at, len);
      code = read_odd(&in, before, at);
    }
  }
  return code;
}
