/* Each operator of token patterns, what comes out of overlaps and phases, warnings, budgets, traces. */
#include "check.h"
#include "matcher.h"

typedef struct fixture {
  lode_rules rules;
  lode_table words;
  lode_page page;
  lode_matcher matcher;
  lode_match_hooks hooks;
  lode_trace *trace;
  uint64_t steps; /* 0: the default */
  bool open;
  lode_buf raw, shown;
  lode_err err;
} fixture;

static lode_str str(const char *text) {
  return (lode_str){text, strlen(text)};
}

static lode_patterns *begin(fixture *f) {
  *f = (fixture){.steps = 0};
  lode_err_clear(&f->err);
  lode_table_init(&f->words, 7);
  lode_page_init(&f->page, &f->words);
  CHECK_OK(lode_rules_init(&f->rules, 7, &f->err), &f->err);
  return &f->rules.patterns;
}

static void end(fixture *f) {
  if (f->open) lode_matcher_free(&f->matcher);
  lode_page_free(&f->page);
  lode_table_free(&f->words);
  lode_rules_free(&f->rules);
  lode_buf_free(&f->raw);
  lode_buf_free(&f->shown);
}

static uint32_t label(fixture *f, const char *name) {
  return lode_patterns_label(&f->rules.patterns, str(name), &f->err);
}

static uint32_t add(fixture *f, lode_rule_spec spec) {
  uint32_t id = LODE_NO_ID;
  CHECK(spec.match != LODE_NO_PATTERN);
  if (spec.name.ptr == NULL) spec.name = str("r");
  if (spec.phase == 0) spec.phase = 1;
  if (spec.zones == 0) spec.zones = LODE_ZONES_BODY;
  CHECK_OK(lode_rules_add(&f->rules, &spec, &id, &f->err), &f->err);
  return id;
}

/* One rule "r" of label "x". */
static uint32_t add_rule(fixture *f, lode_pattern match) {
  return add(f, (lode_rule_spec){.label = label(f, "x"), .match = match});
}

/* Lines are paragraphs; a line that begins with "!" is a caption. */
static void open_page(fixture *f, const char *text) {
  f->raw.len = 0;
  lode_buf_add(&f->raw, text, strlen(text) + 1, &f->err);
  lode_page_open(&f->page, str("p"), (lode_str){f->raw.ptr, f->raw.len - 1});
  CHECK_OK(lode_page_decode(&f->page, &f->err), &f->err);
  for (const char *at = f->page.content; *at != '\0';) {
    size_t len = strcspn(at, "\n");
    size_t from = (size_t)(at - f->page.content), skip = *at == '!';
    CHECK_OK(
        lode_page_add_paragraph(&f->page, from + skip, from + len, skip ? LODE_ZONE_CAPTION : LODE_ZONE_BODY, &f->err),
        &f->err);
    at += len + (at[len] == '\n');
  }
  CHECK_OK(lode_page_tokens(&f->page, &f->err), &f->err);
  if (!f->rules.compiled) CHECK_OK(lode_rules_compile(&f->rules, &f->err), &f->err);
  if (!f->open) CHECK_OK(lode_matcher_init(&f->matcher, &f->rules, &f->words, &f->err), &f->err);
  f->open = true;
  f->matcher.trace = f->trace;
  if (f->steps != 0) f->matcher.steps_base = f->steps, f->matcher.steps_per_token = 0;
  CHECK_OK(lode_matcher_open(&f->matcher, &f->page, &f->err), &f->err);
}

static void put_tokens(fixture *f, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i < last; i++) {
    lode_token t = f->page.tokens.items[i];
    if (i > first) lode_buf_byte(&f->shown, ' ', NULL);
    lode_buf_add(&f->shown, f->page.content + t.begin, t.end - t.begin, NULL);
  }
}

/* Kept matches as "a b | c"; captures follow as "{name=a b}". */
static const char *matches(fixture *f) {
  f->shown.len = 0;
  for (uint32_t i = 0; i < f->matcher.match_count; i++) {
    const lode_match *m = &f->matcher.matches[i];
    if (m->state != LODE_MATCH_KEPT) continue;
    if (f->shown.len > 0) lode_buf_add(&f->shown, " | ", 3, NULL);
    put_tokens(f, m->begin, m->end);
    for (uint32_t k = 0; k < m->capture_count; k++) {
      const lode_capture *c = &f->matcher.captures[m->first_capture + k];
      lode_str name = lode_table_get(&f->rules.patterns.captures, c->name);
      lode_buf_printf(&f->shown, NULL, " {%.*s=", (int)name.len, name.ptr);
      put_tokens(f, c->begin, c->end);
      lode_buf_byte(&f->shown, '}', NULL);
    }
  }
  lode_buf_byte(&f->shown, '\0', NULL);
  return f->shown.ptr;
}

static const char *run(fixture *f, const char *text) {
  open_page(f, text);
  CHECK_OK(lode_matcher_run(&f->matcher, &f->hooks, &f->err), &f->err);
  return matches(f);
}

static void check_text(const char *got, const char *want, int line) {
  check_bytes(got, strlen(got), want, strlen(want), "matches", __FILE__, line);
}
#define WANT(got, want) check_text((got), (want), __LINE__)

static lode_pattern word(lode_patterns *p, const char *text) {
  lode_str item = str(text);
  return lode_pattern_words(p, &item, 1, false, NULL);
}
static lode_pattern words2(lode_patterns *p, const char *a, const char *b) {
  lode_str items[2] = {str(a), str(b)};
  return lode_pattern_words(p, items, 2, false, NULL);
}
static lode_pattern cap(lode_patterns *p) {
  return lode_pattern_cased(p, LODE_PATTERN_CAP, NULL);
}
static lode_pattern seq(lode_patterns *p, lode_pattern a, lode_pattern b) {
  return lode_pattern_seq(p, a, b, NULL);
}
static lode_pattern as(lode_patterns *p, const char *name, lode_pattern a) {
  return lode_pattern_capture(p, lode_patterns_capture(p, str(name), NULL), a, false, NULL);
}

/* A rule of one pattern over one text. */
#define ONE(text, want, make)                                                                                          \
  do {                                                                                                                 \
    fixture f;                                                                                                         \
    lode_patterns *p = begin(&f);                                                                                      \
    add_rule(&f, (make));                                                                                              \
    check_text(run(&f, text), want, __LINE__);                                                                         \
    end(&f);                                                                                                           \
  } while (0)

static void test_words(void) {
  ONE("He said it. She SAYS so; Said.", "said | SAYS | Said", words2(p, "said", "says"));
  lode_str us = LODE_STR("US");
  ONE("The US told us.", "US", lode_pattern_words(p, &us, 1, true, NULL));
  ONE("It was ruled out. Ruled Out again.", "ruled out | Ruled Out",
      lode_pattern_phrase(p, str("ruled out"), false, NULL));
  ONE("Putin's men don't go.", "'s | n't", lode_pattern_choice(p, word(p, "'s"), word(p, "n't"), NULL));
}

static void test_predicates(void) {
  const char *text = "NATO met Putin, 12 times.";
  ONE(text, "NATO | Putin", cap(p));
  ONE(text, "NATO", lode_pattern_cased(p, LODE_PATTERN_UPPER, NULL));
  ONE(text, "met | times", lode_pattern_cased(p, LODE_PATTERN_LOWER, NULL));
  ONE(text, "12", lode_pattern_of_kind(p, LODE_TOKEN_NUMBER, NULL));
  ONE(text, ", | .", lode_pattern_of_kind(p, LODE_TOKEN_PUNCT, NULL));
  ONE(text, "NATO | met | Putin | , | 12 | times | .", lode_pattern_any(p, NULL));
  ONE(text, "Putin", lode_pattern_shape(p, str("Xxxxx"), NULL));
  ONE(text, "NATO", lode_pattern_both(p, cap(p), lode_pattern_cased(p, LODE_PATTERN_UPPER, NULL), NULL));
  ONE(text, "Putin", lode_pattern_minus(p, cap(p), word(p, "nato"), NULL));
}

static int count_calls(void *context, lode_str written, lode_str folded, lode_err *err) {
  (void)err;
  ++*(int *)context;
  return written.len == 3 && folded.ptr[0] == 't';
}

static int refuse_forms(void *context, lode_str written, lode_str folded, lode_err *err) {
  (void)context, (void)written, (void)folded;
  return lode_fail(err, LODE_E_SCRIPT, "no");
}

static void test_asked_once(void) {
  int calls = 0;
  fixture f;
  lode_patterns *p = begin(&f);
  add_rule(&f, lode_pattern_test(p, (lode_form_predicate){count_calls, &calls}, NULL));
  WANT(run(&f, "The cat and the dog and the hen."), "The | the | the");
  CHECK_INT(calls, 7); /* The, cat, and, the, dog, hen and the stop */
  WANT(run(&f, "the cat and The dog"), "the | The");
  CHECK_INT(calls, 7);
  end(&f);
  p = begin(&f);
  add_rule(&f, lode_pattern_test(p, (lode_form_predicate){refuse_forms, NULL}, NULL));
  open_page(&f, "");
  lode_page_open(&f.page, str("p"), str("a"));
  CHECK_OK(lode_page_decode(&f.page, &f.err), &f.err);
  CHECK_OK(lode_page_add_paragraph(&f.page, 0, 1, LODE_ZONE_BODY, &f.err), &f.err);
  CHECK_OK(lode_page_tokens(&f.page, &f.err), &f.err);
  CHECK_INT(lode_matcher_open(&f.matcher, &f.page, &f.err), LODE_E_SCRIPT);
  end(&f);
}

static void test_repeat(void) {
  const char *text = "go go go stop go stop";
  ONE(text, "go go go | go", lode_pattern_repeat(p, word(p, "go"), 1, LODE_UNBOUNDED, false, NULL));
  ONE(text, "go | go | go | go", lode_pattern_repeat(p, word(p, "go"), 1, LODE_UNBOUNDED, true, NULL));
  ONE(text, "go go", lode_pattern_repeat(p, word(p, "go"), 2, 2, false, NULL));
  ONE(text, "go go go stop", seq(p, lode_pattern_repeat(p, word(p, "go"), 2, 3, true, NULL), word(p, "stop")));
  ONE(text, "go go go stop go stop", /* backs off: repetition is not possessive */
      seq(p, lode_pattern_repeat(p, lode_pattern_any(p, NULL), 0, LODE_UNBOUNDED, false, NULL), word(p, "stop")));
  ONE("a b a b a", "a b a b",
      lode_pattern_repeat(p, seq(p, word(p, "a"), word(p, "b")), 2, LODE_UNBOUNDED, false, NULL));
}

static void test_choice_and_opt(void) {
  ONE("a b c", "a b", lode_pattern_choice(p, seq(p, word(p, "a"), word(p, "b")), word(p, "a"), NULL));
  ONE("a b c", "a", lode_pattern_choice(p, word(p, "a"), seq(p, word(p, "a"), word(p, "b")), NULL));
  ONE("a b c", "a b c",
      seq(p, lode_pattern_choice(p, word(p, "a"), seq(p, word(p, "a"), word(p, "b")), NULL), word(p, "c")));
  ONE("a b a", "a b | a", seq(p, word(p, "a"), lode_pattern_opt(p, word(p, "b"), false, NULL)));
  ONE("a b a", "a | a", seq(p, word(p, "a"), lode_pattern_opt(p, word(p, "b"), true, NULL)));
}

static void test_looking(void) {
  const char *text = "not here but here now";
  ONE(text, "here", seq(p, word(p, "here"), lode_pattern_ahead(p, word(p, "now"), NULL)));
  ONE(text, "here", seq(p, word(p, "here"), lode_pattern_not(p, word(p, "but"), NULL)));
  ONE(text, "here", seq(p, lode_pattern_behind(p, word(p, "but"), NULL), word(p, "here")));
  ONE(text, "here now",
      seq(p, lode_pattern_behind(p, lode_pattern_phrase(p, str("here but"), false, NULL), NULL),
          lode_pattern_phrase(p, str("here now"), false, NULL)));
  ONE(text, "here", seq(p, lode_pattern_not(p, lode_pattern_behind(p, word(p, "not"), NULL), NULL), word(p, "here")));
  ONE(text, "but here",
      lode_pattern_minus(p, seq(p, lode_pattern_any(p, NULL), word(p, "here")), word(p, "not"), NULL));
}

static void test_gaps(void) {
  const char *text = "meet a b c end d end";
  lode_pattern none = LODE_NO_PATTERN;
  ONE(text, "meet a b c end",
      seq(p, seq(p, word(p, "meet"), lode_pattern_gap(p, 6, none, false, NULL)), word(p, "end")));
  ONE(text, "meet a b c end d end",
      seq(p, seq(p, word(p, "meet"), lode_pattern_gap(p, 6, none, true, NULL)), word(p, "end")));
  ONE(text, "", seq(p, seq(p, word(p, "meet"), lode_pattern_gap(p, 2, none, false, NULL)), word(p, "end")));
  ONE(text, "", seq(p, seq(p, word(p, "meet"), lode_pattern_gap(p, 6, word(p, "b"), false, NULL)), word(p, "end")));
  ONE(text, "",
      seq(p, seq(p, word(p, "meet"), lode_pattern_gap(p, 6, seq(p, word(p, "b"), word(p, "c")), true, NULL)),
          word(p, "end")));
  ONE(text, "meet a", seq(p, word(p, "meet"), lode_pattern_gap(p, 6, seq(p, word(p, "b"), word(p, "c")), true, NULL)));
}

static void test_captures(void) {
  ONE("Ann said yes. Bob left.", "Ann said {who=Ann} {verb=said}",
      seq(p, as(p, "who", cap(p)), as(p, "verb", word(p, "said"))));
  ONE("a, b and c.", "a , b and c {n=a} {n=b} {n=c}",
      seq(p,
          lode_pattern_capture(p, lode_patterns_capture(p, str("n"), NULL),
                               lode_pattern_cased(p, LODE_PATTERN_LOWER, NULL), true, NULL),
          lode_pattern_repeat(p,
                              seq(p, words2(p, ",", "and"),
                                  lode_pattern_capture(p, lode_patterns_capture(p, str("n"), NULL),
                                                       lode_pattern_any(p, NULL), true, NULL)),
                              2, 2, false, NULL)));
  ONE("Ann met Bob. Ann met ANN.", "Ann met ANN {a=Ann} {b=ANN}",
      seq(p, seq(p, seq(p, as(p, "a", cap(p)), word(p, "met")), as(p, "b", cap(p))), lode_pattern_same(p, 0, 1, NULL)));
}

static void test_captured_twice(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  uint32_t id;
  lode_rule_spec spec = {.name = str("twice"), .phase = 1, .zones = LODE_ZONES_BODY};
  lode_patterns_at(p, (lode_frame){"r.lua", 7}, (lode_frame){NULL, 0}, &f.err);
  spec.match = seq(p, as(p, "a", word(p, "x")), as(p, "a", word(p, "y")));
  CHECK_INT(lode_rules_add(&f.rules, &spec, &id, &f.err), LODE_E_USAGE);
  CHECK(strstr(f.err.message, "\"a\" is captured twice in one match (again at r.lua:7)") != NULL);
  spec.match = lode_pattern_repeat(p, as(p, "b", word(p, "x")), 0, 2, false, NULL);
  CHECK_INT(lode_rules_add(&f.rules, &spec, &id, &f.err), LODE_E_USAGE);
  spec.match = lode_pattern_choice(p, as(p, "c", word(p, "x")), as(p, "c", word(p, "y")), NULL);
  CHECK_OK(lode_rules_add(&f.rules, &spec, &id, &f.err), &f.err);
  end(&f);
}

static void test_regions(void) {
  static const char *const want[] = {"a . | a", "a . B a", "a . B a c a"};
  static const lode_within within[] = {LODE_WITHIN_SENTENCE, LODE_WITHIN_PARAGRAPH, LODE_WITHIN_PAGE};
  for (int i = 0; i < 3; i++) {
    fixture f;
    lode_patterns *p = begin(&f);
    lode_pattern rest = lode_pattern_repeat(p, lode_pattern_any(p, NULL), 0, LODE_UNBOUNDED, false, NULL);
    add(&f, (lode_rule_spec){.label = label(&f, "x"), .match = seq(p, word(p, "a"), rest), .within = within[i]});
    WANT(run(&f, i == 2 ? "x a. B a\nc a\n!a caption\nx" : "x a. B a\nc\n!a caption"), want[i]);
    end(&f);
  }
  ONE("a b. A c\nA d", "A | A",
      seq(p, seq(p, lode_pattern_edge(p, LODE_EDGE_SENTENCE_START, NULL), word(p, "a")),
          lode_pattern_not(p, word(p, "b"), NULL)));
  ONE("a b. A c\nA d", "c | d",
      seq(p, lode_pattern_cased(p, LODE_PATTERN_LOWER, NULL), lode_pattern_edge(p, LODE_EDGE_PARAGRAPH_END, NULL)));
  ONE("a b. A c\nA d", "a", seq(p, lode_pattern_edge(p, LODE_EDGE_PAGE_START, NULL), word(p, "a")));
}

static int odd_fields(void *context, uint32_t constraint, const lode_annotation *item, lode_err *err) {
  (void)context, (void)err;
  return item->fields == constraint;
}

static int give_fields(void *context, const lode_matcher *matcher, uint32_t match, uint64_t *fields, lode_err *err) {
  (void)context, (void)err;
  *fields = matcher->matches[match].end - matcher->matches[match].begin;
  return 0;
}

static void test_annotations_and_phases(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  uint32_t person = label(&f, "person"), quote = label(&f, "quote");
  lode_pattern name = lode_pattern_repeat(p, cap(p), 1, 2, false, NULL);
  f.hooks = (lode_match_hooks){.fields = odd_fields, .made = give_fields};
  add(&f, (lode_rule_spec){.label = person, .match = name});
  lode_pattern two = lode_pattern_ann(p, person, 2, LODE_RELATION_NONE, 0, NULL);
  add(&f, (lode_rule_spec){.label = quote, .phase = 2, .match = seq(p, as(p, "who", two), word(p, "said"))});
  WANT(run(&f, "Ann said so. then Ann Lee said no"), "Ann | Ann Lee | Ann Lee said {who=Ann Lee}");
  CHECK_INT(f.matcher.annotations.lists[person].count, 2);
  CHECK_INT(f.matcher.annotations.lists[quote].count, 1);
  CHECK_INT(f.rules.warning_count, 0);
  end(&f);
}

static void test_given_annotations(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  uint32_t place = label(&f, "place"), big = label(&f, "big");
  add_rule(
      &f,
      seq(p, seq(p, word(p, "in"), as(p, "p", lode_pattern_ann(p, place, LODE_NO_ID, LODE_RELATION_WITHIN, big, NULL))),
          lode_pattern_not(p, lode_pattern_inside(p, place, NULL), NULL)));
  CHECK_OK(lode_rules_give(&f.rules, place, &f.err), &f.err);
  open_page(&f, "in New York City in York");
  uint32_t spans[][3] = {{place, 1, 3}, {place, 1, 4}, {place, 5, 6}, {big, 0, 4}};
  for (size_t i = 0; i < 4; i++)
    CHECK_OK(lode_annotations_add(&f.matcher.annotations, spans[i][0],
                                  (lode_annotation){.begin = spans[i][1], .end = spans[i][2], .match = LODE_NO_ID},
                                  &f.err),
             &f.err);
  CHECK_OK(lode_annotations_seal(&f.matcher.annotations, place, &f.err), &f.err);
  CHECK_OK(lode_annotations_seal(&f.matcher.annotations, big, &f.err), &f.err);
  CHECK_OK(lode_matcher_run(&f.matcher, &f.hooks, &f.err), &f.err);
  WANT(matches(&f), "in New York City {p=New York City}");
  end(&f);
}

static int keep_long(void *context, const lode_matcher *matcher, const lode_match *match, lode_err *err) {
  (void)context, (void)matcher, (void)err;
  return match->end - match->begin > 1;
}

static void test_keep_goes_on_at_the_next_token(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  lode_pattern b = lode_pattern_choice(p, seq(p, word(p, "b"), word(p, "c")), word(p, "a"), NULL);
  add(&f, (lode_rule_spec){.label = label(&f, "x"), .match = b, .keep = true});
  f.hooks.keep = keep_long;
  WANT(run(&f, "a b c"), "b c");
  CHECK_INT(f.matcher.match_count, 2);
  CHECK_INT(f.matcher.matches[0].state, LODE_MATCH_REFUSED);
  end(&f);
}

static void test_overlaps(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  uint32_t x = label(&f, "x"), y = label(&f, "y");
  lode_pattern ab = seq(p, word(p, "a"), word(p, "b")), bc = seq(p, word(p, "b"), word(p, "c"));
  add(&f, (lode_rule_spec){.label = x, .match = ab});
  add(&f, (lode_rule_spec){.label = x, .match = bc, .priority = 5});
  add(&f, (lode_rule_spec){.label = x, .match = word(p, "b"), .priority = 9});
  add(&f, (lode_rule_spec){.label = y, .match = word(p, "b")});
  add(&f, (lode_rule_spec){.label = x, .match = bc, .priority = 5});
  WANT(run(&f, "a b c"), "b c | b");
  const lode_match *m = f.matcher.matches;
  CHECK_INT(f.matcher.match_count, 5);
  CHECK_INT(m[0].state, LODE_MATCH_LOST_PRIORITY); /* a b to b c */
  CHECK_INT(m[0].winner, 1);
  CHECK_INT(m[2].state, LODE_MATCH_LOST_RULE);
  CHECK_INT(m[3].state, LODE_MATCH_LOST_LENGTH);
  CHECK_INT(f.matcher.stats[2].lost, 1);
  end(&f);
}

/* A longer match of a later phase takes the place of the annotation it was made from. */
static void test_longer_in_a_later_phase(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  uint32_t x = label(&f, "x");
  add(&f, (lode_rule_spec){.label = x, .match = cap(p)});
  add(&f, (lode_rule_spec){
              .label = x,
              .phase = 2,
              .match = seq(p, word(p, "chancellor"), lode_pattern_ann(p, x, LODE_NO_ID, LODE_RELATION_NONE, 0, NULL))});
  WANT(run(&f, "then chancellor Merz and Macron"), "Macron | chancellor Merz");
  CHECK_INT(f.matcher.annotations.lists[x].count, 2);
  end(&f);
}

static void test_words_are_one_token(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  lode_str item = LODE_STR("ruled out");
  CHECK_INT(lode_pattern_words(p, &item, 1, false, &f.err), LODE_NO_PATTERN);
  CHECK_STR(f.err.message, strlen(f.err.message),
            "\"ruled out\" is not one token: it is cut as ruled | out; write a phrase");
  lode_err_clear(&f.err);
  item = LODE_STR("gov.");
  CHECK(lode_pattern_words(p, &item, 1, false, &f.err) != LODE_NO_PATTERN);
  item = LODE_STR("dam.");
  CHECK_INT(lode_pattern_words(p, &item, 1, false, &f.err), LODE_NO_PATTERN);
  lode_err_clear(&f.err);
  CHECK_INT(lode_pattern_repeat(p, cap(p), 3, 2, false, &f.err), LODE_NO_PATTERN);
  CHECK_INT(f.err.code, LODE_E_USAGE);
  end(&f);
}

static void check_warning(lode_pattern (*make)(lode_patterns *), lode_rule_warning_kind want) {
  fixture f;
  lode_patterns *p = begin(&f);
  add_rule(&f, make(p));
  CHECK_OK(lode_rules_compile(&f.rules, &f.err), &f.err);
  bool found = false;
  for (uint32_t i = 0; i < f.rules.warning_count; i++) found = found || f.rules.warnings[i].kind == want;
  if (!CHECK(found)) printf("no warning %s among %u\n", lode_rule_warning_name(want), f.rules.warning_count);
  end(&f);
}

static lode_pattern make_never(lode_patterns *p) {
  return lode_pattern_minus(p, word(p, "a"), words2(p, "a", "b"), NULL);
}
static lode_pattern make_contradiction(lode_patterns *p) {
  return seq(p, lode_pattern_not(p, words2(p, "a", "b"), NULL), word(p, "a"));
}
static lode_pattern make_empty_rule(lode_patterns *p) {
  return lode_pattern_opt(p, word(p, "a"), false, NULL);
}
static lode_pattern make_empty_loop(lode_patterns *p) {
  return seq(p, word(p, "a"),
             lode_pattern_repeat(p, lode_pattern_opt(p, word(p, "b"), false, NULL), 0, LODE_UNBOUNDED, false, NULL));
}
static lode_pattern make_shadowed(lode_patterns *p) {
  return lode_pattern_choice(p, words2(p, "a", "b"), word(p, "b"), NULL);
}
static lode_pattern make_prefix(lode_patterns *p) {
  return lode_pattern_choice(p, words2(p, "a", "b"), seq(p, word(p, "b"), word(p, "c")), NULL);
}
static lode_pattern make_gap_at_end(lode_patterns *p) {
  return seq(p, as(p, "n", seq(p, word(p, "a"), lode_pattern_gap(p, 3, LODE_NO_PATTERN, false, NULL))), word(p, "b"));
}
static lode_pattern make_minus_sequence(lode_patterns *p) {
  return lode_pattern_minus(p, seq(p, word(p, "a"), cap(p)), word(p, "c"), NULL);
}
static lode_pattern make_no_maker(lode_patterns *p) {
  uint32_t made = lode_patterns_label(p, str("nobody"), NULL);
  return lode_pattern_ann(p, made, LODE_NO_ID, LODE_RELATION_NONE, 0, NULL);
}

static void test_warnings(void) {
  check_warning(make_never, LODE_WARNING_NEVER);
  check_warning(make_contradiction, LODE_WARNING_NEVER);
  check_warning(make_empty_rule, LODE_WARNING_EMPTY_RULE);
  check_warning(make_empty_loop, LODE_WARNING_EMPTY_LOOP);
  check_warning(make_shadowed, LODE_WARNING_SHADOWED);
  check_warning(make_prefix, LODE_WARNING_PREFIX);
  check_warning(make_gap_at_end, LODE_WARNING_GAP_AT_END);
  check_warning(make_minus_sequence, LODE_WARNING_MINUS_SEQUENCE);
  check_warning(make_no_maker, LODE_WARNING_NO_MAKER);
}

static lode_pattern nested(lode_patterns *p, int depth) {
  lode_pattern at = word(p, "a");
  for (int i = 0; i < depth; i++) {
    at = lode_pattern_repeat(p, lode_pattern_choice(p, at, seq(p, at, at), NULL), 1, LODE_UNBOUNDED, false, NULL);
  }
  return seq(p, at, word(p, "never"));
}

static void many_words(lode_buf *out, size_t count) {
  for (size_t i = 0; i < count; i++) lode_buf_add(out, "a ", 2, NULL);
  lode_buf_add(out, "nearly", sizeof "nearly", NULL); /* all holds but the last word */
}

static void test_memo_tames_nested_loops(void) {
  fixture f;
  lode_buf text = {0};
  lode_patterns *p = begin(&f);
  add(&f, (lode_rule_spec){.label = label(&f, "x"), .match = nested(p, 3)});
  many_words(&text, 400);
  open_page(&f, text.ptr);
  f.matcher.no_shortcuts = true; /* else the missing word is seen at once */
  CHECK_OK(lode_matcher_run(&f.matcher, &f.hooks, &f.err), &f.err);
  CHECK_INT(f.matcher.match_count, 0);
  CHECK_INT(f.matcher.stop_count, 0);
  CHECK(f.matcher.stats[0].steps < 401 * 1000); /* without the memo: 2 to the power of words */
  lode_buf_free(&text);
  end(&f);
}

static void test_budget_stops_a_rule(void) {
  fixture f;
  lode_buf text = {0};
  lode_patterns *p = begin(&f);
  f.steps = 5000;
  lode_pattern hard = seq(p, lode_pattern_same(p, 0, 0, NULL), word(p, "b"));
  lode_patterns_capture(p, str("n"), NULL);
  add(&f, (lode_rule_spec){.label = label(&f, "x"), .match = seq(p, as(p, "n", nested(p, 3)), hard)});
  add(&f, (lode_rule_spec){.label = label(&f, "x"), .match = word(p, "nearly")});
  many_words(&text, 60);
  open_page(&f, text.ptr);
  f.matcher.no_shortcuts = true;
  CHECK_OK(lode_matcher_run(&f.matcher, &f.hooks, &f.err), &f.err);
  CHECK_INT(f.matcher.stop_count, 1);
  CHECK_INT(f.matcher.stops[0].rule, 0);
  CHECK(!f.matcher.stops[0].too_deep);
  WANT(matches(&f), "nearly"); /* the other rule is not touched */
  lode_buf_free(&text);
  end(&f);
}

static void test_limits(void) {
  fixture f;
  lode_patterns *p = begin(&f);
  lode_pattern at = seq(p, word(p, "a"), word(p, "b"));
  for (int i = 0; i < 3; i++) at = lode_pattern_repeat(p, at, 100, 100, false, NULL);
  add_rule(&f, at);
  CHECK_INT(lode_rules_compile(&f.rules, &f.err), LODE_E_LIMIT);
  CHECK(strstr(f.err.message, "rule \"r\" is too large") != NULL);
  lode_err_clear(&f.err);
  at = word(p, "a");
  for (int i = 0; i < LODE_PATTERN_DEPTH; i++) at = lode_pattern_opt(p, at, false, &f.err);
  CHECK(at != LODE_NO_PATTERN);
  CHECK_INT(lode_pattern_opt(p, at, false, &f.err), LODE_NO_PATTERN);
  CHECK_INT(f.err.code, LODE_E_LIMIT);
  end(&f);
  p = begin(&f); /* a chain is one level, however long */
  at = word(p, "w0");
  for (int i = 1; i < 20000; i++) {
    char text[16];
    snprintf(text, sizeof text, "w%d", i);
    at = lode_pattern_choice(p, at, word(p, text), NULL);
  }
  add_rule(&f, seq(p, at, word(p, "x")));
  WANT(run(&f, "a w19999 x w0 x w20000 x"), "w19999 x | w0 x");
  end(&f);
}

static void test_near_miss(void) {
  fixture f;
  lode_trace trace = {0};
  lode_patterns *p = begin(&f);
  f.trace = &trace;
  lode_patterns_at(p, (lode_frame){"m.lua", 6}, (lode_frame){NULL, 0}, &f.err);
  lode_pattern between = words2(p, "between", "of");
  add_rule(&f, seq(p, seq(p, word(p, "meeting"), lode_pattern_gap(p, 1, LODE_NO_PATTERN, false, NULL)), between));
  WANT(run(&f, "a meeting here today of minds"), "");
  CHECK_INT(trace.near_count, 1);
  char place[64];
  CHECK_INT(trace.nears[0].start, 1);
  CHECK_INT(trace.nears[0].score, 1);
  CHECK_INT(trace.nears[0].pos, 3); /* "today" is not "between", and the gap is used up */
  lode_pattern_place(p, trace.nears[0].node, place, sizeof place);
  CHECK_STR(place, strlen(place), "m.lua:6");
  CHECK_INT(trace.nears[0].step_count, 2); /* "meeting", and the gap with "here" in it */
  CHECK_INT(trace.steps[1].begin, 2);
  CHECK_INT(trace.steps[1].end, 3);
  lode_trace_free(&trace);
  end(&f);
}

int main(void) {
  RUN(test_words);
  RUN(test_predicates);
  RUN(test_asked_once);
  RUN(test_repeat);
  RUN(test_choice_and_opt);
  RUN(test_looking);
  RUN(test_gaps);
  RUN(test_captures);
  RUN(test_captured_twice);
  RUN(test_regions);
  RUN(test_annotations_and_phases);
  RUN(test_given_annotations);
  RUN(test_keep_goes_on_at_the_next_token);
  RUN(test_overlaps);
  RUN(test_longer_in_a_later_phase);
  RUN(test_words_are_one_token);
  RUN(test_warnings);
  RUN(test_memo_tames_nested_loops);
  RUN(test_budget_stops_a_rule);
  RUN(test_limits);
  RUN(test_near_miss);
  return CHECK_END();
}
