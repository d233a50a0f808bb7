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

int lode_guard_init(lode_guard *self, const char *output, const char *errors, lode_err *err) {
  lode_buf out = {0}, list = {0};
  struct stat info;
  int code = 0;
  *self = (lode_guard){0};
  if (!output && fstat(STDOUT_FILENO, &info) == 0) add(self, "standard output", NULL, &info);
  if (output) code = canonical(output, &out, err);
  if (code == 0 && output) code = add_path(self, "-o", output, &out, WITH_JOURNAL, err);
  if (code == 0 && errors) code = canonical(errors, &list, err);
  bool both = code == 0 && output && errors && !is_device(output);
  if (both && (extends(list.ptr, out.ptr, WITH_JOURNAL) || extends(out.ptr, list.ptr, WITH_PART)))
    code = lode_fail(err, LODE_E_USAGE, "-o %s and --errors %s are the same file, or one of its parts", output, errors);
  if (code == 0 && errors) code = lode_guard_check(self, "the list of errors", errors, err);
  if (code == 0 && errors) code = add_path(self, "--errors", errors, &list, WITH_PART, err);
  lode_buf_free(&out);
  lode_buf_free(&list);
  return code;
}

static const lode_guard_file *find(const lode_guard *self, const struct stat *info) {
  for (size_t i = 0; i < self->count; i++)
    if (self->files[i].info.st_dev == info->st_dev && self->files[i].info.st_ino == info->st_ino)
      return &self->files[i];
  return NULL;
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

int lode_guard_inputs(const lode_guard *self, const char *argument, lode_inputs *inputs, size_t first, lode_err *err) {
  size_t kept = first;
  bool folder = is_folder(argument);
  for (size_t i = first; i < inputs->count; i++) {
    const lode_input *input = &inputs->items[i];
    const lode_guard_file *file = written(self, input);
    bool named = strcmp(input->path, argument) == 0 || (!folder && fnmatch(argument, input->path, FNM_PATHNAME) == 0);
    if (file && named) return refuse(file, "the input", input->path, err);
    if (!file) inputs->items[kept++] = *input;
  }
  inputs->count = kept;
  return 0;
}
