/* Spans: ranges of the content of the open page; tokens, sentences and paragraphs are spans that know their number.
 * A span is 24 bytes of offsets; each field is worked out when it is read.
 *
 * Positions: inside lode bytes from 0, half open.  In Lua 1-based and inclusive (first, last), so that
 * p.text:sub(s.first, s.last) == s.text; lode__check_range and push_field are the only two places that convert. */
#include "luahost.h"

#include "fold.h"
#include <string.h>

static const char SPAN[] = "lode.span", TOKENS_NAME[] = "lode.tokens";

/* A run of tokens as a value: #list, list[i], ipairs(list), list{ options } -> iterator. */
typedef struct token_list {
  uint64_t generation;
  size_t first, count;
  bool whole_page;
} token_list;

/* ---- making and checking ---- */

static lode__span *push_raw(lua_State *L) {
  lode__span *span = lua_newuserdatauv(L, sizeof *span, 0);
  luaL_setmetatable(L, SPAN);
  span->generation = lode__host(L)->generation;
  return span;
}

void lode__push_span(lua_State *L, size_t begin, size_t end) {
  lode__span *span = push_raw(L);
  span->begin = (uint32_t)begin;
  span->end = (uint32_t)end;
  span->index = 0;
  span->kind = LODE__SPAN;
}

void lode__push_unit(lua_State *L, lode__span_kind kind, size_t index) {
  const lode_page *page = lode__host(L)->page;
  lode__span *span = push_raw(L);
  if (kind == LODE__TOKEN) span->begin = page->tokens.items[index].begin, span->end = page->tokens.items[index].end;
  else if (kind == LODE__SENTENCE)
    span->begin = page->tokens.sentences[index].begin, span->end = page->tokens.sentences[index].end;
  else span->begin = page->paragraphs[index].begin, span->end = page->paragraphs[index].end;
  span->index = (uint32_t)index;
  span->kind = kind;
}

lode__span *lode__test_span(lua_State *L, int index) {
  return lua_type(L, index) == LUA_TUSERDATA ? luaL_testudata(L, index, SPAN) : NULL;
}

const char *lode__span_kind_name(const lode__span *span) {
  static const char *const names[] = {"span", "token", "sentence", "paragraph"};
  return names[span->kind];
}

static const luaL_Reg methods[12];

lode__span *lode__check_span(lua_State *L, int index) {
  lode__span *span = lode__test_span(L, index);
  if (span == NULL && index == 1) span = lode__check_self(L, SPAN, "s", methods);
  if (span == NULL) {
    luaL_error(L, "argument %d must be a span (a token, a sentence, what p:span or p:find gave), not a %s", index - 1,
               lode__type_name(L, index));
    return NULL;
  }
  lode__page(L, span->generation);
  return span;
}

static lode_page *tokenized(lua_State *L) {
  lode_page *page = lode__host(L)->page;
  lode_err err;
  lode__check(L, lode_page_tokens(page, &err), &err);
  return page;
}

void lode__push_tokens(lua_State *L, size_t first, size_t count, bool whole_page) {
  token_list *list = lua_newuserdatauv(L, sizeof *list, 0);
  *list = (token_list){lode__host(L)->generation, first, count, whole_page};
  luaL_setmetatable(L, TOKENS_NAME);
}

lode_span lode__check_range(lua_State *L, int from, int to, size_t len) {
  lua_Integer first = luaL_checkinteger(L, from), size = (lua_Integer)len;
  lua_Integer last = luaL_optinteger(L, to, -1);
  if (first < 0) first = size + first + 1;
  if (last < 0) last = size + last + 1;
  if (first < 1 || last > size || last < first - 1) {
    luaL_error(L, "positions %I to %I are not inside 1 to %I (both inclusive, as in string.sub)", (LUAI_UACINT)first,
               (LUAI_UACINT)last, (LUAI_UACINT)size);
  }
  return (lode_span){(size_t)first - 1, (size_t)last};
}

/* ---- the tokens and sentences inside a span ---- */

static lode_span tokens_inside(const lode_page *page, const lode__span *span) {
  if (span->kind == LODE__TOKEN) return (lode_span){span->index, (size_t)span->index + 1};
  if (span->kind == LODE__SENTENCE) {
    const lode_sentence *sentence = &page->tokens.sentences[span->index];
    return (lode_span){sentence->first_token, (size_t)sentence->first_token + sentence->token_count};
  }
  size_t first = lode_page_token_at(page, span->begin), count = page->tokens.count;
  if (first < count && page->tokens.items[first].begin < span->begin) first++;
  size_t end = lode_page_token_at(page, span->end);
  if (end < first) end = first;
  return (lode_span){first, end};
}

static lode_span sentences_inside(const lode_page *page, const lode__span *span) {
  size_t first = lode_page_sentence_at(page, span->begin), count = page->tokens.sentence_count;
  if (first < count && page->tokens.sentences[first].begin < span->begin) first++;
  size_t end = first;
  while (end < count && page->tokens.sentences[end].end <= span->end) end++;
  return (lode_span){first, end};
}

/* ---- fields ---- */

#define FIELDS(X)                                                                                                      \
  X(TEXT, "text")                                                                                                      \
  X(FIRST, "first")                                                                                                    \
  X(LAST, "last")                                                                                                      \
  X(FOLD, "fold")                                                                                                      \
  X(KIND, "kind") X(SENTENCE, "sentence") X(PARAGRAPH, "paragraph") X(LINE, "line") X(ZONE, "zone")                    \
      X(TOKENS, "tokens") X(RAW_START, "raw_start") X(RAW_END, "raw_end") X(REPAIRED, "repaired") X(INDEX, "index")    \
          X(SHAPE, "shape") X(FORM, "form") X(GLUED, "glued") X(ABBREV, "abbrev")
typedef enum field {
  NO_FIELD,
#define FIELD_ENUM(code, name) code,
  FIELDS(FIELD_ENUM)
#undef FIELD_ENUM
} field;

static int push_fold(lua_State *L, const lode_page *page, const lode__span *span) {
  if (span->kind == LODE__TOKEN) {
    lode_str fold = lode_table_get(page->words, page->tokens.items[span->index].word);
    lua_pushlstring(L, fold.ptr, fold.len);
    return 1;
  }
  lode_host *self = lode__host(L);
  lode_err err;
  self->scratch.len = 0;
  lode__check(
      L, lode_fold(page->content + span->begin, span->end - span->begin, LODE_FOLD_WORD, &self->scratch, NULL, &err),
      &err);
  lua_pushlstring(L, self->scratch.ptr == NULL ? "" : self->scratch.ptr, self->scratch.len);
  return 1;
}

static int push_kind(lua_State *L, const lode_page *page, const lode__span *span) {
  if (span->kind == LODE__TOKEN) lua_pushstring(L, lode_token_kind_name(page->tokens.items[span->index].kind));
  else lua_pushstring(L, lode__span_kind_name(span));
  return 1;
}

static int push_line(lua_State *L, lode_page *page, const lode__span *span) {
  size_t line;
  lode_err err;
  lode__check(L, lode_page_line(page, lode_page_raw(page, span->begin, span->end).begin, &line, &err), &err);
  lua_pushinteger(L, (lua_Integer)line);
  return 1;
}

/* The unit that holds the span's first byte; nil where none does. */
static int push_holder(lua_State *L, lode__span_kind kind, const lode__span *span) {
  const lode_page *page = kind == LODE__SENTENCE ? tokenized(L) : lode__host(L)->page;
  if (span->kind == (uint32_t)kind) {
    lode__push_unit(L, kind, span->index);
    return 1;
  }
  size_t index, count, begin = 0;
  if (kind == LODE__SENTENCE) {
    index =
        span->kind == LODE__TOKEN ? page->tokens.items[span->index].sentence : lode_page_sentence_at(page, span->begin);
    count = page->tokens.sentence_count;
    if (index < count) begin = page->tokens.sentences[index].begin;
  } else {
    index = lode_page_paragraph_at(page, span->begin);
    count = page->paragraph_count;
    if (index < count) begin = page->paragraphs[index].begin;
  }
  if (index >= count || begin > span->begin) lua_pushnil(L);
  else lode__push_unit(L, kind, index);
  return 1;
}

/* The zone or the form of the paragraph it begins in. */
static int push_label(lua_State *L, const lode_page *page, const lode__span *span, field which) {
  size_t index = lode_page_paragraph_at(page, span->begin);
  if (index < page->paragraph_count && page->paragraphs[index].begin <= span->begin) {
    const lode_paragraph *p = &page->paragraphs[index];
    lua_pushstring(L, which == ZONE ? lode_page_zone_name(page, p->zone) : lode_paragraph_form_name(p->form));
  } else {
    lua_pushnil(L);
  }
  return 1;
}

static int push_shape(lua_State *L, const lode_page *page, const lode__span *span) {
  char shape[256];
  size_t len = lode_token_shape(page->content + span->begin, span->end - span->begin, shape, sizeof shape);
  lua_pushlstring(L, shape, len);
  return 1;
}

static int push_flag(lua_State *L, const lode_page *page, const lode__span *span, unsigned flag) {
  if (span->kind != LODE__TOKEN) return 0;
  lua_pushboolean(L, (page->tokens.items[span->index].flags & flag) != 0);
  return 1;
}

static int push_inside(lua_State *L, const lode__span *span) {
  lode_span range = tokens_inside(tokenized(L), span);
  lode__push_tokens(L, range.begin, range.end - range.begin, false);
  return 1;
}

static int push_integer(lua_State *L, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  return 1;
}

static int push_field(lua_State *L, field which) {
  const lode__span *span = lode__check_span(L, 1);
  lode_page *page = lode__host(L)->page;
  switch (which) {
    case TEXT: lua_pushlstring(L, page->content + span->begin, span->end - span->begin); return 1;
    case FIRST: return push_integer(L, (size_t)span->begin + 1);
    case LAST: return push_integer(L, span->end);
    case FOLD: return push_fold(L, page, span);
    case KIND: return push_kind(L, page, span);
    case SENTENCE: return push_holder(L, LODE__SENTENCE, span);
    case PARAGRAPH: return push_holder(L, LODE__PARAGRAPH, span);
    case LINE: return push_line(L, page, span);
    case ZONE:
    case FORM: return push_label(L, page, span, which);
    case TOKENS: return push_inside(L, span);
    case RAW_START: return push_integer(L, lode_page_raw(page, span->begin, span->end).begin);
    case RAW_END: return push_integer(L, lode_page_raw(page, span->begin, span->end).end);
    case REPAIRED: lua_pushboolean(L, lode_page_is_repaired(page, span->begin, span->end)); return 1;
    case INDEX: return span->kind == LODE__SPAN ? 0 : push_integer(L, (size_t)span->index + 1);
    case SHAPE: return push_shape(L, page, span);
    case GLUED: return push_flag(L, page, span, LODE_TOKEN_GLUED);
    case ABBREV: return push_flag(L, page, span, LODE_TOKEN_ABBREV);
    case NO_FIELD: break;
  }
  return 0;
}

static int span_index(lua_State *L) {
  lua_pushvalue(L, 2);
  int type = lua_rawget(L, lua_upvalueindex(1));
  if (type == LUA_TNUMBER) return push_field(L, (field)lua_tointeger(L, -1));
  if (type == LUA_TFUNCTION) return 1;
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  return luaL_error(L, "a span has no field \"%s\"%s", lua_tostring(L, 2),
                    lode__suggest_key(L, lua_tostring(L, 2), lua_upvalueindex(1)));
}

static int span_write(lua_State *L) {
  return luaL_error(L, "a span cannot be changed (field \"%s\")", luaL_tolstring(L, 2, NULL));
}

/* ---- methods ---- */

/* s:raw(): where it stands in the raw bytes, two numbers. */
static int span_raw(lua_State *L) {
  const lode__span *span = lode__check_span(L, 1);
  lode_span raw = lode_page_raw(lode__host(L)->page, span->begin, span->end);
  lua_pushinteger(L, (lua_Integer)raw.begin);
  lua_pushinteger(L, (lua_Integer)raw.end);
  return 2;
}

static int span_sub(lua_State *L) {
  const lode__span *span = lode__check_span(L, 1);
  lode_span range = lode__check_range(L, 2, 3, span->end - span->begin);
  lode__push_span(L, span->begin + range.begin, span->begin + range.end);
  return 1;
}

static int span_contains(lua_State *L) {
  const lode__span *a = lode__check_span(L, 1), *b = lode__check_span(L, 2);
  lua_pushboolean(L, a->begin <= b->begin && b->end <= a->end);
  return 1;
}

static int span_overlaps(lua_State *L) {
  const lode__span *a = lode__check_span(L, 1), *b = lode__check_span(L, 2);
  lua_pushboolean(L, a->begin < b->end && b->begin < a->end);
  return 1;
}

static int span_join(lua_State *L) {
  const lode__span *a = lode__check_span(L, 1), *b = lode__check_span(L, 2);
  lode__push_span(L, a->begin < b->begin ? a->begin : b->begin, a->end > b->end ? a->end : b->end);
  return 1;
}

/* Up to n tokens on one side, in the same paragraph, as one span; nil where there is none. */
static int beside(lua_State *L, bool before) {
  const lode__span *span = lode__check_span(L, 1);
  size_t n = (size_t)luaL_optinteger(L, 2, 1);
  if (luaL_optinteger(L, 2, 1) < 1)
    return luaL_error(L, "%s(n): n is the number of tokens, 1 or more", before ? "before" : "after");
  const lode_page *page = tokenized(L);
  size_t paragraph = lode_page_paragraph_at(page, span->begin);
  if (paragraph >= page->paragraph_count) return 0;
  const lode_paragraph *home = &page->paragraphs[paragraph];
  size_t low = home->first_token, high = low + home->token_count, first, end;
  if (before) {
    end = lode_page_token_at(page, span->begin);
    if (end > high) end = high;
    first = end > low && end - low > n ? end - n : low;
  } else {
    first = lode_page_token_at(page, span->end);
    if (first < page->tokens.count && page->tokens.items[first].begin < span->end) first++;
    if (first < low) first = low;
    end = high > first && high - first > n ? first + n : high;
  }
  if (end <= first) return 0;
  lode__push_span(L, page->tokens.items[first].begin, page->tokens.items[end - 1].end);
  return 1;
}

static int span_before(lua_State *L) {
  return beside(L, true);
}
static int span_after(lua_State *L) {
  return beside(L, false);
}

/* The unit of the same kind `step` places on; nil beyond the ends of the page. */
static int neighbour(lua_State *L, int step) {
  const lode__span *span = lode__check_span(L, 1);
  if (span->kind == LODE__SPAN)
    return luaL_error(L, "next and prev step from a token, sentence or paragraph, not from a plain span");
  const lode_page *page = lode__host(L)->page;
  size_t count = span->kind == LODE__TOKEN      ? page->tokens.count
                 : span->kind == LODE__SENTENCE ? page->tokens.sentence_count
                                                : page->paragraph_count;
  if ((step < 0 && span->index == 0) || (step > 0 && (size_t)span->index + 1 >= count)) return 0;
  lode__push_unit(L, (lode__span_kind)span->kind, step < 0 ? span->index - 1 : span->index + 1);
  return 1;
}

static int span_next(lua_State *L) {
  return neighbour(L, 1);
}
static int span_prev(lua_State *L) {
  return neighbour(L, -1);
}

static int span_sentences(lua_State *L) {
  const lode__span *span = lode__check_span(L, 1);
  lode_span range = sentences_inside(tokenized(L), span);
  return lode__iterate_units(L, 2, LODE__SENTENCE, range.begin, range.end - range.begin, false);
}

static int span_string(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  lua_pushlstring(L, text.ptr, text.len);
  return 1;
}

static int span_len(lua_State *L) {
  const lode__span *span = lode__check_span(L, 1);
  return push_integer(L, span->end - span->begin);
}

static int span_equal(lua_State *L) {
  const lode__span *a = lode__test_span(L, 1), *b = lode__test_span(L, 2);
  lua_pushboolean(L,
                  a != NULL && b != NULL && a->generation == b->generation && a->begin == b->begin && a->end == b->end);
  return 1;
}

static int span_less(lua_State *L) {
  const lode__span *a = lode__check_span(L, 1), *b = lode__check_span(L, 2);
  lua_pushboolean(L, a->begin < b->begin || (a->begin == b->begin && a->end < b->end));
  return 1;
}

static int span_concat(lua_State *L) {
  for (int i = 1; i <= 2; i++) {
    luaL_tolstring(L, i, NULL);
    lua_replace(L, i);
  }
  lua_settop(L, 2);
  lua_concat(L, 2);
  return 1;
}

/* ---- token lists ---- */

static const token_list *check_list(lua_State *L) {
  const token_list *list = luaL_checkudata(L, 1, TOKENS_NAME);
  lode__page(L, list->generation);
  return list;
}

bool lode__test_tokens(lua_State *L, int index, size_t *first, size_t *count) {
  const token_list *list = luaL_testudata(L, index, TOKENS_NAME);
  if (list == NULL) return false;
  lode__page(L, list->generation);
  *first = list->first;
  *count = list->count;
  return true;
}

static int list_index(lua_State *L) {
  const token_list *list = check_list(L);
  if (!lua_isinteger(L, 2)) return luaL_error(L, "tokens are numbered: tokens[1] is the first, #tokens how many");
  lua_Integer i = lua_tointeger(L, 2);
  if (i < 1 || (uint64_t)i > list->count) return 0;
  lode__push_unit(L, LODE__TOKEN, list->first + (size_t)i - 1);
  return 1;
}

static int list_len(lua_State *L) {
  return push_integer(L, check_list(L)->count);
}

/* x:tokens{...} is x.tokens called with x and the options; tokens{...} comes without x.  A `for` over the list itself
 * calls it with two nils. */
static int list_call(lua_State *L) {
  const token_list *list = check_list(L);
  if (lua_gettop(L) == 3 && lua_isnil(L, 2) && lua_isnil(L, 3))
    return luaL_error(L, "tokens are stepped through by a call: write `for t in p:tokens() do`");
  int options = lua_isuserdata(L, 2) ? 3 : 2;
  lua_settop(L, 3);
  return lode__iterate_tokens(L, options, list->first, list->count, list->whole_page);
}

/* ---- opening ---- */

static const luaL_Reg methods[12] = {
    {"after", span_after},         {"before", span_before}, {"contains", span_contains}, {"find", lode__span_find},
    {"join", span_join},           {"next", span_next},     {"overlaps", span_overlaps}, {"prev", span_prev},
    {"sentences", span_sentences}, {"raw", span_raw},       {"sub", span_sub},           {NULL, NULL}};

static void push_members(lua_State *L) {
  static const struct {
    const char *name;
    field which;
  } fields[] = {
#define FIELD_ROW(code, name) {name, code},
      FIELDS(FIELD_ROW)
#undef FIELD_ROW
  };
  luaL_newlib(L, methods);
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    lua_pushinteger(L, fields[i].which);
    lua_setfield(L, -2, fields[i].name);
  }
}

void lode__open_span(lua_State *L) {
  static const luaL_Reg meta[] = {
      {"__concat", span_concat},  {"__eq", span_equal},        {"__len", span_len}, {"__lt", span_less},
      {"__newindex", span_write}, {"__tostring", span_string}, {NULL, NULL}};
  static const luaL_Reg list[] = {
      {"__call", list_call}, {"__index", list_index}, {"__len", list_len}, {"__newindex", span_write}, {NULL, NULL}};
  luaL_newmetatable(L, SPAN);
  luaL_setfuncs(L, meta, 0);
  push_members(L);
  lua_pushcclosure(L, span_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  luaL_newmetatable(L, TOKENS_NAME);
  luaL_setfuncs(L, list, 0);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
}
