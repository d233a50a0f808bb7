#include "commands.h"
#include "job.h"
#include "matcher.h"
#include "paint.h"
#include "terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOP = 10, EXAMPLES = 5, EXAMPLES_A_PAGE = 2, EXAMPLE_BYTES = 160, WORDS = 6 };

typedef struct near_job {
  bool color;
  size_t top;
} near_job;

/* ---- counting ---- */

static bool overlaps_own(const lode_sight *sight, const lode_match *match, uint32_t base) {
  const lode_matcher *matcher = sight->matcher;
  uint32_t label = sight->rules->items[base].spec.label;
  for (uint32_t m = 0; m < matcher->match_count; m++) {
    const lode_match *other = &matcher->matches[m];
    if (sight->rules->items[other->rule].spec.label != label || other->state != LODE_MATCH_KEPT) continue;
    if (other->begin < match->end && match->begin < other->end) return true;
  }
  return false;
}

/* The tokens of the relaxed part, the widest where there are several. */
static void part_of(const lode_sight *sight, const lode_match *match, uint32_t *begin, uint32_t *end) {
  uint32_t name = lode_table_find(&sight->rules->patterns.captures, LODE_RELAXED_CAPTURE, strlen(LODE_RELAXED_CAPTURE));
  *begin = *end = match->begin;
  for (uint32_t i = 0; i < match->capture_count; i++) {
    const lode_capture *capture = &sight->matcher->captures[match->first_capture + i];
    if (capture->name != name || (*end > *begin && capture->end - capture->begin <= *end - *begin)) continue;
    *begin = capture->begin;
    *end = capture->end;
  }
}

/* PAGE:LINE TAB before TAB the relaxed part TAB after. */
static int put_example(const lode_sight *sight, const lode_match *match, uint32_t begin, uint32_t end, lode_buf *key,
                       lode_err *err) {
  lode_page *page = sight->page;
  lode_paint out = {.out = key, .err = err};
  lode_span whole = lode_paint_range(page, match->begin, match->end), part = lode_paint_range(page, begin, end);
  if (begin == end) part = (lode_span){whole.begin, whole.begin};
  if (begin == end && begin > match->begin) part.begin = part.end = page->tokens.items[begin - 1].end;
  size_t stop = whole.end > part.end + EXAMPLE_BYTES ? part.end + EXAMPLE_BYTES : whole.end;
  while (stop < whole.end && (page->content[stop] & 0xC0) == 0x80) stop--;
  lode_paint_text(&out, LODE_INK_PLAIN, page->id.ptr, page->id.len);
  lode_paint_print(&out, LODE_INK_PLAIN, ":%zu\t", lode_paint_line(page, whole.begin));
  lode_paint_text(&out, LODE_INK_PLAIN, page->content + whole.begin, part.begin - whole.begin);
  lode_paint_print(&out, LODE_INK_PLAIN, "\t");
  lode_paint_text(&out, LODE_INK_PLAIN, page->content + part.begin, part.end - part.begin);
  lode_paint_print(&out, LODE_INK_PLAIN, "\t");
  lode_paint_text(&out, LODE_INK_PLAIN, page->content + part.end, stop - part.end);
  return out.code;
}

static int count_word(const lode_sight *sight, uint32_t rule, uint32_t token, lode_sink *sink, lode_buf *key,
                      lode_err *err) {
  lode_str fold = lode_table_get(sight->page->words, sight->page->tokens.items[token].word);
  key->len = 0;
  int code = lode_buf_printf(key, err, "%06u.v", (unsigned)rule);
  if (code == 0) code = lode_buf_add(key, fold.ptr, fold.len, err);
  return code == 0 ? lode_sink_count(sink, LODE_LOOK_COUNTER, (lode_str){key->ptr, key->len}, 1, err) : code;
}

static int count_match(const lode_sight *sight, const lode_match *match, uint32_t *shown, lode_sink *sink,
                       lode_buf *key, lode_err *err) {
  char text[64];
  uint32_t begin, end;
  snprintf(text, sizeof text, "%06u.n", (unsigned)match->rule);
  int code = lode_sink_count(sink, LODE_LOOK_COUNTER, (lode_str){text, strlen(text)}, 1, err);
  part_of(sight, match, &begin, &end);
  snprintf(text, sizeof text, "%06u.t%05u", (unsigned)match->rule, (unsigned)(end - begin));
  if (code == 0) code = lode_sink_count(sink, LODE_LOOK_COUNTER, (lode_str){text, strlen(text)}, 1, err);
  if (code == 0 && end == begin + 1) code = count_word(sight, match->rule, begin, sink, key, err);
  if (code != 0 || (*shown)++ >= EXAMPLES_A_PAGE) return code;
  key->len = 0;
  code = lode_buf_printf(key, err, "%06u.x", (unsigned)match->rule);
  if (code == 0) code = put_example(sight, match, begin, end, key, err);
  return code == 0 ? lode_sink_count(sink, LODE_LOOK_COUNTER, (lode_str){key->ptr, key->len}, 1, err) : code;
}

static int near_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  (void)ud;
  if (sight->rules == NULL) return 0;
  uint32_t *shown = calloc((size_t)sight->rules->count + 1, sizeof *shown);
  lode_buf key = {0};
  int code = shown == NULL ? lode_fail(err, LODE_E_NOMEM, "out of memory") : 0;
  for (uint32_t m = 0; m < sight->matcher->match_count && code == 0; m++) {
    const lode_match *match = &sight->matcher->matches[m];
    uint32_t base = lode_host_rule(sight->host, match->rule).relaxed;
    if (base == LODE_NO_ID || match->state != LODE_MATCH_KEPT || overlaps_own(sight, match, base)) continue;
    code = count_match(sight, match, &shown[match->rule], sink, &key, err);
  }
  free(shown);
  lode_buf_free(&key);
  return code;
}

/* ---- the report ---- */

typedef struct row {
  uint32_t rule;
  uint64_t count;
} row;

static int by_count(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Entries of one variant: its number, the letter, and the rest of the key. */
static bool next_entry(lode_reader *in, uint32_t *rule, char *letter, lode_str *rest, uint64_t *amount) {
  enum { HEAD = LODE_COUNTER_PREFIX + 8 };
  while (in->ptr < in->end) {
    lode_str key = lode_read_str(in);
    *amount = lode_read_u64(in);
    if (in->bad) return false;
    if (key.len < HEAD) continue;
    *rule = 0;
    for (int i = 0; i < 6; i++) *rule = *rule * 10 + (uint32_t)(key.ptr[LODE_COUNTER_PREFIX + i] - '0');
    *letter = key.ptr[HEAD - 1];
    *rest = (lode_str){key.ptr + HEAD, key.len - HEAD};
    return true;
  }
  return false;
}

static void put_example_line(lode_paint *out, lode_str text) {
  lode_str fields[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
  for (int i = 0; i < 4; i++) {
    const char *tab = memchr(text.ptr, '\t', text.len);
    fields[i] = (lode_str){text.ptr, tab ? (size_t)(tab - text.ptr) : text.len};
    size_t used = fields[i].len + (tab ? 1 : 0);
    text = (lode_str){text.ptr + used, text.len - used};
  }
  lode_paint_print(out, LODE_INK_PLAIN, "        ");
  lode_paint_text(out, LODE_INK_PAGE, fields[0].ptr, fields[0].len);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  lode_paint_text(out, LODE_INK_PLAIN, fields[1].ptr, fields[1].len);
  lode_paint_print(out, LODE_INK_DIM, "[");
  lode_paint_text(out, LODE_INK_MATCH, fields[2].ptr, fields[2].len);
  lode_paint_print(out, LODE_INK_DIM, "]");
  lode_paint_text(out, LODE_INK_PLAIN, fields[3].ptr, fields[3].len);
  lode_paint_end(out);
}

/* How far a gap would have to reach for nine in ten of them. */
static void put_reach(lode_paint *out, const lode_host *host, const lode_totals *totals, const row *item) {
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  uint32_t rule;
  char letter;
  lode_str rest;
  uint64_t amount, sum = 0;
  while (next_entry(&in, &rule, &letter, &rest, &amount)) {
    if (rule != item->rule || letter != 't') continue;
    sum += amount;
    if (sum * 10 < item->count * 9) continue;
    const char *part = lode_host_rule(host, item->rule).part;
    lode_paint_print(out, LODE_INK_GOOD, "; %.*s(%u) would do for %llu", (int)strcspn(part, "("), part,
                     (unsigned)strtoul(rest.ptr, NULL, 10), (unsigned long long)sum);
    return;
  }
}

/* The words that stood there most often, for a part that became any token. */
static void put_words(lode_paint *out, const lode_totals *totals, const row *item) {
  lode_str words[WORDS];
  uint64_t counts[WORDS] = {0}, amount;
  size_t used = 0;
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  uint32_t rule;
  char letter;
  lode_str rest;
  while (next_entry(&in, &rule, &letter, &rest, &amount)) {
    if (rule != item->rule || letter != 'v') continue;
    size_t at = used;
    while (at > 0 && counts[at - 1] < amount) at--;
    if (at == WORDS) continue;
    if (used < WORDS) used++;
    for (size_t i = used - 1; i > at; i--) words[i] = words[i - 1], counts[i] = counts[i - 1];
    words[at] = rest;
    counts[at] = amount;
  }
  for (size_t i = 0; i < used; i++) {
    lode_paint_print(out, LODE_INK_PLAIN, i == 0 ? "; there stood " : ", ");
    lode_paint_text(out, LODE_INK_GOOD, words[i].ptr, words[i].len);
    lode_paint_print(out, LODE_INK_PLAIN, " %llu", (unsigned long long)counts[i]);
  }
}

static void put_row(lode_paint *out, const lode_host *host, const lode_totals *totals, const row *item) {
  lode_rule_about about = lode_host_rule(host, item->rule);
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  uint32_t rule;
  char letter;
  lode_str rest;
  uint64_t amount;
  size_t shown = 0;
  lode_paint_print(out, LODE_INK_STRONG, "%6llu more  ", (unsigned long long)item->count);
  lode_paint_word(out, LODE_INK_DIM, about.at);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  lode_paint_word(out, LODE_INK_STRONG, about.name);
  lode_paint_print(out, LODE_INK_PLAIN, ": ");
  lode_paint_word(out, LODE_INK_LINE, about.part);
  lode_paint_print(out, LODE_INK_PLAIN, " -> ");
  lode_paint_word(out, LODE_INK_PLAIN, about.change);
  if (strstr(about.change, "farther") != NULL) put_reach(out, host, totals, item);
  else put_words(out, totals, item);
  lode_paint_end(out);
  while (shown < EXAMPLES && next_entry(&in, &rule, &letter, &rest, &amount)) {
    if (rule != item->rule || letter != 'x') continue;
    put_example_line(out, rest);
    shown++;
  }
}

static int near_done(void *ud, const lode_host *host, const lode_rules *rules, const lode_totals *totals,
                     lode_sink *sink, lode_err *err) {
  const near_job *job = ud;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  row *rows = calloc((size_t)rules->count + 1, sizeof *rows);
  if (rows == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  for (uint32_t r = 0; r < rules->count; r++) rows[r].rule = r;
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  uint32_t rule;
  char letter;
  lode_str rest;
  uint64_t amount;
  while (next_entry(&in, &rule, &letter, &rest, &amount))
    if (letter == 'n' && rule < rules->count) rows[rule].count = amount;
  qsort(rows, rules->count, sizeof *rows, by_count);
  for (uint32_t i = 0; i < rules->count && i < job->top && rows[i].count > 0; i++) {
    put_row(&out, host, totals, &rows[i]);
    sink->record_count++;
  }
  free(rows);
  return out.code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (count < 2) {
    lode_fail(&err, LODE_E_USAGE, "lode near SCRIPT INPUT...");
    return lode_complain("near", &err);
  }
  near_job job = {.color = !settings->output && lode_terminal_color(settings->color, STDOUT_FILENO),
                  .top = settings->top ? (size_t)settings->top : TOP};
  lode_look look = {.page = near_page, .done = near_done, .ud = &job, .relax = true, .relax_rule = settings->rule};
  return lode_job_run(&(lode_job){.command = "near",
                                  .settings = settings,
                                  .script = rest[0],
                                  .look = &look,
                                  .inputs = rest + 1,
                                  .input_count = count - 1,
                                  .searches = true});
}

const lode_command lode_command_near = {
    "near",
    "SCRIPT INPUT...",
    "say which single part of a rule, relaxed, would add how many matches",
    "Every rule is tried again with one part relaxed: a word as any token, a gap that reaches farther, a bound let "
    "go,\n"
    "an exclusion left out, the paragraph in place of the sentence. Counted are matches where the rule's label has "
    "none;\n"
    "of each, five examples with the relaxed part in brackets. The exit status is 1 where nothing is near.\n"
    "\n"
    "    lode near scripts/deals.lua pages/\n"
    "    lode near scripts/deals.lua pages/ --rule deal.done --top 3\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_near},
    run,
};
