/* json.h - reading JSON lines at memory speed, and writing JSON.
 *
 * A value is a slice of the text it stands in, validated once to a depth limit; members, elements and
 * strings are looked at on demand, so a page's line costs one pass and no allocation for each node.
 * Numbers stay text (integers above 2^53 lose nothing).  cJSON is the oracle in tests, not the reader:
 * it cuts strings at \u0000, accepts invalid UTF-8 and trailing text, and allocates for each node.
 *
 * Strictness: RFC 8259 exactly, but bytes >= 0x80 inside strings are passed on unchecked (src/text repairs
 * them) and a lone surrogate escape decodes to its three-byte form (ED A0..BF xx), which src/text
 * repairs and records.  An error says what was expected and what came, with the place in err->byte, counted
 * in the text: a caller that knows where the text begins in its file adds that.
 * Lifetime   Values borrow the text.  Threads: no state.
 */
#ifndef LODE_JSON_H
#define LODE_JSON_H
#include "buf.h"
#include <stdbool.h>

enum { LODE_JSON_DEPTH = 128 }; /* default depth limit: arrays and objects inside one another */

typedef enum lode_json_type {
  LODE_JSON_NULL,
  LODE_JSON_FALSE,
  LODE_JSON_TRUE,
  LODE_JSON_NUMBER,
  LODE_JSON_STRING,
  LODE_JSON_ARRAY,
  LODE_JSON_OBJECT
} lode_json_type;

typedef struct lode_json_value {
  lode_json_type type;
  lode_str text; /* the whole value as written, quotes and brackets included */
} lode_json_value;

/* Validate one value with white space around it, filling all of text. Deeper than max_depth (at most 4096, greater
 * numbers are cut to that) is LODE_E_LIMIT. On failure *out is left alone. */
int lode_json_parse(const char *text, size_t len, unsigned max_depth, lode_json_value *out, lode_err *err);

/* Step through a validated object or array.  For an array, name is left alone (may be NULL). */
typedef struct lode_json_iter {
  const char *pos, *end;
} lode_json_iter;
lode_json_iter lode_json_iter_of(lode_json_value container);
bool lode_json_next(lode_json_iter *self, lode_json_value *name, lode_json_value *value);

/* The LAST member of that decoded name (as most readers do); false where there is none. */
bool lode_json_get(lode_json_value object, const char *name, lode_json_value *out);

/* Append the decoded bytes of a validated string value to out. */
int lode_json_decode(lode_json_value string, lode_buf *out, lode_err *err);
/* True where a string value equals these decoded bytes. */
bool lode_json_equals(lode_json_value string, const char *bytes, size_t len);

/* Writing.  String bytes must be valid UTF-8; U+2028, U+2029 and control characters (U+0000..U+001F,
 * U+007F..U+009F) are escaped, other characters are not.  Numbers: the shortest form that reads back as the same
 * double, in any locale; integers up to 2^63 whole; NaN and infinities are LODE_E_INPUT.  A failed call leaves out as
 * it was. */
int lode_json_put_string(lode_buf *out, const char *text, size_t len, lode_err *err);
int lode_json_put_integer(lode_buf *out, int64_t value, lode_err *err);
int lode_json_put_number(lode_buf *out, double value, lode_err *err);

#endif
