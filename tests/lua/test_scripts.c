/* Runs every tests/lua/test_*.lua as a script over tests/lua/page.txt, in the real sandbox (check_*.lua: trusted).
 * A script prints a line for each failed case and at its end "N passed, N failed" (see case.lua). */
#include "check.h"
#include "clean.h"
#include "file.h"
#include "host.h"
#include <dirent.h>

#define FOLDER LODE_SOURCE_DIR "/tests/lua"

static lode_buf page_text;
static char script_path[600];

/* What the script printed last, which tells how it went. */
static void check_summary(const lode_sink *sink) {
  const char *last = sink->printed.ptr;
  for (size_t i = 0; i + 1 < sink->printed.len; i++) {
    if (sink->printed.ptr[i] == '\n') last = sink->printed.ptr + i + 1;
  }
  int passed = 0, failed = -1;
  size_t len = sink->printed.len;
  if (len > 0) printf("%.*s", (int)len, sink->printed.ptr);
  CHECK(len > 0 && sscanf(last, "%d passed, %d failed", &passed, &failed) == 2);
  CHECK(passed > 0);
  CHECK_INT(failed, 0);
}

static void run_stages(lode_host *host, lode_page *page, lode_sink *sink) {
  lode_err err;
  lode_page_open(page, LODE_STR("page.txt"), (lode_str){page_text.ptr, page_text.len});
  if (!CHECK_OK(lode_clean(page, &err), &err)) return;
  if (!CHECK_OK(lode_host_page(host, page, sink, &err), &err)) return;
  CHECK_OK(lode_sink_keep(sink, &err), &err);
  const lode_totals totals = {.pages_in = 1, .pages_out = 1};
  if (CHECK_OK(lode_host_done(host, &totals, sink, &err), &err)) check_summary(sink);
}

static void run_script(void) {
  lode_host *host = NULL;
  lode_table words;
  lode_page page;
  lode_sink sink;
  lode_err err;
  const char *args[] = {"name=value", "root=" LODE_SOURCE_DIR, NULL};
  const lode_host_options options = {.script = script_path,
                                     .library = LODE_SOURCE_DIR "/lua",
                                     .args = args,
                                     .memory = 64 << 20,
                                     .trust = strstr(script_path, "/check_") != NULL};
  lode_table_init(&words, 1);
  lode_page_init(&page, &words);
  lode_sink_init(&sink);
  if (CHECK_OK(lode_host_open(&host, &options, &err), &err) && CHECK_OK(lode_host_load(host, &err), &err))
    run_stages(host, &page, &sink);
  lode_host_close(host);
  lode_sink_free(&sink);
  lode_page_free(&page);
  lode_table_free(&words);
}

static int is_script(const struct dirent *item) {
  size_t len = strlen(item->d_name);
  bool named = strncmp(item->d_name, "test_", 5) == 0 || strncmp(item->d_name, "check_", 6) == 0;
  return named && len > 4 && strcmp(item->d_name + len - 4, ".lua") == 0;
}

int main(void) {
  lode_err err;
  struct dirent **items = NULL;
  if (lode_file_read(FOLDER "/page.txt", 1 << 20, &page_text, &err) != 0) return 1;
  int count = scandir(FOLDER, &items, is_script, alphasort);
  for (int i = 0; i < count; i++) {
    snprintf(script_path, sizeof script_path, "%s/%s", FOLDER, items[i]->d_name);
    check_run(run_script, items[i]->d_name);
    free(items[i]);
  }
  free(items);
  lode_buf_free(&page_text);
  return CHECK_END();
}
