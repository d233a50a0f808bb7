/* wide_core.h - the rules of UAX #29 as arithmetic on masks of 64 bits; the body of every kernel.
 *
 * A kernel file defines what its processor does well, and includes this file, which makes of it the three
 * functions of lode__wide_kernel.  It defines
 *   block, block_load(p)            64 bytes
 *   block_high(b), block_marks(b)   masks of the bytes of 0x80 and more, of the continuation bytes 80..BF
 *   block_equal(b, byte)            mask of the bytes that are `byte`
 *   block_controls(b)               mask of 00..1F and 7F
 *   block_candidates(b)             mask of the bytes in both CANDIDATES_BY_... of wide_types.h
 *   block_words(b)                  ascii_words
 *   MANY                            candidates of a block from which ten block_equal pay
 *   word_classes(p, leads, m), grapheme_classes(p, leads, m)
 *                                   sets m[class] to the bits of the non-ASCII code points of that class, but for
 *                                   Other; and m[PICTURES]
 *   emit(out, mask, base)           writes base + i for each bit i, in order, and returns the end; may write
 *                                   64 items whatever the mask
 *
 * Words
 * -----
 * Bit i of a class mask is set where a code point of that class BEGINS at byte i.  A boundary before byte i is
 * bit i of the result.  With no marks and no other scripts the left neighbour is a shift by one:
 *   WB5, 8, 9, 10, 13a, 13b   a word byte (letter, digit, _) behind a word byte
 *   WB7, 11                   a letter behind a middle behind a letter; so for digits
 *   WB6, 12                   the middle in front of such a letter: the same bits shifted back by one.  A middle
 *                             in the last byte of a block waits in state->pending until the next block knows
 *   WB3d, WB3                 a space behind a space, LF behind CR
 * and all other bytes are boundaries.
 *
 * Continuation bytes and what WB4 skips are one thing here: bytes that are passed over.  "The left neighbour, with
 * those passed over, is an X" is an addition (follow, below): the carry runs through the mask of the bytes to pass
 * and comes out behind it.  So no code point outside ASCII needs a step of its own, once the class masks are
 * there, and any mixture of ASCII and the rest is one block like another.  The way back of WB6 and 12 has no such
 * carry; middles before passed-over bytes (mostly U+2019) are few and go one by one.  WB4 does not join a mark to
 * a line break or to the start of the text: those marks are taken out of what is passed (heads).  WB15 and 16 count
 * one by one.
 *
 * Graphemes: the same with other classes; nothing looks ahead.  Sentences: a break needs a terminator or a separator
 * before it; their bytes, and the lead bytes that some of them have, are the candidates, and what is between
 * candidates is never looked at.
 */
#ifndef LODE_WIDE_CORE_H
#define LODE_WIDE_CORE_H
#include "wide_types.h"
#include <stdbool.h>

/* The places behind `set`, with the run of `pass` behind each passed over: a carry that runs through `pass`.
 * No bit is in both.  *carry: the same for the next block. */
static inline uint64_t follow(uint64_t set, uint64_t pass, uint64_t *carry) {
  uint64_t behind = set << 1 | *carry;
  uint64_t sum = (behind & pass) + pass;
  *carry = (set >> 63) | (sum < pass);
  return (sum | behind) & ~pass;
}

static inline uint64_t bits_above(unsigned i) {
  return ~(uint64_t)1 << i;
}

/* WB15, 16 and GB12, 13: the second of each pair is joined.  `behind` are the places behind a flag. */
static inline uint64_t flags_joined(uint64_t flags, uint64_t behind, uint64_t *open) {
  uint64_t joined = 0;
  for (; flags != 0; flags &= flags - 1) {
    uint64_t bit = flags & (~flags + 1);
    *open = !((behind & bit) != 0 && *open);
    if (!*open) joined |= bit;
  }
  return joined;
}

/* --- words ------------------------------------------------------------------------------------------- */

/* What the middle that the last block left open gets, now that `over` says who has a middle before him. */
static inline uint32_t *words_settle(lode__wide_state *s, uint64_t counts, uint64_t over, uint32_t *out) {
  if (counts == 0) return out; /* marks only: not yet */
  if ((over & counts & (~counts + 1)) == 0) *out++ = s->pending;
  s->pending = LODE__WIDE_NONE;
  return out;
}

/* A block of ASCII behind a state that is not odd. */
static inline uint32_t *words_plain(lode__wide_state *s, block b, const unsigned char *p, uint32_t base,
                                    uint32_t *out) {
  ascii_words a = block_words(b);
  uint64_t word = a.letter | a.digit | a.underscore;
  uint64_t joined = word & (word << 1 | s->letter | s->number | s->extend_num);
  uint64_t mid_letter = a.mid_letter & (a.letter << 1 | s->letter);
  uint64_t mid_number = a.mid_number & (a.digit << 1 | s->number);
  uint64_t over = (a.letter & (mid_letter << 1 | s->mid_letter)) | (a.digit & (mid_number << 1 | s->mid_number));
  joined |= over | over >> 1 | (a.space & (a.space << 1 | s->space));
  if (a.cr | s->cr) joined |= block_equal(b, '\n') & (a.cr << 1 | s->cr);
  if (s->pending != LODE__WIDE_NONE) out = words_settle(s, ~(uint64_t)0, over, out);
  uint64_t open = (mid_letter | mid_number) & (uint64_t)1 << 63;
  if (open) s->pending = base + 63;
  s->letter = a.letter >> 63;
  s->number = a.digit >> 63;
  s->extend_num = a.underscore >> 63;
  s->mid_letter = mid_letter >> 63;
  s->mid_number = mid_number >> 63;
  s->space = a.space >> 63;
  s->cr = a.cr >> 63;
  s->newline = (unsigned)p[63] - '\n' <= '\r' - '\n';
  return emit(out, ~(joined | open), base);
}

/* WB6, 12 where something stands between the middle and what decides: the middles of `mids` with one of `over`
 * behind the run of `pass`.  One whose run leaves the block becomes pending; it too is in the result. */
static inline uint64_t words_bridged(lode__wide_state *s, uint64_t mids, uint64_t over, uint64_t pass, uint64_t kept,
                                     uint32_t base) {
  uint64_t joined = mids & over >> 1;
  uint64_t far = mids & (pass >> 1 | (uint64_t)1 << 63);
  for (; far != 0; far &= far - 1) {
    unsigned i = first_bit(far);
    uint64_t bit = (uint64_t)1 << i, next = ~pass & bits_above(i);
    if (next & (~next + 1) & over) joined |= bit;
    if (next != 0) continue;
    joined |= bit;
    if ((kept & bit) == 0) s->pending = base + i;
  }
  return joined;
}

/* Any block. */
static inline uint32_t *words_mixed(lode__wide_state *s, block b, const unsigned char *p, uint32_t base,
                                    uint32_t *out) {
  ascii_words a = block_words(b);
  uint64_t m[CLASSES], cont = block_marks(b);
  word_classes(p, block_high(b) & ~cont, m);
  uint64_t lf = block_equal(b, '\n');
  uint64_t newline = lf | a.cr | block_equal(b, '\v') | block_equal(b, '\f') | m[WB_Newline];
  uint64_t letter = a.letter | m[WB_ALetter] | m[WB_Hebrew_Letter], number = a.digit | m[WB_Numeric];
  uint64_t extend_num = a.underscore | m[WB_ExtendNumLet], katakana = m[WB_Katakana];
  uint64_t mid_letter = a.mid_letter | m[WB_MidLetter] | m[WB_MidNumLet];
  uint64_t mid_number = a.mid_number | m[WB_MidNum] | m[WB_MidNumLet];
  uint64_t space = a.space | m[WB_WSegSpace];

  uint64_t marks = m[WB_Extend] | m[WB_Format] | m[WB_ZWJ];
  marks &= ~follow(newline, cont, &s->newline); /* heads: WB3a before WB4 */
  uint64_t pass = cont | marks;
  uint64_t behind_letter = follow(letter, pass, &s->letter), behind_number = follow(number, pass, &s->number);
  uint64_t behind_extend = follow(extend_num, pass, &s->extend_num);
  uint64_t behind_katakana = follow(katakana, pass, &s->katakana);
  uint64_t behind_word = behind_letter | behind_number | behind_extend;
  uint64_t joined = ((letter | number) & behind_word) | (extend_num & (behind_word | behind_katakana)) |
                    (katakana & (behind_katakana | behind_extend));

  mid_letter &= behind_letter;
  mid_number &= behind_number;
  uint64_t over =
      (letter & follow(mid_letter, pass, &s->mid_letter)) | (number & follow(mid_number, pass, &s->mid_number));
  uint64_t mids = mid_letter | mid_number, kept = 0;
  if (m[WB_Hebrew_Letter] | s->hebrew | s->mid_quote) { /* WB7a, 7b, 7c */
    uint64_t behind_hebrew = follow(m[WB_Hebrew_Letter], pass, &s->hebrew);
    uint64_t quote = block_equal(b, '"') & behind_hebrew;
    over |= m[WB_Hebrew_Letter] & follow(quote, pass, &s->mid_quote);
    mids |= quote;
    kept = block_equal(b, '\'') & behind_hebrew;
  }
  if (s->pending != LODE__WIDE_NONE) out = words_settle(s, ~pass, over, out);
  joined |= over | kept | words_bridged(s, mids, over, pass, kept, base);

  joined |= space & follow(space, cont, &s->space);         /* WB3d */
  joined |= m[PICTURES] & follow(m[WB_ZWJ], cont, &s->zwj); /* WB3c */
  joined |= lf & (a.cr << 1 | s->cr);                       /* WB3 */
  s->cr = a.cr >> 63;
  uint64_t flags = m[WB_Regional_Indicator];
  if (flags | s->flag) joined |= flags_joined(flags, follow(flags, pass, &s->flag), &s->flag_open);
  s->odd = s->katakana | s->hebrew | s->mid_quote | s->zwj | s->flag;
  return emit(out, ~(pass | joined), base);
}

static size_t words(lode__wide_state *state, const unsigned char *p, size_t count, uint32_t base, uint32_t *out) {
  uint32_t *begin = out;
  lode__wide_state s = *state; /* so that it can live in registers */
  for (; count > 0; count--, p += LODE__WIDE_BLOCK, base += LODE__WIDE_BLOCK) {
    block b = block_load(p);
    if ((block_high(b) | s.odd) == 0) out = words_plain(&s, b, p, base, out);
    else out = words_mixed(&s, b, p, base, out);
  }
  *state = s;
  return (size_t)(out - begin);
}

/* --- graphemes --------------------------------------------------------------------------------------- */

static inline uint32_t *graphemes_mixed(lode__wide_state *s, block b, const unsigned char *p, uint32_t base,
                                        uint32_t *out) {
  uint64_t m[CLASSES], cont = block_marks(b), cr = block_equal(b, '\r');
  grapheme_classes(p, block_high(b) & ~cont, m);
  uint64_t control = block_controls(b) | m[GB_Control], extend = m[GB_Extend], zwj = m[GB_ZWJ];
  uint64_t joined = (extend | zwj | m[GB_SpacingMark]) & ~follow(control, cont, &s->control); /* GB9, 9a, but GB4 */
  joined |= block_equal(b, '\n') & (cr << 1 | s->cr);                                         /* GB3 */
  s->cr = cr >> 63;
  if (m[GB_Prepend] | s->prepend) joined |= ~control & follow(m[GB_Prepend], cont, &s->prepend); /* GB9b */
  uint64_t syllable_v = m[GB_V] | m[GB_LV], syllable_t = m[GB_T] | m[GB_LVT];
  if (m[GB_L] | syllable_v | syllable_t | s->syllable_l | s->syllable_v | s->syllable_t) {
    joined |= (m[GB_L] | syllable_v | m[GB_LVT]) & follow(m[GB_L], cont, &s->syllable_l); /* GB6 */
    joined |= (m[GB_V] | m[GB_T]) & follow(syllable_v, cont, &s->syllable_v);             /* GB7 */
    joined |= m[GB_T] & follow(syllable_t, cont, &s->syllable_t);                         /* GB8 */
  }
  if (m[PICTURES] | s->picture | s->picture_zwj) { /* GB11 */
    uint64_t zwj_behind = zwj & follow(m[PICTURES], extend | cont, &s->picture);
    joined |= m[PICTURES] & follow(zwj_behind, cont, &s->picture_zwj);
  }
  uint64_t flags = m[GB_Regional_Indicator];
  if (flags | s->flag) joined |= flags_joined(flags, follow(flags, cont, &s->flag), &s->flag_open);
  s->odd = s->prepend | s->syllable_l | s->syllable_v | s->syllable_t | s->picture | s->picture_zwj | s->flag;
  return emit(out, ~(cont | joined), base);
}

static size_t graphemes(lode__wide_state *state, const unsigned char *p, size_t count, uint32_t base, uint32_t *out) {
  uint32_t *begin = out;
  lode__wide_state s = *state;
  for (; count > 0; count--, p += LODE__WIDE_BLOCK, base += LODE__WIDE_BLOCK) {
    block b = block_load(p);
    if (block_high(b) | s.odd) {
      out = graphemes_mixed(&s, b, p, base, out);
      continue;
    }
    uint64_t cr = block_equal(b, '\r'), joined = cr | s.cr ? block_equal(b, '\n') & (cr << 1 | s.cr) : 0;
    s.cr = cr >> 63;
    s.control = p[63] < 0x20 || p[63] == 0x7F;
    out = emit(out, ~joined, base);
  }
  *state = s;
  return (size_t)(out - begin);
}

/* --- sentences --------------------------------------------------------------------------------------- */

/* What most terminators are: followed by a space and an ASCII letter.  SB9, 10 take the space; then SB11 breaks, but
 * for SB8 where a full stop comes before a lower-case letter.  And LF: SB4.  p may be read LODE__WIDE_BEYOND bytes on. */
static inline bool sentence_is_plain(const unsigned char *p) {
  return *p == '\n' || (*p < 0x80 && *p != '\r' && p[1] == ' ' && (unsigned)(p[2] | 0x20) - 'a' < 26);
}

/* Candidates without the terminators that another follows at once: SB8a keeps the two together, and only the last of
 * a row decides.  A page of dots costs no more than one. */
static inline uint64_t last_of_rows(block b, uint64_t candidates) {
  uint64_t terms = block_equal(b, '.') | block_equal(b, '!') | block_equal(b, '?');
  return candidates & ~(terms & terms >> 1);
}

/* Many candidates outside ASCII are a script whose letters begin as a terminator does: Devanagari, Thai and their
 * neighbours (E0: of them only U+0964, U+0965 and those of E0 A0 end a sentence), Kana (E3: only U+3002), emoji (F0 9F:
 * none).  Those letters go all at once. */
static inline uint64_t without_letters(block b, const unsigned char *p, uint64_t candidates) {
  block second = block_load(p + 1), third = block_load(p + 2);
  uint64_t danda = block_equal(second, 0xA5) & (block_equal(third, 0xA4) | block_equal(third, 0xA5));
  uint64_t stop = block_equal(second, 0x80) & block_equal(third, 0x82);
  uint64_t letters = block_equal(b, 0xE0) & ~(danda | block_equal(second, 0xA0));
  letters |= block_equal(b, 0xE3) & ~stop;
  letters |= block_equal(b, 0xF0) & block_equal(second, 0x9F);
  return candidates & ~letters;
}

static size_t sentences(lode__wide_state *state, const char *text, size_t len, const unsigned char *p, size_t count,
                        uint32_t base, uint32_t *out) {
  uint32_t *begin = out;
  size_t at = state->at;
  for (; count > 0; count--, p += LODE__WIDE_BLOCK, base += LODE__WIDE_BLOCK) {
    if (at >= (size_t)base + LODE__WIDE_BLOCK) continue;
    block b = block_load(p);
    uint64_t candidates = block_candidates(b);
    if (candidates & candidates >> 1) candidates = last_of_rows(b, candidates);
    if (at > base) candidates &= ~(uint64_t)0 << (at - base);
    if (__builtin_popcountll(candidates) > MANY) candidates = without_letters(b, p, candidates);
    while (candidates != 0) {
      unsigned i = first_bit(candidates);
      candidates &= candidates - 1;
      if (sentence_is_plain(p + i)) {
        at = (size_t)base + i + (p[i] == '\n' ? 1 : 2);
        *out = (uint32_t)at;
        out += p[i] != '.' || p[i + 2] < 'a';
      } else {
        if (p[i] >= 0x80 && !candidate_is(p + i)) continue;
        bool ends = lode__sentence_candidate(text, len, (size_t)base + i, &at);
        *out = (uint32_t)at;
        out += ends;
      }
      if (at - base >= LODE__WIDE_BLOCK) break;
      candidates &= ~(uint64_t)0 << (at - base);
    }
  }
  state->at = at;
  if (out > begin) state->last = out[-1];
  return (size_t)(out - begin);
}

#endif
