#include "lexicon.h"

#include "fold.h"
#include "lexicon_form.h"
#include "mem.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The image: this many numbers of 32 bits, then the arrays in the order of lode_lexicon, the bytes last. */
enum { MAGIC = 0x324C444C };
enum {
  HEAD_MAGIC,
  HEAD_FLAGS,
  HEAD_WORDS,
  HEAD_PHRASES,
  HEAD_SLOTS,
  HEAD_PARTS,
  HEAD_BYTES,
  HEAD_WRITTEN, /* bytes */
  HEAD_PAIRS,   /* words of bits */
  HEAD_BUCKETS, /* of NEAR */
  HEAD_NEAR,
  HEAD_SEED,
  HEAD
};

void lode_lexicon_builder_init(lode_lexicon_builder *self, unsigned flags) {
  *self = (lode_lexicon_builder){.flags = flags};
  lode_table_init(&self->forms, LODE__LEXICON_SEED);
}

void lode_lexicon_builder_free(lode_lexicon_builder *self) {
  lode_table_free(&self->forms);
  lode_tokens_free(&self->tokens);
  lode_buf_free(&self->scratch);
  lode_buf_free(&self->form);
  lode_buf_free(&self->written);
  free(self->words);
  free(self->phrases);
  lode_lexicon_builder_init(self, self->flags);
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
  if ((self->flags & LODE_LEXICON_ACCENTS) == 0) return 0;
  lode_buf folded = {0};
  int code = lode_fold_token(phrase.ptr + token->begin, token->end - token->begin, &folded, err);
  if (code == 0) code = lode__lexicon_form(self->flags, (lode_str){folded.ptr, folded.len}, &self->form, err);
  lode_buf_free(&folded);
  if (code != 0) return code;
  *word = lode_table_add(&self->forms, self->form.len == 0 ? "" : self->form.ptr, self->form.len, NULL, err);
  return *word == LODE_NO_ID ? LODE_E_NOMEM : 0;
}

/* The phrase as it must be written: a line a token. */
static int add_written(lode_lexicon_builder *self, lode_str phrase, const lode_token *token, lode_err *err) {
  int code = lode__lexicon_form(self->flags, (lode_str){phrase.ptr + token->begin, token->end - token->begin},
                                &self->form, err);
  if (code == 0) code = lode_buf_add(&self->written, self->form.ptr, self->form.len, err);
  return code != 0 ? code : lode_buf_byte(&self->written, '\n', err);
}

int lode_lexicon_builder_add(lode_lexicon_builder *self, lode_str phrase, uint32_t entry, bool *added, lode_err *err) {
  /* The tokenizer's marks and forms made here cannot share a table: it interns only where its own forms will do. */
  bool plain = (self->flags & LODE_LEXICON_ACCENTS) == 0;
  lode_interning words = {.table = plain ? &self->forms : NULL, .scratch = &self->scratch, .lists = self->lists};
  *added = false;
  self->tokens.count = self->tokens.sentence_count = 0;
  int code = lode_tokenize_words(phrase.ptr, phrase.len, 0, &words, &self->tokens, err);
  if (code == 0) code = grow_builder(self, self->tokens.count, err);
  if (code != 0 || self->tokens.count == 0) return code;
  size_t first = self->word_count, written = self->written.len;
  if (written >= UINT32_MAX - phrase.len) return lode_fail(err, LODE_E_LIMIT, "a lexicon's phrases take 4 GiB");
  for (size_t i = 0; i < self->tokens.count && code == 0; i++) {
    code = add_form(self, phrase, &self->tokens.items[i], &self->words[first + i], err);
    if (code == 0 && (self->flags & LODE_LEXICON_CASE) != 0)
      code = add_written(self, phrase, &self->tokens.items[i], err);
  }
  if (code != 0) return code;
  self->word_count += self->tokens.count;
  self->phrases[self->phrase_count++] =
      (lode_lexicon_phrase){(uint32_t)first, (uint32_t)self->tokens.count, entry, (uint32_t)written};
  *added = true;
  return 0;
}

/* --- writing --- */

typedef struct sortable {
  const uint32_t *words;
  uint32_t count, order; /* order: the phrase's number in the builder */
} sortable;

/* Where the arrays of an image begin, counted in numbers. */
typedef struct layout {
  size_t slots, offsets, first, starts, entries, words, written, pairs, near_starts, near, bytes;
} layout;

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
    uint32_t at = lode__form_hash(form.ptr, form.len) & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = w + 1;
    offsets[w] = used;
    if (form.len != 0) memcpy(bytes + used, form.ptr, form.len);
    used += (uint32_t)form.len;
  }
  offsets[count] = used;
}

static layout lay_out(const uint32_t *head) {
  bool cased = (head[HEAD_FLAGS] & LODE_LEXICON_CASE) != 0;
  layout at = {.slots = HEAD};
  at.offsets = at.slots + head[HEAD_SLOTS];
  at.first = at.offsets + head[HEAD_WORDS] + 1;
  at.starts = at.first + head[HEAD_WORDS] + 1;
  at.entries = at.starts + head[HEAD_PHRASES] + 1;
  at.words = at.entries + head[HEAD_PHRASES];
  at.written = at.words + head[HEAD_PARTS];
  at.pairs = at.written + (cased ? (size_t)head[HEAD_PHRASES] + 1 : 0);
  at.near_starts = at.pairs + head[HEAD_PAIRS];
  at.near = at.near_starts + (head[HEAD_BUCKETS] > 0 ? (size_t)head[HEAD_BUCKETS] + 1 : 0);
  at.bytes = at.near + head[HEAD_NEAR];
  return at;
}

static void fill_phrases(const lode_lexicon_builder *self, const sortable *sorted, const uint32_t *head, layout at,
                         uint32_t *image) {
  uint32_t used = 0, word = 0, count = head[HEAD_PHRASES], written = 0, pair_mask = head[HEAD_PAIRS] * 32 - 1;
  char *written_bytes = (char *)(image + at.bytes) + head[HEAD_BYTES];
  bool cased = (self->flags & LODE_LEXICON_CASE) != 0;
  for (uint32_t p = 0; p < count; p++) {
    const uint32_t *words = sorted[p].words;
    const lode_lexicon_phrase *phrase = &self->phrases[sorted[p].order];
    while (word <= words[0]) image[at.first + word++] = p;
    image[at.starts + p] = used;
    image[at.entries + p] = phrase->entry;
    memcpy(image + at.words + used, words, sorted[p].count * sizeof *words);
    used += sorted[p].count;
    if (sorted[p].count > 1) {
      uint32_t bit = lode__pair_hash(words[0], words[1]) & pair_mask;
      image[at.pairs + bit / 32] |= (uint32_t)1 << (bit % 32);
    }
    if (!cased) continue;
    const char *from = self->written.ptr + phrase->written;
    size_t len = 0;
    for (uint32_t n = 0; n < phrase->count; len++) n += from[len] == '\n';
    image[at.written + p] = written;
    memcpy(written_bytes + written, from, len);
    written += (uint32_t)len;
  }
  while (word <= head[HEAD_WORDS]) image[at.first + word++] = count;
  image[at.starts + count] = used;
  if (cased) image[at.written + count] = written;
}

/* --- words without one letter --- */

static bool may_bend(lode_str form) {
  return form.len <= LODE__NEAR_BYTES && lode__letters(form) >= LODE_LEXICON_NEAR_LETTERS;
}

static void fill_near(const lode_lexicon_builder *self, const uint32_t *form_of, const uint32_t *head, uint32_t *starts,
                      uint32_t *near) {
  uint32_t hashes[LODE__NEAR_BYTES + 1], mask = head[HEAD_BUCKETS] - 1;
  for (uint32_t w = 0; w < head[HEAD_WORDS]; w++) {
    lode_str form = lode_table_get(&self->forms, form_of[w]);
    if (!may_bend(form)) continue;
    for (size_t i = lode__deletions(form, hashes); i-- > 0;) starts[hashes[i] & mask]++;
  }
  for (uint32_t b = 1; b <= mask; b++) starts[b] += starts[b - 1];
  starts[mask + 1] = head[HEAD_NEAR];
  for (uint32_t w = head[HEAD_WORDS]; w-- > 0;) {
    lode_str form = lode_table_get(&self->forms, form_of[w]);
    if (!may_bend(form)) continue;
    for (size_t i = lode__deletions(form, hashes); i-- > 0;) near[--starts[hashes[i] & mask]] = w;
  }
}

static int size_up(const lode_lexicon_builder *self, const uint32_t *form_of, uint32_t words, uint32_t *head,
                   lode_err *err) {
  size_t bytes = 0, slots = 16, near = 0, buckets = 16, pairs = 1;
  for (uint32_t w = 0; w < words; w++) {
    lode_str form = lode_table_get(&self->forms, form_of[w]);
    bytes = lode_size_add(bytes, form.len);
    if ((self->flags & LODE_LEXICON_NEAR) != 0 && may_bend(form)) near += lode__letters(form) + 1;
  }
  while (slots < (size_t)words * 2) slots *= 2;
  while (buckets < near / 2) buckets *= 2;
  while (pairs * 32 < self->phrase_count * 8) pairs *= 2;
  if (bytes > UINT32_MAX || slots > UINT32_MAX || near > UINT32_MAX || pairs > UINT32_MAX / 32)
    return lode_fail(err, LODE_E_LIMIT, "a lexicon's words take 4 GiB");
  head[HEAD_MAGIC] = MAGIC;
  head[HEAD_FLAGS] = self->flags;
  head[HEAD_WORDS] = words;
  head[HEAD_PHRASES] = (uint32_t)self->phrase_count;
  head[HEAD_SLOTS] = (uint32_t)slots;
  head[HEAD_PARTS] = (uint32_t)self->word_count;
  head[HEAD_BYTES] = (uint32_t)bytes;
  head[HEAD_WRITTEN] = (uint32_t)self->written.len;
  head[HEAD_PAIRS] = (uint32_t)pairs;
  head[HEAD_BUCKETS] = (self->flags & LODE_LEXICON_NEAR) != 0 ? (uint32_t)buckets : 0;
  head[HEAD_NEAR] = (uint32_t)near;
  head[HEAD_SEED] = LODE__LEXICON_SEED;
  return 0;
}

static int write_image(const lode_lexicon_builder *self, const sortable *sorted, const uint32_t *form_of,
                       uint32_t words, lode_buf *out, lode_err *err) {
  uint32_t head[HEAD] = {0};
  int code = size_up(self, form_of, words, head, err);
  if (code != 0) return code;
  layout at = lay_out(head);
  size_t size =
      lode_size_add(lode_size_mul(at.bytes, sizeof(uint32_t)), lode_size_add(head[HEAD_BYTES], head[HEAD_WRITTEN]));
  code = lode_buf_reserve(out, size, err);
  if (code != 0) return code;
  assert(((uintptr_t)(out->ptr + out->len) & 3) == 0);
  uint32_t *image = (uint32_t *)(void *)(out->ptr + out->len);
  memset(image, 0, size);
  memcpy(image, head, sizeof head);
  fill_vocabulary(self, form_of, words, image + at.slots, head[HEAD_SLOTS] - 1, image + at.offsets,
                  (char *)(image + at.bytes));
  fill_phrases(self, sorted, head, at, image);
  if (head[HEAD_BUCKETS] > 0) fill_near(self, form_of, head, image + at.near_starts, image + at.near);
  out->len += size;
  return 0;
}

int lode_lexicon_builder_write(lode_lexicon_builder *self, lode_buf *out, lode_err *err) {
  size_t forms = (size_t)self->forms.count + 1;
  uint32_t *number = malloc(lode_size_mul(forms, 2 * sizeof *number));
  sortable *sorted = malloc(lode_size_mul(self->phrase_count + 1, sizeof *sorted));
  int code = 0;
  if (number == NULL || sorted == NULL) {
    code = lode_fail(err, LODE_E_NOMEM, "out of memory: sorting %zu phrases", self->phrase_count);
  } else {
    uint32_t count = number_words(self, number, number + forms);
    for (size_t i = 0; i < self->word_count; i++) self->words[i] = number[self->words[i]];
    for (size_t i = 0; i < self->phrase_count; i++) {
      lode_lexicon_phrase p = self->phrases[i];
      sorted[i] = (sortable){self->words + p.first, p.count, (uint32_t)i};
    }
    if (self->phrase_count > 1) qsort(sorted, self->phrase_count, sizeof *sorted, compare_phrases);
    code = write_image(self, sorted, number + forms, count, out, err);
  }
  free(number);
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
  if (image.len < HEAD * sizeof *head || head[HEAD_MAGIC] != MAGIC || head[HEAD_SEED] != LODE__LEXICON_SEED)
    return lode_fail(err, LODE_E_INPUT, "this is no lexicon of this version: build it again");
  uint32_t words = head[HEAD_WORDS], phrases = head[HEAD_PHRASES], slots = head[HEAD_SLOTS], parts = head[HEAD_PARTS];
  uint32_t pairs = head[HEAD_PAIRS], buckets = head[HEAD_BUCKETS], near = head[HEAD_NEAR];
  bool cased = (head[HEAD_FLAGS] & LODE_LEXICON_CASE) != 0;
  layout at = lay_out(head);
  if (at.bytes * sizeof *head + head[HEAD_BYTES] + head[HEAD_WRITTEN] != image.len || slots == 0 || pairs == 0 ||
      (slots & (slots - 1)) != 0 || (pairs & (pairs - 1)) != 0 || (buckets & (buckets - 1)) != 0)
    return lode_fail(err, LODE_E_INPUT, "the lexicon is cut or damaged: build it again");
  *self = (lode_lexicon){.flags = head[HEAD_FLAGS],
                         .word_count = words,
                         .phrase_count = phrases,
                         .slot_mask = slots - 1,
                         .pair_mask = pairs * 32 - 1,
                         .near_mask = buckets - 1,
                         .slots = head + at.slots,
                         .offsets = head + at.offsets,
                         .first = head + at.first,
                         .starts = head + at.starts,
                         .entries = head + at.entries,
                         .words = head + at.words,
                         .written = head + at.written,
                         .pairs = head + at.pairs,
                         .near_starts = head + at.near_starts,
                         .near = head + at.near,
                         .bytes = (const char *)(head + at.bytes),
                         .written_bytes = (const char *)(head + at.bytes) + head[HEAD_BYTES]};
  bool sound = rises(self->offsets, words, head[HEAD_BYTES]) && rises(self->first, words, phrases) &&
               rises(self->starts, phrases, parts) && all_below(self->slots, slots, words + 1) &&
               all_below(self->words, parts, words) && has_free_slot(self->slots, slots) &&
               (!cased || rises(self->written, phrases, head[HEAD_WRITTEN])) &&
               (buckets == 0 || (rises(self->near_starts, buckets, near) && all_below(self->near, near, words)));
  return sound ? 0 : lode_fail(err, LODE_E_INPUT, "the lexicon is damaged: build it again");
}

uint32_t lode_lexicon_word(const lode_lexicon *self, lode_str form) {
  for (uint32_t at = lode__form_hash(form.ptr, form.len);; at++) {
    uint32_t slot = self->slots[at & self->slot_mask];
    if (slot == 0) return LODE_NO_ID;
    uint32_t begin = self->offsets[slot - 1], len = self->offsets[slot] - begin;
    if (len == form.len && (len == 0 || memcmp(self->bytes + begin, form.ptr, len) == 0)) return slot - 1;
  }
}
