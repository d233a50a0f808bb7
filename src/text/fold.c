/* How forms are made.
 *
 * Text is cut into segments that cannot influence one another: a segment begins at a code point whose
 * decomposition starts with a character of combining class 0 that is no mark and no Hangul vowel or final
 * jamo, since only those compose with what stands before them (DerivedNormalizationProps, NFC_QC=Maybe
 * holds nothing else).  So a segment is mostly one letter with its marks, and normalising segment by
 * segment gives exactly the form of the whole text, with a map piece for each segment.  ASCII never gets
 * that far, but for a last letter that non-ASCII follows.
 *
 * utf8proc gives decompositions, foldings and compositions; reordering of marks is done here, since its
 * own is quadratic in the length of a run of marks. */
#include "fold.h"

#include "mem.h"
#include "unicode.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { NO_COMPOSE = 1 << 16, MOST_DECOMPOSED = 32 };

typedef struct points {
  utf8proc_int32_t *cp;
  size_t len, cap;
} points;

typedef struct folder {
  const char *text;
  size_t len;
  unsigned flags;
  lode_buf *out;
  lode_map *map;
  lode_err *err;
  points seg, spare;         /* the segment, decomposed; room to fold and to sort in */
  size_t seg_begin, seg_end; /* its source */
  bool any;                  /* something was written */
  bool dropping;             /* behind a dropped mark of punctuation: its combining marks go too */
  bool space;                /* white space seen and not yet written (LODE_FOLD_SPACE) */
  size_t space_begin, space_end;
  size_t mapped; /* source bytes that the map covers, from the start of text */
} folder;

static int points_grow(points *p, size_t more, lode_err *err) {
  size_t need = lode_size_add(p->len, more);
  size_t cap = lode_size_grow(p->cap < 64 ? 64 : p->cap, need);
  utf8proc_int32_t *cp = realloc(p->cp, lode_size_mul(cap, sizeof *cp));
  if (cp == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu characters with their marks", cap);
  p->cp = cp;
  p->cap = cap;
  return 0;
}

static inline int points_reserve(points *p, size_t more, lode_err *err) {
  return more <= p->cap - p->len ? 0 : points_grow(p, more, err);
}

static int decompose(points *to, utf8proc_int32_t cp, utf8proc_option_t options, lode_err *err) {
  int code = points_reserve(to, MOST_DECOMPOSED, err);
  if (code != 0) return code;
  int bound = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(cp, to->cp + to->len, MOST_DECOMPOSED, options, &bound);
  if (n < 0 || n > MOST_DECOMPOSED) return lode_fail(err, LODE_E_INPUT, "U+%04X is no character", (unsigned)cp);
  to->len += (size_t)n;
  return 0;
}

/* The marks of Latin, Greek and Cyrillic letters that are their own decomposition and case folding. */
static bool is_plain_mark(uint32_t cp) {
  return cp >= 0x300 && cp < 0x340;
}

static int add_plain(points *to, utf8proc_int32_t cp, lode_err *err) {
  int code = points_reserve(to, 1, err);
  if (code == 0) to->cp[to->len++] = cp;
  return code;
}

static unsigned class_of(utf8proc_int32_t cp) {
  return (unsigned)utf8proc_get_property(cp)->combining_class;
}

/* Stable sort by combining class: insertion for the few marks that letters carry, counting beyond. */
static int sort_marks(folder *f, utf8proc_int32_t *run, size_t len) {
  if (len <= 16) {
    for (size_t i = 1; i < len; i++) {
      utf8proc_int32_t cp = run[i];
      size_t j = i;
      for (; j > 0 && class_of(run[j - 1]) > class_of(cp); j--) run[j] = run[j - 1];
      run[j] = cp;
    }
    return 0;
  }
  f->spare.len = 0;
  int code = points_reserve(&f->spare, len, f->err);
  if (code != 0) return code;
  size_t at[257] = {0};
  for (size_t i = 0; i < len; i++) at[class_of(run[i]) + 1]++;
  for (size_t c = 1; c < 257; c++) at[c] += at[c - 1];
  for (size_t i = 0; i < len; i++) f->spare.cp[at[class_of(run[i])]++] = run[i];
  memcpy(run, f->spare.cp, len * sizeof *run);
  return 0;
}

/* Canonical ordering (D109): sort each run of characters of a class other than 0. */
static int order(folder *f) {
  points *s = &f->seg;
  for (size_t i = 0; i < s->len;) {
    size_t j = i;
    bool sorted = true;
    for (unsigned above = 0, now; j < s->len && (now = class_of(s->cp[j])) != 0; above = now, j++)
      sorted = sorted && above <= now;
    int code = sorted ? 0 : sort_marks(f, s->cp + i, j - i);
    if (code != 0) return code;
    i = j + 1;
  }
  return 0;
}

static utf8proc_option_t decompose_options(unsigned flags) {
  int options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
  if (flags & LODE_FOLD_COMPAT) options |= UTF8PROC_COMPAT;
  return (utf8proc_option_t)options;
}

/* The usual segment, a letter with marks that stay as they are: folded where it stands.  *done says whether it was. */
static int fold_first(folder *f, utf8proc_option_t options, bool *done) {
  *done = true;
  for (size_t i = 1; i < f->seg.len && *done; i++) *done = is_plain_mark((uint32_t)f->seg.cp[i]);
  if (!*done) return 0;
  f->spare.len = 0;
  int code = decompose(&f->spare, f->seg.cp[0], options, f->err);
  *done = code == 0 && f->spare.len == 1;
  if (*done) f->seg.cp[0] = f->spare.cp[0];
  return code;
}

/* Case folding comes after ordering (D145): U+0345 folds to a letter, and marks behind it must have passed it. */
static int fold_segment_case(folder *f) {
  utf8proc_option_t options = (utf8proc_option_t)((int)decompose_options(f->flags) | UTF8PROC_CASEFOLD);
  bool done;
  int first = fold_first(f, options, &done);
  if (first != 0 || done) return first;
  f->spare.len = 0;
  for (size_t i = 0; i < f->seg.len; i++) {
    utf8proc_int32_t cp = f->seg.cp[i];
    bool plain = is_plain_mark((uint32_t)cp);
    int code = plain ? add_plain(&f->spare, cp, f->err) : decompose(&f->spare, cp, options, f->err);
    if (code != 0) return code;
  }
  points folded = f->spare;
  f->spare = f->seg;
  f->seg = folded;
  return order(f);
}

static bool is_dropped_kind(uint32_t cp) {
  return lode_is_punct(cp) || lode_is_symbol(cp);
}

static bool is_dash(uint32_t cp) {
  return cp == 0x2212 || utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_PD;
}

/* Before composition: a mark of punctuation inside a compatibility form (U+0140 is l and a dot) may stand
 * between a letter and its marks, which then have to be put in order once more. */
static int change_points(folder *f) {
  size_t kept = 0;
  for (size_t i = 0; i < f->seg.len; i++) {
    utf8proc_int32_t cp = f->seg.cp[i];
    if ((f->flags & LODE_FOLD_ACCENTS) && utf8proc_category(cp) == UTF8PROC_CATEGORY_MN) continue;
    if ((f->flags & LODE_FOLD_PUNCT) && is_dropped_kind((uint32_t)cp)) continue;
    if ((f->flags & LODE_FOLD_DASH) && is_dash((uint32_t)cp)) cp = '-';
    f->seg.cp[kept++] = cp;
  }
  if (kept == f->seg.len) return 0;
  f->seg.len = kept;
  return order(f);
}

static int map_piece(folder *f, size_t target_len, size_t begin, size_t end, bool same) {
  if (f->map == NULL) return 0;
  int code = begin > f->mapped ? lode_map_skip(f->map, begin - f->mapped, f->err) : 0;
  if (code == 0)
    code = same ? lode_map_same(f->map, target_len, f->err) : lode_map_change(f->map, target_len, end - begin, f->err);
  f->mapped = end;
  return code;
}

/* The space that stands for the white space before what is written next. */
static int put_space(folder *f) {
  bool wanted = f->space && f->any;
  f->space = false;
  if (!wanted) return 0;
  bool same = f->space_end - f->space_begin == 1 && f->text[f->space_begin] == ' ';
  int code = lode_buf_byte(f->out, ' ', f->err);
  return code != 0 ? code : map_piece(f, 1, f->space_begin, f->space_end, same);
}

static void see_space(folder *f, size_t begin, size_t end) {
  if (!f->space) f->space_begin = begin;
  f->space = true;
  f->space_end = end;
}

/* Write the finished segment.  Spaces inside one come from compatibility forms (U+FDFA is four words); a
 * segment of white space alone only waits for what follows. */
static int put_segment(folder *f) {
  size_t start = f->out->len;
  bool spaces = (f->flags & LODE_FOLD_SPACE) != 0;
  bool trailing = false;
  int room = lode_buf_reserve(f->out, lode_size_add(lode_size_mul(f->seg.len, 4), 1), f->err);
  if (room != 0) return room;
  for (size_t i = 0; i < f->seg.len; i++) {
    uint32_t cp = (uint32_t)f->seg.cp[i];
    if (spaces && lode_is_space(cp)) {
      trailing = true;
      continue;
    }
    int code = 0;
    bool first = f->out->len == start;
    if (first && trailing) see_space(f, f->seg_begin, f->seg_begin);
    if (first) code = put_space(f), start = f->out->len;
    else if (trailing) code = lode_buf_byte(f->out, ' ', f->err);
    trailing = false;
    if (code != 0) return code;
    f->out->len += lode_utf8_put(cp, f->out->ptr + f->out->len);
  }
  size_t made = f->out->len - start, from = f->seg_end - f->seg_begin;
  if (trailing) see_space(f, made == 0 ? f->seg_begin : f->seg_end, f->seg_end);
  if (made == 0) return 0;
  f->any = true;
  bool same = made == from && memcmp(f->out->ptr + start, f->text + f->seg_begin, made) == 0;
  return map_piece(f, made, f->seg_begin, f->seg_end, same);
}

static int flush(folder *f) {
  if (f->seg.len == 0) return 0;
  int code = order(f);
  if (code == 0 && (f->flags & LODE_FOLD_CASE)) code = fold_segment_case(f);
  if (code == 0 && (f->flags & (LODE_FOLD_ACCENTS | LODE_FOLD_PUNCT | LODE_FOLD_DASH))) code = change_points(f);
  if (code != 0) return code;
  if (!(f->flags & NO_COMPOSE)) {
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    utf8proc_ssize_t n = utf8proc_normalize_utf32(f->seg.cp, (utf8proc_ssize_t)f->seg.len, options);
    if (n < 0) return lode_fail(f->err, LODE_E_INPUT, "%s", utf8proc_errmsg(n));
    f->seg.len = (size_t)n;
  }
  code = put_segment(f);
  f->seg.len = 0;
  return code;
}

static bool begins_segment(utf8proc_int32_t cp) {
  if (cp >= 0x1160 && cp <= 0x11FF) return false;
  return class_of(cp) == 0 && !lode_is_mark((uint32_t)cp);
}

/* The code point at `at`, through decomposition into the segment; *at steps over it. */
static int add_point(folder *f, size_t *at) {
  uint32_t cp;
  size_t begin = *at, n = lode_utf8_next(f->text + begin, &cp);
  *at += n;
  if ((f->flags & LODE_FOLD_DASH) && cp == 0x00AD) return 0;
  if (f->flags & LODE_FOLD_PUNCT) {
    f->dropping = is_dropped_kind(cp) || (f->dropping && lode_is_mark(cp));
    if (f->dropping) return 0;
  }
  size_t before = f->seg.len;
  if (before != 0 && is_plain_mark(cp)) {
    f->seg_end = *at;
    return add_plain(&f->seg, (utf8proc_int32_t)cp, f->err);
  }
  int code = decompose(&f->seg, (utf8proc_int32_t)cp, decompose_options(f->flags), f->err);
  if (code != 0) return code;
  if (before != 0 && f->seg.len > before && begins_segment(f->seg.cp[before])) {
    /* Set the new one aside, write what stood before it, and begin with it. */
    utf8proc_int32_t first[MOST_DECOMPOSED];
    size_t count = f->seg.len - before;
    memcpy(first, f->seg.cp + before, count * sizeof *first);
    f->seg.len = before;
    code = flush(f);
    if (code != 0) return code;
    memcpy(f->seg.cp, first, count * sizeof *first);
    f->seg.len = count;
    before = 0;
  }
  if (before == 0) f->seg_begin = begin;
  f->seg_end = *at;
  return 0;
}

static bool is_ascii_punct(unsigned char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_ascii_space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool stays(unsigned flags, unsigned char c) {
  if ((flags & LODE_FOLD_CASE) && c >= 'A' && c <= 'Z') return false;
  if ((flags & LODE_FOLD_SPACE) && is_ascii_space(c)) return false;
  return !((flags & LODE_FOLD_PUNCT) && is_ascii_punct(c));
}

/* ASCII [at, end), which nothing behind it can change. */
static int add_ascii(folder *f, size_t at, size_t end) {
  while (at < end) {
    size_t run = at;
    while (run < end && stays(f->flags, (unsigned char)f->text[run])) run++;
    int code = 0;
    if (run == at) {
      unsigned char c = (unsigned char)f->text[at];
      run = at + 1;
      f->dropping = is_ascii_punct(c);
      if (is_ascii_space(c)) see_space(f, at, run);
      if (c >= 'A' && c <= 'Z') {
        code = put_space(f);
        if (code == 0) code = lode_buf_byte(f->out, (char)(c | 0x20), f->err);
        if (code == 0) code = map_piece(f, 1, at, run, false);
        f->any = true;
      }
    } else {
      f->dropping = false;
      code = put_space(f);
      if (code == 0) code = lode_buf_add(f->out, f->text + at, run - at, f->err);
      if (code == 0) code = map_piece(f, run - at, at, run, true);
      f->any = true;
    }
    if (code != 0) return code;
    at = run;
  }
  return 0;
}

/* The end of the ASCII that may be taken in one step from `at`: all but a last character that something
 * behind it may combine with, with punctuation between them that is going to be dropped. */
static size_t ascii_end(const folder *f, size_t at) {
  size_t end = at;
  while (end < f->len && (unsigned char)f->text[end] < 0x80) end++;
  if (end == f->len || end == at) return end;
  size_t last = end - 1;
  if (!(f->flags & LODE_FOLD_PUNCT)) return last;
  while (last > at && is_ascii_punct((unsigned char)f->text[last])) last--;
  return is_ascii_punct((unsigned char)f->text[last]) ? end : last;
}

static int fold_all(folder *f) {
  int code = 0;
  for (size_t at = 0; at < f->len && code == 0;) {
    /* Dropped punctuation may stand between a segment and what composes with it. */
    bool open = f->seg.len != 0 && (f->flags & LODE_FOLD_PUNCT) && is_ascii_punct((unsigned char)f->text[at]);
    size_t end = open ? at : ascii_end(f, at);
    if (end > at) {
      code = flush(f);
      if (code == 0) code = add_ascii(f, at, end);
      at = end;
    } else {
      code = add_point(f, &at);
    }
  }
  if (code == 0) code = flush(f);
  if (code == 0 && f->map != NULL && f->len > f->mapped) code = lode_map_skip(f->map, f->len - f->mapped, f->err);
  free(f->seg.cp);
  free(f->spare.cp);
  return code;
}

int lode_fold(const char *text, size_t len, unsigned flags, lode_buf *out, lode_map *map, lode_err *err) {
  folder f = {.text = text, .len = len, .flags = flags, .out = out, .map = map, .err = err};
  return fold_all(&f);
}

int lode_normalize(const char *text, size_t len, lode_form form, lode_buf *out, lode_map *map, lode_err *err) {
  unsigned flags = form == LODE_NFKC || form == LODE_NFKD ? LODE_FOLD_COMPAT : 0;
  if (form == LODE_NFD || form == LODE_NFKD) flags |= NO_COMPOSE;
  return lode_fold(text, len, flags, out, map, err);
}

static bool is_apostrophe(uint32_t cp) {
  return cp == 0x2019 || cp == 0x02BC;
}

/* Every apostrophe with a letter or digit beside it, in the bytes that were appended from `start` on. */
static void straighten(lode_buf *out, size_t start) {
  size_t to = start;
  bool after_letter = false;
  for (size_t at = start; at < out->len;) {
    uint32_t cp, next = 0;
    size_t n = lode_utf8_next(out->ptr + at, &cp);
    if (at + n < out->len) lode_utf8_next(out->ptr + at + n, &next);
    bool beside = after_letter || lode_is_letter(next) || lode_is_number(next);
    after_letter = cp != 0x02BC && (lode_is_letter(cp) || lode_is_number(cp) || lode_is_mark(cp));
    if (is_apostrophe(cp) && beside) {
      out->ptr[to++] = '\'';
    } else {
      memmove(out->ptr + to, out->ptr + at, n);
      to += n;
    }
    at += n;
  }
  out->len = to;
}

int lode_fold_token(const char *text, size_t len, lode_buf *out, lode_err *err) {
  size_t start = out->len;
  int code = lode_fold(text, len, LODE_FOLD_WORD, out, NULL, err);
  const char *made = out->ptr + start;
  size_t made_len = out->len - start;
  if (code != 0 || made_len == 0) return code;
  /* The first bytes of U+2019 and of U+02BC. */
  if (memchr(made, 0xE2, made_len) != NULL || memchr(made, 0xCA, made_len) != NULL) straighten(out, start);
  return 0;
}

static uint32_t map_point(uint32_t cp, lode_case to, bool first) {
  utf8proc_int32_t c = (utf8proc_int32_t)cp;
  switch (to) {
    case LODE_LOWER: return (uint32_t)utf8proc_tolower(c);
    case LODE_UPPER: return (uint32_t)utf8proc_toupper(c);
    case LODE_TITLE: return first ? (uint32_t)utf8proc_totitle(c) : cp;
  }
  return cp;
}

int lode_case_map(const char *text, size_t len, lode_case to, lode_buf *out, lode_err *err) {
  bool inside = false; /* a word: letters, marks, numbers, and apostrophes among them */
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    char bytes[4];
    at += lode_utf8_next(text + at, &cp);
    int code = lode_buf_add(out, bytes, lode_utf8_put(map_point(cp, to, !inside), bytes), err);
    if (code != 0) return code;
    bool part = lode_is_letter(cp) || lode_is_mark(cp) || lode_is_number(cp);
    inside = part || (inside && (cp == '\'' || is_apostrophe(cp)));
  }
  return 0;
}
