/* A page as commands look at it: after its rules, and where the command wants them its records, in place of these. */
#include "rulebook.h"

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

void lode__look(lua_State *L) {
  lode_host *self = lode__host(L);
  lode__book *book = self->book;
  const lode_look *look = self->options.look;
  lode_sight sight = {.host = self, .page = self->page};
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
  if (look->page(look->ud, &sight, self->sink, &err) != 0) lode__raise(L, &err);
}
