/* The fast way through plain text against the slow scanner and plain folding, on random and mutated text. */
#include "check.h"
#include "fold.h"
#include "letters.h"
#include "random_text.h"
#include "scan.h"

static bool same_tokens(const lode_tokens *fast, const lode_tokens *slow) {
  if (!CHECK_INT(fast->count, slow->count)) return false;
  for (size_t i = 0; i < fast->count; i++) {
    const lode_token *a = &fast->items[i], *b = &slow->items[i];
    bool same = CHECK_INT(a->begin, b->begin) && CHECK_INT(a->end, b->end) && CHECK_INT(a->kind, b->kind) &&
                CHECK_INT(a->flags, b->flags);
    if (!same) return false;
  }
  return true;
}

/* Each token's id is that of its folded form, and different forms have different ids. */
static bool right_words(const char *text, size_t base, const lode_tokens *tokens, const lode_table *words,
                        bool words_only) {
  lode_buf fold = {0};
  lode_err err;
  bool right = true;
  for (size_t i = 0; i < tokens->count && right; i++) {
    const lode_token *token = &tokens->items[i];
    if (words_only && token->kind != LODE_TOKEN_WORD) continue;
    fold.len = 0;
    right = CHECK_OK(lode_fold_token(text + token->begin - base, token->end - token->begin, &fold, &err), &err) &&
            CHECK_INT(token->word, lode_table_find(words, fold.ptr, fold.len));
  }
  lode_buf_free(&fold);
  return right;
}

typedef struct bench {
  lode_table words;
  lode_buf scratch;
  lode_lists lists;
} bench;

static bool check_one(bench *self, const char *text, size_t len, const lode_lists *lists) {
  lode_tokens slow = {0}, fast = {0}, bare = {0};
  lode_err err;
  const size_t base = 1000;
  lode__scan reference = {.text = text, .len = len, .base = base, .lists = lists, .out = &slow, .err = &err};
  lode__scan plain = {.text = text, .len = len, .base = base, .lists = lists, .out = &bare, .err = &err};
  lode__scan with = plain;
  with.out = &fast;
  with.words = &self->words;
  with.scratch = &self->scratch;
  with.words_only = check_below(2) == 0;
  bool good = CHECK_OK(lode__scan_tokens(&reference), &err) && CHECK_OK(lode__scan_fast(&plain), &err) &&
              CHECK_OK(lode__scan_fast(&with), &err) && same_tokens(&bare, &slow) && same_tokens(&fast, &slow) &&
              right_words(text, base, &fast, &self->words, with.words_only);
  if (!good) check_print_bytes(text, len);
  lode_tokens_free(&slow);
  lode_tokens_free(&fast);
  lode_tokens_free(&bare);
  return good;
}

static void compare(const lode_lists *lists) {
  bench self = {0};
  char text[2048];
  lode_table_init(&self.words, check_random());
  for (int i = 0; i < 100000; i++) {
    size_t len = random_text(text, sizeof text);
    char *exact = malloc(len > 0 ? len : 1); /* so that the sanitizer sees a read behind the end */
    if (!CHECK(exact != NULL)) break;
    memcpy(exact, text, len);
    bool good = check_one(&self, exact, len, lists);
    free(exact);
    if (!good) break;
    if (i % 1000 == 0) lode_table_clear(&self.words);
  }
  lode_buf_free(&self.scratch);
  lode_table_free(&self.words);
}

static void test_fast_is_slow(void) {
  compare(NULL);
}

static void test_fast_is_slow_with_lists(void) {
  static const char own[] =
      "[title]\nsaid # as in Said. Smith\n[unit]\nputin\n[prefix] x face\n[contraction] do|n't abcdef|ghijklmno\n";
  lode_lists lists;
  lode_err err;
  lode_lists_init(&lists);
  if (CHECK_OK(lode_lists_read(&lists, own, strlen(own), &err), &err)) compare(&lists);
  lode_lists_free(&lists);
}

static void test_letters(void) {
  for (int i = 0; i < 100000; i++) {
    char bytes[64];
    size_t letters = check_below(sizeof bytes + 1);
    for (size_t k = 0; k < sizeof bytes; k++) {
      char letter = (char)((check_below(2) ? 'a' : 'A') + (char)check_below(26));
      bytes[k] = k < letters ? letter : (char)check_below(256);
    }
    if (!CHECK_INT((intmax_t)lode_letter_mask(bytes), (intmax_t)lode_letter_mask_portable(bytes))) break;
    size_t n = letters < LODE_LETTERS_MOST ? letters : LODE_LETTERS_MOST;
    lode_table_short a = lode_letter_key(bytes, n), b = lode_letter_key_portable(bytes, n);
    if (!CHECK_INT(memcmp(a.word, b.word, sizeof a.word), 0)) break;
  }
}

static void check_lists_fail(const char *text, uint32_t line) {
  lode_lists lists;
  lode_err err;
  lode_err_clear(&err);
  lode_lists_init(&lists);
  CHECK_INT(lode_lists_read(&lists, text, strlen(text), &err), LODE_E_INPUT);
  CHECK_INT(err.line, line);
  lode_lists_free(&lists);
}

static void test_lists_are_checked(void) {
  check_lists_fail("word\n", 1);
  check_lists_fail("[title]\nmr\n[titel]\n", 3);
  check_lists_fail("[contraction]\n\ncannot\n", 3);
  check_lists_fail("[contraction] can|\n", 1);
  check_lists_fail("[unit] aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 1);
  check_lists_fail("[unit] a\xFF\n", 0);
}

static size_t count_sentences(const char *text, const lode_lists *lists) {
  lode_tokens tokens = {0};
  lode_interning with = {.lists = lists};
  lode_err err;
  CHECK_OK(lode_tokenize_words(text, strlen(text), 0, &with, &tokens, &err), &err);
  size_t count = tokens.sentence_count;
  lode_tokens_free(&tokens);
  return count;
}

static void test_lists_add_words(void) {
  static const char text[] = "He met Kpt. Smith there.";
  lode_lists lists;
  lode_err err;
  lode_lists_init(&lists);
  CHECK_INT(count_sentences(text, NULL), 2);
  CHECK_INT(count_sentences(text, &lists), 2);
  CHECK_OK(lode_lists_add(&lists, "title", LODE_STR("Kpt."), &err), &err);
  CHECK_INT(count_sentences(text, &lists), 1);
  CHECK_INT(lode_lists_add(&lists, "titles", LODE_STR("x"), &err), LODE_E_USAGE);
  lode_lists_free(&lists);
}

int main(void) {
  RUN(test_letters);
  RUN(test_fast_is_slow);
  RUN(test_fast_is_slow_with_lists);
  RUN(test_lists_are_checked);
  RUN(test_lists_add_words);
  return CHECK_END();
}
