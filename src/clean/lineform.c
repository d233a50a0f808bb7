#include "lineform.h"

#include "ascii.h"
#include "bits.h"
#include "cues.h"
#include "utf8.h"
#include <string.h>

enum {
  HEAD_WORDS = 12,  /* words at the start whose cues are known by place */
  HEAD_BYTES = 320, /* cues are looked up this near to either end */
  TAIL_BYTES = 120,
};

typedef struct word {
  uint8_t cue;
  bool upper;  /* begins with a capital */
  bool digits; /* begins with a digit */
  char after;  /* the next byte that is no space, 0 at the end */
} word;

/* Counts of one line that only the guess needs. */
typedef struct scan {
  const char *text;
  size_t len;
  word head[HEAD_WORDS];
  size_t last;  /* where the last word begins */
  size_t words; /* runs of ASCII letters or digits, all of them */
  uint32_t cues[LODE__CUE_COUNT];
  uint32_t upper, digit_words, numbers, joined, cjk, close_script;
  uint32_t scripts[LODE_SCRIPT_COUNT];
  bool in_unit, copy_sign, email, url;
} scan;

static bool is_ascii_letter(unsigned char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_ascii_digit(unsigned char c) {
  return (unsigned char)(c - '0') < 10;
}

static void count_up(uint16_t *n) {
  if (*n < UINT16_MAX) (*n)++;
}

static void see_unit(scan *s, lode__line *line) {
  if (!s->in_unit) line->units++;
  s->in_unit = true;
}

static char next_mark(const scan *s, size_t at) {
  while (at < s->len && s->text[at] == ' ') at++;
  return at < s->len ? s->text[at] : '\0';
}

/* "EditionASIA", "NewsInternational": a capital behind a lower-case letter with a word on either side.
 * Names do it too (McDonald, iPhone, WhatsApp), so one side must be four letters and the other three. */
static bool is_glued(const char *text, size_t len) {
  for (size_t i = 4; i + 3 <= len; i++)
    if (text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z') return true;
  return false;
}

/* The letters, or digits, from `at` to `end`, where cues are looked for. */
static void see_word(scan *s, size_t at, size_t end, bool digits, bool maybe_glued) {
  word w = {.digits = digits, .upper = s->text[at] >= 'A' && s->text[at] <= 'Z'};
  if (!digits) w.cue = (uint8_t)lode__cue_of(s->text + at, end - at);
  s->cues[w.cue]++;
  if (s->words < HEAD_WORDS) {
    w.after = next_mark(s, end);
    s->head[s->words] = w;
  }
  if (maybe_glued && !digits && end - at < 40 && is_glued(s->text + at, end - at)) s->joined++;
}

static bool is_near_an_end(const scan *s, size_t at) {
  return at < HEAD_BYTES || s->len - at < TAIL_BYTES;
}

/* A run of ASCII letters, or of digits, from `at`; returns its end. */
static size_t see_ascii_run(scan *s, lode__line *line, size_t at) {
  const char *t = s->text;
  bool digits = is_ascii_digit((unsigned char)t[at]), inside = s->in_unit;
  size_t end = at + 1;
  if (digits)
    while (end < s->len && is_ascii_digit((unsigned char)t[end])) end++;
  else
    while (end < s->len && is_ascii_letter((unsigned char)t[end])) end++;
  see_unit(s, line);
  if (digits) {
    s->digit_words++;
  } else {
    line->letters += (uint32_t)(end - at);
    s->scripts[LODE_SCRIPT_LATIN] += (uint32_t)(end - at);
    if (t[at] >= 'A' && t[at] <= 'Z') s->upper++;
    else if (!inside) line->lower++;
  }
  if (is_near_an_end(s, at)) see_word(s, at, end, digits, true);
  s->last = at;
  s->words++;
  return end;
}

static bool is_alone(const scan *s, size_t at, size_t n) {
  return (at == 0 || s->text[at - 1] == ' ') && (at + n >= s->len || s->text[at + n] == ' ');
}

static void see_ascii_mark(scan *s, lode__line *line, size_t at) {
  char c = s->text[at];
  if (c == ' ' || (c >= '\t' && c <= '\r')) {
    s->in_unit = false;
    return;
  }
  if (c == '|') count_up(&line->separators), count_up(&line->pipes), s->in_unit = false;
  if ((c == '/' || c == '>' || c == '<') && is_alone(s, at, 1)) count_up(&line->separators);
  if ((c == '.' || c == '!' || c == '?') && (at + 1 == s->len || strchr(" \"')]", s->text[at + 1]) != NULL))
    count_up(&line->stops);
  if (c == '@' && at > 0 && at + 1 < s->len && is_ascii_letter((unsigned char)(s->text[at + 1])))
    s->email =
        s->email || is_ascii_letter((unsigned char)s->text[at - 1]) || is_ascii_digit((unsigned char)s->text[at - 1]);
  if (c == ':' && at + 2 < s->len && s->text[at + 1] == '/' && s->text[at + 2] == '/') s->url = true;
}

static bool is_stop(uint32_t cp) {
  switch (cp) {
    case '.':
    case 0x2026:
    case 0x3002:
    case 0xFF0E:
    case 0xFF61:
    case 0x06D4:
    case 0x0964:
    case 0x0965:
    case 0x0589:
    case 0x17D4:
    case 0x1362:
    case 0x104B: return true;
    default: return false;
  }
}

static bool is_ask(uint32_t cp) {
  return cp == '!' || cp == '?' || cp == 0xFF01 || cp == 0xFF1F || cp == 0x061F || cp == 0x203D || cp == 0x2047 ||
         cp == 0x2049;
}

static bool is_pause(uint32_t cp) {
  return cp == ',' || cp == ';' || cp == ':' || cp == 0x2014 || cp == 0x2013 || cp == 0xFF0C || cp == 0x3001 ||
         cp == 0xFF1A || cp == 0xFF1B || cp == 0x060C || cp == 0x061B;
}

static bool is_closer(uint32_t cp) {
  switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x201D:
    case 0x2019:
    case 0x00BB:
    case 0x203A:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x3011:
    case 0x300B: return true;
    default: return lode_is_space(cp);
  }
}

static bool has_no_spaces(lode_script script) {
  return script == LODE_SCRIPT_THAI || script == LODE_SCRIPT_LAO || script == LODE_SCRIPT_KHMER ||
         script == LODE_SCRIPT_MYANMAR;
}

static void see_letter(scan *s, lode__line *line, uint32_t cp) {
  lode_script script = lode_script_of(cp);
  line->letters++;
  if (script == LODE_SCRIPT_HAN || script == LODE_SCRIPT_HIRAGANA || script == LODE_SCRIPT_KATAKANA) {
    s->scripts[LODE_SCRIPT_HAN]++;
    s->cjk++;
    return;
  }
  s->scripts[script]++;
  if (has_no_spaces(script)) {
    s->close_script++;
    return;
  }
  if (!s->in_unit && !lode_is_upper(cp)) line->lower++;
  if (lode_is_upper(cp)) s->upper++;
  see_unit(s, line);
}

static size_t see_other(scan *s, lode__line *line, size_t at) {
  uint32_t cp;
  size_t n = lode_utf8_next(s->text + at, &cp);
  if (lode_is_letter(cp)) {
    see_letter(s, line, cp);
  } else if (lode_is_space(cp)) {
    s->in_unit = false;
  } else if (cp == 0x00A9) {
    /* Standing free: inside a word it is the second half of a broken accented letter. */
    bool begins = at == 0 || s->text[at - 1] == ' ' || s->text[at - 1] == '|';
    s->copy_sign = s->copy_sign || (begins && at < HEAD_BYTES);
  } else if (cp == 0xFF5C || cp == 0x2502 || cp == 0x2022 || cp == 0x203A ||
             ((cp == 0x00B7 || cp == 0x00BB) && is_alone(s, at, n))) {
    count_up(&line->separators);
    if (cp == 0xFF5C || cp == 0x2502) count_up(&line->pipes);
  } else if (is_stop(cp) || is_ask(cp)) {
    count_up(&line->stops);
  }
  return n;
}

static lode__ending ending_of(const char *text, size_t len) {
  /* Closing marks are few; a line of a million of them is not worth reading again. */
  for (int i = 0; i < 8 && len > 0; i++) {
    uint32_t cp;
    len -= lode_utf8_back(text, len);
    lode_utf8_next(text + len, &cp);
    if (is_stop(cp)) return LODE__END_STOP;
    if (is_ask(cp)) return LODE__END_ASK;
    if (is_pause(cp)) return LODE__END_PAUSE;
    if (!is_closer(cp)) return LODE__END_NONE;
  }
  return LODE__END_NONE;
}

/* A bullet, or a list number with its stop, and a space. */
static bool is_listed(const char *text, size_t len) {
  static const char *const bullets[] = {
      "- ", "* ", "+ ", "\xE2\x80\xA2", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xC2\xB7 ", "\xE2\x96\xAA", "\xE2\x97\x8F"};
  for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
    if (strlen(bullets[i]) <= len && memcmp(text, bullets[i], strlen(bullets[i])) == 0) return true;
  size_t at = 0;
  while (at < len && at < 3 && is_ascii_digit((unsigned char)text[at])) at++;
  return at > 0 && at + 1 < len && (text[at] == '.' || text[at] == ')') && text[at + 1] == ' ';
}

/* 2025-08-20, 20:12, 8/12/2025: digits, a mark, digits. */
static bool has_figures(const char *text, size_t len) {
  size_t most = len < HEAD_BYTES ? len : HEAD_BYTES;
  for (size_t i = 1; i + 2 < most; i++) {
    bool mark = text[i] == '-' || text[i] == ':' || text[i] == '/' || text[i] == '.';
    if (mark && is_ascii_digit((unsigned char)text[i - 1]) && is_ascii_digit((unsigned char)text[i + 1]) &&
        is_ascii_digit((unsigned char)text[i + 2]))
      return true;
  }
  return false;
}

static void finish(scan *s, lode__line *line) {
  for (int i = 1; i < LODE_SCRIPT_COUNT; i++) {
    if (s->scripts[i] <= line->script_letters) continue;
    line->script = (uint8_t)i;
    line->script_letters = s->scripts[i];
  }
  line->units += s->cjk / 2 + s->close_script / 5;
  line->lower += s->cjk / 2 + s->close_script / 5;
  line->ending = (uint8_t)ending_of(s->text, s->len);
  line->listed = is_listed(s->text, s->len);
  line->sign = s->cues[LODE__CUE_SIGN] != 0;
  line->date =
      (s->cues[LODE__CUE_DATE] != 0 && s->digit_words != 0) || (s->digit_words > 1 && has_figures(s->text, s->len));
  line->glued = s->joined != 0;
}

static bool is_cue(const scan *s, size_t i, lode__cue cue) {
  return i < s->words && i < HEAD_WORDS && s->head[i].cue == cue;
}

static char after(const scan *s, size_t i) {
  return i < s->words && i < HEAD_WORDS ? s->head[i].after : '\0';
}

/* All words but a few small ones begin with a capital: names, labels, menus. */
static bool is_titled(const lode__line *line) {
  return line->lower * 3 <= line->units;
}

static bool ends_open(const lode__line *line) {
  return line->ending == LODE__END_NONE || line->ending == LODE__END_PAUSE;
}

/* The same, or "10:15 a.m.", whose last stop ends no sentence: for lines that say when. */
static bool ends_in_time(const scan *s, const lode__line *line) {
  if (ends_open(line) || s->len < 6) return ends_open(line);
  const char *tail = s->text + s->len - 4;
  return (tail[0] == 'a' || tail[0] == 'p') && memcmp(tail + 1, ".m.", 3) == 0 &&
         (tail[-1] == ' ' || is_ascii_digit((unsigned char)tail[-1]));
}

static bool is_share(const scan *s, const lode__line *line) {
  if (!ends_open(line)) return false;
  if (s->cues[LODE__CUE_SOCIAL] >= 2 && line->units <= 25 && s->cues[LODE__CUE_SOCIAL] * 3 >= line->units) return true;
  bool click = is_cue(s, 0, LODE__CUE_CLICK) && (is_cue(s, 2, LODE__CUE_SHARE) || is_cue(s, 2, LODE__CUE_SOCIAL));
  if (click && line->units <= 12) return true;
  bool asks = is_cue(s, 0, LODE__CUE_SHARE) || is_cue(s, 0, LODE__CUE_FOLLOW);
  if (asks)
    return line->units <= 2 ||
           (line->units <= 8 && (s->cues[LODE__CUE_SOCIAL] != 0 || is_cue(s, 1, LODE__CUE_THIS) || after(s, 0) == ':'));
  return s->cues[LODE__CUE_SOCIAL] != 0 && line->units <= 2;
}

/* "(c) AGENCY/ NAME what it shows": a photo's, where a site's own has a year or claims its rights. */
static bool is_photo_right(const scan *s) {
  return s->copy_sign && s->digit_words == 0 && s->cues[LODE__CUE_RIGHTS] == 0 && s->cues[LODE__CUE_COPY] == 0;
}

static bool is_footer(const scan *s, const lode__line *line) {
  if (s->copy_sign && !is_photo_right(s) && (line->units <= 40 || s->cues[LODE__CUE_RESERVED] != 0)) return true;
  if (s->cues[LODE__CUE_RIGHTS] != 0 && s->cues[LODE__CUE_RESERVED] != 0) return true;
  if (is_cue(s, 0, LODE__CUE_COPY) && s->words > 1 && (s->head[1].digits || after(s, 0) == ':' || after(s, 0) == '('))
    return true;
  bool number = is_cue(s, 0, LODE__CUE_NUMBER) || is_cue(s, 1, LODE__CUE_NUMBER);
  if (number && s->digit_words != 0 && line->units <= 9 && ends_open(line)) return true;
  if (is_cue(s, 0, LODE__CUE_CONTACT) && (s->email || (line->units <= 2 && ends_open(line))) && line->units <= 15)
    return true;
  return s->email && line->units <= 6 && line->lower * 2 <= line->units + 1;
}

/* "Source: X", "Credited from: X", "Reporting by X; editing by Y". */
static bool is_credit(const scan *s, const lode__line *line) {
  bool labelled = after(s, 0) == ':' || after(s, 1) == ':';
  if (is_cue(s, 0, LODE__CUE_CREDIT) && labelled && line->units <= 12) return true;
  bool desk = is_cue(s, 0, LODE__CUE_DESK) || (is_cue(s, 1, LODE__CUE_DESK) && s->head[0].upper);
  bool by = is_cue(s, 1, LODE__CUE_BY) || is_cue(s, 2, LODE__CUE_BY);
  return desk && by && line->units <= 40 && line->stops <= 2;
}

/* "Posted", "Updated: ...", "Last updated on ...", "Published 3 days ago": the word is followed by when or by
 * whom, since a sentence may begin with it too. */
static bool is_stamped(const scan *s, const lode__line *line) {
  size_t i = is_cue(s, 0, LODE__CUE_LAST) ? 1 : 0;
  if (!is_cue(s, i, LODE__CUE_POSTED) && !is_cue(s, i, LODE__CUE_UPDATED)) return false;
  if (line->units <= i + 1) return true;
  bool mark = after(s, i) == ':' || after(s, i) == '|';
  bool by = is_cue(s, i + 1, LODE__CUE_BY);
  bool when = is_cue(s, i + 1, LODE__CUE_THIS) || is_cue(s, i + 1, LODE__CUE_DATE) || s->head[i + 1].digits;
  if (!mark && !by && !(when && line->date)) return false;
  return line->units <= 30 && (ends_in_time(s, line) || line->units <= 5 || (mark && line->units <= 12));
}

static bool is_byline(const scan *s, const lode__line *line) {
  if (is_stamped(s, line)) return true;
  if (!is_cue(s, 0, LODE__CUE_BY) || s->words < 2 || !s->head[1].upper || s->head[1].cue == LODE__CUE_DATE)
    return false;
  if (line->pipes != 0 && line->units <= 30) return true;
  return line->units <= 16 && line->stops <= 1 && (is_titled(line) || s->cues[LODE__CUE_UPDATED] != 0);
}

/* A bracket at the end that speaks of a photo: [Photo/Agencies], (AP Photo/X Y), (Photo by X). */
static bool ends_with_credit(const scan *s) {
  if (s->len < 3 || (s->text[s->len - 1] != ']' && s->text[s->len - 1] != ')')) return false;
  size_t open = s->len - 1, least = s->len > TAIL_BYTES ? s->len - TAIL_BYTES : 0;
  while (open > least && s->text[open] != '[' && s->text[open] != '(') open--;
  size_t seen = 0;
  for (size_t at = open; at < s->len; at++) {
    if (!is_ascii_letter((unsigned char)s->text[at])) continue;
    size_t end = at;
    while (end < s->len && is_ascii_letter((unsigned char)s->text[end])) end++;
    if (++seen <= 3 && lode__cue_of(s->text + at, end - at) == LODE__CUE_PHOTO) return true;
    at = end;
  }
  return false;
}

/* An agency behind a slash at the end, with no stop behind it: "... on Monday. Jane Roe/AFP". */
static bool ends_with_agency(const scan *s, const lode__line *line) {
  if (line->ending != LODE__END_NONE || line->stops == 0 || s->url) return false;
  size_t at = s->len, least = s->len > 40 ? s->len - 40 : 0;
  while (at > least && (is_ascii_letter((unsigned char)s->text[at - 1]) || s->text[at - 1] == ' ')) at--;
  if (at < least + 2 || s->text[at - 1] != '/' || at == s->len || !is_ascii_letter((unsigned char)s->text[at - 2]))
    return false;
  return s->text[at] >= 'A' && s->text[at] <= 'Z';
}

static lode__cue last_cue(const scan *s) {
  size_t end = s->last;
  while (end < s->len && is_ascii_letter((unsigned char)s->text[end])) end++;
  return is_near_an_end(s, s->last) ? lode__cue_of(s->text + s->last, end - s->last) : LODE__CUE_NONE;
}

static bool is_caption(const scan *s, const lode__line *line) {
  if (line->units > 200) return false;
  if (ends_with_credit(s) || ends_with_agency(s, line) || is_photo_right(s)) return true;
  if (is_cue(s, 0, LODE__CUE_PHOTO) && (is_cue(s, 1, LODE__CUE_COPY) || is_cue(s, 1, LODE__CUE_PHOTO))) return true;
  for (size_t i = 0; i + 1 < HEAD_WORDS; i++)
    if (is_cue(s, i, LODE__CUE_FILE) && is_cue(s, i + 1, LODE__CUE_PHOTO)) return true;
  bool photo = is_cue(s, 0, LODE__CUE_PHOTO) || is_cue(s, 1, LODE__CUE_PHOTO);
  bool file = is_cue(s, 0, LODE__CUE_FILE);
  char mark = photo && !is_cue(s, 0, LODE__CUE_PHOTO) ? after(s, 1) : after(s, 0);
  bool bracket = s->text[0] == '(' || s->text[0] == '[';
  if (photo && (mark == ':' || mark == '/' || bracket)) return true;
  if (file && (bracket || mark == '-' || mark == ':')) return true;
  return s->words != 0 && last_cue(s) == LODE__CUE_PHOTO && ends_open(line) && s->cues[LODE__CUE_PHOTO] > 1;
}

static bool is_related(const scan *s, const lode__line *line) {
  if (line->units > 30) return false;
  bool label = after(s, 0) == ':' || after(s, 1) == ':' || after(s, 0) == '|';
  bool open = ends_open(line);
  if (s->cues[LODE__CUE_CLICK] != 0 && s->cues[LODE__CUE_HERE] != 0 && line->stops <= 1 && line->units <= 25)
    return true;
  if (is_cue(s, 0, LODE__CUE_RELATED) && (label || (open && line->units <= 4))) return true;
  if (is_cue(s, 0, LODE__CUE_MOST) && is_cue(s, 1, LODE__CUE_POPULAR) && open) return true;
  if (is_cue(s, 0, LODE__CUE_MOST) && is_cue(s, 1, LODE__CUE_READ) && open) return true;
  bool pair = (is_cue(s, 0, LODE__CUE_READ) && is_cue(s, 1, LODE__CUE_MORE)) ||
              (is_cue(s, 0, LODE__CUE_MORE) && is_cue(s, 1, LODE__CUE_READ));
  if (pair) return label || (open && line->units <= 3);
  return is_cue(s, 0, LODE__CUE_READ) && (after(s, 0) == ':' || after(s, 0) == '|') && open;
}

static bool is_menu(const scan *s, const lode__line *line) {
  if (!ends_open(line) || line->units == 0) return false;
  if (is_cue(s, 0, LODE__CUE_ADVERT) && line->units <= 3) return true;
  if (is_cue(s, 0, LODE__CUE_MENU) && (line->units <= 1 || line->separators != 0)) return true;
  if (is_cue(s, 0, LODE__CUE_COUNTER) && line->units == 1) return true;
  bool counter = s->cues[LODE__CUE_COUNTER] != 0 && s->digit_words != 0 && line->units <= 4;
  bool bar = line->separators >= 2 && line->units <= 4u * (line->separators + 1u);
  return counter || bar;
}

/* Dates, times, places and nothing else. */
static bool is_dateline(const scan *s, const lode__line *line) {
  if (!line->date || line->units > 12 || !ends_in_time(s, line)) return false;
  size_t parts = s->cues[LODE__CUE_DATE] + s->digit_words;
  return parts * 2 >= s->words && parts * 2 >= line->units;
}

static lode_zone guess_zone(const scan *s, const lode__line *line) {
  if (s->words == 0 && !s->copy_sign) return LODE_ZONE_BODY;
  if (is_share(s, line)) return LODE_ZONE_SHARE;
  if (is_footer(s, line)) return LODE_ZONE_FOOTER;
  if (is_credit(s, line)) return LODE_ZONE_CREDIT;
  if (is_byline(s, line)) return LODE_ZONE_BYLINE;
  if (is_caption(s, line)) return LODE_ZONE_CAPTION;
  if (is_related(s, line)) return LODE_ZONE_RELATED;
  if (is_dateline(s, line)) return LODE_ZONE_DATELINE;
  if (is_menu(s, line)) return LODE_ZONE_NAV;
  return LODE_ZONE_BODY;
}

/* How many of the bytes of a window stand in it whole: up to the first that is no ASCII, and without a word that goes
 * on behind it; 0 where a word fills the window. */
static size_t whole_bytes(const lode_ascii *is, size_t len) {
  size_t count = is->high == 0 ? 64 : (size_t)__builtin_ctzll(is->high);
  if (count < 64 || len <= 64) return count < len ? count : len;
  uint64_t between = ~(is->letters | is->digits);
  return between == 0 ? 0 : 64 - (size_t)__builtin_clzll(between);
}

static void see_window_words(scan *s, const lode_ascii *is, size_t at) {
  uint64_t starts = (is->letters & ~(is->letters << 1)) | (is->digits & ~(is->digits << 1));
  uint64_t joints = is->capitals & (is->letters & ~is->capitals) << 1;
  if (starts == 0) return;
  s->last = at + 63 - (size_t)__builtin_clzll(starts);
  if (!is_near_an_end(s, at) && !is_near_an_end(s, s->last)) {
    s->words += lode_bits_count(starts);
    return;
  }
  for (; starts != 0; starts &= starts - 1, s->words++) {
    size_t i = (size_t)__builtin_ctzll(starts);
    bool digits = (is->digits >> i & 1) != 0;
    uint64_t rest = ~(digits ? is->digits : is->letters) >> i;
    size_t count = rest == 0 ? 64 - i : (size_t)__builtin_ctzll(rest);
    if (is_near_an_end(s, at + i)) see_word(s, at + i, at + i + count, digits, joints >> i != 0);
  }
}

/* The ASCII at the front of the next 64 bytes at once; returns where it ends, `at` itself where it must be seen
 * byte by byte.  The same as see_ascii_run and see_ascii_mark for each of its bytes. */
static size_t see_window(scan *s, lode__line *line, size_t at) {
  char copy[64] = {0};
  const char *from = s->text + at;
  if (s->len - at < 64) from = memcpy(copy, from, s->len - at);
  lode_ascii is = lode_ascii_of(from);
  size_t count = whole_bytes(&is, s->len - at);
  if (count == 0) return at;
  uint64_t all = count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1, marks = is.marks & all, breaks = 0;
  is.letters &= all, is.capitals &= all, is.digits &= all, is.spaces &= all, is.stops &= all;
  for (uint64_t stops = is.stops & ~(is.spaces >> 1); stops != 0; stops &= stops - 1)
    see_ascii_mark(s, line, at + (size_t)__builtin_ctzll(stops));
  for (uint32_t n = lode_bits_count(is.stops & is.spaces >> 1); n > 0; n--) count_up(&line->stops);
  bool inside = s->in_unit;
  for (; marks != 0; marks &= marks - 1) {
    size_t i = (size_t)__builtin_ctzll(marks);
    see_ascii_mark(s, line, at + i);
    if (from[i] == '|') breaks |= (uint64_t)1 << i;
  }
  /* A unit begins with the first letter or digit behind a space: a carry runs over the marks in between. */
  uint64_t alnum = is.letters | is.digits, space = is.spaces | breaks, other = all & ~alnum & ~space;
  uint64_t open = space << 1 | !inside, first_of_unit = (open | ((open & other) + other)) & alnum;
  line->units += lode_bits_count(first_of_unit);
  line->lower += lode_bits_count(first_of_unit & is.letters & ~is.capitals);
  line->letters += lode_bits_count(is.letters);
  s->scripts[LODE_SCRIPT_LATIN] += lode_bits_count(is.letters);
  uint64_t runs = is.letters & ~(is.letters << 1);
  s->upper += lode_bits_count(runs & is.capitals);
  s->digit_words += lode_bits_count(is.digits & ~(is.digits << 1));
  s->in_unit = (alnum | space) == 0 ? inside : alnum > space;
  see_window_words(s, &is, at);
  return at + count;
}

lode__line lode__line_look(const char *text, size_t len) {
  scan s = {.text = text, .len = len};
  lode__line line = {0};
  for (size_t at = 0; at < len;) {
    unsigned char c = (unsigned char)text[at];
    size_t seen = c < 0x80 ? see_window(&s, &line, at) : at;
    if (seen > at) at = seen;
    else if (c >= 0x80) at += see_other(&s, &line, at);
    else at = see_ascii_run(&s, &line, at);
  }
  finish(&s, &line);
  line.guess = (uint8_t)guess_zone(&s, &line);
  return line;
}

bool lode__line_is_prose(const lode__line *line) {
  if (line->pipes >= 2 && line->stops <= 1) return false;
  if (line->lower * 3 < line->units) return false;
  switch ((lode__ending)line->ending) {
    case LODE__END_STOP: return line->units >= 6;
    case LODE__END_ASK: return line->units >= 8;
    case LODE__END_PAUSE: return line->units >= 10;
    case LODE__END_NONE: return line->units >= 20 || (line->stops >= 1 && line->units >= 12);
  }
  return false;
}
