/* hash.h - hashes of bytes (XXH3 of xxHash).
 *
 * Every table over a user's data takes a seed, so that pages cannot be made to collide.  Output never
 * depends on a hash's order.
 */
#ifndef LODE_HASH_H
#define LODE_HASH_H
#include <stddef.h>
#include <stdint.h>

uint64_t lode_hash64(const void *bytes, size_t len, uint64_t seed);

typedef struct lode_hash128_value {
  uint64_t low, high;
} lode_hash128_value;
lode_hash128_value lode_hash128(const void *bytes, size_t len, uint64_t seed);

/* 32 lower-case hex digits and a NUL. */
void lode_hash128_hex(lode_hash128_value value, char out[33]);

#endif
