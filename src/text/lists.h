/* lists.h - words that a user adds to the tokenizer's lists: abbreviations above all.
 *
 * What every tokenizer knows is compiled in (src/text/data).  A lode_lists holds more words, from files of the same
 * form; there is no global one: it is handed to each tokenizer that shall know it (lode_interning in token.h).
 *
 *     [title]
 *     dipl ing
 *     [unit]
 *     usw
 *
 * A word of these files counts as it is listed there, whatever the compiled lists say of it; a word may stand in
 * one abbreviation section (title inner number month unit final place) and in others beside it.
 */
#ifndef LODE_LISTS_H
#define LODE_LISTS_H
#include "table.h"

typedef struct lode_lists {
  lode_table words;              /* marks: wordlists.h */
  const struct lode_lists *next; /* asked for words that are not in this one, or NULL; borrowed */
} lode_lists;

void lode_lists_init(lode_lists *self);
void lode_lists_free(lode_lists *self);

/* Add the words of one file's text.  An unknown section, a word before the first section, one of more than 40 bytes,
 * or a contraction that does not say where it is cut is LODE_E_INPUT with the line. */
int lode_lists_read(lode_lists *self, const char *text, size_t len, lode_err *err);

/* Add one word to the section of that name. */
int lode_lists_add(lode_lists *self, const char *section, lode_str word, lode_err *err);

#endif
