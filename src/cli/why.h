/* why.h - the report of `lode why` on one page: the sentence, what is said of it, and each rule that could speak there.
 *
 *     deal.done  rules.lua:27  NO MATCH, 2 of 5 parts
 *        ok    rules.lua:26  as("buyer", ann"company")  "Acme Dams"
 *        FAIL  rules.lua:17  verb                       stops at "sold", the word before "Quarry"
 *
 * A rule is rebuilt from its tree: a part of its pattern a line, under the script's own names, with the tokens that it
 * took; the way shown is the one that came farthest.
 */
#ifndef LODE_WHY_H
#define LODE_WHY_H
#include "host.h"
#include "paint.h"

typedef struct lode_why {
  const char *name;           /* of the page where it has none of its own (--text), else NULL */
  const char *rule;           /* only this one, or NULL */
  const char *field, *value;  /* --want FIELD=VALUE, or NULL */
  const char *text;           /* the sentences that hold this text, or NULL */
  size_t line;                /* the sentences on this line of the raw page; 0: any */
  uint64_t byte;              /* the sentence that holds this raw byte; LODE_NO_BYTE: any */
} lode_why;

/* The tokens that are asked about: whole sentences. */
typedef struct lode_focus {
  uint32_t begin, end;
  bool whole; /* the page */
} lode_focus;

/* false where the page has no such place. */
bool lode_why_focus(const lode_why *self, lode_page *page, lode_focus *out);

/* *found: how much there was to say of records and rules. */
int lode_why_report(const lode_why *self, const lode_sight *sight, const lode_focus *focus, lode_paint *out,
                    size_t *found);

/* One rule's way, a part a line (why_parts.c).  near: of the matcher's trace. */
struct lode_near;
void lode_why_parts(const lode_sight *sight, const struct lode_near *near, lode_paint *out);
/* How many of the parts of the rule's pattern the way has behind it, and how many there are. */
void lode_why_count(const lode_sight *sight, const struct lode_near *near, unsigned *done, unsigned *all);

#endif
