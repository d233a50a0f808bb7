/* --arg NAME=VALUE that no line of the script reads.  A slip in a name would leave the script with its default value
 * and the user with a wrong answer, so it is said at load; and a false alarm would be worse than silence.
 *
 * The rule: every file that was loaded is looked through for the word `args`.  Where it is always followed by a name
 * (`lode.args.top`, `args["top"]`), or only given that very name (`local args = lode.args`), all that can be read is
 * known.  Any other use (a loop over it, a computed key, a call that gets it) ends the check, and so does --trust,
 * whose files are read behind the host's back. */
#include "luahost.h"

#include <ctype.h>
#include <string.h>

static bool is_name_byte(char c) {
  return isalnum((unsigned char)c) || c == '_';
}

static size_t skip_space(lode_str source, size_t at) {
  while (at < source.len && isspace((unsigned char)source.ptr[at])) at++;
  return at;
}

static void note(lua_State *L, lode_str name) {
  lode_host *self = lode__host(L);
  if (lode_table_add(&self->args_read, name.ptr, name.len, NULL, NULL) == LODE_NO_ID) luaL_error(L, "out of memory");
}

/* The name that follows `args` at `at`: .name, ["name"] or ['name']; empty where none does. */
static lode_str name_after(lode_str source, size_t at) {
  bool quoted = source.ptr[at] == '[';
  at = skip_space(source, at + 1);
  if (quoted) {
    if (at >= source.len || (source.ptr[at] != '"' && source.ptr[at] != '\'')) return LODE_STR("");
    at++;
  }
  size_t begin = at;
  while (at < source.len && is_name_byte(source.ptr[at])) at++;
  if (quoted && (at + 1 >= source.len || source.ptr[at] != source.ptr[begin - 1] || source.ptr[at + 1] != ']'))
    return LODE_STR("");
  return (lode_str){source.ptr + begin, at - begin};
}

/* Does the text before `at` end with `word`, white space left out? */
static bool ends_before(lode_str source, size_t at, const char *word) {
  while (at > 0 && isspace((unsigned char)source.ptr[at - 1])) at--;
  size_t len = strlen(word);
  return at >= len && memcmp(source.ptr + at - len, word, len) == 0;
}

/* `local args = lode.args`, or the `args =` of it. */
static bool is_alias(lode_str source, size_t begin, size_t end) {
  size_t after = skip_space(source, end);
  if (ends_before(source, begin, "local")) {
    if (after >= source.len || source.ptr[after] != '=') return false;
    after = skip_space(source, after + 1);
    return source.len - after >= 9 && memcmp(source.ptr + after, "lode.args", 9) == 0;
  }
  if (!ends_before(source, begin, "lode.")) return false;
  begin -= 5;
  while (begin > 0 && isspace((unsigned char)source.ptr[begin - 1])) begin--;
  return begin > 0 && source.ptr[begin - 1] == '=' && ends_before(source, begin - 1, "local args") &&
         (after >= source.len || strchr(",.:([{+-*/%^<>=~&|", source.ptr[after]) == NULL);
}

void lode__look_for_args(lua_State *L, lode_str source) {
  lode_host *self = lode__host(L);
  for (size_t at = 0; at + 4 <= source.len && !self->args_unknown; at++) {
    const char *hit = memchr(source.ptr + at, 'a', source.len - at);
    if (hit == NULL) return;
    at = (size_t)(hit - source.ptr);
    size_t end = at + 4;
    bool whole = end <= source.len && memcmp(hit, "args", 4) == 0 && (at == 0 || !is_name_byte(hit[-1])) &&
                 (end == source.len || !is_name_byte(*(hit + 4)));
    if (!whole) continue;
    size_t after = skip_space(source, end);
    bool indexed = after < source.len && (source.ptr[after] == '[' || source.ptr[after] == '.') &&
                   (after + 1 >= source.len || source.ptr[after + 1] != '.');
    lode_str name = indexed ? name_after(source, after) : LODE_STR("");
    if (name.len > 0) note(L, name);
    else if (indexed || !is_alias(source, at, end)) self->args_unknown = true;
  }
}

/* The arguments that are read, in the order of the script, as "it reads: n, top". */
static int put_read(const lode_host *self, lode_buf *out) {
  if (self->args_read.count == 0) return lode_buf_text(out, "it reads none", NULL);
  int code = lode_buf_text(out, "it reads: ", NULL);
  for (uint32_t id = 0; id < self->args_read.count && code == 0; id++) {
    lode_str name = lode_table_get(&self->args_read, id);
    code = lode_buf_printf(out, NULL, "%s%.*s", id > 0 ? ", " : "", (int)name.len, name.ptr);
  }
  return code;
}

void lode__warn_of_args(lua_State *L) {
  lode_host *self = lode__host(L);
  if (self->args_unknown || self->options.trust || self->options.args == NULL) return;
  for (const char **arg = self->options.args; *arg != NULL; arg++) {
    int len = (int)strcspn(*arg, "=");
    if (lode_table_find(&self->args_read, *arg, (size_t)len) != LODE_NO_ID) continue;
    lode_buf *out = &self->warnings;
    int code = lode_buf_printf(out, NULL, "--arg %.*s: the script never reads lode.args.%.*s (", len, *arg, len, *arg);
    if (code == 0) code = put_read(self, out);
    if (code == 0) code = lode_buf_text(out, ")\n", NULL);
    lode__check(L, code, NULL);
  }
}
