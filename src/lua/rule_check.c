/* What is checked of rules when the script is loaded: labels and fields that they ask for, captures that nobody reads. */
#include "rulebook.h"

#include <string.h>

/* The table on top gets the name as a key. */
static void add_known(lua_State *L, lode_str name) {
  lua_pushlstring(L, name.ptr, name.len);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
}

/* ---- labels ---- */

const char *lode__push_no_maker(lua_State *L, uint32_t label, uint32_t rule) {
  const lode__book *book = lode__host(L)->book;
  const lode_rules *rules = &book->rules;
  int32_t phase = rules->items[rule].spec.phase, made = INT32_MAX;
  lode_str name = lode_table_get(&rules->patterns.labels, label);
  lua_pushlstring(L, name.ptr, name.len);
  const char *text = lua_tostring(L, -1);
  lua_newtable(L);
  for (uint32_t r = 0; r < rules->count; r++) {
    const lode_rule_spec *spec = &rules->items[r].spec;
    if (spec->label == label && spec->phase < made) made = spec->phase;
    if (!book->items[r].of_cue && spec->phase < phase)
      add_known(L, (lode_str){book->items[r].label, strlen(book->items[r].label)});
  }
  if (made != INT32_MAX)
    return lua_pushfstring(L, "\"%s\" is made in phase %d, and rules of phase %d do not see it: write phase = %d", text,
                           (int)made, (int)phase, (int)made + 1);
  for (size_t i = 0; i < book->lexicon_count; i++)
    if (book->lexicons[i]->named) add_known(L, lode_table_get(&rules->patterns.labels, book->lexicons[i]->label));
  const char *meant = lode__suggest_key(L, text, lua_gettop(L));
  if (meant[0] != '\0') return lua_pushfstring(L, "no rule makes \"%s\"%s", text, meant);
  return lua_pushfstring(L, "no rule of a lower phase makes \"%s\": is the label right, and the rule's phase?", text);
}

/* ---- fields ---- */

/* What the makers of a label give, into a new table; false where that is not known before they run, or nobody makes it.
 * [0, 1, e] */
static bool push_fields(lua_State *L, uint32_t label) {
  const lode__book *book = lode__host(L)->book;
  const lode_patterns *trees = &book->rules.patterns;
  bool made = false, known = true;
  lua_newtable(L);
  for (size_t r = 0; r < book->count; r++) {
    const lode__rule *rule = &book->items[r];
    if (book->rules.items[r].spec.label != label) continue;
    made = true;
    if (rule->has_status) add_known(L, LODE_STR("status"));
    for (size_t i = 0; i < rule->capture_count; i++)
      add_known(L, lode_table_get(&trees->captures, rule->captures[i].name));
    if (rule->fields == LUA_NOREF) continue;
    lua_rawgeti(L, LUA_REGISTRYINDEX, rule->fields);
    known = known && lua_istable(L, -1);
    size_t count = 0;
    const lode__key *keys = known ? lode__sorted_keys(L, lua_gettop(L), &count) : NULL;
    for (size_t i = 0; i < count; i++) {
      if (keys[i].ptr == NULL) continue;
      lua_pushboolean(L, 1);
      lua_setfield(L, -4, keys[i].ptr);
    }
    lua_pop(L, known ? 2 : 1);
  }
  for (size_t i = 0; i < book->lexicon_count; i++) {
    const lode__lexicon *lexicon = book->lexicons[i];
    if (lexicon->label != label && lexicon->near_label != label) continue;
    made = true;
    for (uint32_t c = 0; c < lexicon->entries.name_count; c++) add_known(L, lode_entries_name(&lexicon->entries, c));
  }
  return made && known;
}

static void check_field(lua_State *L, const lode_pattern_node *node, uint32_t label, uint32_t name) {
  const lode_patterns *trees = &lode__host(L)->book->rules.patterns;
  int top = lua_gettop(L);
  lode_str wanted = lode_table_get(&trees->captures, name), of = lode_table_get(&trees->labels, label);
  if (push_fields(L, label)) {
    lua_pushlstring(L, wanted.ptr, wanted.len);
    if (lua_rawget(L, top + 1) == LUA_TNIL) {
      const char *meant = lode__suggest_key(L, wanted.ptr, top + 1);
      const char *text =
          lua_pushfstring(L, "nothing that makes \"%s\" has a field \"%s\"%s", of.ptr, wanted.ptr, meant);
      lode__raise_at(L, node->at[0].file == NULL ? "?" : node->at[0].file, node->at[0].line, text);
    }
  }
  lua_settop(L, top);
}

void lode__check_fields(lua_State *L) {
  const lode__book *book = lode__host(L)->book;
  const lode_patterns *trees = &book->rules.patterns;
  for (lode_pattern i = 1; i < trees->count; i++) {
    const lode_pattern_node *node = lode_pattern_get(trees, i);
    if (node->kind == LODE_PATTERN_KNOWN) {
      const lode_known *known = &trees->knowns[node->data];
      check_field(L, node, known->label, known->capture);
    } else if (node->kind == LODE_PATTERN_ANN && node->constraint != LODE_NO_ID) {
      const lode__constraint *asked = &book->constraints[node->constraint];
      for (size_t f = 0; f < asked->count; f++) check_field(L, node, node->data, asked->fields[f].capture);
    }
  }
}

/* ---- captures that nobody reads ---- */

void lode__note_source(lua_State *L, const char *name, lode_str source) {
  lode_host *self = lode__host(L);
  if (self->book == NULL || strncmp(name, "lode/", 5) == 0) return;
  lode__check(L, lode_buf_add(&self->book->sources, source.ptr, source.len, NULL), NULL);
  lode__check(L, lode_buf_byte(&self->book->sources, '\n', NULL), NULL);
}

static bool is_name_byte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

/* How often the name stands in what was loaded, two being enough. */
static int count_name(const lode_buf *sources, lode_str name) {
  int count = 0;
  for (size_t at = 0; at + name.len <= sources->len && count < 2;) {
    const char *hit = memchr(sources->ptr + at, name.ptr[0], sources->len - at - name.len + 1);
    if (hit == NULL) break;
    at = (size_t)(hit - sources->ptr);
    bool whole = memcmp(hit, name.ptr, name.len) == 0 && (at == 0 || !is_name_byte((unsigned char)hit[-1])) &&
                 (at + name.len == sources->len || !is_name_byte((unsigned char)hit[name.len]));
    if (whole) count++;
    at++;
  }
  return count;
}

static bool is_written(const lode_host *self, const lode__rule *rule) {
  bool chosen =
      self->labels.count == 0 || lode_table_find(&self->labels, rule->label, strlen(rule->label)) != LODE_NO_ID;
  return rule->speaks && chosen;
}

/* A capture of a rule without a record of its own is there to be read: by m.NAME, by ann(label, { NAME = ... }), by known. */
void lode__warn_of_unread(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  for (size_t r = 0; r < book->count; r++) {
    const lode__rule *rule = &book->items[r];
    if (is_written(self, rule) || rule->of_cue || rule->relaxed != LODE_NO_ID || strncmp(rule->file, "lode/", 5) == 0)
      continue;
    for (size_t i = 0; i < rule->capture_count; i++) {
      lode_str name = lode_table_get(&book->rules.patterns.captures, rule->captures[i].name);
      if (name.len == 0 || name.ptr[0] == '_' || count_name(&book->sources, name) != 1) continue;
      lode__check(L,
                  lode_buf_printf(&self->warnings, NULL,
                                  "%s:%d: warning: rule \"%s\": nobody reads the capture \"%.*s\": its records are not "
                                  "written, and no other line names it\n",
                                  rule->file, rule->line, rule->name, (int)name.len, name.ptr),
                  NULL);
    }
  }
  lode_buf_free(&book->sources);
}
