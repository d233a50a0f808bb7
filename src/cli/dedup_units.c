#include "dedup_units.h"

#include "clean.h"
#include "json.h"
#include "jsontext.h"
#include "utf8.h"
#include <stdio.h>

/* Units of a page at work.  Bytes that are dropped with a unit are those up to the next one. */
typedef struct work {
  lode_dedup_maker *self;
  const lode_dedup_wants *wants;
  lode_page *page;
  lode_str text;       /* what is cut into units */
  const lode_map *map; /* from it to what places are in, or NULL */
  lode_buf *out;
  lode_err *err;
  lode_unit unit;
  uint32_t count;
  /* Where text[at] stands in the bytes that are written: the text itself, or a JSON string. */
  lode_str bytes;
  size_t at, place;
  bool escaped;
} work;

/* --- places in a JSON string --- */

static size_t escape_size(const char *p, size_t *decoded) { /* of the escape at p; *decoded: bytes that it stands for */
  unsigned value = 0;
  *decoded = 1;
  if (p[1] != 'u') return 2;
  for (int i = 2; i < 6; i++) value = value << 4 | (unsigned)(p[i] <= '9' ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
  bool high = value >= 0xD800 && value < 0xDC00;
  if (high && p[6] == '\\' && p[7] == 'u' && (p[8] | 0x20) == 'd' && (p[9] | 0x20) >= 'c') { /* DC00 to DFFF */
    *decoded = 4;
    return 12;
  }
  *decoded = value < 0x80 ? 1 : value < 0x800 ? 2 : 3;
  return 6;
}

/* The place in the bytes of a place in the text, which never goes back. */
static uint32_t place_of(work *w, size_t at) {
  if (!w->escaped) return (uint32_t)(w->place + at);
  while (w->at < at) {
    size_t decoded = 1, size = w->bytes.ptr[w->place] == '\\' ? escape_size(w->bytes.ptr + w->place, &decoded) : 1;
    w->place += size;
    w->at += decoded;
  }
  return (uint32_t)w->place;
}

/* A page of a WARC or CSV file as the JSON line that it is written as.  Text that is no UTF-8 is the repaired text from
 * here on, so that places in it are places in the line. */
static int make_line(work *w) {
  lode_page *page = w->page;
  lode_buf *line = &w->self->line;
  lode_json_value object, text;
  line->len = 0;
  int code = lode_buf_text(line, "{\"id\":", w->err);
  if (code == 0) code = lode_json_put_text(line, page->id.ptr, page->id.len, w->err);
  if (code == 0) code = lode_buf_printf(line, w->err, ",\"%s\":", page->html ? "html" : "text");
  if (code == 0) code = lode_json_put_text(line, page->raw.ptr, page->raw.len, w->err);
  for (size_t i = 0; i < page->meta_count && code == 0; i++) { /* columns of CSV, fields of a WARC record */
    const lode_meta *meta = &page->meta[i];
    code = lode_buf_byte(line, ',', w->err);
    if (code == 0) code = lode_json_put_text(line, meta->name.ptr, meta->name.len, w->err);
    if (code == 0) code = lode_buf_byte(line, ':', w->err);
    if (code == 0) code = lode_buf_add(line, meta->json.ptr, meta->json.len, w->err);
  }
  if (code == 0) code = lode_buf_byte(line, '}', w->err);
  if (code != 0) return code;
  page->line = (lode_str){line->ptr, line->len};
  if (page->html || lode_utf8_valid(page->raw.ptr, page->raw.len) == page->raw.len) return 0;
  w->self->repaired.len = 0;
  code = lode_json_parse(line->ptr, line->len, LODE_JSON_DEPTH, &object, w->err);
  if (code == 0 && lode_json_get(object, "text", &text)) code = lode_json_decode(text, &w->self->repaired, w->err);
  page->raw = (lode_str){w->self->repaired.ptr, w->self->repaired.len};
  return code;
}

/* Set up w->bytes: the JSON line, or the raw page. */
static int find_bytes(work *w) {
  lode_json_value line, text;
  lode_page *page = w->page;
  bool whole = w->wants->settings.level == LODE_LEVEL_PAGE;
  if (page->line.ptr == NULL && page->record && w->wants->bytes && (whole || !page->html)) {
    int made = make_line(w);
    if (made != 0) return made;
  }
  w->bytes = page->line.ptr != NULL ? page->line : page->raw;
  if (page->line.ptr == NULL || whole) return 0;
  int code = lode_json_parse(page->line.ptr, page->line.len, LODE_JSON_DEPTH, &line, w->err);
  if (code != 0 || !lode_json_get(line, "text", &text)) return code != 0 ? code : LODE_E_INPUT;
  w->escaped = true;
  w->place = (size_t)(text.text.ptr - page->line.ptr) + 1; /* behind its quote */
  return 0;
}

/* --- units --- */

static bool is_blank(lode_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] != ' ' && (unsigned char)(text.ptr[i] - '\t') >= 5) return false;
  return true;
}

/* The date's first 14 digits as a number, so that an earlier one has the higher rank. */
static uint64_t rank_of_date(const lode_page *page) {
  lode_str date = lode_page_get_meta(page, LODE_STR("date"));
  uint64_t value = 0;
  unsigned digits = 0;
  for (size_t i = 0; i < date.len && digits < 14; i++)
    if (date.ptr[i] >= '0' && date.ptr[i] <= '9') {
      value = value * 10 + (uint64_t)(date.ptr[i] - '0');
      digits++;
    }
  for (; digits > 0 && digits < 14; digits++) value *= 10;
  return digits == 0 ? 0 : UINT64_MAX - value;
}

/* The unit `text`, which stands at [begin, end) of what is cut, and is dropped up to `next`. */
static int put_unit(work *w, lode_str text, size_t begin, size_t end, size_t next) {
  if (w->wants->settings.level != LODE_LEVEL_PAGE && is_blank(text)) return 0;
  lode_unit unit = {.id = w->page->id};
  if (w->wants->settings.level != LODE_LEVEL_PAGE) {
    lode_buf *id = &w->self->id;
    id->len = 0;
    int code = lode_buf_add(id, w->page->id.ptr, w->page->id.len, w->err);
    if (code == 0) code = lode_buf_printf(id, w->err, "#%zu-%zu", begin, end);
    if (code != 0) return code;
    unit.id = (lode_str){id->ptr, id->len};
    unit.begin = place_of(w, begin);
    unit.end = place_of(w, next);
  } else {
    unit.end = (uint32_t)w->bytes.len;
  }
  unit.rank = w->wants->keep == LODE_KEEP_LONGEST  ? text.len
              : w->wants->keep == LODE_KEEP_DATE   ? rank_of_date(w->page)
              : w->wants->keep == LODE_KEEP_RANKED ? w->self->rank
                                                   : 0;
  w->count++;
  if (w->wants->only_bytes) text.len = 0;
  return lode_unit_put(&w->self->maker, &w->wants->settings, &unit, text, w->out, w->err);
}

/* The same of a span of w->text. */
static int put_piece(work *w, lode_span span, size_t next) {
  lode_str text = {w->text.ptr + span.begin, span.end - span.begin};
  if (w->map == NULL) return put_unit(w, text, span.begin, span.end, next);
  lode_span place = lode_map_to_source(w->map, span.begin, span.end);
  return put_unit(w, text, place.begin, place.end, lode_map_to_source(w->map, next, next).begin);
}

static int put_lines(work *w) {
  int code = 0;
  for (size_t at = 0; at < w->text.len && code == 0;) {
    const char *end = memchr(w->text.ptr + at, '\n', w->text.len - at);
    size_t stop = end == NULL ? w->text.len : (size_t)(end - w->text.ptr);
    code = put_piece(w, (lode_span){at, stop}, end == NULL ? stop : stop + 1);
    at = stop + 1;
  }
  return code;
}

static int put_sentences(work *w, lode_span paragraph) {
  lode_tokens *tokens = &w->self->tokens;
  tokens->count = tokens->sentence_count = 0;
  int code =
      lode_tokenize(w->text.ptr + paragraph.begin, paragraph.end - paragraph.begin, paragraph.begin, tokens, w->err);
  for (size_t i = 0; i < tokens->sentence_count && code == 0; i++) {
    const lode_sentence *s = &tokens->sentences[i];
    size_t next = i + 1 < tokens->sentence_count ? tokens->sentences[i + 1].begin : paragraph.end;
    code = put_piece(w, (lode_span){s->begin, s->end}, next);
  }
  return code;
}

static int put_paragraph(work *w, lode_span paragraph, size_t next) {
  bool sentences = w->wants->settings.level == LODE_LEVEL_SENTENCE;
  return sentences ? put_sentences(w, paragraph) : put_piece(w, paragraph, next);
}

static int put_paragraphs(work *w) {
  lode_paragraphs paragraphs;
  lode_span span, next;
  lode_paragraphs_init(&paragraphs, w->text.ptr, w->text.len);
  bool more = lode_paragraphs_next(&paragraphs, &span);
  int code = 0;
  while (more && code == 0) {
    more = lode_paragraphs_next(&paragraphs, &next);
    code = put_paragraph(w, span, more ? next.begin : w->text.len);
    span = next;
  }
  return code;
}

/* Of a plain text the paragraphs of the zones that were asked for; the others are no units, and stay. */
static int put_zones(work *w) {
  const lode_page *page = w->page;
  int code = 0;
  w->text = (lode_str){page->content, page->content_len};
  w->map = &page->map;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    size_t next = i + 1 < page->paragraph_count ? p[1].begin : page->content_len;
    if (w->wants->settings.zones >> p->zone & 1) code = put_paragraph(w, (lode_span){p->begin, p->end}, next);
  }
  return code;
}

/* --- the page --- */

static int add_zones(const lode_page *page, lode_zone_set zones, lode_buf *text, lode_err *err) {
  int code = 0;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (!(zones >> p->zone & 1)) continue;
    code = lode_buf_add(text, page->content + p->begin, p->end - p->begin, err);
    if (code == 0) code = lode_buf_add(text, "\n\n", 2, err);
  }
  return code;
}

int lode_dedup_text(lode_dedup_maker *self, const lode_dedup_settings *settings, lode_page *page, lode_str *out,
                    lode_err *err) {
  lode_zone_set zones =
      settings->zones != 0 ? settings->zones : LODE_ZONES_BODY | (lode_zone_set)1 << LODE_ZONE_HEADLINE;
  bool clean, folded = settings->near || settings->fold;
  *out = page->raw;
  if (page->html || settings->zones != 0) {
    self->text.len = 0;
    int code = page->decoded ? 0 : lode_clean(page, err); /* by the script of --keep */
    if (code == 0) code = add_zones(page, zones, &self->text, err);
    if (code != 0) return code;
    if (self->text.len > 0) *out = (lode_str){self->text.ptr, self->text.len};
    else if (page->content_len > 0) *out = (lode_str){page->content, page->content_len};
  } else if (folded && settings->level == LODE_LEVEL_PAGE && page->line.ptr == NULL) { /* JSON lines are UTF-8 */
    if (page->decoded) {
      if (lode_utf8_valid(page->raw.ptr, page->raw.len) != page->raw.len)
        *out = (lode_str){page->content, page->content_len};
      return 0;
    }
    int code = lode_clean_text(page, out, &clean, err);
    if (code != LODE_E_INPUT) return code;
    *out = page->raw; /* no text, to be compared as it is */
    lode_err_clear(err);
  }
  return 0;
}

static int put_units(work *w) {
  const lode_dedup_settings *settings = &w->wants->settings;
  bool whole = settings->level == LODE_LEVEL_PAGE;
  int code = find_bytes(w);
  w->text = w->page->raw;
  if (code == 0 && !(whole && w->wants->only_bytes))
    code = lode_dedup_text(w->self, settings, w->page, &w->text, w->err);
  if (code != 0) return code;
  if (!whole && w->page->html) w->bytes = w->text; /* a part of the markup cannot be cut out */
  else if (!whole && settings->zones != 0) return put_zones(w);
  switch (settings->level) {
    case LODE_LEVEL_LINE: return put_lines(w);
    case LODE_LEVEL_PARAGRAPH:
    case LODE_LEVEL_SENTENCE: return put_paragraphs(w);
    default: return put_unit(w, w->text, 0, w->text.len, w->text.len);
  }
}

int lode_dedup_put(lode_dedup_maker *self, const lode_dedup_wants *wants, lode_page *page, lode_buf *out,
                   lode_err *err) {
  work w = {.self = self, .wants = wants, .page = page, .out = out, .err = err};
  lode_dedup_page head = {0};
  size_t begin = out->len;
  int code = lode_buf_add(out, &head, sizeof head, err);
  if (code == 0) code = put_units(&w);
  if (code != 0) return code;
  head.line = page->line.ptr != NULL;
  head.units = w.count;
  head.unit_bytes = (uint32_t)(out->len - begin - sizeof head);
  if (wants->bytes) {
    static const char zeros[4];
    head.bytes = (uint32_t)w.bytes.len;
    code = lode_buf_add(out, w.bytes.ptr, w.bytes.len, err);
    if (code == 0) code = lode_buf_add(out, zeros, (size_t)(-w.bytes.len & 3), err);
  }
  memcpy(out->ptr + begin, &head, sizeof head);
  return code;
}
