/* htmlmap.h - what must be true of a page of HTML and its map, for the unit test and the fuzz target.
 *
 * The oracle does not know the map: it takes the text tokens of the source that stand in a raw range, decodes their entities
 * one by one, and leaves out white space.  That must be the content there without its white space.
 */
#ifndef LODE_HTMLMAP_H
#define LODE_HTMLMAP_H
#include "encoding.h"
#include "htmlmain.h"
#include "page.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct htmlmap {
  lode_page page; /* cleaned by lode_clean */
  lode_page copy; /* decoded alone: its content is the source */
  lode__html_doc doc;
  lode_arena arena;
} htmlmap;

static inline bool htmlmap_blank(const char *s, size_t at, size_t len, size_t *step) {
  unsigned char c = (unsigned char)s[at];
  *step = 1;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return true;
  *step = c == 0xC2 && at + 1 < len && (unsigned char)s[at + 1] == 0xA0 ? 2 : 1;
  return *step == 2;
}

static inline void htmlmap_add(lode_buf *out, const char *s, size_t len) {
  size_t step;
  for (size_t i = 0; i < len; i += step)
    if (!htmlmap_blank(s, i, len, &step)) lode_buf_add(out, s + i, step, NULL);
}

/* The shown text of source[begin, end), without white space. */
static inline void htmlmap_text(htmlmap *m, size_t begin, size_t end, lode_buf *out) {
  const lode__html_scan *scan = &m->doc.scan;
  size_t low = 0, high = scan->count;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (scan->tokens[mid].end <= begin) low = mid + 1;
    else high = mid;
  }
  for (size_t i = low; i < scan->count && scan->tokens[i].begin < end; i++) {
    const lode__html_token *t = &scan->tokens[i];
    if (t->kind > LODE__HTML_CDATA || t->node == LODE__HTML_NO_NODE) continue;
    if (m->doc.tree.nodes[t->node].flags & LODE__NODE_HIDDEN) continue;
    size_t from = t->begin > begin ? t->begin : begin, to = t->end < end ? t->end : end;
    for (size_t at = from; at < to;) {
      char made[LODE__ENTITY_BYTES];
      size_t made_len = 0, taken = 0;
      if (scan->source[at] == '&' && t->kind == LODE__HTML_TEXT)
        taken = lode__entity_read(&m->doc.entities, scan->source + at, t->end - at, false, made, &made_len);
      if (taken != 0) htmlmap_add(out, made, made_len);
      size_t stop = at + (taken != 0 ? taken : 1);
      while (taken == 0 && stop < to && scan->source[stop] != '&') stop++;
      if (taken == 0) htmlmap_add(out, scan->source + at, stop - at);
      at = stop;
    }
  }
}

static inline void htmlmap_init(htmlmap *m, lode_table *words) {
  *m = (htmlmap){0};
  lode_page_init(&m->page, words);
  lode_page_init(&m->copy, words);
  lode_arena_init(&m->arena, 0);
}

static inline void htmlmap_free(htmlmap *m) {
  lode_page_free(&m->page);
  lode_page_free(&m->copy);
  lode_arena_free(&m->arena);
}

/* The source as the cleaner saw it, scanned again. */
static inline int htmlmap_open(htmlmap *m, lode_str raw, lode_err *err) {
  lode_page_open(&m->copy, LODE_STR("p.html"), raw);
  lode_arena_reset(&m->arena);
  m->doc = (lode__html_doc){.arena = &m->arena};
  lode__entities_init(&m->doc.entities);
  m->copy.html = true;
  lode__encoding from = lode__encoding_of(&m->copy);
  int code = lode__encoding_decode(&m->copy, &from, err);
  if (code == 0) code = lode__html_scan_source(&m->doc.scan, m->copy.content, m->copy.content_len, &m->arena, err);
  if (code == 0) code = lode__html_tree_build(&m->doc.tree, &m->doc.scan, &m->arena, err);
  return code;
}

static inline void htmlmap_close(htmlmap *m) {
  lode__entities_free(&m->doc.entities);
}

/* Widen [begin, end) of the content until it cuts no piece of the map that maps as a whole. */
static inline void htmlmap_align(const lode_page *page, size_t *begin, size_t *end) {
  for (size_t i = 0; i < page->map.count; i++) {
    const lode_map_piece *p = &page->map.pieces[i];
    size_t stop = i + 1 < page->map.count ? p[1].target : page->map.target_len;
    if (p->same) continue;
    if (p->target < *begin && *begin < stop) *begin = p->target;
    if (p->target < *end && *end < stop) *end = stop;
  }
}

/* Whether something in these raw bytes was undone behind the markup: mojibake, references escaped twice. */
static inline bool htmlmap_undone(const lode_page *page, lode_span raw) {
  for (size_t i = 0; i < page->repairs.count; i++) {
    const lode_repair *r = &page->repairs.items[i];
    bool undone = r->kind == LODE_REPAIR_CONTROL || r->kind == LODE_REPAIR_MOJIBAKE || r->kind == LODE_REPAIR_ENTITY;
    if (undone && r->source.begin < raw.end && r->source.end > raw.begin) return true;
  }
  return false;
}

/* Whether content [begin, end), which htmlmap_align made, is what its raw bytes say, up to repair. */
static inline bool htmlmap_holds(htmlmap *m, size_t begin, size_t end) {
  lode_span raw = lode_page_raw(&m->page, begin, end);
  if (htmlmap_undone(&m->page, raw)) return true;
  if (raw.begin > raw.end || raw.end > m->page.raw.len) return false;
  lode_span source = lode_map_to_target(&m->copy.map, raw.begin, raw.end);
  lode_buf want = {0}, got = {0};
  htmlmap_text(m, source.begin, source.end, &got);
  htmlmap_add(&want, m->page.content + begin, end - begin);
  bool same = want.len == got.len && (want.len == 0 || memcmp(want.ptr, got.ptr, want.len) == 0);
  if (!same)
    fprintf(stderr, "content [%zu, %zu) \"%.*s\", raw [%zu, %zu) says \"%.*s\"\n", begin, end, (int)(end - begin),
            m->page.content + begin, raw.begin, raw.end, (int)got.len, got.ptr == NULL ? "" : got.ptr);
  lode_buf_free(&want);
  lode_buf_free(&got);
  return same;
}

#endif
