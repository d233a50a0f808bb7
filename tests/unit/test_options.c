/* Option parsing: every form, every type, and what is said about mistakes; and what the command line writes. */
#include "check.h"
#include "options.h"
#include "progress.h"
#include "record.h"
#include "status.h"
#include "terminal.h"

enum { MOST_ARGUMENTS = 16 };

typedef struct parsed {
  int code;
  lode_err err;
  lode_settings settings;
  char *rest[MOST_ARGUMENTS];
  size_t rest_count;
  char text[1024]; /* the arguments' bytes */
} parsed;

static const lode_option *const tables[LODE_OPTION_TABLES] = {lode_options_help, lode_options_pages, lode_options_run};

/* Parse a line cut at single spaces. */
static parsed *parse(const char *line) {
  parsed *self = calloc(1, sizeof *self);
  if (!self) abort();
  char *arguments[MOST_ARGUMENTS];
  size_t count = 0;
  snprintf(self->text, sizeof self->text, "%s", line);
  for (char *at = strtok(self->text, " "); at && count < MOST_ARGUMENTS; at = strtok(NULL, " "))
    arguments[count++] = at;
  lode_settings_init(&self->settings);
  lode_err_clear(&self->err);
  self->code = lode_options_parse(tables, arguments, count, &self->settings, self->rest, &self->rest_count, &self->err);
  return self;
}

static void let_go(parsed *self) {
  lode_settings_free(&self->settings);
  free(self);
}

static void want_error(const char *line, const char *message) {
  parsed *p = parse(line);
  CHECK_INT(p->code, LODE_E_USAGE);
  CHECK_STR(p->err.message, strlen(p->err.message), message);
  let_go(p);
}

static void test_forms(void) {
  parsed *p = parse("a -j4 --output=x.csv -f csv b --limit 7 -q - -- --resume c");
  if (CHECK_OK(p->code, &p->err)) {
    CHECK_INT(p->settings.jobs, 4);
    CHECK_STR(p->settings.output, strlen(p->settings.output), "x.csv");
    CHECK_STR(p->settings.format, strlen(p->settings.format), "csv");
    CHECK_INT(p->settings.limit, 7);
    CHECK(p->settings.quiet);
    CHECK(!p->settings.resume);
    CHECK_INT(p->rest_count, 5);
    CHECK_STR(p->rest[0], strlen(p->rest[0]), "a");
    CHECK_STR(p->rest[2], strlen(p->rest[2]), "-");
    CHECK_STR(p->rest[3], strlen(p->rest[3]), "--resume");
  }
  let_go(p);
}

static void test_letters_together(void) {
  parsed *p = parse("-qhj 3 -ofile");
  CHECK_OK(p->code, &p->err);
  CHECK(p->settings.quiet && p->settings.help);
  CHECK_INT(p->settings.jobs, 3);
  CHECK_STR(p->settings.output, strlen(p->settings.output), "file");
  let_go(p);
}

static void test_last_counts_and_lists_collect(void) {
  parsed *p = parse("--arg a=1 -j1 -j2 --arg=b=2 --zones body --zone all");
  CHECK_OK(p->code, &p->err);
  CHECK_INT(p->settings.jobs, 2);
  CHECK_INT(p->settings.args.count, 2);
  CHECK_STR(p->settings.args.items[1], strlen(p->settings.args.items[1]), "b=2");
  CHECK(p->settings.args.items[2] == NULL);
  CHECK_STR(p->settings.zones, strlen(p->settings.zones), "all");
  let_go(p);
}

static void test_nothing(void) {
  parsed *p = parse("");
  CHECK_OK(p->code, &p->err);
  CHECK_INT(p->rest_count, 0);
  CHECK(p->settings.args.items == NULL);
  CHECK_NEAR(p->settings.page_timeout, 10, 0);
  let_go(p);
}

/* The journal is refused when the signature differs, so it holds what decides the output and nothing else. */
static void test_signature(void) {
  parsed *p = parse("-j4 -f csv --memory 1G --trust --page-timeout 3 --limit=5");
  CHECK_OK(p->code, &p->err);
  CHECK_STR(p->settings.signature.ptr, p->settings.signature.len, "format=csv\ntrust=\nlimit=5\n");
  let_go(p);
}

static void test_mistakes(void) {
  want_error("--formt csv", "no option --formt; did you mean --format?");
  want_error("--page-time 3", "no option --page-time; did you mean --page-timeout?");
  want_error("--xyzzy", "no option --xyzzy; --help lists them");
  want_error("-x", "no option -x; --help lists them");
  want_error("-fields a", "no option -fields; did you mean --fields?");
  want_error("-output=x", "no option -output; did you mean --output?");
  want_error("-zones all", "no option -zones; did you mean --zone?");
  want_error("--limit", "--limit wants a value: N");
  want_error("-o", "--output wants a value: FILE");
  want_error("--resume=yes", "--resume takes no value");
  want_error("-j none", "--jobs wants a whole number, not \"none\"");
  want_error("-j -1", "--jobs wants a whole number, not \"-1\"");
  want_error("-j 0", "--jobs is at least 1, not 0");
  want_error("-j 5000", "--jobs is at most 1024, not 5000");
  want_error("--limit 99999999999999999999", "--limit wants a whole number, not \"99999999999999999999\"");
  want_error("--memory much", "--memory wants a size like 4096, 600M or 2G, not \"much\"");
  want_error("--max-page 3G", "--max-page is at most 2147483647, not 3G");
  want_error("--input pdf", "--input wants one of auto|text|html|jsonl|csv|wet|warc, not \"pdf\"");
  want_error("--input tex", "--input wants one of auto|text|html|jsonl|csv|wet|warc, not \"tex\"");
  want_error("--page-timeout 0", "--page-timeout wants seconds above 0 like 10 or 0.5, not \"0\"");
  want_error("--page-timeout nan", "--page-timeout wants seconds above 0 like 10 or 0.5, not \"nan\"");
  want_error("--arg name", "--arg wants NAME=VALUE, not \"name\"");
  want_error("--arg =x", "--arg wants NAME=VALUE, not \"=x\"");
  want_error("--max-errors 1.5", "--max-errors wants a number of pages like 10 or a share like 0.5%, not \"1.5\"");
  want_error("--max-errors 101%", "--max-errors wants a number of pages like 10 or a share like 0.5%, not \"101%\"");
}

static void check_size(const char *text, uint64_t want) {
  uint64_t got = 1;
  lode_err err;
  lode_err_clear(&err);
  if (CHECK_OK(lode_size_parse(text, &got, &err), &err)) CHECK_INT(got, want);
}

static void test_sizes(void) {
  check_size("0", 0);
  check_size("4096", 4096);
  check_size("600M", (uint64_t)600 << 20);
  check_size("2g", (uint64_t)2 << 30);
  check_size("1.5K", 1536);
  check_size("3GiB", (uint64_t)3 << 30);
  check_size("3GB", (uint64_t)3 << 30);
  check_size("1T", (uint64_t)1 << 40);
  const char *const bad[] = {"",    "M",    "-1",  "+1",  " 1",   "1 M",      "1MM",
                             "1Mi", "0x10", "inf", "nan", "1e30", "9000000T", "1X"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    uint64_t got = 0;
    if (!CHECK_INT(lode_size_parse(bad[i], &got, NULL), LODE_E_USAGE)) printf("  for \"%s\"\n", bad[i]);
  }
}

static void test_shares(void) {
  double got = 0;
  CHECK_INT(lode_share_parse("10", &got, NULL), 0);
  CHECK_NEAR(got, 10, 0);
  CHECK_INT(lode_share_parse("0.5%", &got, NULL), 0);
  CHECK_NEAR(got, -0.5, 0);
  CHECK_INT(lode_share_parse("100%", &got, NULL), 0);
  CHECK_NEAR(got, -100, 0);
}

static void test_guess(void) {
  static const char *const words[] = {"run", "clean", "tokens", "sentences", "words", "segment", NULL};
  static const char *const cases[][2] = {{"claen", "clean"},   {"tokns", "tokens"}, {"sent", "sentences"},
                                         {"word", "words"},    {"rnu", "run"},      {"segments", "segment"},
                                         {"frobnicate", NULL}, {"", NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *got = lode_guess(cases[i][0], strlen(cases[i][0]), words), *want = cases[i][1];
    if (!CHECK((got == NULL) == (want == NULL))) printf("  for \"%s\": %s\n", cases[i][0], got ? got : "nothing");
    else if (got) CHECK_STR(got, strlen(got), want);
  }
}

static void test_status_order(void) {
  static const lode_status order[] = {LODE_EXIT_OK, LODE_EXIT_NOTHING, LODE_EXIT_SKIPPED, LODE_EXIT_USAGE,
                                      LODE_EXIT_IO};
  for (size_t i = 0; i < 5; i++)
    for (size_t j = 0; j < 5; j++) CHECK_INT(lode_status_worse(order[i], order[j]), order[i > j ? i : j]);
  CHECK_INT(lode_status_of(LODE_E_CLOSED), LODE_EXIT_OK);
  CHECK_INT(lode_status_of(LODE_E_SCRIPT), LODE_EXIT_USAGE);
  CHECK_INT(lode_status_of(LODE_E_IO), LODE_EXIT_IO);
}

static void check_escape(const char *text, size_t len, const char *want) {
  lode_buf out = {0};
  lode_err err;
  lode_err_clear(&err);
  if (CHECK_OK(lode_terminal_escape(text, len, &out, &err), &err)) CHECK_STR(out.ptr, out.len, want);
  lode_buf_free(&out);
}

static void test_escape(void) {
  check_escape("plain\ttext \xC3\xA9", 13, "plain\ttext \xC3\xA9");
  check_escape("\x1B[31mred\x07", 9, "\\x1B[31mred\\x07");
  check_escape("a\0b", 3, "a\\x00b");
  check_escape("a\rb\nc\x7F", 6, "a\\x0Db\\x0Ac\\x7F");
  check_escape("\xC2\x9B"
               "31m",
               5, "\\u{9B}31m");
  check_escape("\xE2\x80\xAEx", 4, "\\u{202E}x");
  check_escape("\xFFz\xE2\x80", 4, "\\xFFz\\xE2\\x80");
}

static void check_digits(lode_digits *digits, uint64_t value) {
  char got[LODE_DIGITS_ROOM], want[32];
  size_t len = lode_digits_put(digits, value, got);
  snprintf(want, sizeof want, "%llu", (unsigned long long)value);
  CHECK_STR(got, len, want);
}

/* Against snprintf: the powers of ten and their neighbours, up and down, then jumps and small steps at random. */
static void test_digits(void) {
  lode_digits digits = {0};
  check_digits(&digits, UINT64_MAX);
  for (uint64_t power = 1; power <= UINT64_MAX / 10; power *= 10)
    for (uint64_t value = power - 1; value <= power + 1; value++) check_digits(&digits, value);
  for (uint64_t power = 10000000000000000000u; power > 0; power /= 10) check_digits(&digits, power);
  uint64_t seed = 0x9E3779B97F4A7C15u, value = 0;
  for (int i = 0; i < 20000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    value = i % 100 == 0 ? seed >> (seed >> 58) : value + (seed >> 50);
    check_digits(&digits, value);
  }
}

/* Many ends at once are what single spans give. */
static void test_spans(void) {
  static const uint32_t ends[] = {3, 9, 10, 99, 100, 9999, 10000, 10001, 99999, 1234567, 4294967294u};
  enum { COUNT = sizeof ends / sizeof *ends };
  lode_buf many = {0}, single = {0};
  lode_err err;
  lode_err_clear(&err);
  lode_record a = lode_record_begin(&many, &err), b = lode_record_begin(&single, &err);
  lode_record_raw_spans(&a, 0, 2, ends, COUNT);
  for (size_t i = 0; i < COUNT; i++) lode_record_raw_span(&b, (lode_span){i == 0 ? 2 : ends[i - 1], ends[i]});
  CHECK_OK(a.code, &err);
  CHECK_OK(lode_buf_byte(&single, 0, &err), &err);
  CHECK_STR(many.ptr, many.len, single.ptr);
  CHECK_STR(single.ptr, 15, "{,[2,3],[3,9],[");
  lode_buf_free(&many);
  lode_buf_free(&single);
}

static void check_summary(const lode_run_result *result, bool speed, const char *want) {
  char got[256];
  lode_summary(result, speed, got, sizeof got);
  CHECK_STR(got, strlen(got), want);
}

static void test_summary(void) {
  lode_run_result result = {
      .pages_in = 40, .pages_out = 39, .pages_skipped = 1, .records = 1, .bytes_in = 3000000, .seconds = 2};
  check_summary(&result, true, "40 pages in, 39 out, 1 skipped; 1 record; 2.00 s, 1.5 MB/s");
  check_summary(&result, false, "40 pages in, 39 out, 1 skipped; 1 record; 2.00 s");
  result.repaired = 3;
  check_summary(&result, true, "40 pages in, 39 out, 1 skipped, 3 repaired; 1 record; 2.00 s, 1.5 MB/s");
}

int main(void) {
  RUN(test_forms);
  RUN(test_letters_together);
  RUN(test_last_counts_and_lists_collect);
  RUN(test_nothing);
  RUN(test_signature);
  RUN(test_mistakes);
  RUN(test_sizes);
  RUN(test_shares);
  RUN(test_guess);
  RUN(test_status_order);
  RUN(test_escape);
  RUN(test_digits);
  RUN(test_spans);
  RUN(test_summary);
  return CHECK_END();
}
