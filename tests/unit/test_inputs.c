#include "check.h"
#include "inputs.h"
#include "scratch.h"

#include <fcntl.h>

/* The paths of the list, below the scratch folder, joined by spaces. */
static void check_list(const lode_inputs *inputs, const char *want) {
  char got[2000] = "";
  size_t skip = strlen(scratch_dir()) + 1;
  for (size_t i = 0; i < inputs->count; i++) {
    const char *path = inputs->items[i].path;
    if (strncmp(path, scratch_dir(), skip - 1) == 0) path += skip;
    snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i > 0 ? " " : "", path);
  }
  CHECK_STR(got, strlen(got), want);
}

static void check_add(const char *argument, int want_code, const char *want) {
  lode_inputs inputs = {0};
  lode_err err;
  lode_err_clear(&err);
  CHECK_INT(lode_inputs_add(&inputs, argument, &err), want_code);
  check_list(&inputs, want);
  if (want_code != 0) CHECK(err.code == want_code && err.message[0] != '\0');
  lode_inputs_free(&inputs);
}

static void make_tree(void) {
  static const char *const folders[] = {"tree",     "tree/sub", "tree/sub/deep", "tree/.git",
                                        "tree/a-b", "empty",    "tree/z"};
  static const char *const files[] = {"tree/b.txt",     "tree/a.txt",        "tree/.hidden",    "tree/.git/config",
                                      "tree/sub/x.txt", "tree/sub.txt",      "tree/sub/deep/y", "tree/a-b/c",
                                      "tree/a",         "tree/\xC3\xA9.txt", "tree/z/[1].txt",  "tree/z/1.txt"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) mkdir(scratch_path(folders[i]), 0755);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) scratch_write(files[i], "0123456789", i);
  CHECK_INT(symlink("../tree", scratch_path("tree/loop")), 0);
  CHECK_INT(symlink("sub", scratch_path("tree/folder-link")), 0);
  CHECK_INT(symlink("b.txt", scratch_path("tree/link.txt")), 0);
  CHECK_INT(symlink("nowhere", scratch_path("tree/dangling")), 0);
  CHECK_INT(mkfifo(scratch_path("tree/fifo"), 0644), 0);
}

static void test_folders(void) {
  static const char whole[] =
      "tree/a tree/a-b/c tree/a.txt tree/b.txt tree/link.txt tree/sub.txt tree/sub/deep/y tree/sub/x.txt "
      "tree/z/1.txt tree/z/[1].txt tree/\xC3\xA9.txt";
  check_add(scratch_path("tree"), 0, whole);
  check_add(scratch_path("tree/"), 0, whole);
  check_add(scratch_path("empty"), 0, "");
  check_add(scratch_path("tree/folder-link"), 0, "tree/folder-link/deep/y tree/folder-link/x.txt");
  check_add(scratch_path("tree/.git"), 0, "tree/.git/config");
}

static void test_named(void) {
  check_add(scratch_path("tree/.hidden"), 0, "tree/.hidden");
  check_add(scratch_path("tree/link.txt"), 0, "tree/link.txt");
  check_add(scratch_path("tree/fifo"), 0, "tree/fifo");
  check_add("/dev/null", 0, "/dev/null");
  check_add(scratch_path("tree/dangling"), LODE_E_IO, "");
  check_add(scratch_path("tree/nothing"), LODE_E_IO, "");
  check_add("", LODE_E_IO, "");
  lode_inputs inputs = {0};
  lode_err err;
  CHECK_OK(lode_inputs_add(&inputs, scratch_path("tree/b.txt"), &err), &err);
  CHECK_OK(lode_inputs_add(&inputs, "-", &err), &err);
  CHECK_OK(lode_inputs_add(&inputs, scratch_path("tree/a.txt"), &err), &err);
  CHECK_OK(lode_inputs_add(&inputs, scratch_path("tree/a.txt"), &err), &err);
  CHECK_OK(lode_inputs_add(&inputs, scratch_path("tree/fifo"), &err), &err);
  check_list(&inputs, "tree/b.txt - tree/a.txt tree/a.txt tree/fifo");
  CHECK_INT(inputs.items[2].size, 1);
  CHECK(inputs.items[2].mtime_ns > 0);
  CHECK_INT(inputs.items[1].size, 0);
  CHECK_INT(inputs.items[4].size, 0);
  CHECK_INT(lode_inputs_add(&inputs, "-", &err), LODE_E_USAGE);
  CHECK_INT(lode_inputs_add(&inputs, "/nonexistent/page.txt", &err), LODE_E_IO);
  CHECK_STR(err.path, strlen(err.path), "/nonexistent/page.txt");
  CHECK_STR(err.message, strlen(err.message), "No such file or directory");
  CHECK_INT(inputs.count, 5);
  lode_inputs_free(&inputs);
  lode_inputs_free(&inputs);
}

static void test_patterns(void) {
  check_add(scratch_path("tree/*.txt"), 0, "tree/a.txt tree/b.txt tree/link.txt tree/sub.txt tree/\xC3\xA9.txt");
  check_add(scratch_path("tree/s*"), 0, "tree/sub/deep/y tree/sub/x.txt tree/sub.txt");
  check_add(scratch_path("tree/[ab].txt"), 0, "tree/a.txt tree/b.txt");
  check_add(scratch_path("tree/z/[1].txt"), 0, "tree/z/[1].txt");
  check_add(scratch_path("tree/z/?.txt"), 0, "tree/z/1.txt");
  check_add(scratch_path("tree/*.jpg"), LODE_E_IO, "");
  check_add(scratch_path("tree/*/x.txt"), 0, "tree/folder-link/x.txt tree/sub/x.txt");
}

/* The rest of the tree is found all the same, and the error names the folder. */
static void test_unreadable(void) {
  const char *folder = scratch_path("tree/sub");
  chmod(folder, 0);
  chmod(scratch_dir(), 0755);
  bool root = geteuid() == 0; /* root reads everything: look as somebody else */
  if (root) CHECK_INT(seteuid(65534), 0);
  lode_inputs inputs = {0};
  lode_err err;
  CHECK_INT(lode_inputs_add(&inputs, scratch_path("tree"), &err), LODE_E_IO);
  if (root) CHECK_INT(seteuid(0), 0);
  CHECK_STR(err.path, strlen(err.path), folder);
  CHECK_STR(err.message, strlen(err.message), "Permission denied");
  check_list(&inputs, "tree/a tree/a-b/c tree/a.txt tree/b.txt tree/link.txt tree/sub.txt tree/z/1.txt tree/z/[1].txt "
                      "tree/\xC3\xA9.txt");
  lode_inputs_free(&inputs);
  chmod(folder, 0755);
}

static void test_dot(void) {
  char old[1000];
  CHECK(getcwd(old, sizeof old) != NULL && chdir(scratch_path("tree/sub")) == 0);
  check_add(".", 0, "./deep/y ./x.txt");
  check_add("deep", 0, "deep/y");
  scratch_write("tree/sub/-", "", 0);
  check_add("[-]", 0, "./-");
  unlink("-");
  CHECK_INT(chdir(old), 0);
}

/* Names are joined, not walked by recursion: 300 folders inside one another, and many files in one. */
static void test_large(void) {
  char old[1000];
  CHECK(getcwd(old, sizeof old) != NULL && chdir(scratch_dir()) == 0);
  CHECK(mkdir("large", 0755) == 0 && chdir("large") == 0);
  for (int i = 0; i < 300; i++) CHECK(mkdir("d", 0755) == 0 && chdir("d") == 0);
  CHECK(fclose(fopen("bottom", "w")) == 0 && chdir(scratch_path("large")) == 0);
  for (int i = 0; i < 1000; i++) {
    char name[20];
    snprintf(name, sizeof name, "%d", i * 7919 % 1000);
    CHECK(fclose(fopen(name, "w")) == 0);
  }
  CHECK_INT(chdir(old), 0);
  lode_inputs inputs = {0};
  lode_err err;
  CHECK_OK(lode_inputs_add(&inputs, scratch_path("large"), &err), &err);
  CHECK_INT(inputs.count, 1001);
  for (size_t i = 1; i < inputs.count; i++) CHECK(strcmp(inputs.items[i - 1].path, inputs.items[i].path) < 0);
  lode_inputs_free(&inputs);
}

static void test_kinds(void) {
  static const struct {
    const char *path, *first;
    lode_kind kind;
  } cases[] = {
      {"a.txt", "{\"id\":1}", LODE_KIND_TEXT},
      {"a.jsonl", "text", LODE_KIND_JSONL},
      {"x/a.NDJSON.gz", "", LODE_KIND_JSONL},
      {"a.html.zst", "", LODE_KIND_HTML},
      {"a.HTM", "", LODE_KIND_HTML},
      {"a.csv", "", LODE_KIND_CSV},
      {"a.tsv.gz", "", LODE_KIND_CSV},
      {"CC-MAIN-00001.warc.wet.gz", "", LODE_KIND_WET},
      {"a.warc", "", LODE_KIND_WARC},
      {"a", "", LODE_KIND_TEXT},
      {"a", "plain text", LODE_KIND_TEXT},
      {"-", "{\"text\": \"x\"}\n", LODE_KIND_JSONL},
      {"-", "\xEF\xBB\xBF\n {\n\"text\"", LODE_KIND_JSONL},
      {"a.bin", "{}", LODE_KIND_JSONL},
      {"a", "{{Infobox person", LODE_KIND_TEXT},
      {"a", "{", LODE_KIND_TEXT},
      {"a", "[\n {\"text\"", LODE_KIND_JSONL},
      {"a", "[{ \"text\"", LODE_KIND_JSONL},
      {"a", "[{{Infobox", LODE_KIND_TEXT},
      {"a", "[12 March] The port", LODE_KIND_TEXT},
      {"a", "[", LODE_KIND_TEXT},
      {"a.txt", "[{\"text\"", LODE_KIND_TEXT},
      {"a", "  <!DOCTYPE html><p>", LODE_KIND_HTML},
      {"a", "\xEF\xBB\xBF<HTML lang=en>", LODE_KIND_HTML},
      {"a", "<p>", LODE_KIND_TEXT},
      {"a.gz", "WARC/1.0\r\n", LODE_KIND_WARC},
      {"a.html/page", "text", LODE_KIND_TEXT},
      {"dir/.txt", "{\"a\":1}", LODE_KIND_JSONL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (!CHECK_INT(lode_kind_of(cases[i].path, cases[i].first, strlen(cases[i].first)), cases[i].kind))
      printf("  for %s %s\n", cases[i].path, cases[i].first);
  CHECK_INT(lode_kind_of("-", NULL, 0), LODE_KIND_TEXT);
  for (int kind = 0; kind < LODE_KIND_COUNT; kind++) CHECK_INT(lode_kind_find(lode_kind_name((lode_kind)kind)), kind);
  CHECK_INT(lode_kind_find("pdf"), -1);
}

int main(void) {
  make_tree();
  RUN(test_folders);
  RUN(test_named);
  RUN(test_patterns);
  RUN(test_unreadable);
  RUN(test_dot);
  RUN(test_large);
  RUN(test_kinds);
  scratch_end();
  return CHECK_END();
}
