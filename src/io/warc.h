/* warc.h - records of WARC and WET files, and the HTTP answers in them.
 *
 *     WARC/1.0                           header   lines "Name: value"
 *     Content-Length: 1234
 *                                        blank line
 *     HTTP/1.1 200 OK ...                block    Content-Length bytes
 *                                        two line ends, then the next record
 *
 * The file is read piece by piece by the caller; a step looks at what is there.  A record that is no record, or
 * whose length does not lead to another one, costs itself alone: the search goes on at the next line that begins
 * with "WARC/1.".  Line ends may be "\n" alone.
 *
 * Lifetime   Nothing is owned; spans and strings borrow the bytes given.
 * Cost       The header of each record; the block is looked at only where it is broken.
 * Source     ISO 28500:2017; Common Crawl's layout, where each record is a gzip member of its own.
 */
#ifndef LODE_WARC_H
#define LODE_WARC_H
#include "buf.h"
#include <stdbool.h>

typedef enum lode_warc_step {
  LODE_WARC_RECORD, /* header, block, end are set */
  LODE_WARC_LARGE,  /* the block is larger than `most`: header and end are set, end may lie beyond the bytes */
  LODE_WARC_BROKEN, /* no record: go on at end; `why` says what is wrong */
  LODE_WARC_MORE,   /* nothing can be said before `end` bytes are there */
  LODE_WARC_END,    /* nothing but white space */
} lode_warc_step;

typedef struct lode_warc_record {
  lode_span header, block;
  size_t end;
  const char *why;
} lode_warc_record;

/* Look at bytes.ptr + at; `whole`: nothing comes behind the bytes, and LODE_WARC_MORE is not answered. */
lode_warc_step lode_warc_next(lode_str bytes, size_t at, bool whole, size_t most, lode_warc_record *out);

/* The value of a header line, of WARC or HTTP, its name in any case; len 0 where there is none. */
lode_str lode_warc_field(lode_str header, const char *name);

/* A page that is in a record: `type` is the media type as it was given, `body` its bytes as they were sent. */
typedef struct lode_warc_page {
  lode_str type, http; /* http: the header lines of the answer, len 0 for none */
  lode_str body;
  bool html;
} lode_warc_page;

/* Whether the record is a page: a `response` of HTTP with status 200 to 299 or a `resource` of a textual type, or a
 * `conversion` (WET).  Requests, metadata, images and the like are none. */
bool lode_warc_page_of(lode_str header, lode_str block, lode_warc_page *out);

/* The body as it was meant: chunks joined, gzip and deflate undone, into out (cleared first) where that changes it.
 * More than max bytes is LODE_E_LIMIT; damage, and codings that are not known, LODE_E_INPUT. */
int lode_warc_body(const lode_warc_page *page, size_t max, lode_buf *out, lode_str *body, lode_err *err);

#endif
