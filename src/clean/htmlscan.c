#include "htmlscan.h"

#include "mem.h"
#include <gumbo.h>
#include <string.h>

/* What the scanner does with an element, by its tag. */
enum {
  KEEP = 0,
  LOOK = 1,   /* a token, but nothing to the parser: empty elements, marks of letters */
  RAW = 2,    /* content is no markup, and no text of the page: out of the skeleton with it */
  RCDATA = 3, /* content is text with entities; the parser sees the element with one letter */
  AUTO = 4,   /* closes by itself when the next one opens: does not count as depth */
  GRAPHIC = 5,
  PLAIN = 6,
};

static const uint8_t treatment[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_SCRIPT] = RAW,      [GUMBO_TAG_STYLE] = RAW,       [GUMBO_TAG_IFRAME] = RAW,
    [GUMBO_TAG_XMP] = RCDATA,      [GUMBO_TAG_NOEMBED] = RAW,     [GUMBO_TAG_NOFRAMES] = RAW,
    [GUMBO_TAG_TITLE] = RCDATA,    [GUMBO_TAG_TEXTAREA] = RCDATA, [GUMBO_TAG_SVG] = GRAPHIC,
    [GUMBO_TAG_PLAINTEXT] = PLAIN, [GUMBO_TAG_AREA] = LOOK,       [GUMBO_TAG_BASE] = LOOK,
    [GUMBO_TAG_BR] = LOOK,         [GUMBO_TAG_EMBED] = LOOK,      [GUMBO_TAG_IMG] = LOOK,
    [GUMBO_TAG_IMAGE] = LOOK,      [GUMBO_TAG_INPUT] = LOOK,      [GUMBO_TAG_KEYGEN] = LOOK,
    [GUMBO_TAG_LINK] = LOOK,       [GUMBO_TAG_META] = LOOK,       [GUMBO_TAG_PARAM] = LOOK,
    [GUMBO_TAG_SOURCE] = LOOK,     [GUMBO_TAG_TRACK] = LOOK,      [GUMBO_TAG_WBR] = LOOK,
    [GUMBO_TAG_ISINDEX] = LOOK,    [GUMBO_TAG_B] = LOOK,          [GUMBO_TAG_BIG] = LOOK,
    [GUMBO_TAG_CODE] = LOOK,       [GUMBO_TAG_EM] = LOOK,         [GUMBO_TAG_FONT] = LOOK,
    [GUMBO_TAG_I] = LOOK,          [GUMBO_TAG_NOBR] = LOOK,       [GUMBO_TAG_S] = LOOK,
    [GUMBO_TAG_SMALL] = LOOK,      [GUMBO_TAG_STRIKE] = LOOK,     [GUMBO_TAG_STRONG] = LOOK,
    [GUMBO_TAG_TT] = LOOK,         [GUMBO_TAG_U] = LOOK,          [GUMBO_TAG_ABBR] = LOOK,
    [GUMBO_TAG_SUB] = LOOK,        [GUMBO_TAG_SUP] = LOOK,        [GUMBO_TAG_MARK] = LOOK,
    [GUMBO_TAG_HR] = AUTO,         [GUMBO_TAG_P] = AUTO,          [GUMBO_TAG_LI] = AUTO,
    [GUMBO_TAG_DT] = AUTO,         [GUMBO_TAG_DD] = AUTO,         [GUMBO_TAG_TD] = AUTO,
    [GUMBO_TAG_TH] = AUTO,         [GUMBO_TAG_TR] = AUTO,         [GUMBO_TAG_TBODY] = AUTO,
    [GUMBO_TAG_THEAD] = AUTO,      [GUMBO_TAG_TFOOT] = AUTO,      [GUMBO_TAG_OPTION] = AUTO,
    [GUMBO_TAG_OPTGROUP] = AUTO,   [GUMBO_TAG_COL] = AUTO,        [GUMBO_TAG_A] = LOOK,
    [GUMBO_TAG_SPAN] = LOOK,       [GUMBO_TAG_HTML] = AUTO,       [GUMBO_TAG_BODY] = AUTO,
    [GUMBO_TAG_HEAD] = AUTO,       [GUMBO_TAG_FRAMESET] = LOOK,   [GUMBO_TAG_FRAME] = LOOK,
};

typedef struct scanner {
  lode__html_scan *out;
  lode_arena *arena;
  lode_err *err;
  const char *text;
  size_t len;
  size_t at;      /* read so far */
  size_t deep;    /* elements open in the skeleton that do not close by themselves */
  size_t missing; /* open elements that were too deep for it */
  size_t tags;
  bool foreign;     /* inside an svg or math that could not be stepped over */
  bool no_graphics; /* an svg without end was met: step over none */
  bool in_text;     /* the skeleton ends with a letter */
  struct {
    uint64_t name; /* up to 8 bytes, as they lie in memory */
    GumboTag tag;
  } names[LODE__HTML_NAMES]; /* met before */
} scanner;

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static bool is_letter(char c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static size_t find(const scanner *s, size_t from, char c) {
  const char *p = from < s->len ? memchr(s->text + from, c, s->len - from) : NULL;
  return p == NULL ? s->len : (size_t)(p - s->text);
}

/* The place behind the next `end`, or the end of the source. */
static size_t behind(const scanner *s, size_t from, const char *end) {
  size_t n = strlen(end);
  for (size_t at = from; (at = find(s, at, end[0])) < s->len; at++)
    if (s->len - at >= n && memcmp(s->text + at, end, n) == 0) return at + n;
  return s->len;
}

/* --- what is made --- */

static int grow(void **items, size_t *cap, size_t count, size_t more, size_t size, lode_arena *arena, lode_err *err) {
  if (count + more <= *cap) return 0;
  size_t next = lode_size_grow(*cap, lode_size_add(count + more, 1024));
  next = next < *cap * 2 ? *cap * 2 : next;
  void *made = lode_arena_take(arena, next, size, err);
  if (made == NULL) return err->code;
  if (count != 0) memcpy(made, *items, count * size);
  *items = made;
  *cap = next;
  return 0;
}

static int put(scanner *s, const char *bytes, size_t len) {
  lode__html_scan *out = s->out;
  int code = grow((void **)&out->skeleton, &out->skeleton_cap, out->skeleton_len, len, 1, s->arena, s->err);
  if (code != 0) return code;
  memcpy(out->skeleton + out->skeleton_len, bytes, len);
  out->skeleton_len += len;
  return 0;
}

static int add(scanner *s, lode__html_kind kind, GumboTag tag, size_t begin, size_t end, unsigned shown) {
  lode__html_scan *out = s->out;
  int code = grow((void **)&out->tokens, &out->cap, out->count, 1, sizeof *out->tokens, s->arena, s->err);
  if (code != 0) return code;
  out->tokens[out->count++] = (lode__html_token){.begin = (uint32_t)begin,
                                                 .end = (uint32_t)end,
                                                 .skeleton = (uint32_t)out->skeleton_len,
                                                 .node = LODE__HTML_NO_NODE,
                                                 .tag = (uint16_t)tag,
                                                 .kind = (uint8_t)kind,
                                                 .shown = (uint8_t)shown};
  return 0;
}

static int add_text(scanner *s, lode__html_kind kind, size_t begin, size_t end) {
  if (begin == end) return 0;
  bool blank = true;
  for (size_t i = begin; i < end && blank; i++) blank = is_space(s->text[i]);
  if (blank) return add(s, LODE__HTML_BLANK, GUMBO_TAG_LAST, begin, end, 0);
  int code = add(s, kind, GUMBO_TAG_LAST, begin, end, !s->in_text);
  if (code != 0 || s->in_text) return code;
  s->in_text = true;
  return put(s, "x", 1);
}

/* --- tags --- */

typedef struct tag {
  size_t name, name_len, end; /* end: behind '>' */
  GumboTag tag;
  bool closing, whole, self_closing;
} tag;

enum { ENDS_NAME = 1, ENDS_VALUE = 2, SPACE = 4 };
static const uint8_t ends[256] = {
    ['\t'] = 7, ['\n'] = 7,        ['\f'] = 7,        ['\r'] = 7,
    [' '] = 7,  ['/'] = ENDS_NAME, ['='] = ENDS_NAME, ['>'] = ENDS_NAME | ENDS_VALUE,
};

static size_t run_to(const char *t, size_t at, size_t len, unsigned which) {
  while (at < len && !(ends[(unsigned char)t[at]] & which)) at++;
  return at;
}

static size_t skip_space(const char *t, size_t at, size_t len) {
  while (at < len && (ends[(unsigned char)t[at]] & SPACE)) at++;
  return at;
}

/* Attributes of section 13.2.5.32 and on: a quote counts only behind an equals sign. */
static size_t skip_attributes(const scanner *s, size_t at, bool *whole, bool *self_closing) {
  const char *t = s->text;
  size_t len = s->len;
  *whole = true;
  for (;;) {
    while (at < len && ((ends[(unsigned char)t[at]] & SPACE) || t[at] == '/')) at++;
    if (at >= len) break;
    if (t[at] == '>') {
      *self_closing = t[at - 1] == '/';
      return at + 1;
    }
    at = run_to(t, at + 1, len, ENDS_NAME); /* an attribute's name may begin with '=' */
    if (at < len && t[at] != '=') at = skip_space(t, at, len);
    if (at >= len || t[at] != '=') continue;
    at = skip_space(t, at + 1, len);
    if (at >= len) break;
    if (t[at] == '"' || t[at] == '\'') {
      at = find(s, at + 1, t[at]);
      if (at >= len) break;
      at++;
    } else {
      at = run_to(t, at, len, ENDS_VALUE);
      if (at < len && t[at] == '>') return at + 1;
    }
  }
  *whole = false;
  return len;
}

/* gumbo's number of a name in any case.  Short names are looked up once and remembered. */
static GumboTag tag_of(scanner *s, const char *name, size_t len) {
  char lower[16] = {0};
  if (len > sizeof lower) return GUMBO_TAG_UNKNOWN;
  for (size_t i = 0; i < len; i++) lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 32 : name[i]);
  if (len > 8) return gumbo_tagn_enum(lower, (unsigned)len);
  uint64_t key;
  memcpy(&key, lower, sizeof key);
  size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 56);
  if (s->names[slot].name != key) {
    s->names[slot].name = key;
    s->names[slot].tag = gumbo_tagn_enum(lower, (unsigned)len);
  }
  return s->names[slot].tag;
}

/* A tag whose name begins at `name`. */
static tag read_tag(scanner *s, size_t name, bool closing) {
  tag t = {.name = name, .closing = closing};
  size_t at = name;
  while (at < s->len && !is_space(s->text[at]) && s->text[at] != '/' && s->text[at] != '>') at++;
  t.name_len = at - name;
  t.tag = tag_of(s, s->text + name, t.name_len);
  t.end = skip_attributes(s, at, &t.whole, &t.self_closing);
  return t;
}

static bool same_name(const scanner *s, size_t at, const tag *t) {
  if (s->len - at < t->name_len) return false;
  for (size_t i = 0; i < t->name_len; i++)
    if ((s->text[at + i] | 32) != (s->text[t->name + i] | 32)) return false;
  at += t->name_len;
  return at < s->len && (is_space(s->text[at]) || s->text[at] == '/' || s->text[at] == '>');
}

/* Where the content of a raw element ends: at its end tag.  A script may hold, inside of a comment, scripts of its
 * own with their end tags (13.2.5.20, "script data double escaped"). */
static size_t raw_end(const scanner *s, const tag *open) {
  bool script = open->tag == GUMBO_TAG_SCRIPT, escaped = false, twice = false;
  size_t dashes = 0; /* where the next "-->" ends, while escaped */
  for (size_t at = open->end; (at = find(s, at, '<')) < s->len; at++) {
    if (escaped && at >= dashes) escaped = twice = false;
    bool closes = at + 2 < s->len && s->text[at + 1] == '/' && same_name(s, at + 2, open);
    if (closes && !twice) return at;
    if (!script) continue;
    if (closes) twice = false;
    else if (escaped && same_name(s, at + 1, open)) twice = true;
    else if (!escaped && s->len - at >= 4 && memcmp(s->text + at, "<!--", 4) == 0) {
      escaped = true;
      dashes = behind(s, at + 2, "-->");
    }
  }
  return s->len;
}

static bool is_dropped(const scanner *s, uint8_t how) {
  return how == LOOK || s->tags > LODE__HTML_TAGS;
}

/* Whether a tag goes into the skeleton, and as what; keeps count of depth. */
static unsigned admit(scanner *s, const tag *t, uint8_t how) {
  if (is_dropped(s, how)) return 0;
  s->tags++;
  if (how != KEEP) return 1;
  if (t->closing) {
    if (s->missing != 0) {
      s->missing--;
      return 0;
    }
    if (s->deep != 0) s->deep--;
    return 2;
  }
  if (s->deep >= LODE__HTML_DEPTH) {
    s->missing++;
    return 0;
  }
  s->deep++;
  return 2;
}

static int put_tag(scanner *s, const tag *t) {
  s->in_text = false;
  int code = put(s, t->closing ? "</" : "<", t->closing ? 2 : 1);
  if (code == 0) code = put(s, s->text + t->name, t->name_len);
  if (code == 0 && s->foreign && t->self_closing) code = put(s, "/", 1);
  return code == 0 ? put(s, ">", 1) : code;
}

static int add_tag(scanner *s, const tag *t, size_t begin, unsigned shown) {
  int code = add(s, t->closing ? LODE__HTML_CLOSE : LODE__HTML_OPEN, t->tag, begin, t->end, shown);
  return code == 0 && shown != 0 ? put_tag(s, t) : code;
}

/* An element whose content is no markup. */
static int take_raw(scanner *s, const tag *t, size_t begin, bool shown) {
  size_t end = raw_end(s, t);
  int code = add_tag(s, t, begin, shown);
  if (code == 0 && end > t->end) {
    code = add(s, LODE__HTML_RAW, t->tag, t->end, end, false);
    if (code == 0 && shown) code = put(s, "x", 1);
  }
  s->at = end;
  if (code != 0 || end == s->len) return code;
  tag close = read_tag(s, end + 2, true);
  s->at = close.end;
  return close.whole && shown ? put_tag(s, &close) : 0;
}

/* Behind the end tag of an svg that has nothing in it which would break out of it, or 0. */
static size_t graphic_end(scanner *s, const tag *open) {
  size_t depth = 1;
  for (size_t at = open->end; (at = find(s, at, '<')) < s->len;) {
    if (s->len - at >= 4 && memcmp(s->text + at, "<!--", 4) == 0) at = behind(s, at + 2, "-->");
    else if (s->len - at >= 9 && memcmp(s->text + at, "<![CDATA[", 9) == 0) at = behind(s, at + 9, "]]>");
    else {
      bool closing = at + 1 < s->len && s->text[at + 1] == '/';
      size_t name = at + 1 + closing;
      if (name >= s->len || !is_letter(s->text[name])) {
        at++;
        continue;
      }
      tag t = read_tag(s, name, closing);
      if (!t.whole || t.tag == GUMBO_TAG_FOREIGNOBJECT || t.tag == GUMBO_TAG_DIV || t.tag == GUMBO_TAG_P) return 0;
      if (t.tag == GUMBO_TAG_SVG && closing && --depth == 0) return t.end;
      if (t.tag == GUMBO_TAG_SVG && !closing && !t.self_closing) depth++;
      at = t.end;
    }
  }
  return 0;
}

static int take_open(scanner *s, size_t begin) {
  tag t = read_tag(s, begin + 1, false);
  s->at = t.end;
  if (!t.whole) return 0; /* the standard drops a tag that the end of the source cuts */
  uint8_t how = treatment[t.tag];
  if (how == GRAPHIC && t.self_closing) return 0;
  if (how == GRAPHIC && !s->no_graphics && !s->foreign) {
    size_t end = graphic_end(s, &t);
    if (end != 0) {
      s->at = end;
      return 0;
    }
    s->no_graphics = true;
  }
  if (t.tag == GUMBO_TAG_SVG || t.tag == GUMBO_TAG_MATH) s->foreign = true;
  if (how == GRAPHIC || how == PLAIN) how = KEEP;
  if ((how == RAW || how == RCDATA) && !s->foreign)
    return take_raw(s, &t, begin, how == RCDATA && s->tags <= LODE__HTML_TAGS);
  if (t.tag == GUMBO_TAG_DIV || t.tag == GUMBO_TAG_P) s->foreign = false; /* these break out */
  int code = add_tag(s, &t, begin, admit(s, &t, how));
  if (code != 0 || t.tag != GUMBO_TAG_PLAINTEXT) return code;
  s->at = s->len;
  return add_text(s, LODE__HTML_CDATA, t.end, s->len);
}

static int take_close(scanner *s, size_t begin) {
  tag t = read_tag(s, begin + 2, true);
  s->at = t.end;
  if (!t.whole) return 0;
  if (t.tag == GUMBO_TAG_SVG || t.tag == GUMBO_TAG_MATH) s->foreign = false;
  uint8_t how = treatment[t.tag];
  if (how == RAW || how == RCDATA || how == PLAIN) return 0;
  if (how == GRAPHIC) how = KEEP;
  return add_tag(s, &t, begin, admit(s, &t, how));
}

/* "<!": a comment, the doctype, a CDATA section of foreign content, or what counts as a comment. */
static int take_declaration(scanner *s, size_t begin) {
  const char *p = s->text + begin;
  size_t left = s->len - begin;
  if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
    if (left >= 5 && p[4] == '>') s->at = begin + 5;
    else if (left >= 6 && memcmp(p + 4, "->", 2) == 0) s->at = begin + 6;
    else s->at = behind(s, begin + 4, "-->");
    return 0;
  }
  if (s->foreign && left >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
    size_t end = behind(s, begin + 9, "]]>");
    s->at = end;
    bool closed = end - begin >= 12 && memcmp(s->text + end - 3, "]]>", 3) == 0;
    return add_text(s, LODE__HTML_CDATA, begin + 9, closed ? end - 3 : end);
  }
  s->at = find(s, begin, '>');
  if (s->at < s->len) s->at++;
  if (s->out->count == 0 && s->out->skeleton_len == 0 && left >= 9 && (p[2] | 32) == 'd' && s->at - begin < 200)
    return put(s, p, s->at - begin); /* decides how tables stand in paragraphs */
  return 0;
}

int lode__html_scan_source(lode__html_scan *self, const char *source, size_t len, lode_arena *arena, lode_err *err) {
  *self = (lode__html_scan){.source = source, .len = len, .cap = len / 64 + 64, .skeleton_cap = len / 24 + 256};
  self->tokens = lode_arena_take(arena, self->cap, sizeof *self->tokens, err);
  self->skeleton = lode_arena_take(arena, self->skeleton_cap, 1, err);
  if (self->tokens == NULL || self->skeleton == NULL) return err->code;
  scanner s = {.out = self, .arena = arena, .err = err, .text = source, .len = len};
  int code = 0;
  size_t from = 0; /* text not yet taken begins here */
  for (size_t at = 0; code == 0 && (at = find(&s, at, '<')) < len;) {
    char next = at + 1 < len ? source[at + 1] : '\0';
    bool close = next == '/' && at + 2 < len, open = is_letter(next);
    if (!open && !close && next != '!' && next != '?') {
      at++;
      continue;
    }
    code = add_text(&s, LODE__HTML_TEXT, from, at);
    if (code != 0) break;
    s.at = at;
    if (open) code = take_open(&s, at);
    else if (close && is_letter(source[at + 2])) code = take_close(&s, at);
    else if (next == '!') code = take_declaration(&s, at);
    else s.at = find(&s, at, '>') + (find(&s, at, '>') < len);
    from = at = s.at;
  }
  return code == 0 ? add_text(&s, LODE__HTML_TEXT, from, len) : code;
}
