#include "clean.h"
#include "commands.h"
#include "fold.h"
#include "job.h"
#include "record.h"
#include "sink.h"
#include "terminal.h"

typedef struct tokens_job {
  lode_zone_set zones;
} tokens_job;

static int put_token(const lode_page *page, const lode_token *token, lode_sink *sink, lode_err *err) {
  const char *kind = lode_token_kind_name(token->kind), *zone = lode_zone_name(page->paragraphs[token->paragraph].zone);
  lode_record record = lode_record_begin(&sink->records, err);
  lode_record_text(&record, "type", LODE_STR("token"));
  lode_record_text(&record, "page", page->id);
  lode_record_place(&record, page, token->begin, token->end);
  lode_record_text(&record, "fold", lode_table_get(page->words, token->word));
  lode_record_text(&record, "kind", (lode_str){kind, strlen(kind)});
  lode_record_count(&record, "paragraph", (uint64_t)token->paragraph + 1);
  if (lode_page_is_repaired(page, token->begin, token->end)) lode_record_json(&record, "repaired", LODE_STR("true"));
  lode_record_count(&record, "sentence", (uint64_t)token->sentence + 1);
  lode_record_text(&record, "zone", (lode_str){zone, strlen(zone)});
  sink->record_count++;
  return lode_record_end(&record);
}

static int tokens_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const tokens_job *job = ud;
  int code = lode_clean(page, err);
  if (code == 0) code = lode_page_tokens(page, err);
  for (size_t i = 0; i < page->tokens.count && code == 0; i++) {
    const lode_token *token = &page->tokens.items[i];
    if (job->zones >> page->paragraphs[token->paragraph].zone & 1) code = put_token(page, token, sink, err);
  }
  return code;
}

/* --- --text: how one text is cut, for reading --- */

static int pad(lode_buf *out, lode_str text, size_t width, lode_err *err) {
  size_t begin = out->len;
  int code = lode_terminal_escape(text.ptr, text.len, out, err);
  size_t have = code == 0 ? lode_terminal_width(out->ptr + begin, out->len - begin) : width;
  for (; have < width && code == 0; have++) code = lode_buf_byte(out, ' ', err);
  return code ? code : lode_buf_byte(out, ' ', err);
}

static int put_row(const char *text, const lode_token *token, lode_buf *out, lode_err *err) {
  enum { SHAPE_ROOM = 64 };
  char shape[SHAPE_ROOM];
  lode_buf fold = {0};
  lode_str part = {text + token->begin, token->end - token->begin};
  size_t shape_len = lode_token_shape(part.ptr, part.len, shape, sizeof shape);
  int code = lode_fold_token(part.ptr, part.len, &fold, err);
  if (code == 0)
    code = lode_buf_printf(out, err, "%5u %5u %8u  %-8s ", (unsigned)token->begin, (unsigned)token->end,
                           (unsigned)token->sentence + 1, lode_token_kind_name(token->kind));
  if (code == 0) code = pad(out, part, 20, err);
  if (code == 0) code = pad(out, (lode_str){fold.ptr, fold.len}, 20, err);
  if (code == 0) code = lode_terminal_escape(shape, shape_len, out, err);
  if (code == 0) code = lode_buf_byte(out, '\n', err);
  lode_buf_free(&fold);
  return code;
}

static int put_table(const char *text, size_t len, const lode_lists *lists, lode_buf *out, lode_err *err) {
  const lode_interning words = {.lists = lists->words.count > 0 ? lists : NULL};
  lode_tokens tokens = {0};
  lode_paragraphs paragraphs;
  lode_span span;
  int code = lode_buf_printf(out, err, "%5s %5s %8s  %-8s %-20s %-20s %s\n", "start", "end", "sentence", "kind", "text",
                             "fold", "shape");
  lode_paragraphs_init(&paragraphs, text, len);
  while (code == 0 && lode_paragraphs_next(&paragraphs, &span))
    code = lode_tokenize_words(text + span.begin, span.end - span.begin, span.begin, &words, &tokens, err);
  for (size_t i = 0; i < tokens.count && code == 0; i++) code = put_row(text, &tokens.items[i], out, err);
  lode_tokens_free(&tokens);
  return code;
}

static lode_status show_text(const lode_settings *settings) {
  const char *text = settings->text;
  lode_err err;
  lode_err_clear(&err);
  lode_buf repaired = {0}, out = {0};
  lode_map map = {0};
  lode_repairs repairs = {0};
  lode_lists lists;
  uint64_t hash;
  lode_lists_init(&lists);
  int code = lode_job_lists(settings, &lists, &hash, &err);
  if (code == 0) code = lode_utf8_repair(text, strlen(text), &repaired, &map, &repairs, &err);
  if (code == 0) code = put_table(repaired.ptr, repaired.len, &lists, &out, &err);
  lode_status status = code == 0 ? lode_print("tokens", &out) : lode_complain("tokens", &err);
  lode_buf_free(&repaired);
  lode_buf_free(&out);
  lode_map_free(&map);
  lode_repairs_free(&repairs);
  lode_lists_free(&lists);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  tokens_job job = {0};
  if (settings->text && count > 0) {
    lode_fail(&err, LODE_E_USAGE, "--text and inputs: give one of them");
    return lode_complain("tokens", &err);
  }
  if (settings->text) return show_text(settings);
  if (lode_job_zones(settings, ~(lode_zone_set)0, &job.zones, &err) != 0) return lode_complain("tokens", &err);
  return lode_job_run(&(lode_job){
      .command = "tokens",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = tokens_page,
      .ud = &job,
  });
}

const lode_command lode_command_tokens = {
    "tokens",
    "INPUT... | --text TEXT",
    "write one record for each token of cleaned pages",
    "Fields: type, page, text, start, end (bytes of the raw page), fold (the form that rules compare), kind,\n"
    "paragraph, sentence (from 1, over the page), zone; repaired where the text is not the raw bytes.\n"
    "\n"
    "    lode tokens --text \"Mr. Lee didn't pay $3.5m.\"\n"
    "    lode tokens --zone body -f tsv --fields text,kind pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_zone, lode_options_tokens},
    run,
};
