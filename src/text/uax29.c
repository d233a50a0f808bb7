/* Each unit has one function from a boundary to the next one.  That needs no state between calls because
 * no rule looks to the left over a boundary: counts of regional indicators restart in pairs, and every
 * sequence that the rules name on the left is one that they do not break.  Stepping and bulk share the
 * rules of sentences; words and graphemes in bulk go through the kernels of wide.h, which do whole texts on
 * their own (wide_core.h says how). */
#include "uax29.h"
#include "mem.h"
#include "tables.h"
#include "utf8.h"
#include "wide.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BIT_WORD = 1, BIT_WIDE = 2, BIT_PLAIN = 4 };

/* What ASCII needs for the short ways: letters, digits and _ join (WB5, 8 to 10, 13a, 13b); BIT_PLAIN are
 * the bytes that join nothing in words; BIT_WIDE those that may reach over to a letter or digit. */
static const uint8_t ascii_bits[128] = {
    ['\t'] = BIT_PLAIN, [' '] = BIT_PLAIN, ['!'] = BIT_PLAIN, ['#'] = BIT_PLAIN,  ['$'] = BIT_PLAIN,  ['%'] = BIT_PLAIN,
    ['&'] = BIT_PLAIN,  ['('] = BIT_PLAIN, [')'] = BIT_PLAIN, ['*'] = BIT_PLAIN,  ['+'] = BIT_PLAIN,  ['-'] = BIT_PLAIN,
    ['/'] = BIT_PLAIN,  ['<'] = BIT_PLAIN, ['='] = BIT_PLAIN, ['>'] = BIT_PLAIN,  ['?'] = BIT_PLAIN,  ['@'] = BIT_PLAIN,
    ['['] = BIT_PLAIN,  [']'] = BIT_PLAIN, ['"'] = BIT_PLAIN, ['\n'] = BIT_PLAIN, ['\r'] = BIT_PLAIN, ['.'] = BIT_WIDE,
    [','] = BIT_WIDE,   [':'] = BIT_WIDE,  [';'] = BIT_WIDE,  ['\''] = BIT_WIDE,  ['_'] = BIT_WORD,   ['0'] = BIT_WORD,
    ['1'] = BIT_WORD,   ['2'] = BIT_WORD,  ['3'] = BIT_WORD,  ['4'] = BIT_WORD,   ['5'] = BIT_WORD,   ['6'] = BIT_WORD,
    ['7'] = BIT_WORD,   ['8'] = BIT_WORD,  ['9'] = BIT_WORD,  ['A'] = BIT_WORD,   ['B'] = BIT_WORD,   ['C'] = BIT_WORD,
    ['D'] = BIT_WORD,   ['E'] = BIT_WORD,  ['F'] = BIT_WORD,  ['G'] = BIT_WORD,   ['H'] = BIT_WORD,   ['I'] = BIT_WORD,
    ['J'] = BIT_WORD,   ['K'] = BIT_WORD,  ['L'] = BIT_WORD,  ['M'] = BIT_WORD,   ['N'] = BIT_WORD,   ['O'] = BIT_WORD,
    ['P'] = BIT_WORD,   ['Q'] = BIT_WORD,  ['R'] = BIT_WORD,  ['S'] = BIT_WORD,   ['T'] = BIT_WORD,   ['U'] = BIT_WORD,
    ['V'] = BIT_WORD,   ['W'] = BIT_WORD,  ['X'] = BIT_WORD,  ['Y'] = BIT_WORD,   ['Z'] = BIT_WORD,   ['a'] = BIT_WORD,
    ['b'] = BIT_WORD,   ['c'] = BIT_WORD,  ['d'] = BIT_WORD,  ['e'] = BIT_WORD,   ['f'] = BIT_WORD,   ['g'] = BIT_WORD,
    ['h'] = BIT_WORD,   ['i'] = BIT_WORD,  ['j'] = BIT_WORD,  ['k'] = BIT_WORD,   ['l'] = BIT_WORD,   ['m'] = BIT_WORD,
    ['n'] = BIT_WORD,   ['o'] = BIT_WORD,  ['p'] = BIT_WORD,  ['q'] = BIT_WORD,   ['r'] = BIT_WORD,   ['s'] = BIT_WORD,
    ['t'] = BIT_WORD,   ['u'] = BIT_WORD,  ['v'] = BIT_WORD,  ['w'] = BIT_WORD,   ['x'] = BIT_WORD,   ['y'] = BIT_WORD,
    ['z'] = BIT_WORD,
};

static unsigned ascii_bit(unsigned char byte) {
  return byte < 0x80 ? ascii_bits[byte] : 0;
}

/* The class of the code point at text + at, which must be before the end; *size is its length. */
static unsigned word_at(const char *text, size_t at, size_t *size) {
  uint32_t cp;
  *size = lode_utf8_next(text + at, &cp);
  return lode__word_of(cp);
}

static bool word_skips(unsigned class) { /* WB4 */
  return class == WB_Extend || class == WB_Format || class == WB_ZWJ;
}

static bool word_letter(unsigned class) { /* AHLetter */
  return class == WB_ALetter || class == WB_Hebrew_Letter;
}

/* Behind a run that WB4 skips: where the next code point that counts ends, and its class (bare of the
 * pictographic bit), or WB_CR, which joins nothing, at the end of the text. */
static unsigned word_after(const char *text, size_t len, size_t at, size_t *end) {
  while (at < len) {
    size_t size;
    unsigned class = word_at(text, at, &size) & ~(unsigned)LODE__PICTOGRAPHIC;
    at += size;
    if (!word_skips(class)) {
      *end = at;
      return class;
    }
  }
  *end = len;
  return WB_CR;
}

/* WB6, 7, 7b, 7c, 11, 12: does `mid`, which ends at `at`, join `left` with what follows?  *end is the end of
 * the code point that follows.  The look-ahead passes marks that no other look-ahead will pass: where it
 * fails, mid and its marks become a segment of their own, or stay with a Hebrew letter by WB7a. */
static bool word_bridges(const char *text, size_t len, unsigned left, unsigned mid, size_t at, size_t *end,
                         unsigned *right) {
  bool letters = word_letter(left) && (mid == WB_MidLetter || mid == WB_MidNumLet || mid == WB_Single_Quote);
  bool digits = left == WB_Numeric && (mid == WB_MidNum || mid == WB_MidNumLet || mid == WB_Single_Quote);
  bool hebrew = left == WB_Hebrew_Letter && mid == WB_Double_Quote;
  if (!letters && !digits && !hebrew) return false;
  *right = word_after(text, len, at, end);
  if (letters) return word_letter(*right);
  return digits ? *right == WB_Numeric : *right == WB_Hebrew_Letter;
}

/* Rules between two code points that count, but for those that look ahead. */
static bool word_joins(unsigned left, unsigned right, bool pair_open) {
  bool left_word = word_letter(left) || left == WB_Numeric;
  bool right_word = word_letter(right) || right == WB_Numeric;
  if (left_word && right_word) return true;                                                         /* WB5, 8, 9, 10 */
  if (left == WB_Katakana && right == WB_Katakana) return true;                                     /* WB13 */
  if (right == WB_ExtendNumLet) return left_word || left == WB_Katakana || left == WB_ExtendNumLet; /* WB13a */
  if (left == WB_ExtendNumLet) return right_word || right == WB_Katakana;                           /* WB13b */
  return left == WB_Regional_Indicator && right == WB_Regional_Indicator && pair_open;              /* WB15, 16 */
}

/* The end of the segment that begins at `at`, by all the rules. */
static size_t word_end(const char *text, size_t len, size_t at) {
  size_t size;
  unsigned raw = word_at(text, at, &size), left = raw & ~(unsigned)LODE__PICTOGRAPHIC;
  at += size;
  if (left == WB_CR) return at < len && text[at] == '\n' ? at + 1 : at; /* WB3 */
  if (left == WB_LF || left == WB_Newline) return at;                   /* WB3a */
  bool pair_open = left == WB_Regional_Indicator;
  unsigned before = left; /* the code point right before `at`, skipped or not */
  while (at < len) {
    raw = word_at(text, at, &size);
    unsigned right = raw & ~(unsigned)LODE__PICTOGRAPHIC;
    size_t end = at + size;
    if (before == WB_ZWJ && (raw & LODE__PICTOGRAPHIC)) { /* WB3c */
      left = right;
    } else if (before == WB_WSegSpace && right == WB_WSegSpace) { /* WB3d */
      left = right;
    } else if (word_skips(right)) { /* WB4 */
      at = end;
      before = right;
      continue;
    } else if (word_joins(left, right, pair_open)) {
      pair_open = false;
      left = right;
    } else {
      unsigned beyond;
      size_t bridge;
      if (word_bridges(text, len, left, right, end, &bridge, &beyond)) {
        right = beyond;
        end = bridge;
      } else if (left != WB_Hebrew_Letter || right != WB_Single_Quote) { /* WB7a */
        return at;
      }
      left = right;
    }
    at = end;
    before = right;
  }
  return at;
}

/* The same for a segment of ASCII followed by ASCII; anything else goes the long way. */
static size_t word_next(const char *text, size_t len, size_t at) {
  size_t from = at;
  if (ascii_bit((unsigned char)text[at]) == BIT_WORD) {
    do at++;
    while (at < len && ascii_bit((unsigned char)text[at]) == BIT_WORD);
    if (at == len || ascii_bit((unsigned char)text[at]) == BIT_PLAIN) return at;
  } else if (text[at] == ' ') {
    do at++;
    while (at < len && text[at] == ' ');
    if (at == len || ascii_bit((unsigned char)text[at]) != 0) return at;
  }
  return word_end(text, len, from);
}

/* --- sentences --------------------------------------------------------------------------------------- */

static unsigned sentence_at(const char *text, size_t at, size_t *size) {
  uint32_t cp;
  *size = lode_utf8_next(text + at, &cp);
  return lode__sentence_of(cp);
}

static bool sentence_skips(unsigned class) { /* SB5 */
  return class == SB_Extend || class == SB_Format;
}

static bool sentence_separates(unsigned class) { /* ParaSep */
  return class == SB_Sep || class == SB_CR || class == SB_LF;
}

/* Step over all code points of `class` with the marks that SB5 hangs on them. */
static size_t sentence_run(const char *text, size_t len, size_t at, unsigned class) {
  while (at < len) {
    size_t size;
    unsigned here = sentence_at(text, at, &size);
    if (here != class && !sentence_skips(here)) return at;
    at += size;
  }
  return at;
}

/* SB8: a lower-case letter comes before any other letter, separator or terminator.  A look-ahead ends at the
 * next terminator, so that over a whole text no byte is passed by two of them. */
static bool sentence_lower_follows(const char *text, size_t len, size_t at) {
  while (at < len) {
    size_t size;
    unsigned class = sentence_at(text, at, &size);
    if (class == SB_Lower) return true;
    if (class == SB_OLetter || class == SB_Upper || class == SB_ATerm || class == SB_STerm || sentence_separates(class))
      return false;
    at += size;
  }
  return false;
}

/* SB7: the class before a terminator, marks left out.  A segment begins behind a separator or behind what
 * hangs on a terminator, and neither is a letter: nobody need know where it began. */
static unsigned sentence_before(const char *text, size_t at) {
  while (at > 0) {
    size_t size;
    at -= lode_utf8_back(text, at);
    unsigned class = sentence_at(text, at, &size);
    if (!sentence_skips(class)) return class;
  }
  return SB_Other;
}

/* SB6 to SB11 behind a terminator at text + begin that ends at *at.  Moves *at over what the rules keep with the
 * terminator; true where the sentence ends there. */
static bool sentence_ends(const char *text, size_t len, size_t begin, size_t *at, unsigned term) {
  size_t size;
  *at = sentence_run(text, len, *at, SB_Extend);
  if (term == SB_ATerm && *at < len) {
    unsigned next = sentence_at(text, *at, &size);
    if (next == SB_Numeric) return false; /* SB6 */
    if (next == SB_Upper) {               /* SB7 */
      unsigned before = sentence_before(text, begin);
      if (before == SB_Upper || before == SB_Lower) return false;
    }
  }
  *at = sentence_run(text, len, *at, SB_Close); /* SB9 */
  *at = sentence_run(text, len, *at, SB_Sp);    /* SB10 */
  if (*at == len) return true;
  unsigned next = sentence_at(text, *at, &size);
  if (sentence_separates(next)) {
    bool crlf = next == SB_CR && *at + 1 < len && text[*at + 1] == '\n';
    *at += size + crlf;
    return true; /* SB4, 11 */
  }
  if (next == SB_SContinue || next == SB_ATerm || next == SB_STerm) return false; /* SB8a */
  return term == SB_STerm || !sentence_lower_follows(text, len, *at);             /* SB8, 11 */
}

bool lode__sentence_candidate(const char *text, size_t len, size_t at, size_t *to) {
  size_t size;
  unsigned class = sentence_at(text, at, &size);
  *to = at + size;
  if (sentence_separates(class)) {
    *to += class == SB_CR && *to < len && text[*to] == '\n'; /* SB3, 4 */
    return true;
  }
  if (class != SB_ATerm && class != SB_STerm) return false;
  return sentence_ends(text, len, at, to, class);
}

static size_t sentence_next(const char *text, size_t len, size_t at) {
  while (at < len) {
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80 && byte != '.' && byte != '!' && byte != '?' && byte != '\n' && byte != '\r') at++;
    else if (lode__sentence_candidate(text, len, at, &at)) return at;
  }
  return at;
}

/* --- graphemes --------------------------------------------------------------------------------------- */

/* GB6, 7, 8: syllables of Hangul. */
static bool grapheme_syllable(unsigned left, unsigned right) {
  if (left == GB_L) return right == GB_L || right == GB_V || right == GB_LV || right == GB_LVT;
  if (left == GB_LV || left == GB_V) return right == GB_V || right == GB_T;
  return (left == GB_LVT || left == GB_T) && right == GB_T;
}

static bool grapheme_control(unsigned class) {
  return class == GB_CR || class == GB_LF || class == GB_Control;
}

static size_t grapheme_next(const char *text, size_t len, size_t at) {
  uint32_t cp;
  at += lode_utf8_next(text + at, &cp);
  if (at == len) return at;
  if (cp < 0x80 && (unsigned char)text[at] < 0x80) return cp == '\r' && text[at] == '\n' ? at + 1 : at; /* GB3 */
  unsigned raw = lode__grapheme_of(cp), left = raw & ~(unsigned)LODE__PICTOGRAPHIC;
  if (grapheme_control(left)) return at; /* GB4 */
  bool pair_open = left == GB_Regional_Indicator;
  bool picture = (raw & LODE__PICTOGRAPHIC) != 0; /* ExtPict Extend*, and the same with ZWJ behind it */
  while (at < len) {
    size_t size = lode_utf8_next(text + at, &cp);
    raw = lode__grapheme_of(cp);
    unsigned right = raw & ~(unsigned)LODE__PICTOGRAPHIC;
    if (grapheme_control(right)) return at;                                                          /* GB5 */
    bool joined = right == GB_Extend || right == GB_ZWJ || right == GB_SpacingMark                   /* GB9, 9a */
                  || left == GB_Prepend || grapheme_syllable(left, right)                            /* GB9b, 6 to 8 */
                  || (picture && left == GB_ZWJ && (raw & LODE__PICTOGRAPHIC))                       /* GB11 */
                  || (pair_open && left == GB_Regional_Indicator && right == GB_Regional_Indicator); /* GB12, 13 */
    if (!joined) return at;
    pair_open = right == GB_Regional_Indicator && left != GB_Regional_Indicator;
    if (raw & LODE__PICTOGRAPHIC) picture = true;
    else if (left == GB_ZWJ || (right != GB_Extend && right != GB_ZWJ)) picture = false;
    left = right;
    at += size;
  }
  return at;
}

/* --- interface --------------------------------------------------------------------------------------- */

static size_t unit_next(lode_unit unit, const char *text, size_t len, size_t at) {
  if (unit == LODE_UNIT_WORD) return word_next(text, len, at);
  return unit == LODE_UNIT_SENTENCE ? sentence_next(text, len, at) : grapheme_next(text, len, at);
}

static bool begins_and_ends_whole(const char *text, size_t len) {
  return len == 0 || (((unsigned char)text[0] & 0xC0) != 0x80 && (unsigned char)text[len - 1] < 0xC0);
}

void lode_breaks_init(lode_breaks *self, lode_unit unit, const char *text, size_t len) {
  assert(begins_and_ends_whole(text, len));
  *self = (lode_breaks){.text = text, .len = len, .pos = 0, .unit = unit};
}

bool lode_breaks_next(lode_breaks *self, lode_span *out) {
  if (self->pos == self->len) return false;
  out->begin = self->pos;
  self->pos = out->end = unit_next(self->unit, self->text, self->len, self->pos);
  return true;
}

/* --- bulk -------------------------------------------------------------------------------------------- */

enum {
  PIECE_BLOCKS = (LODE_PIECE_MAX / LODE__WIDE_BLOCK) - 3,
  TAIL_BLOCKS = 2,
  /* A kernel writes up to a block's worth of offsets behind what it counts, and so many NULs follow the text. */
  ROOM_BEYOND = (TAIL_BLOCKS + 1) * LODE__WIDE_BLOCK,
};
_Static_assert(PIECE_BLOCKS *LODE__WIDE_BLOCK + ROOM_BEYOND <= LODE_PIECE_MAX, "a piece fits the caller's array");
_Static_assert(sizeof(lode__wide_state) <= sizeof((lode_pieces){0}.state), "the state fits the caller's struct");

static const lode__wide_kernel *const kernels[LODE_CPU_COUNT] = {
    [LODE_CPU_PORTABLE] = &lode__wide_portable,
    [LODE_CPU_NEON] = &lode__wide_neon,
    [LODE_CPU_AVX2] = &lode__wide_avx2,
    [LODE_CPU_AVX512] = &lode__wide_avx512,
};

bool lode_breaks_has(lode_cpu level) {
  return kernels[level]->words != NULL && lode_cpu_has(level);
}

static lode_cpu best_level(void) {
  int level = LODE_CPU_COUNT - 1;
  while (!lode_breaks_has((lode_cpu)level)) level--;
  return (lode_cpu)level;
}

static void pieces_init_at(lode_pieces *self, lode_cpu level, lode_unit unit, const char *text, size_t len) {
  assert(len < UINT32_MAX && begins_and_ends_whole(text, len) && lode_breaks_has(level));
  *self = (lode_pieces){.text = text, .len = len, .unit = unit, .level = level, .ended = len == 0};
  /* WB4 and GB9 join nothing to the start of the text, as to the end of a line. */
  lode__wide_state state = {.newline = 1, .control = 1, .pending = LODE__WIDE_NONE};
  memcpy(self->state, &state, sizeof state);
}

void lode_pieces_init(lode_pieces *self, lode_unit unit, const char *text, size_t len) {
  pieces_init_at(self, best_level(), unit, text, len);
}

/* `count` blocks at `block`, which are those at text + pos. */
static size_t pieces_blocks(lode_pieces *self, const unsigned char *block, size_t count, uint32_t *out) {
  const lode__wide_kernel *kernel = kernels[self->level];
  lode__wide_state state;
  size_t found;
  uint32_t base = (uint32_t)self->pos;
  memcpy(&state, self->state, sizeof state);
  if (self->unit == LODE_UNIT_SENTENCE)
    found = kernel->sentences(&state, self->text, self->len, block, count, base, out);
  else if (self->unit == LODE_UNIT_WORD) found = kernel->words(&state, block, count, base, out);
  else found = kernel->graphemes(&state, block, count, base, out);
  memcpy(self->state, &state, sizeof state);
  return found;
}

/* What whole blocks leave, with NULs behind it.  In words and graphemes one of them stands at len and ends the last
 * segment; what is behind it does not count.  The last sentence may not have ended. */
static size_t pieces_tail(lode_pieces *self, uint32_t *out) {
  unsigned char tail[TAIL_BLOCKS * LODE__WIDE_BLOCK + LODE__WIDE_BEYOND] = {0};
  size_t left = self->len - self->pos;
  memcpy(tail, self->text + self->pos, left);
  size_t found = pieces_blocks(self, tail, left / LODE__WIDE_BLOCK + 1, out);
  if (self->unit != LODE_UNIT_SENTENCE) {
    while (out[found - 1] != self->len) found--;
    return found;
  }
  lode__wide_state state;
  memcpy(&state, self->state, sizeof state);
  if (state.last != self->len) out[found++] = (uint32_t)self->len;
  return found;
}

/* Blocks of the next piece, the tail not among them. */
static size_t pieces_ahead(const lode_pieces *self) {
  size_t left = self->len - self->pos;
  if (left < LODE__WIDE_BLOCK + LODE__WIDE_BEYOND) return 0;
  size_t count = (left - LODE__WIDE_BEYOND) / LODE__WIDE_BLOCK;
  return count < PIECE_BLOCKS ? count : PIECE_BLOCKS;
}

bool lode_pieces_next(lode_pieces *self, uint32_t *items, size_t *count) {
  if (self->ended) return false;
  bool first = self->pos == 0 && self->unit != LODE_UNIT_SENTENCE;
  size_t blocks = pieces_ahead(self);
  if (blocks > 0) {
    *count = pieces_blocks(self, (const unsigned char *)self->text + self->pos, blocks, items);
    self->pos += blocks * LODE__WIDE_BLOCK;
  } else {
    *count = pieces_tail(self, items);
    self->ended = true;
  }
  if (first) memmove(items, items + 1, --*count * sizeof *items); /* the boundary at 0 */
  return true;
}

static int offsets_room(lode_offsets *self, size_t more, lode_err *err) {
  size_t need = lode_size_add(self->count, more);
  if (need <= self->cap) return 0;
  size_t cap = lode_size_grow(self->cap, need);
  uint32_t *items = realloc(self->items, lode_size_mul(cap, sizeof *items));
  if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory for %zu boundaries", cap);
  self->items = items;
  self->cap = cap;
  return 0;
}

int lode_breaks_all_at(lode_cpu level, lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err) {
  lode_pieces pieces;
  pieces_init_at(&pieces, level, unit, text, len);
  while (!pieces.ended) {
    size_t found;
    int code = offsets_room(out, pieces_ahead(&pieces) * LODE__WIDE_BLOCK + ROOM_BEYOND, err);
    if (code != 0) return code;
    lode_pieces_next(&pieces, out->items + out->count, &found);
    out->count += found;
  }
  return 0;
}

int lode_breaks_all(lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err) {
  return lode_breaks_all_at(best_level(), unit, text, len, out, err);
}

void lode_offsets_free(lode_offsets *self) {
  free(self->items);
  *self = (lode_offsets){0};
}
