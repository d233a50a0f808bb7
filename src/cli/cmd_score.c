#include "changes.h"
#include "commands.h"
#include "csvtable.h"
#include "file.h"
#include "job.h"
#include "terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GOLD_BYTES = 1 << 30 };

typedef enum verdict { UNJUDGED, OK, WRONG, MISSED } verdict;

/* What became of a row that somebody judged. */
typedef enum fate { KEPT, CHANGED, GONE, FATES } fate;

typedef struct gold_row {
  size_t row;
  verdict verdict;
  fate fate;
  const lode_found *found;
} gold_row;

typedef struct score {
  const lode_csv *gold;
  const lode_founds *founds;
  size_t id, page, type, start, end, text, rule; /* columns, or SIZE_MAX */
  gold_row *rows;
  size_t count;
  lode_paint *out;
} score;

/* ---- a record's field as a cell ---- */

static int put_cell(lode_json_value value, lode_buf *out, lode_err *err) {
  int code = 0;
  if (value.type == LODE_JSON_STRING) return lode_json_decode(value, out, err);
  if (value.type == LODE_JSON_NULL) return 0;
  if (value.type != LODE_JSON_ARRAY) return lode_buf_add(out, value.text.ptr, value.text.len, err);
  lode_json_iter items = lode_json_iter_of(value);
  lode_json_value name, item;
  for (bool first = true; code == 0 && lode_json_next(&items, &name, &item); first = false) {
    if (!first) code = lode_buf_add(out, "; ", 2, err);
    if (code == 0) code = put_cell(item, out, err);
  }
  return code;
}

/* Whether a member of the record is written as that cell. */
static bool has_cell(lode_json_value value, lode_str cell) {
  lode_buf text = {0};
  bool same = put_cell(value, &text, NULL) == 0 && text.len == cell.len &&
              (cell.len == 0 || memcmp(text.ptr, cell.ptr, cell.len) == 0);
  lode_buf_free(&text);
  return same;
}

static bool member_is(const lode_found *found, const char *name, lode_str cell) {
  lode_json_value value;
  if (!lode_json_get(found->record, name, &value)) return cell.len == 0;
  return has_cell(value, cell);
}

/* Columns of the sheet that a script gave; what reviewers added, and what says only where, are no reason. */
static bool same_fields(const score *self, size_t row, const lode_found *found) {
  lode_json_iter members = lode_json_iter_of(found->record);
  lode_json_value name, value;
  while (lode_json_next(&members, &name, &value)) {
    char text[200];
    if (!lode_found_is_field(name) || name.text.len - 2 >= sizeof text) continue;
    memcpy(text, name.text.ptr + 1, name.text.len - 2);
    text[name.text.len - 2] = '\0';
    size_t column = lode_csv_column(self->gold, text);
    if (column != SIZE_MAX && !has_cell(value, lode_csv_cell(self->gold, row, column))) return false;
  }
  return true;
}

/* ---- rows and records ---- */

static bool same_place(const score *self, size_t row, const lode_found *found) {
  const lode_csv *gold = self->gold;
  if (self->page != SIZE_MAX && !member_is(found, "page", lode_csv_cell(gold, row, self->page))) return false;
  if (self->type != SIZE_MAX && !member_is(found, "type", lode_csv_cell(gold, row, self->type))) return false;
  if (self->start == SIZE_MAX || self->end == SIZE_MAX)
    return self->text != SIZE_MAX && member_is(found, "text", lode_csv_cell(gold, row, self->text));
  return member_is(found, "start", lode_csv_cell(gold, row, self->start)) &&
         member_is(found, "end", lode_csv_cell(gold, row, self->end));
}

/* What should have been found: by its text, or by a place that is touched. */
static bool is_missed_one(const score *self, size_t row, const lode_found *found) {
  const lode_csv *gold = self->gold;
  if (self->page != SIZE_MAX && !member_is(found, "page", lode_csv_cell(gold, row, self->page))) return false;
  lode_str type = lode_csv_cell(gold, row, self->type), text = lode_csv_cell(gold, row, self->text);
  if (type.len > 0 && !member_is(found, "type", type)) return false;
  if (text.len > 0 && member_is(found, "text", text)) return true;
  lode_str start = lode_csv_cell(gold, row, self->start), end = lode_csv_cell(gold, row, self->end);
  if (start.len == 0 || end.len == 0 || start.len > 18 || end.len > 18) return false;
  char number[20] = "";
  memcpy(number, start.ptr, start.len);
  size_t first = strtoull(number, NULL, 10);
  memset(number, 0, sizeof number);
  memcpy(number, end.ptr, end.len);
  size_t last = strtoull(number, NULL, 10);
  return found->start < last && first < found->end;
}

static const lode_found *find(const score *self, const gold_row *item) {
  lode_str id = lode_csv_cell(self->gold, item->row, self->id);
  for (size_t i = 0; i < self->founds->count; i++) {
    const lode_found *found = &self->founds->items[i];
    bool same = item->verdict == MISSED ? is_missed_one(self, item->row, found)
                : id.len > 0            ? member_is(found, "id", id)
                                        : same_place(self, item->row, found);
    if (same) return found;
  }
  return NULL;
}

static int read_verdict(const score *self, size_t row, lode_str cell, verdict *out, lode_err *err) {
  static const char *const words[] = {[OK] = "ok", [WRONG] = "wrong", [MISSED] = "missed"};
  while (cell.len > 0 && cell.ptr[0] == ' ') cell.ptr++, cell.len--;
  while (cell.len > 0 && cell.ptr[cell.len - 1] == ' ') cell.len--;
  *out = UNJUDGED;
  if (cell.len == 0) return 0;
  for (verdict v = OK; v <= MISSED; v++) {
    bool same = strlen(words[v]) == cell.len;
    for (size_t i = 0; same && i < cell.len; i++) same = (cell.ptr[i] | 0x20) == words[v][i];
    if (same) {
      *out = v;
      return 0;
    }
  }
  lode_fail(err, LODE_E_INPUT, "a verdict is ok, wrong, missed or empty, not \"%.*s\"",
            (int)(cell.len < 60 ? cell.len : 60), cell.ptr);
  return lode_err_at(err, NULL, self->gold->lines[row], LODE_NO_BYTE);
}

static int judge(score *self, size_t verdicts, lode_err *err) {
  int code = 0;
  for (size_t row = 1; row < self->gold->rows && code == 0; row++) {
    gold_row item = {.row = row};
    code = read_verdict(self, row, lode_csv_cell(self->gold, row, verdicts), &item.verdict, err);
    if (code != 0 || item.verdict == UNJUDGED) continue;
    item.found = find(self, &item);
    item.fate = item.found == NULL ? GONE : same_fields(self, row, item.found) ? KEPT : CHANGED;
    if (item.verdict == MISSED && item.found != NULL) item.fate = KEPT; /* it is there now */
    self->rows[self->count++] = item;
  }
  return code;
}

/* ---- the report ---- */

/* The rule's name: of the record, else of the sheet. */
static lode_str rule_of(const score *self, const gold_row *item) {
  if (item->found != NULL) return item->found->rule;
  lode_str rule = lode_csv_cell(self->gold, item->row, self->rule),
           type = lode_csv_cell(self->gold, item->row, self->type);
  for (size_t i = 1; i + 1 < rule.len; i++)
    if (rule.ptr[i] == ' ' && rule.ptr[i - 1] >= '0' && rule.ptr[i - 1] <= '9')
      return (lode_str){rule.ptr + i + 1, rule.len - i - 1};
  return rule.len > 0 ? rule : type;
}

static bool same_text(lode_str a, lode_str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

typedef struct tally {
  size_t ok, wrong, changed, lost, fixed, found, missed;
} tally;

static tally add_up(const score *self, const lode_str *rule) {
  tally sum = {0};
  for (size_t i = 0; i < self->count; i++) {
    const gold_row *item = &self->rows[i];
    if (rule != NULL && !same_text(rule_of(self, item), *rule)) continue;
    sum.ok += item->verdict == OK && item->fate == KEPT;
    sum.lost += item->verdict == OK && item->fate == GONE;
    sum.wrong += item->verdict == WRONG && item->fate == KEPT;
    sum.fixed += item->verdict == WRONG && item->fate == GONE;
    sum.changed += item->verdict != MISSED && item->fate == CHANGED;
    sum.found += item->verdict == MISSED && item->fate == KEPT;
    sum.missed += item->verdict == MISSED && item->fate != KEPT;
  }
  return sum;
}

static void put_tally(lode_paint *out, const tally *sum, lode_str name) {
  size_t judged = sum->ok + sum->wrong;
  char precision[16] = "-";
  if (judged > 0) snprintf(precision, sizeof precision, "%.1f %%", 100.0 * (double)sum->ok / (double)judged);
  lode_paint_print(out, LODE_INK_PLAIN, "%9s %5zu %6zu %8zu %5zu %6zu %6zu %7zu  ", precision, sum->ok, sum->wrong,
                   sum->changed, sum->lost, sum->fixed, sum->found, sum->missed);
  lode_paint_text(out, LODE_INK_STRONG, name.ptr, name.len);
  lode_paint_end(out);
}

static void put_table(const score *self) {
  tally all = add_up(self, NULL);
  lode_paint_print(self->out, LODE_INK_STRONG, "%9s %5s %6s %8s %5s %6s %6s %7s  %s\n", "precision", "ok", "wrong",
                   "changed", "lost", "fixed", "found", "missed", "rule");
  for (size_t i = 0; i < self->count; i++) {
    lode_str rule = rule_of(self, &self->rows[i]);
    bool told = false;
    for (size_t k = 0; k < i && !told; k++) told = same_text(rule_of(self, &self->rows[k]), rule);
    if (told || rule.len == 0) continue;
    tally sum = add_up(self, &rule);
    put_tally(self->out, &sum, rule);
  }
  put_tally(self->out, &all, LODE_STR("all"));
  size_t truth = all.ok + all.found + all.missed + all.lost;
  if (all.found + all.missed + all.lost > 0)
    lode_paint_print(self->out, LODE_INK_PLAIN, "recall on what was judged: %.1f %%\n",
                     100.0 * (double)(all.ok + all.found) / (double)truth);
}

static void put_row(const score *self, const gold_row *item, lode_ink ink, const char *what) {
  lode_str page = lode_csv_cell(self->gold, item->row, self->page),
           text = lode_csv_cell(self->gold, item->row, self->text);
  lode_str rule = rule_of(self, item);
  lode_paint_print(self->out, ink, "%s", what);
  lode_paint_print(self->out, LODE_INK_DIM, "  row %u  ", (unsigned)self->gold->lines[item->row]);
  lode_paint_text(self->out, LODE_INK_PAGE, page.ptr, page.len);
  lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
  lode_paint_text(self->out, LODE_INK_DIM, rule.ptr, rule.len);
  lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
  lode_paint_text(self->out, ink, text.ptr, text.len);
  lode_paint_end(self->out);
}

/* What got worse first. */
static size_t put_rows(const score *self) {
  static const struct {
    verdict verdict;
    fate fate;
    lode_ink ink;
    const char *what;
    bool worse;
  } kinds[] = {{OK, GONE, LODE_INK_BAD, "LOST: was ok, is gone     ", true},
               {OK, CHANGED, LODE_INK_BAD, "CHANGED: was ok           ", true},
               {MISSED, GONE, LODE_INK_STRONG, "still missed              ", false},
               {WRONG, KEPT, LODE_INK_STRONG, "still wrong               ", false},
               {WRONG, CHANGED, LODE_INK_PLAIN, "changed: was wrong        ", false}};
  size_t worse = 0;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    for (size_t i = 0; i < self->count; i++) {
      if (self->rows[i].verdict != kinds[k].verdict || self->rows[i].fate != kinds[k].fate) continue;
      put_row(self, &self->rows[i], kinds[k].ink, kinds[k].what);
      worse += kinds[k].worse;
    }
  }
  return worse;
}

static lode_status report(const lode_settings *settings, const lode_csv *gold, const lode_founds *founds) {
  lode_err err;
  lode_err_clear(&err);
  lode_buf text = {0};
  lode_paint out = {.out = &text, .color = lode_terminal_color(settings->color, STDOUT_FILENO), .err = &err};
  size_t verdicts = lode_csv_column(gold, "verdict"), worse = 0;
  score job = {.gold = gold, .founds = founds, .out = &out};
  job.id = lode_csv_column(gold, "id");
  job.page = lode_csv_column(gold, "page");
  job.type = lode_csv_column(gold, "type");
  job.start = lode_csv_column(gold, "start");
  job.end = lode_csv_column(gold, "end");
  job.text = lode_csv_column(gold, "text");
  job.rule = lode_csv_column(gold, "rule");
  job.rows = calloc(gold->rows + 1, sizeof *job.rows);
  bool placed = job.id != SIZE_MAX || (job.page != SIZE_MAX && (job.start != SIZE_MAX || job.text != SIZE_MAX));
  int code = job.rows == NULL ? lode_fail(&err, LODE_E_NOMEM, "out of memory") : 0;
  if (code == 0 && verdicts == SIZE_MAX)
    code = lode_fail(&err, LODE_E_INPUT, "there is no column \"verdict\": ok, wrong or missed for each row judged");
  else if (code == 0 && !placed)
    code =
        lode_fail(&err, LODE_E_INPUT, "rows are known by the column id (--id), or by page with start and end or text");
  if (code == 0) code = judge(&job, verdicts, &err);
  if (code != 0) lode_err_at(&err, settings->gold, err.line, LODE_NO_BYTE);
  if (code == 0) {
    put_table(&job);
    worse = put_rows(&job);
    lode_paint_print(&out, LODE_INK_DIM, "%zu rows judged, %zu records now\n", job.count, founds->count);
    code = out.code;
  }
  lode_status status = code == 0 ? lode_print("score", &text) : lode_complain("score", &err);
  if (worse > 0) status = lode_status_worse(status, LODE_EXIT_NOTHING);
  free(job.rows);
  lode_buf_free(&text);
  return status;
}

static int read_gold(const char *path, lode_csv *gold, lode_err *err) {
  lode_buf text = {0};
  int code = lode_file_read(path, GOLD_BYTES, &text, err);
  if (code == 0) code = lode_csv_read(gold, (lode_str){text.ptr ? text.ptr : "", text.len}, err);
  if (code != 0) lode_err_at(err, path, err->line, LODE_NO_BYTE);
  lode_buf_free(&text);
  return code;
}

static lode_status run(const lode_settings *settings, char **rest, size_t count) {
  lode_err err;
  lode_err_clear(&err);
  lode_csv gold = {0};
  lode_founds founds = {0};
  lode_buf records = {0};
  int code = 0;
  if (count < 2) code = lode_fail(&err, LODE_E_USAGE, "lode score SCRIPT INPUT... --gold reviewed.csv");
  else if (!settings->gold) code = lode_fail(&err, LODE_E_USAGE, "which verdicts? --gold reviewed.csv");
  else if (settings->output || settings->format) code = lode_fail(&err, LODE_E_USAGE, "score writes a report");
  if (code == 0) code = read_gold(settings->gold, &gold, &err);
  lode_status status = code == 0 ? LODE_EXIT_OK : lode_complain("score", &err);
  if (code == 0) {
    lode_settings with_ids = *settings;
    with_ids.id = true;
    lode_job job = {
        .command = "score", .settings = &with_ids, .script = rest[0], .inputs = rest + 1, .input_count = count - 1};
    status = lode_records_of(&job, &records);
  }
  if (code == 0 && (status == LODE_EXIT_OK || status == LODE_EXIT_SKIPPED)) {
    code = lode_founds_read(&founds, (lode_str){records.ptr, records.len}, &err);
    status = lode_status_worse(status, code == 0 ? report(settings, &gold, &founds) : lode_complain("score", &err));
  }
  lode_buf_free(&records);
  lode_founds_free(&founds);
  lode_csv_free(&gold);
  return status;
}

const lode_command lode_command_score = {
    "score",
    "SCRIPT INPUT... --gold FILE",
    "compare a script's records with verdicts that people gave in a spreadsheet",
    "FILE is CSV as lode run -f csv --id wrote it and a spreadsheet saved it, with a column verdict: ok, wrong, or "
    "missed\n"
    "for a row that somebody added (page and text suffice). Prints precision by rule: ok and wrong records that are "
    "still\n"
    "made; changed: there, with other fields; lost: ok ones that are gone; fixed: wrong ones that are gone; found and\n"
    "missed: of those that were missed. Then each row that got worse or is not right yet. The exit status is 1 where "
    "an\n"
    "ok record was lost or changed.\n"
    "\n"
    "    lode run my_rules.lua pages/ -f csv --id --context 80 --with title,date -o review.csv\n"
    "    lode score my_rules.lua pages/ --gold review.csv\n",
    {lode_options_pages, lode_options_lists, lode_options_run, lode_options_look, lode_options_review,
     lode_options_score},
    run,
};
