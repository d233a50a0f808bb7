/* bits.h - masks of 64 bits.  Compiled for each kernel with its own flags. */
#ifndef LODE_BITS_H
#define LODE_BITS_H
#include <stdint.h>

/* The lowest n bits; n < 64. */
static inline uint64_t lode_bits_below(unsigned n) {
  return ((uint64_t)1 << n) - 1;
}

/* The number of the lowest bit that is set, 64 for none; one instruction with BMI. */
static inline unsigned lode_bits_first(uint64_t mask) {
  return mask == 0 ? 64 : (unsigned)__builtin_ctzll(mask);
}

/* How many are set.  Without its instruction the compiler would call a function of its library. */
static inline unsigned lode_bits_count(uint64_t mask) {
#if defined(__POPCNT__) || defined(__aarch64__)
  return (unsigned)__builtin_popcountll(mask);
#else
  mask -= mask >> 1 & 0x5555555555555555u;
  mask = (mask & 0x3333333333333333u) + (mask >> 2 & 0x3333333333333333u);
  return (unsigned)(((mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
#endif
}

#endif
