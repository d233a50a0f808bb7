/* Token patterns as Lua values: a userdata holds the number of a node in the book's trees (pattern.h). */
#include "rulebook.h"

#include "fold.h"
#include <stdlib.h>
#include <string.h>

static const char PATTERN[] = "lode.pattern";

static lode_patterns *trees(lua_State *L) {
  return &lode__host(L)->book->rules.patterns;
}

/* ---- where a part was made ---- */

/* Library files that words of patterns are written in: their lines are of no use to who calls them. */
static bool works_for_caller(const char *source) {
  static const char *const files[] = {"@lode/oneline.lua", "@lode/forms.lua", "@lode/spacy.lua"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (strcmp(source, files[i]) == 0) return true;
  return false;
}

static bool script_frame(lua_State *L, int *level, lua_Debug *frame) {
  for (; lua_getstack(L, *level, frame); ++*level) {
    if (!lua_getinfo(L, "Sl", frame) || frame->source[0] != '@' || frame->currentline <= 0) continue;
    if (!works_for_caller(frame->source)) return true;
  }
  return false;
}

/* A helper's caller is noted too; the caller of a whole file (require) is none. */
void lode__note_lines(lua_State *L) {
  lode_host *self = lode__host(L);
  lua_Debug frame;
  lode_frame line = {NULL, 0}, caller = {NULL, 0};
  int level = 0;
  if (script_frame(L, &level, &frame)) {
    line = (lode_frame){frame.source + 1, (uint32_t)frame.currentline};
    bool helper = strcmp(frame.what, "main") != 0;
    level++;
    if (helper && script_frame(L, &level, &frame)) caller = (lode_frame){frame.source + 1, (uint32_t)frame.currentline};
  }
  lode_err err;
  trees(L)->lists = lode_host_lists(self);
  lode__check(L, lode_patterns_at(trees(L), line, caller, &err), &err);
}

lode_pattern lode__check_node(lua_State *L, lode_pattern node, const lode_err *err) {
  if (node == LODE_NO_PATTERN) luaL_error(L, "%s", err->message);
  return node;
}

/* ---- making and checking values ---- */

static int push_node(lua_State *L, lode_pattern node, const lode_err *err) {
  lode__check_node(L, node, err);
  lode_pattern *value = lua_newuserdatauv(L, sizeof *value, 0);
  *value = node;
  luaL_setmetatable(L, PATTERN);
  return 1;
}

int lode__push_pattern(lua_State *L, lode_pattern node) {
  return push_node(L, node, NULL);
}

void lode__excuse(lua_State *L, lode_pattern node) {
  lode_err err;
  lode__check(L, lode_buf_add(&lode__host(L)->book->excused, &node, sizeof node, &err), &err);
}

static const lode_pattern *test_pattern(lua_State *L, int index) {
  return lua_type(L, index) == LUA_TUSERDATA ? luaL_testudata(L, index, PATTERN) : NULL;
}

static void refuse_operand(lua_State *L, int index, const char *what) {
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      luaL_error(L, "%s takes patterns, not the number %s: #\"not\" is the length of a string, write #w\"not\"", what,
                 luaL_tolstring(L, index, NULL));
      break;
    case LUA_TBOOLEAN:
      luaL_error(L, "%s takes patterns, not %s: `not`, `==` and `~=` give booleans; \"not here\" is written -w\"x\"",
                 what, luaL_tolstring(L, index, NULL));
      break;
    case LUA_TTABLE: luaL_error(L, "%s takes patterns, not a table: a list of words is w{ \"a\", \"b\" }", what); break;
    case LUA_TFUNCTION:
      luaL_error(L, "%s takes patterns, not a function: call it, or ask it of each token with test(fn)", what);
      break;
    default: break;
  }
  if (luaL_testudata(L, index, "lpeg-pattern") != NULL)
    luaL_error(L, "%s takes token patterns, not one of LPeg: like(pattern) asks it of one token", what);
  luaL_error(L, "%s takes patterns, not a %s", what, lode__type_cure(L, index));
}

lode_pattern lode__check_pattern(lua_State *L, int index, const char *what) {
  const lode_pattern *value = test_pattern(L, index);
  if (value != NULL) return *value;
  if (lua_type(L, index) != LUA_TSTRING) refuse_operand(L, index, what);
  lode_err err;
  lode_err_clear(&err);
  lode_str text = lode__check_text(L, index);
  return lode__check_node(L, lode_pattern_phrase(trees(L), text, false, &err), &err);
}

int lode__phrase(lua_State *L) {
  lode_err err;
  lode__note_lines(L);
  lode_pattern made = lode__check_pattern(L, 1, "P");
  return push_node(L, made, &err);
}

void lode__name_pattern(lua_State *L, int index, const char *name) {
  const lode_pattern *value = test_pattern(L, index);
  if (value == NULL || lode_pattern_get(trees(L), *value)->name != NULL) return;
  lode_err err;
  lode__check(L, lode_pattern_set_name(trees(L), *value, (lode_str){name, strlen(name)}, &err), &err);
}

static void begin(lua_State *L, const char *what) {
  lode__check_stage(L, LODE__LOAD, what, "patterns are made at the top of the script, outside of the stages");
  lode__note_lines(L);
}

/* ---- operators ---- */

typedef lode_pattern binary(lode_patterns *self, lode_pattern a, lode_pattern b, lode_err *err);
typedef lode_pattern unary(lode_patterns *self, lode_pattern a, lode_err *err);

static int apply_two(lua_State *L, const char *name, binary *make) {
  lode_err err;
  begin(L, name);
  lode_pattern a = lode__check_pattern(L, 1, name), b = lode__check_pattern(L, 2, name);
  return push_node(L, make(trees(L), a, b, &err), &err);
}

static int apply_one(lua_State *L, const char *name, unary *make) {
  lode_err err;
  begin(L, name);
  lode_pattern a = lode__check_pattern(L, 1, name);
  return push_node(L, make(trees(L), a, &err), &err);
}

static int op_seq(lua_State *L) {
  return apply_two(L, "`*`", lode_pattern_seq);
}
static int op_choice(lua_State *L) {
  return apply_two(L, "`+`", lode_pattern_choice);
}
static int op_minus(lua_State *L) {
  return apply_two(L, "`-`", lode_pattern_minus);
}
static int op_both(lua_State *L) {
  return apply_two(L, "`&`", lode_pattern_both);
}
static int op_not(lua_State *L) {
  return apply_one(L, "`-`", lode_pattern_not);
}
static int op_ahead(lua_State *L) {
  return apply_one(L, "`#`", lode_pattern_ahead);
}
static int make_behind(lua_State *L) {
  return apply_one(L, "behind", lode_pattern_behind);
}

static uint32_t check_bound(lua_State *L, int index, const char *what) {
  if (!lua_isinteger(L, index) || lua_tointeger(L, index) < 0)
    luaL_error(L, "%s: a bound is a whole number from 0, not %s", what, luaL_tolstring(L, index, NULL));
  if (lua_tointeger(L, index) > LODE_PATTERN_BOUND)
    luaL_error(L, "%s: %I is more than %d", what, (LUAI_UACINT)lua_tointeger(L, index), LODE_PATTERN_BOUND);
  return (uint32_t)lua_tointeger(L, index);
}

static void check_bounds(lua_State *L, uint32_t *min, uint32_t *max) {
  if (lua_type(L, 2) == LUA_TTABLE) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    lua_rawgeti(L, 2, 1);
    lua_rawgeti(L, 2, 2);
    if (count == 1) {
      const char *n = luaL_tolstring(L, -2, NULL);
      luaL_error(L, "p ^ {%s} could mean two things: write p ^ {%s, %s} for exactly %s, p ^ %s for %s or more", n, n, n,
                 n, n, n);
    }
    if (count != 2) luaL_error(L, "p ^ {a, b} takes two numbers, at least a and at most b");
    *min = check_bound(L, -2, "p ^ {a, b}");
    *max = check_bound(L, -1, "p ^ {a, b}");
    return;
  }
  if (lua_type(L, 2) != LUA_TNUMBER)
    luaL_error(L, "p ^ n takes a number, or two as p ^ {a, b}, not a %s", lode__type_name(L, 2));
  if (!lua_isinteger(L, 2)) {
    lua_Number n = lua_tonumber(L, 2);
    luaL_error(L, "p ^ %f: write p ^ %d for that many or more, p ^ -%d for at most that many", n, (int)n, (int)n);
  }
  lua_Integer n = lua_tointeger(L, 2);
  if (n > LODE_PATTERN_BOUND || n < -LODE_PATTERN_BOUND)
    luaL_error(L, "p ^ %I: a bound is at most %d", (LUAI_UACINT)n, LODE_PATTERN_BOUND);
  *min = n >= 0 ? (uint32_t)n : 0;
  *max = n >= 0 ? LODE_UNBOUNDED : (uint32_t)-n;
}

static int op_repeat(lua_State *L) {
  lode_err err;
  uint32_t min, max;
  begin(L, "`^`");
  lode_pattern a = lode__check_pattern(L, 1, "`^`");
  check_bounds(L, &min, &max);
  return push_node(L, lode_pattern_repeat(trees(L), a, min, max, false, &err), &err);
}

static void refuse_strings(lua_State *L, const char *a, const char *name, const char *b) {
  const char *cure = lua_pushfstring(L, "w\"%s\" %s \"%s\"", a, name, b);
  if (strchr(a, ' ') != NULL) cure = lua_pushfstring(L, "P[[\"%s\"]] %s \"%s\"", a, name, b);
  if (name[0] == '+') cure = lua_pushfstring(L, "lex{ \"%s\", \"%s\" }", a, b);
  luaL_error(L, "attempt to perform arithmetic on strings, \"%s\" %s \"%s\": one side must be a pattern, write %s", a,
             name, b, cure);
}

/* Two strings make no pattern in Lua: `"," * "x"` is arithmetic.  Up-values: Lua's own metamethod, the operator. */
static int string_operator(lua_State *L) {
  lua_settop(L, 2);
  const char *name = lua_tostring(L, lua_upvalueindex(2));
  bool strings = lua_type(L, 1) == LUA_TSTRING && lua_type(L, 2) == LUA_TSTRING;
  if (strings && (!lua_isnumber(L, 1) || !lua_isnumber(L, 2)))
    refuse_strings(L, lua_tostring(L, 1), name, lua_tostring(L, 2));
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 2, 1);
  return 1;
}

static void open_string_operators(lua_State *L) {
  static const char *const names[][2] = {{"__mul", "*"}, {"__add", "+"}, {"__sub", "-"}};
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1)) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
      if (lua_getfield(L, -1, names[i][0]) != LUA_TNIL) {
        lua_pushstring(L, names[i][1]);
        lua_pushcclosure(L, string_operator, 2);
        lua_setfield(L, -2, names[i][0]);
      } else {
        lua_pop(L, 1);
      }
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* ---- one token ---- */

static bool is_shouted(lode_str item) {
  for (size_t i = 0; i < item.len; i++)
    if (item.ptr[i] < 'A' || item.ptr[i] > 'Z') return false;
  return item.len > 1;
}

/* w"US" is "us": meant is W"US". */
static void warn_of_common(lua_State *L, lode_str item) {
  lode_host *self = lode__host(L);
  lode_err err;
  if (!is_shouted(item)) return;
  self->scratch.len = 0;
  lode__check(L, lode_fold_token(item.ptr, item.len, &self->scratch, &err), &err);
  if (lode_table_find(&self->stops, self->scratch.ptr, self->scratch.len) == LODE_NO_ID) return;
  lode_frame at = trees(L)->at[0];
  int len = (int)item.len;
  lode__check(L,
              lode_buf_printf(&self->warnings, &err,
                              "%s:%u: warning: w\"%.*s\" compares folded forms, and \"%.*s\" is a common word: write "
                              "W\"%.*s\"\n",
                              at.file == NULL ? "?" : at.file, (unsigned)at.line, len, item.ptr, (int)self->scratch.len,
                              self->scratch.ptr, len, item.ptr),
              &err);
}

/* Words of a string, between spaces, or of a list, as lode_str in a userdata that is pushed. */
static lode_str *push_words(lua_State *L, const char *name, size_t *count) {
  if (lua_type(L, 1) == LUA_TSTRING) {
    lode_str text = lode__check_text(L, 1);
    lode_str *items = lua_newuserdatauv(L, (text.len / 2 + 1) * sizeof *items, 0);
    *count = 0;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
      for (end = at; end < text.len && (unsigned char)text.ptr[end] > ' ';) end++;
      if (end > at) items[(*count)++] = (lode_str){text.ptr + at, end - at};
    }
    if (*count == 0) luaL_error(L, "%s\"\": there is no word in it", name);
    return items;
  }
  if (!lua_istable(L, 1))
    luaL_error(L, "%s takes words, %s\"said says\", or a list, %s{ \"said\", \"says\" }, not a %s", name, name, name,
               lode__type_cure(L, 1));
  *count = (size_t)lua_rawlen(L, 1);
  if (*count == 0) luaL_error(L, "%s{}: there is no word in it", name);
  lode_str *items = lua_newuserdatauv(L, *count * sizeof *items, 0);
  for (size_t i = 0; i < *count; i++) {
    if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_error(L, "%s: item %d is a %s, not a word", name, (int)i + 1, lode__type_name(L, -1));
    items[i].ptr = lua_tolstring(L, -1, &items[i].len);
    lua_pop(L, 1); /* the table holds it */
  }
  return items;
}

static int make_words(lua_State *L, const char *name, bool exact) {
  lode_err err;
  size_t count;
  begin(L, name);
  lode_str *items = push_words(L, name, &count);
  for (size_t i = 0; i < count && !exact; i++) warn_of_common(L, items[i]);
  return push_node(L, lode_pattern_words(trees(L), items, count, exact, &err), &err);
}

static int make_w(lua_State *L) {
  return make_words(L, "w", false);
}
static int make_forms(lua_State *L) {
  return make_words(L, "W", true);
}

static int make_shape(lua_State *L) {
  lode_err err;
  begin(L, "shape");
  if (lua_type(L, 1) != LUA_TSTRING)
    return luaL_error(L, "shape takes a string, shape\"Xx\", not a %s", lode__type_name(L, 1));
  return push_node(L, lode_pattern_shape(trees(L), lode__check_text(L, 1), &err), &err);
}

/* What is asked of a form by a function of the script, or by LPeg. */
typedef struct asked {
  lode_host *host;
  int function;
} asked;

typedef struct question {
  int function;
  lode_str written, folded;
} question;

static int call_asked(lua_State *L) {
  const question *form = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, form->function);
  lua_pushlstring(L, form->written.ptr, form->written.len);
  lua_pushlstring(L, form->folded.ptr, form->folded.len);
  lua_call(L, 2, 1);
  return 1;
}

/* Runs inside the matcher, so nothing may jump out of it: whatever allocates is inside lode__try. */
static int ask_form(void *context, lode_str written, lode_str folded, lode_err *err) {
  const asked *what = context;
  lua_State *L = what->host->L;
  question form = {what->function, written, folded};
  if (!lua_checkstack(L, 8)) return lode_fail(err, LODE_E_NOMEM, "out of memory: the stack of the script");
  lua_pushcfunction(L, call_asked);
  lua_pushlightuserdata(L, &form);
  int code = lode__try(L, 1, 1, err);
  if (code != 0) return code;
  int fits = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return fits;
}

/* The function on top of the stack. */
static int push_asked(lua_State *L) {
  lode_err err;
  asked *what = lode_arena_take(&lode__host(L)->memory, 1, sizeof *what, &err);
  lode__check(L, what == NULL ? LODE_E_NOMEM : 0, &err);
  *what = (asked){lode__host(L), luaL_ref(L, LUA_REGISTRYINDEX)};
  return push_node(L, lode_pattern_test(trees(L), (lode_form_predicate){ask_form, what}, &err), &err);
}

static int make_test(lua_State *L) {
  begin(L, "test");
  if (!lua_isfunction(L, 1))
    return luaL_error(L, "test takes a function of a token's text, test(function(text, fold) ... end), not a %s",
                      lode__type_name(L, 1));
  lua_settop(L, 1);
  return push_asked(L);
}

/* Up-values: lpeg.match, the pattern. */
static int match_form(lua_State *L) {
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_call(L, 2, 1);
  lua_pushboolean(L, !lua_isnil(L, -1));
  return 1;
}

static int make_like(lua_State *L) {
  begin(L, "like");
  if (lua_type(L, 1) != LUA_TUSERDATA || luaL_testudata(L, 1, "lpeg-pattern") == NULL)
    return luaL_error(L, "like takes a pattern of LPeg, like(lpeg.P\"anti\"), not a %s", lode__type_cure(L, 1));
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.lpeg");
  lua_getfield(L, -1, "match");
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, match_form, 2);
  return push_asked(L);
}

/* ---- annotations ---- */

static uint32_t label_of(lua_State *L, int index, const char *what) {
  if (lua_type(L, index) != LUA_TSTRING)
    luaL_error(L, "%s takes a label, a string, not a %s", what, lode__type_name(L, index));
  lode_err err;
  uint32_t label = lode_patterns_label(trees(L), lode__check_text(L, index), &err);
  lode__check(L, label == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  return label;
}

static void read_wanted(lua_State *L, int table, const char *name, lode__wanted *out) {
  lode_err err;
  lode_arena *arena = &lode__host(L)->memory;
  *out = (lode__wanted){.presence = LODE__TEXTS};
  out->capture = lode_patterns_capture(trees(L), (lode_str){name, strlen(name)}, &err);
  lode__check(L, out->capture == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  int type = lua_getfield(L, table, name);
  if (lode_buf_add(&lode__host(L)->book->asked, &out->capture, sizeof out->capture, &err) != 0)
    luaL_error(L, "%s", err.message);
  if (type == LUA_TBOOLEAN) {
    out->presence = lua_toboolean(L, -1) ? LODE__PRESENT : LODE__ABSENT;
    lua_pop(L, 1);
    return;
  }
  if (type == LUA_TSTRING || type == LUA_TNUMBER) {
    lua_createtable(L, 1, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
  } else if (type != LUA_TTABLE) {
    luaL_error(L, "ann: %s must be a string, a list of strings, true (it is there) or false (it is not), not a %s",
               name, lode__type_name(L, -1));
  }
  size_t count = (size_t)lua_rawlen(L, -1);
  lode_str *texts = lode_arena_take(arena, count + 1, sizeof *texts, &err);
  lode__check(L, texts == NULL ? LODE_E_NOMEM : 0, &err);
  for (size_t i = 0; i < count; i++) {
    int item = lua_rawgeti(L, -1, (lua_Integer)i + 1);
    if (item == LUA_TNUMBER) lua_tostring(L, -1);
    else if (item != LUA_TSTRING)
      luaL_error(L, "ann: item %d of %s is a %s, not a string", (int)i + 1, name, lode__type_name(L, -1));
    lode_str text = lode__check_text(L, -1);
    texts[i] = (lode_str){lode__keep(L, text.ptr, text.len), text.len};
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  out->texts = texts;
  out->count = count;
}

static uint32_t add_constraint(lua_State *L, const lode__wanted *fields, size_t count) {
  lode__book *book = lode__host(L)->book;
  if (book->constraint_count == book->constraint_cap) {
    size_t cap = book->constraint_cap == 0 ? 8 : book->constraint_cap * 2;
    lode__constraint *next = realloc(book->constraints, cap * sizeof *next);
    if (next == NULL) luaL_error(L, "out of memory");
    book->constraints = next;
    book->constraint_cap = cap;
  }
  book->constraints[book->constraint_count] = (lode__constraint){fields, count};
  return (uint32_t)book->constraint_count++;
}

/* ann(label, { role = "leader", within = "quote" }): fields are captures; within, contains and overlaps name a label. */
static int make_ann(lua_State *L) {
  static const struct {
    const char *name;
    lode_relation relation;
  } relations[] = {
      {"within", LODE_RELATION_WITHIN}, {"contains", LODE_RELATION_CONTAINS}, {"overlaps", LODE_RELATION_OVERLAPS}};
  lode_err err;
  begin(L, "ann");
  uint32_t label = label_of(L, 1, "ann"), constraint = LODE_NO_ID, other = 0;
  lode_relation relation = LODE_RELATION_NONE;
  if (!lua_isnoneornil(L, 2)) {
    if (!lua_istable(L, 2))
      return luaL_error(L, "ann takes its fields as a table, ann(\"person\", { role = \"leader\" }), not as a %s",
                        lode__type_name(L, 2));
    lua_settop(L, 2);
    size_t count, used = 0;
    const lode__key *keys = lode__sorted_keys(L, 2, &count);
    lode__wanted *fields = lode_arena_take(&lode__host(L)->memory, count + 1, sizeof *fields, &err);
    lode__check(L, fields == NULL ? LODE_E_NOMEM : 0, &err);
    for (size_t i = 0; i < count; i++) {
      if (keys[i].ptr == NULL) return luaL_error(L, "ann: fields have names, { role = \"leader\" }");
      size_t r = 0;
      while (r < 3 && strcmp(relations[r].name, keys[i].ptr) != 0) r++;
      if (r == 3) {
        read_wanted(L, 2, keys[i].ptr, &fields[used++]);
        continue;
      }
      if (relation != LODE_RELATION_NONE) return luaL_error(L, "ann: only one of within, contains and overlaps");
      relation = relations[r].relation;
      lua_getfield(L, 2, keys[i].ptr);
      other = label_of(L, lua_gettop(L), keys[i].ptr);
      lua_pop(L, 1);
    }
    if (used > 0) constraint = add_constraint(L, fields, used);
  }
  return push_node(L, lode_pattern_ann(trees(L), label, constraint, relation, other, &err), &err);
}

/* ---- parts of parts ---- */

static int make_opt(lua_State *L) {
  lode_err err;
  begin(L, "opt");
  lode_pattern a = lode__check_pattern(L, 1, "opt");
  return push_node(L, lode_pattern_opt(trees(L), a, false, &err), &err);
}

/* lazy(p ^ n), lazy(opt(p)): the node that it takes the place of is in no tree then, and that is meant. */
static int make_lazy(lua_State *L) {
  lode_err err;
  begin(L, "lazy");
  lode_pattern a = lode__check_pattern(L, 1, "lazy");
  lode_pattern_node node = *lode_pattern_get(trees(L), a);
  if (node.kind != LODE_PATTERN_REPEAT && node.kind != LODE_PATTERN_OPT)
    return luaL_error(L, "lazy takes a repetition, lazy(p ^ n), or opt(p)");
  lode__excuse(L, a);
  if (node.kind == LODE_PATTERN_OPT) return push_node(L, lode_pattern_opt(trees(L), node.a, true, &err), &err);
  return push_node(L, lode_pattern_repeat(trees(L), node.a, node.min, node.max, true, &err), &err);
}

/* p, p and p: p ("," ("and" | "or" | "&")? | "and" | "or" | "&") p ... */
static int make_list(lua_State *L) {
  static const lode_str joins[] = {{"and", 3}, {"or", 2}};
  lode_err err;
  lode_patterns *p = trees(L);
  begin(L, "list");
  lode_pattern a = lode__check_pattern(L, 1, "list");
  lode_pattern word = lode__check_node(L, lode_pattern_words(p, joins, 2, false, &err), &err);
  lode_pattern sign = lode__check_node(L, lode_pattern_phrase(p, LODE_STR("&"), false, &err), &err);
  lode_pattern join = lode__check_node(L, lode_pattern_choice(p, word, sign, &err), &err);
  lode_pattern comma = lode__check_node(L, lode_pattern_phrase(p, LODE_STR(","), false, &err), &err);
  lode_pattern maybe = lode__check_node(L, lode_pattern_opt(p, join, false, &err), &err);
  lode_pattern mark = lode__check_node(L, lode_pattern_seq(p, comma, maybe, &err), &err);
  lode_pattern between = lode__check_node(L, lode_pattern_choice(p, mark, join, &err), &err);
  lode_pattern next = lode__check_node(L, lode_pattern_seq(p, between, a, &err), &err);
  lode_pattern rest = lode__check_node(L, lode_pattern_repeat(p, next, 0, LODE_UNBOUNDED, false, &err), &err);
  return push_node(L, lode_pattern_seq(p, a, rest, &err), &err);
}

static int make_distance(lua_State *L, const char *name, bool greedy) {
  lode_err err;
  begin(L, name);
  if (lua_type(L, 1) != LUA_TNUMBER)
    return luaL_error(L, "%s(n) takes a number of tokens, not a %s", name, lode__type_cure(L, 1));
  uint32_t max = check_bound(L, 1, name);
  lode_pattern stop = lua_isnoneornil(L, 2) ? LODE_NO_PATTERN : lode__check_pattern(L, 2, name);
  return push_node(L, lode_pattern_gap(trees(L), max, stop, greedy, &err), &err);
}

static int make_gap(lua_State *L) {
  return make_distance(L, "gap", false);
}
static int make_upto(lua_State *L) {
  return make_distance(L, "upto", true);
}

/* ---- words that the library makes ---- */

/* Call the function `name` of a module of the library with the arguments here. */
static int call_library(lua_State *L, const char *module, const char *name) {
  int count = lua_gettop(L);
  begin(L, name);
  lua_pushcfunction(L, lode__require);
  lua_pushstring(L, module);
  lua_call(L, 1, 1);
  lua_getfield(L, -1, name);
  lua_insert(L, 1);
  lua_settop(L, count + 1);
  lua_call(L, count, 1);
  return 1;
}

static int make_verb(lua_State *L) {
  return call_library(L, "lode.forms", "verb");
}
static int make_from_spacy(lua_State *L) {
  return call_library(L, "lode.spacy", "from_spacy");
}
static int make_noun(lua_State *L) {
  return call_library(L, "lode.forms", "noun");
}

/* ---- captures ---- */

static const char *const reserved[] = {"text", "page", "rule", "type", "start",    "end",   "label",
                                       "zone", "span", "line", "cap",  "repaired", "source"};

bool lode__is_reserved_name(const char *name) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(reserved[i], name) == 0) return true;
  return false;
}

static uint32_t capture_of(lua_State *L, int index, const char *what) {
  lode_err err;
  if (lua_type(L, index) != LUA_TSTRING || lua_rawlen(L, index) == 0)
    luaL_error(L, "%s takes a name first, %s(\"speaker\", ...), not a %s", what, what, lode__type_cure(L, index));
  if (lode__is_reserved_name(lua_tostring(L, index)))
    luaL_error(L, "%s: \"%s\" cannot name a capture: lode fills that field itself; take another name", what,
               lua_tostring(L, index));
  uint32_t name = lode_patterns_capture(trees(L), lode__check_text(L, index), &err);
  lode__check(L, name == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  return name;
}

/* as("n", p, { value = function, table of values, or the value }) */
static void keep_value(lua_State *L, const char *what, lode_pattern node) {
  static const char *const names[] = {"value", NULL};
  if (!lua_istable(L, 3))
    luaL_error(L, "%s takes options last, %s(\"n\", p, { value = function(text) ... end }), not a %s", what, what,
               lode__type_name(L, 3));
  lode__check_options(L, 3, what, names, 0);
  if (lua_getfield(L, 3, "value") == LUA_TNIL) luaL_error(L, "%s: value = is missing in the options", what);
  lode__keep_value(L, node);
}

static int make_capture(lua_State *L, const char *what, bool all) {
  lode_err err;
  begin(L, what);
  uint32_t name = capture_of(L, 1, what);
  lode_pattern a = lode__check_pattern(L, 2, what);
  bool valued = !lua_isnoneornil(L, 3);
  lode_pattern node = lode__check_node(L, lode_pattern_capture(trees(L), name, a, all, &err), &err);
  if (valued) keep_value(L, what, node);
  return push_node(L, node, &err);
}

static int make_as(lua_State *L) {
  return make_capture(L, "as", false);
}
static int make_all(lua_State *L) {
  return make_capture(L, "all", true);
}

/* known("person", "last", p) */
static int make_known(lua_State *L) {
  lode_err err;
  begin(L, "known");
  uint32_t label = label_of(L, 1, "known"), capture = capture_of(L, 2, "known");
  lode_pattern a = lua_isnoneornil(L, 3) ? lode__check_node(L, lode_pattern_any(trees(L), &err), &err)
                                         : lode__check_pattern(L, 3, "known");
  return push_node(L, lode_pattern_known(trees(L), label, capture, a, &err), &err);
}

/* inside"quoted" */
static int make_inside(lua_State *L) {
  lode_err err;
  begin(L, "inside");
  uint32_t label = label_of(L, 1, "inside");
  return push_node(L, lode_pattern_inside(trees(L), label, &err), &err);
}

/* edge"sentence start" */
static int make_edge(lua_State *L) {
  static const char *const names[] = {
      "sentence start", "sentence end", "paragraph start", "paragraph end", "page start", "page end", NULL};
  lode_err err;
  begin(L, "edge");
  const char *given = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : NULL;
  size_t i = 0;
  if (given == NULL) return luaL_error(L, "edge takes a name, edge\"sentence start\", not a %s", lode__type_cure(L, 1));
  while (names[i] != NULL && strcmp(names[i], given) != 0) i++;
  if (names[i] == NULL) return luaL_error(L, "nothing is called edge\"%s\": %s", given, lode__suggest(L, given, names));
  return push_node(L, lode_pattern_edge(trees(L), (lode_edge)i, &err), &err);
}

static int make_same(lua_State *L) {
  lode_err err;
  begin(L, "same");
  uint32_t a = capture_of(L, 1, "same"), b = capture_of(L, 2, "same");
  return push_node(L, lode_pattern_same(trees(L), a, b, &err), &err);
}

/* ---- the value itself ---- */

static int pattern_string(lua_State *L) {
  const lode_pattern *value = luaL_checkudata(L, 1, PATTERN);
  char place[600];
  lua_pushfstring(L, "pattern %s of %s", lode_pattern_kind_name(lode_pattern_get(trees(L), *value)->kind),
                  lode_pattern_place(trees(L), *value, place, sizeof place));
  return 1;
}

static int pattern_concat(lua_State *L) {
  return luaL_error(L, "`..` joins strings: one pattern after the other is written p * q");
}

static int pattern_divide(lua_State *L) {
  return luaL_error(L, "`/` means nothing between patterns: a choice is p + q, a capture as(\"name\", p)");
}

static int pattern_index(lua_State *L) {
  return luaL_error(L, "a pattern has no field \"%s\": patterns are put together with operators",
                    luaL_tolstring(L, 2, NULL));
}

static void open_metatable(lua_State *L) {
  static const luaL_Reg operators[] = {{"__mul", op_seq},
                                       {"__add", op_choice},
                                       {"__sub", op_minus},
                                       {"__band", op_both},
                                       {"__unm", op_not},
                                       {"__len", op_ahead},
                                       {"__pow", op_repeat},
                                       {"__concat", pattern_concat},
                                       {"__div", pattern_divide},
                                       {"__index", pattern_index},
                                       {"__tostring", pattern_string},
                                       {NULL, NULL}};
  luaL_newmetatable(L, PATTERN);
  luaL_setfuncs(L, operators, 0);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

static void add_fixed(lua_State *L, int table, const char *name, lode_pattern node, const lode_err *err) {
  push_node(L, node, err);
  lua_setfield(L, table, name);
}

void lode__open_patterns(lua_State *L, int table) {
  static const luaL_Reg words[] = {{"w", make_w},
                                   {"W", make_forms},
                                   {"shape", make_shape},
                                   {"like", make_like},
                                   {"test", make_test},
                                   {"ann", make_ann},
                                   {"opt", make_opt},
                                   {"list", make_list},
                                   {"lazy", make_lazy},
                                   {"gap", make_gap},
                                   {"behind", make_behind},
                                   {"upto", make_upto},
                                   {"as", make_as},
                                   {"all", make_all},
                                   {"same", make_same},
                                   {"known", make_known},
                                   {"edge", make_edge},
                                   {"inside", make_inside},
                                   {"lex", lode__make_lexicon},
                                   {"cue", lode__declare_cue},
                                   {"from_spacy", make_from_spacy},
                                   {"verb", make_verb},
                                   {"noun", make_noun},
                                   {"P", lode__oneline},
                                   {"rule", lode__declare_rule},
                                   {NULL, NULL}};
  lode_patterns *p = trees(L);
  lode_err err;
  open_metatable(L);
  open_string_operators(L);
  lua_pushvalue(L, table);
  luaL_setfuncs(L, words, 0);
  lua_pop(L, 1);
  add_fixed(L, table, "glued", lode_pattern_edge(p, LODE_EDGE_GLUED, &err), &err);
  lode__host(L)->book->quotation = lode_patterns_label(p, LODE_STR("quotation"), &err);
  lode__check(L, lode__host(L)->book->quotation == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  add_fixed(L, table, "quotation",
            lode_pattern_ann(p, lode__host(L)->book->quotation, LODE_NO_ID, LODE_RELATION_NONE, 0, &err), &err);
  add_fixed(L, table, "any", lode_pattern_any(p, &err), &err);
  add_fixed(L, table, "cap", lode_pattern_cased(p, LODE_PATTERN_CAP, &err), &err);
  add_fixed(L, table, "upper", lode_pattern_cased(p, LODE_PATTERN_UPPER, &err), &err);
  add_fixed(L, table, "lower", lode_pattern_cased(p, LODE_PATTERN_LOWER, &err), &err);
  add_fixed(L, table, "num", lode_pattern_of_kind(p, LODE_TOKEN_NUMBER, &err), &err);
  add_fixed(L, table, "punct", lode_pattern_of_kind(p, LODE_TOKEN_PUNCT, &err), &err);
}
