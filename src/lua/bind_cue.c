/* cue{ "denied", on = "meeting", words = { ... } }: statuses of annotations.  Words, stops and pseudo-cues are rules of
 * their own, of a phase before all others; scope.h says what they cover. */
#include "rulebook.h"

#include <stdio.h>
#include <string.h>

enum { CUE_PHASE = -10 };

/* Longer strings first, so that "agreed that" goes before "agreed". [0, 0, e] */
static void sort_longest(lua_State *L, int list) {
  lua_Integer count = (lua_Integer)lua_rawlen(L, list);
  for (lua_Integer i = 2; i <= count; i++) {
    for (lua_Integer k = i; k > 1; k--) {
      lua_rawgeti(L, list, k - 1);
      lua_rawgeti(L, list, k);
      size_t before = lua_type(L, -2) == LUA_TSTRING ? lua_rawlen(L, -2) : SIZE_MAX;
      size_t here = lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : SIZE_MAX;
      if (here <= before) {
        lua_pop(L, 2);
        break;
      }
      lua_rawseti(L, list, k - 1);
      lua_rawseti(L, list, k);
    }
  }
}

/* A string is one phrase, a table a list of phrases and patterns; LODE_NO_PATTERN where it is absent. */
static lode_pattern read_phrases(lua_State *L, const char *what, const char *key) {
  lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  lode_err err;
  int top = lua_gettop(L), type = lua_getfield(L, 1, key);
  lode_pattern out = LODE_NO_PATTERN;
  const char *part = lua_pushfstring(L, "%s: %s", what, key);
  if (type == LUA_TTABLE) {
    lua_newtable(L); /* a copy: the script's own list stays in its order */
    lua_Integer count = (lua_Integer)lua_rawlen(L, top + 1);
    if (count == 0) luaL_error(L, "%s is an empty list", part);
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, top + 1, i);
      lua_rawseti(L, top + 3, i);
    }
    sort_longest(L, top + 3);
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, top + 3, i);
      lode_pattern item = lode__check_pattern(L, lua_gettop(L), part);
      out = out == LODE_NO_PATTERN ? item : lode_pattern_choice(trees, out, item, &err);
      lode__check_node(L, out, &err);
      lua_pop(L, 1);
    }
  } else if (type != LUA_TNIL) {
    out = lode__check_pattern(L, top + 1, part);
  }
  lua_settop(L, top);
  return out;
}

/* A rule whose annotations are of a label of their own; returns the label. */
static uint32_t add_rule(lua_State *L, const char *status, const char *part, lode_pattern match) {
  lode__book *book = lode__host(L)->book;
  lode_patterns *trees = &book->rules.patterns;
  lode_frame at = trees->at[0];
  lode_err err;
  char text[700];
  if (match == LODE_NO_PATTERN) return LODE_NO_ID;
  lode__rule made = {.file = at.file == NULL ? "?" : at.file,
                     .line = (int)at.line,
                     .keep = LUA_NOREF,
                     .emit = LUA_NOREF,
                     .fields = LUA_NOREF,
                     .examples = LUA_NOREF,
                     .of_cue = true,
                     .relaxed = LODE_NO_ID};
  snprintf(text, sizeof text, "cue %s%s%s", status, part[0] == '\0' ? "" : ", ", part);
  made.name = lode__keep(L, text, strlen(text));
  snprintf(text, sizeof text, "%s:%d %s", made.file, made.line, made.name);
  made.place = lode__keep(L, text, strlen(text));
  snprintf(text, sizeof text, "%s (%u)", made.name, (unsigned)book->rules.cue_count + 1);
  made.label = lode__keep(L, text, strlen(text));
  lode_rule_spec spec = {.name = {made.name, strlen(made.name)},
                         .at = at,
                         .label = lode_patterns_label(trees, (lode_str){made.label, strlen(made.label)}, &err),
                         .match = match,
                         .within = LODE_WITHIN_SENTENCE,
                         .phase = CUE_PHASE,
                         .zones = LODE_ZONES_ALL};
  lode__check(L, spec.label == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  lode__rule *slot = lode__new_rule(L);
  uint32_t id;
  if (lode_rules_add(&book->rules, &spec, &id, &err) != 0) luaL_error(L, "%s: %s", made.name, err.message);
  *slot = made;
  book->count++;
  return spec.label;
}

static lode_direction read_direction(lua_State *L, const char *what) {
  static const char *const names[] = {"both", "forward", "backward", NULL};
  int type = lua_getfield(L, 1, "direction");
  size_t i = 0;
  if (type != LUA_TNIL) {
    const char *given = type == LUA_TSTRING ? lua_tostring(L, -1) : "";
    while (names[i] != NULL && strcmp(names[i], given) != 0) i++;
    if (names[i] == NULL)
      luaL_error(L, "%s: nothing is called direction = \"%s\": %s", what, given, lode__suggest(L, given, names));
  }
  lua_pop(L, 1);
  return (lode_direction)i;
}

static lua_Integer read_number(lua_State *L, const char *what, const char *key, lua_Integer absent, lua_Integer least) {
  lua_Integer out = absent;
  if (lua_getfield(L, 1, key) != LUA_TNIL) {
    out = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : least - 1;
    if (out < least || out > 1000000)
      luaL_error(L, "%s: %s must be a whole number%s, not %s", what, key, least == 0 ? " of tokens" : "",
                 luaL_tolstring(L, -1, NULL));
  }
  lua_pop(L, 1);
  return out;
}

static void add_on(lua_State *L, const char *what, int index, lode_cue cue) {
  lode__book *book = lode__host(L)->book;
  lode_err err;
  if (lua_type(L, index) != LUA_TSTRING || lua_rawlen(L, index) == 0)
    luaL_error(L, "%s: on = must say the label that gets the status, on = \"meeting\", or a list of labels", what);
  cue.on = lode_patterns_label(&book->rules.patterns, lode__check_text(L, index), &err);
  lode__check(L, cue.on == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  lode__check(L, lode_rules_add_cue(&book->rules, cue, &err), &err);
}

int lode__declare_cue(lua_State *L) {
  static const char *const names[] = {"on", "words", "direction", "max", "stop", "pseudo", "rank", NULL};
  lode__check_stage(L, LODE__LOAD, "cue", "cues stand at the top of the script, outside of the stages");
  if (!lua_istable(L, 1))
    return luaL_error(L, "cue takes a table, cue{ \"denied\", on = \"meeting\", words = { ... } }, not a %s",
                      lode__type_name(L, 1));
  lua_settop(L, 1);
  if (lua_rawgeti(L, 1, 1) != LUA_TSTRING)
    return luaL_error(L, "a cue begins with the status it gives, cue{ \"denied\", on =, words = }, not with a %s",
                      lode__type_name(L, -1));
  lode_str status = lode__check_text(L, 2);
  const char *kept = lode__keep(L, status.ptr, status.len);
  const char *what = lua_pushfstring(L, "cue \"%s\"", kept);
  lode__check_options(L, 1, what, names, 1);
  lode__note_lines(L);
  lode_pattern words = read_phrases(L, what, "words"), pseudo = read_phrases(L, what, "pseudo");
  lode_pattern stop = read_phrases(L, what, "stop");
  if (words == LODE_NO_PATTERN) return luaL_error(L, "%s: words = is missing: the phrases that say so", what);
  lode_cue cue = {.status = {kept, status.len},
                  .direction = read_direction(L, what),
                  .max = (uint32_t)read_number(L, what, "max", 1000000, 0),
                  .rank = (int32_t)read_number(L, what, "rank", 0, -1000000)};
  cue.words = add_rule(L, kept, "", words);
  cue.pseudo = add_rule(L, kept, "pseudo", pseudo);
  cue.stop = add_rule(L, kept, "stop", stop);
  int top = lua_gettop(L);
  if (lua_getfield(L, 1, "on") != LUA_TTABLE) {
    add_on(L, what, top + 1, cue);
    return 0;
  }
  lua_Integer count = (lua_Integer)lua_rawlen(L, top + 1);
  for (lua_Integer i = 1; i <= count || i == 1; i++) {
    lua_rawgeti(L, top + 1, i);
    add_on(L, what, top + 2, cue);
    lua_settop(L, top + 1);
  }
  return 0;
}

static bool has_cues(const lode__book *book, uint32_t label) {
  for (uint32_t c = 0; c < book->rules.cue_count; c++)
    if (book->rules.cues[c].on == label) return true;
  return false;
}

/* Each label that a cue is on must be one that a rule makes. */
void lode__check_cues(lua_State *L) {
  lode__book *book = lode__host(L)->book;
  const lode_rules *rules = &book->rules;
  for (uint32_t r = 0; r < rules->count; r++) book->items[r].has_status = has_cues(book, rules->items[r].spec.label);
  for (uint32_t c = 0; c < rules->cue_count; c++) {
    bool made = false;
    for (uint32_t r = 0; r < rules->count && !made; r++) made = rules->items[r].spec.label == rules->cues[c].on;
    if (made) continue;
    lode_str on = lode_table_get(&rules->patterns.labels, rules->cues[c].on);
    lode_frame at = {"?", 0};
    lua_newtable(L);
    for (uint32_t r = 0; r < rules->count; r++) {
      const lode_rule_spec *spec = &rules->items[r].spec;
      if (spec->label == rules->cues[c].words) at = spec->at;
      if (book->items[r].of_cue) continue;
      lua_pushboolean(L, 1);
      lua_setfield(L, -2, book->items[r].label);
    }
    const char *message = lua_pushfstring(L, "cue \"%s\": no rule makes the label \"%s\"%s", rules->cues[c].status.ptr,
                                          on.ptr, lode__suggest_key(L, on.ptr, -1));
    lode__raise_at(L, at.file, at.line, message);
  }
}

lode_str lode__status_of(const lode__book *book, const lode_match *match) {
  if (match->cue.cue != LODE_NO_ID) return book->rules.cues[match->cue.cue].status;
  return book->items[match->rule].has_status ? LODE_STR("mentioned") : (lode_str){NULL, 0};
}
