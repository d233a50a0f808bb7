/* Every span of the content leads back to its bytes: a million random spans.
 *
 * Pages are made from a text that is known, spoiled character by character in ways that are known (entities, mojibake,
 * an encoding), so that for every character the raw bytes it must lead to are known too.  On the samples, and on samples
 * that were damaged at random, nobody knows the right answer; there it is what must hold of any map. */
#include "check.h"
#include "clean.h"
#include "file.h"
#include <dirent.h>
#include <iconv.h>

enum { SPANS = 1000000, MADE = 400, DAMAGED = 400, MOST_CHARS = 4000 };

/* ---- pages that are made --------------------------------------------------------------------------------------- */

typedef struct made {
  lode_buf text, raw;             /* what must come out; what goes in */
  size_t text_at[MOST_CHARS + 1]; /* of each character, and the end */
  size_t raw_at[MOST_CHARS + 1];
  size_t count;
} made;

static void put(lode_buf *out, const char *bytes, size_t len) {
  CHECK_INT(lode_buf_add(out, bytes, len, NULL), 0);
}

/* `len` bytes in one encoding, in another; false where they cannot be. */
static bool convert(const char *from, const char *to, const char *bytes, size_t len, lode_buf *out) {
  iconv_t cd = iconv_open(to, from);
  char *in = (char *)(uintptr_t)bytes, made_bytes[64], *at = made_bytes;
  size_t left = len, room = sizeof made_bytes;
  bool fine = cd != (iconv_t)-1 && iconv(cd, &in, &left, &at, &room) != (size_t)-1;
  if (cd != (iconv_t)-1) iconv_close(cd);
  if (fine) put(out, made_bytes, sizeof made_bytes - room);
  return fine;
}

/* One character of the text, in raw as `raw`. */
static void put_char(made *m, const char *text, size_t len, const char *raw, size_t raw_len) {
  if (m->count == MOST_CHARS) return;
  put(&m->text, text, len);
  put(&m->raw, raw, raw_len);
  m->count++;
  m->text_at[m->count] = m->text.len;
  m->raw_at[m->count] = m->raw.len;
}

static const char *const words[] = {"Orla",   "Müller", "naïve", "“yes”", "it’s",  "café", "R&D",    "—",
                                    "garçon", "board",  "€5",    "Ärger", "señor", "the",  "Straße", "déjà",
                                    "said",   "water",  "dam",   "über",  "São",   "Åse",  "crème…", "mayor"};
static const char *const cyrillic[] = {"вода", "город", "Мэр", "сказал", "плотина", "вчера", "и", "река"};

enum { PLAIN, ENTITY, MOJIBAKE, WAYS };

/* A word spoiled in one way; a word of mojibake is so as a whole, as it is in life. */
static void put_word(made *m, const char *word, int way) {
  for (size_t i = 0; word[i] != '\0';) {
    uint32_t cp;
    size_t n = lode_utf8_next(word + i, &cp);
    char entity[24];
    lode_buf broken = {0};
    int len = way == ENTITY && (cp >= 0x80 || cp == '&') ? snprintf(entity, sizeof entity, "&#%u;", (unsigned)cp) : 0;
    bool misread = way == MOJIBAKE && cp >= 0x80;
    for (size_t k = 0; misread && k < n; k++) misread = convert("CP1252", "UTF-8", word + i + k, 1, &broken);
    if (len > 0) put_char(m, word + i, n, entity, (size_t)len);
    else if (misread) put_char(m, word + i, n, broken.ptr, broken.len);
    else put_char(m, word + i, n, word + i, n);
    lode_buf_free(&broken);
    i += n;
  }
}

static void begin_page(made *m) {
  m->text.len = m->raw.len = 0;
  m->count = 0;
  m->text_at[0] = m->raw_at[0] = 0;
}

static void make_spoiled(made *m) {
  begin_page(m);
  put_word(m, "Über die Brücke:", PLAIN); /* says that this is UTF-8 */
  for (size_t left = 5 + check_below(300); left > 0; left--) {
    bool line = check_below(12) == 0;
    put_char(m, line ? "\n" : " ", 1, line ? "\n" : " ", 1);
    put_word(m, words[check_below(sizeof words / sizeof *words)], (int)check_below(WAYS));
  }
}

static void make_encoded(made *m, const char *charset) {
  static const char *const slavic[] = {"koi8-r", "windows-1251", "iso-8859-5", "utf-16le", "utf-16be", "gb18030"};
  begin_page(m);
  bool wide = strncmp(charset, "utf-16", 6) == 0;
  if (wide) {
    put(&m->raw, strcmp(charset, "utf-16le") == 0 ? "\xFF\xFE" : "\xFE\xFF", 2);
    m->raw_at[0] = 2;
  }
  char head[80];
  bool other = false;
  for (size_t i = 0; i < sizeof slavic / sizeof *slavic; i++) other = other || strcmp(charset, slavic[i]) == 0;
  snprintf(head, sizeof head, "charset=%s;", charset);
  for (size_t left = 5 + check_below(300), first = 1; left > 0; left--, first = 0) {
    const char *word = other ? cyrillic[check_below(8)] : words[check_below(sizeof words / sizeof *words)];
    if (first) word = head;
    for (size_t i = 0; word[i] != '\0';) {
      uint32_t cp;
      size_t n = lode_utf8_next(word + i, &cp);
      lode_buf out = {0};
      if (convert("UTF-8", charset, word + i, n, &out)) put_char(m, word + i, n, out.ptr, out.len);
      lode_buf_free(&out);
      i += n;
    }
    char space[2] = {' ', 0};
    put_char(m, " ", 1, strcmp(charset, "utf-16be") == 0 ? "\0 " : space, wide ? 2 : 1);
  }
}

static bool check_spans(lode_page *page, const made *m, size_t spans) {
  for (size_t i = 0; i < spans; i++) {
    size_t a = check_below(m->count + 1), b = a + check_below(check_below(8) == 0 ? m->count - a + 1 : 12);
    if (b > m->count) b = m->count;
    if (a == b) continue;
    lode_span got = lode_page_raw(page, m->text_at[a], m->text_at[b]);
    if (!CHECK_INT(got.begin, m->raw_at[a]) || !CHECK_INT(got.end, m->raw_at[b])) return false;
  }
  return true;
}

static void check_made(lode_page *page, const made *m, size_t spans) {
  lode_err err;
  lode_page_open(page, LODE_STR("made"), (lode_str){m->raw.ptr, m->raw.len});
  if (!CHECK_OK(lode_clean(page, &err), &err)) return;
  if (!CHECK_BYTES(page->content, page->content_len, m->text.ptr, m->text.len)) return;
  check_spans(page, m, spans);
}

static void test_made(void) {
  static const char *const charsets[] = {"windows-1252", "koi8-r",  "windows-1251", "iso-8859-5", "utf-16le",
                                         "utf-16be",     "gb18030", "macintosh",    "utf-8"};
  static made m;
  lode_table table;
  lode_page page;
  lode_table_init(&table, 1);
  lode_page_init(&page, &table);
  for (int i = 0; i < MADE && check_now()->faults == 0; i++) {
    make_spoiled(&m);
    check_made(&page, &m, SPANS / 2 / MADE);
    const char *charset = charsets[check_below(sizeof charsets / sizeof *charsets)];
    make_encoded(&m, charset);
    check_made(&page, &m, SPANS / 4 / MADE);
    if (check_now()->faults != 0) printf("page %d, %s\n", i, charset);
  }
  lode_buf_free(&m.text);
  lode_buf_free(&m.raw);
  lode_page_free(&page);
  lode_table_free(&table);
}

/* ---- what must hold of any map --------------------------------------------------------------------------------- */

static bool holds(lode_page *page, size_t a, size_t m, size_t b) {
  lode_span all = lode_page_raw(page, a, b), left = lode_page_raw(page, a, m), right = lode_page_raw(page, m, b);
  if (!CHECK(all.begin <= all.end && all.end <= page->raw.len)) return false;
  if (a < m && !CHECK(left.begin == all.begin && left.end <= all.end)) return false;
  if (m < b && !CHECK(right.end == all.end && right.begin >= all.begin)) return false;
  /* Two halves meet, or share the one character that both are of. */
  if (a < m && m < b && !CHECK(left.begin <= right.begin && left.end <= right.end)) return false;
  lode_span back = lode_map_to_target(&page->map, all.begin, all.end);
  if (a < b && all.begin < all.end && !CHECK(back.begin <= a && back.end >= b)) return false;
  bool same = all.end - all.begin == b - a && memcmp(page->raw.ptr + all.begin, page->content + a, b - a) == 0;
  return CHECK(same != lode_page_is_repaired(page, a, b));
}

static void check_any(lode_page *page, lode_str raw, size_t spans) {
  lode_err err;
  lode_page_open(page, LODE_STR("any"), raw);
  int code = lode_clean(page, &err);
  if (code == LODE_E_INPUT) return; /* damaged into binary data */
  if (!CHECK_OK(code, &err)) return;
  CHECK_INT(lode_utf8_valid(page->content, page->content_len), page->content_len);
  CHECK_INT(page->map.target_len, page->content_len);
  for (size_t i = 0; i < spans && page->content_len > 0; i++) {
    size_t a = check_below(page->content_len),
           b = a + check_below(check_below(4) == 0 ? page->content_len - a + 1 : 20);
    if (b > page->content_len) b = page->content_len;
    if (!holds(page, a, a + check_below(b - a + 1), b)) return;
  }
  for (size_t i = 1; i < page->repairs.count; i++)
    if (!CHECK(page->repairs.items[i - 1].source.begin <= page->repairs.items[i].source.begin)) return;
}

/* A few bytes of what spoils pages, put in or written over at random. */
static void damage(lode_buf *raw) {
  static const char *const pieces[] = {"Ã©",       "â€œ",        "â€",           "&amp;",  "&#8217;",
                                       "\xE9",     "\xC2",       "\x93",         "?",      "a?b",
                                       "Ã ",       "\xF0\x9F",   "Г©",           "√©",     "\xEF\xBF\xBD",
                                       "\xC2\x85", "&amp;quot;", "\xED\xA0\xBD", "\x1B$B", "<meta charset=koi8-r>",
                                       "├⌐",       "ÃƒÂ©",       "\xFF\xFE",     "Ä",      "\xA0",
                                       "Å "};
  for (size_t n = 1 + check_below(30); n > 0 && raw->len > 0; n--) {
    const char *piece = pieces[check_below(sizeof pieces / sizeof *pieces)];
    size_t len = strlen(piece), at = check_below(raw->len);
    if (check_below(2) == 0) {
      put(raw, piece, len);
      memmove(raw->ptr + at + len, raw->ptr + at, raw->len - len - at);
    }
    if (at + len <= raw->len) memcpy(raw->ptr + at, piece, len);
  }
}

static void test_samples(void) {
  lode_table table;
  lode_page page;
  lode_table_init(&table, 1);
  lode_page_init(&page, &table);
  DIR *folder = opendir(LODE_SOURCE_DIR "/samples/pages");
  int files = 0;
  if (!CHECK(folder != NULL)) return;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL && check_now()->faults == 0;) {
    char path[1024];
    lode_buf raw = {0}, copy = {0};
    lode_err err;
    snprintf(path, sizeof path, LODE_SOURCE_DIR "/samples/pages/%s", entry->d_name);
    if (entry->d_name[0] == '.' || !CHECK_OK(lode_file_read(path, 1 << 24, &raw, &err), &err)) continue;
    files++;
    check_any(&page, (lode_str){raw.ptr, raw.len}, 8000);
    for (int i = 0; i < DAMAGED / 10 && check_now()->faults == 0; i++) {
      copy.len = 0;
      put(&copy, raw.ptr, raw.len < 6000 ? raw.len : 6000);
      damage(&copy);
      check_any(&page, (lode_str){copy.ptr, copy.len}, SPANS / 10 / DAMAGED);
    }
    if (check_now()->faults != 0) printf("of %s\n", path);
    lode_buf_free(&raw);
    lode_buf_free(&copy);
  }
  closedir(folder);
  CHECK(files > 10);
  lode_page_free(&page);
  lode_table_free(&table);
}

int main(void) {
  RUN(test_made);
  RUN(test_samples);
  return CHECK_END();
}
