/* Locals of the script that a stage, or keep and emit of a rule, assigns: `local n = 0; lode.page(function(p) n = n + 1 end)`.
 *
 * Each worker has its own copy, so what the next page finds there would depend on how pages were shared out.  So every
 * stage begins with the values that the load left.  Which up-values are assigned stands in the bytecode of the stage
 * functions and of the script's functions that they reach: OP_SETUPVAL.  lua_dump writes it; the form below is that
 * of Lua 5.4 (ldump.c), all versions of it, and a dump that does not read to its end as expected counts for nothing.
 *
 * A variable that is read before it is assigned, in one and the same function, was meant to be carried from page to
 * page, and that is warned of; one that is set first (the page at hand, for helpers) was not. */
#include "rulebook.h"

#include <string.h>

enum { OP_GETUPVAL = 9, OP_SETUPVAL = 10, DEPTH_MAX = 32, UPVALUES = 255, ABSOLUTE_LINE = -0x80 };
_Static_assert(LUA_VERSION_NUM == 504, "the form of bytecode is that of Lua 5.4");
static const char KEPT[] = "lode.kept";

typedef struct access {
  bool assigned, set_first, read_first;
  uint32_t line; /* of the first assignment that follows a reading */
} access;

typedef struct dump {
  const unsigned char *ptr, *end;
  bool bad;
} dump;

static const unsigned char *take(dump *self, size_t len) {
  if (self->bad || len > (size_t)(self->end - self->ptr)) {
    self->bad = true;
    return NULL;
  }
  self->ptr += len;
  return self->ptr - len;
}

static unsigned take_byte(dump *self) {
  const unsigned char *byte = take(self, 1);
  return byte == NULL ? 0 : *byte;
}

/* Seven bits a byte, the highest first; the last one has its top bit set. */
static size_t take_size(dump *self) {
  size_t value = 0;
  for (int i = 0; i < 10; i++) {
    unsigned byte = take_byte(self);
    value = value << 7 | (byte & 0x7F);
    if (byte & 0x80 || self->bad) return value;
  }
  self->bad = true;
  return 0;
}

static void skip_string(dump *self) {
  size_t size = take_size(self);
  if (size > 0) take(self, size - 1);
}

static void skip_constants(dump *self) {
  size_t count = take_size(self);
  for (size_t i = 0; i < count && !self->bad; i++) {
    switch (take_byte(self)) {
      case 0x00:
      case 0x01:
      case 0x11: break; /* nil, false, true */
      case 0x03: take(self, sizeof(lua_Integer)); break;
      case 0x13: take(self, sizeof(lua_Number)); break;
      case 0x04:
      case 0x14: skip_string(self); break;
      default: self->bad = true;
    }
  }
}

/* ---- the lines of a function's instructions ---- */

typedef struct body {
  const unsigned char *at, *lines;
  size_t count, line_count;
  uint32_t first_line;
} body;

static uint32_t instruction(const body *self, size_t pc) {
  uint32_t value;
  memcpy(&value, self->at + pc * sizeof value, sizeof value);
  return value;
}

/* Lines are differences; where one does not fit in a byte the line stands in a table of its own, in order. */
static uint32_t line_of(const body *self, dump absolute, size_t pc) {
  uint32_t line = self->first_line;
  for (size_t i = 0; i <= pc && i < self->line_count; i++) {
    int step = self->lines[i] < 0x80 ? self->lines[i] : (int)self->lines[i] - 0x100;
    if (step == ABSOLUTE_LINE) {
      size_t of = i;
      do of = take_size(&absolute), line = (uint32_t)take_size(&absolute);
      while (of < i && !absolute.bad);
    } else {
      line += (uint32_t)step;
    }
  }
  return absolute.bad ? self->first_line : line;
}

static void note_accesses(const body *self, dump absolute, const unsigned char *map, access *out) {
  bool seen[UPVALUES + 1] = {false}, read[UPVALUES + 1] = {false};
  for (size_t pc = 0; pc < self->count; pc++) {
    uint32_t op = instruction(self, pc) & 0x7F, upvalue = instruction(self, pc) >> 16 & 0xFF;
    if (op != OP_GETUPVAL && op != OP_SETUPVAL) continue;
    unsigned own = map[upvalue];
    bool first = !seen[upvalue];
    seen[upvalue] = true;
    if (first && op == OP_GETUPVAL) read[upvalue] = true;
    if (own == UPVALUES || op == OP_GETUPVAL) continue;
    if (first) out[own].set_first = true;
    uint32_t line = line_of(self, absolute, pc);
    if (read[upvalue] && (!out[own].read_first || line < out[own].line)) {
      out[own].read_first = true;
      out[own].line = line;
    }
    out[own].assigned = true;
  }
}

/* `map` gives for each up-value of this function the one of the outermost function that it is, or UPVALUES. */
static void read_function(dump *self, const unsigned char *map, access *out, int depth) {
  body code = {0};
  skip_string(self);
  code.first_line = (uint32_t)take_size(self);
  take_size(self);
  take(self, 3);
  code.count = take_size(self);
  if (depth > DEPTH_MAX || code.count > (size_t)(self->end - self->ptr) / 4) self->bad = true;
  code.at = take(self, self->bad ? 0 : code.count * 4);
  skip_constants(self);
  size_t upvalues = take_size(self);
  if (upvalues > UPVALUES) self->bad = true;
  const unsigned char *names =
      take(self, self->bad ? 0 : upvalues * 3); /* in the stack of the outer one, index, kind */
  unsigned char own[UPVALUES + 1];
  memset(own, UPVALUES, sizeof own);
  for (size_t i = 0; i < upvalues && !self->bad; i++) {
    if (map == NULL) own[i] = (unsigned char)i;
    else if (names[i * 3] == 0) own[i] = map[names[i * 3 + 1]];
  }
  size_t inner = take_size(self);
  for (size_t i = 0; i < inner && !self->bad; i++) read_function(self, own, out, depth + 1);
  code.line_count = take_size(self);
  if (code.line_count > (size_t)(self->end - self->ptr)) self->bad = true;
  code.lines = take(self, self->bad ? 0 : code.line_count);
  size_t absolutes = take_size(self);
  dump absolute = *self;
  for (size_t i = 0; i < absolutes && !self->bad; i++) take_size(self), take_size(self);
  size_t locals = take_size(self);
  for (size_t i = 0; i < locals && !self->bad; i++) skip_string(self), take_size(self), take_size(self);
  size_t named = take_size(self);
  for (size_t i = 0; i < named && !self->bad; i++) skip_string(self);
  if (!self->bad) note_accesses(&code, absolute, own, out);
}

static int append(lua_State *L, const void *bytes, size_t len, void *ud) {
  (void)L;
  return lode_buf_add(ud, bytes, len, NULL);
}

/* What the Lua function at `function` does with its up-values. [0, 0, e] */
static bool read_accesses(lua_State *L, int function, access *out) {
  enum { HEADER = 4 + 1 + 1 + 6 + 3 + sizeof(lua_Integer) + sizeof(lua_Number) + 1 };
  lode_buf *bytes = &lode__host(L)->scratch;
  bytes->len = 0;
  lua_pushvalue(L, function);
  int failed = lua_dump(L, append, bytes, 0);
  lua_pop(L, 1);
  lode__check(L, failed, NULL);
  dump from = {(const unsigned char *)bytes->ptr, (const unsigned char *)bytes->ptr + bytes->len, false};
  memset(out, 0, (UPVALUES + 1) * sizeof *out);
  take(&from, HEADER);
  read_function(&from, NULL, out, 0);
  return !from.bad && from.ptr == from.end;
}

/* ---- the script's functions ---- */

typedef struct walk {
  int seen, kept; /* stack: functions that were looked at; function, number and value of each assigned up-value */
  const char *stage, *per;
} walk;

static void warn(lua_State *L, int function, const walk *self, const char *name, uint32_t line) {
  lua_Debug about;
  lua_pushvalue(L, function);
  lua_getinfo(L, ">S", &about);
  int code =
      lode_buf_printf(&lode__host(L)->warnings, NULL,
                      "%s:%u: warning: local \"%s\" is changed by the %s stage but starts anew for each %s: to "
                      "count over pages use lode.counter, to collect lode.group\n",
                      about.source[0] == '@' ? about.source + 1 : about.short_src, line, name, self->stage, self->per);
  lode__check(L, code, NULL);
}

static void keep(lua_State *L, const walk *self, int function, int upvalue) {
  lua_Integer count = (lua_Integer)lua_rawlen(L, self->kept);
  lua_newtable(L);
  lua_pushvalue(L, function);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, upvalue);
  lua_rawseti(L, -2, 2);
  lua_getupvalue(L, function, upvalue);
  lua_rawseti(L, -2, 3);
  lua_rawseti(L, self->kept, count + 1);
}

/* Was this variable met before?  Closures share their up-values: the variable is known by its address. */
static bool is_known(lua_State *L, const walk *self, int function, int upvalue, bool add) {
  lua_rawgetp(L, self->seen, lua_upvalueid(L, function, upvalue));
  bool known = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (!add) return known;
  lua_pushboolean(L, 1);
  lua_rawsetp(L, self->seen, lua_upvalueid(L, function, upvalue));
  return known;
}

static void look_into(lua_State *L, const walk *self, int function, int depth) {
  luaL_checkstack(L, 8, "functions inside functions");
  lua_pushvalue(L, function);
  bool looked = lua_rawget(L, self->seen) != LUA_TNIL || depth > DEPTH_MAX || lua_iscfunction(L, function);
  lua_pop(L, 1);
  if (looked) return;
  lua_pushvalue(L, function);
  lua_pushboolean(L, 1);
  lua_rawset(L, self->seen);
  access found[UPVALUES + 1];
  bool readable = read_accesses(L, function, found);
  const char *name;
  for (int i = 1; readable && (name = lua_getupvalue(L, function, i)) != NULL; i++) {
    lua_pop(L, 1);
    /* The stage itself comes first: what it sets before it reads is of this page. */
    bool stage_sets = depth == 0 && found[i - 1].set_first && !found[i - 1].read_first;
    if (found[i - 1].read_first && !is_known(L, self, function, i, false)) {
      warn(L, function, self, name, found[i - 1].line);
      is_known(L, self, function, i, true);
    } else if (stage_sets) {
      is_known(L, self, function, i, true);
    }
    if (found[i - 1].assigned) keep(L, self, function, i);
  }
  for (int i = 1; lua_getupvalue(L, function, i) != NULL; i++) {
    int value = lua_gettop(L);
    if (lua_isfunction(L, value)) look_into(L, self, value, depth + 1);
    lua_settop(L, value - 1);
  }
}

static void look_at_stage(lua_State *L, int reference, const char *stage, const char *per) {
  if (reference == LUA_NOREF) return;
  lua_getfield(L, LUA_REGISTRYINDEX, KEPT);
  lua_newtable(L);
  const walk self = {lua_gettop(L), lua_gettop(L) - 1, stage, per};
  lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
  look_into(L, &self, lua_gettop(L), 0);
  lua_pop(L, 3);
}

void lode__keep_locals(lua_State *L) {
  lode_host *self = lode__host(L);
  lua_newtable(L);
  lua_setfield(L, LUA_REGISTRYINDEX, KEPT);
  look_at_stage(L, self->page_stage, "page", "page");
  for (size_t i = 0; i < self->group_count; i++) {
    look_at_stage(L, self->groups[i].key, "group", "page");
    look_at_stage(L, self->groups[i].reduce, "group", "key");
  }
  for (size_t i = 0; i < lode__rule_count(self); i++) {
    look_at_stage(L, self->book->items[i].keep, "page", "page");
    look_at_stage(L, self->book->items[i].emit, "page", "page");
  }
  lua_getfield(L, LUA_REGISTRYINDEX, KEPT);
  self->has_kept = lua_rawlen(L, -1) > 0;
  lua_pop(L, 1);
}

void lode__restore_locals(lua_State *L) {
  if (!lode__host(L)->has_kept) return;
  lua_getfield(L, LUA_REGISTRYINDEX, KEPT);
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    int upvalue = (int)lua_tointeger(L, -1);
    lua_rawgeti(L, -3, 3);
    lua_setupvalue(L, -3, upvalue);
    lua_pop(L, 3);
  }
  lua_pop(L, 1);
}
