/* rulebook.h - the rules of a script: what bind_pattern.c builds, bind_rule.c declares and compiles, rule_run.c runs.
 *
 * The book is made with the host; patterns and rules are added while the script loads, and compiled at its end.
 * Functions of the script (test, like, keep, emit) are references in the registry.  The matcher's hooks call them
 * through lode__try, so that no error jumps over the matcher.
 */
#ifndef LODE_RULEBOOK_H
#define LODE_RULEBOOK_H
#include "entries.h"
#include "file.h"
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
  int keep, emit, fields, examples; /* references, LUA_NOREF where absent */
  bool has_values;                  /* a capture has a value of its own */
  bool has_status;                  /* cues are on its label */
  bool of_cue;                      /* it finds words of a cue */
  bool speaks;                      /* of the main script: its matches become records */
  lode__rule_capture *captures;
  size_t capture_count;
  uint32_t relaxed; /* of a variant (near.c): its rule; else LODE_NO_ID */
  const char *part, *change, *at;
} lode__rule;

/* What ann(label, fields) asks of one field: one of these texts, or that it is there, or not. */
typedef struct lode__wanted {
  uint32_t capture;
  enum { LODE__TEXTS, LODE__PRESENT, LODE__ABSENT } presence;
  const lode_str *texts;
  size_t count;
} lode__wanted;

typedef struct lode__constraint {
  const lode__wanted *fields;
  size_t count;
} lode__constraint;

/* What a match says under a name that some ann() asks for. */
typedef struct lode__said {
  uint32_t name;
  lode_str text; /* in the page's arena */
} lode__said;

/* A lexicon that lex{} made: its image lies in `memory` or in `mapping`. */
typedef struct lode__lexicon {
  lode_lexicon lexicon;
  lode_entries entries;
  lode_buf memory;
  lode_mapping mapping;
  uint32_t label, near_label; /* near_label LODE_NO_ID: nothing near is looked for */
  bool named;                 /* the script gave the label */
} lode__lexicon;

typedef struct lode__book {
  lode_rules rules;
  lode__rule *items;
  size_t count, cap;
  lode__constraint *constraints;
  size_t constraint_count, constraint_cap;
  lode_buf excused;          /* uint32_t: nodes that another node replaces (lazy) */
  uint32_t quotation;        /* the label of what quotation.h finds ... */
  bool quotes;               /* ... which a rule asks for */
  lode_buf found;            /* of the record that is being written */
  lode_buf sources;          /* of the script and its modules, while they load */
  lode_buf asked;            /* uint32_t: names that constraints ask for */
  lode_buf said;             /* lode__said, of this page */
  uint32_t **capture_labels; /* by CAPTURE node: labels that its pattern takes, ended by LODE_NO_ID */
  lode__lexicon **lexicons;  /* each where it was made: the rules borrow it */
  size_t lexicon_count, lexicon_cap;
  lode_matcher matcher;
  lode_trace trace;        /* used where a command asks for it (lode_look) */
  const lode_table *words; /* that the matcher is for; NULL: it is not open */
} lode__book;

static inline const lode_capture *lode__captures(const lode_matcher *matcher, const lode_match *match) {
  return match->capture_count == 0 ? NULL : matcher->captures + match->first_capture;
}

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

/* The node is in no rule, and need not be. [0, 0, m] */
void lode__excuse(lua_State *L, lode_pattern node);
int lode__push_pattern(lua_State *L, lode_pattern node); /* [0, 1, e] */

/* ---- bind_lexicon.c ---- */
int lode__make_lexicon(lua_State *L); /* lex{ ... } */
void lode__free_lexicons(lode__book *book);
bool lode__is_lexicon_label(const lode__book *book, uint32_t label);
/* Push the attributes of what a lexicon found, from its annotation's fields. [0, 1, e] */
void lode__push_entry(lua_State *L, uint64_t fields);
/* A cell of a row as a Lua value. [0, 1, e] */
void lode__push_cell(lua_State *L, lode_cell cell);
/* One of them; false where the entry has none of that name. */
bool lode__entry_cell(const lode__book *book, uint64_t fields, lode_str name, lode_cell *out);

/* ---- bind_cue.c ---- */
int lode__declare_cue(lua_State *L); /* cue{ ... } */
void lode__check_cues(lua_State *L); /* at the end of the load [0, 0, e] */
/* The status that cues give a match that stays: "mentioned" where none does; ptr NULL where its label has no cues. */
lode_str lode__status_of(const lode__book *book, const lode_match *match);

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

/* ---- rule_check.c ---- */
/* Push why a rule sees no annotation of a label, and the cure. [0, many, e] */
const char *lode__push_no_maker(lua_State *L, uint32_t label, uint32_t rule);
void lode__check_fields(lua_State *L);   /* raise where a pattern asks for a field that nothing gives [0, 0, e] */
void lode__warn_of_unread(lua_State *L); /* [0, 0, e] */

/* ---- bind_match.c ---- */
void lode__open_matches(lua_State *L);
lode_span lode__bytes_of(const lode_page *page, uint32_t begin, uint32_t end); /* of tokens */
/* The value on top is the value of that capture node. [1, 0, e] */
void lode__keep_value(lua_State *L, lode_pattern node);
bool lode__has_value(lua_State *L, lode_pattern node);
/* The table on top holds the fields of that match of the page; all go with drop. [1, 0, e] */
void lode__keep_fields(lua_State *L, uint32_t match);
void lode__drop_fields(lua_State *L);
/* Push them, or nothing and give false. [0, 0 or 1, e] */
bool lode__push_fields(lua_State *L, uint32_t match);
/* Push what a lexicon found. [0, 1, e] */
void lode__push_find(lua_State *L, uint32_t label, const lode_annotation *item);
/* Whether the value is a match; then its bytes of the content. */
bool lode__test_match(lua_State *L, int index, lode_span *out);
/* Push a match as scripts see it. [0, 1, e] */
void lode__push_match(lua_State *L, const lode_match *match);
/* Push what m.NAME is of a match of the page: a field, else what the capture says, or nil. [0, 1, e] */
void lode__push_said(lua_State *L, const lode_match *match, const char *name, size_t len);
/* Push what m.NAME is: a string, a list of strings, or nil. [0, 1, e] */
void lode__push_capture_text(lua_State *L, const lode__rule *rule, const lode_match *match,
                             const lode_capture *captures, uint32_t name);
#endif
