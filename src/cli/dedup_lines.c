#define _DEFAULT_SOURCE /* madvise */
#include "dedup_lines.h"

#include "hash.h"
#include "mem.h"
#include "stream.h"
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { AHEAD = 32, FIRST_SLOTS = 1 << 16, PIECE = 1 << 20, LARGE_PAGE = 2 << 20 };

typedef struct line {
  lode_hash128_value hash;
  const char *begin, *end; /* with its end of line */
  bool blank;
} line;

struct lode_line_filter {
  lode_hash128_value *slots; /* low 0 and high 0: free */
  size_t mask, count;
  bool unended;  /* the last line written lacks its end */
  lode_buf rest; /* of a stream: a line whose end was not read yet, and the piece behind it */
};

static lode_hash128_value *new_slots(size_t count) {
  void *slots = NULL;
  size_t bytes = lode_size_mul(count, sizeof(lode_hash128_value));
  if (posix_memalign(&slots, bytes < LARGE_PAGE ? 64 : LARGE_PAGE, bytes) != 0) return NULL;
#if defined(MADV_HUGEPAGE)
  if (bytes >= LARGE_PAGE) madvise(slots, bytes, MADV_HUGEPAGE);
#endif
  memset(slots, 0, bytes);
  return slots;
}

int lode_line_filter_open(lode_line_filter **out, lode_err *err) {
  lode_line_filter *self = calloc(1, sizeof *self);
  *out = self;
  if (self != NULL) self->slots = new_slots(FIRST_SLOTS);
  if (self == NULL || self->slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  self->mask = FIRST_SLOTS - 1;
  return 0;
}

void lode_line_filter_free(lode_line_filter *self) {
  if (self == NULL) return;
  free(self->slots);
  lode_buf_free(&self->rest);
  free(self);
}

static lode_hash128_value *slot_of(const lode_line_filter *self, lode_hash128_value hash) {
  size_t at = (size_t)hash.low & self->mask;
  while ((self->slots[at].low | self->slots[at].high) != 0 &&
         (self->slots[at].low != hash.low || self->slots[at].high != hash.high))
    at = (at + 1) & self->mask;
  return &self->slots[at];
}

/* Room for AHEAD more at a load of at most 5/8. */
static int make_room(lode_line_filter *self, lode_err *err) {
  if ((self->count + AHEAD) * 8 <= (self->mask + 1) * 5) return 0;
  size_t old_count = self->mask + 1;
  lode_hash128_value *old = self->slots, *slots = new_slots(old_count * 2);
  if (slots == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu lines", self->count);
  self->slots = slots;
  self->mask = old_count * 2 - 1;
  for (size_t i = 0; i < old_count; i++)
    if ((old[i].low | old[i].high) != 0) *slot_of(self, old[i]) = old[i];
  free(old);
  return 0;
}

static bool is_blank(const char *p, const char *end) {
  for (; p < end; p++)
    if (*p != ' ' && (unsigned char)(*p - '\t') >= 5) return false;
  return true;
}

static line next_line(const lode_line_filter *self, const char *at, const char *end) {
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  line l = {.begin = at, .end = stop == NULL ? end : stop + 1};
  const char *text_end = stop == NULL ? end : stop;
  l.blank = (*at == ' ' || (unsigned char)(*at - '\t') < 5) && is_blank(at, text_end);
  l.hash = lode_hash128(at, (size_t)(text_end - at), 0);
  if ((l.hash.low | l.hash.high) == 0) l.hash.low = 1;
  __builtin_prefetch(&self->slots[(size_t)l.hash.low & self->mask]);
  return l;
}

/* Lines that follow one another and are kept are written in one step. */
int lode_line_filter_take(lode_line_filter *self, const char *text, size_t len, lode_outfile *out, lode_err *err) {
  const char *at = text, *end = text + len, *kept = text;
  line lines[AHEAD];
  int code = 0;
  while (at < end && code == 0) {
    size_t count = 0;
    code = make_room(self, err);
    for (; count < AHEAD && at < end; count++) {
      lines[count] = next_line(self, at, end);
      at = lines[count].end;
    }
    for (size_t i = 0; i < count && code == 0; i++) {
      if (lines[i].blank) continue;
      lode_hash128_value *slot = slot_of(self, lines[i].hash);
      if ((slot->low | slot->high) == 0) {
        *slot = lines[i].hash;
        self->count++;
        continue;
      }
      if (lines[i].begin > kept) code = lode_outfile_write(out, kept, (size_t)(lines[i].begin - kept), err);
      kept = lines[i].end;
    }
  }
  if (code != 0 || end == kept) return code;
  self->unended = end[-1] != '\n';
  return lode_outfile_write(out, kept, (size_t)(end - kept), err);
}

int lode_line_filter_file(lode_line_filter *self, const char *path, lode_outfile *out, lode_err *err) {
  lode_stream *stream = NULL;
  size_t got = 1;
  int code = lode_stream_open(&stream, path, err);
  self->rest.len = 0;
  if (code == 0 && self->unended) code = lode_outfile_write(out, "\n", 1, err);
  self->unended = false;
  while (code == 0 && got > 0) {
    code = lode_buf_reserve(&self->rest, PIECE, err);
    if (code == 0) code = lode_stream_read(stream, self->rest.ptr + self->rest.len, PIECE, &got, err);
    if (code != 0) break;
    size_t from = self->rest.len, whole = self->rest.len + got;
    self->rest.len += got;
    while (got > 0 && whole > from && self->rest.ptr[whole - 1] != '\n') whole--; /* earlier bytes hold no line end */
    if (got > 0 && whole == from) continue;
    code = lode_line_filter_take(self, self->rest.ptr, whole, out, err);
    self->rest.len -= whole;
    if (self->rest.len > 0) memmove(self->rest.ptr, self->rest.ptr + whole, self->rest.len);
  }
  if (code == LODE_E_INPUT && self->rest.len > 0) /* a damaged file: what could be read counts */
    lode_line_filter_take(self, self->rest.ptr, self->rest.len, out, NULL);
  lode_stream_close(stream);
  return code;
}
