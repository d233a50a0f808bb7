/* The fast way through plain text, and the ids of words.
 *
 * Two kinds of places need none of scan.c's questions: a run of ASCII letters whose next byte can neither belong
 * to the word nor make it an address (a space, a comma ...), and a mark that is one token whatever stands around
 * it.  They are nine tokens of ten in news.  Everything else is one step of the slow scanner, which has no memory
 * between tokens but the token before and `no_mail`, which only saves it work; so the two can take turns.
 *
 * Interning happens while the word is in a register.  What the slow scanner would have to look up in its lists is
 * asked once for each distinct word and kept in the key's mark (the worker's table is never shared with another
 * use of marks):
 *   - an ASCII word: WORD_SEEN, and WORD_SPLITS or WORD_STOPS where the lists know it;
 *   - a token beyond ASCII, as written: the id of its folded form + 1, so that it is folded once. */
#include "abbrev.h"
#include "fold.h"
#include "letters.h"
#include "mem.h"
#include "scan.h"

enum { WORD_SEEN = 1, WORD_SPLITS = 2, WORD_STOPS = 4 };

/* Bits of what a byte may stand behind. */
enum {
  AFTER_WORD = 1,   /* ends a run of letters, which is then a word */
  AFTER_MARK = 2,   /* an ASCII byte */
  AFTER_STOP = 4,   /* no second stop, no digit */
  AFTER_BANG = 8,   /* no second mark of the run */
  AFTER_OPEN = 16,  /* no face (: */
  AFTER_SEMI = 32,  /* no face ;) */
  AFTER_SPACED = 64 /* white space */
};

/* clang-format off */
#define SPACE_BITS (AFTER_WORD | AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI | AFTER_SPACED)
#define PLAIN_BITS (AFTER_WORD | AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI)
#define OTHER_BITS (AFTER_MARK | AFTER_STOP | AFTER_BANG | AFTER_OPEN | AFTER_SEMI)
static const unsigned char after[256] = {
    ['\t'] = SPACE_BITS, ['\n'] = SPACE_BITS, [11] = SPACE_BITS, [12] = SPACE_BITS, ['\r'] = SPACE_BITS,
    [' '] = SPACE_BITS,
    ['!'] = PLAIN_BITS & ~AFTER_BANG, ['"'] = PLAIN_BITS, ['#'] = PLAIN_BITS, ['$'] = PLAIN_BITS, ['%'] = OTHER_BITS,
    ['&'] = OTHER_BITS, ['\''] = OTHER_BITS, ['('] = PLAIN_BITS, [')'] = PLAIN_BITS & ~AFTER_SEMI, ['*'] = PLAIN_BITS,
    ['+'] = OTHER_BITS, [','] = PLAIN_BITS, ['-'] = OTHER_BITS & ~AFTER_SEMI, ['.'] = OTHER_BITS & ~AFTER_STOP,
    ['/'] = OTHER_BITS,
    ['0'] = OTHER_BITS & ~AFTER_STOP, ['1'] = OTHER_BITS & ~AFTER_STOP, ['2'] = OTHER_BITS & ~AFTER_STOP,
    ['3'] = OTHER_BITS & ~AFTER_STOP, ['4'] = OTHER_BITS & ~AFTER_STOP, ['5'] = OTHER_BITS & ~AFTER_STOP,
    ['6'] = OTHER_BITS & ~AFTER_STOP, ['7'] = OTHER_BITS & ~AFTER_STOP, ['8'] = OTHER_BITS & ~AFTER_STOP,
    ['9'] = OTHER_BITS & ~AFTER_STOP,
    [':'] = OTHER_BITS & ~AFTER_OPEN, [';'] = PLAIN_BITS, ['<'] = PLAIN_BITS, ['='] = PLAIN_BITS, ['>'] = PLAIN_BITS,
    ['?'] = PLAIN_BITS & ~AFTER_BANG, ['@'] = OTHER_BITS,
#define LETTERS(c) [c] = OTHER_BITS, [(c) + 1] = OTHER_BITS, [(c) + 2] = OTHER_BITS, [(c) + 3] = OTHER_BITS, \
                   [(c) + 4] = OTHER_BITS, [(c) + 5] = OTHER_BITS
    LETTERS('A'), LETTERS('G'), LETTERS('M'), LETTERS('S'), ['Y'] = OTHER_BITS, ['Z'] = OTHER_BITS,
    ['['] = PLAIN_BITS, ['\\'] = PLAIN_BITS, [']'] = PLAIN_BITS, ['^'] = PLAIN_BITS, ['_'] = OTHER_BITS,
    ['`'] = OTHER_BITS,
    LETTERS('a'), LETTERS('g'), LETTERS('m'), LETTERS('s'), ['y'] = OTHER_BITS, ['z'] = OTHER_BITS,
#undef LETTERS
    ['{'] = PLAIN_BITS, ['|'] = PLAIN_BITS, ['}'] = PLAIN_BITS, ['~'] = PLAIN_BITS,
};

/* Marks that are one token before a byte that has the bit. */
static const unsigned char marks[128] = {
    ['"'] = AFTER_MARK, [','] = AFTER_MARK, [')'] = AFTER_MARK, ['['] = AFTER_MARK, [']'] = AFTER_MARK,
    ['{'] = AFTER_MARK, ['}'] = AFTER_MARK, ['%'] = AFTER_MARK, ['&'] = AFTER_MARK, ['\\'] = AFTER_MARK,
    ['$'] = AFTER_MARK, ['|'] = AFTER_MARK, ['.'] = AFTER_STOP, ['('] = AFTER_OPEN, [';'] = AFTER_SEMI,
    [':'] = AFTER_SPACED, ['!'] = AFTER_BANG, ['?'] = AFTER_BANG,
};
/* clang-format on */

static uint32_t traits_of(const lode_lists *lists, lode_table_short key, size_t len) {
  enum { LISTED_MOST = 8 }; /* no compiled contraction or abbreviation of letters alone is longer */
  char word[LODE_TABLE_SHORT];
  if (lists == NULL && len > LISTED_MOST) return WORD_SEEN;
  memcpy(word, key.word, sizeof word);
  unsigned listed = lode__lists_of(lists, word, len);
  return WORD_SEEN | (listed >> LODE__LISTED_CUT_SHIFT != 0 ? WORD_SPLITS : 0u) |
         ((listed & LODE__LISTED_CLASS) != ABBREV_NONE ? WORD_STOPS : 0u);
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

static uint32_t intern(lode__scan *self, lode_str raw) {
  char low[LODE_TABLE_SHORT] = {0};
  lode_table_short key;
  unsigned all = 0;
  if (raw.len > sizeof low) {
    for (size_t i = 0; i < raw.len && all < 0x80; i++) all |= (unsigned char)raw.ptr[i];
    return all < 0x80 ? intern_folded(self, raw) : intern_raw(self, raw);
  }
  for (size_t i = 0; i < raw.len; i++) {
    unsigned char byte = (unsigned char)raw.ptr[i];
    all |= byte;
    low[i] = (char)(byte + ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
  }
  if (all >= 0x80) return intern_raw(self, raw);
  memcpy(key.word, low, sizeof low);
  return lode_table_add_short(self->words, key, raw.len, self->err);
}

/* Ids for the tokens from `from` on. */
static int intern_tokens(lode__scan *self, size_t from) {
  for (size_t i = from; i < self->out->count; i++) {
    lode_token *token = &self->out->items[i];
    if (self->words_only && token->kind != LODE_TOKEN_WORD) continue;
    token->word = intern(self, (lode_str){self->text + (token->begin - self->base), token->end - token->begin});
    if (token->word == LODE_NO_ID) return self->err != NULL ? self->err->code : LODE_E_NOMEM;
  }
  return 0;
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

/* The letters at `at`: their number in *len, 0 where the slow scanner has to look at them. */
static inline int plain_word(lode__scan *self, size_t at, size_t *len, uint32_t *id) {
  lode_table_short key;
  char rest[LODE__LETTERS_MOST] = {0};
  const char *from = self->text + at;
  if (self->len - at < LODE__LETTERS_MOST) {
    memcpy(rest, from, self->len - at);
    from = rest;
  }
  size_t n = lode__letters(from, &key);
  *len = 0;
  if (n == LODE__LETTERS_MOST) return 0;
  unsigned bits = next_bits(self, at + n);
  bool stop = false;
  if (!(bits & AFTER_WORD)) {
    if (self->text[at + n] != '.' && self->text[at + n] != ':') return 0;
    if (!(next_bits(self, at + n + 1) & AFTER_SPACED)) return 0;
    stop = self->text[at + n] == '.';
    if (stop && n == 1) return 0;
  }
  uint32_t traits;
  if (self->words != NULL) {
    *id = lode_table_add_short(self->words, key, n, self->err);
    if (*id == LODE_NO_ID) return self->err != NULL ? self->err->code : LODE_E_NOMEM;
    uint32_t *mark = &lode_table_at(self->words, *id)->mark;
    if (*mark == 0) *mark = traits_of(self->lists, key, n);
    traits = *mark;
  } else {
    traits = traits_of(self->lists, key, n);
  }
  if (!(traits & WORD_SPLITS) && !(stop && (traits & WORD_STOPS))) *len = n;
  return 0;
}

static inline int emit(lode__scan *self, size_t begin, size_t end, lode_token_kind kind, uint32_t id) {
  int code = lode__scan_emit(self, begin, end, kind, 0);
  if (code == 0) self->out->items[self->out->count - 1].word = id;
  return code;
}

static int mark_step(lode__scan *self, size_t *at) {
  unsigned char byte = (unsigned char)self->text[*at];
  uint32_t id = LODE_NO_ID;
  if (self->words != NULL && !self->words_only) {
    id = lode_table_add(self->words, self->text + *at, 1, NULL, self->err);
    if (id == LODE_NO_ID) return self->err != NULL ? self->err->code : LODE_E_NOMEM;
  }
  ++*at;
  return emit(self, *at - 1, *at, byte == '$' || byte == '|' ? LODE_TOKEN_SYMBOL : LODE_TOKEN_PUNCT, id);
}

int lode__scan_fast(lode__scan *self) {
  int code = 0;
  for (size_t at = 0; at < self->len && code == 0;) {
    unsigned char byte = (unsigned char)self->text[at];
    if (byte == ' ') {
      at++;
      continue;
    }
    if ((unsigned char)((byte | 0x20) - 'a') < 26) {
      size_t len = 0;
      uint32_t id = LODE_NO_ID;
      code = plain_word(self, at, &len, &id);
      if (len > 0) {
        code = emit(self, at, at + len, LODE_TOKEN_WORD, id);
        at += len;
        continue;
      }
      if (code != 0) break;
    } else if (byte < 0x80 && marks[byte] != 0 && (marks[byte] & next_bits(self, at + 1))) {
      code = mark_step(self, &at);
      continue;
    }
    code = slow_step(self, &at);
  }
  return code;
}
