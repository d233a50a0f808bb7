#include "furnish.h"

#include "clean.h"
#include "file.h"
#include "hash.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LIST = 1 << 30 };

/* What the finishing worker holds: the source that it is in, and the list so far. */
typedef struct learner {
  lode_buf source, list;
  uint64_t pages;
} learner;

static int count_key(void *ud, lode_str key, lode_err *err) {
  return lode_sink_count(ud, 0, key, 1, err);
}

static int count_page(void *ud, lode_page *page, lode_sink *sink, lode_err *err) {
  (void)ud;
  int code = lode_clean(page, err);
  return code != 0 ? code : lode_furniture_keys(page, count_key, sink, err);
}

/* Keys come sorted: a source with no line first, which says how many pages it has, then its lines. */
static int learn_key(learner *self, lode_str key, uint64_t count, lode_err *err) {
  const char *tab = memchr(key.ptr, '\t', key.len);
  if (tab == NULL) return lode_fail(err, LODE_E_INPUT, "the counts are damaged");
  lode_str source = {key.ptr, (size_t)(tab - key.ptr)}, line = {tab + 1, key.len - source.len - 1};
  if (line.len == 0) {
    self->source.len = 0;
    self->pages = count;
    return lode_buf_add(&self->source, source.ptr, source.len, err);
  }
  bool same = self->source.len == source.len && memcmp(self->source.ptr, source.ptr, source.len) == 0;
  if (!same || !lode_furniture_is_many(line, count, self->pages)) return 0;
  int code = lode_buf_printf(&self->list, err, "%" PRIu64 "\t", count);
  if (code == 0) code = lode_buf_add(&self->list, key.ptr, key.len, err);
  return code != 0 ? code : lode_buf_byte(&self->list, '\n', err);
}

static int finish(void *ud, const lode_totals *totals, lode_sink *sink, lode_err *err) {
  learner *self = ud;
  lode_reader in = lode_reader_of(totals->counts.ptr, totals->counts.len);
  int code = 0;
  while (code == 0 && in.ptr < in.end) {
    lode_str key = lode_read_str(&in);
    uint64_t count = lode_read_u64(&in);
    if (in.bad || key.len < LODE_COUNTER_PREFIX) return lode_fail(err, LODE_E_INPUT, "the counts are damaged");
    code = learn_key(self, (lode_str){key.ptr + LODE_COUNTER_PREFIX, key.len - LODE_COUNTER_PREFIX}, count, err);
  }
  if (code != 0 || totals->counts.len > 0) return code;
  static const char head[] = "# Lines that recur on many pages of a source: PAGES, SOURCE, LINE (every number is 0).\n";
  code = lode_buf_add(&sink->records, head, sizeof head - 1, err);
  if (code == 0 && self->list.len > 0) code = lode_buf_add(&sink->records, self->list.ptr, self->list.len, err);
  sink->record_count++;
  return code;
}

static int learn(const lode_run_options *options, const char *path, lode_err *err) {
  if (lode_inputs_has_standard(options->inputs))
    return lode_fail(err, LODE_E_USAGE,
                     "--furniture reads the input twice, and standard input can be read once: give files, "
                     "or a list that is there");
  learner state = {{0}, {0}, 0};
  lode_run_result result = {0};
  lode_run_options o = *options;
  o.host = (lode_host_options){
      .library = options->host.library, .lists = options->host.lists, .memory = options->host.memory};
  o.page = count_page;
  o.finish = finish;
  o.take = NULL;
  o.ud = &state;
  o.signature = "furniture";
  o.half = (lode_half)0;
  o.cut_text = false;
  o.furniture = NULL;
  o.output = path;
  o.errors = NULL;
  o.resume = false;
  o.restart = true;
  o.limit = o.sample = 0;
  o.say = NULL;
  o.progress = NULL;
  int code = lode_run(&o, &result, err);
  lode_buf_free(&state.source);
  lode_buf_free(&state.list);
  if (code == 0 && result.signal != 0) return lode_fail(err, LODE_E_CLOSED, "interrupted while learning %s", path);
  return code;
}

int lode_furnish(const lode_run_options *options, const char *path, lode_furniture **out, uint64_t *hash,
                 lode_err *err) {
  lode_buf text = {0};
  int code = access(path, F_OK) == 0 ? 0 : learn(options, path, err);
  if (code == 0) code = lode_file_read(path, MOST_LIST, &text, err);
  if (code == 0) code = lode_furniture_read(out, (lode_str){text.ptr == NULL ? "" : text.ptr, text.len}, err);
  if (code != 0 && err != NULL && err->code == LODE_E_INPUT) lode_err_at(err, path, err->line, LODE_NO_BYTE);
  *hash = lode_hash64(text.ptr, text.len, 0);
  lode_buf_free(&text);
  return code;
}
