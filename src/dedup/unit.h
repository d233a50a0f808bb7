/* unit.h - one unit of text (page, paragraph, sentence or line) as a record: what processes send, what files keep.
 *
 *     u32 size | u32 id length | u64 hash low, high | u64 rank | u32 shingles | u32 sketch | u32 begin, end |
 *     id, filled to 4 bytes | shingles | sketch                       all little-endian, size a multiple of 4
 *
 * A record needs nothing but itself and the settings it was made with (lode_dedup_settings), so it means the same in
 * every process, on every machine, next year.
 */
#ifndef LODE_UNIT_H
#define LODE_UNIT_H
#include "copies.h"
#include "span.h"

#define LODE_LEVELS(X) X(PAGE, "page") X(PARAGRAPH, "paragraph") X(SENTENCE, "sentence") X(LINE, "line")
typedef enum lode_level {
#define LODE_LEVEL_ENUM(code, name) LODE_LEVEL_##code,
  LODE_LEVELS(LODE_LEVEL_ENUM)
#undef LODE_LEVEL_ENUM
      LODE_LEVEL_COUNT
} lode_level;
const char *lode_level_name(lode_level level);

typedef struct lode_dedup_settings {
  lode_level level;
  _Bool near, fold; /* near: shingles are made; fold: units are compared without case, white space, punctuation */
  double threshold, containment;
  uint32_t zones; /* of the page that units were taken from, a bit each; 0: all of a text, the body of HTML */
} lode_dedup_settings;
#define LODE_DEDUP_DEFAULTS                                                                                            \
  ((lode_dedup_settings){.threshold = LODE_COPIES_DEFAULTS.threshold, .containment = LODE_COPIES_DEFAULTS.containment})

typedef struct lode_unit {
  lode_str id;
  lode_signature signature; /* without shingles where they were not asked for */
  uint64_t rank;            /* which copy to keep: the caller's */
  uint32_t begin, end;      /* where it stands in the caller's bytes */
  lode_str record;          /* of one that was read: its bytes */
} lode_unit;

/* Makes records; zeroed is ready. */
typedef struct lode_unit_maker {
  lode_shingles shingles;
  lode_buf folded;
} lode_unit_maker;
void lode_unit_maker_free(lode_unit_maker *self);

/* Append the record of a unit of this text to out, whose length is a multiple of 4.  Shingles and sketch of `unit` are
 * made here. */
int lode_unit_put(lode_unit_maker *self, const lode_dedup_settings *settings, const lode_unit *unit, lode_str text,
                  lode_buf *out, lode_err *err);

/* The record at *at, which is moved behind it; LODE_E_INPUT where it is broken.  `at` is on a multiple of 4; the unit
 * borrows the bytes. */
int lode_unit_next(const char **at, const char *end, lode_unit *out, lode_err *err);

#endif
