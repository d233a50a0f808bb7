#include "hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <xxhash.h>

uint64_t lode_hash64(const void *bytes, size_t len, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, len, seed);
}

lode_hash128_value lode_hash128(const void *bytes, size_t len, uint64_t seed) {
  XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, len, seed);
  return (lode_hash128_value){hash.low64, hash.high64};
}

void lode_hash128_hex(lode_hash128_value value, char out[33]) {
  snprintf(out, 33, "%016" PRIx64 "%016" PRIx64, value.high, value.low);
}
