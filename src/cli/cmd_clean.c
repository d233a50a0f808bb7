#include "clean.h"
#include "commands.h"
#include "job.h"
#include "json.h"
#include "record.h"
#include "sink.h"
#include "view.h"
#include <unistd.h>

typedef struct clean_job {
  lode_zone_set zones;
  bool repair_only, view;
  lode_view_style style;
} clean_job;

/* The paragraphs of the zones asked for, a line each; with --repair-only the whole content. */
static int collect_text(const clean_job *job, const lode_page *page, lode_buf *out, lode_err *err) {
  if (job->repair_only) return lode_buf_add(out, page->content, page->content_len, err);
  int code = 0;
  bool any = false;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (!(job->zones >> p->zone & 1)) continue;
    if (any) code = lode_buf_byte(out, '\n', err);
    if (code == 0) code = lode_buf_add(out, page->content + p->begin, p->end - p->begin, err);
    any = true;
  }
  return code;
}

/* `form` is NULL where there is nothing to say of it. */
static void put_piece(lode_record *record, bool first, const char *name, const char *label, const char *form, lode_span raw) {
  lode_record_raw(record, first ? "" : ",");
  lode_record inner = lode_record_begin(record->out, record->err);
  if (record->code == 0) record->code = inner.code;
  inner.code = record->code;
  lode_record_text(&inner, name, (lode_str){label, strlen(label)});
  if (form != NULL) lode_record_text(&inner, "form", (lode_str){form, strlen(form)});
  lode_record_count(&inner, "start", raw.begin);
  lode_record_count(&inner, "end", raw.end);
  lode_record_raw(&inner, "}");
  record->code = inner.code;
}

static void put_zones(lode_record *record, const lode_page *page) {
  lode_record_name(record, "zones");
  lode_record_raw(record, "[");
  for (size_t i = 0; i < page->paragraph_count; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    put_piece(record, i == 0, "zone", lode_zone_name(p->zone),
              p->form == LODE_FORM_PARAGRAPH ? NULL : lode_paragraph_form_name(p->form), lode_page_raw(page, p->begin, p->end));
  }
  lode_record_raw(record, "]");
}

static void put_meta(lode_record *record, const lode_page *page) {
  lode_record_name(record, "meta");
  lode_record_raw(record, "{");
  lode_record inner = {.out = record->out, .err = record->err, .code = record->code};
  for (size_t i = 0; i < page->meta_count; i++) {
    if (inner.started) lode_record_raw(&inner, ",");
    inner.started = true;
    if (inner.code == 0)
      inner.code = lode_json_put_string(inner.out, page->meta[i].name.ptr, page->meta[i].name.len, inner.err);
    lode_record_raw(&inner, ":");
    if (inner.code == 0)
      inner.code = lode_buf_add(inner.out, page->meta[i].json.ptr, page->meta[i].json.len, inner.err);
  }
  record->code = inner.code;
  lode_record_raw(record, "}");
}

/* Only where something was repaired, so that the field says so by being there. */
static void put_repairs(lode_record *record, const lode_page *page) {
  if (page->repairs.count == 0) return;
  lode_record_name(record, "repairs");
  lode_record_raw(record, "[");
  for (size_t i = 0; i < page->repairs.count; i++)
    put_piece(record, i == 0, "kind", lode_repair_name(page->repairs.items[i].kind), NULL, page->repairs.items[i].source);
  lode_record_raw(record, "]");
}

static int put_record(const clean_job *job, const lode_page *page, lode_buf *out, lode_err *err) {
  lode_buf text = {0};
  int code = collect_text(job, page, &text, err);
  if (code == 0) {
    lode_record record = lode_record_begin(out, err);
    lode_record_text(&record, "id", page->id);
    lode_record_text(&record, "text", (lode_str){text.ptr, text.len});
    put_zones(&record, page);
    put_meta(&record, page);
    put_repairs(&record, page);
    code = lode_record_end(&record);
  }
  lode_buf_free(&text);
  return code;
}

static int clean_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  const clean_job *job = ud;
  int code = job->repair_only ? lode_clean_repair(page, err) : lode_clean(page, err);
  if (code != 0) return code;
  sink->record_count++;
  if (job->view) return lode_view_page(&job->style, page, &sink->records, err);
  return put_record(job, page, &sink->records, err);
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  clean_job job = {.repair_only = settings->repair_only, .view = settings->view};
  if (settings->view && settings->format) {
    lode_fail(&err, LODE_E_USAGE, "--view is for reading and --format for records: give one of them");
    return lode_complain("clean", &err);
  }
  if (lode_job_zones(settings, LODE_ZONES_BODY, &job.zones, &err) != 0) return lode_complain("clean", &err);
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
    "\n"
    "    lode clean --zone body,headline pages/ -o clean.jsonl\n"
    "    lode clean --repair-only spoiled.txt        only decode and repair\n"
    "    lode clean -f csv --fields id,meta.title,meta.date pages/\n"
    "    lode clean --view --color always page.txt | less -R\n",
    {lode_options_pages, lode_options_clean},
    run,
};
