/* What records have on request, for people who read them in a spreadsheet: --id, --context, --sentence, --with, --spans,
 * --offsets chars.  Fields of the script keep their names: what was asked for --with is then page_NAME. */
#include "rulebook.h"

#include "fold.h"
#include <stdio.h>
#include <string.h>

static void put(lua_State *L, const char *text, size_t len) {
  lode__check(L, lode_buf_add(&lode__host(L)->record, text, len, NULL), NULL);
}

static void put_name(lua_State *L, const char *name, size_t len) {
  put(L, ",", 1);
  lode__put_string(L, &lode__host(L)->record, name, len);
  put(L, ":", 1);
}

static void put_text(lua_State *L, const char *name, const char *text, size_t len) {
  put_name(L, name, strlen(name));
  lode__put_string(L, &lode__host(L)->record, text, len);
}

/* Characters of the raw page before the byte; what is no UTF-8 counts as the U+FFFD that a reader would show. */
static size_t chars_before(lode_host *self, size_t raw) {
  const lode_str text = self->page->raw;
  if (self->chars_generation != self->generation || raw < self->chars_raw) {
    self->chars_generation = self->generation;
    self->chars_raw = self->chars = 0;
  }
  while (self->chars_raw < raw && self->chars_raw < text.len) {
    uint32_t cp;
    self->chars_raw += lode_utf8_decode(text.ptr + self->chars_raw, text.len - self->chars_raw, &cp);
    self->chars++;
  }
  return self->chars;
}

lode_span lode__record_range(lua_State *L, size_t begin, size_t end) {
  lode_host *self = lode__host(L);
  lode_span raw = lode_page_raw(self->page, begin, end);
  if (!self->options.review.chars) return raw;
  size_t first = chars_before(self, raw.begin);
  return (lode_span){first, chars_before(self, raw.end)};
}

/* 60 bits of page, bytes and label.  It begins with a letter, so that no spreadsheet takes it for a number. */
void lode__put_review_id(lua_State *L, lode_str type, const lode__span *span) {
  const lode_host *self = lode__host(L);
  if (!self->options.review.id || self->stage != LODE__PAGE) return;
  lode_span raw = span == NULL ? (lode_span){0, 0} : lode_page_raw(self->page, span->begin, span->end);
  const uint64_t place[2] = {raw.begin, raw.end};
  uint64_t hash = lode_hash64(self->page->id.ptr, self->page->id.len, 1);
  hash = lode_hash64(type.ptr, type.len, hash);
  hash = lode_hash64(place, sizeof place, hash);
  char text[32];
  snprintf(text, sizeof text, "r%015llx", (unsigned long long)(hash >> 4));
  put_text(L, "id", text, strlen(text));
}

/* Up to that many characters of the paragraph on each side, whole words. */
static void put_context(lua_State *L, const lode__span *span, size_t most) {
  const lode_page *page = lode__host(L)->page;
  size_t p = lode_page_paragraph_at(page, span->begin), used = 0;
  size_t low = span->begin, high = span->end;
  if (p < page->paragraph_count && page->paragraphs[p].begin <= span->begin) {
    size_t first = page->paragraphs[p].begin, last = page->paragraphs[p].end;
    size_t at = span->begin;
    for (low = at; at > first && used < most; used++) {
      at -= lode_utf8_back(page->content, at);
      if (at == first || page->content[at - 1] == ' ') low = at;
    }
    at = high = span->end;
    uint32_t cp;
    for (used = 0; at < last && used < most; used++) {
      at += lode_utf8_next(page->content + at, &cp);
      if (at >= last || page->content[at] == ' ') high = at;
    }
    if (high < span->end) high = span->end;
  }
  put_text(L, "left", page->content + low, span->begin - low);
  put_text(L, "right", page->content + span->end, high - span->end);
}

static void put_sentence(lua_State *L, const lode__span *span) {
  const lode_page *page = lode__host(L)->page;
  lode_err err;
  lode__check(L, lode_page_tokens(lode__host(L)->page, &err), &err);
  size_t first = lode_page_sentence_at(page, span->begin), last = lode_page_sentence_at(page, span->end - 1);
  size_t begin = span->begin, end = span->end;
  if (first < page->tokens.sentence_count && page->tokens.sentences[first].begin < begin)
    begin = page->tokens.sentences[first].begin;
  if (last < page->tokens.sentence_count && page->tokens.sentences[last].end > end)
    end = page->tokens.sentences[last].end;
  put_text(L, "sentence", page->content + begin, end - begin);
}

static void put_with(lua_State *L, lode__has_field *has, const void *record) {
  const lode_host *self = lode__host(L);
  for (const char *at = self->options.review.with; at != NULL && *at != '\0';) {
    size_t len = strcspn(at, ",");
    lode_str name = {at, len}, json = lode_page_get_meta(self->page, name);
    at += len + (at[len] == ',');
    if (len == 0) continue;
    if (has(L, record, name)) {
      const char *longer = lua_pushlstring(L, name.ptr, name.len);
      longer = lua_pushfstring(L, "page_%s", longer);
      put_name(L, longer, strlen(longer));
      lua_pop(L, 2);
    } else {
      put_name(L, name.ptr, name.len);
    }
    if (json.ptr == NULL) put(L, "null", 4);
    else put(L, json.ptr, json.len);
  }
}

void lode__put_review(lua_State *L, const lode__span *span, lode__has_field *has, const void *record) {
  const lode_review *review = &lode__host(L)->options.review;
  if (lode__host(L)->stage != LODE__PAGE) return;
  if (review->context > 0 && span != NULL) put_context(L, span, review->context);
  if (review->sentence && span != NULL) put_sentence(L, span);
  put_with(L, has, record);
}

/* { capture: [start, end] }, or a list of these for all("x", p). */
void lode__put_review_spans(lua_State *L) {
  lode_host *self = lode__host(L);
  const lode_match *match = self->record_match;
  if (!self->options.review.spans || match == NULL) return;
  const lode__book *book = self->book;
  const lode__rule *rule = &book->items[match->rule];
  bool any = false;
  put_name(L, "spans", 5);
  put(L, "{", 1);
  for (size_t c = 0; c < rule->capture_count; c++) {
    bool first = true;
    for (uint32_t i = 0; i < match->capture_count; i++) {
      const lode_capture *capture = &book->matcher.captures[match->first_capture + i];
      if (capture->name != rule->captures[c].name || capture->begin == capture->end) continue;
      if (!first && !rule->captures[c].all) break;
      lode_str name = lode_table_get(&book->rules.patterns.captures, capture->name);
      const lode_token *tokens = self->page->tokens.items;
      lode_span range = lode__record_range(L, tokens[capture->begin].begin, tokens[capture->end - 1].end);
      if (first && any) put(L, ",", 1);
      if (first) lode__put_string(L, &self->record, name.ptr, name.len);
      char text[64];
      const char *open = !first ? "," : rule->captures[c].all ? ":[" : ":";
      snprintf(text, sizeof text, "%s[%zu,%zu]", open, range.begin, range.end);
      put(L, text, strlen(text));
      first = false;
      any = true;
    }
    if (!first && rule->captures[c].all) put(L, "]", 1);
  }
  put(L, "}", 1);
}

/* ---- columns ---- */

static bool has_column(lua_State *L, const char *name) {
  bool found = false;
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= count && !found; i++) {
    lua_rawgeti(L, -1, i);
    found = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), name) == 0;
    lua_pop(L, 1);
  }
  return found;
}

static void add_column(lua_State *L, const char *name) {
  if (has_column(L, name)) return;
  lua_pushstring(L, name);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

void lode__add_review_columns(lua_State *L) {
  const lode_review *review = &lode__host(L)->options.review;
  if (review->context == 0 && !review->sentence && review->with == NULL && !review->id) return;
  if (review->id) add_column(L, "id");
  if (review->context > 0) add_column(L, "left");
  if (review->context > 0) add_column(L, "right");
  if (review->sentence) add_column(L, "sentence");
  for (const char *at = review->with; at != NULL && *at != '\0';) {
    size_t len = strcspn(at, ",");
    lua_pushlstring(L, at, len);
    const char *name = lua_tostring(L, -1);
    lua_insert(L, -2);
    if (len > 0) add_column(L, name);
    lua_remove(L, -2);
    at += len + (at[len] == ',');
  }
  add_column(L, "page");
  add_column(L, "start");
  add_column(L, "end");
  add_column(L, "rule");
}
