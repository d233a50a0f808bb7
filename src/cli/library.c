#include "library.h"
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

/* A folder of that name may be anything; one that holds lode/out is the library. */
static bool is_library(const char *path) {
  char probe[PATH_ROOM];
  struct stat status;
  int len = snprintf(probe, sizeof probe, "%s/lode/out", path);
  return len > 0 && (size_t)len < sizeof probe && stat(probe, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool try_place(const char *folder, const char *below, char out[PATH_ROOM]) {
  int len = snprintf(out, PATH_ROOM, "%s/%s", folder, below);
  return len > 0 && len < PATH_ROOM && is_library(out);
}

/* The source tree that a build folder names in its file lode.source. */
static bool try_source(const char *folder, char out[PATH_ROOM]) {
  char name[PATH_ROOM], source[PATH_ROOM];
  int len = snprintf(name, sizeof name, "%s/lode.source", folder);
  FILE *file = len > 0 && (size_t)len < sizeof name ? fopen(name, "r") : NULL;
  if (!file) return false;
  bool read = fgets(source, sizeof source, file) != NULL;
  fclose(file);
  if (!read) return false;
  source[strcspn(source, "\n")] = '\0';
  return try_place(source, "lua", out);
}

int lode_library_find_from(const char *folder, lode_buf *out, lode_err *err) {
  char path[PATH_ROOM];
  if (!try_place(folder, "lua", path) && !try_place(folder, "../share/lode/lua", path) && !try_source(folder, path))
    return lode_fail(err, LODE_E_IO, "the Lua library is missing: looked for %.200s/lua and %.200s/../share/lode/lua",
                     folder, folder);
  int code = lode_buf_add(out, path, strlen(path) + 1, err);
  if (code == 0) out->len--;
  return code;
}

int lode_library_find(lode_buf *out, lode_err *err) {
  char program[PATH_ROOM];
  ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
  if (len <= 0) return lode_fail(err, LODE_E_IO, "cannot tell where this program is: /proc/self/exe is not readable");
  program[len] = '\0';
  char *slash = strrchr(program, '/');
  if (slash) *slash = '\0';
  return lode_library_find_from(program, out, err);
}
