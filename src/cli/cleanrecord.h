/* cleanrecord.h - a cleaned page as the record that `lode clean` writes. */
#ifndef LODE_CLEANRECORD_H
#define LODE_CLEANRECORD_H
#include "page.h"

typedef struct lode_clean_shape {
  lode_zone_set zones; /* whose paragraphs are the text */
  bool whole;          /* the text is the whole content instead */
} lode_clean_shape;

/* Append {id, text, zones, meta, repairs} and a line end. */
int lode_clean_put_record(const lode_clean_shape *shape, const lode_page *page, lode_buf *out, lode_err *err);

#endif
