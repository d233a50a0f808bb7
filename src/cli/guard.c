#include "guard.h"
#include "buf.h"
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Devices and pipes (/dev/null) can be read and written at once. */
static void add(lode_guard *self, const char *option, const char *path, const struct stat *info) {
  if (S_ISREG(info->st_mode) && self->count < LODE_GUARD_FILES)
    self->files[self->count++] = (lode_guard_file){option, path, *info};
}

/* The path without links as far as it exists, with a NUL: the file itself may be still to come. */
static int canonical(const char *path, lode_buf *out, lode_err *err) {
  char *whole = realpath(path, NULL);
  int code = 0;
  if (whole) {
    code = lode_buf_text(out, whole, err);
  } else {
    const char *slash = strrchr(path, '/');
    lode_buf folder = {0};
    if (slash) code = lode_buf_add(&folder, path, (size_t)(slash - path) + 1, err);
    else code = lode_buf_text(&folder, ".", err);
    if (code == 0) code = lode_buf_byte(&folder, '\0', err);
    if (code == 0) whole = realpath(folder.ptr, NULL);
    if (code == 0) code = lode_buf_text(out, whole ? whole : folder.ptr, err);
    if (code == 0) code = lode_buf_byte(out, '/', err);
    if (code == 0) code = lode_buf_text(out, slash ? slash + 1 : path, err);
    lode_buf_free(&folder);
  }
  free(whole);
  return code ? code : lode_buf_byte(out, '\0', err);
}

enum { WITH_PART = 2, WITH_JOURNAL = 3 };
static const char *const endings[] = {"", ".part", ".journal"};

/* The file and what stands beside it while it is written: the journal by the name as given, the part behind links. */
static int add_path(lode_guard *self, const char *option, const char *path, const lode_buf *whole, size_t with,
                    lode_err *err) {
  lode_buf name = {0};
  int code = 0;
  for (size_t i = 0; i < with && code == 0; i++) {
    struct stat info;
    name.len = 0;
    code = lode_buf_text(&name, i == 2 ? path : whole->ptr, err);
    if (code == 0) code = lode_buf_text(&name, endings[i], err);
    if (code == 0) code = lode_buf_byte(&name, '\0', err);
    if (code == 0 && stat(name.ptr, &info) == 0) add(self, option, path, &info);
  }
  lode_buf_free(&name);
  return code;
}

static bool is_device(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

static bool extends(const char *path, const char *base, size_t with) {
  size_t len = strlen(base);
  if (strncmp(path, base, len) != 0) return false;
  for (size_t i = 0; i < with; i++)
    if (strcmp(path + len, endings[i]) == 0) return true;
  return false;
}

static const lode_guard_file *find(const lode_guard *self, const struct stat *info) {
  for (size_t i = 0; i < self->count; i++)
    if (self->files[i].info.st_dev == info->st_dev && self->files[i].info.st_ino == info->st_ino)
      return &self->files[i];
  return NULL;
}

static int add_option(lode_guard *self, const char *option, const char *path, size_t with, lode_err *err) {
  lode_buf name = {0}, other = {0};
  int code = canonical(path, &name, err);
  for (size_t i = 0; i < self->path_count && code == 0; i++) {
    const char *before = self->paths[i].path;
    other.len = 0;
    code = canonical(before, &other, err);
    if (code != 0 || is_device(before)) continue;
    if (extends(name.ptr, other.ptr, self->paths[i].with) || extends(other.ptr, name.ptr, with))
      code = lode_fail(err, LODE_E_USAGE, "%s %s and %s %s are the same file, or one of its parts",
                       self->paths[i].option, before, option, path);
  }
  struct stat info;
  if (code == 0 && stat(path, &info) == 0 && find(self, &info)) /* by another name */
    code = lode_fail(err, LODE_E_USAGE, "%s and %s %s are the same file", find(self, &info)->option, option, path);
  if (code == 0) code = add_path(self, option, path, &name, with, err);
  if (code == 0 && self->path_count < LODE_GUARD_PATHS) {
    self->paths[self->path_count].option = option;
    self->paths[self->path_count].path = path;
    self->paths[self->path_count++].with = with;
  }
  lode_buf_free(&name);
  lode_buf_free(&other);
  return code;
}

int lode_guard_init(lode_guard *self, const char *output, lode_err *err) {
  struct stat info;
  *self = (lode_guard){0};
  if (output) return add_option(self, "-o", output, WITH_JOURNAL, err);
  if (fstat(STDOUT_FILENO, &info) == 0) add(self, "standard output", NULL, &info);
  return 0;
}

int lode_guard_add(lode_guard *self, const char *option, const char *path, lode_err *err) {
  return path ? add_option(self, option, path, WITH_PART, err) : 0;
}

static int refuse(const lode_guard_file *file, const char *what, const char *path, lode_err *err) {
  return lode_fail(err, LODE_E_USAGE, "%s%s%s would write over %s %s", file->option, file->path ? " " : "",
                   file->path ? file->path : "", what, path);
}

int lode_guard_check(const lode_guard *self, const char *what, const char *path, lode_err *err) {
  struct stat info;
  if (stat(path, &info) != 0) return 0;
  const lode_guard_file *file = find(self, &info);
  return file ? refuse(file, what, path, err) : 0;
}

/* The written file that an input is, or NULL.  The size of every input is known: a call to the system for each
 * of millions of files would cost more than the rest of the list. */
static const lode_guard_file *written(const lode_guard *self, const lode_input *input) {
  struct stat info;
  if (strcmp(input->path, "-") == 0) return fstat(STDIN_FILENO, &info) == 0 ? find(self, &info) : NULL;
  for (size_t i = 0; i < self->count; i++)
    if ((uint64_t)self->files[i].info.st_size == input->size)
      return stat(input->path, &info) == 0 ? find(self, &info) : NULL;
  return NULL;
}

static bool is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

int lode_guard_inputs(lode_guard *self, const char *argument, lode_inputs *inputs, size_t first, lode_err *err) {
  size_t kept = first;
  bool folder = is_folder(argument);
  for (size_t i = first; i < inputs->count; i++) {
    const lode_input *input = &inputs->items[i];
    const lode_guard_file *file = written(self, input);
    bool named = strcmp(input->path, argument) == 0 || (!folder && fnmatch(argument, input->path, FNM_PATHNAME) == 0);
    if (file && named) return refuse(file, "the input", input->path, err);
    if (!file) inputs->items[kept++] = *input;
    else if (self->left_out == NULL) self->left_out = file->path;
  }
  inputs->count = kept;
  return 0;
}
