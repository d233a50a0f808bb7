/* dedup_units.h - a page as the units that dedup compares, with the bytes that are written where they are kept. */
#ifndef LODE_DEDUP_UNITS_H
#define LODE_DEDUP_UNITS_H
#include "page.h"
#include "unit.h"

/* DATE: by the page's date, which is looked for where it came with none.  RANKED: by the maker's rank. */
typedef enum lode_keep { LODE_KEEP_FIRST, LODE_KEEP_LONGEST, LODE_KEEP_DATE, LODE_KEEP_RANKED } lode_keep;

typedef struct lode_dedup_wants {
  lode_dedup_settings settings;
  lode_keep keep;
  bool bytes;      /* of the pages, to be written again */
  bool lines;      /* each as a JSON line */
  bool only_bytes; /* the second reading: no signatures */
} lode_dedup_wants;

/* A page's message: this, its units (begin and end are in the bytes: what goes where the unit is dropped), its bytes
 * filled to 4. */
typedef struct lode_dedup_page {
  uint32_t units, unit_bytes; /* how many records, and their length */
  uint32_t bytes;             /* length of the bytes */
  uint32_t line;              /* 1: a JSON line */
} lode_dedup_page;

typedef struct lode_dedup_maker {
  lode_unit_maker maker;
  lode_buf text, id, line, repaired;
  lode_tokens tokens;
  uint64_t rank; /* of the page at work, the higher the better */
} lode_dedup_maker;

/* What is compared of a page that was opened: its text, of HTML body and headline; of both the paragraphs of
 * settings->zones, if any.  Of a page without such paragraphs everything.  Borrowed from page and maker. */
int lode_dedup_text(lode_dedup_maker *self, const lode_dedup_settings *settings, lode_page *page, lode_str *out,
                    lode_err *err);

/* Append the message of a page that was opened to out. */
int lode_dedup_put(lode_dedup_maker *self, const lode_dedup_wants *wants, lode_page *page, lode_buf *out,
                   lode_err *err);

#endif
