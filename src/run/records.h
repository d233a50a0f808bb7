/* records.h - pages out of WARC records and CSV rows.  Private to src/run.
 *
 * A WARC page's id is its address, its raw bytes the body of the answer, unpacked; the metadata `url`, `fetched` and
 * `content_type` come from the headers.  A CSV row's id is its column `id`, else PATH#LINE, its raw bytes the column `text`;
 * the other columns are metadata, as strings.
 */
#ifndef LODE_RECORDS_H
#define LODE_RECORDS_H
#include "pages.h"

/* Move to the next page of the batch and name it; false at its end. */
bool lode__records_step_warc(lode_pages *self);
bool lode__records_step_csv(lode_pages *self);

/* Open the page that was stepped to. */
int lode__records_fill_warc(lode_pages *self, lode_page *page, lode_err *err);
int lode__records_fill_csv(lode_pages *self, lode_page *page, lode_err *err);

#endif
