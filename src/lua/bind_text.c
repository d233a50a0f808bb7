/* The text functions of `lode`: strings in, strings out, over characters where string.* is over bytes.  A character is
 * what a reader takes for one (a grapheme cluster).  Ill-formed bytes count as U+FFFD. */
#include "luahost.h"

#include "distance.h"
#include "fold.h"
#include "uax29.h"
#include "unicode.h"
#include <string.h>

static void push_buf(lua_State *L, const lode_buf *buf) {
  lua_pushlstring(L, buf->len == 0 ? "" : buf->ptr, buf->len);
}

static lode_buf *fresh(lua_State *L) {
  lode_buf *out = &lode__host(L)->scratch;
  out->len = 0;
  return out;
}

/* ---- forms ---- */

static int push_folded(lua_State *L, lode_str text, unsigned flags) {
  lode_buf *out = fresh(L);
  lode_err err;
  lode__check(L, lode_fold(text.ptr, text.len, flags, out, NULL, &err), &err);
  push_buf(L, out);
  return 1;
}

static int fold(lua_State *L) {
  static const char *const names[] = {"case", "compat", "accents", "punct", "space", "dash", NULL};
  static const unsigned flags[] = {LODE_FOLD_CASE,  LODE_FOLD_COMPAT, LODE_FOLD_ACCENTS,
                                   LODE_FOLD_PUNCT, LODE_FOLD_SPACE,  LODE_FOLD_DASH};
  lode_str text = lode__check_text(L, 1);
  unsigned set = LODE_FOLD_WORD;
  lode__check_options(L, 2, "lode.fold", names, 0);
  for (size_t i = 0; lua_istable(L, 2) && names[i] != NULL; i++) {
    if (lua_getfield(L, 2, names[i]) != LUA_TNIL) set = lua_toboolean(L, -1) ? set | flags[i] : set & ~flags[i];
    lua_pop(L, 1);
  }
  return push_folded(L, text, set);
}

static int strip_accents(lua_State *L) {
  return push_folded(L, lode__check_text(L, 1), LODE_FOLD_ACCENTS);
}
static int squeeze(lua_State *L) {
  return push_folded(L, lode__check_text(L, 1), LODE_FOLD_SPACE);
}

static int normalize(lua_State *L) {
  static const char *const names[] = {"NFC", "NFD", "NFKC", "NFKD", NULL};
  static const lode_form forms[] = {LODE_NFC, LODE_NFD, LODE_NFKC, LODE_NFKD};
  lode_str text = lode__check_text(L, 1);
  lode_form form = forms[luaL_checkoption(L, 2, "NFC", names)];
  lode_buf *out = fresh(L);
  lode_err err;
  lode__check(L, lode_normalize(text.ptr, text.len, form, out, NULL, &err), &err);
  push_buf(L, out);
  return 1;
}

static int push_cased(lua_State *L, lode_case to) {
  lode_str text = lode__check_text(L, 1);
  lode_buf *out = fresh(L);
  lode_err err;
  lode__check(L, lode_case_map(text.ptr, text.len, to, out, &err), &err);
  push_buf(L, out);
  return 1;
}

static int lower(lua_State *L) {
  return push_cased(L, LODE_LOWER);
}
static int upper(lua_State *L) {
  return push_cased(L, LODE_UPPER);
}
static int title(lua_State *L) {
  return push_cased(L, LODE_TITLE);
}

/* ---- comparing ---- */

static int distance(lua_State *L) {
  static const char *const names[] = {"levenshtein", "damerau", NULL};
  lode_str a = lode__check_text(L, 1), b = lode__check_text(L, 2);
  uint32_t steps = 0;
  lode_err err;
  int code = luaL_checkoption(L, 3, "levenshtein", names) == 0 ? lode_levenshtein(a, b, &steps, &err)
                                                               : lode_damerau(a, b, &steps, &err);
  lode__check(L, code, &err);
  lua_pushinteger(L, (lua_Integer)steps);
  return 1;
}

static int similarity(lua_State *L) {
  lode_str a = lode__check_text(L, 1), b = lode__check_text(L, 2);
  double value = 0;
  lode_err err;
  lode__check(L, lode_jaro_winkler(a, b, &value, &err), &err);
  lua_pushnumber(L, value);
  return 1;
}

static int hash(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  char hex[33];
  lode_hash128_hex(lode_hash128(text.ptr, text.len, 0), hex);
  lua_pushstring(L, hex);
  return 1;
}

static int starts(lua_State *L) {
  lode_str text = lode__check_text(L, 1), part = lode__check_text(L, 2);
  lua_pushboolean(L, part.len <= text.len && memcmp(text.ptr, part.ptr, part.len) == 0);
  return 1;
}

static int ends(lua_State *L) {
  lode_str text = lode__check_text(L, 1), part = lode__check_text(L, 2);
  lua_pushboolean(L, part.len <= text.len && memcmp(text.ptr + text.len - part.len, part.ptr, part.len) == 0);
  return 1;
}

/* ---- white space, parts ---- */

static lode_str trimmed(lode_str text) {
  uint32_t cp;
  while (text.len > 0) {
    size_t n = lode_utf8_next(text.ptr, &cp);
    if (!lode_is_space(cp)) break;
    text.ptr += n, text.len -= n;
  }
  while (text.len > 0) {
    size_t n = lode_utf8_back(text.ptr, text.len);
    lode_utf8_next(text.ptr + text.len - n, &cp);
    if (!lode_is_space(cp)) break;
    text.len -= n;
  }
  return text;
}

static int trim(lua_State *L) {
  lode_str text = trimmed(lode__check_text(L, 1));
  lua_pushlstring(L, text.ptr, text.len);
  return 1;
}

static void append(lua_State *L, int list, lua_Integer at, const char *bytes, size_t len) {
  lua_pushlstring(L, bytes, len);
  lua_rawseti(L, list, at);
}

/* Where `part` begins in text at or after `from`; text.len where it does not. */
static size_t find_bytes(lode_str text, size_t from, lode_str part) {
  while (from + part.len <= text.len) {
    const char *hit = memchr(text.ptr + from, part.ptr[0], text.len - from - part.len + 1);
    if (hit == NULL) break;
    from = (size_t)(hit - text.ptr);
    if (memcmp(hit, part.ptr, part.len) == 0) return from;
    from++;
  }
  return text.len;
}

/* Without a separator: the words between white space. */
static int split_at_spaces(lua_State *L, lode_str text) {
  lua_newtable(L);
  int list = lua_gettop(L);
  lua_Integer count = 0;
  for (size_t at = 0; at < text.len;) {
    size_t begin = at, n = 0;
    uint32_t cp = 0;
    while (at < text.len && (n = lode_utf8_next(text.ptr + at, &cp), !lode_is_space(cp))) at += n;
    if (at > begin) append(L, list, ++count, text.ptr + begin, at - begin);
    if (at < text.len) at += n;
  }
  return 1;
}

static int split(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  if (lua_isnoneornil(L, 2)) return split_at_spaces(L, text);
  lode_str separator = lode__check_text(L, 2);
  if (separator.len == 0) return luaL_error(L, "lode.split: the separator is empty; for characters use lode.chars");
  lua_newtable(L);
  int list = lua_gettop(L);
  lua_Integer count = 0;
  for (size_t at = 0;;) {
    size_t end = find_bytes(text, at, separator);
    append(L, list, ++count, text.ptr + at, end - at);
    if (end == text.len) return 1;
    at = end + separator.len;
  }
}

/* Lines end at LF, CR LF or CR; a line end at the very end begins no further line. */
static int lines(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  lua_newtable(L);
  int list = lua_gettop(L);
  lua_Integer count = 0;
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r') end++;
    append(L, list, ++count, text.ptr + at, end - at);
    if (end + 1 < text.len && text.ptr[end] == '\r' && text.ptr[end + 1] == '\n') end++;
    at = end + 1;
  }
  return 1;
}

static int replace(lua_State *L) {
  lode_str text = lode__check_text(L, 1), from = lode__check_text(L, 2), to = lode__check_text(L, 3);
  if (from.len == 0) return luaL_error(L, "lode.replace: what is to be replaced is empty");
  luaL_Buffer out;
  lua_Integer count = 0;
  luaL_buffinit(L, &out);
  for (size_t at = 0;;) {
    size_t end = find_bytes(text, at, from);
    luaL_addlstring(&out, text.ptr + at, end - at);
    if (end == text.len) break;
    luaL_addlstring(&out, to.ptr, to.len);
    at = end + from.len;
    count++;
  }
  luaL_pushresult(&out);
  lua_pushinteger(L, count);
  return 2;
}

/* ---- characters ---- */

static int chars(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  lode_breaks breaks;
  lode_span span;
  lua_newtable(L);
  int list = lua_gettop(L);
  lode_breaks_init(&breaks, LODE_UNIT_GRAPHEME, text.ptr, text.len);
  for (lua_Integer i = 1; lode_breaks_next(&breaks, &span); i++)
    append(L, list, i, text.ptr + span.begin, span.end - span.begin);
  return 1;
}

static lua_Integer count_chars(lode_str text) {
  lode_breaks breaks;
  lode_span span;
  lua_Integer count = 0;
  lode_breaks_init(&breaks, LODE_UNIT_GRAPHEME, text.ptr, text.len);
  while (lode_breaks_next(&breaks, &span)) count++;
  return count;
}

static int length(lua_State *L) {
  lua_pushinteger(L, count_chars(lode__check_text(L, 1)));
  return 1;
}

/* Characters first..last as string.sub counts: from 1, negative from the end, cut to what is there. */
static lode_str sub_chars(lode_str text, lua_Integer first, lua_Integer last) {
  if (first < 0 || last < 0) {
    lua_Integer count = count_chars(text);
    if (first < 0) first = first < -count ? 1 : count + first + 1;
    if (last < 0) last = count + last + 1;
  }
  if (first < 1) first = 1;
  lode_breaks breaks;
  lode_span span;
  size_t begin = text.len, end = text.len;
  lode_breaks_init(&breaks, LODE_UNIT_GRAPHEME, text.ptr, text.len);
  if (last < first) return (lode_str){text.ptr, 0};
  for (lua_Integer i = 1; lode_breaks_next(&breaks, &span); i++) {
    if (i == first) begin = span.begin;
    if (i == last) {
      end = span.end;
      break;
    }
  }
  return (lode_str){text.ptr + begin, begin < end ? end - begin : 0};
}

static int sub(lua_State *L) {
  lode_str part = sub_chars(lode__check_text(L, 1), luaL_checkinteger(L, 2), luaL_optinteger(L, 3, -1));
  lua_pushlstring(L, part.ptr, part.len);
  return 1;
}

static int at(lua_State *L) {
  lua_Integer i = luaL_checkinteger(L, 2);
  lode_str part = sub_chars(lode__check_text(L, 1), i, i);
  if (part.len == 0 || i == 0) return 0;
  lua_pushlstring(L, part.ptr, part.len);
  return 1;
}

static int width(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  lua_Integer columns = 0;
  for (size_t i = 0; i < text.len;) {
    uint32_t cp;
    i += lode_utf8_next(text.ptr + i, &cp);
    columns += lode_width(cp);
  }
  lua_pushinteger(L, columns);
  return 1;
}

/* The script of most letters; the first in the list of unicode.h among equals; nil without letters. */
static int script(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  size_t counts[LODE_SCRIPT_COUNT] = {0};
  for (size_t i = 0; i < text.len;) {
    uint32_t cp;
    i += lode_utf8_next(text.ptr + i, &cp);
    if (lode_is_letter(cp)) counts[lode_script_of(cp)]++;
  }
  unsigned best = LODE_SCRIPT_COMMON;
  for (unsigned s = 0; s < LODE_SCRIPT_COUNT; s++) {
    if (counts[s] > counts[best]) best = s;
  }
  if (counts[best] == 0) return 0;
  lua_pushstring(L, lode_script_name((lode_script)best));
  return 1;
}

static int shape(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  char out[256];
  lua_pushlstring(L, out, lode_token_shape(text.ptr, text.len, out, sizeof out));
  return 1;
}

/* ---- tokens and sentences of a string ---- */

/* A list that `for x in list do` steps through as it does through p:sentences(): the loop calls it with the item that
 * it gave before, nil at first.  Where each list stands is noted outside of it; two loops over one list at a time would
 * share the note, so a call that does not fit to it is refused. */
static const char LIST[] = "lode.list", PLACES[] = "lode.list_places";

static int next_item(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 3);
  lua_getfield(L, LUA_REGISTRYINDEX, PLACES);
  lua_Integer place = 0;
  if (!lua_isnil(L, 3)) {
    lua_pushvalue(L, 1);
    lua_rawget(L, 4);
    place = lua_tointeger(L, -1);
    lua_rawgeti(L, 1, place);
    if (!lua_rawequal(L, -1, 3)) return luaL_error(L, "two loops over one list: write `for i, x in ipairs(list) do`");
    lua_settop(L, 4);
  }
  bool ended = lua_rawgeti(L, 1, place + 1) == LUA_TNIL;
  lua_pushvalue(L, 1);
  if (ended) lua_pushnil(L);
  else lua_pushinteger(L, place + 1);
  lua_rawset(L, 4);
  return 1;
}

static void open_lists(lua_State *L) {
  luaL_newmetatable(L, LIST);
  lua_pushcfunction(L, next_item);
  lua_setfield(L, -2, "__call");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, PLACES);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

/* The string's paragraphs are cut first, as those of a page are. */
static const lode_tokens *tokenize(lua_State *L, lode_str text) {
  lode_host *self = lode__host(L);
  lode_tokens *tokens = &self->tokens;
  const lode_interning words = {.lists = lode_host_lists(self)};
  lode_paragraphs paragraphs;
  lode_span span;
  lode_err err;
  if (text.len >= UINT32_MAX) luaL_error(L, "a text of 4 GB or more cannot be cut at once");
  tokens->count = tokens->sentence_count = 0;
  lode_paragraphs_init(&paragraphs, text.ptr, text.len);
  while (lode_paragraphs_next(&paragraphs, &span)) {
    lode__check(L, lode_tokenize_words(text.ptr + span.begin, span.end - span.begin, span.begin, &words, tokens, &err),
                &err);
  }
  return tokens;
}

static int sentences(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  const lode_tokens *tokens = tokenize(L, text);
  lua_newtable(L);
  int list = lua_gettop(L);
  for (size_t i = 0; i < tokens->sentence_count; i++) {
    append(L, list, (lua_Integer)i + 1, text.ptr + tokens->sentences[i].begin,
           tokens->sentences[i].end - tokens->sentences[i].begin);
  }
  luaL_setmetatable(L, LIST);
  return 1;
}

static void push_token(lua_State *L, lode_str text, const lode_token *token) {
  lode_buf *out = fresh(L);
  lode_err err;
  lua_createtable(L, 0, 6);
  lua_pushlstring(L, text.ptr + token->begin, token->end - token->begin);
  lua_setfield(L, -2, "text");
  lode__check(L, lode_fold_token(text.ptr + token->begin, token->end - token->begin, out, &err), &err);
  push_buf(L, out);
  lua_setfield(L, -2, "fold");
  lua_pushstring(L, lode_token_kind_name((lode_token_kind)token->kind));
  lua_setfield(L, -2, "kind");
  const lua_Integer numbers[] = {(lua_Integer)token->begin + 1, token->end, (lua_Integer)token->sentence + 1};
  const char *const names[] = {"first", "last", "sentence"};
  for (size_t i = 0; i < 3; i++) {
    lua_pushinteger(L, numbers[i]);
    lua_setfield(L, -2, names[i]);
  }
}

static int tokens_of(lua_State *L) {
  lode_str text = lode__check_text(L, 1);
  const lode_tokens *tokens = tokenize(L, text);
  lua_newtable(L);
  int list = lua_gettop(L);
  for (size_t i = 0; i < tokens->count; i++) {
    push_token(L, text, &tokens->items[i]);
    lua_rawseti(L, list, (lua_Integer)i + 1);
  }
  luaL_setmetatable(L, LIST);
  return 1;
}

void lode__add_text(lua_State *L, int table) {
  static const luaL_Reg functions[] = {{"at", at},
                                       {"chars", chars},
                                       {"distance", distance},
                                       {"ends", ends},
                                       {"fold", fold},
                                       {"hash", hash},
                                       {"len", length},
                                       {"lines", lines},
                                       {"lower", lower},
                                       {"normalize", normalize},
                                       {"replace", replace},
                                       {"script", script},
                                       {"sentences", sentences},
                                       {"shape", shape},
                                       {"similarity", similarity},
                                       {"split", split},
                                       {"squeeze", squeeze},
                                       {"starts", starts},
                                       {"strip_accents", strip_accents},
                                       {"sub", sub},
                                       {"title", title},
                                       {"tokens", tokens_of},
                                       {"trim", trim},
                                       {"upper", upper},
                                       {"width", width},
                                       {NULL, NULL}};
  open_lists(L);
  lua_pushvalue(L, table);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}
