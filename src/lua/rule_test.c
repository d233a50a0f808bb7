/* The examples beside the rules: each text is a page of its own, all rules run over it, and what the example's rule
 * matched is compared with what the example says. */
#include "rulebook.h"

#include "clean.h"
#include <string.h>

typedef struct trial {
  lode_buf *report;
  size_t passed, failed;
  lode_sink *sink;
  lode_page page;
  lode_table words;
} trial;

static void put(lua_State *L, lode_buf *out, const char *text, size_t len) {
  lode__check(L, lode_buf_add(out, text, len, NULL), NULL);
}

/* The wanted captures of the example on top: its string keys. */
static bool has_wanted(lua_State *L, const lode_match *match, int example) {
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, example, &count);
  bool same = true;
  for (size_t i = 0; i < count && same; i++) {
    if (keys[i].ptr == NULL) continue;
    lode__push_said(L, match, keys[i].ptr, keys[i].len);
    lua_getfield(L, example, keys[i].ptr);
    if (lua_istable(L, -1) && lua_istable(L, -2)) {
      same = lua_rawlen(L, -1) == lua_rawlen(L, -2);
      for (lua_Integer k = 1; same && k <= (lua_Integer)lua_rawlen(L, -1); k++) {
        lua_rawgeti(L, -1, k);
        lua_rawgeti(L, -3, k);
        same = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
      }
    } else {
      bool absent = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
      same = absent ? lua_isnil(L, -2) : lua_rawequal(L, -1, -2);
    }
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  return same;
}

/* Every wanted name must be a capture or a field of the rule, and its value a string, a list, or false for "not there". */
static void check_wanted(lua_State *L, const lode__rule *rule, int example) {
  const lode__book *book = lode__host(L)->book;
  size_t count;
  const lode__key *keys = lode__sorted_keys(L, example, &count);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL || strcmp(keys[i].ptr, "none") == 0) continue;
    uint32_t name = lode_table_find(&book->rules.patterns.captures, keys[i].ptr, keys[i].len);
    bool known =
        rule->fields != LUA_NOREF ||
        (rule->has_status && strcmp(keys[i].ptr, "status") == 0); /* what a function gives is not known before */
    for (size_t c = 0; c < rule->capture_count; c++) known = known || rule->captures[c].name == name;
    if (!known) {
      const char *message = lua_pushfstring(
          L, "rule \"%s\": an example names the capture \"%s\", which it does not have", rule->name, keys[i].ptr);
      lode__raise_at(L, rule->file, (uint32_t)rule->line, message);
    }
  }
  lua_pop(L, 1);
}

static void put_value(lua_State *L, lode_buf *out, const char *name, int index) {
  put(L, out, " ", 1);
  put(L, out, name, strlen(name));
  put(L, out, "=", 1);
  lode__put_json(L, index, out, name);
}

static void put_match(lua_State *L, lode_buf *out, const lode__rule *rule, const lode_match *match) {
  const lode__book *book = lode__host(L)->book;
  lode__push_match(L, match);
  luaL_tolstring(L, -1, NULL);
  lode_str text = lode__check_text(L, -1);
  put(L, out, " ", 1);
  lode__put_string(L, out, text.ptr, text.len);
  lua_pop(L, 2);
  for (size_t i = 0; i < rule->capture_count; i++) {
    lode__push_capture_text(L, rule, match, lode__captures(&book->matcher, match), rule->captures[i].name);
    if (!lua_isnil(L, -1))
      put_value(L, out, lode_table_get(&book->rules.patterns.captures, rule->captures[i].name).ptr, lua_gettop(L));
    lua_pop(L, 1);
  }
  if (!lode__push_fields(L, (uint32_t)(match - book->matcher.matches))) return;
  size_t count;
  int table = lua_gettop(L);
  const lode__key *keys = lode__sorted_keys(L, table, &count);
  for (size_t i = 0; i < count; i++) {
    if (keys[i].ptr == NULL) continue;
    lua_getfield(L, table, keys[i].ptr);
    put_value(L, out, keys[i].ptr, lua_gettop(L));
    lua_pop(L, 1);
  }
  lua_settop(L, table - 1);
}

static void put_failure(lua_State *L, trial *self, uint32_t id, int example, bool none) {
  const lode__book *book = lode__host(L)->book;
  const lode__rule *rule = &book->items[id];
  lode_buf *out = self->report;
  size_t count;
  lode__check(L, lode_buf_printf(out, NULL, "%s:%d: FAIL %s: in ", rule->file, rule->line, rule->name), NULL);
  lode__put_string(L, out, self->page.raw.ptr, self->page.raw.len);
  put(L, out, ": expected", 10);
  if (none) put(L, out, " no match", 9);
  const lode__key *keys = lode__sorted_keys(L, example, &count);
  size_t shown = 0;
  for (size_t i = 0; i < count && !none; i++) {
    if (keys[i].ptr == NULL) continue;
    lua_getfield(L, example, keys[i].ptr);
    put_value(L, out, keys[i].ptr, lua_gettop(L));
    lua_pop(L, 1);
    shown++;
  }
  lua_pop(L, 1);
  if (!none && shown == 0) put(L, out, " a match", 8);
  put(L, out, ", got", 5);
  size_t got = 0;
  for (uint32_t i = 0; i < book->matcher.match_count; i++) {
    const lode_match *match = &book->matcher.matches[i];
    if (match->rule != id || match->state != LODE_MATCH_KEPT) continue;
    if (got++ > 0) put(L, out, " and", 4);
    put_match(L, out, rule, match);
  }
  if (got == 0) put(L, out, " no match", 9);
  put(L, out, "\n", 1);
}

/* The text is a page whose paragraphs lie in a zone of the rule. */
static void open_example(lua_State *L, trial *self, uint32_t id, lode_str text) {
  lode_host *host = lode__host(L);
  lode_err err;
  lode_page_open(&self->page, LODE_STR("example"), text);
  lode__check(L, lode_clean_repair(&self->page, &err), &err);
  uint32_t zones = host->book->rules.items[id].spec.zones;
  uint8_t zone = 0;
  while (zone + 1 < LODE_ZONES_MOST && (zones >> zone & 1) == 0) zone++;
  for (size_t i = 0; i < self->page.paragraph_count; i++) self->page.paragraphs[i].zone = zone;
  host->generation += 2; /* values of the example before are gone */
  lode__push_page(L);
  lode__match_page(L);
}

static void run_example(lua_State *L, trial *self, uint32_t id, int example) {
  const lode__book *book = lode__host(L)->book;
  const lode__rule *rule = &book->items[id];
  lua_getfield(L, example, "none");
  bool none = !lua_isnil(L, -1), found = false;
  if (!none) {
    lua_pop(L, 1);
    lua_rawgeti(L, example, 1);
  }
  lode_str text = lode__check_text(L, -1);
  check_wanted(L, rule, example);
  open_example(L, self, id, text);
  for (uint32_t i = 0; i < book->matcher.match_count && !found; i++) {
    const lode_match *match = &book->matcher.matches[i];
    if (match->rule != id || match->state != LODE_MATCH_KEPT) continue;
    found = none || has_wanted(L, match, example);
  }
  if (found != none) self->passed++;
  else {
    self->failed++;
    put_failure(L, self, id, example, none);
  }
  lode__close_page(L);
  lua_settop(L, example);
}

static int do_test(lua_State *L) {
  trial *self = lua_touserdata(L, 1);
  const lode__book *book = lode__host(L)->book;
  for (uint32_t id = 0; id < book->count; id++) {
    if (book->items[id].examples == LUA_NOREF) continue;
    lua_rawgeti(L, LUA_REGISTRYINDEX, book->items[id].examples);
    int list = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, list);
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, list, i);
      run_example(L, self, id, list + 1);
      lua_settop(L, list);
    }
    lua_settop(L, list - 1);
  }
  return 0;
}

int lode_host_test(lode_host *host, lode_sink *sink, lode_buf *report, size_t *passed, size_t *failed, lode_err *err) {
  trial self = {.report = report, .sink = sink};
  lode_table_init(&self.words, 0x7E57);
  lode_page_init(&self.page, &self.words);
  self.page.lists = lode_host_lists(host);
  host->page = &self.page;
  host->sink = sink;
  host->generation++;
  int code = lode__call(host, LODE__PAGE, do_test, &self, err);
  host->generation++;
  host->page = NULL;
  host->sink = NULL;
  lode__drop_matcher(host); /* it is for the words of this test */
  lode_page_free(&self.page);
  lode_table_free(&self.words);
  *passed = self.passed;
  *failed = self.failed;
  return code;
}
