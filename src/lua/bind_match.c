/* A match as scripts see it: its captures, their values, its fields, and what a lexicon found. */
#include "rulebook.h"

#include "fold.h"
#include <string.h>

static const char MATCH[] = "lode.match", VALUES[] = "lode.values", FIELDS[] = "lode.fields";

/* A match with its captures, copied: what `keep` sees may be gone from the matcher a moment later.  What a lexicon
 * found has no rule and no captures. */
typedef struct match_value {
  uint64_t generation;
  uint32_t number; /* of the match, where it is known; else LODE_NO_ID */
  uint32_t label;
  uint64_t entry; /* of a lexicon's find */
  lode_match match;
  lode_capture captures[];
} match_value;

/* ---- text of tokens ---- */

lode_span lode__bytes_of(const lode_page *page, uint32_t begin, uint32_t end) {
  if (begin >= end) return (lode_span){0, 0};
  return (lode_span){page->tokens.items[begin].begin, page->tokens.items[end - 1].end};
}

static void push_text(lua_State *L, uint32_t begin, uint32_t end) {
  const lode_page *page = lode__host(L)->page;
  lode_span range = lode__bytes_of(page, begin, end);
  lua_pushlstring(L, page->content + range.begin, range.end - range.begin);
}

static const lode__rule_capture *find_capture(const lode__rule *rule, uint32_t name) {
  for (size_t i = 0; i < rule->capture_count; i++)
    if (rule->captures[i].name == name) return &rule->captures[i];
  return NULL;
}

/* ---- what a capture holds besides its text ---- */

/* Labels that the capture's pattern takes annotations of, a list ended by LODE_NO_ID, or NULL. */
static const uint32_t *labels_of(const lode__book *book, lode_pattern node) {
  return book->capture_labels == NULL ? NULL : book->capture_labels[node];
}

/* Is the annotation there for rules of that phase? */
static bool is_visible(const lode__book *book, const lode_annotation *item, int32_t phase) {
  if (item->match == LODE_NO_ID) return true;
  return book->rules.items[book->matcher.matches[item->match].rule].spec.phase < phase;
}

typedef enum wanted_maker { ANY_MAKER, BY_RULE, BY_LEXICON } wanted_maker;

/* In one label: the annotation that has exactly these tokens, else (inside) the first that lies in them. */
static const lode_annotation *find_in(const lode__book *book, uint32_t label, const lode_capture *capture,
                                      int32_t phase, wanted_maker maker, bool inside) {
  const lode_annotations *all = &book->matcher.annotations;
  const lode_annotation_list *list = &all->lists[label];
  const lode_annotation *first = NULL;
  for (uint32_t i = lode_annotations_from(all, label, capture->begin);
       i < list->count && list->items[i].begin < capture->end; i++) {
    const lode_annotation *item = &list->items[i];
    bool lexicon = item->match == LODE_NO_ID;
    if (item->end > capture->end || !is_visible(book, item, phase) || (maker == BY_RULE && lexicon) ||
        (maker == BY_LEXICON && !lexicon))
      continue;
    if (item->begin == capture->begin && item->end == capture->end) return item;
    if (first == NULL) first = item;
  }
  return inside ? first : NULL;
}

/* The annotation that the capture is, or else the first one that its pattern took, or NULL. */
static const lode_annotation *find_annotation(const lode__book *book, const lode_capture *capture, int32_t phase,
                                              wanted_maker maker, uint32_t *label) {
  const uint32_t *labels = labels_of(book, capture->node);
  const lode_annotation *found = NULL;
  for (int inside = 0; inside < 2 && labels != NULL && found == NULL; inside++)
    for (size_t i = 0; labels[i] != LODE_NO_ID && found == NULL; i++)
      found = find_in(book, *label = labels[i], capture, phase, maker, inside != 0);
  for (uint32_t l = 0; labels == NULL && l < book->matcher.annotations.label_count && found == NULL; l++)
    found = find_in(book, *label = l, capture, phase, maker, false);
  return found;
}

static void push_annotation(lua_State *L, uint32_t label, const lode_annotation *item) {
  if (item == NULL) lua_pushnil(L);
  else if (item->match == LODE_NO_ID) lode__push_find(L, label, item);
  else lode__push_match(L, &lode__host(L)->book->matcher.matches[item->match]);
}

static void push_capture(lua_State *L, const lode_match *match, const lode_capture *capture);

/* fn(text, capture), for a function of C fn(text), map[folded text], map[text], or what it is; nil where it says nothing. */
static void apply_value(lua_State *L, const lode_match *match, const lode_capture *capture) {
  int value = lua_gettop(L);
  if (lua_isfunction(L, value)) {
    bool plain = lua_iscfunction(L, value); /* tonumber would take the capture for a base */
    push_text(L, capture->begin, capture->end);
    if (!plain) push_capture(L, match, capture);
    lua_call(L, plain ? 1 : 2, 1);
    return;
  }
  if (lua_istable(L, value)) {
    lode_host *self = lode__host(L);
    push_text(L, capture->begin, capture->end);
    lode_str text = lode__check_text(L, -1);
    self->scratch.len = 0;
    lode__check(L, lode_fold(text.ptr, text.len, LODE_FOLD_WORD, &self->scratch, NULL, NULL), NULL);
    lua_pushlstring(L, self->scratch.ptr, self->scratch.len);
    if (lua_rawget(L, value) == LUA_TNIL) {
      lua_pop(L, 1);
      lua_rawget(L, value);
    } else {
      lua_remove(L, -2);
    }
    lua_remove(L, value);
  }
}

/* The value that as("n", p, { value = v }) gives, or nil. */
static void push_value_of(lua_State *L, const lode__rule *rule, const lode_match *match, const lode_capture *capture) {
  if (!rule->has_values) {
    lua_pushnil(L);
    return;
  }
  luaL_checkstack(L, 10, "values");
  luaL_getsubtable(L, LUA_REGISTRYINDEX, VALUES);
  if (lua_rawgeti(L, -1, (lua_Integer)capture->node) != LUA_TNIL) apply_value(L, match, capture);
  lua_remove(L, -2);
}

void lode__keep_value(lua_State *L, lode_pattern node) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, VALUES);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)node);
  lua_pop(L, 1);
}

bool lode__has_value(lua_State *L, lode_pattern node) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, VALUES);
  bool has = lua_rawgeti(L, -1, (lua_Integer)node) != LUA_TNIL;
  lua_pop(L, 2);
  return has;
}

static void push_text_or_value(lua_State *L, const lode__rule *rule, const lode_match *match,
                               const lode_capture *capture) {
  push_value_of(L, rule, match, capture);
  if (!lua_isnil(L, -1)) return;
  lua_pop(L, 1);
  push_text(L, capture->begin, capture->end);
}

void lode__push_capture_text(lua_State *L, const lode__rule *rule, const lode_match *match,
                             const lode_capture *captures, uint32_t name) {
  const lode__rule_capture *about = find_capture(rule, name);
  bool list = about != NULL && about->all;
  lua_Integer count = 0;
  if (list) lua_newtable(L);
  for (uint32_t i = 0; i < match->capture_count; i++) {
    if (captures[i].name != name || captures[i].begin == captures[i].end) continue;
    push_text_or_value(L, rule, match, &captures[i]);
    if (!list) return;
    lua_rawseti(L, -2, ++count);
  }
  if (list && count > 0) return;
  if (list) lua_pop(L, 1);
  lua_pushnil(L);
}

/* ---- fields ---- */

bool lode__push_fields(lua_State *L, uint32_t match) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, FIELDS);
  bool there = match != LODE_NO_ID && lua_rawgeti(L, -1, (lua_Integer)match) == LUA_TTABLE;
  if (!there && match != LODE_NO_ID) lua_pop(L, 1);
  if (there) lua_remove(L, -2);
  else lua_pop(L, 1);
  return there;
}

void lode__keep_fields(lua_State *L, uint32_t match) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, FIELDS);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)match);
  lua_pop(L, 1);
}

void lode__drop_fields(lua_State *L) {
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, FIELDS);
}

/* ---- the value ---- */

static match_value *push_value(lua_State *L, const lode_match *match, const lode_capture *captures) {
  size_t size = match->capture_count * sizeof *captures;
  match_value *value = lua_newuserdatauv(L, sizeof *value + size, 0);
  value->generation = lode__host(L)->generation;
  value->match = *match;
  value->number = LODE_NO_ID;
  value->label = 0;
  value->entry = 0;
  if (size > 0) memcpy(value->captures, captures, size);
  luaL_setmetatable(L, MATCH);
  return value;
}

void lode__push_match(lua_State *L, const lode_match *match) {
  const lode_matcher *matcher = &lode__host(L)->book->matcher;
  match_value *value = push_value(L, match, lode__captures(matcher, match));
  if (match->made && match >= matcher->matches && match < matcher->matches + matcher->match_count)
    value->number = (uint32_t)(match - matcher->matches);
}

void lode__push_find(lua_State *L, uint32_t label, const lode_annotation *item) {
  lode_match match = {.rule = LODE_NO_ID, .begin = item->begin, .end = item->end};
  match_value *value = push_value(L, &match, NULL);
  value->label = label;
  value->entry = item->fields;
}

bool lode__test_match(lua_State *L, int index, lode_span *out) {
  const match_value *value = luaL_testudata(L, index, MATCH);
  if (value == NULL) return false;
  *out = lode__bytes_of(lode__page(L, value->generation), value->match.begin, value->match.end);
  return true;
}

/* ---- m:cap ---- */

/* { text, value, span, first, last, tokens, ann, attr } */
static void push_capture(lua_State *L, const lode_match *match, const lode_capture *capture) {
  const lode__book *book = lode__host(L)->book;
  int32_t phase = book->rules.items[match->rule].spec.phase;
  uint32_t label = 0;
  lode_span range = lode__bytes_of(lode__host(L)->page, capture->begin, capture->end);
  lua_createtable(L, 0, 8);
  push_text(L, capture->begin, capture->end);
  lua_setfield(L, -2, "text");
  lode__push_span(L, range.begin, range.end);
  lua_setfield(L, -2, "span");
  lua_pushinteger(L, (lua_Integer)range.begin + 1);
  lua_setfield(L, -2, "first");
  lua_pushinteger(L, (lua_Integer)range.end);
  lua_setfield(L, -2, "last");
  lode__push_tokens(L, capture->begin, capture->end - capture->begin, false);
  lua_setfield(L, -2, "tokens");
  const lode_annotation *made = find_annotation(book, capture, phase, BY_RULE, &label);
  uint32_t find_label = 0;
  const lode_annotation *find = find_annotation(book, capture, phase, BY_LEXICON, &find_label);
  if (made != NULL) push_annotation(L, label, made);
  else push_annotation(L, find_label, find);
  lua_setfield(L, -2, "ann");
  if (find == NULL || !lode__is_lexicon_label(book, find_label)) return; /* a quotation has no entry */
  lode__push_entry(L, find->fields);
  lua_setfield(L, -2, "attr");
  for (size_t i = 0; i < book->lexicon_count; i++) {
    if (book->lexicons[i]->near_label != find_label) continue;
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "fuzzy");
  }
}

static void push_whole_capture(lua_State *L, const lode__rule *rule, const lode_match *match,
                               const lode_capture *capture) {
  push_capture(L, match, capture);
  push_value_of(L, rule, match, capture);
  lua_setfield(L, -2, "value");
}

/* Raise: the match has nothing called so. */
static void refuse_name(lua_State *L, const lode__rule *rule, const char *name) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  lua_newtable(L);
  for (size_t i = 0; i < rule->capture_count; i++) {
    lode_str known = lode_table_get(&trees->captures, rule->captures[i].name);
    lua_pushlstring(L, known.ptr, known.len);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  luaL_error(L, "rule \"%s\" has no capture \"%s\"%s", rule->name, name, lode__suggest_key(L, name, -1));
}

/* The number of the capture called so; raises where no rule has one: rules may share their functions. */
static uint32_t check_name(lua_State *L, const lode__rule *rule, int index) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  size_t len;
  const char *name = luaL_checklstring(L, index, &len);
  uint32_t id = lode_table_find(&trees->captures, name, len);
  if (id == LODE_NO_ID) refuse_name(L, rule, name);
  return id;
}

static const match_value *check_match(lua_State *L) {
  const match_value *value = luaL_testudata(L, 1, MATCH);
  if (value == NULL) {
    luaL_error(L, "write m:cap\"name\", with a colon");
    return NULL;
  }
  lode__page(L, value->generation);
  return value;
}

static const lode__rule *rule_of(lua_State *L, const match_value *value) {
  return value->match.rule == LODE_NO_ID ? NULL : &lode__host(L)->book->items[value->match.rule];
}

/* m:cap"x", or a list of them for all("x", p); nil where nothing matched. */
static int match_cap(lua_State *L) {
  const match_value *value = check_match(L);
  const lode__rule *rule = rule_of(L, value);
  if (rule == NULL) return luaL_error(L, "what a lexicon found has no captures: its attributes are m.attr");
  uint32_t name = check_name(L, rule, 2);
  const lode__rule_capture *about = find_capture(rule, name);
  bool list = about != NULL && about->all;
  lua_Integer count = 0;
  if (list) lua_newtable(L);
  for (uint32_t i = 0; i < value->match.capture_count; i++) {
    const lode_capture *capture = &value->captures[i];
    if (capture->name != name || capture->begin == capture->end) continue;
    push_whole_capture(L, rule, &value->match, capture);
    if (!list) return 1;
    lua_rawseti(L, -2, ++count);
  }
  if (!list) lua_pushnil(L);
  return 1;
}

/* m:ann"x": the annotation that the capture is, or nil; what m:cap"x".ann is, without the rest. */
static int match_ann(lua_State *L) {
  const match_value *value = check_match(L);
  const lode__rule *rule = rule_of(L, value);
  const lode__book *book = lode__host(L)->book;
  if (rule == NULL) return luaL_error(L, "what a lexicon found has no captures: its attributes are m.attr");
  uint32_t name = check_name(L, rule, 2), label = 0;
  int32_t phase = book->rules.items[value->match.rule].spec.phase;
  for (uint32_t i = 0; i < value->match.capture_count; i++) {
    const lode_capture *capture = &value->captures[i];
    if (capture->name != name || capture->begin == capture->end) continue;
    const lode_annotation *item = find_annotation(book, capture, phase, ANY_MAKER, &label);
    push_annotation(L, label, item);
    return 1;
  }
  lua_pushnil(L);
  return 1;
}

/* m:bounds(): first and last byte in p.text, without a span. */
static int match_bounds(lua_State *L) {
  const match_value *value = check_match(L);
  lode_span range = lode__bytes_of(lode__host(L)->page, value->match.begin, value->match.end);
  lua_pushinteger(L, (lua_Integer)range.begin + 1);
  lua_pushinteger(L, (lua_Integer)range.end);
  return 2;
}

const char *lode__match_place(lua_State *L, int index) {
  const match_value *value = luaL_testudata(L, index, MATCH);
  return value == NULL || value->match.rule == LODE_NO_ID ? NULL : rule_of(L, value)->place;
}

void lode__push_said(lua_State *L, const lode_match *match, const char *name, size_t len) {
  const lode__book *book = lode__host(L)->book;
  if (lode__push_fields(L, (uint32_t)(match - book->matcher.matches))) {
    lua_pushlstring(L, name, len);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (!lua_isnil(L, -1)) return;
    lua_pop(L, 1);
  }
  lode__push_capture_text(L, &book->items[match->rule], match, lode__captures(&book->matcher, match),
                          lode_table_find(&book->rules.patterns.captures, name, len));
  lode_str status = lode__status_of(book, match);
  if (lua_isnil(L, -1) && status.ptr != NULL && strcmp(name, "status") == 0) lua_pushlstring(L, status.ptr, status.len);
}

/* A field that the rule's `fields` gave, else a capture. */
static void push_named(lua_State *L, const match_value *value, const lode__rule *rule) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  size_t len;
  const char *name = luaL_checklstring(L, 2, &len);
  uint32_t id = lode_table_find(&trees->captures, name, len);
  if (rule->fields != LUA_NOREF) {
    if (lode__push_fields(L, value->number)) {
      lua_pushvalue(L, 2);
      if (lua_rawget(L, -2) != LUA_TNIL) return;
      lua_pop(L, 2);
    }
    if (id == LODE_NO_ID && strcmp(name, "status") != 0 && strcmp(name, "cue") != 0) {
      lua_pushnil(L); /* what a function may have given is not known */
      return;
    }
  }
  const lode__book *book = lode__host(L)->book;
  lode_str status = lode__status_of(book, &value->match);
  if (id == LODE_NO_ID && status.ptr == NULL) refuse_name(L, rule, name);
  lode__push_capture_text(L, rule, &value->match, value->captures, id);
  if (status.ptr == NULL || !lua_isnil(L, -1)) return;
  lode_cue_found cue = value->match.cue;
  if (strcmp(name, "status") == 0) lua_pushlstring(L, status.ptr, status.len);
  else if (strcmp(name, "cue") == 0 && cue.cue != LODE_NO_ID) push_text(L, cue.begin, cue.end);
  else if (strcmp(name, "cue") != 0 && id == LODE_NO_ID) refuse_name(L, rule, name);
}

static int index_find(lua_State *L, const match_value *value, const char *name) {
  const lode__book *book = lode__host(L)->book;
  lode_cell cell;
  if (strcmp(name, "label") == 0) {
    lode_str label = lode_table_get(&book->rules.patterns.labels, value->label);
    lua_pushlstring(L, label.ptr, label.len);
  } else if (!lode__is_lexicon_label(book, value->label)) {
    lua_pushnil(L);
  } else if (strcmp(name, "attr") == 0) {
    lode__push_entry(L, value->entry);
  } else if (lode__entry_cell(book, value->entry, (lode_str){name, strlen(name)}, &cell)) {
    lode__push_entry(L, value->entry);
    lua_getfield(L, -1, name);
  } else {
    lua_pushnil(L);
  }
  return 1;
}

static int match_index(lua_State *L) {
  const match_value *value = check_match(L);
  const lode__rule *rule = rule_of(L, value);
  const char *name = luaL_checkstring(L, 2);
  lode_span range = lode__bytes_of(lode__host(L)->page, value->match.begin, value->match.end);
  if (strcmp(name, "cap") == 0) lua_pushcfunction(L, match_cap);
  else if (strcmp(name, "ann") == 0) lua_pushcfunction(L, match_ann);
  else if (strcmp(name, "bounds") == 0) lua_pushcfunction(L, match_bounds);
  else if (strcmp(name, "text") == 0) push_text(L, value->match.begin, value->match.end);
  else if (strcmp(name, "span") == 0) lode__push_span(L, range.begin, range.end);
  else if (rule == NULL) return index_find(L, value, name);
  else if (strcmp(name, "label") == 0) lua_pushstring(L, rule->label);
  else if (strcmp(name, "rule") == 0) lua_pushstring(L, rule->name);
  else push_named(L, value, rule);
  return 1;
}

static int match_write(lua_State *L) {
  return luaL_error(L, "a match cannot be changed (field \"%s\"): give fields back from emit",
                    luaL_tolstring(L, 2, NULL));
}

static int match_string(lua_State *L) {
  const match_value *value = check_match(L);
  push_text(L, value->match.begin, value->match.end);
  return 1;
}

void lode__open_matches(lua_State *L) {
  static const luaL_Reg members[] = {
      {"__index", match_index}, {"__newindex", match_write}, {"__tostring", match_string}, {NULL, NULL}};
  if (luaL_newmetatable(L, MATCH)) {
    luaL_setfuncs(L, members, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
  }
  lua_pop(L, 1);
}
