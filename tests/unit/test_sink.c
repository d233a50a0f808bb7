#include "check.h"
#include "sink.h"

static lode_str str(const char *text) {
  return (lode_str){text, strlen(text)};
}

static void put_record(lode_sink *sink, const char *json) {
  lode_err err;
  CHECK_OK(lode_buf_add(&sink->records, json, strlen(json), &err), &err);
  sink->record_count++;
}

static int64_t count_of(const lode_sink *sink, unsigned counter, const char *key) {
  char full[64] = {(char)(counter >> 8), (char)counter};
  memcpy(full + LODE_COUNTER_PREFIX, key, strlen(key));
  size_t len = strlen(key) + LODE_COUNTER_PREFIX;
  uint32_t id = lode_table_find(&sink->count_keys, full, len);
  if (id != LODE_NO_ID) return sink->counts[id];
  lode_reader in = lode_reader_of(sink->counted.ptr, sink->counted.len);
  int64_t sum = INT64_MIN, amount;
  for (lode_str got; lode_sink_next_count(&in, &got, &amount);)
    if (got.len == len && memcmp(got.ptr, full, len) == 0) sum = sum == INT64_MIN ? amount : sum + amount;
  return sum;
}

static void test_undo_leaves_nothing(void) {
  lode_sink sink;
  lode_err err;
  lode_sink_init(&sink);
  put_record(&sink, "{\"a\":1}\n");
  CHECK_OK(lode_sink_count(&sink, 0, str("x"), 2, &err), &err);
  CHECK_OK(lode_sink_keep(&sink, &err), &err);
  put_record(&sink, "{\"lost\":1}\n");
  CHECK_OK(lode_sink_count(&sink, 0, str("x"), 40, &err), &err);
  CHECK_OK(lode_sink_count(&sink, 0, str("new"), 1, &err), &err);
  CHECK_OK(lode_buf_add(&sink.printed, "lost", 4, &err), &err);
  lode_sink_undo(&sink);
  CHECK_OK(lode_sink_keep(&sink, &err), &err);
  CHECK_STR(sink.records.ptr, sink.records.len, "{\"a\":1}\n");
  CHECK_INT(sink.record_count, 1);
  CHECK_INT(sink.printed.len, 0);
  CHECK_INT(count_of(&sink, 0, "x"), 2);
  CHECK_INT(count_of(&sink, 0, "new"), INT64_MIN);
  lode_sink_free(&sink);
}

static void test_counts_add_up_by_counter(void) {
  lode_sink sink;
  lode_err err;
  lode_sink_init(&sink);
  for (int page = 0; page < 3; page++) {
    CHECK_OK(lode_sink_count(&sink, 0, str("x"), 5, &err), &err);
    CHECK_OK(lode_sink_count(&sink, 300, str("x"), -1, &err), &err);
    CHECK_OK(lode_sink_count(&sink, 0, str(""), 1, &err), &err);
    CHECK_OK(lode_sink_keep(&sink, &err), &err);
  }
  CHECK_INT(count_of(&sink, 0, "x"), 15);
  CHECK_INT(count_of(&sink, 300, "x"), -3);
  CHECK_INT(count_of(&sink, 0, ""), 3);
  CHECK_INT(sink.count_keys.count, 3);
  lode_sink_clear(&sink);
  CHECK_INT(sink.count_keys.count, 0);
  CHECK_OK(lode_sink_count(&sink, 0, str("x"), 1, &err), &err);
  CHECK_OK(lode_sink_keep(&sink, &err), &err);
  CHECK_INT(count_of(&sink, 0, "x"), 1);
  lode_sink_free(&sink);
}

static void fill(lode_sink *sink) {
  lode_err err;
  put_record(sink, "{\"a\":1}\n{\"b\":2}\n");
  CHECK_OK(lode_buf_u32(&sink->groups, 1, &err), &err);
  CHECK_OK(lode_buf_str(&sink->groups, str("key"), &err), &err);
  CHECK_OK(lode_buf_str(&sink->groups, str("{}"), &err), &err);
  CHECK_OK(lode_buf_add(&sink->printed, "hello\n", 6, &err), &err);
  CHECK_OK(lode_sink_count(sink, 7, str("w"), 9, &err), &err);
  CHECK_OK(lode_sink_keep(sink, &err), &err);
  const lode_problem problem = {LODE_E_SCRIPT, true, LODE_STR("p\0q"), LODE_STR("s.lua:3"), LODE_STR("no"), 77};
  CHECK_OK(lode_sink_problem(sink, &problem, &err), &err);
  sink->pages_in = 4;
  sink->pages_out = 3;
  sink->pages_skipped = 1;
  sink->repaired = 2;
}

static void test_message_there_and_back(void) {
  lode_sink from, to;
  lode_err err;
  lode_buf message = {0};
  lode_sink_init(&from);
  lode_sink_init(&to);
  fill(&from);
  put_record(&from, "{\"open\":1}\n"); /* of a page that is not kept yet: no part of the message */
  CHECK_OK(lode_sink_write(&from, &message, &err), &err);
  CHECK_OK(lode_sink_read(&to, message.ptr, message.len, &err), &err);
  CHECK_STR(to.records.ptr, to.records.len, "{\"a\":1}\n{\"b\":2}\n");
  CHECK_INT(to.record_count, 1);
  CHECK_BYTES(to.groups.ptr, to.groups.len, from.groups.ptr, from.groups.len);
  CHECK_STR(to.printed.ptr, to.printed.len, "hello\n");
  CHECK_INT(count_of(&to, 7, "w"), 9);
  CHECK_INT(to.pages_in, 4);
  CHECK_INT(to.pages_out, 3);
  CHECK_INT(to.pages_skipped, 1);
  CHECK_INT(to.repaired, 2);
  CHECK_INT(to.problem_count, 1);
  lode_reader reader = lode_reader_of(to.problems.ptr, to.problems.len);
  lode_problem problem;
  CHECK(lode_sink_next_problem(&reader, &problem));
  CHECK_INT(problem.code, LODE_E_SCRIPT);
  CHECK_INT(problem.skipped, 1);
  CHECK_BYTES(problem.page.ptr, problem.page.len, "p\0q", 3);
  CHECK_STR(problem.where.ptr, problem.where.len, "s.lua:3");
  CHECK_INT(problem.byte, 77);
  CHECK(!lode_sink_next_problem(&reader, &problem));
  CHECK_OK(lode_sink_read(&to, message.ptr, message.len, &err), &err); /* a second one adds up */
  CHECK_INT(count_of(&to, 7, "w"), 18);
  lode_buf_free(&message);
  lode_sink_free(&from);
  lode_sink_free(&to);
}

static void test_broken_messages(void) {
  lode_sink from;
  lode_err err;
  lode_buf message = {0};
  lode_sink_init(&from);
  fill(&from);
  CHECK_OK(lode_sink_write(&from, &message, &err), &err);
  for (size_t len = 0; len < message.len; len++) {
    lode_sink to;
    lode_sink_init(&to);
    char *cut = malloc(len + 1); /* its own block, so that a read beyond the end is seen */
    memcpy(cut, message.ptr, len);
    CHECK_INT(lode_sink_read(&to, cut, len, &err), LODE_E_INPUT);
    free(cut);
    lode_sink_free(&to);
  }
  lode_buf_free(&message);
  lode_sink_free(&from);
}

/* Against an array of plain sums, over pages that are kept or undone at random. */
static void test_random_pages(void) {
  lode_sink sink;
  lode_err err;
  int64_t sums[20] = {0}, page[20];
  lode_sink_init(&sink);
  for (int i = 0; i < 300; i++) {
    memset(page, 0, sizeof page);
    for (size_t n = check_below(30); n > 0; n--) {
      size_t key = check_below(20);
      char name[16];
      snprintf(name, sizeof name, "key%zu", key);
      int64_t amount = (int64_t)check_below(100) - 20;
      CHECK_OK(lode_sink_count(&sink, (uint32_t)key % 3, str(name), amount, &err), &err);
      page[key] += amount;
    }
    if (check_below(3) == 0) {
      lode_sink_undo(&sink);
      continue;
    }
    CHECK_OK(lode_sink_keep(&sink, &err), &err);
    for (size_t key = 0; key < 20; key++) sums[key] += page[key];
  }
  for (size_t key = 0; key < 20; key++) {
    char name[16];
    snprintf(name, sizeof name, "key%zu", key);
    CHECK_INT(count_of(&sink, (unsigned)key % 3, name), sums[key]);
  }
  lode_sink_free(&sink);
}

/* Words counted by id: kept, undone, written beside counts by key, and added up again when read. */
static void test_words_count_by_id(void) {
  lode_sink sink, back;
  lode_table words;
  lode_buf message = {0};
  lode_err err;
  lode_sink_init(&sink);
  lode_sink_init(&back);
  lode_table_init(&words, 7);
  uint32_t the = lode_table_add(&words, "the", 3, NULL, &err), dog = lode_table_add(&words, "dog", 3, NULL, &err);
  CHECK_OK(lode_sink_count_words(&sink, 0, &words, (uint32_t[]){the, dog, the}, 3, &err), &err);
  CHECK_OK(lode_sink_count_words(&sink, 2, &words, (uint32_t[]){dog}, 1, &err), &err);
  CHECK_OK(lode_sink_keep(&sink, &err), &err);
  uint32_t cat = lode_table_add(&words, "cat", 3, NULL, &err);
  CHECK_OK(lode_sink_count_words(&sink, 0, &words, (uint32_t[]){cat, the}, 2, &err), &err);
  lode_sink_undo(&sink);
  CHECK_OK(lode_sink_count_words(&sink, 0, &words, NULL, 0, &err), &err);
  CHECK_OK(lode_sink_count_words(&sink, 0, &words, (uint32_t[]){the}, 1, &err), &err);
  CHECK_OK(lode_sink_count(&sink, 0, str("dog"), 10, &err), &err);
  CHECK_OK(lode_sink_keep(&sink, &err), &err);
  CHECK_OK(lode_sink_write(&sink, &message, &err), &err);
  for (int i = 0; i < 2; i++) { /* what was read can be written and read again, and adds up */
    CHECK_OK(lode_sink_read(&back, message.ptr, message.len, &err), &err);
    CHECK_INT(count_of(&back, 0, "the"), 3 * (i + 1));
    CHECK_INT(count_of(&back, 0, "dog"), 11 * (i + 1));
    CHECK_INT(count_of(&back, 2, "dog"), i + 1);
    CHECK_INT(count_of(&back, 0, "cat"), INT64_MIN);
  }
  message.len = 0;
  CHECK_OK(lode_sink_write(&back, &message, &err), &err);
  lode_sink_clear(&back);
  CHECK_INT(count_of(&back, 0, "the"), INT64_MIN);
  CHECK_OK(lode_sink_read(&back, message.ptr, message.len, &err), &err);
  CHECK_INT(count_of(&back, 0, "the"), 6);
  for (size_t cut = 0; cut < message.len; cut++) { /* half a message is an error, never a crash */
    lode_sink_clear(&back);
    if (!CHECK_INT(lode_sink_read(&back, message.ptr, cut, &err), LODE_E_INPUT)) break;
  }
  lode_sink_free(&sink);
  lode_sink_free(&back);
  lode_table_free(&words);
  lode_buf_free(&message);
}

int main(void) {
  RUN(test_undo_leaves_nothing);
  RUN(test_counts_add_up_by_counter);
  RUN(test_words_count_by_id);
  RUN(test_message_there_and_back);
  RUN(test_broken_messages);
  RUN(test_random_pages);
  return CHECK_END();
}
