/* fuzz.h - what the fuzz targets share.
 *
 * A target is one LLVMFuzzerTestOneInput in fuzz_NAME.c: it turns the bytes into a call and checks what must be
 * true of any answer.  `run` builds and runs them all.
 */
#ifndef FUZZ_H
#define FUZZ_H
#include "span.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libFuzzer keeps the input where a target aborts. */
#define MUST(cond)                                                        \
  do {                                                                    \
    if (!(cond)) {                                                        \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #cond); \
      abort();                                                            \
    }                                                                     \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A number in [0, limit) out of the input, spread by `salt`, so that ranges to ask about need no bytes of their own. */
static inline size_t fuzz_pick(const uint8_t *data, size_t size, uint32_t salt, size_t limit) {
  uint64_t h = 0x9E3779B97F4A7C15u ^ salt;
  size_t stride = size / 16 + 1;
  for (size_t i = 0; i < size; i += stride) h = (h ^ data[i]) * 0x100000001B3u;
  h ^= h >> 29;
  return limit == 0 ? 0 : (size_t)(h * 0xBF58476D1CE4E5B9u >> 17) % limit;
}

/* The input as a file of its own; returns path.  The caller unlinks it; `run` takes away what an abort left. */
static inline const char *fuzz_file(const uint8_t *data, size_t size, const char *suffix, char path[256]) {
  const char *folder = getenv("TMPDIR");
  snprintf(path, 256, "%s/fuzz.%p%s", folder == NULL ? "/tmp" : folder, (void *)path, suffix);
  FILE *file = fopen(path, "wb");
  MUST(file != NULL);
  MUST(fwrite(data, 1, size, file) == size);
  MUST(fclose(file) == 0);
  return path;
}

#endif
