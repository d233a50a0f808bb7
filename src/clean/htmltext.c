#include "htmltext.h"

#include "mem.h"
#include <gumbo.h>

enum { SPANS = 32 };

typedef struct taker {
  lode__html_doc *doc;
  lode_err *err;
  size_t source;           /* bytes of it that the map knows of */
  size_t blank, blank_len; /* source place of the first white space that is not written yet, or SIZE_MAX */
  lode__html_part part;    /* being filled */
  bool open;               /* has text */
  unsigned strong;         /* b and strong that are open */
  size_t depth;            /* of blocks */
  struct {
    uint32_t token;
    uint32_t depth;
    bool link;
  } spans[SPANS]; /* a and span that are open */
  size_t span_count;
} taker;

static bool is_space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What ends a run of bytes that are copied as they are: white space, '&', and the lead byte of U+00A0. */
static bool is_special(unsigned char c) {
  return c <= ' ' || c == '&' || c == 0xC2;
}

static int copy(taker *t, size_t from, size_t len) {
  lode__html_doc *doc = t->doc;
  int code = lode_map_skip(&doc->map, from - t->source, t->err);
  if (code == 0) code = lode_map_same(&doc->map, len, t->err);
  if (code == 0) code = lode_buf_add(&doc->content, doc->scan.source + from, len, t->err);
  t->source = from + len;
  return code;
}

static int change(taker *t, const char *made, size_t made_len, size_t from, size_t len) {
  lode__html_doc *doc = t->doc;
  int code = lode_map_skip(&doc->map, from - t->source, t->err);
  if (code == 0) code = lode_map_change(&doc->map, made_len, len, t->err);
  if (code == 0) code = lode_buf_add(&doc->content, made, made_len, t->err);
  t->source = from + len;
  return code;
}

static int end_part(taker *t) {
  lode__html_doc *doc = t->doc;
  t->blank = SIZE_MAX;
  if (!t->open) return 0;
  t->open = false;
  if (doc->count == doc->cap) {
    size_t cap = doc->cap == 0 ? 256 : doc->cap * 2;
    lode__html_part *made = lode_arena_take(doc->arena, cap, sizeof *made, t->err);
    if (made == NULL) return t->err->code;
    if (doc->count != 0) memcpy(made, doc->parts, doc->count * sizeof *made);
    doc->parts = made;
    doc->cap = cap;
  }
  t->part.end = (uint32_t)doc->content.len;
  t->part.line = lode__line_look(doc->content.ptr + t->part.begin, t->part.end - t->part.begin);
  doc->parts[doc->count++] = t->part;
  return 0;
}

/* White space counts once, where the first of it stands. */
static void see_blank(taker *t, size_t at, size_t len) {
  if (t->blank != SIZE_MAX) return;
  t->blank = at;
  t->blank_len = len;
}

/* Before the first character of a paragraph, or a later one behind white space. */
static int begin_text(taker *t, const lode__html_token *token, size_t number) {
  lode__html_doc *doc = t->doc;
  if (t->open) {
    size_t at = t->blank;
    t->blank = SIZE_MAX;
    if (at == SIZE_MAX) return 0;
    return doc->scan.source[at] == ' ' ? copy(t, at, 1) : change(t, " ", 1, at, t->blank_len);
  }
  int code = 0;
  if (doc->content.len != 0) code = change(t, "\n", 1, t->source, 0);
  uint32_t node = token->node;
  t->part = (lode__html_part){.begin = (uint32_t)doc->content.len,
                              .node = doc->tree.nodes[node].block,
                              .token = (uint32_t)number,
                              .span = t->span_count == 0 ? UINT32_MAX : t->spans[t->span_count - 1].token};
  t->open = true;
  t->blank = SIZE_MAX;
  return code;
}

/* White space at `at`, U+00A0 counted in: its length or 0. */
static size_t space_at(const char *s, size_t at, size_t end) {
  if (is_space((unsigned char)s[at])) return 1;
  return (unsigned char)s[at] == 0xC2 && at + 1 < end && (unsigned char)s[at + 1] == 0xA0 ? 2 : 0;
}

static int take_entity(taker *t, const lode__html_token *token, size_t number, size_t at, size_t *end) {
  char made[LODE__ENTITY_BYTES];
  size_t made_len = 0;
  const char *s = t->doc->scan.source;
  size_t taken = lode__entity_read(&t->doc->entities, s + at, token->end - at, false, made, &made_len);
  *end = at + (taken == 0 ? 1 : taken);
  if (taken != 0 &&
      ((made_len == 1 && is_space((unsigned char)made[0])) || (made_len == 2 && memcmp(made, "\xC2\xA0", 2) == 0))) {
    see_blank(t, at, taken);
    return 0;
  }
  int code = begin_text(t, token, number);
  if (code != 0) return code;
  return taken == 0 ? copy(t, at, 1) : change(t, made, made_len, at, taken);
}

static int take_text(taker *t, const lode__html_token *token, size_t number) {
  const char *s = t->doc->scan.source;
  bool pre = (t->doc->tree.nodes[token->node].flags & LODE__NODE_PRE) != 0;
  int code = 0;
  for (size_t at = token->begin, end = token->end; at < end && code == 0;) {
    size_t space = space_at(s, at, end);
    if (space != 0) {
      if (pre && s[at] == '\n') code = end_part(t);
      else see_blank(t, at, space);
      at += space;
      continue;
    }
    if (s[at] == '&' && token->kind == LODE__HTML_TEXT) {
      code = take_entity(t, token, number, at, &at);
      continue;
    }
    /* single spaces inside a text go with the run */
    size_t stop = at + 1;
    while (stop < end && (!is_special((unsigned char)s[stop]) ||
                          (s[stop] == ' ' && stop + 1 < end && !is_special((unsigned char)s[stop + 1])) ||
                          ((unsigned char)s[stop] == 0xC2 && space_at(s, stop, end) == 0)))
      stop++;
    code = begin_text(t, token, number);
    if (code == 0) code = copy(t, at, stop - at);
    at = stop;
  }
  return code;
}

static bool in_link(const taker *t) {
  for (size_t i = t->span_count; i-- > 0;)
    if (t->spans[i].link) return true;
  return false;
}

/* Text in a paragraph: how much of it is link, and how much bold. */
static int take_token(taker *t, const lode__html_token *token, size_t number) {
  lode__html_doc *doc = t->doc;
  const lode__html_node *node = &doc->tree.nodes[token->node];
  if (node->flags & LODE__NODE_HIDDEN) return 0;
  int code = t->open && node->block != t->part.node ? end_part(t) : 0;
  bool was_open = t->open;
  size_t before = doc->content.len;
  if (code == 0) code = take_text(t, token, number);
  if (code != 0 || !t->open) return code;
  size_t from = was_open && before > t->part.begin ? before : t->part.begin;
  uint32_t bytes = (uint32_t)(doc->content.len - from);
  if (in_link(t) && bytes != 0) {
    t->part.link_bytes += bytes;
    if (t->part.links < UINT16_MAX) t->part.links++;
  }
  if (t->strong != 0) t->part.strong_bytes += bytes;
  return 0;
}

/* a and span, which the tree knows nothing of.  One that is not closed ends with the block around it, an `a` with the next. */
static void take_span(taker *t, const lode__html_token *token, size_t number) {
  bool link = token->tag == GUMBO_TAG_A;
  size_t same = t->span_count;
  while (same > 0 && t->doc->scan.tokens[t->spans[same - 1].token].tag != token->tag) same--;
  if (token->kind == LODE__HTML_CLOSE) {
    if (same > 0) t->span_count = same - 1;
    return;
  }
  if (link && same > 0) t->span_count = same - 1;
  if (t->span_count == SPANS) return;
  lode_str value;
  bool address = link && lode__html_attribute((lode_str){t->doc->scan.source + token->begin, token->end - token->begin},
                                              "href", &value);
  t->spans[t->span_count].token = (uint32_t)number;
  t->spans[t->span_count].depth = (uint32_t)t->depth;
  t->spans[t->span_count++].link = address;
}

/* The level of depth, and the spans that ended with theirs. */
static void take_depth(taker *t, const lode__html_token *token) {
  if (token->shown != 2) return;
  if (token->kind == LODE__HTML_OPEN) {
    t->depth++;
    return;
  }
  if (t->depth != 0) t->depth--;
  while (t->span_count != 0 && t->spans[t->span_count - 1].depth > t->depth) t->span_count--;
}

static int take_tag(taker *t, const lode__html_token *token, size_t number) {
  const lode__html_tree *tree = &t->doc->tree;
  bool opens = token->kind == LODE__HTML_OPEN;
  switch (token->tag) {
    case GUMBO_TAG_BR:
      if (t->open && (tree->nodes[t->part.node].flags & LODE__NODE_HEADING)) {
        see_blank(t, token->begin, 1);
        return 0;
      }
      return end_part(t);
    case GUMBO_TAG_A:
    case GUMBO_TAG_SPAN: take_span(t, token, number); return 0;
    case GUMBO_TAG_HR: return end_part(t);
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
      if (opens) t->strong++;
      else if (t->strong != 0) t->strong--;
      return 0;
    default: take_depth(t, token);
  }
  if (opens && token->node != LODE__HTML_NO_NODE && (tree->nodes[token->node].flags & LODE__NODE_BLOCK)) {
    t->strong = 0;
    return end_part(t);
  }
  return 0;
}

int lode__html_text_take(lode__html_doc *self, lode_err *err) {
  taker t = {.doc = self, .err = err, .blank = SIZE_MAX};
  int code = 0;
  for (size_t i = 0; i < self->scan.count && code == 0; i++) {
    const lode__html_token *token = &self->scan.tokens[i];
    if (token->kind == LODE__HTML_OPEN || token->kind == LODE__HTML_CLOSE) code = take_tag(&t, token, i);
    else if (token->kind == LODE__HTML_BLANK) {
      if (t.open) see_blank(&t, token->begin, 1);
    } else if (token->kind != LODE__HTML_RAW && token->node != LODE__HTML_NO_NODE) code = take_token(&t, token, i);
  }
  if (code == 0) code = end_part(&t);
  if (code == 0) code = lode_map_skip(&self->map, self->scan.len - t.source, err);
  return code;
}
