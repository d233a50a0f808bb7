#include "corpus.h"
#include "utf8.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct writer {
  char *text;
  size_t len;
  uint64_t random;
} writer;

static size_t below(writer *self, size_t limit) { /* xorshift64* */
  self->random ^= self->random >> 12;
  self->random ^= self->random << 25;
  self->random ^= self->random >> 27;
  return (size_t)((self->random * 0x2545F4914F6CDD1Du >> 33) % limit);
}

static bool one_in(writer *self, size_t n) {
  return below(self, n) == 0;
}

static void put(writer *self, const char *text) {
  size_t len = strlen(text);
  memcpy(self->text + self->len, text, len);
  self->len += len;
}

static void put_point(writer *self, uint32_t cp) {
  self->len += lode_utf8_put(cp, self->text + self->len);
}

/* The most frequent come first. */
static const char *const english[] = {
    "the",       "of",         "and",          "to",
    "a",         "in",         "that",         "it",
    "is",        "was",        "for",          "on",
    "with",      "as",         "he",           "by",
    "at",        "from",       "his",          "be",
    "are",       "this",       "have",         "not",
    "an",        "which",      "but",          "or",
    "they",      "had",        "we",           "one",
    "their",     "has",        "would",        "were",
    "there",     "been",       "will",         "more",
    "if",        "who",        "said",         "when",
    "no",        "its",        "about",        "so",
    "up",        "out",        "can",          "than",
    "only",      "other",      "new",          "some",
    "could",     "time",       "into",         "two",
    "may",       "then",       "do",           "first",
    "any",       "now",        "people",       "over",
    "after",     "also",       "years",        "most",
    "made",      "where",      "through",      "before",
    "must",      "did",        "many",         "much",
    "because",   "water",      "harbour",      "council",
    "morning",   "company",    "meeting",      "question",
    "minister",  "together",   "however",      "something",
    "between",   "village",    "important",    "continued",
    "report",    "government", "different",    "although",
    "possible",  "yesterday",  "market",       "statement",
    "agreement", "officials",  "negotiations", "international",
    "don't",     "it's",       "doesn't",      "year's",
    "they're",   "well-known", "long-term",
};
enum { ENGLISH = sizeof english / sizeof *english };

/* Squaring a number below one takes the front more often, about as in real text. */
static size_t often_low(writer *self, size_t count) {
  size_t a = below(self, 1024), b = below(self, 1024);
  return a * b * count / (1024 * 1024);
}

static void put_english_word(writer *self, bool capital) {
  const char *word = english[often_low(self, ENGLISH)];
  size_t at = self->len;
  put(self, word);
  if (capital || one_in(self, 14)) self->text[at] = (char)(self->text[at] & ~0x20);
  if (one_in(self, 120)) put(self, "\xE2\x80\x99s");
  if (one_in(self, 300)) put(self, "\xC3\xA9");
}

typedef struct script {
  uint32_t first, count; /* letters, contiguous */
  unsigned letters_min, letters_max;
  unsigned space_one_in;           /* 1: after each word */
  uint32_t mark_first, mark_count; /* after some letters; 0: none */
  const char *comma, *stop, *open, *close;
} script;

static const script scripts[] = {
    {0x430, 32, 2, 9, 1, 0, 0, ",", ".", "\xC2\xAB", "\xC2\xBB"},          /* Cyrillic */
    {0x430, 32, 3, 12, 1, 0, 0, ",", ".", "\xE2\x80\x9E", "\xE2\x80\x9C"}, /* the same, longer words */
    {0x3B1, 25, 2, 10, 1, 0, 0, ",", ".", "\xC2\xAB", "\xC2\xBB"},         /* Greek */
    {0x628, 19, 2, 7, 1, 0x64E, 3, "\xD8\x8C", ".", "\"", "\""},           /* Arabic */
    {0x5D0, 27, 2, 6, 1, 0, 0, ",", ".", "\"", "\""},                      /* Hebrew */
    {0x915, 37, 1, 4, 1, 0x93E, 14, ",", "\xE0\xA5\xA4", "\"", "\""},      /* Devanagari */
    {0xAC00, 9000, 1, 4, 1, 0, 0, ",", ".", "\"", "\""},                   /* Hangul */
    {0x4E00, 5000, 1, 3, 0, 0, 0, "\xEF\xBC\x8C", "\xE3\x80\x82", "\xE2\x80\x9C", "\xE2\x80\x9D"}, /* Han */
    {0x3042, 80, 2, 5, 0, 0, 0, "\xE3\x80\x81", "\xE3\x80\x82", "\xE3\x80\x8C", "\xE3\x80\x8D"},   /* Kana */
    {0x30A2, 80, 2, 7, 0, 0, 0, "\xE3\x80\x81", "\xE3\x80\x82", "\xE3\x80\x8C", "\xE3\x80\x8D"},
    {0xE01, 46, 2, 5, 4, 0xE34, 6, " ", " ", "\"", "\""}, /* Thai */
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, ALPHABETS = 7 };

static void put_script_word(writer *self, const script *from) {
  unsigned count = from->letters_min + (unsigned)below(self, from->letters_max - from->letters_min + 1);
  for (unsigned i = 0; i < count; i++) {
    put_point(self, from->first + (uint32_t)below(self, from->count));
    if (from->mark_count > 0 && !one_in(self, 3))
      put_point(self, from->mark_first + (uint32_t)below(self, from->mark_count));
  }
  if (from->space_one_in > 0 && one_in(self, from->space_one_in)) put(self, " ");
}

static void put_number(writer *self) {
  static const char *const numbers[] = {"12", "3.5", "1,204", "2019", "7", "40%", "15:30", "1990s"};
  put(self, numbers[below(self, sizeof numbers / sizeof *numbers)]);
}

static void put_accented_word(writer *self) {
  static const char *const letters[] = {"\xC3\xA9", "\xC3\xA4", "\xC3\xB1", "\xC3\xA7", "\xC5\x82",
                                        "\xC5\xA1", "\xC3\xB6", "\xC4\x9F", "\xC3\xA0"};
  for (size_t count = 2 + below(self, 8); count > 0; count--) {
    if (one_in(self, 9)) put(self, letters[below(self, sizeof letters / sizeof *letters)]);
    else put_point(self, 'a' + (uint32_t)often_low(self, 26));
  }
}

/* `which`: SCRIPTS is accented Latin, SCRIPTS + 1 English. */
static void put_sentence(writer *self, size_t which) {
  const script *from = which < SCRIPTS ? &scripts[which] : NULL;
  size_t words = 4 + below(self, 26);
  bool quoted = one_in(self, 8), curly = one_in(self, 3);
  if (quoted) put(self, from ? from->open : curly ? "\xE2\x80\x9C" : "\"");
  for (size_t i = 0; i < words; i++) {
    bool last = i + 1 == words;
    if (one_in(self, 40)) put_number(self);
    else if (from != NULL) put_script_word(self, from);
    else if (which == SCRIPTS) put_accented_word(self);
    else put_english_word(self, i == 0);
    if (from != NULL && from->space_one_in == 1) self->len -= self->text[self->len - 1] == ' ';
    if (!last && one_in(self, 11)) put(self, from ? from->comma : one_in(self, 5) ? ";" : ",");
    if (!last && (from == NULL || from->space_one_in == 1)) put(self, " ");
  }
  put(self, from ? from->stop : one_in(self, 20) ? "?" : ".");
  if (quoted) put(self, from ? from->close : curly ? "\xE2\x80\x9D" : "\"");
}

static void put_emoji(writer *self) {
  put_point(self, 0x1F600 + (uint32_t)below(self, 64));
  if (one_in(self, 4)) put(self, "\xE2\x80\x8D\xE2\x9D\xA4\xEF\xB8\x8F");
  if (one_in(self, 6)) put(self, "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7");
}

static void put_paragraph(writer *self, corpus_kind kind) {
  size_t which = SCRIPTS + 1;
  if (kind == CORPUS_ALPHABETS) which = below(self, ALPHABETS + 3);
  if (kind == CORPUS_MIXED) which = below(self, SCRIPTS + 3);
  if (kind == CORPUS_ALPHABETS && which >= ALPHABETS) which = which == ALPHABETS ? SCRIPTS + 1 : SCRIPTS;
  if (which > SCRIPTS + 1) which = SCRIPTS;
  for (size_t sentences = 1 + below(self, 6); sentences > 0; sentences--) {
    put_sentence(self, which);
    if (kind == CORPUS_MIXED && one_in(self, 8)) put_emoji(self);
    if (sentences > 1) put(self, " ");
  }
  put(self, "\n");
}

const char *corpus_name(corpus_kind kind) {
  static const char *const names[CORPUS_COUNT] = {"english", "alphabets", "mixed"};
  return names[kind];
}

char *corpus_make(corpus_kind kind, size_t size, uint64_t seed, size_t *len) {
  enum { PARAGRAPH_MAX = 1 << 14 };
  writer self = {malloc(size + PARAGRAPH_MAX), 0, seed * 2 + 1};
  if (self.text == NULL) return NULL;
  while (self.len < size) put_paragraph(&self, kind);
  while (self.len > size || ((unsigned char)self.text[self.len] & 0xC0) == 0x80) self.len--;
  *len = self.len;
  return self.text;
}
