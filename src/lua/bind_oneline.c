/* lode.P[[ ... ]]: a pattern as one line of text.  The parser is lua/lode/oneline.lua; here is what it needs of the
 * caller: the names that the script can see at that line. */
#include "rulebook.h"

#include <string.h>

static const char PARSER[] = "lode.oneline", NAMES[] = "lode.names";

/* ---- names of the script ---- */

static bool is_wanted(lua_State *L, int index) {
  int type = lua_type(L, index);
  return type == LUA_TUSERDATA || type == LUA_TFUNCTION || type == LUA_TSTRING;
}

/* The value on top under `name` into the table; later ones hide earlier ones. [1, 0, e] */
static void keep_name(lua_State *L, int table, const char *name) {
  if (name[0] != '(' && is_wanted(L, -1)) lua_setfield(L, table, name);
  else lua_pop(L, 1);
}

/* Push a table of the up-values and locals that the script's function at that level sees. [0, 1, e] */
static void push_visible(lua_State *L, int level) {
  lua_Debug frame;
  const char *name;
  lua_newtable(L);
  int table = lua_gettop(L);
  if (!lua_getstack(L, level, &frame) || !lua_getinfo(L, "f", &frame)) return;
  for (int i = 1; !lua_iscfunction(L, -1) && (name = lua_getupvalue(L, table + 1, i)) != NULL; i++)
    keep_name(L, table, name);
  for (int i = 1; (name = lua_getlocal(L, &frame, i)) != NULL; i++) keep_name(L, table, name);
  lua_settop(L, table);
}

/* ---- what the parser asks ---- */

/* resolve(name): the caller's, then globals and the rule language, then the names of a script that was loaded before
 * (lode grep --script).  Up-value: the visible names. */
static int resolve(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  lode__push_environment(L);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, -2) != LUA_TNIL) return 1;
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.store");
  lua_pushvalue(L, 1);
  if (lua_rawget(L, -2) != LUA_TNIL) return 1;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, NAMES);
  lua_pushvalue(L, 1);
  lua_rawget(L, -2);
  return 1;
}

static void add_keys(lua_State *L, int from, int to) {
  lua_pushnil(L);
  while (lua_next(L, from) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, to);
  }
}

/* suggest(name): `: did you mean "x"?`, or an empty string.  Up-value: the visible names. */
static int suggest(lua_State *L) {
  lua_newtable(L);
  int all = lua_gettop(L);
  add_keys(L, lua_upvalueindex(1), all);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, NAMES);
  add_keys(L, all + 1, all);
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.store");
  add_keys(L, all + 2, all);
  lode__suggest_key(L, luaL_checkstring(L, 1), all);
  return 1;
}

static void push_state(lua_State *L, int visible) {
  static const luaL_Reg asked[] = {{"resolve", resolve}, {"suggest", suggest}, {NULL, NULL}};
  lua_newtable(L);
  lua_pushvalue(L, visible);
  luaL_setfuncs(L, asked, 1);
  lua_pushcfunction(L, lode__phrase);
  lua_setfield(L, -2, "as_pattern");
  lode__push_environment(L);
  lua_setfield(L, -2, "env");
}

static void push_parser(lua_State *L) {
  lua_pushcfunction(L, lode__require);
  lua_pushstring(L, PARSER);
  lua_call(L, 1, 1);
}

int lode__oneline(lua_State *L) {
  lode__check_stage(L, LODE__LOAD, "P", "patterns are made at the top of the script, outside of the stages");
  if (lua_type(L, 1) != LUA_TSTRING)
    return luaL_error(L, "P takes a pattern as one line of text, P[[ nat? title name{1,3} ]], not a %s",
                      lode__type_cure(L, 1));
  lua_settop(L, 1);
  push_visible(L, 1);
  push_parser(L);
  lua_pushvalue(L, 1);
  push_state(L, 2);
  lua_call(L, 2, 3);
  if (!lua_isnil(L, 3)) {
    lua_settop(L, 3);
    return 1;
  }
  return luaL_error(L, "P, column %d: %s", (int)lua_tointeger(L, 4), luaL_tolstring(L, 5, NULL));
}

/* ---- names that a script gave ---- */

/* A hook on the return of a function: the locals of a whole file are about to go. */
static void note_names(lua_State *L, lua_Debug *frame) {
  if (!lua_getinfo(L, "S", frame) || strcmp(frame->what, "main") != 0 || frame->source[0] != '@') return;
  if (!lua_checkstack(L, 8)) return;
  const char *name;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, NAMES);
  int names = lua_gettop(L);
  for (int i = 1; (name = lua_getlocal(L, frame, i)) != NULL; i++) {
    if (name[0] != '(') lode__name_pattern(L, -1, name);
    keep_name(L, names, name);
  }
  lua_settop(L, names - 1);
}

void lode__note_names(lua_State *L, bool on) {
  lua_sethook(L, on ? note_names : NULL, on ? LUA_MASKRET : 0, 0);
}
