/* Tokens, sentences, paragraphs and shapes.  Wanted values show a space between tokens, " // " between sentences. */
#include "buf.h"
#include "check.h"
#include "table.h"
#include "token.h"
#include "unicode.h"
#include "utf8.h"

static bool render(const char *text, const lode_tokens *tokens, lode_buf *out) {
  int code = 0;
  for (size_t i = 0; i < tokens->count && code == 0; i++) {
    const lode_token *token = &tokens->items[i];
    const char *space = i == 0 ? "" : token->sentence == token[-1].sentence ? " " : " // ";
    code = lode_buf_add(out, space, strlen(space), NULL);
    if (code == 0) code = lode_buf_add(out, text + token->begin, token->end - token->begin, NULL);
  }
  return code == 0;
}

static void check_cut(const char *text, const char *want) {
  lode_tokens tokens = {0};
  lode_buf got = {0};
  lode_err err;
  if (CHECK_OK(lode_tokenize(text, strlen(text), 0, &tokens, &err), &err) && CHECK(render(text, &tokens, &got)))
    CHECK_STR(got.ptr, got.len, want);
  lode_buf_free(&got);
  lode_tokens_free(&tokens);
}

typedef struct cut {
  const char *text, *want;
} cut;

static void check_cuts(const cut *cuts, size_t count) {
  for (size_t i = 0; i < count; i++) check_cut(cuts[i].text, cuts[i].want);
}
#define CHECK_CUTS(cuts) check_cuts(cuts, sizeof cuts / sizeof *cuts)

static void test_clitics(void) {
  static const cut cuts[] = {
      {"They don't, can't, won't.", "They do n't , ca n't , wo n't ."},
      {"I\xE2\x80\x99m sure she\xE2\x80\x99ll say Orlova\xE2\x80\x99s right.",
       "I \xE2\x80\x99m sure she \xE2\x80\x99ll say Orlova \xE2\x80\x99s right ."},
      {"You shouldn't've, y'know: cannot, gonna.", "You should n't 've , y'know : can not , gon na ."},
      {"The workers' O'Hara's 2019's U.S.'s", "The workers ' O'Hara 's 2019 's U.S. 's"},
      {"'Tis the '90s and \xE2\x80\x99"
       "em",
       "'Tis the '90s and \xE2\x80\x99"
       "em"},
      {"im Haus", "im Haus"},
  };
  CHECK_CUTS(cuts);
}

static void test_joined_words(void) {
  static const cut cuts[] = {
      {"a face-to-face talk", "a face - to - face talk"},
      {"co-founder, e-mail, re-entry", "co-founder , e-mail , re-entry"},
      {"long- and short-term", "long - and short - term"},
      {"AT&T, Q&A, w/o, and/or", "AT&T , Q&A , w/o , and / or"},
      {"report.pdf at example.com", "report.pdf at example.com"},
      {"Han \xE4\xB8\xAD\xE6\x96\x87 and \xE3\x82\xAB\xE3\x83\xBC\xE3\x81\xAE",
       "Han \xE4\xB8\xAD \xE6\x96\x87 and \xE3\x82\xAB\xE3\x83\xBC \xE3\x81\xAE"},
  };
  CHECK_CUTS(cuts);
}

static void test_numbers(void) {
  static const cut cuts[] = {
      {"$1,160.50 is 3.5% of it", "$ 1,160.50 is 3.5 % of it"},
      {"at 12:30 on 9/11, 10am", "at 12:30 on 9/11 , 10 am"},
      {"the 1990s, 80's, 21st, 3D", "the 1990s , 80's , 21st , 3D"},
      {"150,000-plus in 1998-2004", "150,000 - plus in 1998 - 2004"},
      {"555-123-4567 on 2005-03-09", "555-123-4567 on 2005-03-09"},
      {"5'10\" and .5", "5 ' 10 \" and .5"},
  };
  CHECK_CUTS(cuts);
}

static void check_kind(const char *text, lode_token_kind want) {
  lode_tokens tokens = {0};
  lode_err err;
  CHECK_OK(lode_tokenize(text, strlen(text), 0, &tokens, &err), &err);
  if (CHECK_INT(tokens.count, 1) && !CHECK_INT(tokens.items[0].kind, want)) printf("  of %s\n", text);
  lode_tokens_free(&tokens);
}

static void test_kinds(void) {
  check_kind("word", LODE_TOKEN_WORD);
  check_kind("1,000", LODE_TOKEN_NUMBER);
  check_kind("...", LODE_TOKEN_PUNCT);
  check_kind("--", LODE_TOKEN_PUNCT);
  check_kind("!?!", LODE_TOKEN_PUNCT);
  check_kind("\xE2\x82\xAC", LODE_TOKEN_SYMBOL);
  check_kind("https://example.org/a_(b)?q=1&r=2", LODE_TOKEN_URL);
  check_kind("www.example.org", LODE_TOKEN_URL);
  check_kind("ana.b+c@mail.example.org", LODE_TOKEN_EMAIL);
  check_kind("@user_1", LODE_TOKEN_MENTION);
  check_kind("#topic", LODE_TOKEN_HASHTAG);
  check_kind("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", LODE_TOKEN_EMOJI);
  check_kind("\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8", LODE_TOKEN_EMOJI);
  check_kind(":-)", LODE_TOKEN_EMOJI);
  const char *name = lode_token_kind_name(LODE_TOKEN_HASHTAG);
  CHECK_STR(name, strlen(name), "hashtag");
}

static void test_addresses(void) {
  static const cut cuts[] = {
      {"See (https://example.org/x), or ana@example.org.", "See ( https://example.org/x ) , or ana@example.org ."},
      {"Item #1 @ 5", "Item # 1 @ 5"},
      {"a@", "a @"},
  };
  CHECK_CUTS(cuts);
}

static void test_abbreviations(void) {
  static const cut cuts[] = {
      {"Mr. A. B. Lund met Dr. Orlova.", "Mr. A. B. Lund met Dr. Orlova ."},
      {"At 5 p.m. they ate. At 6 p.m. They left.", "At 5 p.m. they ate . // At 6 p.m. // They left ."},
      {"The U.S. Senate sat. He left the U.S. He ran.", "The U.S. Senate sat . // He left the U.S. // He ran ."},
      {"See No. 5 and p. 7. No. He lied.", "See No. 5 and p. 7 . // No . // He lied ."},
      {"He said no. It is late, no. I go. See Vol. II for it.",
       "He said no . // It is late , no . // I go . // See Vol. II for it ."},
      {"Lund Inc. of Oslo. Lund Inc. The firm grew.", "Lund Inc. of Oslo . // Lund Inc. // The firm grew ."},
      {"On Jan. 5 he saw the Sun. It shone.", "On Jan. 5 he saw the Sun . // It shone ."},
      {"He, you and I. Did Ola I. Berg go?", "He , you and I . // Did Ola I. Berg go ?"},
      {"Some vitamin C. Then bread, etc. Then milk.", "Some vitamin C . // Then bread , etc. // Then milk ."},
      {"Das ist z. B. Der Kern, am 3. Mai.", "Das ist z. B. Der Kern , am 3 . Mai ."},
      {"\xD0\x98. \xD0\x98. \xD0\x9E\xD1\x80\xD0\xBB\xD0\xBE\xD0\xB2 \xD0\xB8 \xD1\x82. \xD0\xB4. \xD0\x9E\xD0\xBD.",
       "\xD0\x98. \xD0\x98. \xD0\x9E\xD1\x80\xD0\xBB\xD0\xBE\xD0\xB2 \xD0\xB8 \xD1\x82. \xD0\xB4. // \xD0\x9E\xD0\xBD "
       "."},
  };
  CHECK_CUTS(cuts);
}

static void test_sentences(void) {
  static const cut cuts[] = {
      {"\xE2\x80\x9CIt is over,\xE2\x80\x9D he said. \xE2\x80\x9CWe won.\xE2\x80\x9D He left.",
       "\xE2\x80\x9C It is over , \xE2\x80\x9D he said . // \xE2\x80\x9C We won . \xE2\x80\x9D // He left ."},
      {"\"Is it?\" he asked. (Nobody spoke.) They left.",
       "\" Is it ? \" he asked . // ( Nobody spoke . ) // They left ."},
      {"It grew 3.5 times... Then it fell.", "It grew 3.5 times ... // Then it fell ."},
      {"OSLO (NW) \xE2\x80\x94 The king spoke.", "OSLO ( NW ) \xE2\x80\x94 The king spoke ."},
      {"1. The first 2. The second", "1 . The first // 2 . The second"},
      {"\xE2\x80\xA2 One thing \xE2\x80\xA2 Another", "\xE2\x80\xA2 One thing // \xE2\x80\xA2 Another"},
      {"They own it. iPhone sales rose.", "They own it . // iPhone sales rose ."},
      {"He wrote it.Then he left.", "He wrote it . // Then he left ."},
      {"\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82\xE5\xA5\xBD\xEF\xBC\x81",
       "\xE4\xBD\xA0 \xE5\xA5\xBD \xE3\x80\x82 // \xE5\xA5\xBD \xEF\xBC\x81"},
      {"\xC2\xBFSer\xC3\xA1? \xC2\xA1No! \xC2\xAB Non ! \xC2\xBB Il part.",
       "\xC2\xBF Ser\xC3\xA1 ? // \xC2\xA1 No ! // \xC2\xAB Non ! \xC2\xBB // Il part ."},
      {"It rained.[2] Then it stopped. [3] We left.", "It rained . [ 2 ] // Then it stopped . [ 3 ] // We left ."},
      {"The list [...] goes on.", "The list [ ... ] goes on ."},
      {"\"Why not?\" \xE2\x80\x94 he asked.", "\" Why not ? \" \xE2\x80\x94 he asked ."},
  };
  CHECK_CUTS(cuts);
}

static void test_positions(void) {
  lode_tokens tokens = {0};
  lode_err err;
  CHECK_OK(lode_tokenize("Hi, U.S.", 8, 0, &tokens, &err), &err);
  CHECK_OK(lode_tokenize("  Go on. Stop. ", 15, 100, &tokens, &err), &err);
  if (CHECK_INT(tokens.count, 8) && CHECK_INT(tokens.sentence_count, 3)) {
    CHECK_INT(tokens.items[1].flags, LODE_TOKEN_GLUED);
    CHECK_INT(tokens.items[2].flags, LODE_TOKEN_ABBREV);
    CHECK_INT(tokens.items[3].begin, 102);
    CHECK_INT(tokens.items[3].flags, 0);
    CHECK_INT(tokens.items[3].sentence, 1);
    CHECK_INT(tokens.items[3].word, LODE_NO_ID);
    CHECK_INT(tokens.sentences[1].begin, 102);
    CHECK_INT(tokens.sentences[1].end, 108);
    CHECK_INT(tokens.sentences[2].first_token, 6);
    CHECK_INT(tokens.sentences[2].token_count, 2);
  }
  size_t count = tokens.count;
  CHECK_OK(lode_tokenize("", 0, 200, &tokens, &err), &err);
  CHECK_OK(lode_tokenize(" \n ", 3, 200, &tokens, &err), &err);
  CHECK_INT(tokens.count, count);
  CHECK_INT(lode_tokenize("x", 1, UINT32_MAX, &tokens, &err), LODE_E_LIMIT);
  CHECK_INT(tokens.count, count);
  lode_tokens_free(&tokens);
}

/* --- invariants on random text ----------------------------------------------------------------------- */

static size_t random_text(char *out) {
  static const char *const parts[] = {"a",
                                      "B",
                                      "the ",
                                      "The ",
                                      "U.S.",
                                      "Mr. ",
                                      "no. ",
                                      ". ",
                                      ".",
                                      "...",
                                      "! ",
                                      "?",
                                      "'s",
                                      "n't",
                                      "'",
                                      "\"",
                                      "-",
                                      "--",
                                      " ",
                                      "  ",
                                      "\n",
                                      "1",
                                      "2,000",
                                      "3.5",
                                      "(",
                                      ")",
                                      "[",
                                      "]",
                                      "@",
                                      "#",
                                      "www.",
                                      "http://",
                                      "a@b.c",
                                      "\xE2\x80\x9C",
                                      "\xE2\x80\x9D",
                                      "\xE2\x80\x99",
                                      "\xCC\x81",
                                      "\xE4\xB8\xAD",
                                      "\xE3\x80\x82",
                                      "\xE3\x82\xAB",
                                      "\xF0\x9F\x98\x80",
                                      "\xE2\x80\x8D",
                                      "\xF0\x9F\x87\xBA",
                                      "\xD0\x96",
                                      "\xD1\x82. ",
                                      "co-",
                                      "&",
                                      "/",
                                      "\xEF\xBF\xBD",
                                      "\xE2\x80\x8B",
                                      "\xC2\xA0",
                                      ":-)",
                                      "\xE2\x80\xA2 ",
                                      "1) ",
                                      "\xD7\x90",
                                      "\xE0\xB8\x81",
                                      ";",
                                      ":",
                                      "\xE3\x80\x8A",
                                      "\xEF\xBC\x81",
                                      "\xC2\xBF"};
  size_t len = 0, count = check_below(40);
  for (size_t i = 0; i < count; i++) {
    const char *part = parts[check_below(sizeof parts / sizeof *parts)];
    memcpy(out + len, part, strlen(part));
    len += strlen(part);
  }
  return len;
}

/* White space, controls and formats may be in no token; everything else must be in one. */
static bool covered(const char *text, size_t len, const lode_tokens *tokens) {
  size_t token = 0;
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    size_t size = lode_utf8_next(text + at, &cp);
    while (token < tokens->count && tokens->items[token].end <= at) token++;
    bool inside = token < tokens->count && tokens->items[token].begin <= at;
    bool ends = inside && at + size > tokens->items[token].end;
    if (ends || (inside && lode_is_space(cp)) || (!inside && !lode_is_space(cp) && cp != 0x200B && cp != 0x200D))
      return false;
    at += size;
  }
  return true;
}

static bool ordered(const lode_tokens *tokens) {
  size_t token = 0;
  for (size_t s = 0; s < tokens->sentence_count; s++) {
    const lode_sentence *sentence = &tokens->sentences[s];
    if (sentence->token_count == 0 || sentence->first_token != token) return false;
    if (sentence->begin != tokens->items[token].begin) return false;
    for (size_t i = 0; i < sentence->token_count; i++, token++) {
      const lode_token *now = &tokens->items[token];
      if (now->sentence != s || now->begin >= now->end || (token > 0 && now->begin < now[-1].end)) return false;
      if (((now->flags & LODE_TOKEN_GLUED) != 0) != (token > 0 && now->begin == now[-1].end)) return false;
    }
    if (sentence->end != tokens->items[token - 1].end) return false;
  }
  return token == tokens->count;
}

static void test_invariants(void) {
  char text[1024];
  for (int i = 0; i < 50000; i++) {
    size_t len = random_text(text);
    char *exact = malloc(len + 1); /* so that the sanitizer sees a read behind the end */
    if (!CHECK(exact != NULL)) return;
    memcpy(exact, text, len);
    exact = realloc(exact, len > 0 ? len : 1);
    lode_tokens tokens = {0};
    lode_err err;
    bool good = CHECK_OK(lode_tokenize(exact, len, 0, &tokens, &err), &err) && CHECK(ordered(&tokens)) &&
                CHECK(covered(exact, len, &tokens));
    if (!good) check_print_bytes(text, len);
    lode_tokens_free(&tokens);
    free(exact);
    if (!good) return;
  }
}

/* --- paragraphs -------------------------------------------------------------------------------------- */

static void check_paragraphs(const char *text, const char *want) {
  lode_paragraphs paragraphs;
  lode_span span;
  lode_buf got = {0};
  lode_paragraphs_init(&paragraphs, text, strlen(text));
  while (lode_paragraphs_next(&paragraphs, &span)) {
    CHECK_OK(lode_buf_add(&got, text + span.begin, span.end - span.begin, NULL), NULL);
    CHECK_OK(lode_buf_add(&got, "|", 1, NULL), NULL);
  }
  CHECK_STR(got.ptr, got.len, want);
  lode_buf_free(&got);
}

static void test_paragraphs(void) {
  check_paragraphs("", "");
  check_paragraphs(" \n\r\n\t", "");
  check_paragraphs("One\n\n  Two \r\nThree\rFour\xE2\x80\xA8"
                   "Five",
                   "One|Two|Three|Four|Five|");
  check_paragraphs("A long line of a saved page that nobody has wrapped at all, and it is one paragraph.\nNext one.\n",
                   "A long line of a saved page that nobody has wrapped at all, and it is one paragraph.|Next one.|");
}

static void test_wrapped(void) {
  check_paragraphs("The council of the small town met on Monday and spoke for\n"
                   "hours about the old bridge, which everybody agreed is in a\n"
                   "state that no engineer likes. It will be closed.\n"
                   "A second paragraph begins here and is wrapped like the one\n"
                   "before it.\n",
                   "The council of the small town met on Monday and spoke for\n"
                   "hours about the old bridge, which everybody agreed is in a\n"
                   "state that no engineer likes. It will be closed.|"
                   "A second paragraph begins here and is wrapped like the one\n"
                   "before it.|");
  check_paragraphs("Two lines alone join where the second one begins with a\nsmall letter.", /* the break was needed */
                   "Two lines alone join where the second one begins with a\nsmall letter.|");
  check_paragraphs(
      "The first of some items that are a list and stay on lines\n- unwrapped, this is an item\n- and this\n",
      "The first of some items that are a list and stay on lines|- unwrapped, this is an item|- and this|");
  check_paragraphs("Home\nNews\nSport and leisure\nContact\n", "Home|News|Sport and leisure|Contact|");
}

/* --- shapes ------------------------------------------------------------------------------------------ */

static void check_shape(const char *text, const char *want) {
  char shape[64];
  size_t len = lode_token_shape(text, strlen(text), shape, sizeof shape);
  CHECK_STR(shape, len, want);
  CHECK_INT(shape[len], 0);
}

static void test_shape(void) {
  check_shape("", "");
  check_shape("Putin", "Xxxxx");
  check_shape("Washington", "Xxxxx");
  check_shape("U.S.", "X.X.");
  check_shape("2,022", "d,ddd");
  check_shape("1234567", "dddd");
  check_shape("NATO", "XXXX");
  check_shape("\xC3\x89tat", "Xxxx");
  check_shape("E\xCC\x81tat", "Xxxx");
  check_shape("\xE4\xB8\xAD", "x");
  check_shape("\xE2\x82\xAC"
              "5m",
              "\xE2\x82\xAC"
              "dx");
  check_shape("------", "------");
  char tiny[4];
  CHECK_INT(lode_token_shape("a\xE2\x82\xAC", 4, tiny, sizeof tiny), 1); /* whole characters only */
  CHECK_INT(lode_token_shape("abc", 3, tiny, 1), 0);
  CHECK_INT(lode_token_shape("abc", 3, NULL, 0), 0);
}

int main(void) {
  RUN(test_clitics);
  RUN(test_joined_words);
  RUN(test_numbers);
  RUN(test_kinds);
  RUN(test_addresses);
  RUN(test_abbreviations);
  RUN(test_sentences);
  RUN(test_positions);
  RUN(test_invariants);
  RUN(test_paragraphs);
  RUN(test_wrapped);
  RUN(test_shape);
  return CHECK_END();
}
