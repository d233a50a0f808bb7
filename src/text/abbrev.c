#include "abbrev.h"
#include "utf8.h"
#include <string.h>
#include <utf8proc.h>

enum { KEY_MAX = 40 };

/* The word in lower case, zeros behind it, and its length; 0 where it is longer than any in the lists or holds what
 * no word of them does. */
static size_t make_key(const char *word, size_t len, char key[KEY_MAX]) {
  size_t used = 0;
  memset(key, 0, KEY_MAX);
  if (len > KEY_MAX) return 0;
  for (size_t at = 0; at < len;) {
    uint32_t cp;
    unsigned char byte = (unsigned char)word[at];
    if (byte > ' ' && byte < 0x80) {
      key[used++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      at++;
      continue;
    }
    at += lode_utf8_next(word + at, &cp);
    if (used + 4 > KEY_MAX || cp <= ' ') return 0;
    if (cp == 0x2019) cp = '\'';
    used += lode_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)cp), key + used);
  }
  return used;
}

static uint64_t little_endian(const char *bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; i++) value |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
  return value;
}

/* The same hash as in scripts/dev/tables. */
static unsigned compiled_lists_of(const char key[KEY_MAX]) {
  const uint64_t factor_a = 0x9E3779B97F4A7C15u, factor_b = 0xC2B2AE3D27D4EB4Fu;
  uint64_t h = little_endian(key) * factor_a ^ little_endian(key + 8) * factor_b;
  h = (h ^ h >> 32) * factor_a;
  for (size_t at = h >> (64 - LODE__LISTED_BITS);; at = (at + 1) % LODE__LISTED_SLOTS) {
    const lode__listed *slot = &lode__word_lists[at];
    if (slot->lists == 0) return 0;
    if (memcmp(slot->word, key, LODE__LISTED_KEY) == 0) return slot->lists;
  }
}

unsigned lode__lists_of(const lode_lists *more, const char *word, size_t len) {
  char key[KEY_MAX];
  size_t used = make_key(word, len, key);
  if (used == 0) return 0;
  for (; more != NULL; more = more->next) {
    uint32_t id = lode_table_find(&more->words, key, used);
    if (id != LODE_NO_ID) return lode_table_at(&more->words, id)->mark;
  }
  return used <= LODE__LISTED_KEY ? compiled_lists_of(key) : 0;
}

/* --- a user's words ---------------------------------------------------------------------------------- */

static const struct section {
  const char *name;
  unsigned class, flag;
} sections[] = {
    {"title", ABBREV_TITLE, 0},
    {"inner", ABBREV_INNER, 0},
    {"number", ABBREV_NUMBER, 0},
    {"month", ABBREV_MONTH, 0},
    {"unit", ABBREV_UNIT, 0},
    {"final", ABBREV_FINAL, 0},
    {"place", ABBREV_PLACE, 0},
    {"starter", 0, LODE__LISTED_STARTER},
    {"prefix", 0, LODE__LISTED_PREFIX},
    {"suffix", 0, LODE__LISTED_SUFFIX},
    {"measure", 0, LODE__LISTED_MEASURE},
    {"ordinal", 0, LODE__LISTED_ORDINAL},
    {"surname", 0, LODE__LISTED_SURNAME},
    {"date", 0, LODE__LISTED_DATE},
    {"contraction", 0, 0},
};

void lode_lists_init(lode_lists *self) {
  lode_table_init(&self->words, 0x115715);
  self->next = NULL;
}

void lode_lists_free(lode_lists *self) {
  lode_table_free(&self->words);
}

static const struct section *find_section(const char *name, size_t len) {
  for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
    if (strlen(sections[i].name) == len && memcmp(sections[i].name, name, len) == 0) return &sections[i];
  return NULL;
}

static int add_word(lode_lists *self, const struct section *section, lode_str word, lode_err *err) {
  char bare[KEY_MAX], key[KEY_MAX];
  unsigned cut = 0;
  const char *bar = section->class == 0 && section->flag == 0 ? memchr(word.ptr, '|', word.len) : NULL;
  if (word.len > KEY_MAX) return lode_fail(err, LODE_E_INPUT, "a word of %zu bytes: at most %d", word.len, KEY_MAX);
  if (section->class == 0 && section->flag == 0) {
    if (bar == NULL || bar == word.ptr || bar + 1 == word.ptr + word.len)
      return lode_fail(err, LODE_E_INPUT, "\"%.*s\": a contraction needs a | where it is cut, as in can|not",
                       (int)word.len, word.ptr);
    cut = (unsigned)(bar - word.ptr);
    memcpy(bare, word.ptr, cut);
    memcpy(bare + cut, bar + 1, word.len - cut - 1);
    word = (lode_str){bare, word.len - 1};
  } else if (word.len > 1 && word.ptr[word.len - 1] == '.') {
    word.len--;
  }
  size_t used = make_key(word.ptr, word.len, key);
  if (used == 0) return lode_fail(err, LODE_E_INPUT, "\"%.*s\" cannot be listed", (int)word.len, word.ptr);
  uint32_t id = lode_table_add(&self->words, key, used, NULL, err);
  if (id == LODE_NO_ID) return LODE_E_NOMEM;
  uint32_t *mark = &lode_table_at(&self->words, id)->mark;
  if (section->class != 0) *mark = (*mark & ~(unsigned)LODE__LISTED_CLASS) | section->class;
  *mark |= section->flag | cut << LODE__LISTED_CUT_SHIFT;
  return 0;
}

int lode_lists_add(lode_lists *self, const char *section, lode_str word, lode_err *err) {
  const struct section *found = find_section(section, strlen(section));
  if (found == NULL)
    return lode_fail(err, LODE_E_USAGE,
                     "no list \"%s\": there are title inner number month unit final place starter "
                     "prefix suffix measure ordinal surname date contraction",
                     section);
  return add_word(self, found, word, err);
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r';
}

static int read_line(lode_lists *self, const struct section **section, const char *at, const char *end, lode_err *err) {
  const char *comment = memchr(at, '#', (size_t)(end - at));
  if (comment != NULL) end = comment;
  for (;;) {
    while (at < end && is_blank(*at)) at++;
    const char *word = at;
    while (at < end && !is_blank(*at)) at++;
    size_t len = (size_t)(at - word);
    if (len == 0) return 0;
    if (word[0] == '[' && word[len - 1] == ']') {
      *section = find_section(word + 1, len - 2);
      if (*section == NULL) return lode_fail(err, LODE_E_INPUT, "no list %.*s", (int)len, word);
      continue;
    }
    if (*section == NULL) return lode_fail(err, LODE_E_INPUT, "words come after a line like [title]");
    int code = add_word(self, *section, (lode_str){word, len}, err);
    if (code != 0) return code;
  }
}

int lode_lists_read(lode_lists *self, const char *text, size_t len, lode_err *err) {
  const struct section *section = NULL;
  uint32_t line = 0;
  if (lode_utf8_valid(text, len) != len) return lode_fail(err, LODE_E_INPUT, "a word list must be UTF-8");
  for (const char *at = text, *end = text + len; at < end;) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (stop == NULL) stop = end;
    line++;
    int code = read_line(self, &section, at, stop, err);
    if (code != 0) {
      if (err != NULL) err->line = line;
      return code;
    }
    at = stop + (stop < end);
  }
  return 0;
}
