/* Lexicons against a list that is searched from one end to the other; files; damage. */
#include "check.h"
#include "distance.h"
#include "file.h"
#include "fold.h"
#include "lexicon.h"
#include "scratch.h"

static const char *const vocabulary[] = {"new",    "New", "york", "York", "city", "Zürich", "zurich",
                                         "ZÜRICH", "of",  "the",  "12",   "-",    "éa"};
enum { WORDS = sizeof vocabulary / sizeof vocabulary[0], PHRASES = 40 };

static void add_words(lode_buf *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *word = vocabulary[check_below(WORDS)];
    if (i > 0) lode_buf_byte(out, ' ', NULL);
    lode_buf_add(out, word, strlen(word), NULL);
  }
}

static int make_page(lode_page *page, const lode_buf *raw) {
  lode_page_open(page, LODE_STR("p"), (lode_str){raw->ptr, raw->len});
  int code = lode_page_decode(page, NULL);
  for (size_t at = 0; code == 0 && at < page->content_len;) {
    const char *line = memchr(page->content + at, '\n', page->content_len - at);
    size_t end = line == NULL ? page->content_len : (size_t)(line - page->content);
    if (end > at) code = lode_page_add_paragraph(page, at, end, LODE_ZONE_BODY, NULL);
    at = end + 1;
  }
  return code != 0 ? code : lode_page_tokens(page, NULL);
}

static void form_of(unsigned flags, lode_str written, lode_buf *out) {
  unsigned fold = (flags & LODE_LEXICON_CASE) != 0 ? 0 : LODE_FOLD_CASE;
  out->len = 0;
  lode_fold(written.ptr, written.len, fold | ((flags & LODE_LEXICON_ACCENTS) != 0 ? LODE_FOLD_ACCENTS : 0), out, NULL,
            NULL);
}

static bool same_token(unsigned flags, lode_str a, lode_str b) {
  lode_buf x = {0}, y = {0};
  form_of(flags, a, &x);
  form_of(flags, b, &y);
  bool same = x.len == y.len && memcmp(x.ptr, y.ptr, x.len) == 0;
  lode_buf_free(&x);
  lode_buf_free(&y);
  return same;
}

static lode_str text_of(const char *base, const lode_token *t) {
  return (lode_str){base + t->begin, t->end - t->begin};
}

/* Tokens of the phrase at the page's token, in one paragraph; 0 where it does not stand there. */
static uint32_t naive(unsigned flags, const lode_page *page, size_t at, const lode_buf *phrase) {
  lode_tokens cut = {0};
  lode_tokenize(phrase->ptr, phrase->len, 0, &cut, NULL);
  uint32_t count = (uint32_t)cut.count;
  for (size_t i = 0; i < cut.count && count != 0; i++) {
    const lode_token *t = &page->tokens.items[at + i];
    bool there = at + i < page->tokens.count && t->paragraph == page->tokens.items[at].paragraph;
    if (!there || !same_token(flags, text_of(page->content, t), text_of(phrase->ptr, &cut.items[i]))) count = 0;
  }
  lode_tokens_free(&cut);
  return count;
}

static bool compare(unsigned flags, const lode_page *page, const lode_buf *phrases, const lode_annotation_list *got,
                    size_t *all) {
  uint32_t found = 0;
  for (size_t at = 0; at < page->tokens.count; at++)
    for (uint32_t p = 0; p < PHRASES; p++) {
      uint32_t count = naive(flags, page, at, &phrases[p]), hits = 0;
      for (uint32_t i = 0; i < got->count; i++)
        hits += got->items[i].begin == at && got->items[i].end == at + count && got->items[i].fields == p;
      if (!CHECK_INT(hits, count != 0)) return false;
      found += hits;
    }
  *all += found;
  for (uint32_t i = 1; i < got->count; i++) /* longest first */
    if (got->items[i].begin == got->items[i - 1].begin && !CHECK(got->items[i].end <= got->items[i - 1].end))
      return false;
  return CHECK_INT(got->count, found);
}

static void run_random(unsigned flags, size_t *all) {
  lode_buf phrases[PHRASES] = {{0}}, image = {0}, raw = {0};
  lode_lexicon_builder builder;
  lode_lexicon lexicon;
  lode_lexicon_reader reader;
  lode_lexicon_set set;
  lode_annotations annotations;
  lode_table words;
  lode_page page;
  lode_err err;
  bool added;
  lode_lexicon_builder_init(&builder, flags);
  for (uint32_t p = 0; p < PHRASES; p++) {
    add_words(&phrases[p], 1 + check_below(4));
    CHECK_OK(lode_lexicon_builder_add(&builder, (lode_str){phrases[p].ptr, phrases[p].len}, p, &added, &err), &err);
    CHECK(added);
  }
  CHECK_OK(lode_lexicon_builder_write(&builder, &image, &err), &err);
  CHECK_OK(lode_lexicon_open(&lexicon, (lode_str){image.ptr, image.len}, &err), &err);
  lode_table_init(&words, 3);
  lode_page_init(&page, &words);
  lode_lexicon_reader_init(&reader, &lexicon, &words, 0, LODE_NO_ID);
  lode_lexicon_set_init(&set, &reader, 1, &words);
  CHECK_OK(lode_annotations_init(&annotations, 1, &err), &err);
  for (int text = 0; text < 5; text++) {
    raw.len = 0;
    for (int line = 0; line < 3; line++) {
      add_words(&raw, check_below(20));
      lode_buf_byte(&raw, '\n', NULL);
    }
    if (!CHECK_INT(make_page(&page, &raw), 0)) break;
    lode_annotations_reset(&annotations, (uint32_t)page.tokens.count);
    CHECK_OK(lode_lexicon_set_annotate(&set, &page, &annotations, &err), &err);
    if (!compare(flags, &page, phrases, &annotations.lists[0], all)) break;
  }
  for (uint32_t p = 0; p < PHRASES; p++) lode_buf_free(&phrases[p]);
  lode_annotations_free(&annotations);
  lode_lexicon_set_free(&set);
  lode_lexicon_builder_free(&builder);
  lode_page_free(&page);
  lode_table_free(&words);
  lode_buf_free(&image);
  lode_buf_free(&raw);
}

static void test_against_a_plain_search(void) {
  size_t found = 0;
  for (int i = 0; i < 100; i++) run_random((unsigned)check_below(4), &found);
  CHECK(found > 1000);
}

/* --- one edit away --- */

static void random_word(lode_buf *out) {
  size_t len = 3 + check_below(4);
  for (size_t i = 0; i < len; i++) lode_buf_byte(out, "abc"[check_below(3)], NULL);
}

static void random_words(lode_buf *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0) lode_buf_byte(out, ' ', NULL);
    random_word(out);
  }
}

static bool is_known(const lode_lexicon *lexicon, lode_str word) {
  return lode_lexicon_word(lexicon, word) != LODE_NO_ID;
}

/* Tokens of the phrase where it stands with exactly one word bent; 0 where it does not.  All is lower case. */
static uint32_t naive_near(const lode_lexicon *lexicon, const lode_page *page, size_t at, const lode_buf *phrase) {
  lode_tokens cut = {0};
  lode_tokenize(phrase->ptr, phrase->len, 0, &cut, NULL);
  uint32_t count = (uint32_t)cut.count, bent = 0;
  for (size_t i = 0; i < cut.count && count != 0; i++) {
    const lode_token *t = &page->tokens.items[at + i];
    bool there = at + i < page->tokens.count && t->paragraph == page->tokens.items[at].paragraph;
    if (!there) {
      count = 0;
      break;
    }
    lode_str a = text_of(page->content, t), b = text_of(phrase->ptr, &cut.items[i]);
    uint32_t distance = 0;
    lode_damerau(a, b, &distance, NULL);
    if (distance > 1 || (distance == 1 && (b.len < LODE_LEXICON_NEAR_LETTERS || is_known(lexicon, a)))) count = 0;
    bent += distance;
  }
  lode_tokens_free(&cut);
  return bent == 1 ? count : 0;
}

static void run_near(size_t *all) {
  lode_buf phrases[PHRASES] = {{0}}, image = {0}, raw = {0};
  lode_lexicon_builder builder;
  lode_lexicon lexicon;
  lode_lexicon_reader reader;
  lode_lexicon_set set;
  lode_annotations annotations;
  lode_table words;
  lode_page page;
  lode_err err;
  bool added;
  lode_lexicon_builder_init(&builder, LODE_LEXICON_NEAR);
  for (uint32_t p = 0; p < PHRASES; p++) {
    random_words(&phrases[p], 1 + check_below(2));
    CHECK_OK(lode_lexicon_builder_add(&builder, (lode_str){phrases[p].ptr, phrases[p].len}, p, &added, &err), &err);
  }
  CHECK_OK(lode_lexicon_builder_write(&builder, &image, &err), &err);
  CHECK_OK(lode_lexicon_open(&lexicon, (lode_str){image.ptr, image.len}, &err), &err);
  lode_table_init(&words, 3);
  lode_page_init(&page, &words);
  lode_lexicon_reader_init(&reader, &lexicon, &words, 0, 1);
  lode_lexicon_set_init(&set, &reader, 1, &words);
  CHECK_OK(lode_annotations_init(&annotations, 2, &err), &err);
  for (int text = 0; text < 3; text++) {
    raw.len = 0;
    random_words(&raw, 30);
    if (!CHECK_INT(make_page(&page, &raw), 0)) break;
    lode_annotations_reset(&annotations, (uint32_t)page.tokens.count);
    CHECK_OK(lode_lexicon_set_annotate(&set, &page, &annotations, &err), &err);
    const lode_annotation_list *got = &annotations.lists[1];
    uint32_t found = 0;
    for (size_t at = 0; at < page.tokens.count; at++)
      for (uint32_t p = 0; p < PHRASES; p++) {
        uint32_t count = naive_near(&lexicon, &page, at, &phrases[p]), hits = 0;
        for (uint32_t i = 0; i < got->count; i++)
          hits += got->items[i].begin == at && got->items[i].end == at + count && got->items[i].fields == p;
        CHECK_INT(hits, count != 0);
        found += count != 0;
      }
    CHECK_INT(got->count, found);
    *all += found;
  }
  for (uint32_t p = 0; p < PHRASES; p++) lode_buf_free(&phrases[p]);
  lode_annotations_free(&annotations);
  lode_lexicon_set_free(&set);
  lode_lexicon_builder_free(&builder);
  lode_page_free(&page);
  lode_table_free(&words);
  lode_buf_free(&image);
  lode_buf_free(&raw);
}

static void test_near_against_a_plain_search(void) {
  size_t found = 0;
  for (int i = 0; i < 40; i++) run_near(&found);
  CHECK(found > 200);
}

static void make_image(lode_buf *out) {
  lode_lexicon_builder builder;
  lode_err err;
  bool added;
  lode_lexicon_builder_init(&builder, 0);
  CHECK_OK(lode_lexicon_builder_add(&builder, LODE_STR("New York"), 1, &added, &err), &err);
  CHECK_OK(lode_lexicon_builder_add(&builder, LODE_STR("New York City"), 2, &added, &err), &err);
  CHECK_OK(lode_lexicon_builder_add(&builder, LODE_STR("  "), 3, &added, &err), &err);
  CHECK(!added);
  CHECK_OK(lode_lexicon_builder_write(&builder, out, &err), &err);
  lode_lexicon_builder_free(&builder);
}

static void test_empty(void) {
  lode_lexicon_builder builder;
  lode_lexicon lexicon;
  lode_buf image = {0};
  lode_err err;
  lode_lexicon_builder_init(&builder, 0);
  CHECK_OK(lode_lexicon_builder_write(&builder, &image, &err), &err);
  CHECK_OK(lode_lexicon_open(&lexicon, (lode_str){image.ptr, image.len}, &err), &err);
  CHECK_INT(lode_lexicon_word(&lexicon, LODE_STR("new")), LODE_NO_ID);
  lode_lexicon_builder_free(&builder);
  lode_buf_free(&image);
}

static void test_mapped_file(void) {
  lode_buf image = {0};
  lode_outfile file;
  lode_mapping map;
  lode_lexicon lexicon;
  lode_err err;
  char path[300];
  snprintf(path, sizeof path, "%s/names.lexicon", scratch_dir());
  make_image(&image);
  CHECK_OK(lode_outfile_open(&file, path, &err), &err);
  CHECK_OK(lode_outfile_write(&file, image.ptr, image.len, &err), &err);
  CHECK_OK(lode_outfile_commit(&file, &err), &err);
  if (!CHECK_OK(lode_file_map(path, 0, SIZE_MAX, &map, &err), &err)) return;
  CHECK_OK(lode_lexicon_open(&lexicon, map.bytes, &err), &err);
  CHECK_INT(lexicon.phrase_count, 2);
  CHECK_INT(lode_lexicon_word(&lexicon, LODE_STR("york")), 1);
  lode_file_unmap(&map);
  lode_buf_free(&image);
}

/* A damaged image is refused, or is a lexicon of other words; never a read beyond it (the sanitizers would see). */
static void test_damage(void) {
  lode_buf image = {0};
  lode_lexicon lexicon;
  make_image(&image);
  for (size_t len = 0; len < image.len; len++)
    CHECK_INT(lode_lexicon_open(&lexicon, (lode_str){image.ptr, len}, NULL), LODE_E_INPUT);
  for (size_t i = 0; i < image.len * 8; i++) {
    image.ptr[i / 8] = (char)(image.ptr[i / 8] ^ (1 << (i % 8)));
    if (lode_lexicon_open(&lexicon, (lode_str){image.ptr, image.len}, NULL) == 0)
      lode_lexicon_word(&lexicon, LODE_STR("york"));
    image.ptr[i / 8] = (char)(image.ptr[i / 8] ^ (1 << (i % 8)));
  }
  lode_buf_free(&image);
}

int main(void) {
  RUN(test_against_a_plain_search);
  RUN(test_near_against_a_plain_search);
  RUN(test_empty);
  RUN(test_mapped_file);
  RUN(test_damage);
  scratch_end();
  return CHECK_END();
}
