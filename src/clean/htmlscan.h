/* htmlscan.h - cut an HTML source into tags and text, and make the skeleton that the parser reads.
 * Private to src/clean.
 *
 *     source    <div class="a">Two <b>words</b></div><script>if (a<b) ...</script><p>More &amp; more
 *     tokens    OPEN div, TEXT "Two ", OPEN b, TEXT "words", CLOSE b, CLOSE div, OPEN p, TEXT "More &amp; more"
 *     skeleton  <div>x</div><p>x
 *
 * gumbo builds the tree as the HTML5 standard says, but reads a byte in some 36 ns, and most bytes of a page are
 * scripts, attributes and the insides of text, which have no say in the tree.  So this scanner follows the tokenizer
 * of the standard (section 13.2.5) over the source with wide searches, and hands gumbo a page of the same tree: names
 * of tags, and one letter for each run of text.  Some 3 % of the bytes are left; positions of the skeleton lead back
 * to tokens.
 *
 * Left out of the skeleton: comments; white space between tags; script, style and the like with their content; svg;
 * elements that are empty by definition; a, span and marks of letters (b, i, em ...), which end no block and begin
 * none: htmltext.c follows those by itself.  Attributes are read where they are wanted (htmlattr.h).  Tags nested
 * deeper than LODE__HTML_DEPTH and those beyond LODE__HTML_TAGS leave their text and nothing else: the parser's time
 * and memory stay bounded for any input.
 *
 * Why gumbo: of the HTML5 parsers in C it is the one that Debian packages (lexbor, four times as fast, is not), and it
 * knows byte positions.  A faster packaged parser would save at most the third of the time that gumbo takes now.
 *
 * Invariants   tokens are in source order and do not overlap; TEXT is never empty.
 * Lifetime     tokens and skeleton are in the arena; they point into the source by offset.
 * Cost         O(source); 20 bytes a token.
 */
#ifndef LODE_HTMLSCAN_H
#define LODE_HTMLSCAN_H
#include "arena.h"
#include <stdbool.h>
#include <stdint.h>

enum { LODE__HTML_DEPTH = 400, LODE__HTML_TAGS = 1 << 20, LODE__HTML_NAMES = 256 };

typedef enum lode__html_kind {
  LODE__HTML_TEXT,  /* entities as written */
  LODE__HTML_CDATA, /* text without entities */
  LODE__HTML_BLANK, /* white space alone */
  LODE__HTML_OPEN,
  LODE__HTML_CLOSE,
  LODE__HTML_RAW, /* what a script, style, title, textarea ... holds; not part of the page's text */
} lode__html_kind;

#define LODE__HTML_NO_NODE UINT32_MAX

typedef struct lode__html_token {
  uint32_t begin, end; /* in the source; a tag with its brackets */
  uint32_t skeleton;   /* where it stands there, or would */
  uint32_t node;       /* OPEN: its node; TEXT: the node that holds it (htmltree.h) */
  uint16_t tag;        /* GumboTag of OPEN, CLOSE, and of RAW the element's */
  uint8_t kind;
  uint8_t shown; /* in the skeleton: 1; 2 for a tag that opens or closes a level of depth */
} lode__html_token;

typedef struct lode__html_scan {
  const char *source;
  size_t len;
  lode__html_token *tokens;
  size_t count, cap;
  char *skeleton;
  size_t skeleton_len, skeleton_cap;
} lode__html_scan;

/* source is valid UTF-8 of less than 2 GiB. */
int lode__html_scan_source(lode__html_scan *self, const char *source, size_t len, lode_arena *arena, lode_err *err);

#endif
