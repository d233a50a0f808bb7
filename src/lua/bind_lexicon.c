/* lex{ ... }: phrases from a table of the script or from a file, made into a lexicon at once, so that what they came
 * from can be let go before the first page.
 *
 * A lexicon made from a large file is kept in the user's cache folder under the hash of everything that it depends on,
 * and mapped from there the next time. */
#include "rulebook.h"

#include "file.h"
#include "hash.h"
#include "rows.h"
#include "utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char BUILD[] = "lode.lexicon.build";

enum { CACHED_FROM = 1 << 20, CACHE_VERSION = 1 }; /* bytes of the file; raise the version when an image changes */

/* What is in the making: a userdata, so that an error lets it go. */
typedef struct build {
  lode_lexicon_builder phrases;
  lode_entries_builder entries;
  lode_rows rows;
  lode__lexicon *made;
  bool has_rows;
} build;

typedef struct settings {
  unsigned flags;
  bool near_apart; /* what is one edit away has a label of its own, and is not in the pattern */
  const char *label, *near_label;
  const char *file;
  bool has_names; /* the first line names the columns */
} settings;

static void free_made(lode__lexicon *self) {
  if (self == NULL) return;
  lode_buf_free(&self->memory);
  lode_file_unmap(&self->mapping);
  free(self);
}

static void let_go(build *self) {
  lode_lexicon_builder_free(&self->phrases);
  lode_entries_builder_free(&self->entries);
  if (self->has_rows) lode_rows_free(&self->rows);
  self->has_rows = false;
  free_made(self->made);
  self->made = NULL;
}

static int free_build(lua_State *L) {
  let_go(lua_touserdata(L, 1));
  return 0;
}

static build *new_build(lua_State *L, const settings *given) {
  build *self = lua_newuserdatauv(L, sizeof *self, 0);
  *self = (build){.has_rows = false};
  lode_lexicon_builder_init(&self->phrases, given->flags);
  lode_entries_builder_init(&self->entries);
  self->phrases.lists = lode_host_lists(lode__host(L));
  if (luaL_newmetatable(L, BUILD)) {
    lua_pushcfunction(L, free_build);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  self->made = calloc(1, sizeof *self->made);
  if (self->made == NULL) luaL_error(L, "out of memory");
  return self;
}

void lode__free_lexicons(struct lode__book *book) {
  for (size_t i = 0; i < book->lexicon_count; i++) free_made(book->lexicons[i]);
  free(book->lexicons);
}

/* ---- from a table of the script ---- */

static void add_phrase(lua_State *L, build *self, lode_str phrase, uint32_t entry, const char *where) {
  lode_err err;
  bool added;
  lode__check(L, lode_lexicon_builder_add(&self->phrases, phrase, entry, &added, &err), &err);
  if (!added) luaL_error(L, "lex: %s is empty", where);
}

static lode_cell cell_of(lua_State *L, int index, const char *where, const char *name) {
  switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: return (lode_cell){lua_toboolean(L, index) ? LODE_CELL_TRUE : LODE_CELL_FALSE, {"", 0}};
    case LUA_TNUMBER: {
      size_t len;
      lua_pushvalue(L, index); /* the number itself must stay one */
      const char *text = lua_tolstring(L, -1, &len);
      return (lode_cell){LODE_CELL_NUMBER, {text, len}};
    }
    case LUA_TSTRING: return (lode_cell){LODE_CELL_TEXT, lode__check_text(L, index)};
    default: break;
  }
  luaL_error(L, "lex: %s: attribute \"%s\" must be a string, a number or a boolean, not a %s", where, name,
             lode__type_name(L, index));
  return (lode_cell){LODE_CELL_NONE, {"", 0}};
}

/* { "Berlin", "Berlino", country = "DE" }: phrases of one entry, and its attributes. */
static void add_entry(lua_State *L, build *self, int item, const char *where) {
  lode_err err;
  size_t count;
  uint32_t entry;
  lua_Integer phrases = (lua_Integer)lua_rawlen(L, item);
  if (phrases == 0) luaL_error(L, "lex: %s has no phrase: write { \"Berlin\", country = \"DE\" }", where);
  const lode__key *keys = lode__sorted_keys(L, item, &count);
  for (size_t i = 0; i < count; i++) {
    int top = lua_gettop(L);
    if (keys[i].ptr == NULL) continue;
    lua_getfield(L, item, keys[i].ptr);
    lode_cell cell = cell_of(L, top + 1, where, keys[i].ptr);
    lode__check(L, lode_entries_put(&self->entries, (lode_str){keys[i].ptr, keys[i].len}, cell, &err), &err);
    lua_settop(L, top);
  }
  lua_pop(L, 1);
  lode__check(L, lode_entries_end(&self->entries, &entry, &err), &err);
  for (lua_Integer i = 1; i <= phrases; i++) {
    if (lua_rawgeti(L, item, i) != LUA_TSTRING)
      luaL_error(L, "lex: %s: phrase %d is a %s, not a string", where, (int)i, lode__type_name(L, -1));
    add_phrase(L, self, lode__check_text(L, lua_gettop(L)), entry, where);
    lua_pop(L, 1);
  }
}

static void add_table(lua_State *L, build *self) {
  lode_err err;
  lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
  for (lua_Integer i = 1; i <= count; i++) {
    int top = lua_gettop(L), type = lua_rawgeti(L, 1, i);
    char where[40];
    snprintf(where, sizeof where, "item %lld", (long long)i);
    if (type == LUA_TTABLE) {
      add_entry(L, self, top + 1, where);
    } else if (type == LUA_TSTRING) {
      uint32_t entry;
      lode__check(L, lode_entries_end(&self->entries, &entry, &err), &err);
      add_phrase(L, self, lode__check_text(L, top + 1), entry, where);
    } else {
      luaL_error(L, "lex: %s is a %s, not a string or { \"Berlin\", country = \"DE\" }", where,
                 lode__type_name(L, top + 1));
    }
    lua_settop(L, top);
  }
}

/* ---- from a file ---- */

/* Numbers of the columns that an option names: a string, a number, or a list of them. */
typedef struct columns {
  uint32_t *ids; /* in a userdata on the stack */
  size_t count;
} columns;

static uint32_t column_of(lua_State *L, build *self, int index, const char *option, const char *file) {
  if (lua_type(L, index) != LUA_TSTRING && !lua_isinteger(L, index))
    luaL_error(L,
               "lex: %s must be the name of a column, its number where the file has no line of names, or a list of "
               "these, not a %s",
               option, lode__type_name(L, index));
  lua_pushvalue(L, index);
  size_t len;
  const char *name = lua_tolstring(L, -1, &len);
  uint32_t id = lode_table_find(&self->rows.names, name, len);
  if (id == LODE_NO_ID && self->rows.kind == LODE_ROWS_JSONL) {
    lode_err err; /* columns are met later */
    id = lode_table_add(&self->rows.names, name, len, NULL, &err);
    lode__check(L, id == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  } else if (id == LODE_NO_ID) {
    luaL_error(L, "lex: %s has no column \"%s\"%s", file, name, lode__suggest_name(L, name, &self->rows.names));
  }
  lua_pop(L, 1);
  return id;
}

/* [0, 1, e] */
static columns read_columns(lua_State *L, build *self, const char *option, const char *file) {
  columns out = {NULL, 0};
  int at = lua_gettop(L) + 1;
  lua_getfield(L, 1, option);
  size_t count = lua_istable(L, at) ? (size_t)lua_rawlen(L, at) : 1;
  out.ids = lua_newuserdatauv(L, (count + 1) * sizeof *out.ids, 0);
  for (; out.count < count; out.count++) {
    if (lua_istable(L, at)) lua_rawgeti(L, at, (lua_Integer)out.count + 1);
    else lua_pushvalue(L, at);
    out.ids[out.count] = column_of(L, self, lua_gettop(L), option, file);
    lua_pop(L, 1);
  }
  lua_remove(L, at);
  return out;
}

static bool is_among(const columns *self, uint32_t id) {
  for (size_t i = 0; i < self->count; i++)
    if (self->ids[i] == id) return true;
  return false;
}

/* A phrase, or an array of them in JSON; how many were added. */
static size_t add_cell(lua_State *L, build *self, lode_cell cell, uint32_t entry) {
  lode_err err;
  bool added = false;
  size_t count = 0;
  if (cell.type == LODE_CELL_TEXT) {
    lode__check(L, lode_lexicon_builder_add(&self->phrases, cell.text, entry, &added, &err), &err);
    return added;
  }
  if (cell.type != LODE_CELL_JSON || cell.text.ptr[0] != '[') return 0;
  lode_buf *decoded = &lode__host(L)->scratch;
  lode_json_value item;
  lode_json_iter it = lode_json_iter_of((lode_json_value){LODE_JSON_ARRAY, cell.text});
  while (lode_json_next(&it, NULL, &item)) {
    if (item.type != LODE_JSON_STRING) continue;
    decoded->len = 0;
    lode__check(L, lode_json_decode(item, decoded, &err), &err);
    if (lode_utf8_valid(decoded->ptr, decoded->len) != decoded->len) continue; /* half a surrogate pair */
    lode__check(
        L, lode_lexicon_builder_add(&self->phrases, (lode_str){decoded->ptr, decoded->len}, entry, &added, &err), &err);
    count += added;
  }
  return count;
}

static void add_row(lua_State *L, build *self, const columns *phrases, const columns *attributes, bool all) {
  lode_rows *rows = &self->rows;
  lode_err err;
  uint32_t entry;
  for (uint32_t c = 0; c < rows->cell_count; c++) {
    lode_cell cell = rows->cells[c];
    bool wanted = all ? !is_among(phrases, c) : is_among(attributes, c);
    if (!wanted || cell.type == LODE_CELL_JSON || (cell.type == LODE_CELL_TEXT && cell.text.len == 0)) continue;
    lode__check(L, lode_entries_put(&self->entries, lode_table_get(&rows->names, c), cell, &err), &err);
  }
  lode__check(L, lode_entries_end(&self->entries, &entry, &err), &err);
  for (size_t i = 0; i < phrases->count; i++) add_cell(L, self, lode_rows_cell(rows, phrases->ids[i]), entry);
}

static void raise_row(lua_State *L, const char *file, const lode_err *err) {
  if (err->line > 0) luaL_error(L, "lex: %s:%d: %s", file, (int)err->line, err->message);
  luaL_error(L, "lex: %s: %s", file, err->message);
}

static void add_file(lua_State *L, build *self, const settings *given, lode_str bytes) {
  lode_rows_kind kind = lode_rows_kind_of(given->file);
  lode_err err;
  lode_err_clear(&err);
  self->has_rows = true;
  if (lode_rows_open(&self->rows, kind, bytes, given->has_names, &err) != 0) raise_row(L, given->file, &err);
  bool column = lua_getfield(L, 1, "column") != LUA_TNIL, attrs = lua_getfield(L, 1, "attrs") != LUA_TNIL;
  bool none = attrs && lua_isboolean(L, -1) && !lua_toboolean(L, -1);
  lua_pop(L, 2);
  if (!column && kind == LODE_ROWS_JSONL)
    luaL_error(L, "lex: %s: say in which member of each line the phrase is: column = \"name\"", given->file);
  bool got;
  int code = lode_rows_next(&self->rows, &got, &err); /* columns without names are counted now */
  if (code != 0) raise_row(L, given->file, &err);
  uint32_t zero = 0;
  columns phrases = {&zero, 1}, attributes = {&zero, 0};
  if (column) phrases = read_columns(L, self, "column", given->file);
  if (attrs && !none) attributes = read_columns(L, self, "attrs", given->file);
  while (got) {
    add_row(L, self, &phrases, &attributes, !attrs);
    if (lode_rows_next(&self->rows, &got, &err) != 0) raise_row(L, given->file, &err);
  }
}

/* ---- the cache ---- */

/* The path of what was made from these bytes before, or NULL: no cache. [0, 1, e] */
static const char *push_cache_path(lua_State *L, const settings *given, lode_str bytes) {
  const char *folder = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  char hex[33];
  if (bytes.len < CACHED_FROM || lode_host_lists(lode__host(L)) != NULL) return NULL;
  if (folder != NULL && folder[0] == '/') lua_pushfstring(L, "%s/lode", folder);
  else if (home != NULL && home[0] == '/') lua_pushfstring(L, "%s/.cache/lode", home);
  else return NULL;
  lode_buf *about = &lode__host(L)->scratch;
  about->len = 0;
  lode__check(L,
              lode_buf_printf(about, NULL, "%d %u %d %d ", CACHE_VERSION, given->flags,
                              (int)lode_rows_kind_of(given->file), given->has_names),
              NULL);
  static const char *const options[] = {"column", "attrs"};
  for (int i = 0; i < 2; i++) {
    lua_getfield(L, 1, options[i]);
    lode__put_json(L, lua_gettop(L), about, options[i]);
    lua_pop(L, 1);
  }
  lode_hash128_value both[2] = {lode_hash128(bytes.ptr, bytes.len, 1), lode_hash128(about->ptr, about->len, 2)};
  lode_hash128_hex(lode_hash128(both, sizeof both, 3), hex);
  lua_pushfstring(L, "%s/%s.lexicon", lua_tostring(L, -1), hex);
  lua_remove(L, -2);
  return lua_tostring(L, -1);
}

/* The image of a lexicon and its entries together: what is kept, in memory or in a file. */
enum { IMAGE_MAGIC, IMAGE_LEXICON, IMAGE_ENTRIES, IMAGE_CHECK, IMAGE_HEAD, IMAGE_IS = 0x494E444C };

static size_t padded(size_t len) {
  return (len + 3) & ~(size_t)3;
}

static int open_image(lode__lexicon *self, lode_str image, bool check, lode_err *err) {
  const uint32_t *head = (const uint32_t *)(const void *)image.ptr;
  size_t begin = IMAGE_HEAD * sizeof *head;
  if (image.len < begin || head[IMAGE_MAGIC] != IMAGE_IS ||
      begin + padded(head[IMAGE_LEXICON]) + head[IMAGE_ENTRIES] != image.len ||
      (check && (uint32_t)lode_hash64(image.ptr + begin, image.len - begin, IMAGE_IS) != head[IMAGE_CHECK]))
    return lode_fail(err, LODE_E_INPUT, "the kept lexicon is damaged");
  int code = lode_lexicon_open(&self->lexicon, (lode_str){image.ptr + begin, head[IMAGE_LEXICON]}, err);
  lode_str entries = {image.ptr + begin + padded(head[IMAGE_LEXICON]), head[IMAGE_ENTRIES]};
  return code != 0 ? code : lode_entries_open(&self->entries, entries, err);
}

static int write_image(build *self, lode_err *err) {
  lode_buf *out = &self->made->memory;
  uint32_t head[IMAGE_HEAD] = {IMAGE_IS};
  int code = lode_buf_add(out, head, sizeof head, err);
  if (code == 0) code = lode_lexicon_builder_write(&self->phrases, out, err);
  lode_lexicon_builder_free(&self->phrases);
  if (code != 0) return code;
  head[IMAGE_LEXICON] = (uint32_t)(out->len - sizeof head);
  code = lode_buf_add(out, "\0\0\0", padded(out->len) - out->len, err);
  size_t entries = out->len;
  if (code == 0) code = lode_entries_builder_write(&self->entries, out, err);
  if (code != 0) return code;
  head[IMAGE_ENTRIES] = (uint32_t)(out->len - entries);
  head[IMAGE_CHECK] = (uint32_t)lode_hash64(out->ptr + sizeof head, out->len - sizeof head, IMAGE_IS);
  memcpy(out->ptr, head, sizeof head);
  return open_image(self->made, (lode_str){out->ptr, out->len}, false, err);
}

/* A cache that cannot be read or written is none: the lexicon is made again. */
static bool read_cache(lode__lexicon *self, const char *path) {
  if (lode_file_map(path, 0, SIZE_MAX, &self->mapping, NULL) != 0) return false;
  if (open_image(self, self->mapping.bytes, true, NULL) == 0) return true;
  lode_file_unmap(&self->mapping);
  return false;
}

static void write_cache(lode__lexicon *self, char *path) {
  lode_outfile file;
  char *slash = strrchr(path, '/'), *above;
  *slash = '\0';
  above = strrchr(path, '/');
  *above = '\0';
  mkdir(path, 0700);
  *above = '/';
  mkdir(path, 0700);
  *slash = '/';
  if (lode_outfile_open(&file, path, NULL) != 0) return;
  int code = lode_outfile_write(&file, self->memory.ptr, self->memory.len, NULL);
  if (code == 0) code = lode_outfile_commit(&file, NULL);
  if (code != 0) lode_outfile_drop(&file);
  else if (read_cache(self, path)) lode_buf_free(&self->memory); /* pages of a file can be let go and read again */
}

/* ---- lex ---- */

static bool flag_option(lua_State *L, const char *name, bool absent) {
  bool out = absent;
  int type = lua_getfield(L, 1, name);
  if (type != LUA_TNIL && type != LUA_TBOOLEAN)
    luaL_error(L, "lex: %s must be true or false, not a %s", name, lode__type_name(L, -1));
  if (type == LUA_TBOOLEAN) out = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return out;
}

static const char *string_option(lua_State *L, const char *name, const char *example) {
  const char *out = NULL;
  int type = lua_getfield(L, 1, name);
  if (type != LUA_TNIL && (type != LUA_TSTRING || lua_rawlen(L, -1) == 0))
    luaL_error(L, "lex: %s must be a string, %s = \"%s\", not a %s", name, name, example, lode__type_name(L, -1));
  if (type == LUA_TSTRING) {
    lode_str text = lode__check_text(L, -1);
    out = lode__keep(L, text.ptr, text.len);
  }
  lua_pop(L, 1);
  return out;
}

static settings read_settings(lua_State *L) {
  settings out = {.has_names = true};
  out.file = string_option(L, "file", "names.csv");
  out.label = string_option(L, "label", "city");
  if (flag_option(L, "case", false)) out.flags |= LODE_LEXICON_CASE;
  if (!flag_option(L, "accents", true)) out.flags |= LODE_LEXICON_ACCENTS;
  int type = lua_getfield(L, 1, "fuzzy");
  if (type != LUA_TNIL && type != LUA_TBOOLEAN && type != LUA_TSTRING)
    luaL_error(L, "lex: fuzzy must be true, or a label for what is one edit away, fuzzy = \"city-maybe\", not a %s",
               lode__type_name(L, -1));
  if (lua_toboolean(L, -1)) out.flags |= LODE_LEXICON_NEAR;
  lua_pop(L, 1);
  if (type == LUA_TSTRING) out.near_label = string_option(L, "fuzzy", "city-maybe");
  out.near_apart = type == LUA_TSTRING;
  if ((out.flags & LODE_LEXICON_NEAR) != 0 && (out.flags & LODE_LEXICON_CASE) != 0)
    luaL_error(L, "lex: fuzzy and case = true do not go together: what is one edit away is compared folded");
  if (lua_getfield(L, 1, "column") == LUA_TTABLE) lua_rawgeti(L, -1, 1);
  out.has_names = !lua_isinteger(L, -1);
  lua_settop(L, 1);
  if (out.file == NULL && lua_rawlen(L, 1) == 0)
    luaL_error(L, "lex: there is no phrase in it: lex{ \"Foreign Minister\", ... } or lex{ file = \"names.csv\" }");
  if (out.file != NULL && lua_rawlen(L, 1) > 0)
    luaL_error(L, "lex takes phrases or a file, not both: make two and choose, lex{ ... } + lex{ file = ... }");
  static const char *const of_files[] = {"column", "attrs"};
  for (int i = 0; i < 2 && out.file == NULL; i++)
    if (lua_getfield(L, 1, of_files[i]) != LUA_TNIL)
      luaL_error(L, "lex: %s is of files: lex{ file = \"names.csv\", %s = ... }", of_files[i], of_files[i]);
  lua_settop(L, 1);
  return out;
}

/* A label of its own, where the script gives none. */
static const char *label_at(lua_State *L, const char *kind) {
  lode__book *book = lode__host(L)->book;
  lode_frame at = book->rules.patterns.at[0];
  const char *name = lua_pushfstring(L, "%s %d at %s:%d", kind, (int)book->lexicon_count + 1,
                                     at.file == NULL ? "?" : at.file, (int)at.line);
  name = lode__keep(L, name, strlen(name));
  lua_pop(L, 1);
  return name;
}

static void keep_lexicon(lua_State *L, build *self) {
  lode__book *book = lode__host(L)->book;
  lode_err err;
  if (book->lexicon_count == book->lexicon_cap) {
    size_t cap = book->lexicon_cap == 0 ? 8 : book->lexicon_cap * 2;
    lode__lexicon **next = realloc(book->lexicons, cap * sizeof *next);
    if (next == NULL) luaL_error(L, "out of memory");
    book->lexicons = next;
    book->lexicon_cap = cap;
  }
  lode__lexicon *made = self->made;
  book->lexicons[book->lexicon_count++] = made;
  self->made = NULL;
  lode__check(L, lode_rules_add_lexicon(&book->rules, &made->lexicon, made->label, made->near_label, &err), &err);
}

static void fill(lua_State *L, build *self, const settings *given) {
  lode_err err;
  if (given->file == NULL) {
    add_table(L, self);
    lode__check(L, write_image(self, &err), &err);
    return;
  }
  lode_str bytes = lode__read_beside(L, given->file, "lex");
  int top = lua_gettop(L);
  const char *cache = push_cache_path(L, given, bytes);
  if (cache != NULL && read_cache(self->made, cache)) return;
  add_file(L, self, given, bytes);
  lode_buf_free(&lode__host(L)->file);
  if (self->phrases.phrase_count == 0) luaL_error(L, "lex: there is no phrase in %s", given->file);
  lode__check(L, write_image(self, &err), &err);
  if (cache != NULL) {
    lua_pushstring(L, cache);
    lode_buf *path = &lode__host(L)->scratch;
    path->len = 0;
    lode__check(L, lode_buf_add(path, cache, strlen(cache) + 1, NULL), NULL);
    write_cache(self->made, path->ptr);
  }
  lua_settop(L, top);
}

int lode__make_lexicon(lua_State *L) {
  static const char *const names[] = {"file", "column", "attrs", "case", "accents", "fuzzy", "label", NULL};
  lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  lode_err err;
  lode__check_stage(L, LODE__LOAD, "lex", "patterns are made at the top of the script, outside of the stages");
  lode__note_lines(L);
  if (lua_type(L, 1) == LUA_TSTRING) return luaL_error(L, "lex takes a table, lex{ \"%s\" }", lua_tostring(L, 1));
  if (!lua_istable(L, 1))
    return luaL_error(L, "lex takes a table, lex{ \"Foreign Minister\", ... } or lex{ file = \"names.csv\" }, not a %s",
                      lode__type_name(L, 1));
  lua_settop(L, 1);
  lode__check_options(L, 1, "lex", names, (lua_Integer)lua_rawlen(L, 1));
  settings given = read_settings(L);
  build *self = new_build(L, &given);
  const char *label = given.label != NULL ? given.label : label_at(L, "lex");
  self->made->label = lode_patterns_label(trees, (lode_str){label, strlen(label)}, &err);
  self->made->near_label = LODE_NO_ID;
  self->made->named = given.label != NULL;
  if ((given.flags & LODE_LEXICON_NEAR) != 0) {
    if (given.near_label == NULL) given.near_label = label_at(L, "fuzzy lex");
    self->made->near_label = lode_patterns_label(trees, (lode_str){given.near_label, strlen(given.near_label)}, &err);
  }
  fill(L, self, &given);
  lode__lexicon *made = self->made;
  keep_lexicon(L, self);
  let_go(self);
  lode_pattern found =
      lode__check_node(L, lode_pattern_ann(trees, made->label, LODE_NO_ID, LODE_RELATION_NONE, 0, &err), &err);
  if (made->near_label != LODE_NO_ID && !given.near_apart) {
    lode_pattern near =
        lode__check_node(L, lode_pattern_ann(trees, made->near_label, LODE_NO_ID, LODE_RELATION_NONE, 0, &err), &err);
    found = lode__check_node(L, lode_pattern_choice(trees, found, near, &err), &err);
  }
  if (made->named) lode__excuse(L, found); /* ann"city" may be all that a script uses of it */
  return lode__push_pattern(L, found);
}

/* ---- what is found ---- */

bool lode__is_lexicon_label(const struct lode__book *book, uint32_t label) {
  for (size_t i = 0; i < book->lexicon_count; i++)
    if (book->lexicons[i]->label == label || book->lexicons[i]->near_label == label) return true;
  return false;
}

size_t lode_host_lexicon_count(const lode_host *self) {
  return self->book->lexicon_count;
}

lode_lexicon_about lode_host_lexicon(const lode_host *self, size_t number) {
  const lode__lexicon *made = self->book->lexicons[number];
  return (lode_lexicon_about){lode_table_get(&self->book->rules.patterns.labels, made->label).ptr, made->label,
                              made->near_label, made->lexicon.phrase_count, made->lexicon.entries};
}

int lode_host_phrase(const lode_host *self, size_t lexicon, uint32_t phrase, lode_buf *out, lode_err *err) {
  const lode_lexicon *in = &self->book->lexicons[lexicon]->lexicon;
  int code = 0;
  for (uint32_t i = in->starts[phrase]; i < in->starts[phrase + 1] && code == 0; i++) {
    uint32_t word = in->words[i];
    if (i > in->starts[phrase]) code = lode_buf_byte(out, ' ', err);
    if (code == 0)
      code = lode_buf_add(out, in->bytes + in->offsets[word], in->offsets[word + 1] - in->offsets[word], err);
  }
  return code;
}

static const lode_entries *entries_of(const struct lode__book *book, uint64_t fields) {
  size_t number = (size_t)(fields >> 32);
  return number < book->lexicon_count ? &book->lexicons[number]->entries : NULL;
}

void lode__push_cell(lua_State *L, lode_cell cell) {
  switch (cell.type) {
    case LODE_CELL_NUMBER:
      lua_pushlstring(L, cell.text.ptr, cell.text.len);
      if (lua_stringtonumber(L, lua_tostring(L, -1)) != 0) lua_remove(L, -2);
      break;
    case LODE_CELL_TRUE: lua_pushboolean(L, 1); break;
    case LODE_CELL_FALSE: lua_pushboolean(L, 0); break;
    case LODE_CELL_NONE: lua_pushnil(L); break;
    default: lua_pushlstring(L, cell.text.ptr, cell.text.len);
  }
}

void lode__push_entry(lua_State *L, uint64_t fields) {
  const lode_entries *entries = entries_of(lode__host(L)->book, fields);
  lode_cell cell;
  uint32_t column;
  lua_newtable(L);
  for (size_t at = 0; entries != NULL && lode_entries_next(entries, (uint32_t)fields, &at, &column, &cell);) {
    lode_str name = lode_entries_name(entries, column);
    lua_pushlstring(L, name.ptr, name.len);
    lode__push_cell(L, cell);
    lua_rawset(L, -3);
  }
}

bool lode__entry_cell(const struct lode__book *book, uint64_t fields, lode_str name, lode_cell *out) {
  const lode_entries *entries = entries_of(book, fields);
  uint32_t column, wanted = entries == NULL ? LODE_NO_ID : lode_entries_column(entries, name);
  for (size_t at = 0; wanted != LODE_NO_ID && lode_entries_next(entries, (uint32_t)fields, &at, &column, out);)
    if (column == wanted) return true;
  return false;
}
