#include "entities.h"

#include "codepage.h"
#include "entitynames.h"
#include <string.h>

enum { LONGEST = 12, TIMES = 5 }; /* bytes of "&thetasym;" and of a number; layers of escaping */

typedef struct entity {
  const char *name;
  uint32_t cp;
} entity;

static const entity names[] = {
#define ENTITY_ROW(name, cp) {name, cp},
    LODE__ENTITIES(ENTITY_ROW)
#undef ENTITY_ROW
};

uint32_t lode__entity_named(const char *name, size_t len) {
  size_t low = 0, high = sizeof names / sizeof *names;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strncmp(names[mid].name, name, len);
    if (order == 0 && names[mid].name[len] != '\0') order = 1;
    if (order == 0) return names[mid].cp;
    if (order < 0) low = mid + 1;
    else high = mid;
  }
  return 0;
}

uint32_t lode__entity_of_windows(uint32_t byte) {
  for (size_t i = 1; i < LODE__CODECHAR_COUNT; i++)
    if (lode__codechars[i].byte[0] == byte && lode__codechars[i].cp >= 0xA0) return lode__codechars[i].cp;
  return 0;
}

static uint32_t of_number(uint32_t n) {
  if (n >= 0x80 && n < 0xA0) return lode__entity_of_windows(n);
  bool control = n < 32 && n != '\t' && n != '\n';
  return control || n == 127 || (n >= 0xD800 && n <= 0xDFFF) || n > 0x10FFFF ? 0 : n;
}

static uint32_t find_number(const char *text, size_t len) {
  bool hex = len > 0 && (text[0] | 32) == 'x';
  uint32_t n = 0;
  size_t at = hex ? 1 : 0;
  if (at == len) return 0;
  for (; at < len; at++) {
    char c = text[at];
    uint32_t digit;
    if (c >= '0' && c <= '9') digit = (uint32_t)(c - '0');
    else if (hex && (c | 32) >= 'a' && (c | 32) <= 'f') digit = (uint32_t)((c | 32) - 'a') + 10;
    else return 0;
    n = n * (hex ? 16 : 10) + digit;
    if (n > 0x10FFFF) return 0;
  }
  return of_number(n);
}

/* The reference that begins at text[0] == '&': its character and its length, 0 for none. */
static size_t read_entity(const char *text, size_t len, uint32_t *cp) {
  const char *end = memchr(text, ';', len < LONGEST ? len : LONGEST);
  if (end == NULL || end < text + 3) return 0;
  size_t n = (size_t)(end - text);
  *cp = text[1] == '#' ? find_number(text + 2, n - 2) : lode__entity_named(text + 1, n - 1);
  return *cp == 0 ? 0 : n + 1;
}

/* A reference, again where what it became goes on as one: "&amp;amp;lt;".  At most TIMES. */
static size_t read_layers(const char *text, size_t len, uint32_t *cp) {
  size_t used = read_entity(text, len, cp);
  for (int i = 1; i < TIMES && used != 0 && *cp == '&' && used < len; i++) {
    char again[LONGEST + 1] = "&";
    size_t more = len - used < LONGEST ? len - used : LONGEST;
    memcpy(again + 1, text + used, more);
    uint32_t inner;
    size_t n = read_entity(again, more + 1, &inner);
    if (n == 0) break;
    *cp = inner;
    used += n - 1;
  }
  return used;
}

static int write_until(const lode_page *page, size_t at, lode_buf *out, lode_map *map, lode_err *err) {
  size_t len = at - map->source_len;
  int code = lode_buf_add(out, page->content + map->source_len, len, err);
  return code != 0 ? code : lode_map_same(map, len, err);
}

int lode__entities_undo(lode_page *page, lode_err *err) {
  const char *text = page->content;
  size_t len = page->content_len;
  lode_buf out = {0};
  lode_map map = {0};
  lode_repairs repairs = {0};
  int code = 0;
  for (const char *at = text; code == 0 && (at = memchr(at, '&', len - (size_t)(at - text))) != NULL;) {
    uint32_t cp;
    size_t begin = (size_t)(at - text), used = read_layers(at, len - begin, &cp);
    at += used == 0 ? 1 : used;
    if (used == 0) continue;
    char bytes[4];
    size_t n = lode_utf8_put(cp, bytes);
    code = write_until(page, begin, &out, &map, err);
    if (code == 0) code = lode_buf_add(&out, bytes, n, err);
    if (code == 0) code = lode_map_change(&map, n, used, err);
    lode_span raw = lode_map_to_source(&page->map, begin, begin + used);
    if (code == 0) code = lode_repairs_add(&repairs, LODE_REPAIR_ENTITY, raw, err);
  }
  if (code == 0 && repairs.count != 0) {
    code = write_until(page, len, &out, &map, err);
    if (code == 0) code = lode_page_rewrite(page, &out, &map, &repairs, err);
  }
  lode_buf_free(&out);
  lode_map_free(&map);
  lode_repairs_free(&repairs);
  return code;
}
