/* A page as commands look at it: after its rules, and where the command wants them its records, in place of these. */
#include "rulebook.h"

#include <stdio.h>
#include <string.h>

/* The page's records so far, out of the sink. */
static lode_str take_records(lua_State *L) {
  lode_host *self = lode__host(L);
  lode_sink *sink = self->sink;
  size_t begin = sink->kept.records;
  self->text.len = 0;
  if (sink->records.len > begin)
    lode__check(L, lode_buf_add(&self->text, sink->records.ptr + begin, sink->records.len - begin, NULL), NULL);
  sink->records.len = begin;
  sink->record_count = sink->kept.record_count;
  return (lode_str){self->text.ptr, self->text.len};
}

/* lode.why(span, reason): kept for lode why, which shows it at the span; at all other times it is nothing.  A reason
 * that costs something to make is a function. */
int lode__why(lua_State *L) {
  lode_host *self = lode__host(L);
  const lode_look *look = self->options.look;
  if (look == NULL || !look->trace || self->stage != LODE__PAGE) return 0;
  if (lode__test_span(L, 1) == NULL)
    return luaL_error(L, "lode.why takes a span and a reason, not a %s", lode__type_name(L, 1));
  const lode__span *span = lode__check_span(L, 1);
  lua_settop(L, 2);
  if (lua_isfunction(L, 2)) lua_call(L, 0, 1);
  lode_str reason = lode__check_text(L, 2);
  lode__place place = {.line = 0};
  char where[600] = "";
  if (lode__where(L, &place)) snprintf(where, sizeof where, "%s:%d", place.path, place.line);
  lode_buf *out = &self->why;
  int code = lode_buf_u32(out, span->begin, NULL);
  if (code == 0) code = lode_buf_u32(out, span->end, NULL);
  if (code == 0) code = lode_buf_str(out, (lode_str){where, strlen(where)}, NULL);
  if (code == 0) code = lode_buf_str(out, reason, NULL);
  lode__check(L, code, NULL);
  return 0;
}

void lode__look(lua_State *L, double rank) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  const lode_look *look = self->options.look;
  lode_sight sight = {.host = self, .page = self->page, .rank = rank};
  lode_err err;
  lode_err_clear(&err);
  if (book->count > 0) {
    if (!look->records) lode__match_page(L);
    sight.rules = &book->rules;
    sight.matcher = &book->matcher;
  } else {
    lode__check(L, lode_page_tokens(self->page, &err), &err);
  }
  if (look->records) sight.records = take_records(L);
  sight.notes = (lode_str){self->why.ptr, self->why.len};
  if (look->page(look->ud, &sight, self->sink, &err) != 0) lode__raise(L, &err);
}
