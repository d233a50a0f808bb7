/* A tree as the script would write it, for people: the script's own names where it has given one. */
#include "pattern.h"

#include <string.h>

enum { WORDS_SHOWN = 6, DEPTH_SHOWN = 6 };

typedef struct shower {
  const lode_patterns *patterns;
  lode_buf *out;
  size_t limit; /* of out->len */
  lode_err *err;
} shower;

static int show(shower *self, lode_pattern id, int outer, int depth);

static int put(shower *self, const char *text) {
  return lode_buf_text(self->out, text, self->err);
}

static int put_str(shower *self, lode_str text) {
  return lode_buf_add(self->out, text.ptr, text.len, self->err);
}

/* w"said says ..." */
static int show_words(shower *self, const char *word, const lode_table *set) {
  int code = lode_buf_printf(self->out, self->err, "%s\"", word);
  for (uint32_t i = 0; i < set->count && i < WORDS_SHOWN && code == 0; i++) {
    if (i > 0) code = put(self, " ");
    if (code == 0) code = put_str(self, lode_table_get(set, i));
  }
  if (code == 0 && set->count > WORDS_SHOWN)
    code = lode_buf_printf(self->out, self->err, " ... %u words", (unsigned)set->count);
  return code != 0 ? code : put(self, "\"");
}

static int show_kind(shower *self, unsigned kind) {
  if (kind == LODE_TOKEN_NUMBER) return put(self, "num");
  return put(self, lode_token_kind_name(kind));
}

static int show_edge(shower *self, uint32_t edge) {
  static const char *const names[] = {"sentence start", "sentence end", "paragraph start",
                                      "paragraph end",  "page start",   "page end"};
  if (edge >= sizeof names / sizeof *names) return put(self, "glued");
  return lode_buf_printf(self->out, self->err, "edge\"%s\"", names[edge]);
}

static int show_named(shower *self, const char *form, lode_str name) {
  return lode_buf_printf(self->out, self->err, "%s\"%.*s\"", form, (int)name.len, name.ptr);
}

/* How tightly operators bind, as in Lua: a part that binds less stands in brackets. */
enum { BIND_BOTH = 1, BIND_SUM, BIND_PRODUCT, BIND_UNARY, BIND_POWER };

static int show_between(shower *self, const lode_pattern_node *node, const char *sign, int bind, int outer, int depth) {
  int code = bind < outer ? put(self, "(") : 0;
  if (code == 0) code = show(self, node->a, bind, depth);
  if (code == 0) code = put(self, sign);
  if (code == 0) code = show(self, node->b, bind + 1, depth);
  return code == 0 && bind < outer ? put(self, ")") : code;
}

static int show_before(shower *self, const char *sign, lode_pattern a, int depth) {
  int code = put(self, sign);
  return code != 0 ? code : show(self, a, BIND_UNARY, depth);
}

static int show_call(shower *self, const char *name, lode_pattern a, int depth) {
  int code = lode_buf_printf(self->out, self->err, "%s(", name);
  if (code == 0) code = show(self, a, 0, depth);
  return code != 0 ? code : put(self, ")");
}

static int show_repeat(shower *self, const lode_pattern_node *node, int depth) {
  bool lazy = (node->flags & LODE_PATTERN_LAZY) != 0;
  int code = lazy ? put(self, "lazy(") : 0;
  if (code == 0) code = show(self, node->a, BIND_POWER + 1, depth);
  if (code == 0) {
    if (node->max == LODE_UNBOUNDED) code = lode_buf_printf(self->out, self->err, " ^ %u", (unsigned)node->min);
    else if (node->min == 0) code = lode_buf_printf(self->out, self->err, " ^ -%u", (unsigned)node->max);
    else code = lode_buf_printf(self->out, self->err, " ^ {%u, %u}", (unsigned)node->min, (unsigned)node->max);
  }
  return code == 0 && lazy ? put(self, ")") : code;
}

static int show_gap(shower *self, const lode_pattern_node *node, int depth) {
  const char *name = (node->flags & LODE_PATTERN_LAZY) != 0 ? "gap" : "upto";
  int code = lode_buf_printf(self->out, self->err, "%s(%u", name, (unsigned)node->max);
  if (code == 0 && node->a != LODE_NO_PATTERN) {
    code = put(self, ", ");
    if (code == 0) code = show(self, node->a, 0, depth);
  }
  return code != 0 ? code : put(self, ")");
}

static int show_capture(shower *self, const lode_pattern_node *node, int depth) {
  lode_str name = lode_table_get(&self->patterns->captures, node->data);
  int code = lode_buf_printf(self->out, self->err, "%s(\"%.*s\", ",
                             (node->flags & LODE_PATTERN_ALL) != 0 ? "all" : "as", (int)name.len, name.ptr);
  if (code == 0) code = show(self, node->a, 0, depth);
  return code != 0 ? code : put(self, ")");
}

static int show_node(shower *self, const lode_pattern_node *node, int outer, int depth) {
  const lode_patterns *p = self->patterns;
  switch ((lode_pattern_kind)node->kind) {
    case LODE_PATTERN_WORDS: return show_words(self, "w", p->sets[node->data]);
    case LODE_PATTERN_FORMS: return show_words(self, "W", p->sets[node->data]);
    case LODE_PATTERN_SHAPE: return show_words(self, "shape", p->sets[node->data]);
    case LODE_PATTERN_KIND: return show_kind(self, node->data);
    case LODE_PATTERN_TEST: return put(self, "test(...)");
    case LODE_PATTERN_BOTH: return show_between(self, node, " & ", BIND_BOTH, outer, depth);
    case LODE_PATTERN_ANN: {
      int code = show_named(self, "ann", lode_table_get(&p->labels, node->data));
      bool asks = node->constraint != LODE_NO_ID || node->relation != LODE_RELATION_NONE;
      return code == 0 && asks ? put(self, " {...}") : code;
    }
    case LODE_PATTERN_INSIDE: return show_named(self, "inside", lode_table_get(&p->labels, node->data));
    case LODE_PATTERN_EDGE: return show_edge(self, node->data);
    case LODE_PATTERN_SEQ: return show_between(self, node, " * ", BIND_PRODUCT, outer, depth);
    case LODE_PATTERN_CHOICE: return show_between(self, node, " + ", BIND_SUM, outer, depth);
    case LODE_PATTERN_MINUS: return show_between(self, node, " - ", BIND_SUM, outer, depth);
    case LODE_PATTERN_REPEAT: return show_repeat(self, node, depth);
    case LODE_PATTERN_OPT: return show_call(self, "opt", node->a, depth);
    case LODE_PATTERN_NOT: return show_before(self, "-", node->a, depth);
    case LODE_PATTERN_AHEAD: return show_before(self, "#", node->a, depth);
    case LODE_PATTERN_BEHIND: return show_call(self, "behind", node->a, depth);
    case LODE_PATTERN_GAP: return show_gap(self, node, depth);
    case LODE_PATTERN_CAPTURE: return show_capture(self, node, depth);
    case LODE_PATTERN_SAME: {
      lode_str a = lode_table_get(&p->captures, node->data), b = lode_table_get(&p->captures, node->other);
      return lode_buf_printf(self->out, self->err, "same(\"%.*s\", \"%.*s\")", (int)a.len, a.ptr, (int)b.len, b.ptr);
    }
    default: return put(self, lode_pattern_kind_name(node->kind)); /* any, cap, upper, lower, known, nothing */
  }
}

static int show(shower *self, lode_pattern id, int outer, int depth) {
  if (depth == DEPTH_SHOWN || self->out->len >= self->limit) return put(self, "...");
  const lode_pattern_node *node = lode_pattern_get(self->patterns, id);
  if (node->name != NULL && depth > 0) return put(self, node->name);
  return show_node(self, node, outer, depth + 1);
}

int lode_pattern_text(const lode_patterns *self, lode_pattern node, bool named, size_t most, lode_buf *out,
                      lode_err *err) {
  shower how = {self, out, out->len + most, err};
  return show(&how, node, 0, named ? 1 : 0);
}
