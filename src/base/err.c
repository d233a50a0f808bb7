#include "err.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lode_err_clear(lode_err *err) {
  if (err == NULL) return;
  err->code = LODE_OK;
  err->message[0] = err->path[0] = '\0';
  err->byte = LODE_NO_BYTE;
  err->line = 0;
  err->raised_file = NULL;
  err->raised_line = 0;
}

int lode_err_set(lode_err *err, int code, const char *raised_file, int raised_line, const char *format, ...) {
  if (err == NULL) return code;
  char message[sizeof err->message]; /* an argument may be the old message */
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  lode_err_clear(err);
  err->code = code;
  err->raised_file = raised_file;
  err->raised_line = raised_line;
  memcpy(err->message, message, sizeof message);
  return code;
}

int lode_err_at(lode_err *err, const char *path, uint32_t line, uint64_t byte) {
  if (err == NULL) return LODE_E_INPUT;
  if (err->path[0] == '\0' && path != NULL) snprintf(err->path, sizeof err->path, "%s", path);
  if (err->line == 0) err->line = line;
  if (err->byte == LODE_NO_BYTE) err->byte = byte;
  return err->code;
}

char *lode_err_text(const lode_err *err, char *out, size_t size) {
  if (err->path[0] != '\0' && err->line != 0)
    snprintf(out, size, "%s:%" PRIu32 ": %s", err->path, err->line, err->message);
  else if (err->path[0] != '\0' && err->byte != LODE_NO_BYTE)
    snprintf(out, size, "%s: byte %" PRIu64 ": %s", err->path, err->byte, err->message);
  else if (err->path[0] != '\0')
    snprintf(out, size, "%s: %s", err->path, err->message);
  else
    snprintf(out, size, "%s", err->message);
  return out;
}

const char *lode_err_name(int code) {
  switch (code) {
#define LODE_ERROR_NAME(code_, number, name, text) \
  case number: return name;
    LODE_ERRORS(LODE_ERROR_NAME)
#undef LODE_ERROR_NAME
    default: return "unknown";
  }
}
