#define _DEFAULT_SOURCE
#include "commands.h"
#include "file.h"
#include "help.h"
#include "job.h"
#include "live.h"
#include "matcher.h"
#include "paint.h"
#include "script.h"
#include "terminal.h"
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef LODE_LIBEDIT
#include <editline/readline.h>
#endif

enum { PAGE_BYTES = 64 << 20, MATCHES_SHOWN = 20, LINE_BYTES = 1 << 16 };

typedef struct repl {
  const lode_settings *settings;
  lode_script script;
  lode_look look;
  bool color, asks; /* a terminal is there */
  lode_buf said;    /* statements that worked: they run again before each new line */
  lode_buf open;    /* lines of one that goes on */
  lode_buf page_id, page_text;
  lode_buf words; /* for completion: one a line */
} repl;

/* ---- a pattern's matches, in a worker ---- */

static void put_sentence(lode_paint *out, const lode_page *page, const lode_match *match) {
  const lode_sentence *first = &page->tokens.sentences[page->tokens.items[match->begin].sentence];
  const lode_sentence *last = &page->tokens.sentences[page->tokens.items[match->end - 1].sentence];
  lode_span hit = lode_paint_range(page, match->begin, match->end);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  lode_paint_text(out, LODE_INK_PLAIN, page->content + first->begin, hit.begin - first->begin);
  lode_paint_print(out, LODE_INK_DIM, "[");
  lode_paint_text(out, LODE_INK_MATCH, page->content + hit.begin, hit.end - hit.begin);
  lode_paint_print(out, LODE_INK_DIM, "]");
  if (last->end > hit.end) lode_paint_text(out, LODE_INK_PLAIN, page->content + hit.end, last->end - hit.end);
  lode_paint_end(out);
}

static void put_captures(lode_paint *out, const lode_sight *sight, const lode_match *match) {
  for (uint32_t i = 0; i < match->capture_count; i++) {
    const lode_capture *capture = &sight->matcher->captures[match->first_capture + i];
    lode_str name = lode_table_get(&sight->rules->patterns.captures, capture->name);
    lode_span range = lode_paint_range(sight->page, capture->begin, capture->end);
    lode_paint_print(out, LODE_INK_PLAIN, i == 0 ? "    " : ", ");
    lode_paint_text(out, LODE_INK_LINE, name.ptr, name.len);
    lode_paint_print(out, LODE_INK_PLAIN, " = \"");
    lode_paint_text(out, LODE_INK_PLAIN, sight->page->content + range.begin, range.end - range.begin);
    lode_paint_print(out, LODE_INK_PLAIN, "\"");
  }
  if (match->capture_count > 0) lode_paint_end(out);
}

/* Of the pattern that the line gave, which is the last rule. */
static int show_matches(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const repl *self = ud;
  lode_paint out = {.out = &sink->records, .color = self->color, .err = err};
  size_t count = 0;
  if (sight->rules == NULL || sight->rules->count == 0) return 0;
  uint32_t last = sight->rules->count - 1;
  if (strcmp(lode_host_rule(sight->host, last).name, LODE_CHUNK_NAME) != 0) return 0;
  for (uint32_t m = 0; m < sight->matcher->match_count; m++) {
    const lode_match *match = &sight->matcher->matches[m];
    if (match->rule != last || match->state != LODE_MATCH_KEPT || ++count > MATCHES_SHOWN) continue;
    put_sentence(&out, sight->page, match);
    put_captures(&out, sight, match);
  }
  if (count == 0)
    lode_paint_print(&out, LODE_INK_DIM, "  no match in %.*s\n", (int)sight->page->id.len, sight->page->id.ptr);
  if (count > MATCHES_SHOWN) lode_paint_print(&out, LODE_INK_DIM, "  ... %zu matches in all\n", count);
  return out.code;
}

/* ---- one line ---- */

typedef struct outcome {
  lode_buf shown, matches, error;
  bool failed;
} outcome;

static int hear(lode_live *live, outcome *out, lode_err *err) {
  int code = 0;
  while (code == 0 && lode_live_runs(live)) {
    struct pollfd wait[LODE_LIVE_WORKERS + 1];
    for (size_t i = 0; i < live->pipe_count; i++) wait[i] = (struct pollfd){.fd = live->pipes[i].fd, .events = POLLIN};
    int ready = poll(wait, (nfds_t)live->pipe_count, 10000);
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) {
      out->failed = true;
      code = lode_buf_text(&out->error, "stopped: it took more than 10 seconds", err);
      lode_live_stop(live);
    }
    for (size_t i = 0; i < live->pipe_count && ready > 0 && code == 0; i++) {
      lode_live_message said;
      if (wait[i].revents == 0) continue;
      lode_live_read(&live->pipes[i]);
      while (code == 0 && lode_live_next(&live->pipes[i], &said)) {
        out->failed = out->failed || said.kind == LODE_LIVE_FAILED;
        lode_buf *to = said.kind == LODE_LIVE_LOADED ? &out->shown
                       : said.kind == LODE_LIVE_PAGE ? &out->matches
                                                     : &out->error;
        bool wanted = said.kind != LODE_LIVE_RULE && said.kind != LODE_LIVE_TESTED && said.kind != LODE_LIVE_DONE;
        if (wanted) code = lode_buf_add(to, said.text.ptr, said.text.len, err);
      }
    }
  }
  return code;
}

static int evaluate(repl *self, const char *chunk, outcome *out, lode_err *err) {
  lode_buf pages = {0};
  lode_live live = {.child = -1};
  lode_table none;
  lode_page page;
  lode_table_init(&none, 1);
  lode_page_init(&page, &none);
  lode_page_open(&page, (lode_str){self->page_id.ptr, self->page_id.len},
                 (lode_str){self->page_text.ptr, self->page_text.len});
  int code = self->page_id.len > 0 ? lode_live_put(&page, &pages, err) : 0;
  if (code == 0) code = lode_live_open(&live, (lode_str){pages.ptr == NULL ? "" : pages.ptr, pages.len}, err);
  lode_host_options options = self->script.options;
  options.chunk = chunk;
  options.look = &self->look;
  if (code == 0) code = lode_live_start(&live, &options, 1, err);
  if (code == 0) code = hear(&live, out, err);
  lode_live_close(&live);
  lode_page_free(&page);
  lode_table_free(&none);
  lode_buf_free(&pages);
  return code;
}

static int join(lode_buf *out, const lode_buf *before, const char *word, const lode_buf *line, lode_err *err) {
  out->len = 0;
  int code = lode_buf_add(out, before->ptr, before->len, err);
  if (code == 0) code = lode_buf_printf(out, err, "%s", word);
  if (code == 0) code = lode_buf_add(out, line->ptr, line->len, err);
  return code == 0 ? lode_buf_byte(out, '\0', err) : code;
}

static bool holds(const lode_buf *text, const char *part) {
  size_t len = strlen(part);
  for (size_t i = 0; i + len <= text->len; i++)
    if (memcmp(text->ptr + i, part, len) == 0) return true;
  return false;
}

static void put_outcome(const outcome *out) {
  if (out->shown.len > 0 && write(STDOUT_FILENO, out->shown.ptr, out->shown.len) < 0) return;
  if (out->matches.len > 0 && write(STDOUT_FILENO, out->matches.ptr, out->matches.len) < 0) return;
  if (out->error.len > 0)
    lode_terminal_say(out->error.ptr, out->error.len - (out->error.ptr[out->error.len - 1] == '\n'));
}

/* An expression is shown; what is none is a statement and stays; what ends too early goes on.  *more: it does. */
static int run_line(repl *self, bool *more, lode_err *err) {
  lode_buf chunk = {0};
  outcome first = {0}, second = {0};
  *more = false;
  int code = join(&chunk, &self->said, "return ", &self->open, err);
  if (code == 0) code = evaluate(self, chunk.ptr, &first, err);
  bool syntax = first.failed && (holds(&first.error, " near ") || holds(&first.error, "<eof>"));
  if (code == 0 && !syntax) put_outcome(&first);
  if (code == 0 && syntax) {
    code = join(&chunk, &self->said, "", &self->open, err);
    if (code == 0) code = evaluate(self, chunk.ptr, &second, err);
    *more = second.failed && holds(&second.error, "near <eof>");
    if (code == 0 && !*more) put_outcome(&second);
    if (code == 0 && !second.failed) {
      code = lode_buf_add(&self->said, self->open.ptr, self->open.len, err);
      if (code == 0) code = lode_buf_byte(&self->said, '\n', err);
    }
  }
  if (!*more) self->open.len = 0;
  lode_buf *bufs[] = {&chunk,        &first.shown,    &first.matches, &first.error,
                      &second.shown, &second.matches, &second.error};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) lode_buf_free(bufs[i]);
  return code;
}

/* ---- commands ---- */

static int set_text(repl *self, const char *text, lode_err *err) {
  self->page_id.len = self->page_text.len = 0;
  int code = lode_buf_add(&self->page_id, ":text", 5, err);
  return code == 0 ? lode_buf_text(&self->page_text, text, err) : code;
}

static int set_page(repl *self, const char *path, lode_err *err) {
  self->page_id.len = self->page_text.len = 0;
  int code = lode_file_read(path, PAGE_BYTES, &self->page_text, err);
  return code == 0 ? lode_buf_text(&self->page_id, path, err) : lode_err_at(err, path, 0, LODE_NO_BYTE);
}

static const char *after(const char *line, const char *word) {
  size_t len = strlen(word);
  if (strncmp(line, word, len) != 0 || (line[len] != ' ' && line[len] != '\0')) return NULL;
  line += len;
  while (*line == ' ') line++;
  return line;
}

static const char usage[] = ":text TEXT    the text that patterns are tried on\n"
                            ":page FILE    the same, a page\n"
                            ":help WORD    what lode help says\n"
                            ":quit\n"
                            "An expression is shown, a pattern is tried on the text; anything else is Lua and stays.\n";

/* false: the line is none. */
static bool run_command(repl *self, const char *line, bool *quits) {
  lode_err err;
  lode_err_clear(&err);
  const char *rest;
  int code = 0;
  if (line[0] != ':') return false;
  if ((rest = after(line, ":text")) != NULL) code = set_text(self, rest, &err);
  else if ((rest = after(line, ":page")) != NULL) code = set_page(self, rest, &err);
  else if ((rest = after(line, ":help")) != NULL && *rest != '\0') {
    char *words[] = {(char *)(uintptr_t)rest};
    lode_command_help.run(NULL, words, 1);
  } else if (strcmp(line, ":quit") == 0 || strcmp(line, ":q") == 0) *quits = true;
  else if (write(STDOUT_FILENO, usage, sizeof usage - 1) < 0) *quits = true;
  if (code != 0) lode_complain("repl", &err);
  return true;
}

/* ---- lines ---- */

#ifdef LODE_LIBEDIT
/* Its hooks have no argument: the words are reached through the place that it keeps for the program's name. */
static char *complete(const char *begin, int state) {
  static const char *const fallback = "";
  const char *words = rl_readline_name == NULL ? fallback : rl_readline_name;
  int found = 0;
  size_t len = strlen(begin);
  for (const char *at = words; *at != '\0';) {
    size_t word = strcspn(at, "\n");
    if (word >= len && strncmp(at, begin, len) == 0 && found++ == state) return strndup(at, word);
    at += word + (at[word] == '\n');
  }
  return NULL;
}
#endif

/* The next line without its end, malloc'd; NULL at the end. */
static char *read_line(const repl *self, bool goes_on) {
  const char *prompt = goes_on ? "..> " : "> ";
#ifdef LODE_LIBEDIT
  if (self->asks) {
    char *line = readline(prompt);
    if (line != NULL && *line != '\0') add_history(line);
    return line;
  }
#endif
  if (self->asks && write(STDOUT_FILENO, prompt, strlen(prompt)) < 0) return NULL;
  char *line = NULL;
  size_t room = 0;
  ssize_t len = getline(&line, &room, stdin);
  if (len < 0) {
    free(line);
    return NULL;
  }
  if (len > 0 && line[len - 1] == '\n') line[len - 1] = '\0';
  return line;
}

static int run_loop(repl *self, lode_err *err) {
  int code = 0;
  bool quits = false, more = false;
  for (char *line; code == 0 && !quits && (line = read_line(self, more)) != NULL; free(line)) {
    if (!more && run_command(self, line, &quits)) continue;
    if (!more && line[strspn(line, " \t")] == '\0') continue;
    if (more && line[0] == '\0') { /* an empty line gives up what goes on */
      self->open.len = 0;
      more = false;
      continue;
    }
    if (self->open.len > 0) code = lode_buf_byte(&self->open, '\n', err);
    if (code == 0) code = lode_buf_text(&self->open, line, err);
    if (code == 0) code = run_line(self, &more, err);
  }
  if (self->asks && !quits && write(STDOUT_FILENO, "\n", 1) < 0) return 0;
  return code;
}

static int open_words(repl *self, lode_err *err) {
  lode_host *host = NULL;
  lode_host_options options = self->script.options;
  options.script = NULL;
  int code = lode_host_open(&host, &options, err);
  if (code == 0) code = lode_host_words(host, &self->words, err);
  if (code == 0) code = lode_buf_byte(&self->words, '\0', err);
  lode_host_close(host);
#ifdef LODE_LIBEDIT
  setlocale(LC_CTYPE, ""); /* what is typed is UTF-8 where the terminal says so */
  rl_readline_name = self->words.ptr;
  rl_completion_entry_function = complete;
#endif
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  repl self = {.settings = settings};
  self.asks = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  self.color = lode_terminal_color(settings->color, STDOUT_FILENO);
  self.look = (lode_look){.page = show_matches, .ud = &self};
  size_t at = count > 0 && strlen(rest[0]) > 4 && strcmp(rest[0] + strlen(rest[0]) - 4, ".lua") == 0 ? 1 : 0;
  int code = count > at + 1 ? lode_fail(&err, LODE_E_USAGE, "lode repl [SCRIPT.lua] [PAGE]") : 0;
  if (code == 0) code = lode_script_init(&self.script, settings, at == 1 ? rest[0] : NULL, &err);
  if (code == 0 && count > at) code = set_page(&self, rest[at], &err);
  if (code == 0) code = open_words(&self, &err);
  if (code == 0) code = run_loop(&self, &err);
  lode_status status = code == 0 ? LODE_EXIT_OK : lode_complain("repl", &err);
  lode_script_free(&self.script);
  lode_buf *bufs[] = {&self.said, &self.open, &self.page_id, &self.page_text, &self.words};
  for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) lode_buf_free(bufs[i]);
  return status;
}

const lode_command lode_command_repl = {
    "repl",
    "[SCRIPT.lua] [PAGE]",
    "try Lua and patterns line by line",
    "An expression is shown, tables with their fields; a pattern is tried on the text that :text TEXT, :page FILE or "
    "PAGE gave,\n"
    "and what it matches stands in brackets. Statements stay for the lines after them. With a script its names, rules "
    "and\n"
    "annotations are there. :help WORD asks for help, :quit or Ctrl-D ends.\n"
    "\n"
    "    lode repl scripts/deals.lua page.txt\n",
    {lode_options_lists, lode_options_run, lode_options_look},
    run,
};
