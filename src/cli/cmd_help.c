#include "file.h"
#include "help.h"
#include "inputs.h"
#include "library.h"
#include "topics.h"
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 28, HELP_WIDTH = 108, LIBRARY_FILE = 4 << 20 };

int lode_help_version(lode_buf *out, lode_err *err) {
  return lode_buf_text(out, "lode " LODE_VERSION "\n", err);
}

int lode_help_overview(lode_buf *out, lode_err *err) {
  int code = lode_buf_text(out,
                           "lode mines text: what to extract is said in Lua scripts, the rest is done here.\n\n"
                           "    lode COMMAND [OPTIONS] INPUT...\n\n",
                           err);
  for (const lode_command *const *c = lode_commands; *c && code == 0; c++)
    code = lode_buf_printf(out, err, "  %-11s %s\n", (*c)->name, (*c)->summary);
  if (code == 0) code = lode_buf_text(out, "\nMore: lode help COMMAND, OPTION or FUNCTION, and these topics:\n ", err);
  for (const lode_topic *t = lode_topics; t->name && code == 0; t++) code = lode_buf_printf(out, err, " %s", t->name);
  return code ? code : lode_buf_text(out, "\n", err);
}

/* Words of text from column HELP_COLUMN on, broken before HELP_WIDTH; the first line begins at column `at`. */
static int put_wrapped(lode_buf *out, size_t at, const char *text, lode_err *err) {
  int code = 0;
  if (at + 1 > HELP_COLUMN) {
    code = lode_buf_text(out, "\n", err);
    at = 0;
  }
  for (bool first = true; *text && code == 0; first = false) {
    size_t word = strcspn(text, " ");
    bool broken = !first && at + 1 + word > HELP_WIDTH;
    if (broken) code = lode_buf_text(out, "\n", err);
    if (first || broken) {
      size_t from = broken ? 0 : at;
      if (code == 0) code = lode_buf_printf(out, err, "%*s", (int)(HELP_COLUMN - from), "");
      at = HELP_COLUMN;
    } else {
      code = lode_buf_text(out, " ", err);
      at++;
    }
    if (code == 0) code = lode_buf_add(out, text, word, err);
    at += word;
    text += word + strspn(text + word, " ");
  }
  return code ? code : lode_buf_text(out, "\n", err);
}

/* `lettered`: the letter is this option's and no other's of the command. */
static int put_option(const lode_option *option, bool lettered, lode_buf *out, lode_err *err) {
  char names[160];
  char letter[8] = "    ";
  if (option->letter && lettered) snprintf(letter, sizeof letter, "-%c, ", option->letter);
  int len = snprintf(names, sizeof names, "  %s--%s%s%s", letter, option->name, option->value ? " " : "",
                     option->value ? option->value : "");
  int code = lode_buf_text(out, names, err);
  return code ? code : put_wrapped(out, len > 0 ? (size_t)len : 0, option->help, err);
}

int lode_help_command(const lode_command *command, lode_buf *out, lode_err *err) {
  int code =
      lode_buf_printf(out, err, "lode %s %s%s\n\n%s\n\n%s", command->name, command->tables[0] ? "[OPTIONS] " : "",
                      command->usage, command->summary, command->details);
  /* The command's own options first, the many shared ones (table 0) apart. */
  if (code == 0 && command->tables[0]) code = lode_buf_text(out, "\n", err);
  for (size_t t = LODE_OPTION_TABLES - 1; t-- > 0 && code == 0;) {
    if (!command->tables[t]) continue;
    if (t == 0 && command->tables[1]) code = lode_buf_text(out, "\n", err);
    for (const lode_option *o = command->tables[t]; o->name && code == 0; o++) {
      bool own = lode_option_find(command->tables, &o->letter, 1) == o;
      code = put_option(o, own, out, err);
    }
  }
  return code;
}

/* --- lode help WORD --- */

static const lode_topic *find_topic(const char *word) {
  for (const lode_topic *t = lode_topics; t->name; t++)
    if (strcmp(t->name, word) == 0) return t;
  return NULL;
}

/* Options of that name, each with the commands that take it; *found counts them. */
static int put_options_named(const char *word, size_t *found, lode_buf *out, lode_err *err) {
  const lode_option *last = NULL;
  int code = 0;
  for (const lode_command *const *c = lode_commands; *c && code == 0; c++) {
    const lode_option *option = lode_option_find((*c)->tables, word, strlen(word));
    if (!option) continue;
    if (last != option) {
      if (last) code = lode_buf_text(out, "\n", err);
      if (code == 0) code = put_option(option, true, out, err);
      if (code == 0) code = lode_buf_printf(out, err, "%*sof lode", HELP_COLUMN, "");
    }
    if (code == 0) code = lode_buf_printf(out, err, "%s %s", last == option ? "," : "", (*c)->name);
    last = option;
    ++*found;
  }
  return code == 0 && last ? lode_buf_text(out, "\n", err) : code;
}

/* The last name in a line of Lua that declares it: "function M.fold(text)" and "M.fold = function" give
 * "fold"; empty where the line declares nothing. */
static lode_str declared(lode_str line) {
  static const char names[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:";
  const char *at = line.ptr, *end = line.ptr + line.len;
  static const char *const heads[] = {"local ", "function "};
  for (size_t i = 0; i < 2; i++) {
    size_t len = strlen(heads[i]);
    if ((size_t)(end - at) > len && memcmp(at, heads[i], len) == 0) at += len;
  }
  const char *stop = at;
  while (stop < end && *stop && strchr(names, *stop)) stop++;
  const char *begin = stop;
  while (begin > at && begin[-1] != '.' && begin[-1] != ':') begin--;
  bool declares = stop < end && (*stop == '(' || (end - stop >= 2 && memcmp(stop, " =", 2) == 0));
  return declares ? (lode_str){begin, (size_t)(stop - begin)} : (lode_str){NULL, 0};
}

static int put_comment(const char *from, const char *to, lode_buf *out, lode_err *err) {
  int code = 0;
  while (from < to && code == 0) {
    const char *end = memchr(from, '\n', (size_t)(to - from));
    end = end ? end : to;
    const char *text = from + 3 + (end - from > 3 && from[3] == ' ');
    code = lode_buf_add(out, text, (size_t)(end - text), err);
    if (code == 0) code = lode_buf_byte(out, '\n', err);
    from = end + 1;
  }
  return code;
}

/* Every `---` comment of a library file that stands above a declaration of `word`. */
static int put_from_file(const char *name, lode_str text, const char *word, size_t *found, lode_buf *out,
                         lode_err *err) {
  const char *at = text.ptr, *end = text.ptr + text.len, *comment = NULL;
  int code = 0;
  while (at < end && code == 0) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    stop = stop ? stop : end;
    if (stop - at >= 3 && memcmp(at, "---", 3) == 0) {
      comment = comment ? comment : at;
    } else if (comment) {
      lode_str got = declared((lode_str){at, (size_t)(stop - at)});
      if (got.len == strlen(word) && memcmp(got.ptr, word, got.len) == 0) {
        code = lode_buf_printf(out, err, "%s%.*s    (%s)\n", *found ? "\n" : "", (int)(stop - at), at, name);
        if (code == 0) code = put_comment(comment, at, out, err);
        ++*found;
      }
      comment = NULL;
    }
    at = stop + 1;
  }
  return code;
}

static int put_from_library(const char *word, size_t *found, lode_buf *out, lode_err *err) {
  lode_buf library = {0}, text = {0};
  lode_inputs files = {0};
  int code = lode_library_find(&library, err);
  size_t base = library.len + 1;
  if (code == 0) code = lode_inputs_add(&files, library.ptr, err);
  for (size_t i = 0; i < files.count && code == 0; i++) {
    const char *path = files.items[i].path;
    size_t len = strlen(path);
    if (len < 4 || memcmp(path + len - 4, ".lua", 4) != 0) continue;
    text.len = 0;
    code = lode_file_read(path, LIBRARY_FILE, &text, err);
    if (code == 0)
      code = put_from_file(len > base ? path + base : path, (lode_str){text.ptr, text.len}, word, found, out, err);
  }
  lode_buf_free(&library);
  lode_buf_free(&text);
  lode_inputs_free(&files);
  return code;
}

/* "lode.fold", "p:emit" and "--zone" are asked for by their last part. */
static const char *bare(const char *word) {
  const char *last = word;
  for (const char *p = word; *p; p++)
    if ((*p == '.' || *p == ':' || (*p == '-' && last == p)) && p[1]) last = p + 1;
  return last;
}

static int nothing_on(const char *word, lode_err *err) {
  enum { MOST = 2048 };
  const char *names[MOST + 1];
  size_t count = 0;
  for (const lode_command *const *c = lode_commands; *c; c++) {
    if (count < MOST) names[count++] = (*c)->name;
    for (size_t t = 0; t < LODE_OPTION_TABLES && (*c)->tables[t]; t++)
      for (const lode_option *o = (*c)->tables[t]; o->name && count < MOST; o++) names[count++] = o->name;
  }
  for (const lode_topic *t = lode_topics; t->name && count < MOST; t++) names[count++] = t->name;
  names[count] = NULL;
  const char *guess = lode_guess(word, strlen(word), names);
  if (guess) return lode_fail(err, LODE_E_USAGE, "nothing on \"%.100s\"; did you mean %s?", word, guess);
  return lode_fail(err, LODE_E_USAGE, "nothing on \"%.100s\"; lode help lists commands and topics", word);
}

static int help_word(const char *word, lode_buf *out, lode_err *err) {
  bool itself = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
  const lode_command *command = itself ? &lode_command_help : lode_command_find(word);
  if (command) return lode_help_command(command, out, err);
  const lode_topic *topic = find_topic(word);
  if (topic) return lode_buf_text(out, topic->text, err);
  size_t found = 0;
  int code = put_options_named(word, &found, out, err);
  if (code == 0) code = put_from_library(bare(word), &found, out, err);
  return code == 0 && found == 0 ? nothing_on(word, err) : code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  (void)settings;
  lode_err err;
  lode_err_clear(&err);
  lode_buf text = {0};
  int code = count == 0 ? lode_help_overview(&text, &err) : 0;
  for (size_t i = 0; i < count && code == 0; i++) {
    if (i > 0) code = lode_buf_text(&text, "\n", &err);
    if (code == 0) code = help_word(rest[i], &text, &err);
  }
  lode_status status = code == 0 ? lode_print("help", &text) : lode_complain("help", &err);
  lode_buf_free(&text);
  return status;
}

const lode_command lode_command_help = {
    "help",
    "[WORD...]",
    "explain a command, an option, a topic, or a function of the Lua library",
    "    lode help run\n"
    "    lode help --zone\n"
    "    lode help exit\n",
    {NULL},
    run,
};
