/* Any bytes as a page of HTML: every paragraph, and spans of it, lead to raw bytes whose text they are; zones, forms and
 * metadata are what they may be; the same bytes give the same page. */
#include "../unit/htmlmap.h"
#include "clean.h"
#include "fuzz.h"
#include "json.h"

static void spans_hold(htmlmap *m, const uint8_t *data, size_t size) {
  const lode_page *page = &m->page;
  for (uint32_t i = 0; i < 16 && page->content_len != 0; i++) {
    size_t begin = fuzz_pick(data, size, i, page->content_len), end = begin + 1 + fuzz_pick(data, size, i + 100, 80);
    if (end > page->content_len) end = page->content_len;
    while (begin > 0 && ((unsigned char)page->content[begin] & 0xC0) == 0x80) begin--;
    while (end < page->content_len && ((unsigned char)page->content[end] & 0xC0) == 0x80) end++;
    htmlmap_align(page, &begin, &end);
    MUST(htmlmap_holds(m, begin, end));
  }
}

static void page_holds(const lode_page *page) {
  size_t at = 0;
  lode_json_value value;
  MUST(lode_utf8_valid(page->content, page->content_len) == page->content_len);
  MUST(page->map.count == 0 || page->map.target_len == page->content_len);
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    MUST(p->begin >= at && p->begin < p->end && p->end <= page->content_len);
    MUST(p->zone < LODE_ZONE_COUNT && p->form < LODE_FORM_COUNT);
    MUST(memchr(page->content + p->begin, '\n', p->end - p->begin) == NULL);
    at = p->end;
  }
  for (size_t i = 0; i < page->meta_count; i++)
    MUST(lode_json_parse(page->meta[i].json.ptr, page->meta[i].json.len, LODE_JSON_DEPTH, &value, NULL) == 0);
}

static size_t outline(const lode_page *page) {
  size_t sum = page->content_len + page->meta_count * 17;
  for (size_t i = 0; i < page->paragraph_count; i++)
    sum = sum * 33 + page->paragraphs[i].zone * 8u + page->paragraphs[i].form + page->paragraphs[i].end;
  return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  lode_table words;
  htmlmap m;
  size_t first = 0;
  lode_table_init(&words, 7);
  htmlmap_init(&m, &words);
  for (int round = 0; round < 2; round++) { /* the second on memory that was used before */
    lode_page_open(&m.page, LODE_STR("p.html"), (lode_str){(const char *)data, size});
    m.page.html = true;
    int code = lode_clean(&m.page, NULL);
    MUST(code == 0 || code == LODE_E_INPUT);
    if (code != 0) break;
    page_holds(&m.page);
    if (round == 0) first = outline(&m.page);
    else MUST(outline(&m.page) == first);
    if (round == 0) continue;
    MUST(lode_page_tokens(&m.page, NULL) == 0);
    MUST(htmlmap_open(&m, m.page.raw, NULL) == 0);
    spans_hold(&m, data, size);
    htmlmap_close(&m);
  }
  htmlmap_free(&m);
  lode_table_free(&words);
  return 0;
}
