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

/* SB6 to SB11 behind a terminator that ends at *at; `before` is what stood before it.  Moves *at over what the
 * rules keep with the terminator; true where the sentence ends there. */
static bool sentence_ends(const char *text, size_t len, size_t *at, unsigned term, unsigned before) {
  size_t size;
  *at = sentence_run(text, len, *at, SB_Extend);
  if (term == SB_ATerm && *at < len) {
    unsigned next = sentence_at(text, *at, &size);
    if (next == SB_Numeric) return false;                                             /* SB6 */
    if (next == SB_Upper && (before == SB_Upper || before == SB_Lower)) return false; /* SB7 */
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

static size_t sentence_next(const char *text, size_t len, size_t at) {
  unsigned before = SB_Other;
  while (at < len) {
    size_t size;
    unsigned class = sentence_at(text, at, &size);
    at += size;
    if (sentence_separates(class)) return class == SB_CR && at < len && text[at] == '\n' ? at + 1 : at; /* SB3, 4 */
    if (class == SB_ATerm || class == SB_STerm) {
      if (sentence_ends(text, len, &at, class, before)) return at;
      before = SB_Other;
    } else if (!sentence_skips(class)) {
      before = class;
    }
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
  CHUNK_BLOCKS = 1024, /* between two looks at the room in the array */
  TAIL_BLOCKS = 2,
  /* A kernel writes up to a block's worth of offsets behind what it counts, and so many NULs follow the text. */
  ROOM_BEYOND = (TAIL_BLOCKS + 1) * LODE__WIDE_BLOCK,
};

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

/* SB6, 7: the class before a terminator, marks left out.  A segment begins behind a separator or behind what
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

bool lode__sentence_candidate(const char *text, size_t len, size_t at, size_t *to) {
  size_t size;
  unsigned class = sentence_at(text, at, &size);
  *to = at + size;
  if (sentence_separates(class)) {
    *to += class == SB_CR && *to < len && text[*to] == '\n'; /* SB3, 4 */
    return true;
  }
  if (class != SB_ATerm && class != SB_STerm) return false;
  return sentence_ends(text, len, to, class, class == SB_ATerm ? sentence_before(text, at) : SB_Other);
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

typedef struct bulk {
  const lode__wide_kernel *kernel;
  lode_unit unit;
  const char *text;
  size_t len;
  lode__wide_state state;
} bulk;

/* `count` blocks at `block`, which are those at text + base. */
static int bulk_blocks(bulk *self, const unsigned char *block, size_t count, size_t base, lode_offsets *out,
                       lode_err *err) {
  int code = offsets_room(out, count * LODE__WIDE_BLOCK + ROOM_BEYOND, err);
  if (code != 0) return code;
  uint32_t *to = out->items + out->count;
  const lode__wide_kernel *kernel = self->kernel;
  if (self->unit == LODE_UNIT_SENTENCE)
    out->count += kernel->sentences(&self->state, self->text, self->len, block, count, (uint32_t)base, to);
  else if (self->unit == LODE_UNIT_WORD)
    out->count += kernel->words(&self->state, block, count, (uint32_t)base, to);
  else
    out->count += kernel->graphemes(&self->state, block, count, (uint32_t)base, to);
  return 0;
}

/* What whole blocks leave, with NULs behind it: one of them stands at len and ends the last segment. */
static int bulk_tail(bulk *self, size_t base, lode_offsets *out, lode_err *err) {
  unsigned char tail[TAIL_BLOCKS * LODE__WIDE_BLOCK + LODE__WIDE_BEYOND] = {0};
  size_t left = self->len - base;
  memcpy(tail, self->text + base, left);
  return bulk_blocks(self, tail, left / LODE__WIDE_BLOCK + 1, base, out, err);
}

static int bulk_run(bulk *self, lode_offsets *out, lode_err *err) {
  size_t base = 0;
  while (self->len - base >= LODE__WIDE_BLOCK + LODE__WIDE_BEYOND) {
    size_t count = (self->len - base - LODE__WIDE_BEYOND) / LODE__WIDE_BLOCK;
    if (count > CHUNK_BLOCKS) count = CHUNK_BLOCKS;
    int code = bulk_blocks(self, (const unsigned char *)self->text + base, count, base, out, err);
    if (code != 0) return code;
    base += count * LODE__WIDE_BLOCK;
  }
  return bulk_tail(self, base, out, err);
}

int lode_breaks_all_at(lode_cpu level, lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err) {
  assert(len < UINT32_MAX && begins_and_ends_whole(text, len) && lode_breaks_has(level));
  if (len == 0) return 0;
  /* WB4 and GB9 join nothing to the start of the text, as to the end of a line. */
  bulk self = {kernels[level], unit, text, len, {.newline = 1, .control = 1, .pending = LODE__WIDE_NONE}};
  size_t first = out->count;
  int code = bulk_run(&self, out, err);
  if (code != 0) return code;
  if (unit == LODE_UNIT_SENTENCE) {
    if (out->count == first || out->items[out->count - 1] != len) out->items[out->count++] = (uint32_t)len;
    return 0;
  }
  while (out->items[out->count - 1] != len) out->count--;
  out->count--;
  memmove(out->items + first, out->items + first + 1, (out->count - first) * sizeof *out->items);
  return 0;
}

int lode_breaks_all(lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err) {
  return lode_breaks_all_at(best_level(), unit, text, len, out, err);
}

void lode_offsets_free(lode_offsets *self) {
  free(self->items);
  *self = (lode_offsets){0};
}
