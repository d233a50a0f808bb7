#include "sorter.h"

#include "file.h"
#include "mem.h"
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An entry in memory and on disk:  key length (u32), value length (u32), key, value.
 *
 * One block holds the entries from the front and their index from the back, so that its size is all there is:
 *
 *     [ entry 0 | entry 1 | entry 2 | ->   free   <- | item 2 | item 1 | item 0 ]
 *
 * Runs lie in levels. A full block becomes a run at level 0; FAN runs of a level are merged into one run of the level
 * above, whose file then grows while the lower file is emptied. So each byte is written once a level, the disk
 * holds at most twice the data, and there is one descriptor a level. Runs of a higher level are older. */
enum { FAN = 64, LEVELS = 8, HEADER = 8, LEAST_MEMORY = 4096, LEAST_BUFFER = 512, LEAST_BLOCK = 64 * 1024 };

typedef struct item {
  uint64_t prefix; /* the first 8 bytes of the key, big-endian, zeros behind a shorter one */
  size_t offset;   /* of the entry; grows in the order of adding */
} item;

typedef struct run {
  uint64_t begin, end;
} run;

typedef struct level {
  int fd; /* -1: none yet */
  uint64_t len;
  run runs[FAN];
  size_t count;
} level;

/* A run that is being read; buf[at..] begins with the entry at hand. */
typedef struct source {
  int fd;
  uint64_t pos, end; /* of what is not in buf yet */
  size_t room;       /* bytes to read at once */
  lode_buf buf;
  size_t at;
  uint64_t prefix;
  lode_str key, value;
} source;

struct lode_sorter {
  size_t memory;
  bool sum, finished;

  char *block;
  size_t block_size, used; /* used: bytes of entries */
  size_t count;            /* items */

  level levels[LEVELS];

  /* The merge: either the items of the block in order, or the sources, of which heap[0] has the smallest entry. */
  size_t next_item;
  bool advance_first; /* the entry that next gave last is still the smallest */
  source *sources;
  size_t source_count;
  size_t *heap;
  size_t heap_count;
  lode_buf key; /* sum: the key whose total is given */
  char total[8];
};

static uint64_t prefix_of(lode_str key) {
  unsigned char bytes[8] = {0};
  memcpy(bytes, key.ptr, key.len < 8 ? key.len : 8);
  uint64_t prefix = 0;
  for (int i = 0; i < 8; i++) prefix = prefix << 8 | bytes[i];
  return prefix;
}

static int compare_keys(lode_str a, lode_str b) {
  size_t len = a.len < b.len ? a.len : b.len;
  int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
  return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static uint64_t read_u64(const char *from) {
  lode_reader reader = lode_reader_of(from, 8);
  return lode_read_u64(&reader);
}

static void write_u32(char *to, size_t value) {
  for (int i = 0; i < 4; i++) to[i] = (char)(unsigned char)(value >> (8 * i));
}

static void write_u64(char *to, uint64_t value) {
  for (int i = 0; i < 8; i++) to[i] = (char)(unsigned char)(value >> (8 * i));
}

/* What a header says; both lengths are below 2^32. */
static void read_header(const char *from, size_t *key_len, size_t *value_len) {
  lode_reader reader = lode_reader_of(from, HEADER);
  *key_len = lode_read_u32(&reader);
  *value_len = lode_read_u32(&reader);
}

static void entry_at(const char *from, lode_str *key, lode_str *value) {
  read_header(from, &key->len, &value->len);
  key->ptr = from + HEADER;
  value->ptr = key->ptr + key->len;
}

/* ---- the block ------------------------------------------------------------------------------------------ */

static item *items_of(const lode_sorter *self) {
  return (item *)(void *)(self->block + self->block_size) - self->count;
}

/* Twice the block, up to the memory that was given, and more only for a single entry that needs it. */
static int grow_block(lode_sorter *self, size_t need, lode_err *err) {
  size_t size = lode_size_mul(self->block_size == 0 ? LEAST_BLOCK / 2 : self->block_size, 2);
  if (size > self->memory) size = self->memory;
  if (size < need) size = need;
  if (size > SIZE_MAX - sizeof(item)) return lode_fail(err, LODE_E_NOMEM, "out of memory: sorting");
  size = (size + sizeof(item) - 1) / sizeof(item) * sizeof(item);
  char *block = realloc(self->block, size);
  if (block == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu bytes for sorting", size);
  size_t index = self->count * sizeof(item);
  if (index != 0) memmove(block + size - index, block + self->block_size - index, index);
  self->block = block;
  self->block_size = size;
  return 0;
}

static lode_str key_at(const lode_sorter *self, const item *it) {
  lode_str key, value;
  entry_at(self->block + it->offset, &key, &value);
  return key;
}

static bool item_before(const lode_sorter *self, const item *a, const item *b) {
  if (a->prefix != b->prefix) return a->prefix < b->prefix;
  int order = compare_keys(key_at(self, a), key_at(self, b));
  return order != 0 ? order < 0 : a->offset < b->offset;
}

static void swap_items(item *a, item *b) {
  item t = *a;
  *a = *b;
  *b = t;
}

/* Introsort (Musser 1997), because the C library's qsort may take as much memory again, and has no argument for the
 * block. No two items are equal, so an unstable sort gives one answer. */
static void sort_small(const lode_sorter *self, item *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    item it = items[i];
    size_t at = i;
    for (; at > 0 && item_before(self, &it, &items[at - 1]); at--) items[at] = items[at - 1];
    items[at] = it;
  }
}

static void sift_item(const lode_sorter *self, item *items, size_t count, size_t at) {
  for (size_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && item_before(self, &items[child], &items[child + 1])) child++;
    if (!item_before(self, &items[at], &items[child])) return;
    swap_items(&items[at], &items[child]);
  }
}

static void sort_by_heap(const lode_sorter *self, item *items, size_t count) {
  for (size_t i = count / 2; i-- > 0;) sift_item(self, items, count, i);
  for (size_t i = count; i-- > 1;) {
    swap_items(&items[0], &items[i]);
    sift_item(self, items, i, 0);
  }
}

/* Moves the median of three to the front, then splits around it: what is returned is its final place. */
static size_t split_items(const lode_sorter *self, item *items, size_t count) {
  item *a = &items[0], *b = &items[count / 2], *c = &items[count - 1];
  if (item_before(self, b, a)) swap_items(a, b);
  if (item_before(self, c, b)) swap_items(b, c);
  if (item_before(self, b, a)) swap_items(a, b);
  swap_items(a, b);
  size_t low = 1, high = count - 1;
  for (;;) {
    while (low <= high && item_before(self, &items[low], a)) low++;
    while (low <= high && item_before(self, a, &items[high])) high--;
    if (low >= high) break;
    swap_items(&items[low++], &items[high--]);
  }
  swap_items(a, &items[high]);
  return high;
}

/* Recurs into the smaller part only: the depth is at most log2(count), and `budget` bounds the bad splits. */
static void sort_items(const lode_sorter *self, item *items, size_t count, int budget) {
  while (count > 16) {
    if (budget-- == 0) {
      sort_by_heap(self, items, count);
      return;
    }
    size_t middle = split_items(self, items, count);
    size_t right = count - middle - 1;
    if (middle < right) {
      sort_items(self, items, middle, budget);
      items += middle + 1;
      count = right;
    } else {
      sort_items(self, items + middle + 1, right, budget);
      count = middle;
    }
  }
  sort_small(self, items, count);
}

static void sort_block(lode_sorter *self) {
  int budget = 0;
  for (size_t n = self->count; n > 1; n /= 2) budget += 2;
  if (self->count > 1) sort_items(self, items_of(self), self->count, budget);
}

/* ---- reading runs ------------------------------------------------------------------------------------------ */

static int fail_temp(lode_err *err, const char *why) {
  return lode_fail(err, LODE_E_IO, "cannot read a temporary file: %s", why);
}

/* Have `want` bytes in buf from `at` on. */
static int need(source *self, size_t want, lode_err *err) {
  if (self->buf.len - self->at >= want) return 0;
  if (self->at > 0) memmove(self->buf.ptr, self->buf.ptr + self->at, self->buf.len - self->at);
  self->buf.len -= self->at;
  self->at = 0;
  size_t aim = want > self->room ? want : self->room;
  int code = aim <= self->buf.cap ? 0 : lode_buf_reserve(&self->buf, aim - self->buf.len, err);
  if (code != 0) return code;
  while (self->buf.len < want) {
    uint64_t left = self->end - self->pos;
    size_t room = self->buf.cap - self->buf.len;
    if (left == 0) return fail_temp(err, "it ends too early");
    ssize_t n = pread(self->fd, self->buf.ptr + self->buf.len, left < room ? (size_t)left : room, (off_t)self->pos);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail_temp(err, n == 0 ? "it ends too early" : strerror(errno));
    self->buf.len += (size_t)n;
    self->pos += (uint64_t)n;
  }
  return 0;
}

/* Load the entry at `at`: 1, or 0 at the end of the run. */
static int load(source *self, lode_err *err) {
  if (self->at == self->buf.len && self->pos == self->end) return 0;
  int code = need(self, HEADER, err);
  if (code != 0) return code;
  size_t key_len, value_len;
  read_header(self->buf.ptr + self->at, &key_len, &value_len);
  code = need(self, lode_size_add(HEADER + key_len, value_len), err);
  if (code != 0) return code;
  entry_at(self->buf.ptr + self->at, &self->key, &self->value);
  self->prefix = prefix_of(self->key);
  return 1;
}

static bool source_before(const lode_sorter *self, size_t a, size_t b) {
  const source *x = &self->sources[a], *y = &self->sources[b];
  if (x->prefix != y->prefix) return x->prefix < y->prefix;
  int order = compare_keys(x->key, y->key);
  return order != 0 ? order < 0 : a < b;
}

static void sift_source(lode_sorter *self, size_t at) {
  for (size_t child; (child = 2 * at + 1) < self->heap_count; at = child) {
    if (child + 1 < self->heap_count && source_before(self, self->heap[child + 1], self->heap[child])) child++;
    if (!source_before(self, self->heap[child], self->heap[at])) return;
    size_t t = self->heap[at];
    self->heap[at] = self->heap[child];
    self->heap[child] = t;
  }
}

static void close_sources(lode_sorter *self) {
  for (size_t i = 0; i < self->source_count; i++) lode_buf_free(&self->sources[i].buf);
  free(self->sources);
  free(self->heap);
  self->sources = NULL;
  self->heap = NULL;
  self->source_count = self->heap_count = 0;
}

static void free_block(lode_sorter *self) {
  free(self->block);
  self->block = NULL;
  self->block_size = self->used = self->count = 0;
}

/* ---- the merge --------------------------------------------------------------------------------------------- */

static void begin_items(lode_sorter *self) {
  self->next_item = 0;
  self->advance_first = false;
}

/* Oldest first, so that for equal keys the lower source number is the earlier entry. */
static int begin_runs(lode_sorter *self, size_t from_level, size_t to_level, lode_err *err) {
  close_sources(self);
  self->advance_first = false;
  size_t count = 0;
  for (size_t k = from_level; k <= to_level; k++) count += self->levels[k].count;
  self->sources = calloc(count, sizeof *self->sources);
  self->heap = calloc(count, sizeof *self->heap);
  if (self->sources == NULL || self->heap == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: merging");
  size_t room = self->memory / (count + 1);
  if (room < LEAST_BUFFER) room = LEAST_BUFFER;
  if (room > 1 << 20) room = 1 << 20;
  for (size_t k = to_level + 1; k-- > from_level;)
    for (size_t i = 0; i < self->levels[k].count; i++) {
      const run *r = &self->levels[k].runs[i];
      self->sources[self->source_count++] =
          (source){.fd = self->levels[k].fd, .pos = r->begin, .end = r->end, .room = room};
    }
  for (size_t i = 0; i < count; i++) {
    int code = load(&self->sources[i], err);
    if (code < 0) return code;
    if (code == 1) self->heap[self->heap_count++] = i;
  }
  for (size_t i = self->heap_count / 2; i-- > 0;) sift_source(self, i);
  return 0;
}

/* The smallest entry: 1, or 0 where there is none. */
static int front(const lode_sorter *self, lode_str *key, lode_str *value) {
  if (self->sources != NULL) {
    if (self->heap_count == 0) return 0;
    *key = self->sources[self->heap[0]].key;
    *value = self->sources[self->heap[0]].value;
    return 1;
  }
  if (self->next_item == self->count) return 0;
  entry_at(self->block + items_of(self)[self->next_item].offset, key, value);
  return 1;
}

static int advance(lode_sorter *self, lode_err *err) {
  if (self->sources == NULL) {
    self->next_item++;
    return 0;
  }
  source *top = &self->sources[self->heap[0]];
  top->at += HEADER + top->key.len + top->value.len;
  int code = load(top, err);
  if (code < 0) return code;
  if (code == 0) {
    lode_buf_free(&top->buf);
    self->heap[0] = self->heap[--self->heap_count];
  }
  sift_source(self, 0);
  return 0;
}

/* All entries of the smallest key in one. Sums wrap at 2^64, which no count reaches. */
static int next_sum(lode_sorter *self, lode_str *key, lode_str *value, lode_err *err) {
  int more = front(self, key, value);
  if (more != 1) return more;
  self->key.len = 0;
  int code = lode_buf_add(&self->key, key->ptr, key->len, err);
  lode_str whole = {self->key.ptr, self->key.len};
  uint64_t total = 0;
  while (code == 0 && more == 1 && compare_keys(*key, whole) == 0) {
    total += read_u64(value->ptr);
    code = advance(self, err);
    if (code == 0) more = front(self, key, value);
  }
  if (code != 0) return code;
  write_u64(self->total, total);
  *key = whole;
  *value = (lode_str){self->total, sizeof self->total};
  return 1;
}

static int next_entry(lode_sorter *self, lode_str *key, lode_str *value, lode_err *err) {
  if (self->sum) return next_sum(self, key, value, err);
  if (self->advance_first) {
    self->advance_first = false;
    int code = advance(self, err);
    if (code != 0) return code;
  }
  int more = front(self, key, value);
  self->advance_first = more == 1;
  return more;
}

/* ---- runs on disk ------------------------------------------------------------------------------------------ */

static int put_entry(lode_buf *out, lode_str key, lode_str value, lode_err *err) {
  char header[HEADER];
  write_u32(header, key.len);
  write_u32(header + 4, value.len);
  int code = lode_buf_add(out, header, HEADER, err);
  if (code == 0) code = lode_buf_add(out, key.ptr, key.len, err);
  return code != 0 ? code : lode_buf_add(out, value.ptr, value.len, err);
}

static int write_temp(level *to, lode_buf *out, lode_err *err) {
  int code = lode_fd_write(to->fd, out->ptr, out->len, err);
  if (code != 0) {
    lode_err_at(err, "a temporary file in TMPDIR or /tmp", 0, LODE_NO_BYTE);
    return code;
  }
  to->len += out->len;
  out->len = 0;
  return 0;
}

/* What the merge gives, as the newest run of a level. */
static int write_run(lode_sorter *self, level *to, lode_err *err) {
  assert(to->count < FAN);
  int code = to->fd < 0 ? lode_temp_open(&to->fd, err) : 0;
  size_t piece = self->memory / (FAN + 1);
  if (piece > 1 << 20) piece = 1 << 20;
  lode_buf out = {0};
  lode_str key, value;
  uint64_t begin = to->len;
  while (code == 0) {
    code = next_entry(self, &key, &value, err);
    if (code != 1) break;
    code = put_entry(&out, key, value, err);
    if (code == 0 && out.len >= piece) code = write_temp(to, &out, err);
  }
  if (code == 0) code = write_temp(to, &out, err);
  lode_buf_free(&out);
  if (code == 0) to->runs[to->count++] = (run){begin, to->len};
  return code;
}

static int empty_level(level *self, lode_err *err) {
  if (ftruncate(self->fd, 0) != 0 || lseek(self->fd, 0, SEEK_SET) != 0)
    return lode_fail(err, LODE_E_IO, "cannot empty a temporary file: %s", strerror(errno));
  self->len = 0;
  self->count = 0;
  return 0;
}

/* Make all runs of a level one run of the level above, for which there must be room. */
static int merge_level(lode_sorter *self, size_t k, lode_err *err) {
  int code = begin_runs(self, k, k, err);
  if (code == 0) code = write_run(self, &self->levels[k + 1], err);
  close_sources(self);
  return code != 0 ? code : empty_level(&self->levels[k], err);
}

/* The highest level has no limit of its own: 64^8 blocks are more than any disk holds. */
static int make_room(lode_sorter *self, size_t k, lode_err *err) {
  if (self->levels[k].count < FAN) return 0;
  if (k + 1 == LEVELS) return lode_fail(err, LODE_E_LIMIT, "too many runs to sort");
  int code = make_room(self, k + 1, err);
  return code != 0 ? code : merge_level(self, k, err);
}

/* The block is let go before runs are merged, which uses the same memory, and where one entry made it too large. */
static int spill(lode_sorter *self, lode_err *err) {
  sort_block(self);
  begin_items(self);
  int code = write_run(self, &self->levels[0], err);
  self->used = self->count = 0;
  bool merge = code == 0 && self->levels[0].count == FAN;
  if (merge || self->block_size > self->memory) free_block(self);
  return merge ? make_room(self, 0, err) : code;
}

static size_t run_count(const lode_sorter *self) {
  size_t count = 0;
  for (size_t k = 0; k < LEVELS; k++) count += self->levels[k].count;
  return count;
}

/* ---- the interface ------------------------------------------------------------------------------------------ */

int lode_sorter_open(lode_sorter **out, size_t memory, bool sum, lode_err *err) {
  lode_sorter *self = *out = calloc(1, sizeof *self);
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a sorter");
  self->memory = (memory < LEAST_MEMORY ? LEAST_MEMORY : memory) / sizeof(item) * sizeof(item);
  self->sum = sum;
  for (size_t k = 0; k < LEVELS; k++) self->levels[k].fd = -1;
  return 0;
}

int lode_sorter_add(lode_sorter *self, lode_str key, lode_str value, lode_err *err) {
  assert(!self->finished && (!self->sum || value.len == 8));
  if (key.len > UINT32_MAX || value.len > UINT32_MAX)
    return lode_fail(err, LODE_E_LIMIT, "an entry to sort of more than 4 GiB");
  size_t len = lode_size_add(HEADER + key.len, value.len);
  size_t all = lode_size_add(self->used + len, (self->count + 1) * sizeof(item));
  int code = 0;
  if (all > self->block_size && all > self->memory && self->count > 0) {
    code = spill(self, err);
    if (code != 0) return code;
    all = lode_size_add(len, sizeof(item));
  }
  if (all > self->block_size) code = grow_block(self, all, err);
  if (code != 0) return code;

  char *to = self->block + self->used;
  write_u32(to, key.len);
  write_u32(to + 4, value.len);
  if (key.len != 0) memcpy(to + HEADER, key.ptr, key.len);
  if (value.len != 0) memcpy(to + HEADER + key.len, value.ptr, value.len);
  self->count++;
  *items_of(self) = (item){prefix_of((lode_str){to + HEADER, key.len}), self->used};
  self->used += len;
  return 0;
}

int lode_sorter_add_count(lode_sorter *self, lode_str key, int64_t count, lode_err *err) {
  char bytes[8];
  write_u64(bytes, (uint64_t)count);
  return lode_sorter_add(self, key, (lode_str){bytes, sizeof bytes}, err);
}

int lode_sorter_finish(lode_sorter *self, lode_err *err) {
  assert(!self->finished);
  if (run_count(self) == 0) {
    sort_block(self);
    begin_items(self);
    self->finished = true;
    return 0;
  }
  int code = self->count > 0 ? spill(self, err) : 0;
  free_block(self);
  for (size_t k = 0; code == 0 && k + 1 < LEVELS && run_count(self) > FAN; k++) {
    code = make_room(self, k + 1, err);
    if (code == 0 && self->levels[k].count > 0) code = merge_level(self, k, err);
  }
  if (code == 0) code = begin_runs(self, 0, LEVELS - 1, err);
  self->finished = code == 0;
  return code;
}

int lode_sorter_next(lode_sorter *self, lode_str *key, lode_str *value, lode_err *err) {
  assert(self->finished);
  return next_entry(self, key, value, err);
}

int lode_sorter_rewind(lode_sorter *self, lode_err *err) {
  assert(self->finished);
  if (run_count(self) > 0) return begin_runs(self, 0, LEVELS - 1, err);
  begin_items(self);
  return 0;
}

size_t lode_sorter_bytes(const lode_sorter *self) {
  size_t bytes = sizeof *self + self->block_size + self->key.cap;
  for (size_t i = 0; i < self->source_count; i++) bytes += sizeof(source) + sizeof(size_t) + self->sources[i].buf.cap;
  return bytes;
}

uint64_t lode_sorter_spilled(const lode_sorter *self) {
  uint64_t bytes = 0;
  for (size_t k = 0; k < LEVELS; k++) bytes += self->levels[k].len;
  return bytes;
}

void lode_sorter_free(lode_sorter *self) {
  if (self == NULL) return;
  close_sources(self);
  free_block(self);
  for (size_t k = 0; k < LEVELS; k++)
    if (self->levels[k].fd >= 0) close(self->levels[k].fd);
  lode_buf_free(&self->key);
  free(self);
}
