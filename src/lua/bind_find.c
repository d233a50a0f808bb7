/* p:find(pattern, options) and span:find(pattern): every match, as an iterator of a span and the captures.
 *
 * The pattern is LPeg or a Lua pattern (a string).  Positions that it captures (lpeg.Cp(), "()") count from the start
 * of what is searched: for p:find that is p.text, so p:span(i, j) takes them; for s:find it is s.text, and s:sub(i, j)
 * does.  p:find looks in the wanted zones only: a match begins in one of their paragraphs and does not run into
 * a paragraph of another zone.  An empty match is given, and the search goes on one character later. */
#include "luahost.h"

#include <string.h>

static const char SEARCHERS[] = "lode.searchers", STRING_FIND[] = "lode.string_find", LPEG[] = "lode.lpeg";

typedef struct search {
  uint64_t generation;
  size_t base, len;    /* the content that is searched */
  size_t next;         /* where to look on, from base */
  lode_zone_set zones; /* p:find only */
  bool whole_page, is_lpeg;
} search;

/* lpeg.P{ Cp() * pattern * Cp() + 1 * V(1) }, made once for each pattern: finds the next match from where it starts. */
static void push_searcher(lua_State *L, int pattern) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, SEARCHERS);
  lua_pushvalue(L, pattern);
  if (lua_rawget(L, -2) != LUA_TNIL) {
    lua_remove(L, -2);
    return;
  }
  lua_pop(L, 1);
  int cache = lua_gettop(L);
  lua_getfield(L, LUA_REGISTRYINDEX, LPEG);
  int lpeg = cache + 1;
  lua_getfield(L, lpeg, "P");
  lua_newtable(L);
  lua_getfield(L, lpeg, "Cp");
  lua_call(L, 0, 1);
  lua_pushvalue(L, pattern);
  lua_arith(L, LUA_OPMUL);
  lua_getfield(L, lpeg, "Cp");
  lua_call(L, 0, 1);
  lua_arith(L, LUA_OPMUL);
  lua_getfield(L, lpeg, "P");
  lua_pushinteger(L, 1);
  lua_call(L, 1, 1);
  lua_getfield(L, lpeg, "V");
  lua_pushinteger(L, 1);
  lua_call(L, 1, 1);
  lua_arith(L, LUA_OPMUL);
  lua_arith(L, LUA_OPADD);
  lua_rawseti(L, -2, 1);
  lua_call(L, 1, 1);
  /* LPeg compiles on the first match, and a pattern whose compilation ran out of memory is broken from then on: it
   * must not get into the cache. */
  lua_getfield(L, lpeg, "match");
  lua_pushvalue(L, -2);
  lua_pushliteral(L, "");
  lua_call(L, 2, 0);
  lua_pushvalue(L, pattern);
  lua_pushvalue(L, -2);
  lua_rawset(L, cache);
  lua_replace(L, cache);
  lua_settop(L, cache);
}

/* Up-values: the search, the subject, the compiled pattern. */
enum { UP_SEARCH = 1, UP_SUBJECT, UP_PATTERN };

/* One match from it->next on: pushes the captures, returns their number, sets [begin, end); -1 where there is none. */
static int match_once(lua_State *L, const search *it, size_t *begin, size_t *end) {
  int top = lua_gettop(L);
  lua_getfield(L, LUA_REGISTRYINDEX, it->is_lpeg ? LPEG : STRING_FIND);
  if (it->is_lpeg) {
    lua_getfield(L, -1, "match");
    lua_remove(L, -2);
    lua_pushvalue(L, lua_upvalueindex(UP_PATTERN));
    lua_pushvalue(L, lua_upvalueindex(UP_SUBJECT));
  } else {
    lua_pushvalue(L, lua_upvalueindex(UP_SUBJECT));
    lua_pushvalue(L, lua_upvalueindex(UP_PATTERN));
  }
  lua_pushinteger(L, (lua_Integer)it->next + 1);
  lua_call(L, 3, LUA_MULTRET);
  if (lua_isnil(L, top + 1)) {
    lua_settop(L, top);
    return -1;
  }
  *begin = (size_t)lua_tointeger(L, top + 1) - 1;
  if (it->is_lpeg) {
    *end = (size_t)lua_tointeger(L, -1) - 1;
    lua_pop(L, 1);
  } else {
    *end = (size_t)lua_tointeger(L, top + 2);
    lua_remove(L, top + 2);
  }
  lua_remove(L, top + 1);
  return lua_gettop(L) - top;
}

static size_t step_over(const lode_page *page, const search *it, size_t at) {
  uint32_t cp;
  if (at >= it->len) return it->len + 1;
  return at + lode_utf8_next(page->content + it->base + at, &cp);
}

/* p:find: the first place at or after `at` in a wanted zone; len + 1 where there is none. */
static size_t next_wanted(const lode_page *page, const search *it, size_t at) {
  for (size_t i = lode_page_paragraph_at(page, at); i < page->paragraph_count; i++) {
    const lode_paragraph *paragraph = &page->paragraphs[i];
    if ((it->zones >> paragraph->zone & 1) == 0) continue;
    return paragraph->begin > at ? paragraph->begin : at;
  }
  return it->len + 1;
}

static bool stays_in_zones(const lode_page *page, const search *it, size_t end) {
  for (size_t i = lode_page_paragraph_at(page, it->next); i < page->paragraph_count && page->paragraphs[i].begin < end;
       i++) {
    if ((it->zones >> page->paragraphs[i].zone & 1) == 0) return false;
  }
  return true;
}

static int next_match(lua_State *L) {
  search *it = lua_touserdata(L, lua_upvalueindex(UP_SEARCH));
  const lode_page *page = lode__page(L, it->generation);
  lua_settop(L, 0);
  for (;;) {
    if (it->whole_page) it->next = next_wanted(page, it, it->next);
    if (it->next > it->len) break;
    size_t begin, end;
    luaL_checkstack(L, LUA_MINSTACK, "captures");
    int captures = match_once(L, it, &begin, &end);
    if (captures < 0) break;
    it->next = begin;
    if (it->whole_page && (next_wanted(page, it, begin) != begin || !stays_in_zones(page, it, end))) {
      if (next_wanted(page, it, begin) == begin) it->next = step_over(page, it, begin);
      lua_settop(L, 0);
      continue;
    }
    it->next = end > begin ? end : step_over(page, it, begin);
    lode__push_span(L, it->base + begin, it->base + end);
    lua_insert(L, 1);
    return captures + 1;
  }
  it->next = it->len + 1;
  lua_pushnil(L);
  return 1;
}

static int push_search(lua_State *L, const search *from, int pattern) {
  int subject = lua_gettop(L);
  search *it = lua_newuserdatauv(L, sizeof *it, 0);
  *it = *from;
  it->is_lpeg = lua_type(L, pattern) == LUA_TUSERDATA;
  lua_pushvalue(L, subject);
  if (it->is_lpeg) push_searcher(L, pattern);
  else lua_pushvalue(L, pattern);
  lua_pushcclosure(L, next_match, 3);
  return 1;
}

static void check_pattern(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TSTRING) return;
  lua_getfield(L, LUA_REGISTRYINDEX, LPEG);
  lua_getfield(L, -1, "type");
  lua_pushvalue(L, index);
  lua_call(L, 1, 1);
  if (lua_isnil(L, -1))
    luaL_error(L, "find takes an LPeg pattern or a Lua pattern (a string), not a %s", lode__type_cure(L, index));
  lua_pop(L, 2);
}

int lode__page_find(lua_State *L) {
  static const char *const names[] = {"zone", NULL};
  lode_host *self = lode__host(L);
  lua_settop(L, 3);
  lode__check_page(L);
  check_pattern(L, 2);
  lode__check_options(L, 3, "find", names, 0);
  lode_zone_set zones = self->options.zones == 0 ? LODE_ZONES_BODY : self->options.zones;
  if (lua_istable(L, 3)) {
    lua_getfield(L, 3, "zone");
    zones = lode__check_zones(L, -1, zones);
  }
  const search it = {self->generation, 0, self->page->content_len, 0, zones, true, false};
  lode__push_content(L);
  return push_search(L, &it, 2);
}

int lode__span_find(lua_State *L) {
  const lode__span *span = lode__check_span(L, 1);
  check_pattern(L, 2);
  lua_settop(L, 2);
  const search it = {span->generation, span->begin, span->end - span->begin, 0, 0, false, false};
  lode_str text = lode__check_text(L, 1);
  lua_pushlstring(L, text.ptr, text.len);
  return push_search(L, &it, 2);
}

/* `string` and `lpeg` are the real libraries. */
void lode__open_find(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, "lpeg");
  lua_setfield(L, LUA_REGISTRYINDEX, LPEG);
  lua_getfield(L, -1, "string");
  lua_getfield(L, -1, "find");
  lua_setfield(L, LUA_REGISTRYINDEX, STRING_FIND);
  lua_pop(L, 2);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, SEARCHERS);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}
