#include "luahost.h"

#include "distance.h"
#include <string.h>

lode_str lode__check_text(lua_State *L, int index) {
  index = lua_absindex(L, index);
  const lode__span *span = lode__test_span(L, index);
  if (span != NULL) {
    const lode_page *page = lode__page(L, span->generation);
    return (lode_str){page->content + span->begin, span->end - span->begin};
  }
  size_t len;
  if (lua_type(L, index) == LUA_TUSERDATA) luaL_error(L, "this takes a string, not a %s", lode__type_cure(L, index));
  const char *bytes = luaL_checklstring(L, index, &len);
  if (lode_utf8_valid(bytes, len) == len) return (lode_str){bytes, len};
  lode__push_text(L, bytes, len);
  lua_replace(L, index);
  bytes = lua_tolstring(L, index, &len);
  return (lode_str){bytes, len};
}

void lode__push_text(lua_State *L, const char *bytes, size_t len) {
  if (lode_utf8_valid(bytes, len) == len) {
    lua_pushlstring(L, bytes, len);
    return;
  }
  /* A byte-order mark inside a script's string is text, so the repair starts behind it. */
  lode_host *self = lode__host(L);
  size_t bom = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  self->text.len = 0;
  self->repairs.count = 0;
  lode_map_clear(&self->map);
  lode__check(L, lode_buf_add(&self->text, bytes, bom, NULL), NULL);
  lode__check(L, lode_utf8_repair(bytes + bom, len - bom, &self->text, &self->map, &self->repairs, NULL), NULL);
  lua_pushlstring(L, self->text.ptr, self->text.len);
}

static uint32_t closeness(const char *given, const char *name) {
  lode_str a = {given, strlen(given)}, b = {name, strlen(name)};
  uint32_t distance = UINT32_MAX;
  size_t longest = a.len > b.len ? a.len : b.len;
  if (longest > 64 || lode_utf8_valid(a.ptr, a.len) != a.len || lode_utf8_valid(b.ptr, b.len) != b.len)
    return UINT32_MAX;
  uint32_t most = longest < 6 ? 1 : (uint32_t)longest / 3;
  if (lode_damerau(a, b, &distance, NULL) != 0 || distance > most) return UINT32_MAX;
  return distance;
}

bool lode__is_slip(const char *given, const char *name) {
  return strcmp(given, name) != 0 && closeness(given, name) == 1;
}

const char *lode__type_name(lua_State *L, int index) {
  if (lua_isnone(L, index)) return "nil";
  if (lode__is_null(L, index)) return "lode.null";
  if (lua_type(L, index) != LUA_TUSERDATA) return luaL_typename(L, index);
  static const char *const names[][2] = {
      {"lode.page", "page"},       {"lode.meta", "page's metadata"}, {"lode.tokens", "list of tokens"},
      {"lode.counter", "counter"}, {"lpeg-pattern", "pattern"},      {"lode.pattern", "token pattern"},
      {"lode.match", "match"}};
  const lode__span *span = lode__test_span(L, index);
  if (span != NULL) return lode__span_kind_name(span);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (luaL_testudata(L, index, names[i][0]) != NULL) return names[i][1];
  }
  return luaL_typename(L, index);
}

const char *lode__type_cure(lua_State *L, int index) {
  const char *name = lode__type_name(L, index), *cure = "";
  if (lode__test_span(L, index) != NULL || strcmp(name, "page") == 0) cure = ": give its .text";
  else if (strcmp(name, "page's metadata") == 0) cure = ": give a field of it, p.meta.title";
  else if (strcmp(name, "list of tokens") == 0) cure = ": give one of them, or its .text";
  return lua_pushfstring(L, "%s%s", name, cure);
}

void *lode__check_self(lua_State *L, const char *metatable, const char *self, const luaL_Reg *methods) {
  if (lua_type(L, 1) == LUA_TUSERDATA) {
    void *found = luaL_testudata(L, 1, metatable);
    if (found != NULL) return found;
  }
  lua_Debug frame;
  const char *name = NULL;
  if (lua_getstack(L, 0, &frame) && lua_getinfo(L, "f", &frame)) {
    lua_CFunction running = lua_tocfunction(L, -1);
    for (size_t i = 0; methods[i].name != NULL; i++) {
      if (methods[i].func == running) name = methods[i].name;
    }
    lua_pop(L, 1);
  }
  if (name == NULL) luaL_error(L, "this takes a %s, not a %s", metatable + 5, lode__type_name(L, 1));
  luaL_error(L, "write %s:%s%s, with a colon and brackets", self, name,
             lua_istable(L, 1)       ? "{ ... }"
             : lua_isnoneornil(L, 1) ? "()"
                                     : "(...)");
  return NULL;
}

const char *lode__suggest(lua_State *L, const char *given, const char *const *names) {
  const char *best = NULL;
  uint32_t nearest = UINT32_MAX;
  for (size_t i = 0; names[i] != NULL; i++) {
    uint32_t distance = closeness(given, names[i]);
    if (distance < nearest) nearest = distance, best = names[i];
  }
  if (best != NULL) return lua_pushfstring(L, "did you mean \"%s\"?", best);
  luaL_Buffer list;
  luaL_buffinit(L, &list);
  luaL_addstring(&list, "there is ");
  for (size_t i = 0; names[i] != NULL; i++) {
    if (i > 0) luaL_addstring(&list, ", ");
    luaL_addstring(&list, names[i]);
  }
  luaL_pushresult(&list);
  return lua_tostring(L, -1);
}

/* Keys are compared in sorted order, so that of two equally near ones always the same is named. */
const char *lode__suggest_key(lua_State *L, const char *given, int index) {
  index = lua_absindex(L, index);
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, index, &count);
  const char *best = NULL;
  uint32_t nearest = UINT32_MAX;
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL) continue;
    uint32_t distance = closeness(given, keys[i].ptr);
    if (distance < nearest) nearest = distance, best = keys[i].ptr;
  }
  if (best != NULL) lua_pushfstring(L, ": did you mean \"%s\"?", best);
  else lua_pushliteral(L, "");
  lua_remove(L, -2);
  return lua_tostring(L, -1);
}

const char *lode__suggest_name(lua_State *L, const char *given, const lode_table *names) {
  lua_newtable(L);
  for (uint32_t i = 0; i < names->count; i++) {
    lode_str known = lode_table_get(names, i);
    lua_pushlstring(L, known.ptr, known.len);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  return lode__suggest_key(L, given, -1);
}

void lode__check_options(lua_State *L, int index, const char *what, const char *const *names, lua_Integer positional) {
  if (lua_isnoneornil(L, index)) return;
  if (!lua_istable(L, index)) {
    luaL_error(L, "%s takes its options as a table, %s{ %s = ... }, not as a %s", what, what, names[0],
               lode__type_name(L, index));
  }
  index = lua_absindex(L, index);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 1 && lua_tointeger(L, -1) <= positional) continue;
    if (lua_type(L, -1) != LUA_TSTRING) {
      luaL_error(L, "%s does not know the option [%s]", what, luaL_tolstring(L, -1, NULL));
      return;
    }
    const char *given = lua_tostring(L, -1);
    size_t i = 0;
    while (names[i] != NULL && strcmp(names[i], given) != 0) i++;
    if (names[i] == NULL)
      luaL_error(L, "%s does not know the option \"%s\": %s", what, given, lode__suggest(L, given, names));
  }
}

void lode__check_stage(lua_State *L, unsigned stages, const char *what, const char *cure) {
  const lode_host *self = lode__host(L);
  if (((unsigned)self->stage & stages) == 0) luaL_error(L, "%s cannot be used here: %s", what, cure);
}

/* "body,promo": names of zones, a script's own with them. */
static lode_zone_set one_zone(lua_State *L, int index) {
  lode_zone_set set = 0;
  lode_err err;
  const char *list = lua_tostring(L, index);
  if (list == NULL)
    luaL_error(L, "zone must be a name like \"body\", \"all\" or a list of names, not a %s", lode__type_name(L, index));
  for (const char *at = list;;) {
    at += strspn(at, " ");
    size_t whole = strcspn(at, ","), len = whole;
    while (len != 0 && at[len - 1] == ' ') len--;
    int zone = lode__find_zone(lode__host(L), at, len);
    if (zone < 0) { /* "all", or the error that names the zones there are */
      lode_zone_set one = 0;
      lua_pushlstring(L, at, len);
      lode__check(L, lode_zone_set_parse(lua_tostring(L, -1), &one, &err), &err);
      lua_pop(L, 1);
      set |= one;
    } else {
      set |= (lode_zone_set)1 << zone;
    }
    if (at[whole] == '\0') return set;
    at += whole + 1;
  }
}

lode_zone_set lode__check_zones(lua_State *L, int index, lode_zone_set absent) {
  if (lua_isnoneornil(L, index)) return absent;
  if (!lua_istable(L, index)) return one_zone(L, index);
  lode_zone_set set = 0;
  index = lua_absindex(L, index);
  lua_Integer count = (lua_Integer)lua_rawlen(L, index);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, index, i);
    set |= one_zone(L, -1);
    lua_pop(L, 1);
  }
  return set;
}

const char *lode__keep(lua_State *L, const char *bytes, size_t len) {
  lode_str copy = lode_arena_copy(&lode__host(L)->memory, bytes, len, NULL);
  if (copy.ptr == NULL) luaL_error(L, "out of memory");
  return copy.ptr;
}
