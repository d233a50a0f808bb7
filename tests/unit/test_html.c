/* HTML: the scanner, the tree it gives, the text, zones and forms, metadata, and the map by random spans. */
#include "check.h"
#include "clean.h"
#include "file.h"
#include "htmlmap.h"
#include "inputs.h"

typedef struct bench {
  lode_table words;
  htmlmap map;
} bench;

static void setup(bench *b) {
  lode_table_init(&b->words, 1);
  htmlmap_init(&b->map, &b->words);
}

static void teardown(bench *b) {
  htmlmap_free(&b->map);
  lode_table_free(&b->words);
}

static lode_page *clean(bench *b, const char *html, size_t len) {
  lode_err err;
  lode_page_open(&b->map.page, LODE_STR("p.html"), (lode_str){html, len});
  b->map.page.html = true;
  CHECK_OK(lode_clean(&b->map.page, &err), &err);
  return &b->map.page;
}

/* --- the scanner --- */

static void check_skeleton(const char *html, const char *want) {
  lode__html_scan scan;
  lode_arena arena;
  lode_err err;
  lode_arena_init(&arena, 0);
  if (CHECK_OK(lode__html_scan_source(&scan, html, strlen(html), &arena, &err), &err) &&
      !CHECK_BYTES(scan.skeleton, scan.skeleton_len, want, strlen(want)))
    printf("  of: %s\n", html);
  lode_arena_free(&arena);
}

static void test_skeleton(void) {
  check_skeleton("<div class=\"a>b\">Two <b>words</b>\n</div>", "<div>x</div>");
  check_skeleton("<!doctype html><p>a<!-- > <p> -->b<!-->c<!--->d", "<!doctype html><p>x");
  check_skeleton("<p title='>' x=a/>y</p >z", "<p>x</p>x");
  check_skeleton("a < b <3 </ c></>d<?php ?>e", "x");
  check_skeleton("<script>\"</div>\" <!-- <script> </script> --></script><p>t", "<p>x");
  check_skeleton("<SCRIPT>if (a<b) </scriptx> </Script ><p>t", "<p>x");
  check_skeleton("<title>a <b> &lt;</title><textarea><p></textarea>", "<title>x</title><textarea>x</textarea>");
  check_skeleton("<svg><style>a{}</style><title>no</title><svg/></svg><p>t", "<p>x");
  check_skeleton("<svg><foreignObject><p>t</p></foreignObject></svg>",
                 "<svg><foreignObject><p>x</p></foreignObject></svg>");
  check_skeleton("<svg><desc>t", "<svg><desc>x");
  check_skeleton("<math><![CDATA[a<b]]></math>", "<math>x</math>");
  check_skeleton("<p><![CDATA[a<b]]>c</p>", "<p>x</p>");
  check_skeleton("<p>t<div unfinished", "<p>x");
  check_skeleton("<style>p{}", "");
  check_skeleton("<plaintext></p>", "<plaintext>x");
  check_skeleton("<a href=x>t</a><span>u</span> <x-y>v</x-y>", "x<x-y>x</x-y>");
}

/* Nested deeper than the bound, tags leave their text. */
static void test_depth(void) {
  bench b;
  lode_buf html = {0};
  setup(&b);
  for (int i = 0; i < 100000; i++) lode_buf_add(&html, "<div><span>", 11, NULL);
  lode_buf_add(&html, "A sentence that is deep, and that is found.", 43, NULL);
  for (int i = 0; i < 100000; i++) lode_buf_add(&html, "</div>", 6, NULL);
  lode_buf_add(&html, "<p>Behind it.", 13, NULL);
  const lode_page *page = clean(&b, html.ptr, html.len);
  CHECK_STR(page->content, page->content_len, "A sentence that is deep, and that is found.\nBehind it.");
  lode_buf_free(&html);
  teardown(&b);
}

/* --- the text --- */

static void check_text(bench *b, const char *html, const char *want) {
  const lode_page *page = clean(b, html, strlen(html));
  if (!CHECK_STR(page->content, page->content_len, want)) printf("  of: %s\n", html);
}

static void test_text(void) {
  bench b;
  setup(&b);
  check_text(&b, "<p>one\n  two <b>th</b>ree &amp; fo&#117;r &copy 5 &notit; &nbsp; &unknown; x</p>",
             "one two three & four © 5 ¬it; &unknown; x");
  check_text(&b, "<p>a<br>b<p>c<h1>d<br>e</h1>f", "a\nb\nc\nd e\nf");
  check_text(&b, "<ul><li>a<li>b</ul>c<table><tr><td>d<td>e</table>", "a\nb\nc\nd\ne");
  check_text(&b, "<table>stray<tr><td>cell</table>", "stray\ncell");
  check_text(&b, "<pre>a\n b\nc</pre>", "a\nb\nc");
  check_text(&b, "<a href=x>a</a><a href=y>b</a> <i>c</i>", "ab c");
  check_text(&b, "&#x80;&#0;&#xD800;&#1114112;&#x41",
             "€\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
             "A");
  check_text(&b, "<template><p>no</template><head><title>no</title><body>yes", "yes");
  check_text(&b, "", "");
  check_text(&b, "<p> &nbsp;\n</p>", "");
  teardown(&b);
}

/* --- the map --- */

static void check_spans(bench *b, const char *html, size_t len, size_t count) {
  htmlmap *m = &b->map;
  lode_err err;
  const lode_page *page = clean(b, html, len);
  if (CHECK_OK(htmlmap_open(m, page->raw, &err), &err))
    for (size_t i = 0; i < count && page->content_len != 0; i++) {
      size_t begin = check_random() % page->content_len, end = begin + 1 + check_random() % 200;
      if (end > page->content_len) end = page->content_len;
      while (begin > 0 && ((unsigned char)page->content[begin] & 0xC0) == 0x80) begin--;
      while (end < page->content_len && ((unsigned char)page->content[end] & 0xC0) == 0x80) end++;
      htmlmap_align(page, &begin, &end);
      if (!CHECK(htmlmap_holds(m, begin, end))) break;
    }
  htmlmap_close(m);
}

/* Bytes changed, cut out, doubled and mixed with pieces of markup. */
static void spoil(lode_buf *page) {
  static const char *const pieces[] = {
      "<",     ">",      "</p>", "<div>", "&amp;", "&#39",       "<table>", "<!--",     "-->",  "<script>", "</script>",
      "<svg>", "</svg>", "<b>",  "</b>",  "\"",    "<a href=x>", "<li>",    "\xC3\xA9", "\xFF", "\xC2\xA0", "&nbsp;"};
  for (size_t n = 1 + check_random() % 20; n != 0 && page->len > 40; n--) {
    size_t at = check_random() % (page->len - 30);
    switch (check_random() % 4) {
      case 0: page->ptr[at] = (char)(32 + check_random() % 95); break;
      case 1:
        memmove(page->ptr + at, page->ptr + at + 20, page->len - at - 20);
        page->len -= 20;
        break;
      default: {
        const char *piece = pieces[check_random() % (sizeof pieces / sizeof pieces[0])];
        size_t size = strlen(piece);
        if (lode_buf_reserve(page, size, NULL) != 0) return;
        memmove(page->ptr + at + size, page->ptr + at, page->len - at);
        memcpy(page->ptr + at, piece, size);
        page->len += size;
      }
    }
  }
}

/* LODE_TEST_SPANS: how many for each page and each of its spoiled copies; LODE_TEST_PAGES: a folder beside the samples. */
static void test_map(void) {
  const char *asked = getenv("LODE_TEST_SPANS"), *folder = getenv("LODE_TEST_PAGES");
  size_t count = asked == NULL ? 40 : strtoul(asked, NULL, 10);
  lode_inputs inputs = {0};
  lode_err err;
  bench b;
  setup(&b);
  if (CHECK_OK(lode_inputs_add(&inputs, LODE_SOURCE_DIR "/samples/html", &err), &err)) CHECK(inputs.count >= 4);
  if (folder != NULL) CHECK_OK(lode_inputs_add(&inputs, folder, &err), &err);
  for (size_t i = 0; i < inputs.count; i++) {
    lode_buf page = {0};
    if (CHECK_OK(lode_file_read(inputs.items[i].path, 1 << 26, &page, &err), &err))
      check_spans(&b, page.ptr, page.len, count);
    for (int copy = 0; copy < 20; copy++) {
      spoil(&page);
      check_spans(&b, page.ptr, page.len, count);
    }
    lode_buf_free(&page);
  }
  lode_inputs_free(&inputs);
  teardown(&b);
}

int main(void) {
  RUN(test_skeleton);
  RUN(test_depth);
  RUN(test_text);
  RUN(test_map);
  return CHECK_END();
}
