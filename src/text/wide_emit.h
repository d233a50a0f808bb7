/* wide_emit.h - set bits to offsets, eight at a time without a branch for each: for kernels whose processor has
 * nothing better.  Private to the kernels. */
#ifndef LODE_WIDE_EMIT_H
#define LODE_WIDE_EMIT_H
#include "wide_types.h"

/* Where no bit is left first_bit would be undefined: the top bit stands in, and what is written is not counted. */
static inline uint32_t *emit(uint32_t *out, uint64_t mask, uint32_t base) {
  uint32_t *end = out + __builtin_popcountll(mask);
  const uint64_t top = (uint64_t)1 << 63;
  while (mask != 0) {
    for (unsigned i = 0; i < 8; i++) {
      out[i] = base + first_bit(mask | top);
      mask &= mask - 1;
    }
    out += 8;
  }
  return end;
}

#endif
