#include "lexicon.h"

#include "fold.h"
#include "hash.h"
#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The image: this many numbers of 32 bits, then the arrays in the order of lode_lexicon, the bytes last. */
enum { MAGIC = 0x314C444C, HEAD = 8 };
enum { HEAD_MAGIC, HEAD_FLAGS, HEAD_WORDS, HEAD_PHRASES, HEAD_SLOTS, HEAD_PARTS, HEAD_BYTES, HEAD_SEED };
static const uint32_t SEED = 0x6C6F6465;

static uint32_t hash_form(const char *bytes, size_t len) {
  return (uint32_t)lode_hash64(bytes, len, SEED);
}

void lode_lexicon_builder_init(lode_lexicon_builder *self, unsigned flags) {
  *self = (lode_lexicon_builder){.flags = flags};
  lode_table_init(&self->forms, SEED);
}

void lode_lexicon_builder_free(lode_lexicon_builder *self) {
  lode_table_free(&self->forms);
  lode_tokens_free(&self->tokens);
  lode_buf_free(&self->scratch);
  lode_buf_free(&self->form);
  free(self->words);
  free(self->phrases);
  lode_lexicon_builder_init(self, self->flags);
}

/* The form that a lexicon with these flags compares, from the form as written. */
static int make_form(unsigned flags, lode_str written, lode_buf *out, lode_err *err) {
  unsigned fold = (flags & LODE_LEXICON_ACCENTS) != 0 ? LODE_FOLD_ACCENTS : 0;
  out->len = 0;
  if ((flags & LODE_LEXICON_CASE) != 0) return lode_fold(written.ptr, written.len, fold, out, NULL, err);
  int code = lode_fold_token(written.ptr, written.len, out, err);
  if (code != 0 || fold == 0) return code;
  lode_buf plain = {0};
  code = lode_fold(out->ptr, out->len, fold, &plain, NULL, err);
  lode_buf_free(out);
  *out = plain;
  return code;
}

static int grow_builder(lode_lexicon_builder *self, size_t words, lode_err *err) {
  size_t need = lode_size_add(self->word_count, words);
  if (need > UINT32_MAX || self->phrase_count >= UINT32_MAX - 1)
    return lode_fail(err, LODE_E_LIMIT, "a lexicon of more than 4,294,967,294 phrases or words in phrases");
  if (need > self->word_cap) {
    size_t cap = lode_size_grow(self->word_cap, need + 1024);
    uint32_t *next = realloc(self->words, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu words of a lexicon", cap);
    self->words = next;
    self->word_cap = cap;
  }
  if (self->phrase_count == self->phrase_cap) {
    size_t cap = lode_size_grow(self->phrase_cap, 1024);
    lode_lexicon_phrase *next = realloc(self->phrases, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu phrases of a lexicon", cap);
    self->phrases = next;
    self->phrase_cap = cap;
  }
  return 0;
}

static int add_form(lode_lexicon_builder *self, lode_str phrase, const lode_token *token, uint32_t *word,
                    lode_err *err) {
  *word = token->word;
  if (self->flags == 0) return 0;
  int code = make_form(self->flags, (lode_str){phrase.ptr + token->begin, token->end - token->begin}, &self->form, err);
  if (code != 0) return code;
  *word = lode_table_add(&self->forms, self->form.len == 0 ? "" : self->form.ptr, self->form.len, NULL, err);
  return *word == LODE_NO_ID ? LODE_E_NOMEM : 0;
}

int lode_lexicon_builder_add(lode_lexicon_builder *self, lode_str phrase, uint32_t entry, bool *added, lode_err *err) {
  /* The tokenizer's marks and forms made here cannot share a table: it interns only where its own forms will do. */
  bool plain = self->flags == 0;
  lode_interning words = {.table = plain ? &self->forms : NULL, .scratch = &self->scratch, .lists = self->lists};
  *added = false;
  self->tokens.count = self->tokens.sentence_count = 0;
  int code = lode_tokenize_words(phrase.ptr, phrase.len, 0, &words, &self->tokens, err);
  if (code == 0) code = grow_builder(self, self->tokens.count, err);
  if (code != 0 || self->tokens.count == 0) return code;
  size_t first = self->word_count;
  for (size_t i = 0; i < self->tokens.count && code == 0; i++)
    code = add_form(self, phrase, &self->tokens.items[i], &self->words[first + i], err);
  if (code != 0) return code;
  self->word_count += self->tokens.count;
  self->phrases[self->phrase_count++] = (lode_lexicon_phrase){(uint32_t)first, (uint32_t)self->tokens.count, entry};
  *added = true;
  return 0;
}

/* --- writing --- */

typedef struct sortable {
  const uint32_t *words;
  uint32_t count, entry, order;
} sortable;

static int compare_phrases(const void *a, const void *b) {
  const sortable *x = a, *y = b;
  uint32_t shared = x->count < y->count ? x->count : y->count;
  for (uint32_t i = 0; i < shared; i++)
    if (x->words[i] != y->words[i]) return x->words[i] < y->words[i] ? -1 : 1;
  if (x->count != y->count) return x->count < y->count ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Number the forms that phrases use, in order of use: the tokenizer's other keys stay behind.  Returns the count. */
static uint32_t number_words(const lode_lexicon_builder *self, uint32_t *number, uint32_t *form_of) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < self->forms.count; i++) number[i] = LODE_NO_ID;
  for (size_t i = 0; i < self->word_count; i++) {
    uint32_t form = self->words[i];
    if (number[form] != LODE_NO_ID) continue;
    form_of[count] = form;
    number[form] = count++;
  }
  return count;
}

static void fill_vocabulary(const lode_lexicon_builder *self, const uint32_t *form_of, uint32_t count, uint32_t *slots,
                            uint32_t mask, uint32_t *offsets, char *bytes) {
  uint32_t used = 0;
  for (uint32_t w = 0; w < count; w++) {
    lode_str form = lode_table_get(&self->forms, form_of[w]);
    uint32_t at = hash_form(form.ptr, form.len) & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = w + 1;
    offsets[w] = used;
    if (form.len != 0) memcpy(bytes + used, form.ptr, form.len);
    used += (uint32_t)form.len;
  }
  offsets[count] = used;
}

static void fill_phrases(const sortable *sorted, uint32_t count, uint32_t word_count, uint32_t *first, uint32_t *starts,
                         uint32_t *entries, uint32_t *words) {
  uint32_t used = 0, word = 0;
  for (uint32_t p = 0; p < count; p++) {
    while (word <= sorted[p].words[0]) first[word++] = p;
    starts[p] = used;
    entries[p] = sorted[p].entry;
    memcpy(words + used, sorted[p].words, sorted[p].count * sizeof *words);
    used += sorted[p].count;
  }
  while (word <= word_count) first[word++] = count;
  starts[count] = used;
}

static int write_image(const lode_lexicon_builder *self, const sortable *sorted, const uint32_t *form_of,
                       uint32_t words, lode_buf *out, lode_err *err) {
  size_t bytes = 0, slots = 16, phrases = self->phrase_count;
  for (uint32_t w = 0; w < words; w++) bytes = lode_size_add(bytes, lode_table_get(&self->forms, form_of[w]).len);
  while (slots < (size_t)words * 2) slots *= 2;
  if (bytes > UINT32_MAX || slots > UINT32_MAX) return lode_fail(err, LODE_E_LIMIT, "a lexicon's words take 4 GiB");
  size_t numbers = HEAD + slots + 2 * ((size_t)words + 1) + 2 * phrases + 1 + self->word_count;
  size_t size = lode_size_add(lode_size_mul(numbers, sizeof(uint32_t)), bytes);
  uint32_t *image = calloc(size, 1);
  if (image == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: a lexicon of %zu bytes", size);
  uint32_t head[HEAD] = {
      MAGIC, self->flags, words, (uint32_t)phrases, (uint32_t)slots, (uint32_t)self->word_count, (uint32_t)bytes, SEED};
  memcpy(image, head, sizeof head);
  uint32_t *offsets = image + HEAD + slots, *first = offsets + words + 1, *starts = first + words + 1;
  uint32_t *entries = starts + phrases + 1, *parts = entries + phrases;
  fill_vocabulary(self, form_of, words, image + HEAD, (uint32_t)slots - 1, offsets, (char *)(parts + self->word_count));
  fill_phrases(sorted, (uint32_t)phrases, words, first, starts, entries, parts);
  int code = lode_buf_add(out, image, size, err);
  free(image);
  return code;
}

int lode_lexicon_builder_write(lode_lexicon_builder *self, lode_buf *out, lode_err *err) {
  size_t forms = (size_t)self->forms.count + 1;
  uint32_t *number = malloc(lode_size_mul(forms, 2 * sizeof *number));
  uint32_t *words = malloc(lode_size_mul(self->word_count + 1, sizeof *words));
  sortable *sorted = malloc(lode_size_mul(self->phrase_count + 1, sizeof *sorted));
  int code = 0;
  if (number == NULL || words == NULL || sorted == NULL) {
    code = lode_fail(err, LODE_E_NOMEM, "out of memory: sorting %zu phrases", self->phrase_count);
  } else {
    uint32_t count = number_words(self, number, number + forms);
    for (size_t i = 0; i < self->word_count; i++) words[i] = number[self->words[i]];
    for (size_t i = 0; i < self->phrase_count; i++) {
      lode_lexicon_phrase p = self->phrases[i];
      sorted[i] = (sortable){words + p.first, p.count, p.entry, (uint32_t)i};
    }
    if (self->phrase_count > 1) qsort(sorted, self->phrase_count, sizeof *sorted, compare_phrases);
    code = write_image(self, sorted, number + forms, count, out, err);
  }
  free(number);
  free(words);
  free(sorted);
  return code;
}

/* --- reading --- */

static bool rises(const uint32_t *items, uint32_t count, uint32_t last) {
  for (uint32_t i = 0; i < count; i++)
    if (items[i] > items[i + 1]) return false;
  return items[0] == 0 && items[count] == last;
}

static bool all_below(const uint32_t *items, uint32_t count, uint32_t bound) {
  for (uint32_t i = 0; i < count; i++)
    if (items[i] >= bound) return false;
  return true;
}

/* A free slot must be there, or looking for a word that is missing would not end. */
static bool has_free_slot(const uint32_t *slots, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (slots[i] == 0) return true;
  return false;
}

int lode_lexicon_open(lode_lexicon *self, lode_str image, lode_err *err) {
  const uint32_t *head = (const uint32_t *)(const void *)image.ptr;
  assert(((uintptr_t)image.ptr & 3) == 0);
  if (image.len < HEAD * sizeof *head || head[HEAD_MAGIC] != MAGIC || head[HEAD_SEED] != SEED)
    return lode_fail(err, LODE_E_INPUT, "this is no lexicon of this version: build it again");
  uint32_t words = head[HEAD_WORDS], phrases = head[HEAD_PHRASES], slots = head[HEAD_SLOTS], parts = head[HEAD_PARTS];
  uint64_t numbers = HEAD + (uint64_t)slots + 2 * ((uint64_t)words + 1) + 2 * (uint64_t)phrases + 1 + parts;
  if (numbers * sizeof *head + head[HEAD_BYTES] != image.len || slots == 0 || (slots & (slots - 1)) != 0)
    return lode_fail(err, LODE_E_INPUT, "the lexicon is cut or damaged: build it again");
  *self =
      (lode_lexicon){.flags = head[HEAD_FLAGS], .word_count = words, .phrase_count = phrases, .slot_mask = slots - 1};
  self->slots = head + HEAD;
  self->offsets = self->slots + slots;
  self->first = self->offsets + words + 1;
  self->starts = self->first + words + 1;
  self->entries = self->starts + phrases + 1;
  self->words = self->entries + phrases;
  self->bytes = (const char *)(self->words + parts);
  bool sound = rises(self->offsets, words, head[HEAD_BYTES]) && rises(self->first, words, phrases) &&
               rises(self->starts, phrases, parts) && all_below(self->slots, slots, words + 1) &&
               all_below(self->words, parts, words) && has_free_slot(self->slots, slots);
  return sound ? 0 : lode_fail(err, LODE_E_INPUT, "the lexicon is damaged: build it again");
}

uint32_t lode_lexicon_word(const lode_lexicon *self, lode_str form) {
  for (uint32_t at = hash_form(form.ptr, form.len);; at++) {
    uint32_t slot = self->slots[at & self->slot_mask];
    if (slot == 0) return LODE_NO_ID;
    uint32_t begin = self->offsets[slot - 1], len = self->offsets[slot] - begin;
    if (len == form.len && (len == 0 || memcmp(self->bytes + begin, form.ptr, len) == 0)) return slot - 1;
  }
}

void lode_lexicon_reader_init(lode_lexicon_reader *self, const lode_lexicon *lexicon, const lode_table *words) {
  *self = (lode_lexicon_reader){.lexicon = lexicon, .words = words};
}

void lode_lexicon_reader_free(lode_lexicon_reader *self) {
  free(self->by_word);
  free(self->page_words);
  lode_buf_free(&self->form);
  lode_lexicon_reader_init(self, self->lexicon, self->words);
}

void lode_lexicon_reader_forget(lode_lexicon_reader *self) {
  if (self->by_word != NULL) memset(self->by_word, 0, self->by_word_cap * sizeof *self->by_word);
}

static int grow_reader(lode_lexicon_reader *self, size_t tokens, lode_err *err) {
  if (self->by_word_cap < self->words->count) {
    size_t cap = lode_size_grow(self->by_word_cap, self->words->count);
    uint32_t *next = realloc(self->by_word, lode_size_mul(cap, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu words", cap);
    memset(next + self->by_word_cap, 0, (cap - self->by_word_cap) * sizeof *next);
    self->by_word = next;
    self->by_word_cap = (uint32_t)cap;
  }
  if (self->page_cap < tokens) {
    uint32_t *next = realloc(self->page_words, lode_size_mul(tokens, sizeof *next));
    if (next == NULL) return lode_fail(err, LODE_E_NOMEM, "out of memory: %zu tokens", tokens);
    self->page_words = next;
    self->page_cap = tokens;
  }
  return 0;
}

/* Folded forms are asked for once a word; a lexicon that minds case looks at each token as written. */
static int word_of_token(lode_lexicon_reader *self, const lode_page *page, const lode_token *t, uint32_t *out,
                         lode_err *err) {
  unsigned flags = self->lexicon->flags;
  lode_str written = {page->content + t->begin, t->end - t->begin}, form = lode_table_get(self->words, t->word);
  uint32_t *known = &self->by_word[t->word];
  if ((flags & LODE_LEXICON_CASE) == 0 && *known != 0) {
    *out = *known == 1 ? LODE_NO_ID : *known - 2;
    return 0;
  }
  if (flags != 0) {
    int code = make_form(flags, written, &self->form, err);
    if (code != 0) return code;
    form = (lode_str){self->form.len == 0 ? "" : self->form.ptr, self->form.len};
  }
  *out = lode_lexicon_word(self->lexicon, form);
  if ((flags & LODE_LEXICON_CASE) == 0) *known = *out == LODE_NO_ID ? 1 : *out + 2;
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

static uint32_t length(const lode_lexicon *self, uint32_t phrase) {
  return self->starts[phrase + 1] - self->starts[phrase];
}

static int find_at(lode_lexicon_reader *self, uint32_t at, uint32_t end, lode_annotations *out, uint32_t label,
                   lode_err *err) {
  const lode_lexicon *lexicon = self->lexicon;
  uint32_t low = lexicon->first[self->page_words[at]], high = lexicon->first[self->page_words[at] + 1];
  int code = 0;
  for (uint32_t depth = 1; low < high && code == 0; depth++) {
    for (; low < high && length(lexicon, low) <= depth && code == 0; low++)
      code = lode_annotations_add(
          out, label,
          (lode_annotation){.begin = at, .end = at + depth, .match = LODE_NO_ID, .fields = lexicon->entries[low]}, err);
    if (code != 0 || at + depth == end || self->page_words[at + depth] == LODE_NO_ID) break;
    uint32_t word = self->page_words[at + depth];
    low = lower(lexicon, low, high, depth, word);
    high = lower(lexicon, low, high, depth, word + 1);
  }
  return code;
}

int lode_lexicon_annotate(lode_lexicon_reader *self, const lode_page *page, lode_annotations *out, uint32_t label,
                          lode_err *err) {
  int code = grow_reader(self, page->tokens.count, err);
  for (size_t i = 0; i < page->tokens.count && code == 0; i++)
    code = word_of_token(self, page, &page->tokens.items[i], &self->page_words[i], err);
  for (size_t i = 0; i < page->paragraph_count && code == 0; i++) {
    uint32_t at = page->paragraphs[i].first_token, end = at + page->paragraphs[i].token_count;
    for (; at < end && code == 0; at++)
      if (self->page_words[at] != LODE_NO_ID) code = find_at(self, at, end, out, label, err);
  }
  return code;
}
