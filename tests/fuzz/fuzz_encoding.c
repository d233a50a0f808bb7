/* Any bytes in any encoding, spoiled in any way: what comes out is UTF-8, every piece of it leads to its bytes and back,
 * repairs are in order. */
#include "clean.h"
#include "fuzz.h"

static void leads_to_raw(const lode_page *page, size_t begin, size_t end) {
  lode_span raw = lode_page_raw(page, begin, end);
  MUST(raw.begin <= raw.end && raw.end <= page->raw.len);
  bool same =
      raw.end - raw.begin == end - begin && memcmp(page->raw.ptr + raw.begin, page->content + begin, end - begin) == 0;
  MUST(same == !lode_page_is_repaired(page, begin, end));
  lode_span back = lode_map_to_target(&page->map, raw.begin, raw.end);
  if (raw.begin < raw.end) MUST(back.begin <= begin && back.end >= end);
}

static void map_holds(const lode_page *page, const uint8_t *data, size_t size) {
  MUST(lode_utf8_valid(page->content, page->content_len) == page->content_len);
  MUST(page->map.target_len == page->content_len && page->map.source_len <= page->raw.len);
  for (uint32_t i = 0; i < 40 && page->content_len > 0; i++) {
    size_t begin = fuzz_pick(data, size, 2 * i, page->content_len);
    leads_to_raw(page, begin, begin + 1 + fuzz_pick(data, size, 2 * i + 1, page->content_len - begin));
  }
  for (size_t i = 0; i < page->repairs.count; i++) {
    lode_span at = page->repairs.items[i].source;
    MUST(at.begin <= at.end && at.end <= page->raw.len);
    MUST(i == 0 || page->repairs.items[i - 1].source.begin <= at.begin);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const types[] = {"",          "windows-1251", "gb18030",     "shift_jis", "iso-2022-jp",
                                      "utf-16le",  "euc-kr",       "big5",        "koi8-r",    "windows-1258",
                                      "macintosh", "utf-8",        "iso-2022-kr", "no-such"};
  if (size == 0) return 0;
  const char *type = types[data[0] % (sizeof types / sizeof *types)];
  char content_type[80];
  snprintf(content_type, sizeof content_type, "text/html; charset=%s", type);
  lode_table words;
  lode_page page;
  lode_table_init(&words, 7);
  lode_page_init(&page, &words);
  lode_page_open(&page, LODE_STR("page"), (lode_str){(const char *)data + 1, size - 1});
  if (*type != '\0')
    MUST(lode_page_set_meta_text(&page, LODE_STR("content_type"), (lode_str){content_type, strlen(content_type)},
                                 NULL) == 0);
  int code = lode_clean_repair(&page, NULL);
  MUST(code == 0 || code == LODE_E_INPUT);
  if (code == 0) map_holds(&page, data, size);
  lode_page_free(&page);
  lode_table_free(&words);
  return 0;
}
