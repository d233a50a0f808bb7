/* wide_classes.h - class masks of the non-ASCII code points of a block, for kernels that can look up bytes in
 * registers.  Private to the kernels.
 *
 * No step for each code point is needed.  The last byte of a code point of two or three bytes chooses one of the 64
 * entries of a page, and the bytes before it choose the page.  So: take the first lead byte that is left, find its
 * page, and look up all code points of the block that are on the same page at once.  A block of one script has one
 * to three pages.  Han and Hangul have many, but for words each of their lead bytes has one class.  What is left
 * after PAGES pages, and code points of four bytes, go one by one.  In the end, comparing the classes as bytes makes
 * the masks.  (On a corpus of eight alphabets this was 18 % faster with AVX2 than a look-up for each code point.)
 *
 * MANY of wide_core.h is here.  Besides what else is listed there, the kernel defines
 *   lanes, lanes_equal(b, byte), lanes_both(x, y), lanes_mask(x)      a yes or no for each byte
 *   block_zero(), block_low7(b)                                       all 0; the top bit of each byte cleared
 *   block_store(p, b)                                                 64 bytes
 *   block_between(b, from, count)                                     mask of the bytes from..from + count - 1
 *   block_look_up(into, where, places, page)                          into, and where `where` says so the entry of
 *                                                                     page[64] that the low 6 bits of `places` name
 */
#ifndef LODE_WIDE_CLASSES_H
#define LODE_WIDE_CLASSES_H
#include "wide_types.h"

enum {
  FEW = 3, /* code points of a block that are quicker one by one: a curly quote in English */
  PAGES = 6,
  MANY = 4,
  PAGE_SHIFT = 6,
};

typedef struct two_stages {
  const uint8_t *index, *blocks;
} two_stages;

static inline const uint8_t *page_of(two_stages table, uint32_t page) {
  uint32_t first = page << PAGE_SHIFT;
  return table.blocks + ((uint32_t)table.index[first >> LODE__SHIFT] << LODE__SHIFT) +
         (first & ((1u << LODE__SHIFT) - 1));
}

/* Sets m[1..last] and m[PICTURES] for the lead bytes `leads`, and returns those that still have to go one by one.
 * Class 0 is Other in all tables, and nobody asks for it. */
static inline uint64_t classes_by_page(const unsigned char *p, uint64_t leads, two_stages table, unsigned last,
                                       uint64_t m[CLASSES]) {
  block first = block_load(p), second = block_load(p + 1), third = block_load(p + 2), classes = block_zero();
  uint64_t four = block_between(first, 0xF0, 5), left = leads & ~four;
  for (unsigned i = 0; i < PAGES && left != 0; i++) {
    const unsigned char *at = p + first_bit(left);
    lanes same = lanes_equal(first, at[0]);
    if (at[0] < 0xE0) {
      classes = block_look_up(classes, same, second, page_of(table, at[0] & 0x1Fu));
    } else {
      uint32_t page = (uint32_t)(at[0] & 0x0F) << 6 | (at[1] & 0x3Fu);
      same = lanes_both(same, lanes_equal(second, at[1]));
      classes = block_look_up(classes, same, third, page_of(table, page));
    }
    left &= ~lanes_mask(same);
  }
  block low = block_low7(classes);
  m[PICTURES] = block_high(classes);
  UNROLLED
  for (unsigned class = 1; class <= last; class ++) m[class] = block_equal(low, (int)class);
  return left | (leads & four);
}

/* Not memset: GCC makes `rep stos` of it, which takes longer than all the rest for one curly quote. */
static inline void classes_clear(uint64_t m[CLASSES]) {
  for (unsigned i = 0; i < CLASSES; i += 8) block_store(m + i, block_zero());
}

static inline void word_classes(const unsigned char *p, uint64_t leads, uint64_t m[CLASSES]) {
  if (__builtin_popcountll(leads) > FEW) {
    /* U+4000..9FFF and U+B000..CFFF; the test of all code points would see another class there. */
    uint64_t han = block_between(block_load(p), 0xE4, 6), hangul = block_between(block_load(p), 0xEB, 2);
    leads =
        classes_by_page(p, leads & ~(han | hangul), (two_stages){lode__word_index, lode__word_blocks}, WB_WSegSpace, m);
    m[WB_ALetter] |= hangul;
  } else {
    classes_clear(m);
  }
  for (; leads != 0; leads &= leads - 1) class_add(m, word_class_at(p + first_bit(leads)), leads & (~leads + 1));
}

static inline void grapheme_classes(const unsigned char *p, uint64_t leads, uint64_t m[CLASSES]) {
  if (__builtin_popcountll(leads) > FEW) {
    uint64_t han = block_between(block_load(p), 0xE4, 6), hangul = leads & block_between(block_load(p), 0xEB, 2);
    leads = hangul | classes_by_page(p, leads & ~(han | hangul),
                                     (two_stages){lode__grapheme_index, lode__grapheme_blocks}, GB_LVT, m);
  } else {
    classes_clear(m);
  }
  for (; leads != 0; leads &= leads - 1) class_add(m, grapheme_class_at(p + first_bit(leads)), leads & (~leads + 1));
}

#endif
