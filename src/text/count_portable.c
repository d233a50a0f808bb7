/* The counting kernel for every machine: classes by table, a mask of each by products. */
#include "count_core.h"

static inline uint64_t gather(const uint64_t words[8], unsigned bit) {
  uint64_t mask = 0;
  for (unsigned i = 0; i < 8; i++)
    mask |= ((words[i] >> bit & 0x0101010101010101u) * 0x0102040810204080u >> 56) << (8 * i);
  return mask;
}

static inline lode__count_masks lode__count_classes(const char *p) {
  uint64_t words[8] = {0};
  for (unsigned i = 0; i < 64; i++) {
    unsigned char byte = (unsigned char)p[i];
    words[i / 8] |= (uint64_t)(byte < 0x80 ? lode__count_bits[byte] : 0x80) << (8 * (i % 8));
  }
  return (lode__count_masks){.letter = gather(words, 0),
                             .space = gather(words, 1),
                             .mark = gather(words, 2),
                             .colon = gather(words, 3),
                             .stop = gather(words, 4),
                             .harmless = gather(words, 5),
                             .other = gather(words, 6),
                             .high = gather(words, 7)};
}

lode__count_windows *const lode__count_portable = count_windows;
