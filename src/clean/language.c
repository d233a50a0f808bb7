#include "language.h"

#include "unicode.h"
#include "utf8.h"
#include <string.h>

/* Two hundred words tell a language as well as all of a page. */
enum { MOST_BYTES = 1200, LEAST_LETTERS = 40, LEAST_VOTES = 3 };

typedef struct language {
  char code[3];
  const char *words; /* the commonest that no other in the list shares, each between spaces */
} language;

/* Function words from the top of each language's frequency list; words that two of these share are left out. */
static const language latin[] = {
    {"en", " the and of to that was with for said is by are it from this have has "},
    {"fr", " les des et est une dans qui pour pas sur avec au aux ce cette sont ont "},
    {"de", " der die und das den von zu mit sich ist nicht ein eine auf dem im auch "},
    {"es", " el los las y una por con para del al como pero sus est\xC3\xA1 fue "},
    {"it", " il che di della per non sono con nel alla gli dei anche \xC3\xA8 "},
    {"pt", " os uma com n\xC3\xA3o mais dos das pelo ao foi s\xC3\xA3o pela em "},
    {"nl", " het een van niet dat zijn voor met aan ook maar wordt bij "},
    {"pl", " nie si\xC4\x99 jest na przez oraz jak tym \xC5\xBC"
           "e tego kt\xC3\xB3re "},
    {"sv", " och att det som p\xC3\xA5 \xC3\xA4r inte med har till av ett "},
    {"tr", " ve bir bu da i\xC3\xA7in ile olarak daha olan gibi "},
};
enum { LATIN_COUNT = sizeof latin / sizeof latin[0] };

enum { SLOT_BITS = 9, SLOTS = 1 << SLOT_BITS, WORD_BYTES = 7 };

/* The words of all languages, hashed: made for each page that is asked about, which costs less than a comparison for
 * each of its words. */
typedef struct known {
  uint64_t key; /* the word's bytes in lower case, 0 free */
  uint16_t languages;
} known;

typedef struct votes {
  known known[SLOTS];
  size_t words[LATIN_COUNT];
  size_t scripts[LODE_SCRIPT_COUNT];
  size_t letters;
  size_t russian, ukrainian; /* letters of one and not of the other */
} votes;

/* The bytes of a word, its ASCII letters in lower case; 0 for one that is longer than all that are known. */
static uint64_t pack(const char *word, size_t len) {
  uint64_t key = 0;
  if (len > WORD_BYTES) return 0;
  memcpy(&key, word, len);
  uint64_t used = ((uint64_t)1 << 8 * len) - 1, wide = key & 0x8080808080808080u;
  return key | (0x2020202020202020u & used & ~(wide >> 2));
}

static known *slot_of(votes *v, uint64_t key) {
  size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - SLOT_BITS));
  while (v->known[i].key != 0 && v->known[i].key != key) i = (i + 1) % SLOTS;
  return &v->known[i];
}

static void learn_words(votes *v) {
  for (size_t i = 0; i < LATIN_COUNT; i++)
    for (const char *at = latin[i].words + 1, *end; *at != '\0'; at = end + 1) {
      end = strchr(at, ' ');
      uint64_t key = pack(at, (size_t)(end - at));
      known *slot = slot_of(v, key);
      slot->key = key;
      slot->languages |= (uint16_t)(1u << i);
    }
}

static void vote_word(votes *v, const char *word, size_t len) {
  uint64_t key = pack(word, len);
  if (key == 0) return;
  for (unsigned said = slot_of(v, key)->languages; said != 0; said &= said - 1) v->words[__builtin_ctz(said)]++;
}

static void vote_letter(votes *v, uint32_t cp) {
  v->scripts[lode_script_of(cp)]++;
  v->letters++;
  uint32_t low = cp >= 0x0410 && cp <= 0x042F ? cp + 0x20 : cp;
  if (low == 0x044B || low == 0x044D || low == 0x044A) v->russian++;
  if (low == 0x0456 || low == 0x0457 || low == 0x0454 || low == 0x0406 || low == 0x0407 || low == 0x0404)
    v->ukrainian++;
}

static bool is_ascii_letter(char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

static void vote_text(votes *v, const char *text, size_t len) {
  for (size_t at = 0; at < len;) {
    size_t word = at;
    for (uint32_t cp; at < len;) {
      size_t n = 1;
      if (is_ascii_letter(text[at])) {
        v->scripts[LODE_SCRIPT_LATIN]++;
        v->letters++;
      } else if ((unsigned char)text[at] < 0x80) {
        break;
      } else {
        n = lode_utf8_next(text + at, &cp);
        if (!lode_is_letter(cp)) break;
        vote_letter(v, cp);
      }
      at += n;
    }
    if (at > word) vote_word(v, text + word, at - word);
    else at += (unsigned char)text[at] < 0x80 ? 1 : lode_utf8_next(text + at, &(uint32_t){0});
  }
}

static const char *by_words(const votes *v) {
  size_t best = 0, second = 0;
  for (size_t i = 1; i < LATIN_COUNT; i++)
    if (v->words[i] > v->words[best]) best = i;
  for (size_t i = 0; i < LATIN_COUNT; i++)
    if (i != best && v->words[i] > second) second = v->words[i];
  return v->words[best] >= LEAST_VOTES && v->words[best] >= 2 * second ? latin[best].code : NULL;
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
  learn_words(&v);
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
