/* lode.json: values to JSON and back, the same way that records are written and read.
 *
 *     {1, 2}, {}, lode.array{}       arrays (an empty table is an array unless lode.object marks it)
 *     {a = 1}, lode.object{}         objects, members sorted by name
 *     lode.null                      null; nil is absent
 *     spans and tokens               their text
 *
 * What was decoded encodes to the same value: arrays and empty objects carry their mark. */
#include "luahost.h"

#include "jsontext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char ARRAY[] = "lode.array", OBJECT[] = "lode.object";

/* The address is the value; const, so it is no state. */
static const char null_mark = 0;

bool lode__is_null(lua_State *L, int index) {
  return lua_islightuserdata(L, index) && lua_touserdata(L, index) == (const void *)&null_mark;
}

/* ---- decoding ---- */

static void push_string(lua_State *L, lode_json_value value) {
  const char *inside = value.text.ptr + 1;
  size_t len = value.text.len - 2;
  if (memchr(inside, '\\', len) == NULL) {
    lode__push_text(L, inside, len);
    return;
  }
  lode_host *self = lode__host(L);
  self->scratch.len = 0;
  lode__check(L, lode_json_decode(value, &self->scratch, NULL), NULL);
  lode__push_text(L, self->scratch.ptr, self->scratch.len);
}

static void push_number(lua_State *L, lode_str text) {
  lua_pushlstring(L, text.ptr, text.len);
  if (lua_stringtonumber(L, lua_tostring(L, -1)) == 0) luaL_error(L, "not a number: %s", lua_tostring(L, -1));
  lua_remove(L, -2);
}

static void push_array(lua_State *L, lode_json_value value, bool nulls) {
  lode_json_iter iter = lode_json_iter_of(value);
  lode_json_value item;
  lua_newtable(L);
  luaL_setmetatable(L, ARRAY);
  for (lua_Integer i = 1; lode_json_next(&iter, NULL, &item); i++) {
    if (item.type == LODE_JSON_NULL) lua_pushlightuserdata(L, (void *)(uintptr_t)&null_mark);
    else lode__push_json(L, item, nulls);
    lua_rawseti(L, -2, i);
  }
}

static void push_object(lua_State *L, lode_json_value value, bool nulls) {
  lode_json_iter iter = lode_json_iter_of(value);
  lode_json_value name, item;
  bool empty = true;
  lua_newtable(L);
  while (lode_json_next(&iter, &name, &item)) {
    empty = false;
    if (item.type == LODE_JSON_NULL && !nulls) continue;
    push_string(L, name);
    lode__push_json(L, item, nulls);
    lua_rawset(L, -3);
  }
  if (empty) luaL_setmetatable(L, OBJECT);
}

void lode__push_json(lua_State *L, lode_json_value value, bool nulls) {
  luaL_checkstack(L, 8, "nested JSON");
  switch (value.type) {
    case LODE_JSON_NULL:
      if (nulls) lua_pushlightuserdata(L, (void *)(uintptr_t)&null_mark);
      else lua_pushnil(L);
      return;
    case LODE_JSON_FALSE: lua_pushboolean(L, 0); return;
    case LODE_JSON_TRUE: lua_pushboolean(L, 1); return;
    case LODE_JSON_NUMBER: push_number(L, value.text); return;
    case LODE_JSON_STRING: push_string(L, value); return;
    case LODE_JSON_ARRAY: push_array(L, value, nulls); return;
    case LODE_JSON_OBJECT: push_object(L, value, nulls); return;
  }
}

/* ---- encoding ---- */

static void add(lua_State *L, lode_buf *out, const char *bytes, size_t len) {
  lode__check(L, lode_buf_add(out, bytes, len, NULL), NULL);
}

void lode__put_string(lua_State *L, lode_buf *out, const char *bytes, size_t len) {
  lode__check(L, lode_json_put_text(out, bytes, len, NULL), NULL);
}

static void put_number(lua_State *L, int index, lode_buf *out, const char *name) {
  if (lua_isinteger(L, index)) {
    lode__check(L, lode_json_put_integer(out, lua_tointeger(L, index), NULL), NULL);
    return;
  }
  double value = lua_tonumber(L, index);
  if (!isfinite(value))
    luaL_error(L, "field \"%s\" is %s, which JSON cannot hold", name, isnan(value) ? "not a number (0/0)" : "infinite");
  lode__check(L, lode_json_put_number(out, value, NULL), NULL);
}

static bool has_mark(lua_State *L, int index, const char *mark) {
  if (!lua_getmetatable(L, index)) return false;
  luaL_getmetatable(L, mark);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same;
}

static void put_value(lua_State *L, int index, lode_buf *out, const char *name, int depth);

static void put_array(lua_State *L, int index, lua_Integer count, lode_buf *out, const char *name, int depth) {
  add(L, out, "[", 1);
  for (lua_Integer i = 1; i <= count; i++) {
    if (i > 1) add(L, out, ",", 1);
    lua_rawgeti(L, index, i);
    put_value(L, lua_gettop(L), out, name, depth + 1);
    lua_pop(L, 1);
  }
  add(L, out, "]", 1);
}

static void put_object(lua_State *L, int index, lode_buf *out, const char *name, int depth) {
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, index, &count);
  add(L, out, "{", 1);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL) {
      luaL_error(L,
                 "field \"%s\" is a table with both list items and names, or with holes: a JSON value is either a list "
                 "or an object",
                 name);
    }
    if (i > 0) add(L, out, ",", 1);
    lode__put_string(L, out, keys[i].ptr, keys[i].len);
    add(L, out, ":", 1);
    lua_pushlstring(L, keys[i].ptr, keys[i].len);
    lua_rawget(L, index);
    put_value(L, lua_gettop(L), out, keys[i].ptr, depth + 1);
    lua_pop(L, 1);
  }
  add(L, out, "}", 1);
  lua_pop(L, 1);
}

/* A list is a table whose keys are 1..n and nothing else. */
static bool is_list(lua_State *L, int index, lua_Integer *count) {
  *count = (lua_Integer)lua_rawlen(L, index);
  if (has_mark(L, index, OBJECT)) return false;
  if (has_mark(L, index, ARRAY)) return true;
  lua_Integer keys = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (++keys > *count) {
      lua_pop(L, 1);
      return false;
    }
  }
  return keys == *count;
}

static void put_table(lua_State *L, int index, lode_buf *out, const char *name, int depth) {
  if (depth >= LODE_JSON_DEPTH)
    luaL_error(L, "field \"%s\" is nested more than %d deep, or holds itself", name, LODE_JSON_DEPTH);
  lua_Integer count;
  if (is_list(L, index, &count)) put_array(L, index, count, out, name, depth);
  else put_object(L, index, out, name, depth);
}

static void put_value(lua_State *L, int index, lode_buf *out, const char *name, int depth) {
  luaL_checkstack(L, 8, "nested tables");
  size_t len;
  const char *bytes;
  switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
      if (lua_toboolean(L, index)) add(L, out, "true", 4);
      else add(L, out, "false", 5);
      return;
    case LUA_TNUMBER: put_number(L, index, out, name); return;
    case LUA_TSTRING:
      bytes = lua_tolstring(L, index, &len);
      lode__put_string(L, out, bytes, len);
      return;
    case LUA_TTABLE: put_table(L, index, out, name, depth); return;
    default: break;
  }
  if (lode__is_null(L, index) || lua_isnil(L, index)) {
    add(L, out, "null", 4);
    return;
  }
  if (lode__test_span(L, index) == NULL) {
    const char *cure = lode__type_cure(L, index);
    luaL_error(L, "field \"%s\" is a %s%s", name, cure,
               strchr(cure, ':') != NULL
                   ? ""
                   : ": a record holds strings, numbers, booleans, lists, tables, spans and lode.null");
  }
  lode_str text = lode__check_text(L, index);
  lode__put_string(L, out, text.ptr, text.len);
}

void lode__put_json(lua_State *L, int index, lode_buf *out, const char *name) {
  put_value(L, lua_absindex(L, index), out, name, 0);
}

/* ---- lode.json ---- */

static int encode(lua_State *L) {
  luaL_checkany(L, 1);
  lode_host *self = lode__host(L);
  self->folded.len = 0;
  lode__put_json(L, 1, &self->folded, "value");
  lua_pushlstring(L, self->folded.ptr, self->folded.len);
  return 1;
}

static int decode(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lode_json_value value;
  lode_err err;
  if (lode_json_parse(text, len, LODE_JSON_DEPTH, &value, &err) != 0) {
    lua_pushnil(L);
    if (err.byte == LODE_NO_BYTE) lua_pushstring(L, err.message);
    else lua_pushfstring(L, "byte %I: %s", (LUAI_UACINT)err.byte, err.message);
    return 2;
  }
  lode__push_json(L, value, true);
  return 1;
}

static int mark_as(lua_State *L, const char *mark) {
  if (lua_isnoneornil(L, 1)) lua_newtable(L);
  else luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL && !has_mark(L, 1, ARRAY) && !has_mark(L, 1, OBJECT) &&
      !has_mark(L, 1, "lode.list")) {
    return luaL_error(L, "this table has a protected metatable");
  }
  lua_settop(L, 1);
  luaL_setmetatable(L, mark);
  return 1;
}

static int mark_array(lua_State *L) {
  return mark_as(L, ARRAY);
}
static int mark_object(lua_State *L) {
  return mark_as(L, OBJECT);
}

static void make_mark(lua_State *L, const char *mark) {
  luaL_newmetatable(L, mark);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

void lode__open_json(lua_State *L) {
  static const luaL_Reg functions[] = {{"decode", decode}, {"encode", encode}, {NULL, NULL}};
  make_mark(L, ARRAY);
  make_mark(L, OBJECT);
  lua_pushlightuserdata(L, (void *)(uintptr_t)&null_mark);
  lua_setfield(L, -2, "null");
  lua_pushcfunction(L, mark_array);
  lua_setfield(L, -2, "array");
  lua_pushcfunction(L, mark_object);
  lua_setfield(L, -2, "object");
  luaL_newlib(L, functions);
  lode__lock(L, "lode.json");
}
