#include "clean.h"

#include "metatext.h"
#include "zones.h"

int lode_clean_repair(lode_page *page, lode_err *err) {
  int code = lode_page_decode(page, err);
  if (code != 0) return code;
  lode_paragraphs paragraphs;
  lode_paragraphs_init(&paragraphs, page->content, page->content_len);
  for (lode_span span; code == 0 && lode_paragraphs_next(&paragraphs, &span);)
    code = lode_page_add_paragraph(page, span.begin, span.end, LODE_ZONE_BODY, err);
  return code;
}

int lode_clean(lode_page *page, lode_err *err) {
  int code = lode_clean_repair(page, err);
  if (code == 0) code = lode__zones_mark(page, err);
  if (code == 0) code = lode__metatext_take(page, err);
  return code;
}
