/* count_kernel.h - what count.c and its kernels have in common; private to src/text. */
#ifndef LODE_COUNT_KERNEL_H
#define LODE_COUNT_KERNEL_H
#include "cpu.h"
#include "table.h"
#include <stddef.h>
#include <stdint.h>

/* LODE__COUNT_BEYOND: bytes behind the start of a window that are read, whatever the text's end. */
enum { LODE__COUNT_FULL = 384, LODE__COUNT_KEYS = LODE__COUNT_FULL + 72, LODE__COUNT_BEYOND = 80 };

/* The class of each byte of a window. */
typedef struct lode__count_masks {
  uint64_t letter, space;
  uint64_t mark;        /* never part of a word, nor of what may be one, nor of an address */
  uint64_t colon, stop;
  uint64_t harmless;    /* digits and marks that may join letters, and without letters make no word */
  uint64_t other, high; /* apostrophes and controls; beyond ASCII */
} lode__count_masks;

typedef struct lode__count_batch {
  lode_table_short keys[LODE__COUNT_KEYS];
  size_t count;
  lode_span odd[33]; /* of the last window */
  size_t odd_count;
} lode__count_batch;

/* Read windows from text + at on: the words found are appended to the batch, and the place reached is the answer.  It
 * stops where the batch is full, behind a window with odd chunks, before one that would begin after `last`, and before
 * a chunk that is longer than a window.  LODE__COUNT_BEYOND bytes from the start of each window are read. */
typedef size_t lode__count_windows(lode__count_batch *batch, const char *text, size_t at, size_t end, size_t last);

/* NULL in a build whose compiler was not told the flags of that level. */
extern lode__count_windows *const lode__count_portable, *const lode__count_avx2, *const lode__count_avx512;

/* The n letters may be an abbreviation that a stop belongs to, or are cut. */
_Bool lode__count_stop_is_odd(lode_table_short key, size_t n);

/* The classes of ASCII as bits. */
enum {
  COUNT_LETTER = 1,
  COUNT_SPACE = 2,
  COUNT_MARK = 4,
  COUNT_COLON = 8,
  COUNT_STOP = 16,
  COUNT_HARMLESS = 32,
  COUNT_OTHER = 64
};
extern const uint8_t lode__count_bits[128];

#endif
