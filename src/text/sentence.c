/* A sentence ends behind a terminator, with the marks that close behind it, unless what follows or what stands
 * before says that it goes on.  One pass over the tokens; each decision looks a few tokens to either side. */
#include "sentence.h"
#include "abbrev.h"
#include "mem.h"
#include "scan.h"
#include "tables.h"
#include "unicode.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

typedef struct view {
  const char *text;
  size_t base;
  const lode_token *tokens;
  size_t count;
  const lode_lists *lists;
  bool quote_open; /* an odd number of straight double quotes came before the terminator in question */
} view;

static lode_str token_text(const view *self, size_t i) {
  const lode_token *token = &self->tokens[i];
  return (lode_str){self->text + (token->begin - self->base), token->end - token->begin};
}

static lode__char first_char(const view *self, size_t i) {
  if (i >= self->count) return (lode__char){0};
  lode_str s = token_text(self, i);
  return lode__char_at(s.ptr, 0, s.len);
}

static bool glued(const view *self, size_t i) {
  return i < self->count && (self->tokens[i].flags & LODE_TOKEN_GLUED);
}

static bool is_byte(const view *self, size_t i, char byte) {
  return i < self->count && token_text(self, i).len == 1 && token_text(self, i).ptr[0] == byte;
}

/* --- what a token is to a sentence ------------------------------------------------------------------- */

typedef enum terminator {
  TERM_NONE,
  TERM_SEMICOLON,
  TERM_ABBREV,
  TERM_STOP,
  TERM_ELLIPSIS,
  TERM_STRONG,
  TERM_WIDE
} terminator;

static terminator terminator_of(const view *self, size_t i) {
  const lode_token *token = &self->tokens[i];
  if (i > 0 && is_byte(self, i - 1, '[') && is_byte(self, i + 1, ']')) return TERM_NONE; /* [...] stands for words */
  if (token->flags & LODE_TOKEN_ABBREV) return TERM_ABBREV;
  if (token->kind != LODE_TOKEN_PUNCT) return TERM_NONE;
  lode__char c = first_char(self, i);
  if (c.cp == '.') return token->end - token->begin > 1 ? TERM_ELLIPSIS : TERM_STOP;
  if (c.cp == 0x2026) return TERM_ELLIPSIS;
  if (c.cp == ':' && i > 0 && lode_script_of(first_char(self, i - 1).cp) == LODE_SCRIPT_ARMENIAN) return TERM_STRONG;
  if (c.cp == ';') return TERM_SEMICOLON;
  unsigned class = lode__sentence_of(c.cp);
  if (class == SB_ATerm) return TERM_STOP;
  if (class != SB_STerm) return TERM_NONE;
  return c.cp < 0x80 || c.cp == 0x203C || (c.cp >= 0x2047 && c.cp <= 0x2049) ? TERM_STRONG : TERM_WIDE;
}

static bool is_quote(uint32_t cp) {
  unsigned category = lode__category_of(cp) & 0x7Fu;
  return cp == '"' || cp == '\'' || cp == '`' || cp == 0x201E || cp == 0x201A || category == GC_Pi ||
         category == GC_Pf || (cp >= 0x300C && cp <= 0x300F);
}

static unsigned category_of(const view *self, size_t i) {
  return lode__category_of(first_char(self, i).cp) & 0x7Fu;
}

/* Token i closes what stands before it.  A straight or German quote is known by the space behind it; one
 * with space on both sides by whether one is open. */
static bool closes(const view *self, size_t i, bool quote_open) {
  if (i >= self->count) return false;
  lode__char c = first_char(self, i);
  unsigned category = category_of(self, i);
  bool free_behind = !glued(self, i + 1) || category_of(self, i + 1) >= GC_Pd;
  if (category == GC_Pe) return glued(self, i) || free_behind;
  if (!is_quote(c.cp)) return false;
  if (c.cp == 0x300D || c.cp == 0x300F) return true;
  if (glued(self, i)) return free_behind || (category == GC_Pf && c.cp != 0x2019);
  if (c.cp == '"') return quote_open && free_behind;
  return (c.cp == 0xBB || c.cp == 0x201D) && free_behind;
}

static bool opens(const view *self, size_t i) {
  uint32_t cp = first_char(self, i).cp;
  return category_of(self, i) == GC_Ps || is_quote(cp) || cp == 0xBF || cp == 0xA1;
}

static bool brackets(const view *self, size_t i) {
  return is_byte(self, i, '(') || is_byte(self, i, '[');
}

static bool is_bullet(const view *self, size_t i) {
  uint32_t cp = first_char(self, i).cp;
  return cp == 0x2022 || cp == 0x2023 || cp == 0x25AA || cp == 0x25CF || cp == 0x25E6 || cp == 0x2043;
}

/* A mark that goes on with the sentence before it. */
static bool carries_on(const view *self, size_t i) {
  uint32_t cp = first_char(self, i).cp;
  return cp == ',' || cp == ';' || cp == ':' || cp == 0x3001 || cp == 0xFF0C || cp == 0x060C || cp == '/';
}

/* iPhone, eBay: a name that begins small; but kWh behind an abbreviation is a unit.  And an address of the web. */
static bool small_name(const view *self, size_t i, terminator term) {
  if (self->tokens[i].kind == LODE_TOKEN_URL) return true;
  if (term == TERM_ABBREV) return false;
  lode_str s = token_text(self, i);
  lode__char first = lode__char_at(s.ptr, 0, s.len), second = lode__char_at(s.ptr, first.size, s.len);
  return first.lower && second.upper;
}

/* --- lists ------------------------------------------------------------------------------------------- */

/* "1."  "2)"  "3.)"  "(a)": how many tokens the marker at i has, 0 where there is none; *number is its value. */
static size_t marker_at(const view *self, size_t i, uint32_t *number) {
  size_t at = i, open = is_byte(self, at, '(') ? 1 : 0;
  at += open;
  if (at >= self->count || (open && !glued(self, at))) return 0;
  lode_str s = token_text(self, at);
  *number = 0;
  if (s.len > 3 || self->tokens[at].kind > LODE_TOKEN_NUMBER) return 0;
  for (size_t k = 0; k < s.len; k++) {
    if (s.ptr[k] >= '0' && s.ptr[k] <= '9') *number = *number * 10 + (uint32_t)(s.ptr[k] - '0');
    else if (s.len > 1) return 0;
  }
  at++;
  size_t marks = at;
  if (is_byte(self, at, '.') && glued(self, at)) at++;
  if (is_byte(self, at, ')') && glued(self, at)) at++;
  return at == marks || (open && at == marks) ? 0 : at - i;
}

static bool starts_item(const view *self, size_t at) {
  lode__char c = first_char(self, at);
  return at < self->count && !glued(self, at) && (c.upper || opens(self, at));
}

/* --- decisions --------------------------------------------------------------------------------------- */

/* The first token from i on that is no opening mark; and whether one was passed. */
static size_t past_openers(const view *self, size_t i, bool *opened) {
  *opened = false;
  while (i < self->count && opens(self, i) &&
         (i + 1 == self->count || glued(self, i + 1) || category_of(self, i) == GC_Pi)) {
    *opened = true;
    i++;
  }
  return i;
}

static bool listed(const view *self, size_t i, unsigned list) {
  if (i >= self->count) return false;
  lode_str s = token_text(self, i);
  return lode__is_listed(self->lists, list, s.ptr, s.len);
}

static bool starter(const view *self, size_t i) {
  return listed(self, i, LODE__LISTED_STARTER);
}

static bool word_is(lode_str s, const char *word) {
  size_t len = strlen(word);
  if (s.len != len) return false;
  for (size_t i = 0; i < len; i++)
    if ((s.ptr[i] | 0x20) != (word[i] | 0x20)) return false;
  return true;
}

/* EST, GMT, CDT: two to four capitals behind a time. */
static bool is_zone(const view *self, size_t i) {
  lode_str s = token_text(self, i);
  for (size_t k = 0; k < s.len; k++)
    if (s.ptr[k] < 'A' || s.ptr[k] > 'Z') return false;
  return s.len >= 2 && s.len <= 4;
}

/* Behind an abbreviation, before a capital (or a quote that opens on one). */
static bool abbreviation_ends(const view *self, size_t i, size_t next, bool opened) {
  lode_str s = token_text(self, i);
  s.len--; /* the stop */
  lode__char first = lode__char_at(s.ptr, 0, s.len);
  lode__abbrev class = lode__abbrev_of(self->lists, s.ptr, s.len);
  bool counted = i > 0 && self->tokens[i - 1].kind == LODE_TOKEN_NUMBER;
  bool and_so_on =
      i > 0 && first.size == s.len && first_char(self, i - 1).cp == 0x0442 && token_text(self, i - 1).len == 3;
  if (and_so_on) return true;                                         /* т. д.  т. п. */
  if (self->tokens[i].kind == LODE_TOKEN_NUMBER) return true;         /* open 24H.  the CV-2B. */
  if (first.size == s.len && (first.upper || class == ABBREV_NONE)) { /* an initial, or a letter of z. B. and т. д. */
    if (i == 0 || !starter(self, next)) return false;
    bool spaced = (self->tokens[i - 1].flags & LODE_TOKEN_ABBREV) != 0;
    if (!first.upper) return spaced;
    return !spaced &&
           (!first_char(self, i - 1).upper || !listed(self, next, LODE__LISTED_SURNAME)); /* World War I. The */
  }
  switch (class) {
    case ABBREV_TITLE: return counted || (word_is(s, "st") && starter(self, next));
    case ABBREV_INNER:
    case ABBREV_NUMBER: return false;
    case ABBREV_UNIT:
      return !is_zone(self, next) && !(counted && listed(self, next, LODE__LISTED_DATE)); /* 5 p.m. Friday */
    default: return opened || starter(self, next) || (counted && !first.upper && !first_char(self, next + 1).upper);
  }
}

static bool is_year(const view *self, size_t i) {
  return i < self->count && self->tokens[i].kind == LODE_TOKEN_NUMBER && token_text(self, i).len == 4;
}

/* "am 3. Mai": a stop behind a small number that a German article or preposition leads; and "3. Mai 2024". */
static bool is_ordinal(const view *self, size_t first, size_t i) {
  if (i < first + 1 || self->tokens[i - 1].kind != LODE_TOKEN_NUMBER || token_text(self, i - 1).len > 2) return false;
  if (listed(self, i + 1, LODE__LISTED_DATE) && is_year(self, i + 2)) return true;
  return i > first + 1 && listed(self, i - 2, LODE__LISTED_ORDINAL);
}

/* No space behind the terminator: does a sentence end there all the same (a forgotten space)? */
static bool ends_glued(const view *self, terminator term, size_t i, size_t next) {
  if (term == TERM_WIDE) return true;
  if (term == TERM_ABBREV || i == 0 || self->tokens[next].kind != LODE_TOKEN_WORD) return false;
  lode_str before = token_text(self, i - 1), after = token_text(self, next);
  lode__char first = lode__char_at(after.ptr, 0, after.len), second = lode__char_at(after.ptr, first.size, after.len);
  lode__char last = lode__char_at(before.ptr, before.len - lode_utf8_back(before.ptr, before.len), before.len);
  if (term == TERM_STRONG && first.lower) return last.lower && token_text(self, next - 1).len > 1; /* "person??cos" */
  return first.upper && (second.lower || second.size == 0) && (last.lower || last.digit) && before.len > 1;
}

/* Behind a stop, before a small letter.  A stop behind a long word is no abbreviation that we do not know; and who
 * begins one sentence small begins the next one so. */
static bool ends_before_small(const view *self, size_t first, size_t i) {
  if (i == 0) return false;
  lode_str before = token_text(self, i - 1);
  lode__char c = lode__char_at(before.ptr, 0, before.len);
  lode_script script = lode_script_of(c.cp);
  if (is_byte(self, i - 1, '%')) return true;
  if (self->tokens[i - 1].kind != LODE_TOKEN_WORD) return false;
  if (i > 1 && glued(self, i - 1) && lode__is_apostrophe(c.cp)) return true; /* at Tony's. */
  if (script == LODE_SCRIPT_CYRILLIC) return before.len >= 12; /* six letters: abbreviations are longer there */
  if (script != LODE_SCRIPT_LATIN) return false;
  if (lode__abbrev_of(self->lists, before.ptr, before.len) != ABBREV_NONE) return false;
  return before.len >= 5 || (before.len >= 2 && first_char(self, first).lower);
}

static bool is_dash(const view *self, size_t i) {
  return category_of(self, i) == GC_Pd;
}

/* Before a small letter. */
static bool ends_small(const view *self, terminator term, size_t first, size_t i, bool quoted) {
  if (quoted) return false; /* "Is it?" he asked */
  if (term == TERM_STOP) return ends_before_small(self, first, i);
  if (term != TERM_STRONG) return false;
  bool name = i > first + 1 && is_byte(self, i, '!') && first_char(self, i - 1).upper; /* works at Yahoo! in */
  return !name;
}

/* Does the sentence that began at `first` end with the terminator i, whose closing marks end before `next`? */
static bool ends(const view *self, terminator term, size_t first, size_t i, size_t next, bool quoted) {
  if (next == self->count) return true;
  if (carries_on(self, next)) return false;
  if (term == TERM_SEMICOLON) {
    uint32_t cp = first_char(self, next).cp;
    if (cp == 0xBF || cp == 0xA1) return first_char(self, next + 1).upper; /* ; ¿Qué */
    return !glued(self, next) && first_char(self, next).upper && starter(self, next);
  }
  if (glued(self, next)) return ends_glued(self, term, i, next);
  if (is_dash(self, next) && first_char(self, next + 1).lower) return false; /* - he said */
  if (term == TERM_WIDE) return true;
  uint32_t number;
  size_t marker = marker_at(self, first + (is_bullet(self, first) ? 1 : 0), &number);
  if (marker > 0 && first + marker + (is_bullet(self, first) ? 1 : 0) >= next) return false;
  bool opened;
  size_t word = past_openers(self, next, &opened);
  lode__char c = first_char(self, word);
  if (c.lower && !small_name(self, word, term))
    return (!opened || brackets(self, next)) && ends_small(self, term, first, i, quoted);
  if (term == TERM_ABBREV) {
    opened = opened && is_quote(first_char(self, next).cp);
    return word < self->count && !c.digit && (c.letter || opened) && abbreviation_ends(self, i, word, opened);
  }
  if (term == TERM_STOP && is_ordinal(self, first, i)) return false;
  return term != TERM_ELLIPSIS || c.letter || opened;
}

/* --- all --------------------------------------------------------------------------------------------- */

static int add(lode_tokens *out, size_t begin, size_t end, lode_err *err) {
  if (out->sentence_count == out->sentence_cap) {
    size_t cap = lode_size_grow(out->sentence_cap, lode_size_add(out->sentence_count, 16));
    lode_sentence *items = realloc(out->sentences, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory for %zu sentences", cap);
    out->sentences = items;
    out->sentence_cap = cap;
  }
  for (size_t i = begin; i < end; i++) out->items[i].sentence = (uint32_t)out->sentence_count;
  out->sentences[out->sentence_count++] = (lode_sentence){.begin = out->items[begin].begin,
                                                          .end = out->items[end - 1].end,
                                                          .first_token = (uint32_t)begin,
                                                          .token_count = (uint32_t)(end - begin)};
  return 0;
}

/* "[17]" behind a stop is a note to what comes before it. */
static size_t past_reference(const view *self, size_t i) {
  while (i + 2 < self->count && is_byte(self, i, '[') && self->tokens[i + 1].kind == LODE_TOKEN_NUMBER &&
         glued(self, i + 1) && is_byte(self, i + 2, ']') && glued(self, i + 2) && !glued(self, i + 3))
    i += 3;
  return i;
}

/* Past the terminators and closing marks behind the terminator i. */
static size_t past_closers(const view *self, size_t i, terminator *term, bool *quoted) {
  size_t next = i + 1;
  bool open = self->quote_open;
  *quoted = false;
  while (next < self->count) {
    terminator more = glued(self, next) ? terminator_of(self, next) : TERM_NONE;
    if (more > TERM_ABBREV) {
      *term = more;
    } else if (*term == TERM_STRONG && terminator_of(self, next) == TERM_STRONG) {
      /* Really ? ! */
    } else if (is_byte(self, next, '.') && is_byte(self, next - 1, '.')) {
      *term = TERM_ELLIPSIS; /* . . . */
    } else if (closes(self, next, open)) {
      open = open != is_byte(self, next, '"');
      *quoted = *quoted || is_quote(first_char(self, next).cp) || category_of(self, next) == GC_Pe;
    } else if (self->tokens[next].kind != LODE_TOKEN_EMOJI) {
      break;
    }
    next++;
  }
  return past_reference(self, next);
}

/* A list item inside a line, which needs no stop before it: a bullet, or the number after that of the item
 * that this sentence is ("1) One thing 2) Another"). */
static bool item_begins(const view *self, size_t first, size_t i) {
  uint32_t here, now;
  if (i <= first || glued(self, i)) return false;
  if (is_bullet(self, i)) return true;
  size_t size = marker_at(self, i, &now);
  if (size == 0 || now == 0 || !starts_item(self, i + size)) return false;
  size_t from = first + (is_bullet(self, first) ? 1 : 0);
  if (from == i) return false;
  size_t old = marker_at(self, from, &here);
  return old == size && here > 0 && now == here + 1;
}

static bool holds(const view *self, size_t i, char byte) {
  lode_str s = token_text(self, i);
  return memchr(s.ptr, byte, s.len) != NULL;
}

/* What ends a line that lost its line end at token i: an address of the web before another one or before a word that
 * starts sentences, and the date and time over a message (08/16/2000 12:05 PM).  The token behind it, 0 for none. */
static size_t end_of_line(const view *self, size_t i) {
  const lode_token *token = &self->tokens[i];
  if (token->kind == LODE_TOKEN_URL) {
    size_t next = i + 1;
    if (next == self->count || glued(self, next)) return 0;
    if (token[1].kind == LODE_TOKEN_URL) return next;
    return first_char(self, next).upper && starter(self, next) ? next : 0;
  }
  if (token->kind != LODE_TOKEN_NUMBER || i == 0 || i + 2 >= self->count || token[-1].kind != LODE_TOKEN_NUMBER)
    return 0;
  if (!holds(self, i, ':') || !holds(self, i - 1, '/') || !first_char(self, i + 2).upper || glued(self, i + 2))
    return 0;
  lode_str half = token_text(self, i + 1);
  return word_is(half, "am") || word_is(half, "pm") ? i + 2 : 0;
}

/* Marks of ASCII that end nothing, open nothing and begin no list item. */
static bool is_inner_mark(const view *self, size_t i) {
  lode_str s = token_text(self, i);
  if (s.len != 1) return false;
  switch (s.ptr[0]) {
    case ',':
    case '-':
    case '\'':
    case ')':
    case '/':
    case '%':
    case '&': return true;
    default: return false;
  }
}

/* A token that can neither end a sentence nor begin a list item: a word without a stop of its own, too long to number
 * an item or without a mark behind it; a symbol that is no bullet (those begin with E2 in UTF-8); some marks. */
static bool is_inner(const view *self, size_t i) {
  const lode_token *token = &self->tokens[i];
  if (token->kind == LODE_TOKEN_SYMBOL) return token_text(self, i).ptr[0] != '\xE2';
  if (token->kind == LODE_TOKEN_PUNCT) return is_inner_mark(self, i);
  if (token->kind != LODE_TOKEN_WORD || (token->flags & LODE_TOKEN_ABBREV)) return false;
  return token->end - token->begin > 3 || (i + 1 < self->count && token[1].kind == LODE_TOKEN_WORD);
}

int lode__sentences_make(const char *text, size_t base, size_t begin, const lode_lists *lists, lode_tokens *out,
                         lode_err *err) {
  if (out->count == begin) return 0;
  view self = {text, base, out->items + begin, out->count - begin, lists, false};
  size_t first = 0;
  long title = 0; /* open 《, whose marks end nothing */
  int code = 0;
  for (size_t i = 0; i < self.count && code == 0;) {
    if (is_inner(&self, i)) {
      i++;
      continue;
    }
    if (item_begins(&self, first, i)) {
      code = add(out, begin + first, begin + i, err);
      first = i;
    }
    size_t behind = end_of_line(&self, i);
    if (behind != 0 && code == 0) {
      code = add(out, begin + first, begin + behind, err);
      first = i = behind;
      continue;
    }
    uint32_t cp = first_char(&self, i).cp;
    title += cp == 0x300A ? 1 : cp == 0x300B && title > 0 ? -1 : 0;
    self.quote_open = self.quote_open != (cp == '"');
    terminator term = title > 0 ? TERM_NONE : terminator_of(&self, i);
    if (term == TERM_NONE) {
      if (self.tokens[i].kind == LODE_TOKEN_EMOJI && starts_item(&self, i + 1) && code == 0) {
        code = add(out, begin + first, begin + i + 1, err);
        first = i + 1;
      }
      i++;
      continue;
    }
    bool quoted;
    size_t next = past_closers(&self, i, &term, &quoted);
    if (code == 0 && ends(&self, term, first, i, next, quoted)) {
      code = add(out, begin + first, begin + next, err);
      first = next;
    }
    for (i++; i < next; i++) self.quote_open = self.quote_open != is_byte(&self, i, '"');
  }
  if (code == 0 && first < self.count) code = add(out, begin + first, begin + self.count, err);
  return code;
}
