/* jsontext.h - any bytes as a JSON string: repaired where they are no valid UTF-8.
 *
 * Page ids are file names, and scripts cut strings where they like, so what goes into a record may be any bytes;
 * a record is always valid JSON.
 */
#ifndef LODE_JSONTEXT_H
#define LODE_JSONTEXT_H
#include "buf.h"

/* Append the quoted, escaped string; each ill-formed part is one U+FFFD (see utf8.h). */
int lode_json_put_text(lode_buf *out, const char *bytes, size_t len, lode_err *err);

#endif
