/* How a plain text gets its zones.
 *
 * 1. Each line alone: lineform.c guesses a zone from its form (a share bar, a byline) or leaves it open.
 * 2. The page's script is that of its sentences.  Lines of another script that are no sentences, and long
 *    rows between pipes, are injected.
 * 3. The story is the stretch of lines with the largest sum of weights: sentences count by their words,
 *    furniture and bare short lines against it (a maximal segment sum, one pass; the idea is that of
 *    Pasternack and Roth 2009 with lines for tags).  A run of bare lines costs no more than LONGEST_RUN, so
 *    a list inside a long story does not cut it in two, while a notice behind a menu stays outside.
 * 4. Inside the story an open line is body.  Before it stand headline, names, menus; behind it what sites
 *    put below stories.
 * A page without sentences (a list, one line, a table) is body but for what step 1 is sure of. */
#include "zones.h"

#include "lineform.h"
#include "mem.h"
#include <stdlib.h>

enum {
  MOST_WEIGHT = 60, /* a paragraph of 500 words is no better proof than one of 60 */
  LONGEST_RUN = 60,
  LEAST_STORY = 12,    /* words of sentences that make a page a story */
  STORY_SHARE = 8,     /* and its least share of all words: one in so many */
  SURE_STORY = 100,    /* words of sentences that are a story under whatever menus */
  LEAST_MENU = 5,      /* labels below one another that make a menu */
  MOST_DECK = 4,       /* lines from the headline to the last of its deck */
  SPAM_ROW_BYTES = 24, /* mean bytes between the pipes of a row that is no menu */
};

typedef struct zoner {
  lode_page *page;
  lode__line *lines;
  size_t count;
  uint8_t script;    /* of the page */
  size_t begin, end; /* lines of the story */
  size_t headline;   /* line, or count */
} zoner;

static bool is_open(const lode__line *line) {
  return line->guess == LODE_ZONE_BODY;
}

/* What sites say of themselves in whole sentences: only a long paragraph may speak of newsletters and still count. */
static bool is_notice(const lode__line *line) {
  return line->sign && line->units <= 60;
}

static bool is_sentence(const lode__line *line) {
  return line->ending == LODE__END_STOP || line->ending == LODE__END_ASK;
}

static bool counts_as_prose(const lode__line *line) {
  return is_open(line) && !is_notice(line) && lode__line_is_prose(line);
}

/* The script of the sentences, weighed by letters; of all lines where there are none. */
static uint8_t script_of_page(const zoner *z) {
  uint64_t prose[LODE_SCRIPT_COUNT] = {0}, all[LODE_SCRIPT_COUNT] = {0};
  for (size_t i = 0; i < z->count; i++) {
    const lode__line *line = &z->lines[i];
    all[line->script] += line->script_letters;
    if (line->pipes < 2 && is_sentence(line) && lode__line_is_prose(line)) prose[line->script] += line->script_letters;
  }
  size_t best = 0, best_all = 0;
  for (size_t s = 1; s < LODE_SCRIPT_COUNT; s++) {
    if (prose[s] > prose[best]) best = s;
    if (all[s] > all[best_all]) best_all = s;
  }
  return (uint8_t)(prose[best] != 0 ? best : best_all);
}

static bool is_foreign(const zoner *z, const lode__line *line) {
  if (line->script == z->script || line->letters < 4 || line->script_letters * 2 <= line->letters) return false;
  return !(is_sentence(line) && line->pipes < 2);
}

/* A row between pipes with more between them than menus have. */
static bool is_spam_row(const zoner *z, size_t i) {
  const lode_paragraph *p = &z->page->paragraphs[i];
  const lode__line *line = &z->lines[i];
  return line->pipes >= 3 && line->stops <= 1u + line->pipes / 4u &&
         p->end - p->begin >= SPAM_ROW_BYTES * (line->pipes + 1u);
}

static void mark_spam(zoner *z) {
  for (size_t i = 0; i < z->count;) {
    size_t j = i, rows = 0;
    bool heavy = false;
    for (; j < z->count && (is_foreign(z, &z->lines[j]) || is_spam_row(z, j)); j++) {
      const lode__line *line = &z->lines[j];
      rows += is_spam_row(z, j);
      heavy = heavy || (is_foreign(z, line) && (line->pipes != 0 || line->letters >= 40)) || line->pipes >= 6;
    }
    if (heavy || rows >= 2 || j - i >= 3)
      for (size_t k = i; k < j; k++) z->lines[k].guess = LODE_ZONE_SPAM;
    i = j > i ? j : i + 1;
  }
}

static bool is_written(const zoner *z, size_t i) {
  return i < z->count && is_open(&z->lines[i]) && (is_sentence(&z->lines[i]) || lode__line_is_prose(&z->lines[i]));
}

/* Sentences stand beside sentences in a story; one alone among bare lines is more often the teaser of another. */
static int weight_of_prose(const zoner *z, size_t i) {
  int words = z->lines[i].units < MOST_WEIGHT ? (int)z->lines[i].units : MOST_WEIGHT;
  return is_written(z, i + 1) || (i > 0 && is_written(z, i - 1)) ? words : words / 3;
}

static int weight_of(const zoner *z, size_t i) {
  const lode__line *line = &z->lines[i];
  switch (line->guess) {
    case LODE_ZONE_BODY: break;
    case LODE_ZONE_CAPTION:
    case LODE_ZONE_BYLINE:
    case LODE_ZONE_DATELINE:
    case LODE_ZONE_CREDIT: return -2;
    default: return -8;
  }
  if (is_notice(line)) return -2;
  if (is_foreign(z, line)) return -3;
  if (lode__line_is_prose(line)) return weight_of_prose(z, i);
  if (is_sentence(line)) return line->units >= 3 ? 2 : 1;
  if (line->listed) return -1;
  return line->units >= 10 ? -1 : -3;
}

static void find_story(zoner *z) {
  long long sum = 0, best = 0;
  size_t from = 0;
  int run = 0;
  for (size_t i = 0; i < z->count; i++) {
    int weight = weight_of(z, i);
    if (weight < 0) {
      if (run - weight > LONGEST_RUN) weight = run - LONGEST_RUN;
      run -= weight;
    } else {
      run = 0;
    }
    if (sum <= 0) sum = 0, from = i;
    sum += weight;
    if (sum > best) {
      best = sum;
      z->begin = from;
      z->end = i + 1;
    }
  }
}

/* A first line that asks or exclaims, alone, before more: a headline may end so. */
static bool may_be_headline(const lode__line *line) {
  return line->ending == LODE__END_ASK && line->stops <= 1 && line->units <= 20;
}

static void trim_story(zoner *z) {
  while (z->begin + 1 < z->end && (!is_open(&z->lines[z->begin]) || may_be_headline(&z->lines[z->begin]))) z->begin++;
}

static bool has_story(const zoner *z) {
  uint64_t all = 0, prose = 0;
  for (size_t i = 0; i < z->count; i++) {
    if (z->lines[i].guess == LODE_ZONE_SPAM) continue;
    all += z->lines[i].units;
    if (counts_as_prose(&z->lines[i]) && !is_foreign(z, &z->lines[i])) prose += z->lines[i].units;
  }
  return prose >= SURE_STORY || (prose >= LEAST_STORY && prose * STORY_SHARE >= all);
}

static bool is_titled(const lode__line *line) {
  return line->lower * 3 <= line->units;
}

/* Whether a byline, a date or a share bar comes next, captions and names aside: headlines stand there. */
static bool leads_to_byline(const zoner *z, size_t i) {
  for (size_t j = i + 1; j < z->count && j <= i + 3; j++) {
    switch (z->lines[j].guess) {
      case LODE_ZONE_BYLINE:
      case LODE_ZONE_DATELINE:
      case LODE_ZONE_SHARE:
      case LODE_ZONE_CREDIT: return true;
      case LODE_ZONE_CAPTION: break;
      default:
        if (z->lines[j].units > 8 || !is_titled(&z->lines[j])) return false;
    }
  }
  return false;
}

static size_t find_headline(const zoner *z) {
  size_t best = z->count;
  int best_score = 0;
  for (size_t i = 0; i < z->begin; i++) {
    const lode__line *line = &z->lines[i];
    if (!is_open(line) || line->ending == LODE__END_STOP || line->units == 0 || line->units > 30 ||
        line->separators > 1 || is_foreign(z, line))
      continue;
    int score = line->units < 10 ? (int)line->units : 10;
    if (line->glued) score -= 6;
    if (leads_to_byline(z, i)) score += 6;
    if (score > best_score) best = i, best_score = score;
  }
  return best_score >= 3 || (best_score == 2 && z->begin <= 2) ? best : z->count;
}

/* An open line before the story. */
static lode_zone zone_before(const zoner *z, size_t i) {
  const lode__line *line = &z->lines[i];
  if (i == z->headline) return LODE_ZONE_HEADLINE;
  if (is_notice(line)) return LODE_ZONE_FOOTER;
  if (lode__line_is_prose(line) && !is_foreign(z, line)) return LODE_ZONE_RELATED;
  if (z->headline == z->count || i < z->headline || line->glued || is_foreign(z, line)) return LODE_ZONE_NAV;
  if (is_titled(line)) {
    if (line->units <= 1 || line->ending == LODE__END_PAUSE) return LODE_ZONE_NAV;
    return line->units == 2 ? LODE_ZONE_BYLINE : LODE_ZONE_CAPTION; /* an author, or who is in the picture */
  }
  /* Lines of text right below the headline, a few at most. */
  return line->units >= 6 && i - z->headline <= MOST_DECK ? LODE_ZONE_BODY : LODE_ZONE_NAV;
}

/* An open line behind the story; `last` is the zone of the line before it. */
static lode_zone zone_behind(const zoner *z, size_t i, lode_zone last) {
  const lode__line *line = &z->lines[i];
  if (is_notice(line)) return LODE_ZONE_FOOTER;
  bool cut_short = i == z->end && line->units >= 8 && line->lower * 2 >= line->units && !is_foreign(z, line);
  if (cut_short) return LODE_ZONE_BODY;
  if (lode__line_is_prose(line)) return LODE_ZONE_RELATED;
  if (last == LODE_ZONE_RELATED || last == LODE_ZONE_FOOTER || last == LODE_ZONE_SPAM)
    return last == LODE_ZONE_SPAM ? LODE_ZONE_NAV : last;
  return LODE_ZONE_NAV;
}

static bool is_label(const lode__line *line) {
  return is_open(line) && line->ending == LODE__END_NONE && line->units <= 6 && !line->listed && is_titled(line);
}

/* Menus in the middle of a story: LEAST_MENU labels one below the other.  Lists that belong to it have
 * bullets, numbers, stops or small words. */
static void mark_menus(zoner *z) {
  for (size_t i = z->begin; i < z->end;) {
    size_t j = i;
    while (j < z->end && is_label(&z->lines[j])) j++;
    if (j - i >= LEAST_MENU)
      for (size_t k = i; k < j; k++) z->lines[k].guess = LODE_ZONE_NAV;
    i = j > i ? j : i + 1;
  }
}

static void mark_story(zoner *z) {
  lode_zone last = LODE_ZONE_BODY;
  for (size_t i = 0; i < z->count; i++) {
    lode_zone zone = (lode_zone)z->lines[i].guess;
    if (zone == LODE_ZONE_BODY && i < z->begin) zone = zone_before(z, i);
    else if (zone == LODE_ZONE_BODY && i >= z->end) zone = zone_behind(z, i, last);
    z->page->paragraphs[i].zone = (uint8_t)zone;
    last = zone;
  }
}

/* No story to stand beside: one word may be anything, so only lines of more are taken for furniture. */
static void mark_plain(zoner *z) {
  for (size_t i = 0; i < z->count; i++) {
    const lode__line *line = &z->lines[i];
    bool sure = line->guess == LODE_ZONE_SPAM || line->units >= 2;
    z->page->paragraphs[i].zone = sure ? line->guess : (uint8_t)LODE_ZONE_BODY;
  }
}

int lode__zones_mark(lode_page *page, lode_err *err) {
  if (page->paragraph_count == 0) return 0;
  zoner z = {.page = page, .count = page->paragraph_count};
  z.lines = malloc(lode_size_mul(z.count, sizeof *z.lines));
  if (z.lines == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: zones of %zu lines", z.count);
  for (size_t i = 0; i < z.count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    z.lines[i] = lode__line_look(page->content + p->begin, p->end - p->begin);
  }
  z.script = script_of_page(&z);
  mark_spam(&z);
  z.headline = z.count;
  if (has_story(&z)) {
    find_story(&z);
    trim_story(&z);
    z.headline = find_headline(&z);
    mark_menus(&z);
    mark_story(&z);
  } else {
    mark_plain(&z);
  }
  free(z.lines);
  return 0;
}
