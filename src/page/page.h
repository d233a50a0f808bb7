/* page.h - one page: raw bytes, content, the map between them, zones, sentences, tokens.
 *
 *     raw      bytes as they were read (the file, the decompressed member, the `text` of a JSON line)
 *     content  valid UTF-8 made from raw by src/clean; `map` leads every range of it back to raw
 *     zones    a label for each paragraph of the content; nothing is deleted
 *     tokens   made on first use, for all paragraphs at once (lode_page_tokens)
 *
 * A page is opened on its raw bytes, filled by lode_clean, asked by scripts, and closed.  Its memory is
 * reused for the next page, so one lode_page and one word table serve a worker for its whole life.
 *
 * Lifetime   lode_page_init once; lode_page_open for each page (borrows id, raw and meta until the next
 *            open); lode_page_free at the end.  Everything a page gives out dies with the next open.
 * Threads    One page belongs to one worker.
 * Cost       Opening is constant; memory is content + 24 bytes a map piece + 28 bytes a token.
 */
#ifndef LODE_PAGE_H
#define LODE_PAGE_H
#include "arena.h"
#include "map.h"
#include "table.h"
#include "token.h"
#include "utf8.h"

/* Zones every page may have.  A script's own follow, numbered from LODE_ZONE_COUNT (page.own_zones). */
#define LODE_ZONES(X)                                                                                   \
  X(BODY, "body") X(HEADLINE, "headline") X(BYLINE, "byline") X(DATELINE, "dateline")                   \
  X(CAPTION, "caption") X(CREDIT, "credit") X(NAV, "nav") X(SHARE, "share") X(RELATED, "related")       \
  X(FOOTER, "footer") X(SPAM, "spam") X(COMMENT, "comment") X(FORM, "form") X(NOTICE, "notice")
typedef enum lode_zone {
#define LODE_ZONE_ENUM(code, name) LODE_ZONE_##code,
  LODE_ZONES(LODE_ZONE_ENUM)
#undef LODE_ZONE_ENUM
  LODE_ZONE_COUNT
} lode_zone;
const char *lode_zone_name(unsigned zone);           /* NULL for a number that is no zone */
int lode_zone_find(const char *name, size_t len);    /* the number, or -1 */

typedef uint32_t lode_zone_set;                      /* bit 1 << zone */
enum { LODE_ZONES_MOST = 32 };                       /* zones, a script's own with them */
#define LODE_ZONES_ALL UINT32_MAX
#define LODE_ZONES_BODY ((lode_zone_set)1 << LODE_ZONE_BODY)

/* Parse "body,headline" or "all" into a set; LODE_E_USAGE names the zones there are. */
int lode_zone_set_parse(const char *list, lode_zone_set *out, lode_err *err);

/* What a paragraph is in its page, whatever its zone.  Plain text has paragraphs alone. */
#define LODE_FORMS(X)                                                                                   \
  X(PARAGRAPH, "paragraph") X(HEADING, "heading") X(ITEM, "item") X(CELL, "cell") X(CAPTION, "caption") \
  X(QUOTATION, "quotation") X(PRE, "pre")
typedef enum lode_paragraph_form {
#define LODE_FORM_ENUM(code, name) LODE_FORM_##code,
  LODE_FORMS(LODE_FORM_ENUM)
#undef LODE_FORM_ENUM
  LODE_FORM_COUNT
} lode_paragraph_form;
const char *lode_paragraph_form_name(unsigned form);           /* NULL for a number that is no form */

typedef struct lode_paragraph {
  uint32_t begin, end;                          /* content bytes, trimmed, not empty */
  uint32_t first_token, token_count;            /* set by lode_page_tokens */
  uint32_t first_sentence, sentence_count;
  uint8_t zone;
  uint8_t form;                                 /* a lode_paragraph_form; set after the paragraph was added */
} lode_paragraph;

/* Metadata: a name and a JSON value, kept as the JSON text it was or would be written as.
 * Names that lode gives itself: title source date updated author lang url, encoding where the page is not UTF-8, and for
 * pages out of a WARC fetched and content_type. */
typedef struct lode_meta {
  lode_str name;
  lode_str json;
} lode_meta;

typedef struct lode_page {
  lode_str id;                  /* borrowed */
  lode_str raw;                 /* borrowed */
  lode_str line;                /* borrowed: the JSON line that raw was read from, without its end; ptr NULL: none */
  bool record;                  /* one page of many in a file that is no text: WARC, WET, CSV */
  bool html;                    /* raw is HTML: set by who opened the page, before lode_clean */
  bool goes_on, more;           /* raw is not the first, not the last piece of a text (lode_run_options, cut_text) */
  uint64_t offset;              /* of raw in that text */
  bool decoded;                 /* content was made: by lode_clean, lode_page_decode, lode_page_adopt */
  const char *content;          /* raw itself where nothing had to be changed */
  size_t content_len;
  lode_map map;                 /* content -> raw */
  lode_repairs repairs;         /* in raw bytes, in order */
  lode_paragraph *paragraphs;
  size_t paragraph_count, paragraph_cap;
  lode_tokens tokens;           /* valid after lode_page_tokens */
  bool tokenized;
  lode_meta *meta;
  size_t meta_count, meta_cap;
  size_t *line_starts;          /* made on first use */
  size_t line_count, line_cap;
  lode_buf repaired;            /* the bytes of content where it is not raw */
  lode_arena arena;             /* for whatever else belongs to this page */
  lode_table *words;            /* borrowed: the worker's table of folded forms */
  const lode_lists *lists;      /* borrowed: a user's words for the tokenizer, or NULL; always the same with one table */
  const struct lode_furniture *furniture; /* borrowed, or NULL: lines that lode_clean takes for furniture (src/clean) */
  const char *const *own_zones; /* borrowed: names of zones from LODE_ZONE_COUNT on; set for each page by who made them */
  unsigned own_zone_count;
  lode_str duplicate_of;        /* borrowed, set by the run: the earlier page that it is a copy of; empty: none */
  lode_str cluster;             /* the first page of its cluster so far; empty: nobody asked */
  uint64_t number;              /* place in the run's input order, from 0 */
} lode_page;

void lode_page_init(lode_page *self, lode_table *words);
void lode_page_free(lode_page *self);

/* Begin a new page: id and raw are borrowed.  Content is empty until lode_clean (src/clean) fills it. */
void lode_page_open(lode_page *self, lode_str id, lode_str raw);

/* Make content from raw: repaired where it is no valid UTF-8, else raw itself, with map and repairs. */
int lode_page_decode(lode_page *self, lode_err *err);

/* Make the raw bytes themselves the content, whatever they are: the start for a lode_page_rewrite that decodes them.
 * More than 2 GiB are LODE_E_LIMIT. */
int lode_page_adopt(lode_page *self, lode_err *err);

/* Replace the content by `made`, which `second` leads from to the content that is there.  The map, paragraphs
 * and repairs follow: paragraphs stand on what their bytes became, one that became empty is left out, `repairs`
 * (in raw bytes, in order) are merged in.  Takes the bytes of made, which is empty after; the others stay the
 * caller's.  Before tokens are made (asserted). */
int lode_page_rewrite(lode_page *self, lode_buf *made, const lode_map *second, const lode_repairs *repairs, lode_err *err);

/* Merge repairs (in raw bytes, in order) into the page's. */
int lode_page_add_repairs(lode_page *self, const lode_repairs *repairs, lode_err *err);

/* Add one paragraph of the content with its zone; in order, without overlap (asserted). */
int lode_page_add_paragraph(lode_page *self, size_t begin, size_t end, lode_zone zone, lode_err *err);

/* Set a metadata field to a JSON value (copied into the arena), in place of one of that name. */
int lode_page_set_meta(lode_page *self, lode_str name, lode_str json, lode_err *err);
/* The same for a plain string, escaped here. */
int lode_page_set_meta_text(lode_page *self, lode_str name, lode_str text, lode_err *err);
/* The JSON text, or ptr NULL where absent, null or "". */
lode_str lode_page_get_meta(const lode_page *self, lode_str name);

/* Make tokens and sentences of every paragraph and intern the folded forms; again is free. */
int lode_page_tokens(lode_page *self, lode_err *err);

/* The name of a paragraph's zone, a script's own with them. */
const char *lode_page_zone_name(const lode_page *self, unsigned zone);

/* The smallest raw range that holds the source of content [begin, end). */
lode_span lode_page_raw(const lode_page *self, size_t begin, size_t end);
/* Whether raw and content differ there, so that a record must say "repaired". */
bool lode_page_is_repaired(const lode_page *self, size_t begin, size_t end);
/* 1-based line of a raw byte offset. */
int lode_page_line(lode_page *self, size_t raw_offset, size_t *line, lode_err *err);
/* The paragraph, sentence or token that holds content byte `at`, else the first after it (may be the count). */
size_t lode_page_paragraph_at(const lode_page *self, size_t at);
size_t lode_page_sentence_at(const lode_page *self, size_t at);
size_t lode_page_token_at(const lode_page *self, size_t at);

#endif
