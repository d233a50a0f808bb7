/* lode.zone and lode.settings: what a script knows of a site, told to every page of it before anything else looks.
 *
 *     lode.zone { zone = "promo", source = "orla.example", starts = { "Sign up", "Follow us" } }
 *     lode.zone(function(par) if #par.text < 20 then return "nav" end end)
 *     lode.settings { source = "orla.example", meta = { source = "Orla Gazette" }, after = "By ", before = "More from" }
 *
 * Tables are compiled to lists of strings and cost one comparison each for a paragraph; functions are called for each
 * paragraph.  All of them run in the order of the script, each sees what the one before it said. */
#include "luahost.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum fit_kind { LINE, STARTS, ENDS, CONTAINS, HOWS } fit_kind;

typedef struct texts {
  lode_str *items;
  size_t count;
} texts;

typedef struct zone_rule {
  texts sources;     /* none: every page */
  texts words[HOWS]; /* none at all: every paragraph of `from` */
  lode_zone_set from;
  uint8_t zone;
  int function; /* a reference; then the rest is not used */
} zone_rule;

typedef struct setting {
  texts sources, after, before;
  lode_str *names, *values; /* metadata: JSON values */
  size_t count;
} setting;

struct lode__zoning {
  zone_rule *rules;
  size_t rule_count, rule_cap;
  setting *settings;
  size_t setting_count, setting_cap;
  const char *own[LODE_ZONES_MOST - LODE_ZONE_COUNT]; /* in the host's memory, as all strings here */
  unsigned own_count;
};

static lode__zoning *zoning_of(lua_State *L) {
  lode_host *self = lode__host(L);
  if (self->zoning == NULL) self->zoning = calloc(1, sizeof *self->zoning);
  if (self->zoning == NULL) luaL_error(L, "out of memory");
  return self->zoning;
}

void lode__free_zones(lode_host *self) {
  if (self->zoning == NULL) return;
  free(self->zoning->rules);
  free(self->zoning->settings);
  free(self->zoning);
  self->zoning = NULL;
}

int lode__find_zone(const lode_host *self, const char *name, size_t len) {
  int zone = lode_zone_find(name, len);
  for (unsigned i = 0; zone < 0 && self->zoning != NULL && i < self->zoning->own_count; i++)
    if (strlen(self->zoning->own[i]) == len && memcmp(self->zoning->own[i], name, len) == 0)
      zone = LODE_ZONE_COUNT + (int)i;
  return zone;
}

/* The zone of that name, made where there is none. */
static uint8_t zone_named(lua_State *L, lode_str name) {
  lode__zoning *z = zoning_of(L);
  int zone = lode__find_zone(lode__host(L), name.ptr, name.len);
  if (zone >= 0) return (uint8_t)zone;
  for (size_t i = 0; i < name.len; i++)
    if (!((name.ptr[i] >= 'a' && name.ptr[i] <= 'z') ||
          (i > 0 && (name.ptr[i] == '_' || (name.ptr[i] >= '0' && name.ptr[i] <= '9')))))
      luaL_error(L, "a zone's name is small letters, digits and _, not \"%s\"", name.ptr);
  if (name.len == 0 || (name.len == 3 && memcmp(name.ptr, "all", 3) == 0))
    luaL_error(L, "\"%s\" is no name for a zone", name.ptr);
  if (z->own_count == LODE_ZONES_MOST - LODE_ZONE_COUNT)
    luaL_error(L, "zone \"%s\": a script may add %d zones", name.ptr, LODE_ZONES_MOST - LODE_ZONE_COUNT);
  z->own[z->own_count] = lode__keep(L, name.ptr, name.len);
  return (uint8_t)(LODE_ZONE_COUNT + z->own_count++);
}

/* ---- arguments ---- */

static lode_str keep_text(lua_State *L, int index, const char *what) {
  if (lua_type(L, index) != LUA_TSTRING)
    luaL_error(L, "%s must be a string, not a %s", what, lode__type_name(L, index));
  lode_str text = lode__check_text(L, index);
  if (text.len == 0) luaL_error(L, "%s is empty", what);
  return (lode_str){lode__keep(L, text.ptr, text.len), text.len};
}

/* A field that is a string or a list of strings. */
static texts keep_texts(lua_State *L, const char *field) {
  texts out = {NULL, 0};
  int type = lua_getfield(L, 1, field);
  if (type == LUA_TNIL) return lua_pop(L, 1), out;
  out.count = type == LUA_TTABLE ? (size_t)lua_rawlen(L, -1) : 1;
  out.items = lode_arena_take(&lode__host(L)->memory, out.count, sizeof *out.items, NULL);
  if (out.items == NULL) luaL_error(L, "out of memory");
  for (size_t i = 0; type == LUA_TTABLE && i < out.count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    out.items[i] = keep_text(L, -1, field);
    lua_pop(L, 1);
  }
  if (type != LUA_TTABLE) out.items[0] = keep_text(L, -1, field);
  else if (out.count == 0) luaL_error(L, "%s is an empty list", field);
  lua_pop(L, 1);
  return out;
}

static void *grown(lua_State *L, void *items, size_t count, size_t *cap, size_t size) {
  if (count < *cap) return items;
  size_t more = lode_size_grow(*cap, 8);
  void *out = realloc(items, lode_size_mul(more, size));
  if (out == NULL) luaL_error(L, "out of memory");
  *cap = more;
  return out;
}

static int declare_zone(lua_State *L) {
  static const char *const names[] = {"zone", "source", "line", "starts", "ends", "contains", "from", NULL};
  static const char *const hows[HOWS] = {"line", "starts", "ends", "contains"};
  lode__check_stage(L, LODE__LOAD, "lode.zone", "it belongs to the top of the script, outside of the stages");
  lode__zoning *z = zoning_of(L);
  zone_rule rule = {.from = LODE_ZONES_ALL, .function = LUA_NOREF};
  lua_settop(L, 1);
  if (lua_isfunction(L, 1)) {
    rule.function = luaL_ref(L, LUA_REGISTRYINDEX);
  } else {
    if (!lua_istable(L, 1))
      return luaL_error(
          L, "lode.zone takes a table, lode.zone{ zone = \"nav\", line = \"Menu\" }, or a function, not a %s",
          lode__type_name(L, 1));
    lode__check_options(L, 1, "lode.zone", names, 0);
    if (lua_getfield(L, 1, "zone") != LUA_TSTRING) return luaL_error(L, "lode.zone: say zone = \"NAME\"");
    rule.zone = zone_named(L, lode__check_text(L, -1));
    rule.sources = keep_texts(L, "source");
    for (int i = 0; i < HOWS; i++) rule.words[i] = keep_texts(L, hows[i]);
    lua_getfield(L, 1, "from");
    rule.from = lode__check_zones(L, -1, LODE_ZONES_ALL);
    bool all = rule.from == LODE_ZONES_ALL && rule.sources.count == 0;
    for (int i = 0; i < HOWS; i++) all = all && rule.words[i].count == 0;
    if (all)
      return luaL_error(
          L,
          "lode.zone: this would be every paragraph of every page: say line, starts, ends, contains, from or source");
  }
  z->rules = grown(L, z->rules, z->rule_count, &z->rule_cap, sizeof rule);
  z->rules[z->rule_count++] = rule;
  return 0;
}

static void keep_meta(lua_State *L, setting *s) {
  if (lua_getfield(L, 1, "meta") == LUA_TNIL) return;
  if (!lua_istable(L, -1)) luaL_error(L, "meta must be a table, { lang = \"en\" }, not a %s", lode__type_name(L, -1));
  int table = lua_gettop(L);
  const lode__key *keys = lode__sorted_keys(L, table, &s->count);
  s->names = lode_arena_take(&lode__host(L)->memory, s->count, sizeof *s->names, NULL);
  s->values = lode_arena_take(&lode__host(L)->memory, s->count, sizeof *s->values, NULL);
  if (s->names == NULL || s->values == NULL) luaL_error(L, "out of memory");
  for (size_t i = 0; i < s->count; i++) {
    if (keys[i].ptr == NULL) luaL_error(L, "meta: fields have names: { lang = \"en\" }");
    s->names[i] = (lode_str){lode__keep(L, keys[i].ptr, keys[i].len), keys[i].len};
    lua_pushlstring(L, keys[i].ptr, keys[i].len);
    lua_rawget(L, table);
    s->values[i] = keep_text(L, -1, s->names[i].ptr);
    lua_pop(L, 1);
  }
}

static int declare_settings(lua_State *L) {
  static const char *const names[] = {"source", "meta", "after", "before", NULL};
  lode__check_stage(L, LODE__LOAD, "lode.settings", "it belongs to the top of the script, outside of the stages");
  lode__zoning *z = zoning_of(L);
  if (!lua_istable(L, 1))
    return luaL_error(
        L, "lode.settings takes a table, lode.settings{ source = \"a.example\", meta = { lang = \"en\" } }, not a %s",
        lode__type_name(L, 1));
  lua_settop(L, 1);
  lode__check_options(L, 1, "lode.settings", names, 0);
  setting s = {.sources = keep_texts(L, "source"), .after = keep_texts(L, "after"), .before = keep_texts(L, "before")};
  if (s.sources.count == 0) return luaL_error(L, "lode.settings: say of which source: source = \"a.example\"");
  keep_meta(L, &s);
  z->settings = grown(L, z->settings, z->setting_count, &z->setting_cap, sizeof s);
  z->settings[z->setting_count++] = s;
  return 0;
}

void lode__open_zones(lua_State *L, int table) {
  lua_pushcfunction(L, declare_zone);
  lua_setfield(L, table, "zone");
  lua_pushcfunction(L, declare_settings);
  lua_setfield(L, table, "settings");
}

/* ---- which pages ---- */

/* `name` stands in `text` between two of "/" and the ends; a host also behind a dot. */
static bool has_part(lode_str text, lode_str name, bool host) {
  for (size_t i = 0; i + name.len <= text.len; i++) {
    if (strncasecmp(text.ptr + i, name.ptr, name.len) != 0) continue;
    bool begins = i == 0 || text.ptr[i - 1] == '/' || (host && text.ptr[i - 1] == '.');
    size_t end = i + name.len;
    bool ends = end == text.len || text.ptr[end] == '/' || (host && text.ptr[end] == ':');
    if (begins && ends) return true;
  }
  return false;
}

/* The host of an address, or, where it is none, all of it. */
static lode_str host_of(lode_str url) {
  for (size_t i = 0; i + 2 < url.len; i++) {
    if (memcmp(url.ptr + i, "://", 3) != 0) continue;
    lode_str rest = {url.ptr + i + 3, url.len - i - 3};
    size_t end = 0;
    while (end < rest.len && memchr("/?#\"", rest.ptr[end], 4) == NULL) end++;
    return (lode_str){rest.ptr, end};
  }
  return (lode_str){NULL, 0};
}

static bool is_from(const lode_page *page, lode_str source) {
  lode_str url = host_of(lode_page_get_meta(page, LODE_STR("url"))),
           name = lode_page_get_meta(page, LODE_STR("source"));
  lode_str id = host_of(page->id);
  if (url.len > 0 && has_part(url, source, true)) return true;
  if (id.len > 0) return has_part(id, source, true);
  if (name.len == source.len + 2 && strncasecmp(name.ptr + 1, source.ptr, source.len) == 0) return true;
  return has_part(page->id, source, false);
}

static bool is_from_one(const lode_page *page, const texts *sources) {
  bool any = sources->count == 0;
  for (size_t i = 0; i < sources->count && !any; i++) any = is_from(page, sources->items[i]);
  return any;
}

/* ---- what is done ---- */

static bool starts_with(lode_str text, lode_str word) {
  return text.len >= word.len && memcmp(text.ptr, word.ptr, word.len) == 0;
}

static bool fits(lode_str text, fit_kind kind, lode_str word) {
  switch (kind) {
    case LINE: return text.len == word.len && starts_with(text, word);
    case STARTS: return starts_with(text, word);
    case ENDS: return text.len >= word.len && memcmp(text.ptr + text.len - word.len, word.ptr, word.len) == 0;
    case CONTAINS:
      for (size_t i = 0; i + word.len <= text.len; i++)
        if (memcmp(text.ptr + i, word.ptr, word.len) == 0) return true;
      return false;
    case HOWS: break;
  }
  return false;
}

static bool fits_one(lode_str text, fit_kind kind, const texts *words) {
  bool any = false;
  for (size_t i = 0; i < words->count && !any; i++) any = fits(text, kind, words->items[i]);
  return any;
}

static lode_str text_of(const lode_page *page, size_t i) {
  const lode_paragraph *p = &page->paragraphs[i];
  return (lode_str){page->content + p->begin, p->end - p->begin};
}

static void apply_rule(lode_page *page, const zone_rule *rule) {
  if (!is_from_one(page, &rule->sources)) return;
  bool always = true;
  for (int k = 0; k < HOWS; k++) always = always && rule->words[k].count == 0;
  for (size_t i = 0; i < page->paragraph_count; i++) {
    if ((rule->from >> page->paragraphs[i].zone & 1) == 0) continue;
    bool any = always;
    for (int k = 0; k < HOWS && !any; k++) any = fits_one(text_of(page, i), (fit_kind)k, &rule->words[k]);
    if (any) page->paragraphs[i].zone = rule->zone;
  }
}

static void call_function(lua_State *L, lode_page *page, int function) {
  for (size_t i = 0; i < page->paragraph_count; i++) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, function);
    lode__blame(L, -1);
    lode__push_unit(L, LODE__PARAGRAPH, i);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) {
      lua_pop(L, 1);
      continue;
    }
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "lode.zone: the function gives a zone's name or nil, not a %s", lode__type_name(L, -1));
    lode_str name = lode__check_text(L, -1);
    int zone = lode__find_zone(lode__host(L), name.ptr, name.len);
    if (zone < 0)
      luaL_error(L, "there is no zone \"%s\": a zone of your own is declared by lode.zone{ zone = \"%s\", ... }",
                 name.ptr, name.ptr);
    page->paragraphs[i].zone = (uint8_t)zone;
    lua_pop(L, 1);
  }
}

/* Metadata that the page has not got; what stands before the first line of `after`, that line with it, and from the first line
 * of `before` behind that on is no body. */
static void apply_setting(lua_State *L, lode_page *page, const setting *s) {
  lode_err err;
  if (!is_from_one(page, &s->sources)) return;
  for (size_t i = 0; i < s->count; i++)
    if (lode_page_get_meta(page, s->names[i]).ptr == NULL)
      lode__check(L, lode_page_set_meta_text(page, s->names[i], s->values[i], &err), &err);
  size_t begin = 0, end = page->paragraph_count;
  for (size_t i = 0; i < page->paragraph_count && begin == 0; i++)
    if (fits_one(text_of(page, i), STARTS, &s->after)) begin = i + 1;
  for (size_t i = end; i > begin; i--)
    if (fits_one(text_of(page, i - 1), STARTS, &s->before)) end = i - 1;
  for (size_t i = 0; i < page->paragraph_count; i++)
    if (page->paragraphs[i].zone == LODE_ZONE_BODY && (i < begin || i >= end))
      page->paragraphs[i].zone = i < begin ? LODE_ZONE_NAV : LODE_ZONE_FOOTER;
}

void lode__apply_zones(lua_State *L) {
  lode_host *self = lode__host(L);
  const lode__zoning *z = self->zoning;
  if (z == NULL) return;
  self->page->own_zones = z->own;
  self->page->own_zone_count = z->own_count;
  for (size_t i = 0; i < z->setting_count; i++) apply_setting(L, self->page, &z->settings[i]);
  for (size_t i = 0; i < z->rule_count; i++) {
    if (z->rules[i].function != LUA_NOREF) call_function(L, self->page, z->rules[i].function);
    else apply_rule(self->page, &z->rules[i]);
  }
}
