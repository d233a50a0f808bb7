#include "clean.h"

#include "metatext.h"
#include "zones.h"

/* Text has almost no control characters; compressed data, programs and images have about one byte in ten, and
 * UTF-16 one NUL for each Latin letter.  A few stray ones in a short text are repaired, not refused. */
enum { BINARY_CONTROLS = 8, BINARY_SHARE = 50 };

static int refuse_binary(const lode_page *page, lode_err *err) {
  const unsigned char *raw = (const unsigned char *)page->raw.ptr;
  size_t controls = 0, nuls = 0;
  for (size_t i = 0; i < page->raw.len; i++) {
    controls += (raw[i] < 9) | ((raw[i] > 13) & (raw[i] < 32) & (raw[i] != 27)) | (raw[i] == 127);
    nuls += raw[i] == 0;
  }
  if (controls < BINARY_CONTROLS || controls < page->raw.len / BINARY_SHARE) return 0;
  bool wide = nuls > page->raw.len / 5 && nuls * 10 > controls * 9;
  return lode_fail(err, LODE_E_INPUT, "this is no text: %zu of its %zu bytes are control characters%s", controls, page->raw.len,
                   wide ? " (it may be UTF-16: iconv -f UTF-16 -t UTF-8 makes text of that)" : "");
}

int lode_clean_repair(lode_page *page, lode_err *err) {
  int code = refuse_binary(page, err);
  if (code == 0) code = lode_page_decode(page, err);
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
