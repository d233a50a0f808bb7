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
  bool escaped, line; /* bytes are a JSON line */
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

/* A page that came otherwise as the JSON line that it is written as, with `text` in its field. */
static int make_line(work *w, const char *field, lode_str text) {
  const lode_page *page = w->page;
  lode_buf *line = &w->self->line;
  line->len = 0;
  int code = lode_buf_text(line, "{\"id\":", w->err);
  if (code == 0) code = lode_json_put_text(line, page->id.ptr, page->id.len, w->err);
  if (code == 0) code = lode_buf_printf(line, w->err, ",\"%s\":", field);
  if (code == 0) code = lode_json_put_text(line, text.ptr, text.len, w->err);
  for (size_t i = 0; i < page->meta_count && code == 0; i++) { /* columns of CSV, fields of a WARC record */
    const lode_meta *meta = &page->meta[i];
    code = lode_buf_byte(line, ',', w->err);
    if (code == 0) code = lode_json_put_text(line, meta->name.ptr, meta->name.len, w->err);
    if (code == 0) code = lode_buf_byte(line, ':', w->err);
    if (code == 0) code = lode_buf_add(line, meta->json.ptr, meta->json.len, w->err);
  }
  if (code == 0) code = lode_buf_byte(line, '}', w->err);
  w->bytes = (lode_str){line->ptr, line->len};
  w->line = true;
  return code;
}

/* The string of the field of w->bytes, a JSON line. */
static int find_field(const work *w, const char *field, lode_json_value *out) {
  lode_json_value object;
  int code = lode_json_parse(w->bytes.ptr, w->bytes.len, LODE_JSON_DEPTH, &object, w->err);
  return code == 0 && !lode_json_get(object, field, out) ? LODE_E_INPUT : code;
}

/* The page's bytes as UTF-8, of HTML the markup; what is no text as it is. */
static int read_raw(work *w, lode_str *out) {
  lode_page *page = w->page;
  bool clean;
  *out = page->raw;
  if (page->decoded) { /* by a script: of HTML that is no markup any more */
    if (!page->html) *out = (lode_str){page->content, page->content_len};
    return 0;
  }
  int code = lode_clean_text(page, out, &clean, w->err);
  page->decoded = false; /* to be cleaned yet */
  if (code != LODE_E_INPUT) return code;
  lode_err_clear(w->err);
  *out = page->raw;
  return 0;
}

/* The line of a page that is none.  Below page level text that is not UTF-8 is the text in the line from here on, so that
 * places in it are places in the line. */
static int make_own_line(work *w) {
  lode_page *page = w->page;
  lode_buf *repaired = &w->self->repaired;
  lode_json_value text;
  lode_str read;
  int code = read_raw(w, &read);
  if (code == 0) code = make_line(w, page->html ? "html" : "text", read);
  bool same = read.ptr == page->raw.ptr && lode_utf8_valid(read.ptr, read.len) == read.len;
  if (code != 0 || same || page->html || w->wants->settings.level == LODE_LEVEL_PAGE) return code;
  repaired->len = 0;
  code = find_field(w, "text", &text);
  if (code == 0) code = lode_json_decode(text, repaired, w->err);
  page->raw = (lode_str){repaired->ptr, repaired->len};
  page->decoded = false;
  return code;
}

/* Places in w->bytes, a JSON line, are those of its text. */
static int find_places(work *w) {
  lode_json_value text;
  int code = find_field(w, "text", &text);
  if (code != 0) return code;
  w->escaped = true;
  w->place = (size_t)(text.text.ptr - w->bytes.ptr) + 1; /* behind its quote */
  return 0;
}

/* Set up w->bytes: the JSON line, or the raw page.  Below page level those of HTML are its text: see cut_html. */
static int find_bytes(work *w) {
  const lode_page *page = w->page;
  bool whole = w->wants->settings.level == LODE_LEVEL_PAGE;
  w->line = page->line.ptr != NULL;
  w->bytes = w->line ? page->line : page->raw;
  int code = 0;
  if (page->html && !whole) return 0;
  if (w->wants->bytes && !w->line && (page->record || w->wants->lines)) code = make_own_line(w);
  return code != 0 || !w->line || whole ? code : find_places(w);
}

/* A part of markup cannot be cut out, so what is cut and written is the text. */
static int cut_html(work *w) {
  bool line = w->wants->bytes && (w->line || w->page->record || w->wants->lines);
  w->bytes = w->text;
  w->line = line;
  int code = line ? make_line(w, "text", w->text) : 0;
  return code != 0 || !line ? code : find_places(w);
}

/* --- units --- */

static bool is_blank(lode_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.ptr[i] != ' ' && (unsigned char)(text.ptr[i] - '\t') >= 5) return false;
  return true;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* The first 14 digits as a number, those that are missing as 0: of dates from the year on. */
static uint64_t read_digits(lode_str date) {
  uint64_t value = 0;
  unsigned digits = 0;
  for (size_t i = 0; i < date.len && digits < 14; i++)
    if (is_digit(date.ptr[i])) {
      value = value * 10 + (uint64_t)(date.ptr[i] - '0');
      digits++;
    }
  for (; digits > 0 && digits < 14; digits++) value *= 10;
  return value;
}

/* Whether it begins with a year, as 2025-08-20T00:17:05Z, 2025, 20250820 and 20250820001705 do. */
static bool leads_with_year(lode_str date) {
  size_t digits = 0;
  while (digits < date.len && is_digit(date.ptr[digits])) digits++;
  return (digits == 4 && (date.len == 4 || date.ptr[4] == '-')) || digits == 8 || digits == 14;
}

/* An earlier date has the higher rank, no date that is understood none. */
static int rank_by_date(work *w) {
  lode_page *page = w->page;
  lode_str date = lode_page_get_meta(page, LODE_STR("date"));
  char stamp[LODE_DATE_SIZE];
  int code = date.ptr == NULL && !page->decoded ? lode_clean(page, w->err) : 0;
  if (code != 0 && code != LODE_E_INPUT) return code;
  if (code == LODE_E_INPUT) lode_err_clear(w->err); /* no text has no date */
  date = lode_page_get_meta(page, LODE_STR("date"));
  if (date.len >= 2 && date.ptr[0] == '"') date = (lode_str){date.ptr + 1, date.len - 2};
  w->self->rank = 0;
  if (leads_with_year(date)) w->self->rank = UINT64_MAX - read_digits(date);
  else if (lode_clean_date(date, stamp)) w->self->rank = UINT64_MAX - read_digits((lode_str){stamp, strlen(stamp)});
  return 0;
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
  unit.rank = w->wants->keep == LODE_KEEP_LONGEST ? text.len : w->wants->keep == LODE_KEEP_FIRST ? 0 : w->self->rank;
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
  if (code == 0 && w->wants->keep == LODE_KEEP_DATE && !w->wants->only_bytes) code = rank_by_date(w);
  w->text = w->page->raw;
  if (code == 0 && !(whole && w->wants->only_bytes))
    code = lode_dedup_text(w->self, settings, w->page, &w->text, w->err);
  if (code != 0) return code;
  if (!whole && w->page->html) code = cut_html(w);
  else if (!whole && settings->zones != 0) return put_zones(w);
  if (code != 0) return code;
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
  head.line = w.line;
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
