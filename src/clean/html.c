#include "html.h"

#include "htmlmain.h"
#include "htmlmeta.h"

static int add_part(lode_page *page, const lode__html_part *part, lode_err *err) {
  int code = lode_page_add_paragraph(page, part->begin, part->end, part->zone, err);
  if (code == 0) page->paragraphs[page->paragraph_count - 1].form = part->form;
  return code;
}

/* The text takes the place of the source. */
static int install(lode_page *page, lode__html_doc *doc, lode_err *err) {
  const lode_repairs none = {0};
  int code = lode_page_rewrite(page, &doc->content, &doc->map, &none, err);
  for (size_t i = 0; i < doc->count && code == 0; i++) code = add_part(page, &doc->parts[i], err);
  return code;
}

int lode__html_clean(lode_page *page, lode_err *err) {
  lode_err local;
  if (err == NULL) {
    lode_err_clear(&local);
    err = &local;
  }
  lode__html_doc doc = {.arena = &page->arena};
  lode__html_meta meta = {0};
  lode__entities_init(&doc.entities);
  int code = lode__html_scan_source(&doc.scan, page->content, page->content_len, &page->arena, err);
  if (code == 0) code = lode__html_tree_build(&doc.tree, &doc.scan, &page->arena, err);
  if (code == 0) code = lode__html_text_take(&doc, err);
  if (code == 0) code = lode__html_meta_read(&meta, &doc, err);
  if (code == 0) code = lode__html_main_find(&doc, (lode_str){meta.page_title.ptr, meta.page_title.len}, err);
  if (code == 0) code = lode__html_meta_store(&meta, &doc, page, err);
  if (code == 0) code = install(page, &doc, err);
  lode__html_meta_free(&meta);
  lode__entities_free(&doc.entities);
  lode_buf_free(&doc.content);
  lode_map_free(&doc.map);
  return code;
}
