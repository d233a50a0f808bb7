#include "script.h"
#include "job.h"
#include "library.h"
#include "terminal.h"
#include <string.h>

enum { SCRIPT_MEMORY = 512 << 20 };

int lode_script_init(lode_script *self, const lode_settings *settings, const char *script, lode_err *err) {
  uint64_t hash = 0;
  *self = (lode_script){.options = {.script = script,
                                    .labels = settings->labels,
                                    .args = settings->args.items,
                                    .memory = SCRIPT_MEMORY,
                                    .trust = settings->trust}};
  lode_lists_init(&self->lists);
  int code = lode_library_find(&self->library, err);
  if (code == 0) code = lode_job_zones(settings, 0, &self->options.zones, err);
  if (code == 0) code = lode_job_lists(settings, &self->lists, &hash, err);
  self->options.library = self->library.ptr;
  self->options.lists = self->lists.words.count > 0 ? &self->lists : NULL;
  return code;
}

void lode_script_free(lode_script *self) {
  lode_buf_free(&self->library);
  lode_lists_free(&self->lists);
}

int lode_script_load(const lode_script *self, lode_host **host, lode_err *err) {
  int code = lode_host_open(host, &self->options, err);
  return code != 0 ? code : lode_host_load(*host, err);
}

void lode_script_say(lode_str text) {
  for (size_t at = 0; at < text.len;) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t len = end == NULL ? text.len - at : (size_t)(end - text.ptr) - at;
    lode_terminal_say(text.ptr + at, len);
    at += len + 1;
  }
}
