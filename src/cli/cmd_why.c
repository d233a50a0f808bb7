#include "commands.h"
#include "job.h"
#include "matcher.h"
#include "terminal.h"
#include "why.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct why_job {
  lode_why why;
  bool color;
} why_job;

static int why_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const why_job *job = ud;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  lode_focus focus;
  size_t found = 0;
  if (!lode_why_focus(&job->why, sight->page, &focus)) return 0;
  int code = lode_why_report(&job->why, sight, &focus, &out, &found);
  sink->record_count += found;
  return code;
}

static bool is_there(const char *path) {
  struct stat info;
  return stat(path, &info) == 0;
}

/* The digits at the end of the text behind the sign; NULL where it does not end so. */
static char *address_of(char *text, const char *sign, uint64_t *number) {
  char *at = NULL;
  for (char *p = text; (p = strstr(p, sign)) != NULL; p++) at = p;
  if (at == NULL) return NULL;
  char *digits = at + strlen(sign), *end = NULL;
  if (*digits < '0' || *digits > '9') return NULL;
  *number = strtoull(digits, &end, 10);
  return *end == '\0' ? at : NULL;
}

/* PAGE, PAGE#L41, PAGE@BYTE; PAGE may be FILE#ID for a line of JSON.  *id is then the page's id. */
static void read_address(char *page, lode_why *why, const char **id) {
  uint64_t number = 0;
  char *at;
  *id = NULL;
  if (is_there(page)) return;
  if ((at = address_of(page, "#L", &number)) != NULL) why->line = (size_t)number;
  else if ((at = address_of(page, "@", &number)) != NULL) why->byte = number;
  if (at != NULL) *at = '\0';
}

/* FILE#ID is cut where FILE is one: then *id is ID, or the whole for a line without an id (FILE#N). */
static char *split_page(const char *page, const char **id) {
  char *path = strdup(page);
  for (char *p = path; path != NULL && !is_there(path) && (p = strchr(p, '#')) != NULL; p++) {
    *p = '\0';
    if (is_there(path)) {
      const char *rest = page + (p - path) + 1;
      *id = rest[strspn(rest, "0123456789")] == '\0' ? page : rest;
      return path;
    }
    *p = '#';
  }
  return path;
}

static int read_want(const lode_settings *settings, lode_buf *field, lode_why *why, lode_err *err) {
  const char *equals = settings->want ? strchr(settings->want, '=') : NULL;
  if (!settings->want) return 0;
  if (!equals || equals == settings->want)
    return lode_fail(err, LODE_E_USAGE, "--want wants FIELD=VALUE, not \"%.200s\"", settings->want);
  int code = lode_buf_add(field, settings->want, (size_t)(equals - settings->want), err);
  if (code == 0) code = lode_buf_byte(field, '\0', err);
  why->field = field->ptr;
  why->value = equals + 1;
  return code;
}

/* --text without a page: the text is the page. */
static int make_page(const char *text, char *path, size_t size, lode_err *err) {
  const char *folder = getenv("TMPDIR");
  snprintf(path, size, "%s/lode-XXXXXX", folder && *folder ? folder : "/tmp");
  int fd = mkstemp(path);
  size_t len = strlen(text);
  bool good = fd >= 0 && write(fd, text, len) == (ssize_t)len;
  if (fd >= 0) close(fd);
  return good ? 0 : lode_fail(err, LODE_E_IO, "cannot write %s", path);
}

static lode_status tell(const lode_settings *settings, const char *script, char **inputs, size_t count, const char *id,
                        const why_job *job) {
  lode_look look = {.page = why_page, .ud = (void *)(uintptr_t)job, .only = id, .trace = true, .records = true};
  lode_status status = lode_job_run(&(lode_job){.command = "why",
                                                .settings = settings,
                                                .script = script,
                                                .look = &look,
                                                .inputs = inputs,
                                                .input_count = count,
                                                .searches = true});
  if (status != LODE_EXIT_NOTHING) return status;
  lode_err err;
  lode_err_clear(&err);
  if (id != NULL) lode_fail(&err, LODE_E_USAGE, "nothing to say: is there a page %.200s, and text at that place?", id);
  else lode_fail(&err, LODE_E_USAGE, "nothing to say: no rule and no record is at that place");
  lode_complain("why", &err);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  why_job job = {.why = {.rule = settings->rule, .text = settings->text, .byte = LODE_NO_BYTE}};
  job.color = settings->output ? false : lode_terminal_color(settings->color, STDOUT_FILENO);
  lode_buf field = {0};
  char path[600] = "", *page = NULL;
  const char *id = NULL;
  int code = read_want(settings, &field, &job.why, &err);
  if (code == 0 && count == 0) code = lode_fail(&err, LODE_E_USAGE, "which script? lode why SCRIPT PAGE#L41");
  if (code == 0 && count == 1 && !settings->text)
    code = lode_fail(&err, LODE_E_USAGE, "which page? lode why %.200s PAGE#L41, or --text TEXT", rest[0]);
  if (code == 0 && settings->format) code = lode_fail(&err, LODE_E_USAGE, "why writes a report, not records");
  lode_status status = LODE_EXIT_OK;
  if (code == 0 && count == 1) {
    code = make_page(settings->text, path, sizeof path, &err);
    char *inputs[] = {path};
    job.why.text = NULL;
    job.why.name = "--text";
    if (code == 0) status = tell(settings, rest[0], inputs, 1, NULL, &job);
    unlink(path);
  } else if (code == 0) {
    read_address(rest[1], &job.why, &id);
    if (count > 2) {
      status = tell(settings, rest[0], rest + 2, count - 2, rest[1], &job);
    } else {
      page = split_page(rest[1], &id);
      if (page == NULL) code = lode_fail(&err, LODE_E_NOMEM, "out of memory");
      else status = tell(settings, rest[0], &page, 1, id, &job);
    }
  }
  if (code != 0) status = lode_complain("why", &err);
  free(page);
  lode_buf_free(&field);
  return status;
}

const lode_command lode_command_why = {
    "why",
    "SCRIPT PAGE[#L41|@BYTE] [INPUT...] | SCRIPT --text TEXT",
    "say why a place of a page did or did not become a record",
    "Shows the sentences on that line of the page (or at that byte, or with that --text), the tokens, the records that\n"
    "came of them, and each rule that could speak there: its parts, a line each, up to the one that failed, and the\n"
    "token it stopped at; or to which match it lost, that keep refused it, that it looks at another zone, what it needs\n"
    "and did not find. A page of JSON lines is FILE#ID or FILE#N; with INPUT..., PAGE is an id among these.\n"
    "What a script says with lode.why(span, reason) is shown too. The exit status is 1 where there is nothing to say.\n"
    "\n"
    "    lode why scripts/deals.lua page.txt#L12\n"
    "    lode why scripts/deals.lua page.txt#L12 --rule deal.done\n"
    "    lode why scripts/deals.lua page.txt --want 'target=Quarry Hill'\n"
    "    lode why scripts/deals.lua --text 'Acme Dams sold Quarry Hill.'\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_why},
    run,
};
