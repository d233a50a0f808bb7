#include "check.h"
#include "fold.h"
#include "page.h"

static lode_str str(const char *text) {
  return (lode_str){text, strlen(text)};
}

static void open_text(lode_page *page, const char *text, size_t len) {
  lode_err err;
  lode_page_open(page, str("p.txt"), (lode_str){text, len});
  CHECK_OK(lode_page_decode(page, &err), &err);
}

static void test_zone_names(void) {
  for (unsigned zone = 0; zone < LODE_ZONE_COUNT; zone++) {
    const char *name = lode_zone_name(zone);
    CHECK_INT(lode_zone_find(name, strlen(name)), zone);
  }
  CHECK(lode_zone_name(LODE_ZONE_COUNT) == NULL);
  CHECK_INT(lode_zone_find("bod", 3), -1);
  CHECK_INT(lode_zone_find("body,", 5), -1);
}

static void test_zone_sets(void) {
  lode_zone_set set = 0;
  lode_err err;
  CHECK_OK(lode_zone_set_parse("body", &set, &err), &err);
  CHECK_INT(set, LODE_ZONES_BODY);
  CHECK_OK(lode_zone_set_parse("caption, body", &set, &err), &err);
  CHECK_INT(set, LODE_ZONES_BODY | (lode_zone_set)1 << LODE_ZONE_CAPTION);
  CHECK_OK(lode_zone_set_parse("all", &set, &err), &err);
  CHECK_INT(set, LODE_ZONES_ALL); /* those of a script too */
  CHECK_INT(lode_zone_set_parse("body,titel", &set, &err), LODE_E_USAGE);
  CHECK(strstr(err.message, "\"titel\"") != NULL && strstr(err.message, "headline") != NULL);
  CHECK_INT(lode_zone_set_parse("", &set, &err), LODE_E_USAGE);
  CHECK_INT(lode_zone_set_parse("body,", &set, &err), LODE_E_USAGE);
}

static void test_content_is_raw_where_clean(void) {
  lode_table words;
  lode_page page;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  const char *text = "Zo\xC3\xAB said no.";
  open_text(&page, text, strlen(text));
  CHECK(page.content == text);
  CHECK(!lode_page_is_repaired(&page, 0, page.content_len));
  open_text(&page, NULL, 0);
  CHECK_INT(page.content_len, 0);
  CHECK_INT(lode_page_raw(&page, 0, 0).end, 0);
  lode_page_free(&page);
  lode_page_free(&page);
  lode_table_free(&words);
}

static void test_repairs_lead_back(void) {
  lode_table words;
  lode_page page;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  const char text[] = "\xEF\xBB\xBF"
                      "Caf\xE9 bar\0end";
  open_text(&page, text, sizeof text - 1);
  CHECK_STR(page.content, page.content_len,
            "Caf\xEF\xBF\xBD bar\xEF\xBF\xBD"
            "end");
  CHECK_INT(page.repairs.count, 3);
  lode_span raw = lode_page_raw(&page, 0, 6);
  CHECK_BYTES(text + raw.begin, raw.end - raw.begin, "Caf\xE9", 4);
  CHECK(lode_page_is_repaired(&page, 0, 6));
  raw = lode_page_raw(&page, 7, 10);
  CHECK_BYTES(text + raw.begin, raw.end - raw.begin, "bar", 3);
  CHECK(!lode_page_is_repaired(&page, 7, 10));
  lode_page_free(&page);
  lode_table_free(&words);
}

static void check_meta(const lode_page *page, const char *name, const char *want) {
  lode_str got = lode_page_get_meta(page, str(name));
  if (want == NULL) CHECK(got.ptr == NULL);
  else CHECK_STR(got.ptr, got.len, want);
}

static void test_meta(void) {
  lode_table words;
  lode_page page;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  for (int round = 0; round < 2; round++) {
    lode_page_open(&page, str("a"), str(""));
    check_meta(&page, "title", NULL);
    CHECK_INT(lode_page_set_meta_text(&page, str("title"), str("Say \"no\""), NULL), 0);
    check_meta(&page, "title", "\"Say \\\"no\\\"\"");
    CHECK_INT(lode_page_set_meta(&page, str("title"), str("null"), NULL), 0);
    check_meta(&page, "title", NULL);
    CHECK_INT(lode_page_set_meta_text(&page, str("title"), str(""), NULL), 0);
    check_meta(&page, "title", NULL);
    char name[16];
    for (int i = 0; i < 100; i++) {
      snprintf(name, sizeof name, "m%d", i);
      CHECK_INT(lode_page_set_meta(&page, str(name), str("17"), NULL), 0);
    }
    CHECK_INT(page.meta_count, 101);
    check_meta(&page, "m99", "17");
  }
  lode_page_free(&page);
  lode_table_free(&words);
}

static void test_lines(void) {
  lode_table words;
  lode_page page;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  char text[300];
  for (int round = 0; round < 200; round++) {
    size_t len = check_below(sizeof text);
    for (size_t i = 0; i < len; i++) text[i] = check_below(5) == 0 ? '\n' : 'x';
    open_text(&page, text, len);
    size_t want = 1, got = 0;
    for (size_t at = 0; at <= len; at++) {
      CHECK_INT(lode_page_line(&page, at, &got, NULL), 0);
      if (!CHECK_INT(got, want)) break;
      if (at < len && text[at] == '\n') want++;
    }
  }
  lode_page_free(&page);
  lode_table_free(&words);
}

static void add_paragraphs(lode_page *page) {
  lode_paragraphs paragraphs;
  lode_paragraphs_init(&paragraphs, page->content, page->content_len);
  for (lode_span span; lode_paragraphs_next(&paragraphs, &span);)
    CHECK_INT(lode_page_add_paragraph(page, span.begin, span.end, LODE_ZONE_BODY, NULL), 0);
}

/* What tokens, sentences and paragraphs say of one another. */
static void check_structure(const lode_page *page) {
  const lode_tokens *t = &page->tokens;
  size_t next_token = 0, next_sentence = 0;
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    CHECK_INT(p->first_token, next_token);
    CHECK_INT(p->first_sentence, next_sentence);
    next_token += p->token_count;
    next_sentence += p->sentence_count;
    for (size_t k = p->first_token; k < next_token; k++) {
      CHECK_INT(t->items[k].paragraph, i);
      CHECK(t->items[k].begin >= p->begin && t->items[k].end <= p->end);
      CHECK(t->items[k].word != LODE_NO_ID);
    }
    for (size_t k = p->first_sentence; k < next_sentence; k++) CHECK_INT(t->sentences[k].paragraph, i);
  }
  CHECK_INT(next_token, t->count);
  CHECK_INT(next_sentence, t->sentence_count);
}

static void test_tokens(void) {
  lode_table words;
  lode_page page;
  lode_err err;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  const char *text = "The D\xC3\x89J\xC3\x80 vu was the same. DON\xE2\x80\x99T ask.\n\nThe second came.\n";
  open_text(&page, text, strlen(text));
  add_paragraphs(&page);
  CHECK_OK(lode_page_tokens(&page, &err), &err);
  CHECK_OK(lode_page_tokens(&page, &err), &err);
  check_structure(&page);
  CHECK_INT(page.paragraph_count, 2);
  CHECK(lode_table_find(&words, "d\xC3\xA9j\xC3\xA0", 6) != LODE_NO_ID);
  CHECK(lode_table_find(&words, "n't", 3) != LODE_NO_ID);
  CHECK_INT(page.tokens.items[0].word, lode_table_find(&words, "the", 3));
  size_t at = page.paragraphs[1].first_token;
  CHECK_INT(page.tokens.items[at].word, page.tokens.items[0].word);
  lode_page_free(&page);
  lode_table_free(&words);
}

/* The word of every token is the id of its folded form, whichever way it was made. */
static void test_words_are_folded_forms(void) {
  lode_table words;
  lode_page page;
  lode_buf text = {0}, folded = {0};
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  static const char *const parts[] = {
      "The ",
      ("Stra\xC3\x9F"
       "e "),
      "NATO, ",
      "don\xE2\x80\x99t ",
      "\xE4\xB8\xAD\xE6\x96\x87",
      "e\xCC\x81t\xC3\xA9. ",
      "\n\n",
      "1,160th ",
      "\xE2\x80\x9CYes\xE2\x80\x9D ",
      "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft ",
      "\xF0\x9F\x98\x80 "};
  for (int round = 0; round < 300 && check_now()->faults == 0; round++) {
    text.len = 0;
    for (size_t i = check_below(40); i > 0; i--) {
      const char *part = parts[check_below(sizeof parts / sizeof parts[0])];
      lode_buf_add(&text, part, strlen(part), NULL);
    }
    open_text(&page, text.ptr, text.len);
    add_paragraphs(&page);
    CHECK_INT(lode_page_tokens(&page, NULL), 0);
    check_structure(&page);
    for (size_t i = 0; i < page.tokens.count; i++) {
      const lode_token *t = &page.tokens.items[i];
      folded.len = 0;
      CHECK_INT(lode_fold_token(page.content + t->begin, t->end - t->begin, &folded, NULL), 0);
      lode_str word = lode_table_get(&words, t->word);
      CHECK_BYTES(word.ptr, word.len, folded.ptr, folded.len);
    }
  }
  lode_buf_free(&text);
  lode_buf_free(&folded);
  lode_page_free(&page);
  lode_table_free(&words);
}

static void test_places(void) {
  lode_table words;
  lode_page page;
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  const char *text = "One came. Two left.\n\nThree stayed at home.";
  open_text(&page, text, strlen(text));
  add_paragraphs(&page);
  CHECK_INT(lode_page_tokens(&page, NULL), 0);
  for (size_t at = 0; at <= strlen(text); at++) {
    size_t p = 0, s = 0, t = 0;
    while (p < page.paragraph_count && page.paragraphs[p].end <= at) p++;
    while (s < page.tokens.sentence_count && page.tokens.sentences[s].end <= at) s++;
    while (t < page.tokens.count && page.tokens.items[t].end <= at) t++;
    CHECK_INT(lode_page_paragraph_at(&page, at), p);
    CHECK_INT(lode_page_sentence_at(&page, at), s);
    CHECK_INT(lode_page_token_at(&page, at), t);
  }
  lode_page_free(&page);
  lode_table_free(&words);
}

int main(void) {
  RUN(test_zone_names);
  RUN(test_zone_sets);
  RUN(test_content_is_raw_where_clean);
  RUN(test_repairs_lead_back);
  RUN(test_meta);
  RUN(test_lines);
  RUN(test_tokens);
  RUN(test_words_are_folded_forms);
  RUN(test_places);
  return CHECK_END();
}
