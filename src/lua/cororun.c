/* coroutine.resume, wrap and close that tell the host which state runs.  Hooks belong to one lua_State, so a
 * deadline must reach the innermost one; and it must stay behind in each state that control falls back to.
 *
 * Order matters against a signal between two steps: `running` is set first, then the flag is read.  A signal
 * before that sets the flag, which is seen; a signal after it hooks the new state itself. */
#include "luahost.h"

#include <lualib.h>

static lua_State *check_coroutine(lua_State *L, int index) {
  lua_State *co = lua_tothread(L, index);
  luaL_argexpected(L, co != NULL, index, "coroutine");
  return co;
}

static void enter(lode_host *self, lua_State *co) {
  self->running = co;
  lode__rehook(self, co);
}

static void leave(lode_host *self, lua_State *L) {
  self->running = L;
  lode__rehook(self, L);
}

/* The number of results, now on L's stack; -1 with the error message there. */
static int resume(lua_State *L, lua_State *co, int args) {
  lode_host *self = lode__host(L);
  if (!lua_checkstack(co, args)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  if (lua_status(co) == LUA_OK && lua_gettop(co) == 0) {
    lua_pushliteral(L, "cannot resume dead coroutine");
    return -1;
  }
  lua_xmove(L, co, args);
  int results = 0;
  enter(self, co);
  int status = lua_resume(co, L, args, &results);
  leave(self, L);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

static int co_resume(lua_State *L) {
  lua_State *co = check_coroutine(L, 1);
  int results = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, results >= 0);
  if (results < 0) results = 1;
  lua_insert(L, -(results + 1));
  return results + 1;
}

static int close_state(lua_State *L, lua_State *co) {
  lode_host *self = lode__host(L);
  enter(self, co);
  int status = lua_resetthread(co);
  leave(self, L);
  return status;
}

static int wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int results = resume(L, co, lua_gettop(L));
  if (results >= 0) return results;
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    close_state(L, co);
    lua_xmove(co, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING && status != LUA_ERRMEM) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int co_create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int co_wrap(lua_State *L) {
  co_create(L);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

static int co_close(lua_State *L) {
  lua_State *co = check_coroutine(L, 1);
  lua_getfield(L, lua_upvalueindex(1), "status");
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  const char *status = lua_tostring(L, -1);
  if (status[0] != 'd' && status[0] != 's') return luaL_error(L, "cannot close a %s coroutine", status);
  if (close_state(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

void lode__open_coroutine(lua_State *L) {
  luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
  lua_pushcfunction(L, co_create);
  lua_setfield(L, -2, "create");
  lua_pushcfunction(L, co_resume);
  lua_setfield(L, -2, "resume");
  lua_pushcfunction(L, co_wrap);
  lua_setfield(L, -2, "wrap");
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, co_close, 1);
  lua_setfield(L, -2, "close");
}
