/* bench_rules.c - tokens a second of the rule matcher alone: pages are tokenized before the clock starts.
 *
 *     bench_rules [--pages N] [--runs N] [--seed N]
 *
 * The text is made: invented words with the frequencies of English (Zipf), some capitalised, and in one sentence of
 * six the words that news rules look for.  `classes` is the time for the tokens' classes, `match` all the rest.
 * 200 rules are 40 times the five, each copy with trigger words of its own that are rare in the text.
 */
#include "matcher.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VOCABULARY = 8000, SENTENCES = 30, RARE = 160 };

static void die(const char *text) {
  fprintf(stderr, "bench_rules: %s\n", text);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t draw(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static void put(lode_buf *out, const char *word) {
  if (lode_buf_add(out, word, strlen(word), NULL) != 0) die("out of memory");
}

/* The n-th word: letters from its number; a low number comes more often. */
static void put_word(lode_buf *out, uint64_t *state) {
  static const char *const syllables[] = {"ta", "re", "mo", "li", "su", "ne", "ka", "do",
                                          "vi", "po", "ra", "en", "ti", "ba", "lo", "ge"};
  double u = (double)(draw(state) >> 11) * 0x1p-53;
  uint64_t rank = (uint64_t)(u * u * u * u * VOCABULARY) * 0x9E3779B97F4A7C15u >> 40;
  char word[16] = "";
  size_t count = 1 + rank % 4;
  for (size_t i = 0; i < count; i++, rank >>= 4) strcat(word, syllables[rank & 15]);
  if (draw(state) % 12 == 0) word[0] = (char)(word[0] - 32);
  put(out, word);
}

static void put_rare(lode_buf *out, uint64_t number) {
  char word[32];
  snprintf(word, sizeof word, "qu%c%cx", (int)('a' + number % 26), (int)('a' + number / 26 % 26));
  put(out, word);
}

static void put_sentence(lode_buf *out, uint64_t *state) {
  static const char *const events[] = {"said President Vladimir Tamo",
                                       "a meeting between Kareli and Sunedo",
                                       "on Monday",
                                       "agreed to meet",
                                       "12 August 2025",
                                       "according to Livipo"};
  size_t words = 8 + draw(state) % 25, at = draw(state) % 6 == 0 ? draw(state) % words : words;
  put(out, "The");
  for (size_t i = 0; i < words; i++) {
    put(out, draw(state) % 15 == 0 ? ", " : " ");
    if (i == at) put(out, events[draw(state) % 6]);
    else if (draw(state) % 300 == 0) put_rare(out, draw(state) % RARE);
    else put_word(out, state);
  }
  put(out, ".\n");
}

static void make_page(lode_page *page, lode_table *words, lode_buf *raw, uint64_t *state) {
  for (int i = 0; i < SENTENCES; i++) put_sentence(raw, state);
  lode_page_init(page, words);
  lode_page_open(page, LODE_STR("p"), (lode_str){raw->ptr, raw->len});
  int code = lode_page_decode(page, NULL);
  for (size_t at = 0; code == 0 && at < page->content_len;) {
    const char *line = memchr(page->content + at, '\n', page->content_len - at);
    size_t end = (size_t)(line - page->content);
    code = lode_page_add_paragraph(page, at, end, LODE_ZONE_BODY, NULL);
    at = end + 1;
  }
  if (code != 0 || lode_page_tokens(page, NULL) != 0) die("no tokens");
}

/* --- rules --- */

static lode_pattern list(lode_patterns *p, const char *words) {
  lode_str items[32];
  size_t count = 0;
  for (const char *at = words; *at != '\0';) {
    size_t len = strcspn(at, " ");
    items[count++] = (lode_str){at, len};
    at += len + (at[len] == ' ');
  }
  return lode_pattern_words(p, items, count, false, NULL);
}

static lode_pattern seq(lode_patterns *p, lode_pattern a, lode_pattern b) {
  return lode_pattern_seq(p, a, b, NULL);
}

static lode_pattern gap(lode_patterns *p, uint32_t most) {
  return lode_pattern_gap(p, most, LODE_NO_PATTERN, false, NULL);
}

static lode_pattern as(lode_patterns *p, const char *name, lode_pattern a) {
  return lode_pattern_capture(p, lode_patterns_capture(p, (lode_str){name, strlen(name)}, NULL), a, false, NULL);
}

static void add(lode_rules *rules, const char *name, lode_pattern match) {
  uint32_t id, label = lode_patterns_label(&rules->patterns, (lode_str){name, strlen(name)}, NULL);
  lode_rule_spec spec = {
      .name = {name, strlen(name)}, .label = label, .match = match, .phase = 1, .zones = LODE_ZONES_BODY};
  lode_err err;
  if (lode_rules_add(rules, &spec, &id, &err) != 0) die(err.message);
}

/* The five; `own` replaces the words that start each, where it is not NULL. */
static void add_five(lode_rules *rules, unsigned count, const char *const *own) {
  lode_patterns *p = &rules->patterns;
  lode_pattern cap = lode_pattern_cased(p, LODE_PATTERN_CAP, NULL),
               number = lode_pattern_of_kind(p, LODE_TOKEN_NUMBER, NULL);
  lode_pattern title = list(p, own ? own[0] : "president chancellor minister secretary aide");
  lode_pattern name = lode_pattern_repeat(p, lode_pattern_minus(p, cap, title, NULL), 1, 3, false, NULL);
  lode_pattern said = list(p, own ? own[1] : "said says told added");
  lode_pattern talks = list(p, own ? own[2] : "meeting summit talks dialogue");
  lode_pattern month = list(p, own ? own[3] : "january march april june july august september october");
  add(rules, "person", seq(p, as(p, "title", title), as(p, "name", name)));
  add(rules, "speech",
      seq(p, lode_pattern_choice(p, seq(p, as(p, "who", name), said), seq(p, said, as(p, "who", name)), NULL),
          gap(p, 0)));
  add(rules, "meeting",
      seq(p, seq(p, seq(p, talks, gap(p, 3)), list(p, "between with of")), seq(p, gap(p, 2), as(p, "a", name))));
  add(rules, "date", seq(p, seq(p, number, month), lode_pattern_opt(p, number, false, NULL)));
  if (count > 4)
    add(rules, "source", seq(p, seq(p, list(p, own ? own[0] : "according"), list(p, "to")), as(p, "source", name)));
}

static void add_copies(lode_rules *rules, unsigned copies) {
  for (unsigned i = 0; i < copies; i++) {
    char words[4][16];
    const char *own[4];
    for (unsigned k = 0; k < 4; k++) {
      unsigned number = i * 4 + k;
      snprintf(words[k], sizeof words[k], "qu%c%cx", (int)('a' + number % 26), (int)('a' + number / 26 % 26));
      own[k] = words[k];
    }
    add_five(rules, 5, own);
  }
}

typedef struct bench_pages {
  lode_page *items;
  lode_buf *raws;
  size_t count, tokens, bytes;
  lode_table words;
} bench_pages;

static void bench(bench_pages *pages, const char *name, lode_rules *rules, unsigned long runs) {
  lode_matcher m;
  double classes = 1e9, match = 1e9;
  size_t matches = 0;
  if (lode_rules_compile(rules, NULL) != 0 || lode_matcher_init(&m, rules, &pages->words, NULL) != 0) die("compile");
  for (unsigned long run = 0; run <= runs; run++) { /* the first one warms up */
    double asked = 0, matched = 0;
    matches = 0;
    for (size_t i = 0; i < pages->count; i++) {
      double from = now();
      if (lode_matcher_open(&m, &pages->items[i], NULL) != 0) die("open");
      double middle = now();
      if (lode_matcher_run(&m, NULL, NULL) != 0) die("run");
      asked += middle - from;
      matched += now() - middle;
      matches += m.match_count;
    }
    if (run == 0) continue;
    if (asked < classes) classes = asked;
    if (matched < match) match = matched;
  }
  double n = (double)pages->tokens;
  printf("%-10s %4u rules  %8zu matches  %u classes  classes %6.2f ns/token  match %6.2f ns/token = %6.1f Mtok/s  both "
         "%6.1f Mtok/s\n",
         name, rules->count, matches, m.classes.class_count - 1, classes / n * 1e9, match / n * 1e9, n / match * 1e-6,
         n / (classes + match) * 1e-6);
  lode_matcher_free(&m);
  lode_rules_free(rules);
}

int main(int argc, char **argv) {
  unsigned long count = 500, runs = 9;
  uint64_t seed = 1;
  for (int arg = 1; arg + 1 < argc; arg += 2) {
    unsigned long value = strtoul(argv[arg + 1], NULL, 10);
    if (strcmp(argv[arg], "--pages") == 0) count = value;
    else if (strcmp(argv[arg], "--runs") == 0) runs = value;
    else if (strcmp(argv[arg], "--seed") == 0) seed = value;
    else die("options: --pages N, --runs N, --seed N");
  }
  if (count < 1 || count > 100000 || runs < 1) die("--pages 1 to 100000, --runs from 1");
  bench_pages pages = {
      .items = calloc(count, sizeof *pages.items), .raws = calloc(count, sizeof *pages.raws), .count = count};
  if (pages.items == NULL || pages.raws == NULL) die("out of memory");
  lode_table_init(&pages.words, seed);
  for (size_t i = 0; i < count; i++) {
    make_page(&pages.items[i], &pages.words, &pages.raws[i], &seed);
    pages.tokens += pages.items[i].tokens.count;
    pages.bytes += pages.raws[i].len;
  }
  printf("%zu pages, %zu tokens, %zu bytes, %u words\n", count, pages.tokens, pages.bytes, pages.words.count);
  lode_rules rules;
  for (unsigned which = 0; which < 4; which++) {
    static const char *const names[] = {"one rare", "four", "five", "200"};
    if (lode_rules_init(&rules, 1, NULL) != 0) die("out of memory");
    if (which == 0)
      add(&rules, "rare", seq(&rules.patterns, list(&rules.patterns, "quaax"), list(&rules.patterns, "to")));
    else add_five(&rules, which == 1 ? 4 : 5, NULL);
    if (which == 3) add_copies(&rules, 39);
    bench(&pages, names[which], &rules, runs);
  }
  for (size_t i = 0; i < count; i++) {
    lode_page_free(&pages.items[i]);
    lode_buf_free(&pages.raws[i]);
  }
  lode_table_free(&pages.words);
  free(pages.items);
  free(pages.raws);
  return 0;
}
