/* Rules over a page: matching, what scripts see of a match, records.
 *
 * The matcher is C between two layers of Lua: keep and test are called from inside it, through lode__try, so that an
 * error of the script comes back as a code and never jumps over it. */
#include "quotation.h"
#include "rulebook.h"

#include <stdio.h>
#include <string.h>

/* ---- matching ---- */

/* A match or a rule is lost on this page, and the run goes on. */
static void note_problem(lua_State *L, uint32_t rule, uint32_t begin, uint32_t end, const lode_err *why) {
  lode_host *self = lode__host(L);
  const lode__rule *about = &self->book->items[rule];
  char where[600], message[1600];
  lode_span range = lode__bytes_of(self->page, begin, end);
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

/* A function of the script raised for the match: that is noted, and the run goes on; any other error ends it. */
static int lose_match(lua_State *L, const lode_match *match, int code, const lode_err *why, lode_err *err) {
  if (code != LODE_E_SCRIPT) {
    *err = *why;
    return code;
  }
  noted note = {match->rule, match->begin, match->end, why};
  lua_pushcfunction(L, call_note);
  lua_pushlightuserdata(L, &note);
  return lode__try(L, 1, 0, err);
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
  return lose_match(L, match, code, &why, err);
}

/* ---- what later phases ask of fields ---- */

static bool is_among(const lode__wanted *wanted, lode_str text) {
  if (wanted->presence != LODE__TEXTS) return (wanted->presence == LODE__PRESENT) == (text.ptr != NULL);
  for (size_t i = 0; i < wanted->count && text.ptr != NULL; i++)
    if (wanted->texts[i].len == text.len && memcmp(wanted->texts[i].ptr, text.ptr, text.len) == 0) return true;
  return false;
}

/* What the match says under that name, ptr NULL where nothing: what `fields` and values gave, else the capture. */
static lode_str said_by(const lode__book *book, const lode_match *match, uint32_t name) {
  const lode_matcher *matcher = &book->matcher;
  const lode__said *said = (const void *)book->said.ptr;
  for (uint64_t i = match->fields >> 32, n = match->fields & UINT32_MAX; n > 0; i++, n--)
    if (said[i].name == name) return said[i].text;
  const lode_capture *capture = lode_match_capture(matcher, match, name, 0);
  if (capture == NULL || capture->begin == capture->end) {
    lode_str asked = lode_table_get(&book->rules.patterns.captures, name);
    bool status = asked.len == 6 && memcmp(asked.ptr, "status", 6) == 0;
    return status ? lode__status_of(book, match) : (lode_str){NULL, 0};
  }
  lode_span range = lode__bytes_of(matcher->page, capture->begin, capture->end);
  return (lode_str){matcher->page->content + range.begin, range.end - range.begin};
}

static lode_str said_by_entry(const lode__book *book, uint64_t fields, uint32_t name) {
  lode_cell cell;
  if (!lode__entry_cell(book, fields, lode_table_get(&book->rules.patterns.captures, name), &cell))
    return (lode_str){NULL, 0};
  if (cell.type == LODE_CELL_TRUE) return LODE_STR("true");
  return cell.type == LODE_CELL_FALSE ? LODE_STR("false") : cell.text;
}

static int fits_fields(void *context, uint32_t constraint, const lode_annotation *item, lode_err *err) {
  const lode_host *self = context;
  const lode__book *book = self->book;
  const lode__constraint *asked = &book->constraints[constraint];
  (void)err;
  for (size_t i = 0; i < asked->count; i++) {
    const lode__wanted *wanted = &asked->fields[i];
    lode_str text = item->match == LODE_NO_ID ? said_by_entry(book, item->fields, wanted->capture)
                                              : said_by(book, &book->matcher.matches[item->match], wanted->capture);
    if (!is_among(wanted, text)) return 0;
  }
  return 1;
}

/* Keep the value on top as text, where it is one or a number or a boolean. [1, 0, e] */
static void say(lua_State *L, uint32_t name) {
  lode_host *self = lode__host(L);
  lode_err err;
  if (!lua_isnil(L, -1)) {
    size_t len;
    const char *text = luaL_tolstring(L, -1, &len);
    lode__said said = {name, lode_arena_copy(&self->page->arena, text, len, &err)};
    lode__check(L, said.text.ptr == NULL ? LODE_E_NOMEM : 0, &err);
    lode__check(L, lode_buf_add(&self->book->said, &said, sizeof said, &err), &err);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

typedef struct making {
  uint32_t number;
  uint64_t *fields;
} making;

static void push_fields_of(lua_State *L, const lode__rule *rule, const lode_match *match) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, rule->fields);
  if (!lua_isfunction(L, -1)) return;
  lode__blame(L, -1);
  lode__push_open_page(L);
  lode__push_match(L, match);
  lua_call(L, 2, 1);
  if (!lua_istable(L, -1) && !lua_isnil(L, -1))
    luaL_error(L, "fields must give a table of fields, or nil, not a %s", lode__type_name(L, -1));
}

/* What `fields` gives of a match that stays, kept for scripts; and as text what some ann() asks for. */
static int call_fields(lua_State *L) {
  const making *job = lua_touserdata(L, 1);
  const lode__book *book = lode__host(L)->book;
  const lode_match *match = &book->matcher.matches[job->number];
  const lode__rule *rule = &book->items[match->rule];
  const uint32_t *asked = (const void *)book->asked.ptr;
  uint64_t first = book->said.len / sizeof(lode__said);
  bool given = rule->fields != LUA_NOREF;
  if (given) {
    push_fields_of(L, rule, match);
    if (lua_istable(L, -1)) {
      lua_pushvalue(L, -1);
      lode__keep_fields(L, job->number);
    } else {
      given = false;
    }
  }
  int table = lua_gettop(L);
  for (size_t i = 0; i < book->asked.len / sizeof *asked; i++) {
    lode_str name = lode_table_get(&book->rules.patterns.captures, asked[i]);
    lua_pushnil(L);
    if (given) {
      lua_pop(L, 1);
      lua_pushlstring(L, name.ptr, name.len);
      lua_rawget(L, table);
    }
    if (lua_isnil(L, -1) && rule->has_values) {
      lua_pop(L, 1);
      lode__push_capture_text(L, rule, match, lode__captures(&book->matcher, match), asked[i]);
    }
    say(L, asked[i]);
  }
  *job->fields = first << 32 | (book->said.len / sizeof(lode__said) - first);
  return 0;
}

static int made(void *context, const lode_matcher *matcher, uint32_t number, uint64_t *fields, lode_err *err) {
  lode_host *self = context;
  lua_State *L = self->L;
  const lode_match *match = &matcher->matches[number];
  const lode__rule *rule = &self->book->items[match->rule];
  making job = {number, fields};
  lode_err why;
  if (rule->fields == LUA_NOREF && !rule->has_values) return 0;
  if (!lua_checkstack(L, 16)) return lode_fail(err, LODE_E_NOMEM, "out of memory: the stack of the script");
  lua_pushcfunction(L, call_fields);
  lua_pushlightuserdata(L, &job);
  int code = lode__try(L, 1, 0, &why);
  if (code == 0) return 0;
  *fields = 0;
  return lose_match(L, match, code, &why, err);
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
  lode__open_matches(L);
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
  book->said.len = 0;
  lode__drop_fields(L);
  book->trace.near_count = book->trace.step_count = 0;
  const lode_match_hooks hooks = {self, keep, fits_fields, made};
  int code = lode_matcher_open(&book->matcher, self->page, &err);
  if (code == 0 && book->quotes) {
    lode_annotations *all = &book->matcher.annotations;
    code = lode_quotations_annotate(self->page, all, book->quotation, &err);
    if (code == 0) code = lode_annotations_seal(all, book->quotation, &err);
  }
  if (code == 0) code = lode_matcher_run(&book->matcher, &hooks, &err);
  if (code != 0) lode__raise(L, &err);
  note_stops(L);
}

/* ---- records ---- */

/* The fields of the table on top into the one below it. [1, 0, e] */
static void merge(lua_State *L) {
  int from = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, from) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, from - 1);
  }
  lua_pop(L, 1);
}

/* { type, span, captures, fields }, then what emit gave, in the table at `given` (0: none). */
static void push_record(lua_State *L, const errand *job, int given) {
  const lode_host *self = lode__host(L);
  const lode_match *match = job->match;
  const lode_capture *captures = lode__captures(&self->book->matcher, match);
  lode_span range = lode__bytes_of(self->page, match->begin, match->end);
  lua_newtable(L);
  lua_pushstring(L, job->rule->label);
  lua_setfield(L, -2, "type");
  lode__push_span(L, range.begin, range.end);
  lua_setfield(L, -2, "span");
  lode_str status = lode__status_of(self->book, match);
  if (status.ptr != NULL) {
    lua_pushlstring(L, status.ptr, status.len);
    lua_setfield(L, -2, "status");
  }
  for (size_t i = 0; i < job->rule->capture_count; i++) {
    uint32_t name = job->rule->captures[i].name;
    lode_str text = lode_table_get(&self->book->rules.patterns.captures, name);
    lua_pushlstring(L, text.ptr, text.len);
    lode__push_capture_text(L, job->rule, match, captures, name);
    if (lua_isnil(L, -1)) lua_pop(L, 2); /* "status" of a cue stays where the capture of that name is empty */
    else lua_rawset(L, -3);
  }
  if (lode__push_fields(L, (uint32_t)(match - self->book->matcher.matches))) merge(L);
  if (given == 0) return;
  lua_pushvalue(L, given);
  merge(L);
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
    lode_span range = lode__bytes_of(page, capture->begin, capture->end);
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
  lode__found found = {job->rule->label, job->rule->place, lode__bytes_of(book->matcher.page, match->begin, match->end),
                       fields, count};
  lode__emit_found(L, &found);
}

/* A record without emit, but with values or fields. */
static int call_record(lua_State *L) {
  emit_record(L, lua_touserdata(L, 1), 0);
  return 0;
}

static void emit_match(lua_State *L, const errand *job) {
  lode_err why;
  bool emits = job->rule->emit != LUA_NOREF;
  lode__host(L)->record_match = job->match;
  if (!emits && job->rule->fields == LUA_NOREF && !job->rule->has_values && !job->rule->has_status) {
    emit_captures(L, job);
    return;
  }
  lua_pushcfunction(L, emits ? call_emit : call_record);
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
  if (book->count == 0 && book->lexicon_count == 0) return;
  lode__match_page(L);
  for (uint32_t i = 0; i < book->matcher.match_count; i++) {
    const lode_match *match = &book->matcher.matches[i];
    errand job = {match, &book->items[match->rule]};
    if (match->state == LODE_MATCH_KEPT && job.rule->speaks) emit_match(L, &job);
  }
  lode__host(L)->record_match = NULL;
}

/* ---- p:anns ---- */

typedef struct listing {
  uint64_t generation;
  uint32_t label, next;
  uint32_t found_to; /* token where the last find of a lexicon ended: shorter ones inside it are not listed */
  size_t low, high;  /* content bytes that hold the annotation */
  uint32_t field_count;
  uint32_t fields[]; /* captures: span, text and these are given, and no match */
} listing;

static int push_row(lua_State *L, const listing *it, const lode_match *match) {
  const lode__book *book = lode__host(L)->book;
  lode_span range = lode__bytes_of(lode__host(L)->page, match->begin, match->end);
  luaL_checkstack(L, (int)it->field_count + 4, "too many fields");
  lode__push_span(L, range.begin, range.end);
  lua_pushlstring(L, lode__host(L)->page->content + range.begin, range.end - range.begin);
  for (uint32_t i = 0; i < it->field_count; i++)
    lode__push_capture_text(L, &book->items[match->rule], match, lode__captures(&book->matcher, match),
                            it->fields[i]);
  return (int)it->field_count + 2;
}

static int next_annotation(lua_State *L) {
  listing *it = lua_touserdata(L, lua_upvalueindex(1));
  const lode_page *page = lode__page(L, it->generation);
  const lode_matcher *matcher = &lode__host(L)->book->matcher;
  const lode_annotation_list *list = &matcher->annotations.lists[it->label];
  while (it->next < list->count) {
    const lode_annotation *item = &list->items[it->next++];
    lode_span range = lode__bytes_of(page, item->begin, item->end);
    bool find = item->match == LODE_NO_ID;
    if (range.begin < it->low || range.end > it->high || (find && item->begin < it->found_to)) continue;
    if (find) it->found_to = item->end;
    if (!find && it->field_count > 0) return push_row(L, it, &matcher->matches[item->match]);
    if (find) lode__push_find(L, it->label, item);
    else lode__push_match(L, &matcher->matches[item->match]);
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
  luaL_error(L, "p:anns: no rule makes the label \"%s\"%s", name, lode__suggest_name(L, name, &trees->labels));
  return LODE_NO_ID;
}

/* The span under a key of the options at 3; false where it is absent. */
static bool span_option(lua_State *L, const char *key, lode_span *out) {
  bool there = lua_getfield(L, 3, key) != LUA_TNIL;
  if (there) {
    if (!lode__test_match(L, -1, out)) {
      const lode__span *span = lode__test_span(L, -1);
      if (span == NULL) luaL_error(L, "p:anns: %s must be a span or a match, not a %s", key, lode__type_name(L, -1));
      span = lode__check_span(L, -1);
      *out = (lode_span){span->begin, span->end};
    }
  }
  lua_pop(L, 1);
  return there;
}

/* An empty listing with the captures of the options' `fields`. */
static listing *push_listing(lua_State *L) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  bool there = lua_istable(L, 3) && lua_getfield(L, 3, "fields") == LUA_TTABLE;
  int fields = lua_gettop(L);
  size_t count = there ? (size_t)lua_rawlen(L, fields) : 0;
  if (!there && lua_istable(L, 3) && !lua_isnil(L, -1))
    luaL_error(L, "p:anns: fields must be a list of names, not a %s", lode__type_name(L, -1));
  listing *it = lua_newuserdatauv(L, sizeof *it + count * sizeof *it->fields, 0);
  *it = (listing){.field_count = (uint32_t)count};
  for (size_t i = 0; i < count; i++) {
    size_t len;
    lua_rawgeti(L, fields, (lua_Integer)i + 1);
    const char *name = luaL_tolstring(L, -1, &len);
    it->fields[i] = lode_table_find(&trees->captures, name, len);
    if (it->fields[i] == LODE_NO_ID) luaL_error(L, "p:anns: no rule has a capture \"%s\"", name);
    lua_pop(L, 2);
  }
  return it;
}

int lode__page_anns(lua_State *L) {
  static const char *const names[] = {"before", "after", "within", "fields", NULL};
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
  listing *it = push_listing(L);
  it->generation = lode__host(L)->generation;
  it->label = label;
  it->low = bounds.begin;
  it->high = bounds.end;
  if (book->words == NULL) it->next = UINT32_MAX; /* nothing was matched */
  lua_pushcclosure(L, next_annotation, 1);
  return 1;
}
