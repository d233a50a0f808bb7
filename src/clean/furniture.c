#include "furniture.h"

#include "hash.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 300, LEAST_SENTENCE = 12 /* words */ };

struct lode_furniture {
  lode_table lines; /* SOURCE TAB LINE */
};

/* ---- keys ------------------------------------------------------------------------------------------------------- */

/* The host of an address, as it stands in JSON or alone; len 0 where there is none. */
static lode_str host_of(lode_str url) {
  for (size_t i = 0; i + 3 < url.len; i++) {
    if (memcmp(url.ptr + i, "://", 3) != 0) continue;
    size_t begin = i + 3, end = begin;
    while (end < url.len && memchr("/?#:\"", url.ptr[end], 5) == NULL) end++;
    return (lode_str){url.ptr + begin, end - begin};
  }
  return (lode_str){NULL, 0};
}

/* The folder of a path, or the file that a line or a record is from. */
static lode_str folder_of(lode_str id) {
  for (size_t i = id.len; i > 0; i--) {
    if (id.ptr[i - 1] == '#') return (lode_str){id.ptr, i - 1};
    if (id.ptr[i - 1] == '/') return (lode_str){id.ptr, i - 1};
  }
  return LODE_STR(".");
}

static lode_str source_of(const lode_page *page) {
  lode_str host = host_of(lode_page_get_meta(page, LODE_STR("url")));
  if (host.len == 0) host = host_of(page->id);
  return host.len != 0 ? host : folder_of(page->id);
}

static size_t count_words(lode_str text) {
  size_t words = 1;
  for (size_t i = 0; i < text.len; i++) words += text.ptr[i] == ' ';
  return words;
}

static int add_folded(lode_str text, lode_buf *out, lode_err *err) {
  size_t begin = out->len;
  bool label = count_words(text) < LEAST_SENTENCE; /* numbers of sentences tell stories apart */
  int code = 0;
  char last = ' ';
  for (size_t i = 0; i < text.len && code == 0; i++) {
    char c = text.ptr[i];
    if (c == ' ' || (c >= 9 && c <= 13)) c = ' ';
    if (label && c >= '0' && c <= '9') c = '0';
    if ((c == ' ' || (label && c == '0')) && c == last) continue;
    last = c;
    code = lode_buf_byte(out, c, err);
  }
  if (code != 0 || out->len - begin <= LONGEST) return code;
  uint64_t hash = lode_hash64(out->ptr + begin, out->len - begin, 0);
  out->len = begin + LONGEST;
  while (((unsigned char)out->ptr[out->len - 1] & 0xC0) == 0x80) out->len--;
  out->len -= (unsigned char)out->ptr[out->len - 1] >= 0xC0;
  return lode_buf_printf(out, err, "#%016llx", (unsigned long long)hash);
}

/* SOURCE TAB */
static int begin_key(lode_str source, lode_buf *key, lode_err *err) {
  key->len = 0;
  for (size_t k = 0; k < source.len; k++) {
    char c = source.ptr[k];
    int code = lode_buf_byte(key, c == '\t' || c == '\n' || c == '\r' ? ' ' : c, err);
    if (code != 0) return code;
  }
  return lode_buf_byte(key, '\t', err);
}

/* SOURCE TAB LINE of a paragraph. */
static int make_key(const lode_page *page, lode_str source, size_t i, lode_buf *key, lode_err *err) {
  const lode_paragraph *p = &page->paragraphs[i];
  int code = begin_key(source, key, err);
  return code != 0 ? code : add_folded((lode_str){page->content + p->begin, p->end - p->begin}, key, err);
}

int lode_furniture_keys(lode_page *page, lode_furniture_take take, void *ud, lode_err *err) {
  lode_str source = source_of(page);
  lode_table seen;
  lode_buf key = {0};
  lode_table_init(&seen, 0);
  int code = begin_key(source, &key, err);
  if (code == 0) code = take(ud, (lode_str){key.ptr, key.len}, err);
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    bool added = false;
    code = make_key(page, source, i, &key, err);
    if (code == 0 && lode_table_add(&seen, key.ptr, key.len, &added, err) == LODE_NO_ID) code = LODE_E_NOMEM;
    if (code == 0 && added) code = take(ud, (lode_str){key.ptr, key.len}, err);
  }
  lode_table_free(&seen);
  lode_buf_free(&key);
  return code;
}

static bool is_sentence(lode_str line) {
  bool stops = line.len > 0 && memchr(".!?\"", line.ptr[line.len - 1], 4) != NULL;
  return count_words(line) >= LEAST_SENTENCE && (stops || line.len >= LONGEST);
}

bool lode_furniture_is_many(lode_str line, uint64_t count, uint64_t pages) {
  if (is_sentence(line)) return count >= 5 && count * 3 >= pages;
  return count >= 3 && count * 10 >= pages;
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */

int lode_furniture_read(lode_furniture **out, lode_str text, lode_err *err) {
  lode_furniture *self = calloc(1, sizeof *self);
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a list of furniture");
  lode_table_init(&self->lines, 0);
  int code = 0;
  uint32_t number = 1;
  for (size_t at = 0; at < text.len && code == 0; number++) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t stop = end == NULL ? text.len : (size_t)(end - text.ptr);
    const char *key = memchr(text.ptr + at, '\t', stop - at);
    bool comment = stop == at || text.ptr[at] == '#';
    if (!comment && (key == NULL || memchr(key + 1, '\t', stop - (size_t)(key + 1 - text.ptr)) == NULL)) {
      code = lode_fail(err, LODE_E_INPUT, "a line of furniture is PAGES TAB SOURCE TAB LINE");
      if (err != NULL) err->line = number;
    } else if (!comment) {
      size_t begin = (size_t)(key + 1 - text.ptr);
      if (lode_table_add(&self->lines, text.ptr + begin, stop - begin, NULL, err) == LODE_NO_ID) code = LODE_E_NOMEM;
    }
    at = stop + 1;
  }
  if (code != 0) {
    lode_furniture_free(self);
    self = NULL;
  }
  *out = self;
  return code;
}

void lode_furniture_free(lode_furniture *self) {
  if (self == NULL) return;
  lode_table_free(&self->lines);
  free(self);
}

/* ---- zones ------------------------------------------------------------------------------------------------------- */

typedef enum mark { OWN, LABEL, SENTENCE } mark;

static mark mark_of(const lode_furniture *self, const lode_buf *key) {
  if (lode_table_find(&self->lines, key->ptr, key->len) == LODE_NO_ID) return OWN;
  const char *line = memchr(key->ptr, '\t', key->len);
  return is_sentence((lode_str){line + 1, key->len - (size_t)(line + 1 - key->ptr)}) ? SENTENCE : LABEL;
}

static void zone_lines(lode_page *page, const uint8_t *marks, bool sentences) {
  size_t first = page->paragraph_count, last = 0;
  for (size_t i = 0; i < page->paragraph_count; i++) {
    bool own = marks[i] == OWN || (marks[i] == SENTENCE && !sentences);
    if (!own || page->paragraphs[i].zone != LODE_ZONE_BODY) continue;
    if (first == page->paragraph_count) first = i;
    last = i;
  }
  for (size_t i = 0; i < page->paragraph_count; i++) {
    bool own = marks[i] == OWN || (marks[i] == SENTENCE && !sentences);
    uint8_t zone = page->paragraphs[i].zone;
    if (own || (zone != LODE_ZONE_BODY && zone != LODE_ZONE_HEADLINE)) continue;
    page->paragraphs[i].zone = i < first ? LODE_ZONE_NAV : i > last ? LODE_ZONE_FOOTER : LODE_ZONE_NOTICE;
  }
}

int lode__furniture_apply(lode_page *page, lode_err *err) {
  uint8_t *marks = lode_arena_take(&page->arena, page->paragraph_count, 1, err);
  if (marks == NULL) return LODE_E_NOMEM;
  lode_str source = source_of(page);
  lode_buf key = {0};
  size_t body = 0, told = 0;
  int code = 0;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    code = make_key(page, source, i, &key, err);
    marks[i] = code == 0 ? (uint8_t)mark_of(page->furniture, &key) : OWN;
    if (p->zone != LODE_ZONE_BODY) continue;
    body += p->end - p->begin;
    if (marks[i] == SENTENCE) told += p->end - p->begin;
  }
  lode_buf_free(&key);
  if (code == 0) zone_lines(page, marks, told * 2 <= body);
  return code;
}
