#include "pagecopies.h"

#include <stdlib.h>

struct lode_page_copies {
  lode_decisions *decisions;
  lode_buf records; /* aligned */
};

static lode_dedup_settings settings_of(lode_dedup how) {
  lode_dedup_settings settings = LODE_DEDUP_DEFAULTS;
  settings.near = how == LODE_DEDUP_NEAR;
  return settings;
}

int lode_page_copies_open(lode_page_copies **out, lode_dedup how, size_t memory, lode_err *err) {
  lode_page_copies *self = *out = calloc(1, sizeof *self);
  if (self == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory");
  lode_dedup_settings settings = settings_of(how);
  return lode_decisions_open(&self->decisions, &settings, memory, err);
}

void lode_page_copies_free(lode_page_copies *self) {
  if (self == NULL) return;
  lode_decisions_free(self->decisions);
  lode_buf_free(&self->records);
  free(self);
}

/* The paragraphs of the body, a line end behind each; *any says whether there is more than white space. */
static int body_of(const lode_page *page, lode_buf *out, bool *any, lode_err *err) {
  int code = 0;
  *any = false;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (p->zone != LODE_ZONE_BODY) continue;
    *any = *any || p->end > p->begin;
    code = lode_buf_add(out, page->content + p->begin, p->end - p->begin, err);
    if (code == 0) code = lode_buf_byte(out, '\n', err);
  }
  return code;
}

int lode_page_copies_sign(lode_dedup how, uint32_t item, const lode_page *page, lode_unit_maker *maker, lode_buf *out,
                          lode_err *err) {
  lode_dedup_settings settings = settings_of(how);
  lode_unit unit = {.id = page->id, .begin = item, .end = item};
  lode_buf body = {0};
  bool any;
  int code = body_of(page, &body, &any, err);
  if (code == 0 && any) code = lode_unit_put(maker, &settings, &unit, (lode_str){body.ptr, body.len}, out, err);
  lode_buf_free(&body);
  return code;
}

static int put_copy(lode_buf *out, uint32_t item, lode_str duplicate_of, lode_str cluster, lode_err *err) {
  int code = lode_buf_u32(out, item, err);
  if (code == 0) code = lode_buf_str(out, duplicate_of, err);
  return code != 0 ? code : lode_buf_str(out, cluster, err);
}

int lode_page_copies_decide(lode_page_copies *self, lode_str records, lode_buf *out, lode_err *err) {
  self->records.len = 0;
  int code = lode_buf_add(&self->records, records.ptr, records.len, err);
  const char *at = self->records.ptr, *end = at + self->records.len;
  while (code == 0 && at < end) {
    lode_unit unit;
    lode_copies_answer answer;
    code = lode_unit_next(&at, end, &unit, err);
    if (code == 0) code = lode_decisions_add(self->decisions, &unit, NULL, &answer, err);
    if (code != 0) break;
    bool copy = answer.duplicate_of != LODE_NO_UNIT;
    lode_str first = copy ? lode_decisions_id(self->decisions, answer.duplicate_of) : unit.id;
    code = put_copy(out, unit.begin, copy ? first : LODE_STR(""), first, err);
  }
  return code;
}

bool lode_page_copies_next(lode_reader *in, lode_page_copy *out) {
  if (in->ptr >= in->end) return false;
  out->item = lode_read_u32(in);
  out->duplicate_of = lode_read_str(in);
  out->cluster = lode_read_str(in);
  return !in->bad;
}
