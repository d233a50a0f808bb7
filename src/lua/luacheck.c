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
  if (lode_damerau(a, b, &distance, NULL) != 0 || distance > (longest + 2) / 3) return UINT32_MAX;
  return distance;
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

void lode__check_options(lua_State *L, int index, const char *what, const char *const *names, lua_Integer positional) {
  if (lua_isnoneornil(L, index)) return;
  if (!lua_istable(L, index)) {
    luaL_error(L, "%s takes its options as a table, %s{ %s = ... }, not as a %s", what, what, names[0],
               luaL_typename(L, index));
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

static lode_zone_set one_zone(lua_State *L, int index) {
  lode_zone_set set = 0;
  lode_err err;
  const char *list = lua_tostring(L, index);
  if (list == NULL)
    luaL_error(L, "zone must be a name like \"body\", \"all\" or a list of names, not a %s", luaL_typename(L, index));
  lode__check(L, lode_zone_set_parse(list, &set, &err), &err);
  return set;
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
