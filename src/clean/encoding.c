#include "encoding.h"

#include "htmlattr.h"
#include "json.h"
#include "plausible.h"
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <limits.h>
#include <string.h>
#include <uchardet/uchardet.h>

enum {
  HEAD = 1024,       /* bytes in which a declaration is looked for (WHATWG HTML, prescan) */
  SAMPLE = 64 << 10, /* bytes that detection sees */
  JUDGED = 2000,     /* characters that plausibility sees */
  MOST_COST = 9,     /* bits a character beyond ASCII, where text is still believed */
  BOX_COST = 10,
  LABEL = 40,
};

/* An encoding as iconv and metadata name it. */
typedef struct lode__codec {
  const char *name;  /* of the WHATWG standard */
  const char *iconv; /* where glibc calls it otherwise, or a superset of it */
  bool single;       /* one byte a character */
  bool ascii;        /* ASCII bytes stand for themselves, wherever they are not inside a character */
} codec;

static const codec codecs[] = {
    {"windows-1252", "CP1252", true, true},
    {"windows-1251", "CP1251", true, true},
    {"windows-1250", "CP1250", true, true},
    {"iso-8859-2", "ISO-8859-2", true, true},
    {"koi8-r", "KOI8-R", true, true},
    {"koi8-u", "KOI8-U", true, true},
    {"windows-1253", "CP1253", true, true},
    {"windows-1254", "CP1254", true, true},
    {"windows-1255", "CP1255", true, true},
    {"windows-1256", "CP1256", true, true},
    {"windows-1257", "CP1257", true, true},
    {"windows-1258", "CP1258", true, true},
    {"windows-874", "CP874", true, true},
    {"iso-8859-3", "ISO-8859-3", true, true},
    {"iso-8859-4", "ISO-8859-4", true, true},
    {"iso-8859-5", "ISO-8859-5", true, true},
    {"iso-8859-6", "ISO-8859-6", true, true},
    {"iso-8859-7", "ISO-8859-7", true, true},
    {"iso-8859-8", "ISO-8859-8", true, true},
    {"iso-8859-10", "ISO-8859-10", true, true},
    {"iso-8859-13", "ISO-8859-13", true, true},
    {"iso-8859-14", "ISO-8859-14", true, true},
    {"iso-8859-15", "ISO-8859-15", true, true},
    {"iso-8859-16", "ISO-8859-16", true, true},
    {"ibm866", "CP866", true, true},
    {"macintosh", "MACINTOSH", true, true},
    {"x-mac-cyrillic", "MAC-CYRILLIC", true, true},
    {"gb18030", "GB18030", false, true},
    {"big5", "BIG5-HKSCS", false, true},
    {"euc-jp", "EUC-JP", false, true},
    {"shift_jis", "CP932", false, true},
    {"euc-kr", "CP949", false, true},
    {"euc-tw", "EUC-TW", false, true},
    {"iso-2022-jp", "ISO-2022-JP-2", false, false},
    {"iso-2022-kr", "ISO-2022-KR", false, false},
    {"utf-16le", "UTF-16LE", false, false},
    {"utf-16be", "UTF-16BE", false, false},
    {"utf-32le", "UTF-32LE", false, false},
    {"utf-32be", "UTF-32BE", false, false},
};
enum { CODEC_COUNT = sizeof codecs / sizeof *codecs };

/* What else labels call them, and uchardet; letters and digits alone are compared. */
static const char *const aliases[][2] = {
    {"ascii", "windows-1252"},   {"usascii", "windows-1252"},  {"iso88591", "windows-1252"},
    {"latin1", "windows-1252"},  {"l1", "windows-1252"},       {"cp1252", "windows-1252"},
    {"ansi", "windows-1252"},    {"cp1251", "windows-1251"},   {"cp1250", "windows-1250"},
    {"cp1253", "windows-1253"},  {"cp1254", "windows-1254"},   {"iso88599", "windows-1254"},
    {"latin5", "windows-1254"},  {"cp1255", "windows-1255"},   {"cp1256", "windows-1256"},
    {"cp1257", "windows-1257"},  {"cp1258", "windows-1258"},   {"viscii", "windows-1258"},
    {"tis620", "windows-874"},   {"iso885911", "windows-874"}, {"latin2", "iso-8859-2"},
    {"greek", "iso-8859-7"},     {"hebrew", "iso-8859-8"},     {"iso88598i", "iso-8859-8"},
    {"arabic", "iso-8859-6"},    {"cyrillic", "iso-8859-5"},   {"koi8", "koi8-r"},
    {"cp866", "ibm866"},         {"mac", "macintosh"},         {"maccyrillic", "x-mac-cyrillic"},
    {"gb2312", "gb18030"},       {"gbk", "gb18030"},           {"xgbk", "gb18030"},
    {"hzgb2312", "gb18030"},     {"euccn", "gb18030"},         {"big5hkscs", "big5"},
    {"xeucjp", "euc-jp"},        {"sjis", "shift_jis"},        {"xsjis", "shift_jis"},
    {"windows31j", "shift_jis"}, {"cp932", "shift_jis"},       {"cp949", "euc-kr"},
    {"uhc", "euc-kr"},           {"ksc5601", "euc-kr"},        {"ksc56011987", "euc-kr"},
    {"utf16", "utf-16le"},       {"iso885915", "iso-8859-15"}, {"latin9", "iso-8859-15"},
};

static void squeeze(const char *label, size_t len, char out[LABEL]) {
  size_t n = 0;
  for (size_t i = 0; i < len && n + 1 < LABEL; i++)
    if (isalnum((unsigned char)label[i])) out[n++] = (char)tolower((unsigned char)label[i]);
  out[n] = '\0';
}

static const codec *find_codec(const char *label, size_t len) {
  char want[LABEL], have[LABEL];
  squeeze(label, len, want);
  for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
    if (strcmp(aliases[i][0], want) == 0) squeeze(aliases[i][1], strlen(aliases[i][1]), want);
  for (size_t i = 0; i < CODEC_COUNT; i++) {
    squeeze(codecs[i].name, strlen(codecs[i].name), have);
    if (strcmp(have, want) == 0) return &codecs[i];
  }
  return NULL;
}

/* ---- declarations ---------------------------------------------------------------------------------------------- */

/* The label behind `key` and "=" in the text; len 0 for none. */
static lode_str label_behind(lode_str text, const char *key) {
  size_t n = strlen(key);
  for (size_t i = 0; i + n < text.len; i++) {
    size_t k = 0;
    while (k < n && tolower((unsigned char)text.ptr[i + k]) == key[k]) k++;
    if (k < n) continue;
    size_t at = i + n;
    while (at < text.len && text.ptr[at] == ' ') at++;
    if (at == text.len || text.ptr[at] != '=') continue;
    for (at++; at < text.len && memchr(" \"'\\", text.ptr[at], 4) != NULL;) at++;
    size_t end = at;
    while (end < text.len && (isalnum((unsigned char)text.ptr[end]) || memchr("-_:.", text.ptr[end], 4) != NULL)) end++;
    if (end > at) return (lode_str){text.ptr + at, end - at};
  }
  return (lode_str){NULL, 0};
}

static const codec *declared_codec(const lode_page *page) {
  lode_str head = {page->raw.ptr, page->raw.len < HEAD ? page->raw.len : HEAD};
  lode_str label = label_behind(lode_page_get_meta(page, LODE_STR("content_type")), "charset");
  if (label.len == 0) label = page->html ? lode__html_charset(page->raw) : label_behind(head, "charset");
  if (label.len == 0 && head.len > 5 && memcmp(head.ptr, "<?xml", 5) == 0) label = label_behind(head, "encoding");
  const codec *c = label.len == 0 ? NULL : find_codec(label.ptr, label.len);
  return c != NULL && !c->ascii && strncmp(c->name, "utf", 3) == 0 ? NULL : c; /* its bytes would have shown it */
}

/* ---- wide ------------------------------------------------------------------------------------------------------- */

static const codec *codec_by_mark(lode_str raw, size_t *mark) {
  *mark = 2;
  bool longer = raw.len >= 4;
  if (longer && memcmp(raw.ptr, "\xFF\xFE\0\0", 4) == 0) return *mark = 4, find_codec("utf-32le", 8);
  if (longer && memcmp(raw.ptr, "\0\0\xFE\xFF", 4) == 0) return *mark = 4, find_codec("utf-32be", 8);
  if (raw.len >= 2 && memcmp(raw.ptr, "\xFF\xFE", 2) == 0) return find_codec("utf-16le", 8);
  if (raw.len >= 2 && memcmp(raw.ptr, "\xFE\xFF", 2) == 0) return find_codec("utf-16be", 8);
  *mark = 0;
  return NULL;
}

/* Latin text in UTF-16 has a NUL in every other place and nearly none in the others. */
static const codec *codec_by_nuls(lode_str raw) {
  size_t len = raw.len < SAMPLE ? raw.len : SAMPLE, nuls[2] = {0, 0};
  if (len < 4 || memchr(raw.ptr, '\0', len) == NULL) return NULL;
  for (size_t i = 0; i < len; i++) nuls[i & 1] += raw.ptr[i] == '\0';
  if (nuls[1] * 3 > len && nuls[0] * 20 < nuls[1]) return find_codec("utf-16le", 8);
  return nuls[0] * 3 > len && nuls[1] * 20 < nuls[0] ? find_codec("utf-16be", 8) : NULL;
}

bool lode__encoding_is_wide(lode_str raw) {
  size_t mark;
  return codec_by_mark(raw, &mark) != NULL || codec_by_nuls(raw) != NULL;
}

/* ---- detection -------------------------------------------------------------------------------------------------- */

/* What 0x80 to 0xFF are; 0 where they are nothing. */
static bool single_table(const codec *c, uint32_t table[128]) {
  iconv_t cd = iconv_open("UTF-32LE", c->iconv);
  if (cd == (iconv_t)-1) return false;
  for (int i = 0; i < 128; i++) {
    char byte = (char)(128 + i), out[8] = {0}, *in = &byte, *to = out;
    size_t in_left = 1, out_left = sizeof out;
    bool fine = iconv(cd, &in, &in_left, &to, &out_left) != (size_t)-1;
    /* Pages with combining letters wait to see what comes next. */
    if (fine && out_left == sizeof out) iconv(cd, NULL, NULL, &to, &out_left);
    unsigned char *b = (unsigned char *)out;
    table[i] = !fine || out_left == sizeof out ? 0 : b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
    iconv(cd, NULL, NULL, NULL, NULL);
  }
  iconv_close(cd);
  return true;
}

/* Bits that what a single-byte encoding would make of the sample costs. */
static int cost_of_single(lode_str sample, const uint32_t table[128], int *high) {
  uint32_t cps[JUDGED];
  size_t count = 0;
  int boxes = 0;
  *high = 0;
  for (size_t i = 0; i < sample.len && count < JUDGED; i++) {
    unsigned char byte = (unsigned char)sample.ptr[i];
    cps[count++] = byte < 0x80 ? byte : table[byte - 128] == 0 ? 0xFFFFFF : table[byte - 128];
    *high += byte >= 0x80;
    boxes += cps[count - 1] >= 0x2500 && cps[count - 1] < 0x2600;
  }
  return lode__plausible_cost(cps, count, 0, count) + boxes * BOX_COST; /* in no page, but in half of the old tables */
}

/* The encodings that single-byte text is met in, with what they must be better by, in bits of the whole text. */
static const struct {
  const char *name;
  int rarity;
} guesses[] = {
    {"windows-1252", 0}, {"windows-1251", 2}, {"windows-1250", 2}, {"koi8-r", 3},       {"iso-8859-2", 3},
    {"windows-1253", 3}, {"windows-1254", 3}, {"windows-1256", 3}, {"windows-1255", 3}, {"windows-1257", 3},
    {"ibm866", 6},       {"macintosh", 8},    {"windows-874", 4},
};
enum {
  GUESS_COUNT = sizeof guesses / sizeof *guesses,
  TRUST_FROM = 6,
  TRUST = 2,
  MOST_TRUST = 200,
  LONGEST_WORD = 1000
};

/* Letters of an alphabet, however plausible each, do not stand in hundreds without a space or a line end. */
static bool has_spaces(lode_str sample) {
  for (size_t i = 0; i < sample.len && i < LONGEST_WORD; i++)
    if (memchr(" \t\n\r", sample.ptr[i], 4) != NULL) return true;
  return sample.len < LONGEST_WORD;
}

/* The likeliest.  The detector (which knows languages, where plausibility knows alphabets) is trusted by two bits a
 * character, from a few of them on; where Windows-1252 makes the very same text, it is called that. */
static const codec *best_single(lode_str sample, const codec *told) {
  const codec *best = NULL;
  int best_cost = INT_MAX, plain_cost = INT_MAX;
  for (size_t i = 0; i <= GUESS_COUNT; i++) {
    const codec *c = i == GUESS_COUNT ? told : find_codec(guesses[i].name, strlen(guesses[i].name));
    uint32_t table[128];
    int high;
    if (c == NULL || !single_table(c, table)) continue;
    int bare = cost_of_single(sample, table, &high);
    if (i == 0) plain_cost = bare;
    if (bare > MOST_COST * high) continue;
    int cost = bare + (i == GUESS_COUNT ? 4 : guesses[i].rarity);
    if (c == told && high >= TRUST_FROM) cost -= high * TRUST < MOST_TRUST ? high * TRUST : MOST_TRUST;
    if (cost >= best_cost) continue;
    best = bare == plain_cost && c == told ? &codecs[0] : c;
    best_cost = cost;
  }
  return best;
}

static bool decodes_whole(lode_str sample, const codec *c) {
  iconv_t cd = iconv_open("UTF-32LE", c->iconv);
  if (cd == (iconv_t)-1) return false;
  char *in = (char *)(uintptr_t)sample.ptr, out[4096];
  size_t left = sample.len, bad = 0, chars = 0;
  while (left > 0 && bad < 10) {
    char *to = out;
    size_t room = sizeof out;
    size_t done = iconv(cd, &in, &left, &to, &room);
    chars += (sizeof out - room) / 4;
    if (done != (size_t)-1 || errno == E2BIG) continue;
    if (errno == EINVAL) break; /* the sample ends inside a character */
    bad++;
    in++;
    left--;
  }
  iconv_close(cd);
  return left < 4 && bad * 200 <= chars;
}

/* From the line of the first byte beyond ASCII on. */
static lode_str sample_of(lode_str raw) {
  size_t at = 0;
  while (at < raw.len && (unsigned char)raw.ptr[at] < 0x80) at++;
  size_t back = at < JUDGED / 2 ? at : JUDGED / 2;
  while (back > 0 && raw.ptr[at - back] != '\n') back--;
  at -= back;
  return (lode_str){raw.ptr + at, raw.len - at < SAMPLE ? raw.len - at : SAMPLE};
}

/* Hundreds of bytes that go on a character of UTF-8, and none that begins one: no encoding looks so. */
static bool only_continues(lode_str raw) {
  size_t at = 0;
  while (at < raw.len && at < LONGEST_WORD && ((unsigned char)raw.ptr[at] & 0xC0) == 0x80) at++;
  return at == LONGEST_WORD;
}

static const codec *detected_codec(lode_str raw) {
  lode_str sample = sample_of(raw);
  uchardet_t detector = uchardet_new();
  const codec *told = NULL;
  if (detector != NULL && uchardet_handle_data(detector, sample.ptr, sample.len) == 0) {
    uchardet_data_end(detector);
    const char *name = uchardet_get_charset(detector);
    told = find_codec(name, strlen(name));
  }
  if (detector != NULL) uchardet_delete(detector);
  if (told != NULL && !told->single && told->ascii && decodes_whole(sample, told)) return told;
  if (!has_spaces(sample)) return NULL;
  const codec *best = best_single(sample, told != NULL && told->single ? told : NULL);
  /* Ukrainian letters stand where KOI8-R has box drawing, which no page has. */
  return best != NULL && strcmp(best->name, "koi8-r") == 0 ? find_codec("koi8-u", 6) : best;
}

static bool is_surrogate(const char *p, size_t len) {
  const unsigned char *s = (const unsigned char *)p;
  return len >= 3 && s[0] == 0xED && (s[1] & 0xE0) == 0xA0 && (s[2] & 0xC0) == 0x80;
}

/* Whether what is there is UTF-8 with some damage: at least as many sequences, whole or cut, as bytes that are none.
 * A sequence that the end of the text cut, and a surrogate, speak for no other encoding. */
static bool is_broken_utf8(lode_str raw) {
  size_t whole = 0, broken = 0, len = raw.len < SAMPLE * 4 ? raw.len : SAMPLE * 4;
  for (size_t i = 0; i < len;) {
    uint32_t cp;
    if ((unsigned char)raw.ptr[i] < 0x80) {
      i++;
      continue;
    }
    bool surrogate = is_surrogate(raw.ptr + i, len - i);
    size_t n = surrogate ? 3 : lode_utf8_decode(raw.ptr + i, len - i, &cp);
    bool cut = i + n == len && (unsigned char)raw.ptr[i] >= 0xC2;
    if (surrogate || n > 1) whole++;
    else if (!cut) broken++;
    i += n;
  }
  return whole >= broken;
}

/* ---- decoding --------------------------------------------------------------------------------------------------- */

typedef struct decoder {
  lode_str raw;
  lode_buf out;
  lode_map map;
  lode_repairs repairs;
  lode_err *err;
} decoder;

static int put_char(decoder *d, uint32_t cp, size_t source_len) {
  char bytes[4];
  bool bad = cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF);
  size_t at = d->map.source_len, n = lode_utf8_put(bad ? LODE_REPLACEMENT : cp, bytes);
  int code = lode_buf_add(&d->out, bytes, n, d->err);
  if (code == 0) code = lode_map_change(&d->map, n, source_len, d->err);
  if (code != 0 || !bad) return code;
  return lode_repairs_add(&d->repairs, LODE_REPAIR_ENCODING, (lode_span){at, at + source_len}, d->err);
}

/* ASCII from where the map stands; NUL is left to put_char. */
static int put_ascii(decoder *d) {
  size_t at = d->map.source_len, end = at;
  while (end < d->raw.len && (unsigned char)d->raw.ptr[end] - 1u < 0x7F) end++;
  int code = lode_buf_add(&d->out, d->raw.ptr + at, end - at, d->err);
  return code != 0 ? code : lode_map_same(&d->map, end - at, d->err);
}

static int decode_single(decoder *d, const codec *c) {
  uint32_t table[128];
  if (!single_table(c, table)) return lode_fail(d->err, LODE_E_INPUT, "this system cannot read %s", c->name);
  int code = put_ascii(d);
  while (code == 0 && d->map.source_len < d->raw.len) {
    unsigned char byte = (unsigned char)d->raw.ptr[d->map.source_len];
    code = put_char(d, byte < 0x80 ? 0 : table[byte - 128], 1);
    if (code == 0) code = put_ascii(d);
  }
  return code;
}

/* One character after the other, so that each knows its bytes. */
static int decode_many(decoder *d, const codec *c) {
  iconv_t cd = iconv_open("UTF-32LE", c->iconv);
  if (cd == (iconv_t)-1) return lode_fail(d->err, LODE_E_INPUT, "this system cannot read %s", c->name);
  size_t unit = strncmp(c->name, "utf-16", 6) == 0 ? 2 : strncmp(c->name, "utf-32", 6) == 0 ? 4 : 1;
  int code = c->ascii ? put_ascii(d) : 0;
  while (code == 0 && d->map.source_len < d->raw.len) {
    size_t at = d->map.source_len, left = d->raw.len - at, before = left;
    unsigned char made[8];
    char *in = (char *)(uintptr_t)(d->raw.ptr + at), *to = (char *)made;
    size_t room = 4;
    size_t done = iconv(cd, &in, &left, &to, &room);
    if (done == (size_t)-1 && errno == E2BIG && room == 4) { /* two code points for one character */
      room = 8;
      done = iconv(cd, &in, &left, &to, &room);
    }
    if (to == (char *)made) { /* nothing came: the end of a shift, or no character */
      size_t step = done != (size_t)-1 || left != before ? before - left : left < unit ? left : unit;
      bool shift = done != (size_t)-1 && left == 0;
      code = shift ? lode_map_skip(&d->map, step, d->err) : put_char(d, 0, step == 0 ? 1 : step);
    }
    for (unsigned char *p = made; code == 0 && p < (unsigned char *)to; p += 4) {
      uint32_t cp = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
      code = put_char(d, cp, p == made ? before - left : 0);
    }
    if (code == 0 && c->ascii) code = put_ascii(d);
  }
  iconv_close(cd);
  return code;
}

static int decode_as(lode_page *page, const codec *c, size_t mark, lode_err *err) {
  decoder d = {.raw = page->raw, .err = err};
  int code = lode_page_adopt(page, err);
  if (code == 0) code = lode_buf_reserve(&d.out, page->raw.len, err);
  if (code == 0 && mark != 0) {
    code = lode_map_skip(&d.map, mark, err);
    if (code == 0) code = lode_repairs_add(&d.repairs, LODE_REPAIR_BOM, (lode_span){0, mark}, err);
  }
  if (code == 0) code = c->single ? decode_single(&d, c) : decode_many(&d, c);
  if (code == 0) code = lode_page_rewrite(page, &d.out, &d.map, &d.repairs, err);
  if (code == 0) code = lode_page_set_meta_text(page, LODE_STR("encoding"), (lode_str){c->name, strlen(c->name)}, err);
  lode_buf_free(&d.out);
  lode_map_free(&d.map);
  lode_repairs_free(&d.repairs);
  return code;
}

/* Japanese mail and old pages: seven bits, known by the escape that turns to kanji. */
static bool has_kanji_escape(lode_str raw) {
  for (size_t i = 0; i + 2 < raw.len; i++) {
    const char *escape = memchr(raw.ptr + i, 27, raw.len - 2 - i);
    if (escape == NULL) return false;
    if (escape[1] == '$' && (escape[2] == 'B' || escape[2] == '@')) return true;
    i = (size_t)(escape - raw.ptr);
  }
  return false;
}

lode__encoding lode__encoding_of(const lode_page *page) {
  lode_str raw = page->raw;
  lode__encoding found = {0};
  found.codec = codec_by_mark(raw, &found.mark);
  if (found.codec == NULL) found.codec = codec_by_nuls(raw);
  if (found.codec != NULL) return found;
  found.clean = lode_utf8_clean(raw.ptr, raw.len);
  if (found.clean) {
    if (has_kanji_escape(raw)) found.codec = find_codec("iso-2022-jp", 11);
  } else if (lode_utf8_valid(raw.ptr, raw.len) != raw.len) {
    found.codec = declared_codec(page);
    if (found.codec == NULL && !only_continues(raw) && !is_broken_utf8(raw)) found.codec = detected_codec(raw);
  }
  return found;
}

int lode__encoding_decode(lode_page *page, const lode__encoding *from, lode_err *err) {
  if (from->codec != NULL) return decode_as(page, from->codec, from->mark, err);
  return from->clean ? lode_page_adopt(page, err) : lode_page_decode(page, err);
}
