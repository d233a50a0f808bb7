/* scratch.h - a folder of its own for a test program, gone with scratch_end.
 *
 * LODE_TEST_SEED and the like do not name it: two runs at once never meet.
 */
#ifndef LODE_SCRATCH_H
#define LODE_SCRATCH_H
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline const char *scratch_dir(void) {
  static char dir[200];
  if (dir[0] != '\0') return dir;
  const char *base = getenv("TMPDIR");
  snprintf(dir, sizeof dir, "%s/lode-test-XXXXXX",
           base != NULL && base[0] != '\0' && strlen(base) < 150 ? base : "/tmp");
  if (mkdtemp(dir) == NULL) {
    perror(dir);
    exit(1);
  }
  return dir;
}

/* Good for the next eight calls. */
static inline const char *scratch_path(const char *name) {
  static char paths[8][400];
  static unsigned next;
  char *path = paths[next++ % 8];
  snprintf(path, sizeof paths[0], "%s/%s", scratch_dir(), name);
  return path;
}

static inline const char *scratch_write(const char *name, const void *bytes, size_t len) {
  const char *path = scratch_path(name);
  FILE *file = fopen(path, "wb");
  if (file == NULL || (len != 0 && fwrite(bytes, 1, len, file) != len) || fclose(file) != 0) {
    perror(path);
    exit(1);
  }
  return path;
}

static inline int scratch_remove(const char *path, const struct stat *info, int kind, struct FTW *where) {
  (void)info, (void)kind, (void)where;
  return remove(path);
}

static inline void scratch_end(void) {
  nftw(scratch_dir(), scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
