/* wide.h - the kernels behind lode_breaks_all, private to src/text.
 *
 * A kernel reads blocks of 64 bytes and writes the offsets of the boundaries in them.  What a block needs to
 * know of those before it is in lode__wide_state: one bit for each question "was the last thing that counts
 * an X", so that every kernel can go on where another one stopped.
 *
 * The caller (uax29.c) gives whole blocks, followed by at least LODE__WIDE_BEYOND bytes that may be read: the
 * end of a text is copied behind itself with NULs.  A boundary is written for offset 0 too, and for each NUL
 * behind the end; the caller drops them.  `out` has room for 64 offsets a block and 64 more.
 */
#ifndef LODE_WIDE_H
#define LODE_WIDE_H
#include "cpu.h"
#include <stddef.h>
#include <stdint.h>

enum { LODE__WIDE_BLOCK = 64, LODE__WIDE_BEYOND = 8 };
#define LODE__WIDE_NONE UINT32_MAX

/* Each uint64_t is 0 or 1: what stood before the block, marks that the rules skip left out. */
typedef struct lode__wide_state {
  uint64_t cr;      /* the last byte was CR */
  uint64_t newline; /* words: the last code point was CR, LF or Newline, or there was none */
  uint64_t letter, number, extend_num, katakana, hebrew;
  uint64_t mid_letter, mid_number, mid_quote; /* a middle behind a letter, a number, a Hebrew letter */
  uint64_t space, zwj;                        /* the last code point, nothing skipped */
  uint64_t flag, flag_open;                   /* a regional indicator; it waits for its second */
  uint64_t odd;                               /* something that a block of ASCII alone does not look at */
  uint64_t control, prepend, syllable_l, syllable_v, syllable_t; /* graphemes, the last code point */
  uint64_t picture, picture_zwj;
  uint32_t pending; /* a middle whose other side has not come yet, or LODE__WIDE_NONE */
  size_t at;        /* sentences: all before is done */
  uint32_t last;    /* sentences: the last boundary */
} lode__wide_state;

typedef size_t lode__wide_blocks(lode__wide_state *state, const unsigned char *block, size_t count, uint32_t base,
                                 uint32_t *out);

typedef struct lode__wide_kernel {
  lode__wide_blocks *words, *graphemes;
  /* Sentences look around in the text; block is text + base, or the copy of its end. */
  size_t (*sentences)(lode__wide_state *state, const char *text, size_t len, const unsigned char *block, size_t count,
                      uint32_t base, uint32_t *out);
} lode__wide_kernel;

/* All NULL in a build whose compiler was not told the flags of that level. */
extern const lode__wide_kernel lode__wide_portable, lode__wide_neon, lode__wide_avx2, lode__wide_avx512;

/* In uax29.c: the candidate at `at` (a code point of any class) is looked at by all the rules; *to is how far they
 * went.  True where a sentence ends at *to. */
_Bool lode__sentence_candidate(const char *text, size_t len, size_t at, size_t *to);

#endif
