#include "clean.h"
#include "commands.h"
#include "job.h"
#include "record.h"
#include "sink.h"
#include "uax29.h"
#include "utf8.h"

typedef struct segment_job {
  lode_unit unit;
  bool uax29;
  bool forced; /* --cpu: by the kernel of `level` */
  lode_cpu level;
  /* A worker's, for its life: */
  lode_map map; /* text -> raw of a page that was repaired */
  lode_buf repaired;
  lode_tokens tokens; /* of a paragraph */
} segment_job;

/* One page at work: the text that is cut, and where its bytes came from. */
typedef struct segment_page {
  lode_str text, raw;
  const lode_lists *lists;
  const lode_map *map; /* text -> raw; NULL: they are the same */
  size_t piece;        /* of the map, at the last span */
  lode_record record;
  size_t cut, from; /* where the next boundary's span begins, in text and in raw */
  uint64_t base;    /* of raw in the text that this is a piece of */
} segment_page;

static lode_span to_raw(segment_page *self, size_t begin, size_t end) {
  return self->map ? lode_map_to_source_next(self->map, &self->piece, begin, end) : (lode_span){begin, end};
}

static void put_span(segment_page *self, lode_span text) {
  lode_span raw = to_raw(self, text.begin, text.end);
  lode_record_raw_span(&self->record, (lode_span){self->base + raw.begin, self->base + raw.end});
}

/* Every byte of raw lies in one span, those included that repair dropped (a byte-order mark): a span goes on from the
 * end of the one before it, and the last one to the end. */
static void put_ends(segment_page *self, uint32_t *ends, size_t count) {
  if (count == 0) return;
  if (self->map)
    for (size_t i = 0, begin = self->cut; i < count; i++) {
      size_t end = ends[i];
      ends[i] = (uint32_t)(end == self->text.len ? self->raw.len : to_raw(self, begin, end).end);
      begin = end;
      self->cut = end;
    }
  lode_record_raw_spans(&self->record, self->base, self->from, ends, count);
  self->from = ends[count - 1];
}

static void put_boundaries(segment_page *self, lode_unit unit) {
  uint32_t ends[LODE_PIECE_MAX];
  lode_pieces pieces;
  size_t count;
  lode_pieces_init(&pieces, unit, self->text.ptr, self->text.len);
  while (self->record.code == 0 && lode_pieces_next(&pieces, ends, &count)) put_ends(self, ends, count);
}

/* All at once, in memory: a level is forced only to compare it with others. */
static int put_boundaries_by(segment_page *self, lode_cpu level, lode_unit unit, lode_err *err) {
  lode_offsets ends = {0};
  int code = lode_breaks_all_at(level, unit, self->text.ptr, self->text.len, &ends, err);
  for (size_t at = 0; code == 0 && at < ends.count; at += LODE_PIECE_MAX)
    put_ends(self, ends.items + at, ends.count - at < LODE_PIECE_MAX ? ends.count - at : LODE_PIECE_MAX);
  lode_offsets_free(&ends);
  return code;
}

static int put_units(segment_page *self, segment_job *job, lode_err *err) {
  lode_tokens *tokens = &job->tokens;
  lode_paragraphs paragraphs;
  const lode_interning words = {.lists = self->lists};
  int code = 0;
  lode_paragraphs_init(&paragraphs, self->text.ptr, self->text.len);
  for (lode_span span; code == 0 && lode_paragraphs_next(&paragraphs, &span);) {
    tokens->count = tokens->sentence_count = 0;
    code = lode_tokenize_words(self->text.ptr + span.begin, span.end - span.begin, span.begin, &words, tokens, err);
    for (size_t i = 0; job->unit == LODE_UNIT_WORD && i < tokens->count; i++)
      put_span(self, (lode_span){tokens->items[i].begin, tokens->items[i].end});
    for (size_t i = 0; job->unit == LODE_UNIT_SENTENCE && i < tokens->sentence_count; i++)
      put_span(self, (lode_span){tokens->sentences[i].begin, tokens->sentences[i].end});
  }
  return code;
}

/* Valid text is cut as it is, NUL and byte-order marks included: they are characters with boundaries.  Text in another
 * encoding is decoded, what is none is repaired; either way spans are of the raw bytes. */
static int prepare(segment_page *self, segment_job *job, lode_page *page, lode_err *err) {
  bool clean;
  self->text = self->raw;
  if (lode_utf8_valid(self->raw.ptr, self->raw.len) == self->raw.len) return 0;
  int code = lode_clean_text(page, &self->text, &clean, err);
  if (code != 0 && code != LODE_E_INPUT) return code;
  if (code == 0 && clean) {
    self->map = &page->map;
    return 0;
  }
  if (code != 0) lode_err_clear(err); /* binary data has boundaries too */
  lode_map_clear(&job->map);
  job->repaired.len = 0;
  code = lode_utf8_repair(self->raw.ptr, self->raw.len, &job->repaired, &job->map, NULL, err);
  self->text = (lode_str){job->repaired.ptr, job->repaired.len};
  self->map = &job->map;
  return code;
}

static int put_spans(segment_page *self, segment_job *job, lode_err *err) {
  if (!job->uax29) return put_units(self, job, err);
  if (job->forced) return put_boundaries_by(self, job->level, job->unit, err);
  put_boundaries(self, job->unit);
  return 0;
}

/* A text in pieces is one record: the first piece begins it, the last one ends it.  Spans come with a comma before
 * each: the first one's becomes the bracket, or is left out where the list is still empty (commit.c). */
static int put_record(segment_page *self, segment_job *job, const lode_page *page, lode_err *err) {
  lode_record *record = &self->record;
  if (!page->goes_on) {
    lode_record_raw(record, "{");
    lode_record_text(record, "id", page->id);
    lode_record_name(record, "spans");
  }
  size_t begin = record->out->len;
  int code = put_spans(self, job, err);
  if (code != 0 || record->code != 0) return code != 0 ? code : record->code;
  if (!page->goes_on) {
    if (record->out->len == begin) lode_record_raw(record, "[");
    else record->out->ptr[begin] = '[';
  }
  if (page->more) return record->code;
  lode_record_raw(record, "]");
  return lode_record_end(record);
}

static int segment_run(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  segment_job *job = ud;
  segment_page self = {.raw = page->raw, .lists = page->lists, .base = page->offset};
  self.record = (lode_record){.out = &sink->records, .err = err};
  int code = prepare(&self, job, page, err);
  if (code == 0) code = put_record(&self, job, page, err);
  sink->record_count += code == 0 && !page->more;
  return code;
}

/* --cpu names a kernel of this build that can run here. */
static int find_level(const lode_settings *settings, segment_job *job, lode_err *err) {
  if (!settings->cpu) return 0;
  if (!job->uax29)
    return lode_fail(err, LODE_E_USAGE,
                     "--cpu is for --standard uax29 and for graphemes: the default has one way only");
  int level = 0;
  while (strcmp(lode_cpu_name((lode_cpu)level), settings->cpu) != 0) level++;
  job->forced = true;
  job->level = (lode_cpu)level;
  if (lode_breaks_has(job->level)) return 0;
  return lode_fail(err, LODE_E_USAGE, "--cpu %s: this processor or this build does not have it", settings->cpu);
}

static int fill(const lode_settings *settings, segment_job *job, lode_err *err) {
  if (!settings->unit) return lode_fail(err, LODE_E_USAGE, "cut into what? --unit word, sentence or grapheme");
  job->unit = settings->unit[0] == 'w'   ? LODE_UNIT_WORD
              : settings->unit[0] == 's' ? LODE_UNIT_SENTENCE
                                         : LODE_UNIT_GRAPHEME;
  job->uax29 = job->unit == LODE_UNIT_GRAPHEME || (settings->standard && settings->standard[0] == 'u');
  return find_level(settings, job, err);
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  segment_job job = {0};
  if (fill(settings, &job, &err) != 0) return lode_complain("segment", &err);
  return lode_job_run(&(lode_job){
      .command = "segment",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = segment_run,
      .ud = &job,
      .cut_text = true,
      .any_size = true,
  });
}

const lode_command lode_command_segment = {
    "segment",
    "--unit UNIT INPUT...",
    "cut texts into words, sentences or graphemes: byte offsets",
    "Takes {\"id\":...,\"text\":...} a line (or whole text files) and gives {\"id\":...,\"spans\":[[start,end],...]}.\n"
    "Nothing is cleaned, but for text in another encoding than UTF-8, which is decoded; offsets are bytes of the file.\n"
    "The default gives the tokens and sentences that rules see, without the white space\n"
    "between them; --standard uax29 gives the boundaries of Unicode 15.0, which cover all of the text.\n"
    "A text file of more than 4 MB (less where --memory is small) is read in pieces, cut between paragraphs.\n"
    "\n"
    "    lode segment --unit sentence --input jsonl - < texts.jsonl\n",
    {lode_options_pages, lode_options_lists, lode_options_segment},
    run,
};
