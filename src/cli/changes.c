#include "changes.h"
#include <string.h>

enum { TEXT_BYTES = 300 };

static const char *const signs[] = {
    [LODE_CHANGE_REMOVED] = "-", [LODE_CHANGE_CHANGED] = "~", [LODE_CHANGE_ADDED] = "+"};
static const lode_ink inks[] = {
    [LODE_CHANGE_REMOVED] = LODE_INK_BAD, [LODE_CHANGE_CHANGED] = LODE_INK_STRONG, [LODE_CHANGE_ADDED] = LODE_INK_GOOD};

static void put_counts(lode_paint *out, const size_t counts[3]) {
  lode_paint_print(out, LODE_INK_GOOD, "+%zu", counts[LODE_CHANGE_ADDED]);
  lode_paint_print(out, LODE_INK_BAD, " -%zu", counts[LODE_CHANGE_REMOVED]);
  lode_paint_print(out, LODE_INK_STRONG, " ~%zu", counts[LODE_CHANGE_CHANGED]);
}

static bool same_text(lode_str a, lode_str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Each rule once, at its first change. */
static bool is_first(const lode_changes *changes, size_t at) {
  lode_str rule = lode_change_of(&changes->items[at])->rule;
  for (size_t i = 0; i < at; i++)
    if (same_text(lode_change_of(&changes->items[i])->rule, rule)) return false;
  return true;
}

void lode_changes_put_summary(lode_paint *out, const lode_changes *changes) {
  size_t counts[3] = {0};
  for (size_t i = 0; i < changes->count; i++) counts[changes->items[i].kind]++;
  put_counts(out, counts);
  lode_paint_print(out, LODE_INK_DIM, "  (%zu unchanged)\n", changes->same);
  for (size_t i = 0; i < changes->count; i++) {
    /* Changes of one kind and rule stand together, so only the first of a run need be looked at. */
    if (i > 0 && same_text(lode_change_of(&changes->items[i])->rule, lode_change_of(&changes->items[i - 1])->rule))
      continue;
    if (!is_first(changes, i)) continue;
    lode_str rule = lode_change_of(&changes->items[i])->rule;
    memset(counts, 0, sizeof counts);
    for (size_t k = i; k < changes->count; k++)
      if (same_text(lode_change_of(&changes->items[k])->rule, rule)) counts[changes->items[k].kind]++;
    lode_paint_print(out, LODE_INK_PLAIN, "   ");
    put_counts(out, counts);
    lode_paint_print(out, LODE_INK_PLAIN, "  ");
    lode_paint_text(out, LODE_INK_PLAIN, rule.ptr, rule.len);
    lode_paint_end(out);
  }
}

static void put_inner(lode_paint *out, lode_ink ink, lode_str json) {
  if (json.len < 2) return;
  lode_str text = {json.ptr + 1, json.len - 2};
  bool cut = text.len > TEXT_BYTES;
  if (cut)
    for (text.len = TEXT_BYTES; text.len > 0 && (text.ptr[text.len] & 0xC0) == 0x80;) text.len--;
  lode_paint_text(out, ink, text.ptr, text.len);
  if (cut) lode_paint_print(out, LODE_INK_DIM, " ...");
}

static void put_field(lode_paint *out, lode_json_value name, lode_str value) {
  lode_paint_text(out, LODE_INK_LINE, name.text.ptr + 1, name.text.len - 2);
  lode_paint_print(out, LODE_INK_PLAIN, " = ");
  lode_paint_text(out, LODE_INK_PLAIN, value.ptr, value.len);
}

static void put_head(lode_paint *out, lode_ink ink, const char *sign, const lode_found *found) {
  lode_json_value line;
  lode_paint_print(out, ink, "%s ", sign);
  put_inner(out, LODE_INK_PAGE, found->page);
  if (lode_json_get(found->record, "line", &line))
    lode_paint_print(out, LODE_INK_LINE, ":%.*s", (int)line.text.len, line.text.ptr);
  lode_paint_print(out, LODE_INK_PLAIN, " ");
  lode_paint_text(out, LODE_INK_DIM, found->rule.ptr, found->rule.len);
  lode_paint_print(out, LODE_INK_PLAIN, "  ");
  put_inner(out, ink, found->text);
  lode_paint_end(out);
}

void lode_found_put(lode_paint *out, lode_ink ink, const char *sign, const lode_found *found) {
  lode_json_iter members = lode_json_iter_of(found->record);
  lode_json_value name, value;
  bool any = false;
  put_head(out, ink, sign, found);
  while (lode_json_next(&members, &name, &value)) {
    if (!lode_found_is_field(name)) continue;
    lode_paint_print(out, LODE_INK_PLAIN, any ? ", " : "    ");
    put_field(out, name, value.text);
    any = true;
  }
  if (any) lode_paint_end(out);
}

/* The value of that member in the other record, which may write the name with other escapes: compared as bytes. */
static lode_str value_in(const lode_found *found, lode_json_value name) {
  lode_json_iter members = lode_json_iter_of(found->record);
  lode_json_value other, value;
  while (lode_json_next(&members, &other, &value))
    if (same_text(other.text, name.text)) return value.text;
  return LODE_STR("");
}

static void put_differences(lode_paint *out, const lode_found *before, const lode_found *after) {
  lode_json_iter members = lode_json_iter_of(before->record);
  lode_json_value name, value;
  while (lode_json_next(&members, &name, &value)) {
    lode_str now = value_in(after, name);
    bool told =
        lode_json_equals(name, "rule", 4) || lode_json_equals(name, "start", 5) || lode_json_equals(name, "end", 3);
    if (told || same_text(now, value.text)) continue;
    lode_paint_print(out, LODE_INK_PLAIN, "    ");
    put_field(out, name, value.text);
    lode_paint_print(out, LODE_INK_STRONG, " -> ");
    if (now.len > 0) lode_paint_text(out, LODE_INK_PLAIN, now.ptr, now.len);
    else lode_paint_print(out, LODE_INK_DIM, "nothing");
    lode_paint_end(out);
  }
  members = lode_json_iter_of(after->record);
  while (lode_json_next(&members, &name, &value)) {
    if (!lode_found_is_field(name) || value_in(before, name).len > 0) continue;
    lode_paint_print(out, LODE_INK_PLAIN, "    ");
    put_field(out, name, value.text);
    lode_paint_print(out, LODE_INK_DIM, " (before: nothing)");
    lode_paint_end(out);
  }
}

void lode_changes_put(lode_paint *out, const lode_change *change) {
  if (change->kind != LODE_CHANGE_CHANGED) {
    lode_found_put(out, inks[change->kind], signs[change->kind], lode_change_of(change));
    return;
  }
  put_head(out, inks[change->kind], signs[change->kind], change->after);
  put_differences(out, change->before, change->after);
}
