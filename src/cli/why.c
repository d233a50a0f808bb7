#include "why.h"
#include "json.h"
#include "matcher.h"
#include "terminal.h"
#include <stdlib.h>
#include <string.h>

enum { TABLE_TOKENS = 70, WORD_COLUMNS = 20, QUIET_RULES = 20, WORST_SHOWN = 3 };

typedef struct report {
  const lode_why *why;
  const lode_sight *sight;
  const lode_focus *focus;
  lode_paint *out;
  size_t *found;
} report;

/* ---- where ---- */

static bool find_text(lode_str text, const char *part, size_t from, size_t *at) {
  size_t len = strlen(part);
  for (size_t i = from; len > 0 && i + len <= text.len; i++) {
    if (text.ptr[i] != part[0] || memcmp(text.ptr + i, part, len) != 0) continue;
    *at = i;
    return true;
  }
  return false;
}

/* Whether a sentence is on the line, holds the byte or the text. */
static bool is_meant(const lode_why *self, lode_page *page, const lode_sentence *s) {
  size_t at;
  if (self->line > 0)
    return lode_paint_line(page, s->begin) <= self->line && self->line <= lode_paint_line(page, s->end - 1);
  if (self->byte != LODE_NO_BYTE) {
    lode_span raw = lode_page_raw(page, s->begin, s->end);
    return raw.begin <= self->byte && self->byte < raw.end;
  }
  const char *text = self->text ? self->text : self->value;
  return find_text((lode_str){page->content + s->begin, s->end - s->begin}, text, 0, &at);
}

/* A text may run over the borders of sentences. */
static bool text_focus(const lode_why *self, const lode_page *page, lode_focus *out) {
  size_t at;
  if (!self->text || !find_text((lode_str){page->content, page->content_len}, self->text, 0, &at)) return false;
  size_t first = lode_page_sentence_at(page, at), last = lode_page_sentence_at(page, at + strlen(self->text) - 1);
  if (first >= page->tokens.sentence_count) return false;
  if (last >= page->tokens.sentence_count) last = first;
  const lode_sentence *to = &page->tokens.sentences[last];
  *out = (lode_focus){page->tokens.sentences[first].first_token, to->first_token + to->token_count, false};
  return true;
}

bool lode_why_focus(const lode_why *self, lode_page *page, lode_focus *out) {
  bool found = false;
  *out = (lode_focus){0, (uint32_t)page->tokens.count, page->tokens.count > TABLE_TOKENS};
  if (self->line == 0 && self->byte == LODE_NO_BYTE && !self->text && !self->value) return page->tokens.count > 0;
  if (self->line == 0 && self->byte == LODE_NO_BYTE && self->text) return text_focus(self, page, out);
  for (size_t i = 0; i < page->tokens.sentence_count; i++) {
    const lode_sentence *s = &page->tokens.sentences[i];
    if (!is_meant(self, page, s)) continue;
    if (!found) *out = (lode_focus){s->first_token, 0, false};
    out->end = s->first_token + s->token_count;
    found = true;
    if (self->line == 0) break;
  }
  return found;
}

/* ---- the sentence ---- */

static void put_padded(lode_paint *out, lode_ink ink, const char *text, size_t len, size_t columns) {
  lode_buf plain = {0};
  if (out->code == 0) out->code = lode_terminal_escape(text, len, &plain, out->err);
  size_t used = plain.len > 0 ? lode_terminal_width(plain.ptr, plain.len) : 0;
  if (plain.len > 0) lode_paint_text(out, ink, plain.ptr, plain.len);
  lode_paint_print(out, LODE_INK_PLAIN, "%*s", (int)(used < columns ? columns - used : 1), "");
  lode_buf_free(&plain);
}

static void put_annotations(const report *self, uint32_t token) {
  const lode_matcher *matcher = self->sight->matcher;
  if (matcher == NULL) return;
  for (uint32_t label = 0; label < matcher->annotations.label_count; label++) {
    const lode_annotation_list *list = &matcher->annotations.lists[label];
    lode_str name = lode_table_get(&self->sight->rules->patterns.labels, label);
    for (uint32_t i = 0; i < list->count; i++) {
      if (list->items[i].begin > token || list->items[i].end <= token) continue;
      bool first = list->items[i].begin == token;
      lode_paint_print(self->out, first ? LODE_INK_STRONG : LODE_INK_DIM, "%s%.*s ", first ? "" : "|", (int)name.len,
                       name.ptr);
    }
  }
}

static void put_tokens(const report *self) {
  const lode_page *page = self->sight->page;
  lode_paint_print(self->out, LODE_INK_DIM, "   %-*s %-8s %-*s %s\n", WORD_COLUMNS, "token", "kind", WORD_COLUMNS, "fold",
                   "annotations");
  for (uint32_t i = self->focus->begin; i < self->focus->end; i++) {
    const lode_token *token = &page->tokens.items[i];
    lode_str fold = lode_table_get(page->words, token->word);
    lode_paint_print(self->out, LODE_INK_PLAIN, "   ");
    put_padded(self->out, LODE_INK_PLAIN, page->content + token->begin, token->end - token->begin, WORD_COLUMNS);
    lode_paint_print(self->out, LODE_INK_PLAIN, " %-8s ", lode_token_kind_name(token->kind));
    put_padded(self->out, LODE_INK_PLAIN, fold.ptr, fold.len, WORD_COLUMNS);
    lode_paint_print(self->out, LODE_INK_PLAIN, " ");
    put_annotations(self, i);
    lode_paint_end(self->out);
  }
}

static void put_sentence(const report *self) {
  lode_page *page = self->sight->page;
  lode_paint *out = self->out;
  lode_span range = lode_paint_range(page, self->focus->begin, self->focus->end);
  lode_span raw = lode_page_raw(page, range.begin, range.end);
  const lode_token *first = &page->tokens.items[self->focus->begin];
  if (self->why->name) lode_paint_word(out, LODE_INK_PAGE, self->why->name);
  else lode_paint_text(out, LODE_INK_PAGE, page->id.ptr, page->id.len);
  lode_paint_print(out, LODE_INK_LINE, ":%zu", lode_paint_line(page, range.begin));
  lode_paint_print(out, LODE_INK_DIM, "  bytes %zu to %zu, zone %s, paragraph %u, sentence %u", raw.begin, raw.end,
                   lode_page_zone_name(page, page->paragraphs[first->paragraph].zone), (unsigned)first->paragraph + 1,
                   (unsigned)first->sentence + 1);
  if (page->tokens.items[self->focus->end - 1].sentence != first->sentence)
    lode_paint_print(out, LODE_INK_DIM, " to %u", (unsigned)page->tokens.items[self->focus->end - 1].sentence + 1);
  lode_paint_end(out);
  if (self->focus->whole) return;
  lode_paint_print(out, LODE_INK_PLAIN, "   ");
  lode_paint_text(out, LODE_INK_STRONG, page->content + range.begin, range.end - range.begin);
  lode_paint_end(out);
  if (self->focus->end - self->focus->begin <= TABLE_TOKENS) put_tokens(self);
}

/* ---- records and what the script itself says ---- */

static bool number_of(lode_json_value record, const char *name, size_t *out) {
  lode_json_value value;
  if (!lode_json_get(record, name, &value) || value.type != LODE_JSON_NUMBER) return false;
  *out = (size_t)strtoull(value.text.ptr, NULL, 10);
  return true;
}

static bool is_place(lode_json_value name) {
  static const char *const names[] = {"type", "page", "start", "end", "line", "rule", "text"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (lode_json_equals(name, names[i], strlen(names[i]))) return true;
  return false;
}

static void put_wanted(const report *self, lode_json_value record) {
  const lode_why *why = self->why;
  lode_json_value value;
  if (!why->field) return;
  if (!lode_json_get(record, why->field, &value)) {
    lode_paint_print(self->out, LODE_INK_BAD, "   it has no field %.100s\n", why->field);
  } else if (value.type == LODE_JSON_STRING && lode_json_equals(value, why->value, strlen(why->value))) {
    lode_paint_print(self->out, LODE_INK_GOOD, "   this is the record that was wanted\n");
  } else {
    lode_paint_print(self->out, LODE_INK_BAD, "   its %.100s is another: ", why->field);
    lode_paint_text(self->out, LODE_INK_PLAIN, value.text.ptr, value.text.len);
    lode_paint_end(self->out);
  }
}

static void put_record(const report *self, lode_json_value record) {
  lode_json_iter members = lode_json_iter_of(record);
  lode_json_value name, value;
  lode_paint_print(self->out, LODE_INK_GOOD, "RECORD");
  if (lode_json_get(record, "type", &value)) {
    lode_paint_print(self->out, LODE_INK_PLAIN, " ");
    lode_paint_text(self->out, LODE_INK_STRONG, value.text.ptr + 1, value.text.len - 2);
  }
  if (lode_json_get(record, "text", &value)) {
    lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
    lode_paint_text(self->out, LODE_INK_MATCH, value.text.ptr, value.text.len);
  }
  if (lode_json_get(record, "rule", &value)) {
    lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
    lode_paint_text(self->out, LODE_INK_DIM, value.text.ptr + 1, value.text.len - 2);
  }
  lode_paint_end(self->out);
  bool any = false;
  while (lode_json_next(&members, &name, &value)) {
    if (is_place(name)) continue;
    lode_paint_print(self->out, LODE_INK_PLAIN, any ? ", " : "   ");
    any = true;
    lode_paint_text(self->out, LODE_INK_PLAIN, name.text.ptr + 1, name.text.len - 2);
    lode_paint_print(self->out, LODE_INK_PLAIN, " = ");
    lode_paint_text(self->out, LODE_INK_PLAIN, value.text.ptr, value.text.len);
  }
  if (any) lode_paint_end(self->out);
  put_wanted(self, record);
}

static void put_records(const report *self) {
  lode_str lines = self->sight->records;
  const lode_page *page = self->sight->page;
  lode_span range = lode_paint_range(page, self->focus->begin, self->focus->end);
  lode_span raw = lode_page_raw(page, range.begin, range.end);
  size_t shown = 0;
  for (size_t at = 0; at < lines.len;) {
    const char *stop = memchr(lines.ptr + at, '\n', lines.len - at);
    size_t len = stop ? (size_t)(stop - lines.ptr) - at : lines.len - at, start = 0, end = 0;
    lode_json_value record;
    bool good = lode_json_parse(lines.ptr + at, len, LODE_JSON_DEPTH + 1, &record, NULL) == 0;
    at += len + 1;
    if (!good || !number_of(record, "start", &start) || !number_of(record, "end", &end)) continue;
    if (end <= raw.begin || start >= raw.end) continue;
    put_record(self, record);
    shown++;
  }
  *self->found += shown;
  if (shown == 0) lode_paint_print(self->out, LODE_INK_PLAIN, "no record here\n");
}

static void put_notes(const report *self) {
  lode_reader in = lode_reader_of(self->sight->notes.ptr, self->sight->notes.len);
  lode_span range = lode_paint_range(self->sight->page, self->focus->begin, self->focus->end);
  while (in.ptr < in.end) {
    uint32_t begin = lode_read_u32(&in), end = lode_read_u32(&in);
    lode_str where = lode_read_str(&in), reason = lode_read_str(&in);
    if (in.bad) break;
    if (end <= range.begin || begin >= range.end) continue;
    lode_paint_print(self->out, LODE_INK_STRONG, "SAYS");
    lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
    lode_paint_text(self->out, LODE_INK_DIM, where.ptr, where.len);
    lode_paint_print(self->out, LODE_INK_PLAIN, "  \"");
    lode_paint_text(self->out, LODE_INK_MATCH, self->sight->page->content + begin, end - begin);
    lode_paint_print(self->out, LODE_INK_PLAIN, "\": ");
    lode_paint_text(self->out, LODE_INK_PLAIN, reason.ptr, reason.len);
    lode_paint_end(self->out);
    ++*self->found;
  }
}

/* ---- rules ---- */

static void put_head(const report *self, uint32_t r) {
  lode_rule_about about = lode_host_rule(self->sight->host, r);
  lode_paint_word(self->out, LODE_INK_STRONG, about.name);
  lode_paint_print(self->out, LODE_INK_PLAIN, "  ");
  lode_paint_word(self->out, LODE_INK_DIM, about.file);
  lode_paint_print(self->out, LODE_INK_DIM, ":%d, label %s", about.line, about.label);
  if (self->sight->rules->items[r].spec.phase != 1)
    lode_paint_print(self->out, LODE_INK_DIM, ", phase %d", (int)self->sight->rules->items[r].spec.phase);
  lode_paint_print(self->out, LODE_INK_PLAIN, "   ");
}

static void put_fate(const report *self, const lode_match *match) {
  static const char *const reasons[] = {
      [LODE_MATCH_LOST_LENGTH] = "which is longer",
      [LODE_MATCH_LOST_PRIORITY] = "which has the higher priority",
      [LODE_MATCH_LOST_RULE] = "whose rule comes first",
      [LODE_MATCH_LOST_START] = "which begins earlier",
  };
  lode_paint *out = self->out;
  if (match->state == LODE_MATCH_KEPT) {
    bool speaks = lode_host_rule(self->sight->host, match->rule).speaks;
    lode_paint_print(out, LODE_INK_GOOD, "MATCH");
    if (!speaks) lode_paint_print(out, LODE_INK_DIM, ", an annotation: rules of modules make no records");
  } else if (match->state == LODE_MATCH_REFUSED) {
    lode_paint_print(out, LODE_INK_BAD, "MATCH, refused by keep");
  } else {
    const lode_match *winner = &self->sight->matcher->matches[match->winner];
    lode_rule_about about = lode_host_rule(self->sight->host, winner->rule);
    lode_span range = lode_paint_range(self->sight->page, winner->begin, winner->end);
    lode_paint_print(out, LODE_INK_BAD, "MATCH, lost");
    lode_paint_print(out, LODE_INK_PLAIN, " to ");
    lode_paint_word(out, LODE_INK_STRONG, about.name);
    lode_paint_print(out, LODE_INK_PLAIN, " \"");
    lode_paint_text(out, LODE_INK_MATCH, self->sight->page->content + range.begin, range.end - range.begin);
    lode_paint_print(out, LODE_INK_PLAIN, "\", %s", reasons[match->state]);
  }
  lode_paint_end(out);
}

static const lode_match *match_of(const report *self, const lode_near *near) {
  const lode_matcher *matcher = self->sight->matcher;
  for (uint32_t m = 0; m < matcher->match_count; m++) {
    const lode_match *match = &matcher->matches[m];
    if (match->rule == near->rule && match->begin == near->start && match->end == near->pos) return match;
  }
  return NULL;
}

/* Whether the way has the wanted value in the wanted field. */
static bool takes_wanted(const report *self, const lode_near *near) {
  const lode_why *why = self->why;
  const lode_rule *rule = &self->sight->rules->items[near->rule];
  const lode_trace_step *steps = self->sight->matcher->trace->steps + near->first_step;
  size_t at;
  if (!why->field) return false;
  uint32_t name = lode_table_find(&self->sight->rules->patterns.captures, why->field, strlen(why->field));
  for (uint32_t m = 0; m < rule->mark_count && name != LODE_NO_ID; m++) {
    const lode_pattern_node *node = lode_pattern_get(&self->sight->rules->patterns, rule->marks[m].node);
    if (node->kind != LODE_PATTERN_CAPTURE || node->data != name) continue;
    for (uint32_t i = 0; i < near->step_count; i++) {
      if (steps[i].pc < rule->marks[m].begin || steps[i].pc >= rule->marks[m].end) continue;
      lode_span range = lode_paint_range(self->sight->page, steps[i].begin, steps[i].end);
      lode_str text = {self->sight->page->content + range.begin, range.end - range.begin};
      if (find_text(text, why->value, 0, &at)) return true;
    }
  }
  return false;
}

static bool is_better(const report *self, const lode_near *a, const lode_near *b) {
  bool wanted_a = takes_wanted(self, a), wanted_b = takes_wanted(self, b);
  if (wanted_a != wanted_b) return wanted_a;
  if (a->score != b->score) return a->score > b->score;
  bool ended_a = a->pos >= a->end, ended_b = b->pos >= b->end; /* a token tells more than a border */
  return ended_a != ended_b ? ended_b : a->pos > b->pos;
}

static bool touches(const report *self, const lode_near *near) {
  return near->start < self->focus->end && (near->pos >= self->focus->begin || near->matched) &&
         near->pos + 1 > self->focus->begin;
}

/* The regions that the rule looks at in the focus hold all that it needs?  If not, say what is missing. */
static bool put_missing(const report *self, uint32_t r) {
  const lode_matcher *matcher = self->sight->matcher;
  const lode_rule *rule = &self->sight->rules->items[r];
  const lode_patterns *patterns = &self->sight->rules->patterns;
  const lode_page *page = self->sight->page;
  uint32_t begin = self->focus->begin, end = self->focus->end;
  if (rule->spec.within != LODE_WITHIN_SENTENCE) {
    const lode_paragraph *first = &page->paragraphs[page->tokens.items[begin].paragraph];
    const lode_paragraph *last = &page->paragraphs[page->tokens.items[end - 1].paragraph];
    begin = first->first_token;
    end = last->first_token + last->token_count;
  }
  for (uint32_t i = 0; i < rule->need_count; i++) {
    const lode_need *need = &rule->needs[i];
    if (lode_matcher_holds(matcher, need, begin, end)) continue;
    lode_paint_print(self->out, LODE_INK_BAD, "NOT TRIED");
    if (need->is_label) {
      lode_str name = lode_table_get(&patterns->labels, need->id);
      lode_paint_print(self->out, LODE_INK_PLAIN, ": there is no %.*s here\n", (int)name.len, name.ptr);
      return true;
    }
    lode_str key = lode_table_get(&self->sight->rules->predicates, need->id);
    lode_buf text = {0};
    lode_paint_print(self->out, LODE_INK_PLAIN, ": it needs ");
    for (size_t k = 0; k < key.len / sizeof(uint32_t) && self->out->code == 0; k++) {
      uint32_t node;
      memcpy(&node, key.ptr + k * sizeof node, sizeof node);
      if (k > 0) self->out->code = lode_buf_add(&text, " or ", 4, self->out->err);
      if (self->out->code == 0) self->out->code = lode_pattern_text(patterns, node, true, 60, &text, self->out->err);
    }
    if (text.len > 0) lode_paint_text(self->out, LODE_INK_STRONG, text.ptr, text.len);
    lode_paint_print(self->out, LODE_INK_PLAIN, ", and no token here is that\n");
    lode_buf_free(&text);
    return true;
  }
  return false;
}

static bool looks_at_zone(const report *self, uint32_t r) {
  const lode_page *page = self->sight->page;
  unsigned zone = page->paragraphs[page->tokens.items[self->focus->begin].paragraph].zone;
  if (self->focus->whole || (self->sight->rules->items[r].spec.zones >> zone & 1) != 0) return true;
  lode_paint_print(self->out, LODE_INK_BAD, "NOT TRIED");
  lode_paint_print(self->out, LODE_INK_PLAIN, ": this paragraph is %s, and the rule looks at", lode_page_zone_name(page, zone));
  for (unsigned z = 0; z < LODE_ZONE_COUNT + page->own_zone_count; z++)
    if ((self->sight->rules->items[r].spec.zones >> z & 1) != 0)
      lode_paint_print(self->out, LODE_INK_PLAIN, " %s", lode_page_zone_name(page, z));
  lode_paint_end(self->out);
  return false;
}

/* What the rule came to here: its matches, else the way that came farthest.  false: nothing. */
static bool put_ways(const report *self, uint32_t r) {
  const lode_trace *trace = self->sight->matcher->trace;
  const lode_near *best = NULL;
  size_t matches = 0;
  for (uint32_t i = 0; i < trace->near_count; i++) {
    const lode_near *near = &trace->nears[i];
    if (near->rule != r || !touches(self, near)) continue;
    const lode_match *match = near->matched ? match_of(self, near) : NULL;
    if (near->matched && match == NULL) continue;
    if (match == NULL) {
      if (best == NULL || is_better(self, near, best)) best = near;
      continue;
    }
    if (self->focus->whole && matches == WORST_SHOWN) break;
    put_head(self, r);
    put_fate(self, match);
    lode_why_parts(self->sight, near, self->out);
    matches++;
  }
  bool wanted = best != NULL && self->why->field && takes_wanted(self, best);
  if (best == NULL || (matches > 0 && !wanted)) return matches > 0;
  unsigned done, all;
  lode_why_count(self->sight, best, &done, &all);
  put_head(self, r);
  lode_paint_print(self->out, LODE_INK_BAD, "NO MATCH");
  lode_paint_print(self->out, LODE_INK_PLAIN, ", %u of %u parts\n", done, all);
  lode_why_parts(self->sight, best, self->out);
  return true;
}

static bool has_capture(const report *self, uint32_t r, const char *field) {
  const lode_rules *rules = self->sight->rules;
  uint32_t name = lode_table_find(&rules->patterns.captures, field, strlen(field));
  for (uint32_t m = 0; m < rules->items[r].mark_count && name != LODE_NO_ID; m++) {
    const lode_pattern_node *node = lode_pattern_get(&rules->patterns, rules->items[r].marks[m].node);
    if (node->kind == LODE_PATTERN_CAPTURE && node->data == name) return true;
  }
  return false;
}

/* Where the wanted value stands, if it is not here. */
static void put_value_places(const report *self) {
  lode_page *page = self->sight->page;
  const char *value = self->why->value;
  lode_span range = lode_paint_range(page, self->focus->begin, self->focus->end);
  size_t at = 0, count = 0;
  bool here = false;
  if (!value) return;
  for (size_t from = 0; find_text((lode_str){page->content, page->content_len}, value, from, &at); from = at + 1)
    here = here || (at >= range.begin && at < range.end);
  lode_paint_print(self->out, LODE_INK_PLAIN, "\"");
  lode_paint_word(self->out, LODE_INK_MATCH, value);
  lode_paint_print(self->out, LODE_INK_PLAIN, here ? "\" stands here" : "\" does not stand here");
  for (size_t from = 0; find_text((lode_str){page->content, page->content_len}, value, from, &at); from = at + 1) {
    if (at >= range.begin && at < range.end) continue;
    size_t p = lode_page_paragraph_at(page, at), own = page->tokens.items[self->focus->begin].paragraph;
    lode_paint_print(self->out, LODE_INK_PLAIN, "%s line %zu%s", count == 0 ? "; it does in" : ",",
                     lode_paint_line(page, at), p == own ? " (this paragraph)" : "");
    if (++count == 8) break;
  }
  if (count == 0 && !here) lode_paint_print(self->out, LODE_INK_PLAIN, ", nor anywhere on the page");
  lode_paint_end(self->out);
}

static bool concerns(const report *self, uint32_t r) {
  const lode_why *why = self->why;
  if (why->rule) return strcmp(lode_host_rule(self->sight->host, r).name, why->rule) == 0;
  return !why->field || has_capture(self, r, why->field);
}

static void put_rules(const report *self) {
  const lode_rules *rules = self->sight->rules;
  size_t quiet = 0;
  bool *told = calloc((size_t)rules->count + 1, sizeof *told);
  if (told == NULL) {
    self->out->code = lode_fail(self->out->err, LODE_E_NOMEM, "out of memory");
    return;
  }
  bool named = self->why->rule == NULL;
  for (uint32_t r = 0; r < rules->count; r++) {
    named = named || strcmp(lode_host_rule(self->sight->host, r).name, self->why->rule) == 0;
    told[r] = !concerns(self, r) || put_ways(self, r);
    *self->found += told[r] && concerns(self, r);
  }
  for (uint32_t r = 0; r < rules->count && !self->focus->whole; r++) {
    if (told[r] || quiet++ >= QUIET_RULES) continue;
    put_head(self, r);
    if (looks_at_zone(self, r) && !put_missing(self, r)) {
      lode_paint_print(self->out, LODE_INK_BAD, "NO MATCH");
      lode_paint_print(self->out, LODE_INK_PLAIN, ": its first part matches nowhere here\n");
    }
  }
  if (quiet > QUIET_RULES)
    lode_paint_print(self->out, LODE_INK_DIM, "%zu more rules found no beginning here; --rule NAME shows one\n",
                     quiet - QUIET_RULES);
  if (!named) {
    lode_paint_print(self->out, LODE_INK_BAD, "no rule is called ");
    lode_paint_word(self->out, LODE_INK_BAD, self->why->rule);
    lode_paint_end(self->out);
  }
  free(told);
}

int lode_why_report(const lode_why *self, const lode_sight *sight, const lode_focus *focus, lode_paint *out,
                    size_t *found) {
  report job = {self, sight, focus, out, found};
  put_sentence(&job);
  put_value_places(&job);
  put_records(&job);
  put_notes(&job);
  if (sight->rules != NULL) put_rules(&job);
  else lode_paint_print(out, LODE_INK_DIM, "the script has no rules: what it says with lode.why is all there is\n");
  return out->code;
}
