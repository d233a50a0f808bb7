/* Tables in a fixed order.  Lua seeds its string hash on every start, so `next` visits the same table in
 * another order on each run; whatever can reach the output goes through here. */
#include "luahost.h"

#include <stdlib.h>
#include <string.h>

enum { RANK_NUMBER, RANK_STRING, RANK_BOOLEAN, RANK_OTHER };

static int compare_numbers(const lode__key *a, const lode__key *b) {
  if (a->is_integer && b->is_integer) return (a->integer > b->integer) - (a->integer < b->integer);
  lua_Number x = a->is_integer ? (lua_Number)a->integer : a->number;
  lua_Number y = b->is_integer ? (lua_Number)b->integer : b->number;
  return (x > y) - (x < y);
}

static int compare_keys(const void *left, const void *right) {
  const lode__key *a = left, *b = right;
  if (a->rank != b->rank) return a->rank - b->rank;
  if (a->rank == RANK_NUMBER) return compare_numbers(a, b);
  if (a->rank == RANK_STRING) {
    int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
  }
  return (a->integer > b->integer) - (a->integer < b->integer);
}

static lode__key key_at(lua_State *L, int index, size_t place) {
  lode__key key = {.rank = RANK_OTHER, .integer = (lua_Integer)place};
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      key.rank = RANK_NUMBER;
      key.is_integer = lua_isinteger(L, index);
      if (key.is_integer) key.integer = lua_tointeger(L, index);
      else key.number = lua_tonumber(L, index);
      break;
    case LUA_TSTRING:
      key.rank = RANK_STRING;
      key.ptr = lua_tolstring(L, index, &key.len);
      break;
    case LUA_TBOOLEAN:
      key.rank = RANK_BOOLEAN;
      key.integer = lua_toboolean(L, index);
      break;
    default: break;
  }
  return key;
}

static size_t count_keys(lua_State *L, int index) {
  size_t count = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    count++;
  }
  return count;
}

const lode__key *lode__sorted_keys(lua_State *L, int index, size_t *count) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 4, "a table's keys");
  size_t total = count_keys(L, index), at = 0;
  lode__key *keys = lua_newuserdatauv(L, (total + 1) * sizeof *keys, 0);
  bool sorted = true;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    keys[at] = key_at(L, -1, at);
    if (at > 0 && compare_keys(&keys[at - 1], &keys[at]) > 0) sorted = false;
    at++;
  }
  if (!sorted) qsort(keys, total, sizeof *keys, compare_keys);
  *count = total;
  return keys;
}

/* Up-values: the keys in order, how many, the next one. */
static int next_sorted(lua_State *L) {
  lua_Integer count = lua_tointeger(L, lua_upvalueindex(2));
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
  while (at < count) {
    at++;
    lua_rawgeti(L, lua_upvalueindex(1), at);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) { /* else set to nil since the loop began */
      lua_pushinteger(L, at);
      lua_replace(L, lua_upvalueindex(3));
      return 2;
    }
    lua_pop(L, 2);
  }
  lua_pushinteger(L, at);
  lua_replace(L, lua_upvalueindex(3));
  lua_pushnil(L);
  return 1;
}

static void push_key(lua_State *L, const lode__key *key, int others) {
  if (key->rank == RANK_NUMBER && key->is_integer) lua_pushinteger(L, key->integer);
  else if (key->rank == RANK_NUMBER) lua_pushnumber(L, key->number);
  else if (key->rank == RANK_STRING) lua_pushlstring(L, key->ptr, key->len);
  else if (key->rank == RANK_BOOLEAN) lua_pushboolean(L, key->integer != 0);
  else lua_rawgeti(L, others, key->integer + 1);
}

/* Tables, functions and userdata as keys have no order of their own: they come last, as `next` gives them. */
static void collect_others(lua_State *L, int table) {
  lua_newtable(L);
  int others = lua_gettop(L);
  lua_Integer place = 0;
  lua_pushnil(L);
  while (lua_next(L, table)) {
    lua_pop(L, 1);
    place++;
    int type = lua_type(L, -1);
    if (type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN) continue;
    lua_pushvalue(L, -1);
    lua_rawseti(L, others, place);
  }
}

int lode__pairs(lua_State *L) {
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, 1, &count);
  collect_others(L, 1);
  lua_createtable(L, count < 1 << 20 ? (int)count : 1 << 20, 0);
  for (size_t i = 0; i < count; i++) {
    push_key(L, &keys[i], 3);
    lua_rawseti(L, 4, (lua_Integer)i + 1);
  }
  lua_pushinteger(L, (lua_Integer)count);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_sorted, 3);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}
