#include "metatext.h"

#include "cues.h"
#include "language.h"
#include "stamp.h"
#include <string.h>

enum { MOST_BYTES = 400, MOST_NAME = 120 };

static int set_once(lode_page *page, lode_str name, lode_str value, lode_err *err) {
  if (value.len == 0 || lode_page_get_meta(page, name).ptr != NULL) return 0;
  return lode_page_set_meta_text(page, name, value, err);
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static lode_str trim(lode_str s) {
  while (s.len != 0 && strchr(" \t:,;-|", s.ptr[0]) != NULL) s.ptr++, s.len--;
  while (s.len != 0 && strchr(" \t:,;-|.", s.ptr[s.len - 1]) != NULL) s.len--;
  return s;
}

static size_t word_end(lode_str s, size_t at) {
  while (at < s.len && is_letter(s.ptr[at])) at++;
  return at;
}

/* Every date of the line, each under the last "posted" or "updated" before it. */
static int take_dates(lode_page *page, lode_str line, lode_err *err) {
  bool updated = false;
  for (size_t at = 0; at < line.len;) {
    char stamp[LODE__STAMP_SIZE];
    size_t end;
    if (lode__stamp_read(line.ptr, line.len, at, &end, stamp)) {
      int code =
          set_once(page, updated ? LODE_STR("updated") : LODE_STR("date"), (lode_str){stamp, strlen(stamp)}, err);
      if (code != 0) return code;
      at = end;
      continue;
    }
    if (!is_letter(line.ptr[at])) {
      at++;
      continue;
    }
    end = word_end(line, at);
    lode__cue cue = lode__cue_of(line.ptr + at, end - at);
    if (cue == LODE__CUE_UPDATED) updated = true;
    if (cue == LODE__CUE_POSTED) updated = false;
    at = end;
  }
  return 0;
}

/* Where a name behind "by" ends: at a mark, a figure, or a small word that names do not hold. */
static size_t name_end(lode_str line, size_t at) {
  static const char *const stops[] = {"in", "on", "at", "for", "from", "with", "of"};
  size_t from = at;
  while (at < line.len && at - from < MOST_NAME) {
    char c = line.ptr[at];
    if (strchr("|,;:(0123456789/@", c) != NULL) return at;
    if (c == '-' && at > from && line.ptr[at - 1] == ' ') return at;
    if (!is_letter(c) || (at > from && is_letter(line.ptr[at - 1]))) {
      at++;
      continue;
    }
    size_t end = word_end(line, at);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
      if (end - at == strlen(stops[i]) && memcmp(line.ptr + at, stops[i], end - at) == 0) return at;
    at = end;
  }
  return at;
}

/* "By NAME" at the start, or "posted by NAME", "reporting by NAME" near it. */
static int take_author(lode_page *page, lode_str line, lode_err *err) {
  size_t words = 0;
  for (size_t at = 0; at < line.len && words < 4; words++) {
    while (at < line.len && !is_letter(line.ptr[at])) at++;
    size_t end = word_end(line, at);
    if (lode__cue_of(line.ptr + at, end - at) == LODE__CUE_BY) {
      size_t stop = name_end(line, end);
      return set_once(page, LODE_STR("author"), trim((lode_str){line.ptr + end, stop - end}), err);
    }
    at = end;
  }
  return 0;
}

/* A part between pipes that is the name of a site: letters, stops, no space. */
static bool is_site(lode_str s) {
  size_t stops = 0;
  if (s.len < 4) return false;
  for (size_t i = 0; i < s.len; i++) {
    bool plain = is_letter(s.ptr[i]) || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '-';
    if (s.ptr[i] == '.' && i > 0 && i + 2 < s.len) stops++;
    else if (!plain) return false;
  }
  return stops != 0 && is_letter(s.ptr[s.len - 1]);
}

static int take_site(lode_page *page, lode_str line, lode_err *err) {
  for (size_t at = 0; at < line.len;) {
    const char *pipe = memchr(line.ptr + at, '|', line.len - at);
    size_t end = pipe == NULL ? line.len : (size_t)(pipe - line.ptr);
    lode_str part = trim((lode_str){line.ptr + at, end - at});
    if (is_site(part)) return set_once(page, LODE_STR("source"), part, err);
    at = end + 1;
  }
  return 0;
}

/* "Source: X", "Credited from: X". */
static int take_credit(lode_page *page, lode_str line, lode_err *err) {
  const char *colon = memchr(line.ptr, ':', line.len < 40 ? line.len : 40);
  size_t end = word_end(line, 0);
  if (colon == NULL || lode__cue_of(line.ptr, end) != LODE__CUE_CREDIT) return take_author(page, line, err);
  size_t at = (size_t)(colon - line.ptr) + 1;
  const char *pipe = memchr(line.ptr + at, '|', line.len - at);
  lode_str name = trim((lode_str){line.ptr + at, (pipe == NULL ? line.len : (size_t)(pipe - line.ptr)) - at});
  return name.len <= MOST_NAME ? set_once(page, LODE_STR("source"), name, err) : 0;
}

static int take_line(lode_page *page, const lode_paragraph *p, lode_err *err) {
  lode_str line = {page->content + p->begin, p->end - p->begin};
  if (p->zone == LODE_ZONE_HEADLINE) return set_once(page, LODE_STR("title"), line, err);
  if (line.len > MOST_BYTES) return 0;
  bool link = line.len > 10 && (memcmp(line.ptr, "https://", 8) == 0 || memcmp(line.ptr, "http://", 7) == 0);
  if (link && p->zone != LODE_ZONE_BODY && memchr(line.ptr, ' ', line.len) == NULL)
    return set_once(page, LODE_STR("url"), line, err);
  int code = 0;
  switch (p->zone) {
    case LODE_ZONE_BYLINE:
      code = take_author(page, line, err);
      if (code == 0) code = take_site(page, line, err);
      if (code == 0) code = take_dates(page, line, err);
      return code;
    case LODE_ZONE_DATELINE: return take_dates(page, line, err);
    case LODE_ZONE_CREDIT: return take_credit(page, line, err);
    default: return 0;
  }
}

int lode__metatext_take(lode_page *page, lode_err *err) {
  int code = 0;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) code = take_line(page, &page->paragraphs[i], err);
  const char *language = lode__language_of(page);
  if (code == 0 && language != NULL)
    code = set_once(page, LODE_STR("lang"), (lode_str){language, strlen(language)}, err);
  return code;
}
