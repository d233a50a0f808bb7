#include "htmlmarks.h"

#include "hash.h"
#include "htmlattr.h"
#include <gumbo.h>
#include <string.h>

/* The names that pages use in any language of the web; none names one site. */
enum { MARKS_SEED = 0x6D61726B };

typedef struct word {
  char text[16];
  uint32_t mark;
} word;

#define NAV LODE__MARK_NAV
#define SHARE LODE__MARK_SHARE
#define RELATED LODE__MARK_RELATED
#define COMMENT LODE__MARK_COMMENT
#define FOOTER LODE__MARK_FOOTER
#define NOTICE LODE__MARK_NOTICE
#define CAPTION LODE__MARK_CAPTION
#define BYLINE LODE__MARK_BYLINE
#define SIDE LODE__MARK_SIDE
#define HEADLINE LODE__MARK_HEADLINE
#define WHOLE LODE__MARK_WHOLE
#define BODY LODE__MARK_BODY
#define STORY LODE__MARK_STORY
#define UNSEEN LODE__MARK_UNSEEN
#define FORM LODE__MARK_FORM
#define AUTHOR LODE__MARK_AUTHOR
#define TAGS LODE__MARK_TAGS
#define CREDIT LODE__MARK_CREDIT
#define DATE LODE__MARK_DATE
#define LEAD LODE__MARK_LEAD

/* In alphabetical order. */
/* clang-format off */
static const word words[] = {
    {"abstract", LEAD}, {"ad", NOTICE}, {"addthis", SHARE}, {"addtoany", SHARE}, {"ads", NOTICE}, {"advert", NOTICE},
    {"advertisement", NOTICE}, {"advertising", NOTICE}, {"adverts", NOTICE}, {"also", RELATED}, {"anzeige", NOTICE},
    {"article", WHOLE}, {"articlebody", STORY}, {"articlecontent", STORY}, {"articletext", STORY}, {"aside", SIDE},
    {"auteur", BYLINE | AUTHOR}, {"author", BYLINE | AUTHOR}, {"authors", BYLINE | AUTHOR},
    {"autor", BYLINE | AUTHOR}, {"autore", BYLINE | AUTHOR}, {"avatar", AUTHOR}, {"bajada", LEAD}, {"banner", NOTICE},
    {"bildunterschrift", CAPTION}, {"bio", AUTHOR}, {"biography", AUTHOR}, {"blog", WHOLE}, {"body", BODY},
    {"bodycopy", STORY}, {"bodytext", STORY}, {"breadcrumb", NAV}, {"breadcrumbs", NAV}, {"byline", BYLINE},
    {"bylines", BYLINE}, {"caption", CAPTION}, {"captions", CAPTION}, {"carousel", RELATED}, {"categories", TAGS},
    {"category", TAGS}, {"chapeau", LEAD}, {"colophon", FOOTER}, {"comentar", COMMENT}, {"comentario", COMMENT},
    {"comentarios", COMMENT}, {"comment", COMMENT}, {"commentaires", COMMENT}, {"commenti", COMMENT},
    {"commenting", COMMENT}, {"commentlist", COMMENT}, {"comments", COMMENT}, {"consent", NOTICE}, {"content", BODY},
    {"contents", BODY}, {"cookie", NOTICE}, {"cookies", NOTICE}, {"copy", BODY}, {"copyright", FOOTER},
    {"credit", CREDIT}, {"credits", CREDIT}, {"crumb", NAV}, {"crumbs", NAV}, {"date", DATE}, {"dateline", DATE},
    {"dateposted", DATE}, {"datetime", DATE}, {"deck", LEAD}, {"dek", LEAD}, {"disclaimer", FOOTER},
    {"disqus", COMMENT}, {"donate", NOTICE}, {"donation", NOTICE}, {"entradilla", LEAD}, {"entry", WHOLE},
    {"excerpt", LEAD}, {"facebook", SHARE}, {"feedback", COMMENT}, {"figcaption", CAPTION}, {"follow", SHARE},
    {"foot", FOOTER}, {"footer", FOOTER}, {"form", FORM}, {"fuss", FOOTER}, {"gdpr", NOTICE}, {"headline", HEADLINE},
    {"hidden", UNSEEN}, {"imprint", FOOTER}, {"intro", LEAD}, {"introduction", LEAD}, {"invisible", UNSEEN},
    {"komentarze", COMMENT}, {"kommentar", COMMENT}, {"kommentare", COMMENT}, {"lead", LEAD},
    {"lede", LEAD}, {"leftnav", NAV}, {"legal", FOOTER}, {"likes", SHARE}, {"links", NAV}, {"livefyre", COMMENT},
    {"login", FORM}, {"mailchimp", NOTICE}, {"maincontent", STORY}, {"menu", NAV}, {"menus", NAV}, {"meta", BYLINE},
    {"metadata", BYLINE}, {"modal", NOTICE}, {"moreon", RELATED}, {"mostpopular", RELATED}, {"mostread", RELATED},
    {"nav", NAV}, {"navbar", NAV}, {"navi", NAV}, {"navigation", NAV}, {"newsletter", NOTICE},
    {"newsletters", NOTICE}, {"optin", NOTICE}, {"outbrain", RELATED}, {"overlay", NOTICE}, {"pagenav", NAV},
    {"pager", NAV}, {"pagination", NAV}, {"paywall", NOTICE}, {"perex", LEAD}, {"photocredit", CREDIT},
    {"popular", RELATED}, {"popup", NOTICE}, {"post", WHOLE}, {"postcontent", STORY}, {"posted", DATE},
    {"print", SHARE}, {"promo", NOTICE}, {"promoted", NOTICE}, {"promotion", NOTICE}, {"pubdate", DATE},
    {"publicidad", NOTICE}, {"published", DATE}, {"rating", SHARE}, {"read", RELATED}, {"readers", COMMENT},
    {"readmore", RELATED}, {"recirc", RELATED}, {"recommend", RELATED}, {"recommendation", RELATED},
    {"recommendations", RELATED}, {"recommended", RELATED}, {"related", RELATED}, {"relatedposts", RELATED},
    {"replies", COMMENT}, {"reply", COMMENT}, {"respond", COMMENT}, {"search", FORM}, {"share", SHARE},
    {"sharebar", SHARE}, {"sharedaddy", SHARE}, {"shareicons", SHARE}, {"sharelinks", SHARE}, {"sharetools", SHARE},
    {"sharing", SHARE}, {"sidebar", SIDE}, {"sidenav", NAV}, {"signup", NOTICE}, {"similar", RELATED}, {"skip", NAV},
    {"social", SHARE}, {"socials", SHARE}, {"socialshare", SHARE}, {"sponsor", NOTICE}, {"sponsored", NOTICE},
    {"sponsors", NOTICE}, {"standfirst", LEAD}, {"story", WHOLE}, {"storybody", STORY}, {"storytext", STORY},
    {"subhead", LEAD}, {"subheading", LEAD}, {"subheadline", LEAD}, {"submenu", NAV}, {"subnav", NAV},
    {"subscribe", NOTICE}, {"subscriber", NOTICE}, {"subscription", NOTICE}, {"subtitle", LEAD},
    {"suggested", RELATED}, {"summary", LEAD}, {"taboola", RELATED}, {"tag", TAGS}, {"taglist", TAGS}, {"tags", TAGS},
    {"teasers", RELATED}, {"teilen", SHARE}, {"text", BODY}, {"time", DATE}, {"timestamp", DATE}, {"toc", NAV},
    {"toolbar", SHARE}, {"toolbox", SHARE}, {"tools", SHARE}, {"topics", TAGS}, {"topnav", NAV},
    {"trending", RELATED}, {"tweet", SHARE}, {"twitter", SHARE}, {"utility", SHARE}, {"verwandt", RELATED},
    {"visually", UNSEEN}, {"vorspann", LEAD}, {"werbung", NOTICE}, {"widget", SIDE}, {"widgets", SIDE},
};
/* clang-format on */

static uint32_t mark_of(const char *text, size_t len) {
  if (len < 2 || len > 15) return 0;
  size_t low = 0, high = sizeof words / sizeof words[0];
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strncmp(words[mid].text, text, len);
    if (order == 0) order = words[mid].text[len] != '\0';
    if (order == 0) return words[mid].mark;
    if (order < 0) low = mid + 1;
    else high = mid;
  }
  return 0;
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The marks of one name ("related-posts", "articleBody"): a story needs its two words in one name. */
static uint32_t marks_of_name(const char *name, size_t len) {
  uint32_t marks = 0;
  char lower[16];
  for (size_t at = 0; at < len;) {
    while (at < len && !is_upper(name[at]) && !is_lower(name[at])) at++;
    size_t begin = at, n = 0;
    while (at < len && (is_upper(name[at]) || is_lower(name[at]))) {
      if (at > begin && is_upper(name[at]) && is_lower(name[at - 1])) break;
      if (n < sizeof lower) lower[n] = (char)(name[at] | 32);
      n++;
      at++;
    }
    uint32_t mark = mark_of(lower, n);
    if (n == 2 && at - begin != len && ((begin > 0 && is_lower(name[begin - 1])) || (at < len && is_upper(name[at]))))
      mark = 0; /* made-up names like "hAdRRx" hold any two letters */
    if (mark == UNSEEN && at - begin != len && lower[0] != 'v') mark = 0; /* "label-hidden" hides the label */
    marks |= mark;
  }
  if ((marks & WHOLE) && (marks & BODY)) marks |= STORY;
  return marks;
}

static uint32_t marks_of_names(lode__html_names *names, lode_str value) {
  uint64_t hash = lode_hash64(value.ptr, value.len, MARKS_SEED);
  size_t slot = (size_t)(hash >> 32) % LODE__MARKS_KEPT;
  if (names->kept[slot].hash == hash) return names->kept[slot].marks;
  uint32_t marks = 0;
  for (size_t at = 0; at < value.len;) {
    while (at < value.len && (unsigned char)value.ptr[at] <= ' ') at++;
    size_t begin = at;
    while (at < value.len && (unsigned char)value.ptr[at] > ' ') at++;
    marks |= marks_of_name(value.ptr + begin, at - begin);
  }
  names->kept[slot].hash = hash;
  names->kept[slot].marks = marks;
  return marks;
}

static bool has(lode_str value, const char *part) {
  size_t n = strlen(part);
  for (size_t at = 0; at + n <= value.len; at++)
    if (memcmp(value.ptr + at, part, n) == 0) return true;
  return false;
}

static uint32_t marks_of_tag(unsigned tag) {
  switch (tag) {
    case GUMBO_TAG_NAV: return NAV;
    case GUMBO_TAG_FOOTER: return FOOTER;
    case GUMBO_TAG_ASIDE: return SIDE;
    case GUMBO_TAG_FORM: return FORM;
    case GUMBO_TAG_HEADER: return LODE__MARK_HEAD;
    case GUMBO_TAG_FIGCAPTION: return CAPTION;
    case GUMBO_TAG_ARTICLE: return WHOLE;
    case GUMBO_TAG_NOSCRIPT: return UNSEEN;
    default: return 0;
  }
}

uint32_t lode__html_marks_of(lode__html_names *names, const lode__html_scan *scan, const lode__html_node *node) {
  uint32_t marks = marks_of_tag(node->tag) | LODE__MARK_KNOWN;
  if (node->token == UINT32_MAX || node->tag == GUMBO_TAG_HTML || node->tag == GUMBO_TAG_BODY) return marks;
  return marks | lode__html_marks_of_token(names, scan, node->token);
}

uint32_t lode__html_marks_of_token(lode__html_names *names, const lode__html_scan *scan, uint32_t number) {
  const lode__html_token *token = &scan->tokens[number];
  uint32_t marks = 0;
  lode_str tag = {scan->source + token->begin, token->end - token->begin}, name, value;
  for (size_t at = 0; lode__html_next_attribute(tag, &at, &name, &value);) {
    if (name.len == 5 && memcmp(name.ptr, "class", 5) == 0) marks |= marks_of_names(names, value);
    else if (name.len == 2 && memcmp(name.ptr, "id", 2) == 0) marks |= marks_of_names(names, value);
    else if (name.len == 8 && memcmp(name.ptr, "itemprop", 8) == 0) marks |= marks_of_names(names, value);
    else if (name.len == 6 && memcmp(name.ptr, "hidden", 6) == 0) marks |= UNSEEN;
    else if (name.len == 4 && memcmp(name.ptr, "role", 4) == 0) {
      if (has(value, "navigation")) marks |= NAV;
      if (has(value, "contentinfo")) marks |= FOOTER;
      if (has(value, "complementary")) marks |= SIDE;
      if (has(value, "search")) marks |= FORM;
    } else if (name.len == 5 && memcmp(name.ptr, "style", 5) == 0) {
      if (has(value, "display:none") || has(value, "display: none")) marks |= UNSEEN;
    }
  }
  return marks;
}
