/* lineform.h - what one line of a plain text looks like by itself.  Private to src/clean.
 *
 * A line is seen once, from its first byte to its last.  Words are looked up in the cue table only near
 * the start and the end of a line, so a line of 60 MB costs no more a byte than a short one.
 *
 * `guess` is the zone that the line's own form says, LODE_ZONE_BODY where it says nothing.  zones.c has
 * the last word, because much depends on where the line stands.
 */
#ifndef LODE_LINEFORM_H
#define LODE_LINEFORM_H
#include "page.h"
#include "unicode.h"

typedef enum lode__ending {
  LODE__END_NONE,  /* a letter, a number, a bracket */
  LODE__END_PAUSE, /* comma, colon, semicolon, dash: goes on elsewhere */
  LODE__END_ASK,   /* ? or !, which headlines have too */
  LODE__END_STOP,  /* a full stop in any script, or an ellipsis */
} lode__ending;

typedef struct lode__line {
  uint32_t units;      /* words; two letters of a script without spaces count as one, in Thai and the like five */
  uint32_t lower;      /* words that begin in lower case, or in a script without case */
  uint32_t letters;
  uint32_t script_letters; /* of the commonest script */
  uint16_t separators; /* | • » and slashes or angle brackets that stand alone */
  uint16_t pipes;      /* | and its full-width form alone */
  uint16_t stops;      /* sentence ends inside or at the end */
  uint8_t script;      /* lode_script of most letters; Han stands for Kana too */
  uint8_t ending;
  uint8_t guess;       /* a lode_zone */
  bool sign;           /* says something of the site: newsletters, cookies */
  bool listed;         /* begins with a bullet or a list number */
  bool date;           /* has a date or a time of day in figures or by name */
  bool glued;          /* words run together as in "EditionASIA": the text of links without the spaces */
} lode__line;

/* Look at text[0, len), one paragraph of valid UTF-8. */
lode__line lode__line_look(const char *text, size_t len);

/* A line that reads as written sentences. */
bool lode__line_is_prose(const lode__line *line);

#endif
