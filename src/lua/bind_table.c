/* lode.table{ "sources.csv", key = "domain" }: the rows of a file, to join them with pages and records. */
#include "rulebook.h"

#include "rows.h"
#include <stdio.h>
#include <string.h>

static const char ROWS[] = "lode.rows";

/* Open rows are a userdata, so that an error lets them go. */
typedef struct reading {
  lode_rows rows;
  bool open;
} reading;

static int close_rows(lua_State *L) {
  reading *self = lua_touserdata(L, 1);
  if (self->open) lode_rows_free(&self->rows);
  self->open = false;
  return 0;
}

static reading *new_reading(lua_State *L) {
  reading *self = lua_newuserdatauv(L, sizeof *self, 0);
  self->open = false;
  if (luaL_newmetatable(L, ROWS)) {
    lua_pushcfunction(L, close_rows);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return self;
}

static void raise_row(lua_State *L, const char *file, const lode_err *err) {
  if (err->line > 0) luaL_error(L, "lode.table: %s:%d: %s", file, (int)err->line, err->message);
  luaL_error(L, "lode.table: %s: %s", file, err->message);
}

/* { column = cell, ... }; an empty cell is absent. [0, 1, e] */
static void push_row(lua_State *L, const lode_rows *rows) {
  lua_createtable(L, 0, (int)rows->cell_count);
  for (uint32_t c = 0; c < rows->cell_count; c++) {
    lode_cell cell = rows->cells[c];
    lode_str name = lode_table_get(&rows->names, c);
    if (cell.type == LODE_CELL_NONE || (cell.type == LODE_CELL_TEXT && cell.text.len == 0)) continue;
    lua_pushlstring(L, name.ptr, name.len);
    if (cell.type == LODE_CELL_JSON)
      lode__push_json(L, (lode_json_value){cell.text.ptr[0] == '[' ? LODE_JSON_ARRAY : LODE_JSON_OBJECT, cell.text},
                      false);
    else lode__push_cell(L, cell);
    lua_rawset(L, -3);
  }
}

static void check_key(lua_State *L, const lode_rows *rows, const char *file, const char *key) {
  if (rows->kind == LODE_ROWS_JSONL || lode_table_find(&rows->names, key, strlen(key)) != LODE_NO_ID) return;
  luaL_error(L, "lode.table: %s has no column \"%s\"%s", file, key, lode__suggest_name(L, key, &rows->names));
}

/* The row on top goes into the table below it: under its key, or at the end. [1, 0, e] */
static void add_row(lua_State *L, const lode_rows *rows, const char *file, const char *key, lua_Integer place) {
  if (key == NULL) {
    lua_rawseti(L, -2, place);
    return;
  }
  if (lua_getfield(L, -1, key) == LUA_TNIL) {
    lua_pop(L, 2); /* without a key nothing could ask for it */
    return;
  }
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -4) != LUA_TNIL)
    luaL_error(L, "lode.table: %s:%d: the key \"%s\" stands there a second time: without key = the rows are a list",
               file, (int)rows->line, luaL_tolstring(L, -2, NULL));
  lua_pop(L, 1);
  lua_insert(L, -2);
  lua_rawset(L, -3);
}

int lode__make_table(lua_State *L) {
  static const char *const names[] = {"file", "key", NULL};
  lode_err err;
  lode_err_clear(&err);
  lode__check_stage(L, LODE__LOAD, "lode.table",
                    "files are read before the first page: call it at the top of the script");
  if (!lua_istable(L, 1))
    return luaL_error(L, "lode.table takes a table, lode.table{ \"sources.csv\", key = \"domain\" }, not a %s",
                      lode__type_name(L, 1));
  lua_settop(L, 1);
  lode__check_options(L, 1, "lode.table", names, 1);
  if (lua_rawgeti(L, 1, 1) == LUA_TNIL) lua_getfield(L, 1, "file");
  const char *file = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  if (file == NULL) return luaL_error(L, "lode.table: say which file: lode.table{ \"sources.csv\", key = \"domain\" }");
  const char *key = NULL;
  if (lua_getfield(L, 1, "key") != LUA_TNIL) {
    if (lua_type(L, -1) != LUA_TSTRING)
      return luaL_error(L, "lode.table: key must be the name of a column, not a %s", lode__type_name(L, -1));
    key = lua_tostring(L, -1);
  }
  reading *self = new_reading(L);
  lode_str bytes = lode__read_beside(L, file, "lode.table");
  self->open = true;
  if (lode_rows_open(&self->rows, lode_rows_kind_of(file), bytes, true, &err) != 0) raise_row(L, file, &err);
  if (key != NULL) check_key(L, &self->rows, file, key);
  lua_newtable(L);
  int table = lua_gettop(L);
  bool got = true;
  for (lua_Integer n = 1;; n++) {
    if (lode_rows_next(&self->rows, &got, &err) != 0) raise_row(L, file, &err);
    if (!got) break;
    push_row(L, &self->rows);
    add_row(L, &self->rows, file, key, n);
    lua_settop(L, table);
  }
  lode_rows_free(&self->rows);
  self->open = false;
  return 1;
}
