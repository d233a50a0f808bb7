#include "check.h"
#include "csvtable.h"
#include <string.h>

static bool reads(lode_csv *table, const char *text) {
  lode_err err;
  lode_err_clear(&err);
  return CHECK_OK(lode_csv_read(table, (lode_str){text, strlen(text)}, &err), &err);
}

static void test_cells(void) {
  lode_csv t;
  if (!reads(&t, "\xEF\xBB\xBF"
                 "a,b,c\r\n1,\"x, \"\"y\"\"\nz\",\r\n\r\n2\r\n3,4,5"))
    return;
  CHECK_INT(t.rows, 4);
  CHECK_INT(t.columns, 3);
  CHECK_STR(lode_csv_cell(&t, 0, 0).ptr, lode_csv_cell(&t, 0, 0).len, "a");
  CHECK_STR(lode_csv_cell(&t, 1, 1).ptr, lode_csv_cell(&t, 1, 1).len, "x, \"y\"\nz");
  CHECK_INT(lode_csv_cell(&t, 1, 2).len, 0);
  CHECK_STR(lode_csv_cell(&t, 2, 0).ptr, lode_csv_cell(&t, 2, 0).len, "2");
  CHECK_INT(lode_csv_cell(&t, 2, 2).len, 0);
  CHECK_STR(lode_csv_cell(&t, 3, 2).ptr, lode_csv_cell(&t, 3, 2).len, "5");
  CHECK_INT(t.lines[2], 5);
  CHECK_INT(lode_csv_column(&t, "b"), 1);
  CHECK(lode_csv_column(&t, "d") == SIZE_MAX);
  CHECK_INT(lode_csv_cell(&t, 1, SIZE_MAX).len, 0);
  lode_csv_free(&t);
}

static void test_separators(void) {
  lode_csv t;
  if (!reads(&t, "a;b;c\n1;2,5;3\n")) return;
  CHECK_INT(t.columns, 3);
  CHECK_STR(lode_csv_cell(&t, 1, 1).ptr, lode_csv_cell(&t, 1, 1).len, "2,5");
  lode_csv_free(&t);
  if (!reads(&t, "a\tb\n1\t2, 3\n")) return;
  CHECK_STR(lode_csv_cell(&t, 1, 1).ptr, lode_csv_cell(&t, 1, 1).len, "2, 3");
  lode_csv_free(&t);
}

static void test_defused(void) {
  lode_csv t;
  if (!reads(&t, "a,b,c\n'=1+1,\"'-x, y\",'tis\n")) return;
  CHECK_STR(lode_csv_cell(&t, 1, 0).ptr, lode_csv_cell(&t, 1, 0).len, "=1+1");
  CHECK_STR(lode_csv_cell(&t, 1, 1).ptr, lode_csv_cell(&t, 1, 1).len, "-x, y");
  CHECK_STR(lode_csv_cell(&t, 1, 2).ptr, lode_csv_cell(&t, 1, 2).len, "'tis");
  lode_csv_free(&t);
}

static void test_broken(void) {
  lode_csv t;
  lode_err err;
  lode_err_clear(&err);
  CHECK_INT(lode_csv_read(&t, LODE_STR("a,b\n1,\"2\n3\n"), &err), LODE_E_INPUT);
  CHECK_INT(err.line, 2);
  lode_csv_free(&t);
  if (!reads(&t, "")) return;
  CHECK_INT(t.rows, 0);
  lode_csv_free(&t);
}

int main(void) {
  RUN(test_cells);
  RUN(test_separators);
  RUN(test_defused);
  RUN(test_broken);
  return CHECK_END();
}
