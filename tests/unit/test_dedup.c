/* Duplicates: words and shingles against a plain reference, sketches against theory, proof, clusters, files. */
#include "check.h"
#include "decide.h"
#include "scratch.h"
#include <math.h>
#include <unistd.h>

/* --- shingles --- */

/* Words of ASCII text as the header says, spelled out. */
static size_t plain_words(const char *text, char words[][64], size_t most) {
  size_t count = 0, len = 0;
  for (;; text++) {
    char c = *text;
    bool end = c == '\0' || c == ' ' || (c >= '\t' && c <= '\r');
    if (end && len > 0 && count < most) {
      words[count++][len] = '\0';
      len = 0;
    }
    if (c == '\0') return count;
    if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    if (!end && count < most && len < 63 && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) words[count][len++] = c;
  }
}

static bool same_set(const lode_shingles *a, const lode_shingles *b) {
  return a->count == b->count && (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

/* The words written plainly, one space between them, give the same shingles as the text. */
static void test_words_of_ascii(void) {
  static const char alphabet[] = "abcXYZ019      \n\t,.'-\"()";
  static char words[4096][64];
  lode_shingles got = {0}, want = {0};
  lode_err err;
  for (int round = 0; round < 2000; round++) {
    char text[600], plain[1200];
    size_t len = check_below(sizeof text - 1), at = 0;
    for (size_t i = 0; i < len; i++) text[i] = alphabet[check_below(sizeof alphabet - 1)];
    text[len] = '\0';
    size_t count = plain_words(text, words, 4096);
    for (size_t i = 0; i < count; i++) at += (size_t)snprintf(plain + at, sizeof plain - at, "%s ", words[i]);
    if (!CHECK_INT(lode_shingles_of(&got, text, len, &err), 0)) break;
    want.portable = round % 2 == 0;
    lode_shingles_of(&want, plain, at, &err);
    if (!CHECK_INT(got.word_count, count) || !CHECK(same_set(&got, &want))) {
      printf("text: %s\n", text);
      break;
    }
  }
  lode_shingles_free(&got);
  lode_shingles_free(&want);
}

static void test_words_alike(void) {
  static const char *const pairs[][2] = {
      {"Don't say \"it\", he said.", "don\xE2\x80\x99t say \xE2\x80\x9Cit\xE2\x80\x9D he SAID"},
      {"na\xC3\xAFve caf\xC3\xA9 society", "NAI\xCC\x88VE CAFE\xCC\x81 SOCIETY"},
      {"one \xE2\x80\x94 two three", "one\xE2\x80\x94two three"},
      {"\xEF\xBC\xA1\xEF\xBC\xA2 is wide", "ab is wide"},
      {"\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\xBA", "\xE4\xB8\xAD \xE5\x9B\xBD\xE3\x80\x82 \xE4\xBA\xBA"},
      {"a-very-long-word-of-more-than-sixty-four-bytes-with-many-hyphens-in-it and so on",
       "averylongwordofmorethansixtyfourbyteswithmanyhyphensinit and so on"},
      {"broken \xFF bytes here", "broken bytes here"},
  };
  lode_shingles a = {0}, b = {0};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    CHECK_INT(lode_shingles_of(&a, pairs[i][0], strlen(pairs[i][0]), NULL), 0);
    CHECK_INT(lode_shingles_of(&b, pairs[i][1], strlen(pairs[i][1]), NULL), 0);
    if (!CHECK(same_set(&a, &b))) printf("%s | %s\n", pairs[i][0], pairs[i][1]);
  }
  CHECK_INT(lode_shingles_of(&a, "", 0, NULL), 0);
  CHECK_INT(a.count, 0);
  lode_shingles_of(&a, "word", 4, NULL);
  lode_shingles_of(&b, "other", 5, NULL);
  CHECK(a.count == 1 && b.count == 1 && a.items[0] != b.items[0]);
  lode_shingles_free(&a);
  lode_shingles_free(&b);
}

/* --- the sketch's estimate: no bias, and the error that theory gives --- */

enum { ESTIMATES = 2000, SET = 512 };

static void check_estimates(double jaccard) {
  static uint32_t a[SET], b[SET], sa[SET], sb[SET];
  size_t both = (size_t)(2 * jaccard * SET / (1 + jaccard) + .5), used = 0;
  double real = (double)both / (double)(2 * SET - both), sum = 0, squares = 0;
  for (int n = 0; n < ESTIMATES; n++) {
    for (size_t i = 0; i < SET; i++) a[i] = (uint32_t)check_random() | 1;
    for (size_t i = 0; i < SET; i++) b[i] = i < both ? a[i] : ((uint32_t)check_random() & ~1u);
    unsigned level = lode_sketch_level(SET);
    size_t na = lode_sketch_of(a, SET, level, sa), nb = lode_sketch_of(b, SET, level, sb);
    lode_sketch_counts c = lode_sketch_compare(sa, na, level, sb, nb, level);
    if (c.a + c.b == 0) continue;
    double off = (double)c.both / (double)(c.a + c.b - c.both) - real;
    sum += off;
    squares += off * off;
    used++;
  }
  double united = (double)(2 * SET - both) / (double)(1u << lode_sketch_level(SET));
  double theory = sqrt(real * (1 - real) / united), error = sqrt(squares / (double)used);
  CHECK_NEAR(sum / (double)used, 0, 4 * theory / sqrt((double)used) + .003);
  CHECK_NEAR(error, theory, theory * .12);
}

static void test_sketch_error(void) {
  for (int tenth = 1; tenth <= 9; tenth += 2) check_estimates(tenth / 10.0);
}

static void test_sketch_levels(void) {
  CHECK_INT(lode_sketch_level(0), 0);
  CHECK_INT(lode_sketch_level(32), 0);
  CHECK_INT(lode_sketch_level(33), 1);
  CHECK_INT(lode_sketch_level(10000000), 4);
}

/* --- proof and clusters --- */

typedef struct corpus {
  lode_decisions *decisions;
  lode_unit_maker maker;
  lode_dedup_settings settings;
  lode_buf record;
  int number;
} corpus;

static void corpus_open(corpus *self, bool near) {
  *self = (corpus){.settings = LODE_DEDUP_DEFAULTS};
  self->settings.near = near;
  CHECK_INT(lode_decisions_open(&self->decisions, &self->settings, (size_t)1 << 20, NULL), 0);
}

static void corpus_close(corpus *self) {
  lode_decisions_free(self->decisions);
  lode_unit_maker_free(&self->maker);
  lode_buf_free(&self->record);
}

/* Add a text; the unit that it is a copy of, or -1. */
static int64_t add(corpus *self, const char *text, size_t len) {
  char id[32];
  lode_copies_answer answer = {0};
  lode_unit unit = {.id = {id, (size_t)snprintf(id, sizeof id, "p%d", self->number++)}, .rank = len};
  self->record.len = 0;
  if (!CHECK_INT(lode_unit_put(&self->maker, &self->settings, &unit, (lode_str){text, len}, &self->record, NULL), 0))
    return -2;
  const char *at = self->record.ptr;
  CHECK_INT(lode_unit_next(&at, self->record.ptr + self->record.len, &unit, NULL), 0);
  CHECK_INT(lode_decisions_add(self->decisions, &unit, NULL, &answer, NULL), 0);
  return answer.duplicate_of == LODE_NO_UNIT ? -1 : (int64_t)answer.duplicate_of;
}

/* Words number `from` to `to` of an endless text without repetition. */
static size_t prose(char *out, uint64_t seed, size_t from, size_t to) {
  size_t len = 0;
  for (size_t i = from; i < to; i++)
    len += (size_t)sprintf(out + len, "w%" PRIx64 "%s", (seed * 1000003 + i) * 2654435761u % 16777213,
                           i % 12 == 11 ? ". " : " ");
  return len;
}

static char text[1 << 20];

static void test_proof(void) {
  corpus c;
  corpus_open(&c, true);
  CHECK_INT(add(&c, text, prose(text, 1, 0, 300)), -1);
  CHECK_INT(add(&c, text, prose(text, 1, 0, 300)), 0);    /* equal bytes */
  CHECK_INT(add(&c, text, prose(text, 1, 0, 160)), 0);    /* cut */
  CHECK_INT(add(&c, text, prose(text, 2, 0, 300)), -1);   /* something else */
  CHECK_INT(add(&c, text, prose(text, 1, 200, 700)), -1); /* a fifth in common */
  size_t len = prose(text, 3, 0, 800);
  CHECK_INT(add(&c, text, len + prose(text + len, 2, 0, 300)), 3); /* the story in a page four times as long */
  len = prose(text, 4, 0, 6000);
  CHECK_INT(add(&c, text, len + prose(text + len, 2, 0, 300)), -1); /* too long to count as a copy */
  lode_decision d = lode_decisions_get(c.decisions, 2);
  CHECK_NEAR(d.similarity, 158.0 / 298, 1e-6);
  CHECK_NEAR(d.containment, 1, 0);
  CHECK(!d.kept);
  corpus_close(&c);
}

/* Units of a few words: no wrong merge, and the same words are the same. */
static void test_small(void) {
  corpus c;
  corpus_open(&c, true);
  CHECK_INT(add(&c, "", 0), -1);
  CHECK_INT(add(&c, "Yes", 3), -1);
  CHECK_INT(add(&c, "No", 2), -1);
  CHECK_INT(add(&c, "yes!", 4), 1);
  CHECK_INT(add(&c, "a b c d", 7), -1);
  CHECK_INT(add(&c, "a b c e", 7), -1);
  CHECK_INT(add(&c, "--", 2), -1);
  corpus_close(&c);
}

/* Pages with one footer: no merge, however many; and the time is linear (see the header), so this ends soon. */
static void test_footer(void) {
  corpus c;
  corpus_open(&c, true);
  for (uint64_t i = 0; i < 20000; i++) {
    size_t len = prose(text, i + 10, 0, 60);
    len += prose(text + len, 7, 0, 30);
    if (!CHECK_INT(add(&c, text, len), -1)) break;
  }
  corpus_close(&c);
}

/* A page that shares a sentence with each of hundreds, and a seventh of it with one that came after them. */
static void test_crowd(void) {
  corpus c;
  corpus_open(&c, true);
  for (size_t i = 0; i < 300; i++) {
    size_t len = prose(text, i + 10, 0, 40);
    add(&c, text, len + prose(text + len, 1, i * 30, i * 30 + 45));
  }
  CHECK_INT(add(&c, text, prose(text, 1, 4000, 5300)), -1);
  CHECK_INT(add(&c, text, prose(text, 1, 0, 9000)), 300);
  corpus_close(&c);
}

/* A chain a-b-c-d of pages that share a half with the next one makes no heap of a and d. */
static void test_chain(void) {
  corpus c;
  corpus_open(&c, true);
  for (size_t i = 0; i < 6; i++) add(&c, text, prose(text, 1, i * 100, i * 100 + 300));
  CHECK(lode_decisions_get(c.decisions, 5).cluster != 0);
  CHECK_INT(lode_decisions_get(c.decisions, 1).cluster, 0);
  corpus_close(&c);
}

static void test_keep_longest(void) {
  corpus c;
  corpus_open(&c, true);
  add(&c, text, prose(text, 1, 0, 200));
  add(&c, text, prose(text, 1, 0, 300));
  add(&c, text, prose(text, 2, 0, 300));
  lode_decisions_rank(c.decisions, 0, NULL);
  CHECK(!lode_decisions_get(c.decisions, 0).kept && lode_decisions_get(c.decisions, 1).kept);
  CHECK_INT(lode_decisions_get(c.decisions, 0).keeper, 1);
  CHECK(lode_decisions_get(c.decisions, 2).kept);
  corpus_close(&c);
}

/* --- files --- */

static void write_file(const char *path, corpus *c, int units) {
  lode_sigwriter writer;
  CHECK_INT(lode_sigwriter_open(&writer, path, &c->settings, NULL), 0);
  for (int i = 0; i < units; i++) {
    lode_unit unit = {.id = LODE_STR("page")};
    c->record.len = 0;
    lode_unit_put(&c->maker, &c->settings, &unit, (lode_str){text, prose(text, (uint64_t)i, 0, 300)}, &c->record, NULL);
    CHECK_INT(lode_sigwriter_add(&writer, c->record.ptr, c->record.len, 1, NULL), 0);
  }
  CHECK_INT(lode_sigwriter_commit(&writer, NULL), 0);
  lode_sigwriter_drop(&writer);
}

static int read_file(const char *path, const lode_dedup_settings *settings, uint32_t *units) {
  lode_decisions *d;
  lode_err err;
  lode_err_clear(&err);
  lode_decisions_open(&d, settings, 1 << 20, &err);
  int code = lode_decisions_add_file(d, path, NULL, &err);
  *units = lode_decisions_count(d);
  lode_decisions_free(d);
  return code;
}

/* Whatever is cut off or changed, a file is refused, and nothing crashes. */
static void test_files(void) {
  const char *path = scratch_path("index");
  corpus c;
  uint32_t units;
  corpus_open(&c, true);
  write_file(path, &c, 2000);
  CHECK_INT(read_file(path, &c.settings, &units), 0);
  CHECK_INT(units, 2000);
  lode_dedup_settings other = c.settings;
  other.threshold = .5;
  CHECK_INT(read_file(path, &other, &units), LODE_E_USAGE);
  other = c.settings;
  other.zones = 1;
  CHECK_INT(read_file(path, &other, &units), LODE_E_USAGE);
  other = c.settings;
  other.level = LODE_LEVEL_LINE;
  CHECK_INT(read_file(path, &other, &units), LODE_E_USAGE);
  lode_buf bytes = {0};
  CHECK_INT(lode_file_read(path, (size_t)1 << 30, &bytes, NULL), 0);
  for (int round = 0; round < 60; round++) {
    FILE *file = fopen(path, "wb");
    size_t at = 40 + check_below(bytes.len - 40);
    bool cut = round % 2 == 0;
    bytes.ptr[at] = (char)(bytes.ptr[at] ^ 1);
    fwrite(bytes.ptr, 1, cut ? at : bytes.len, file);
    fclose(file);
    bytes.ptr[at] = (char)(bytes.ptr[at] ^ 1);
    if (!CHECK_INT(read_file(path, &c.settings, &units), LODE_E_INPUT))
      printf("%s at %zu\n", cut ? "cut" : "changed", at);
  }
  lode_buf_free(&bytes);
  corpus_close(&c);
}

int main(void) {
  RUN(test_words_of_ascii);
  RUN(test_words_alike);
  RUN(test_sketch_levels);
  RUN(test_sketch_error);
  RUN(test_proof);
  RUN(test_small);
  RUN(test_footer);
  RUN(test_crowd);
  RUN(test_chain);
  RUN(test_keep_longest);
  RUN(test_files);
  scratch_end();
  return CHECK_END();
}
