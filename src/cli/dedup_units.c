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
  lode_str text; /* what is cut into units */
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

/* The unit [begin, end) of the text, dropped up to `next`. */
static int put_unit(work *w, size_t begin, size_t end, size_t next) {
  lode_str text = {w->text.ptr + begin, end - begin};
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
  unit.rank = w->wants->keep == LODE_KEEP_LONGEST  ? end - begin
              : w->wants->keep == LODE_KEEP_DATE   ? rank_of_date(w->page)
              : w->wants->keep == LODE_KEEP_RANKED ? w->self->rank
                                                   : 0;
  w->count++;
  if (w->wants->only_bytes) text.len = 0;
  return lode_unit_put(&w->self->maker, &w->wants->settings, &unit, text, w->out, w->err);
}

static int put_lines(work *w) {
  int code = 0;
  for (size_t at = 0; at < w->text.len && code == 0;) {
    const char *end = memchr(w->text.ptr + at, '\n', w->text.len - at);
    size_t stop = end == NULL ? w->text.len : (size_t)(end - w->text.ptr);
    code = put_unit(w, at, stop, end == NULL ? stop : stop + 1);
    at = stop + 1;
  }
  return code;
}

static int put_sentences(work *w, lode_span paragraph, size_t next) {
  lode_tokens *tokens = &w->self->tokens;
  tokens->count = tokens->sentence_count = 0;
  int code =
      lode_tokenize(w->text.ptr + paragraph.begin, paragraph.end - paragraph.begin, paragraph.begin, tokens, w->err);
  for (size_t i = 0; i < tokens->sentence_count && code == 0; i++) {
    const lode_sentence *s = &tokens->sentences[i];
    code = put_unit(w, s->begin, s->end, i + 1 < tokens->sentence_count ? tokens->sentences[i + 1].begin : next);
  }
  return code;
}

static int put_paragraphs(work *w) {
  bool sentences = w->wants->settings.level == LODE_LEVEL_SENTENCE;
  lode_paragraphs paragraphs;
  lode_span span, next;
  lode_paragraphs_init(&paragraphs, w->text.ptr, w->text.len);
  bool more = lode_paragraphs_next(&paragraphs, &span);
  int code = 0;
  while (more && code == 0) {
    more = lode_paragraphs_next(&paragraphs, &next);
    if (sentences) code = put_sentences(w, span, span.end);
    else code = put_unit(w, span.begin, span.end, more ? next.begin : w->text.len);
    span = next;
  }
  return code;
}

/* --- the page --- */

/* What is compared of a page: its text; of HTML the body. */
static int find_text(work *w) {
  lode_page *page = w->page;
  w->text = page->raw;
  if (!page->html) return 0;
  lode_buf *text = &w->self->text;
  text->len = 0;
  int code = lode_clean(page, w->err);
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (p->zone != LODE_ZONE_BODY && p->zone != LODE_ZONE_HEADLINE) continue;
    code = lode_buf_add(text, page->content + p->begin, p->end - p->begin, w->err);
    if (code == 0) code = lode_buf_add(text, "\n\n", 2, w->err);
  }
  w->text = (lode_str){text->ptr == NULL ? "" : text->ptr, text->len};
  if (w->wants->settings.level != LODE_LEVEL_PAGE) w->bytes = w->text; /* a part of the markup cannot be cut out */
  return code;
}

static int put_units(work *w) {
  int code = find_bytes(w);
  if (code == 0) code = find_text(w);
  if (code != 0) return code;
  switch (w->wants->settings.level) {
    case LODE_LEVEL_LINE: return put_lines(w);
    case LODE_LEVEL_PARAGRAPH:
    case LODE_LEVEL_SENTENCE: return put_paragraphs(w);
    default: return put_unit(w, 0, w->text.len, w->text.len);
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
