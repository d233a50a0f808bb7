/* lode.h - liblode: text, pages and cleaning, for C and for whatever can call C.
 *
 *     liblode_error error;
 *     liblode_page *page = liblode_page_open(bytes, len, LIBLODE_CLEAN, &error);
 *     if (!page) { fprintf(stderr, "%s\n", error.message); return 1; }
 *     for (size_t i = 0; i < liblode_page_paragraph_count(page); i++) {
 *       liblode_paragraph p = liblode_page_paragraph(page, i);
 *       liblode_span raw = liblode_page_raw(page, p.start, p.end);
 *       printf("%s: bytes %zu to %zu\n", p.zone, raw.start, raw.end);
 *     }
 *     liblode_page_close(page);
 *
 * Positions are byte offsets, half open, from 0.  Text is UTF-8 with its length; nothing needs a NUL at its
 * end, and NUL is an ordinary character.
 *
 * Errors     A function that can fail returns 0 or one of the negative codes (a pointer: NULL), and fills
 *            `error`, which may be NULL.  After a failure there is nothing to free.
 * Lifetime   What a page gives out belongs to the page and ends with liblode_page_close; what is said to be
 *            "owned" is the caller's, who gives it to liblode_free.
 * Threads    No global state.  One page belongs to one thread at a time; different pages are independent.
 */
#ifndef LIBLODE_LODE_H
#define LIBLODE_LODE_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LIBLODE_API __attribute__((visibility("default")))
#else
#define LIBLODE_API
#endif

enum {
  LIBLODE_OK = 0,
  LIBLODE_E_NOMEM = -1, /* out of memory */
  LIBLODE_E_INPUT = -3, /* the text is broken: `byte` says where */
  LIBLODE_E_USAGE = -4, /* an argument that makes no sense */
  LIBLODE_E_LIMIT = -6  /* too large */
};

#define LIBLODE_NO_BYTE UINT64_MAX

typedef struct liblode_error {
  int code;
  uint64_t byte; /* offset in the text, or LIBLODE_NO_BYTE */
  char message[1024];
} liblode_error;

typedef struct liblode_span {
  size_t start, end;
} liblode_span;

/* "0.1.0" */
LIBLODE_API const char *liblode_version(void);

/* Let owned memory go; NULL is fine. */
LIBLODE_API void liblode_free(void *owned);

/* --- text ------------------------------------------------------------------------------------------------ */

/* The offset of the first byte that is no UTF-8, or len. */
LIBLODE_API size_t liblode_utf8_valid(const char *text, size_t len);

/* Exactly the boundaries of Unicode 15.0 (UAX #29). */
typedef enum liblode_unit { LIBLODE_WORD, LIBLODE_SENTENCE, LIBLODE_GRAPHEME } liblode_unit;

/* *spans (owned) = the units of a valid text, adjacent, covering it; *count of them.  An empty text has none. */
LIBLODE_API int liblode_boundaries(liblode_unit unit, const char *text, size_t len, liblode_span **spans, size_t *count,
                                   liblode_error *error);

/* What folding does besides NFC; add them up. */
enum {
  LIBLODE_FOLD_CASE = 1,    /* full case folding */
  LIBLODE_FOLD_COMPAT = 2,  /* compatibility forms: NFKC */
  LIBLODE_FOLD_ACCENTS = 4, /* without accents */
  LIBLODE_FOLD_PUNCT = 8,   /* without punctuation and symbols */
  LIBLODE_FOLD_SPACE = 16,  /* each run of white space as one space, none at the ends */
  LIBLODE_FOLD_DASH = 32    /* every dash as "-", soft hyphens go */
};

/* *out (owned) = the folded form of a valid text. */
LIBLODE_API int liblode_fold(const char *text, size_t len, unsigned flags, char **out, size_t *out_len,
                             liblode_error *error);

/* --- pages ----------------------------------------------------------------------------------------------- */

typedef struct liblode_page liblode_page;

enum {
  LIBLODE_CLEAN = 0,  /* repair, zones, metadata */
  LIBLODE_REPAIR = 1, /* only repair: every paragraph is body */
  LIBLODE_HTML = 2    /* the bytes are HTML: its text, zones, metadata */
};

/* A page of any bytes, which are borrowed and must stay until it is closed.  `how` is one of the above. */
LIBLODE_API liblode_page *liblode_page_open(const void *bytes, size_t len, int how, liblode_error *error);
LIBLODE_API void liblode_page_close(liblode_page *page); /* NULL is fine */

/* The content: valid UTF-8 made from the bytes. */
LIBLODE_API const char *liblode_page_content(const liblode_page *page, size_t *len);

/* The smallest range of the bytes that holds all that this range of the content was made from.  Offsets
 * beyond the content count as its end. */
LIBLODE_API liblode_span liblode_page_raw(const liblode_page *page, size_t start, size_t end);
/* Whether bytes and content differ there: 1 or 0. */
LIBLODE_API int liblode_page_is_repaired(const liblode_page *page, size_t start, size_t end);

typedef struct liblode_paragraph {
  size_t start, end; /* of the content */
  const char *zone;  /* "body", "headline", "nav", ...; lives as long as the library */
} liblode_paragraph;

LIBLODE_API size_t liblode_page_paragraph_count(const liblode_page *page);
/* index < count. */
LIBLODE_API liblode_paragraph liblode_page_paragraph(const liblode_page *page, size_t index);

typedef struct liblode_sentence {
  size_t start, end;
  size_t first_token, token_count;
  size_t paragraph; /* index */
} liblode_sentence;

typedef struct liblode_token {
  size_t start, end;
  const char *fold; /* the form that rules compare: NFC, case folded */
  size_t fold_len;
  const char *kind; /* "word", "number", "punct", "symbol", "url", "email", "mention", "hashtag", "emoji" */
  size_t sentence;  /* index, over the page */
  int is_glued;     /* no white space before it */
} liblode_token;

/* Cut the page into sentences and tokens; the two counts are 0 before.  Again is free. */
LIBLODE_API int liblode_page_segment(liblode_page *page, liblode_error *error);
LIBLODE_API size_t liblode_page_sentence_count(const liblode_page *page);
LIBLODE_API liblode_sentence liblode_page_sentence(const liblode_page *page, size_t index);
LIBLODE_API size_t liblode_page_token_count(const liblode_page *page);
LIBLODE_API liblode_token liblode_page_token(const liblode_page *page, size_t index);

/* A field that cleaning found (title, author, date, ...) as JSON; NULL where there is none. */
LIBLODE_API const char *liblode_page_meta(const liblode_page *page, const char *name, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
