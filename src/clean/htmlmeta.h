/* htmlmeta.h - what the markup of a page says about it.  Private to src/clean.
 *
 * title, author, source, date, updated, lang, url: from JSON-LD (schema.org), `meta` (Open Graph, article:, Dublin
 * Core and the names that publishing systems use), `link rel=canonical`, `time`, `title` and `html lang`, the best
 * source first.
 * The text of the page adds what the markup does not say (metatext.h).  Dates are written as stamp.h does; several
 * authors stand in one string with "; " between them.
 *
 * Cost   O(tokens): only tags that can hold metadata are read, and JSON-LD once each.
 */
#ifndef LODE_HTMLMETA_H
#define LODE_HTMLMETA_H
#include "htmltext.h"
#include "page.h"

typedef enum lode__html_field {
  LODE__FIELD_TITLE,
  LODE__FIELD_AUTHOR,
  LODE__FIELD_SOURCE,
  LODE__FIELD_DATE,
  LODE__FIELD_UPDATED,
  LODE__FIELD_LANG,
  LODE__FIELD_URL,
  LODE__FIELD_COUNT
} lode__html_field;

typedef struct lode__html_meta {
  lode_buf values[LODE__FIELD_COUNT];
  uint8_t ranks[LODE__FIELD_COUNT]; /* of the source of each: the least wins */
  lode_buf page_title;              /* of the `title` element as it stands */
} lode__html_meta;

int lode__html_meta_read(lode__html_meta *self, lode__html_doc *doc, lode_err *err);
/* Set the fields that the page did not come with. */
int lode__html_meta_store(const lode__html_meta *self, const lode__html_doc *doc, lode_page *page, lode_err *err);
void lode__html_meta_free(lode__html_meta *self);

#endif
