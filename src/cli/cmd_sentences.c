#include "clean.h"
#include "commands.h"
#include "job.h"
#include "record.h"
#include "sink.h"

typedef struct sentences_job {
  lode_zone_set zones;
} sentences_job;

static int put_sentence(const lode_page *page, size_t number, lode_sink *sink, lode_err *err) {
  const lode_sentence *sentence = &page->tokens.sentences[number];
  lode_record record = lode_record_begin(&sink->records, err);
  lode_record_text(&record, "type", LODE_STR("sentence"));
  lode_record_text(&record, "page", page->id);
  lode_record_place(&record, page, sentence->begin, sentence->end);
  lode_record_count(&record, "paragraph", (uint64_t)sentence->paragraph + 1);
  if (lode_page_is_repaired(page, sentence->begin, sentence->end))
    lode_record_json(&record, "repaired", LODE_STR("true"));
  lode_record_count(&record, "sentence", (uint64_t)number + 1);
  const char *zone = lode_zone_name(page->paragraphs[sentence->paragraph].zone);
  lode_record_text(&record, "zone", (lode_str){zone, strlen(zone)});
  sink->record_count++;
  return lode_record_end(&record);
}

static int sentences_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const sentences_job *job = ud;
  int code = lode_clean(page, err);
  if (code == 0) code = lode_page_tokens(page, err);
  for (size_t i = 0; i < page->tokens.sentence_count && code == 0; i++) {
    unsigned zone = page->paragraphs[page->tokens.sentences[i].paragraph].zone;
    if (job->zones >> zone & 1) code = put_sentence(page, i, sink, err);
  }
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  sentences_job job = {0};
  if (lode_job_zones(settings, ~(lode_zone_set)0, &job.zones, &err) != 0) return lode_complain("sentences", &err);
  return lode_job_run(&(lode_job){
      .command = "sentences",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = sentences_page,
      .ud = &job,
  });
}

const lode_command lode_command_sentences = {
    "sentences",
    "INPUT...",
    "write one record for each sentence of cleaned pages",
    "Fields: type, page, text, start, end (bytes of the raw page), paragraph, sentence (from 1, over the page),\n"
    "zone; repaired where the text is not the raw bytes.\n"
    "\n"
    "    lode sentences --zone body pages/\n",
    {lode_options_pages, lode_options_lists, lode_options_zone},
    run,
};
