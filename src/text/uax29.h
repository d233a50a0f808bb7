/* uax29.h - word, sentence and grapheme boundaries exactly as Unicode 15.0 says (UAX #29).
 *
 * Two interfaces over the same rules.  Stepping: a cursor that needs no memory, for callers that mix
 * units in one pass or want one step.  Bulk: the boundaries of a text into an array, all at once or in pieces, 64
 * bytes at a time with what the processor has: up to ten times as fast.
 * Both give the same answer on any valid text, and every line of the three official files passes both.
 *
 * Invariants: spans are byte offsets, increasing, adjacent, and cover the text exactly; the text must be
 * valid UTF-8 (asserted in debug builds at the edges only).  NUL is an ordinary character.
 * Lifetime   The cursor borrows the bytes.  Threads: tables are const.
 * Cost       O(len) over the whole text, whatever the text (hostile runs of marks included).
 */
#ifndef LODE_UAX29_H
#define LODE_UAX29_H
#include "cpu.h"
#include "err.h"
#include "span.h"
#include <stdbool.h>

typedef enum lode_unit { LODE_UNIT_WORD, LODE_UNIT_SENTENCE, LODE_UNIT_GRAPHEME } lode_unit;

typedef struct lode_breaks {
  const char *text;
  size_t len, pos;
  lode_unit unit;
} lode_breaks;

void lode_breaks_init(lode_breaks *self, lode_unit unit, const char *text, size_t len);

/* The next span; false at the end, leaving *out alone. */
bool lode_breaks_next(lode_breaks *self, lode_span *out);

/* Every boundary of text but 0, in order (the last is len), as uint32 offsets appended to a growable
 * array that the caller frees with free().  len < 2^32 - 1.  An empty text gives none. */
typedef struct lode_offsets {
  uint32_t *items;
  size_t count, cap;
} lode_offsets;
int lode_breaks_all(lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err);

/* The same with the kernel of one level; lode_breaks_has must say that it is in this build and can run here. */
int lode_breaks_all_at(lode_cpu level, lode_unit unit, const char *text, size_t len, lode_offsets *out, lode_err *err);
bool lode_breaks_has(lode_cpu level);

/* The same in pieces, for a text whose boundaries need not all be in memory at once: as fast, and nothing is
 * allocated.  Fields are private; the struct borrows the text. */
typedef struct lode_pieces {
  const char *text;
  size_t len, pos;
  lode_unit unit;
  lode_cpu level;
  bool ended;
  uint64_t state[32];
} lode_pieces;
enum { LODE_PIECE_MAX = 4096 }; /* boundaries that items must have room for */
void lode_pieces_init(lode_pieces *self, lode_unit unit, const char *text, size_t len);

/* The next boundaries, *count of them, which may be 0; false behind the last. */
bool lode_pieces_next(lode_pieces *self, uint32_t *items, size_t *count);

void lode_offsets_free(lode_offsets *self);

#endif
