/* p, the page that a stage gets: its text, metadata, and iterators over its parts.  Nothing is made before it
 * is asked for; one step of an iterator makes one value. */
#include "luahost.h"

#include <string.h>

static const char PAGE[] = "lode.page", META[] = "lode.meta", OPEN_PAGE[] = "lode.open_page";

/* Stands for the page in Lua; user value 1 of p holds p.text once it was asked for. */
typedef struct handle {
  uint64_t generation;
} handle;

lode_page *lode__page(lua_State *L, uint64_t generation) {
  const lode_host *self = lode__host(L);
  if (self->page == NULL || self->generation != generation) {
    luaL_error(L,
               "this belongs to a page that is closed: keep its text, not the span (pages are gone after lode.page)");
  }
  return self->page;
}

void lode__push_page(lua_State *L) {
  handle *p = lua_newuserdatauv(L, sizeof *p, 1);
  p->generation = lode__host(L)->generation;
  luaL_setmetatable(L, PAGE);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, OPEN_PAGE);
}

void lode__close_page(lua_State *L) {
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, OPEN_PAGE);
}

void lode__push_open_page(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, OPEN_PAGE);
}

void lode__push_content(lua_State *L) {
  const lode_page *page = lode__host(L)->page;
  lua_getfield(L, LUA_REGISTRYINDEX, OPEN_PAGE);
  if (lua_getiuservalue(L, -1, 1) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_pushlstring(L, page->content, page->content_len);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, -3, 1);
  }
  lua_remove(L, -2);
}

static int page_emit(lua_State *L);
static int page_sentences(lua_State *L);
static int page_paragraphs(lua_State *L);
static int page_span(lua_State *L);

static const luaL_Reg methods[] = {{"anns", lode__page_anns},
                                   {"emit", page_emit},
                                   {"find", lode__page_find},
                                   {"paragraphs", page_paragraphs},
                                   {"sentences", page_sentences},
                                   {"span", page_span},
                                   {NULL, NULL}};

lode_page *lode__check_page(lua_State *L) {
  const handle *p = lode__check_self(L, PAGE, "p", methods);
  return lode__page(L, p->generation);
}

static lode_page *check_tokenized(lua_State *L) {
  lode_page *page = lode__check_page(L);
  lode_err err;
  lode__check(L, lode_page_tokens(page, &err), &err);
  return page;
}

/* ---- iterators ---- */

/* What p:tokens{} and its like step through: units next..end of one kind that pass the filters. */
typedef struct units {
  uint64_t generation;
  size_t next, end;
  lode_zone_set zones;
  uint32_t kinds; /* bit 1 << kind, tokens only */
  lode__span_kind kind;
  bool no_stops;
} units;

static bool is_stop(const lode_host *self, const lode_page *page, const lode_token *token) {
  lode_str fold = lode_table_get(page->words, token->word);
  return lode_table_find(&self->stops, fold.ptr, fold.len) != LODE_NO_ID;
}

static bool in_zones(const lode_page *page, size_t paragraph, lode_zone_set zones) {
  return (zones >> page->paragraphs[paragraph].zone & 1) != 0;
}

static bool passes(const lode_host *self, const lode_page *page, const units *it) {
  if (it->kind == LODE__PARAGRAPH) return in_zones(page, it->next, it->zones);
  if (it->kind == LODE__SENTENCE) return in_zones(page, page->tokens.sentences[it->next].paragraph, it->zones);
  const lode_token *token = &page->tokens.items[it->next];
  if ((it->kinds >> token->kind & 1) == 0 || !in_zones(page, token->paragraph, it->zones)) return false;
  return !it->no_stops || !is_stop(self, page, token);
}

static int next_unit(lua_State *L) {
  units *it = lua_touserdata(L, lua_upvalueindex(1));
  const lode_host *self = lode__host(L);
  const lode_page *page = lode__page(L, it->generation);
  for (; it->next < it->end; it->next++) {
    if (!passes(self, page, it)) continue;
    lode__push_unit(L, it->kind, it->next++);
    return 1;
  }
  lua_pushnil(L);
  return 1;
}

static uint32_t kind_bit(lua_State *L, int index) {
  static const char *const names[] = {
#define KIND_NAME(code, name) name,
      LODE_TOKEN_KINDS(KIND_NAME)
#undef KIND_NAME
          NULL};
  const char *given = lua_tostring(L, index);
  for (unsigned i = 0; given != NULL && names[i] != NULL; i++) {
    if (strcmp(names[i], given) == 0) return (uint32_t)1 << i;
  }
  if (given == NULL)
    luaL_error(L, "kind must be a name like \"word\" or a list of names, not a %s", lode__type_name(L, index));
  luaL_error(L, "no token kind is called \"%s\": %s", given, lode__suggest(L, given, names));
  return 0;
}

static uint32_t check_kinds(lua_State *L, int options) {
  uint32_t kinds = 0;
  int type = lua_getfield(L, options, "kind");
  if (type == LUA_TNIL) kinds = UINT32_MAX;
  else if (type != LUA_TTABLE) kinds = kind_bit(L, -1);
  else {
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, -1, i);
      kinds |= kind_bit(L, -1);
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
  return kinds;
}

/* sentence = a sentence or its number: only its tokens. */
static void limit_to_sentence(lua_State *L, int options, const lode_page *page, units *it) {
  if (lua_getfield(L, options, "sentence") != LUA_TNIL) {
    size_t index;
    const lode__span *span = lode__test_span(L, -1);
    if (span != NULL && span->kind == LODE__SENTENCE) index = lode__check_span(L, -1)->index;
    else if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 1) index = (size_t)lua_tointeger(L, -1) - 1;
    else {
      luaL_error(L, "sentence must be a sentence or its number, not a %s", lode__type_name(L, -1));
      return;
    }
    if (index >= page->tokens.sentence_count) luaL_error(L, "there is no sentence %d on this page", (int)index + 1);
    const lode_sentence *sentence = &page->tokens.sentences[index];
    size_t first = sentence->first_token, end = first + sentence->token_count;
    if (first > it->next) it->next = first;
    if (end < it->end) it->end = end;
  }
  lua_pop(L, 1);
}

static int push_units(lua_State *L, const units *from) {
  units *it = lua_newuserdatauv(L, sizeof *it, 0);
  *it = *from;
  lua_pushcclosure(L, next_unit, 1);
  return 1;
}

static lode_zone_set zones_option(lua_State *L, int options, lode_zone_set absent) {
  if (!lua_istable(L, options)) return absent;
  lua_getfield(L, options, "zone");
  lode_zone_set zones = lode__check_zones(L, -1, absent);
  lua_pop(L, 1);
  return zones;
}

lode_zone_set lode__default_zones(lua_State *L) {
  lode_zone_set zones = lode__host(L)->options.zones;
  return zones == 0 ? LODE_ZONES_BODY : zones;
}

/* The iterator over tokens first..first + count with the options at `options`. */
int lode__iterate_tokens(lua_State *L, int options, size_t first, size_t count, bool whole_page) {
  static const char *const names[] = {"kind", "zone", "stop", "sentence", NULL};
  const lode_host *self = lode__host(L);
  units it = {self->generation, first,       first + count, whole_page ? lode__default_zones(L) : UINT32_MAX,
              UINT32_MAX,       LODE__TOKEN, false};
  lode__check_options(L, options, "tokens", names, 0);
  if (lua_istable(L, options)) {
    it.zones = zones_option(L, options, it.zones);
    it.kinds = check_kinds(L, options);
    it.no_stops = lua_getfield(L, options, "stop") == LUA_TBOOLEAN && !lua_toboolean(L, -1);
    lua_pop(L, 1);
    limit_to_sentence(L, options, self->page, &it);
  }
  return push_units(L, &it);
}

/* The iterator over tokens at `index`, or one over all tokens of the list there, pushed; NULL where it is neither. */
static units *push_token_units(lua_State *L, int index) {
  size_t first, count;
  if (lode__test_tokens(L, index, &first, &count)) {
    units *it = lua_newuserdatauv(L, sizeof *it, 0);
    *it = (units){lode__host(L)->generation, first, first + count, UINT32_MAX, UINT32_MAX, LODE__TOKEN, false};
    return it;
  }
  if (lua_tocfunction(L, index) != next_unit || lua_getupvalue(L, index, 1) == NULL) return NULL;
  units *it = lua_touserdata(L, -1);
  return it->kind == LODE__TOKEN ? it : NULL;
}

const lode_page *lode__token_ids(lua_State *L, int index) {
  lode_host *self = lode__host(L);
  lode_err err;
  int top = lua_gettop(L);
  units *it = push_token_units(L, index);
  const lode_page *page = it == NULL ? NULL : lode__page(L, it->generation);
  self->scratch.len = 0;
  if (page != NULL) {
    lode__check(L, lode_buf_reserve(&self->scratch, (it->end - it->next) * sizeof(uint32_t), &err), &err);
    uint32_t *ids = (uint32_t *)(void *)self->scratch.ptr;
    size_t found = 0;
    for (; it->next < it->end; it->next++)
      if (passes(self, page, it)) ids[found++] = page->tokens.items[it->next].word;
    self->scratch.len = found * sizeof *ids;
  }
  lua_settop(L, top);
  return page;
}

int lode__iterate_units(lua_State *L, int options, lode__span_kind kind, size_t first, size_t count, bool whole_page) {
  static const char *const names[] = {"zone", NULL};
  lode__check_options(L, options, kind == LODE__SENTENCE ? "sentences" : "paragraphs", names, 0);
  lode_zone_set zones = zones_option(L, options, whole_page ? lode__default_zones(L) : UINT32_MAX);
  const units it = {lode__host(L)->generation, first, first + count, zones, UINT32_MAX, kind, false};
  return push_units(L, &it);
}

static int page_sentences(lua_State *L) {
  const lode_page *page = check_tokenized(L);
  return lode__iterate_units(L, 2, LODE__SENTENCE, 0, page->tokens.sentence_count, true);
}

static int page_paragraphs(lua_State *L) {
  const lode_page *page = lode__check_page(L);
  return lode__iterate_units(L, 2, LODE__PARAGRAPH, 0, page->paragraph_count, true);
}

static int page_span(lua_State *L) {
  const lode_page *page = lode__check_page(L);
  lode_span range = lode__check_range(L, 2, 3, page->content_len);
  lode__push_span(L, range.begin, range.end);
  return 1;
}

static int page_emit(lua_State *L) {
  lode__check_page(L);
  lode__check_stage(L, LODE__PAGE, "p:emit", "it belongs to the page stage");
  return lode__emit(L);
}

/* ---- metadata ---- */

static const lode_page *check_meta(lua_State *L) {
  const handle *meta = luaL_checkudata(L, 1, META);
  return lode__page(L, meta->generation);
}

static void push_json_text(lua_State *L, lode_str json) {
  lode_json_value value;
  lode_err err;
  lode__check(L, lode_json_parse(json.ptr, json.len, LODE_JSON_DEPTH, &value, &err), &err);
  lode__push_json(L, value, false);
}

static int meta_index(lua_State *L) {
  const lode_page *page = check_meta(L);
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  lode_str name;
  name.ptr = lua_tolstring(L, 2, &name.len);
  lode_str json = lode_page_get_meta(page, name);
  if (json.ptr == NULL) return 0;
  push_json_text(L, json);
  return 1;
}

static int meta_write(lua_State *L) {
  return luaL_error(L, "p.meta cannot be changed: put the field into the record");
}

static int meta_pairs(lua_State *L) {
  const lode_page *page = check_meta(L);
  lua_newtable(L);
  for (size_t i = 0; i < page->meta_count; i++) {
    lode_str json = lode_page_get_meta(page, page->meta[i].name);
    if (json.ptr == NULL) continue;
    lode__push_text(L, page->meta[i].name.ptr, page->meta[i].name.len);
    push_json_text(L, json);
    lua_rawset(L, -3);
  }
  lua_pushcfunction(L, lode__pairs);
  lua_insert(L, -2);
  lua_call(L, 1, 3);
  return 3;
}

/* ---- fields ---- */

typedef enum field { ID = 1, TEXT, RAW, METADATA, TOKENS, REPAIRED, DUPLICATE_OF, CLUSTER } field;

static void push_or_nil(lua_State *L, lode_str text) {
  if (text.len == 0) lua_pushnil(L);
  else lode__push_text(L, text.ptr, text.len);
}

static int push_field(lua_State *L, field which) {
  lode_page *page = lode__check_page(L);
  switch (which) {
    case ID: lode__push_text(L, page->id.ptr, page->id.len); return 1;
    case DUPLICATE_OF: push_or_nil(L, page->duplicate_of); return 1;
    case CLUSTER: push_or_nil(L, page->cluster); return 1;
    case TEXT: lode__push_content(L); return 1;
    case RAW: lua_pushlstring(L, page->raw.ptr, page->raw.len); return 1;
    case REPAIRED: lua_pushboolean(L, page->repairs.count > 0); return 1;
    case TOKENS:
      check_tokenized(L);
      lode__push_tokens(L, 0, page->tokens.count, true);
      return 1;
    case METADATA: {
      handle *meta = lua_newuserdatauv(L, sizeof *meta, 0);
      meta->generation = lode__host(L)->generation;
      luaL_setmetatable(L, META);
      return 1;
    }
  }
  return 0;
}

static bool is_metadata(const lode_page *page, const char *name) {
  static const char *const known[] = {"title", "source", "date", "updated", "author", "lang", "url"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(known[i], name) == 0) return true;
  }
  return lode_page_get_meta(page, (lode_str){name, strlen(name)}).ptr != NULL;
}

static int page_index(lua_State *L) {
  lua_pushvalue(L, 2);
  int type = lua_rawget(L, lua_upvalueindex(1));
  if (type == LUA_TFUNCTION) return 1;
  if (type == LUA_TNUMBER) return push_field(L, (field)lua_tointeger(L, -1));
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *name = lua_tostring(L, 2);
  if (is_metadata(lode__check_page(L), name))
    return luaL_error(L, "a page has no field \"%s\": write p.meta.%s", name, name);
  return luaL_error(L, "a page has no field \"%s\"%s", lua_tostring(L, 2),
                    lode__suggest_key(L, lua_tostring(L, 2), lua_upvalueindex(1)));
}

static int page_write(lua_State *L) {
  return luaL_error(L, "a page cannot be changed (field \"%s\")", luaL_tolstring(L, 2, NULL));
}

static int page_string(lua_State *L) {
  const lode_page *page = lode__check_page(L);
  lua_pushfstring(L, "page %s", lua_pushlstring(L, page->id.ptr, page->id.len));
  return 1;
}

static void make_metatable(lua_State *L, const char *name, lua_CFunction index, lua_CFunction write) {
  luaL_newmetatable(L, name);
  if (index != NULL) {
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
  }
  lua_pushcfunction(L, write);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

void lode__open_page(lua_State *L) {
  static const struct {
    const char *name;
    field which;
  } fields[] = {{"id", ID},
                {"text", TEXT},
                {"raw", RAW},
                {"meta", METADATA},
                {"tokens", TOKENS},
                {"repaired", REPAIRED},
                {"duplicate_of", DUPLICATE_OF},
                {"cluster", CLUSTER}};
  make_metatable(L, META, meta_index, meta_write);
  lua_pushcfunction(L, meta_pairs);
  lua_setfield(L, -2, "__pairs");
  make_metatable(L, PAGE, NULL, page_write);
  luaL_newlib(L, methods);
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    lua_pushinteger(L, fields[i].which);
    lua_setfield(L, -2, fields[i].name);
  }
  lua_pushcclosure(L, page_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, page_string);
  lua_setfield(L, -2, "__tostring");
  lua_pop(L, 2);
}
