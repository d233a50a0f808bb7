#include "rulebook.h"

#include "file.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_OUTPUT_LIMIT = 256 << 20 };

/* ---- opening ---- */

static const char *copy(lode_host *self, const char *text) {
  return text == NULL ? NULL : lode_arena_copy(&self->memory, text, strlen(text), NULL).ptr;
}

static int copy_args(lode_host *self, const char **args) {
  size_t count = 0;
  while (args != NULL && args[count] != NULL) count++;
  const char **copies = lode_arena_take(&self->memory, count + 1, sizeof *copies, NULL);
  if (copies == NULL) return LODE_E_NOMEM;
  for (size_t i = 0; i < count; i++) {
    copies[i] = copy(self, args[i]);
    if (copies[i] == NULL) return LODE_E_NOMEM;
  }
  copies[count] = NULL;
  self->options.args = copies;
  return 0;
}

static bool lost(const char *given, const char *copied) {
  return given != NULL && copied == NULL;
}

static int copy_options(lode_host *self, const lode_host_options *options, lode_err *err) {
  lode_host_options *own = &self->options;
  *own = *options;
  own->script = copy(self, options->script);
  own->library = copy(self, options->library);
  own->format = copy(self, options->format);
  own->fields = copy(self, options->fields);
  own->labels = copy(self, options->labels);
  own->pattern = copy(self, options->pattern);
  own->chunk = copy(self, options->chunk);
  own->with = copy(self, options->with);
  own->review.with = copy(self, options->review.with);
  if (lost(options->script, own->script) || lost(options->library, own->library) ||
      lost(options->format, own->format) || lost(options->fields, own->fields) || lost(options->labels, own->labels) ||
      lost(options->pattern, own->pattern) || lost(options->chunk, own->chunk) || lost(options->with, own->with) ||
      lost(options->review.with, own->review.with) || copy_args(self, options->args) != 0) {
    return lode_fail(err, LODE_E_NOMEM, "out of memory");
  }
  return 0;
}

static int add_labels(lode_host *self, const char *labels, lode_err *err) {
  for (const char *at = labels; at != NULL && *at != '\0';) {
    size_t len = strcspn(at, ",");
    if (len > 0 && lode_table_add(&self->labels, at, len, NULL, err) == LODE_NO_ID) return LODE_E_NOMEM;
    at += len + (at[len] == ',');
  }
  self->labels_fixed = self->labels.count > 0;
  return 0;
}

/* The folder as given, for messages and names, and as it is, for deciding what lies below it. */
static int find_folder(lode_host *self, lode_err *err) {
  const char *script = self->options.pattern != NULL ? self->options.with : self->options.script;
  if (script == NULL) return 0;
  const char *slash = strrchr(script, '/');
  size_t len = slash == NULL ? 0 : (size_t)(slash - script);
  if (slash == script) len = 1;
  lode_str folder = slash == NULL ? LODE_STR(".") : (lode_str){script, len};
  self->script_folder = lode_arena_copy(&self->memory, folder.ptr, folder.len, err).ptr;
  if (self->script_folder == NULL) return LODE_E_NOMEM;
  char *root = realpath(self->script_folder, NULL);
  if (root == NULL) {
    lode_fail(err, LODE_E_SCRIPT, "cannot open: there is no folder %.300s", self->script_folder);
    return lode_err_at(err, script, 0, LODE_NO_BYTE);
  }
  self->script_root = copy(self, root);
  free(root);
  return self->script_root == NULL ? lode_fail(err, LODE_E_NOMEM, "out of memory") : 0;
}

static void provide_global(lua_State *L, const char *name) {
  lua_pushvalue(L, -1);
  lode__provide(L, name);
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.store");
  lua_insert(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

static int do_open(lua_State *L) {
  lode__sandbox_open(L);
  lode__open_span(L);
  lode__open_page(L);
  lode__open_find(L);
  lode__open_lode(L);
  provide_global(L, "lode");
  lode__seed_random(L, 0);
  return 0;
}

static int open_in(lode_host *self, const lode_host_options *options, lode_err *err) {
  int code = copy_options(self, options, err);
  if (code == 0) code = add_labels(self, self->options.labels, err);
  if (code == 0) code = find_folder(self, err);
  if (code != 0) return code;
  self->lists.next = options->lists;
  self->limit = options->memory;
  self->output_limit = options->memory == 0 ? DEFAULT_OUTPUT_LIMIT : options->memory;
  self->L = lua_newstate(lode__allocate, self);
  if (self->L == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory for a Lua state");
  *(lode_host **)lua_getextraspace(self->L) = self;
  return lode__call(self, LODE__LOAD, do_open, NULL, err);
}

int lode_host_open(lode_host **out, const lode_host_options *options, lode_err *err) {
  *out = NULL;
  lode_host *self = calloc(1, sizeof *self);
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  lode_arena_init(&self->memory, 0);
  lode_table_init(&self->labels, 0x1ABE15);
  lode_table_init(&self->stops, 0x5709);
  lode_lists_init(&self->lists);
  lode_table_init(&self->args_read, 0xA465);
  self->page_stage = self->done_stage = self->format = self->format_run = LUA_NOREF;
  int code = open_in(self, options, err);
  if (code != 0) {
    lode_host_close(self);
    return code;
  }
  *out = self;
  return 0;
}

void lode_host_close(lode_host *self) {
  if (self == NULL) return;
  if (self->L != NULL) lua_close(self->L);
  lode__close_rules(self);
  free(self->groups);
  free(self->counters);
  free(self->tallies);
  free(self->marks);
  lode_table_free(&self->labels);
  lode_table_free(&self->stops);
  lode_lists_free(&self->lists);
  lode__free_zones(self);
  lode_table_free(&self->args_read);
  lode_buf *bufs[] = {&self->warnings, &self->notes,  &self->why,  &self->scratch,
                      &self->text,     &self->folded, &self->file, &self->record};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) lode_buf_free(bufs[i]);
  lode_map_free(&self->map);
  lode_repairs_free(&self->repairs);
  lode_tokens_free(&self->tokens);
  lode_arena_free(&self->memory);
  free(self);
}

/* ---- loading ---- */

/* One folded word a line; "#" begins a comment. */
static void load_stopwords(lua_State *L) {
  lode_host *self = lode__host(L);
  lode_err err;
  const char *path = lua_pushfstring(L, "%s/lode/data/stopwords.en.txt", self->options.library);
  self->file.len = 0;
  lode__check(L, lode_file_read(path, 1 << 20, &self->file, &err), &err);
  lode__fingerprint(self, "lode/data/stopwords.en.txt", self->file.ptr, self->file.len);
  for (size_t at = 0; at < self->file.len;) {
    const char *line = self->file.ptr + at, *end = memchr(line, '\n', self->file.len - at);
    size_t len = end == NULL ? self->file.len - at : (size_t)(end - line);
    at += len + 1;
    if (len == 0 || line[0] == '#') continue;
    if (lode_table_add(&self->stops, line, len, NULL, &err) == LODE_NO_ID) lode__check(L, err.code, &err);
  }
  lua_pop(L, 1);
}

static void load_script(lua_State *L, const char *path) {
  const lode_host *self = lode__host(L);
  bool names = self->options.look != NULL || self->options.pattern != NULL;
  lode__load_file(L, path, path);
  if (names) lode__note_names(L, true);
  lua_call(L, 0, 0);
  if (names) lode__note_names(L, false);
}

/* A script of one rule; its phase is behind those of the script that annotates for it. */
static void load_pattern(lua_State *L) {
  static const char source[] = "local text, phase = ... "
                               "rule { 'match', label = 'match', phase = phase, match = lode.P(text) }";
  lode_host *self = lode__host(L);
  if (self->options.with != NULL) load_script(L, self->options.with);
  lode__fingerprint(self, self->options.script, self->options.pattern, strlen(self->options.pattern));
  lua_pushfstring(L, "@%s", self->options.script);
  if (luaL_loadbufferx(L, source, sizeof source - 1, lua_tostring(L, -1), "t") != LUA_OK) lua_error(L);
  lode__push_environment(L);
  lua_setupvalue(L, -2, 1);
  lua_pushstring(L, self->options.pattern);
  lua_pushinteger(L, (lua_Integer)lode__last_phase(self) + 1);
  lua_call(L, 2, 0);
  lua_pop(L, 1);
}

/* The names of the script's locals, for the chunk. */
static void lend_names(lua_State *L) {
  lode__push_environment(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, "lode.names");
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 2);
}

/* What the chunk gives: a pattern is a rule, behind the phases of all others; anything else is shown. */
static void load_chunk(lua_State *L) {
  static const char source[] = "local phase, value, n, show, name = ... "
                               "if n == 1 and type(value[1]) == 'userdata' and pcall(lode.opt, value[1]) then "
                               "rule { name, label = name, phase = phase, match = value[1] } end "
                               "if n > 0 then print(show(table.unpack(value, 1, n))) end";
  lode_host *self = lode__host(L);
  lend_names(L);
  if (luaL_loadbufferx(L, self->options.chunk, strlen(self->options.chunk), "@" LODE_CHUNK_NAME, "t") != LUA_OK)
    lua_error(L);
  lode__push_environment(L);
  lua_setupvalue(L, -2, 1);
  int base = lua_gettop(L) - 1;
  lua_call(L, 0, LUA_MULTRET);
  int count = lua_gettop(L) - base;
  lua_createtable(L, count, 0);
  lua_insert(L, base + 1);
  for (int i = count; i > 0; i--) lua_rawseti(L, base + 1, i);
  if (luaL_loadbufferx(L, source, sizeof source - 1, "@" LODE_CHUNK_NAME, "t") != LUA_OK) lua_error(L);
  lode__push_environment(L);
  lua_setupvalue(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)lode__last_phase(self) + 1);
  lua_pushvalue(L, base + 1);
  lua_pushinteger(L, count);
  lua_pushcfunction(L, lode__require);
  lua_pushliteral(L, "lode.show");
  lua_call(L, 1, 1);
  lua_pushliteral(L, LODE_CHUNK_NAME);
  lua_call(L, 5, 0);
  lua_settop(L, base);
}

static int do_load(lua_State *L) {
  lode_host *self = lode__host(L);
  if (self->options.chunk != NULL) {
    load_stopwords(L);
    if (self->options.script != NULL) load_script(L, self->options.script);
    load_chunk(L);
    lode__compile_rules(L);
  } else if (self->options.script != NULL) {
    load_stopwords(L);
    if (self->options.pattern != NULL) load_pattern(L);
    else load_script(L, self->options.script);
    lode__compile_rules(L);
    if (self->page_stage == LUA_NOREF && self->done_stage == LUA_NOREF && self->group_count == 0 &&
        lode__rule_count(self) == 0) {
      return luaL_error(L, "%s declares no stage: add lode.page(function(p) ... end), or a rule", self->options.script);
    }
    if (self->options.look != NULL && self->options.look->rank && self->page_stage == LUA_NOREF)
      return luaL_error(L, "%s has no lode.page(function(p) ... end) that returns a number", self->options.script);
  }

  lode__keep_locals(L);
  lode__load_format(L);
  if (self->options.script != NULL) lode__warn_of_args(L);
  lode__sandbox_freeze(L);
  return 0;
}

/* The last step is a full collection: what only loading needed is let go before the first fork. */
int lode_host_load(lode_host *self, lode_err *err) {
  int code = lode__call(self, LODE__LOAD, do_load, NULL, err);
  if (code != 0) return code;
  lode_buf_free(&self->file);
  lua_gc(self->L, LUA_GCCOLLECT);
  return 0;
}

static int do_words(lua_State *L) {
  lode_buf *out = lua_touserdata(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.store");
  int store = lua_gettop(L);
  for (int pass = 0; pass < 2; pass++) {
    size_t count;
    if (pass == 1) {
      lua_getfield(L, store, "lode");
      if (lua_getmetatable(L, -1)) lua_getfield(L, -1, "__index");
    }
    const lode__key *keys = lode__sorted_keys(L, lua_gettop(L), &count);
    for (size_t i = 0; i < count; i++)
      if (keys[i].ptr != NULL)
        lode__check(L, lode_buf_printf(out, NULL, "%s%s\n", pass == 1 ? "lode." : "", keys[i].ptr), NULL);
  }
  return 0;
}

int lode_host_words(lode_host *self, lode_buf *out, lode_err *err) {
  return lode__call(self, LODE__LOAD, do_words, out, err);
}

size_t lode_host_counter_count(const lode_host *self) {
  return self->counter_count;
}
const char *lode_host_counter_name(const lode_host *self, size_t counter) {
  return self->counters[counter];
}
size_t lode_host_group_count(const lode_host *self) {
  return self->options.look != NULL ? 0 : self->group_count;
}
const char *lode_host_group_name(const lode_host *self, size_t group) {
  return self->groups[group].name;
}
bool lode_host_has_page(const lode_host *self) {
  return self->page_stage != LUA_NOREF || lode__rule_count(self) > 0;
}
bool lode_host_has_done(const lode_host *self) {
  if (self->options.look != NULL) return self->options.look->done != NULL;
  return self->done_stage != LUA_NOREF;
}

const lode_lists *lode_host_lists(const lode_host *self) {
  return self->lists.words.count > 0 ? &self->lists : self->lists.next;
}

lode_str lode_host_warnings(const lode_host *self) {
  return self->warnings.len == 0 ? LODE_STR("") : (lode_str){self->warnings.ptr, self->warnings.len};
}

void lode_host_fingerprint(const lode_host *self, uint64_t out[2]) {
  out[0] = self->fingerprint.low;
  out[1] = self->fingerprint.high;
}

/* ---- the page stage ---- */

/* What the page stage returned, which is popped. */
static double take_rank(lua_State *L) {
  double rank = lua_isnil(L, -1) ? -HUGE_VAL : lua_tonumber(L, -1);
  if (!lua_isnil(L, -1) && (lua_type(L, -1) != LUA_TNUMBER || rank != rank)) {
    const char *what = lua_type(L, -1) == LUA_TNUMBER ? "nan" : lode__type_name(L, -1);
    luaL_error(L, "lode.page returned a %s: here it returns a number, the higher the better, or nil", what);
  }
  lua_pop(L, 1);
  return rank;
}

static int do_page(lua_State *L) {
  lode_host *self = lode__host(L);
  const lode_look *look = self->options.look;
  lode__restore_locals(L);
  lode__seed_random(L, lode_hash64(self->page->id.ptr, self->page->id.len, 0));
  lode__apply_zones(L);
  lode__push_page(L);
  if (look != NULL && !look->records) {
    lode__look(L, -HUGE_VAL);
    lode__close_page(L);
    return 0;
  }
  lode__run_rules(L);
  double rank = -HUGE_VAL;
  if (self->page_stage != LUA_NOREF) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, self->page_stage);
    lua_insert(L, -2);
    lode__blame(L, -2);
    lua_call(L, 1, 1);
    if (look != NULL && look->rank) rank = take_rank(L);
    else lua_pop(L, 1);
  }
  if (look != NULL) lode__look(L, rank);
  lode__close_page(L);
  return 0;
}

int lode_host_page(lode_host *self, lode_page *page, lode_sink *sink, lode_err *err) {
  const lode_look *look = self->options.look;
  if (!lode_host_has_page(self)) return 0;
  if (look != NULL && look->only != NULL &&
      (strlen(look->only) != page->id.len || memcmp(look->only, page->id.ptr, page->id.len) != 0))
    return 0;
  self->why.len = 0;
  self->page = page;
  self->sink = sink;
  self->generation++;
  int code = lode__call(self, LODE__PAGE, do_page, NULL, err);
  self->generation++;
  self->page = NULL;
  self->sink = NULL;
  self->record_rule = NULL;
  self->record_match = NULL;
  return code;
}

/* ---- group and done ---- */

void lode__set_totals(lua_State *L, int run, const lode_totals *totals) {
  if (totals == NULL) return;
  const struct {
    const char *name;
    uint64_t value;
  } fields[] = {{"pages", totals->pages_in},
                {"pages_out", totals->pages_out},
                {"pages_skipped", totals->pages_skipped},
                {"records", totals->records}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    lua_pushinteger(L, (lua_Integer)fields[i].value);
    lua_setfield(L, run, fields[i].name);
  }
}

/* `run` as scripts see it: totals where they are known, and emit. */
static void push_run(lua_State *L) {
  lua_newtable(L);
  lua_pushcfunction(L, lode__emit);
  lua_setfield(L, -2, "emit");
  lode__set_totals(L, lua_gettop(L), lode__host(L)->totals);
  lode__lock(L, "run");
}

typedef struct reduction {
  const lode__group *group;
  lode_str key;
  lode_next_record next;
  void *ud;
} reduction;

static void push_records(lua_State *L, const reduction *job) {
  lua_newtable(L);
  lode_str record;
  lode_json_value value;
  lode_err err;
  for (lua_Integer i = 1; job->next(job->ud, &record); i++) {
    lode__check(L, lode_json_parse(record.ptr, record.len, LODE_JSON_DEPTH + 1, &value, &err), &err);
    lode__push_json(L, value, false);
    lua_rawseti(L, -2, i);
  }
}

static void emit_result(lua_State *L) {
  if (!lua_toboolean(L, -1)) return;
  if (!lua_istable(L, -1))
    luaL_error(L, "reduce must give a record, a list of records, or nil, not a %s", lode__type_name(L, -1));
  int result = lua_gettop(L);
  lua_Integer count = (lua_Integer)lua_rawlen(L, result);
  lua_pushliteral(L, "type");
  bool single = lua_rawget(L, result) != LUA_TNIL;
  lua_pop(L, 1);
  if (single) count = 0;
  else if (count == 0) {
    /* A record without a type is refused like any other; an empty list is none. */
    lua_pushnil(L);
    single = lua_next(L, result) != 0;
    lua_settop(L, result);
  }
  if (single) lode__emit_record(L, result);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, result, i);
    lode__emit_record(L, -1);
    lua_pop(L, 1);
  }
}

static int do_reduce(lua_State *L) {
  const reduction *job = lua_touserdata(L, 1);
  lode__restore_locals(L);
  lode__seed_random(L, lode_hash64(job->key.ptr, job->key.len, 1));
  lua_rawgeti(L, LUA_REGISTRYINDEX, job->group->reduce);
  lode__blame(L, -1);
  lua_pushlstring(L, job->key.ptr, job->key.len);
  push_records(L, job);
  push_run(L);
  lua_call(L, 3, 1);
  emit_result(L);
  return 0;
}

int lode_host_reduce(lode_host *self, size_t group, lode_str key, lode_next_record next, void *ud, lode_sink *sink,
                     lode_err *err) {
  reduction job = {&self->groups[group], key, next, ud};
  self->sink = sink;
  int code = lode__call(self, LODE__GROUP, do_reduce, &job, err);
  if (code != 0 && err != NULL) lode__blame_group(err, job.group->name, key);
  self->sink = NULL;
  return code;
}

static int do_done(lua_State *L) {
  lode__restore_locals(L);
  lode__seed_random(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, lode__host(L)->done_stage);
  push_run(L);
  lua_call(L, 1, 0);
  return 0;
}

int lode_host_done(lode_host *self, const lode_totals *totals, lode_sink *sink, lode_err *err) {
  const lode_look *look = self->options.look;
  if (look != NULL) return look->done(look->ud, self, &self->book->rules, totals, sink, err);
  if (self->done_stage == LUA_NOREF) return 0;
  self->sink = sink;
  self->totals = totals;
  self->indexed = NULL;
  int code = lode__call(self, LODE__DONE, do_done, NULL, err);
  self->sink = NULL;
  self->totals = self->indexed = NULL;
  return code;
}
