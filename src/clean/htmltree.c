#include "htmltree.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

typedef struct memory {
  lode_arena *arena;
  lode_err *err;
  char *at, *end; /* a piece of the arena that is being given out */
  jmp_buf full;
} memory;

enum { PIECE = 32 << 10 };

static void *allocate(void *userdata, size_t size) {
  memory *m = userdata;
  size = (size + 15) & ~(size_t)15;
  if ((size_t)(m->end - m->at) < size) {
    size_t piece = size > PIECE / 4 ? size : PIECE;
    char *made = lode_arena_take(m->arena, piece, 1, m->err);
    if (made == NULL) longjmp(m->full, 1);
    if (piece == size) return made;
    m->at = made;
    m->end = made + piece;
  }
  char *out = m->at;
  m->at += size;
  return out;
}

static void release(void *userdata, void *ptr) {
  (void)userdata; /* the arena lets go of everything at once */
  (void)ptr;
}

static int parse(const lode__html_scan *scan, lode_arena *arena, GumboOutput **out, lode_err *err) {
  memory m = {.arena = arena, .err = err};
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &m;
  options.max_errors = 0;
  if (setjmp(m.full) != 0) return err->code;
  *out = gumbo_parse_with_options(&options, scan->skeleton == NULL ? "" : scan->skeleton, scan->skeleton_len);
  return 0;
}

/* Elements of running text.  What is not here, unknown names excepted, is a block. */
static const uint16_t by_tag[GUMBO_TAG_LAST + 1] = {
#define INLINE 0x8000
    [GUMBO_TAG_A] = INLINE,
    [GUMBO_TAG_ABBR] = INLINE,
    [GUMBO_TAG_ACRONYM] = INLINE,
    [GUMBO_TAG_B] = INLINE,
    [GUMBO_TAG_BDI] = INLINE,
    [GUMBO_TAG_BDO] = INLINE,
    [GUMBO_TAG_BIG] = INLINE,
    [GUMBO_TAG_CITE] = INLINE,
    [GUMBO_TAG_CODE] = INLINE,
    [GUMBO_TAG_DATA] = INLINE,
    [GUMBO_TAG_DEL] = INLINE,
    [GUMBO_TAG_DFN] = INLINE,
    [GUMBO_TAG_EM] = INLINE,
    [GUMBO_TAG_FONT] = INLINE,
    [GUMBO_TAG_I] = INLINE,
    [GUMBO_TAG_INS] = INLINE,
    [GUMBO_TAG_KBD] = INLINE,
    [GUMBO_TAG_LABEL] = INLINE,
    [GUMBO_TAG_MARK] = INLINE,
    [GUMBO_TAG_MATH] = INLINE,
    [GUMBO_TAG_NOBR] = INLINE,
    [GUMBO_TAG_OUTPUT] = INLINE,
    [GUMBO_TAG_Q] = INLINE,
    [GUMBO_TAG_RP] = INLINE,
    [GUMBO_TAG_RT] = INLINE,
    [GUMBO_TAG_RUBY] = INLINE,
    [GUMBO_TAG_S] = INLINE,
    [GUMBO_TAG_SAMP] = INLINE,
    [GUMBO_TAG_SMALL] = INLINE,
    [GUMBO_TAG_SPAN] = INLINE,
    [GUMBO_TAG_STRIKE] = INLINE,
    [GUMBO_TAG_STRONG] = INLINE,
    [GUMBO_TAG_SUB] = INLINE,
    [GUMBO_TAG_SUP] = INLINE,
    [GUMBO_TAG_TIME] = INLINE,
    [GUMBO_TAG_TT] = INLINE,
    [GUMBO_TAG_U] = INLINE,
    [GUMBO_TAG_VAR] = INLINE,
    [GUMBO_TAG_UNKNOWN] = INLINE,
    [GUMBO_TAG_SVG] = INLINE,
    [GUMBO_TAG_MI] = INLINE,
    [GUMBO_TAG_MO] = INLINE,
    [GUMBO_TAG_MN] = INLINE,
    [GUMBO_TAG_MS] = INLINE,
    [GUMBO_TAG_MTEXT] = INLINE,
    [GUMBO_TAG_HEAD] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_TEMPLATE] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_TITLE] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_TEXTAREA] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_AUDIO] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_VIDEO] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_CANVAS] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_OBJECT] = LODE__NODE_HIDDEN,
    [GUMBO_TAG_SELECT] = LODE__NODE_FORM,
    [GUMBO_TAG_OPTION] = LODE__NODE_FORM,
    [GUMBO_TAG_BUTTON] = LODE__NODE_FORM,
    [GUMBO_TAG_H1] = LODE__NODE_HEADING,
    [GUMBO_TAG_H2] = LODE__NODE_HEADING,
    [GUMBO_TAG_H3] = LODE__NODE_HEADING,
    [GUMBO_TAG_H4] = LODE__NODE_HEADING,
    [GUMBO_TAG_H5] = LODE__NODE_HEADING,
    [GUMBO_TAG_H6] = LODE__NODE_HEADING,
    [GUMBO_TAG_PRE] = LODE__NODE_PRE,
    [GUMBO_TAG_LISTING] = LODE__NODE_PRE,
    [GUMBO_TAG_PLAINTEXT] = LODE__NODE_PRE,
};

enum { INHERITED = LODE__NODE_HIDDEN | LODE__NODE_FORM | LODE__NODE_HEADING | LODE__NODE_PRE };

typedef struct builder {
  lode__html_tree *tree;
  lode__html_scan *scan;
  size_t cap;
  size_t token; /* near which the next node is looked for */
  lode_arena *arena;
  lode_err *err;
} builder;

/* The first shown token at a place of the skeleton or behind it; nodes come nearly in order, so mostly the next. */
static size_t token_at(builder *b, size_t skeleton) {
  const lode__html_token *t = b->scan->tokens;
  size_t i = b->token, count = b->scan->count;
  for (int near = 0; near < 12 && i < count && (t[i].skeleton < skeleton || !t[i].shown); near++) i++;
  if (i >= count || t[i].skeleton != skeleton || !t[i].shown) {
    size_t low = 0, high = count;
    while (low < high) {
      size_t mid = low + (high - low) / 2;
      if (t[mid].skeleton < skeleton) low = mid + 1;
      else high = mid;
    }
    for (i = low; i < count && !t[i].shown;) i++;
  }
  return i;
}

/* The OPEN token of an element, or UINT32_MAX where the parser made it. */
static uint32_t token_of(builder *b, const GumboNode *from) {
  const GumboElement *element = &from->v.element;
  const unsigned made = GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT | GUMBO_INSERTION_ADOPTION_AGENCY_CLONED |
                        GUMBO_INSERTION_BY_PARSER;
  if (element->original_tag.length == 0 || ((unsigned)from->parse_flags & made) != 0) return UINT32_MAX;
  size_t i = token_at(b, element->start_pos.offset);
  if (i == b->scan->count) return UINT32_MAX;
  const lode__html_token *t = &b->scan->tokens[i];
  if (t->skeleton != element->start_pos.offset || t->kind != LODE__HTML_OPEN) return UINT32_MAX;
  b->token = i + 1;
  return (uint32_t)i;
}

static int add_node(builder *b, const GumboNode *from, uint32_t parent, uint32_t *out) {
  lode__html_tree *tree = b->tree;
  if (tree->count == b->cap) {
    lode__html_node *made = lode_arena_take(b->arena, b->cap * 2, sizeof *made, b->err);
    if (made == NULL) return b->err->code;
    memcpy(made, tree->nodes, tree->count * sizeof *made);
    tree->nodes = made;
    b->cap *= 2;
  }
  const GumboElement *element = &from->v.element;
  lode__html_node node = {.parent = parent, .token = token_of(b, from)};
  const lode__html_node *up = &tree->nodes[parent];
  uint16_t own = by_tag[element->tag];
  *out = (uint32_t)tree->count;
  node.tag = (uint16_t)element->tag;
  node.flags = (uint16_t)((own & ~INLINE) | (up->flags & INHERITED));
  if (!(own & INLINE)) node.flags |= LODE__NODE_BLOCK;
  node.block = own & INLINE ? up->block : *out;
  if (node.token != UINT32_MAX) b->scan->tokens[node.token].node = *out;
  if (node.token == UINT32_MAX) node.flags |= LODE__NODE_MADE;
  tree->nodes[tree->count++] = node;
  return 0;
}

/* A text node of n letters is the next n runs of text tokens; a run ends where something else is shown. */
static void place_text(builder *b, const GumboText *text, uint32_t node) {
  size_t i = token_at(b, text->start_pos.offset);
  for (const char *p = text->text; *p != '\0' && i < b->scan->count; p++) {
    while (i < b->scan->count && !(b->scan->tokens[i].shown && b->scan->tokens[i].kind <= LODE__HTML_CDATA)) i++;
    for (bool first = true; i < b->scan->count && (first || !b->scan->tokens[i].shown); i++, first = false)
      if (b->scan->tokens[i].kind <= LODE__HTML_CDATA) b->scan->tokens[i].node = node;
  }
  b->token = i;
}

static bool is_element(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

int lode__html_tree_build(lode__html_tree *self, lode__html_scan *scan, lode_arena *arena, lode_err *err) {
  builder b = {.tree = self, .scan = scan, .cap = scan->count / 4 + 16, .arena = arena, .err = err};
  GumboOutput *output = NULL;
  *self = (lode__html_tree){0};
  int code = parse(scan, arena, &output, err);
  if (code != 0) return code;
  self->nodes = lode_arena_take(arena, b.cap, sizeof *self->nodes, err);
  if (self->nodes == NULL) return err->code;
  self->nodes[0] =
      (lode__html_node){.token = UINT32_MAX, .tag = GUMBO_TAG_LAST, .flags = LODE__NODE_BLOCK | LODE__NODE_MADE};
  self->count = 1;

  const GumboNode *at = output->document; /* whose children are visited */
  uint32_t node = 0;
  size_t next = 0;
  for (;;) {
    const GumboVector *children = at->type == GUMBO_NODE_DOCUMENT ? &at->v.document.children : &at->v.element.children;
    if (next == children->length) {
      self->nodes[node].end = (uint32_t)self->count;
      if (at->type == GUMBO_NODE_DOCUMENT) return 0;
      next = at->index_within_parent + 1;
      at = at->parent;
      node = self->nodes[node].parent;
      continue;
    }
    const GumboNode *child = children->data[next++];
    if (is_element(child)) {
      code = add_node(&b, child, node, &node);
      if (code != 0) return code;
      at = child;
      next = 0;
    } else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
               child->type == GUMBO_NODE_CDATA) {
      place_text(&b, &child->v.text, node);
    }
  }
}
