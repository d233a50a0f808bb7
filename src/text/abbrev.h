/* abbrev.h - word lists of the default tailoring, private to src/text.
 *
 * What the lists hold is knowledge of languages, by language in abbrev.c; which rules use them is in
 * scan.c (does the stop belong to the token?) and sentence.c (does the sentence end there?).
 */
#ifndef LODE_ABBREV_H
#define LODE_ABBREV_H
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

/* The class of a word without its stop, letters of any case. */
lode__abbrev lode__abbrev_of(const char *word, size_t len);

/* A function word that, with a capital behind an abbreviation, starts a sentence (The  He  In). */
bool lode__starts_sentence(const char *word, size_t len);

/* A prefix that stays with its word over a hyphen (co-founder, re-entry). */
bool lode__keeps_hyphen(const char *word, size_t len);

/* A suffix that makes "name.com" one token even with a capital. */
bool lode__domain_suffix(const char *word, size_t len);

/* Units glued to a number that are a token of their own (5km, 10am). */
bool lode__unit(const char *word, size_t len);

/* German words before an ordinal: "am 3. Mai", "im 19. Jahrhundert". */
bool lode__before_ordinal(const char *word, size_t len);

/* Where an informal or contracted word is cut, from its start: "cannot" 3, "gonna" 3, "didnt" 3; 0 where it is not. */
size_t lode__contraction(const char *word, size_t len);

#endif
