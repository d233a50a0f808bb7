#include "distance.h"

#include "utf8.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct points {
  uint32_t *cp;
  size_t len;
} points;

static size_t count_points(lode_str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
  return n;
}

/* Both sides as code points in one block with `extra` uint32 behind them; the caller frees a->cp. */
static int decode_both(lode_str a, lode_str b, points *pa, points *pb, size_t extra, lode_err *err) {
  pa->len = count_points(a);
  pb->len = count_points(b);
  size_t most = pa->len > pb->len ? pa->len : pb->len;
  if (most > LODE_DISTANCE_MAX)
    return lode_fail(err, LODE_E_LIMIT, "a distance takes at most %d characters on a side, not %zu", LODE_DISTANCE_MAX,
                     most);
  size_t count = pa->len + pb->len + extra;
  pa->cp = malloc((count == 0 ? 1 : count) * sizeof *pa->cp);
  if (pa->cp == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a distance of %zu characters", count);
  pb->cp = pa->cp + pa->len;
  for (size_t i = 0, at = 0; i < pa->len; i++) at += lode_utf8_next(a.ptr + at, &pa->cp[i]);
  for (size_t i = 0, at = 0; i < pb->len; i++) at += lode_utf8_next(b.ptr + at, &pb->cp[i]);
  return 0;
}

/* A common start and end never changes an edit distance. */
static void strip_common(points *a, points *b) {
  while (a->len != 0 && b->len != 0 && a->cp[a->len - 1] == b->cp[b->len - 1]) a->len--, b->len--;
  while (a->len != 0 && b->len != 0 && a->cp[0] == b->cp[0]) a->cp++, b->cp++, a->len--, b->len--;
}

/* For each code point of a pattern of at most 64, the set of its places. */
typedef struct places {
  uint64_t low[128];
  uint32_t cp[64];
  uint64_t set[64];
  size_t count;
} places;

static uint64_t places_of(const places *p, uint32_t cp) {
  if (cp < 128) return p->low[cp];
  for (size_t i = 0; i < p->count; i++)
    if (p->cp[i] == cp) return p->set[i];
  return 0;
}

static void places_init(places *p, points pattern) {
  memset(p->low, 0, sizeof p->low);
  p->count = 0;
  for (size_t i = 0; i < pattern.len; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint32_t cp = pattern.cp[i];
    size_t at = 0;
    if (cp < 128) {
      p->low[cp] |= bit;
      continue;
    }
    while (at < p->count && p->cp[at] != cp) at++;
    if (at == p->count) {
      p->cp[p->count] = cp;
      p->set[p->count++] = 0;
    }
    p->set[at] |= bit;
  }
}

/* Myers 1999 in the form of Hyyrö 2003: a column of the table as two sets of vertical differences.  With
 * `swaps` the zero-diagonal set gets Hyyrö's transposition term. */
static uint32_t bit_parallel(points pattern, points text, bool swaps) {
  places p;
  places_init(&p, pattern);
  uint64_t plus = UINT64_MAX, minus = 0, zero = 0, before = 0;
  uint64_t last = (uint64_t)1 << (pattern.len - 1);
  uint32_t score = (uint32_t)pattern.len;
  for (size_t i = 0; i < text.len; i++) {
    uint64_t match = places_of(&p, text.cp[i]);
    uint64_t swap = swaps ? ((~zero & match) << 1) & before : 0;
    zero = (((match & plus) + plus) ^ plus) | match | minus | swap;
    uint64_t hplus = minus | ~(zero | plus), hminus = zero & plus;
    if ((hplus & last) != 0) score++;
    if ((hminus & last) != 0) score--;
    hplus = (hplus << 1) | 1;
    plus = (hminus << 1) | ~(zero | hplus);
    minus = hplus & zero;
    before = match;
  }
  return score;
}

static uint32_t min3(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t m = a < b ? a : b;
  return m < c ? m : c;
}

/* The table row by row; three rows of b.len + 1 in `rows`. */
static uint32_t by_rows(points a, points b, bool swaps, uint32_t *rows) {
  uint32_t *two_up = rows, *up = rows + b.len + 1, *row = up + b.len + 1;
  for (size_t j = 0; j <= b.len; j++) up[j] = (uint32_t)j;
  for (size_t i = 1; i <= a.len; i++) {
    row[0] = (uint32_t)i;
    for (size_t j = 1; j <= b.len; j++) {
      uint32_t best = min3(up[j] + 1, row[j - 1] + 1, up[j - 1] + (a.cp[i - 1] != b.cp[j - 1]));
      bool swapped = swaps && i > 1 && j > 1 && a.cp[i - 1] == b.cp[j - 2] && a.cp[i - 2] == b.cp[j - 1];
      if (swapped && two_up[j - 2] + 1 < best) best = two_up[j - 2] + 1;
      row[j] = best;
    }
    uint32_t *free_row = two_up;
    two_up = up, up = row, row = free_row;
  }
  return up[b.len];
}

static int edit_distance(lode_str a, lode_str b, bool swaps, uint32_t *out, lode_err *err) {
  points pa, pb;
  int code = decode_both(a, b, &pa, &pb, (size_t)3 * (LODE_DISTANCE_MAX + 1), err);
  if (code != 0) return code;
  uint32_t *block = pa.cp, *rows = pb.cp + pb.len;
  strip_common(&pa, &pb);
  points shorter = pa.len <= pb.len ? pa : pb, longer = pa.len <= pb.len ? pb : pa;
  if (shorter.len == 0) *out = (uint32_t)longer.len;
  else if (shorter.len <= 64) *out = bit_parallel(shorter, longer, swaps);
  else *out = by_rows(longer, shorter, swaps, rows);
  free(block);
  return 0;
}

int lode_levenshtein(lode_str a, lode_str b, uint32_t *out, lode_err *err) {
  return edit_distance(a, b, false, out, err);
}

int lode_damerau(lode_str a, lode_str b, uint32_t *out, lode_err *err) {
  return edit_distance(a, b, true, out, err);
}

/* Jaro: the share of characters that have an equal one within half the longer length, and how many of
 * those stand in another order.  `used` marks those of b that are taken. */
static double jaro(points a, points b, uint32_t *matched, bool *used) {
  if (a.len == 0 && b.len == 0) return 1;
  size_t longer = a.len > b.len ? a.len : b.len, window = longer / 2 > 0 ? longer / 2 - 1 : 0;
  size_t hits = 0;
  for (size_t i = 0; i < a.len; i++) {
    size_t from = i > window ? i - window : 0, to = i + window + 1 < b.len ? i + window + 1 : b.len;
    for (size_t j = from; j < to; j++) {
      if (used[j] || a.cp[i] != b.cp[j]) continue;
      used[j] = true;
      matched[hits++] = a.cp[i];
      break;
    }
  }
  if (hits == 0) return 0;
  size_t moved = 0, k = 0;
  for (size_t j = 0; j < b.len; j++)
    if (used[j]) moved += matched[k++] != b.cp[j];
  double m = (double)hits;
  return (m / (double)a.len + m / (double)b.len + (m - (double)(moved / 2)) / m) / 3;
}

int lode_jaro_winkler(lode_str a, lode_str b, double *out, lode_err *err) {
  points pa, pb;
  int code = decode_both(a, b, &pa, &pb, LODE_DISTANCE_MAX, err);
  if (code != 0) return code;
  bool *used = calloc(pb.len == 0 ? 1 : pb.len, sizeof *used);
  if (used == NULL) {
    free(pa.cp);
    return lode_fail(err, LODE_E_NOMEM, "out of memory: a distance of %zu characters", pb.len);
  }
  double score = jaro(pa, pb, pb.cp + pb.len, used);
  size_t prefix = 0;
  while (prefix < 4 && prefix < pa.len && prefix < pb.len && pa.cp[prefix] == pb.cp[prefix]) prefix++;
  *out = score + (double)prefix * 0.1 * (1 - score);
  free(used);
  free(pa.cp);
  return 0;
}
