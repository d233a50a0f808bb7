/* codepage.h - which byte a character stands for in the single-byte encodings that text is misread in.
 *
 * Made by scripts/dev/tables from iconv.  Private to src/clean.
 *
 * The Windows pages also take the C1 control of a byte, as a Latin-1 reader or a lenient one leaves it, so
 * text that was misread half in the one way and half in the other is still one.
 */
#ifndef LODE_CODEPAGE_H
#define LODE_CODEPAGE_H
#include <stddef.h>
#include <stdint.h>

/* In order of how often text is met that was misread in them; where two explain a text alike, the first does. */
#define LODE__CODEPAGES(X)                                                                                  \
  X("CP1252") X("MACINTOSH") X("CP1251") X("CP1250") X("ISO88592") X("CP1254") X("CP1257") X("CP1253")       \
  X("CP437") X("CP850") X("CP866") X("KOI8R")
enum { LODE__CODEPAGE_COUNT = 12, LODE__CODECHAR_COUNT = 481, LODE__CODECHAR_LAST = 0x25FF };

/* Pages, a bit each: in which byte A0 is the no-break space; in which all tails but two small letters draw boxes. */
enum { LODE__CODEPAGES_A0 = 0xFD, LODE__CODEPAGES_BOXED = 0x800 };

typedef struct lode__codechar {
  uint16_t cp;
  uint16_t lead[3]; /* pages, a bit each, in which its byte begins a UTF-8 sequence of 2, 3 or 4 bytes */
  uint16_t tail;    /* or goes on with one */
  uint8_t byte[LODE__CODEPAGE_COUNT]; /* 0 where the page has not got it */
} lode__codechar;

extern const lode__codechar lode__codechars[LODE__CODECHAR_COUNT]; /* sorted; the first stands for all others */
extern const uint16_t lode__codechar_index[LODE__CODECHAR_LAST - 0x7F];

static inline const lode__codechar *lode__codechar_of(uint32_t cp) {
  if (cp < 0x80) return lode__codechars;
  if (cp <= LODE__CODECHAR_LAST) return &lode__codechars[lode__codechar_index[cp - 0x80]];
  /* The apple and two ligatures of the Mac. */
  for (size_t i = LODE__CODECHAR_COUNT - 3; i < LODE__CODECHAR_COUNT; i++)
    if (lode__codechars[i].cp == cp) return &lode__codechars[i];
  return lode__codechars;
}

#endif
