/* The fast way through plain text, and the ids of words.
 *
 * Two kinds of places need none of scan.c's questions: a run of ASCII letters whose next byte can neither belong
 * to the word nor make it an address (a space, a comma ...), and a mark that is one token whatever stands around
 * it.  They are nine tokens of ten in news.  Everything else is one step of the slow scanner, which has no memory
 * between tokens but the token before and `no_mail`, which only saves it work; so the two can take turns.
 *
 * Interning happens in the same pass: a word in a register is put among the orders, which are looked up some dozens
 * at a time.  A token beyond ASCII is kept as written too, with the id of its folded form + 1 as the key's mark, so
 * that it is folded once (the worker's table is never shared with another use of marks). */
#include "abbrev.h"
#include "fold.h"
#include "letters.h"
#include "mem.h"
#include "scan.h"

enum { ORDERS = 64, SPLITS = 0xF << LODE__LISTED_CUT_SHIFT };

/* Bits of what a byte may stand behind. */
enum {
  AFTER_WORD = 1,    /* ends a run of letters, which is then a word */
  AFTER_MARK = 2,    /* an ASCII byte */
  AFTER_STOP = 4,    /* no second stop, no digit */
  AFTER_BANG = 8,    /* no second mark of the run */
  AFTER_OPEN = 16,   /* no face (: */
  AFTER_SEMI = 32,   /* no face ;) */
  AFTER_SPACED = 64, /* white space */
  AFTER_DASH = 128   /* no second dash of the run */
};

/* clang-format off */
#define SPACE_BITS (AFTER_WORD | AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI | AFTER_SPACED | AFTER_DASH)
#define PLAIN_BITS (AFTER_WORD | AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI | AFTER_DASH)
#define LETTER_BITS OTHER_BITS
#define OTHER_BITS (AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI | AFTER_DASH)
static const unsigned char after[256] = {
    ['\t'] = SPACE_BITS, ['\n'] = SPACE_BITS, [11] = SPACE_BITS, [12] = SPACE_BITS, ['\r'] = SPACE_BITS,
    [' '] = SPACE_BITS,
    ['!'] = PLAIN_BITS & ~AFTER_BANG, ['"'] = PLAIN_BITS, ['#'] = PLAIN_BITS, ['$'] = PLAIN_BITS, ['%'] = OTHER_BITS,
    ['&'] = OTHER_BITS, ['\''] = OTHER_BITS, ['('] = PLAIN_BITS, [')'] = PLAIN_BITS & ~AFTER_SEMI, ['*'] = PLAIN_BITS,
    ['+'] = OTHER_BITS, [','] = PLAIN_BITS, ['-'] = OTHER_BITS & ~(AFTER_SEMI | AFTER_DASH), ['.'] = OTHER_BITS & ~AFTER_STOP,
    ['/'] = OTHER_BITS,
    ['0'] = OTHER_BITS & ~AFTER_STOP, ['1'] = OTHER_BITS & ~AFTER_STOP, ['2'] = OTHER_BITS & ~AFTER_STOP,
    ['3'] = OTHER_BITS & ~AFTER_STOP, ['4'] = OTHER_BITS & ~AFTER_STOP, ['5'] = OTHER_BITS & ~AFTER_STOP,
    ['6'] = OTHER_BITS & ~AFTER_STOP, ['7'] = OTHER_BITS & ~AFTER_STOP, ['8'] = OTHER_BITS & ~AFTER_STOP,
    ['9'] = OTHER_BITS & ~AFTER_STOP,
    [':'] = OTHER_BITS & ~AFTER_OPEN, [';'] = PLAIN_BITS, ['<'] = PLAIN_BITS, ['='] = PLAIN_BITS & ~AFTER_DASH, ['>'] = PLAIN_BITS,
    ['?'] = PLAIN_BITS & ~AFTER_BANG, ['@'] = OTHER_BITS,
#define LETTERS(c) [c] = LETTER_BITS, [(c) + 1] = LETTER_BITS, [(c) + 2] = LETTER_BITS, [(c) + 3] = LETTER_BITS, \
                   [(c) + 4] = LETTER_BITS, [(c) + 5] = LETTER_BITS
    LETTERS('A'), LETTERS('G'), LETTERS('M'), LETTERS('S'), ['Y'] = LETTER_BITS, ['Z'] = LETTER_BITS,
    ['['] = PLAIN_BITS, ['\\'] = PLAIN_BITS, [']'] = PLAIN_BITS, ['^'] = PLAIN_BITS, ['_'] = OTHER_BITS & ~AFTER_DASH,
    ['`'] = OTHER_BITS,
    LETTERS('a'), LETTERS('g'), LETTERS('m'), LETTERS('s'), ['y'] = LETTER_BITS, ['z'] = LETTER_BITS,
#undef LETTERS
    ['{'] = PLAIN_BITS, ['|'] = PLAIN_BITS, ['}'] = PLAIN_BITS, ['~'] = PLAIN_BITS & ~AFTER_DASH,
};

/* Marks that are one token before a byte that has the bit. */
static const unsigned char marks[128] = {
    ['"'] = AFTER_MARK, [','] = AFTER_MARK, [')'] = AFTER_MARK, ['['] = AFTER_MARK, [']'] = AFTER_MARK,
    ['{'] = AFTER_MARK, ['}'] = AFTER_MARK, ['%'] = AFTER_MARK, ['&'] = AFTER_MARK, ['\\'] = AFTER_MARK,
    ['$'] = AFTER_MARK, ['|'] = AFTER_MARK, ['-'] = AFTER_DASH, ['.'] = AFTER_STOP, ['('] = AFTER_OPEN, [';'] = AFTER_SEMI,
    [':'] = AFTER_SPACED, ['!'] = AFTER_BANG, ['?'] = AFTER_BANG,
};
/* clang-format on */

/* What the lists say of n letters that matters here.  Most words are in none, and the filter knows. */
static inline unsigned listed_as(const lode__scan *self, lode_table_short key, size_t n) {
  char word[LODE_TABLE_SHORT];
  if (self->lists == NULL && (n > LODE__FILTER_MOST || !lode__filter_has(key.word[0]))) return 0;
  memcpy(word, key.word, sizeof word);
  return lode__lists_of(self->lists, word, n);
}

/* --- ids --------------------------------------------------------------------------------------------- */

static uint32_t intern_folded(lode__scan *self, lode_str raw) {
  self->scratch->len = 0;
  if (lode_fold_token(raw.ptr, raw.len, self->scratch, self->err) != 0) return LODE_NO_ID;
  return lode_table_add(self->words, self->scratch->ptr, self->scratch->len, NULL, self->err);
}

/* The id of a token beyond ASCII, or of a long one: folded where it was not met before. */
static uint32_t intern_raw(lode__scan *self, lode_str raw) {
  uint32_t as_written = lode_table_add(self->words, raw.ptr, raw.len, NULL, self->err);
  if (as_written == LODE_NO_ID) return LODE_NO_ID;
  uint32_t mark = lode_table_at(self->words, as_written)->mark;
  if (mark != 0) return mark - 1;
  uint32_t id = intern_folded(self, raw);
  if (id != LODE_NO_ID) lode_table_at(self->words, as_written)->mark = id + 1;
  return id;
}

static int flush(lode__scan *self) {
  int code = lode_table_add_all(self->words, self->orders, self->order_count, self->err);
  for (size_t i = 0; i < self->order_count && code == 0; i++)
    self->out->items[self->orders[i].tag].word = self->orders[i].id;
  self->order_count = 0;
  return code;
}

/* An id for token number i in a while. */
static inline int order(lode__scan *self, size_t i, lode_table_short key, size_t len) {
  int code = self->order_count < ORDERS ? 0 : flush(self);
  if (code != 0) return code;
  lode_table_order *to = &self->orders[self->order_count++];
  to->key = key;
  to->len = (uint32_t)len;
  to->tag = (uint32_t)i;
  return 0;
}

static int intern(lode__scan *self, size_t i) {
  lode_token *token = &self->out->items[i];
  lode_str raw = {self->text + (token->begin - self->base), token->end - token->begin};
  char low[LODE_TABLE_SHORT] = {0};
  lode_table_short key;
  unsigned all = 0;
  for (size_t k = 0; k < raw.len && all < 0x80; k++) {
    unsigned char byte = (unsigned char)raw.ptr[k];
    all |= byte;
    if (k < sizeof low) low[k] = (char)(byte + ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
  }
  if (all < 0x80 && raw.len <= sizeof low) {
    memcpy(key.word, low, sizeof low);
    return order(self, i, key, raw.len);
  }
  token->word = all < 0x80 ? intern_folded(self, raw) : intern_raw(self, raw);
  return token->word != LODE_NO_ID ? 0 : self->err != NULL ? self->err->code : LODE_E_NOMEM;
}

/* Ids for the tokens from `from` on. */
static int intern_tokens(lode__scan *self, size_t from) {
  int code = 0;
  for (size_t i = from; i < self->out->count && code == 0; i++)
    if (!self->words_only || self->out->items[i].kind == LODE_TOKEN_WORD) code = intern(self, i);
  return code;
}

/* --- the scan ---------------------------------------------------------------------------------------- */

static int slow_step(lode__scan *self, size_t *at) {
  size_t from = self->out->count;
  int code = lode__scan_one(self, at);
  return code != 0 || self->words == NULL ? code : intern_tokens(self, from);
}

static inline unsigned next_bits(const lode__scan *self, size_t at) {
  return at < self->len ? after[(unsigned char)self->text[at]] : SPACE_BITS;
}

/* A curly double quote or a dash stands at `at`, before ASCII: its three bytes are one token, and end a word. */
static inline bool plain_wide_mark(const lode__scan *self, size_t at) {
  if (self->len - at < 3 || self->text[at] != '\xE2' || self->text[at + 1] != '\x80') return false;
  unsigned char last = (unsigned char)self->text[at + 2];
  bool known = last == 0x93 || last == 0x94 || last == 0x9C || last == 0x9D;
  return known && (at + 3 == self->len || (unsigned char)self->text[at + 3] < 0x80);
}

/* U+FFFD stands at `at`, which repair puts for each broken byte, before another one or ASCII: a token of its own. */
static inline bool plain_replacement(const lode__scan *self, size_t at) {
  if (self->len - at < 3 || memcmp(self->text + at, "\xEF\xBF\xBD", 3) != 0) return false;
  if (at + 3 == self->len || (unsigned char)self->text[at + 3] < 0x80) return true;
  return self->len - at >= 6 && memcmp(self->text + at + 3, "\xEF\xBF\xBD", 3) == 0;
}

/* What stands at `at`, as a mark that stands before it sees it: curly quotes and dashes count as ASCII. */
static inline unsigned bits_behind_mark(const lode__scan *self, size_t at) {
  unsigned bits = next_bits(self, at);
  return bits == 0 && plain_wide_mark(self, at) ? PLAIN_BITS : bits;
}

static inline bool is_letter(char byte) {
  return (unsigned char)((byte | 0x20) - 'a') < 26;
}

/* The letters among the 64 bytes from `base` on. */
typedef struct letter_block {
  size_t base;
  uint64_t letters;
} letter_block;

/* The number of letters at `at`, LODE_LETTERS_MOST for more, and they in lower case. */
static inline size_t letters_at(const lode__scan *self, size_t at, letter_block *block, lode_table_short *key) {
  char rest[64] = {0};
  const char *from = self->text + at;
  if (at - block->base > 64 - LODE_LETTERS_MOST) { /* fewer bytes are left in the block than must be seen */
    if (self->len - at < 64) {
      memcpy(rest, from, self->len - at);
      uint64_t few = lode_letter_mask(rest);
      size_t n = (size_t)__builtin_ctzll(~few | 1u << LODE_LETTERS_MOST);
      *key = lode_letter_key(rest, n);
      return n;
    }
    block->base = at;
    block->letters = lode_letter_mask(from);
  }
  uint64_t letters = block->letters >> (at - block->base);
  size_t n = (size_t)__builtin_ctzll(~letters | 1u << LODE_LETTERS_MOST);
  *key = lode_letter_key(from, n);
  return n;
}

static int put_interned(lode__scan *self, size_t begin, size_t end, lode_token_kind kind) {
  size_t from = self->out->count;
  int code = lode__scan_put(self, begin, end, kind, 0, LODE_NO_ID);
  return code != 0 || self->words == NULL ? code : intern_tokens(self, from);
}

/* The length of the clitic's letters behind the apostrophe that ends at `at`, 0 where it is none or not plain. */
static size_t plain_clitic(const lode__scan *self, size_t at) {
  if (self->len - at < 2) return 0;
  char one = (char)(self->text[at] | 0x20), two = (char)(self->text[at + 1] | 0x20);
  size_t len = is_letter(self->text[at + 1]) ? 2 : 1;
  if (!(next_bits(self, at + len) & AFTER_WORD)) return 0;
  if (len == 1) return one == 's' || one == 'm' || one == 'd' || one == 't' ? 1 : 0;
  return (one == 'l' && two == 'l') || ((one == 'r' || one == 'v') && two == 'e') ? 2 : 0;
}

/* n letters at *at and an apostrophe behind them: two tokens where they are a word and a listed clitic. */
static int clitic_step(lode__scan *self, size_t *at, size_t n, bool *done) {
  size_t begin = *at, cut = begin + n, mark = self->text[cut] == '\'' ? 1 : 3, len = plain_clitic(self, cut + mark);
  *done = false;
  if (len == 0 || self->lists != NULL) return 0;
  if (len == 1 && (self->text[cut + mark] | 0x20) == 't') {
    if (n < 2 || (self->text[cut - 1] | 0x20) != 'n') return 0;
    cut--; /* do|n't */
  }
  *done = true;
  *at = begin + n + mark + len;
  int code = put_interned(self, begin, cut, LODE_TOKEN_WORD);
  return code != 0 ? code : put_interned(self, cut, *at, LODE_TOKEN_WORD);
}

static bool is_apostrophe(const lode__scan *self, size_t at) {
  return self->text[at] == '\'' || (self->len - at > 3 && memcmp(self->text + at, "\xE2\x80\x99", 3) == 0);
}

/* The n letters at *at are followed by a byte that does not end a word for sure.  *len: their number where they are
 * a word all the same. */
static int check_follower(lode__scan *self, size_t *at, size_t n, size_t *len, unsigned *but, bool *done) {
  size_t end = *at + n;
  switch (self->text[end]) {
    case '.':
      *but = SPLITS | LODE__LISTED_CLASS;
      /* No letter, no digit and no byte of an address behind the stop; "www." with a mark may still be one. */
      if (n == 1 || !(bits_behind_mark(self, end + 1) & AFTER_WORD)) return 0;
      if ((next_bits(self, end + 1) & AFTER_SPACED) || (self->text[*at] | 0x20) != 'w') *len = n;
      return 0;
    case ':':
      if (next_bits(self, end + 1) & AFTER_SPACED) *len = n;
      return 0;
    case '-':
      *but = SPLITS | LODE__LISTED_PREFIX;
      if (end + 1 == self->len || !is_letter(self->text[end + 1])) return 0;
      if (lode__scan_mail(self, *at) == *at) *len = n;
      else self->no_mail = *at; /* the slow scanner shall find it again */
      return 0;
    default:
      if (is_apostrophe(self, end)) return clitic_step(self, at, n, done);
      if (plain_wide_mark(self, end)) *len = n;
      return 0;
  }
}

/* The letters at *at. *done: false where the slow scanner has to look at them. */
static inline int word_step(lode__scan *self, size_t *at, letter_block *block, bool *done) {
  lode_table_short key;
  size_t begin = *at, n = letters_at(self, begin, block, &key), len = n;
  unsigned but = SPLITS;
  *done = false;
  if (n == LODE_LETTERS_MOST) return 0;
  if (!(next_bits(self, begin + n) & AFTER_WORD)) {
    len = 0;
    int code = check_follower(self, at, n, &len, &but, done);
    if (len == 0) return code;
  }
  if (listed_as(self, key, n) & but) return 0;
  *done = true;
  *at = begin + n;
  int code = lode__scan_put(self, begin, begin + n, LODE_TOKEN_WORD, 0, LODE_NO_ID);
  return code != 0 || self->words == NULL ? code : order(self, self->out->count - 1, key, n);
}

static int put_mark(lode__scan *self, size_t *at, size_t len, lode_token_kind kind) {
  *at += len;
  if (self->words_only) return lode__scan_put(self, *at - len, *at, kind, 0, LODE_NO_ID);
  return put_interned(self, *at - len, *at, kind);
}

/* Digits at *at that nothing joins. */
static int number_step(lode__scan *self, size_t *at, bool *done) {
  size_t end = *at + 1;
  while (end < self->len && (unsigned char)(self->text[end] - '0') < 10) end++;
  unsigned bits = next_bits(self, end);
  char byte = end < self->len ? self->text[end] : ' ';
  bool separator = byte == ',' || byte == '.' || byte == ':' || byte == '%';
  *done = separator ? (next_bits(self, end + 1) & AFTER_SPACED) != 0 : (bits & AFTER_WORD) != 0;
  return *done ? put_mark(self, at, end - *at, LODE_TOKEN_NUMBER) : 0;
}

static inline int step(lode__scan *self, size_t *at, letter_block *block) {
  unsigned char byte = (unsigned char)self->text[*at];
  bool done = false;
  int code = 0;
  if (is_letter((char)byte)) {
    code = word_step(self, at, block, &done);
  } else if (byte < 0x80 && (marks[byte] & bits_behind_mark(self, *at + 1))) {
    return put_mark(self, at, 1, byte == '$' || byte == '|' ? LODE_TOKEN_SYMBOL : LODE_TOKEN_PUNCT);
  } else if ((unsigned char)(byte - '0') < 10) {
    code = number_step(self, at, &done);
  } else if (plain_wide_mark(self, *at)) {
    return put_mark(self, at, 3, LODE_TOKEN_PUNCT);
  } else if (byte == 0xEF && plain_replacement(self, *at)) {
    return put_mark(self, at, 3, LODE_TOKEN_SYMBOL);
  }
  return done || code != 0 ? code : slow_step(self, at);
}

int lode__scan_step(lode__scan *self, size_t *at) {
  letter_block block = {.base = SIZE_MAX / 2}; /* holds nothing */
  return step(self, at, &block);
}

/* --- the plainest text --- */

/* Room in the tokens, and in the orders, for a run of plain words; what the loop below keeps in registers. */
typedef struct plain_run {
  lode_token *token, *tokens_end;
  lode_table_order *order, *orders_end;
  uint32_t index, last_end;
} plain_run;

static int begin_run(lode__scan *self, plain_run *run) {
  lode_tokens *out = self->out;
  if (out->cap - out->count < ORDERS) {
    int code = lode__scan_grow(self);
    if (code != 0) return code;
  }
  if (self->order_count == ORDERS) {
    int code = flush(self);
    if (code != 0) return code;
  }
  *run = (plain_run){.token = out->items + out->count,
                     .tokens_end = out->items + out->cap,
                     .order = self->orders + self->order_count,
                     .orders_end = self->orders + ORDERS,
                     .index = (uint32_t)out->count,
                     .last_end = out->count > self->first ? out->items[out->count - 1].end : UINT32_MAX};
  return 0;
}

static void end_run(lode__scan *self, const plain_run *run) {
  self->out->count = (size_t)(run->token - self->out->items);
  if (self->words != NULL) self->order_count = (size_t)(run->order - self->orders);
}

/* Words of letters with a space, or another byte that ends a word, behind each: until something else stands there,
 * or the room or the text of which 64 bytes can be seen is used up. */
static size_t plain_words(lode__scan *self, size_t at, plain_run *run) {
  const char *text = self->text;
  const size_t end = self->len - 64;
  const uint32_t base = (uint32_t)self->base;
  while (at <= end) {
    size_t from = at;
    uint64_t letters = lode_letter_mask(text + from);
    while (at - from <= 64 - LODE_LETTERS_MOST) {
      if (text[at] == ' ') {
        at++;
        continue;
      }
      size_t n = (size_t)__builtin_ctzll(~(letters >> (at - from)) | 1u << LODE_LETTERS_MOST);
      unsigned char behind = (unsigned char)text[at + n];
      if (n == 0 || n == LODE_LETTERS_MOST || !(after[behind] & AFTER_WORD)) return at;
      if (run->token == run->tokens_end || run->order == run->orders_end) return at;
      lode_table_short key = lode_letter_key(text + at, n);
      /* Asked of a longer word too, though it is in no list: a branch on the length would cost more. */
      if (lode__filter_has(key.word[0])) return at;
      uint32_t begin = base + (uint32_t)at;
      *run->token++ = (lode_token){.begin = begin,
                                   .end = begin + (uint32_t)n,
                                   .word = LODE_NO_ID,
                                   .kind = LODE_TOKEN_WORD,
                                   .flags = begin == run->last_end ? LODE_TOKEN_GLUED : 0};
      run->last_end = begin + (uint32_t)n;
      run->order->key = key;
      run->order->len = (uint32_t)n;
      run->order++->tag = run->index++;
      at += n + (behind == ' ');
    }
  }
  return at;
}

int lode__scan_fast(lode__scan *self) {
  lode_table_order orders[ORDERS];
  letter_block block = {.base = SIZE_MAX / 2}; /* holds nothing */
  bool runs = self->words != NULL && self->lists == NULL && self->len >= 64;
  int code = 0;
  self->orders = orders;
  for (size_t at = 0; at < self->len && code == 0;) {
    if (runs) {
      plain_run run;
      code = begin_run(self, &run);
      if (code != 0) break;
      at = plain_words(self, at, &run);
      end_run(self, &run);
      if (at == self->len) break;
    }
    if (self->text[at] == ' ') at++;
    else code = step(self, &at, &block);
  }
  if (code == 0 && self->order_count > 0) code = flush(self);
  self->orders = NULL;
  return code;
}
