/* p:emit{...} and run:emit{...}: one table becomes one record.
 *
 * Order of the fields: type, page, text, start, end, line, repaired, then the script's by name, then rule.  A
 * script does not write offsets: a span, as `span =` or as the first item, fills text, start, end, line, repaired.
 * Records that come back in group and done stages carry those fields already, and pass as they are. */
#include "luahost.h"

#include <string.h>

/* Fields with a place of their own, in front; `rule` is the one at the end. */
static const char *const front[] = {"type", "page", "text", "start", "end", "line", "repaired"};
enum { FRONT_COUNT = sizeof front / sizeof *front };

static bool is_front(const char *name) {
  for (size_t i = 0; i < FRONT_COUNT; i++) {
    if (strcmp(front[i], name) == 0) return true;
  }
  return false;
}

static void put_bytes(lua_State *L, const char *bytes, size_t len) {
  lode__check(L, lode_buf_add(&lode__host(L)->record, bytes, len, NULL), NULL);
}

static void put_name(lua_State *L, const char *name, size_t len) {
  put_bytes(L, ",", lode__host(L)->record.len > 1 ? 1 : 0);
  lode__put_string(L, &lode__host(L)->record, name, len);
  put_bytes(L, ":", 1);
}

static void put_integer(lua_State *L, const char *name, size_t value) {
  put_name(L, name, strlen(name));
  lode__check(L, lode_json_put_integer(&lode__host(L)->record, (int64_t)value, NULL), NULL);
}

static void put_text(lua_State *L, const char *name, lode_str text) {
  put_name(L, name, strlen(name));
  lode__put_string(L, &lode__host(L)->record, text.ptr, text.len);
}

/* Field `name` of the table as it is, if it is there. */
static void put_field(lua_State *L, int table, const char *name, size_t len) {
  lua_pushlstring(L, name, len);
  if (lua_rawget(L, table) != LUA_TNIL) {
    put_name(L, name, len);
    lode__put_json(L, -1, &lode__host(L)->record, name);
  }
  lua_pop(L, 1);
}

static void put_span(lua_State *L, const lode__span *span) {
  lode_page *page = lode__page(L, span->generation);
  lode_span raw = lode_page_raw(page, span->begin, span->end);
  size_t line;
  lode_err err;
  lode__check(L, lode_page_line(page, raw.begin, &line, &err), &err);
  put_text(L, "text", (lode_str){page->content + span->begin, span->end - span->begin});
  lode_span range = lode__record_range(L, span->begin, span->end);
  put_integer(L, "start", range.begin);
  put_integer(L, "end", range.end);
  put_integer(L, "line", line);
  if (!lode_page_is_repaired(page, span->begin, span->end)) return;
  put_name(L, "repaired", 8);
  put_bytes(L, "true", 4);
}

/* The span of the record, left on the stack; NULL (and nil) where it has none. */
static const lode__span *find_span(lua_State *L, int table) {
  bool named = true;
  lua_pushliteral(L, "span");
  if (lua_rawget(L, table) == LUA_TNIL) {
    lua_pop(L, 1);
    named = false;
    if (lua_rawgeti(L, table, 1) == LUA_TNIL) return NULL;
  }
  const lode__span *span = lode__test_span(L, -1);
  if (span == NULL) {
    luaL_error(L, "emit: %s must be a span (from p:span, p:find, p:tokens, ...), not a %s",
               named ? "span" : "the first item", lode__type_name(L, -1));
  }
  return span;
}

/* What the page stage may not set itself. */
static void refuse_front(lua_State *L, int table, bool has_span) {
  static const char *const given_by_lode[] = {"page", "start", "end", "line", "repaired"};
  for (size_t i = 0; i < sizeof given_by_lode / sizeof *given_by_lode; i++) {
    lua_pushstring(L, given_by_lode[i]);
    if (lua_rawget(L, table) != LUA_TNIL) {
      luaL_error(L,
                 "emit: \"%s\" is filled by lode: give the span, emit{ type = ..., span = s }, and call a value of "
                 "your own by another name",
                 given_by_lode[i]);
    }
    lua_pop(L, 1);
  }
  lua_pushliteral(L, "text");
  if (has_span && lua_rawget(L, table) != LUA_TNIL) {
    luaL_error(
        L,
        "emit: \"text\" is the span's own text: call a changed one by another name, or give a smaller span (span:sub)");
  }
  lua_pop(L, 1);
}

/* ` (did you mean "type" by "tpye"?)` where a field of the table is one slip away from the name. [0, 1, e] */
static const char *near_field(lua_State *L, int table, const char *name) {
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, table, &count);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr != NULL && lode__is_slip(keys[i].ptr, name))
      return lua_pushfstring(L, " (did you mean \"%s\" by \"%s\"?)", name, keys[i].ptr);
  }
  return lua_pushliteral(L, "");
}

static lode_str check_type(lua_State *L, int table) {
  lua_pushliteral(L, "type");
  lua_rawget(L, table);
  if (lua_type(L, -1) != LUA_TSTRING || lua_rawlen(L, -1) == 0)
    luaL_error(L, "emit: the record has no type%s: emit{ type = \"quote\", ... }", near_field(L, table, "type"));
  lode_str type;
  type.ptr = lua_tolstring(L, -1, &type.len);
  lua_pop(L, 1); /* the table holds it */
  return type;
}

/* A span under a name one slip away from "span" was meant to be it, in a record that has none: `spann = s`.  Other
 * names of ours have words of their own next to them ("pages", "age", "types"), so those are not guessed at. */
static void refuse_slip(lua_State *L, int table, const lode__key *key) {
  if (!lode__is_slip(key->ptr, "span")) return;
  lua_pushlstring(L, key->ptr, key->len);
  lua_rawget(L, table);
  if (lode__test_span(L, -1) != NULL)
    luaL_error(L, "emit: the record has no span, but \"%s\" is one: did you mean \"span\"?", key->ptr);
  lua_pop(L, 1);
}

static void put_own_fields(lua_State *L, int table, bool has_span) {
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, table, &count);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL) {
      if (keys[i].is_integer && keys[i].integer == 1 && i == 0) {
        lua_rawgeti(L, table, 1);
        bool is_span = lode__test_span(L, -1) != NULL;
        lua_pop(L, 1);
        if (is_span) continue;
      }
      luaL_error(L, "emit: fields have names; a list goes into a field, emit{ type = ..., names = { ... } }");
    }
    if (is_front(keys[i].ptr) || strcmp(keys[i].ptr, "rule") == 0 || strcmp(keys[i].ptr, "span") == 0) continue;
    if (!has_span) refuse_slip(L, table, &keys[i]);
    put_field(L, table, keys[i].ptr, keys[i].len);
  }
  lua_pop(L, 1);
}

/* "file:line", or "file:line name" where the script names the rule; the line is that of the call.  Only what was
 * found in text, or has a name, has a rule. */
static void put_rule(lua_State *L, int table, bool has_span) {
  const char *given = lode__host(L)->record_rule;
  if (given != NULL) {
    put_text(L, "rule", (lode_str){given, strlen(given)});
    return;
  }
  lua_pushliteral(L, "rule");
  bool named = lua_rawget(L, table) != LUA_TNIL;
  if (named && lode__host(L)->stage != LODE__PAGE) {
    put_name(L, "rule", 4);
    lode__put_json(L, -1, &lode__host(L)->record, "rule");
  } else if (named && lode__match_place(L, -1) != NULL) {
    given = lode__match_place(L, -1);
    put_text(L, "rule", (lode_str){given, strlen(given)});
  } else if (named || has_span) {
    lua_Debug frame;
    const char *name = "";
    if (named && lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "emit: rule is the rule's name, a string, or a match, not a %s", lode__type_name(L, -1));
    if (named) name = lua_pushfstring(L, " %s", lua_tostring(L, -1));
    const char *rule = name;
    if (lua_getstack(L, 1, &frame) && lua_getinfo(L, "Sl", &frame) && frame.currentline > 0) {
      rule = lua_pushfstring(L, "%s:%d%s", frame.source[0] == '@' ? frame.source + 1 : frame.short_src,
                             frame.currentline, name);
    }
    put_text(L, "rule", (lode_str){rule, strlen(rule)});
  }
  lua_settop(L, table);
}

static bool table_has(lua_State *L, const void *record, lode_str name) {
  lua_pushlstring(L, name.ptr, name.len);
  bool there = lua_rawget(L, *(const int *)record) != LUA_TNIL;
  lua_pop(L, 1);
  return there;
}

static bool found_has(lua_State *L, const void *record, lode_str name) {
  const lode__found *found = record;
  (void)L;
  for (size_t i = 0; i < found->count; i++) {
    lode_str own = found->fields[i].name;
    if (own.len == name.len && memcmp(own.ptr, name.ptr, name.len) == 0) return true;
  }
  return false;
}

static void build(lua_State *L, int table) {
  lode_host *self = lode__host(L);
  bool in_page = self->stage == LODE__PAGE;
  self->record.len = 0;
  put_bytes(L, "{", 1);
  const lode__span *span = find_span(L, table);
  if (in_page) refuse_front(L, table, span != NULL);
  put_text(L, "type", check_type(L, table));
  if (in_page) put_text(L, "page", self->page->id);
  else put_field(L, table, "page", 4);
  lode__put_review_id(L, check_type(L, table), span);
  if (span != NULL) put_span(L, span);
  else {
    for (size_t i = 2; i < FRONT_COUNT; i++) put_field(L, table, front[i], strlen(front[i]));
  }
  lode__put_review(L, span, table_has, &table);
  put_own_fields(L, table, span != NULL);
  lode__put_review_spans(L);
  put_rule(L, table, span != NULL);
  put_bytes(L, "}", 1);
}

/* A group's key function gets the record as its reduce will: read back from the JSON. */
static void add_to_group(lua_State *L, size_t number) {
  lode_host *self = lode__host(L);
  const lode__group *group = &self->groups[number];
  lode_json_value value = {LODE_JSON_OBJECT, {self->record.ptr, self->record.len}};
  lua_rawgeti(L, LUA_REGISTRYINDEX, group->key);
  lode__push_json(L, value, false);
  /* The key function may use what the record stands in: keep the bytes. */
  lua_pushlstring(L, self->record.ptr, self->record.len);
  lua_insert(L, -3);
  lua_call(L, 1, 1);
  size_t len;
  if (!lua_isnil(L, -1)) {
    if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER) {
      luaL_error(L, "group \"%s\": key must give a string, a number, or nil for \"not in this group\", not a %s",
                 group->name, lode__type_cure(L, -1));
    }
    luaL_tolstring(L, -1, NULL);
    lode_str key = lode__check_text(L, -1), record;
    record.ptr = lua_tolstring(L, -3, &len);
    record.len = len;
    lode_buf *out = &self->sink->groups;
    size_t before = out->len;
    int code = lode_buf_u32(out, (uint32_t)number, NULL);
    if (code == 0) code = lode_buf_str(out, key, NULL);
    if (code == 0) code = lode_buf_str(out, record, NULL);
    if (code != 0) out->len = before;
    lode__check(L, code, NULL);
    lua_pop(L, 1);
  }
  self->record.len = 0;
  size_t size;
  const char *bytes = lua_tolstring(L, -2, &size);
  put_bytes(L, bytes, size);
  lua_pop(L, 2);
}

static void check_output(lua_State *L) {
  const lode_host *self = lode__host(L);
  const lode_sink *sink = self->sink;
  size_t held = sink->records.len - sink->kept.records + sink->groups.len - sink->kept.groups + sink->page_counts.len;
  if (held > self->output_limit) {
    luaL_error(L, "more than %d MB of records from one page", (int)(self->output_limit >> 20));
  }
}

static bool is_wanted(const lode_host *self, lode_str type) {
  return self->labels.count == 0 || lode_table_find(&self->labels, type.ptr, type.len) != LODE_NO_ID;
}

/* Whether a record of that type goes anywhere: out, or into a group of the page stage. */
static bool is_used(const lode_host *self, lode_str type) {
  bool used = is_wanted(self, type);
  for (size_t i = 0; !used && self->stage == LODE__PAGE && i < self->group_count; i++)
    used = self->groups[i].label == NULL || strcmp(self->groups[i].label, type.ptr) == 0;
  return used;
}

/* The finished record to its groups and out. */
static void hand_in(lua_State *L, lode_str type) {
  lode_host *self = lode__host(L);
  for (size_t i = 0; self->stage == LODE__PAGE && i < lode_host_group_count(self); i++) {
    if (self->groups[i].label == NULL || strcmp(self->groups[i].label, type.ptr) == 0) add_to_group(L, i);
  }
  if (is_wanted(self, type)) {
    lode_buf *out = &self->sink->records;
    lode__check(L, lode_buf_reserve(out, self->record.len + 1, NULL), NULL);
    lode_buf_add(out, self->record.ptr, self->record.len, NULL);
    lode_buf_byte(out, '\n', NULL);
    self->sink->record_count++;
  }
  check_output(L);
}

void lode__emit_record(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (!lua_istable(L, index))
    luaL_error(L, "emit takes a table, emit{ type = \"quote\", ... }, not a %s", lode__type_name(L, index));
  lua_pushvalue(L, index);
  int table = lua_gettop(L);
  build(L, table);
  hand_in(L, check_type(L, table));
  lua_settop(L, table - 1);
}

static void put_found_field(lua_State *L, const lode__found_field *field) {
  lode_buf *out = &lode__host(L)->record;
  put_name(L, field->name.ptr, field->name.len);
  if (field->list) put_bytes(L, "[", 1);
  for (size_t i = 0; i < field->count; i++) {
    if (i > 0) put_bytes(L, ",", 1);
    lode__put_string(L, out, field->texts[i].ptr, field->texts[i].len);
  }
  if (field->list) put_bytes(L, "]", 1);
}

void lode__emit_found(lua_State *L, const lode__found *found) {
  lode_host *self = lode__host(L);
  lode_str type = {found->type, strlen(found->type)};
  if (!is_used(self, type)) return;
  lode__span span = {
      .generation = self->generation, .begin = (uint32_t)found->content.begin, .end = (uint32_t)found->content.end};
  self->record.len = 0;
  put_bytes(L, "{", 1);
  put_text(L, "type", type);
  put_text(L, "page", self->page->id);
  lode__put_review_id(L, type, &span);
  put_span(L, &span);
  lode__put_review(L, &span, found_has, found);
  for (size_t i = 0; i < found->count; i++) put_found_field(L, &found->fields[i]);
  lode__put_review_spans(L);
  put_text(L, "rule", (lode_str){found->rule, strlen(found->rule)});
  put_bytes(L, "}", 1);
  hand_in(L, type);
}

int lode__emit(lua_State *L) {
  lode__check_stage(L, LODE__PAGE | LODE__GROUP | LODE__DONE, "emit",
                    "records come from lode.page, lode.group and lode.done");
  luaL_checkany(L, 2);
  lode__emit_record(L, 2);
  return 0;
}
