/* The sandbox: what a script can name, and what stays as it was when the first page begins.
 *
 *     _ENV of every chunk   an empty table of its own -> store (allow-list, then the script's globals) -> an error
 *     library tables        read-only proxies; the real tables can be reached by no path from a script
 *
 * While the script loads, its globals go into _ENV itself; freezing moves them into the store, so that from then on
 * each assignment meets __newindex.  What a page writes could be read by the next page of the same worker only, and the
 * output would depend on how pages were shared out: so nothing that is global can be written. */
#include "luahost.h"

#include <lualib.h>
#include <stdio.h>
#include <string.h>

int luaopen_lpeg(lua_State *L);

static const char ENVIRONMENT[] = "lode.environment", STORE[] = "lode.store", SEED[] = "lode.randomseed";

void lode__push_environment(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, ENVIRONMENT);
}

/* ---- read-only tables ---- */

static int refuse_write(lua_State *L) {
  return luaL_error(L, "%s cannot be changed by a script (field \"%s\")", lua_tostring(L, lua_upvalueindex(1)),
                    luaL_tolstring(L, 2, NULL));
}

static const char *const trusted[] = {"io", "debug", "package", "dofile", "loadfile", "collectgarbage", NULL};
static const char *const closed_os[] = {"clock",  "execute",   "exit",    "getenv", "remove",
                                        "rename", "setlocale", "tmpname", NULL};

static bool is_among(const char *const *names, const char *given) {
  while (*names != NULL && strcmp(*names, given) != 0) names++;
  return *names != NULL;
}

bool lode__is_trusted_library(const char *name) {
  return is_among(trusted, name);
}

/* Is there a lode.NAME that takes a string first?  ("x"):fold() is a natural thing to try. */
static bool has_text_function(lua_State *L, const char *name) {
  lua_newtable(L);
  lode__add_text(L, lua_gettop(L));
  bool found = lua_getfield(L, -1, name) == LUA_TFUNCTION;
  lua_pop(L, 2);
  return found;
}

/* Up-values: the library's name, the real table. */
static int unknown_field(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *given = lua_tostring(L, 2), *library = lua_tostring(L, lua_upvalueindex(1));
  if (strcmp(library, LUA_OSLIBNAME) == 0 && is_among(closed_os, given))
    return luaL_error(L, "os.%s is closed: --trust opens it", given);
  if (strcmp(library, LUA_STRLIBNAME) == 0 && has_text_function(L, given))
    return luaL_error(L, "string.%s does not exist: did you mean lode.%s?", given, given);
  return luaL_error(L, "%s.%s does not exist%s", library, given, lode__suggest_key(L, given, lua_upvalueindex(2)));
}

static int pairs_of_real(lua_State *L) {
  lua_pushcfunction(L, lode__pairs);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_call(L, 1, 3);
  return 3;
}

void lode__lock(lua_State *L, const char *name) {
  int real = lua_gettop(L);
  if (!lua_getmetatable(L, real)) {
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushvalue(L, real);
    lua_pushcclosure(L, unknown_field, 2);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, -1);
    lua_setmetatable(L, real);
  }
  lua_pop(L, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, real);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, name);
  lua_pushcclosure(L, refuse_write, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pushvalue(L, real);
  lua_pushcclosure(L, pairs_of_real, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_remove(L, real);
}

/* ---- base functions of our own ---- */

/* p:sentences() is stepped through by `for` itself; ipairs and pairs would fail on it with words about `field '?'`. */
static void refuse_iterator(lua_State *L, const char *name) {
  if (lua_isfunction(L, 1)) {
    luaL_error(L,
               "%s takes a table, not a function: an iterator like p:sentences() goes into `for` as it is, "
               "`for s in p:sentences() do`",
               name);
  }
}

static int sorted_pairs(lua_State *L) {
  refuse_iterator(L, "pairs");
  return lode__pairs(L);
}

/* Up-value: Lua's own. */
static int list_pairs(lua_State *L) {
  refuse_iterator(L, "ipairs");
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (lua_isnil(L, 2)) return luaL_error(L, "ipairs takes a table, not nil");
  lua_call(L, 1, 3);
  return 3;
}

static int raw_pairs(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_getfield(L, LUA_REGISTRYINDEX, STORE);
  lua_getfield(L, -1, "next");
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* A finalizer would run at a time of the collector's choosing, where no deadline reaches. */
static int set_metatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
  if (type == LUA_TTABLE && !lode__host(L)->options.trust) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "setmetatable: __gc is not there in scripts");
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

static int raw_set(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return luaL_error(L, "rawset: this table cannot be changed by a script");
  lua_settop(L, 3);
  lua_rawset(L, 1);
  return 1;
}

static int print(lua_State *L) {
  lode_host *self = lode__host(L);
  lode_buf *out = self->sink != NULL            ? &self->sink->printed
                  : self->stage == LODE__FORMAT ? &self->notes
                                                : &self->warnings;
  size_t begin = self->sink != NULL ? self->sink->kept.printed : 0;
  int count = lua_gettop(L);
  for (int i = 1; i <= count; i++) {
    size_t len;
    const char *text = luaL_tolstring(L, i, &len);
    if (out->len - begin + len > LODE__PRINT_LIMIT) return luaL_error(L, "print: more than 1 MB from one page");
    if (i > 1) lode__check(L, lode_buf_byte(out, '\t', NULL), NULL);
    lode__check(L, lode_buf_add(out, text, len, NULL), NULL);
    lua_pop(L, 1);
  }
  lode__check(L, lode_buf_byte(out, '\n', NULL), NULL);
  return 0;
}

/* The pieces that a function gives are joined first: a reader that calls back into Lua could yield or raise in the
 * middle of the parser. */
static void join_pieces(lua_State *L) {
  luaL_Buffer out;
  lua_newtable(L);
  int pieces = lua_gettop(L);
  lua_Integer count = 0;
  for (;;) {
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1) || (lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) == 0)) break;
    if (!lua_isstring(L, -1)) luaL_error(L, "load: the reader function must give strings");
    lua_rawseti(L, pieces, ++count);
  }
  lua_pop(L, 1);
  luaL_buffinit(L, &out);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, pieces, i);
    luaL_addvalue(&out);
  }
  luaL_pushresult(&out);
  lua_replace(L, 1);
  lua_settop(L, pieces - 1);
}

static int load_text(lua_State *L) {
  lua_settop(L, 4);
  if (lua_isfunction(L, 1)) join_pieces(L);
  size_t len;
  const char *source = luaL_checklstring(L, 1, &len);
  const char *name = luaL_optstring(L, 2, source);
  const char *mode = luaL_optstring(L, 3, "t");
  if (strchr(mode, 't') == NULL) return luaL_error(L, "load: only source text can be loaded, not bytecode");
  if (luaL_loadbufferx(L, source, len, name, "t") != LUA_OK) {
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (lua_isnil(L, 4)) lode__push_environment(L);
  else lua_pushvalue(L, 4);
  lua_setupvalue(L, -2, 1);
  return 1;
}

/* xpcall(f, handler, ...) whose handler runs after the stack of f is gone.  Lua's own calls it inside the error, where,
 * once the error is the deadline's, no hook fires, and a handler that loops could not be stopped.  Up-value: pcall. */
static int handled(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  lua_pushboolean(L, 0);
  lua_replace(L, 2);
  return lua_gettop(L) - 1;
}

static int protected_end(lua_State *L, int status, lua_KContext context) {
  if (lua_toboolean(L, 2)) return lua_gettop(L) - 1;
  lua_settop(L, 3);
  lua_pushvalue(L, 1);
  lua_replace(L, 2);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 2); /* handler, pcall, handler, error */
  lua_callk(L, 2, LUA_MULTRET, 0, handled);
  return handled(L, status, context);
}

static int protected_call(lua_State *L) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_insert(L, 1);
  lua_remove(L, 3);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 2); /* handler, pcall, f, arguments */
  lua_callk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, protected_end);
  return protected_end(L, LUA_OK, 0);
}

static int random_seed(lua_State *L) {
  if (lua_gettop(L) == 0) {
    return luaL_error(
        L, "math.randomseed needs a number: without one the seed is the time; each page is seeded from its id anyway");
  }
  lua_getfield(L, LUA_REGISTRYINDEX, SEED);
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 0);
  return 0;
}

void lode__seed_random(lua_State *L, uint64_t seed) {
  lua_getfield(L, LUA_REGISTRYINDEX, SEED);
  lua_pushinteger(L, (lua_Integer)seed);
  lua_pushinteger(L, 0);
  lua_call(L, 2, 0);
}

/* ---- the environment ---- */

/* Up-value: the store.  Globals of a script that is still loading stand in the environment, argument 1. */
static int unknown_name(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *given = lua_tostring(L, 2);
  if (is_among(trusted, given)) return luaL_error(L, "\"%s\" is closed: --trust opens it", given);
  return luaL_error(L, "unknown name \"%s\"%s", given, lode__suggest_key(L, given, lua_upvalueindex(1)));
}

static int refuse_global(lua_State *L) {
  const char *name = luaL_tolstring(L, 2, NULL);
  return luaL_error(L,
                    "\"%s\" is assigned as a global after the script was loaded: write \"local %s\"; "
                    "to keep numbers over pages use lode.counter, to keep records lode.group",
                    name, name);
}

static void open_library(lua_State *L, int store, const char *name, lua_CFunction open) {
  luaL_requiref(L, name, open, 0);
  if (strcmp(name, LUA_STRLIBNAME) == 0) {
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
  } else if (strcmp(name, LUA_MATHLIBNAME) == 0) {
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, SEED);
    lua_pushcfunction(L, random_seed);
    lua_setfield(L, -2, "randomseed");
  }
  lode__lock(L, name);
  lua_pushvalue(L, -1);
  lode__provide(L, name);
  lua_setfield(L, store, name);
}

static void open_base(lua_State *L, int store) {
  static const char *const allowed[] = {"_VERSION", "assert", "error",  "getmetatable", "ipairs",   "next",     "pcall",
                                        "rawequal", "rawget", "rawlen", "select",       "tonumber", "tostring", "type"};
  luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    lua_getfield(L, -1, allowed[i]);
    lua_setfield(L, store, allowed[i]);
  }
  lua_pop(L, 1);
  static const luaL_Reg own[] = {{"load", load_text},
                                 {"pairs", sorted_pairs},
                                 {"print", print},
                                 {"rawpairs", raw_pairs},
                                 {"rawset", raw_set},
                                 {"require", lode__require},
                                 {"setmetatable", set_metatable},
                                 {NULL, NULL}};
  luaL_setfuncs(L, own, 0);
  lua_getfield(L, store, "ipairs");
  lua_pushcclosure(L, list_pairs, 1);
  lua_setfield(L, store, "ipairs");
  lua_getfield(L, store, "pcall");
  lua_pushcclosure(L, protected_call, 1);
  lua_setfield(L, store, "xpcall");
}

/* --trust: the rest of Lua's own libraries, unlocked. */
static void open_trusted(lua_State *L, int store) {
  luaL_openlibs(L);
  lua_pushglobaltable(L);
  lua_getfield(L, -1, "require");
  lua_setfield(L, LUA_REGISTRYINDEX, "lode.require");
  for (size_t i = 0; i < sizeof trusted / sizeof *trusted; i++) {
    const char *name = trusted[i] == NULL ? LUA_OSLIBNAME : trusted[i];
    lua_getfield(L, -1, name);
    if (lua_istable(L, -1)) {
      lua_pushvalue(L, -1);
      lode__provide(L, name);
    }
    lua_setfield(L, store, name);
  }
  lua_pop(L, 1);
}

static void lock_strings(lua_State *L) {
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1)) {
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void make_environment(lua_State *L, int store) {
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, store);
  lua_pushcclosure(L, unknown_name, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, store);
  lua_newtable(L);
  lua_createtable(L, 0, 3);
  lua_pushvalue(L, store);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_setfield(L, store, "_G");
  lua_setfield(L, LUA_REGISTRYINDEX, ENVIRONMENT);
}

void lode__sandbox_open(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__open_modules(L);
  lua_createtable(L, 0, 48);
  int store = lua_gettop(L);
  lua_pushvalue(L, store);
  lua_setfield(L, LUA_REGISTRYINDEX, STORE);
  lua_pushvalue(L, store);
  open_base(L, store);
  lua_pop(L, 1);
  open_library(L, store, LUA_STRLIBNAME, luaopen_string);
  open_library(L, store, LUA_TABLIBNAME, luaopen_table);
  open_library(L, store, LUA_MATHLIBNAME, luaopen_math);
  open_library(L, store, LUA_UTF8LIBNAME, luaopen_utf8);
  open_library(L, store, "lpeg", luaopen_lpeg);
  lode__open_coroutine(L);
  lode__lock(L, LUA_COLIBNAME);
  lua_pushvalue(L, -1);
  lode__provide(L, LUA_COLIBNAME);
  lua_setfield(L, store, LUA_COLIBNAME);
  lode__open_clock(L);
  lode__lock(L, LUA_OSLIBNAME);
  lua_pushvalue(L, -1);
  lode__provide(L, LUA_OSLIBNAME);
  lua_setfield(L, store, LUA_OSLIBNAME);
  if (self->options.trust) open_trusted(L, store);
  lock_strings(L);
  make_environment(L, store);
  lua_settop(L, store - 1);
}

void lode__sandbox_freeze(lua_State *L) {
  lode__push_environment(L);
  int env = lua_gettop(L);
  lua_getfield(L, LUA_REGISTRYINDEX, STORE);
  int store = env + 1;
  lua_pushnil(L);
  while (lua_next(L, env)) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, store); /* the key stays for the next step */
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, env); /* clearing a field during a traversal is allowed */
  }
  lua_getmetatable(L, env);
  lua_pushcfunction(L, refuse_global);
  lua_setfield(L, -2, "__newindex");
  lua_settop(L, env - 1);
}

/* ---- state that a stage function would carry from page to page ---- */

static bool is_plain_empty(lua_State *L, int index) {
  if (!lua_istable(L, index) || lua_getmetatable(L, index)) {
    if (lua_istable(L, index)) lua_pop(L, 1);
    return false;
  }
  lua_pushnil(L);
  if (!lua_next(L, index)) return true;
  lua_pop(L, 2);
  return false;
}

static void warn_of(lua_State *L, int function, const char *stage, const char *variable) {
  lua_Debug about;
  lua_pushvalue(L, function);
  lua_getinfo(L, ">S", &about);
  lode__check(
      L,
      lode_buf_printf(
          &lode__host(L)->warnings, NULL,
          "%s:%d: warning: the %s stage keeps the empty table \"%s\": what one page leaves there, the next one may "
          "or may not see; use lode.counter or lode.group, or make the table inside the function\n",
          about.source[0] == '@' ? about.source + 1 : about.short_src, about.linedefined, stage, variable),
      NULL);
}

/* Functions of the script that the stage calls are looked into as well; `seen` stops circles. */
static void look_into(lua_State *L, int function, int seen, const char *stage, int depth) {
  luaL_checkstack(L, 6, "functions inside functions");
  lua_pushvalue(L, function);
  if (lua_rawget(L, seen) != LUA_TNIL || depth > 32 || lua_iscfunction(L, function)) {
    lua_pop(L, 1);
    return;
  }
  lua_pop(L, 1);
  lua_pushvalue(L, function);
  lua_pushboolean(L, 1);
  lua_rawset(L, seen);
  const char *name;
  for (int i = 1; (name = lua_getupvalue(L, function, i)) != NULL; i++) {
    int value = lua_gettop(L);
    if (lua_isfunction(L, value)) look_into(L, value, seen, stage, depth + 1);
    else if (is_plain_empty(L, value)) warn_of(L, function, stage, name);
    lua_settop(L, value - 1);
  }
}

void lode__warn_of_state(lua_State *L, int function, const char *stage) {
  function = lua_absindex(L, function);
  lua_newtable(L);
  look_into(L, function, lua_gettop(L), stage, 0);
  lua_pop(L, 1);
}
