#include "dedup_explain.h"

#include "mem.h"
#include "terminal.h"
#include <stdbool.h>
#include <stdlib.h>

/* What stands between white space, and whether a shared shingle covers it. */
typedef struct chunk {
  size_t begin, end;
  bool word, shared;
} chunk;

typedef struct side {
  lode_str text;
  lode_shingles set;
  chunk *chunks;
  size_t count;
} side;

static bool is_space(char byte) {
  return byte == ' ' || (unsigned char)(byte - '\t') < 5;
}

static int cut(side *self, lode_err *err) {
  size_t cap = 0;
  lode_str text = self->text;
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && !is_space(text.ptr[end])) end++;
    if (end > at) {
      if (self->count == cap) {
        cap = lode_size_grow(cap, cap + 256);
        chunk *chunks = realloc(self->chunks, lode_size_mul(cap, sizeof *chunks));
        if (chunks == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
        self->chunks = chunks;
      }
      self->chunks[self->count++] = (chunk){.begin = at, .end = end};
    }
    at = end + 1;
  }
  return 0;
}

/* Mark the chunks from `first` on that the shingles of [first, last] cover, where the other text has them all. */
static int mark(side *self, const side *other, lode_shingles *few, size_t first, size_t last, lode_err *err) {
  size_t begin = self->chunks[first].begin;
  int code = lode_shingles_of(few, self->text.ptr + begin, self->chunks[last].end - begin, err);
  bool shared = code == 0 && few->count > 0;
  for (size_t i = 0; i < few->count && shared; i++) shared = lode_hashset_has(&other->set.set, few->items[i]);
  for (size_t i = first; i <= last && shared; i++) self->chunks[i].shared = true;
  return code;
}

static int mark_all(side *self, const side *other, lode_err *err) {
  lode_shingles few = {0};
  int code = 0;
  for (size_t i = 0; i < self->count && code == 0; i++) {
    code = lode_shingles_of(&few, self->text.ptr + self->chunks[i].begin, self->chunks[i].end - self->chunks[i].begin,
                            err);
    self->chunks[i].word = few.word_count > 0;
  }
  for (size_t i = 0; i < self->count && code == 0; i++) {
    size_t last = i, words = self->chunks[i].word;
    while (words < LODE_SHINGLE_WORDS && last + 1 < self->count) words += self->chunks[++last].word;
    if (self->chunks[i].word && words == LODE_SHINGLE_WORDS) code = mark(self, other, &few, i, last, err);
  }
  lode_shingles_free(&few);
  return code;
}

/* White space between chunks: line ends as they are. */
static int put_space(const char *space, size_t len, lode_buf *out, lode_err *err) {
  int code = 0;
  for (size_t i = 0; i < len && code == 0; i++)
    if (space[i] != '\r') code = lode_buf_byte(out, space[i] == '\n' ? '\n' : ' ', err);
  return code;
}

/* The text with its marked stretches in colour, or in brackets. */
static int put_text(const side *self, bool color, lode_buf *out, lode_err *err) {
  const char *on = color ? "\033[32m" : "[", *off = color ? "\033[0m" : "]";
  size_t at = 0;
  bool inside = false;
  int code = 0;
  for (size_t i = 0; i < self->count && code == 0; i++) {
    const chunk *c = &self->chunks[i];
    code = put_space(self->text.ptr + at, c->begin - at, out, err);
    if (code == 0 && c->shared && !inside) code = lode_buf_printf(out, err, "%s", on);
    if (code == 0) code = lode_terminal_escape(self->text.ptr + c->begin, c->end - c->begin, out, err);
    at = c->end;
    inside = c->shared && i + 1 < self->count && self->chunks[i + 1].shared;
    if (code == 0 && c->shared && !inside) code = lode_buf_printf(out, err, "%s", off);
  }
  return code == 0 ? lode_buf_text(out, "\n", err) : code;
}

static int put_verdict(const lode_dedup_settings *settings, const side sides[2], lode_buf *out, lode_err *err) {
  size_t a = sides[0].set.count, b = sides[1].set.count, both = 0, small = a < b ? a : b;
  for (size_t i = 0; i < a; i++) both += lode_hashset_has(&sides[1].set.set, sides[0].set.items[i]);
  double similarity = a + b == 0 ? 0 : (double)both / (double)(a + b - both);
  double containment = small == 0 ? 0 : (double)both / (double)small;
  lode_copies_verdict verdict = lode_copies_judge(settings->threshold, settings->containment, a, b, both);
  return lode_buf_printf(out, err,
                         "%s%s: similarity %.3f (a copy from %g on), containment %.3f (or from %g on)\n"
                         "%zu shingles in common%s; %zu and %zu in one alone\n",
                         verdict.verified ? "copies" : "no copies",
                         !verdict.verified                   ? ""
                         : similarity >= settings->threshold ? " by similarity"
                                                             : " by containment",
                         similarity, settings->threshold, containment, settings->containment, both,
                         !verdict.verified && similarity >= settings->threshold ? ", which is too few" : "", a - both,
                         b - both);
}

int lode_dedup_explain(const lode_dedup_settings *settings, const lode_str ids[2], const lode_str texts[2], _Bool color,
                       lode_buf *out, lode_err *err) {
  side sides[2] = {{.text = texts[0]}, {.text = texts[1]}};
  int code = 0;
  for (int i = 0; i < 2 && code == 0; i++) {
    code = lode_shingles_of(&sides[i].set, texts[i].ptr, texts[i].len, err);
    if (code == 0) code = lode_hashset_begin(&sides[i].set.set, sides[i].set.count, err);
    for (size_t k = 0; k < sides[i].set.count && code == 0; k++)
      lode_hashset_add(&sides[i].set.set, sides[i].set.items[k]);
    if (code == 0) code = cut(&sides[i], err);
  }
  if (code == 0) code = put_verdict(settings, sides, out, err);
  for (int i = 0; i < 2 && code == 0; i++) {
    code = mark_all(&sides[i], &sides[1 - i], err);
    if (code == 0) code = lode_buf_text(out, color ? "\n\033[1m" : "\n", err);
    if (code == 0) code = lode_terminal_escape(ids[i].ptr, ids[i].len, out, err);
    if (code == 0) code = lode_buf_text(out, color ? "\033[0m\n" : "\n", err);
    if (code == 0) code = put_text(&sides[i], color, out, err);
  }
  for (int i = 0; i < 2; i++) {
    lode_shingles_free(&sides[i].set);
    free(sides[i].chunks);
  }
  return code;
}
