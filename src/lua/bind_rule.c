/* rule{ name, label =, match =, ... }: declaring rules, and compiling them when the script is loaded. */
#include "rulebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lode__raise_at(lua_State *L, const char *file, uint32_t line, const char *message) {
  lode_host *self = lode__host(L);
  snprintf(self->broken, sizeof self->broken, "%s", file);
  lua_pushfstring(L, "%s:%d: %s", file, (int)line, message);
  lua_error(L);
}

size_t lode__rule_count(const lode_host *self) {
  return self->book == NULL ? 0 : self->book->count;
}

int32_t lode__last_phase(const lode_host *self) {
  int32_t last = 0;
  for (size_t i = 0; i < self->book->count; i++)
    if (self->book->rules.items[i].spec.phase > last) last = self->book->rules.items[i].spec.phase;
  return last;
}

lode_rule_about lode_host_rule(const lode_host *self, uint32_t rule) {
  const lode__rule *about = &self->book->items[rule];
  return (lode_rule_about){about->name,   about->label,   about->place, about->file,   about->line,
                           about->speaks, about->relaxed, about->part,  about->change, about->at};
}

uint32_t lode_host_rule_count(const lode_host *self) {
  return (uint32_t)lode__rule_count(self);
}

int lode_host_captures(const lode_host *self, uint32_t rule, lode_buf *out, lode_err *err) {
  const lode__rule *about = &self->book->items[rule];
  int code = 0;
  for (size_t i = 0; i < about->capture_count && code == 0; i++) {
    lode_str name = lode_table_get(&self->book->rules.patterns.captures, about->captures[i].name);
    if (i > 0) code = lode_buf_byte(out, ' ', err);
    if (code == 0) code = lode_buf_add(out, name.ptr, name.len, err);
  }
  return code;
}

void lode_host_forget_words(lode_host *self) {
  if (self->book != NULL && self->book->words != NULL) lode_matcher_forget(&self->book->matcher);
}

/* ---- the book ---- */

void lode__open_rules(lua_State *L, int table) {
  lode_host *self = lode__host(L);
  lode_err err;
  lode__book *book = calloc(1, sizeof *book);
  if (book == NULL) luaL_error(L, "out of memory");
  self->book = book;
  lode__check(L, lode_rules_init(&book->rules, 0x9E3779B9, &err), &err);
  lua_newtable(L);
  int words = lua_gettop(L);
  lode__open_patterns(L, words);
  lua_getfield(L, LUA_REGISTRYINDEX, "lode.store");
  lua_pushnil(L);
  while (lua_next(L, words) != 0) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, words + 1); /* the store: there without a header */
    lua_pushvalue(L, -2);
    if (lua_rawget(L, table) == LUA_TNIL) { /* lode.upper, lode.lower, lode.shape are of texts */
      lua_pushvalue(L, -3);
      lua_pushvalue(L, -3);
      lua_rawset(L, table);
    }
    lua_pop(L, 2);
  }
  lode__push_environment(L);
  lua_setfield(L, table, "env");
  lua_settop(L, words - 1);
}

void lode__close_rules(lode_host *self) {
  lode__book *book = self->book;
  if (book == NULL) return;
  lode__drop_matcher(self);
  lode_rules_free(&book->rules);
  lode__free_lexicons(book);
  lode_buf_free(&book->excused);
  lode_buf_free(&book->found);
  lode_buf_free(&book->sources);
  lode_buf_free(&book->asked);
  lode_buf_free(&book->said);
  free(book->capture_labels);
  for (size_t i = 0; i < book->count; i++) free(book->items[i].captures);
  free(book->items);
  free(book->constraints);
  free(book);
  self->book = NULL;
}

/* ---- declaring ---- */

lode__rule *lode__new_rule(lua_State *L) {
  lode__book *book = lode__host(L)->book;
  if (book->count == book->cap) {
    size_t cap = book->cap == 0 ? 16 : book->cap * 2;
    lode__rule *items = realloc(book->items, cap * sizeof *items);
    if (items == NULL) luaL_error(L, "out of memory");
    book->items = items;
    book->cap = cap;
  }
  return &book->items[book->count];
}

/* Is the file that is being run, at the bottom of what runs now, the main script? */
static bool is_main_script(lua_State *L) {
  const char *script = lode__host(L)->options.script;
  lua_Debug frame;
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (!lua_getinfo(L, "S", &frame) || frame.source[0] != '@' || strcmp(frame.what, "main") != 0) continue;
    return script != NULL && strcmp(frame.source + 1, script) == 0;
  }
  return false;
}

/* The rule's function under that key, as a reference. */
static int rule_function(lua_State *L, const char *what, const char *key, const char *form) {
  if (lua_getfield(L, 1, key) == LUA_TNIL) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  if (!lua_isfunction(L, -1))
    luaL_error(L, "%s: %s must be a function, %s = %s, not a %s", what, key, key, form, lode__type_name(L, -1));
  lode__warn_of_state(L, -1, "page");
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* A function, or a table of fields that every match has. */
static int rule_fields(lua_State *L, const char *what) {
  if (lua_getfield(L, 1, "fields") == LUA_TTABLE) return luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pop(L, 1);
  return rule_function(L, what, "fields", "function(p, m) ... end");
}

static lode_within check_within(lua_State *L, const char *what) {
  static const char *const names[] = {"sentence", "paragraph", "page", NULL};
  lode_within out = LODE_WITHIN_SENTENCE;
  int type = lua_getfield(L, 1, "within");
  if (type != LUA_TNIL) {
    const char *given = type == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    size_t i = 0;
    while (given != NULL && names[i] != NULL && strcmp(names[i], given) != 0) i++;
    if (given == NULL)
      luaL_error(L, "%s: within must be \"sentence\", \"paragraph\" or \"page\", not a %s", what,
                 lode__type_name(L, -1));
    else if (names[i] == NULL)
      luaL_error(L, "%s: nothing is called within = \"%s\": %s", what, given, lode__suggest(L, given, names));
    out = (lode_within)i;
  }
  lua_pop(L, 1);
  return out;
}

static lua_Integer check_number(lua_State *L, const char *what, const char *key, lua_Integer absent,
                                lua_Integer least) {
  lua_Integer out = absent;
  if (lua_getfield(L, 1, key) != LUA_TNIL) {
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < least || lua_tointeger(L, -1) > 1000000)
      luaL_error(L, "%s: %s must be a whole number%s, not %s", what, key,
                 least == -9 ? " from 1 (modules may take -9 to 0)" : "", luaL_tolstring(L, -1, NULL));
    out = lua_tointeger(L, -1);
  }
  lua_pop(L, 1);
  return out;
}

/* A list of tables; { { "text", speaker = "..." }, { none = "text" } }.  What is in them is looked at by `lode test`. */
static int check_examples(lua_State *L, const char *what) {
  if (lua_getfield(L, 1, "examples") == LUA_TNIL) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  if (!lua_istable(L, -1)) luaL_error(L, "%s: examples must be a list of tables", what);
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    if (lua_rawgeti(L, -1, i) != LUA_TTABLE)
      luaL_error(L,
                 "%s: example %d is a %s, not a table: { \"the text\", speaker = \"...\" } or { none = \"the text\" }",
                 what, (int)i, lode__type_name(L, -1));
    bool positive = lua_rawgeti(L, -1, 1) == LUA_TSTRING, negative = lua_getfield(L, -2, "none") == LUA_TSTRING;
    if (positive == negative)
      luaL_error(L,
                 "%s: example %d must begin with its text, { \"the text\", speaker = \"...\" }, or be "
                 "{ none = \"the text\" }",
                 what, (int)i);
    lua_pop(L, 3);
  }
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

static const char *required_string(lua_State *L, const char *what, const char *key) {
  int type = lua_getfield(L, 1, key);
  if (type != LUA_TSTRING || lua_rawlen(L, -1) == 0)
    luaL_error(L, "%s: %s must be a string, %s = \"deal\", not a %s", what, key, key, lode__type_name(L, -1));
  lode_str text = lode__check_text(L, -1);
  const char *out = lode__keep(L, text.ptr, text.len);
  lua_pop(L, 1);
  return out;
}

static lode_pattern required_match(lua_State *L, const char *what) {
  if (lua_getfield(L, 1, "match") == LUA_TNIL) luaL_error(L, "%s: match = is missing: the pattern of the rule", what);
  lode_pattern match = lode__check_pattern(L, lua_gettop(L), "match");
  lua_pop(L, 1);
  return match;
}

int lode__declare_rule(lua_State *L) {
  static const char *const names[] = {"label", "match", "within", "phase",    "priority", "zone",
                                      "keep",  "emit",  "fields", "examples", NULL};
  lode_host *self = lode__host(L);
  lode_patterns *trees = &self->book->rules.patterns;
  lode_err err;
  lode_err_clear(&err);
  lode__check_stage(L, LODE__LOAD, "rule", "rules stand at the top of the script, outside of the stages");
  if (!lua_istable(L, 1))
    return luaL_error(L, "rule takes a table, rule{ \"name\", label =, match = }, not a %s", lode__type_name(L, 1));
  lua_settop(L, 1);
  if (lua_rawgeti(L, 1, 1) != LUA_TSTRING)
    return luaL_error(L, "a rule begins with its name, rule{ \"name\", label =, match = }, not with a %s",
                      lode__type_name(L, -1));
  lode_str name = lode__check_text(L, -1);
  const char *what = lua_pushfstring(L, "rule \"%s\"", name.ptr);
  lode__check_options(L, 1, what, names, 1);
  lode__note_lines(L);
  lode_frame at = trees->at[0];
  lode__rule made = {.name = lode__keep(L, name.ptr, name.len),
                     .file = at.file == NULL ? "?" : at.file,
                     .line = (int)at.line,
                     .speaks = is_main_script(L),
                     .relaxed = LODE_NO_ID};
  const char *place = lua_pushfstring(L, "%s:%d %s", made.file, made.line, made.name);
  made.place = lode__keep(L, place, strlen(place));
  made.label = required_string(L, what, "label");
  lode_rule_spec spec = {.name = {made.name, name.len}, .at = at, .match = required_match(L, what)};
  spec.label = lode_patterns_label(trees, (lode_str){made.label, strlen(made.label)}, &err);
  lode__check(L, spec.label == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  spec.within = check_within(L, what);
  spec.phase = (int32_t)check_number(L, what, "phase", 1, -9);
  spec.priority = (int32_t)check_number(L, what, "priority", 0, -1000000);
  lua_getfield(L, 1, "zone");
  spec.zones = lode__check_zones(L, -1, lode__default_zones(L));
  made.keep = rule_function(L, what, "keep", "function(p, m) ... end");
  made.emit = rule_function(L, what, "emit", "function(p, m) ... end");
  made.fields = rule_fields(L, what);
  made.examples = check_examples(L, what);
  spec.keep = made.keep != LUA_NOREF;
  lode__rule *slot = lode__new_rule(L);
  uint32_t id;
  if (lode_rules_add(&self->book->rules, &spec, &id, &err) != 0) return luaL_error(L, "%s: %s", what, err.message);
  *slot = made;
  self->book->count++;
  return 0;
}

/* ---- what rules reach ---- */

typedef struct reach {
  lua_State *L;
  const lode_patterns *trees;
  uint32_t *stamp; /* by node: the last that reached it, 0 none */
  lode_pattern *stack;
} reach;

static bool add_capture(lode__rule *rule, const lode_pattern_node *node) {
  for (size_t i = 0; i < rule->capture_count; i++)
    if (rule->captures[i].name == node->data) return true;
  lode__rule_capture *next = realloc(rule->captures, (rule->capture_count + 1) * sizeof *next);
  if (next == NULL) return false;
  rule->captures = next;
  rule->captures[rule->capture_count++] = (lode__rule_capture){node->data, (node->flags & LODE_PATTERN_ALL) != 0};
  return true;
}

/* Every node is pushed once, so the stack holds them all at most. */
static bool walk(reach *self, lode_pattern root, uint32_t stamp, lode__rule *rule) {
  size_t depth = 0;
  if (self->stamp[root] != stamp) self->stack[depth++] = root;
  self->stamp[root] = stamp;
  while (depth > 0) {
    const lode_pattern_node *node = lode_pattern_get(self->trees, self->stack[--depth]);
    if (rule != NULL && node->kind == LODE_PATTERN_CAPTURE) {
      if (!add_capture(rule, node)) return false;
      rule->has_values = rule->has_values || lode__has_value(self->L, self->stack[depth]);
    }
    const lode_pattern parts[] = {node->a, node->b};
    for (int i = 0; i < 2; i++) {
      if (parts[i] == LODE_NO_PATTERN || self->stamp[parts[i]] == stamp) continue;
      self->stamp[parts[i]] = stamp;
      self->stack[depth++] = parts[i];
    }
  }
  return true;
}

/* The first pattern of the main script that is in no rule and in no other such pattern, or none. */
static lode_pattern find_unreached(reach *self, const char *script) {
  lode_pattern found = LODE_NO_PATTERN;
  for (lode_pattern i = self->trees->count; i-- > 1;) {
    const lode_pattern_node *node = lode_pattern_get(self->trees, i);
    if (self->stamp[i] != 0 || node->at[0].file == NULL || strcmp(node->at[0].file, script) != 0) continue;
    found = i;
    walk(self, i, 1, NULL); /* parts have smaller numbers: they are passed over from here on */
  }
  return found;
}

/* Does a rule look at annotations of that label? */
static bool asks_for(const reach *self, uint32_t label) {
  for (lode_pattern i = 1; i < self->trees->count; i++) {
    const lode_pattern_node *node = lode_pattern_get(self->trees, i);
    if (self->stamp[i] == 0 || (node->kind != LODE_PATTERN_ANN && node->kind != LODE_PATTERN_INSIDE)) continue;
    if (node->data == label) return true;
    if (node->kind == LODE_PATTERN_ANN && node->relation != LODE_RELATION_NONE && node->other == label) return true;
  }
  return false;
}

/* Fills the rules' captures. */
static lode_pattern reach_all(lode__book *book, reach *self, const char *script, bool *failed) {
  const lode_pattern *excused = (const lode_pattern *)(const void *)book->excused.ptr;
  uint32_t stamp = 1;
  for (size_t i = 0; i < book->excused.len / sizeof *excused; i++) walk(self, excused[i], stamp, NULL);
  for (size_t i = 0; i < book->count && !*failed; i++)
    *failed = !walk(self, book->rules.items[i].spec.match, ++stamp, &book->items[i]);
  book->quotes = asks_for(self, book->quotation);
  return *failed || script == NULL ? LODE_NO_PATTERN : find_unreached(self, script);
}

static void check_reach(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  size_t count = book->rules.patterns.count;
  reach walker = {L, &book->rules.patterns, calloc(count + 1, sizeof(uint32_t)),
                  malloc((count + 1) * sizeof(lode_pattern))};
  bool failed = walker.stamp == NULL || walker.stack == NULL;
  lode_pattern lost = failed ? LODE_NO_PATTERN : reach_all(book, &walker, self->options.script, &failed);
  free(walker.stamp);
  free(walker.stack);
  if (failed) luaL_error(L, "out of memory");
  if (lost == LODE_NO_PATTERN) return;
  lode_frame at = lode_pattern_get(&book->rules.patterns, lost)->at[0];
  lode__raise_at(L, at.file, at.line,
                 "a pattern made here is in no rule: `and` and `or` between patterns keep one side only, write `*` and "
                 "`+`; else take it out");
}

/* ---- what captures take ---- */

/* The labels of annotations that the pattern takes, not of those that it only looks at, into the list. */
static bool add_labels(const lode_patterns *trees, lode_pattern node, lode_buf *list, int depth) {
  for (; node != LODE_NO_PATTERN && depth > 0;) {
    const lode_pattern_node *at = lode_pattern_get(trees, node);
    switch ((lode_pattern_kind)at->kind) {
      case LODE_PATTERN_NOT:
      case LODE_PATTERN_AHEAD:
      case LODE_PATTERN_BEHIND:
      case LODE_PATTERN_GAP: return true;
      case LODE_PATTERN_ANN: return lode_buf_add(list, &at->data, sizeof at->data, NULL) == 0;
      default: break;
    }
    if (at->single) return true;
    bool both = at->kind == LODE_PATTERN_SEQ || at->kind == LODE_PATTERN_CHOICE;
    if (both && !add_labels(trees, at->b, list, depth - 1)) return false;
    node = at->a;
  }
  return true;
}

enum { LABEL_DEPTH = LODE_PATTERN_DEPTH + 1 }; /* chains lean to the left */

static void note_captures(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  const lode_patterns *trees = &book->rules.patterns;
  const uint32_t end = LODE_NO_ID;
  lode_buf list = {0};
  bool failed = (book->capture_labels = calloc(trees->count, sizeof *book->capture_labels)) == NULL;
  for (lode_pattern i = 1; i < trees->count && !failed; i++) {
    if (lode_pattern_get(trees, i)->kind != LODE_PATTERN_CAPTURE) continue;
    list.len = 0;
    failed = !add_labels(trees, lode_pattern_get(trees, i)->a, &list, LABEL_DEPTH);
    if (failed || list.len == 0) continue;
    failed = lode_buf_add(&list, &end, sizeof end, NULL) != 0;
    if (failed) break;
    book->capture_labels[i] =
        (uint32_t *)(void *)(uintptr_t)lode_arena_copy(&self->memory, list.ptr, list.len, NULL).ptr;
    failed = book->capture_labels[i] == NULL;
  }
  lode_buf_free(&list);
  if (failed) luaL_error(L, "out of memory");
}

/* ---- compiling ---- */

static const char *push_advice(lua_State *L, const lode_patterns *trees, const lode_rule_warning *warning) {
  char place[600];
  const lode_pattern_node *node = lode_pattern_get(trees, warning->node);
  lode_pattern_place(trees, warning->other, place, sizeof place);
  switch (warning->kind) {
    case LODE_WARNING_NEVER: return lua_pushliteral(L, "this part can match nothing");
    case LODE_WARNING_EMPTY_RULE:
      return lua_pushliteral(L, "the rule can match without a token, and such matches do not count");
    case LODE_WARNING_EMPTY_LOOP: return lua_pushliteral(L, "what is repeated here can match without a token");
    case LODE_WARNING_SHADOWED:
      return lua_pushfstring(L, "this alternative is never reached: the earlier one (%s) covers it", place);
    case LODE_WARNING_PREFIX:
      return lua_pushfstring(
          L, "this alternative begins with an earlier one (%s), which wins: put the longer one first", place);
    case LODE_WARNING_GAP_AT_END:
      return lua_pushstring(L, warning->other != LODE_NO_PATTERN
                                   ? "a gap at the end of a capture takes as little as will do, or nothing: put it "
                                     "behind the capture, or write upto"
                                   : "a gap with nothing behind it takes nothing: write what it leads to, or upto");
    case LODE_WARNING_MINUS_SEQUENCE:
      return lua_pushliteral(L, "`a * b - c` takes c from the whole sequence: for b alone write a * (b - c)");
    case LODE_WARNING_NO_MAKER: {
      bool known = node->kind == LODE_PATTERN_KNOWN;
      return lode__push_no_maker(L, known ? trees->knowns[node->data].label : node->data, warning->rule);
    }
  }
  return lua_pushliteral(L, "");
}

static void warn(lua_State *L, const lode_rule_warning *warning) {
  lode_host *self = lode__host(L);
  const lode_patterns *trees = &self->book->rules.patterns;
  const lode__rule *rule = &self->book->items[warning->rule];
  lode_frame at = lode_pattern_get(trees, warning->node)->at[0];
  if (at.file == NULL) at = (lode_frame){rule->file, (uint32_t)rule->line};
  int top = lua_gettop(L);
  const char *advice = push_advice(L, trees, warning);
  lode__check(L,
              lode_buf_printf(&self->warnings, NULL, "%s:%u: warning: rule \"%s\": %s\n", at.file, (unsigned)at.line,
                              rule->name, advice),
              NULL);
  lua_settop(L, top);
}

void lode__compile_rules(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  lode_err err;
  lode_err_clear(&err);
  check_reach(L);
  if (book->count == 0 && book->lexicon_count == 0) return;
  size_t own = book->count;
  const lode_look *look = self->options.look;
  book->rules.keep_marks = look != NULL;
  if (look != NULL && look->relax) lode__add_variants(L);
  note_captures(L);
  lode__check_cues(L);
  if (book->quotes) lode__check(L, lode_rules_give(&book->rules, book->quotation, &err), &err);
  lode__check_fields(L);
  lode__warn_of_unread(L);
  if (lode_rules_compile(&book->rules, &err) != 0) lode__raise(L, &err);
  for (uint32_t i = 0; i < book->rules.warning_count; i++)
    if (book->rules.warnings[i].rule < own) warn(L, &book->rules.warnings[i]);
}
