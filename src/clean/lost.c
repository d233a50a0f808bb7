#include "lost.h"

#include "unicode.h"
#include <string.h>

enum { LONGEST_WORD = 200 };

static bool is_space_at(const char *text, size_t at) {
  return text[at] == ' ' || (text[at] >= 9 && text[at] <= 13);
}

/* The letter before text + at, or after it; 0 where there is none. */
static uint32_t letter_before(const char *text, size_t at) {
  uint32_t cp;
  if (at == 0) return 0;
  lode_utf8_next(text + at - lode_utf8_back(text, at), &cp);
  return lode_is_letter(cp) ? cp : 0;
}

static uint32_t letter_after(const char *text, size_t len, size_t at) {
  uint32_t cp;
  if (at >= len) return 0;
  lode_utf8_next(text + at, &cp);
  return lode_is_letter(cp) ? cp : 0;
}

/* What stands between two spaces around text[at]. */
static lode_span word_around(const char *text, size_t len, size_t at) {
  lode_span out = {at, at + 1};
  while (out.begin > 0 && !is_space_at(text, out.begin - 1) && at - out.begin < LONGEST_WORD) out.begin--;
  while (out.end < len && !is_space_at(text, out.end) && out.end - at < LONGEST_WORD) out.end++;
  while (out.begin < at && ((unsigned char)text[out.begin] & 0xC0) == 0x80) out.begin++;
  while (out.end < len && ((unsigned char)text[out.end] & 0xC0) == 0x80) out.end++;
  return out;
}

static bool is_address(const char *text, lode_span word) {
  for (size_t i = word.begin; i < word.end; i++)
    if (text[i] == '/' || text[i] == '=' || text[i] == '&' || text[i] == '@') return true;
  return false;
}

/* The next "?" from *at on with letters on both sides; `sure` where the second is small. */
static bool next_glued(const char *text, size_t len, size_t *at, lode_span *word, bool *sure) {
  for (const char *mark; *at < len && (mark = memchr(text + *at, '?', len - *at)) != NULL;) {
    size_t pos = (size_t)(mark - text);
    *at = pos + 1;
    uint32_t after = letter_after(text, len, pos + 1);
    if (after == 0 || letter_before(text, pos) == 0) continue;
    *word = word_around(text, len, pos);
    if (is_address(text, *word)) continue;
    *sure = lode_is_lower(after);
    return true;
  }
  return false;
}

int lode__lost_mark(lode_page *page, lode_err *err) {
  const char *text = page->content;
  size_t len = page->content_len, at = 0, spaced = 0;
  lode_span word;
  bool sure, any = false;
  while (!any && next_glued(text, len, &at, &word, &sure)) any = sure;
  if (!any) return 0;
  lode_repairs repairs = {0};
  int code = 0;
  for (at = 0; code == 0 && next_glued(text, len, &at, &word, &sure);) {
    if (word.begin >= spaced)
      code = lode_repairs_add(&repairs, LODE_REPAIR_SPACING, lode_page_raw(page, word.begin, word.end), err);
    spaced = word.end;
    if (code == 0) code = lode_repairs_add(&repairs, LODE_REPAIR_LOST, lode_page_raw(page, at - 1, at), err);
  }
  if (code == 0) code = lode_page_add_repairs(page, &repairs, err);
  lode_repairs_free(&repairs);
  return code;
}
