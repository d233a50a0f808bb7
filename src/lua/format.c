/* Output formats: Lua files that return a table.
 *
 *     head(run)            text before the first record, or nil
 *     row(record, run)     text of one record, or nil
 *     foot(run)            text at the end, or nil
 *     raw = true           records pass as they are (JSON lines); no function is called
 *     text = true          row gets the record as its JSON text, not as a table
 *
 * run.columns: --fields, else lode.columns (run.chosen is true), else the fields of the first record in its order.
 * `print` goes to standard error, as in a script (lode_host_notes).  The columns are known when
 * the first record comes, so head is called then (or at the end, where none came). */
#include "luahost.h"

#include <dirent.h>
#include <string.h>

typedef struct call {
  const lode_totals *totals;
  lode_str record;
  lode_buf *out;
} call;

/* ---- finding and loading ---- */

static bool is_path(const char *format) {
  size_t len = strlen(format);
  return strchr(format, '/') != NULL || (len > 4 && strcmp(format + len - 4, ".lua") == 0);
}

static int unknown_format(lua_State *L, const char *format, const char *folder) {
  lua_newtable(L);
  int names = lua_gettop(L);
  DIR *dir = opendir(folder);
  if (dir != NULL) {
    char kept[32][32];
    size_t count = 0;
    for (struct dirent *item; count < 32 && (item = readdir(dir)) != NULL;) {
      size_t len = strlen(item->d_name);
      if (len <= 4 || len - 4 >= sizeof kept[0] || strcmp(item->d_name + len - 4, ".lua") != 0) continue;
      memcpy(kept[count], item->d_name, len - 4);
      kept[count++][len - 4] = '\0';
    }
    closedir(dir);
    for (size_t i = 0; i < count; i++) {
      lua_pushboolean(L, 1);
      lua_setfield(L, names, kept[i]);
    }
  }
  const char *near = lode__suggest_key(L, format, names);
  if (near[0] != '\0') return luaL_error(L, "there is no output format \"%s\"%s", format, near);
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, names, &count);
  luaL_Buffer list;
  luaL_buffinit(L, &list);
  for (size_t i = 0; i < count; i++) {
    luaL_addlstring(&list, keys[i].ptr, keys[i].len);
    luaL_addstring(&list, ", ");
  }
  luaL_pushresult(&list);
  return luaL_error(L, "there is no output format \"%s\": there is %sor a file of your own, -f ./mine.lua", format,
                    lua_tostring(L, -1));
}

static void load_format_file(lua_State *L, const char *format) {
  const lode_host *self = lode__host(L);
  if (is_path(format)) {
    lode__load_file(L, format, format);
    return;
  }
  const char *folder = lua_pushfstring(L, "%s/lode/out", self->options.library);
  const char *path = lua_pushfstring(L, "%s/%s.lua", folder, format);
  DIR *dir = opendir(folder);
  bool there = false;
  const char *file = path + strlen(folder) + 1;
  for (struct dirent *item; dir != NULL && (item = readdir(dir)) != NULL;)
    there = there || strcmp(item->d_name, file) == 0;
  if (dir != NULL) closedir(dir);
  if (!there) unknown_format(L, format, folder);
  lode__load_file(L, path, lua_pushfstring(L, "lode/out/%s", file));
}

static bool flag(lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  bool set = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return set;
}

void lode__load_format(lua_State *L) {
  lode_host *self = lode__host(L);
  const char *format = self->options.format == NULL ? "jsonl" : self->options.format;
  int top = lua_gettop(L);
  load_format_file(L, format);
  lua_call(L, 0, 1);
  if (!lua_istable(L, -1)) luaL_error(L, "the output format %s must return a table with row(record, run)", format);
  self->format_raw = flag(L, "raw");
  self->format_text = flag(L, "text");
  bool has_row = lua_getfield(L, -1, "row") == LUA_TFUNCTION;
  lua_pop(L, 1);
  if (!self->format_raw && !has_row) luaL_error(L, "the output format %s has no function row(record, run)", format);
  self->format = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  self->format_run = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_settop(L, top);
}

/* ---- columns ---- */

static void push_fields(lua_State *L, const char *fields) {
  lua_newtable(L);
  lua_Integer count = 0;
  for (const char *at = fields; *at != '\0';) {
    size_t len = strcspn(at, ",");
    if (len > 0) {
      lua_pushlstring(L, at, len);
      lua_rawseti(L, -2, ++count);
    }
    at += len + (at[len] == ',');
  }
}

static void push_columns(lua_State *L, lode_str record) {
  const lode_host *self = lode__host(L);
  if (self->options.fields != NULL) {
    push_fields(L, self->options.fields);
    return;
  }
  lua_newtable(L);
  lua_Integer count = 0;
  for (; (size_t)count < self->column_count; count++) {
    lua_pushstring(L, self->columns[count]);
    lua_rawseti(L, -2, count + 1);
  }
  if (count > 0) lode__add_review_columns(L);
  if (count > 0 || record.ptr == NULL) return;
  lode_json_iter iter = lode_json_iter_of((lode_json_value){LODE_JSON_OBJECT, record});
  lode_json_value name, value;
  while (lode_json_next(&iter, &name, &value)) {
    lode__push_json(L, name, true);
    lua_rawseti(L, -2, ++count);
  }
}

/* ---- calling ---- */

/* What the function on the stack under `args` values gives goes to out. */
static void call_part(lua_State *L, const char *part, int args, lode_buf *out) {
  lode__blame(L, -args - 1);
  lua_call(L, args, 1);
  if (!lua_isnil(L, -1)) {
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "the output format's %s must give a string or nil, not a %s", part, lode__type_name(L, -1));
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    lode__check(L, lode_buf_add(out, text, len, NULL), NULL);
  }
  lua_pop(L, 1);
}

static void call_ends(lua_State *L, const char *part, lode_buf *out) {
  const lode_host *self = lode__host(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->format);
  if (lua_getfield(L, -1, part) == LUA_TFUNCTION) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, self->format_run);
    call_part(L, part, 1, out);
    lua_pop(L, 1);
    return;
  }
  lua_pop(L, 2);
}

static void begin(lua_State *L, const call *with) {
  lode_host *self = lode__host(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->format_run);
  lua_pushboolean(L, self->options.fields != NULL || self->column_count > 0);
  lua_setfield(L, -2, "chosen");
  push_columns(L, with->record);
  lua_setfield(L, -2, "columns");
  lua_pop(L, 1);
  self->format_begun = true;
  call_ends(L, "head", with->out);
}

static int do_row(lua_State *L) {
  const call *with = lua_touserdata(L, 1);
  const lode_host *self = lode__host(L);
  lode_json_value value;
  lode_err err;
  lode__check(L, lode_json_parse(with->record.ptr, with->record.len, LODE_JSON_DEPTH + 1, &value, &err), &err);
  if (!self->format_begun) {
    call first = *with;
    first.record = value.text;
    begin(L, &first);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->format);
  lua_getfield(L, -1, "row");
  if (self->format_text) lua_pushlstring(L, value.text.ptr, value.text.len);
  else lode__push_json(L, value, true);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->format_run);
  call_part(L, "row", 2, with->out);
  return 0;
}

static int do_foot(lua_State *L) {
  const call *with = lua_touserdata(L, 1);
  const lode_host *self = lode__host(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->format_run);
  lode__set_totals(L, lua_gettop(L), with->totals);
  lua_pop(L, 1);
  if (!self->format_begun) begin(L, with);
  call_ends(L, "foot", with->out);
  return 0;
}

static int do_head(lua_State *L) {
  const call *with = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, lode__host(L)->format_run);
  lode__set_totals(L, lua_gettop(L), with->totals);
  return 0;
}

static int enter(lode_host *self, lua_CFunction part, call with, lode_err *err) {
  if (self->format_raw) return 0;
  size_t before = with.out->len;
  int code = lode__call(self, LODE__FORMAT, part, &with, err);
  if (code != 0) with.out->len = before;
  return code;
}

bool lode_host_format_is_raw(const lode_host *self) {
  return self->format_raw;
}

int lode_host_head(lode_host *self, const lode_totals *totals, lode_buf *out, lode_err *err) {
  self->format_begun = false;
  return enter(self, do_head, (call){totals, {NULL, 0}, out}, err);
}

int lode_host_row(lode_host *self, lode_str record, lode_buf *out, lode_err *err) {
  if (!self->format_raw) return enter(self, do_row, (call){NULL, record, out}, err);
  int code = lode_buf_add(out, record.ptr, record.len, err);
  if (code == 0 && (record.len == 0 || record.ptr[record.len - 1] != '\n')) code = lode_buf_byte(out, '\n', err);
  return code;
}

lode_str lode_host_notes(const lode_host *self) {
  return (lode_str){self->notes.len == 0 ? "" : self->notes.ptr, self->notes.len};
}

int lode_host_foot(lode_host *self, const lode_totals *totals, lode_buf *out, lode_err *err) {
  return enter(self, do_foot, (call){totals, {NULL, 0}, out}, err);
}
