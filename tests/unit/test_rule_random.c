/* Random patterns over random texts: the matcher, plain, traced, without its short cuts, and with its memo
 * from the first step on, against the reference. */
#include "check.h"
#include "reference_match.h"

static const char *const vocabulary[] = {"he",  "He",  "HE", "to", "To", "on", "On",
                                         "was", "Was", "12", "7",  ",",  ";",  "hE"};
enum { WORDS = sizeof vocabulary / sizeof vocabulary[0], LABELS = 3, NAMES = 3 };

static lode_str str(const char *text) {
  return (lode_str){text, strlen(text)};
}

static int even(void *context, lode_str written, lode_str folded, lode_err *err) {
  (void)context, (void)folded, (void)err;
  return written.len % 2 == 0;
}

static int fields(void *context, uint32_t constraint, const lode_annotation *item, lode_err *err) {
  (void)context, (void)err;
  return (item->begin + item->end + constraint) % 2 == 0;
}

static bool keep_some(uint32_t rule, uint32_t begin, uint32_t end) {
  return (rule * 7 + begin * 3 + end) % 4 != 0;
}

static int keep(void *context, const lode_matcher *matcher, const lode_match *match, lode_err *err) {
  (void)context, (void)matcher, (void)err;
  return keep_some(match->rule, match->begin, match->end);
}

static lode_pattern random_single(lode_patterns *p, unsigned depth) {
  lode_str items[3];
  size_t n = 1 + check_below(3);
  for (size_t i = 0; i < n; i++) items[i] = str(vocabulary[check_below(WORDS)]);
  switch (check_below(depth > 0 ? 12 : 9)) {
    case 0: return lode_pattern_any(p, NULL);
    case 1: return lode_pattern_cased(p, LODE_PATTERN_CAP, NULL);
    case 2: return lode_pattern_cased(p, LODE_PATTERN_LOWER, NULL);
    case 3: return lode_pattern_of_kind(p, check_below(2) ? LODE_TOKEN_NUMBER : LODE_TOKEN_PUNCT, NULL);
    case 4: return lode_pattern_words(p, items, n, true, NULL);
    case 5: return lode_pattern_shape(p, str(check_below(2) ? "Xx" : "dd"), NULL);
    case 6: return lode_pattern_test(p, (lode_form_predicate){even, NULL}, NULL);
    case 9: return lode_pattern_both(p, random_single(p, depth - 1), random_single(p, depth - 1), NULL);
    case 10: return lode_pattern_minus(p, random_single(p, depth - 1), random_single(p, depth - 1), NULL);
    case 11: return lode_pattern_choice(p, random_single(p, depth - 1), random_single(p, depth - 1), NULL);
    default: return lode_pattern_words(p, items, n, false, NULL);
  }
}

static lode_pattern random_pattern(lode_patterns *p, unsigned depth);

static lode_pattern random_zero_width(lode_patterns *p, unsigned depth) {
  uint32_t label = (uint32_t)check_below(LABELS);
  switch (check_below(7)) {
    case 0: return lode_pattern_not(p, random_pattern(p, depth), NULL);
    case 1: return lode_pattern_ahead(p, random_pattern(p, depth), NULL);
    case 2: return lode_pattern_behind(p, random_pattern(p, depth), NULL);
    case 3: return lode_pattern_edge(p, (lode_edge)check_below(7), NULL);
    case 4: return lode_pattern_inside(p, label, NULL);
    case 5: return lode_pattern_same(p, (uint32_t)check_below(NAMES), (uint32_t)check_below(NAMES), NULL);
    default: return lode_pattern_not(p, lode_pattern_behind(p, random_pattern(p, depth), NULL), NULL);
  }
}

static lode_pattern random_ann(lode_patterns *p) {
  uint32_t label = (uint32_t)check_below(LABELS), other = (uint32_t)check_below(LABELS);
  uint32_t constraint = check_below(4) == 0 ? (uint32_t)check_below(2) : LODE_NO_ID;
  lode_relation relation = check_below(3) == 0 ? (lode_relation)(1 + check_below(3)) : LODE_RELATION_NONE;
  return lode_pattern_ann(p, label, constraint, relation, other, NULL);
}

static lode_pattern random_known(lode_patterns *p) {
  return lode_pattern_known(p, (uint32_t)check_below(LABELS), (uint32_t)check_below(NAMES), random_single(p, 1), NULL);
}

static lode_pattern random_pattern(lode_patterns *p, unsigned depth) {
  if (depth == 0 && check_below(8) == 0) return random_known(p);
  if (depth == 0) return check_below(6) == 0 ? random_ann(p) : random_single(p, 2);
  uint32_t min, max;
  switch (check_below(15)) {
    case 0:
    case 1:
    case 2:
    case 3: return lode_pattern_seq(p, random_pattern(p, depth - 1), random_pattern(p, depth - 1), NULL);
    case 4:
    case 5: return lode_pattern_choice(p, random_pattern(p, depth - 1), random_pattern(p, depth - 1), NULL);
    case 6:
    case 7:
      min = (uint32_t)check_below(3);
      max = check_below(2) ? LODE_UNBOUNDED : min + (uint32_t)check_below(3);
      return lode_pattern_repeat(p, random_pattern(p, depth - 1), min, max, check_below(2), NULL);
    case 8: return lode_pattern_opt(p, random_pattern(p, depth - 1), check_below(3) == 0, NULL);
    case 9: return random_zero_width(p, depth - 1);
    case 10: return lode_pattern_minus(p, random_pattern(p, depth - 1), random_pattern(p, depth - 1), NULL);
    case 11:
      return lode_pattern_gap(p, (uint32_t)check_below(5),
                              check_below(2) ? random_pattern(p, depth - 1) : LODE_NO_PATTERN, check_below(2), NULL);
    case 12:
    case 13: return lode_pattern_capture(p, (uint32_t)check_below(NAMES), random_pattern(p, depth - 1), true, NULL);
    default: return random_single(p, 2);
  }
}

static void random_text(lode_buf *out) {
  size_t words = 3 + check_below(16);
  for (size_t i = 0; i < words; i++) {
    const char *word = vocabulary[check_below(WORDS)];
    lode_buf_add(out, word, strlen(word), NULL);
    if (check_below(6) == 0) lode_buf_byte(out, '.', NULL);
    lode_buf_byte(out, check_below(9) == 0 ? '\n' : ' ', NULL);
  }
  lode_buf_byte(out, '.', NULL);
}

/* Paragraphs are lines, with a zone of two. */
static int make_page(lode_page *page, lode_str raw, lode_err *err) {
  lode_page_open(page, str("page"), raw);
  int code = lode_page_decode(page, err);
  for (size_t at = 0; code == 0 && at < page->content_len;) {
    const char *line = memchr(page->content + at, '\n', page->content_len - at);
    size_t end = line == NULL ? page->content_len : (size_t)(line - page->content), next = end + 1;
    while (end > at && page->content[end - 1] == ' ') end--;
    while (at < end && page->content[at] == ' ') at++;
    if (at < end) code = lode_page_add_paragraph(page, at, end, check_below(4) ? LODE_ZONE_BODY : LODE_ZONE_NAV, err);
    at = next;
  }
  return code != 0 ? code : lode_page_tokens(page, err);
}

static int random_rules(lode_rules *rules, unsigned depth, lode_err *err) {
  static const char *const labels[LABELS] = {"x", "y", "z"}, *const names[NAMES] = {"a", "b", "c"};
  int code = lode_rules_init(rules, check_random(), err);
  for (int i = 0; i < LABELS; i++) lode_patterns_label(&rules->patterns, str(labels[i]), err);
  for (int i = 0; i < NAMES; i++) lode_patterns_capture(&rules->patterns, str(names[i]), err);
  size_t count = 1 + check_below(4);
  for (size_t i = 0; i < count && code == 0; i++) {
    uint32_t id;
    lode_rule_spec spec = {.name = str("r"),
                           .label = (uint32_t)check_below(LABELS),
                           .phase = 1 + (int32_t)check_below(2),
                           .within = (lode_within)check_below(3),
                           .priority = (int32_t)check_below(2),
                           .zones = check_below(2) ? LODE_ZONES_BODY : 0x7FF,
                           .keep = check_below(3) == 0};
    spec.match = random_pattern(&rules->patterns, 1 + (unsigned)check_below(depth));
    code = lode_rules_add(rules, &spec, &id, err);
  }
  return code != 0 ? code : lode_rules_compile(rules, err);
}

static bool compare(const lode_matcher *got, const reference *want) {
  if (!CHECK_INT(got->match_count, want->match_count)) return false;
  for (uint32_t i = 0; i < got->match_count; i++) {
    const lode_match *g = &got->matches[i];
    const reference_match *w = &want->matches[i];
    bool same = CHECK_INT(g->rule, w->rule) && CHECK_INT(g->begin, w->begin) && CHECK_INT(g->end, w->end) &&
                CHECK_INT(g->state, w->state) && CHECK_INT(g->winner, w->winner) &&
                CHECK_INT(g->capture_count, w->way.count);
    for (uint32_t k = 0; same && k < g->capture_count; k++) {
      const lode_capture *c = &got->captures[g->first_capture + k];
      same = CHECK_INT(c->name, w->way.events[k].name) && CHECK_INT(c->begin, w->way.events[k].begin) &&
             CHECK_INT(c->end, w->way.events[k].end);
    }
    if (!same) return false;
  }
  return true;
}

static void show(const lode_rules *rules, lode_str text) {
  lode_buf out = {0};
  for (uint32_t r = 0; r < rules->count; r++) {
    lode_buf_printf(&out, NULL, "rule %u within %u phase %u\n", r, rules->items[r].spec.within,
                    rules->items[r].spec.phase);
    lode_rules_list(rules, r, &out, NULL);
  }
  printf("%.*s%.*s\n", (int)out.len, out.ptr, (int)text.len, text.ptr);
  lode_buf_free(&out);
}

typedef struct totals {
  size_t cases, matches, gave_up, lost;
} totals;

static bool run_case(unsigned depth, totals *sums) {
  lode_rules rules;
  lode_err err;
  lode_err_clear(&err);
  bool fine = CHECK_OK(random_rules(&rules, depth, &err), &err);
  lode_table words;
  lode_page page;
  lode_matcher matcher;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  fine = fine && CHECK_OK(lode_matcher_init(&matcher, &rules, &words, &err), &err);
  for (unsigned text = 0; text < 8 && fine; text++) {
    lode_buf raw = {0};
    reference want;
    lode_match_hooks hooks = {.keep = keep, .fields = fields};
    lode_trace trace = {0};
    random_text(&raw);
    fine = CHECK_OK(make_page(&page, (lode_str){raw.ptr, raw.len}, &err), &err);
    reference_init(&want, &rules, &page, &hooks, keep_some);
    uint32_t tokens = (uint32_t)page.tokens.count;
    for (size_t i = check_below(4); i > 0 && tokens > 0; i--) {
      uint32_t begin = (uint32_t)check_below(tokens), end = begin + 1 + (uint32_t)check_below(3);
      if (end <= tokens) reference_add(&want, (uint32_t)check_below(LABELS), begin, end);
    }
    uint32_t given = want.span_count;
    reference_run(&want);
    for (unsigned way = 0; way < 4 && fine && !want.gave_up; way++) {
      matcher.no_shortcuts = way == 2;
      matcher.memo_always = way == 3;
      matcher.trace = NULL;
      if (way == 1) matcher.trace = &trace;
      fine = CHECK_OK(lode_matcher_open(&matcher, &page, &err), &err);
      for (uint32_t i = 0; i < given; i++)
        lode_annotations_add(
            &matcher.annotations, want.spans[i].label,
            (lode_annotation){.begin = want.spans[i].begin, .end = want.spans[i].end, .match = LODE_NO_ID}, NULL);
      for (uint32_t i = 0; i < LABELS; i++) lode_annotations_seal(&matcher.annotations, i, NULL);
      fine = fine && CHECK_OK(lode_matcher_run(&matcher, &hooks, &err), &err) && compare(&matcher, &want) &&
             CHECK_INT(matcher.stop_count, 0);
      if (!fine) printf("way %u\n", way);
    }
    if (!fine) show(&rules, (lode_str){raw.ptr, raw.len});
    sums->cases++;
    sums->gave_up += want.gave_up;
    sums->matches += want.match_count;
    for (uint32_t i = 0; i < want.match_count; i++) sums->lost += want.matches[i].state != LODE_MATCH_KEPT;
    lode_trace_free(&trace);
    lode_buf_free(&raw);
    reference_free(&want);
  }
  lode_matcher_free(&matcher);
  lode_page_free(&page);
  lode_table_free(&words);
  lode_rules_free(&rules);
  return fine;
}

static size_t rounds(void) {
  const char *given = getenv("LODE_TEST_ROUNDS");
  return given != NULL ? strtoull(given, NULL, 10) : 3000;
}

static void test_against_reference(void) {
  totals sums = {0};
  for (size_t i = 0; i < rounds(); i++)
    if (!run_case(4, &sums)) return;
  /* The test is worth something only while most cases are compared and many match. */
  CHECK(sums.gave_up * 5 < sums.cases);
  CHECK(sums.matches > sums.cases / 2);
  CHECK(sums.lost > 0);
}

/* Nested repetitions over one long sentence: every pattern ends, with an answer or stopped. */
static void test_every_pattern_ends(void) {
  lode_buf raw = {0};
  for (int i = 0; i < 300; i++) {
    const char *word = vocabulary[check_below(WORDS)];
    lode_buf_add(&raw, word, strlen(word), NULL);
    lode_buf_byte(&raw, ' ', NULL);
  }
  for (size_t i = 0; i < rounds() / 10; i++) {
    lode_rules rules;
    lode_err err;
    lode_table words;
    lode_page page;
    lode_matcher matcher;
    lode_err_clear(&err);
    lode_table_init(&words, 1);
    lode_page_init(&page, &words);
    bool fine = CHECK_OK(random_rules(&rules, 6, &err), &err) &&
                CHECK_OK(make_page(&page, (lode_str){raw.ptr, raw.len}, &err), &err) &&
                CHECK_OK(lode_matcher_init(&matcher, &rules, &words, &err), &err);
    if (!fine) return;
    lode_match_hooks hooks = {.keep = keep, .fields = fields};
    matcher.steps_base = 20000;
    matcher.steps_per_token = 0;
    fine = CHECK_OK(lode_matcher_open(&matcher, &page, &err), &err) &&
           CHECK_OK(lode_matcher_run(&matcher, &hooks, &err), &err);
    for (uint32_t r = 0; r < rules.count; r++) fine = CHECK(matcher.stats[r].steps <= 20000) && fine;
    lode_matcher_free(&matcher);
    lode_page_free(&page);
    lode_table_free(&words);
    lode_rules_free(&rules);
    if (!fine) break;
  }
  lode_buf_free(&raw);
}

int main(void) {
  RUN(test_against_reference);
  RUN(test_every_pattern_ends);
  return CHECK_END();
}
