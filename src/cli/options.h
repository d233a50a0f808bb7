/* options.h - every option of every command, in tables, and the one parser that reads them.
 *
 * An option is a row: its names, the type of its value, and the field of lode_settings that it sets.  A
 * command lists the tables that it takes.  Forms: --name=value, --name value, -n value, -nvalue, flags
 * together (-qv), but no long name behind one dash; "--" ends the options; options and inputs may be mixed; the
 * last one given counts, but for LIST, which collects.
 *
 * Errors are LODE_E_USAGE and say what the option wants, what it got, and for an unknown name what was
 * probably meant.
 * Lifetime   Settings borrow argv; lode_settings_free frees the lists.
 */
#ifndef LODE_OPTIONS_H
#define LODE_OPTIONS_H
#include "buf.h"
#include <stdbool.h>

typedef enum lode_option_type {
  LODE_OPTION_FLAG,    /* bool */
  LODE_OPTION_TEXT,    /* const char * */
  LODE_OPTION_CHOICE,  /* const char *, one of `value` separated by | */
  LODE_OPTION_COUNT,   /* uint64_t */
  LODE_OPTION_SIZE,    /* uint64_t: 4096, 600M, 1.5G; K M G T are powers of 1024 */
  LODE_OPTION_SECONDS, /* double above 0 */
  LODE_OPTION_SHARE,   /* double: N, or P% as -P */
  LODE_OPTION_LIST,    /* lode_list */
} lode_option_type;

typedef struct lode_list {
  const char **items; /* NULL-terminated; NULL while empty */
  size_t count;
} lode_list;

/* What options can set; see lode_settings_init for the defaults.  A NULL string was not given. */
typedef struct lode_settings {
  /* every command over pages */
  const char *format, *output, *fields, *errors, *input, *color;
  uint64_t jobs, limit, sample, seed, give_up;
  uint64_t memory, page_memory, max_page; /* 0: half of the machine, 128M, 64M or no limit (job.h) */
  double page_timeout, max_errors;
  const char *dedup; /* exact, near; NULL: no */
  bool resume, restart, quiet, help;
  /* run */
  const char *labels, *zones;
  lode_list args;
  bool trust;
  /* view */
  bool html;
  /* map */
  uint64_t shard;
  /* run: fields for review */
  const char *with_meta, *offsets, *gold;
  uint64_t context;
  bool sentence, spans, id;
  /* why */
  const char *rule, *want;
  /* grep, kwic, run -e */
  const char *expression, *with;
  uint64_t around;
  bool counts, only_pages, only_matches;
  /* clean, tokens, words, segment */
  const char *text, *unit, *standard, *cpu, *abbreviations, *furniture;
  uint64_t top, width;
  bool repair_only, view;
  /* dedup */
  bool near, fold, merge, explain;
  const char *by, *threshold, *containment, *keep, *index, *dropped, *signatures;
  lode_list against;
  /* what decides the output: "name=value" of such options as given, one a line, for the journal */
  lode_buf signature;
} lode_settings;

typedef struct lode_option {
  const char *name;  /* without dashes; NULL ends a table */
  const char *alias; /* a second long name that help does not show, or NULL */
  char letter;       /* short name or 0 */
  lode_option_type type;
  bool decides;         /* the bytes of the output depend on it */
  const char *value;    /* name of the value in help; the choices of CHOICE; NULL for FLAG */
  size_t field;         /* offsetof in lode_settings */
  uint64_t least, most; /* COUNT and SIZE; most 0: none */
  const char *help;
} lode_option;

enum { LODE_OPTION_TABLES = 8 };

extern const lode_option lode_options_help[];  /* every command */
extern const lode_option lode_options_pages[]; /* every command over pages */
extern const lode_option lode_options_run[];
extern const lode_option lode_options_expression[]; /* commands that take a pattern for a script */
extern const lode_option lode_options_look[];       /* commands that show pages */
extern const lode_option lode_options_grep[];
extern const lode_option lode_options_review[];
extern const lode_option lode_options_score[];
extern const lode_option lode_options_map[];
extern const lode_option lode_options_view[];
extern const lode_option lode_options_why[];
extern const lode_option lode_options_near[];
extern const lode_option lode_options_clean[];
extern const lode_option lode_options_zone[];  /* commands that can look at some zones only */
extern const lode_option lode_options_lists[]; /* commands that cut text into tokens */
extern const lode_option lode_options_tokens[];
extern const lode_option lode_options_words[];
extern const lode_option lode_options_segment[];
extern const lode_option lode_options_dedup[];

void lode_settings_init(lode_settings *self);
void lode_settings_free(lode_settings *self);

/* Read count arguments by the tables (NULL ends them early).  What is no option goes to `rest` (room for
 * count) in order, *rest_count of them. */
int lode_options_parse(const lode_option *const tables[LODE_OPTION_TABLES], char **arguments, size_t count,
                       lode_settings *out, char **rest, size_t *rest_count, lode_err *err);

/* The row with that name, with or without dashes, or NULL. */
const lode_option *lode_option_find(const lode_option *const tables[LODE_OPTION_TABLES], const char *name, size_t len);

/* Values, as the parser reads them; LODE_E_USAGE says what is wrong, without the option's name. */
int lode_size_parse(const char *text, uint64_t *out, lode_err *err);
int lode_share_parse(const char *text, double *out, lode_err *err);

/* Of `words` (NULL-terminated) the one that `given` was probably meant to be, or NULL. */
const char *lode_guess(const char *given, size_t len, const char *const *words);

#endif
