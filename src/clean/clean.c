#include "clean.h"

#include "encoding.h"
#include "entities.h"
#include "furniture.h"
#include "html.h"
#include "lost.h"
#include "metatext.h"
#include "mojibake.h"
#include "stamp.h"
#include "zones.h"

/* Text has almost no control characters; compressed data, programs and images have about one byte in ten, and
 * UTF-16 one NUL for each Latin letter.  A few stray ones in a short text are repaired, not refused. */
enum { BINARY_CONTROLS = 8, BINARY_SHARE = 50, BINARY_BLOCK = 128 };

/* In blocks of a fixed length with small counters, which compilers make wide instructions of. */
static size_t count_controls(const unsigned char *raw, size_t len) {
  size_t count = 0, i = 0;
  for (; len - i >= BINARY_BLOCK; i += BINARY_BLOCK) {
    unsigned char few = 0;
    for (size_t k = 0; k < BINARY_BLOCK; k++) {
      unsigned char c = raw[i + k];
      few = (unsigned char)(few + ((c < 9) | ((c > 13) & (c < 32) & (c != 27)) | (c == 127)));
    }
    count += few;
  }
  for (; i < len; i++) count += (raw[i] < 9) | ((raw[i] > 13) & (raw[i] < 32) & (raw[i] != 27)) | (raw[i] == 127);
  return count;
}

static int refuse_binary(const lode_page *page, lode_err *err) {
  const unsigned char *raw = (const unsigned char *)page->raw.ptr;
  size_t controls = count_controls(raw, page->raw.len);
  if (controls < BINARY_CONTROLS || controls < page->raw.len / BINARY_SHARE) return 0;
  if (lode__encoding_is_wide(page->raw)) return 0;
  return lode_fail(err, LODE_E_INPUT, "this is no text: %zu of its %zu bytes are control characters", controls,
                   page->raw.len);
}

static int decode(lode_page *page, lode_err *err) {
  int code = refuse_binary(page, err);
  if (code != 0) return code;
  lode__encoding from = lode__encoding_of(page);
  return lode__encoding_decode(page, &from, err);
}

int lode_clean_text(lode_page *page, lode_str *text, bool *clean, lode_err *err) {
  lode__encoding from = lode__encoding_of(page);
  *text = page->raw;
  *clean = from.clean;
  int code = from.clean ? 0 : refuse_binary(page, err);
  if (code != 0 || from.codec == NULL) return code;
  code = lode__encoding_decode(page, &from, err);
  *clean = true;
  *text = (lode_str){page->content, page->content_len};
  return code;
}

bool lode_clean_date(lode_str text, char out[LODE_DATE_SIZE]) {
  size_t end;
  for (size_t at = 0; at < text.len; at++)
    if (lode__stamp_read(text.ptr, text.len, at, &end, out)) return true;
  return false;
}

bool lode_clean_is_wide(lode_str raw) {
  return lode__encoding_is_wide(raw);
}

/* What was spoiled before it came here.  In the source of a page of HTML references are as they should be. */
static int undo_damage(lode_page *page, bool source, lode_err *err) {
  int code = source ? 0 : lode__entities_undo(page, err);
  if (code == 0) code = lode__mojibake_undo(page, err);
  return code != 0 || source ? code : lode__lost_mark(page, err);
}

int lode_clean_repair(lode_page *page, lode_err *err) {
  int code = decode(page, err);
  if (code == 0) code = undo_damage(page, page->html, err);
  if (code != 0) return code;
  lode_paragraphs paragraphs;
  lode_paragraphs_init(&paragraphs, page->content, page->content_len);
  for (lode_span span; code == 0 && lode_paragraphs_next(&paragraphs, &span);)
    code = lode_page_add_paragraph(page, span.begin, span.end, LODE_ZONE_BODY, err);
  return code;
}

static int clean_html(lode_page *page, lode_err *err) {
  int code = decode(page, err);
  if (code == 0) code = lode__html_clean(page, err);
  if (code == 0) code = undo_damage(page, false, err);
  return code;
}

static int clean_text(lode_page *page, lode_err *err) {
  int code = lode_clean_repair(page, err);
  return code != 0 ? code : lode__zones_mark(page, err);
}

int lode_clean(lode_page *page, lode_err *err) {
  int code = page->html ? clean_html(page, err) : clean_text(page, err);
  if (code == 0 && page->furniture != NULL) code = lode__furniture_apply(page, err);
  return code != 0 ? code : lode__metatext_take(page, err);
}
