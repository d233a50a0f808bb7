#include "page.h"

#include "json.h"
#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Arrays that one page made larger than this are let go before the next: a worker lives long, and a
 * single huge page must not be paid for to its end. */
static const size_t KEEP_BYTES = (size_t)16 << 20;
/* Places in content are 32 bits. */
static const size_t MAX_RAW = (size_t)1 << 31;

static const char *const zone_names[LODE_ZONE_COUNT] = {
#define ZONE_NAME(code, name) [LODE_ZONE_##code] = name,
    LODE_ZONES(ZONE_NAME)
#undef ZONE_NAME
};

const char *lode_zone_name(unsigned zone) {
  return zone < LODE_ZONE_COUNT ? zone_names[zone] : NULL;
}

const char *lode_paragraph_form_name(unsigned form) {
  static const char *const names[LODE_FORM_COUNT] = {
#define FORM_NAME(code, name) [LODE_FORM_##code] = name,
      LODE_FORMS(FORM_NAME)
#undef FORM_NAME
  };
  return form < LODE_FORM_COUNT ? names[form] : NULL;
}

int lode_zone_find(const char *name, size_t len) {
  for (int i = 0; i < LODE_ZONE_COUNT; i++)
    if (strlen(zone_names[i]) == len && memcmp(zone_names[i], name, len) == 0) return i;
  return -1;
}

const char *lode_page_zone_name(const lode_page *self, unsigned zone) {
  if (zone < LODE_ZONE_COUNT) return zone_names[zone];
  return zone - LODE_ZONE_COUNT < self->own_zone_count ? self->own_zones[zone - LODE_ZONE_COUNT] : "unknown";
}

static int fail_zone(const char *name, size_t len, lode_err *err) {
#define ZONE_LIST(code, name) " " name
  return lode_fail(err, LODE_E_USAGE, "no zone \"%.*s\": there are all" LODE_ZONES(ZONE_LIST),
                   (int)(len < 80 ? len : 80), name);
#undef ZONE_LIST
}

int lode_zone_set_parse(const char *list, lode_zone_set *out, lode_err *err) {
  lode_zone_set set = 0;
  const char *at = list;
  for (;;) {
    at += strspn(at, " ");
    size_t whole = strcspn(at, ","), len = whole;
    while (len != 0 && at[len - 1] == ' ') len--;
    int zone = lode_zone_find(at, len);
    if (len == 3 && memcmp(at, "all", 3) == 0) set = LODE_ZONES_ALL;
    else if (zone >= 0) set |= (lode_zone_set)1 << zone;
    else return fail_zone(at, len, err);
    if (at[whole] == '\0') break;
    at += whole + 1;
  }
  *out = set;
  return 0;
}

void lode_page_init(lode_page *self, lode_table *words) {
  *self = (lode_page){.words = words};
  lode_arena_init(&self->arena, 0);
}

void lode_page_free(lode_page *self) {
  lode_map_free(&self->map);
  lode_repairs_free(&self->repairs);
  lode_tokens_free(&self->tokens);
  lode_buf_free(&self->repaired);
  lode_arena_free(&self->arena);
  free(self->paragraphs);
  free(self->meta);
  free(self->line_starts);
  lode_page_init(self, self->words);
}

static void shed(lode_page *self) {
  if (self->map.cap * sizeof *self->map.pieces > KEEP_BYTES) lode_map_free(&self->map);
  if (self->repairs.cap * sizeof *self->repairs.items > KEEP_BYTES) lode_repairs_free(&self->repairs);
  if (self->repaired.cap > KEEP_BYTES) lode_buf_free(&self->repaired);
  if (self->tokens.cap * sizeof *self->tokens.items > KEEP_BYTES) lode_tokens_free(&self->tokens);
  if (self->paragraph_cap * sizeof *self->paragraphs > KEEP_BYTES) {
    free(self->paragraphs);
    self->paragraphs = NULL;
    self->paragraph_cap = 0;
  }
  if (self->line_cap * sizeof *self->line_starts > KEEP_BYTES) {
    free(self->line_starts);
    self->line_starts = NULL;
    self->line_cap = 0;
  }
}

void lode_page_open(lode_page *self, lode_str id, lode_str raw) {
  shed(self);
  self->id = id;
  self->raw = raw;
  self->record = false;
  self->html = self->goes_on = self->more = false;
  self->offset = 0;
  self->line = (lode_str){NULL, 0};
  self->duplicate_of = self->cluster = LODE_STR("");
  self->decoded = false;
  self->content = "";
  self->content_len = 0;
  lode_map_clear(&self->map);
  self->repairs.count = 0;
  self->paragraph_count = 0;
  self->tokens.count = self->tokens.sentence_count = 0;
  self->tokenized = false;
  self->meta_count = 0;
  self->line_count = 0;
  self->own_zones = NULL;
  self->own_zone_count = 0;
  self->repaired.len = 0;
  lode_arena_reset(&self->arena);
  self->number = 0;
}

int lode_page_adopt(lode_page *self, lode_err *err) {
  lode_str raw = self->raw;
  if (raw.len > MAX_RAW) return lode_fail(err, LODE_E_LIMIT, "a page of %zu bytes: at most 2 GiB", raw.len);
  lode_map_clear(&self->map);
  self->repairs.count = 0;
  self->repaired.len = 0;
  self->decoded = true;
  self->content = raw.len == 0 ? "" : raw.ptr;
  self->content_len = raw.len;
  return lode_map_same(&self->map, raw.len, err);
}

int lode_page_decode(lode_page *self, lode_err *err) {
  lode_str raw = self->raw;
  int code = lode_page_adopt(self, err);
  if (code != 0 || lode_utf8_clean(raw.ptr, raw.len)) return code;
  lode_map_clear(&self->map);
  code = lode_buf_reserve(&self->repaired, raw.len, err);
  if (code == 0) code = lode_utf8_repair(raw.ptr, raw.len, &self->repaired, &self->map, &self->repairs, err);
  if (code != 0) return code;
  if (self->repaired.len >= UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a page of 4 GiB after repair");
  self->content = self->repaired.len == 0 ? "" : self->repaired.ptr;
  self->content_len = self->repaired.len;
  return 0;
}

int lode_page_add_repairs(lode_page *self, const lode_repairs *more, lode_err *err) {
  lode_repairs all = {0};
  int code = 0;
  size_t i = 0, k = 0;
  while (code == 0 && (i < self->repairs.count || k < more->count)) {
    bool old = k == more->count ||
               (i < self->repairs.count && self->repairs.items[i].source.begin <= more->items[k].source.begin);
    const lode_repair *next = old ? &self->repairs.items[i++] : &more->items[k++];
    code = lode_repairs_add(&all, next->kind, next->source, err);
  }
  lode_repairs *out = code == 0 ? &self->repairs : &all;
  lode_repairs_free(out);
  if (code == 0) self->repairs = all;
  return code;
}

int lode_page_rewrite(lode_page *self, lode_buf *made, const lode_map *second, const lode_repairs *repairs,
                      lode_err *err) {
  assert(!self->tokenized);
  if (made->len >= UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a page of 4 GiB after repair");
  lode_map whole = {0};
  int code = lode_map_compose(&self->map, second, &whole, err);
  if (code == 0) code = lode_page_add_repairs(self, repairs, err);
  if (code != 0) {
    lode_map_free(&whole);
    return code;
  }
  size_t kept = 0;
  for (size_t i = 0; i < self->paragraph_count; i++) {
    lode_paragraph p = self->paragraphs[i];
    lode_span now = lode_map_to_target(second, p.begin, p.end);
    if (now.begin == now.end) continue;
    p.begin = (uint32_t)now.begin;
    p.end = (uint32_t)now.end;
    self->paragraphs[kept++] = p;
  }
  self->paragraph_count = kept;
  lode_map_free(&self->map);
  self->map = whole;
  lode_buf_free(&self->repaired);
  self->repaired = *made;
  *made = (lode_buf){0};
  self->content = self->repaired.len == 0 ? "" : self->repaired.ptr;
  self->content_len = self->repaired.len;
  return 0;
}

int lode_page_add_paragraph(lode_page *self, size_t begin, size_t end, lode_zone zone, lode_err *err) {
  assert(begin < end && end <= self->content_len);
  assert(self->paragraph_count == 0 || self->paragraphs[self->paragraph_count - 1].end <= begin);
  if (self->paragraph_count == self->paragraph_cap) {
    size_t cap = lode_size_grow(self->paragraph_cap, 64);
    lode_paragraph *items = realloc(self->paragraphs, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu paragraphs", cap);
    self->paragraphs = items;
    self->paragraph_cap = cap;
  }
  self->paragraphs[self->paragraph_count++] =
      (lode_paragraph){.begin = (uint32_t)begin, .end = (uint32_t)end, .zone = (uint8_t)zone};
  return 0;
}

static lode_meta *find_meta(const lode_page *self, lode_str name) {
  for (size_t i = 0; i < self->meta_count; i++) {
    lode_meta *m = &self->meta[i];
    if (m->name.len == name.len && (name.len == 0 || memcmp(m->name.ptr, name.ptr, name.len) == 0)) return m;
  }
  return NULL;
}

int lode_page_set_meta(lode_page *self, lode_str name, lode_str json, lode_err *err) {
  lode_str value = lode_arena_copy(&self->arena, json.ptr, json.len, err);
  if (value.ptr == NULL) return LODE_E_NOMEM;
  lode_meta *old = find_meta(self, name);
  if (old != NULL) {
    old->json = value;
    return 0;
  }
  lode_str key = lode_arena_copy(&self->arena, name.ptr, name.len, err);
  if (key.ptr == NULL) return LODE_E_NOMEM;
  if (self->meta_count == self->meta_cap) {
    size_t cap = lode_size_grow(self->meta_cap, 16);
    lode_meta *items = realloc(self->meta, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu metadata fields", cap);
    self->meta = items;
    self->meta_cap = cap;
  }
  self->meta[self->meta_count++] = (lode_meta){key, value};
  return 0;
}

int lode_page_set_meta_text(lode_page *self, lode_str name, lode_str text, lode_err *err) {
  lode_buf json = {0};
  int code = lode_json_put_string(&json, text.ptr, text.len, err);
  if (code == 0) code = lode_page_set_meta(self, name, (lode_str){json.ptr, json.len}, err);
  lode_buf_free(&json);
  return code;
}

lode_str lode_page_get_meta(const lode_page *self, lode_str name) {
  const lode_meta *m = find_meta(self, name);
  if (m == NULL) return (lode_str){NULL, 0};
  bool empty = m->json.len == 0 || (m->json.len == 2 && memcmp(m->json.ptr, "\"\"", 2) == 0) ||
               (m->json.len == 4 && memcmp(m->json.ptr, "null", 4) == 0);
  return empty ? (lode_str){NULL, 0} : m->json;
}

static int tokenize_paragraph(lode_page *self, uint32_t index, const lode_interning *words, lode_err *err) {
  lode_paragraph *p = &self->paragraphs[index];
  lode_tokens *t = &self->tokens;
  size_t first = t->count, first_sentence = t->sentence_count;
  int code = lode_tokenize_words(self->content + p->begin, p->end - p->begin, p->begin, words, t, err);
  if (code != 0) return code;
  p->first_token = (uint32_t)first;
  p->token_count = (uint32_t)(t->count - first);
  p->first_sentence = (uint32_t)first_sentence;
  p->sentence_count = (uint32_t)(t->sentence_count - first_sentence);
  for (size_t i = first_sentence; i < t->sentence_count; i++) t->sentences[i].paragraph = index;
  for (size_t i = first; i < t->count; i++) t->items[i].paragraph = index;
  return 0;
}

int lode_page_tokens(lode_page *self, lode_err *err) {
  if (self->tokenized) return 0;
  lode_buf scratch = {0};
  lode_interning words = {.table = self->words, .scratch = &scratch, .lists = self->lists};
  int code = 0;
  self->tokens.count = self->tokens.sentence_count = 0;
  for (size_t i = 0; i < self->paragraph_count && code == 0; i++)
    code = tokenize_paragraph(self, (uint32_t)i, &words, err);
  lode_buf_free(&scratch);
  self->tokenized = code == 0;
  if (code != 0) self->tokens.count = self->tokens.sentence_count = 0;
  return code;
}

lode_span lode_page_raw(const lode_page *self, size_t begin, size_t end) {
  return lode_map_to_source(&self->map, begin, end);
}

bool lode_page_is_repaired(const lode_page *self, size_t begin, size_t end) {
  lode_span raw = lode_page_raw(self, begin, end);
  size_t len = end - begin;
  return raw.end - raw.begin != len || (len != 0 && memcmp(self->raw.ptr + raw.begin, self->content + begin, len) != 0);
}

static int add_line(lode_page *self, size_t start, lode_err *err) {
  if (self->line_count == self->line_cap) {
    size_t cap = lode_size_grow(self->line_cap, 256);
    size_t *items = realloc(self->line_starts, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu lines", cap);
    self->line_starts = items;
    self->line_cap = cap;
  }
  self->line_starts[self->line_count++] = start;
  return 0;
}

static int find_lines(lode_page *self, lode_err *err) {
  int code = add_line(self, 0, err);
  for (size_t at = 0; code == 0 && at < self->raw.len;) {
    const char *end = memchr(self->raw.ptr + at, '\n', self->raw.len - at);
    if (end == NULL) break;
    at = (size_t)(end - self->raw.ptr) + 1;
    code = add_line(self, at, err);
  }
  if (code != 0) self->line_count = 0;
  return code;
}

int lode_page_line(lode_page *self, size_t raw_offset, size_t *line, lode_err *err) {
  int code = self->line_count == 0 ? find_lines(self, err) : 0;
  if (code != 0) return code;
  size_t low = 0, high = self->line_count; /* line_starts[low] <= raw_offset < line_starts[high] */
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (self->line_starts[mid] <= raw_offset) low = mid;
    else high = mid;
  }
  *line = low + 1;
  return 0;
}

size_t lode_page_paragraph_at(const lode_page *self, size_t at) {
  size_t low = 0, high = self->paragraph_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (self->paragraphs[mid].end <= at) low = mid + 1;
    else high = mid;
  }
  return low;
}

size_t lode_page_sentence_at(const lode_page *self, size_t at) {
  size_t low = 0, high = self->tokens.sentence_count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (self->tokens.sentences[mid].end <= at) low = mid + 1;
    else high = mid;
  }
  return low;
}

size_t lode_page_token_at(const lode_page *self, size_t at) {
  size_t low = 0, high = self->tokens.count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (self->tokens.items[mid].end <= at) low = mid + 1;
    else high = mid;
  }
  return low;
}
