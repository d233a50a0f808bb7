#define _GNU_SOURCE /* memrchr */
#include "cut.h"

#include <stdbool.h>
#include <string.h>

enum {
  WINDOW = 64 << 10, /* how far back a better place is looked for */
  LONG_LINE = 404,   /* more bytes than any wrapped line has: paragraph.c's 101 characters of four */
  LONG_WORD = 7,     /* small letters before a stop: more than abbreviations have */
};

static bool is_letter(char byte) {
  return (unsigned char)((byte | 0x20) - 'a') < 26;
}

static bool is_small(char byte) {
  return byte >= 'a' && byte <= 'z';
}

/* The end of the last line that ends at or before `at` and after `least`; 0 where there is none. */
static size_t line_end_before(const char *text, size_t least, size_t at) {
  const char *feed = at > least ? memrchr(text + least, '\n', at - least) : NULL;
  return feed == NULL ? 0 : (size_t)(feed - text) + 1;
}

static bool is_blank(const char *text, size_t begin, size_t end) {
  for (; begin < end; begin++)
    if (text[begin] != ' ' && text[begin] != '\t' && text[begin] != '\r' && text[begin] != '\n') return false;
  return true;
}

/* The last place in (least, len) behind a blank line, or between two long lines; 0 where there is none. */
static size_t certain(const char *text, size_t least, size_t len) {
  size_t next = len, end = line_end_before(text, least, len - 1);
  while (end > least) {
    size_t begin = line_end_before(text, least, end - 1);
    bool whole = begin > 0 || least == 0; /* not a line that began before `least` */
    if (!whole) begin = least;
    if ((whole && is_blank(text, begin, end)) || (end - begin > LONG_LINE && next - end > LONG_LINE)) return end;
    next = end;
    end = begin;
  }
  return 0;
}

static bool is_sentence_cut(const char *text, size_t least, size_t at) {
  if (at < least + LONG_WORD + 2 || text[at - 1] != ' ' || text[at] < 'A' || text[at] > 'Z') return false;
  if (text[at - 2] != '.' && text[at - 2] != '!' && text[at - 2] != '?') return false;
  for (size_t i = 0; i < LONG_WORD; i++)
    if (!is_small(text[at - 3 - i])) return false;
  return true;
}

static bool is_space_cut(const char *text, size_t least, size_t at) {
  return at > least && text[at] == ' ' && is_letter(text[at - 1]);
}

static size_t last_place(const char *text, size_t least, size_t len,
                         bool (*is_place)(const char *text, size_t least, size_t at)) {
  for (size_t at = len - 1; at > least; at--)
    if (is_place(text, least, at)) return at;
  return 0;
}

static size_t between_characters(const char *text, size_t len) {
  size_t cut = len - 1;
  for (int i = 0; i < 3 && cut > 1; i++, cut--)
    if (((unsigned char)text[cut] & 0xC0) != 0x80) break;
  return cut;
}

size_t lode_text_cut(const char *text, size_t len) {
  size_t least = len > WINDOW ? len - WINDOW : 0;
  size_t cut = certain(text, least, len);
  if (cut == 0) cut = line_end_before(text, 0, len - 1);
  if (cut == 0) cut = last_place(text, least, len, is_sentence_cut);
  if (cut == 0) cut = last_place(text, least, len, is_space_cut);
  return cut > 0 ? cut : between_characters(text, len);
}
