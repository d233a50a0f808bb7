/* records.h - pages out of WARC records and CSV rows.  Private to src/run.
 *
 * A WARC page's id is its address, its raw bytes the body of the answer, unpacked; the metadata `url`, `fetched` and
 * `content_type` come from the headers.  A CSV row's id is its column `id`, else PATH#LINE, its raw bytes the column `text`;
 * the other columns are metadata, as strings.
 *
 * A row that is broken (csv.h) is a skipped page.  A batch may be cut behind any row, and shows a reader less of what is
 * behind a broken one than the planner saw: so the message is the same for all fields that do not end as they should on
 * a later line, or not at all.
 */
#ifndef LODE_RECORDS_H
#define LODE_RECORDS_H
#include "pages.h"

/* No row is longer; both who cuts and who reads must ask for the same. */
static inline size_t lode__longest_row(const lode_run_options *options) {
  return options->max_page > LODE_BATCH_BYTES ? options->max_page : LODE_BATCH_BYTES;
}

/* Move to the next page of the batch and name it; false at its end. */
bool lode__records_step_warc(lode_pages *self);
bool lode__records_step_csv(lode_pages *self);

/* Open the page that was stepped to. */
int lode__records_fill_warc(lode_pages *self, lode_page *page, lode_err *err);
int lode__records_fill_csv(lode_pages *self, lode_page *page, lode_err *err);

#endif
