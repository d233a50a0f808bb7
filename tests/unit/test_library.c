/* Where the Lua library is looked for, and in what order. */
#include "check.h"
#include "library.h"
#include "scratch.h"

static void make(const char *name) {
  char command[1200];
  snprintf(command, sizeof command, "mkdir -p '%s/%s'", scratch_dir(), name);
  CHECK_INT(system(command), 0);
}

static void rename_out(const char *library) {
  char from[600], to[600];
  snprintf(from, sizeof from, "%s/%s/lode/out", scratch_dir(), library);
  snprintf(to, sizeof to, "%s/%s/lode/gone", scratch_dir(), library);
  CHECK_INT(rename(from, to), 0);
}

/* The place found for the program in bin/, without the scratch folder before it. */
static void want_place(const char *want) {
  char folder[600];
  lode_buf out = {0};
  lode_err err;
  lode_err_clear(&err);
  snprintf(folder, sizeof folder, "%s/bin", scratch_dir());
  if (CHECK_OK(lode_library_find_from(folder, &out, &err), &err)) {
    size_t skip = strlen(scratch_dir()) + 1;
    CHECK_STR(out.ptr + skip, out.len - skip, want);
    CHECK_INT(out.ptr[out.len], 0);
  }
  lode_buf_free(&out);
}

static void test_order(void) {
  make("bin/lua/lode/out");
  make("share/lode/lua/lode/out");
  make("tree/lua/lode/out");
  char name[600];
  snprintf(name, sizeof name, "%s/bin/lode.source", scratch_dir());
  FILE *file = fopen(name, "w");
  if (!CHECK(file != NULL)) return;
  fprintf(file, "%s/tree\n", scratch_dir());
  fclose(file);
  want_place("bin/lua");
  rename_out("bin/lua");
  want_place("bin/../share/lode/lua");
  rename_out("share/lode/lua");
  want_place("tree/lua");
  rename_out("tree/lua");
  lode_buf out = {0};
  CHECK_INT(lode_library_find_from(scratch_dir(), &out, NULL), LODE_E_IO);
  lode_buf_free(&out);
}

int main(void) {
  RUN(test_order);
  scratch_end();
  return CHECK_END();
}
