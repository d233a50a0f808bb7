/* The sorter against qsort over everything in memory, with memory so small that all of it goes through the disk. */
#include "check.h"
#include "scratch.h"

/* The source itself, for the part of it that no input of a test would reach. */
#include "../../src/io/sorter.c"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>

typedef struct entry {
  size_t order;
  char key[40];
  size_t key_len;
  uint64_t count;
} entry;

static int compare_entries(const void *a, const void *b) {
  const entry *x = a, *y = b;
  size_t len = x->key_len < y->key_len ? x->key_len : y->key_len;
  int order = memcmp(x->key, y->key, len);
  if (order != 0) return order;
  if (x->key_len != y->key_len) return x->key_len < y->key_len ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Short keys over few letters, NUL among them, so that prefixes, equal keys and padding all meet. */
static void random_key(entry *out, size_t letters, size_t most) {
  static const char alphabet[] = {'a', '\0', '\xFF', 'b', '\x80', 'c', 'd', 'e'};
  out->key_len = check_below(most + 1);
  for (size_t i = 0; i < out->key_len; i++) out->key[i] = alphabet[check_below(letters)];
}

static lode_str key_of(const entry *e) {
  return (lode_str){e->key, e->key_len};
}

/* One pass over the result; entries of one key are one where sum is set. */
static bool check_pass(lode_sorter *sorter, const entry *want, size_t count, bool sum) {
  lode_str key, value;
  lode_err err;
  for (size_t i = 0; i < count;) {
    uint64_t number = sum ? 0 : want[i].order;
    size_t next = i + 1;
    if (sum) {
      for (next = i; next < count; next++) {
        if (want[next].key_len != want[i].key_len || memcmp(want[next].key, want[i].key, want[i].key_len) != 0) break;
        number += want[next].count;
      }
    }
    if (!CHECK_INT(lode_sorter_next(sorter, &key, &value, &err), 1)) return false;
    lode_reader reader = lode_reader_of(value.ptr, value.len);
    if (!CHECK_BYTES(key.ptr, key.len, want[i].key, want[i].key_len) || !CHECK(value.len >= 8) ||
        !CHECK_INT(lode_read_u64(&reader), number))
      return false;
    i = next;
  }
  return CHECK_INT(lode_sorter_next(sorter, &key, &value, &err), 0) &&
         CHECK_INT(lode_sorter_next(sorter, &key, &value, &err), 0);
}

static void check_sort(size_t count, size_t memory, bool sum, size_t letters, size_t most, size_t value_len) {
  entry *want = calloc(count + 1, sizeof *want);
  char *value = calloc(1, value_len + 8);
  lode_sorter *sorter;
  lode_err err;
  if (want == NULL || value == NULL || !CHECK_OK(lode_sorter_open(&sorter, memory, sum, &err), &err)) goto done;
  bool good = true;
  size_t least = memory < 4096 ? 4096 : memory;
  for (size_t i = 0; good && i < count; i++) {
    want[i].order = i;
    want[i].count = check_below(1000);
    random_key(&want[i], letters, most);
    for (int b = 0; b < 8; b++) value[b] = (char)(unsigned char)(i >> (8 * b));
    size_t len = value_len == 0 ? 8 : 8 + check_below(value_len);
    good = CHECK_OK(sum ? lode_sorter_add_count(sorter, key_of(&want[i]), (int64_t)want[i].count, &err)
                        : lode_sorter_add(sorter, key_of(&want[i]), (lode_str){value, len}, &err),
                    &err);
    if (value_len == 0) good = good && CHECK(lode_sorter_bytes(sorter) <= least + 16384);
  }
  if (good && CHECK_OK(lode_sorter_finish(sorter, &err), &err)) {
    qsort(want, count, sizeof *want, compare_entries);
    if (count * 32 > least) CHECK(lode_sorter_spilled(sorter) > 0);
    if (least >= 1 << 20) CHECK_INT(lode_sorter_spilled(sorter), 0);
    if (check_pass(sorter, want, count, sum) && CHECK_OK(lode_sorter_rewind(sorter, &err), &err))
      check_pass(sorter, want, count, sum);
    lode_str k, v;
    if (CHECK_OK(lode_sorter_rewind(sorter, &err), &err) && count > 2) {
      lode_sorter_next(sorter, &k, &v, &err);
      lode_sorter_next(sorter, &k, &v, &err);
      if (CHECK_OK(lode_sorter_rewind(sorter, &err), &err)) check_pass(sorter, want, count, sum);
    }
  }
  lode_sorter_free(sorter);
done:
  free(want);
  free(value);
}

static void test_in_memory(void) {
  check_sort(0, 1 << 20, false, 4, 8, 0);
  check_sort(1, 1 << 20, true, 4, 8, 0);
  check_sort(3000, 1 << 20, false, 3, 12, 0);
  check_sort(3000, 1 << 20, true, 3, 4, 0);
}

static void test_spills(void) {
  check_sort(2000, 4096, false, 3, 12, 0);
  check_sort(2000, 1, true, 2, 5, 0);
  check_sort(20000, 100000, false, 8, 30, 0);
}

/* 4 KiB hold about 120 entries: 60,000 of them make some 500 runs, merged on two levels. */
static void test_levels(void) {
  check_sort(60000, 4096, false, 8, 12, 0);
  check_sort(60000, 4096, true, 8, 6, 0);
  check_sort(9000, 4096, false, 2, 6, 0);
}

static void test_large_values(void) {
  check_sort(500, 4096, false, 8, 12, 20000);
  check_sort(200, 60000, false, 8, 12, 9000);
}

/* Orders that break careless quicksorts: sorted, reversed, all equal, organ pipe. */
static void test_bad_orders(void) {
  enum { COUNT = 20000 };
  for (int shape = 0; shape < 4; shape++) {
    lode_sorter *sorter;
    lode_err err;
    if (!CHECK_OK(lode_sorter_open(&sorter, 8 << 20, false, &err), &err)) return;
    for (unsigned i = 0; i < COUNT; i++) {
      unsigned n = shape == 0 ? i : shape == 1 ? COUNT - i : shape == 2 ? 7 : i < COUNT / 2 ? i : COUNT - i;
      char key[16], value[16];
      snprintf(key, sizeof key, "%08u", n);
      snprintf(value, sizeof value, "%u", i);
      if (!CHECK_OK(lode_sorter_add(sorter, (lode_str){key, 8}, (lode_str){value, strlen(value)}, &err), &err)) break;
    }
    CHECK_OK(lode_sorter_finish(sorter, &err), &err);
    char before[9] = "";
    unsigned long last = 0;
    lode_str key, value;
    size_t count = 0;
    while (lode_sorter_next(sorter, &key, &value, &err) == 1) {
      char number[17] = "";
      memcpy(number, value.ptr, value.len);
      unsigned long order = strtoul(number, NULL, 10);
      int compared = memcmp(before, key.ptr, 8);
      if (!CHECK(compared < 0 || (compared == 0 && order > last))) break;
      memcpy(before, key.ptr, 8);
      last = order;
      count++;
    }
    CHECK_INT(count, COUNT);
    lode_sorter_free(sorter);
  }
}

/* An input that spoils every split is hard to make, so the budget is simply spent from the start, or soon. */
static void test_heap_sort(void) {
  for (int budget = 0; budget < 4; budget++)
    for (size_t count = 0; count < 400; count += 1 + count / 7) {
      lode_sorter *sorter;
      lode_err err;
      if (!CHECK_OK(lode_sorter_open(&sorter, 1 << 20, false, &err), &err)) return;
      for (size_t i = 0; i < count; i++) {
        entry e;
        random_key(&e, 3, 12);
        CHECK_OK(lode_sorter_add(sorter, key_of(&e), LODE_STR("value"), &err), &err);
      }
      if (count > 0) sort_items(sorter, items_of(sorter), count, budget);
      for (size_t i = 1; i < count; i++) CHECK(item_before(sorter, items_of(sorter) + i - 1, items_of(sorter) + i));
      lode_sorter_free(sorter);
    }
}

static void test_leaves_no_file(void) {
  setenv("TMPDIR", scratch_dir(), 1);
  lode_sorter *sorter;
  lode_err err;
  if (!CHECK_OK(lode_sorter_open(&sorter, 4096, false, &err), &err)) return;
  for (int i = 0; i < 1000; i++) lode_sorter_add(sorter, LODE_STR("some key"), LODE_STR("some value"), &err);
  CHECK(lode_sorter_spilled(sorter) > 0);
  size_t files = 0;
  DIR *dir = opendir(scratch_dir());
  for (struct dirent *e; (e = readdir(dir)) != NULL;) files += e->d_name[0] != '.';
  closedir(dir);
  CHECK_INT(files, 0);
  lode_sorter_free(sorter);
  setenv("TMPDIR", "/nonexistent/folder", 1);
  CHECK_OK(lode_sorter_open(&sorter, 4096, false, &err), &err);
  int code = 0;
  for (int i = 0; i < 1000 && code == 0; i++)
    code = lode_sorter_add(sorter, LODE_STR("some key"), LODE_STR("some value"), &err);
  CHECK_INT(code, LODE_E_IO);
  CHECK(strstr(err.message, "No such file or directory") != NULL && strcmp(err.path, "/nonexistent/folder") == 0);
  lode_sorter_free(sorter);
  unsetenv("TMPDIR");
}

/* A file size limit stands in for a full disk. */
static void test_full_disk(void) {
  struct rlimit old, small;
  getrlimit(RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 20000;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  lode_sorter *sorter;
  lode_err err;
  CHECK_OK(lode_sorter_open(&sorter, 4096, true, &err), &err);
  int code = 0;
  for (int i = 0; i < 100000 && code == 0; i++) {
    char key[16];
    snprintf(key, sizeof key, "%d", i);
    code = lode_sorter_add_count(sorter, (lode_str){key, strlen(key)}, 1, &err);
  }
  setrlimit(RLIMIT_FSIZE, &old);
  CHECK_INT(code, LODE_E_IO);
  CHECK(strstr(err.message, "File too large") != NULL);
  lode_sorter_free(sorter);
  lode_sorter_free(NULL);
}

int main(void) {
  RUN(test_in_memory);
  RUN(test_spills);
  RUN(test_levels);
  RUN(test_large_values);
  RUN(test_bad_orders);
  RUN(test_heap_sort);
  RUN(test_leaves_no_file);
  RUN(test_full_disk);
  scratch_end();
  return CHECK_END();
}
