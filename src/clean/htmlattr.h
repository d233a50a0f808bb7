/* htmlattr.h - attributes of a tag and characters written as entities, out of the source.  Private to src/clean.
 *
 * Attributes are read where somebody asks for them: most are never asked for.  Names of entities beyond the common ones
 * are looked up in the parser's own table by having it read them, once for each name and page.
 */
#ifndef LODE_HTMLATTR_H
#define LODE_HTMLATTR_H
#include "buf.h"
#include "table.h"
#include <stdbool.h>

/* The value of an attribute as written, without its quotes; the first one of that name (lower case) counts. */
bool lode__html_attribute(lode_str tag, const char *name, lode_str *value);

/* Step through the attributes of a tag; *at is 0 at first.  Values may be empty, ptr NULL where there is none. */
bool lode__html_next_attribute(lode_str tag, size_t *at, lode_str *name, lode_str *value);

/* The encoding that a `meta` of an HTML source names, ptr NULL where none does.  Browsers look at the first 1024 bytes and
 * take what comes later when they meet it; so here 64 KiB, comments left out. */
lode_str lode__html_charset(lode_str source);

enum { LODE__ENTITY_BYTES = 12, LODE__ENTITY_MOST = 3000 };

/* Names that were looked up on this page. */
typedef struct lode__entities {
  lode_table names;
  char (*values)[LODE__ENTITY_BYTES]; /* first byte: length of the UTF-8 behind it; 0: no such name */
  uint16_t *taken;                    /* bytes of the name that count */
} lode__entities;

void lode__entities_init(lode__entities *self);
void lode__entities_free(lode__entities *self);

/* text[0] is '&'.  Bytes that the entity takes, with the UTF-8 of it in out, or 0 where this is no entity. */
size_t lode__entity_read(lode__entities *self, const char *text, size_t len, bool attribute,
                         char out[LODE__ENTITY_BYTES], size_t *out_len);

/* Append text with its entities decoded. */
int lode__entities_decode(lode__entities *self, lode_str text, bool attribute, lode_buf *out, lode_err *err);

#endif
