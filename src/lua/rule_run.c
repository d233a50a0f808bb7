/* Rules over a page: matching, what scripts see of a match, records.
 *
 * The matcher is C between two layers of Lua: keep and test are called from inside it, through lode__try, so that an
 * error of the script comes back as a code and never jumps over it. */
#include "rulebook.h"

#include <stdio.h>
#include <string.h>

static const char MATCH[] = "lode.match";

/* A match with its captures, copied: what `keep` sees may be gone from the matcher a moment later. */
typedef struct match_value {
  uint64_t generation;
  lode_match match;
  lode_capture captures[];
} match_value;

/* ---- text of tokens ---- */

static lode_span bytes_of(const lode_page *page, uint32_t begin, uint32_t end) {
  if (begin >= end) return (lode_span){0, 0};
  return (lode_span){page->tokens.items[begin].begin, page->tokens.items[end - 1].end};
}

static void push_text(lua_State *L, uint32_t begin, uint32_t end) {
  const lode_page *page = lode__host(L)->page;
  lode_span range = bytes_of(page, begin, end);
  lua_pushlstring(L, page->content + range.begin, range.end - range.begin);
}

static const lode__rule_capture *find_capture(const lode__rule *rule, uint32_t name) {
  for (size_t i = 0; i < rule->capture_count; i++)
    if (rule->captures[i].name == name) return &rule->captures[i];
  return NULL;
}

void lode__push_capture_text(lua_State *L, const lode__rule *rule, const lode_match *match,
                             const lode_capture *captures, uint32_t name) {
  const lode__rule_capture *about = find_capture(rule, name);
  bool list = about != NULL && about->all;
  lua_Integer count = 0;
  if (list) lua_newtable(L);
  for (uint32_t i = 0; i < match->capture_count; i++) {
    if (captures[i].name != name || captures[i].begin == captures[i].end) continue;
    push_text(L, captures[i].begin, captures[i].end);
    if (!list) return;
    lua_rawseti(L, -2, ++count);
  }
  if (list && count > 0) return;
  if (list) lua_pop(L, 1);
  lua_pushnil(L);
}

/* ---- a match as scripts see it ---- */

static void push_value(lua_State *L, const lode_match *match, const lode_capture *captures) {
  size_t size = match->capture_count * sizeof *captures;
  match_value *value = lua_newuserdatauv(L, sizeof *value + size, 0);
  value->generation = lode__host(L)->generation;
  value->match = *match;
  if (size > 0) memcpy(value->captures, captures, size);
  luaL_setmetatable(L, MATCH);
}

void lode__push_match(lua_State *L, const lode_match *match) {
  const lode_matcher *matcher = &lode__host(L)->book->matcher;
  push_value(L, match, matcher->captures + match->first_capture);
}

static const lode__rule *rule_of(lua_State *L, const match_value *value) {
  return &lode__host(L)->book->items[value->match.rule];
}

/* The annotation of a lower phase that has exactly these tokens, or nil. */
static void push_annotation(lua_State *L, const match_value *value, const lode_capture *capture) {
  const lode__book *book = lode__host(L)->book;
  const lode_annotations *all = &book->matcher.annotations;
  uint32_t phase = book->rules.items[value->match.rule].spec.phase;
  for (uint32_t label = 0; label < all->label_count; label++) {
    const lode_annotation_list *list = &all->lists[label];
    for (uint32_t i = lode_annotations_from(all, label, capture->begin);
         i < list->count && list->items[i].begin == capture->begin; i++) {
      if (list->items[i].end != capture->end || list->items[i].match == UINT32_MAX) continue;
      const lode_match *made = &book->matcher.matches[list->items[i].match];
      if (book->rules.items[made->rule].spec.phase >= phase) continue;
      lode__push_match(L, made);
      return;
    }
  }
  lua_pushnil(L);
}

static void push_capture(lua_State *L, const match_value *value, const lode_capture *capture) {
  lode_span range = bytes_of(lode__host(L)->page, capture->begin, capture->end);
  lua_createtable(L, 0, 6);
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
  push_annotation(L, value, capture);
  lua_setfield(L, -2, "ann");
}

/* The number of the capture called so; raises where no rule has one. */
static uint32_t check_name(lua_State *L, const lode__rule *rule, int index) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  size_t len;
  const char *name = luaL_checklstring(L, index, &len);
  uint32_t id = lode_table_find(&trees->captures, name, len);
  if (id != LODE_NO_ID) return id;
  lua_newtable(L);
  for (size_t i = 0; i < rule->capture_count; i++) {
    lode_str known = lode_table_get(&trees->captures, rule->captures[i].name);
    lua_pushlstring(L, known.ptr, known.len);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  luaL_error(L, "rule \"%s\" has no capture \"%s\"%s", rule->name, name, lode__suggest_key(L, name, -1));
  return LODE_NO_ID;
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

/* m:cap"x": { text, span, first, last, tokens, ann }, or a list of them for all("x", p); nil where nothing matched. */
static int match_cap(lua_State *L) {
  const match_value *value = check_match(L);
  const lode__rule *rule = rule_of(L, value);
  uint32_t name = check_name(L, rule, 2);
  const lode__rule_capture *about = find_capture(rule, name);
  bool list = about != NULL && about->all;
  lua_Integer count = 0;
  if (list) lua_newtable(L);
  for (uint32_t i = 0; i < value->match.capture_count; i++) {
    const lode_capture *capture = &value->captures[i];
    if (capture->name != name || capture->begin == capture->end) continue;
    push_capture(L, value, capture);
    if (!list) return 1;
    lua_rawseti(L, -2, ++count);
  }
  if (!list) lua_pushnil(L);
  return 1;
}

static int match_index(lua_State *L) {
  const match_value *value = check_match(L);
  const lode__rule *rule = rule_of(L, value);
  const char *name = luaL_checkstring(L, 2);
  lode_span range = bytes_of(lode__host(L)->page, value->match.begin, value->match.end);
  if (strcmp(name, "cap") == 0) lua_pushcfunction(L, match_cap);
  else if (strcmp(name, "text") == 0) push_text(L, value->match.begin, value->match.end);
  else if (strcmp(name, "label") == 0) lua_pushstring(L, rule->label);
  else if (strcmp(name, "rule") == 0) lua_pushstring(L, rule->name);
  else if (strcmp(name, "span") == 0) lode__push_span(L, range.begin, range.end);
  else lode__push_capture_text(L, rule, &value->match, value->captures, check_name(L, rule, 2));
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

static void open_metatable(lua_State *L) {
  static const luaL_Reg members[] = {
      {"__index", match_index}, {"__newindex", match_write}, {"__tostring", match_string}, {NULL, NULL}};
  if (luaL_newmetatable(L, MATCH)) {
    luaL_setfuncs(L, members, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
  }
  lua_pop(L, 1);
}

/* ---- matching ---- */

/* A match or a rule is lost on this page, and the run goes on. */
static void note_problem(lua_State *L, uint32_t rule, uint32_t begin, uint32_t end, const lode_err *why) {
  lode_host *self = lode__host(L);
  const lode__rule *about = &self->book->items[rule];
  char where[600], message[1600];
  lode_span range = bytes_of(self->page, begin, end);
  lode_span raw = lode_page_raw(self->page, range.begin, range.end);
  int len = (int)(range.end - range.begin < 100 ? range.end - range.begin : 100);
  if (why->path[0] != '\0') snprintf(where, sizeof where, "%s:%u", why->path, (unsigned)why->line);
  else snprintf(where, sizeof where, "%s:%d", about->file, about->line);
  snprintf(message, sizeof message, "rule \"%s\", bytes %zu to %zu, \"%.*s\": %s", about->name, raw.begin, raw.end, len,
           self->page->content + range.begin, why->message);
  lode_err err;
  lode_problem problem = {.code = why->code,
                          .page = self->page->id,
                          .where = {where, strlen(where)},
                          .message = {message, strlen(message)},
                          .byte = raw.begin};
  lode__check(L, lode_sink_problem(self->sink, &problem, &err), &err);
}

/* One match on its way into a function of the script. */
typedef struct errand {
  const lode_match *match;
  const lode__rule *rule;
} errand;

static int call_keep(lua_State *L) {
  const errand *job = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, job->rule->keep);
  lode__push_open_page(L);
  lode__push_match(L, job->match);
  lua_call(L, 2, 1);
  return 1;
}

typedef struct noted {
  uint32_t rule, begin, end;
  const lode_err *why;
} noted;

static int call_note(lua_State *L) {
  const noted *job = lua_touserdata(L, 1);
  note_problem(L, job->rule, job->begin, job->end, job->why);
  return 0;
}

static int keep(void *context, const lode_matcher *matcher, const lode_match *match, lode_err *err) {
  lode_host *self = context;
  lua_State *L = self->L;
  (void)matcher;
  errand job = {match, &self->book->items[match->rule]};
  if (!lua_checkstack(L, 8)) return lode_fail(err, LODE_E_NOMEM, "out of memory: the stack of the script");
  lua_pushcfunction(L, call_keep);
  lua_pushlightuserdata(L, &job);
  lode_err why;
  int code = lode__try(L, 1, 1, &why);
  if (code == 0) {
    int kept = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return kept;
  }
  if (code != LODE_E_SCRIPT) {
    *err = why;
    return code;
  }
  noted note = {match->rule, match->begin, match->end, &why};
  lua_pushcfunction(L, call_note);
  lua_pushlightuserdata(L, &note);
  return lode__try(L, 1, 0, err);
}

static bool is_wanted(const lode_matcher *matcher, const lode__wanted *wanted, const lode_match *match) {
  const lode_capture *capture = lode_match_capture(matcher, match, wanted->capture, 0);
  if (capture == NULL) return false;
  lode_span range = bytes_of(matcher->page, capture->begin, capture->end);
  for (size_t i = 0; i < wanted->count; i++)
    if (wanted->texts[i].len == range.end - range.begin &&
        memcmp(wanted->texts[i].ptr, matcher->page->content + range.begin, wanted->texts[i].len) == 0)
      return true;
  return false;
}

static int fits_fields(void *context, uint32_t constraint, const lode_annotation *item, lode_err *err) {
  const lode_host *self = context;
  const lode__constraint *asked = &self->book->constraints[constraint];
  const lode_matcher *matcher = &self->book->matcher;
  (void)err;
  if (item->match == UINT32_MAX) return 0;
  for (size_t i = 0; i < asked->count; i++)
    if (!is_wanted(matcher, &asked->fields[i], &matcher->matches[item->match])) return 0;
  return 1;
}

void lode__drop_matcher(lode_host *self) {
  if (self->book->words != NULL) lode_matcher_free(&self->book->matcher);
  self->book->words = NULL;
  lode_trace_free(&self->book->trace);
}

static void open_matcher(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  lode_err err;
  if (book->words == self->page->words) return;
  lode__drop_matcher(self);
  open_metatable(L);
  lode__check(L, lode_matcher_init(&book->matcher, &book->rules, self->page->words, &err), &err);
  book->words = self->page->words;
  const lode_look *look = self->options.look;
  if (look == NULL) return;
  book->matcher.trace = look->trace || look->ways ? &book->trace : NULL;
  book->matcher.no_shortcuts = look->trace;
  book->matcher.ways_only = book->matcher.timed = look->ways;
}

static void note_stops(lua_State *L) {
  const lode_matcher *matcher = &lode__host(L)->book->matcher;
  lode_err why;
  for (uint32_t i = 0; i < matcher->stop_count; i++) {
    const lode_stop *stop = &matcher->stops[i];
    lode_err_clear(&why);
    lode_fail(&why, LODE_E_LIMIT, "the rule was stopped on this page, it %s: matches behind here are lost",
              stop->too_deep ? "tries too many ways at once" : "used up its steps");
    note_problem(L, stop->rule, stop->token, stop->token + 1, &why);
  }
}

void lode__match_page(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  lode_err err;
  lode_err_clear(&err);
  lode__check(L, lode_page_tokens(self->page, &err), &err);
  open_matcher(L);
  book->trace.near_count = book->trace.step_count = 0;
  const lode_match_hooks hooks = {self, keep, fits_fields, NULL};
  int code = lode_matcher_open(&book->matcher, self->page, &err);
  if (code == 0) code = lode_matcher_run(&book->matcher, &hooks, &err);
  if (code != 0) lode__raise(L, &err);
  note_stops(L);
}

/* ---- records ---- */

/* { type, span, captures }, then the fields that emit gave, in the table at `given`. */
static void push_record(lua_State *L, const errand *job, int given) {
  const lode_host *self = lode__host(L);
  const lode_match *match = job->match;
  const lode_capture *captures = self->book->matcher.captures + match->first_capture;
  lode_span range = bytes_of(self->page, match->begin, match->end);
  lua_newtable(L);
  lua_pushstring(L, job->rule->label);
  lua_setfield(L, -2, "type");
  lode__push_span(L, range.begin, range.end);
  lua_setfield(L, -2, "span");
  for (size_t i = 0; i < job->rule->capture_count; i++) {
    uint32_t name = job->rule->captures[i].name;
    lode_str text = lode_table_get(&self->book->rules.patterns.captures, name);
    lua_pushlstring(L, text.ptr, text.len);
    lode__push_capture_text(L, job->rule, match, captures, name);
    lua_rawset(L, -3);
  }
  lua_pushnil(L);
  while (lua_next(L, given) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -4);
  }
}

static void emit_record(lua_State *L, const errand *job, int given) {
  lode_host *self = lode__host(L);
  push_record(L, job, given);
  self->record_rule = job->rule->place;
  lode__emit_record(L, lua_gettop(L));
  self->record_rule = NULL;
  lua_pop(L, 1);
}

/* emit(p, m) gives a table, a list of tables, or false. */
static int call_emit(lua_State *L) {
  const errand *job = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, job->rule->emit);
  lode__blame(L, -1);
  lode__push_open_page(L);
  lode__push_match(L, job->match);
  lua_call(L, 2, 1);
  int result = lua_gettop(L);
  if (lua_isboolean(L, result) && !lua_toboolean(L, result)) return 0;
  if (!lua_istable(L, result))
    return luaL_error(L, "emit must give a table of fields, a list of tables, or false for no record, not a %s",
                      lode__type_name(L, result));
  lua_Integer count = (lua_Integer)lua_rawlen(L, result);
  bool list = lua_rawgeti(L, result, 1) == LUA_TTABLE;
  lua_pop(L, 1);
  if (!list) emit_record(L, job, result);
  for (lua_Integer i = 1; list && i <= count; i++) {
    if (lua_rawgeti(L, result, i) != LUA_TTABLE)
      return luaL_error(L, "emit: item %d of its list is a %s, not a table", (int)i, lode__type_name(L, -1));
    emit_record(L, job, result + 1);
    lua_pop(L, 1);
  }
  return 0;
}

/* The texts of a capture, from texts on; returns how many. */
static size_t texts_of(const lode__book *book, const lode_match *match, const lode__rule_capture *about,
                       lode_str *texts) {
  const lode_page *page = book->matcher.page;
  size_t count = 0;
  for (uint32_t i = 0; i < match->capture_count; i++) {
    const lode_capture *capture = &book->matcher.captures[match->first_capture + i];
    if (capture->name != about->name || capture->begin == capture->end) continue;
    lode_span range = bytes_of(page, capture->begin, capture->end);
    texts[count++] = (lode_str){page->content + range.begin, range.end - range.begin};
    if (!about->all) break;
  }
  return count;
}

/* What push_record and lode__emit_record would do, where there is nothing but the captures. */
static void emit_captures(lua_State *L, const errand *job) {
  lode__book *book = lode__host(L)->book;
  const lode_match *match = job->match;
  size_t most = job->rule->capture_count, count = 0;
  size_t size = most * sizeof(lode__found_field) + (match->capture_count + 1) * sizeof(lode_str);
  lode__check(L, lode_buf_reserve(&book->found, size, NULL), NULL);
  lode__found_field *fields = (void *)book->found.ptr;
  lode_str *texts = (void *)(fields + most);
  for (size_t i = 0; i < most; i++) {
    const lode__rule_capture *about = &job->rule->captures[i];
    lode__found_field field = {lode_table_get(&book->rules.patterns.captures, about->name), texts, 0, about->all};
    field.count = texts_of(book, match, about, texts);
    texts += field.count;
    if (field.count == 0) continue;
    size_t at = count++;
    for (; at > 0 && strcmp(fields[at - 1].name.ptr, field.name.ptr) > 0; at--) fields[at] = fields[at - 1];
    fields[at] = field;
  }
  lode__found found = {job->rule->label, job->rule->place, bytes_of(book->matcher.page, match->begin, match->end),
                       fields, count};
  lode__emit_found(L, &found);
}

static void emit_match(lua_State *L, const errand *job) {
  lode_err why;
  if (job->rule->emit == LUA_NOREF) {
    emit_captures(L, job);
    return;
  }
  lua_pushcfunction(L, call_emit);
  lua_pushlightuserdata(L, (void *)(uintptr_t)job);
  int code = lode__try(L, 1, 0, &why);
  lode__host(L)->record_rule = NULL;
  if (code == 0) return;
  if (code != LODE_E_SCRIPT) lode__raise(L, &why);
  note_problem(L, job->match->rule, job->match->begin, job->match->end, &why);
}

/* In the matcher's order: by phase, then as the matches stand in the page. */
void lode__run_rules(lua_State *L) {
  const lode__book *book = lode__host(L)->book;
  if (book->count == 0) return;
  lode__match_page(L);
  for (uint32_t i = 0; i < book->matcher.match_count; i++) {
    const lode_match *match = &book->matcher.matches[i];
    errand job = {match, &book->items[match->rule]};
    if (match->state == LODE_MATCH_KEPT && job.rule->speaks) emit_match(L, &job);
  }
}

/* ---- p:anns ---- */

typedef struct listing {
  uint64_t generation;
  uint32_t label, next;
  size_t low, high; /* content bytes that hold the annotation */
} listing;

static int next_annotation(lua_State *L) {
  listing *it = lua_touserdata(L, lua_upvalueindex(1));
  const lode_page *page = lode__page(L, it->generation);
  const lode_matcher *matcher = &lode__host(L)->book->matcher;
  const lode_annotation_list *list = &matcher->annotations.lists[it->label];
  while (it->next < list->count) {
    const lode_annotation *item = &list->items[it->next++];
    lode_span range = bytes_of(page, item->begin, item->end);
    if (item->match == UINT32_MAX || range.begin < it->low || range.end > it->high) continue;
    lode__push_match(L, &matcher->matches[item->match]);
    return 1;
  }
  lua_pushnil(L);
  return 1;
}

static uint32_t check_label(lua_State *L, int index) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  size_t len;
  const char *name = luaL_checklstring(L, index, &len);
  uint32_t label = lode_table_find(&trees->labels, name, len);
  if (label != LODE_NO_ID) return label;
  lua_newtable(L);
  for (uint32_t i = 0; i < trees->labels.count; i++) {
    lode_str known = lode_table_get(&trees->labels, i);
    lua_pushlstring(L, known.ptr, known.len);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  luaL_error(L, "p:anns: no rule makes the label \"%s\"%s", name, lode__suggest_key(L, name, -1));
  return LODE_NO_ID;
}

/* The span under a key of the options at 3; false where it is absent. */
static bool span_option(lua_State *L, const char *key, lode_span *out) {
  bool there = lua_getfield(L, 3, key) != LUA_TNIL;
  if (there) {
    const match_value *value = luaL_testudata(L, -1, MATCH);
    if (value != NULL) {
      const lode_page *page = lode__page(L, value->generation);
      *out = bytes_of(page, value->match.begin, value->match.end);
    } else {
      const lode__span *span = lode__test_span(L, -1);
      if (span == NULL) luaL_error(L, "p:anns: %s must be a span or a match, not a %s", key, lode__type_name(L, -1));
      span = lode__check_span(L, -1);
      *out = (lode_span){span->begin, span->end};
    }
  }
  lua_pop(L, 1);
  return there;
}

int lode__page_anns(lua_State *L) {
  static const char *const names[] = {"before", "after", "within", NULL};
  const lode_page *page = lode__check_page(L);
  const lode__book *book = lode__host(L)->book;
  uint32_t label = check_label(L, 2);
  lode__check_options(L, 3, "anns", names, 0);
  lode_span at, bounds = {0, page->content_len};
  if (lua_istable(L, 3)) {
    if (span_option(L, "within", &at)) bounds = at;
    if (span_option(L, "before", &at) && at.begin < bounds.end) bounds.end = at.begin;
    if (span_option(L, "after", &at) && at.end > bounds.begin) bounds.begin = at.end;
  }
  listing *it = lua_newuserdatauv(L, sizeof *it, 0);
  *it = (listing){lode__host(L)->generation, label, 0, bounds.begin, bounds.end};
  if (book->words == NULL) it->next = UINT32_MAX; /* nothing was matched */
  lua_pushcclosure(L, next_annotation, 1);
  return 1;
}
