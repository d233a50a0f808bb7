/* count_core.h - plain words by masks, for the kernels of count.c; private to src/text.
 *
 * A window of 64 bytes begins at a chunk (the start of the text, or behind white space) and is read to its last white
 * space.  What is in it:
 *   chunks of letters and plain marks        their runs of letters are words
 *   chunks without letters                   no words, if they are ASCII without apostrophe ('70 is one)
 *   others                                   left to the caller, in order
 * A stop behind letters is plain before white space or a mark, unless a list has the word; a colon before white space.
 *
 * The file that includes this is compiled for its level; `lode__count_classes` is the one thing that differs. */
#ifndef LODE_COUNT_CORE_H
#define LODE_COUNT_CORE_H
#include "bits.h"
#include "count_kernel.h"
#include "letters.h"
#include "wordlists.h"
#include <string.h>

static inline lode__count_masks lode__count_classes(const char *p);

/* The three bytes of curly double quotes and dashes before ASCII, which are marks like the plain ones. */
static inline uint64_t wide_marks(const unsigned char *p, uint64_t high) {
  uint64_t marks = 0;
  for (uint64_t left = high; left != 0; left &= left - 1) {
    unsigned at = (unsigned)__builtin_ctzll(left);
    if (p[at] != 0xE2 || at > 60) continue;
    unsigned last = p[at + 2];
    bool known = p[at + 1] == 0x80 && (last == 0x93 || last == 0x94 || last == 0x9C || last == 0x9D);
    if (known && p[at + 3] < 0x80) marks |= (uint64_t)7 << at;
  }
  return marks;
}

/* Runs of 16 letters and more, at least one bit of each. */
static inline uint64_t long_runs(uint64_t letters) {
  letters &= letters >> 1;
  letters &= letters >> 2;
  letters &= letters >> 4;
  return letters & letters >> 8;
}

/* The stops of `stops`, each behind letters, that may be part of their word. */
static inline uint64_t odd_stops(const char *p, uint64_t letters, uint64_t spaces, uint64_t stops) {
  uint64_t odd = 0;
  for (; stops != 0; stops &= stops - 1) {
    unsigned end = (unsigned)__builtin_ctzll(stops);
    uint64_t before = ~letters & lode_bits_below(end);
    unsigned begin = before == 0 ? 0 : 64 - (unsigned)__builtin_clzll(before), n = end - begin;
    bool maybe_url = (p[begin] | 0x20) == 'w' && !(spaces >> end >> 1 & 1);
    if (n == 1 || n >= LODE_LETTERS_MOST || maybe_url || lode__count_stop_is_odd(lode_letter_key(p + begin, n), n))
      odd |= stops & (~stops + 1);
  }
  return odd;
}

/* Append the keys of the runs of letters. */
static inline void put_keys(lode__count_batch *batch, const char *p, uint64_t letters) {
  uint64_t begins = letters & ~(letters << 1), ends = ~letters & letters << 1;
  unsigned count = lode_bits_count(begins);
  lode_table_short *to = batch->keys + batch->count;
  batch->count += count;
  /* By fours: how many words there are is not known before, and each wrong guess costs more than a word. */
  for (unsigned i = 0; i < count; i += 4) {
    for (unsigned k = 0; k < 4; k++) {
      unsigned begin = lode_bits_first(begins), end = lode_bits_first(ends);
      begins &= begins - 1;
      ends &= ends - 1;
      to[i + k] = lode_letter_key(p + begin, end - begin);
    }
  }
}

/* Take the chunks that are not plain out of *letters and put them among the odd ones. */
static inline void take_odd(lode__count_batch *batch, size_t base, uint64_t spaces, uint64_t odd, uint64_t wordy,
                            uint64_t *letters) {
  while (odd != 0) {
    unsigned at = (unsigned)__builtin_ctzll(odd);
    uint64_t before = spaces & lode_bits_below(at);
    unsigned begin = before == 0 ? 0 : 64 - (unsigned)__builtin_clzll(before);
    unsigned end =
        (unsigned)__builtin_ctzll(spaces & ~lode_bits_below(at)); /* there is one: windows end with a space */
    uint64_t chunk = lode_bits_below(end) & ~lode_bits_below(begin);
    if (wordy & chunk) batch->odd[batch->odd_count++] = (lode_span){base + begin, base + end};
    *letters &= ~chunk;
    odd &= ~lode_bits_below(end);
  }
}

static size_t count_window(lode__count_batch *batch, const char *p, size_t base, size_t left) {
  lode__count_masks m = lode__count_classes(p);
  uint64_t in = left < 64 ? lode_bits_below((unsigned)left) : ~(uint64_t)0, spaces = m.space | ~in;
  if (spaces == 0) return 0;
  unsigned used = 64 - (unsigned)__builtin_clzll(spaces);
  in &= used < 64 ? lode_bits_below(used) : ~(uint64_t)0;
  uint64_t letters = m.letter & in, marks = m.mark, high = m.high & in;
  if (high != 0) marks |= wide_marks((const unsigned char *)p, high);
  uint64_t colons = m.colon & letters << 1 & spaces >> 1, stops = m.stop & letters << 1 & (spaces | marks) >> 1;
  uint64_t wordy = (m.other | high) & ~marks, odd = (m.harmless | m.colon | m.stop | wordy) & ~(colons | stops);
  stops &= in;
  if (stops != 0) odd |= odd_stops(p, letters, spaces, stops);
  odd = (odd | long_runs(letters)) & in & ~marks;
  if (odd != 0) take_odd(batch, base, spaces, odd, wordy | letters, &letters);
  put_keys(batch, p, letters);
  return used < left ? used : left;
}

static size_t count_windows(lode__count_batch *batch, const char *text, size_t at, size_t end, size_t last) {
  size_t used = 1;
  batch->odd_count = 0;
  while (at < end && at <= last && used > 0 && batch->odd_count == 0 && batch->count <= LODE__COUNT_FULL) {
    used = count_window(batch, text + at, at, end - at);
    at += used;
  }
  return at;
}

#endif
