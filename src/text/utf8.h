/* utf8.h - reading, checking and repairing UTF-8.
 *
 * Repair replaces each maximal ill-formed part by one U+FFFD (Unicode 15.0, section 3.9, "substitution
 * of maximal subparts"; the same answer as the WHATWG decoder), NUL by U+FFFD, and drops a byte-order
 * mark at the start.  Every repair is recorded with its source bytes, so that nothing is lost silently.
 * One place differs from WHATWG: a surrogate in three bytes (ED A0..BF 80..BF), which is what the JSON reader
 * gives for a lone \uD800 escape, is ONE part and becomes one U+FFFD, recorded as LODE_REPAIR_SURROGATE.
 *
 * Cost       lode_utf8_valid and lode_utf8_repair read every byte once; clean text is copied in runs.
 */
#ifndef LODE_UTF8_H
#define LODE_UTF8_H
#include "buf.h"
#include "map.h"

#define LODE_REPLACEMENT 0xFFFDu

/* Decode one code point of VALID text at p (p < end) and return its length in bytes, 1 to 4. */
static inline size_t lode_utf8_next(const char *p, uint32_t *cp) {
  const unsigned char *s = (const unsigned char *)p;
  if (s[0] < 0x80) {
    *cp = s[0];
    return 1;
  }
  if (s[0] < 0xE0) {
    *cp = ((uint32_t)(s[0] & 0x1F) << 6) | (s[1] & 0x3Fu);
    return 2;
  }
  if (s[0] < 0xF0) {
    *cp = ((uint32_t)(s[0] & 0x0F) << 12) | ((uint32_t)(s[1] & 0x3F) << 6) | (s[2] & 0x3Fu);
    return 3;
  }
  *cp = ((uint32_t)(s[0] & 0x07) << 18) | ((uint32_t)(s[1] & 0x3F) << 12) | ((uint32_t)(s[2] & 0x3F) << 6) |
        (s[3] & 0x3Fu);
  return 4;
}

/* Bytes of the code point that ends right before text + at (at > 0, valid text). */
static inline size_t lode_utf8_back(const char *text, size_t at) {
  size_t n = 1;
  while (n < 4 && n < at && ((unsigned char)text[at - n] & 0xC0) == 0x80) n++;
  return n;
}

/* Write cp (a scalar value) and return its length. */
size_t lode_utf8_put(uint32_t cp, char out[4]);

/* Decode one code point of ANY bytes: the length of a well-formed sequence with *cp set, or the length
 * of a maximal ill-formed part (1 to 3) with *cp = UINT32_MAX.  len > 0. */
size_t lode_utf8_decode(const char *p, size_t len, uint32_t *cp);

/* The offset of the first ill-formed byte, or len where all is well. */
size_t lode_utf8_valid(const char *text, size_t len);

/* Whether lode_utf8_repair would leave the text as it is. */
bool lode_utf8_clean(const char *text, size_t len);

typedef enum lode_repair_kind {
  LODE_REPAIR_UTF8,      /* ill-formed bytes became U+FFFD */
  LODE_REPAIR_NUL,       /* NUL became U+FFFD */
  LODE_REPAIR_BOM,       /* a byte-order mark was dropped */
  LODE_REPAIR_SURROGATE, /* a surrogate, from a lone escape in JSON or written as three bytes, became U+FFFD */
  LODE_REPAIR_ENCODING,  /* bytes that mean nothing in the page's encoding became U+FFFD */
  LODE_REPAIR_CONTROL,   /* a C1 control became the Windows-1252 character of its number */
  LODE_REPAIR_MOJIBAKE,  /* UTF-8 that was read in another encoding became what it was */
  LODE_REPAIR_ENTITY,    /* a character reference left in text became its character */
  LODE_REPAIR_LOST,      /* nothing was changed: a character was lost here, before lode or in an earlier repair */
  LODE_REPAIR_SPACING,   /* nothing was changed: words beside a lost character, whose spaces may be missing */
} lode_repair_kind;

/* "utf8", "nul", "bom", "surrogate", "encoding", "control", "mojibake", "entity", "lost", "spacing" */
const char *lode_repair_name(lode_repair_kind kind);

typedef struct lode_repair {
  lode_repair_kind kind;
  lode_span source; /* the bytes it replaced */
} lode_repair;

typedef struct lode_repairs {
  lode_repair *items;
  size_t count, cap;
} lode_repairs;

int lode_repairs_add(lode_repairs *self, lode_repair_kind kind, lode_span source, lode_err *err);
void lode_repairs_free(lode_repairs *self);

/* Append the repaired text to out and to map; append what was done to repairs (places counted from where the map
 * stood), which may be NULL.  The result is valid.  No space is saved where nothing is wrong: ask lode_utf8_clean first. */
int lode_utf8_repair(const char *text, size_t len, lode_buf *out, lode_map *map, lode_repairs *repairs, lode_err *err);

#endif
