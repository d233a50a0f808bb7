/* Where a long text is cut; tests/cli compares the boundaries of the pieces with those of the whole. */
#include "check.h"
#include "cut.h"

static void check_cut(const char *text, size_t want) {
  if (!CHECK_INT(lode_text_cut(text, strlen(text)), want)) check_print_bytes(text, strlen(text));
}

static void test_places(void) {
  check_cut("One.\n\nTwo.\nthree", 6); /* behind a blank line, though a line ends later */
  check_cut("One.\n \t\r\nTwo.\nthree", 9);
  check_cut("One.\n\n", 5);                     /* something is left */
  check_cut("one\ntwo", 4);                     /* behind any line */
  check_cut("We arrived. They left. Then", 12); /* "left" is too short to be no abbreviation */
  check_cut("Gov. Smith said it. no more", 22); /* before a space */
  check_cut("1 2 3", 4);
  check_cut("a\xCC\x81\xCC\x81", 3); /* between two characters */
  check_cut("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 4);
  check_cut("\x80\x80\x80\x80\x80\x80", 2); /* which is what it is */
  check_cut("ab", 1);
  check_cut("\n\n\n", 2);
}

static void test_long_lines(void) {
  char text[2000];
  memset(text, 'x', sizeof text);
  text[500] = text[1000] = '\n';
  text[1100] = '\n';
  CHECK_INT(lode_text_cut(text, sizeof text), 501); /* a line of 99 bytes on the other side could be wrapped */
  text[1100] = 'x';
  CHECK_INT(lode_text_cut(text, sizeof text), 1001);
}

int main(void) {
  RUN(test_places);
  RUN(test_long_lines);
  return CHECK_END();
}
