#include "scan.h"
#include "abbrev.h"
#include "mem.h"
#include "table.h"
#include "tables.h"
#include "uax29.h"
#include "unicode.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define ASCII(c)                                                                                                   \
  [c] = {.cp = (c), .size = 1, .letter = (((c) | 32) >= 'a' && ((c) | 32) <= 'z'), .upper = ((c) >= 'A' && (c) <= 'Z'), \
         .lower = ((c) >= 'a' && (c) <= 'z'), .digit = ((c) >= '0' && (c) <= '9'),                                  \
         .space = ((c) == ' ' || ((c) >= '\t' && (c) <= '\r')), .joiner = ((c) < ' ' || (c) == 127)}
#define ASCII8(c) ASCII((c)), ASCII((c) + 1), ASCII((c) + 2), ASCII((c) + 3),                                       \
                  ASCII((c) + 4), ASCII((c) + 5), ASCII((c) + 6), ASCII((c) + 7)
const lode__char lode__ascii_chars[128] = {
    ASCII8(0), ASCII8(8), ASCII8(16), ASCII8(24), ASCII8(32), ASCII8(40), ASCII8(48), ASCII8(56),
    ASCII8(64), ASCII8(72), ASCII8(80), ASCII8(88), ASCII8(96), ASCII8(104), ASCII8(112), ASCII8(120),
};
#undef ASCII8
#undef ASCII

const lode__char lode__category_chars[32] = {
    [GC_Lu] = {.letter = true, .upper = true}, [GC_Lt] = {.letter = true, .upper = true},
    [GC_Ll] = {.letter = true, .lower = true}, [GC_Lm] = {.letter = true}, [GC_Lo] = {.letter = true},
    [GC_Mn] = {.mark = true}, [GC_Mc] = {.mark = true}, [GC_Me] = {.mark = true}, [GC_Nd] = {.digit = true},
    [GC_Cf] = {.joiner = true}, [GC_Cc] = {.joiner = true},
};
/* clang-format on */

static lode__char char_at(const lode__scan *self, size_t at) {
  return lode__char_at(self->text, at, self->len);
}

int lode__scan_grow(lode__scan *self) {
  lode_tokens *out = self->out;
  size_t cap = lode_size_grow(out->cap, lode_size_add(out->count, 64));
  lode_token *items = realloc(out->items, lode_size_mul(cap, sizeof *items));
  if (items == NULL) return lode_fail(self->err, LODE_E_NOMEM, "no memory for %zu tokens", cap);
  out->items = items;
  out->cap = cap;
  return 0;
}

int lode__scan_emit(lode__scan *self, size_t begin, size_t end, lode_token_kind kind, unsigned flags) {
  return lode__scan_put(self, begin, end, kind, flags, LODE_NO_ID);
}

lode_str lode__scan_last(const lode__scan *self) {
  if (self->out->count == self->first) return (lode_str){"", 0};
  const lode_token *last = &self->out->items[self->out->count - 1];
  return (lode_str){self->text + (last->begin - self->base), last->end - last->begin};
}

/* --- addresses --------------------------------------------------------------------------------------- */

static bool begins_with(const lode__scan *self, size_t at, const char *word) {
  size_t len = strlen(word);
  if (self->len - at < len) return false;
  for (size_t i = 0; i < len; i++) {
    char byte = self->text[at + i];
    if ((byte >= 'A' && byte <= 'Z' ? byte + 32 : byte) != word[i]) return false;
  }
  return true;
}

/* Marks that end a sentence or a bracket around an address and are no part of it.  A closing bracket stays
 * where the address opened one. */
static size_t trim_address(const char *text, size_t begin, size_t end) {
  long open = 0;
  for (size_t i = begin; i < end; i++) open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
  while (end > begin) {
    char byte = text[end - 1];
    if (byte == ')' && open < 0) open++;
    else if (byte == 0 || strchr(".,;:!?'\"]}>*", byte) == NULL) break;
    end--;
  }
  return end;
}

static bool address_byte(unsigned char byte) {
  return byte > ' ' && byte != '<' && byte != '>' && byte != '"' && byte != '`' && byte != '|' && byte < 0x80;
}

/* The end of a web address at `at`, or `at`.  Bytes beyond ASCII belong to it only as letters. */
static size_t url_end(const lode__scan *self, size_t at) {
  static const char *const schemes[] = {"http://", "https://", "ftp://", "www.", "mailto:"};
  size_t from = 0;
  char first = (char)(self->text[at] | 0x20);
  if (first != 'h' && first != 'f' && first != 'w' && first != 'm') return at;
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes && from == 0; i++)
    if (begins_with(self, at, schemes[i])) from = at + strlen(schemes[i]);
  if (from == 0) return at;
  size_t end = from;
  while (end < self->len) {
    lode__char c = char_at(self, end);
    if (c.cp < 0x80 ? !address_byte((unsigned char)c.cp) : !(c.letter || c.mark || c.digit)) break;
    end += c.size;
  }
  end = trim_address(self->text, from, end);
  return end > from ? end : at;
}

static bool ascii_word(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

static bool local_byte(char byte) {
  return ascii_word(byte) || byte == '.' || byte == '-' || byte == '+' || byte == '%';
}

/* The end of an e-mail address at `at`, or `at`.  A local part that leads to no @ is not walked again. */
size_t lode__scan_mail(lode__scan *self, size_t at) {
  if (at < self->no_mail || !ascii_word(self->text[at])) return at;
  size_t i = at;
  while (i < self->len && local_byte(self->text[i])) i++;
  self->no_mail = i;
  if (i == self->len || self->text[i] != '@') return at;
  size_t domain = i + 1;
  for (i = domain; i < self->len && (ascii_word(self->text[i]) || self->text[i] == '.' || self->text[i] == '-');) i++;
  while (i > domain && (self->text[i - 1] == '.' || self->text[i - 1] == '-')) i--;
  return i > domain ? i : at;
}

/* The end of "@name" or "#name" at `at`, or `at`.  "#1" and "@ 5" are marks; so is what is glued to a word. */
static size_t handle_end(const lode__scan *self, size_t at) {
  size_t end = at + 1;
  bool letter = false;
  for (lode__char c = char_at(self, end); c.size > 0 && (c.letter || c.mark || c.digit || c.cp == '_');
       c = char_at(self, end)) {
    letter = letter || c.letter;
    end += c.size;
  }
  return letter ? end : at;
}

/* --- numbers ----------------------------------------------------------------------------------------- */

static size_t digits_end(const lode__scan *self, size_t at) {
  lode__char c = char_at(self, at);
  while (c.digit || c.mark) {
    at += c.size;
    c = char_at(self, at);
  }
  return at;
}

/* 713-664-7478, 853-3242, 2005-03-09: groups of two to four digits that no range is written with. */
static size_t dashed_end(const lode__scan *self, size_t begin, size_t at) {
  size_t groups[4] = {at - begin}, count = 1, end = at;
  while (count < 4 && end < self->len && self->text[end] == '-' && char_at(self, end + 1).digit) {
    size_t next = digits_end(self, end + 1);
    groups[count++] = next - end - 1;
    end = next;
  }
  bool phone = count == 3 && groups[0] == 3 && groups[1] == 3 && groups[2] == 4;
  bool local = count == 2 && groups[0] == 3 && groups[1] == 4;
  bool date = count == 3 && groups[0] == 4 && groups[1] <= 2 && groups[2] <= 2;
  bool zip = count == 2 && groups[0] == 5 && groups[1] == 4;
  return phone || local || date || zip ? end : at;
}

/* 01-Feb-02 */
static size_t named_month_end(const lode__scan *self, size_t at) {
  if (self->len - at < 6 || self->text[at] != '-' || self->text[at + 4] != '-') return at;
  for (size_t i = at + 1; i < at + 4; i++)
    if (!char_at(self, i).letter) return at;
  size_t end = digits_end(self, at + 5);
  return (end == at + 7 || end == at + 9) && !char_at(self, end).letter ? end : at;
}

/* Digits with their separators: 1,160  3.5  12:30  9/11  10.000.000  1’000. */
static size_t number_end(const lode__scan *self, size_t at) {
  size_t begin = at;
  at = digits_end(self, at);
  size_t dashed = dashed_end(self, begin, at);
  if (dashed == at && at - begin <= 2) dashed = named_month_end(self, at);
  if (dashed > at) return dashed;
  while (at < self->len) {
    lode__char c = char_at(self, at);
    bool separator = c.cp == ',' || c.cp == '.' || c.cp == ':' || c.cp == '/' || lode__is_apostrophe(c.cp) ||
                     c.cp == 0x66B || c.cp == 0x66C || c.cp == 0x202F;
    if (!separator || !char_at(self, at + c.size).digit) break;
    size_t end = digits_end(self, at + c.size);
    if ((lode__is_apostrophe(c.cp) || c.cp == 0x202F) && end - at - c.size != 3) break; /* 1’000, but 5'10" */
    at = end;
  }
  return at;
}

/* The end of "s" or "'s" of a decade (1990s, 80's), or `at`. */
static size_t decade_end(const lode__scan *self, size_t at) {
  if (at == 0 || self->text[at - 1] != '0') return at;
  lode__char c = char_at(self, at);
  size_t end = lode__is_apostrophe(c.cp) ? at + c.size : at;
  if (char_at(self, end).cp != 's') return at;
  lode__char after = char_at(self, end + 1);
  return after.letter || after.digit ? at : end + 1;
}

static int scan_number(lode__scan *self, size_t *at) {
  size_t begin = *at, end = number_end(self, begin);
  lode__char c = char_at(self, end);
  size_t decade = decade_end(self, end);
  if (decade > end) {
    end = decade;
  } else if (c.letter) {
    bool stop = false;
    size_t word = lode__scan_word(self, end, &stop);
    lode_script script = lode_script_of(c.cp);
    bool apart = script == LODE_SCRIPT_HAN || script == LODE_SCRIPT_HIRAGANA || script == LODE_SCRIPT_KATAKANA ||
                 script == LODE_SCRIPT_THAI ||
                 lode__is_listed(self->lists, LODE__LISTED_MEASURE, self->text + end, word - end - (stop ? 1 : 0));
    if (!apart) { /* 21st  3D  1,160th  4x4 */
      *at = word;
      return lode__scan_clitics(self, begin, word, stop ? LODE_TOKEN_ABBREV : 0);
    }
  }
  *at = end;
  return lode__scan_emit(self, begin, end, LODE_TOKEN_NUMBER, 0);
}

/* --- marks and symbols ------------------------------------------------------------------------------- */

/* A run of one mark that is one token: "..."  "--"  "!!!"  "***"  "=====".  Sentence marks mix: "?!". */
static size_t run_end(const lode__scan *self, size_t at) {
  static const char *const sets[] = {".", "!?", "-=_~", "*", "#", "<", ">", "^", "+"};
  char first = self->text[at];
  bool listed = first > 0 && memchr(".!?-=_~*#<>^+", first, 13) != NULL;
  for (size_t i = 0; listed && i < sizeof sets / sizeof *sets; i++) {
    if (strchr(sets[i], first) == NULL) continue;
    size_t end = at + 1;
    while (end < self->len && self->text[end] != 0 && strchr(sets[i], self->text[end]) != NULL) end++;
    return end;
  }
  if ((first == '\'' || first == '`') && at + 1 < self->len && self->text[at + 1] == first) return at + 2;
  uint32_t cp, next;
  size_t end = at + lode_utf8_next(self->text + at, &cp);
  while ((cp == 0x2026 || cp == 0x2014 || cp == 0x2013 || cp == 0x2500) && end < self->len) {
    size_t size = lode_utf8_next(self->text + end, &next);
    if (next != cp) break;
    end += size;
  }
  return end;
}

/* The end of a face made of marks, or `at`.  It stands free, a space or the start before and no letter
 * behind; the commonest may also stand right behind a word. */
static size_t face_end(const lode__scan *self, size_t at) {
  static const char *const faces[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":'(", "=-)", ":)", ":(", ";)", ":D",
                                      ":P",  ":p",  "=)",  "=(",  "<3",  "^^",  ":/",  "=D", ":o", ":O", "(:"};
  bool free = at == 0 || char_at(self, at - lode_utf8_back(self->text, at)).space;
  if (self->text[at] == 0 || strchr(":;=<^(", self->text[at]) == NULL) return at;
  for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
    size_t len = strlen(faces[i]);
    if (self->len - at < len || memcmp(self->text + at, faces[i], len) != 0) continue;
    lode__char after = char_at(self, at + len);
    if (!free) return (faces[i][0] == ':' || faces[i][0] == ';') && (after.size == 0 || after.space) ? at + len : at;
    if (after.size == 0 || after.space || after.cp == '.' || after.cp == ',' || after.cp == '!') return at + len;
  }
  return at;
}

static size_t grapheme_end(const lode__scan *self, size_t at) {
  lode_breaks breaks;
  lode_span span;
  lode_breaks_init(&breaks, LODE_UNIT_GRAPHEME, self->text, self->len);
  breaks.pos = at;
  return lode_breaks_next(&breaks, &span) ? span.end : at;
}

/* ’em  ’70s  'tis and the like: an apostrophe that opens a word. */
static size_t aphaeresis_end(const lode__scan *self, size_t at) {
  static const char *const words[] = {"em", "til", "till", "cause", "cuz",  "bout",
                                      "n",  "tis", "twas", "round", "neath"};
  lode__char c = char_at(self, at);
  if (!lode__is_apostrophe(c.cp)) return at;
  size_t from = at + c.size;
  unsigned char next = from < self->len ? (unsigned char)self->text[from] : 0;
  bool digit = next < 0x80 && lode__ascii_chars[next].digit;
  if (next < 0x80 && !digit && memchr("etcbnr", next | 0x20, 6) == NULL) return at; /* their first letters */
  size_t end = digits_end(self, from);
  if (end > from) {
    size_t decade = decade_end(self, end);
    return decade > end ? decade : end == from + 2 && !char_at(self, end).letter ? end : at;
  }
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    end = from + strlen(words[i]);
    if (begins_with(self, from, words[i]) && !char_at(self, end).letter && !lode__is_apostrophe(char_at(self, end).cp))
      return end;
  }
  return at;
}

/* 's and the like behind what is no word: 2019's  “Emma”'s  U.S.'s */
static size_t suffix_end(const lode__scan *self, size_t at, const lode__char *c) {
  if (at == 0 || !lode__is_apostrophe(c->cp)) return at;
  lode__char before = char_at(self, at - lode_utf8_back(self->text, at)), next = char_at(self, at + c->size);
  if (before.space || (next.cp | 0x20) != 's' || before.cp == '(' || before.cp == '[') return at;
  size_t end = at + c->size + 1;
  lode__char after = char_at(self, end);
  return after.letter || after.digit || after.mark ? at : end;
}

static int scan_mark(lode__scan *self, size_t *at, const lode__char *c) {
  size_t begin = *at, end = begin + c->size;
  lode_token_kind kind = lode_is_punct(c->cp) ? LODE_TOKEN_PUNCT : LODE_TOKEN_SYMBOL;
  bool free = begin == 0 || !ascii_word(self->text[begin - 1]);
  bool picture =
      c->cp > 0xFF && ((lode__grapheme_of(c->cp) & LODE__PICTOGRAPHIC) != 0 || (c->cp >= 0x1F1E6 && c->cp <= 0x1F1FF));
  if ((c->cp == '@' || c->cp == '#') && free && handle_end(self, begin) > begin) {
    end = handle_end(self, begin);
    kind = c->cp == '@' ? LODE_TOKEN_MENTION : LODE_TOKEN_HASHTAG;
  } else if (picture) {
    end = grapheme_end(self, begin);
    kind = LODE_TOKEN_EMOJI;
  } else if (c->cp == '.' && free && char_at(self, end).digit && (begin == 0 || self->text[begin - 1] != '.')) {
    end = number_end(self, end);
    kind = LODE_TOKEN_NUMBER;
  } else if (suffix_end(self, begin, c) > begin) {
    end = suffix_end(self, begin, c);
    kind = LODE_TOKEN_WORD;
  } else if (free && aphaeresis_end(self, begin) > begin) {
    end = aphaeresis_end(self, begin);
    kind = LODE_TOKEN_WORD;
  } else if (face_end(self, begin) > begin) {
    end = face_end(self, begin);
    kind = LODE_TOKEN_EMOJI;
  } else {
    end = run_end(self, begin);
  }
  while (kind != LODE_TOKEN_EMOJI && char_at(self, end).mark) end += char_at(self, end).size;
  *at = end;
  return lode__scan_emit(self, begin, end, kind, 0);
}

/* --- all --------------------------------------------------------------------------------------------- */

static int scan_word(lode__scan *self, size_t *at) {
  bool stop = false;
  size_t begin = *at;
  *at = lode__scan_word(self, begin, &stop);
  return lode__scan_clitics(self, begin, *at, stop ? LODE_TOKEN_ABBREV : 0);
}

int lode__scan_one(lode__scan *self, size_t *at) {
  lode__char c = char_at(self, *at);
  if (c.space || c.joiner) {
    *at += c.size;
    return 0;
  }
  size_t end = c.letter ? url_end(self, *at) : *at;
  lode_token_kind kind = LODE_TOKEN_URL;
  if (end == *at && c.cp < 0x80) {
    end = lode__scan_mail(self, *at);
    kind = LODE_TOKEN_EMAIL;
  }
  if (end > *at) {
    int code = lode__scan_emit(self, *at, end, kind, 0);
    *at = end;
    return code;
  }
  if (c.digit) return scan_number(self, at);
  return c.letter || c.mark || lode_is_number(c.cp) ? scan_word(self, at) : scan_mark(self, at, &c);
}

int lode__scan_tokens(lode__scan *self) {
  int code = 0;
  for (size_t at = 0; at < self->len && code == 0;) code = lode__scan_one(self, &at);
  return code;
}
