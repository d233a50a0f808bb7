#include "example.h"
#include <stdbool.h>
#include <string.h>

/* ---- as much of Lua's lexer as finds the brackets of a table ---- */

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The level of a long bracket that opens at `at`: [[ is 0, [==[ is 2; -1 for none. */
static int long_bracket(lode_str text, size_t at) {
  size_t i = at + 1;
  if (at >= text.len || text.ptr[at] != '[') return -1;
  while (i < text.len && text.ptr[i] == '=') i++;
  return i < text.len && text.ptr[i] == '[' ? (int)(i - at - 1) : -1;
}

static size_t skip_long(lode_str text, size_t at, int level) {
  for (size_t i = at + (size_t)level + 2; i < text.len; i++) {
    size_t k = i + 1;
    if (text.ptr[i] != ']') continue;
    while (k < text.len && text.ptr[k] == '=') k++;
    if (k < text.len && text.ptr[k] == ']' && (int)(k - i - 1) == level) return k + 1;
  }
  return text.len;
}

static size_t skip_string(lode_str text, size_t at) {
  char mark = text.ptr[at];
  for (size_t i = at + 1; i < text.len; i++) {
    if (text.ptr[i] == '\\') i++;
    else if (text.ptr[i] == mark || text.ptr[i] == '\n') return i + 1;
  }
  return text.len;
}

/* Behind the string, comment or other character at `at`. */
static size_t step(lode_str text, size_t at) {
  char c = text.ptr[at];
  int level = long_bracket(text, at);
  if (level >= 0) return skip_long(text, at, level);
  if (c == '"' || c == '\'') return skip_string(text, at);
  if (c == '-' && at + 1 < text.len && text.ptr[at + 1] == '-') {
    level = long_bracket(text, at + 2);
    if (level >= 0) return skip_long(text, at + 2, level);
    while (at < text.len && text.ptr[at] != '\n') at++;
    return at;
  }
  return at + 1;
}

static size_t skip_space(lode_str text, size_t at) {
  for (;;) {
    while (at < text.len && (text.ptr[at] == ' ' || (text.ptr[at] >= '\t' && text.ptr[at] <= '\r'))) at++;
    if (at + 1 >= text.len || text.ptr[at] != '-' || text.ptr[at + 1] != '-') return at;
    at = step(text, at);
  }
}

static bool word_at(lode_str text, size_t at, const char *word) {
  size_t len = strlen(word);
  if (at + len > text.len || memcmp(text.ptr + at, word, len) != 0) return false;
  return (at == 0 || !is_name(text.ptr[at - 1])) && (at + len == text.len || !is_name(text.ptr[at + len]));
}

/* ---- the rule ---- */

static size_t line_start(lode_str text, size_t line) {
  size_t at = 0;
  for (size_t i = 1; i < line && at < text.len; at++) i += text.ptr[at] == '\n';
  return at;
}

/* The { of a rule{ "name" ... } that begins on the line, or SIZE_MAX. */
static size_t find_rule(lode_str text, size_t line, lode_str name) {
  for (size_t at = line_start(text, line); at < text.len && text.ptr[at] != '\n'; at = step(text, at)) {
    if (!word_at(text, at, "rule")) continue;
    size_t open = skip_space(text, at + 4);
    if (open < text.len && text.ptr[open] == '(') open = skip_space(text, open + 1);
    if (open >= text.len || text.ptr[open] != '{') continue;
    size_t first = skip_space(text, open + 1);
    bool quoted = first < text.len && (text.ptr[first] == '"' || text.ptr[first] == '\'');
    bool same = quoted && first + 1 + name.len < text.len && memcmp(text.ptr + first + 1, name.ptr, name.len) == 0 &&
                text.ptr[first + 1 + name.len] == text.ptr[first];
    if (same) return open;
  }
  return SIZE_MAX;
}

typedef struct body {
  size_t examples; /* behind the { of examples = {, or SIZE_MAX */
  size_t close;    /* the } of the rule, or SIZE_MAX */
  size_t last;     /* behind the last thing in it that is no space or comment */
} body;

static body read_body(lode_str text, size_t open) {
  body out = {SIZE_MAX, SIZE_MAX, open + 1};
  int depth = 1;
  for (size_t at = skip_space(text, open + 1); at < text.len; at = skip_space(text, at)) {
    char c = text.ptr[at];
    if (c == '{' || c == '(') depth++;
    if (c == '}' || c == ')') depth--;
    if (depth == 0) {
      out.close = at;
      return out;
    }
    if (depth == 1 && word_at(text, at, "examples")) {
      size_t brace = skip_space(text, at + 8);
      if (brace < text.len && text.ptr[brace] == '=') brace = skip_space(text, brace + 1);
      if (brace < text.len && text.ptr[brace] == '{') out.examples = brace + 1;
    }
    at = step(text, at);
    out.last = at;
  }
  return out;
}

static int add(lode_buf *out, const char *text, size_t len, lode_err *err) {
  return lode_buf_add(out, text, len, err);
}

int lode_example_insert(lode_str script, size_t line, lode_str rule, lode_str example, lode_buf *out, lode_err *err) {
  size_t open = find_rule(script, line, rule);
  body in = open == SIZE_MAX ? (body){SIZE_MAX, SIZE_MAX, 0} : read_body(script, open);
  if (in.close == SIZE_MAX)
    return lode_fail(err, LODE_E_USAGE, "no rule { \"%.*s\" ... } begins on line %zu: write the example by hand",
                     (int)rule.len, rule.ptr, line);
  bool listed = in.examples != SIZE_MAX;
  size_t at = listed ? in.examples : in.last;
  bool comma = script.ptr[in.last - 1] == ',' || script.ptr[in.last - 1] == ';';
  int code = add(out, script.ptr, at, err);
  if (code == 0 && listed) code = lode_buf_text(out, "\n    ", err);
  if (code == 0 && !listed) code = lode_buf_printf(out, err, "%s\n  examples = {\n    ", comma ? "" : ",");
  if (code == 0) code = add(out, example.ptr, example.len, err);
  if (code == 0) code = lode_buf_text(out, listed ? "," : " }", err);
  return code != 0 ? code : add(out, script.ptr + at, script.len - at, err);
}

int lode_example_quote(lode_str text, lode_buf *out, lode_err *err) {
  int code = lode_buf_byte(out, '"', err);
  for (size_t i = 0; i < text.len && code == 0; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c == '\n') code = add(out, "\\n", 2, err);
    else if (c < 0x20 || c == 0x7F) code = lode_buf_printf(out, err, "\\%03u", c);
    else {
      if (c == '"' || c == '\\') code = lode_buf_byte(out, '\\', err);
      if (code == 0) code = lode_buf_byte(out, (char)c, err);
    }
  }
  return code != 0 ? code : lode_buf_byte(out, '"', err);
}
