#include "inputs.h"

#include "buf.h"
#include "mem.h"
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* ---- kinds --------------------------------------------------------------------------------------------- */

const char *lode_kind_name(lode_kind kind) {
  switch (kind) {
#define KIND_NAME(code, name)                                                                                          \
  case LODE_KIND_##code: return name;
    LODE_KINDS(KIND_NAME)
#undef KIND_NAME
    case LODE_KIND_COUNT: break;
  }
  return "unknown";
}

int lode_kind_find(const char *name) {
  for (int kind = 0; kind < LODE_KIND_COUNT; kind++)
    if (strcmp(name, lode_kind_name((lode_kind)kind)) == 0) return kind;
  return -1;
}

static bool ends_with(const char *path, size_t len, const char *ending) {
  size_t n = strlen(ending);
  return len > n && strncasecmp(path + len - n, ending, n) == 0;
}

static lode_kind kind_of_name(const char *path) {
  static const struct {
    const char *ending;
    lode_kind kind;
  } endings[] = {
      {".txt", LODE_KIND_TEXT},  {".text", LODE_KIND_TEXT}, {".jsonl", LODE_KIND_JSONL}, {".ndjson", LODE_KIND_JSONL},
      {".html", LODE_KIND_HTML}, {".htm", LODE_KIND_HTML},  {".csv", LODE_KIND_CSV},     {".tsv", LODE_KIND_CSV},
      {".wet", LODE_KIND_WET},   {".warc", LODE_KIND_WARC},
  };
  const char *slash = strrchr(path, '/');
  if (slash != NULL) path = slash + 1;
  size_t len = strlen(path);
  if (ends_with(path, len, ".gz")) len -= 3;
  else if (ends_with(path, len, ".zst")) len -= 4;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ends_with(path, len, endings[i].ending)) return endings[i].kind;
  return LODE_KIND_AUTO;
}

static const char *skip_space(const char *pos, const char *end) {
  while (pos < end && memchr(" \t\r\n", *pos, 4) != NULL) pos++;
  return pos;
}

static bool begins_with(const char *pos, const char *end, const char *what) {
  size_t n = strlen(what);
  return (size_t)(end - pos) >= n && strncasecmp(pos, what, n) == 0;
}

/* A brace alone is not enough: wiki text begins with "{{". An object has a name or an end behind it; an array is
 * taken for one of objects only, since notes in brackets begin texts too. */
static lode_kind kind_of_bytes(const char *first, size_t len) {
  if (len == 0) return LODE_KIND_TEXT;
  const char *end = first + len;
  if (begins_with(first, end, "\xEF\xBB\xBF")) first += 3;
  const char *pos = skip_space(first, end);
  if (pos < end && *pos == '{') {
    pos = skip_space(pos + 1, end);
    return pos < end && (*pos == '"' || *pos == '}') ? LODE_KIND_JSONL : LODE_KIND_TEXT;
  }
  if (pos < end && *pos == '[') {
    pos = skip_space(pos + 1, end);
    return end - pos > 1 && *pos == '{' && memchr("\" \t\r\n", pos[1], 5) != NULL ? LODE_KIND_JSONL : LODE_KIND_TEXT;
  }
  if (begins_with(pos, end, "<!doctype html") || begins_with(pos, end, "<html")) return LODE_KIND_HTML;
  return begins_with(pos, end, "WARC/1.") ? LODE_KIND_WARC : LODE_KIND_TEXT;
}

lode_kind lode_kind_of(const char *path, const char *first, size_t first_len) {
  lode_kind named = kind_of_name(path);
  if (named != LODE_KIND_AUTO && named != LODE_KIND_TEXT) return named;
  lode_kind found = kind_of_bytes(first, first_len);
  return named == LODE_KIND_AUTO || found == LODE_KIND_HTML ? found : named;
}

/* ---- the list ------------------------------------------------------------------------------------------ */

static int fail_path(lode_err *err, const char *path, const char *what) {
  lode_fail(err, LODE_E_IO, "%s", what);
  lode_err_at(err, path, 0, LODE_NO_BYTE);
  return LODE_E_IO;
}

static int add_item(lode_inputs *self, const char *path, const struct stat *info, lode_err *err) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 16);
    lode_input *items = realloc(self->items, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a list of %zu files", cap);
    self->items = items;
    self->cap = cap;
  }
  lode_str name = lode_arena_copy(&self->names, path, strlen(path), err);
  if (name.ptr == NULL) return LODE_E_NOMEM;
  lode_input item = {.path = name.ptr};
  if (info != NULL && S_ISREG(info->st_mode)) {
    item.size = (uint64_t)info->st_size;
    item.mtime_ns = (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
  }
  self->items[self->count++] = item;
  return 0;
}

static int compare_items(const void *a, const void *b) {
  return strcmp(((const lode_input *)a)->path, ((const lode_input *)b)->path);
}

static int compare_paths(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* ---- walking a folder ------------------------------------------------------------------------------------ */

/* Folders still to be read, a list of C strings: no recursion, so depth costs no stack and one open folder at a time.
 * What cannot be read is remembered and the walk goes on: the caller learns of the first, and has all the rest. */
typedef struct walk {
  lode_inputs *inputs;
  const char **folders;
  size_t count, cap;
  lode_buf path; /* of the entry at hand, NUL behind it */
  int failed;
  lode_err *err;
} walk;

static void note_failure(walk *self, const char *path, int error) {
  if (self->failed == 0) self->failed = fail_path(self->err, path, strerror(error));
}

static int push_folder(walk *self, const char *path) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 16);
    const char **folders = realloc(self->folders, lode_size_mul(cap, sizeof *folders));
    if (folders == NULL) return lode_fail(self->err, LODE_E_NOMEM, "out of memory: a list of %zu folders", cap);
    self->folders = folders;
    self->cap = cap;
  }
  lode_str copy = lode_arena_copy(&self->inputs->names, path, strlen(path), self->err);
  if (copy.ptr == NULL) return LODE_E_NOMEM;
  self->folders[self->count++] = copy.ptr;
  return 0;
}

static int join(walk *self, const char *folder, const char *name) {
  size_t len = strlen(folder);
  self->path.len = 0;
  int code = lode_buf_add(&self->path, folder, len, self->err);
  if (code == 0 && folder[len - 1] != '/') code = lode_buf_byte(&self->path, '/', self->err);
  return code != 0 ? code : lode_buf_add(&self->path, name, strlen(name) + 1, self->err);
}

/* An entry that is gone by now, or a link to nothing, is no file. */
static int visit(walk *self, const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0) {
    if (errno != ENOENT) note_failure(self, path, errno);
    return 0;
  }
  if (S_ISDIR(info.st_mode)) return push_folder(self, path);
  if (S_ISLNK(info.st_mode) && stat(path, &info) != 0) {
    if (errno != ENOENT && errno != ELOOP) note_failure(self, path, errno);
    return 0;
  }
  return S_ISREG(info.st_mode) ? add_item(self->inputs, path, &info, self->err) : 0;
}

static int read_folder(walk *self, const char *folder) {
  DIR *dir = opendir(folder);
  if (dir == NULL) {
    note_failure(self, folder, errno);
    return 0;
  }
  int code = 0;
  while (code == 0) {
    errno = 0;
    const struct dirent *entry = readdir(dir);
    if (entry == NULL) {
      if (errno != 0) note_failure(self, folder, errno);
      break;
    }
    if (entry->d_name[0] == '.') continue;
    code = join(self, folder, entry->d_name);
    if (code == 0) code = visit(self, self->path.ptr);
  }
  closedir(dir);
  return code;
}

static int add_folder(lode_inputs *self, const char *folder, lode_err *err) {
  walk w = {.inputs = self, .err = err};
  size_t first = self->count;
  int code = push_folder(&w, folder);
  while (code == 0 && w.count > 0) code = read_folder(&w, w.folders[--w.count]);
  if (self->count > first) qsort(self->items + first, self->count - first, sizeof *self->items, compare_items);
  free(w.folders);
  lode_buf_free(&w.path);
  return code != 0 ? code : w.failed;
}

/* ---- arguments ------------------------------------------------------------------------------------------- */

static int add_existing(lode_inputs *self, const char *path, const struct stat *info, lode_err *err) {
  return S_ISDIR(info->st_mode) ? add_folder(self, path, err) : add_item(self, path, info, err);
}

static int add_matches(lode_inputs *self, const char *pattern, char **paths, size_t count, lode_err *err) {
  if (count == 0) return fail_path(err, pattern, "no file matches this pattern");
  qsort(paths, count, sizeof *paths, compare_paths);
  for (size_t i = 0; i < count; i++) {
    const char *path = strcmp(paths[i], "-") == 0 ? "./-" : paths[i];
    struct stat info;
    if (stat(path, &info) != 0) return fail_path(err, path, strerror(errno));
    int code = add_existing(self, path, &info, err);
    if (code != 0) return code;
  }
  return 0;
}

static int add_pattern(lode_inputs *self, const char *pattern, lode_err *err) {
  glob_t found = {0};
  int code;
  switch (glob(pattern, GLOB_NOSORT | GLOB_ERR, NULL, &found)) {
    case 0: code = add_matches(self, pattern, found.gl_pathv, found.gl_pathc, err); break;
    case GLOB_NOMATCH: code = add_matches(self, pattern, NULL, 0, err); break;
    case GLOB_NOSPACE: code = lode_fail(err, LODE_E_NOMEM, "out of memory: a list of files"); break;
    default: code = fail_path(err, pattern, "a folder of this pattern cannot be read"); break;
  }
  globfree(&found);
  return code;
}

bool lode_inputs_has_standard(const lode_inputs *self) {
  for (size_t i = 0; i < self->count; i++)
    if (strcmp(self->items[i].path, "-") == 0) return true;
  return false;
}

static int add_standard_input(lode_inputs *self, lode_err *err) {
  if (lode_inputs_has_standard(self))
    return lode_fail(err, LODE_E_USAGE, "standard input (-) is named twice; it can be read once");
  return add_item(self, "-", NULL, err);
}

int lode_inputs_add(lode_inputs *self, const char *argument, lode_err *err) {
  if (strcmp(argument, "-") == 0) return add_standard_input(self, err);
  if (*argument == '\0') return lode_fail(err, LODE_E_IO, "an input with an empty name");
  struct stat info;
  if (stat(argument, &info) == 0) return add_existing(self, argument, &info, err);
  if ((errno == ENOENT || errno == ENOTDIR) && strpbrk(argument, "*?[") != NULL)
    return add_pattern(self, argument, err);
  return fail_path(err, argument, strerror(errno));
}

void lode_inputs_free(lode_inputs *self) {
  free(self->items);
  lode_arena_free(&self->names);
  *self = (lode_inputs){0};
}
