#include "commands.h"
#include "job.h"
#include "matcher.h"
#include "paint.h"
#include "terminal.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct grep_job {
  bool color, counts, only_pages, only_matches;
  uint32_t around; /* sentences */
} grep_job;

/* The matches of the pattern, which alone make records, in the order of the page. */
static const lode_match *next_match(const lode_sight *sight, uint32_t *at) {
  while (*at < sight->matcher->match_count) {
    const lode_match *match = &sight->matcher->matches[(*at)++];
    if (match->state == LODE_MATCH_KEPT && lode_host_rule(sight->host, match->rule).speaks) return match;
  }
  return NULL;
}

static void put_place(lode_paint *out, const lode_sight *sight, size_t at, char sign) {
  lode_paint_text(out, LODE_INK_PAGE, sight->page->id.ptr, sight->page->id.len);
  lode_paint_print(out, LODE_INK_DIM, "%c", sign);
  lode_paint_print(out, LODE_INK_LINE, "%zu", lode_paint_line(sight->page, at));
  lode_paint_print(out, LODE_INK_DIM, "%c", sign);
  lode_paint_print(out, LODE_INK_PLAIN, " ");
}

static void put_range(lode_paint *out, const lode_page *page, lode_ink ink, size_t begin, size_t end) {
  if (begin < end) lode_paint_text(out, ink, page->content + begin, end - begin);
}

/* A sentence (or more, where a match runs on) with the matches in it. */
static void put_sentences(lode_paint *out, const lode_sight *sight, uint32_t first, uint32_t last) {
  const lode_page *page = sight->page;
  const lode_sentence *from = &page->tokens.sentences[first], *to = &page->tokens.sentences[last];
  lode_span range = lode_paint_range(page, from->first_token, to->first_token + to->token_count);
  size_t at = range.begin;
  uint32_t next = 0;
  for (const lode_match *match; (match = next_match(sight, &next)) != NULL;) {
    lode_span hit = lode_paint_range(page, match->begin, match->end);
    if (hit.begin >= range.end) break;
    if (hit.begin < at) continue;
    put_range(out, page, LODE_INK_PLAIN, at, hit.begin);
    put_range(out, page, LODE_INK_MATCH, hit.begin, hit.end);
    at = hit.end;
  }
  put_range(out, page, LODE_INK_PLAIN, at, range.end);
  lode_paint_end(out);
}

static uint32_t sentence_of(const lode_page *page, uint32_t token) {
  return page->tokens.items[token].sentence;
}

enum { NOT_SHOWN, AROUND, HIT, GOES_ON };

static void mark_match(const grep_job *job, const lode_page *page, const lode_match *match, uint8_t *marks) {
  uint32_t first = sentence_of(page, match->begin), last = sentence_of(page, match->end - 1);
  uint32_t from = first > job->around ? first - job->around : 0;
  for (uint32_t s = from; s < page->tokens.sentence_count && s <= last + job->around; s++)
    if (marks[s] == NOT_SHOWN) marks[s] = AROUND;
  if (marks[first] != GOES_ON) marks[first] = HIT;
  for (uint32_t s = first + 1; s <= last; s++) marks[s] = GOES_ON;
}

/* Every sentence once; `--` between those that do not follow one another. */
static void put_matches(const grep_job *job, lode_paint *out, const lode_sight *sight) {
  const lode_page *page = sight->page;
  uint32_t count = (uint32_t)page->tokens.sentence_count, at = 0;
  uint8_t *marks = calloc((size_t)count + 1, 1);
  if (marks == NULL) {
    out->code = lode_fail(out->err, LODE_E_NOMEM, "out of memory: %u sentences", (unsigned)count);
    return;
  }
  for (const lode_match *match; (match = next_match(sight, &at)) != NULL;) mark_match(job, page, match, marks);
  bool any = false;
  for (uint32_t s = 0; s < count; s++) {
    if (marks[s] == NOT_SHOWN) continue;
    if (any && job->around > 0 && marks[s - 1] == NOT_SHOWN) lode_paint_print(out, LODE_INK_DIM, "--\n");
    uint32_t last = s;
    while (marks[s] == HIT && last + 1 < count && marks[last + 1] == GOES_ON) last++;
    put_place(out, sight, page->tokens.items[page->tokens.sentences[s].first_token].begin, marks[s] == HIT ? ':' : '-');
    put_sentences(out, sight, s, last);
    s = last;
    any = true;
  }
  free(marks);
}

static int grep_page(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  const grep_job *job = ud;
  lode_paint out = {.out = &sink->records, .color = job->color, .err = err};
  uint32_t at = 0, count = 0;
  while (next_match(sight, &at) != NULL) count++;
  if (count == 0) return 0;
  sink->record_count += count;
  if (job->only_pages || job->counts) {
    lode_paint_text(&out, LODE_INK_PAGE, sight->page->id.ptr, sight->page->id.len);
    if (!job->only_pages) lode_paint_print(&out, LODE_INK_PLAIN, ":%u", (unsigned)count);
    lode_paint_end(&out);
  } else if (job->only_matches) {
    at = 0;
    for (const lode_match *match; (match = next_match(sight, &at)) != NULL;) {
      lode_span hit = lode_paint_range(sight->page, match->begin, match->end);
      put_place(&out, sight, hit.begin, ':');
      put_range(&out, sight->page, LODE_INK_MATCH, hit.begin, hit.end);
      lode_paint_end(&out);
    }
  } else {
    put_matches(job, &out, sight);
  }
  return out.code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (!settings->expression) {
    lode_fail(&err, LODE_E_USAGE, "which pattern? lode grep -e PATTERN INPUT...");
    return lode_complain("grep", &err);
  }
  if (settings->format) {
    lode_fail(&err, LODE_E_USAGE, "grep shows text: for records write lode run -e PATTERN -f FORMAT");
    return lode_complain("grep", &err);
  }
  grep_job job = {.color = settings->output ? settings->color && strcmp(settings->color, "always") == 0
                                            : lode_terminal_color(settings->color, STDOUT_FILENO),
                  .counts = settings->counts,
                  .only_pages = settings->only_pages,
                  .only_matches = settings->only_matches,
                  .around = (uint32_t)settings->around};
  lode_look look = {.page = grep_page, .ud = &job};
  return lode_job_run(&(lode_job){.command = "grep",
                                  .settings = settings,
                                  .script = "-e",
                                  .pattern = settings->expression,
                                  .with = settings->with,
                                  .look = &look,
                                  .inputs = rest,
                                  .input_count = count,
                                  .searches = true});
}

const lode_command lode_command_grep = {
    "grep",
    "-e PATTERN INPUT...",
    "show the sentences in which a pattern of tokens matches",
    "Each line is PAGE:LINE: and the sentence; the matches in it are coloured on a terminal. The pattern is that of\n"
    "lode help patterns; --zone all looks outside of the body too. The exit status is 1 where nothing matches.\n"
    "\n"
    "    lode grep -e '\"ruled out\"' pages/\n"
    "    lode grep -e 'title name{1,2} gap(3) w\"said says\"' -C 1 pages/*.jsonl.gz\n"
    "    lode grep -e '@company gap(2) \"bought\"' --script scripts/deals.lua -c pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_expression,
     lode_options_grep},
    run,
};
