#include "view.h"
#include "terminal.h"
#include "unicode.h"

enum { MARGIN = 12, LEAST_TEXT = 20, PIPE_COLUMNS = 100 };

lode_view_style lode_view_style_for(int fd, const char *color, size_t width) {
  size_t terminal = fd < 0 ? 0 : lode_terminal_columns(fd);
  return (lode_view_style){
      .color = fd < 0 ? color && strcmp(color, "always") == 0 : lode_terminal_color(color, fd),
      .columns = width      ? width
                 : terminal ? terminal
                            : PIPE_COLUMNS,
  };
}

static const char *color_of(const lode_paragraph *p) {
  switch (p->zone) {
    case LODE_ZONE_BODY: return p->form == LODE_FORM_HEADING ? "\x1B[1m" : "";
    case LODE_ZONE_HEADLINE: return "\x1B[1m";
    case LODE_ZONE_BYLINE:
    case LODE_ZONE_DATELINE: return "\x1B[36m";
    case LODE_ZONE_CAPTION:
    case LODE_ZONE_CREDIT: return "\x1B[33m";
    case LODE_ZONE_SPAM: return "\x1B[31m";
    default: return "\x1B[2m";
  }
}

/* The end of the line that begins at `begin`: the last space that fits, or the last place before a wide character (they
 * are written without spaces) but not before a wide full stop; else as many characters as fit, at least one. */
static size_t line_end(const char *text, size_t begin, size_t len, size_t columns) {
  size_t at = begin, space = begin, used = 0;
  while (at < len) {
    uint32_t cp = 0;
    size_t step = lode_utf8_next(text + at, &cp);
    int width = lode_width(cp);
    used += width > 0 ? (size_t)width : 0;
    if (used > columns && at > begin) return space > begin ? space : at;
    if (cp == ' ' || (width == 2 && !lode_is_punct(cp))) space = at;
    at += step;
  }
  return len;
}

static int put_line(const lode_view_style *style, const char *zone, const char *color, lode_str text, lode_buf *out,
                    lode_err *err) {
  int code = lode_buf_printf(out, err, "%*s | ", MARGIN - 3, zone);
  if (code == 0 && style->color) code = lode_buf_text(out, color, err);
  if (code == 0) code = lode_buf_add(out, text.ptr, text.len, err);
  if (code == 0 && style->color && *color) code = lode_buf_text(out, "\x1B[0m", err);
  return code ? code : lode_buf_byte(out, '\n', err);
}

/* A line of the paragraph, of as many as its width needs; only the first has the label. */
static int put_wrapped(const lode_view_style *style, const char **label, const char *color, lode_str text,
                       lode_buf *out, lode_err *err) {
  size_t columns = style->columns > MARGIN + LEAST_TEXT ? style->columns - MARGIN : 0;
  int code = 0;
  for (size_t at = 0; at < text.len && code == 0;) {
    size_t end = columns ? line_end(text.ptr, at, text.len, columns) : text.len;
    code = put_line(style, *label, color, (lode_str){text.ptr + at, end - at}, out, err);
    *label = "";
    at = end;
    while (at < text.len && text.ptr[at] == ' ') at++;
  }
  return code;
}

/* `text` is the paragraph, where hard-wrapped text has line ends of its own. */
static int put_paragraph(const lode_view_style *style, const lode_paragraph *p, lode_str text, lode_buf *escaped,
                         lode_buf *out, lode_err *err) {
  const char *label = lode_zone_name(p->zone);
  int code = 0;
  for (size_t at = 0; at < text.len && code == 0;) {
    const char *found = memchr(text.ptr + at, '\n', text.len - at);
    size_t end = found == NULL ? text.len : (size_t)(found - text.ptr), next = end + 1;
    while (end > at && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '\r')) end--;
    escaped->len = 0;
    code = lode_terminal_escape(text.ptr + at, end - at, escaped, err);
    if (code == 0) code = put_wrapped(style, &label, color_of(p), (lode_str){escaped->ptr, escaped->len}, out, err);
    at = next;
  }
  return code;
}

int lode_view_page(const lode_view_style *style, const lode_page *page, lode_buf *out, lode_err *err) {
  lode_buf escaped = {0};
  int code = style->color ? lode_buf_text(out, "\x1B[1;4m", err) : 0;
  if (code == 0) code = lode_terminal_escape(page->id.ptr, page->id.len, out, err);
  if (code == 0) code = lode_buf_text(out, style->color ? "\x1B[0m\n" : "\n", err);
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    const lode_paragraph *p = &page->paragraphs[i];
    code = put_paragraph(style, p, (lode_str){page->content + p->begin, p->end - p->begin}, &escaped, out, err);
  }
  lode_buf_free(&escaped);
  return code ? code : lode_buf_byte(out, '\n', err);
}
