/* lode.counter: numbers over all pages.  The page stage only adds (into the sink); what was added in all workers comes
 * back, sorted by key, for the done stage, where it is read in place: it may be larger than the Lua heap. */
#include "luahost.h"

#include "mem.h"
#include <stdlib.h>
#include <string.h>

static const char COUNTER[] = "lode.counter";
enum { INDEX_STEP = 1024 }; /* get() looks at this many entries at most after a binary search */

typedef struct counter {
  uint32_t number;
} counter;

/* ---- making and adding ---- */

static const char *default_name(lua_State *L) {
  luaL_where(L, 1);
  lode_str where;
  where.ptr = lua_tolstring(L, -1, &where.len);
  if (where.len > 2) where.len -= 2; /* ": " */
  return lode__keep(L, where.ptr, where.len);
}

static int make(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__check_stage(L, LODE__LOAD, "lode.counter", "counters are made at the top of the script, before the first page");
  const char *name = NULL;
  if (!lua_isnoneornil(L, 1)) {
    lode_str given = lode__check_text(L, 1);
    name = lode__keep(L, given.ptr, given.len);
  } else {
    name = default_name(L);
  }
  if (self->counter_count == LODE__MAX_COUNTERS)
    return luaL_error(L, "lode.counter: at most %d counters", LODE__MAX_COUNTERS);
  counter *made = lua_newuserdatauv(L, sizeof *made, 0);
  if (self->counter_count == self->counter_cap) {
    size_t cap = lode_size_grow(self->counter_cap, 8);
    const char **counters = realloc(self->counters, lode_size_mul(cap, sizeof *counters));
    if (counters == NULL) return luaL_error(L, "out of memory");
    self->counters = counters;
    self->counter_cap = cap;
  }
  made->number = (uint32_t)self->counter_count;
  self->counters[self->counter_count++] = name;
  luaL_setmetatable(L, COUNTER);
  return 1;
}

static lua_Integer amount(lua_State *L, int index) {
  if (lua_isnoneornil(L, index)) return 1;
  int whole;
  lua_Integer n = lua_tointegerx(L, index, &whole);
  if (!whole) {
    luaL_error(L, "counter:add: counts are whole numbers, not %s",
               lua_type(L, index) == LUA_TNUMBER ? lua_tostring(L, index)
                                                 : lua_pushfstring(L, "a %s", lode__type_name(L, index)));
  }
  return n;
}

/* The amount of { n =, once_per = "cluster" }: with once_per a copy of an earlier page adds nothing. */
static lua_Integer amount_option(lua_State *L) {
  static const char *const names[] = {"n", "once_per", NULL};
  const lode_page *page = lode__host(L)->page;
  lode__check_options(L, 3, "counter:add", names, 0);
  bool once = lua_getfield(L, 3, "once_per") != LUA_TNIL;
  if (once && (lua_type(L, -1) != LUA_TSTRING || strcmp(lua_tostring(L, -1), "cluster") != 0))
    luaL_error(L, "counter:add: once_per is \"cluster\", not %s", luaL_tolstring(L, -1, NULL));
  if (once && page->cluster.len == 0)
    luaL_error(L, "counter:add: once_per counts a text once for each cluster of copies, and this run does not look for "
                  "copies: give --dedup near or --dedup exact");
  lua_getfield(L, 3, "n");
  lua_Integer n = amount(L, -1);
  lua_pop(L, 2);
  return once && page->duplicate_of.len > 0 ? 0 : n;
}

/* A list of tokens: each counts once by its folded form, without a Lua value for any of them. */
static bool add_tokens(lua_State *L, const counter *c) {
  lode_host *self = lode__host(L);
  int type = lua_type(L, 2);
  if (type != LUA_TUSERDATA && type != LUA_TFUNCTION) return false;
  const lode_page *page = lode__token_ids(L, 2);
  if (page == NULL) return false;
  bool options = lua_istable(L, 3);
  if ((options && amount_option(L) > 1) || !(options || lua_isnoneornil(L, 3)))
    luaL_error(L, "counter:add: tokens count once each; for another amount add them one by one");
  if (options && amount_option(L) == 0) return true;
  lode_err err;
  const uint32_t *ids = (const uint32_t *)(const void *)self->scratch.ptr;
  size_t count = self->scratch.len / sizeof *ids;
  lode__check(L, lode_sink_count_words(self->sink, c->number, page->words, ids, count, &err), &err);
  return true;
}

static int add(lua_State *L) {
  const counter *c = luaL_checkudata(L, 1, COUNTER);
  lode_host *self = lode__host(L);
  if (self->stage != LODE__PAGE)
    lode__check_stage(L, LODE__PAGE, "counter:add", "counters are filled in lode.page and read in lode.done");
  if (add_tokens(L, c)) return 0;
  lode_str key;
  if (lua_type(L, 2) == LUA_TSTRING) {
    key.ptr = lua_tolstring(L, 2, &key.len);
    if (lode_utf8_valid(key.ptr, key.len) != key.len) key = lode__check_text(L, 2);
  } else if (lua_isnoneornil(L, 2)) {
    return luaL_error(L, "counter:add: the key is nil: leave it out, or write c:add(key or \"none\")");
  } else {
    if (lua_type(L, 2) != LUA_TNUMBER && lode__test_span(L, 2) == NULL)
      luaL_error(L, "counter:add: the key is a string, a number or a span, or all of p:tokens{...}, not a %s",
                 lode__type_cure(L, 2));
    key = lode__check_text(L, 2);
  }
  lua_Integer n = lua_istable(L, 3) ? amount_option(L) : amount(L, 3);
  if (n != 0 || !lua_istable(L, 3)) lode__check(L, lode_sink_count(self->sink, c->number, key, n, NULL), NULL);
  if (self->sink->page_counts.len > self->output_limit) {
    return luaL_error(L, "more than %d MB of counts from one page", (int)(self->output_limit >> 20));
  }
  return 0;
}

/* ---- reading the totals ---- */

typedef struct entry {
  lode_str key; /* without prefix */
  int64_t count;
} entry;

/* The entry at *pos, which steps over it. */
static entry read_entry(const lode_totals *totals, size_t *pos) {
  lode_reader reader = lode_reader_of(totals->counts.ptr + *pos, totals->counts.len - *pos);
  lode_str key = lode_read_str(&reader);
  int64_t count = (int64_t)lode_read_u64(&reader);
  *pos = (size_t)(reader.ptr - totals->counts.ptr);
  return (entry){{key.ptr + LODE_COUNTER_PREFIX, key.len - LODE_COUNTER_PREFIX}, count};
}

static int add_mark(lode_host *self, size_t pos) {
  if (self->mark_count == self->mark_cap) {
    size_t cap = lode_size_grow(self->mark_cap, 256);
    size_t *marks = realloc(self->marks, lode_size_mul(cap, sizeof *marks));
    if (marks == NULL) return LODE_E_NOMEM;
    self->marks = marks;
    self->mark_cap = cap;
  }
  self->marks[self->mark_count++] = pos;
  return 0;
}

/* One pass over all entries: where each counter begins and ends, its sum, and a mark at every INDEX_STEP-th entry. */
static int index_totals(lode_host *self) {
  const lode_totals *totals = self->totals;
  lode__tally *tallies = realloc(self->tallies, lode_size_mul(self->counter_count, sizeof *tallies));
  if (tallies == NULL) return LODE_E_NOMEM;
  self->tallies = tallies;
  memset(tallies, 0, self->counter_count * sizeof *tallies);
  self->mark_count = 0;
  lode_reader reader = lode_reader_of(totals->counts.ptr, totals->counts.len);
  while (reader.ptr < reader.end) {
    size_t pos = (size_t)(reader.ptr - totals->counts.ptr);
    lode_str key = lode_read_str(&reader);
    int64_t count = (int64_t)lode_read_u64(&reader);
    if (reader.bad || key.len < LODE_COUNTER_PREFIX) return LODE_E_INPUT;
    size_t number = (size_t)(unsigned char)key.ptr[0] << 8 | (unsigned char)key.ptr[1];
    if (number >= self->counter_count) return LODE_E_INPUT;
    lode__tally *tally = &tallies[number];
    if (tally->keys == 0) tally->begin = pos, tally->first_mark = self->mark_count;
    if (tally->keys % INDEX_STEP == 0) {
      int code = add_mark(self, pos);
      if (code != 0) return code;
      tally->mark_count++;
    }
    tally->keys++;
    tally->total = (int64_t)((uint64_t)tally->total + (uint64_t)count);
    tally->end = (size_t)(reader.ptr - totals->counts.ptr);
  }
  self->indexed = totals;
  return 0;
}

static const lode__tally *check_tally(lua_State *L, const char *what) {
  lode_host *self = lode__host(L);
  const counter *c = luaL_checkudata(L, 1, COUNTER);
  lode__check_stage(L, LODE__DONE, what,
                    "a counter is whole in lode.done only; before that each worker knows a part of it");
  if (self->indexed != self->totals) {
    int code = index_totals(self);
    if (code == LODE_E_INPUT) luaL_error(L, "the counters' totals are broken");
    lode__check(L, code, NULL);
  }
  return &self->tallies[c->number];
}

static int compare_bytes(lode_str a, lode_str b) {
  size_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);
  return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int get(lua_State *L) {
  const lode__tally *tally = check_tally(L, "counter:get");
  const lode_host *self = lode__host(L);
  lode_str key = lode__check_text(L, 2);
  size_t low = 0, high = tally->mark_count; /* marks before `low` have keys <= key */
  while (low < high) {
    size_t middle = low + (high - low) / 2, pos = self->marks[tally->first_mark + middle];
    if (compare_bytes(read_entry(self->totals, &pos).key, key) <= 0) low = middle + 1;
    else high = middle;
  }
  lua_Integer found = 0;
  if (low > 0) {
    size_t pos = self->marks[tally->first_mark + low - 1];
    for (int i = 0; i < INDEX_STEP && pos < tally->end; i++) {
      entry at = read_entry(self->totals, &pos);
      int order = compare_bytes(at.key, key);
      if (order == 0) found = at.count;
      if (order >= 0) break;
    }
  }
  lua_pushinteger(L, found);
  return 1;
}

/* Up-value: the position of the next entry and the end. */
static int next_pair(lua_State *L) {
  lode__check_stage(L, LODE__DONE, "counter:pairs", "a counter is whole in lode.done only");
  size_t *range = lua_touserdata(L, lua_upvalueindex(1));
  if (range[0] >= range[1]) {
    lua_pushnil(L);
    return 1;
  }
  entry at = read_entry(lode__host(L)->totals, &range[0]);
  lua_pushlstring(L, at.key.ptr, at.key.len);
  lua_pushinteger(L, at.count);
  return 2;
}

static int pairs(lua_State *L) {
  const lode__tally *tally = check_tally(L, "counter:pairs");
  size_t *range = lua_newuserdatauv(L, 2 * sizeof *range, 0);
  range[0] = tally->begin;
  range[1] = tally->end;
  lua_pushcclosure(L, next_pair, 1);
  return 1;
}

/* ---- the n largest ---- */

typedef struct ranked {
  int64_t count;
  size_t pos; /* entries are sorted by key, so positions order keys */
} ranked;

static bool is_worse(const ranked *a, const ranked *b) {
  return a->count != b->count ? a->count < b->count : a->pos > b->pos;
}

static int compare_ranked(const void *left, const void *right) {
  const ranked *a = left, *b = right;
  return is_worse(a, b) ? 1 : is_worse(b, a) ? -1 : 0;
}

/* A heap with the worst of the best n on top. */
static void sift_down(ranked *heap, size_t count, size_t at) {
  for (;;) {
    size_t worst = at, left = 2 * at + 1;
    if (left < count && is_worse(&heap[left], &heap[worst])) worst = left;
    if (left + 1 < count && is_worse(&heap[left + 1], &heap[worst])) worst = left + 1;
    if (worst == at) return;
    ranked moved = heap[at];
    heap[at] = heap[worst];
    heap[worst] = moved;
    at = worst;
  }
}

static void fill_best(const lode_totals *totals, const lode__tally *tally, ranked *heap, size_t n) {
  size_t held = 0;
  for (size_t pos = tally->begin; pos < tally->end;) {
    ranked candidate = {.pos = pos};
    candidate.count = read_entry(totals, &pos).count;
    if (held < n) {
      heap[held++] = candidate;
      if (held < n) continue;
      for (size_t i = n / 2; i-- > 0;) sift_down(heap, n, i);
    } else if (is_worse(&heap[0], &candidate)) {
      heap[0] = candidate;
      sift_down(heap, n, 0);
    }
  }
  qsort(heap, held, sizeof *heap, compare_ranked);
}

/* Up-values: the ranked entries, how many, the next one. */
static int next_best(lua_State *L) {
  lode__check_stage(L, LODE__DONE, "counter:top", "a counter is whole in lode.done only");
  const ranked *best = lua_touserdata(L, lua_upvalueindex(1));
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
  if (at >= lua_tointeger(L, lua_upvalueindex(2))) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, at + 1);
  lua_replace(L, lua_upvalueindex(3));
  size_t pos = best[at].pos;
  entry found = read_entry(lode__host(L)->totals, &pos);
  lua_pushlstring(L, found.key.ptr, found.key.len);
  lua_pushinteger(L, found.count);
  return 2;
}

static int top(lua_State *L) {
  const lode__tally *tally = check_tally(L, "counter:top");
  lua_Integer wanted = luaL_optinteger(L, 2, 10);
  if (wanted < 0) return luaL_error(L, "counter:top(n): n is how many, 0 or more");
  size_t n = (uint64_t)wanted < tally->keys ? (size_t)wanted : (size_t)tally->keys;
  ranked *heap = lua_newuserdatauv(L, (n + 1) * sizeof *heap, 0);
  if (n > 0) fill_best(lode__host(L)->totals, tally, heap, n);
  lua_pushinteger(L, (lua_Integer)n);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_best, 3);
  return 1;
}

/* ---- fields ---- */

static int length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_tally(L, "#counter")->keys);
  return 1;
}

static int member(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TFUNCTION) return 1;
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  if (strcmp(name, "total") == 0) {
    lua_pushinteger(L, check_tally(L, "counter.total")->total);
    return 1;
  }
  if (strcmp(name, "name") == 0) {
    const counter *c = luaL_checkudata(L, 1, COUNTER);
    lua_pushstring(L, lode__host(L)->counters[c->number]);
    return 1;
  }
  return luaL_error(L, "a counter has no field \"%s\"%s", name, lode__suggest_key(L, name, lua_upvalueindex(1)));
}

void lode__open_counter(lua_State *L) {
  static const luaL_Reg methods[] = {{"add", add}, {"get", get}, {"pairs", pairs}, {"top", top}, {NULL, NULL}};
  luaL_newmetatable(L, COUNTER);
  luaL_newlib(L, methods);
  lua_pushcclosure(L, member, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, length);
  lua_setfield(L, -2, "__len");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  lua_pushcfunction(L, make);
}
