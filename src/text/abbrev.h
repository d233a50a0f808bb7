/* abbrev.h - word lists of the default tailoring, private to src/text.
 *
 * What the lists hold is knowledge of languages (src/text/data, and lists.h for a user's own); which rules use them
 * is in words.c (does the stop belong to the token?) and sentence.c (does the sentence end there?).
 */
#ifndef LODE_ABBREV_H
#define LODE_ABBREV_H
#include "lists.h"
#include "wordlists.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum lode__abbrev {
  ABBREV_NONE,
  ABBREV_TITLE,  /* a name follows: never the end before a capital (Dr.  Gen.  St.) */
  ABBREV_INNER,  /* something always follows (e.g.  vs.  z.B.) */
  ABBREV_NUMBER, /* an abbreviation only before a number (No. 5  p. 55  Nr. 7) */
  ABBREV_MONTH,  /* written with a capital; the end unless a number follows */
  ABBREV_UNIT,   /* the end before any capital (etc.  p.m.  km.) */
  ABBREV_FINAL,  /* often the end: it is one before a capital word that starts sentences (Inc.  etc.  Jr.) */
  ABBREV_PLACE,  /* FINAL, and an abbreviation only behind a comma (Boston, Mass.) */
} lode__abbrev;

/* What the lists say of a word, letters of any case, without its stop: bits of wordlists.h.  more may be NULL. */
unsigned lode__lists_of(const lode_lists *more, const char *word, size_t len);

static inline lode__abbrev lode__abbrev_of(const lode_lists *more, const char *word, size_t len) {
  return (lode__abbrev)(lode__lists_of(more, word, len) & LODE__LISTED_CLASS);
}

static inline bool lode__is_listed(const lode_lists *more, unsigned lists, const char *word, size_t len) {
  return (lode__lists_of(more, word, len) & lists) != 0;
}

/* Where an informal or contracted word is cut, from its start: "cannot" 3, "gonna" 3, "didnt" 3; 0 where it is not. */
static inline size_t lode__contraction(const lode_lists *more, const char *word, size_t len) {
  return lode__lists_of(more, word, len) >> LODE__LISTED_CUT_SHIFT;
}

#endif
