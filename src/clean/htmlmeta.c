#include "htmlmeta.h"

#include "json.h"
#include "stamp.h"
#include <gumbo.h>
#include <string.h>

enum { MOST_BYTES = 600, NONE = 255, LD_DEPTH = 8, LD_OBJECTS = 200 };

typedef struct reader {
  lode__html_meta *meta;
  lode__html_doc *doc;
  lode_err *err;
  size_t objects; /* of JSON-LD looked at */
} reader;

/* --- values --- */

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space folded and trimmed, in place. */
static void tidy(lode_buf *buf, size_t from) {
  size_t to = from;
  for (size_t i = from; i < buf->len; i++) {
    char c = is_space(buf->ptr[i]) || buf->ptr[i] == '\0' ? ' ' : buf->ptr[i];
    if (c == ' ' && (to == from || buf->ptr[to - 1] == ' ')) continue;
    buf->ptr[to++] = c;
  }
  if (to > from && buf->ptr[to - 1] == ' ') to--;
  buf->len = to;
}

static bool begins(const lode_buf *buf, const char *text) {
  size_t n = strlen(text);
  return buf->len >= n && memcmp(buf->ptr, text, n) == 0;
}

/* A date in any of the forms that stamp.h reads, else nothing. */
static void keep_date(lode_buf *buf) {
  char stamp[LODE__STAMP_SIZE];
  size_t end;
  for (size_t at = 0; at < buf->len && at < 40; at++) {
    if (at > 0 && buf->ptr[at - 1] >= '0' && buf->ptr[at - 1] <= '9') continue;
    if (!lode__stamp_read(buf->ptr, buf->len, at, &end, stamp)) continue;
    buf->len = strlen(stamp);
    memcpy(buf->ptr, stamp, buf->len); /* never longer than the text it was read from, at least 10 bytes */
    return;
  }
  buf->len = 0;
}

/* "en-US", "en_US" -> "en". */
static void keep_language(lode_buf *buf) {
  size_t n = 0;
  while (n < buf->len && ((buf->ptr[n] | 32) >= 'a' && (buf->ptr[n] | 32) <= 'z')) {
    buf->ptr[n] = (char)(buf->ptr[n] | 32);
    n++;
  }
  buf->len = n == 2 || n == 3 ? n : 0;
}

/* Take a value where its source is better than the one there is.  Takes the bytes of value. */
static void offer(reader *r, lode__html_field field, unsigned rank, lode_buf *value) {
  tidy(value, 0);
  if (field == LODE__FIELD_DATE || field == LODE__FIELD_UPDATED) keep_date(value);
  if (field == LODE__FIELD_LANG) keep_language(value);
  if (field == LODE__FIELD_AUTHOR && (begins(value, "By ") || begins(value, "by "))) {
    memmove(value->ptr, value->ptr + 3, value->len - 3);
    value->len -= 3;
  }
  bool address = begins(value, "http://") || begins(value, "https://");
  bool fits = value->len != 0 && value->len <= MOST_BYTES && rank < r->meta->ranks[field];
  if (field == LODE__FIELD_AUTHOR && (address || value->len > 200)) fits = false;
  if (field == LODE__FIELD_URL && !address) fits = false;
  if (fits) {
    lode_buf kept = r->meta->values[field];
    r->meta->values[field] = *value;
    *value = kept;
    r->meta->ranks[field] = (uint8_t)rank;
  }
  lode_buf_free(value);
}

static int offer_source(reader *r, lode__html_field field, unsigned rank, lode_str text) {
  if (rank >= r->meta->ranks[field] || text.len > 4 * MOST_BYTES) return 0;
  lode_buf value = {0};
  int code = lode__entities_decode(&r->doc->entities, text, true, &value, r->err);
  if (code == 0) offer(r, field, rank, &value);
  else lode_buf_free(&value);
  return code;
}

/* --- meta, link, time, html --- */

typedef struct source {
  const char *name; /* lower case */
  uint8_t field, rank;
} source;

enum { LEAST_NAME = 3, MOST_NAME = 25 }; /* bytes of the names below */

static const source names[] = {
    {"og:title", LODE__FIELD_TITLE, 2},
    {"twitter:title", LODE__FIELD_TITLE, 3},
    {"dc.title", LODE__FIELD_TITLE, 4},
    {"headline", LODE__FIELD_TITLE, 4},
    {"author", LODE__FIELD_AUTHOR, 3},
    {"article:author", LODE__FIELD_AUTHOR, 3},
    {"article:author_name", LODE__FIELD_AUTHOR, 2},
    {"parsely-author", LODE__FIELD_AUTHOR, 3},
    {"sailthru.author", LODE__FIELD_AUTHOR, 3},
    {"dc.creator", LODE__FIELD_AUTHOR, 4},
    {"dcterms.creator", LODE__FIELD_AUTHOR, 4},
    {"byl", LODE__FIELD_AUTHOR, 4},
    {"og:site_name", LODE__FIELD_SOURCE, 2},
    {"application-name", LODE__FIELD_SOURCE, 4},
    {"dc.publisher", LODE__FIELD_SOURCE, 3},
    {"article:published_time", LODE__FIELD_DATE, 2},
    {"datepublished", LODE__FIELD_DATE, 2},
    {"article:published", LODE__FIELD_DATE, 2},
    {"parsely-pub-date", LODE__FIELD_DATE, 3},
    {"sailthru.date", LODE__FIELD_DATE, 3},
    {"publish-date", LODE__FIELD_DATE, 3},
    {"publication_date", LODE__FIELD_DATE, 3},
    {"pubdate", LODE__FIELD_DATE, 3},
    {"dc.date.issued", LODE__FIELD_DATE, 3},
    {"dcterms.issued", LODE__FIELD_DATE, 3},
    {"dcterms.created", LODE__FIELD_DATE, 4},
    {"dc.date", LODE__FIELD_DATE, 4},
    {"date", LODE__FIELD_DATE, 4},
    {"citation_publication_date", LODE__FIELD_DATE, 4},
    {"article:modified_time", LODE__FIELD_UPDATED, 2},
    {"datemodified", LODE__FIELD_UPDATED, 2},
    {"og:updated_time", LODE__FIELD_UPDATED, 3},
    {"last-modified", LODE__FIELD_UPDATED, 4},
    {"lastmod", LODE__FIELD_UPDATED, 4},
    {"dcterms.modified", LODE__FIELD_UPDATED, 4},
    {"og:locale", LODE__FIELD_LANG, 3},
    {"inlanguage", LODE__FIELD_LANG, 3},
    {"content-language", LODE__FIELD_LANG, 3},
    {"og:url", LODE__FIELD_URL, 2},
};

static lode_str tag_text(const reader *r, const lode__html_token *t) {
  return (lode_str){r->doc->scan.source + t->begin, t->end - t->begin};
}

static bool equals(lode_str a, const char *lower) {
  size_t i = 0;
  for (; i < a.len; i++)
    if ((a.ptr[i] >= 'A' && a.ptr[i] <= 'Z' ? a.ptr[i] | 32 : a.ptr[i]) != lower[i] || lower[i] == '\0') return false;
  return lower[i] == '\0';
}

static int read_meta(reader *r, lode_str tag) {
  static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
  lode_str name, content;
  if (!lode__html_attribute(tag, "content", &content) || content.len == 0) return 0;
  for (size_t k = 0; k < sizeof attributes / sizeof attributes[0]; k++) {
    if (!lode__html_attribute(tag, attributes[k], &name) || name.len < LEAST_NAME || name.len > MOST_NAME) continue;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
      if (equals(name, names[i].name)) return offer_source(r, names[i].field, names[i].rank, content);
  }
  return 0;
}

static bool holds(lode_str text, const char *lower) {
  size_t n = strlen(lower);
  for (size_t at = 0; at + n <= text.len; at++)
    if (equals((lode_str){text.ptr + at, n}, lower)) return true;
  return false;
}

/* `time datetime`: what its names say it is, else the first one is as good a date as none. */
static int read_time(reader *r, lode_str tag) {
  lode_str date, value, name;
  if (!lode__html_attribute(tag, "datetime", &date) && !lode__html_attribute(tag, "content", &date)) return 0;
  bool published = lode__html_attribute(tag, "pubdate", &value), updated = false;
  for (size_t at = 0; lode__html_next_attribute(tag, &at, &name, &value);) {
    if (!equals(name, "itemprop") && !equals(name, "class") && !equals(name, "id")) continue;
    if (holds(value, "publish")) published = true;
    if (holds(value, "updated") || holds(value, "modified")) updated = true;
  }
  if (updated && !published) return offer_source(r, LODE__FIELD_UPDATED, 5, date);
  return offer_source(r, LODE__FIELD_DATE, published ? 5 : 6, date);
}

static int read_tag(reader *r, const lode__html_token *t) {
  lode_str tag = tag_text(r, t), value;
  switch (t->tag) {
    case GUMBO_TAG_META: return read_meta(r, tag);
    case GUMBO_TAG_TIME: return read_time(r, tag);
    case GUMBO_TAG_HTML:
      return lode__html_attribute(tag, "lang", &value) ? offer_source(r, LODE__FIELD_LANG, 2, value) : 0;
    case GUMBO_TAG_LINK:
      if (!lode__html_attribute(tag, "rel", &value) || !equals(value, "canonical")) return 0;
      return lode__html_attribute(tag, "href", &value) ? offer_source(r, LODE__FIELD_URL, 1, value) : 0;
    default: return 0;
  }
}

/* --- JSON-LD --- */

static int ld_text(reader *r, lode_json_value value, lode_buf *out) {
  lode_json_value inner;
  if (value.type == LODE_JSON_OBJECT && lode_json_get(value, "name", &inner)) value = inner;
  if (value.type == LODE_JSON_STRING) {
    lode_buf decoded = {0};
    int code = lode_json_decode(value, &decoded, r->err);
    /* values are often escaped for HTML as well */
    if (code == 0)
      code = lode__entities_decode(&r->doc->entities, (lode_str){decoded.ptr, decoded.len}, false, out, r->err);
    lode_buf_free(&decoded);
    return code;
  }
  if (value.type != LODE_JSON_ARRAY) return 0;
  lode_json_iter items = lode_json_iter_of(value);
  while (out->len < MOST_BYTES && lode_json_next(&items, NULL, &inner)) {
    if (inner.type == LODE_JSON_ARRAY) continue;
    size_t before = out->len;
    int code = before == 0 ? 0 : lode_buf_add(out, "; ", 2, r->err);
    size_t from = out->len;
    if (code == 0) code = ld_text(r, inner, out);
    if (code != 0) return code;
    if (out->len == from) out->len = before;
  }
  return 0;
}

static int ld_field(reader *r, lode_json_value object, const char *name, lode__html_field field, unsigned rank) {
  lode_json_value value;
  if (!lode_json_get(object, name, &value)) return 0;
  lode_buf text = {0};
  int code = ld_text(r, value, &text);
  size_t len = lode_utf8_valid(text.ptr == NULL ? "" : text.ptr, text.len);
  if (code == 0 && len == text.len) offer(r, field, rank, &text);
  else lode_buf_free(&text);
  return code;
}

/* Whether @type names a kind of article. */
static bool ld_is_article(lode_json_value object) {
  lode_json_value type, inner;
  if (!lode_json_get(object, "@type", &type)) return false;
  if (type.type == LODE_JSON_ARRAY) {
    lode_json_iter items = lode_json_iter_of(type);
    if (!lode_json_next(&items, NULL, &inner)) return false;
    type = inner;
  }
  return type.type == LODE_JSON_STRING &&
         (holds(type.text, "article") || holds(type.text, "posting") || holds(type.text, "report"));
}

static int ld_walk(reader *r, lode_json_value value, unsigned depth) {
  if (depth > LD_DEPTH || r->objects > LD_OBJECTS) return 0;
  lode_json_value inner;
  int code = 0;
  if (value.type == LODE_JSON_ARRAY) {
    lode_json_iter items = lode_json_iter_of(value);
    while (code == 0 && lode_json_next(&items, NULL, &inner)) code = ld_walk(r, inner, depth + 1);
    return code;
  }
  if (value.type != LODE_JSON_OBJECT) return 0;
  r->objects++;
  if (lode_json_get(value, "@graph", &inner)) code = ld_walk(r, inner, depth + 1);
  if (code != 0 || !ld_is_article(value)) return code;
  static const source fields[] = {
      {"headline", LODE__FIELD_TITLE, 1},       {"author", LODE__FIELD_AUTHOR, 1},
      {"publisher", LODE__FIELD_SOURCE, 1},     {"datePublished", LODE__FIELD_DATE, 1},
      {"dateModified", LODE__FIELD_UPDATED, 1}, {"inLanguage", LODE__FIELD_LANG, 4},
      {"mainEntityOfPage", LODE__FIELD_URL, 3}, {"url", LODE__FIELD_URL, 3},
  };
  for (size_t i = 0; i < sizeof fields / sizeof fields[0] && code == 0; i++)
    code = ld_field(r, value, fields[i].name, fields[i].field, fields[i].rank);
  return code;
}

static int read_script(reader *r, const lode__html_token *open, const lode__html_token *text) {
  lode_str type;
  if (!lode__html_attribute(tag_text(r, open), "type", &type) || !equals(type, "application/ld+json")) return 0;
  lode_json_value value;
  if (lode_json_parse(r->doc->scan.source + text->begin, text->end - text->begin, LODE_JSON_DEPTH, &value, NULL) != 0)
    return 0;
  return ld_walk(r, value, 0);
}

/* --- all of it --- */

int lode__html_meta_read(lode__html_meta *self, lode__html_doc *doc, lode_err *err) {
  reader r = {.meta = self, .doc = doc, .err = err};
  memset(self->ranks, NONE, sizeof self->ranks);
  int code = 0;
  for (size_t i = 0; i < doc->scan.count && code == 0; i++) {
    const lode__html_token *t = &doc->scan.tokens[i];
    if (t->kind == LODE__HTML_OPEN) code = read_tag(&r, t);
    if (t->kind != LODE__HTML_RAW || i == 0) continue;
    if (t->tag == GUMBO_TAG_SCRIPT) code = read_script(&r, t - 1, t);
    if (t->tag != GUMBO_TAG_TITLE || self->page_title.len != 0) continue;
    code = lode__entities_decode(&doc->entities, tag_text(&r, t), false, &self->page_title, err);
    tidy(&self->page_title, 0);
  }
  return code;
}

/* A title that names its site at the end ("Ferry talks | Orla Courier", "... - Courier"): the part before it. */
static lode_str without_site(lode_str title) {
  static const char *const marks[] = {" | ", " – ", " — ", " - ", " « ", " » ", " :: "};
  for (size_t at = title.len; at-- > 10;)
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
      size_t n = strlen(marks[i]);
      bool here = title.len - at >= n && memcmp(title.ptr + at, marks[i], n) == 0;
      if (here && at * 2 >= title.len) return (lode_str){title.ptr, at};
      if (here) return title;
    }
  return title;
}

/* The headline on the page where the page's title repeats it, as readers see it. */
static lode_str headline_of(const lode__html_doc *doc) {
  for (size_t i = 0; i < doc->count; i++)
    if (doc->parts[i].zone == LODE_ZONE_HEADLINE)
      return (lode_str){doc->content.ptr + doc->parts[i].begin, doc->parts[i].end - doc->parts[i].begin};
  return (lode_str){NULL, 0};
}

int lode__html_meta_store(const lode__html_meta *self, const lode__html_doc *doc, lode_page *page, lode_err *err) {
  static const char *const field_names[] = {"title", "author", "source", "date", "updated", "lang", "url"};
  int code = 0;
  for (size_t i = 0; i < LODE__FIELD_COUNT && code == 0; i++) {
    lode_str name = {field_names[i], strlen(field_names[i])}, value = {self->values[i].ptr, self->values[i].len};
    if (i == LODE__FIELD_TITLE) {
      lode_str seen = headline_of(doc);
      if (seen.len != 0) value = seen;
      else if (value.len == 0) value = without_site((lode_str){self->page_title.ptr, self->page_title.len});
      else value = without_site(value);
    }
    if (value.len == 0 || lode_page_get_meta(page, name).ptr != NULL) continue;
    code = lode_page_set_meta_text(page, name, value, err);
  }
  return code;
}

void lode__html_meta_free(lode__html_meta *self) {
  for (size_t i = 0; i < LODE__FIELD_COUNT; i++) lode_buf_free(&self->values[i]);
  lode_buf_free(&self->page_title);
}
