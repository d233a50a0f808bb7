/* Words: what joins letters into one token, whether a stop belongs to it, and where clitics are cut. */
#include "abbrev.h"
#include "scan.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>

static lode__char char_at(const lode__scan *self, size_t at) {
  return lode__char_at(self->text, at, self->len);
}

/* Scripts written without spaces whose words we do not know: Han goes character by character, kana by runs. */
static bool unspaced(lode_script script) {
  return script == LODE_SCRIPT_HAN || script == LODE_SCRIPT_HIRAGANA || script == LODE_SCRIPT_KATAKANA;
}

static bool invisible_space(uint32_t cp) {
  return cp == 0x200B || cp == 0xFEFF || cp < 0x20;
}

static bool continues(const lode__char *c) {
  return c->letter || c->mark || c->digit || c->cp == '_' || (c->joiner && !invisible_space(c->cp)) ||
         (c->size > 0 && c->cp > 0x7F && lode_is_number(c->cp));
}

static size_t unspaced_end(const lode__scan *self, size_t at, lode_script script) {
  lode__char c = char_at(self, at);
  do {
    at += c.size;
    c = char_at(self, at);
  } while (c.mark || (c.joiner && !invisible_space(c.cp)) ||
           (script != LODE_SCRIPT_HAN && c.letter &&
            (lode_script_of(c.cp) == script || lode_script_of(c.cp) == LODE_SCRIPT_COMMON)));
  return at;
}

static bool is_apostrophe_inside(uint32_t cp) {
  return lode__is_apostrophe(cp) || cp == '`' || cp == 0xB4;
}

/* Letters from `at` on, at most `most` + 1 of them counted. */
static size_t count_letters(const lode__scan *self, size_t at, size_t most) {
  size_t count = 0;
  for (lode__char c = char_at(self, at); count <= most && (c.letter || c.mark); c = char_at(self, at)) {
    at += c.size;
    count++;
  }
  return count;
}

static size_t one_letter(const char *text, size_t begin, size_t end) { /* its size, or 0 */
  lode__char c = lode__char_at(text, begin, end);
  return c.letter && begin + c.size == end ? c.size : 0;
}

static size_t letters_end(const lode__scan *self, size_t at) {
  lode__char c = char_at(self, at);
  while (c.letter) {
    at += c.size;
    c = char_at(self, at);
  }
  return at;
}

/* A stop between letters: inside initials (U.S, a.m), names of files and sites (space.com, API.pdf) and capitals
 * (EE.UU), but not where a space was forgotten (end.Then) nor between an initial and a name (J.Smith). */
static bool stop_joins(const lode__scan *self, size_t part, size_t at) {
  lode__char first = char_at(self, part), next = char_at(self, at + 1), second = char_at(self, at + 1 + next.size);
  if (!next.letter && !next.digit) return false;
  if (one_letter(self->text, part, at) != 0) return !(next.upper && second.lower);
  if (!next.upper) return true;
  if (lode__abbrev_of(self->lists, self->text + part, at + 1 + next.size - part) != ABBREV_NONE) return true; /* Ph.D */
  if (first.upper && char_at(self, part + first.size).upper && !second.lower) return true;
  return lode__is_listed(self->lists, LODE__LISTED_SUFFIX, self->text + at + 1, letters_end(self, at + 1) - at - 1);
}

static bool hyphen_joins(const lode__scan *self, size_t part, size_t at, const lode__char *next) {
  lode__char first = char_at(self, part);
  if (first.upper && part + first.size == at && next->digit) return true; /* F-16 */
  if (!lode__is_listed(self->lists, LODE__LISTED_PREFIX, self->text + part, at - part)) return false;
  return next->letter || next->digit;
}

/* Does the mark at `at`, behind a word whose last part (since a joining mark) begins at `part`, join what follows? */
static bool mark_joins(const lode__scan *self, size_t part, size_t at, const lode__char *c) {
  lode__char next = char_at(self, at + c->size);
  if (is_apostrophe_inside(c->cp)) return next.letter;
  if (c->cp == '.') return stop_joins(self, part, at);
  if (lode__is_hyphen(c->cp)) return hyphen_joins(self, part, at, &next);
  if (!next.letter || at - part > 4) return false;
  size_t left = count_letters(self, part, 2), right = count_letters(self, at + c->size, 3);
  if (c->cp == '&') return left <= 2 && right <= 3; /* A&M  AT&T */
  return c->cp == '/' && left == 1 && right == 1;   /* b/c  w/o  n/a */
}

static bool word_follows(const lode__scan *self, size_t at, const char *word) {
  size_t len = strlen(word);
  return self->len - at >= len && memcmp(self->text + at, word, len) == 0 && !char_at(self, at + len).letter;
}

/* A hyphen at `at` that ends a word broken off (th- this), not one that hangs ("long- and short-term"). */
static bool broken_off(const lode__scan *self, size_t at) {
  if (at >= self->len || self->text[at] != '-') return false;
  lode__char next = char_at(self, at + 1);
  if (!next.space) return next.cp == '.' || next.cp == ',';
  size_t behind = at + 1 + next.size;
  return char_at(self, behind).lower && !word_follows(self, behind, "and") && !word_follows(self, behind, "or") &&
         !word_follows(self, behind, "to");
}

/* --- the stop ---------------------------------------------------------------------------------------- */

static bool has_stop(const char *text, size_t begin, size_t end) {
  return memchr(text + begin, '.', end - begin) != NULL;
}

/* Every part between stops is one letter: U.S  a.m  J.R.R */
static bool all_initials(const char *text, size_t begin, size_t end) {
  while (begin < end) {
    lode__char c = lode__char_at(text, begin, end);
    begin += c.size;
    if (!c.letter || (begin < end && text[begin] != '.')) return false;
    begin++;
  }
  return true;
}

static bool roman(uint32_t cp) {
  return cp == 'I' || cp == 'V' || cp == 'X' || cp == 'L';
}

/* A Roman number stands at `at` by itself: II, and not In. */
static bool roman_stands(const lode__scan *self, size_t at) {
  size_t end = at;
  while (roman(char_at(self, end).cp)) end++;
  lode__char behind = char_at(self, end);
  return end > at && !behind.letter && !behind.mark && !behind.digit;
}

static bool last_has_capital(const lode__scan *self) {
  lode_str last = lode__scan_last(self);
  return lode__char_at(last.ptr, 0, last.len).upper;
}

/* A single letter c, with `next` at `behind` its stop: J. Smith, but not "vitamin C. Then". */
static bool initial_takes_stop(const lode__scan *self, const lode__char *c, const lode__char *next, size_t behind) {
  if (c->cp == 'I') return next->upper && last_has_capital(self);
  if (!next->upper) return next->cp == ',' || next->cp == '-';
  size_t end = letters_end(self, behind);
  bool initial = behind + next->size == end && char_at(self, end).cp == '.';
  return initial || last_has_capital(self) ||
         !lode__is_listed(self->lists, LODE__LISTED_STARTER, self->text + behind, end - behind);
}

/* One letter of an abbreviation that is written with spaces: z. B.  d. h.  т. д.  The first of them sees the
 * second ahead, the second sees the first behind. */
static bool spaced_takes_stop(const lode__scan *self, const lode__char *c, const lode__char *next, size_t behind) {
  lode_str last = lode__scan_last(self);
  bool after = last.len > 1 && last.ptr[last.len - 1] == '.' && one_letter(last.ptr, 0, last.len - 1) != 0 &&
               lode__char_at(last.ptr, 0, last.len).lower;
  return after || (c->lower && next->letter && char_at(self, behind + next->size).cp == '.');
}

/* Months and days that are also plain words take their stop only where a date goes on. */
static bool month_takes_stop(const char *word, size_t len, const lode__char *next) {
  static const char *const plain[] = {"Sun", "Sat", "Mar", "Mon", "Wed", "Fri"};
  if (next->digit || next->cp == ',' || next->lower) return true;
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    if (len == 3 && memcmp(word, plain[i], 3) == 0) return false;
  return true;
}

/* The stop at `end` belongs to the word before it.  Where it also ends the sentence is not asked here. */
static bool takes_stop(const lode__scan *self, size_t begin, size_t end) {
  const char *word = self->text + begin;
  size_t len = end - begin, behind = end + 1;
  lode__char first = char_at(self, begin), next = char_at(self, behind);
  if (next.cp == '.') return false;
  bool glued = next.letter || next.digit;
  while (next.space) {
    behind += next.size;
    next = char_at(self, behind);
  }
  if (has_stop(self->text, begin, end) && all_initials(self->text, begin, end)) return true;
  lode__abbrev class = lode__abbrev_of(self->lists, word, len);
  bool number = next.digit || next.cp == '#' || (len > 1 && roman_stands(self, behind));
  if (class == ABBREV_NUMBER && number && !(next.cp == 'I' && len == 2 && memcmp(word, "no", 2) == 0)) /* no. I am */
    return true;
  if (first.upper && first.size == len) {
    bool joined = begin > 0 && lode__is_hyphen(char_at(self, begin - lode_utf8_back(self->text, begin)).cp);
    if (glued || (!joined && initial_takes_stop(self, &first, &next, behind))) return true;
  }
  if (first.letter && first.size == len && !glued && spaced_takes_stop(self, &first, &next, behind)) return true;
  if (first.upper && first.size == len) return false;
  if (class == ABBREV_TITLE) return (first.upper || first.cp > 0x7F) && (next.upper || next.digit);
  if (glued || class == ABBREV_NONE || class == ABBREV_NUMBER) return false;
  if (class == ABBREV_INNER) return next.size > 0;
  if (class == ABBREV_MONTH) return first.upper && month_takes_stop(word, len, &next);
  lode_str last = lode__scan_last(self);
  return class == ABBREV_FINAL || class == ABBREV_UNIT || (first.upper && last.len == 1 && last.ptr[0] == ',');
}

size_t lode__scan_word(const lode__scan *self, size_t at, bool *stop) {
  *stop = false;
  lode__char c = char_at(self, at);
  lode_script script = lode_script_of(c.cp);
  if (unspaced(script)) return unspaced_end(self, at, script);
  size_t begin = at, part = at;
  bool after_letter = false, after_digit = false;
  while (at < self->len) {
    c = char_at(self, at);
    if (continues(&c)) {
      if (c.letter && c.cp > 0x2E00 && unspaced(lode_script_of(c.cp))) break;
      after_letter = c.letter || c.mark;
      after_digit = c.digit;
    } else {
      if (!after_letter && !(after_digit && c.cp == '.')) break;
      if (!mark_joins(self, part, at, &c)) break;
      after_letter = after_digit = false;
      part = at + c.size;
    }
    at += c.size;
  }
  if (at == begin) return at + c.size; /* a lone mark or number sign */
  if (after_letter && broken_off(self, at)) return at + 1;
  *stop = at < self->len && self->text[at] == '.' && takes_stop(self, begin, at);
  return *stop ? at + 1 : at;
}

/* --- clitics ----------------------------------------------------------------------------------------- */

static bool is_suffix(const char *text, size_t begin, size_t end) {
  static const char *const suffixes[] = {"s", "m", "d", "re", "ve", "ll"};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    size_t len = strlen(suffixes[i]);
    bool same = end - begin == len;
    for (size_t k = 0; same && k < len; k++) same = (text[begin + k] | 0x20) == suffixes[i][k];
    if (same) return true;
  }
  return false;
}

/* Where the last clitic of [begin, end) starts, or `end` where there is none. */
static size_t clitic_start(const char *text, size_t begin, size_t end) {
  size_t low = end - begin > 8 ? end - 8 : begin; /* the longest is U+2019 and two letters */
  for (size_t at = end; at > low; at--) {
    if (((unsigned char)text[at - 1] & 0xC0) == 0x80) continue;
    uint32_t cp;
    size_t behind = at - 1 + lode_utf8_next(text + at - 1, &cp);
    if (!is_apostrophe_inside(cp)) continue;
    if (at - 1 > begin && is_suffix(text, behind, end)) return at - 1;
    bool not = end - behind == 1 && (text[behind] | 0x20) == 't' && at - 1 > begin && (text[at - 2] | 0x20) == 'n';
    return not &&at - 2 > begin ? at - 2 : end;
  }
  return end;
}

int lode__scan_clitics(lode__scan *self, size_t begin, size_t end, unsigned flags) {
  enum { CUTS_MAX = 4 };
  size_t cuts[CUTS_MAX + 1] = {end}, count = 1;
  lode__char c = char_at(self, begin);
  lode_token_kind kind = c.digit ? LODE_TOKEN_NUMBER : LODE_TOKEN_WORD;
  size_t first = lode__contraction(self->lists, self->text + begin, end - begin);
  if (first > 0) cuts[count++] = begin + first;
  while (first == 0 && count <= CUTS_MAX) {
    size_t cut = clitic_start(self->text, begin, cuts[count - 1]);
    if (cut == cuts[count - 1]) break;
    cuts[count++] = cut;
  }
  int code = 0;
  while (count > 0 && code == 0) {
    size_t to = cuts[--count];
    code = lode__scan_emit(self, begin, to, kind, count == 0 ? flags : 0);
    begin = to;
    kind = LODE_TOKEN_WORD;
  }
  return code;
}
