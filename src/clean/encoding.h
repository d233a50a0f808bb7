/* encoding.h - raw bytes to UTF-8, whatever they were written in.  Private to src/clean.
 *
 * In this order: a byte-order mark (UTF-8, UTF-16, UTF-32); UTF-16 without one, by its NULs; valid UTF-8, whatever a
 * declaration says, since hardly any other text is valid UTF-8 by chance; the `charset` of the metadata field
 * `content_type` (WARC), or of a `meta` of HTML (lode__html_charset), or of the first 1024 bytes of other text (an HTTP
 * header, an XML declaration); UTF-8 with
 * repair where most sequences are whole; detection (uchardet, checked against the plausibility of what each
 * single-byte encoding would give); else UTF-8 with repair.
 *
 * Labels mean what they mean in browsers (WHATWG Encoding): latin1 is windows-1252, gb2312 is gb18030.  What is not
 * UTF-8 is said in the metadata field `encoding`.  Bytes that mean nothing become U+FFFD and a
 * LODE_REPAIR_ENCODING.  Every character maps to its own bytes.
 *
 * Cost  Valid UTF-8 is checked once, nothing else.  Single-byte text some 2 ns a byte, the others 60 ns a character.
 */
#ifndef LODE_ENCODING_H
#define LODE_ENCODING_H
#include "page.h"

typedef struct lode__encoding {
  const struct lode__codec *codec; /* NULL: UTF-8 */
  size_t mark;                     /* bytes of the byte-order mark */
  bool clean;                      /* nothing in it is broken UTF-8; it has no mark and no NUL */
} lode__encoding;
lode__encoding lode__encoding_of(const lode_page *page);

/* Make content, map and repairs of the page's raw bytes; sets `encoding` where it is not UTF-8. */
int lode__encoding_decode(lode_page *page, const lode__encoding *from, lode_err *err);

/* Whether the bytes are UTF-16 or UTF-32: then NULs in them are no sign of binary data. */
bool lode__encoding_is_wide(lode_str raw);

#endif
