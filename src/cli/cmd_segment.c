#include "commands.h"
#include "job.h"
#include "record.h"
#include "sink.h"
#include "uax29.h"
#include "utf8.h"

typedef struct segment_job {
  lode_unit unit;
  bool uax29;
} segment_job;

/* One page at work: the text that is cut, and where its bytes came from. */
typedef struct segment_page {
  lode_str text, raw;
  lode_map map; /* text -> raw; unused while `same` */
  bool same;
  lode_buf repaired;
  lode_record record;
  size_t spans;
} segment_page;

static lode_span to_raw(const segment_page *self, size_t begin, size_t end) {
  return self->same ? (lode_span){begin, end} : lode_map_to_source(&self->map, begin, end);
}

static void put_span(segment_page *self, lode_span span) {
  lode_record_raw(&self->record, self->spans++ ? ",[" : "[");
  lode_record_raw_count(&self->record, span.begin);
  lode_record_raw(&self->record, ",");
  lode_record_raw_count(&self->record, span.end);
  lode_record_raw(&self->record, "]");
}

/* Every byte of raw lies in one span, those included that repair dropped (a byte-order mark). */
static void put_boundaries(segment_page *self, lode_unit unit) {
  lode_breaks breaks;
  lode_span span;
  size_t from = 0;
  lode_breaks_init(&breaks, unit, self->text.ptr, self->text.len);
  while (self->record.code == 0 && lode_breaks_next(&breaks, &span)) {
    size_t to = span.end == self->text.len ? self->raw.len : to_raw(self, span.begin, span.end).end;
    put_span(self, (lode_span){from, to});
    from = to;
  }
}

static int put_units(segment_page *self, lode_unit unit, lode_err *err) {
  lode_tokens tokens = {0};
  lode_paragraphs paragraphs;
  lode_span span;
  int code = 0;
  lode_paragraphs_init(&paragraphs, self->text.ptr, self->text.len);
  while (code == 0 && lode_paragraphs_next(&paragraphs, &span))
    code = lode_tokenize(self->text.ptr + span.begin, span.end - span.begin, span.begin, &tokens, err);
  if (unit == LODE_UNIT_WORD)
    for (size_t i = 0; i < tokens.count; i++) put_span(self, to_raw(self, tokens.items[i].begin, tokens.items[i].end));
  else
    for (size_t i = 0; i < tokens.sentence_count; i++)
      put_span(self, to_raw(self, tokens.sentences[i].begin, tokens.sentences[i].end));
  lode_tokens_free(&tokens);
  return code;
}

/* Valid text is cut as it is, NUL and byte-order marks included: they are characters with boundaries. */
static int prepare(segment_page *self, lode_err *err) {
  self->text = self->raw;
  self->same = lode_utf8_valid(self->raw.ptr, self->raw.len) == self->raw.len;
  if (self->same) return 0;
  lode_repairs repairs = {0};
  int code = lode_utf8_repair(self->raw.ptr, self->raw.len, &self->repaired, &self->map, &repairs, err);
  lode_repairs_free(&repairs);
  self->text = (lode_str){self->repaired.ptr, self->repaired.len};
  return code;
}

static int segment_run(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const segment_job *job = ud;
  segment_page self = {.raw = page->raw};
  int code = prepare(&self, err);
  if (code == 0) {
    self.record = lode_record_begin(&sink->records, err);
    lode_record_text(&self.record, "id", page->id);
    lode_record_name(&self.record, "spans");
    lode_record_raw(&self.record, "[");
    if (job->uax29 || job->unit == LODE_UNIT_GRAPHEME) put_boundaries(&self, job->unit);
    else code = put_units(&self, job->unit, err);
    lode_record_raw(&self.record, "]");
    sink->record_count++;
  }
  if (code == 0) code = lode_record_end(&self.record);
  lode_map_free(&self.map);
  lode_buf_free(&self.repaired);
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  if (!settings->unit) {
    lode_fail(&err, LODE_E_USAGE, "cut into what? --unit word, sentence or grapheme");
    return lode_complain("segment", &err);
  }
  segment_job job = {.unit = settings->unit[0] == 'w'   ? LODE_UNIT_WORD
                             : settings->unit[0] == 's' ? LODE_UNIT_SENTENCE
                                                        : LODE_UNIT_GRAPHEME,
                     .uax29 = settings->standard && settings->standard[0] == 'u'};
  return lode_job_run(&(lode_job){
      .command = "segment",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = segment_run,
      .ud = &job,
      .any_size = true,
  });
}

const lode_command lode_command_segment = {
    "segment",
    "--unit UNIT INPUT...",
    "cut texts into words, sentences or graphemes: byte offsets",
    "Takes {\"id\":...,\"text\":...} a line (or whole text files) and gives {\"id\":...,\"spans\":[[start,end],...]}.\n"
    "Nothing is cleaned. The default gives the tokens and sentences that rules see, without the white space\n"
    "between them; --standard uax29 gives the boundaries of Unicode 15.0, which cover all of the text.\n"
    "\n"
    "    lode segment --unit sentence --input jsonl - < texts.jsonl\n",
    {lode_options_pages, lode_options_segment},
    run,
};
