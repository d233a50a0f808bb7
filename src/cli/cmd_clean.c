#include "clean.h"
#include "cleanrecord.h"
#include "commands.h"
#include "job.h"
#include "sink.h"
#include "view.h"
#include <unistd.h>

typedef struct clean_job {
  lode_clean_shape shape;
  bool view;
  lode_view_style style;
} clean_job;

static int clean_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const clean_job *job = ud;
  int code = job->shape.whole ? lode_clean_repair(page, err) : lode_clean(page, err);
  if (code != 0) return code;
  sink->record_count++;
  if (job->view) return lode_view_page(&job->style, page, &sink->records, err);
  return lode_clean_put_record(&job->shape, page, &sink->records, err);
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  clean_job job = {.shape = {.whole = settings->repair_only}, .view = settings->view};
  if (settings->view && settings->format) {
    lode_fail(&err, LODE_E_USAGE, "--view is for reading and --format for records: give one of them");
    return lode_complain("clean", &err);
  }
  if (lode_job_zones(settings, LODE_ZONES_BODY, &job.shape.zones, &err) != 0) return lode_complain("clean", &err);
  bool to_terminal = !settings->output;
  job.style = lode_view_style_for(to_terminal ? STDOUT_FILENO : -1, settings->color, (size_t)settings->width);
  return lode_job_run(&(lode_job){
      .command = "clean",
      .settings = settings,
      .inputs = rest,
      .input_count = count,
      .page = clean_page,
      .ud = &job,
  });
}

const lode_command lode_command_clean = {
    "clean",
    "INPUT...",
    "repair pages, tell the article from its surroundings, read their metadata",
    "Writes {id, text, zones, meta} for each page: `text` is the paragraphs of the zones asked for, a line each;\n"
    "`zones` gives every paragraph its zone, its bytes in the raw page, and in HTML its form where it is no plain\n"
    "paragraph (heading, item, cell, caption, quotation, pre); `repairs`, where there were any, says\n"
    "what was repaired: broken UTF-8, mojibake, references like &amp; and, unchanged, what is lost for good.\n"
    "`meta.encoding` says what a page that is not UTF-8 was read as. Nothing is deleted.\n"
    "--furniture takes a line out of the body that stands on three pages and a tenth of a source's, a sentence that\n"
    "stands on five and a third of them; a page that is half of such sentences is left alone: it may be a copy.\n"
    "\n"
    "    lode clean --zone body,headline pages/ -o clean.jsonl\n"
    "    lode clean --repair-only spoiled.txt        only decode and repair\n"
    "    lode clean --furniture site.tsv pages/      learn which lines recur on the site's pages, and zone them\n"
    "    lode clean -f csv --fields id,meta.title,meta.date pages/\n"
    "    lode clean --view --color always page.txt | less -R\n",
    {lode_options_pages, lode_options_clean},
    run,
};
