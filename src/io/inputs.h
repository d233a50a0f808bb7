/* inputs.h - the list of input files that a command line names.
 *
 * Files stay in the order given; a directory stands for the regular files below it, sorted by the bytes
 * of their path, hidden ones and links to directories left out; a pattern with * ? [ ] that is no
 * existing path is expanded (sorted); "-" is standard input, once.  A path that is not there, or a
 * pattern that matches nothing, is an error that names it.
 */
#ifndef LODE_INPUTS_H
#define LODE_INPUTS_H
#include "arena.h"
#include <stdbool.h>

#define LODE_KINDS(X)                                                                                                  \
  X(AUTO, "auto") X(TEXT, "text") X(JSONL, "jsonl") X(HTML, "html") X(CSV, "csv") X(WET, "wet") X(WARC, "warc")
typedef enum lode_kind {
#define LODE_KIND_ENUM(code, name) LODE_KIND_##code,
  LODE_KINDS(LODE_KIND_ENUM)
#undef LODE_KIND_ENUM
      LODE_KIND_COUNT
} lode_kind;
const char *lode_kind_name(lode_kind kind);
int lode_kind_find(const char *name); /* -1 for none */

/* The kind by name (.txt, .text, .jsonl, .ndjson, .html, .htm, .csv, .tsv, .wet, .warc in any case, each also with .gz
 * or .zst behind it), and where the name says nothing (no or unknown ending, "-"), by the first bytes, behind a
 * byte order mark and white space: the beginning of a JSON object, or of an array of objects (which is no JSONL, and
 * its reader says so), is JSONL, "<!doctype html" or "<html" is HTML,
 * "WARC/1." is WARC, anything else text.  Pages are often saved as .txt: a name that says text does not make text of
 * what begins as HTML. */
lode_kind lode_kind_of(const char *path, const char *first, size_t first_len);

typedef struct lode_input {
  const char *path; /* as given, or as walked: DIR/sub/name */
  uint64_t size;    /* bytes on disk; 0 for "-", devices and pipes */
  int64_t mtime_ns;
} lode_input;

typedef struct lode_inputs {
  lode_input *items;
  size_t count, cap;
  lode_arena names;
} lode_inputs;
/* On error the list holds what was found and must still be freed: a folder that cannot be read does not end the walk,
 * the error names the first. Devices and pipes are taken where they are named, and left out of folders. */
int lode_inputs_add(lode_inputs *self, const char *argument, lode_err *err);
void lode_inputs_free(lode_inputs *self);
bool lode_inputs_has_standard(const lode_inputs *self); /* standard input, which can be read once, is one of them */

#endif
