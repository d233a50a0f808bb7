#include "quotation.h"

#include <string.h>

typedef enum mark {
  NO_MARK,
  STRAIGHT,    /* " */
  APOSTROPHE,  /* ' */
  BACKTICK,    /* ` */
  LEFT,        /* “ */
  RIGHT,       /* ” */
  LOW,         /* „ */
  LEFT_ONE,    /* ‘ */
  RIGHT_ONE,   /* ’ */
  LEFT_ANGLE,  /* « */
  RIGHT_ANGLE, /* » */
  LEFT_HOOK,   /* ‹ */
  RIGHT_HOOK,  /* › */
} mark;

/* The tokens of one paragraph. */
typedef struct reader {
  const char *text;
  const lode_token *items;
  uint32_t count;
  uint32_t last_close; /* behind it no single mark closes */
} reader;

typedef enum direction { UNKNOWN, OPENS, CLOSES } direction;

/* Where a quotation ends: its last token. */
typedef struct ending {
  bool found, closed;
  uint32_t at;
} ending;

static bool is_token(const reader *r, uint32_t i, const char *text) {
  const lode_token *t = &r->items[i];
  return t->end - t->begin == strlen(text) && memcmp(r->text + t->begin, text, t->end - t->begin) == 0;
}

static mark mark_of(const reader *r, uint32_t i) {
  static const struct {
    const char *text;
    mark mark;
  } marks[] = {{"\xE2\x80\x9C", LEFT},     {"\xE2\x80\x9D", RIGHT},     {"\xE2\x80\x9E", LOW},
               {"\xE2\x80\x98", LEFT_ONE}, {"\xE2\x80\x99", RIGHT_ONE}, {"\xC2\xAB", LEFT_ANGLE},
               {"\xC2\xBB", RIGHT_ANGLE},  {"\xE2\x80\xB9", LEFT_HOOK}, {"\xE2\x80\xBA", RIGHT_HOOK}};
  const lode_token *t = &r->items[i];
  if (t->kind != LODE_TOKEN_PUNCT && t->kind != LODE_TOKEN_SYMBOL) return NO_MARK;
  size_t len = t->end - t->begin;
  char c = r->text[t->begin];
  if (len == 1) return c == '"' ? STRAIGHT : c == '\'' ? APOSTROPHE : c == '`' ? BACKTICK : NO_MARK;
  if (c != '\xE2' && c != '\xC2') return NO_MARK;
  for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
    if (is_token(r, i, marks[m].text)) return marks[m].mark;
  return NO_MARK;
}

static bool closes(mark open, mark with) {
  switch (open) {
    case LEFT: return with == RIGHT;
    case LOW: return with == LEFT || with == RIGHT;
    case LEFT_ANGLE: return with == RIGHT_ANGLE;
    case LEFT_HOOK: return with == RIGHT_HOOK;
    default: return false;
  }
}

static bool begins_with_one_of(const reader *r, uint32_t i, const char *ascii, bool dash) {
  const char *at = r->text + r->items[i].begin;
  if (strchr(ascii, at[0]) != NULL && at[0] != '\0') return true;
  size_t len = r->items[i].end - r->items[i].begin;
  return dash && len >= 3 && (memcmp(at, "\xE2\x80\x94", 3) == 0 || memcmp(at, "\xE2\x80\x93", 3) == 0);
}

/* . ? ! or an ellipsis */
static bool is_stop(const reader *r, uint32_t i) {
  return begins_with_one_of(r, i, ".?!", false) || is_token(r, i, "\xE2\x80\xA6");
}

/* What a mark without direction does, by its neighbours. */
static direction direction_of(const reader *r, uint32_t i) {
  bool first = i == 0, last = i + 1 == r->count;
  bool gap_before = first || (r->items[i].flags & LODE_TOKEN_GLUED) == 0;
  bool gap_after = last || (r->items[i + 1].flags & LODE_TOKEN_GLUED) == 0;
  if (gap_before != gap_after) return gap_before ? OPENS : CLOSES;
  if (!first && !gap_before && begins_with_one_of(r, i - 1, "([:", true)) return OPENS;
  if (!last && !gap_after && begins_with_one_of(r, i + 1, ")],.;:?!", true)) return CLOSES;
  return UNKNOWN;
}

/* A second opening mark says that the first was never closed. */
static ending straight_end(const reader *r, uint32_t open) {
  for (uint32_t i = open + 1; i < r->count; i++) {
    mark m = mark_of(r, i);
    if (m == RIGHT || (m == STRAIGHT && direction_of(r, i) != OPENS)) return (ending){true, true, i};
    if (m == STRAIGHT) return (ending){true, false, i - 1};
  }
  return (ending){true, false, r->count - 1};
}

/* Some writers close a curly mark with a straight one: believed where the right one is missing, or where a straight one
 * opens again before it.  The same mark again begins a quotation inside this one, but after the end of a sentence it
 * says that this one was never closed. */
static ending curly_end(const reader *r, uint32_t open) {
  mark opened = mark_of(r, open);
  uint32_t depth = 0, straight = 0, inner = 0, end = r->count - 1;
  for (uint32_t i = open + 1; i < r->count; i++) {
    mark m = mark_of(r, i);
    if (closes(opened, m)) {
      if (depth == 0) return (ending){true, true, i};
      depth--;
      if (inner == 0) inner = i;
    } else if (m == opened) {
      if (is_stop(r, i - 1)) {
        end = i - 1;
        break;
      }
      depth++;
    } else if (m == STRAIGHT) {
      direction d = direction_of(r, i);
      if (straight != 0 && d == OPENS) break;
      if (straight == 0 && d == CLOSES) straight = i;
    }
  }
  uint32_t likely = straight != 0 ? straight : inner;
  return likely != 0 ? (ending){true, true, likely} : (ending){true, false, end};
}

static bool is_single(mark m) {
  return m == APOSTROPHE || m == LEFT_ONE || m == BACKTICK;
}

static bool ends_in_s(const reader *r, uint32_t i) {
  return r->text[r->items[i].end - 1] == 's';
}

static bool begins_small(const reader *r, uint32_t i) {
  char c = r->text[r->items[i].begin];
  return c >= 'a' && c <= 'z';
}

/* Not found where the mark is an apostrophe.  "the workers' hall" closes only what nothing else does. */
static ending single_end(const reader *r, uint32_t open) {
  ending plural = {false, true, 0};
  if (open > r->last_close || open + 1 >= r->count || direction_of(r, open) != OPENS) return plural;
  if (r->items[open + 1].kind == LODE_TOKEN_NUMBER) return plural; /* the '90s */
  mark opened = mark_of(r, open), closing = opened == LEFT_ONE ? RIGHT_ONE : APOSTROPHE;
  bool inside = false;
  for (uint32_t i = open + 2; i < r->count && i <= open + LODE_QUOTATION_FAR; i++) {
    mark m = mark_of(r, i);
    if (is_single(m) && m != closing) break;
    inside = inside || m == STRAIGHT || m == LEFT || m == LOW || m == LEFT_ANGLE || m == LEFT_HOOK;
    if (m != closing || direction_of(r, i) != CLOSES) continue;
    if (!(ends_in_s(r, i - 1) && i + 1 < r->count && begins_small(r, i + 1))) return (ending){true, true, i};
    if (!plural.found && !inside) plural = (ending){true, true, i};
  }
  return plural;
}

static ending end_of(const reader *r, uint32_t i) {
  mark m = mark_of(r, i);
  if (m == LEFT || m == LOW || m == LEFT_ANGLE || m == LEFT_HOOK) return curly_end(r, i);
  if (is_single(m)) return single_end(r, i);
  if (m != STRAIGHT) return (ending){false, false, 0};
  direction d = direction_of(r, i);
  if (d == CLOSES) return (ending){false, false, 0};
  ending end = straight_end(r, i);
  end.found = end.closed || d == OPENS; /* else a lone mark between blanks */
  return end;
}

static int annotate_paragraph(reader *r, uint32_t base, lode_annotations *out, uint32_t label, lode_err *err) {
  uint32_t last = r->count;
  for (; last > 0; last--) {
    mark m = mark_of(r, last - 1);
    if ((m == APOSTROPHE || m == RIGHT_ONE) && direction_of(r, last - 1) == CLOSES) break;
  }
  r->last_close = last == 0 ? 0 : last - 1;
  for (uint32_t i = 0; i < r->count; i++) {
    if (mark_of(r, i) == NO_MARK) continue;
    ending end = end_of(r, i);
    if (!end.found) continue;
    if (end.at > i + (end.closed ? 1 : 0)) {
      lode_annotation item = {.begin = base + i, .end = base + end.at + 1, .match = UINT32_MAX};
      int code = lode_annotations_add(out, label, item, err);
      if (code != 0) return code;
    }
    i = end.at;
  }
  return 0;
}

int lode_quotations_annotate(const lode_page *page, lode_annotations *out, uint32_t label, lode_err *err) {
  int code = 0;
  for (size_t p = 0; p < page->paragraph_count && code == 0; p++) {
    const lode_paragraph *paragraph = &page->paragraphs[p];
    reader r = {page->content, page->tokens.items + paragraph->first_token, paragraph->token_count, 0};
    if (r.count > 1) code = annotate_paragraph(&r, paragraph->first_token, out, label, err);
  }
  return code;
}
