#include "commands.h"
#include "job.h"
#include "matcher.h"
#include "paint.h"
#include "terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PART_BYTES = 60, ENTRIES_SHOWN = 10 };

/* What is counted for each rule; the letter is its key. */
typedef enum profile_field { REGIONS, STARTS, MATCHES, REFUSED, LOST, KEPT, STEPS, NANOSECONDS, FIELDS } profile_field;
static const char letters[FIELDS + 1] = "gsmrlktn";

typedef struct profile_job {
  bool color;
  lode_rule_stats *before; /* a worker's own, by rule: what was counted for the pages before */
} profile_job;

static void values_of(const lode_rule_stats *stats, uint64_t out[FIELDS]) {
  const uint64_t values[FIELDS] = {
      [REGIONS] = stats->regions, [STARTS] = stats->starts, [MATCHES] = stats->matches, [REFUSED] = stats->refused,
      [LOST] = stats->lost,       [KEPT] = stats->kept,     [STEPS] = stats->steps,     [NANOSECONDS] = stats->ns};
  memcpy(out, values, sizeof values);
}

static int count(lode_sink *sink, const char *key, uint64_t amount, lode_err *err) {
  if (amount == 0) return 0;
  return lode_sink_count(sink, LODE_LOOK_COUNTER, (lode_str){key, strlen(key)}, (int64_t)amount, err);
}

static int count_rule(profile_job *job, const lode_matcher *matcher, uint32_t r, lode_sink *sink, lode_err *err) {
  uint64_t now[FIELDS], before[FIELDS];
  int code = 0;
  values_of(&matcher->stats[r], now);
  values_of(&job->before[r], before);
  for (unsigned f = 0; f < FIELDS && code == 0; f++) {
    char key[32];
    snprintf(key, sizeof key, "r%06u%c", (unsigned)r, letters[f]);
    code = count(sink, key, now[f] - before[f], err);
  }
  job->before[r] = matcher->stats[r];
  return code;
}

/* Which alternatives the matches went through. */
static int count_ways(const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const lode_trace *trace = sight->matcher->trace;
  int code = 0;
  for (uint32_t i = 0; i < trace->near_count; i++) {
    const lode_near *near = &trace->nears[i];
    const lode_rule *rule = &sight->rules->items[near->rule];
    for (uint32_t m = 1; m < rule->mark_count && code == 0; m++) {
      bool taken = false;
      for (uint32_t s = 0; s < near->step_count && !taken; s++) {
        uint32_t pc = trace->steps[near->first_step + s].pc;
        taken = pc >= rule->marks[m].begin && pc < rule->marks[m].end;
      }
      char key[32];
      snprintf(key, sizeof key, "w%06u.%06u", (unsigned)near->rule, (unsigned)m);
      if (taken) code = count(sink, key, 1, err);
    }
  }
  return code;
}

/* Which entries of the lexicons stand on the page. */
static int count_entries(const lode_sight *sight, lode_sink *sink, lode_err *err) {
  int code = 0;
  for (size_t n = 0; n < lode_host_lexicon_count(sight->host); n++) {
    lode_lexicon_about about = lode_host_lexicon(sight->host, n);
    const uint32_t labels[] = {about.label, about.near};
    for (int k = 0; k < 2 && code == 0; k++) {
      if (labels[k] >= sight->matcher->annotations.label_count) continue;
      const lode_annotation_list *list = &sight->matcher->annotations.lists[labels[k]];
      for (uint32_t i = 0; i < list->count && code == 0; i++) {
        char key[40];
        if (list->items[i].match != LODE_NO_ID || list->items[i].fields >> 32 != n) continue;
        snprintf(key, sizeof key, "x%06zu.%010u", n, (unsigned)(uint32_t)list->items[i].fields);
        code = count(sink, key, 1, err);
      }
    }
  }
  return code;
}

static int profile_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  profile_job *job = ud;
  int code = 0;
  if (sight->rules == NULL) return 0;
  if (job->before == NULL) job->before = calloc(sight->rules->count, sizeof *job->before);
  if (job->before == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a profile");
  for (uint32_t r = 0; r < sight->rules->count && code == 0; r++) code = count_rule(job, sight->matcher, r, sink, err);
  if (code == 0) code = count_ways(sight, sink, err);
  return code == 0 ? count_entries(sight, sink, err) : code;
}

/* ---- the table ---- */

typedef struct row {
  uint32_t rule;
  uint64_t values[FIELDS];
} row;

static int by_time(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->values[NANOSECONDS] != y->values[NANOSECONDS]) return x->values[NANOSECONDS] > y->values[NANOSECONDS] ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* taken: by rule, by mark. */
static void read_counts(const lode_rules *rules, const lode_totals *totals, row *rows, bool **taken) {
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  while (in.ptr < in.end) {
    lode_str key = lode_read_str(&in);
    uint64_t amount = lode_read_u64(&in);
    unsigned rule = 0, mark = 0;
    char text[32] = "", letter = 0;
    if (in.bad || key.len < LODE_COUNTER_PREFIX || key.len - LODE_COUNTER_PREFIX >= sizeof text) continue;
    memcpy(text, key.ptr + LODE_COUNTER_PREFIX, key.len - LODE_COUNTER_PREFIX);
    if (sscanf(text, "r%6u%c", &rule, &letter) == 2 && rule < rules->count && strchr(letters, letter))
      rows[rule].values[strchr(letters, letter) - letters] = amount;
    else if (sscanf(text, "w%6u.%6u", &rule, &mark) == 2 && rule < rules->count && mark < rules->items[rule].mark_count)
      taken[rule][mark] = true;
  }
}

static void put_table(lode_paint *out, const lode_host *host, const row *rows, uint32_t count_rules) {
  lode_paint_print(out, LODE_INK_STRONG, "%9s %10s %10s %9s %8s %7s %9s  %s\n", "ms", "sentences", "starts", "matches",
                   "refused", "lost", "kept", "rule");
  for (uint32_t i = 0; i < count_rules; i++) {
    const uint64_t *v = rows[i].values;
    lode_rule_about about = lode_host_rule(host, rows[i].rule);
    lode_paint_print(out, LODE_INK_PLAIN, "%9.1f %10llu %10llu %9llu %8llu %7llu %9llu  ", (double)v[NANOSECONDS] / 1e6,
                     (unsigned long long)v[REGIONS], (unsigned long long)v[STARTS], (unsigned long long)v[MATCHES],
                     (unsigned long long)v[REFUSED], (unsigned long long)v[LOST], (unsigned long long)v[KEPT]);
    lode_paint_word(out, LODE_INK_STRONG, about.name);
    lode_paint_print(out, LODE_INK_PLAIN, "  ");
    lode_paint_word(out, LODE_INK_DIM, about.file);
    lode_paint_print(out, LODE_INK_DIM, ":%d\n", about.line);
  }
}

/* A part that is written out several times is one: was it taken elsewhere, or told already? */
static bool is_known(const lode_rule *rule, uint32_t m, const bool *taken) {
  for (uint32_t k = 0; k < rule->mark_count; k++)
    if (rule->marks[k].node == rule->marks[m].node && (taken[k] || k < m)) return true;
  return false;
}

/* The alternatives of a choice are the marks one deeper that follow it; single tokens are no choice here, since all
 * of their words are one test. */
static void put_not_taken(lode_paint *out, const lode_host *host, const lode_rules *rules, uint32_t r,
                          const bool *taken) {
  const lode_rule *rule = &rules->items[r];
  lode_rule_about about = lode_host_rule(host, r);
  for (uint32_t m = 0; m < rule->mark_count; m++) {
    const lode_pattern_node *node = lode_pattern_get(&rules->patterns, rule->marks[m].node);
    if (node->kind != LODE_PATTERN_CHOICE || node->single || (m > 0 && !taken[m])) continue;
    for (uint32_t k = m + 1; k < rule->mark_count && rule->marks[k].depth > rule->marks[m].depth; k++) {
      if (rule->marks[k].depth != rule->marks[m].depth + 1 || taken[k] || is_known(rule, k, taken)) continue;
      lode_buf text = {0};
      char place[300];
      lode_pattern_place(&rules->patterns, rule->marks[k].node, place, sizeof place);
      if (out->code == 0)
        out->code = lode_pattern_text(&rules->patterns, rule->marks[k].node, true, PART_BYTES, &text, out->err);
      lode_paint_word(out, LODE_INK_DIM, place);
      lode_paint_print(out, LODE_INK_PLAIN, ": rule \"%.200s\": this alternative was never taken: ", about.name);
      if (text.len > 0) lode_paint_text(out, LODE_INK_STRONG, text.ptr, text.len);
      lode_paint_end(out);
      lode_buf_free(&text);
    }
  }
}

/* Entries of one lexicon that were found, as bits; NULL where there is no memory. */
static uint8_t *found_entries(const lode_totals *totals, size_t number, uint32_t most) {
  uint8_t *found = calloc((size_t)most / 8 + 1, 1);
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  while (found != NULL && in.ptr < in.end) {
    lode_str key = lode_read_str(&in);
    lode_read_u64(&in);
    unsigned lexicon = 0, entry = 0;
    char text[40] = "";
    if (in.bad || key.len < LODE_COUNTER_PREFIX || key.len - LODE_COUNTER_PREFIX >= sizeof text) continue;
    memcpy(text, key.ptr + LODE_COUNTER_PREFIX, key.len - LODE_COUNTER_PREFIX);
    if (sscanf(text, "x%6u.%10u", &lexicon, &entry) == 2 && lexicon == number && entry <= most)
      found[entry / 8] |= (uint8_t)(1u << entry % 8);
  }
  return found;
}

/* How much of it was found, and the first entries that were not. */
static int put_lexicon(lode_paint *out, const lode_host *host, const lode_totals *totals, size_t number) {
  lode_lexicon_about about = lode_host_lexicon(host, number);
  uint32_t most = 0, hit = 0, missed = 0;
  lode_buf names = {0};
  for (uint32_t i = 0; i < about.phrases; i++) most = about.entries[i] > most ? about.entries[i] : most;
  uint8_t *found = found_entries(totals, number, most);
  if (found == NULL) return lode_fail(out->err, LODE_E_NOMEM, "out of memory: entries of a lexicon");
  int code = 0;
  for (uint32_t i = 0; i < about.phrases && code == 0; i++) {
    bool there = (found[about.entries[i] / 8] >> (about.entries[i] % 8) & 1) != 0;
    hit += there;
    if (there || ++missed > ENTRIES_SHOWN) continue;
    if (missed > 1) code = lode_buf_add(&names, ", ", 2, out->err);
    if (code == 0) code = lode_host_phrase(host, number, i, &names, out->err);
  }
  lode_paint_print(out, LODE_INK_PLAIN, "lexicon ");
  lode_paint_word(out, LODE_INK_STRONG, about.name);
  lode_paint_print(out, LODE_INK_PLAIN, ": %u of %u phrases belong to entries that were found", (unsigned)hit,
                   (unsigned)about.phrases);
  if (missed > 0) lode_paint_print(out, LODE_INK_PLAIN, "; never: ");
  if (names.len > 0) lode_paint_text(out, LODE_INK_PLAIN, names.ptr, names.len);
  if (missed > ENTRIES_SHOWN) lode_paint_print(out, LODE_INK_DIM, " and %u more", (unsigned)(missed - ENTRIES_SHOWN));
  lode_paint_end(out);
  free(found);
  lode_buf_free(&names);
  return code;
}

static int profile_done(void *ud, const lode_host *host, const lode_rules *rules, const lode_totals *totals,
                        lode_sink *sink, lode_err *err) {
  const profile_job *job = ud;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  uint32_t n = rules->count;
  row *rows = calloc((size_t)n + 1, sizeof *rows);
  bool **taken = calloc((size_t)n + 1, sizeof *taken);
  bool whole = rows != NULL && taken != NULL;
  for (uint32_t r = 0; r < n && whole; r++) {
    rows[r].rule = r;
    taken[r] = calloc((size_t)rules->items[r].mark_count + 1, sizeof **taken);
    whole = taken[r] != NULL;
  }
  if (!whole) out.code = lode_fail(err, LODE_E_NOMEM, "out of memory: a profile");
  if (out.code == 0) {
    read_counts(rules, totals, rows, taken);
    for (uint32_t r = 0; r < n; r++) {
      lode_rule_about about = lode_host_rule(host, r);
      if (rows[r].values[MATCHES] > 0) put_not_taken(&out, host, rules, r, taken[r]);
      else
        lode_paint_print(&out, LODE_INK_PLAIN, "%.300s:%d: rule \"%.200s\" never matched\n", about.file, about.line,
                         about.name);
    }
    for (size_t i = 0; i < lode_host_lexicon_count(host) && out.code == 0; i++)
      out.code = put_lexicon(&out, host, totals, i);
    lode_buf notes = *out.out; /* the table comes first */
    *out.out = (lode_buf){0};
    qsort(rows, n, sizeof *rows, by_time);
    put_table(&out, host, rows, n);
    if (out.code == 0 && notes.len > 0) out.code = lode_buf_text(out.out, "\n", err);
    if (out.code == 0) out.code = lode_buf_add(out.out, notes.ptr, notes.len, err);
    lode_buf_free(&notes);
  }
  for (uint32_t r = 0; r < n && taken != NULL; r++) free(taken[r]);
  free(taken);
  free(rows);
  return out.code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count_rest) {
  lode_err err;
  lode_err_clear(&err);
  if (count_rest < 2) {
    lode_fail(&err, LODE_E_USAGE, "lode profile SCRIPT INPUT...");
    return lode_complain("profile", &err);
  }
  profile_job job = {.color = !settings->output && lode_terminal_color(settings->color, STDOUT_FILENO)};
  lode_look look = {.page = profile_page, .done = profile_done, .ud = &job, .ways = true};
  return lode_job_run(&(lode_job){.command = "profile",
                                  .settings = settings,
                                  .script = rest[0],
                                  .look = &look,
                                  .inputs = rest + 1,
                                  .input_count = count_rest - 1});
}

const lode_command lode_command_profile = {
    "profile",
    "SCRIPT INPUT...",
    "say where the rules of a script spend their time, and what of them is never used",
    "A line for each rule, the most expensive first: milliseconds over all workers, sentences (or paragraphs, pages)\n"
    "that held what it needs, starts tried, matches, those that keep refused or that lost to another, those kept. "
    "Then\n"
    "the rules that never matched, the alternatives that no match took, and the entries of lexicons that stood "
    "nowhere.\n"
    "\n"
    "    lode profile scripts/deals.lua pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look},
    run,
};
