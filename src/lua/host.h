/* host.h - one Lua state that runs a script: sandbox, limits, the stages, the output format.
 *
 * The loader process opens a host and loads the script; workers are forked from it and call the stages.
 * The host knows nothing of processes: it can as well be opened, loaded and run in one.
 *
 * The sandbox is an allow-list: base (without dofile, loadfile, collectgarbage), string, table, math, utf8,
 * coroutine, os.time(t) os.date os.difftime, lpeg, lode, and `require` of the library and of the script's own
 * folder.  load takes text only.  `trust` adds io, os, debug and package.  The string metatable is
 * locked; pairs visits keys in sorted order (rawpairs does not); math.random is seeded from the page id,
 * so that a page's records do not depend on the worker that made them.
 *
 * Limits: `memory` bounds the Lua heap through the allocator.  Time is watched from outside:
 * lode_host_interrupt may be called from a signal handler and makes the running script raise
 * "deadline" at its next instruction, again and again, so that pcall cannot swallow it.  Hooks never
 * fire inside C functions (string.find, lpeg): for those the caller ends the process, and
 * lode_host_where says on which line of the script it was.
 *
 * One door: state.c holds the only lua_pcall into scripts.
 * Threads    One host belongs to one thread.
 */
#ifndef LODE_HOST_H
#define LODE_HOST_H
#include "page.h"
#include "sink.h"

typedef struct lode_host lode_host;
typedef struct lode_rules lode_rules;     /* rule.h, for who looks at pages */
typedef struct lode_matcher lode_matcher; /* matcher.h */

/* A page whose rules have run, as commands look at it (grep, why, view, profile ...). */
typedef struct lode_sight {
  lode_host *host;
  lode_page *page;
  const lode_rules *rules; /* NULL, and matcher too, where the script has no rule */
  lode_matcher *matcher;
  lode_str records; /* with `records`: what the script would have written for the page, a line each */
  double rank;      /* with `rank`: what the page stage returned; minus infinity for nil */
  lode_str notes;   /* with `trace`: what lode.why said: u32 begin, u32 end (content), str where, str reason (buf.h) */
} lode_sight;

/* What a command does with a page in place of the records: what it appends to sink->records is the output.  Called in a
 * worker, in the loader's copy of ud. */
struct lode_totals;
#define LODE_RELAXED_CAPTURE "relaxed part" /* the name of that capture */
enum { LODE_LOOK_COUNTER = 65534 };         /* of lode_sink_count, for what page counts and done reads in the totals */

typedef struct lode_look {
  int (*page)(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err);
  /* Once, after the last page, or NULL; in place of the script's done stage. */
  int (*done)(void *ud, const lode_host *host, const lode_rules *rules, const struct lode_totals *totals,
              lode_sink *sink, lode_err *err);
  void *ud;
  const char *only; /* the id of the one page to look at, or NULL: all */
  bool trace;       /* every start is tried, by the traced matcher (matcher->trace) */
  bool ways;        /* the plain matcher, and the ways of its matches in the trace; rules are timed */
  bool records;     /* make the records too, for sight->records */
  bool rank;        /* with `records`: the page stage returns a number, for sight->rank */
  bool
      relax; /* variants of the rules, each with one part relaxed (relax.h), run beside them; its tokens are captured */
  const char *relax_rule; /* variants of this rule only, or NULL */
} lode_look;

/* What records have besides, on request. */
typedef struct lode_review {
  size_t context;   /* so many characters of the paragraph in `left` and `right`; 0: neither */
  const char *with; /* metadata of the page, "title,date", or NULL */
  bool sentence, spans, id;
  bool chars; /* start, end and spans count characters of the raw page, not bytes */
} lode_review;

typedef struct lode_host_options {
  const char *script;    /* path; NULL: none (a native command that only needs a format) */
  const char *pattern;   /* the script is one rule of this pattern (lode.P), "match"; `script` is its name, "-e" */
  const char *with;      /* of a pattern: a script whose rules annotate and whose names it may use; or NULL */
  const char *chunk;     /* Lua that runs behind the script, where its names are (lode repl), or NULL; then the script
                              may be none.  A pattern that it gives is a rule; another value is shown as a warning is. */
  const lode_look *look; /* or NULL; borrowed */
  lode_review review;
  const char *library;     /* folder that holds lode.lua or lode/ (see lode_library_find in the CLI) */
  const char *format;      /* name of lua/lode/out/NAME.lua, or a path ending in .lua; NULL: jsonl */
  const char *fields;      /* --fields a,b,c or NULL */
  const char *labels;      /* --label a,b: only records of these types; NULL: all */
  lode_zone_set zones;     /* --zone: what p:tokens{} and friends visit by default; 0: body */
  const char **args;       /* --arg NAME=VALUE, NULL-terminated; NULL: none */
  const lode_lists *lists; /* --abbreviations, or NULL; borrowed */
  size_t memory;           /* bytes of Lua heap; 0: no limit */
  bool trust;
} lode_host_options;

int lode_host_open(lode_host **out, const lode_host_options *options, lode_err *err);
void lode_host_close(lode_host *self);

/* Run the script's top level and the format's; freeze globals.  Errors carry file and line. */
int lode_host_load(lode_host *self, lode_err *err);

/* What the script declared, valid after load. */
size_t lode_host_counter_count(const lode_host *self);
const char *lode_host_counter_name(const lode_host *self, size_t counter);
size_t lode_host_group_count(const lode_host *self);
const char *lode_host_group_name(const lode_host *self, size_t group);
bool lode_host_has_page(const lode_host *self);
bool lode_host_has_done(const lode_host *self);
/* The words that tokenizers shall know: the script's, and behind them those of the options; NULL where there are none. */
const lode_lists *lode_host_lists(const lode_host *self);
/* Warnings of the load ("file:line: warning: ..."), one a line; "" for none. */
lode_str lode_host_warnings(const lode_host *self);
/* A hash of every file the script is made of (script, required modules of its own folder, lode.read and
 * data files, the format), so that a journal can tell whether they changed. */
void lode_host_fingerprint(const lode_host *self, uint64_t out[2]);

/* The page stage over a cleaned page.  On error the sink's open page must be undone by the caller; the
 * err has path = script file, line and a message (which does not repeat the page's id).  Codes: SCRIPT,
 * TIMEOUT after lode_host_interrupt, LIMIT where the script hit `memory`, NOMEM.  After LIMIT or NOMEM a worker is
 * better replaced: LPeg leaves a pattern half compiled when memory runs out in its first match. */
int lode_host_page(lode_host *self, lode_page *page, lode_sink *sink, lode_err *err);

/* What the script says of a rule; `place` is "file:line name". */
typedef struct lode_rule_about {
  const char *name, *label, *place, *file;
  int line;
  bool speaks;               /* its matches become records */
  uint32_t relaxed;          /* of a variant: the rule that it is one of; else LODE_NO_ID */
  const char *part, *change; /* of a variant: the part of the pattern, and what was made of it */
  const char *at;            /* of a variant: "file:line" of the part */
} lode_rule_about;
lode_rule_about lode_host_rule(const lode_host *self, uint32_t rule);
uint32_t lode_host_rule_count(const lode_host *self);
/* Append the names of the rule's captures, a space between them. */
int lode_host_captures(const lode_host *self, uint32_t rule, lode_buf *out, lode_err *err);

/* A lexicon of the script, for who counts what of it is found: an annotation that it made has its number in the upper and
 * the entry in the lower 32 bits of `fields`. */
typedef struct lode_lexicon_about {
  const char *name;     /* its label, or where it was made */
  uint32_t label, near; /* of its annotations; near LODE_NO_ID: nothing near is looked for */
  uint32_t phrases;
  const uint32_t *entries; /* by phrase */
} lode_lexicon_about;
size_t lode_host_lexicon_count(const lode_host *self);
lode_lexicon_about lode_host_lexicon(const lode_host *self, size_t number);
/* Append a phrase as the lexicon compares it. */
int lode_host_phrase(const lode_host *self, size_t lexicon, uint32_t phrase, lode_buf *out, lode_err *err);

#define LODE_CHUNK_NAME "repl" /* of a chunk's rule, and of the chunk in messages */
/* Append the names that a script sees without a header, and those of lode, one a line. */
int lode_host_words(lode_host *self, lode_buf *out, lode_err *err);

/* Run the examples beside the rules of a loaded script: how many passed and failed, and a line in `report` for each that
 * failed.  What keep or test(fn) raised is in the sink's problems. */
int lode_host_test(lode_host *self, lode_sink *sink, lode_buf *report, size_t *passed, size_t *failed, lode_err *err);

/* Group stage: reduce one key.  `next` gives the records (JSON) of the key in order, false at the end; what
 * it gives must stay valid until the next call only. */
typedef bool (*lode_next_record)(void *ud, lode_str *record);
int lode_host_reduce(lode_host *self, size_t group, lode_str key, lode_next_record next, void *ud, lode_sink *sink,
                     lode_err *err);

/* Done stage.  Counters come as sorted bytes: for each entry str key (with prefix), u64 count
 * (a signed sum; the forms of buf.h).  They are read in place and may be a mapped file. */
typedef struct lode_totals {
  uint64_t pages_in, pages_out, pages_skipped, records;
  lode_str counts; /* all counters, sorted by key; borrowed */
} lode_totals;
int lode_host_done(lode_host *self, const lode_totals *totals, lode_sink *sink, lode_err *err);

/* The output format.  raw: records pass as they are (JSON lines) and row need not be called.  head begins an
 * output and writes nothing yet: columns may come from the first record, so the format's own head is called with
 * the first row, or with foot where no row came.  `record` may end with its line end. */
bool lode_host_format_is_raw(const lode_host *self);
int lode_host_head(lode_host *self, const lode_totals *totals, lode_buf *out, lode_err *err); /* before the first row */
int lode_host_row(lode_host *self, lode_str record, lode_buf *out, lode_err *err);
int lode_host_foot(lode_host *self, const lode_totals *totals, lode_buf *out, lode_err *err);
/* What the format printed so far, for standard error; ask after foot. */
lode_str lode_host_notes(const lode_host *self);

/* The word table of the pages was emptied: its ids mean other words from now on. */
void lode_host_forget_words(lode_host *self);

/* Safe in a signal handler: raise in the script at its next instruction / say where it is ("file:line",
 * the innermost script function on the stack) into out, terminated; "" where nothing runs.  The second walks
 * Lua's call stack, which is whole while a C function runs (all that an interrupt cannot reach): ask it only when
 * an interrupt was not obeyed. */
void lode_host_interrupt(lode_host *self);
void lode_host_where(lode_host *self, char *out, size_t size);

#endif
