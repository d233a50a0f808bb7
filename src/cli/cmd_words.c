#include "clean.h"
#include "commands.h"
#include "job.h"
#include "mem.h"
#include "record.h"
#include "sink.h"
#include "sorter.h"

enum { SORT_MEMORY = 64 << 20, COUNT_BYTES = 8 };

typedef struct words_job {
  lode_zone_set zones;
  bool all_zones;
  bool plain;   /* COUNT TAB WORD lines; else records for a format */
  uint64_t top; /* 0: all */
} words_job;

/* The ids of the tokens from `from` on that count, for the open page. */
static int count_tokens(const words_job *job, const lode_page *page, lode_buf *ids, lode_sink *sink, lode_err *err) {
  const lode_tokens *tokens = &page->tokens;
  int code = lode_buf_reserve(ids, lode_size_mul(tokens->count, sizeof(uint32_t)), err);
  if (code != 0) return code;
  uint32_t *out = (uint32_t *)(void *)ids->ptr;
  size_t count = 0;
  for (size_t i = 0; i < tokens->count; i++) {
    const lode_token *token = &tokens->items[i];
    if (token->kind != LODE_TOKEN_WORD) continue;
    if (!job->all_zones && !(job->zones >> page->paragraphs[token->paragraph].zone & 1)) continue;
    out[count++] = token->word;
  }
  return lode_sink_count_words(sink, 0, page->words, out, count, err);
}

/* Every word of the page, without keeping tokens or making sentences: each paragraph takes the place of the one
 * before it, in the nearest cache. */
static int count_all(const words_job *job, lode_page *page, lode_buf *ids, lode_sink *sink, lode_err *err) {
  lode_buf scratch = {0};
  lode_interning words = {.table = page->words, .scratch = &scratch, .words_only = true};
  lode_paragraphs paragraphs;
  int code = lode_page_decode(page, err);
  lode_paragraphs_init(&paragraphs, page->content, code == 0 ? page->content_len : 0);
  for (lode_span span; code == 0 && lode_paragraphs_next(&paragraphs, &span);) {
    page->tokens.count = 0;
    code = lode_tokenize_words(page->content + span.begin, span.end - span.begin, 0, &words, &page->tokens, err);
    if (code == 0) code = count_tokens(job, page, ids, sink, err);
  }
  page->tokens.count = 0;
  lode_buf_free(&scratch);
  return code;
}

static int words_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const words_job *job = ud;
  lode_buf ids = {0};
  int code = 0;
  if (job->all_zones) {
    code = count_all(job, page, &ids, sink, err);
  } else {
    code = lode_clean(page, err);
    if (code == 0) code = lode_page_tokens(page, err);
    if (code == 0) code = count_tokens(job, page, &ids, sink, err);
  }
  lode_buf_free(&ids);
  return code;
}

/* --- the order: count descending, then the word's bytes ---
 * The sorter compares keys as bytes, so the key is the complement of the count, big endian, then the word. */

static int add_word(lode_sorter *sorter, lode_buf *key, lode_str word, uint64_t count, lode_err *err) {
  key->len = 0;
  int code = lode_buf_reserve(key, lode_size_add(COUNT_BYTES, word.len), err);
  if (code != 0) return code;
  for (int shift = 56; shift >= 0; shift -= 8) key->ptr[key->len++] = (char)(unsigned char)(~count >> shift & 0xFF);
  code = lode_buf_add(key, word.ptr, word.len, err);
  return code ? code : lode_sorter_add(sorter, (lode_str){key->ptr, key->len}, LODE_STR(""), err);
}

static int sort_words(const lode_totals *totals, lode_sorter *sorter, lode_err *err) {
  lode_buf key = {0};
  lode_reader reader = lode_reader_of(totals->counts.ptr, totals->counts.len);
  int code = 0;
  while (code == 0 && reader.ptr < reader.end) {
    lode_str word = lode_read_str(&reader);
    uint64_t count = lode_read_u64(&reader);
    if (reader.bad || word.len < LODE_COUNTER_PREFIX) {
      code = lode_fail(err, LODE_E_INPUT, "the counts are damaged");
    } else {
      word = (lode_str){word.ptr + LODE_COUNTER_PREFIX, word.len - LODE_COUNTER_PREFIX};
      code = add_word(sorter, &key, word, count, err);
    }
  }
  lode_buf_free(&key);
  return code ? code : lode_sorter_finish(sorter, err);
}

static int put_word(const words_job *job, lode_str key, lode_sink *sink, lode_err *err) {
  uint64_t count = 0;
  for (size_t i = 0; i < COUNT_BYTES; i++) count = count << 8 | (unsigned char)key.ptr[i];
  count = ~count;
  lode_str word = {key.ptr + COUNT_BYTES, key.len - COUNT_BYTES};
  sink->record_count++;
  if (!job->plain) {
    lode_record record = lode_record_begin(&sink->records, err);
    lode_record_text(&record, "type", LODE_STR("word"));
    lode_record_count(&record, "count", count);
    lode_record_text(&record, "word", word);
    return lode_record_end(&record);
  }
  int code = lode_buf_printf(&sink->records, err, "%llu\t", (unsigned long long)count);
  if (code == 0) code = lode_buf_add(&sink->records, word.ptr, word.len, err);
  return code ? code : lode_buf_byte(&sink->records, '\n', err);
}

static int words_finish(void *ud, const lode_totals *totals, lode_sink *sink, lode_err *err) {
  const words_job *job = ud;
  lode_sorter *sorter = NULL;
  lode_str key, value;
  int code = lode_sorter_open(&sorter, SORT_MEMORY, false, err);
  if (code == 0) code = sort_words(totals, sorter, err);
  for (uint64_t n = 0; code == 0 && (job->top == 0 || n < job->top); n++) {
    code = lode_sorter_next(sorter, &key, &value, err);
    if (code <= 0) break;
    code = put_word(job, key, sink, err);
  }
  lode_sorter_free(sorter);
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  words_job job = {.plain = !settings->format, .top = settings->top};
  if (lode_job_zones(settings, ~(lode_zone_set)0, &job.zones, &err) != 0) return lode_complain("words", &err);
  /* Without zones the answer does not depend on where a page begins, so files can be cut anywhere. */
  job.all_zones = !settings->zones;
  return lode_job_run(&(lode_job){
      .command = "words",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = words_page,
      .finish = words_finish,
      .ud = &job,
      .cut_text = job.all_zones,
      .any_size = job.all_zones,
  });
}

const lode_command lode_command_words = {
    "words",
    "INPUT...",
    "count the distinct words of pages",
    "Words are folded (case and normal form), as rules compare them; numbers and marks are not counted. Prints\n"
    "COUNT TAB WORD, the most frequent first; with -f FORMAT, records with the fields count and word.\n"
    "\n"
    "    lode words --top 20 pages/\n"
    "    lode words --zone body -f csv --fields word,count pages/ > words.csv\n",
    {lode_options_pages, lode_options_words},
    run,
};
