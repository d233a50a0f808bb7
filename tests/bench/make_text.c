/* make_text KIND BYTES [SEED]: a text to measure on, to standard output; BYTES may end in K, M or G.
 *
 *     english        corpus.h's English, in paragraphs, the same 16 MB again and again
 *     new_words      words that never come again: 9 to 15 lower-case letters, ten a line
 *     line           english without a line end
 *     letters        one letter again and again: no space, no line end
 *     spaces         nothing but spaces
 *     apostrophes    nothing but apostrophes
 *     marks          one letter, then combining marks (U+0301)
 *     continuations  nothing but lone continuation bytes
 *     random         random bytes
 */
#include "corpus.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 20, ENGLISH_BLOCK = 16 << 20 };

typedef struct maker {
  uint64_t seed, count; /* of words, or of random numbers */
} maker;

static uint64_t mixed(uint64_t x) { /* SplitMix64 */
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

/* The number of a word, scrambled one to one below 2^40, in nine letters; then as many more as chance has it. */
static void put_new_words(maker *self, char *out, size_t size) {
  size_t len = 0;
  while (len + 16 <= size) {
    uint64_t number = self->count * 0x5851F42D4Du & ((UINT64_C(1) << 40) - 1), more = mixed(self->count + self->seed);
    for (int i = 0; i < 9; i++, number /= 26) out[len++] = (char)('a' + number % 26);
    for (size_t extra = more % 7; extra > 0; extra--) out[len++] = (char)('a' + (more >>= 6) % 26);
    out[len++] = ++self->count % 10 == 0 ? '\n' : ' ';
  }
  while (len < size) out[len++] = '\n';
}

static void put_random(maker *self, char *out, size_t size) {
  for (size_t at = 0; at < size; at += 8) {
    uint64_t x = mixed(self->seed + self->count++);
    memcpy(out + at, &x, size - at < 8 ? size - at : 8);
  }
}

static void fill(char *out, size_t size, const char *unit) {
  size_t len = strlen(unit);
  for (size_t at = 0; at + len <= size; at += len) memcpy(out + at, unit, len);
}

/* The first block of a text that is one block again and again; NULL where memory ends or the kind is none. */
static char *make_block(const char *kind, uint64_t seed, size_t *len) {
  static const struct {
    const char *kind, *unit;
  } units[] = {
      {"letters", "a"}, {"spaces", " "}, {"apostrophes", "'"}, {"marks", "\xCC\x81"}, {"continuations", "\x80"},
  };
  bool line = strcmp(kind, "line") == 0;
  if (line || strcmp(kind, "english") == 0) {
    char *text = corpus_make(CORPUS_ENGLISH, ENGLISH_BLOCK, seed, len);
    for (size_t i = 0; line && text != NULL && i < *len; i++)
      if (text[i] == '\n') text[i] = ' ';
    return text;
  }
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (strcmp(kind, units[i].kind) != 0) continue;
    char *text = malloc(BLOCK);
    if (text != NULL) fill(text, BLOCK, units[i].unit);
    *len = BLOCK;
    return text;
  }
  return NULL;
}

static bool parse_size(const char *text, uint64_t *size) {
  char *end;
  *size = strtoull(text, &end, 10);
  unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
  *size <<= shift;
  return end != text && end[shift != 0] == 0;
}

int main(int argc, char **argv) {
  uint64_t left;
  if (argc < 3 || argc > 4 || !parse_size(argv[2], &left)) {
    fputs("usage: make_text KIND BYTES [SEED]\n", stderr);
    return 2;
  }
  maker self = {.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1};
  const char *kind = argv[1];
  bool words = strcmp(kind, "new_words") == 0, random = strcmp(kind, "random") == 0;
  size_t len = BLOCK;
  char *block = words || random ? malloc(BLOCK) : make_block(kind, self.seed, &len);
  if (block == NULL) {
    fprintf(stderr, "make_text: no such kind, or no memory: %s\n", kind);
    return 2;
  }
  if (strcmp(kind, "marks") == 0) left -= fwrite("e", 1, 1, stdout);
  while (left > 0) {
    size_t part = len < left ? len : (size_t)left;
    if (words) put_new_words(&self, block, part);
    if (random) put_random(&self, block, part);
    if (fwrite(block, 1, part, stdout) != part) break;
    left -= part;
  }
  bool written = fflush(stdout) == 0 && left == 0;
  if (words) fprintf(stderr, "make_text: %llu words\n", (unsigned long long)self.count);
  free(block);
  return written ? 0 : 1;
}
