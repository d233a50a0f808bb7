#include "options.h"
#include "distance.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void lode_settings_init(lode_settings *self) {
  *self = (lode_settings){0};
  self->page_timeout = 10;
}

void lode_settings_free(lode_settings *self) {
  free((void *)self->args.items);
  self->args = (lode_list){NULL, 0};
  free((void *)self->against.items);
  self->against = (lode_list){NULL, 0};
  lode_buf_free(&self->signature);
}

/* --- values --- */

static int count_parse(const char *text, uint64_t *out, lode_err *err) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  /* strtoull takes "-1" and " 1". */
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno == ERANGE)
    return lode_fail(err, LODE_E_USAGE, "wants a whole number, not \"%s\"", text);
  *out = value;
  return 0;
}

/* The number at the start of text, in the C locale's form and without sign, name ("nan") or exponent of
 * base 16; *end is behind it. */
static bool real_parse(const char *text, double *out, const char **end) {
  if ((text[0] < '0' || text[0] > '9') && text[0] != '.') return false;
  if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) return false;
  char *stop = NULL;
  *out = strtod(text, &stop);
  *end = stop;
  return stop != text && isfinite(*out);
}

int lode_size_parse(const char *text, uint64_t *out, lode_err *err) {
  static const char units[] = "KMGT";
  double value = 0;
  const char *end = text;
  bool good = real_parse(text, &value, &end);
  if (good && *end != '\0') {
    const char upper = (char)(*end >= 'a' && *end <= 'z' ? *end - 'a' + 'A' : *end);
    const char *unit = strchr(units, upper);
    if (unit) {
      value = ldexp(value, 10 * (int)(unit - units + 1));
      end++;
      if (end[0] == 'i' && end[1] == 'B') end += 2;
      else if (end[0] == 'B') end++;
    }
  }
  if (!good || *end != '\0')
    return lode_fail(err, LODE_E_USAGE, "wants a size like 4096, 600M or 2G, not \"%s\"", text);
  if (value >= 9.2e18) return lode_fail(err, LODE_E_USAGE, "wants a size that exists, not \"%s\"", text);
  *out = (uint64_t)value;
  return 0;
}

int lode_share_parse(const char *text, double *out, lode_err *err) {
  double value = 0;
  const char *end = text;
  bool good = real_parse(text, &value, &end);
  bool percent = good && *end == '%';
  if (percent) end++;
  if (!good || *end != '\0' || (percent && value > 100) || (!percent && floor(value) != value))
    return lode_fail(err, LODE_E_USAGE, "wants a number of pages like 10 or a share like 0.5%%, not \"%s\"", text);
  *out = percent ? -value : value;
  return 0;
}

static int seconds_parse(const char *text, double *out, lode_err *err) {
  double value = 0;
  const char *end = text;
  if (!real_parse(text, &value, &end) || *end != '\0' || value <= 0 || value > 1e6)
    return lode_fail(err, LODE_E_USAGE, "wants seconds above 0 like 10 or 0.5, not \"%s\"", text);
  *out = value;
  return 0;
}

static int choice_parse(const lode_option *option, const char *text, const char **out, lode_err *err) {
  size_t len = strlen(text);
  for (const char *at = option->value; at;) {
    const char *bar = strchr(at, '|');
    size_t item = bar ? (size_t)(bar - at) : strlen(at);
    if (item == len && memcmp(at, text, len) == 0) {
      *out = text;
      return 0;
    }
    at = bar ? bar + 1 : NULL;
  }
  return lode_fail(err, LODE_E_USAGE, "wants one of %s, not \"%s\"", option->value, text);
}

static int list_add(const lode_option *option, lode_list *list, const char *text, lode_err *err) {
  /* NAME=VALUE wants both parts of a pair; the value may be empty. */
  const char *equals = strchr(text, '=');
  if (strchr(option->value, '=') && (!equals || equals == text))
    return lode_fail(err, LODE_E_USAGE, "wants %s, not \"%s\"", option->value, text);
  const char **items = realloc((void *)list->items, (list->count + 2) * sizeof *items);
  if (!items) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  items[list->count++] = text;
  items[list->count] = NULL;
  list->items = items;
  return 0;
}

static int range_check(const lode_option *option, const char *text, uint64_t value, lode_err *err) {
  if (value < option->least)
    return lode_fail(err, LODE_E_USAGE, "is at least %llu, not %s", (unsigned long long)option->least, text);
  if (option->most && value > option->most)
    return lode_fail(err, LODE_E_USAGE, "is at most %llu, not %s", (unsigned long long)option->most, text);
  return 0;
}

static int value_set(const lode_option *option, const char *text, lode_settings *out, lode_err *err) {
  void *field = (char *)out + option->field;
  int code = 0;
  switch (option->type) {
    case LODE_OPTION_FLAG: *(bool *)field = true; return 0;
    case LODE_OPTION_TEXT: *(const char **)field = text; return 0;
    case LODE_OPTION_CHOICE: return choice_parse(option, text, field, err);
    case LODE_OPTION_SECONDS: return seconds_parse(text, field, err);
    case LODE_OPTION_SHARE: return lode_share_parse(text, field, err);
    case LODE_OPTION_LIST: return list_add(option, field, text, err);
    case LODE_OPTION_COUNT: code = count_parse(text, field, err); break;
    case LODE_OPTION_SIZE: code = lode_size_parse(text, field, err); break;
  }
  return code ? code : range_check(option, text, *(uint64_t *)field, err);
}

/* --- names --- */

static bool same_name(const char *name, const char *given, size_t len) {
  return name && strlen(name) == len && memcmp(name, given, len) == 0;
}

const lode_option *lode_option_find(const lode_option *const tables[LODE_OPTION_TABLES], const char *name, size_t len) {
  while (len > 0 && name[0] == '-') name++, len--;
  size_t t = 0;
  while (t < LODE_OPTION_TABLES && tables[t]) t++;
  while (t-- > 0) /* a command's own go before those that many share: grep's -o */
    for (const lode_option *o = tables[t]; o->name; o++)
      if (same_name(o->name, name, len) || same_name(o->alias, name, len) || (len == 1 && o->letter == name[0]))
        return o;
  return NULL;
}

static const lode_option *find_letter(const lode_option *const tables[LODE_OPTION_TABLES], char letter) {
  return letter == '-' ? NULL : lode_option_find(tables, &letter, 1);
}

const char *lode_guess(const char *given, size_t len, const char *const *words) {
  const char *best = NULL;
  uint32_t best_distance = (uint32_t)(len / 4 + 2);
  for (; *words; words++) {
    uint32_t distance = 0;
    size_t word_len = strlen(*words);
    bool begins = len >= 3 && word_len > len && memcmp(*words, given, len) == 0;
    if (begins) distance = 1;
    else if (lode_damerau((lode_str){given, len}, (lode_str){*words, word_len}, &distance, NULL) != 0) continue;
    if (distance < best_distance && distance < word_len) {
      best = *words;
      best_distance = distance;
    }
  }
  return best;
}

static int unknown_option(const lode_option *const tables[LODE_OPTION_TABLES], const char *given, size_t len,
                          lode_err *err) {
  enum { MOST = 64 };
  const char *names[MOST + 1];
  size_t count = 0;
  for (size_t t = 0; t < LODE_OPTION_TABLES && tables[t]; t++)
    for (const lode_option *o = tables[t]; o->name && count < MOST; o++) names[count++] = o->name;
  names[count] = NULL;
  const char *guess = lode_guess(given, len, names);
  int shown = len > 100 ? 100 : (int)len;
  if (guess) return lode_fail(err, LODE_E_USAGE, "no option --%.*s; did you mean --%s?", shown, given, guess);
  return lode_fail(err, LODE_E_USAGE, "no option --%.*s; --help lists them", shown, given);
}

/* --- the parser --- */

typedef struct parser {
  const lode_option *const *tables;
  char **arguments;
  size_t count, at;
  lode_settings *out;
  lode_err *err;
} parser;

/* Set an option and put the option's name before what was wrong. */
static int apply(parser *self, const lode_option *option, const char *text) {
  lode_err inner;
  lode_err_clear(&inner);
  int code = value_set(option, text, self->out, &inner);
  if (code != 0) return lode_fail(self->err, code, "--%s %.800s", option->name, inner.message);
  if (!option->decides) return 0;
  return lode_buf_printf(&self->out->signature, self->err, "%s=%s\n", option->name, text ? text : "");
}

/* The value of an option that stands in the next argument. */
static int apply_next(parser *self, const lode_option *option) {
  if (self->at == self->count)
    return lode_fail(self->err, LODE_E_USAGE, "--%s wants a value: %s", option->name, option->value);
  return apply(self, option, self->arguments[self->at++]);
}

static int parse_long(parser *self, const char *argument) {
  const char *equals = strchr(argument, '=');
  size_t len = equals ? (size_t)(equals - argument) : strlen(argument);
  const lode_option *option = len > 1 ? lode_option_find(self->tables, argument, len) : NULL;
  if (!option) return unknown_option(self->tables, argument, len, self->err);
  if (option->type == LODE_OPTION_FLAG) {
    if (equals) return lode_fail(self->err, LODE_E_USAGE, "--%s takes no value", option->name);
    return apply(self, option, NULL);
  }
  return equals ? apply(self, option, equals + 1) : apply_next(self, option);
}

/* "-fields a" would be -f with the value "ields". */
static int check_dashes(const parser *self, const char *letters) {
  size_t len = strcspn(letters, "=");
  const lode_option *meant = len > 1 ? lode_option_find(self->tables, letters, len) : NULL;
  if (!meant) return 0;
  return lode_fail(self->err, LODE_E_USAGE, "no option -%.*s; did you mean --%s?", (int)len, letters, meant->name);
}

static int parse_letters(parser *self, const char *letters) {
  int dashes = check_dashes(self, letters);
  if (dashes != 0) return dashes;
  for (; *letters; letters++) {
    const lode_option *option = find_letter(self->tables, *letters);
    if (!option) return lode_fail(self->err, LODE_E_USAGE, "no option -%c; --help lists them", *letters);
    if (option->type == LODE_OPTION_FLAG) {
      int code = apply(self, option, NULL);
      if (code != 0) return code;
    } else {
      return letters[1] ? apply(self, option, letters + 1) : apply_next(self, option);
    }
  }
  return 0;
}

int lode_options_parse(const lode_option *const tables[LODE_OPTION_TABLES], char **arguments, size_t count,
                       lode_settings *out, char **rest, size_t *rest_count, lode_err *err) {
  parser self = {tables, arguments, count, 0, out, err};
  bool options = true;
  *rest_count = 0;
  while (self.at < count) {
    char *argument = arguments[self.at++];
    int code = 0;
    if (!options || argument[0] != '-' || argument[1] == '\0') rest[(*rest_count)++] = argument;
    else if (strcmp(argument, "--") == 0) options = false;
    else if (argument[1] == '-') code = parse_long(&self, argument + 2);
    else code = parse_letters(&self, argument + 1);
    if (code != 0) return code;
  }
  return 0;
}
