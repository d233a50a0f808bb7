/* WARC records and CSV rows: what is written comes back, however little of it is there at a time. */
#include "check.h"
#include "csv.h"
#include "warc.h"

static void put(lode_buf *out, const char *text) {
  CHECK_INT(lode_buf_add(out, text, strlen(text), NULL), 0);
}

static void put_record(lode_buf *out, const char *type, const char *block, const char *line_end) {
  CHECK_INT(lode_buf_printf(out, NULL, "WARC/1.0%sWARC-Type: %s%sContent-Length: %zu%s%s%s%s%s", line_end, type,
                            line_end, strlen(block), line_end, line_end, block, line_end, line_end),
            0);
}

/* The blocks of all records with "|" behind each, "!" for each broken place; bytes come in steps of `step`. */
static void read_all(const lode_buf *bytes, size_t step, lode_buf *out) {
  size_t at = 0, have = step < bytes->len ? step : bytes->len;
  for (int rounds = 0; rounds < 10000; rounds++) {
    lode_warc_record r;
    bool whole = have == bytes->len;
    switch (lode_warc_next((lode_str){bytes->ptr, have}, at, whole, 1000, &r)) {
      case LODE_WARC_RECORD:
        CHECK(r.end > at && r.block.end <= have);
        CHECK_INT(lode_buf_add(out, bytes->ptr + r.block.begin, r.block.end - r.block.begin, NULL), 0);
        put(out, "|");
        at = r.end;
        break;
      case LODE_WARC_LARGE:
        put(out, "L");
        at = r.end < bytes->len ? r.end : bytes->len;
        have = at > have ? at : have;
        break;
      case LODE_WARC_BROKEN:
        CHECK(r.end > at && r.why != NULL);
        if (out->len == 0 || out->ptr[out->len - 1] != '!') put(out, "!");
        at = r.end;
        break;
      case LODE_WARC_MORE:
        CHECK(!whole);
        have = have + step < bytes->len ? have + step : bytes->len;
        break;
      case LODE_WARC_END: return;
    }
  }
  CHECK(false);
}

static void check_blocks(const lode_buf *bytes, const char *want) {
  for (size_t step = 1; step < 80; step += 13) {
    lode_buf out = {0};
    read_all(bytes, step, &out);
    CHECK_BYTES(out.ptr, out.len, want, strlen(want));
    lode_buf_free(&out);
  }
}

static void test_warc_steps(void) {
  lode_buf b = {0};
  put_record(&b, "conversion", "one", "\r\n");
  put_record(&b, "conversion", "", "\r\n");
  put_record(&b, "conversion", "WARC/1.0 three\r\nWARC/1.0 in it", "\n");
  check_blocks(&b, "one||WARC/1.0 three\r\nWARC/1.0 in it|");
  put(&b, "garbage\n");
  put_record(&b, "conversion", "four", "\r\n");
  put(&b, "WARC/1.0\r\nContent-Length: x\r\n\r\n12345\r\n\r\n");
  put_record(&b, "conversion", "five", "\r\n");
  put(&b, "WARC/1.0\r\nContent-Length: 7\r\n\r\nshort\r\n\r\n"); /* swallows its line ends */
  put_record(&b, "conversion", "six", "\r\n");
  put(&b, "WARC/1.0\r\nContent-Length: 3\r\n\r\nlonger\r\n\r\n");
  put_record(&b, "conversion", "seven", "\r\n");
  check_blocks(&b, "one||WARC/1.0 three\r\nWARC/1.0 in it|!four|!five|short\r\n|six|!seven|");
  put(&b, "WARC/1.0\r\nContent-Length: 2000\r\n\r\nlarge, and cut");
  check_blocks(&b, "one||WARC/1.0 three\r\nWARC/1.0 in it|!four|!five|short\r\n|six|!seven|L");
  lode_buf_free(&b);
}

static void check_body(const char *head, const char *body, const char *want, int want_code) {
  lode_buf block = {0}, out = {0};
  lode_warc_page page;
  lode_str got;
  put(&block, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n");
  put(&block, head);
  put(&block, "\r\n");
  put(&block, body);
  CHECK(lode_warc_page_of(LODE_STR("WARC-Type: response"), (lode_str){block.ptr, block.len}, &page));
  CHECK(page.html);
  int code = lode_warc_body(&page, 100, &out, &got, NULL);
  CHECK_INT(code, want_code);
  if (code == 0) CHECK_BYTES(got.ptr, got.len, want, strlen(want));
  lode_buf_free(&block);
  lode_buf_free(&out);
}

static void test_bodies(void) {
  check_body("", "<p>x", "<p>x", 0);
  check_body("Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n1;ext=1\r\nx\r\n0\r\n\r\n", "<p>x", 0);
  check_body("transfer-encoding: Chunked\r\n", "<p>x, joined before", "<p>x, joined before", 0);
  check_body("Transfer-Encoding: chunked\r\n", "9\r\n<p>\r\n", NULL, LODE_E_INPUT);
  check_body("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n<p>\r\n", NULL, LODE_E_INPUT);
  check_body("Content-Encoding: gzip\r\n", "<p>unpacked before", "<p>unpacked before", 0);
  check_body("Content-Encoding: gzip\r\n", "no gzip at all", NULL, LODE_E_INPUT);
  check_body("Content-Encoding: br\r\n", "xyz", NULL, LODE_E_INPUT);
  check_body("",
             "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x",
             NULL, LODE_E_LIMIT);
  lode_warc_page page;
  CHECK(!lode_warc_page_of(LODE_STR("WARC-Type: request"), LODE_STR("GET / HTTP/1.1\r\n\r\n"), &page));
  CHECK(!lode_warc_page_of(LODE_STR("WARC-Type: response"), LODE_STR("HTTP/1.1 301 Moved\r\n\r\n<html>"), &page));
  CHECK(!lode_warc_page_of(LODE_STR("WARC-Type: response"), LODE_STR("HTTP/1.1 200 OK\r\n\r\nx\0y"), &page));
  CHECK(lode_warc_page_of(LODE_STR("WARC-Type: resource\r\nContent-Type: text/plain"), LODE_STR("<p>"), &page) &&
        !page.html);
}

/* A table of random fields, written with quote marks where they are needed, comes back in steps of any size. */
static void test_csv_random(void) {
  static const char alphabet[] = "ab\"\n,; \r";
  for (int round = 0; round < 300; round++) {
    lode_buf file = {0}, row_out = {0};
    char fields[40][12];
    size_t rows = 1 + check_below(5), columns = 2 + check_below(4), count = 0;
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < columns; c++) {
        char *f = fields[count++];
        size_t len = check_below(10);
        for (size_t i = 0; i < len; i++) f[i] = alphabet[check_below(sizeof alphabet - 1)];
        f[len] = '\0';
        if (c > 0) put(&file, ",");
        if (strpbrk(f, "\",\n\r") != NULL || check_below(4) == 0) {
          put(&file, "\"");
          for (size_t i = 0; i < len; i++)
            CHECK_INT(lode_buf_add(&file, f[i] == '"' ? "\"\"" : &f[i], f[i] == '"' ? 2 : 1, NULL), 0);
          put(&file, "\"");
        } else {
          put(&file, f);
        }
        if (c + 1 == columns) put(&file, check_below(2) == 0 ? "\n" : "\r\n");
      }
    size_t at = 0, seen = 0, step = 1 + check_below(9);
    lode_csv_scan scan = {0};
    for (size_t have = 0; at < file.len;) {
      size_t end = lode_csv_row_end(&scan, (lode_str){file.ptr + at, have - at}, ',', SIZE_MAX, have == file.len);
      if (end == 0) {
        have = have + step < file.len ? have + step : file.len;
        continue;
      }
      lode_str row = {file.ptr + at, end}, value;
      CHECK_INT(scan.flaw, LODE_CSV_GOOD);
      scan = (lode_csv_scan){0};
      for (size_t pos = 0; lode_csv_field(row, &pos, ',', &row_out, &value, NULL); seen++)
        if (seen < count) CHECK_BYTES(value.ptr, value.len, fields[seen], strlen(fields[seen]));
      at += end;
    }
    CHECK_INT(seen, count);
    lode_buf_free(&file);
    lode_buf_free(&row_out);
  }
}

/* One row: where it ends and what is wrong with it. */
static void check_row(const char *file, const char *row, lode_csv_flaw flaw, size_t flaw_at) {
  lode_csv_scan scan = {0};
  size_t end = lode_csv_row_end(&scan, (lode_str){file, strlen(file)}, ',', 20, true);
  CHECK_STR(file, end, row);
  CHECK_INT(scan.flaw, flaw);
  CHECK_INT(scan.flaw_at, flaw_at);
}

static void test_csv_flaws(void) {
  check_row("a,\"b\" \r\nc", "a,\"b\" \r\n", LODE_CSV_GOOD, 0);
  check_row("a,b \"c\"\nd", "a,b \"c\"\n", LODE_CSV_GOOD, 0);
  check_row("\"b\"c\"d\",e\nf", "\"b\"c\"d\",e\n", LODE_CSV_BEHIND, 3);
  check_row("\"b\" \"c\"\nf", "\"b\" \"c\"\n", LODE_CSV_BEHIND, 4);
  check_row("\"b\"c,\"d\ne\"\nf", "\"b\"c,\"d\ne\"\n", LODE_CSV_BEHIND, 3);
  check_row("a,\"b\nc,d\n", "a,\"b\n", LODE_CSV_OPEN, 2);
  check_row("a,\"b\nc,\"d\"\n", "a,\"b\n", LODE_CSV_OPEN, 2);
  check_row("\"a\nb\",\"c\nd\n", "\"a\nb\",\"c\n", LODE_CSV_OPEN, 6);
  check_row("a,\"b", "a,\"b", LODE_CSV_OPEN, 2);
  check_row("a,\"b\nc34567890123456789\"\n", "a,\"b\n", LODE_CSV_OPEN, 2);
  check_row("a2345678901234567890\nb", "a2345678901234567890\n", LODE_CSV_LONG, 0);
  check_row("\"a\nb\",45678901234567890\nb", "\"a\n", LODE_CSV_OPEN, 0);
}

/* Any bytes: rows end in the same places however the bytes come, and where a file is cut behind a row. */
static void check_cuts(lode_str file, size_t longest) {
  size_t ends[80] = {0}, rows = 0, begin = 0, looked_at = 0;
  lode_csv_flaw flaws[80];
  for (size_t at = 0; at < file.len; at = ends[rows++]) {
    lode_csv_scan scan = {0}, piecewise = {0};
    lode_str rest = {file.ptr + at, file.len - at};
    ends[rows] = at + lode_csv_row_end(&scan, rest, ',', longest, true);
    flaws[rows] = scan.flaw;
    looked_at += scan.seen;
    size_t end = 0;
    for (size_t have = 0; end == 0; have++)
      end = lode_csv_row_end(&piecewise, (lode_str){rest.ptr, have}, ',', longest, have == rest.len);
    CHECK_INT(at + end, ends[rows]);
    CHECK_INT(piecewise.flaw, scan.flaw);
    CHECK_INT(piecewise.flaw_at, scan.flaw_at);
  }
  CHECK(looked_at <= 3 * file.len);
  for (size_t first = 0; first < rows; first++) {
    for (size_t last = first; last < rows && flaws[last] != LODE_CSV_LONG; last++)
      for (size_t at = begin, row = first; row <= last; at = ends[row++]) {
        lode_csv_scan scan = {0};
        CHECK_INT(at + lode_csv_row_end(&scan, (lode_str){file.ptr + at, ends[last] - at}, ',', longest, true),
                  ends[row]);
        CHECK_INT(scan.flaw, flaws[row]);
      }
    begin = ends[first];
  }
}

static void test_csv_cuts(void) {
  static const char alphabet[] = "a\"\n,\" \"\n\r";
  for (int round = 0; round < 3000; round++) {
    char file[80];
    size_t len = 1 + check_below(sizeof file - 1);
    for (size_t i = 0; i < len; i++) file[i] = alphabet[check_below(sizeof alphabet - 1)];
    check_cuts((lode_str){file, len}, 5 + check_below(100));
  }
}

static void test_csv_separator(void) {
  CHECK_INT(lode_csv_separator(LODE_STR("id;text;\"a,b,c,d\"")), ';');
  CHECK_INT(lode_csv_separator(LODE_STR("id\ttext")), '\t');
  CHECK_INT(lode_csv_separator(LODE_STR("text")), ',');
}

int main(void) {
  RUN(test_warc_steps);
  RUN(test_bodies);
  RUN(test_csv_random);
  RUN(test_csv_flaws);
  RUN(test_csv_cuts);
  RUN(test_csv_separator);
  return CHECK_END();
}
