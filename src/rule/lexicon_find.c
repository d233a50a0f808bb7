#include "distance.h"
#include "lexicon_form.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

void lode_lexicon_reader_init(lode_lexicon_reader *self, const lode_lexicon *lexicon, const lode_table *words,
                              uint32_t label, uint32_t near_label) {
  *self = (lode_lexicon_reader){.lexicon = lexicon, .words = words, .label = label, .near_label = near_label};
}

void lode_lexicon_reader_free(lode_lexicon_reader *self) {
  free(self->by_word);
  free(self->near_of);
  free(self->near);
  lode_buf_free(&self->form);
  lode_lexicon_reader_init(self, self->lexicon, self->words, self->label, self->near_label);
}

/* Items for `cap` words, all zero from `used` on; NULL with the old ones intact. */
static void *grow_words(void *items, size_t used, size_t cap, size_t size, lode_err *err) {
  char *next = realloc(items, lode_size_mul(cap, size));
  if (next == NULL) lode_fail(err, LODE_E_NOMEM, "out of memory: a lexicon's %zu words", cap);
  else memset(next + used * size, 0, (cap - used) * size);
  return next;
}

static int grow_reader(lode_lexicon_reader *self, lode_err *err) {
  size_t cap = lode_size_grow(self->by_word_cap, self->words->count);
  if (self->by_word_cap >= self->words->count) return 0;
  lode_lexicon_known *next = grow_words(self->by_word, self->by_word_cap, cap, sizeof *next, err);
  if (next == NULL) return LODE_E_NOMEM;
  self->by_word = next;
  if ((self->lexicon->flags & LODE_LEXICON_NEAR) != 0) {
    uint32_t *near_of = grow_words(self->near_of, self->by_word_cap, cap, sizeof *near_of, err);
    if (near_of == NULL) return LODE_E_NOMEM;
    self->near_of = near_of;
  }
  self->by_word_cap = (uint32_t)cap;
  return 0;
}

static uint32_t length(const lode_lexicon *self, uint32_t phrase) {
  return self->starts[phrase + 1] - self->starts[phrase];
}

static void set_range(const lode_lexicon *self, uint32_t word, lode_lexicon_known *out) {
  out->low = self->first[word];
  out->high = self->first[word + 1];
  out->singles = 0;
  while (out->low + out->singles < out->high && length(self, out->low + out->singles) <= 1) out->singles++;
}

/* The lexicon's word of the worker's word, asked once. */
static int ask_word(lode_lexicon_reader *self, uint32_t word, lode_lexicon_known **out, lode_err *err) {
  lode_lexicon_known *known = *out = &self->by_word[word];
  if (known->word != 0) return 0;
  lode_str form = lode_table_get(self->words, word);
  if ((self->lexicon->flags & LODE_LEXICON_ACCENTS) != 0) {
    int code = lode__lexicon_form(self->lexicon->flags, form, &self->form, err);
    if (code != 0) return code;
    form = (lode_str){self->form.len == 0 ? "" : self->form.ptr, self->form.len};
  }
  uint32_t id = lode_lexicon_word(self->lexicon, form);
  known->word = id == LODE_NO_ID ? 1 : id + 2;
  if (id != LODE_NO_ID) set_range(self->lexicon, id, known);
  return 0;
}

/* The first phrase in [low, high), which agree in their first `depth` words and are longer, whose next word is at
 * least `word`. */
static uint32_t lower(const lode_lexicon *self, uint32_t low, uint32_t high, uint32_t depth, uint32_t word) {
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (self->words[self->starts[mid] + depth] < word) low = mid + 1;
    else high = mid;
  }
  return low;
}

static bool may_follow(const lode_lexicon *self, uint32_t first, uint32_t second) {
  uint32_t bit = lode__pair_hash(first, second) & self->pair_mask;
  return (self->pairs[bit / 32] >> (bit % 32) & 1) != 0;
}

typedef struct search {
  lode_lexicon_reader *reader;
  uint32_t number; /* of the lexicon */
  const lode_page *page;
  lode_annotations *out;
  uint32_t at, end; /* tokens: the start, and the end of its paragraph */
  lode_err *err;
} search;

/* CASE: do the tokens stand there as the phrase is written? */
static int is_written(const search *self, uint32_t phrase, uint32_t count, bool *same) {
  const lode_lexicon *lexicon = self->reader->lexicon;
  const char *want = lexicon->written_bytes + lexicon->written[phrase];
  size_t left = lexicon->written[phrase + 1] - lexicon->written[phrase];
  *same = false;
  for (uint32_t i = 0; i < count; i++) {
    const lode_token *t = &self->page->tokens.items[self->at + i];
    lode_str form = {self->page->content + t->begin, t->end - t->begin};
    if ((lexicon->flags & LODE_LEXICON_ACCENTS) != 0) {
      int code = lode__lexicon_form(lexicon->flags, form, &self->reader->form, self->err);
      if (code != 0) return code;
      form = (lode_str){self->reader->form.ptr, self->reader->form.len};
    }
    if (left < form.len + 1 || memcmp(want, form.ptr, form.len) != 0 || want[form.len] != '\n') return 0;
    want += form.len + 1;
    left -= form.len + 1;
  }
  *same = left == 0;
  return 0;
}

/* Phrases [low, low + count) of `depth` words stand here. */
static int report(search *self, uint32_t low, uint32_t count, uint32_t depth, bool bent) {
  const lode_lexicon *lexicon = self->reader->lexicon;
  int code = 0;
  for (uint32_t p = low; p < low + count && code == 0; p++) {
    bool same = true;
    if ((lexicon->flags & LODE_LEXICON_CASE) != 0) code = is_written(self, p, depth, &same);
    if (code != 0 || !same) continue;
    lode_annotation found = {.begin = self->at,
                             .end = self->at + depth,
                             .match = LODE_NO_ID,
                             .fields = (uint64_t)self->number << 32 | lexicon->entries[p]};
    code = lode_annotations_add(self->out, bent ? self->reader->near_label : self->reader->label, found, self->err);
  }
  return code;
}

static uint32_t count_ending(const lode_lexicon *self, uint32_t low, uint32_t high, uint32_t depth) {
  uint32_t n = 0;
  while (low + n < high && length(self, low + n) <= depth) n++;
  return n;
}

static int find_at(search *self, const lode_lexicon_known *first) {
  const lode_lexicon *lexicon = self->reader->lexicon;
  uint32_t low = first->low, high = first->high, ending = first->singles;
  for (uint32_t depth = 1;; depth++) {
    int code = ending == 0 ? 0 : report(self, low, ending, depth, false);
    low += ending;
    if (code != 0 || low >= high || self->at + depth == self->end) return code;
    lode_lexicon_known *next;
    code = ask_word(self->reader, self->page->tokens.items[self->at + depth].word, &next, self->err);
    if (code != 0 || next->word == 1) return code;
    if (depth == 1 && !may_follow(lexicon, first->word - 2, next->word - 2)) return 0;
    low = lower(lexicon, low, high, depth, next->word - 2);
    high = lower(lexicon, low, high, depth, next->word - 1);
    ending = count_ending(lexicon, low, high, depth + 1);
  }
}

/* --- one edit away --- */

static int keep_near(lode_lexicon_reader *self, uint32_t value, lode_err *err) {
  if (self->near_count == self->near_cap) {
    size_t cap = lode_size_grow(self->near_cap, 256);
    uint32_t *next = cap > UINT32_MAX ? NULL : realloc(self->near, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: words like those of a lexicon");
    self->near = next;
    self->near_cap = (uint32_t)cap;
  }
  self->near[self->near_count++] = value;
  return 0;
}

static bool is_listed(const lode_lexicon_reader *self, uint32_t list, uint32_t word) {
  for (uint32_t i = list + 1; i < self->near_count; i++)
    if (self->near[i] == word) return true;
  return false;
}

/* The lexicon's words one edit away from the worker's word: a list in `near`, asked once. */
static int ask_near(lode_lexicon_reader *self, uint32_t word, uint32_t *list, lode_err *err) {
  const lode_lexicon *lexicon = self->lexicon;
  *list = self->near_of[word] - 1;
  if (self->near_of[word] != 0) return 0;
  lode_str form = lode_table_get(self->words, word);
  lode_lexicon_known *known;
  uint32_t hashes[LODE__NEAR_BYTES + 1];
  int code = ask_word(self, word, &known, err);
  *list = self->near_count;
  if (code == 0) code = keep_near(self, 0, err);
  if (code != 0 || known->word != 1 || form.len > LODE__NEAR_BYTES ||
      lode__letters(form) + 1 < LODE_LEXICON_NEAR_LETTERS) {
    if (code == 0) self->near_of[word] = *list + 1;
    return code;
  }
  if ((lexicon->flags & LODE_LEXICON_ACCENTS) != 0) {
    code = lode__lexicon_form(lexicon->flags, form, &self->form, err);
    form = (lode_str){self->form.ptr, self->form.len};
  }
  size_t count = code == 0 ? lode__deletions(form, hashes) : 0;
  for (size_t i = 0; i < count && code == 0; i++) {
    uint32_t bucket = hashes[i] & lexicon->near_mask;
    for (uint32_t n = lexicon->near_starts[bucket]; n < lexicon->near_starts[bucket + 1] && code == 0; n++) {
      uint32_t begin = lexicon->offsets[lexicon->near[n]], distance = 2;
      lode_str other = {lexicon->bytes + begin, lexicon->offsets[lexicon->near[n] + 1] - begin};
      if (is_listed(self, *list, lexicon->near[n])) continue;
      code = lode_damerau(form, other, &distance, err);
      if (code == 0 && distance == 1) code = keep_near(self, lexicon->near[n], err);
    }
  }
  self->near[*list] = self->near_count - *list - 1;
  if (code == 0) self->near_of[word] = *list + 1;
  return code;
}

/* Phrases of [low, high) that go on with the tokens behind `depth`, with exactly one word bent in all. */
static int find_bent(search *self, uint32_t low, uint32_t high, uint32_t depth, bool bent) {
  const lode_lexicon *lexicon = self->reader->lexicon;
  if (depth > 0) {
    uint32_t ending = count_ending(lexicon, low, high, depth);
    int code = bent ? report(self, low, ending, depth, true) : 0;
    low += ending;
    if (code != 0) return code;
  }
  if (low >= high || self->at + depth == self->end) return 0;
  uint32_t token_word = self->page->tokens.items[self->at + depth].word, list;
  lode_lexicon_known *exact;
  int code = ask_word(self->reader, token_word, &exact, self->err);
  if (code == 0 && exact->word != 1) {
    uint32_t from = lower(lexicon, low, high, depth, exact->word - 2);
    return find_bent(self, from, lower(lexicon, from, high, depth, exact->word - 1), depth + 1, bent);
  }
  if (code != 0 || bent) return code;
  code = ask_near(self->reader, token_word, &list, self->err);
  uint32_t count = code == 0 ? self->reader->near[list] : 0;
  for (uint32_t i = 0; i < count && code == 0; i++) {
    uint32_t word = self->reader->near[list + 1 + i], from = lower(lexicon, low, high, depth, word);
    code = find_bent(self, from, lower(lexicon, from, high, depth, word + 1), depth + 1, true);
  }
  return code;
}

/* --- all lexicons of a worker --- */

enum { ASKED = 0x80, READER_BITS = 7 };

void lode_lexicon_set_init(lode_lexicon_set *self, lode_lexicon_reader *readers, uint32_t count,
                           const lode_table *words) {
  *self = (lode_lexicon_set){.readers = readers, .count = count, .words = words};
}

void lode_lexicon_set_free(lode_lexicon_set *self) {
  for (uint32_t i = 0; i < self->count; i++) lode_lexicon_reader_free(&self->readers[i]);
  free(self->begins);
  self->begins = NULL;
  self->begins_cap = 0;
}

void lode_lexicon_set_forget(lode_lexicon_set *self) {
  if (self->begins != NULL) memset(self->begins, 0, self->begins_cap);
  for (uint32_t i = 0; i < self->count; i++) {
    lode_lexicon_reader *reader = &self->readers[i];
    if (reader->by_word != NULL) memset(reader->by_word, 0, reader->by_word_cap * sizeof *reader->by_word);
    if (reader->near_of != NULL) memset(reader->near_of, 0, reader->by_word_cap * sizeof *reader->near_of);
    reader->near_count = 0;
  }
}

static int grow_set(lode_lexicon_set *self, lode_err *err) {
  int code = 0;
  for (uint32_t i = 0; i < self->count && code == 0; i++) code = grow_reader(&self->readers[i], err);
  if (code != 0 || self->begins_cap >= self->words->count) return code;
  size_t cap = lode_size_grow(self->begins_cap, self->words->count);
  uint8_t *next = grow_words(self->begins, self->begins_cap, cap, 1, err);
  if (next == NULL) return LODE_E_NOMEM;
  self->begins = next;
  self->begins_cap = (uint32_t)cap;
  return 0;
}

static int ask_begins(lode_lexicon_set *self, uint32_t word, lode_err *err) {
  uint8_t bits = ASKED;
  for (uint32_t i = 0; i < self->count; i++) {
    lode_lexicon_reader *reader = &self->readers[i];
    lode_lexicon_known *known;
    uint32_t list;
    int code = ask_word(reader, word, &known, err);
    bool begins = known->word != 1 && known->low < known->high;
    if (code == 0 && (reader->lexicon->flags & LODE_LEXICON_NEAR) != 0 && !begins) {
      code = ask_near(reader, word, &list, err);
      begins = code == 0 && reader->near[list] > 0;
    }
    if (code != 0) return code;
    if (begins) bits |= (uint8_t)(1 << i % READER_BITS);
  }
  self->begins[word] = bits;
  return 0;
}

static int find_all(lode_lexicon_set *self, search *place, uint8_t bits) {
  uint32_t word = place->page->tokens.items[place->at].word;
  int code = 0;
  for (uint32_t i = 0; i < self->count && code == 0; i++) {
    lode_lexicon_reader *reader = place->reader = &self->readers[i];
    place->number = i;
    lode_lexicon_known *first;
    if ((bits >> i % READER_BITS & 1) == 0) continue;
    code = ask_word(reader, word, &first, place->err);
    if (code == 0 && first->word != 1) code = find_at(place, first);
    if (code == 0 && (reader->lexicon->flags & LODE_LEXICON_NEAR) != 0)
      code = find_bent(place, 0, reader->lexicon->phrase_count, 0, false);
  }
  return code;
}

int lode_lexicon_set_annotate(lode_lexicon_set *self, const lode_page *page, lode_annotations *out, lode_err *err) {
  int code = self->count == 0 ? 0 : grow_set(self, err);
  search place = {.page = page, .out = out, .err = err};
  for (size_t i = 0; i < page->paragraph_count && code == 0 && self->count > 0; i++) {
    place.end = page->paragraphs[i].first_token + page->paragraphs[i].token_count;
    for (place.at = page->paragraphs[i].first_token; place.at < place.end && code == 0; place.at++) {
      uint32_t word = page->tokens.items[place.at].word;
      if (self->begins[word] == 0) code = ask_begins(self, word, err);
      if (code == 0 && self->begins[word] != ASKED) code = find_all(self, &place, self->begins[word]);
    }
  }
  for (uint32_t i = 0; i < self->count && code == 0; i++) {
    code = lode_annotations_seal(out, self->readers[i].label, err);
    if (code == 0 && (self->readers[i].lexicon->flags & LODE_LEXICON_NEAR) != 0)
      code = lode_annotations_seal(out, self->readers[i].near_label, err);
  }
  return code;
}
