#include "luahost.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Memory errors skip the message handler, so the line is noted at the moment the memory is refused.  Lua
 * may still collect and succeed: the note counts only where the door sees LUA_ERRMEM. */
void *lode__allocate(void *ud, void *block, size_t old_size, size_t new_size) {
  lode_host *self = ud;
  size_t held = block == NULL ? 0 : old_size; /* without a block old_size is a type tag */
  if (new_size == 0) {
    free(block);
    self->used -= held;
    return NULL;
  }
  bool over =
      self->limit != 0 && new_size > held && (self->used > self->limit || new_size - held > self->limit - self->used);
  void *made = over ? NULL : realloc(block, new_size);
  if (made == NULL) {
    if (over) self->refused = true;
    /* A coroutine that is being closed has no line of its own: what was noted before is nearer to the cause. */
    bool noted = self->running != NULL && lode__where(self->running, &self->refused_at);
    if (!noted && self->running != NULL && self->refused_at.line == 0) lode__where(self->L, &self->refused_at);
    return NULL;
  }
  self->used = self->used - held + new_size;
  return made;
}

/* lua_getstack and lua_getinfo with "Sl" only read, so this may run inside the allocator, a hook, and a
 * signal handler that found the script inside a long C function. */
bool lode__where(lua_State *L, lode__place *out) {
  lua_Debug frame;
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (!lua_getinfo(L, "Sl", &frame) || frame.source[0] != '@' || frame.currentline <= 0) continue;
    size_t len = strlen(frame.source + 1);
    if (len >= sizeof out->path) len = sizeof out->path - 1;
    memcpy(out->path, frame.source + 1, len);
    out->path[len] = '\0';
    out->line = frame.currentline;
    return true;
  }
  return false;
}

static void stop(lua_State *L, lua_Debug *event) {
  (void)event;
  lode_host *self = lode__host(L);
  if (!self->interrupted) { /* a coroutine of the script that outlived the page it was stopped on */
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  if (self->stopped_at.line == 0) lode__where(L, &self->stopped_at);
  luaL_error(L, "deadline: the script took too long");
}

static void hook(lua_State *L) {
  lua_sethook(L, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
}

void lode__rehook(lode_host *self, lua_State *L) {
  if (self->interrupted) hook(L);
}

/* The hook is never taken away while the door is closed, so a script that catches the error meets it again at
 * its next instruction, one pcall further out each time. */
void lode_host_interrupt(lode_host *self) {
  lua_State *running = self->running;
  if (running == NULL) return;
  self->interrupted = 1;
  hook(self->L);
  if (running != self->L) hook(running);
}

void lode_host_where(lode_host *self, char *out, size_t size) {
  lode__place place;
  lua_State *running = self->running;
  if (size == 0) return;
  out[0] = '\0';
  if (running == NULL || !lode__where(running, &place)) return;
  char digits[16];
  size_t count = 0;
  for (int n = place.line; n > 0; n /= 10) digits[count++] = (char)('0' + n % 10);
  size_t len = strlen(place.path);
  if (len + count + 2 > size) return; /* no half names; snprintf is not safe in a handler */
  memcpy(out, place.path, len);
  out[len++] = ':';
  while (count > 0) out[len++] = digits[--count];
  out[len] = '\0';
}

/* Where message is "name:LINE: rest": the rest and the line. */
static const char *after_position(const char *message, const char *name, uint32_t *line) {
  size_t len = strlen(name);
  if (len == 0 || strncmp(message, name, len) != 0 || message[len] != ':' || !isdigit((unsigned char)message[len + 1]))
    return NULL;
  char *end;
  unsigned long number = strtoul(message + len + 1, &end, 10);
  if (strncmp(end, ": ", 2) != 0) return NULL;
  *line = (uint32_t)number;
  return end + 2;
}

static void fail_at(lode_err *err, const char *path, uint32_t line) {
  lode_err_at(err, path, line, LODE_NO_BYTE);
}

/* luaL_error writes short_src (60 bytes at most) before a message: it is taken off again, and the full name
 * of the chunk goes into err->path. */
static void describe(lua_State *L, lode_err *err, const char *message) {
  lode_host *self = lode__host(L);
  uint32_t line = 0;
  const char *rest = after_position(message, self->broken, &line);
  if (rest != NULL) {
    lode_fail(err, LODE_E_SCRIPT, "%s", rest);
    fail_at(err, self->broken, line);
    return;
  }
  lua_Debug frame;
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (!lua_getinfo(L, "S", &frame) || frame.source[0] != '@') continue;
    rest = after_position(message, frame.short_src, &line);
    if (rest == NULL) continue;
    lode_fail(err, LODE_E_SCRIPT, "%s", rest);
    fail_at(err, frame.source + 1, line);
    return;
  }
  lode_fail(err, LODE_E_SCRIPT, "%s", message);
  lode__place place;
  if (lode__where(L, &place)) fail_at(err, place.path, (uint32_t)place.line);
  else if (self->blamed.line > 0) fail_at(err, self->blamed.path, (uint32_t)self->blamed.line);
}

/* Is the key function of a group on the stack?  Then the error is the group's, wherever the record came from.  Each
 * level is counted from the top again, so a stack that overflowed is not walked to its end. */
static const char *group_of(lua_State *L) {
  enum { LEVELS_MAX = 200 };
  const lode_host *self = lode__host(L);
  lua_Debug frame;
  for (int level = 0; self->group_count > 0 && level < LEVELS_MAX && lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "f", &frame);
    for (size_t i = 0; i < self->group_count; i++) {
      lua_rawgeti(L, LUA_REGISTRYINDEX, self->groups[i].key);
      bool same = lua_rawequal(L, -1, -2);
      lua_pop(L, 1);
      if (!same) continue;
      lua_pop(L, 1);
      return self->groups[i].name;
    }
    lua_pop(L, 1);
  }
  return NULL;
}

static void prefix_message(lode_err *err, const char *format, ...) {
  char prefix[256], message[sizeof err->message];
  va_list args;
  va_start(args, format);
  vsnprintf(prefix, sizeof prefix, format, args);
  va_end(args);
  snprintf(message, sizeof message, "%s", err->message);
  snprintf(err->message, sizeof err->message, "%s%.*s", prefix, (int)(sizeof message - sizeof prefix), message);
}

static int handle(lua_State *L) {
  lode_host *self = lode__host(L);
  const char *message = lua_tostring(L, 1);
  if (message == NULL && luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL) message = luaL_tolstring(L, 1, NULL);
  if (message == NULL) message = lua_pushfstring(L, "an error that is a %s, not a message", luaL_typename(L, 1));
  lua_State *at = self->running != NULL ? self->running : L;
  describe(at, &self->failure, message);
  const char *group = self->stage == LODE__PAGE && lua_checkstack(at, 3) ? group_of(at) : NULL;
  if (group != NULL) prefix_message(&self->failure, "group \"%.100s\": its key function: ", group);
  return 1;
}

static int outcome(lode_host *self, int status, lode_err *err) {
  if (status == LUA_OK) return 0;
  if (self->interrupted) {
    lode_fail(err, LODE_E_TIMEOUT, "the script took too long here and was stopped");
    if (self->stopped_at.line > 0) fail_at(err, self->stopped_at.path, (uint32_t)self->stopped_at.line);
    return LODE_E_TIMEOUT;
  }
  /* A coroutine's or a string buffer's memory error arrives as an ordinary error of this message. */
  if (status == LUA_ERRMEM || strcmp(self->failure.message, "not enough memory") == 0) {
    int code = self->refused ? LODE_E_LIMIT : LODE_E_NOMEM;
    if (self->refused) lode_fail(err, code, "not enough memory: the script may hold %zu MB", self->limit >> 20);
    else lode_fail(err, code, "not enough memory");
    if (self->refused_at.line > 0) fail_at(err, self->refused_at.path, (uint32_t)self->refused_at.line);
    return code;
  }
  if (self->failure.code == 0) lode_fail(&self->failure, LODE_E_SCRIPT, "an error inside the handling of an error");
  if (err != NULL) *err = self->failure;
  return self->failure.code;
}

int lode__call(lode_host *self, lode__stage stage, lua_CFunction fn, void *ud, lode_err *err) {
  lua_State *L = self->L;
  lode_err_clear(&self->failure);
  self->refused = false;
  self->refused_at.line = self->stopped_at.line = self->blamed.line = 0;
  self->interrupted = 0;
  self->stage = stage;
  lua_pushcfunction(L, handle);
  lua_pushcfunction(L, fn);
  lua_pushlightuserdata(L, ud);
  self->running = L;
  int status = lua_pcall(L, 1, 0, -3);
  self->running = NULL;
  self->stage = LODE__IDLE;
  int code = outcome(self, status, err);
  lua_sethook(L, NULL, 0, 0);
  self->interrupted = 0;
  lua_settop(L, 0);
  if (status == LUA_ERRMEM) lua_gc(L, LUA_GCCOLLECT);
  return code;
}

void lode__blame(lua_State *L, int function) {
  lode_host *self = lode__host(L);
  lua_Debug about;
  lua_pushvalue(L, function);
  lua_getinfo(L, ">S", &about);
  if (about.source[0] != '@' || about.linedefined <= 0) return;
  snprintf(self->blamed.path, sizeof self->blamed.path, "%s", about.source + 1);
  self->blamed.line = about.linedefined;
}

void lode__blame_group(lode_err *err, const char *group, lode_str key) {
  prefix_message(err, "group \"%.100s\", key \"%.*s\": ", group, (int)(key.len < 80 ? key.len : 80), key.ptr);
}

void lode__check(lua_State *L, int code, const lode_err *err) {
  if (code == 0) return;
  if (err != NULL && err->message[0] != '\0') luaL_error(L, "%s", err->message);
  luaL_error(L, "%s", code == LODE_E_NOMEM ? "out of memory" : lode_err_name(code));
}

int lode__try(lua_State *L, int args, int results, lode_err *err) {
  lode_host *self = lode__host(L);
  int function = lua_gettop(L) - args;
  lode_err_clear(&self->failure);
  lua_pushcfunction(L, handle);
  lua_insert(L, function);
  int status = lua_pcall(L, args, results, function);
  lua_remove(L, function);
  if (status == LUA_OK) return 0;
  lua_pop(L, 1);
  return outcome(self, status, err);
}

void lode__raise(lua_State *L, const lode_err *err) {
  lode_host *self = lode__host(L);
  if (err->code == LODE_E_LIMIT && self->refused) lua_pushliteral(L, "not enough memory");
  else if (err->path[0] == '\0') lua_pushstring(L, err->message);
  else {
    snprintf(self->broken, sizeof self->broken, "%s", err->path);
    lua_pushfstring(L, "%s:%d: %s", err->path, (int)err->line, err->message);
  }
  lua_error(L);
}
