/* luahost.h - what the files of src/lua share: the host's state, the door, small helpers.
 *
 * Lifetimes: the host (options, stages, counters' names, scratch buffers) lives as long as the run; the
 * page and the sink are borrowed for one stage call.  Lua values that stand for a part of a page (spans,
 * iterators, p itself) hold offsets and the `generation` of the page they came from, never pointers, and
 * raise once the page is closed.
 *
 * Errors: binding functions raise (luaL_error); only lode__call in state.c catches.  Buffers that a
 * binding needs while it may raise are the host's scratch buffers, so nothing is lost by a jump.
 * Stack notes are [pops, pushes, raises: - never, m memory only, e yes].
 */
#ifndef LODE_LUAHOST_H
#define LODE_LUAHOST_H
#include "arena.h"
#include "hash.h"
#include "host.h"
#include "json.h"
#include <lauxlib.h>
#include <lua.h>
#include <signal.h>

/* What the script may do now. */
typedef enum lode__stage {
  LODE__IDLE = 0,
  LODE__LOAD = 1,
  LODE__PAGE = 2,
  LODE__GROUP = 4,
  LODE__DONE = 8,
  LODE__FORMAT = 16,
} lode__stage;

/* A line of a script. */
typedef struct lode__place {
  char path[512];
  int line; /* 0: none */
} lode__place;

enum { LODE__PRINT_LIMIT = 1 << 20, LODE__MAX_GROUPS = 1024, LODE__MAX_COUNTERS = 65535 };

typedef struct lode__group {
  const char *name, *label; /* label NULL: records of any type */
  int key, reduce;          /* references in the registry */
} lode__group;

/* Where one counter's entries stand in the totals; every INDEX_STEP-th entry is in the host's index. */
typedef struct lode__tally {
  size_t begin, end; /* bytes of totals->counts */
  uint64_t keys;
  int64_t total;
  size_t first_mark, mark_count;
} lode__tally;

struct lode__book; /* rulebook.h */

typedef struct lode__zoning lode__zoning; /* bind_zone.c */

struct lode_host {
  lua_State *L;
  lua_State *volatile running; /* the innermost coroutine that runs; NULL outside the door */
  volatile sig_atomic_t interrupted;
  size_t used;  /* bytes of the Lua heap */
  size_t limit; /* 0: none */
  bool refused; /* the limit refused memory since the door was entered */
  lode__place refused_at, stopped_at;
  lode__place blamed; /* the function whose result is at fault, where no line of a script is on the stack */
  char broken[512];   /* chunk name of the file that did not compile last */
  lode_err failure;   /* filled by the message handler */

  lode_host_options options; /* strings are copies in `memory` */
  lode_arena memory;
  const char *script_folder; /* as given ("." where the script has none); NULL without a script */
  const char *script_root;   /* the same, resolved */
  lode__stage stage;

  lode_page *page;
  uint64_t generation; /* odd while a page is open */
  uint64_t page_hash;  /* of its id: the seed of math.random */
  lode_sink *sink;
  const lode_totals *totals;
  const lode_totals *indexed; /* the totals that tallies and marks were made for */
  size_t output_limit;        /* bytes one page may put into the sink */

  int page_stage, done_stage; /* references, LUA_NOREF */
  bool has_kept;              /* the stages assign locals of the script */
  lode__group *groups;
  size_t group_count, group_cap;
  const char **counters;
  size_t counter_count, counter_cap;
  lode__tally *tallies; /* by counter, made from the totals on first use */
  size_t *marks;
  size_t mark_count, mark_cap;
  lode_table labels;    /* of --label or lode.output; empty: all */
  bool labels_fixed;    /* by --label */
  const char **columns; /* of lode.columns */
  size_t column_count;
  lode_table stops;     /* stop words, folded */
  lode_lists lists;     /* of lode.abbreviations */
  lode__zoning *zoning; /* of lode.zone and lode.settings, or NULL */
  lode_table args_read; /* names of lode.args in the loaded files */
  bool args_unknown;    /* they use it in a way that the check does not follow */

  int format;     /* reference to the format's table */
  int format_run; /* the `run` that head, row and foot get */
  bool format_raw, format_text, format_begun;

  lode_buf warnings;
  lode_buf notes;                               /* what an output format printed */
  lode_buf why;                                 /* of the open page: see lode_sight.notes */
  lode_buf scratch, text, folded, file, record; /* see the note on errors above */
  lode_map map;
  lode_repairs repairs;
  lode_tokens tokens;
  lode_hash128_value fingerprint;

  struct lode__book *book;               /* the script's rules */
  const struct lode_match *record_match; /* of the rule that emits the record, or NULL */
  size_t chars, chars_raw;               /* characters of the raw page before that byte (review.c) */
  uint64_t chars_generation;
  const char *record_rule; /* "file:line name" for the record that a rule emits; NULL: of the line that runs */
};

static inline lode_host *lode__host(lua_State *L) {
  return *(lode_host **)lua_getextraspace(L);
}

/* ---- state.c ---- */
void *lode__allocate(void *ud, void *block, size_t old_size, size_t new_size);
/* The one door: run fn(L) with `ud` as a light userdata at index 1, protected.  Nothing is left on the stack. */
int lode__call(lode_host *self, lode__stage stage, lua_CFunction fn, void *ud, lode_err *err);
/* The innermost line of a script on L's stack. */
bool lode__where(lua_State *L, lode__place *out);
/* Errors of this call that no line of a script raises belong to where the function at `function` begins. [0, 0, m] */
void lode__blame(lua_State *L, int function);
/* Call the function below its `args` arguments, protected, from inside a stage: 0, or a code with err.  LODE_E_SCRIPT
 * may be noted and passed over; every other code must go on up through lode__raise. [args + 1, results or 0, -] */
int lode__try(lua_State *L, int args, int results, lode_err *err);
/* Raise what lode__try gave. [0, 0, e] */
void lode__raise(lua_State *L, const lode_err *err);
/* Put the group and its key in front of err's message. */
void lode__blame_group(lode_err *err, const char *group, lode_str key);
/* Set or renew the deadline hook of a state that is about to run, where the host was interrupted. */
void lode__rehook(lode_host *self, lua_State *L);
/* Raise "out of memory" or what `code` means; returns where code is 0. [0, 0, e] */
void lode__check(lua_State *L, int code, const lode_err *err);

/* ---- sandbox.c ---- */
void lode__sandbox_open(lua_State *L);                                   /* makes the script's environment [0, 0, e] */
void lode__sandbox_freeze(lua_State *L);                                 /* after load [0, 0, e] */
void lode__warn_of_state(lua_State *L, int function, const char *stage); /* see host.h, load [0, 0, e] */
bool lode__is_trusted_library(const char *name);                         /* one that --trust opens */
void lode__lock(lua_State *L, const char *name); /* the table on top becomes a read-only proxy [1, 1, e] */
/* The fields of `run` that tell the totals, into the table at `run` (absolute); totals NULL: none [0, 0, e]. */
void lode__set_totals(lua_State *L, int run, const lode_totals *totals);
void lode__push_environment(lua_State *L);           /* [0, 1, m] */
void lode__seed_random(lua_State *L, uint64_t seed); /* [0, 0, e] */

/* ---- rule_check.c ---- */
void lode__note_source(lua_State *L, const char *name, lode_str source); /* a file that is loaded [0, 0, e] */

/* ---- argcheck.c ---- */
void lode__look_for_args(lua_State *L, lode_str source); /* note what a file reads of lode.args [0, 0, e] */
void lode__warn_of_args(lua_State *L);                   /* of those that no file reads [0, 0, e] */

/* ---- carried.c ---- */
void lode__keep_locals(lua_State *L);    /* at the end of the load: note them, and warn [0, 0, e] */
void lode__restore_locals(lua_State *L); /* before each stage [0, 0, m] */

/* ---- sorted.c ---- */
typedef struct lode__key {
  int rank;            /* numbers, strings, booleans, the rest in the table's own order */
  lua_Integer integer; /* a boolean, or the place in the table's own order */
  lua_Number number;
  const char *ptr; /* anchored by the table */
  size_t len;
  bool is_integer;
} lode__key;
/* The keys of the table at `index` in order, in a userdata that is pushed. [0, 1, e] */
const lode__key *lode__sorted_keys(lua_State *L, int index, size_t *count);
int lode__pairs(lua_State *L);

/* ---- cororun.c, clock.c ---- */
void lode__open_coroutine(lua_State *L); /* pushes the library [0, 1, e] */
void lode__open_clock(lua_State *L);     /* pushes os.time, os.date, os.difftime in a table [0, 1, e] */

/* ---- modules.c ---- */
void lode__open_modules(lua_State *L); /* [0, 0, e] */
int lode__require(lua_State *L);
int lode__read(lua_State *L);
int lode__make_table(lua_State *L); /* lode.table{ file, key = } (bind_table.c) */
/* The bytes of a file in or below the folder of the Lua file that is calling, decompressed and valid UTF-8, in the host's
 * file buffer; `what` stands in messages. [0, 0, e] */
lode_str lode__read_beside(lua_State *L, const char *path, const char *what);
/* Compile the file and push the chunk; its environment is the script's. [0, 1, e] */
void lode__load_file(lua_State *L, const char *path, const char *name);
void lode__fingerprint(lode_host *self, const char *name, const char *bytes, size_t len);
/* Put a value among the loaded modules. [1, 0, e] */
void lode__provide(lua_State *L, const char *name);

/* ---- luacheck.c ---- */
/* The string at `index` as valid UTF-8; ill-formed bytes become U+FFFD in a new string that takes its place.
 * Spans and tokens give their text. [0, 0, e] */
lode_str lode__check_text(lua_State *L, int index);
/* Push bytes that may be ill-formed, repaired. [0, 1, e] */
void lode__push_text(lua_State *L, const char *bytes, size_t len);
/* What the value at `index` is, in the words of scripts: "token", "page", "string", ... */
const char *lode__type_name(lua_State *L, int index);
/* The same behind "a", and for a part of a page what to give in its place: "token: give its .text". */
const char *lode__type_cure(lua_State *L, int index); /* [0, 1, e] */
/* The userdata of that metatable at index 1; where it is none, say how the method is called: `p:emit{...}`. */
void *lode__check_self(lua_State *L, const char *metatable, const char *self, const luaL_Reg *methods);
/* Are two names one slip apart: a letter more, less, another, or two swapped? */
bool lode__is_slip(const char *given, const char *name);
/* Raise unless the table's keys are among names (NULL-terminated); integer keys up to `positional` are allowed. */
void lode__check_options(lua_State *L, int index, const char *what, const char *const *names, lua_Integer positional);
/* Push `did you mean "x"?` for the nearest of names, or the names there are. [0, 1, e] */
const char *lode__suggest(lua_State *L, const char *given, const char *const *names);
/* Push `: did you mean "x"?` for the nearest of the table's string keys, or an empty string. [0, 1, e] */
const char *lode__suggest_key(lua_State *L, const char *given, int index);
/* The same of the names of a table. [0, 2, e] */
const char *lode__suggest_name(lua_State *L, const char *given, const lode_table *names);
/* Raise unless the stage is one of the set. */
void lode__check_stage(lua_State *L, unsigned stages, const char *what, const char *cure);
/* The set that a zone option names: a string ("body,headline", "all") or a list; `index` may be nil. */
lode_zone_set lode__check_zones(lua_State *L, int index, lode_zone_set absent);
/* Copy into the host's memory. */
const char *lode__keep(lua_State *L, const char *bytes, size_t len);

/* ---- bind_json.c ---- */
void lode__open_json(lua_State *L); /* pushes lode.json; sets null, array in the table below it */
void lode__push_json(lua_State *L, lode_json_value value, bool nulls); /* nulls false: absent in objects */
/* Append the value at `index`; `name` says in messages which field it is of. */
void lode__put_json(lua_State *L, int index, lode_buf *out, const char *name);
void lode__put_string(lua_State *L, lode_buf *out, const char *bytes, size_t len);
bool lode__is_null(lua_State *L, int index);

/* ---- bind_page.c ---- */
void lode__open_page(lua_State *L);
void lode__push_page(lua_State *L);                       /* p of the open page [0, 1, e] */
void lode__close_page(lua_State *L);                      /* lets its text go [0, 0, m] */
lode_page *lode__check_page(lua_State *L);                /* of p at index 1, or raises */
lode_page *lode__page(lua_State *L, uint64_t generation); /* raises where it is closed */
void lode__push_content(lua_State *L);                    /* p.text, one string for the whole stage [0, 1, m] */

typedef enum lode__span_kind { LODE__SPAN, LODE__TOKEN, LODE__SENTENCE, LODE__PARAGRAPH } lode__span_kind;
typedef struct lode__span {
  uint64_t generation;
  uint32_t begin, end; /* content bytes */
  uint32_t index;      /* of the token, sentence or paragraph */
  uint32_t kind;
} lode__span;
/* Iterators over a range of units, filtered by the options at `options`; `whole_page`: the default zones apply.
 * [0, 1, e], and they return 1. */
int lode__iterate_tokens(lua_State *L, int options, size_t first, size_t count, bool whole_page);
/* Put the ids (uint32_t) of the folded forms of all tokens in the list at `index`, or of those that the iterator there
 * still has, into the scratch buffer, and give their page; NULL where it is neither. */
const lode_page *lode__token_ids(lua_State *L, int index);
int lode__iterate_units(lua_State *L, int options, lode__span_kind kind, size_t first, size_t count, bool whole_page);

void lode__push_open_page(lua_State *L); /* the p that the stage got [0, 1, m] */
lode_zone_set lode__default_zones(lua_State *L);

/* lode.zone and lode.settings into the table on the top of the stack; what they say done to the page at hand, in the page
 * stage before anything looks at it; freed with the host. */
void lode__open_zones(lua_State *L, int table);
void lode__apply_zones(lua_State *L);
void lode__free_zones(lode_host *self);
/* The number of a zone, a script's own with them, or -1. */
int lode__find_zone(const lode_host *self, const char *name, size_t len);

/* ---- bind_oneline.c, bind_rule.c, rule_run.c, look.c ---- */
/* While on, the locals of every file that ends are noted: as names of patterns, and for P of a later file. */
void lode__note_names(lua_State *L, bool on);
void lode__open_rules(lua_State *L, int table); /* makes the book; the words of rules into the tables [0, 0, e] */
void lode__compile_rules(lua_State *L);         /* at the end of the load, with warnings [0, 0, e] */
void lode__close_rules(lode_host *self);
size_t lode__rule_count(const lode_host *self);
void lode__run_rules(lua_State *L); /* over the open page: match and emit [0, 0, e] */
int lode__why(lua_State *L);
/* Show the open page to options.look, with what its page stage returned; match first where nobody did [0, 0, e] */
void lode__look(lua_State *L, double rank);
int32_t lode__last_phase(const lode_host *self); /* of the rules declared so far; 0: none */
int lode__page_anns(lua_State *L);
const char *lode__match_place(lua_State *L, int index); /* "file:line name" of a match's rule; NULL: it is no match */

/* ---- bind_span.c ---- */
void lode__open_span(lua_State *L);
void lode__push_span(lua_State *L, size_t begin, size_t end);
void lode__push_unit(lua_State *L, lode__span_kind kind, size_t index);
lode__span *lode__test_span(lua_State *L, int index); /* NULL where it is none */
const char *lode__span_kind_name(const lode__span *span);
lode__span *lode__check_span(lua_State *L, int index);                             /* of the open page */
void lode__push_tokens(lua_State *L, size_t first, size_t count, bool whole_page); /* a token list [0, 1, e] */
/* The range of the token list at `index`; false where it is none. */
bool lode__test_tokens(lua_State *L, int index, size_t *first, size_t *count);
/* 1-based inclusive positions (negative: from the end) into a half-open range of len bytes. [0, 0, e] */
lode_span lode__check_range(lua_State *L, int from, int to, size_t len);

/* ---- bind_find.c ---- */
void lode__open_find(lua_State *L);
int lode__page_find(lua_State *L);
int lode__span_find(lua_State *L);

/* ---- bind_counter.c, bind_text.c, bind_lode.c ---- */
void lode__open_counter(lua_State *L);
void lode__add_text(lua_State *L, int table); /* the text functions into the table at `table` */
void lode__open_lode(lua_State *L);           /* pushes the locked lode table [0, 1, e] */

/* ---- format.c ---- */
void lode__load_format(lua_State *L); /* [0, 0, e] */

/* ---- review.c ---- */
/* Whether a record has a field of its own of that name. */
typedef bool lode__has_field(lua_State *L, const void *record, lode_str name);
/* start and end of a range of the content as records give them [0, 0, e] */
lode_span lode__record_range(lua_State *L, size_t begin, size_t end);
void lode__put_review_id(lua_State *L, lode_str type, const lode__span *span);                         /* [0, 0, e] */
void lode__put_review(lua_State *L, const lode__span *span, lode__has_field *has, const void *record); /* [0, 0, e] */
void lode__put_review_spans(lua_State *L);                                                             /* [0, 0, e] */
void lode__add_review_columns(lua_State *L); /* to the list on top of the stack [0, 0, e] */

/* ---- emit.c ---- */
int lode__emit(lua_State *L);                    /* p:emit{} and run:emit{} */
void lode__emit_record(lua_State *L, int index); /* the record at `index` */
/* A record of texts of the page, written without a Lua value: what lode__emit_record would write. [0, 0, e] */
typedef struct lode__found_field {
  lode_str name;
  const lode_str *texts;
  size_t count; /* 1 where it is no list */
  bool list;
} lode__found_field;
typedef struct lode__found {
  const char *type, *rule;
  lode_span content;
  const lode__found_field *fields; /* by name */
  size_t count;
} lode__found;
void lode__emit_found(lua_State *L, const lode__found *found);

#endif
