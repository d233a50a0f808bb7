/* Hard-wrapped text is known by its blocks.  A block is a run of lines without a blank one.  It is wrapped at its
 * widest line's width W where 40 <= W <= 100 and its line ends say so: one was needed where the first word of the
 * next line would not have fitted into W; one speaks against wrapping where it was not needed, the line does not
 * end like a sentence, and no list item follows.  Wrapped: at least two line ends needed, and four times as many
 * as speak against.  Two lines alone are too little to tell, so there the second must begin with a small letter. */
#include "token.h"
#include "unicode.h"
#include "utf8.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { WIDTH_LEAST = 40, WIDTH_MOST = 100 };

typedef struct line {
  size_t begin, end, next; /* trimmed of white space; `next` is where the following line begins */
  size_t width, word;      /* code points of the line and of its first word, at most WIDTH_MOST + 1 counted */
  /* Where the width is at most WIDTH_MOST: */
  bool small, item, whole; /* begins with a small letter; begins with a list mark; ends like a sentence */
} line;

static bool is_item(const char *text, size_t begin, size_t end) {
  uint32_t cp;
  size_t at = begin, n = lode_utf8_next(text + begin, &cp);
  if (cp == '-' || cp == '*' || cp == '>' || cp == '|' || cp == 0x2022 || cp == 0x2013 || cp == 0x2014) return true;
  while (at < end && text[at] >= '0' && text[at] <= '9') at++;
  if (at > begin) return at < end && (text[at] == '.' || text[at] == ')');
  return begin + n < end && text[begin + n] == ')';
}

/* A sentence mark stands at the end, or right before a closing mark there. */
static bool is_whole(const char *text, size_t begin, size_t end) {
  for (int i = 0; i < 2 && end > begin; i++) {
    uint32_t cp;
    size_t n = lode_utf8_back(text, end);
    lode_utf8_next(text + end - n, &cp);
    if (cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x2026 || cp == 0x3002) return true;
    if (!lode_is_punct(cp)) return false;
    end -= n;
  }
  return false;
}

/* Code points in [at, end), at most WIDTH_MOST + 1 counted: bytes that continue none. */
static size_t count_points(const char *text, size_t at, size_t end) {
  size_t count = 0;
  if (end - at >= (size_t)4 * (WIDTH_MOST + 1)) return WIDTH_MOST + 1; /* whatever their sizes */
#if defined(__SSE2__)
  __m128i sum = _mm_setzero_si128();
  for (; end - at >= 16; at += 16) { /* fewer than 26 times, so no byte of the sum runs over */
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
    sum = _mm_sub_epi8(sum, _mm_cmpgt_epi8(v, _mm_set1_epi8(-65)));
  }
  sum = _mm_sad_epu8(sum, _mm_setzero_si128());
  count = (size_t)_mm_cvtsi128_si32(sum) + (size_t)_mm_extract_epi16(sum, 4);
#endif
  for (; at < end; at++) count += (signed char)text[at] >= -64;
  return count > WIDTH_MOST ? WIDTH_MOST + 1 : count;
}

static void measure(const char *text, line *out) {
  uint32_t cp;
  out->width = count_points(text, out->begin, out->end);
  out->word = 0;
  if (out->width == 0 || out->width > WIDTH_MOST) return; /* no wrapped block has it: the rest is not asked for */
  for (size_t at = out->begin; at < out->end && out->word < out->width; out->word++) {
    if (out->word > 0 && text[at] > ' ') {
      at++;
      continue;
    }
    size_t n = lode_utf8_next(text + at, &cp);
    if (out->word == 0) out->small = lode_is_lower(cp);
    if (lode_is_space(cp)) break;
    at += n;
  }
  out->item = is_item(text, out->begin, out->end);
  out->whole = is_whole(text, out->begin, out->end);
}

/* The bytes of a line end at `at`: LF, CR LF, CR, VT, FF, NEL, LS or PS; 0 where there is none. */
static size_t newline_at(const char *text, size_t len, size_t at) {
  unsigned char byte = (unsigned char)text[at];
  if (byte == '\r') return at + 1 < len && text[at + 1] == '\n' ? 2 : 1;
  if (byte >= '\n' && byte < '\r') return 1;
  if (byte == 0xC2) return (unsigned char)text[at + 1] == 0x85 ? 2 : 0;
  if (byte != 0xE2 || (unsigned char)text[at + 1] != 0x80) return 0;
  unsigned char last = (unsigned char)text[at + 2];
  return last == 0xA8 || last == 0xA9 ? 3 : 0;
}

/* The first byte from `at` on that may begin a line end. */
static size_t skip_plain(const char *text, size_t len, size_t at) {
#if defined(__SSE2__)
  for (; len - at >= 16; at += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
    __m128i beyond = _mm_subs_epu8(_mm_sub_epi8(v, _mm_set1_epi8('\n')), _mm_set1_epi8('\r' - '\n'));
    __m128i hit = _mm_or_si128(
        _mm_cmpeq_epi8(beyond, _mm_setzero_si128()),
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)), _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2))));
    unsigned mask = (unsigned)_mm_movemask_epi8(hit);
    if (mask != 0) return at + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; at < len; at++) {
    unsigned char byte = (unsigned char)text[at];
    if ((byte >= '\n' && byte <= '\r') || byte == 0xC2 || byte == 0xE2) break;
  }
  return at;
}

static line line_at(const char *text, size_t len, size_t at) {
  line out = {.begin = at};
  size_t end = skip_plain(text, len, at), newline = 0;
  while (end < len && (newline = newline_at(text, len, end)) == 0) end = skip_plain(text, len, end + 1);
  out.next = end + newline;
  uint32_t cp;
  for (size_t n; out.begin < end; out.begin += n) {
    if (text[out.begin] > ' ') break;
    n = lode_utf8_next(text + out.begin, &cp);
    if (!lode_is_space(cp)) break;
  }
  for (size_t n; end > out.begin; end -= n) {
    if (text[end - 1] > ' ') break;
    n = lode_utf8_back(text, end);
    lode_utf8_next(text + end - n, &cp);
    if (!lode_is_space(cp)) break;
  }
  out.end = end;
  measure(text, &out);
  return out;
}

/* The break between two lines was needed to keep the width, and joins them. */
static bool needed(const line *above, const line *below, size_t width) {
  return above->width + 1 + below->word > width && !below->item;
}

/* Look at the block that begins at `at` with the line `top`: its end, and the width it is wrapped at, 0 where it is not.  A line that is
 * too wide decides at once; the block's end is then left to be met (block_end beyond the text). */
static void look_at_block(lode_paragraphs *self, size_t at, const line *top) {
  size_t widest = 0, lines = 0;
  bool small = true;
  for (size_t pos = at; pos < self->len;) {
    line now = pos == at ? *top : line_at(self->text, self->len, pos);
    if (now.width == 0) break;
    if (now.width > widest) widest = now.width;
    if (widest > WIDTH_MOST) {
      self->width = 0;
      self->block_end = self->len + 1;
      return;
    }
    if (lines++ > 0) small = now.small;
    pos = self->block_end = now.next;
  }
  self->width = 0;
  if (lines < 2 || widest < WIDTH_LEAST || widest > WIDTH_MOST || (lines == 2 && !small)) return;
  size_t good = 0, bad = 0;
  line above = *top;
  while (above.next < self->block_end) {
    line below = line_at(self->text, self->len, above.next);
    if (needed(&above, &below, widest)) good++;
    else bad += !above.whole && !below.item;
    above = below;
  }
  if (good >= (lines == 2 ? 1 : 2) && good >= 4 * bad) self->width = widest;
}

void lode_paragraphs_init(lode_paragraphs *self, const char *text, size_t len) {
  *self = (lode_paragraphs){.text = text, .len = len};
}

bool lode_paragraphs_next(lode_paragraphs *self, lode_span *out) {
  line now = {0};
  while (self->pos < self->len) {
    now = line_at(self->text, self->len, self->pos);
    if (now.width > 0) break;
    self->pos = self->block_end = now.next; /* a blank line ends a block */
  }
  if (self->pos >= self->len) return false;
  if (self->pos >= self->block_end) look_at_block(self, self->pos, &now);
  *out = (lode_span){now.begin, now.end};
  self->pos = now.next;
  while (self->width > 0 && self->pos < self->block_end) {
    line below = line_at(self->text, self->len, self->pos);
    if (!needed(&now, &below, self->width)) break;
    out->end = below.end;
    self->pos = below.next;
    now = below;
  }
  return true;
}
