/* Any bytes as a WARC file and as CSV rows: the steps end, records lie inside and in order, bodies keep to their limit,
 * and the same rows come out however little of the file is there at a time. */
#include "csv.h"
#include "fuzz.h"
#include "warc.h"

enum { MOST_BLOCK = 4000, MOST_BODY = 10000 };

static void page_holds(lode_str bytes, const lode_warc_record *record) {
  lode_str header = {bytes.ptr + record->header.begin, record->header.end - record->header.begin};
  lode_str block = {bytes.ptr + record->block.begin, record->block.end - record->block.begin}, body;
  lode_warc_page page;
  lode_buf out = {0};
  if (lode_warc_page_of(header, block, &page)) {
    int code = lode_warc_body(&page, MOST_BODY, &out, &body, NULL);
    MUST(code == 0 || code == LODE_E_INPUT || code == LODE_E_LIMIT);
    MUST(code != 0 || body.len <= MOST_BODY);
    MUST(out.len <= MOST_BODY + 1);
  }
  lode_buf_free(&out);
}

static void read_warc(lode_str file, size_t step) {
  size_t at = 0, have = step < file.len ? step : file.len, before = 0;
  for (;;) {
    lode_warc_record r;
    lode_str bytes = {file.ptr, have};
    bool whole = have == file.len;
    lode_warc_step answer = lode_warc_next(bytes, at, whole, MOST_BLOCK, &r);
    if (answer == LODE_WARC_END) return;
    if (answer == LODE_WARC_MORE) {
      MUST(!whole);
      have = have + step < file.len ? have + step : file.len;
      continue;
    }
    MUST(r.end > at);
    if (answer == LODE_WARC_RECORD) {
      MUST(before <= r.header.begin && r.header.begin < r.header.end && r.header.end <= r.block.begin);
      MUST(r.block.begin <= r.block.end && r.block.end <= r.end && r.end <= have);
      before = r.end;
      page_holds(bytes, &r);
    }
    at = r.end < file.len ? r.end : file.len;
    if (at > have) have = at;
  }
}

static size_t read_csv(lode_str file, size_t step) {
  lode_csv_scan scan = {0};
  lode_buf out = {0};
  size_t at = 0, have = 0, sum = 0;
  while (at < file.len) {
    size_t end = lode_csv_row_end(&scan, (lode_str){file.ptr + at, have - at}, ',', 200, have == file.len);
    if (end == 0) {
      MUST(have < file.len);
      have = have + step < file.len ? have + step : file.len;
      continue;
    }
    MUST(end <= have - at);
    lode_str value;
    for (size_t pos = 0; lode_csv_field((lode_str){file.ptr + at, end}, &pos, ',', &out, &value, NULL);) {
      MUST(value.len <= end);
      sum = sum * 31 + value.len + 1;
    }
    sum = sum * 31 + scan.flaw;
    scan = (lode_csv_scan){0};
    at += end;
  }
  lode_buf_free(&out);
  return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  lode_str file = {(const char *)data + 1, size - 1};
  size_t step = 1 + data[0];
  MUST(read_csv(file, step) == read_csv(file, SIZE_MAX / 2));
  read_warc(file, step);
  read_warc(file, SIZE_MAX / 2);
  return 0;
}
