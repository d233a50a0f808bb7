#include "commands.h"
#include "file.h"
#include <string.h>
#include <unistd.h>

/* $ stands for the name, @ for the path. */
static const char skeleton[] = "--- $: say here in one line what this script looks for.\n"
                               "---\n"
                               "---     lode test @                  run the examples beside the rules\n"
                               "---     lode watch @ pages/          save the file, see what changes\n"
                               "---     lode why @ page.txt#L12      why did this line (not) match?\n"
                               "---     lode run @ pages/ -f csv -o $.csv\n"
                               "---\n"
                               "--- A rule matches tokens: p * q is p and then q, p + q a choice, p ^ 1 one or more; "
                               "lode help rules, lode help gap.\n"
                               "lode.columns { \"page\", \"line\", \"who\", \"verb\", \"what\", \"text\" }\n"
                               "\n"
                               "local name = cap - w \"The A An In On At But It He She They Monday Tuesday Friday\" -- "
                               "a capitalized word, but not these\n"
                               "local who = as(\"who\", name ^ { 1, 3 })\n"
                               "local verb = as(\"verb\", w \"opened opens closed closes\")\n"
                               "local what = as(\"what\", w \"the a an\" * upto(3, punct))\n"
                               "\n"
                               "rule { \"$.plain\", label = \"$\", match = who * gap(2) * verb * what,\n"
                               "  examples = {\n"
                               "    { \"On Monday Leila Haddou has opened the old dam.\", who = \"Leila Haddou\", verb "
                               "= \"opened\", what = \"the old dam\" },\n"
                               "    { none = \"The dam was opened on Monday.\" } } }\n";

/* The last part of the path without its ending, of letters, digits and _. */
static int name_of(const char *path, lode_buf *out, lode_err *err) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  size_t len = strlen(name);
  if (len > 4 && strcmp(name + len - 4, ".lua") == 0) len -= 4;
  int code = 0;
  for (size_t i = 0; i < len && code == 0; i++) {
    char c = name[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    code = lode_buf_byte(out, plain ? c : '_', err);
  }
  if (code == 0 && len == 0) return lode_fail(err, LODE_E_USAGE, "which name? lode new NAME");
  return code;
}

static int fill(const char *path, lode_str name, lode_buf *out, lode_err *err) {
  int code = 0;
  for (const char *p = skeleton; *p && code == 0; p++) {
    if (*p == '$') code = lode_buf_add(out, name.ptr, name.len, err);
    else if (*p == '@') code = lode_buf_text(out, path, err);
    else code = lode_buf_byte(out, *p, err);
  }
  return code;
}

static int write_script(const char *path, lode_err *err) {
  lode_buf name = {0}, text = {0};
  lode_outfile file = {.fd = -1};
  int code = access(path, F_OK) == 0 ? lode_fail(err, LODE_E_USAGE, "%.400s is there already", path) : 0;
  if (code == 0) code = name_of(path, &name, err);
  if (code == 0) code = fill(path, (lode_str){name.ptr, name.len}, &text, err);
  if (code == 0) code = lode_outfile_open(&file, path, err);
  if (code == 0) code = lode_outfile_write(&file, text.ptr, text.len, err);
  if (code == 0) code = lode_outfile_commit(&file, err);
  lode_outfile_drop(&file);
  lode_buf_free(&name);
  lode_buf_free(&text);
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  (void)settings;
  lode_err err;
  lode_err_clear(&err);
  lode_buf path = {0}, out = {0};
  int code = count == 1 ? 0 : lode_fail(&err, LODE_E_USAGE, "one name: lode new NAME");
  size_t len = code == 0 ? strlen(rest[0]) : 0;
  bool ended = len > 4 && strcmp(rest[0] + len - 4, ".lua") == 0;
  if (code == 0) code = lode_buf_printf(&path, &err, "%s%s", rest[0], ended ? "" : ".lua");
  if (code == 0) code = lode_buf_byte(&path, '\0', &err);
  if (code == 0) code = write_script(path.ptr, &err);
  if (code == 0)
    code = lode_buf_printf(&out, &err, "%s: a script with one rule; next: lode test %s\n", path.ptr, path.ptr);
  lode_status status = code == 0 ? lode_print("new", &out) : lode_complain("new", &err);
  lode_buf_free(&path);
  lode_buf_free(&out);
  return status;
}

const lode_command lode_command_new = {
    "new",
    "NAME",
    "write the beginning of a script, with a rule and examples that pass",
    "Writes NAME.lua, which must not be there yet.\n"
    "\n"
    "    lode new openings && lode test openings.lua\n",
    {NULL},
    run,
};
