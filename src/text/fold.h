/* fold.h - forms of text for comparing: case folding, normal forms, accents, case mapping.
 *
 * Unicode data and algorithms come from utf8proc (Unicode 15.0).  Quote marks keep their direction:
 * nothing here turns a curly mark into a straight one.
 *
 * All functions take valid UTF-8 and append valid UTF-8 to out.  Where `map` is not NULL, the pieces of
 * the made text are appended to it, so that any range of the result leads back to its source bytes.
 * Cost       ASCII is copied or lowered in runs; other text goes through utf8proc grapheme by grapheme.
 */
#ifndef LODE_FOLD_H
#define LODE_FOLD_H
#include "buf.h"
#include "map.h"

enum {
  LODE_FOLD_CASE = 1,     /* full case folding (CaseFolding.txt C + F): "Straße" -> "strasse" */
  LODE_FOLD_COMPAT = 2,   /* compatibility forms (NFKC): "ﬁ" -> "fi", full width -> ASCII */
  LODE_FOLD_ACCENTS = 4,  /* drop non-spacing marks after decomposition: "é" -> "e" */
  LODE_FOLD_PUNCT = 8,    /* drop punctuation and symbols (categories P*, S*) */
  LODE_FOLD_SPACE = 16,   /* each run of white space becomes one space; none at the ends */
  LODE_FOLD_DASH = 32,    /* every dash and hyphen (Pd, U+2212) becomes "-", soft hyphens go */
  LODE_FOLD_WORD = LODE_FOLD_CASE, /* the folded form of a token: NFC, case, U+2019 between letters as "'" */
};

/* The folded form (always NFC, or NFKC with COMPAT). */
int lode_fold(const char *text, size_t len, unsigned flags, lode_buf *out, lode_map *map, lode_err *err);

/* The folded form of one token, as rules and word tables see it: lode_fold with LODE_FOLD_WORD, and an
 * apostrophe U+2019 or U+02BC inside the token written as "'", so that don’t and don't are one word. */
int lode_fold_token(const char *text, size_t len, lode_buf *out, lode_err *err);

typedef enum lode_form { LODE_NFC, LODE_NFD, LODE_NFKC, LODE_NFKD } lode_form;
int lode_normalize(const char *text, size_t len, lode_form form, lode_buf *out, lode_map *map, lode_err *err);

typedef enum lode_case { LODE_LOWER, LODE_UPPER, LODE_TITLE } lode_case;
/* Simple case mapping code point by code point; TITLE raises the first letter of each word. */
int lode_case_map(const char *text, size_t len, lode_case to, lode_buf *out, lode_err *err);

#endif
