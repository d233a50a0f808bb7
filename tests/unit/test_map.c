/* Maps against a stupid oracle: for each target byte, the source range that it was made from. */
#include "check.h"
#include "map.h"

enum { MOST = 400 };

/* owner[t] = index of the step that made target byte t; steps keep their source range. */
typedef struct model {
  size_t target_len, source_len;
  struct {
    size_t begin, end;
    bool same;
    size_t target;
  } step[MOST];
  size_t steps;
  size_t owner[8 * MOST];
} model;

static void random_map(lode_map *map, model *m, size_t steps, size_t source_cap) {
  *m = (model){0};
  lode_map_clear(map);
  for (size_t i = 0; i < steps; i++) {
    size_t n = 1 + check_below(6), k = check_below(6);
    unsigned kind = (unsigned)check_below(5);
    size_t need = kind < 2 ? n : k;
    if (m->source_len + need > source_cap) break;
    m->step[m->steps].begin = m->source_len;
    m->step[m->steps].target = m->target_len;
    m->step[m->steps].same = kind < 2;
    if (kind < 2) {
      CHECK_INT(lode_map_same(map, n, NULL), 0);
      for (size_t j = 0; j < n; j++) m->owner[m->target_len++] = m->steps;
      m->source_len += n;
    } else if (kind < 4) {
      CHECK_INT(lode_map_change(map, n, k, NULL), 0);
      for (size_t j = 0; j < n; j++) m->owner[m->target_len++] = m->steps;
      m->source_len += k;
    } else {
      CHECK_INT(lode_map_skip(map, k, NULL), 0);
      m->source_len += k;
    }
    m->step[m->steps++].end = m->source_len;
  }
}

static lode_span byte_source(const model *m, size_t t) {
  size_t s = m->owner[t];
  if (!m->step[s].same) return (lode_span){m->step[s].begin, m->step[s].end};
  size_t at = m->step[s].begin + (t - m->step[s].target);
  return (lode_span){at, at + 1};
}

static void test_to_source(void) {
  lode_map map = {0};
  static model m;
  for (int round = 0; round < 300; round++) {
    random_map(&map, &m, check_below(40), SIZE_MAX);
    CHECK_INT(map.target_len, m.target_len);
    CHECK_INT(map.source_len, m.source_len);
    for (int q = 0; q < 50; q++) {
      size_t a = check_below(m.target_len + 1), b = check_below(m.target_len + 1);
      if (a > b) {
        size_t t = a;
        a = b;
        b = t;
      }
      lode_span got = lode_map_to_source(&map, a, b);
      CHECK(got.begin <= got.end && got.end <= m.source_len);
      if (a == b) {
        CHECK_INT(got.begin, got.end);
        continue;
      }
      CHECK_INT(got.begin, byte_source(&m, a).begin);
      CHECK_INT(got.end, byte_source(&m, b - 1).end);
    }
  }
  lode_map_free(&map);
}

static void test_in_order_is_the_same(void) {
  lode_map map = {0};
  static model m;
  for (int round = 0; round < 300; round++) {
    random_map(&map, &m, check_below(MOST), SIZE_MAX);
    size_t piece = 0, most = 1 + check_below(30);
    for (size_t at = 0; at < m.target_len;) {
      size_t end = at + check_below(most);
      if (end > m.target_len) end = m.target_len;
      lode_span want = lode_map_to_source(&map, at, end), got = lode_map_to_source_next(&map, &piece, at, end);
      CHECK_INT(got.begin, want.begin);
      CHECK_INT(got.end, want.end);
      at = check_below(8) == 0 ? check_below(m.target_len) : end + 1; /* any order is answered */
      if (check_below(m.target_len) == 0) break;
    }
  }
  lode_map_free(&map);
}

static void test_changed_bytes(void) {
  lode_map one = {0}, all = {0};
  CHECK_INT(lode_map_same(&one, 5, NULL), 0);
  CHECK_INT(lode_map_same(&all, 5, NULL), 0);
  for (int i = 0; i < 100; i++) CHECK_INT(lode_map_change(&one, 3, 1, NULL), 0);
  CHECK_INT(lode_map_change_bytes(&all, 3, 100, NULL), 0);
  CHECK_INT(all.target_len, one.target_len);
  CHECK_INT(all.source_len, one.source_len);
  for (size_t at = 0; at < one.target_len; at++) {
    CHECK_INT(lode_map_to_source(&all, at, at + 1).begin, lode_map_to_source(&one, at, at + 1).begin);
    CHECK_INT(lode_map_to_source(&all, at, at + 1).end, lode_map_to_source(&one, at, at + 1).end);
  }
  lode_map_free(&one);
  lode_map_free(&all);
}

static void test_to_target(void) {
  lode_map map = {0};
  static model m;
  for (int round = 0; round < 300; round++) {
    random_map(&map, &m, check_below(40), SIZE_MAX);
    for (int q = 0; q < 50; q++) {
      size_t a = check_below(m.source_len + 1), b = check_below(m.source_len + 1);
      if (a > b) {
        size_t t = a;
        a = b;
        b = t;
      }
      lode_span got = lode_map_to_target(&map, a, b);
      if (a == b) {
        CHECK_INT(got.begin, got.end);
        continue;
      }
      size_t first = SIZE_MAX, last = 0;
      for (size_t t = 0; t < m.target_len; t++) {
        lode_span s = byte_source(&m, t);
        if (s.begin == s.end || s.end <= a || s.begin >= b) continue;
        if (first == SIZE_MAX) first = t;
        last = t + 1;
      }
      if (first == SIZE_MAX) {
        CHECK_INT(got.begin, got.end);
      } else if (!CHECK_INT(got.begin, first) || !CHECK_INT(got.end, last)) {
        printf("source [%zu,%zu)\n", a, b);
        lode_map_free(&map);
        return;
      }
    }
  }
  lode_map_free(&map);
}

/* The composed map must hold at least what the two hold one after the other, and no more than their
 * pieces make necessary: a single target byte leads to the union of both steps. */
static void test_compose(void) {
  lode_map first = {0}, second = {0}, both = {0};
  static model m1, m2;
  for (int round = 0; round < 300; round++) {
    random_map(&first, &m1, check_below(40), SIZE_MAX);
    random_map(&second, &m2, check_below(40), m1.target_len);
    if (!CHECK_INT(lode_map_compose(&first, &second, &both, NULL), 0)) break;
    CHECK_INT(both.target_len, m2.target_len);
    CHECK_INT(both.source_len, m1.source_len);
    for (size_t i = 0; i + 1 < both.count; i++) {
      const lode_map_piece *p = &both.pieces[i], *next = p + 1;
      size_t len = p->same ? next->target - p->target : p->source_len;
      CHECK(p->target < next->target && p->source + len <= next->source);
    }
    for (size_t t = 0; t < m2.target_len; t++) {
      lode_span mid = lode_map_to_source(&second, t, t + 1);
      lode_span want = lode_map_to_source(&first, mid.begin, mid.end), got = lode_map_to_source(&both, t, t + 1);
      if (want.begin == want.end) continue;
      CHECK(got.begin <= want.begin && got.end >= want.end);
    }
  }
  lode_map_free(&first);
  lode_map_free(&second);
  lode_map_free(&both);
}

static void test_clean_text_is_one_piece(void) {
  lode_map map = {0};
  for (int i = 0; i < 5; i++) lode_map_same(&map, 3, NULL);
  CHECK_INT(map.count, 1);
  lode_map_skip(&map, 2, NULL);
  lode_map_same(&map, 3, NULL);
  CHECK_INT(map.count, 2);
  lode_span s = lode_map_to_source(&map, 14, 16);
  CHECK_INT(s.begin, 14);
  CHECK_INT(s.end, 18);
  lode_map_free(&map);
}

/* Two parts of one changed piece share a source: composing must join them, not overlap. */
static void test_compose_splits_a_change(void) {
  lode_map first = {0}, second = {0}, both = {0};
  lode_map_change(&first, 2, 3, NULL); /* "fi" from one ligature of three bytes */
  lode_map_same(&second, 1, NULL);
  lode_map_change(&second, 1, 1, NULL);
  CHECK_INT(lode_map_compose(&first, &second, &both, NULL), 0);
  CHECK_INT(both.count, 1);
  lode_span s = lode_map_to_source(&both, 1, 2);
  CHECK_INT(s.begin, 0);
  CHECK_INT(s.end, 3);
  lode_map_free(&first);
  lode_map_free(&second);
  lode_map_free(&both);
}

static void test_limits(void) {
  lode_map map = {0};
  lode_err err;
  CHECK_INT(lode_map_change(&map, 1, (size_t)UINT32_MAX + 1, &err), LODE_E_LIMIT);
  CHECK_INT(map.target_len, 0);
  CHECK_INT(lode_map_to_source(&map, 0, 0).end, 0);
  lode_map_free(&map);
}

int main(void) {
  RUN(test_to_source);
  RUN(test_in_order_is_the_same);
  RUN(test_changed_bytes);
  RUN(test_to_target);
  RUN(test_compose);
  RUN(test_clean_text_is_one_piece);
  RUN(test_compose_splits_a_change);
  RUN(test_limits);
  return CHECK_END();
}
