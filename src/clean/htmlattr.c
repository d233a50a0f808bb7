#include "htmlattr.h"

#include "entities.h"
#include "utf8.h"
#include <gumbo.h>
#include <stdlib.h>

enum { CHARSET_BYTES = 64 << 10 };

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static bool is_word(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* --- attributes --- */

bool lode__html_next_attribute(lode_str tag, size_t *at, lode_str *name, lode_str *value) {
  const char *t = tag.ptr;
  size_t i = *at, len = tag.len;
  if (i == 0)
    while (i < len && !is_space(t[i]) && t[i] != '/' && t[i] != '>') i++;
  while (i < len && (is_space(t[i]) || t[i] == '/')) i++;
  if (i >= len || t[i] == '>') return false;
  size_t begin = i++;
  while (i < len && !is_space(t[i]) && t[i] != '/' && t[i] != '>' && t[i] != '=') i++;
  *name = (lode_str){t + begin, i - begin};
  *value = (lode_str){NULL, 0};
  while (i < len && is_space(t[i])) i++;
  if (i < len && t[i] == '=') {
    for (i++; i < len && is_space(t[i]);) i++;
    if (i < len && (t[i] == '"' || t[i] == '\'')) {
      const char *end = memchr(t + i + 1, t[i], len - i - 1);
      size_t stop = end == NULL ? len : (size_t)(end - t);
      *value = (lode_str){t + i + 1, stop - i - 1};
      i = stop < len ? stop + 1 : len;
    } else {
      begin = i;
      while (i < len && !is_space(t[i]) && t[i] != '>') i++;
      *value = (lode_str){t + begin, i - begin};
    }
  }
  *at = i;
  return true;
}

static bool is_name(lode_str name, const char *want) {
  size_t i = 0;
  for (; i < name.len && want[i] != '\0'; i++)
    if ((name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? name.ptr[i] | 32 : name.ptr[i]) != want[i]) return false;
  return i == name.len && want[i] == '\0';
}

bool lode__html_attribute(lode_str tag, const char *name, lode_str *value) {
  lode_str found;
  for (size_t at = 0; lode__html_next_attribute(tag, &at, &found, value);)
    if (is_name(found, name)) return true;
  return false;
}

/* --- the encoding --- */

static lode_str charset_in(lode_str content) {
  for (size_t at = 0; at + 8 < content.len; at++) {
    if (!is_name((lode_str){content.ptr + at, 7}, "charset")) continue;
    for (at += 7; at < content.len && (is_space(content.ptr[at]) || content.ptr[at] == '=' || content.ptr[at] == '\'');)
      at++;
    size_t begin = at;
    while (at < content.len && !is_space(content.ptr[at]) && content.ptr[at] != ';' && content.ptr[at] != '\'') at++;
    return (lode_str){content.ptr + begin, at - begin};
  }
  return (lode_str){NULL, 0};
}

lode_str lode__html_charset(lode_str source) {
  size_t len = source.len < CHARSET_BYTES ? source.len : CHARSET_BYTES;
  lode_str label;
  for (size_t at = 0; at + 6 < len; at++) {
    const char *p = memchr(source.ptr + at, '<', len - at - 6);
    if (p == NULL) break;
    at = (size_t)(p - source.ptr);
    if (memcmp(p, "<!--", 4) == 0) {
      while (at + 3 <= len && memcmp(source.ptr + at, "-->", 3) != 0) at++;
      continue;
    }
    if (!is_name((lode_str){p + 1, 4}, "meta")) continue;
    const char *end = memchr(p, '>', source.len - at);
    lode_str tag = {p + 1, end == NULL ? source.len - at - 1 : (size_t)(end - p)};
    if (lode__html_attribute(tag, "charset", &label) && label.len != 0) return label;
    if (!lode__html_attribute(tag, "content", &label)) continue;
    label = charset_in(label);
    if (label.len != 0) return label;
  }
  return (lode_str){NULL, 0};
}

/* --- entities --- */

void lode__entities_init(lode__entities *self) {
  *self = (lode__entities){0};
}

void lode__entities_free(lode__entities *self) {
  if (self->values != NULL) lode_table_free(&self->names);
  free(self->values);
  free(self->taken);
  *self = (lode__entities){0};
}

/* 13.2.5.80, numbers: what Windows-1252 has for C1 controls; surrogates, zero and beyond are U+FFFD. */
static uint32_t right_number(uint32_t cp) {
  uint32_t windows = cp >= 0x80 && cp <= 0x9F ? lode__entity_of_windows(cp) : 0;
  if (windows != 0) return windows;
  if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return LODE_REPLACEMENT;
  return cp;
}

static size_t read_number(const char *text, size_t len, char *out, size_t *out_len) {
  bool hex = len > 2 && (text[2] | 32) == 'x';
  size_t at = hex ? 3 : 2, begin = at;
  uint32_t cp = 0;
  for (; at < len; at++) {
    char c = text[at];
    uint32_t digit;
    if (c >= '0' && c <= '9') digit = (uint32_t)(c - '0');
    else if (hex && (c | 32) >= 'a' && (c | 32) <= 'f') digit = (uint32_t)((c | 32) - 'a' + 10);
    else break;
    if (cp <= 0x10FFFF) cp = cp * (hex ? 16 : 10) + digit;
  }
  if (at == begin) return 0;
  *out_len = lode_utf8_put(right_number(cp), out);
  return at < len && text[at] == ';' ? at + 1 : at;
}

/* Have the parser read "&name": what it makes of it, and how much of the name that took. */
static void ask_parser(const char *text, size_t len, char value[LODE__ENTITY_BYTES], uint16_t *taken) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_BODY;
  GumboOutput *output = gumbo_parse_with_options(&options, text, len);
  value[0] = 0;
  *taken = 0;
  const GumboVector *children = &output->root->v.element.children;
  if (children->length == 1) {
    const GumboNode *node = children->data[0];
    if ((node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) && node->v.text.text[0] != '\0') {
      const char *made = node->v.text.text;
      size_t size = strlen(made), tail = 0;
      while (tail + 1 < size && tail + 1 < len && made[size - 1 - tail] == text[len - 1 - tail]) tail++;
      size_t head = size - tail;
      bool same = size == len && memcmp(made, text, len) == 0;
      if (!same && head < LODE__ENTITY_BYTES) {
        value[0] = (char)head;
        memcpy(value + 1, made, head);
        *taken = (uint16_t)(len - tail);
      }
    }
  }
  gumbo_destroy_output(&options, output);
}

static bool make_room(lode__entities *self) {
  if (self->values != NULL) return true;
  self->values = malloc(LODE__ENTITY_MOST * sizeof *self->values);
  self->taken = malloc(LODE__ENTITY_MOST * sizeof *self->taken);
  if (self->values == NULL || self->taken == NULL) {
    free(self->values);
    free(self->taken);
    self->values = NULL;
    self->taken = NULL;
    return false;
  }
  lode_table_init(&self->names, 0x6C6F6465);
  return true;
}

static size_t read_rare(lode__entities *self, const char *text, size_t len, char *out, size_t *out_len) {
  if (!make_room(self)) return 0;
  uint32_t id = lode_table_find(&self->names, text, len);
  if (id == LODE_NO_ID) {
    if (self->names.count == LODE__ENTITY_MOST) return 0;
    id = lode_table_add(&self->names, text, len, NULL, NULL);
    if (id == LODE_NO_ID) return 0;
    ask_parser(text, len, self->values[id], &self->taken[id]);
  }
  *out_len = (size_t)self->values[id][0];
  memcpy(out, self->values[id] + 1, *out_len);
  return *out_len == 0 ? 0 : self->taken[id];
}

size_t lode__entity_read(lode__entities *self, const char *text, size_t len, bool attribute,
                         char out[LODE__ENTITY_BYTES], size_t *out_len) {
  if (len < 3) return 0;
  if (text[1] == '#') return read_number(text, len, out, out_len);
  size_t end = 1;
  while (end < len && end < 33 && is_word(text[end])) end++;
  if (end < 3) return 0;
  bool closed = end < len && text[end] == ';';
  end += closed;
  uint32_t cp = closed ? lode__entity_named(text + 1, end - 2) : 0;
  if (cp != 0) {
    *out_len = lode_utf8_put(cp, out);
    return end;
  }
  size_t taken = read_rare(self, text, end, out, out_len);
  /* In an attribute "&copy=2" and "&copyright" are parts of an address. */
  if (attribute && taken != 0 && text[taken - 1] != ';' && taken < len && (text[taken] == '=' || is_word(text[taken])))
    return 0;
  return taken;
}

int lode__entities_decode(lode__entities *self, lode_str text, bool attribute, lode_buf *out, lode_err *err) {
  int code = lode_buf_reserve(out, text.len, err);
  for (size_t at = 0; at < text.len && code == 0;) {
    const char *mark = memchr(text.ptr + at, '&', text.len - at);
    size_t stop = mark == NULL ? text.len : (size_t)(mark - text.ptr);
    code = lode_buf_add(out, text.ptr + at, stop - at, err);
    at = stop;
    if (at == text.len || code != 0) break;
    char made[LODE__ENTITY_BYTES];
    size_t made_len = 0, taken = lode__entity_read(self, text.ptr + at, text.len - at, attribute, made, &made_len);
    code = taken == 0 ? lode_buf_byte(out, '&', err) : lode_buf_add(out, made, made_len, err);
    at += taken == 0 ? 1 : taken;
  }
  return code;
}
