#include "utf8.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "mem.h"
#include <stdlib.h>
#include <string.h>

size_t lode_utf8_put(uint32_t cp, char out[4]) {
  if (cp < 0x80) {
    out[0] = (char)cp;
    return 1;
  }
  if (cp < 0x800) {
    out[0] = (char)(0xC0 | (cp >> 6));
    out[1] = (char)(0x80 | (cp & 0x3F));
    return 2;
  }
  if (cp < 0x10000) {
    out[0] = (char)(0xE0 | (cp >> 12));
    out[1] = (char)(0x80 | ((cp >> 6) & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | (cp >> 18));
  out[1] = (char)(0x80 | ((cp >> 12) & 0x3F));
  out[2] = (char)(0x80 | ((cp >> 6) & 0x3F));
  out[3] = (char)(0x80 | (cp & 0x3F));
  return 4;
}

/* Table 3-7 of Unicode 15.0: what a lead byte asks for.  Only the second byte has a narrower range than
 * 80..BF, and only after E0, ED, F0 and F4. */
typedef struct lead {
  unsigned char need, low, high; /* bytes in all, range of the second byte; need 0: never a lead */
} lead;

static lead lead_of(unsigned char b) {
  if (b < 0x80) return (lead){1, 0, 0};
  if (b < 0xC2) return (lead){0, 0, 0};
  if (b < 0xE0) return (lead){2, 0x80, 0xBF};
  if (b < 0xF0) return (lead){3, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF};
  if (b < 0xF5) return (lead){4, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF};
  return (lead){0, 0, 0};
}

size_t lode_utf8_decode(const char *p, size_t len, uint32_t *cp) {
  const unsigned char *s = (const unsigned char *)p;
  lead l = lead_of(s[0]);
  *cp = UINT32_MAX;
  if (l.need == 0) return 1;
  size_t n = 1;
  if (n < l.need && (n >= len || s[1] < l.low || s[1] > l.high)) return 1;
  while (n < l.need) {
    if (n >= len || (s[n] & 0xC0) != 0x80) return n;
    n++;
  }
  return lode_utf8_next(p, cp);
}

/* Offset of the first byte >= 0x80, or len. */
static size_t skip_ascii(const char *text, size_t at, size_t len) {
#if defined(__SSE2__)
  for (; len - at >= 64; at += 64) { /* without a step of single bytes: in news every line or two has a curly quote */
    uint64_t high = 0;
    for (unsigned i = 0; i < 4; i++) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 16 * i));
      high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << 16 * i;
    }
    if (high != 0) return at + (size_t)__builtin_ctzll(high);
  }
#else
  while (len - at >= 32) {
    uint64_t w[4];
    memcpy(w, text + at, sizeof w);
    if (((w[0] | w[1] | w[2] | w[3]) & UINT64_C(0x8080808080808080)) != 0) break;
    at += 32;
  }
#endif
  while (at < len && (unsigned char)text[at] < 0x80) at++;
  return at;
}

size_t lode_utf8_valid(const char *text, size_t len) {
  size_t at = 0;
  while (at < len) {
    if ((unsigned char)text[at] < 0x80) {
      at = skip_ascii(text, at, len);
      continue;
    }
    uint32_t cp;
    size_t n = lode_utf8_decode(text + at, len - at, &cp);
    if (cp == UINT32_MAX) return at;
    at += n;
  }
  return len;
}

bool lode_utf8_clean(const char *text, size_t len) {
  if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) return false;
  return len == 0 || (lode_utf8_valid(text, len) == len && memchr(text, '\0', len) == NULL);
}

const char *lode_repair_name(lode_repair_kind kind) {
  static const char *const names[] = {
      [LODE_REPAIR_UTF8] = "utf8",           [LODE_REPAIR_NUL] = "nul",           [LODE_REPAIR_BOM] = "bom",
      [LODE_REPAIR_SURROGATE] = "surrogate", [LODE_REPAIR_ENCODING] = "encoding", [LODE_REPAIR_CONTROL] = "control",
      [LODE_REPAIR_MOJIBAKE] = "mojibake",   [LODE_REPAIR_ENTITY] = "entity",     [LODE_REPAIR_LOST] = "lost",
      [LODE_REPAIR_SPACING] = "spacing",
  };
  return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "unknown";
}

int lode_repairs_add(lode_repairs *self, lode_repair_kind kind, lode_span source, lode_err *err) {
  if (self->count == self->cap) {
    size_t cap = lode_size_grow(self->cap, 16);
    lode_repair *items = realloc(self->items, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu repairs", cap);
    self->items = items;
    self->cap = cap;
  }
  self->items[self->count++] = (lode_repair){kind, source};
  return 0;
}

void lode_repairs_free(lode_repairs *self) {
  free(self->items);
  *self = (lode_repairs){0};
}

/* Where one repair writes to, and the source offset that its map stood at when it began. */
typedef struct fixer {
  lode_buf *out;
  lode_map *map;
  lode_repairs *repairs;
  size_t base;
  lode_err *err;
} fixer;

static int note(fixer *f, lode_repair_kind kind, size_t begin, size_t end) {
  if (f->repairs == NULL) return 0;
  return lode_repairs_add(f->repairs, kind, (lode_span){f->base + begin, f->base + end}, f->err);
}

static int fix_replace(fixer *f, lode_repair_kind kind, size_t at, size_t len) {
  char bytes[4];
  size_t n = lode_utf8_put(LODE_REPLACEMENT, bytes);
  int code = lode_buf_add(f->out, bytes, n, f->err);
  if (code == 0) code = lode_map_change(f->map, n, len, f->err);
  return code != 0 ? code : note(f, kind, at, at + len);
}

/* Lone continuation bytes, each ill-formed for itself. */
static int fix_lone(fixer *f, size_t at, size_t count) {
  char bytes[4];
  size_t n = lode_utf8_put(LODE_REPLACEMENT, bytes);
  int code = lode_buf_reserve(f->out, lode_size_mul(count, n), f->err);
  if (code == 0) code = lode_map_change_bytes(f->map, n, count, f->err);
  if (code != 0) return code;
  for (size_t i = 0; i < count; i++) memcpy(f->out->ptr + f->out->len + i * n, bytes, n);
  f->out->len += count * n;
  for (size_t i = 0; i < count && code == 0 && f->repairs != NULL; i++)
    code = note(f, LODE_REPAIR_UTF8, at + i, at + i + 1);
  return code;
}

/* A run of well-formed bytes: as it is, but for NUL. */
static int fix_run(fixer *f, const char *text, size_t at, size_t end) {
  while (at < end) {
    const char *nul = memchr(text + at, '\0', end - at);
    size_t stop = nul == NULL ? end : (size_t)(nul - text);
    int code = lode_buf_add(f->out, text + at, stop - at, f->err);
    if (code == 0) code = lode_map_same(f->map, stop - at, f->err);
    if (code == 0 && nul != NULL) code = fix_replace(f, LODE_REPAIR_NUL, stop++, 1);
    if (code != 0) return code;
    at = stop;
  }
  return 0;
}

/* ED A0..BF 80..BF: a surrogate written as if it were a character. */
static bool is_surrogate(const char *text, size_t len) {
  const unsigned char *s = (const unsigned char *)text;
  return len >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] <= 0xBF && (s[2] & 0xC0) == 0x80;
}

int lode_utf8_repair(const char *text, size_t len, lode_buf *out, lode_map *map, lode_repairs *repairs, lode_err *err) {
  fixer f = {out, map, repairs, map->source_len, err};
  size_t at = 0;
  if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
    int code = lode_map_skip(map, 3, err);
    if (code == 0) code = note(&f, LODE_REPAIR_BOM, 0, 3);
    if (code != 0) return code;
    at = 3;
  }
  while (at < len) {
    size_t end = at + lode_utf8_valid(text + at, len - at);
    int code = fix_run(&f, text, at, end);
    size_t lone = end;
    while (lone < len && ((unsigned char)text[lone] & 0xC0) == 0x80) lone++;
    if (code == 0 && lone > end) {
      code = fix_lone(&f, end, lone - end);
      end = lone;
    } else if (code == 0 && end < len) {
      uint32_t cp;
      bool surrogate = is_surrogate(text + end, len - end);
      size_t bad = surrogate ? 3 : lode_utf8_decode(text + end, len - end, &cp);
      code = fix_replace(&f, surrogate ? LODE_REPAIR_SURROGATE : LODE_REPAIR_UTF8, end, bad);
      end += bad;
    }
    if (code != 0) return code;
    at = end;
  }
  return 0;
}
