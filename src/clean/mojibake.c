/* What a run may have been, and how it is decided.
 *
 * A byte of UTF-8 that was misread is one character.  So each misread character is 2 to 4 characters whose bytes in the
 * right page form a UTF-8 sequence; `decode` puts them together from left to right and leaves all others alone.  Layers
 * are the same step again on its result.  `search` walks the tree of pages and layers and keeps the cheapest result.
 * How often which way of spoiling is met, and what gets lost (a no-break space that became a space, a byte that became
 * "?" or U+FFFD, surrogates written one by one), is described in the notes of ftfy (Speer 2019 and its change log). */
#include "mojibake.h"

#include "codepage.h"
#include "mem.h"
#include "plausible.h"
#include "unicode.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
  DEPTH = 5,       /* layers */
  LOOK = 400,      /* characters of a run that decide for all of it */
  PIECE = 1 << 16, /* characters of a run that are rewritten at once */
  OVERLAP = 256,   /* of them, those that are decoded again with the next: more than five layers of one character */
  TRIES = 150,     /* decodings of one run */
  BEFORE = 2,      /* characters of context */
  AFTER = 4,
  ENOUGH = 6, /* bits by which the result must be better */
  MOST_BONUS = 6,
  LAYER = 1, /* bits that each layer after the first must bring */
  BRANCHES = 3,
  STRAY = 4, /* bits against a page whose own character a C1 control stands for */
};

/* Bits that a page must bring beyond the others, by how rare it is. */
static const uint8_t rarity[LODE__CODEPAGE_COUNT] = {0, 4, 2, 3, 3, 2, 3, 3, 4, 4, 4, 4};

typedef struct chain {
  uint8_t pages[DEPTH];
  uint8_t depth;
} chain;

/* Characters with the bytes of content that each came from. */
typedef struct units {
  uint32_t *cp, *begin, *end;
  size_t count, from, to; /* [from, to) is the run, the rest context */
} units;

typedef struct run {
  uint32_t begin, end;
  uint32_t mask; /* pages in which some pair in it could be a sequence */
  bool controls; /* holds C1 */
} run;

typedef struct verdict {
  run at;
  chain how;
  uint32_t alike; /* pages that explain it as well as the chain's first */
  int gain;       /* priors paid */
} verdict;

typedef struct undoer {
  lode_page *page;
  const char *text;
  size_t len;
  units layer[DEPTH + 1];
  size_t cap;
  int priors[LODE__CODEPAGE_COUNT];
  int tries, base; /* base: the run's own cost */
  int best_cost;
  chain best, path, last;
  uint32_t alike, last_alike; /* of the run at hand; of `last` */
  verdict *verdicts;
  size_t verdict_count, verdict_cap;
  uint32_t found[LODE__CODEPAGE_COUNT]; /* runs believed, by the pages that explain them */
  lode_buf out;
  lode_map map;
  lode_repairs repairs;
  lode_err *err;
} undoer;

/* ---- finding runs -------------------------------------------------------------------------------------------- */

static size_t skip_ascii(const char *text, size_t at, size_t len) {
  while (at + 8 <= len) {
    uint64_t word;
    memcpy(&word, text + at, 8);
    if ((word & 0x8080808080808080u) != 0) break;
    at += 8;
  }
  while (at < len && (unsigned char)text[at] < 0x80) at++;
  return at;
}

static bool has_byte(const lode__codechar *c, uint8_t byte) {
  for (size_t i = 0; i < LODE__CODEPAGE_COUNT; i++)
    if (c->byte[i] == byte) return true;
  return false;
}

static uint32_t pages_with(const lode__codechar *c, const uint8_t *bytes, size_t count) {
  uint32_t mask = 0;
  for (size_t i = 0; i < LODE__CODEPAGE_COUNT; i++)
    for (size_t k = 0; k < count; k++)
      if (c->byte[i] == bytes[k]) mask |= 1u << i;
  return mask;
}

static bool is_lower_ascii(char c) {
  return c >= 'a' && c <= 'z';
}

/* A no-break space, byte A0, is the one that gets lost: it became a space, and the run goes on behind it.  Alone behind
 * its lead it matters as U+00E0, U+0160 and the letters of Cyrillic, Greek and Arabic that end so. */
static uint32_t space_bridge(const char *text, size_t len, size_t at, const lode__codechar *last, uint32_t pair) {
  static const uint8_t leads[] = {0xC3, 0xC5, 0xCE, 0xD0, 0xD9}, western[] = {0xC3, 0xC5};
  if (at + 1 >= len || text[at] != ' ') return 0;
  bool beyond = (unsigned char)text[at + 1] >= 0x80;
  if (beyond && pair != 0) return pair;
  if (beyond) return pages_with(last, leads, sizeof leads) & LODE__CODEPAGES_A0;
  if (is_lower_ascii(text[at + 1])) return pages_with(last, western, sizeof western);
  return text[at + 1] == ' ' ? pages_with(last, western, 1) : 0;
}

/* Which pages could make a sequence of the characters seen: those that wait for one, two or three more tails, and those
 * whose sequence is whole by now (`hits`). */
typedef struct watch {
  uint32_t wait[3], hits;
  uint32_t begun; /* sequences of three or four that have got a tail */
  uint32_t soft;  /* of them, those whose tail is a small Cyrillic letter */
} watch;

/* In Windows-1251 and page 866 small letters behind a small letter are tails, in KOI8 a small io is, so that half of all
 * Russian words would be looked at: small letters in a row count for nothing. */
static bool is_small_cyrillic(uint32_t cp) {
  return (cp >= 0x430 && cp <= 0x45F) || cp == 0x491;
}

static void see(watch *w, const lode__codechar *row, uint32_t tail, uint32_t cp) {
  bool small = is_small_cyrillic(cp);
  uint32_t second = w->wait[1] & tail, third = w->wait[2] & tail;
  w->hits |= w->wait[0] & tail & (small ? ~(w->soft | LODE__CODEPAGES_BOXED) : ~0u);
  w->soft = small ? second : 0;
  w->begun = second | third;
  w->wait[0] = second | row->lead[0];
  w->wait[1] = third | row->lead[1];
  w->wait[2] = row->lead[2];
}

/* From text[pos], behind three small letters: where the last three of their row begin, since what stands between counts for
 * nothing; pos itself in a short one. */
static size_t skip_small_cyrillic(const char *text, size_t len, size_t pos) {
  size_t end = pos;
  while (end + 1 < len) {
    unsigned char a = (unsigned char)text[end], b = (unsigned char)text[end + 1];
    if ((a != 0xD0 || b < 0xB0) && (a != 0xD1 || b > 0x8F)) break;
    end += 2;
  }
  return end - pos > 6 ? end - 6 : pos;
}

/* The next run that may be mojibake, from *at on; false at the end. */
static bool next_run(const char *text, size_t len, size_t *at, run *out) {
  size_t pos = *at;
  while ((pos = skip_ascii(text, pos, len)) < len) {
    const lode__codechar *last = lode__codechars;
    run found = {.begin = (uint32_t)pos};
    watch w = {{0}, 0, 0, 0};
    int small = 0; /* small Cyrillic letters in a row */
    while (pos < len) {
      if ((unsigned char)text[pos] < 0x80) {
        uint32_t begun = w.begun & ~w.soft, bridge = 0;
        if (text[pos] == '?') bridge = begun;
        else if (((begun | last->lead[0]) & LODE__CODEPAGES_A0) != 0)
          bridge = space_bridge(text, len, pos, last, begun & LODE__CODEPAGES_A0);
        if (bridge == 0) break;
        w.hits |= bridge;
        see(&w, lode__codechars, text[pos] == ' ' ? LODE__CODEPAGES_A0 : 0xFFFF, ' ');
        last = lode__codechars;
        pos++;
        continue;
      }
      uint32_t cp;
      pos += lode_utf8_next(text + pos, &cp);
      last = lode__codechar_of(cp);
      see(&w, last, cp == LODE_REPLACEMENT ? 0xFFFFu : last->tail, cp);
      found.controls = found.controls || (cp >= 0x80 && cp < 0xA0);
      small = is_small_cyrillic(cp) ? small + 1 : 0;
      if (small != 3) continue;
      size_t later = skip_small_cyrillic(text, len, pos);
      if (later != pos) w.wait[0] = w.wait[1] = w.wait[2] = w.begun = w.soft = 0;
      pos = later;
    }
    found.end = (uint32_t)pos;
    found.mask = w.hits | (w.begun & 1); /* the closing quote mark that lost its end: page 0 */
    if (found.mask == 0 && !found.controls) continue;
    *at = pos;
    *out = found;
    return true;
  }
  return false;
}

/* ---- one layer ------------------------------------------------------------------------------------------------- */

typedef struct sequence {
  uint32_t cp;
  size_t used; /* units; 0: none here */
} sequence;

static bool is_ascii_letter(uint32_t cp) {
  return (cp | 32) >= 'a' && (cp | 32) <= 'z';
}

/* A lead whose A0 became a space.  The words around say whether the space was there besides: French "à" is a word,
 * Portuguese "às" is one, and behind all other letters the word goes on. */
static sequence lost_space(const units *in, size_t i, uint8_t lead) {
  uint32_t next = i + 2 < in->count ? in->cp[i + 2] : ' ', then = i + 3 < in->count ? in->cp[i + 3] : ' ';
  if (lead != 0xC3) {
    bool goes_on = next >= 0x80 || (lead == 0xC5 && next >= 'a' && next <= 'z');
    return (sequence){((uint32_t)(lead & 0x1F) << 6) | 0x20, goes_on ? 2 : 0};
  }
  if (next == ' ' || has_byte(lode__codechar_of(next), 0xC2)) return (sequence){0xE0, 2};
  if (next == 's' && !is_ascii_letter(then) && then < 0x80) return (sequence){0xE0, 2};
  return (sequence){0xE0, (next >= 'a' && next <= 'z') || next >= 0x80 ? 1 : 0};
}

/* The byte of a unit that goes on with a sequence; 0: none; 1: lost. */
static uint8_t tail_byte(const units *in, size_t i, size_t page, bool lossy) {
  uint32_t cp = in->cp[i];
  if (cp == LODE_REPLACEMENT) return 1;
  if (cp == '?') return lossy ? 1 : 0;
  if (cp == ' ') return (LODE__CODEPAGES_A0 >> page & 1) != 0 ? 0xA0 : 0;
  uint8_t byte = lode__codechar_of(cp)->byte[page];
  return byte >= 0x80 && byte <= 0xBF ? byte : 0;
}

/* E2 80 and then nothing that could go on: 9D, which is no character of Windows-1252, was dropped.  Of the five bytes
 * that this happens to, it is the only one that ends a character of text here, the closing quote mark. */
static bool lacks_last(const units *in, size_t i) {
  if (i + 1 >= in->to || lode__codechar_of(in->cp[i + 1])->byte[0] != 0x80) return false;
  uint32_t next = i + 2 < in->count ? in->cp[i + 2] : ' ';
  return next != '?' && next != LODE_REPLACEMENT && (lode__codechar_of(next)->tail & 1) == 0;
}

static bool is_wrong_second(uint8_t lead, uint8_t second) {
  return (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
}

static sequence sequence_at(const units *in, size_t i, size_t page) {
  const sequence none = {0, 0};
  uint8_t lead = lode__codechar_of(in->cp[i])->byte[page];
  if (lead < 0xC2 || lead > 0xF4) return none;
  size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  if (more == 1 && i + 1 < in->to && in->cp[i + 1] == ' ') return lost_space(in, i, lead);
  if (page == 0 && lead == 0xE2 && lacks_last(in, i)) return (sequence){0x201D, 2};
  uint32_t cp = lead & (0x3Fu >> more);
  bool lost = false;
  for (size_t k = 1; k <= more; k++) {
    if (i + k >= in->to) return none;
    uint8_t byte = tail_byte(in, i + k, page, k >= 2);
    if (byte == 0 || (k == more && more > 1 && in->cp[i + k] == ' ' && i + k + 1 >= in->to)) return none;
    if (k == 1 && byte != 1 && is_wrong_second(lead, byte)) return none;
    lost = lost || byte == 1;
    cp = cp << 6 | (byte & 0x3Fu);
  }
  if (lost) cp = LODE_REPLACEMENT;
  return (sequence){cp, more + 1};
}

/* Two surrogates, each written as a character of three bytes (CESU-8). */
static sequence whole_sequence_at(const units *in, size_t i, size_t page) {
  sequence first = sequence_at(in, i, page);
  if (first.used == 0 || first.cp < 0xD800 || first.cp > 0xDFFF) return first;
  sequence second = {0, 0};
  if (first.cp < 0xDC00 && i + first.used < in->to) second = sequence_at(in, i + first.used, page);
  if (second.used == 0 || second.cp < 0xDC00 || second.cp > 0xDFFF) return (sequence){0, 0};
  return (sequence){0x10000 + ((first.cp - 0xD800) << 10) + (second.cp - 0xDC00), first.used + second.used};
}

static void put_unit(units *out, uint32_t cp, uint32_t begin, uint32_t end) {
  out->cp[out->count] = cp;
  out->begin[out->count] = begin;
  out->end[out->count++] = end;
}

/* Put together what is a sequence in the page; false where there is none. */
static bool decode(const units *in, size_t page, units *out) {
  bool changed = false;
  out->count = 0;
  for (size_t i = 0; i < in->from; i++) put_unit(out, in->cp[i], in->begin[i], in->end[i]);
  out->from = in->from;
  for (size_t i = in->from; i < in->to;) {
    sequence s = whole_sequence_at(in, i, page);
    if (s.used == 0) {
      put_unit(out, in->cp[i], in->begin[i], in->end[i]);
      i++;
      continue;
    }
    changed = true;
    put_unit(out, s.cp, in->begin[i], in->end[i + s.used - 1]);
    i += s.used;
  }
  out->to = out->count;
  for (size_t i = in->to; i < in->count; i++) put_unit(out, in->cp[i], in->begin[i], in->end[i]);
  return changed;
}

/* ---- choosing -------------------------------------------------------------------------------------------------- */

static uint32_t mask_of(const units *in) {
  watch w = {{0}, 0, 0, 0};
  for (size_t i = in->from; i < in->to; i++) {
    uint32_t cp = in->cp[i];
    const lode__codechar *row = lode__codechar_of(cp);
    uint32_t tail = cp == LODE_REPLACEMENT || cp == '?' ? 0xFFFFu : cp == ' ' ? LODE__CODEPAGES_A0 : row->tail;
    see(&w, row, tail, cp);
    w.hits |= w.begun & 1;
  }
  return w.hits;
}

static int cost_of(const units *in) {
  return lode__plausible_cost(in->cp, in->count, in->from, in->to);
}

static int prior_of(const undoer *u, const chain *c) {
  int sum = 0;
  for (size_t i = 0; i < c->depth; i++) sum += u->priors[c->pages[i]] + (i == 0 ? 0 : LAYER);
  return sum;
}

/* The pages whose one layer gives what the best one's gives, the priors apart. */
static uint32_t pages_alike(const undoer *u, const int *costs) {
  size_t best = u->best.pages[0];
  uint32_t mask = 0;
  for (size_t page = 0; page < LODE__CODEPAGE_COUNT; page++)
    if (costs[page] != INT_MAX && costs[page] - u->priors[page] == costs[best] - u->priors[best]) mask |= 1u << page;
  return mask;
}

/* Try every page on layer[depth] and go on from the three cheapest results. */
static void search(undoer *u, size_t depth) {
  units *in = &u->layer[depth], *out = &u->layer[depth + 1];
  uint32_t mask = mask_of(in);
  int costs[LODE__CODEPAGE_COUNT];
  for (size_t page = 0; page < LODE__CODEPAGE_COUNT; page++) {
    costs[page] = INT_MAX;
    if ((mask >> page & 1) == 0 || u->tries == 0) continue;
    u->tries--;
    if (!decode(in, page, out)) continue;
    u->path.pages[depth] = (uint8_t)page;
    u->path.depth = (uint8_t)(depth + 1);
    costs[page] = cost_of(out) + prior_of(u, &u->path);
    if (costs[page] >= u->best_cost) continue;
    u->best_cost = costs[page];
    u->best = u->path;
  }
  if (depth == 0 && u->best.depth != 0) u->alike = pages_alike(u, costs);
  for (int round = 0; depth + 1 < DEPTH && round < BRANCHES; round++) {
    size_t page = 0;
    for (size_t k = 1; k < LODE__CODEPAGE_COUNT; k++)
      if (costs[k] < costs[page]) page = k;
    if (costs[page] == INT_MAX) break;
    int cost = costs[page];
    decode(in, page, out);
    u->path.pages[depth] = (uint8_t)page;
    search(u, depth + 1);
    for (size_t k = 0; k < LODE__CODEPAGE_COUNT; k++) /* pages that cost the same nearly always gave the same */
      if (costs[k] == cost || k == page) costs[k] = INT_MAX;
  }
}

/* layer[k + 1] from layer[k] for all of a chain; false where a step does nothing. */
static bool apply(undoer *u, const chain *c) {
  bool changed = true;
  for (size_t i = 0; i < c->depth; i++) changed = decode(&u->layer[i], c->pages[i], &u->layer[i + 1]) && changed;
  return changed;
}

static int make_room(undoer *u, size_t count) {
  if (count <= u->cap) return 0;
  for (size_t i = 0; i <= DEPTH; i++) {
    uint32_t *block = realloc(u->layer[i].cp, lode_size_mul(count, 3 * sizeof *block));
    if (block == NULL) return lode_fail(u->err, LODE_E_NOMEM, "out of memory: %zu characters to repair", count);
    u->layer[i].cp = block;
    u->layer[i].begin = block + count;
    u->layer[i].end = block + 2 * count;
  }
  u->cap = count;
  return 0;
}

/* layer[0] = the run, at most `most` characters of it, with its context. */
static int load(undoer *u, const run *at, size_t most) {
  size_t from = at->begin, taken = 0, end = at->end;
  for (size_t i = 0; i < BEFORE && from > 0; i++) from -= lode_utf8_back(u->text, from);
  size_t bytes = end - from < most ? end - from : most; /* at least one for each character */
  int code = make_room(u, bytes + BEFORE + AFTER + 2);
  units *in = &u->layer[0];
  if (code != 0) return code;
  in->count = in->from = in->to = 0;
  for (size_t pos = from; pos < u->len && taken < AFTER;) {
    uint32_t cp;
    size_t n = lode_utf8_next(u->text + pos, &cp);
    if (pos == at->begin) in->from = in->count;
    if (pos < end && pos >= at->begin && in->count - in->from >= most) end = pos;
    taken += pos >= end;
    if (pos < end) in->to = in->count + 1;
    put_unit(in, cp, (uint32_t)pos, (uint32_t)(pos + n));
    pos += n;
  }
  return 0;
}

static int add_verdict(undoer *u, verdict v) {
  if (u->verdict_count == u->verdict_cap) {
    size_t cap = lode_size_grow(u->verdict_cap, 64);
    verdict *items = realloc(u->verdicts, lode_size_mul(cap, sizeof *items));
    if (items == NULL) return lode_fail(u->err, LODE_E_NOMEM, "out of memory: %zu runs to repair", cap);
    u->verdicts = items;
    u->verdict_cap = cap;
  }
  u->verdicts[u->verdict_count++] = v;
  return 0;
}

/* The chain that explained the run before explains this one too, to its end. */
static bool last_fits(undoer *u, verdict *v) {
  if (u->last.depth == 0 || !apply(u, &u->last)) return false;
  const units *made = &u->layer[u->last.depth];
  v->gain = u->base - cost_of(made) - prior_of(u, &u->last);
  v->how = u->last;
  return v->gain >= ENOUGH && mask_of(made) == 0;
}

/* Text read as ISO 8859 has C1 controls where the Windows page of its kind has characters.  The pages that would have
 * had one are less likely; but for Windows-1252, with which Latin-1 is mixed all the time. */
static void set_priors(undoer *u) {
  uint32_t seen = 0;
  for (size_t k = 0; k < u->verdict_count; k++)
    for (size_t i = u->verdicts[k].at.begin; u->verdicts[k].at.controls && i + 1 < u->verdicts[k].at.end; i++)
      if ((unsigned char)u->text[i] == 0xC2 && ((unsigned char)u->text[i + 1] & 0xE0) == 0x80)
        seen |= 1u << (u->text[i + 1] & 31);
  for (size_t page = 0; page < LODE__CODEPAGE_COUNT; page++) u->priors[page] = rarity[page];
  for (size_t i = 1; seen != 0 && i < LODE__CODECHAR_COUNT; i++) {
    const lode__codechar *c = &lode__codechars[i];
    for (size_t page = 1; c->cp >= 0xA0 && page < LODE__CODEPAGE_COUNT; page++)
      if (c->byte[page] >= 0x80 && c->byte[page] < 0xA0 && (seen >> (c->byte[page] & 31) & 1) != 0)
        u->priors[page] = rarity[page] + STRAY;
  }
}

/* Signs among signs say little: faces and rows of ornament look like anything. */
static bool has_word(const units *made) {
  size_t from = made->from > 0 ? made->from - 1 : 0, to = made->to < made->count ? made->to + 1 : made->count;
  for (size_t i = from; i < to; i++)
    if (lode_is_letter(made->cp[i]) || lode_is_digit(made->cp[i])) return true;
  return false;
}

static void explain(undoer *u, verdict *v) {
  u->base = cost_of(&u->layer[0]);
  if (last_fits(u, v)) {
    v->alike = u->last_alike;
    return;
  }
  u->tries = TRIES;
  u->best_cost = u->base + 2 * MOST_BONUS;
  u->best = u->path = (chain){{0}, 0};
  u->alike = 0;
  search(u, 0);
  v->how = u->best;
  v->gain = u->base - u->best_cost;
  v->alike = v->how.depth == 0 ? 0 : u->alike | 1u << v->how.pages[0];
  if (v->how.depth == 0) return;
  apply(u, &v->how);
  if (v->how.pages[0] != 0 && !has_word(&u->layer[v->how.depth])) v->gain -= ENOUGH;
}

static int judge(undoer *u, verdict *v) {
  int code = load(u, &v->at, LOOK);
  if (code == 0 && v->at.mask != 0) explain(u, v);
  if (v->how.depth != 0 && v->gain >= ENOUGH) {
    u->last = v->how;
    u->last_alike = v->alike;
  }
  return code;
}

/* Where a page's text was misread in an encoding elsewhere, less is needed to believe it. */
static bool is_believed(const undoer *u, const verdict *v) {
  int best = 0;
  if (v->how.depth == 0) return false;
  for (size_t page = 0; page < LODE__CODEPAGE_COUNT; page++) {
    if ((v->alike >> page & 1) == 0 || u->found[page] == 0) continue;
    int bonus = (u->found[page] == 1 ? MOST_BONUS - 2 : MOST_BONUS) + u->priors[v->how.pages[0]];
    if (bonus > best) best = bonus;
  }
  return v->gain >= ENOUGH - best;
}

/* Which encodings the page's text was misread in: those of runs that need no help, then of those that got some. */
static void weigh(undoer *u) {
  for (int round = 0; round < 2; round++) {
    uint32_t found[LODE__CODEPAGE_COUNT] = {0};
    for (size_t i = 0; i < u->verdict_count; i++) {
      const verdict *v = &u->verdicts[i];
      if (!is_believed(u, v)) continue;
      for (size_t page = 0; page < LODE__CODEPAGE_COUNT; page++) found[page] += v->alike >> page & 1;
    }
    memcpy(u->found, found, sizeof found);
  }
}

/* ---- rewriting ------------------------------------------------------------------------------------------------- */

static int copy_until(undoer *u, size_t at) {
  size_t len = at - u->map.source_len;
  int code = lode_buf_add(&u->out, u->text + u->map.source_len, len, u->err);
  return code != 0 ? code : lode_map_same(&u->map, len, u->err);
}

/* The character of Windows-1252 behind a C1 control, or 0. */
static uint32_t behind_control(uint32_t cp) {
  if (cp < 0x80 || cp >= 0xA0) return 0;
  for (size_t i = 1; i < LODE__CODECHAR_COUNT; i++)
    if (lode__codechars[i].byte[0] == cp && lode__codechars[i].cp >= 0xA0) return lode__codechars[i].cp;
  return 0;
}

static int note(undoer *u, lode_repair_kind kind, size_t begin, size_t end) {
  return lode_repairs_add(&u->repairs, kind, lode_map_to_source(&u->page->map, begin, end), u->err);
}

static int write_unit(undoer *u, uint32_t cp, size_t begin, size_t end) {
  uint32_t fixed = behind_control(cp), was;
  size_t n = lode_utf8_next(u->text + begin, &was);
  if (fixed == 0 && begin + n == end && was == cp) return 0; /* as it was: copied with what follows */
  char bytes[4];
  size_t len = lode_utf8_put(fixed != 0 ? fixed : cp, bytes);
  int code = copy_until(u, begin);
  if (code == 0) code = lode_buf_add(&u->out, bytes, len, u->err);
  if (code == 0) code = lode_map_change(&u->map, len, end - begin, u->err);
  if (code != 0 || fixed == 0) return code;
  return note(u, LODE_REPAIR_CONTROL, begin, end);
}

/* The next piece of a run, from `begin` on: most of a long run's characters, without the last, whose sequences may not be
 * whole.  *end is where the next piece begins. */
static int rewrite_piece(undoer *u, const run *at, const chain *how, size_t *end) {
  int code = load(u, at, PIECE);
  if (code != 0) return code;
  units *first = &u->layer[0];
  size_t loaded = first->end[first->to - 1], safe = loaded;
  if (loaded < at->end) safe = first->end[first->to - 1 - OVERLAP];
  if (how->depth != 0) apply(u, how);
  const units *made = &u->layer[how->depth];
  for (size_t i = made->from; code == 0 && i < made->to && made->end[i] <= safe; i++) {
    size_t from = made->begin[i], to = made->end[i];
    bool lost = made->cp[i] == LODE_REPLACEMENT && to - from > 3;
    code = write_unit(u, made->cp[i], from, to);
    if (code == 0 && lost) code = note(u, LODE_REPAIR_LOST, from, to);
    *end = to;
  }
  return code;
}

static int rewrite(undoer *u, const verdict *v) {
  static const chain none = {{0}, 0};
  bool believed = is_believed(u, v);
  if (!believed && !v->at.controls) return 0;
  run rest = v->at;
  int code = believed ? note(u, LODE_REPAIR_MOJIBAKE, rest.begin, rest.end) : 0;
  while (code == 0 && rest.begin < rest.end) {
    size_t end = rest.end;
    code = rewrite_piece(u, &rest, believed ? &v->how : &none, &end);
    rest.begin = (uint32_t)end;
  }
  return code;
}

static void let_go(undoer *u) {
  for (size_t i = 0; i <= DEPTH; i++) free(u->layer[i].cp);
  free(u->verdicts);
  lode_buf_free(&u->out);
  lode_map_free(&u->map);
  lode_repairs_free(&u->repairs);
}

int lode__mojibake_undo(lode_page *page, lode_err *err) {
  undoer u = {.page = page, .text = page->content, .len = page->content_len, .err = err};
  size_t pos = 0;
  int code = 0;
  for (verdict v = {0}; code == 0 && next_run(u.text, u.len, &pos, &v.at);) code = add_verdict(&u, v);
  if (u.verdict_count != 0) set_priors(&u);
  for (size_t i = 0; code == 0 && i < u.verdict_count; i++) code = judge(&u, &u.verdicts[i]);
  weigh(&u);
  for (size_t i = 0; code == 0 && i < u.verdict_count; i++) code = rewrite(&u, &u.verdicts[i]);
  if (code == 0 && u.repairs.count != 0) {
    code = copy_until(&u, u.len);
    if (code == 0) code = lode_page_rewrite(page, &u.out, &u.map, &u.repairs, err);
  }
  let_go(&u);
  return code;
}
