#include "commands.h"
#include "job.h"
#include "matcher.h"
#include "paint.h"
#include "terminal.h"
#include "view.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PLACE_COLUMNS = 28, MATCH_COLUMNS = 16, LEAST_SIDE = 10 };

typedef struct kwic_job {
  bool color;
  size_t side; /* columns on each side of the match */
} kwic_job;

static void put_spaces(lode_paint *out, size_t count) {
  lode_paint_print(out, LODE_INK_PLAIN, "%*s", (int)count, "");
}

/* Escaped and on one line, to be cut and counted in columns. */
static lode_str flat(lode_paint *out, lode_buf *scratch, const char *text, size_t len) {
  lode_paint plain = {.out = scratch, .err = out->err};
  scratch->len = 0;
  lode_paint_text(&plain, LODE_INK_PLAIN, text, len);
  if (out->code == 0) out->code = plain.code;
  return scratch->ptr ? (lode_str){scratch->ptr, scratch->len} : LODE_STR("");
}

static void put_cut(lode_paint *out, lode_ink ink, lode_str text, size_t columns, bool front) {
  lode_str part;
  bool cut;
  size_t used = lode_paint_fit(text, columns, front, &part, &cut);
  if (front) put_spaces(out, columns - used);
  lode_paint_text(out, ink, part.ptr, part.len);
  if (!front) put_spaces(out, columns - used);
}

static void put_row(const kwic_job *job, lode_paint *out, lode_buf *scratch, const lode_sight *sight,
                    const lode_match *match) {
  lode_page *page = sight->page;
  const lode_paragraph *p = &page->paragraphs[page->tokens.items[match->begin].paragraph];
  lode_span hit = lode_paint_range(page, match->begin, match->end);
  lode_str text = flat(out, scratch, page->content + p->begin, hit.begin - p->begin);
  put_cut(out, LODE_INK_PLAIN, text, job->side, true);
  text = flat(out, scratch, page->content + hit.begin, hit.end - hit.begin);
  size_t width = lode_terminal_width(text.ptr, text.len);
  lode_paint_print(out, LODE_INK_PLAIN, p->begin < hit.begin && page->content[hit.begin - 1] != ' ' ? " " : "");
  lode_paint_text(out, LODE_INK_MATCH, text.ptr, text.len);
  size_t right = job->side + MATCH_COLUMNS > width ? job->side + MATCH_COLUMNS - width : LEAST_SIDE;
  size_t end = p->end > hit.end ? p->end : hit.end;
  text = flat(out, scratch, page->content + hit.end, end - hit.end);
  put_cut(out, LODE_INK_PLAIN, text, right, false);
  char place[600];
  snprintf(place, sizeof place, "%.*s:%zu", (int)(page->id.len < 500 ? page->id.len : 500), page->id.ptr,
           lode_paint_line(page, hit.begin));
  text = flat(out, scratch, place, strlen(place));
  lode_str part;
  bool cut;
  lode_paint_fit(text, PLACE_COLUMNS, true, &part, &cut);
  put_spaces(out, 2);
  lode_paint_text(out, LODE_INK_DIM, part.ptr, part.len);
  lode_paint_end(out);
}

static int kwic_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const kwic_job *job = ud;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  lode_buf scratch = {0};
  for (uint32_t m = 0; m < sight->matcher->match_count && out.code == 0; m++) {
    const lode_match *match = &sight->matcher->matches[m];
    if (match->state != LODE_MATCH_KEPT || !lode_host_rule(sight->host, match->rule).speaks) continue;
    put_row(job, &out, &scratch, sight, match);
    sink->record_count++;
  }
  lode_buf_free(&scratch);
  return out.code;
}

/* WORD as a pattern: the phrase, in quotes that it does not hold itself. */
static int quote_word(const char *word, lode_buf *out, lode_err *err) {
  if (strchr(word, '"') && strchr(word, '\''))
    return lode_fail(err, LODE_E_USAGE, "WORD holds both kinds of quotes: write it as a pattern, -e PATTERN");
  const char *mark = strchr(word, '"') ? "'" : "\"";
  int code = lode_buf_printf(out, err, "%s%s%s", mark, word, mark);
  return code ? code : lode_buf_byte(out, '\0', err);
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf pattern = {0};
  size_t named = settings->expression ? 0 : 1;
  int code = 0;
  if (count < named) code = lode_fail(&err, LODE_E_USAGE, "which word? lode kwic WORD INPUT...");
  else if (settings->format) code = lode_fail(&err, LODE_E_USAGE, "kwic shows text: for records write lode run -e");
  else if (named) code = quote_word(rest[0], &pattern, &err);
  if (code != 0) {
    lode_buf_free(&pattern);
    return lode_complain("kwic", &err);
  }
  lode_view_style style =
      lode_view_style_for(settings->output ? -1 : STDOUT_FILENO, settings->color, (size_t)settings->width);
  size_t fixed = PLACE_COLUMNS + MATCH_COLUMNS + 3;
  kwic_job job = {.color = style.color,
                  .side = style.columns > fixed + 2 * LEAST_SIDE ? (style.columns - fixed) / 2 : LEAST_SIDE};
  lode_look look = {.page = kwic_page, .ud = &job};
  lode_status status = lode_job_run(&(lode_job){.command = "kwic",
                                                .settings = settings,
                                                .script = "-e",
                                                .pattern = named ? pattern.ptr : settings->expression,
                                                .with = settings->with,
                                                .look = &look,
                                                .inputs = rest + named,
                                                .input_count = count - named,
                                                .searches = true});
  lode_buf_free(&pattern);
  return status;
}

const lode_command lode_command_kwic = {
    "kwic",
    "WORD INPUT... | -e PATTERN INPUT...",
    "show a word or phrase in its context, one below the other",
    "Each line is the text before, the match, the text behind, PAGE:LINE. WORD is compared by folded form, and may be\n"
    "several words. The exit status is 1 where nothing matches.\n"
    "\n"
    "    lode kwic ceasefire pages/\n"
    "    lode kwic -e 'w\"talk talks\"' --width 120 pages/ | sort -k1.60\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_expression},
    run,
};
