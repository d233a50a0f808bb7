/* A program of somebody else: only the installed header and library. */
#include <lode.h>
#include <stdio.h>
#include <string.h>

static int failed;

static void check(int held, const char *what) {
  if (held) return;
  printf("does not hold: %s\n", what);
  failed = 1;
}
#define CHECK(condition) check((condition), #condition)

static void check_text(void) {
  liblode_error error;
  liblode_span *spans = NULL;
  size_t count = 0, folded_len = 0;
  char *folded = NULL;
  CHECK(liblode_boundaries(LIBLODE_WORD, "Ab cd", 5, &spans, &count, &error) == 0);
  CHECK(count == 3 && spans[1].start == 2 && spans[1].end == 3 && spans[2].end == 5);
  liblode_free(spans);
  CHECK(liblode_boundaries(LIBLODE_GRAPHEME, "e\xCC\x81!", 4, &spans, &count, &error) == 0);
  CHECK(count == 2 && spans[0].end == 3);
  liblode_free(spans);
  CHECK(liblode_boundaries(LIBLODE_WORD, "a\xFF", 2, &spans, &count, &error) == LIBLODE_E_INPUT && error.byte == 1);
  CHECK(liblode_fold("\xC3\x89T\xC3\x89", 5, LIBLODE_FOLD_CASE | LIBLODE_FOLD_ACCENTS, &folded, &folded_len, &error) ==
        0);
  CHECK(folded_len == 3 && memcmp(folded, "ete", 3) == 0);
  liblode_free(folded);
  CHECK(liblode_fold("x", 1, 1u << 20, &folded, &folded_len, NULL) == LIBLODE_E_USAGE);
}

static void check_page(void) {
  static const char bytes[] = "The mayor spoke on Monday. She didn\xFFt stay at the caf\xC3\xA9.\n\nThe council met again.\n";
  liblode_error error;
  size_t len = 0;
  liblode_page *page = liblode_page_open(bytes, sizeof bytes - 1, LIBLODE_REPAIR, &error);
  CHECK(page != NULL);
  if (!page) return;
  const char *content = liblode_page_content(page, &len);
  CHECK(len == sizeof bytes - 1 + 2 && liblode_utf8_valid(content, len) == len);
  CHECK(liblode_page_paragraph_count(page) == 2);
  liblode_paragraph last = liblode_page_paragraph(page, 1);
  liblode_span raw = liblode_page_raw(page, last.start, last.end);
  CHECK(strcmp(last.zone, "body") == 0 &&
        memcmp(bytes + raw.start, "The council met again.", raw.end - raw.start) == 0);
  CHECK(liblode_page_is_repaired(page, 0, len) == 1 && liblode_page_is_repaired(page, last.start, last.end) == 0);
  CHECK(liblode_page_token_count(page) == 0 && liblode_page_segment(page, &error) == 0);
  CHECK(liblode_page_sentence_count(page) == 3 && liblode_page_sentence(page, 2).paragraph == 1);
  liblode_token first = liblode_page_token(page, 0);
  CHECK(first.fold_len == 3 && memcmp(first.fold, "the", 3) == 0 && strcmp(first.kind, "word") == 0 &&
        first.sentence == 0);
  liblode_page_close(page);
  CHECK(liblode_page_open("x", 1, 7, &error) == NULL && error.code == LIBLODE_E_USAGE);
}

static void check_html(void) {
  static const char bytes[] = "<nav><a href=/>Home</a></nav><p>The caf&eacute; on the quay is <b>closed</b> until May.</p>";
  static const char text[] = "The caf\xC3\xA9 on the quay is closed until May.";
  size_t len = 0;
  liblode_page *page = liblode_page_open(bytes, sizeof bytes - 1, LIBLODE_HTML, NULL);
  CHECK(page != NULL);
  if (!page) return;
  const char *content = liblode_page_content(page, &len);
  CHECK(liblode_page_paragraph_count(page) == 2 && strcmp(liblode_page_paragraph(page, 0).zone, "nav") == 0);
  liblode_paragraph story = liblode_page_paragraph(page, 1);
  CHECK(strcmp(story.zone, "body") == 0 && story.end - story.start == sizeof text - 1 &&
        memcmp(content + story.start, text, sizeof text - 1) == 0);
  liblode_span raw = liblode_page_raw(page, story.start, story.end);
  CHECK(raw.start == (size_t)(strstr(bytes, "The caf") - bytes) && raw.end == (size_t)(strstr(bytes, "</p>") - bytes));
  liblode_page_close(page);
}

int main(void) {
  check_text();
  check_page();
  check_html();
  printf("liblode %s\n", liblode_version());
  return failed;
}
