/* Any bytes as a page: cleaned and cut, every paragraph, sentence and token leads to raw bytes that are its content
 * unless it says that it was repaired; zones and metadata are what they may be; the same bytes give the same page. */
#include "clean.h"
#include "fuzz.h"
#include "json.h"

static void leads_to_raw(const lode_page *page, size_t begin, size_t end) {
  MUST(begin < end && end <= page->content_len);
  lode_span raw = lode_page_raw(page, begin, end);
  MUST(raw.begin <= raw.end && raw.end <= page->raw.len);
  bool same = raw.end - raw.begin == end - begin &&
              memcmp(page->raw.ptr + raw.begin, page->content + begin, end - begin) == 0;
  MUST(same == !lode_page_is_repaired(page, begin, end));
}

static void meta_holds(const lode_page *page) {
  lode_json_value value;
  for (size_t i = 0; i < page->meta_count; i++)
    MUST(lode_json_parse(page->meta[i].json.ptr, page->meta[i].json.len, LODE_JSON_DEPTH, &value, NULL) == 0);
}

static void page_holds(lode_page *page) {
  size_t at = 0, line = 0, before = 1;
  MUST(lode_utf8_valid(page->content, page->content_len) == page->content_len);
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    MUST(p->begin >= at && p->zone < LODE_ZONE_COUNT);
    leads_to_raw(page, p->begin, p->end);
    MUST(lode_page_paragraph_at(page, p->begin) == i && lode_page_paragraph_at(page, p->end - 1) == i);
    MUST(lode_page_line(page, lode_page_raw(page, p->begin, p->end).begin, &line, NULL) == 0 && line >= before);
    before = line;
    at = p->end;
  }
  for (size_t i = 0; i < page->tokens.sentence_count; i++) {
    const lode_sentence *s = &page->tokens.sentences[i];
    MUST(s->paragraph < page->paragraph_count && s->end <= page->paragraphs[s->paragraph].end);
    leads_to_raw(page, s->begin, s->end);
  }
  for (size_t i = 0; i < page->tokens.count; i++) {
    const lode_token *t = &page->tokens.items[i];
    MUST(t->paragraph < page->paragraph_count && t->word < page->words->count);
    leads_to_raw(page, t->begin, t->end);
    MUST(lode_page_token_at(page, t->begin) == i);
  }
  meta_holds(page);
}

/* How many zones of each kind, and what came out of the text: enough to tell two pages apart. */
static size_t outline(const lode_page *page) {
  size_t sum = page->content_len + page->repairs.count * 31 + page->meta_count * 17 + page->tokens.count;
  for (size_t i = 0; i < page->paragraph_count; i++)
    sum = sum * 33 + page->paragraphs[i].zone + page->paragraphs[i].end;
  return sum;
}

/* False where the page was refused as binary data, which only one with control characters may be. */
static bool fill(lode_page *page, int (*clean)(lode_page *, lode_err *)) {
  bool controls = false;
  int code = clean(page, NULL);
  for (size_t i = 0; i < page->raw.len; i++)
    controls = controls || page->raw.ptr[i] == 127 || (page->raw.ptr[i] & 0xE0) == 0;
  MUST(code == 0 || (code == LODE_E_INPUT && controls));
  if (code == 0) MUST(lode_page_tokens(page, NULL) == 0);
  return code == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  lode_table words;
  lode_page page;
  size_t first = 0;
  const lode_str raw = {(const char *)data, size};
  lode_table_init(&words, 7);
  lode_page_init(&page, &words);
  for (int round = 0; round < 2; round++) { /* the second on memory that was used before */
    lode_page_open(&page, LODE_STR("page"), raw);
    if (!fill(&page, lode_clean)) break;
    page_holds(&page);
    if (round == 0) first = outline(&page);
    else MUST(outline(&page) == first);
  }
  lode_page_open(&page, LODE_STR("page"), raw);
  if (fill(&page, lode_clean_repair)) page_holds(&page);
  lode_page_free(&page);
  lode_table_free(&words);
  return 0;
}
