/* Counted words against the tokens of each paragraph, on every kernel of this machine. */
#include "check.h"
#include "count.h"
#include "fold.h"
#include "random_text.h"
#include "wordlists.h"

typedef struct bench {
  lode_count count;
  lode_table expected, words;
  lode_tokens tokens;
  lode_buf fold;
  int64_t *balance; /* by the id in `expected` */
} bench;

/* 1 for each token that is a word, by its folded form. */
static bool add_tokens(bench *self, const char *text, size_t len, lode_err *err) {
  lode_paragraphs all;
  lode_paragraphs_init(&all, text, len);
  for (lode_span span; lode_paragraphs_next(&all, &span);) {
    self->tokens.count = self->tokens.sentence_count = 0;
    if (!CHECK_OK(lode_tokenize(text + span.begin, span.end - span.begin, span.begin, &self->tokens, err), err))
      return false;
    for (size_t i = 0; i < self->tokens.count; i++) {
      const lode_token *token = &self->tokens.items[i];
      if (token->kind != LODE_TOKEN_WORD) continue;
      self->fold.len = 0;
      if (!CHECK_OK(lode_fold_token(text + token->begin, token->end - token->begin, &self->fold, err), err))
        return false;
      self->balance[lode_table_add(&self->expected, self->fold.ptr, self->fold.len, NULL, err)]++;
    }
  }
  return true;
}

static bool check_one(bench *self, lode__count_windows *windows, const char *text, size_t len) {
  lode_err err;
  lode_err_clear(&err);
  memset(self->balance, 0, 4096 * sizeof *self->balance);
  lode_table_clear(&self->expected);
  bool good =
      add_tokens(self, text, len, &err) && CHECK_OK(lode_count_begin(&self->count, &self->words, len, &err), &err);
  self->count.windows = windows;
  good = good && CHECK_OK(lode_count_text(&self->count, text, len, &err), &err) &&
         CHECK_OK(lode_count_end(&self->count, &err), &err);
  for (size_t at = 0; good && at < self->count.times.len; at += sizeof(lode_word_times)) {
    lode_word_times entry;
    memcpy(&entry, self->count.times.ptr + at, sizeof entry);
    lode_str word = lode_table_get(&self->words, entry.id);
    uint32_t id = lode_table_find(&self->expected, word.ptr, word.len);
    good = CHECK(id != LODE_NO_ID);
    if (good) self->balance[id] -= entry.times;
    else check_print_bytes(word.ptr, word.len);
  }
  for (uint32_t id = 0; good && id < self->expected.count; id++) {
    good = CHECK_INT(self->balance[id], 0);
    lode_str word = lode_table_get(&self->expected, id);
    if (!good) check_print_bytes(word.ptr, word.len);
  }
  if (!good) check_print_bytes(text, len);
  return good;
}

static void compare(lode__count_windows *windows) {
  bench self = {.balance = calloc(4096, sizeof(int64_t))};
  char text[4000];
  if (windows == NULL || !CHECK(self.balance != NULL)) return;
  lode_table_init(&self.expected, check_random());
  lode_table_init(&self.words, check_random());
  for (int i = 0; i < 60000; i++) {
    size_t len = random_text(text, sizeof text);
    char *exact = malloc(len > 0 ? len : 1); /* so that the sanitizer sees a read behind the end */
    if (!CHECK(exact != NULL)) break;
    memcpy(exact, text, len);
    bool good = check_one(&self, windows, exact, len);
    free(exact);
    if (!good) break;
    if (i % 1000 == 0) lode_table_clear(&self.words);
  }
  lode_count_free(&self.count);
  lode_table_free(&self.expected);
  lode_table_free(&self.words);
  lode_tokens_free(&self.tokens);
  lode_buf_free(&self.fold);
  free(self.balance);
}

static void test_portable(void) {
  compare(lode__count_portable);
}

static void test_avx2(void) {
  if (lode_cpu_has(LODE_CPU_AVX2)) compare(lode__count_avx2);
}

static void test_avx512(void) {
  if (lode_cpu_has(LODE_CPU_AVX512)) compare(lode__count_avx512);
}

/* count.c asks the lists only of words that the filter can answer for. */
static void test_lists_are_short(void) {
  for (size_t i = 0; i < LODE__LISTED_SLOTS; i++) {
    const lode__listed *slot = &lode__word_lists[i];
    size_t letters = 0;
    while (letters < sizeof slot->word && (unsigned char)((slot->word[letters] | 0x20) - 'a') < 26) letters++;
    bool all = letters > 0 && (letters == sizeof slot->word || slot->word[letters] == '\0');
    bool asked = (slot->lists & LODE__LISTED_CLASS) != 0 || slot->lists >> LODE__LISTED_CUT_SHIFT != 0;
    if (all && asked) CHECK(letters <= LODE__FILTER_MOST);
  }
}

int main(void) {
  RUN(test_lists_are_short);
  RUN(test_portable);
  RUN(test_avx2);
  RUN(test_avx512);
  return CHECK_END();
}
