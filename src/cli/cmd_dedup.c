#include "commands.h"
#include "decide.h"
#include "dedup_explain.h"
#include "dedup_lines.h"
#include "dedup_units.h"
#include "guard.h"
#include "job.h"
#include "jsontext.h"
#include "sink.h"
#include "terminal.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_BYTES = 1 << 20, SHINGLES_PART = 16, SHINGLES_LEAST = 64 << 20, SHINGLES_MOST = 512 << 20 };

typedef struct dedup_job {
  lode_dedup_wants wants;
  lode_dedup_maker maker;    /* a worker's */
  bool clusters;             /* -f clusters */
  lode_decisions *decisions; /* the supervisor's; NULL with --signatures */
  uint32_t first;            /* units before it came from indexes */
  uint32_t written;          /* units before it were written, or read again */
  lode_sigwriter index;
  bool writes_index, listing;
  uint32_t unranked, unranked_first; /* units that --keep could not rank */
  bool wrote_line, wrote_text;       /* a kept page that is a JSON line, and one that is none */
  lode_outfile dropped;
  lode_unit *units; /* of one batch */
  size_t unit_cap;
  lode_buf line;
} dedup_job;

static int dedup_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  dedup_job *job = ud;
  sink->record_count++;
  return lode_dedup_put(&job->maker, &job->wants, page, &sink->records, err);
}

/* The same of a page that the script of --keep has seen.  Doubles are in order as whole numbers where the sign is
 * turned, and all other bits too of those below 0. */
static int dedup_ranked(void *ud, const lode_sight *sight, lode_sink *sink, lode_err *err) {
  dedup_job *job = ud;
  double value = sight->rank + 0.0; /* -0 is 0 */
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  job->maker.rank = bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
  return dedup_page(job, sight->page, sink, err);
}

/* --- what is written --- */

static int put_id(lode_buf *out, const char *name, lode_str id, lode_err *err) {
  int code = lode_buf_text(out, name, err);
  return code != 0 ? code : lode_json_put_text(out, id.ptr, id.len, err);
}

static int put_share(lode_buf *out, const char *name, double value, lode_err *err) {
  int code = lode_buf_text(out, name, err);
  if (code != 0) return code;
  return value == 1 ? lode_buf_byte(out, '1', err) : lode_buf_printf(out, err, "%.4g", value);
}

static int list_dropped(dedup_job *job, const lode_decision *d, uint32_t of, lode_err *err) {
  lode_buf *line = &job->line;
  if (!job->listing) return 0;
  line->len = 0;
  int code = put_id(line, "{\"id\":", d->id, err);
  if (code == 0) code = put_id(line, ",\"duplicate_of\":", lode_decisions_id(job->decisions, of), err);
  if (code == 0) code = put_share(line, ",\"similarity\":", d->similarity, err);
  if (code == 0) code = put_share(line, ",\"containment\":", d->containment, err);
  if (code == 0 && d->match != of && d->match != LODE_NO_UNIT) /* the copy of the copy that they are of */
    code = put_id(line, ",\"match\":", lode_decisions_id(job->decisions, d->match), err);
  if (code == 0) code = lode_buf_add(line, "}\n", 2, err);
  return code != 0 ? code : lode_outfile_write(&job->dropped, line->ptr, line->len, err);
}

static int put_cluster(dedup_job *job, uint32_t unit, lode_buf *out, lode_err *err) {
  lode_decision d = lode_decisions_get(job->decisions, unit);
  int code = put_id(out, "{\"id\":", d.id, err);
  if (code == 0) code = put_id(out, ",\"cluster\":", lode_decisions_id(job->decisions, d.cluster), err);
  if (code == 0)
    code = put_share(out, d.kept ? ",\"kept\":true,\"similarity\":" : ",\"kept\":false,\"similarity\":", d.similarity,
                     err);
  if (code == 0 && !d.kept && d.match != d.cluster && d.match != LODE_NO_UNIT)
    code = put_id(out, ",\"match\":", lode_decisions_id(job->decisions, d.match), err);
  return code != 0 ? code : lode_buf_add(out, "}\n", 2, err);
}

/* --- the supervisor's part: a batch, its pages, their units --- */

typedef struct page_message {
  lode_dedup_page head;
  const char *units, *bytes;
} page_message;

static int next_page(const char **at, const char *end, page_message *out, lode_err *err) {
  size_t left = (size_t)(end - *at), head = sizeof out->head;
  if (left >= head) memcpy(&out->head, *at, head);
  size_t padded = ((size_t)out->head.bytes + 3) / 4 * 4;
  if (left < head || left - head < out->head.unit_bytes || left - head - out->head.unit_bytes < padded)
    return lode_fail(err, LODE_E_INPUT, "a page's signatures are cut");
  out->units = *at + head;
  out->bytes = out->units + out->head.unit_bytes;
  *at = out->bytes + padded;
  return 0;
}

/* All units of a batch: so the index can look one ahead. */
static int read_units(dedup_job *job, lode_str records, size_t *count, lode_err *err) {
  const char *at = records.ptr, *end = at + records.len;
  int code = 0;
  *count = 0;
  while (at < end && code == 0) {
    page_message page = {0};
    code = next_page(&at, end, &page, err);
    if (code != 0) return code;
    if (*count + page.head.units > job->unit_cap) {
      size_t cap = *count + page.head.units + job->unit_cap / 2 + 1024;
      lode_unit *units = realloc(job->units, cap * sizeof *units);
      if (units == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu units", cap);
      job->units = units;
      job->unit_cap = cap;
    }
    const char *from = page.units;
    for (uint32_t i = 0; i < page.head.units && code == 0; i++)
      code = lode_unit_next(&from, page.bytes, &job->units[(*count)++], err);
    if (code == 0 && job->writes_index && job->decisions == NULL)
      code = lode_sigwriter_add(&job->index, page.units, page.head.unit_bytes, page.head.units, err);
  }
  return code;
}

static int decide(dedup_job *job, size_t count, lode_err *err) {
  int code = 0;
  for (size_t i = 0; i < count && code == 0; i++) {
    lode_copies_answer answer;
    code = lode_decisions_add(job->decisions, &job->units[i], i + 1 < count ? &job->units[i + 1] : NULL, &answer, err);
    lode_str record = job->units[i].record;
    if (code == 0 && job->writes_index && !answer.same_bytes)
      code = lode_sigwriter_add(&job->index, record.ptr, record.len, 1, err);
    if (code != 0 || answer.duplicate_of == LODE_NO_UNIT || job->wants.keep != LODE_KEEP_FIRST) continue;
    lode_decision d = lode_decisions_get(job->decisions, answer.unit);
    code = list_dropped(job, &d, answer.duplicate_of, err);
  }
  return code;
}

/* The page's bytes without its dropped units; at page level the page or nothing. */
static int put_kept(dedup_job *job, const page_message *page, lode_unit *units, uint32_t first, lode_buf *out,
                    lode_err *err) {
  bool whole = job->wants.settings.level == LODE_LEVEL_PAGE;
  uint32_t from = 0;
  int code = 0;
  for (uint32_t i = 0; i < page->head.units && code == 0; i++) {
    lode_decision d = lode_decisions_get(job->decisions, first + i);
    if (d.kept) continue;
    if (whole) return 0;
    if (units[i].begin < from || units[i].end > page->head.bytes || units[i].begin > units[i].end)
      return lode_fail(err, LODE_E_INPUT, "a unit lies outside of its page");
    code = lode_buf_add(out, page->bytes + from, units[i].begin - from, err);
    from = units[i].end;
  }
  *(page->head.line ? &job->wrote_line : &job->wrote_text) = true;
  size_t left = page->head.bytes - from;
  if (code == 0) code = lode_buf_add(out, page->bytes + from, left, err);
  bool ended = out->len > 0 && out->ptr[out->len - 1] == '\n';
  if (code == 0 && (page->head.line || (whole && !ended && page->head.bytes > 0))) code = lode_buf_byte(out, '\n', err);
  return code;
}

static int write_kept(dedup_job *job, lode_str records, lode_buf *out, lode_err *err) {
  const char *at = records.ptr, *end = at + records.len;
  lode_unit *units = job->units;
  int code = 0;
  while (at < end && code == 0) {
    page_message page = {0};
    code = next_page(&at, end, &page, err);
    if (code == 0 && page.head.units > lode_decisions_count(job->decisions) - job->written)
      code = lode_fail(err, LODE_E_CHANGED, "the input is not what it was when it was read first");
    if (code == 0) code = put_kept(job, &page, units, job->written, out, err);
    job->written += page.head.units;
    units += page.head.units;
  }
  return code;
}

/* After the last unit: the best of each cluster is kept, and the others can be listed. */
static int rank(dedup_job *job, lode_err *err) {
  if (job->wants.keep == LODE_KEEP_FIRST) return 0;
  int code = lode_decisions_rank(job->decisions, job->first, err);
  for (uint32_t unit = job->first; unit < lode_decisions_count(job->decisions) && code == 0; unit++) {
    lode_decision d = lode_decisions_get(job->decisions, unit);
    if (d.rank == 0 && job->unranked++ == 0) job->unranked_first = unit;
    if (!d.kept) code = list_dropped(job, &d, d.keeper, err);
  }
  return code;
}

static int finish(dedup_job *job, lode_err *err) {
  int code = job->writes_index ? lode_sigwriter_commit(&job->index, err) : 0;
  if (code == 0 && job->listing) code = lode_outfile_commit(&job->dropped, err);
  job->writes_index = job->listing = false;
  return code;
}

/* The first reading, or the only one. */
static int take(void *ud, lode_str records, lode_buf *out, lode_err *err) {
  dedup_job *job = ud;
  size_t count = 0;
  if (records.ptr != NULL) {
    int code = read_units(job, records, &count, err);
    if (code == 0 && job->decisions != NULL) code = decide(job, count, err);
    if (code == 0 && job->wants.bytes) code = write_kept(job, records, out, err);
    return code;
  }
  int code = job->written == job->first && job->decisions != NULL ? rank(job, err) : 0;
  if (job->clusters)
    for (; job->written < lode_decisions_count(job->decisions) && code == 0; job->written++) {
      if (out->len >= PIECE_BYTES) return 1;
      code = put_cluster(job, job->written, out, err);
    }
  return code != 0 ? code : finish(job, err);
}

/* The second reading of --keep: all is decided. */
static int take_again(void *ud, lode_str records, lode_buf *out, lode_err *err) {
  dedup_job *job = ud;
  size_t count = 0;
  if (records.ptr == NULL) return 0;
  int code = read_units(job, records, &count, err);
  return code != 0 ? code : write_kept(job, records, out, err);
}

/* --- options --- */

static int read_number(const char *text, const char *name, double least, double most, double *out, lode_err *err) {
  char *end;
  if (text == NULL) return 0;
  *out = strtod(text, &end);
  if (end == text || *end != '\0' || !(*out > least && *out <= most))
    return lode_fail(err, LODE_E_USAGE, "--%s wants a number above %g, at most %g, not \"%.40s\"", name, least, most,
                     text);
  return 0;
}

static lode_level level_of(const char *name) {
  int level = 0;
  while (name != NULL && strcmp(name, lode_level_name((lode_level)level)) != 0) level++;
  return (lode_level)level;
}

/* LODE_KEEP_RANKED for the name of a script. */
static int read_keep(const char *text, lode_keep *out, lode_err *err) {
  static const char *const names[] = {"first", "longest", "date"};
  size_t len = text == NULL ? 0 : strlen(text);
  *out = LODE_KEEP_FIRST;
  for (int i = 0; i < 3 && len > 0; i++) {
    *out = (lode_keep)i;
    if (strcmp(text, names[i]) == 0) return 0;
  }
  if (len > 0) *out = LODE_KEEP_RANKED;
  if (len == 0 || (len > 4 && strcmp(text + len - 4, ".lua") == 0)) return 0;
  return lode_fail(err, LODE_E_USAGE, "--keep is first, longest, date or a script (FILE.lua), not \"%.100s\"", text);
}

static int check(const lode_settings *s, lode_err *err) {
  if (s->format && strcmp(s->format, "clusters") != 0 && strcmp(s->format, "jsonl") != 0)
    return lode_fail(err, LODE_E_USAGE, "-f is clusters, jsonl (kept pages as JSON lines), or left out: as they came");
  if (s->fields) return lode_fail(err, LODE_E_USAGE, "--fields is for tables: dedup writes none");
  if (s->zones && level_of(s->by) == LODE_LEVEL_LINE)
    return lode_fail(err, LODE_E_USAGE, "--zone is for pages, paragraphs and sentences: lines are no part of one");
  if (s->near && s->fold) return lode_fail(err, LODE_E_USAGE, "--near folds anyway: leave --fold out");
  if ((s->threshold || s->containment) && !s->near && !s->explain)
    return lode_fail(err, LODE_E_USAGE, "--threshold and --containment are for --near");
  if (s->signatures && (s->index || s->against.count > 0 || s->format || s->keep || s->dropped))
    return lode_fail(err, LODE_E_USAGE, "--signatures decides nothing: --merge does");
  if (s->merge && s->keep) return lode_fail(err, LODE_E_USAGE, "--merge has no pages to choose by: leave --keep out");
  return 0;
}

static int fill(const lode_settings *s, dedup_job *job, lode_err *err) {
  lode_dedup_settings *to = &job->wants.settings;
  int code = check(s, err);
  *to = LODE_DEDUP_DEFAULTS;
  to->level = level_of(s->by);
  to->near = s->near;
  to->fold = s->fold;
  if (code == 0) code = read_number(s->threshold, "threshold", 0, 1, &to->threshold, err);
  if (code == 0) code = read_number(s->containment, "containment", 0, 2, &to->containment, err);
  job->clusters = s->format && s->format[0] == 'c';
  if (code == 0) code = read_keep(s->keep, &job->wants.keep, err);
  if (code == 0) code = lode_job_zones(s, 0, &to->zones, err);
  job->wants.lines = s->format && !job->clusters;
  job->wants.bytes = !job->clusters && !s->signatures && job->wants.keep == LODE_KEEP_FIRST;
  return code;
}

static size_t shingle_memory(const lode_settings *s) {
  size_t part = s->memory ? (size_t)s->memory / SHINGLES_PART : SHINGLES_MOST;
  return part < SHINGLES_LEAST ? SHINGLES_LEAST : part < SHINGLES_MOST ? part : SHINGLES_MOST;
}

/* Indexes first, in the order they are named; what --index will hold is written from the start. */
static int open_all(const lode_settings *s, dedup_job *job, lode_err *err) {
  int code = s->signatures ? 0 : lode_decisions_open(&job->decisions, &job->wants.settings, shingle_memory(s), err);
  for (size_t i = 0; i < s->against.count && code == 0; i++)
    code = lode_decisions_add_file(job->decisions, s->against.items[i], NULL, err);
  const char *path = s->signatures ? s->signatures : s->index;
  if (code == 0 && path) {
    code = lode_sigwriter_open(&job->index, path, &job->wants.settings, err);
    job->writes_index = code == 0;
  }
  if (code == 0 && s->index && access(s->index, F_OK) == 0)
    code = lode_decisions_add_file(job->decisions, s->index, &job->index, err);
  if (code == 0) job->first = job->written = job->decisions ? lode_decisions_count(job->decisions) : 0;
  if (code == 0 && s->dropped) {
    code = lode_outfile_open(&job->dropped, s->dropped, err);
    job->listing = code == 0;
  }
  return code;
}

static void close_all(dedup_job *job) {
  lode_decisions_free(job->decisions);
  lode_sigwriter_drop(&job->index);
  lode_outfile_drop(&job->dropped);
  free(job->units);
  lode_buf_free(&job->line);
}

/* --- --merge: files of signatures in place of pages --- */

static int merge_files(const lode_settings *s, dedup_job *job, char **files, size_t count, lode_outfile *out,
                       lode_err *err) {
  lode_sigreader first;
  int code = count == 0 ? lode_fail(err, LODE_E_USAGE, "--merge needs files of --signatures")
                        : lode_sigreader_open(&first, files[0], err);
  if (code != 0) return code;
  if (!s->zones) job->wants.settings.zones = first.settings.zones; /* as the files say */
  if (!s->by && !s->near && !s->fold) job->wants.settings = first.settings;
  else code = lode_dedup_settings_match(&first.settings, &job->wants.settings, files[0], err);
  lode_sigreader_close(&first);
  if (code == 0) code = open_all(s, job, err);
  for (size_t i = 0; i < count && code == 0; i++)
    code = lode_decisions_add_file(job->decisions, files[i], job->writes_index ? &job->index : NULL, err);
  if (code == 0) code = lode_outfile_open(out, s->output && strcmp(s->output, "-") != 0 ? s->output : NULL, err);
  if (code == 0) code = rank(job, err);
  lode_buf piece = {0};
  for (uint32_t unit = job->first; code == 0 && unit < lode_decisions_count(job->decisions); unit++) {
    lode_decision d = lode_decisions_get(job->decisions, unit);
    if (!d.kept && job->wants.keep == LODE_KEEP_FIRST) code = list_dropped(job, &d, d.cluster, err);
    if (code == 0) code = put_cluster(job, unit, &piece, err);
    if (code == 0) code = lode_outfile_write(out, piece.ptr, piece.len, err);
    piece.len = 0;
  }
  lode_buf_free(&piece);
  if (code == 0) code = finish(job, err);
  return code != 0 ? code : lode_outfile_commit(out, err);
}

static lode_status merge(const lode_settings *s, dedup_job *job, char **files, size_t count, lode_err *err) {
  lode_outfile out = {.fd = -1};
  int code = merge_files(s, job, files, count, &out, err);
  lode_outfile_drop(&out);
  return code == 0 || code == LODE_E_CLOSED ? LODE_EXIT_OK : lode_complain("dedup", err);
}

/* --- --explain: the texts of two pages, found by their ids --- */

typedef struct explain_job {
  lode_dedup_settings settings;
  lode_dedup_maker maker; /* a worker's */
  lode_str ids[2];
  lode_buf texts[2];
  bool found[2], color;
} explain_job;

static int explain_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  explain_job *job = ud;
  static const char zeros[4];
  int code = 0;
  for (uint32_t i = 0; i < 2 && code == 0; i++) {
    lode_str id = job->ids[i];
    if (page->id.len != id.len || memcmp(page->id.ptr, id.ptr, id.len) != 0) continue;
    lode_str text;
    code = lode_dedup_text(&job->maker, &job->settings, page, &text, err);
    if (code == 0) code = lode_buf_u32(&sink->records, i, err);
    if (code == 0) code = lode_buf_str(&sink->records, text, err);
    if (code == 0) code = lode_buf_add(&sink->records, zeros, (size_t)(-text.len & 3), err);
  }
  return code;
}

static int explain_take(void *ud, lode_str records, lode_buf *out, lode_err *err) {
  explain_job *job = ud;
  lode_reader in = lode_reader_of(records.ptr, records.len);
  int code = 0;
  while (records.ptr != NULL && in.ptr < in.end && code == 0) {
    uint32_t which = lode_read_u32(&in);
    lode_str text = lode_read_str(&in);
    in.ptr += -text.len & 3;
    if (in.bad || which > 1) return lode_fail(err, LODE_E_INPUT, "a page's message is broken");
    lode_str before = {job->texts[which].ptr, job->texts[which].len};
    if (!job->found[which]) code = lode_buf_add(&job->texts[which], text.ptr, text.len, err);
    else if (before.len != text.len || memcmp(before.ptr, text.ptr, text.len) != 0)
      return lode_fail(err, LODE_E_USAGE, "two pages have the id \"%.200s\": name only the files of one of them",
                       job->ids[which].ptr);
    job->found[which] = true;
  }
  if (records.ptr != NULL) return code;
  for (int i = 0; i < 2; i++)
    if (!job->found[i]) return lode_fail(err, LODE_E_USAGE, "no page has the id \"%.200s\"", job->ids[i].ptr);
  lode_str texts[2] = {{job->texts[0].ptr, job->texts[0].len}, {job->texts[1].ptr, job->texts[1].len}};
  return lode_dedup_explain(&job->settings, job->ids, texts, job->color, out, err);
}

static lode_status explain(const lode_settings *s, const dedup_job *settings, char **rest, size_t count,
                           lode_err *err) {
  if (count < 3) {
    lode_fail(err, LODE_E_USAGE, "--explain wants two ids and inputs: lode dedup --explain ID ID INPUT...");
    return lode_complain("dedup", err);
  }
  if (s->index || s->against.count > 0) {
    lode_fail(err, LODE_E_USAGE, "--explain shows texts, which an index has not: name the files of its pages too");
    return lode_complain("dedup", err);
  }
  explain_job job = {.settings = settings->wants.settings,
                     .ids = {{rest[0], strlen(rest[0])}, {rest[1], strlen(rest[1])}},
                     .color = !s->output && lode_terminal_color(s->color, STDOUT_FILENO)};
  lode_status status = lode_job_run(&(lode_job){.command = "dedup",
                                                .settings = s,
                                                .inputs = rest + 2,
                                                .input_count = count - 2,
                                                .page = explain_page,
                                                .take = explain_take,
                                                .ud = &job,
                                                .any_size = true});
  lode_buf_free(&job.texts[0]);
  lode_buf_free(&job.texts[1]);
  return status;
}

/* --- lines of plain texts, which need no ids: one pass, one process --- */

/* Whether the job is that, of files that are text by name or by what was said; anything else goes the usual way. */
static bool is_plain_lines(const lode_settings *s, const dedup_job *job, char **inputs, size_t count) {
  const lode_dedup_settings *d = &job->wants.settings;
  bool plain = d->level == LODE_LEVEL_LINE && !d->near && !d->fold && job->wants.bytes && !s->index && !s->dropped &&
               s->against.count == 0 && !s->errors && !s->resume && !s->restart && s->limit == 0 && s->sample == 0 &&
               count > 0;
  int kind = s->input ? lode_kind_find(s->input) : LODE_KIND_AUTO;
  for (size_t i = 0; i < count && plain; i++) {
    struct stat info;
    bool file = stat(inputs[i], &info) == 0 && S_ISREG(info.st_mode);
    if (strcmp(inputs[i], "-") == 0) plain = kind == LODE_KIND_TEXT;
    else
      plain = file && (kind == LODE_KIND_TEXT ||
                       (kind == LODE_KIND_AUTO && lode_kind_of(inputs[i], "{", 1) == LODE_KIND_TEXT /* by its name */));
  }
  return plain;
}

static lode_status filter_lines(const lode_settings *s, char **inputs, size_t count, lode_err *err) {
  lode_outfile out = {.fd = -1};
  lode_line_filter *filter = NULL;
  lode_guard guard;
  const char *path = s->output && strcmp(s->output, "-") != 0 ? s->output : NULL;
  int code = lode_guard_init(&guard, path, err);
  for (size_t i = 0; i < count && code == 0; i++)
    if (strcmp(inputs[i], "-") != 0) code = lode_guard_check(&guard, "an input", inputs[i], err);
  if (code == 0) code = lode_line_filter_open(&filter, err);
  if (code == 0) code = lode_outfile_open(&out, path, err);
  for (size_t i = 0; i < count && code == 0; i++) code = lode_line_filter_file(filter, inputs[i], &out, err);
  bool damaged = code == LODE_E_INPUT;
  if (damaged) lode_complain("dedup", err);
  if (code == 0 || damaged) code = lode_outfile_commit(&out, err);
  lode_outfile_drop(&out);
  lode_line_filter_free(filter);
  if (code == 0) return damaged ? LODE_EXIT_SKIPPED : LODE_EXIT_OK;
  return code == LODE_E_CLOSED ? LODE_EXIT_OK : lode_complain("dedup", err);
}

/* --- the command --- */

static void warn_of_mixture(const lode_settings *s, const dedup_job *job) {
  static const char text[] =
      "lode dedup: JSON lines and texts are kept one after another: -f jsonl writes every page as a JSON line";
  if (job->wrote_line && job->wrote_text && !s->quiet) lode_terminal_say(text, sizeof text - 1);
}

static void warn_of_dates(const lode_settings *s, const dedup_job *job) {
  if (job->wants.keep != LODE_KEEP_DATE || job->unranked == 0 || s->quiet) return;
  lode_buf text = {0};
  lode_str id = lode_decisions_id(job->decisions, job->unranked_first);
  if (lode_buf_printf(&text, NULL,
                      "lode dedup: %u of %u have no date that is understood, such as \"%.*s\": any date is before none",
                      job->unranked, lode_decisions_count(job->decisions) - job->first,
                      id.len > 200 ? 200 : (int)id.len, id.ptr) == 0)
    lode_terminal_say(text.ptr, text.len);
  lode_buf_free(&text);
}

/* Lists name pages by their ids. */
static void warn_of_ids(const lode_settings *s, const dedup_job *job) {
  bool listed = job->clusters || s->dropped != NULL;
  uint32_t count, example;
  if (!listed || s->quiet || job->decisions == NULL || job->wants.settings.level != LODE_LEVEL_PAGE) return;
  if (lode_decisions_count_repeated(job->decisions, job->first, &count, &example, NULL) != 0 || count == 0) return;
  lode_buf text = {0};
  lode_str id = lode_decisions_id(job->decisions, example);
  if (lode_buf_printf(&text, NULL,
                      "lode dedup: %u page%s the id of another page, such as \"%.*s\": lists do not tell them apart",
                      count, count == 1 ? " has" : "s have", id.len > 200 ? 200 : (int)id.len, id.ptr) == 0)
    lode_terminal_say(text.ptr, text.len);
  lode_buf_free(&text);
}

static bool reads_standard_input(char **inputs, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(inputs[i], "-") == 0) return true;
  return false;
}

static lode_status read_inputs(const lode_settings *s, dedup_job *job, char **inputs, size_t count, lode_err *err) {
  lode_job reading = {.command = "dedup",
                      .settings = s,
                      .inputs = inputs,
                      .input_count = count,
                      .page = dedup_page,
                      .take = take,
                      .ud = job,
                      .any_size = true};
  lode_look look = {.page = dedup_ranked, .ud = job, .records = true, .rank = true};
  if (job->wants.keep == LODE_KEEP_RANKED) { /* in the second reading too, so that both skip the same pages */
    reading.script = s->keep;
    reading.look = &look;
  }
  bool twice = job->wants.keep != LODE_KEEP_FIRST && !job->clusters;
  if (twice && s->resume) {
    lode_fail(err, LODE_E_USAGE,
              "--keep %s reads the input twice, and what was read cannot be resumed: leave --resume out", s->keep);
    return lode_complain("dedup", err);
  }
  if (twice && reads_standard_input(inputs, count)) {
    lode_fail(err, LODE_E_USAGE, "--keep %s reads the input twice: name files, not \"-\"", s->keep);
    return lode_complain("dedup", err);
  }
  if (is_plain_lines(s, job, inputs, count)) return filter_lines(s, inputs, count, err);
  if (open_all(s, job, err) != 0) return lode_complain("dedup", err);
  lode_settings quiet = *s;
  if (twice) { /* the first reading writes nothing, and says nothing twice */
    quiet.output = NULL;
    quiet.errors = NULL;
    reading.settings = &quiet;
    reading.silent = true;
  }
  lode_status status = lode_job_run(&reading);
  warn_of_ids(s, job);
  warn_of_dates(s, job);
  if (!twice || (status != LODE_EXIT_OK && status != LODE_EXIT_SKIPPED)) {
    warn_of_mixture(s, job);
    return status;
  }
  job->wants.bytes = job->wants.only_bytes = true;
  job->wants.settings.near = job->wants.settings.fold = false;
  job->written = job->first;
  reading.settings = s;
  reading.silent = false;
  reading.take = take_again;
  status = lode_job_run(&reading);
  warn_of_mixture(s, job);
  return status;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  dedup_job job = {.index = {.file = {.fd = -1}}, .dropped = {.fd = -1}};
  if (fill(settings, &job, &err) != 0) return lode_complain("dedup", &err);
  lode_status status = settings->explain ? explain(settings, &job, rest, count, &err)
                       : settings->merge ? merge(settings, &job, rest, count, &err)
                                         : read_inputs(settings, &job, rest, count, &err);
  close_all(&job);
  return status;
}

const lode_command lode_command_dedup = {
    "dedup",
    "[--near] [--by UNIT] INPUT...",
    "drop pages, paragraphs, sentences or lines that were there before",
    "Writes what is kept as it came: JSON lines stay JSON lines, text stays text; -f jsonl writes every page as a\n"
    "JSON line with its id. A unit is dropped where an earlier one is its copy: the same bytes; with --fold the same\n"
    "words; with --near the same story, edited, cut, in the furniture of another page, each pair proven by the\n"
    "shingles it shares. -f clusters writes {\"id\":...,\"cluster\":...,\"kept\":...,\"similarity\":...} for each "
    "unit\n"
    "instead, in input order; the name of a cluster is the id of its first unit. Ids below page level are\n"
    "PAGE#START-END, bytes of the text of the page; a paragraph is a line, or lines broken only to fit a width. "
    "Similarity and containment are those of the verified pair: to\n"
    "\"match\" where it is not the first unit of the cluster. A cluster keeps two units where both came before the "
    "one\n"
    "that is like both of them.\n"
    "All of the text of a page is compared, menus too (of HTML body and headline): short pages in one furniture can "
    "be\n"
    "copies. --zone body compares what is told in them, and --furniture FILE takes out of that what a site repeats;\n"
    "below page level the other paragraphs stay. A page of which nothing is left stays, empty.\n"
    "--keep FILE.lua: a script whose lode.page returns a number; nil is less than any, of equals the first is kept, a\n"
    "page on which it fails is skipped. What --index or --against has is never beaten, and finding it again drops it:\n"
    "a second run with the same --index keeps nothing.\n"
    "\n"
    "    lode dedup --near pages.jsonl -o kept.jsonl --dropped dropped.jsonl\n"
    "    lode dedup --near -f clusters pages.jsonl\n"
    "    lode dedup --near --zone body site/ -f clusters      stories, whatever stands around them\n"
    "    lode dedup --near --keep best.lua pages.jsonl        best.lua, of a JSON field \"source\":\n"
    "        local rank = { reuters = 2, blog = 1 }\n"
    "        lode.page(function(p) return rank[p.meta.source] end)\n"
    "    lode dedup --by line big.txt > lines.txt\n"
    "    lode dedup --near --index seen.lode today.jsonl      what is new, and remember it\n"
    "    lode dedup --near --signatures a.sig part-a.jsonl    on each machine, then:\n"
    "    lode dedup --merge a.sig b.sig > clusters.jsonl\n"
    "    lode dedup --explain 17 18 pages.jsonl               why are these copies, or not?\n",
    {lode_options_pages, lode_options_dedup},
    run,
};
