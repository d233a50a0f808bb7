#include "html.h"

#include "htmlmain.h"
#include <gumbo.h>

/* The page's content and map take the place of the source's. */
static int install(lode_page *page, lode__html_doc *doc, lode_err *err) {
  int code = 0;
  if (page->content != page->raw.ptr || page->content_len != page->raw.len) {
    lode_map composed = {0};
    code = lode_map_compose(&page->map, &doc->map, &composed, err);
    if (code != 0) {
      lode_map_free(&composed);
      return code;
    }
    lode_map_free(&page->map);
    page->map = composed;
  } else {
    lode_map kept = page->map;
    page->map = doc->map;
    doc->map = kept;
  }
  lode_buf kept = page->repaired;
  page->repaired = doc->content;
  doc->content = kept;
  page->content = page->repaired.ptr == NULL ? "" : page->repaired.ptr;
  page->content_len = page->repaired.len;
  for (size_t i = 0; i < doc->count && code == 0; i++)
    code = lode_page_add_paragraph(page, doc->parts[i].begin, doc->parts[i].end, doc->parts[i].zone, err);
  return code;
}

int lode__html_clean(lode_page *page, lode_err *err) {
  lode_err local;
  if (err == NULL) {
    lode_err_clear(&local);
    err = &local;
  }
  lode__html_doc doc = {.arena = &page->arena};
  lode__entities_init(&doc.entities);
  int code = lode__html_scan_source(&doc.scan, page->content, page->content_len, &page->arena, err);
  if (code == 0) code = lode__html_tree_build(&doc.tree, &doc.scan, &page->arena, err);
  if (code == 0) code = lode__html_text_take(&doc, err);
  lode_buf title = {0};
  for (size_t i = 0; i < doc.scan.count && code == 0; i++) {
    const lode__html_token *t = &doc.scan.tokens[i];
    if (t->kind != LODE__HTML_RAW || t->tag != GUMBO_TAG_TITLE) continue;
    code = lode__entities_decode(&doc.entities, (lode_str){doc.scan.source + t->begin, t->end - t->begin}, false, &title, err);
    break;
  }
  if (code == 0) code = lode__html_main_find(&doc, (lode_str){title.ptr, title.len}, err);
  lode_buf_free(&title);
  if (code == 0) code = install(page, &doc, err);
  lode__entities_free(&doc.entities);
  lode_buf_free(&doc.content);
  lode_map_free(&doc.map);
  return code;
}
