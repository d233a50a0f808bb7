#include "stamp.h"

#include "cues.h"
#include <stdio.h>

typedef struct cursor {
  const char *text;
  size_t len, at;
} cursor;

static bool is_digit_at(const cursor *c, size_t at) {
  return at < c->len && c->text[at] >= '0' && c->text[at] <= '9';
}

static bool is_letter_at(const cursor *c, size_t at) {
  return at < c->len && ((c->text[at] >= 'a' && c->text[at] <= 'z') || (c->text[at] >= 'A' && c->text[at] <= 'Z'));
}

/* A number of at least `least` and at most `most` digits, all of them. */
static bool read_number(cursor *c, size_t least, size_t most, int *out) {
  size_t end = c->at;
  int value = 0;
  while (end - c->at <= most && is_digit_at(c, end)) value = value * 10 + (c->text[end++] - '0');
  if (end - c->at < least || end - c->at > most) return false;
  c->at = end;
  *out = value;
  return true;
}

static bool skip_mark(cursor *c, char mark) {
  if (c->at >= c->len || c->text[c->at] != mark) return false;
  c->at++;
  return true;
}

static void skip_spaces(cursor *c) {
  while (c->at < c->len && (c->text[c->at] == ' ' || c->text[c->at] == ',')) c->at++;
}

static bool read_month(cursor *c, int *month) {
  size_t end = c->at;
  while (is_letter_at(c, end)) end++;
  *month = lode__month_of(c->text + c->at, end - c->at);
  if (*month == 0) return false;
  c->at = end;
  skip_mark(c, '.');
  skip_spaces(c);
  return true;
}

/* 20, 20th, 1st. */
static bool read_day(cursor *c, int *day) {
  if (!read_number(c, 1, 2, day)) return false;
  if (is_letter_at(c, c->at) && is_letter_at(c, c->at + 1) && !is_letter_at(c, c->at + 2)) c->at += 2;
  skip_spaces(c);
  return true;
}

static bool is_date(int y, int m, int d) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (y < 1500 || y > 2200 || m < 1 || m > 12 || d < 1) return false;
  bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  return d <= days[m - 1] + (m == 2 && leap);
}

/* 20.08.2025, 8/20/2025: only where one of the two can be no month. */
static bool read_figures(cursor *c, int *y, int *m, int *d) {
  int first, second;
  if (!read_number(c, 1, 2, &first) || c->at >= c->len) return false;
  char mark = c->text[c->at];
  if (mark != '.' && mark != '/' && mark != '-') return false;
  c->at++;
  if (!read_number(c, 1, 2, &second) || !skip_mark(c, mark) || !read_number(c, 4, 4, y)) return false;
  bool dotted = mark == '.'; /* day first wherever dates are written with stops */
  if (!dotted && first <= 12 && second <= 12 && first != second) return false;
  bool day_first = dotted || first > 12;
  *d = day_first ? first : second;
  *m = day_first ? second : first;
  return is_date(*y, *m, *d);
}

static bool read_date(cursor *c, int *y, int *m, int *d) {
  cursor start = *c;
  if (read_number(c, 4, 4, y) && c->at < c->len) {
    char mark = c->text[c->at];
    if ((mark == '-' || mark == '/' || mark == '.') && skip_mark(c, mark) && read_number(c, 1, 2, m) &&
        skip_mark(c, mark) && read_number(c, 1, 2, d))
      return is_date(*y, *m, *d);
  }
  *c = start;
  if (read_month(c, m) && read_day(c, d) && read_number(c, 4, 4, y)) return is_date(*y, *m, *d);
  *c = start;
  if (read_day(c, d) && read_month(c, m) && read_number(c, 4, 4, y)) return is_date(*y, *m, *d);
  *c = start;
  return read_figures(c, y, m, d);
}

/* am, p.m., PM: moves the hour. */
static void read_half(cursor *c, int *hour) {
  cursor peek = *c;
  while (peek.at < peek.len && peek.text[peek.at] == ' ') peek.at++;
  if (peek.at >= peek.len) return;
  char half = (char)(peek.text[peek.at] | 0x20);
  if (half != 'a' && half != 'p') return;
  peek.at++;
  skip_mark(&peek, '.');
  if (peek.at >= peek.len || (peek.text[peek.at] | 0x20) != 'm' || is_letter_at(&peek, peek.at + 1)) return;
  c->at = peek.at + 1;
  if (*hour >= 1 && *hour <= 12) *hour = *hour % 12 + (half == 'p' ? 12 : 0);
}

/* A time of day behind a date: "T00:17", " 20:12:12", ", at 5:30 p.m.". */
static bool read_time(cursor *c, int *hour, int *minute) {
  cursor start = *c;
  if (!skip_mark(c, 'T')) {
    skip_spaces(c);
    if (c->at + 2 < c->len && (c->text[c->at] | 0x20) == 'a' && (c->text[c->at + 1] | 0x20) == 't' &&
        c->text[c->at + 2] == ' ')
      c->at += 3;
  }
  int second;
  bool good = read_number(c, 1, 2, hour) && skip_mark(c, ':') && read_number(c, 2, 2, minute);
  if (good && c->at < c->len && c->text[c->at] == ':') {
    c->at++;
    good = read_number(c, 2, 2, &second);
  }
  if (good) read_half(c, hour);
  if (good && *hour < 24 && *minute < 60) return true;
  *c = start;
  return false;
}

bool lode__stamp_read(const char *text, size_t len, size_t at, size_t *end, char out[LODE__STAMP_SIZE]) {
  cursor c = {text, len, at};
  int y, m, d, hour, minute;
  if (at > 0 && (is_digit_at(&c, at - 1) || is_letter_at(&c, at - 1))) return false;
  if (!read_date(&c, &y, &m, &d) || is_digit_at(&c, c.at)) return false;
  if (read_time(&c, &hour, &minute)) snprintf(out, LODE__STAMP_SIZE, "%04d-%02d-%02dT%02d:%02d", y, m, d, hour, minute);
  else snprintf(out, LODE__STAMP_SIZE, "%04d-%02d-%02d", y, m, d);
  *end = c.at;
  return true;
}
