#include "clean.h"
#include "commands.h"
#include "count.h"
#include "job.h"
#include "mem.h"
#include "record.h"
#include "sink.h"
#include "sorter.h"

enum { COUNT_BYTES = 8, PIECE_BYTES = 1 << 20 };

typedef struct words_job {
  lode_zone_set zones;
  bool all_zones;
  bool plain;         /* COUNT TAB WORD lines; else records for a format */
  uint64_t top;       /* 0: all */
  size_t memory;      /* of the last sort */
  lode_count counter; /* a worker's, for its life */
  /* While finishing: */
  lode_sorter *sorter;
  bool sorted;
  uint64_t written;
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

/* The text as UTF-8.  Where the page's own is broken, put U+FFFD for what is, as words see it.  There is no map and no
 * record of each place, and of a run of broken bytes only two characters are left: no word looks farther over marks
 * than that.  So a file of nothing but broken bytes costs no memory. */
static int read_text(lode_page *page, lode_str *text, lode_err *err) {
  bool clean;
  int code = lode_clean_text(page, text, &clean, err);
  if (code != 0 || clean) return code;
  const char *raw = page->raw.ptr;
  lode_buf *out = &page->repaired;
  size_t at = page->raw.len >= 3 && memcmp(raw, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, run = 0;
  code = lode_repairs_add(&page->repairs, LODE_REPAIR_UTF8, (lode_span){at, at}, err);
  out->len = 0;
  while (at < page->raw.len && code == 0) {
    uint32_t cp;
    size_t left = page->raw.len - at, good = raw[at] == 0 ? 0 : lode_utf8_decode(raw + at, left, &cp);
    if (good > 0 && cp != UINT32_MAX) {
      good = lode_utf8_valid(raw + at, left);
      const char *nul = memchr(raw + at, 0, good);
      if (nul != NULL) good = (size_t)(nul - raw) - at;
      code = lode_buf_add(out, raw + at, good, err);
      run = 0;
    } else {
      if (run++ < 2) code = lode_buf_add(out, "\xEF\xBF\xBD", 3, err);
      if (good == 0) good = 1;
    }
    at += good;
  }
  *text = (lode_str){out->ptr == NULL ? "" : out->ptr, out->len};
  return code;
}

static int take_times(lode_count *counter, const lode_page *page, lode_sink *sink, lode_err *err) {
  int code = 0;
  for (size_t at = 0; at < counter->times.len && code == 0; at += sizeof(lode_word_times)) {
    lode_word_times entry;
    memcpy(&entry, counter->times.ptr + at, sizeof entry);
    code = lode_sink_count_word(sink, 0, page->words, entry.id, entry.times, err);
  }
  counter->times.len = 0;
  return code;
}

/* Every word of the page, without tokens or sentences. */
static int count_all(words_job *job, lode_page *page, lode_sink *sink, lode_err *err) {
  lode_count *counter = &job->counter;
  lode_str text;
  int code = read_text(page, &text, err);
  if (code == 0) code = lode_count_begin(counter, page->words, text.len, err);
  if (code != 0) return code;
  code = lode_count_text(counter, text.ptr, text.len, err);
  int ended = lode_count_end(counter, err);
  if (code == 0) code = ended;
  return code != 0 ? code : take_times(counter, page, sink, err);
}

/* The same where a user's lists say what is a word: paragraph by paragraph, by its tokens. */
static int count_listed(const words_job *job, lode_page *page, lode_buf *ids, lode_sink *sink, lode_err *err) {
  lode_buf scratch = {0};
  lode_interning words = {.table = page->words, .scratch = &scratch, .lists = page->lists, .words_only = true};
  lode_paragraphs paragraphs;
  lode_str text;
  int code = read_text(page, &text, err);
  lode_paragraphs_init(&paragraphs, text.ptr, text.len);
  for (lode_span span; code == 0 && lode_paragraphs_next(&paragraphs, &span);) {
    page->tokens.count = 0;
    code = lode_tokenize_words(text.ptr + span.begin, span.end - span.begin, 0, &words, &page->tokens, err);
    if (code == 0) code = count_tokens(job, page, ids, sink, err);
  }
  page->tokens.count = 0;
  lode_buf_free(&scratch);
  return code;
}

static int words_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  words_job *job = ud;
  lode_buf ids = {0};
  int code = 0;
  if (job->all_zones && !page->html) {
    code = page->lists != NULL ? count_listed(job, page, &ids, sink, err) : count_all(job, page, sink, err);
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

static int sort_words(words_job *job, lode_str counts, lode_err *err) {
  lode_buf key = {0};
  lode_reader reader = lode_reader_of(counts.ptr, counts.len);
  int code = job->sorter == NULL ? lode_sorter_open(&job->sorter, job->memory, false, err) : 0;
  while (code == 0 && reader.ptr < reader.end) {
    lode_str word = lode_read_str(&reader);
    uint64_t count = lode_read_u64(&reader);
    if (reader.bad || word.len < LODE_COUNTER_PREFIX) {
      code = lode_fail(err, LODE_E_INPUT, "the counts are damaged");
    } else {
      word = (lode_str){word.ptr + LODE_COUNTER_PREFIX, word.len - LODE_COUNTER_PREFIX};
      code = add_word(job->sorter, &key, word, count, err);
    }
  }
  lode_buf_free(&key);
  return code;
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
  words_job *job = ud;
  lode_str key, value;
  int code = sort_words(job, totals->counts, err);
  if (code != 0 || totals->counts.len > 0) return code;
  if (!job->sorted) code = lode_sorter_finish(job->sorter, err);
  job->sorted = code == 0;
  for (; code == 0 && (job->top == 0 || job->written < job->top); job->written++) {
    if (sink->records.len >= PIECE_BYTES) return 1;
    code = lode_sorter_next(job->sorter, &key, &value, err);
    if (code <= 0) break;
    code = put_word(job, key, sink, err);
  }
  lode_sorter_free(job->sorter);
  job->sorter = NULL;
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_settings own = *settings;
  if (own.format && strcmp(own.format, "text") == 0)
    own.format = NULL; /* words have no field `text`: their lines are it */
  words_job job = {.plain = !own.format, .top = settings->top, .memory = (size_t)1 << 26};
  if (settings->memory != 0 && settings->memory / 16 < job.memory) job.memory = (size_t)settings->memory / 16;
  if (lode_job_zones(settings, ~(lode_zone_set)0, &job.zones, &err) != 0) return lode_complain("words", &err);
  /* Without zones the answer does not depend on where a page begins, so files can be cut anywhere. */
  job.all_zones = !settings->zones;
  return lode_job_run(&(lode_job){
      .command = "words",
      .settings = &own,
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
    "COUNT TAB WORD, the most frequent first, as -f text does; with another format records of count and word.\n"
    "\n"
    "    lode words --top 20 pages/\n"
    "    lode words --zone body -f csv --fields word,count pages/ > words.csv\n",
    {lode_options_pages, lode_options_lists, lode_options_words},
    run,
};
