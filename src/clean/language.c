#include "language.h"

#include "ascii.h"
#include "bits.h"
#include "functionwords.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>

/* Two hundred words tell a language as well as all of a page. */
enum { MOST_BYTES = 1200, LEAST_LETTERS = 40, LEAST_VOTES = 3 };

typedef struct votes {
  size_t words[LODE__FUNCTION_LANGUAGES];
  size_t scripts[LODE_SCRIPT_COUNT];
  size_t letters;
  size_t russian, ukrainian; /* letters of one and not of the other */
} votes;

/* The word of len bytes at `at`, its ASCII letters in lower case, is said once. */
static void vote_word(votes *v, const char *text, size_t text_len, size_t at, size_t len) {
  uint64_t key = 0;
  if (len >= sizeof key) return; /* longer than all that are known */
  if (text_len - at >= sizeof key) memcpy(&key, text + at, sizeof key);
  else memcpy(&key, text + at, len);
  key &= ((uint64_t)1 << 8 * len) - 1;
  key |= (key & ~(key >> 1) & 0x4040404040404040u) >> 1; /* bytes of ASCII have bit 7 clear, its letters bit 6 set */
  for (unsigned said = lode__function_word_of(key); said != 0; said &= said - 1) v->words[__builtin_ctz(said)]++;
}

static void vote_letter(votes *v, uint32_t cp) {
  v->scripts[lode_script_of(cp)]++;
  v->letters++;
  uint32_t low = cp >= 0x0410 && cp <= 0x042F ? cp + 0x20 : cp;
  if (low == 0x044B || low == 0x044D || low == 0x044A) v->russian++;
  if (low == 0x0456 || low == 0x0457 || low == 0x0454 || low == 0x0406 || low == 0x0407 || low == 0x0404)
    v->ukrainian++;
}

static size_t ascii_letters_end(const char *text, size_t at, size_t len) {
  while (at < len && (unsigned char)((text[at] | 0x20) - 'a') < 26) at++;
  return at;
}

/* The whole words of ASCII letters at the front of the next 64 bytes, `at` not inside of a word; returns where they end. */
static size_t vote_window(votes *v, const char *text, size_t len, size_t at) {
  lode_ascii is = lode_ascii_of(text + at);
  uint64_t front = is.high == 0 ? ~(uint64_t)0 : (is.high & (0 - is.high)) - 1, between = ~is.letters & front;
  if (between == 0) return at;
  size_t count = 64 - (size_t)__builtin_clzll(between);
  is.letters &= ~(uint64_t)0 >> (64 - count);
  size_t letters = lode_bits_count(is.letters);
  v->scripts[LODE_SCRIPT_LATIN] += letters;
  v->letters += letters;
  uint64_t begins = is.letters & ~(is.letters << 1), ends = ~is.letters & is.letters << 1;
  for (; begins != 0; begins &= begins - 1, ends &= ends - 1) {
    size_t begin = (size_t)__builtin_ctzll(begins), end = (size_t)__builtin_ctzll(ends);
    vote_word(v, text, len, at + begin, end - begin);
  }
  return at + count;
}

static void vote_text(votes *v, const char *text, size_t len) {
  for (size_t at = 0; at < len;) {
    size_t word = len - at >= 64 ? vote_window(v, text, len, at) : at, n = 0;
    if (word > at) {
      at = word;
      continue;
    }
    for (;; at += n) {
      uint32_t cp;
      size_t end = ascii_letters_end(text, at, len);
      v->scripts[LODE_SCRIPT_LATIN] += end - at;
      v->letters += end - at;
      at = end;
      n = 0;
      if (at == len || (unsigned char)text[at] < 0x80) break;
      n = lode_utf8_next(text + at, &cp);
      if (!lode_is_letter(cp)) break;
      vote_letter(v, cp);
    }
    if (at > word) vote_word(v, text, len, word, at - word);
    else at += n > 0 ? n : 1;
  }
}

static const char *by_words(const votes *v) {
  size_t best = 0, second = 0;
  for (size_t i = 1; i < LODE__FUNCTION_LANGUAGES; i++)
    if (v->words[i] > v->words[best]) best = i;
  for (size_t i = 0; i < LODE__FUNCTION_LANGUAGES; i++)
    if (i != best && v->words[i] > second) second = v->words[i];
  return v->words[best] >= LEAST_VOTES && v->words[best] >= 2 * second ? lode__function_languages[best] : NULL;
}

static const char *by_script(const votes *v, lode_script script) {
  switch (script) {
    case LODE_SCRIPT_LATIN: return by_words(v);
    case LODE_SCRIPT_GREEK: return "el";
    case LODE_SCRIPT_HEBREW: return "he";
    case LODE_SCRIPT_ARMENIAN: return "hy";
    case LODE_SCRIPT_GEORGIAN: return "ka";
    case LODE_SCRIPT_THAI: return "th";
    case LODE_SCRIPT_HANGUL: return "ko";
    case LODE_SCRIPT_HIRAGANA:
    case LODE_SCRIPT_KATAKANA: return "ja";
    /* Japanese mixes Han with a good part of Kana, Chinese has none. */
    case LODE_SCRIPT_HAN: return v->scripts[LODE_SCRIPT_HIRAGANA] * 10 >= v->scripts[LODE_SCRIPT_HAN] ? "ja" : "zh";
    case LODE_SCRIPT_CYRILLIC:
      if (v->ukrainian > 4 * v->russian && v->ukrainian * 50 >= v->letters) return "uk";
      return v->russian > 4 * v->ukrainian && v->russian * 100 >= v->letters ? "ru" : NULL;
    default: return NULL;
  }
}

const char *lode__language_of(const lode_page *page) {
  votes v = {0};
  size_t read = 0;
  for (size_t i = 0; i < page->paragraph_count && read < MOST_BYTES; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (p->zone != LODE_ZONE_BODY) continue;
    size_t len = p->end - p->begin, most = MOST_BYTES - read;
    if (len > most) {
      len = most;
      while (len > 0 && ((unsigned char)page->content[p->begin + len] & 0xC0) == 0x80) len--;
    }
    vote_text(&v, page->content + p->begin, len);
    read += p->end - p->begin;
  }
  size_t best = 0;
  for (size_t s = 1; s < LODE_SCRIPT_COUNT; s++)
    if (v.scripts[s] > v.scripts[best]) best = s;
  return v.letters < LEAST_LETTERS ? NULL : by_script(&v, (lode_script)best);
}
