/* Zones and metadata.  A page is written with the zone that each line must get in front of it. */
#include "ascii.h"
#include "check.h"
#include "clean.h"
#include "cues.h"
#include "stamp.h"

typedef struct bench {
  lode_table words;
  lode_page page;
  lode_buf text;
} bench;

static void setup(bench *b) {
  *b = (bench){0};
  lode_table_init(&b->words, 1);
  lode_page_init(&b->page, &b->words);
}

static void teardown(bench *b) {
  lode_page_free(&b->page);
  lode_table_free(&b->words);
  lode_buf_free(&b->text);
}

static void clean(bench *b, const char *text, size_t len) {
  lode_err err;
  lode_page_open(&b->page, (lode_str){"p.txt", 5}, (lode_str){text, len});
  CHECK_OK(lode_clean(&b->page, &err), &err);
}

/* Rows "zone: line"; a row without a zone is an empty line.  Cleans the lines and compares the zones. */
static void check_zones(bench *b, const char *const *rows) {
  const char *zones[64];
  size_t count = 0;
  b->text.len = 0;
  for (; *rows != NULL; rows++) {
    const char *colon = strchr(*rows, ':');
    if (colon != NULL) {
      zones[count++] = *rows;
      lode_buf_add(&b->text, colon + 2, strlen(colon + 2), NULL);
    }
    lode_buf_byte(&b->text, '\n', NULL);
  }
  clean(b, b->text.ptr, b->text.len);
  if (!CHECK_INT(b->page.paragraph_count, count)) return;
  for (size_t i = 0; i < count; i++) {
    const char *want = zones[i], *got = lode_zone_name(b->page.paragraphs[i].zone);
    if (!CHECK_BYTES(got, strlen(got), want, strcspn(want, ":"))) printf("  in: %s\n", want);
  }
}

static void check_meta(const bench *b, const char *name, const char *want) {
  lode_str got = lode_page_get_meta(&b->page, (lode_str){name, strlen(name)});
  if (want == NULL) CHECK(got.ptr == NULL);
  else CHECK_STR(got.ptr, got.len, want);
}

#define STORY_1                                                                                                        \
  "body: The harbour council of Port Ellery agreed on Tuesday to close the old ferry pier for repairs that will take " \
  "until spring."
#define STORY_2                                                                                                        \
  "body: \"We have waited eleven years for this,\" said Marta Ruiz, who runs the bakery by the gate. \"A few months "  \
  "more will not hurt.\""
#define STORY_3                                                                                                        \
  "body: The work will cost four million and will be paid for by the fishing fund, according to the harbour office."

static void test_page_with_furniture(void) {
  bench b;
  setup(&b);
  check_zones(
      &b, (const char *const[]){"nav: Local NewsRegion Edition",
                                "nav: Menu",
                                "nav: Home / News / Harbour",
                                "",
                                "headline: Council closes the ferry pier for repairs",
                                "",
                                "byline: By Nadia Holm | elleryherald.example | Updated: 2023-11-08 06:45",
                                "share: Share",
                                "share: Share on Facebook Share on Twitter",
                                "caption: The pier seen from the old light on a windy day in autumn. [Photo/Agencies]",
                                "",
                                STORY_1,
                                STORY_2,
                                "related: Read more: Ten piers that are worth a walk",
                                STORY_3,
                                "body: Agencies contributed.",
                                "",
                                "footer: Contact the desk at desk@elleryherald.example",
                                "related: Most Viewed",
                                "related: Storm takes the roof off the town hall",
                                "related: A seal in the fountain",
                                "footer: Copyright 2023 Ellery Herald. All rights reserved. No part of this may be "
                                "published again without leave.",
                                "footer: Registration Number: 22107",
                                "share: FOLLOW US",
                                NULL});
  check_meta(&b, "title", "\"Council closes the ferry pier for repairs\"");
  check_meta(&b, "author", "\"Nadia Holm\"");
  check_meta(&b, "source", "\"elleryherald.example\"");
  check_meta(&b, "updated", "\"2023-11-08T06:45\"");
  check_meta(&b, "date", NULL);
  check_meta(&b, "lang", "\"en\"");
  teardown(&b);
}

static void test_stamped_page(void) {
  bench b;
  setup(&b);
  check_zones(&b, (const char *const[]){
                      "byline: Posted by desk on 2023-11-07 20:12:12 | Last Updated by desk on 2023-11-08 13:19:45",
                      "share: Share: Facebook | Twitter | Whatsapp | Linkedin Visits: 12",
                      "credit: Credited from: ELLERYNEWS", STORY_1, STORY_2, STORY_3, NULL});
  check_meta(&b, "author", "\"desk\"");
  check_meta(&b, "date", "\"2023-11-07T20:12\"");
  check_meta(&b, "updated", "\"2023-11-08T13:19\"");
  check_meta(&b, "source", "\"ELLERYNEWS\"");
  check_meta(&b, "title", NULL);
  teardown(&b);
}

static void test_names_below_a_headline(void) {
  bench b;
  setup(&b);
  check_zones(&b, (const char *const[]){
                      "nav: Actions", "headline: Ferry pier to close as repairs begin at last",
                      "caption: Mayor Olga Brandt, Captain Lee Moss", "byline: Posted",
                      "caption: In this Dec. 12, 2022 file photo made by the port the old pier is seen from the sea.",
                      "byline: Updated at 1:23 p.m.", STORY_1, STORY_2, STORY_3, NULL});
  teardown(&b);
}

/* What reads like furniture but is written text stays. */
static void test_text_stays_body(void) {
  bench b;
  setup(&b);
  check_zones(&b,
              (const char *const[]){
                  STORY_1, "body: Share prices of the ferry line fell by a tenth after the news.",
                  "body: By Friday, the first of three cranes is to stand on the quay.",
                  "body: Updated rules for the quay came into force on 12 May, the port said.",
                  "body: Posted to the far north as a young man, he learned to mend nets before he could read.",
                  "body: The copyright office said it had no record of the drawing.",
                  "body: For updates on this developing story, click here to read more in the Herald, the Gazette and "
                  "the evening papers of the region, which have followed it since the spring and will go on doing so.",
                  "body: What happens next", "body: - The pier closes on Monday",
                  "body: - A boat goes from the east quay", "body: \"No.\"", STORY_3,
                  "body: Ruiz said she would paint the door green and wait for the sea to", NULL});
  teardown(&b);
}

static void test_spam(void) {
  bench b;
  setup(&b);
#define HAN "\xE7\x89\xB9\xE4\xBB\xB7\xE5\x90\x8D\xE8\xA1\xA8\xE5\x85\x8D\xE8\xB4\xB9\xE9\x80\x81\xE8\xB4\xA7"
  check_zones(&b, (const char *const[]){"headline: Council closes the ferry pier for repairs", STORY_1, STORY_2,
                                        STORY_3, "spam: " HAN "| " HAN "| " HAN "|", NULL});
  check_zones(
      &b,
      (const char *const[]){
          STORY_1, STORY_2, STORY_3,
          "spam: cheap watches for sale with free shipping | the best online slots of the week | loans without any "
          "papers today | win a car in a minute | slim in ten days with one weird tea | meet lonely people near you |",
          NULL});
  check_zones(&b, (const char *const[]){"spam: " HAN "| " HAN "| " HAN "| " HAN "| " HAN "| " HAN "|" HAN, NULL});
  teardown(&b);
}

/* Two languages in sentences are a page in two languages. */
static void test_other_script_in_sentences_is_no_spam(void) {
  bench b;
  setup(&b);
#define RU                                                                                                             \
  "\xD0\xA1\xD0\xBE\xD0\xB2\xD0\xB5\xD1\x82 \xD0\xB3\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB4\xD0\xB0 "                         \
  "\xD1\x80\xD0\xB5\xD1\x88\xD0\xB8\xD0\xBB \xD0\xB7\xD0\xB0\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82\xD1\x8C "                 \
  "\xD1\x81\xD1\x82\xD0\xB0\xD1\x80\xD1\x8B\xD0\xB9 \xD0\xBF\xD1\x80\xD0\xB8\xD1\x87\xD0\xB0\xD0\xBB "                 \
  "\xD0\xB4\xD0\xBE \xD0\xB2\xD0\xB5\xD1\x81\xD0\xBD\xD1\x8B."
  check_zones(&b, (const char *const[]){STORY_1, "body: " RU, STORY_2, "body: " RU, STORY_3, "body: " RU, NULL});
  teardown(&b);
}

/* No sentences: a list of words is text, whatever the words are. */
static void test_page_without_story(void) {
  bench b;
  setup(&b);
  check_zones(&b, (const char *const[]){"body: share", "", "body: home", "", "body: Monday", "", "body: pier", NULL});
  check_zones(&b, (const char *const[]){"body: hello world", NULL});
  check_zones(&b, (const char *const[]){NULL});
  CHECK_INT(b.page.content_len, 0);
  clean(&b, " \r\n\t\n", 5);
  CHECK_INT(b.page.paragraph_count, 0);
  teardown(&b);
}

static void test_meta_of_the_page_stays(void) {
  bench b;
  setup(&b);
  const char *text = "A ferry pier closes for the winter\n\nBy Nadia Holm, 8 November 2023\n\n"
                     "The council agreed on Tuesday to close the pier for the winter and to mend it.\n\nNobody was "
                     "against it, the mayor said on Friday.\n";
  lode_err err;
  lode_page_open(&b.page, (lode_str){"p", 1}, (lode_str){text, strlen(text)});
  CHECK_INT(lode_page_set_meta_text(&b.page, LODE_STR("title"), LODE_STR("Given"), NULL), 0);
  CHECK_INT(lode_page_set_meta_text(&b.page, LODE_STR("author"), LODE_STR(""), NULL), 0);
  CHECK_OK(lode_clean(&b.page, &err), &err);
  check_meta(&b, "title", "\"Given\"");
  check_meta(&b, "author", "\"Nadia Holm\"");
  check_meta(&b, "date", "\"2023-11-08\"");
  teardown(&b);
}

static void test_repair_only(void) {
  bench b;
  setup(&b);
  const char text[] = "Share\r\n\r\nCaf\xE9\r\n";
  lode_err err;
  lode_page_open(&b.page, (lode_str){"p", 1}, (lode_str){text, sizeof text - 1});
  CHECK_OK(lode_clean_repair(&b.page, &err), &err);
  CHECK_INT(b.page.paragraph_count, 2);
  CHECK_INT(b.page.paragraphs[0].zone, LODE_ZONE_BODY);
  CHECK_INT(b.page.meta_count, 1);
  check_meta(&b, "encoding", "\"windows-1252\"");
  lode_span raw = lode_page_raw(&b.page, b.page.paragraphs[1].begin, b.page.paragraphs[1].end);
  CHECK_BYTES(text + raw.begin, raw.end - raw.begin, "Caf\xE9", 4);
  teardown(&b);
}

static void check_stamp(const char *text, const char *want) {
  char out[LODE__STAMP_SIZE] = "";
  size_t end = 0;
  bool found = lode__stamp_read(text, strlen(text), 0, &end, out);
  CHECK(found == (want[0] != '\0'));
  CHECK(end <= strlen(text));
  CHECK_STR(found ? out : "", found ? strlen(out) : 0, want);
}

static void test_dates(void) {
  check_stamp("2023-11-08", "2023-11-08");
  check_stamp("2023-11-08 06:45:59 | x", "2023-11-08T06:45");
  check_stamp("2023-11-08T06:45Z", "2023-11-08T06:45");
  check_stamp("November 8, 2023", "2023-11-08");
  check_stamp("Nov. 8 2023 at 5:30 p.m. EST", "2023-11-08T17:30");
  check_stamp("8th November 2023, 12:05 am", "2023-11-08T00:05");
  check_stamp("8 Nov 2023 12:05 PM", "2023-11-08T12:05");
  check_stamp("08.11.2023", "2023-11-08");
  check_stamp("22/11/2023", "2023-11-22");
  check_stamp("11/22/2023", "2023-11-22");
  check_stamp("03/04/2023", "");
  check_stamp("2023-02-30", "");
  check_stamp("29 February 2023", "");
  check_stamp("29 February 2024", "2024-02-29");
  check_stamp("November 2023", "");
  check_stamp("20231108", "");
  check_stamp("2023-11-0812", "");
  check_stamp("8 Nov 2023 99:05", "2023-11-08");
  check_stamp("", "");
}

/* Every word of the table, by what it does: a word that its letter's place in the table misses is not found. */
static void test_cue_words(void) {
  static const struct {
    lode__cue cue;
    const char *words;
  } all[] = {
      {LODE__CUE_SOCIAL,
       "bluesky email facebook flipboard instagram linkedin mastodon messenger pinterest print reddit snapchat "
       "telegram tiktok tumblr twitter viber vk vkontakte wechat weibo whatsapp youtube"},
      {LODE__CUE_SHARE, "retweet share tweet"},
      {LODE__CUE_FOLLOW, "follow"},
      {LODE__CUE_THIS, "at article link on page story this us via"},
      {LODE__CUE_PHOTO, "caption getty image images photo photograph photographs photos picture"},
      {LODE__CUE_FILE, "combination combo file handout"},
      {LODE__CUE_COPY, "copyright copyrights"},
      {LODE__CUE_RIGHTS, "rights"},
      {LODE__CUE_RESERVED, "reserved"},
      {LODE__CUE_BY, "by"},
      {LODE__CUE_POSTED, "posted published"},
      {LODE__CUE_UPDATED, "modified updated"},
      {LODE__CUE_LAST, "first last"},
      {LODE__CUE_CREDIT, "courtesy credit credited credits source sources"},
      {LODE__CUE_DESK, "compiled edited editing reported reporting writing written"},
      {LODE__CUE_READ, "listen read see watch"},
      {LODE__CUE_MORE, "also more next"},
      {LODE__CUE_RELATED, "recommended related trending"},
      {LODE__CUE_MOST, "most"},
      {LODE__CUE_POPULAR, "commented popular shared viewed"},
      {LODE__CUE_CLICK, "click tap"},
      {LODE__CUE_HERE, "here"},
      {LODE__CUE_COUNTER, "comment comments hits likes replies shares views visitors visits"},
      {LODE__CUE_CONTACT, "contact"},
      {LODE__CUE_SIGN, "cookie cookies inbox javascript newsletter newsletters signup subscribe subscriber subscribers "
                       "subscription unsubscribe"},
      {LODE__CUE_NUMBER, "icp licence license registration"},
      {LODE__CUE_MENU, "faq home login menu register search sitemap skip"},
      {LODE__CUE_ADVERT, "advert advertisement advertisements advertising sponsored"},
      {LODE__CUE_DATE, "ago am apr april aug august bst cest cet dec december edt est feb february fri friday gmt ist "
                       "jan january jul july jun june mar march may mon monday nov november oct october pdt pm pst sat "
                       "saturday sep sept september sun sunday thu thurs thursday tue tues tuesday utc wed wednesday"},
  };
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    for (const char *at = all[i].words; *at != '\0';) {
      size_t len = strcspn(at, " ");
      if (!CHECK_INT(lode__cue_of(at, len), all[i].cue)) printf("  %.*s\n", (int)len, at);
      at += len + (at[len] == ' ');
    }
  }
}

static void test_cues(void) {
  CHECK_INT(lode__cue_of("Facebook", 8), LODE__CUE_SOCIAL);
  CHECK_INT(lode__cue_of("ADVERT", 6), LODE__CUE_ADVERT);
  CHECK_INT(lode__cue_of("youtube", 7), LODE__CUE_SOCIAL);
  CHECK_INT(lode__cue_of("wednesday", 9), LODE__CUE_DATE);
  CHECK_INT(lode__cue_of("faceboo", 7), LODE__CUE_NONE);
  CHECK_INT(lode__cue_of("zebra", 5), LODE__CUE_NONE);
  CHECK_INT(lode__cue_of("", 0), LODE__CUE_NONE);
  CHECK_INT(lode__month_of("Sept", 4), 9);
  CHECK_INT(lode__month_of("december", 8), 12);
  CHECK_INT(lode__month_of("Decembers", 9), 0);
  CHECK_INT(lode__month_of("ma", 2), 0);
}

/* Any bytes: paragraphs in order and inside the content, zones that exist, the same twice. */
static void test_random_bytes(void) {
  static const char *const parts[] = {"\n",
                                      "\n\n",
                                      "|",
                                      " | ",
                                      "Share",
                                      "By Ann Lee",
                                      "\xE7\x89\xB9\xE4\xBB\xB7",
                                      "\xFF",
                                      "2023-11-08",
                                      ". ",
                                      "\"",
                                      "the council said it would ",
                                      "Updated: ",
                                      "[Photo/X]",
                                      "(",
                                      "\xC2\xA9",
                                      "http://a.b/c",
                                      " / ",
                                      "Read more: ",
                                      ":",
                                      "a@b.c",
                                      "\r\n",
                                      "Reporting by "};
  bench b;
  setup(&b);
  lode_buf text = {0};
  for (int round = 0; round < 3000 && check_now()->faults == 0; round++) {
    text.len = 0;
    for (size_t i = check_below(60); i > 0; i--) {
      const char *part = parts[check_below(sizeof parts / sizeof parts[0])];
      lode_buf_add(&text, part, strlen(part), NULL);
    }
    lode_buf_reserve(&text, 1, NULL);
    clean(&b, text.ptr, text.len);
    size_t at = 0, count = b.page.paragraph_count;
    uint8_t zones[256] = {0};
    for (size_t i = 0; i < count && i < sizeof zones; i++) {
      const lode_paragraph *p = &b.page.paragraphs[i];
      CHECK(p->begin >= at && p->begin < p->end && p->end <= b.page.content_len && p->zone < LODE_ZONE_COUNT);
      at = p->end;
      zones[i] = p->zone;
    }
    clean(&b, text.ptr, text.len);
    CHECK_INT(b.page.paragraph_count, count);
    for (size_t i = 0; i < count && i < sizeof zones; i++) CHECK_INT(b.page.paragraphs[i].zone, zones[i]);
  }
  lode_buf_free(&text);
  teardown(&b);
}

/* Pages made to be slow: the bound is loose, since quadratic time would take minutes. */
static void check_time(bench *b, const char *unit, size_t bytes) {
  b->text.len = 0;
  while (b->text.len < bytes) lode_buf_add(&b->text, unit, strlen(unit), NULL);
  clock_t begin = clock();
  clean(b, b->text.ptr, b->text.len);
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  if (!CHECK(seconds < 15)) printf("  %.1f s for a page of \"%s\"\n", seconds, unit);
}

static void test_hostile_pages(void) {
  static const char *const units[] = {"The council said no, she added. ",
                                      "a\n",
                                      "\")",
                                      "|",
                                      "(",
                                      "By ",
                                      "2023-11-",
                                      "Share\n\n",
                                      "\xE7\x89\xB9",
                                      "A B\n",
                                      "\xCC\x81",
                                      "[Photo",
                                      "x.\n"};
  bench b;
  setup(&b);
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) check_time(&b, units[i], 2000000);
  teardown(&b);
}

/* Every byte at every place of the window, by vectors and one by one. */
static void test_ascii_masks(void) {
  char text[64];
  for (unsigned c = 0; c < 256; c++)
    for (size_t at = 0; at < 64; at++) {
      for (size_t i = 0; i < 64; i++) text[i] = (char)(i == at ? c : (c * 7 + i * 13) & 0xFF);
      lode_ascii fast = lode_ascii_of(text), slow = lode_ascii_portable(text);
      CHECK(memcmp(&fast, &slow, sizeof fast) == 0);
    }
}

int main(void) {
  RUN(test_ascii_masks);
  RUN(test_page_with_furniture);
  RUN(test_stamped_page);
  RUN(test_names_below_a_headline);
  RUN(test_text_stays_body);
  RUN(test_spam);
  RUN(test_other_script_in_sentences_is_no_spam);
  RUN(test_page_without_story);
  RUN(test_meta_of_the_page_stays);
  RUN(test_repair_only);
  RUN(test_dates);
  RUN(test_cue_words);
  RUN(test_cues);
  RUN(test_random_bytes);
  RUN(test_hostile_pages);
  return CHECK_END();
}
