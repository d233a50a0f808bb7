/* Rows of CSV, TSV, JSON lines and lists; what is broken; rows of a lexicon's entries. */
#include "check.h"
#include "entries.h"
#include "rows.h"

/* All rows as "NAME=CELL NAME=CELL|...", NONE left out. */
static void dump(lode_rows_kind kind, lode_str text, bool names, lode_buf *out, lode_err *err) {
  lode_rows rows;
  bool got = false;
  lode_err_clear(err);
  int code = lode_rows_open(&rows, kind, text, names, err);
  while (code == 0 && (code = lode_rows_next(&rows, &got, err)) == 0 && got) {
    for (uint32_t c = 0; c < rows.cell_count; c++) {
      lode_cell cell = lode_rows_cell(&rows, c);
      lode_str name = lode_table_get(&rows.names, c);
      if (cell.type != LODE_CELL_NONE)
        lode_buf_printf(out, NULL, "%.*s=%.*s ", (int)name.len, name.ptr, (int)cell.text.len, cell.text.ptr);
    }
    lode_buf_byte(out, '|', NULL);
  }
  lode_rows_free(&rows);
}

static void check_rows(lode_rows_kind kind, const char *text, bool names, const char *want) {
  lode_buf out = {0};
  lode_err err;
  dump(kind, (lode_str){text, strlen(text)}, names, &out, &err);
  CHECK_STR(out.len == 0 ? "" : out.ptr, out.len, want);
  lode_buf_free(&out);
}

static void test_rows(void) {
  check_rows(LODE_ROWS_CSV, "a,b\n1,2\r\n\n\"x,\"\"y\"\"\nz\",\"\"\n", true, "a=1 b=2 |a=x,\"y\"\nz b= |");
  check_rows(LODE_ROWS_CSV,
             "\xEF\xBB\xBF"
             "a;b\n1;2,5\n3",
             true, "a=1 b=2,5 |a=3 |");
  check_rows(LODE_ROWS_CSV, "1,2\n3,4,5\n", false, "1=1 2=2 |1=3 2=4 3=5 |");
  check_rows(LODE_ROWS_TSV, "a\tb\n\"x\ty,z\n", true, "a=\"x b=y,z |");
  check_rows(LODE_ROWS_LINES, "# no\n one \n\n\ttwo words\r\n", true, "1=one |1=two words |");
  check_rows(LODE_ROWS_JSONL, "{\"a\":\"x\\u00e9\",\"n\":1.50}\n \n{\"b\":null,\"n\":true,\"c\":[1]}\n", true,
             "a=x\xC3\xA9 n=1.50 |n=true c=[1] |");
}

static void check_broken(lode_rows_kind kind, const char *text, uint32_t line) {
  lode_buf out = {0};
  lode_err err;
  dump(kind, (lode_str){text, strlen(text)}, true, &out, &err);
  CHECK_INT(err.code, LODE_E_INPUT);
  CHECK_INT(err.line, line);
  lode_buf_free(&out);
}

static void test_broken(void) {
  check_broken(LODE_ROWS_CSV, "", 1);
  check_broken(LODE_ROWS_CSV, "a,a\n", 1);
  check_broken(LODE_ROWS_CSV, "a,b\n\"x\n\ny,2\n", 2);
  check_broken(LODE_ROWS_CSV, "a,b\n\"x\ny\",\"2\n", 3);
  check_broken(LODE_ROWS_CSV, "a,b\n1,2\n\"x\"y,2\n", 3);
  check_broken(LODE_ROWS_CSV, "a,b\n1,2,3\n", 2);
  check_broken(LODE_ROWS_JSONL, "{}\n[1]\n", 2);
  check_broken(LODE_ROWS_JSONL, "{}\n{\"a\":}\n", 2);
}

/* Any bytes give rows or an error, never a read beyond them (the sanitizers would see). */
static void test_any_bytes(void) {
  static const char some[] = "a,b;\"\n\r\t\\{}:1# \xC3";
  for (int i = 0; i < 3000; i++) {
    char text[24];
    size_t len = check_below(sizeof text);
    lode_buf out = {0};
    lode_err err;
    for (size_t k = 0; k < len; k++) text[k] = some[check_below(sizeof some - 1)];
    char *exact = malloc(len + 1);
    memcpy(exact, text, len);
    dump((lode_rows_kind)check_below(4), (lode_str){exact, len}, check_below(2), &out, &err);
    free(exact);
    lode_buf_free(&out);
  }
}

static void test_entries(void) {
  lode_entries_builder builder;
  lode_entries entries;
  lode_buf image = {0};
  lode_err err;
  uint32_t id, column;
  lode_cell cell;
  lode_entries_builder_init(&builder);
  for (uint32_t i = 0; i < 100; i++) {
    char text[12];
    snprintf(text, sizeof text, "%u", i % 7);
    CHECK_OK(lode_entries_put(&builder, LODE_STR("n"), (lode_cell){LODE_CELL_NUMBER, {text, strlen(text)}}, &err),
             &err);
    if (i % 2 == 0)
      CHECK_OK(lode_entries_put(&builder, LODE_STR("even"), (lode_cell){LODE_CELL_TRUE, {"", 0}}, &err), &err);
    CHECK_OK(lode_entries_end(&builder, &id, &err), &err);
    CHECK_INT(id, i);
  }
  CHECK(builder.rows.len < 200); /* equal rows lie in one place */
  CHECK_OK(lode_entries_builder_write(&builder, &image, &err), &err);
  CHECK_OK(lode_entries_open(&entries, (lode_str){image.ptr, image.len}, &err), &err);
  for (uint32_t i = 0; i < 100; i++) {
    size_t at = 0;
    CHECK(lode_entries_next(&entries, i, &at, &column, &cell));
    CHECK_INT(column, 0);
    CHECK_INT(cell.text.ptr[0], '0' + (int)(i % 7));
    CHECK_INT(lode_entries_next(&entries, i, &at, &column, &cell), i % 2 == 0);
  }
  CHECK_INT(lode_entries_column(&entries, LODE_STR("even")), 1);
  CHECK_INT(lode_entries_column(&entries, LODE_STR("odd")), LODE_NO_ID);
  for (size_t i = 0; i < image.len * 8; i++) { /* damage: refused, or other rows */
    size_t at = 0;
    image.ptr[i / 8] = (char)(image.ptr[i / 8] ^ (1 << (i % 8)));
    if (lode_entries_open(&entries, (lode_str){image.ptr, image.len}, NULL) == 0)
      while (lode_entries_next(&entries, 3, &at, &column, &cell)) continue;
    image.ptr[i / 8] = (char)(image.ptr[i / 8] ^ (1 << (i % 8)));
  }
  lode_buf_free(&image);
  lode_entries_builder_free(&builder);
}

int main(void) {
  RUN(test_rows);
  RUN(test_broken);
  RUN(test_any_bytes);
  RUN(test_entries);
  return CHECK_END();
}
