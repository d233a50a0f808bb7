#include "cleanrecord.h"

#include "json.h"
#include "record.h"

/* The paragraphs of the zones asked for, a line each; or the whole content. */
static int collect_text(const lode_clean_shape *shape, const lode_page *page, lode_buf *out, lode_err *err) {
  if (shape->whole) return lode_buf_add(out, page->content, page->content_len, err);
  int code = 0;
  bool any = false;
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    if (!(shape->zones >> p->zone & 1)) continue;
    if (any) code = lode_buf_byte(out, '\n', err);
    if (code == 0) code = lode_buf_add(out, page->content + p->begin, p->end - p->begin, err);
    any = true;
  }
  return code;
}

/* `form` is NULL where there is nothing to say of it. */
static void put_piece(lode_record *record, bool first, const char *name, const char *label, const char *form,
                      lode_span raw) {
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
              p->form == LODE_FORM_PARAGRAPH ? NULL : lode_paragraph_form_name(p->form),
              lode_page_raw(page, p->begin, p->end));
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
    put_piece(record, i == 0, "kind", lode_repair_name(page->repairs.items[i].kind), NULL,
              page->repairs.items[i].source);
  lode_record_raw(record, "]");
}

int lode_clean_put_record(const lode_clean_shape *shape, const lode_page *page, lode_buf *out, lode_err *err) {
  lode_buf text = {0};
  int code = collect_text(shape, page, &text, err);
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
