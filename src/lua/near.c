/* Variants of the rules, each with one part relaxed, for `lode near`: rules beside the script's own, whose matches are
 * annotations of labels that nothing asks for. */
#include "rulebook.h"

#include "relax.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VARIANTS_A_RULE = 200, PART_BYTES = 60 };

typedef struct variant {
  uint32_t base;
  lode_pattern match;
  const char *part, *change, *at;
  lode_within within;
  uint32_t zones;
} variant;

static void add_variant(lua_State *L, const variant *what) {
  lode__book *book = lode__host(L)->book;
  lode_err err;
  char label[32];
  lode_rule_spec spec = book->rules.items[what->base].spec;
  lode__rule *slot = lode__new_rule(L);
  *slot = book->items[what->base];
  snprintf(label, sizeof label, "near %zu", book->count);
  spec.match = what->match;
  spec.within = what->within;
  spec.zones = what->zones;
  spec.label = lode_patterns_label(&book->rules.patterns, (lode_str){label, strlen(label)}, &err);
  lode__check(L, spec.label == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  size_t captures = slot->capture_count * sizeof *slot->captures;
  slot->captures = malloc(captures + 1);
  if (slot->captures == NULL) luaL_error(L, "out of memory");
  if (captures > 0) memcpy(slot->captures, book->items[what->base].captures, captures);
  slot->speaks = false;
  slot->fields = LUA_NOREF;
  slot->examples = LUA_NOREF;
  slot->relaxed = what->base;
  slot->part = what->part;
  slot->change = what->change;
  slot->at = what->at;
  uint32_t id;
  int code = lode_rules_add(&book->rules, &spec, &id, &err);
  if (code == 0) book->count++; /* a name captured twice in the new pattern: no variant */
  else free(slot->captures);
  if (code == LODE_E_NOMEM) lode__check(L, code, &err);
}

static const char *keep_text(lua_State *L, lode_pattern node) {
  lode_host *self = lode__host(L);
  lode_err err;
  self->scratch.len = 0;
  lode__check(L, lode_pattern_text(&self->book->rules.patterns, node, false, PART_BYTES, &self->scratch, &err), &err);
  return lode__keep(L, self->scratch.ptr, self->scratch.len);
}

static void relax_rule(lua_State *L, uint32_t base, uint32_t capture) {
  lode__book *book = lode__host(L)->book;
  lode_rule_spec spec = book->rules.items[base].spec;
  lode_relaxed *found = NULL;
  uint32_t count = 0;
  lode_err err;
  lode_err_clear(&err);
  int code = lode_relax(&book->rules.patterns, spec.match, capture, VARIANTS_A_RULE, &found, &count, &err);
  if (code == 0 && count > 0) {
    lode_relaxed *all = lua_newuserdatauv(L, count * sizeof *all, 0); /* what follows may raise */
    memcpy(all, found, count * sizeof *all);
    free(found);
    found = NULL;
    for (uint32_t i = 0; i < count; i++) {
      char place[300];
      lode_pattern_place(&book->rules.patterns, all[i].part, place, sizeof place);
      add_variant(L, &(variant){base, all[i].match, keep_text(L, all[i].part), all[i].change,
                                lode__keep(L, place, strlen(place)), spec.within, spec.zones});
    }
    lua_pop(L, 1);
  }
  free(found);
  lode__check(L, code, &err);
  char place[600];
  snprintf(place, sizeof place, "%s:%d", book->items[base].file, book->items[base].line);
  const char *at = lode__keep(L, place, strlen(place));
  if (spec.within == LODE_WITHIN_SENTENCE)
    add_variant(L, &(variant){base, spec.match, "within = \"sentence\"", "within = \"paragraph\"", at,
                              LODE_WITHIN_PARAGRAPH, spec.zones});
  if (spec.within == LODE_WITHIN_PARAGRAPH)
    add_variant(L, &(variant){base, spec.match, "within = \"paragraph\"", "within = \"page\"", at, LODE_WITHIN_PAGE,
                              spec.zones});
  if (spec.zones != LODE_ZONES_ALL)
    add_variant(L, &(variant){base, spec.match, "the rule's zones", "zone = \"all\"", at, spec.within,
                              LODE_ZONES_ALL});
}

void lode__add_variants(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  const char *only = self->options.look->relax_rule;
  uint32_t base_count = (uint32_t)book->count;
  lode_err err;
  uint32_t capture = lode_patterns_capture(&book->rules.patterns, LODE_STR(LODE_RELAXED_CAPTURE), &err);
  lode__check(L, capture == LODE_NO_ID ? LODE_E_NOMEM : 0, &err);
  for (uint32_t i = 0; i < base_count; i++)
    if (!book->items[i].of_cue && (only == NULL || strcmp(only, book->items[i].name) == 0)) relax_rule(L, i, capture);
}
