/* rulebook.h - the rules of a script: what bind_pattern.c builds, bind_rule.c declares and compiles, rule_run.c runs.
 *
 * The book is made with the host; patterns and rules are added while the script loads, and compiled at its end.
 * Functions of the script (test, like, keep, emit) are references in the registry.  The matcher's hooks call them
 * through lode__try, so that no error jumps over the matcher.
 */
#ifndef LODE_RULEBOOK_H
#define LODE_RULEBOOK_H
#include "luahost.h"
#include "matcher.h"

/* A capture of a rule: its name, and whether it gives a list. */
typedef struct lode__rule_capture {
  uint32_t name;
  bool all;
} lode__rule_capture;

typedef struct lode__rule {
  const char *name, *label, *place; /* place: "file:line name" */
  const char *file;
  int line;
  int keep, emit, examples; /* references, LUA_NOREF where absent */
  bool speaks;              /* of the main script: its matches become records */
  lode__rule_capture *captures;
  size_t capture_count;
  uint32_t relaxed; /* of a variant (near.c): its rule; else LODE_NO_ID */
  const char *part, *change, *at;
} lode__rule;

/* What ann(label, fields) asks of one field: one of these texts. */
typedef struct lode__wanted {
  uint32_t capture;
  const lode_str *texts;
  size_t count;
} lode__wanted;

typedef struct lode__constraint {
  const lode__wanted *fields;
  size_t count;
} lode__constraint;

typedef struct lode__book {
  lode_rules rules;
  lode__rule *items;
  size_t count, cap;
  lode__constraint *constraints;
  size_t constraint_count, constraint_cap;
  lode_buf excused; /* uint32_t: nodes that another node replaces (lazy) */
  lode_buf found;   /* of the record that is being written */
  lode_matcher matcher;
  lode_trace trace;        /* used where a command asks for it (lode_look) */
  const lode_table *words; /* that the matcher is for; NULL: it is not open */
} lode__book;

/* ---- bind_pattern.c ---- */
void lode__open_patterns(lua_State *L, int table); /* the words into the table at `table` [0, 0, e] */
lode_pattern lode__check_pattern(lua_State *L, int index, const char *what); /* a pattern, or a string as a phrase */
/* Give the nodes made from here on the lines of the script that run now. [0, 0, e] */
void lode__note_lines(lua_State *L);
/* Raise err's message unless node is one. */
lode_pattern lode__check_node(lua_State *L, lode_pattern node, const lode_err *err);
bool lode__is_reserved_name(const char *name);
int lode__phrase(lua_State *L); /* phrase(text), a pattern */
/* Where the value at `index` is a pattern without a name, this is the script's name for it. [0, 0, e] */
void lode__name_pattern(lua_State *L, int index, const char *name);

/* ---- bind_oneline.c ---- */
int lode__oneline(lua_State *L); /* P[[ ... ]] */

/* ---- bind_rule.c ---- */
int lode__declare_rule(lua_State *L);
lode__rule *lode__new_rule(lua_State *L); /* the place behind the last one; counted by the caller [0, 0, e] */
/* An error at a line of the script, whatever runs now. [0, 0, e] */
void lode__raise_at(lua_State *L, const char *file, uint32_t line, const char *message);

/* ---- near.c ---- */
void lode__add_variants(lua_State *L); /* of the rules that look->relax asks for [0, 0, e] */

/* ---- rule_run.c ---- */
/* Match the rules over the host's page; what keeps and tests raise is noted as problems. [0, 0, e] */
void lode__match_page(lua_State *L);
/* The page and word table it was for are going away. */
void lode__drop_matcher(lode_host *self);
/* Push a match as scripts see it. [0, 1, e] */
void lode__push_match(lua_State *L, const lode_match *match);
/* Push what m.NAME is: a string, a list of strings, or nil. [0, 1, e] */
void lode__push_capture_text(lua_State *L, const lode__rule *rule, const lode_match *match,
                             const lode_capture *captures, uint32_t name);
#endif
