/* The table `lode`: what a script declares at load, and where the other bindings hang. */
#include "luahost.h"

#include "fold.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

static lode_host *at_load(lua_State *L, const char *what) {
  lode__check_stage(L, LODE__LOAD, what, "it belongs to the top of the script, outside of the stages");
  return lode__host(L);
}

static int declare_stage(lua_State *L, const char *what, int *stage) {
  lode_host *self = at_load(L, what);
  if (!lua_isfunction(L, 1)) return luaL_error(L, "%s takes a function, not a %s", what, lode__type_name(L, 1));
  if (*stage != LUA_NOREF) return luaL_error(L, "%s was called before: a script has one such stage", what);
  if (stage == &self->page_stage) lode__warn_of_state(L, 1, "page");
  lua_settop(L, 1);
  *stage = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

static int declare_page(lua_State *L) {
  return declare_stage(L, "lode.page", &lode__host(L)->page_stage);
}
static int declare_done(lua_State *L) {
  return declare_stage(L, "lode.done", &lode__host(L)->done_stage);
}

static const char *keep_string(lua_State *L, int index) {
  lode_str text = lode__check_text(L, index);
  return lode__keep(L, text.ptr, text.len);
}

static lode__group *add_group(lua_State *L) {
  lode_host *self = lode__host(L);
  if (self->group_count == LODE__MAX_GROUPS) luaL_error(L, "lode.group: at most %d groups", LODE__MAX_GROUPS);
  if (self->group_count == self->group_cap) {
    size_t cap = lode_size_grow(self->group_cap, 8);
    lode__group *groups = realloc(self->groups, lode_size_mul(cap, sizeof *groups));
    if (groups == NULL) luaL_error(L, "out of memory");
    self->groups = groups;
    self->group_cap = cap;
  }
  return &self->groups[self->group_count];
}

static int group_function(lua_State *L, const char *field, const char *group) {
  if (lua_getfield(L, 1, field) != LUA_TFUNCTION) {
    luaL_error(L, "lode.group \"%s\": %s must be a function, not a %s", group, field, lode__type_name(L, -1));
  }
  lode__warn_of_state(L, -1, "group");
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

static int declare_group(lua_State *L) {
  static const char *const names[] = {"name", "label", "key", "reduce", NULL};
  lode_host *self = at_load(L, "lode.group");
  if (!lua_istable(L, 1))
    return luaL_error(L, "lode.group takes a table, lode.group{ name =, label =, key =, reduce = }");
  lua_settop(L, 1);
  lode__check_options(L, 1, "lode.group", names, 0);
  lode__group made = {0};
  if (lua_getfield(L, 1, "name") != LUA_TSTRING) return luaL_error(L, "lode.group: name must be a string");
  made.name = keep_string(L, -1);
  for (size_t i = 0; i < self->group_count; i++) {
    if (strcmp(self->groups[i].name, made.name) == 0)
      return luaL_error(L, "lode.group: there is a group \"%s\" already", made.name);
  }
  int type = lua_getfield(L, 1, "label");
  if (type != LUA_TNIL && type != LUA_TSTRING)
    return luaL_error(L, "lode.group \"%s\": label must be a record type", made.name);
  made.label = type == LUA_TNIL ? NULL : keep_string(L, -1);
  made.key = group_function(L, "key", made.name);
  made.reduce = group_function(L, "reduce", made.name);
  *add_group(L) = made;
  self->group_count++;
  return 0;
}

/* ---- lists of names ---- */

static lua_Integer check_list(lua_State *L, const char *what) {
  if (lua_type(L, 1) == LUA_TSTRING) {
    lua_newtable(L);
    lua_insert(L, 1);
    lua_rawseti(L, 1, 1);
  }
  if (!lua_istable(L, 1))
    luaL_error(L, "%s takes a list of names, %s{\"a\", \"b\"}, not a %s", what, what, lode__type_name(L, 1));
  lua_settop(L, 1);
  return (lua_Integer)lua_rawlen(L, 1);
}

static lode_str list_item(lua_State *L, const char *what, lua_Integer i) {
  lua_settop(L, 1);
  if (lua_rawgeti(L, 1, i) != LUA_TSTRING)
    luaL_error(L, "%s: item %d is a %s, not a name", what, (int)i, lode__type_name(L, -1));
  return lode__check_text(L, -1);
}

static void add_word(lua_State *L, lode_table *table, lode_str word) {
  lode_err err;
  if (lode_table_add(table, word.ptr, word.len, NULL, &err) == LODE_NO_ID) lode__check(L, err.code, &err);
}

static int declare_columns(lua_State *L) {
  lode_host *self = at_load(L, "lode.columns");
  lua_Integer count = check_list(L, "lode.columns");
  const char **columns = lode_arena_take(&self->memory, (size_t)count + 1, sizeof *columns, NULL);
  if (columns == NULL) return luaL_error(L, "out of memory");
  for (lua_Integer i = 1; i <= count; i++) {
    lode_str name = list_item(L, "lode.columns", i);
    columns[i - 1] = lode__keep(L, name.ptr, name.len);
  }
  self->columns = columns;
  self->column_count = (size_t)count;
  return 0;
}

/* lode.format"text": what -f says where it is not given. */
static int declare_format(lua_State *L) {
  lode_host *self = at_load(L, "lode.format");
  size_t len;
  const char *name = luaL_checklstring(L, 1, &len);
  if (self->options.format == NULL) self->options.format = lode__keep(L, name, len);
  return 0;
}

static int declare_output(lua_State *L) {
  lode_host *self = at_load(L, "lode.output");
  lua_Integer count = check_list(L, "lode.output");
  for (lua_Integer i = 1; i <= count; i++) {
    lode_str label = list_item(L, "lode.output", i);
    if (!self->labels_fixed) add_word(L, &self->labels, label);
  }
  return 0;
}

static int declare_stopwords(lua_State *L) {
  lode_host *self = at_load(L, "lode.stopwords");
  lua_Integer count = check_list(L, "lode.stopwords");
  for (lua_Integer i = 1; i <= count; i++) {
    lode_str word = list_item(L, "lode.stopwords", i);
    lode_err err;
    self->scratch.len = 0;
    lode__check(L, lode_fold_token(word.ptr, word.len, &self->scratch, &err), &err);
    add_word(L, &self->stops, (lode_str){self->scratch.ptr, self->scratch.len});
  }
  return 0;
}

/* Section and its words: one string with spaces between them, or a list. */
static void add_abbreviations(lua_State *L, const char *section, int index) {
  lode_host *self = lode__host(L);
  lode_err err;
  int type = lua_type(L, index);
  if (type != LUA_TSTRING && type != LUA_TTABLE)
    luaL_error(L, "lode.abbreviations: %s must be words, \"usw bzw\", or a list of them, not a %s", section,
               lode__type_name(L, index));
  if (type == LUA_TSTRING) {
    lode_str words = lode__check_text(L, index);
    for (size_t at = 0, end; at < words.len; at = end + 1) {
      for (end = at; end < words.len && (unsigned char)words.ptr[end] > ' ';) end++;
      if (end == at) continue;
      lode__check(L, lode_lists_add(&self->lists, section, (lode_str){words.ptr + at, end - at}, &err), &err);
    }
    return;
  }
  lua_Integer count = (lua_Integer)lua_rawlen(L, index);
  for (lua_Integer i = 1; i <= count; i++) {
    if (lua_rawgeti(L, index, i) != LUA_TSTRING)
      luaL_error(L, "lode.abbreviations: item %d of %s is a %s, not a word", (int)i, section, lode__type_name(L, -1));
    add_abbreviations(L, section, lua_gettop(L));
    lua_pop(L, 1);
  }
}

/* lode.abbreviations{ unit = "usw bzw", title = {"dipl"} }, or the text of a file of the same form as src/text/data. */
static int declare_abbreviations(lua_State *L) {
  lode_host *self = at_load(L, "lode.abbreviations");
  lode_err err;
  if (lua_type(L, 1) == LUA_TSTRING) {
    lode_str text = lode__check_text(L, 1);
    lode_err_clear(&err);
    if (lode_lists_read(&self->lists, text.ptr, text.len, &err) != 0)
      return luaL_error(L, "lode.abbreviations: line %d: %s", (int)err.line, err.message);
    return 0;
  }
  if (!lua_istable(L, 1))
    return luaL_error(L, "lode.abbreviations takes a table, lode.abbreviations{ unit = \"usw bzw\" }, not a %s",
                      lode__type_name(L, 1));
  lua_settop(L, 1);
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, 1, &count);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL)
      return luaL_error(L, "lode.abbreviations: say what the words are: lode.abbreviations{ unit = \"usw bzw\" }");
    lua_pushlstring(L, keys[i].ptr, keys[i].len);
    const char *section = lua_tostring(L, -1);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    add_abbreviations(L, section, lua_gettop(L));
    lua_pop(L, 2);
  }
  return 0;
}

static int is_stopword(lua_State *L) {
  lode_host *self = lode__host(L);
  lode_str word = lode__check_text(L, 1);
  lode_err err;
  self->scratch.len = 0;
  lode__check(L, lode_fold_token(word.ptr, word.len, &self->scratch, &err), &err);
  lua_pushboolean(L, lode_table_find(&self->stops, self->scratch.ptr, self->scratch.len) != LODE_NO_ID);
  return 1;
}

/* ---- --arg NAME=VALUE ---- */

static void push_args(lua_State *L) {
  const lode_host *self = lode__host(L);
  lua_newtable(L);
  for (size_t i = 0; self->options.args != NULL && self->options.args[i] != NULL; i++) {
    const char *pair = self->options.args[i], *equals = strchr(pair, '=');
    if (equals == NULL) luaL_error(L, "--arg %s: write NAME=VALUE", pair);
    lode__push_text(L, pair, (size_t)(equals - pair));
    lode__push_text(L, equals + 1, strlen(equals + 1));
    lua_rawset(L, -3);
  }
  lua_newtable(L); /* an argument that was not given is nil, not an error */
  lua_setmetatable(L, -2);
  lode__lock(L, "lode.args");
}

void lode__open_lode(lua_State *L) {
  static const luaL_Reg functions[] = {{"abbreviations", declare_abbreviations},
                                       {"columns", declare_columns},
                                       {"format", declare_format},
                                       {"done", declare_done},
                                       {"group", declare_group},
                                       {"is_stopword", is_stopword},
                                       {"output", declare_output},
                                       {"page", declare_page},
                                       {"read", lode__read},
                                       {"stopwords", declare_stopwords},
                                       {"table", lode__make_table},
                                       {"why", lode__why},
                                       {NULL, NULL}};
  luaL_newlib(L, functions);
  int table = lua_gettop(L);
  lode__add_text(L, table);
  lode__open_counter(L);
  lua_setfield(L, table, "counter");
  lode__open_json(L);
  lua_setfield(L, table, "json");
  push_args(L);
  lua_setfield(L, table, "args");
  lua_pushliteral(L, LODE_VERSION);
  lua_setfield(L, table, "version");
  lode__open_rules(L, table);
  lode__open_zones(L, table);
  lode__lock(L, "lode");
}
