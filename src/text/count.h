/* count.h - how often each word stands in a text, without its tokens.
 *
 * The same words as lode_tokenize_words finds (tokens of kind WORD, folded), for whoever asks for nothing else.
 * Text is read by chunks between white space.  A chunk of ASCII letters and of marks that cannot belong to a word is
 * read by bit masks; any other goes through the tokenizer, which then sees the token before as it would have.
 *
 *     text -> masks -> keys of 16 bytes -> 2 slots of one cache line -> (id, times) when a slot is needed again
 *
 * Invariants: a slot with a count of 1 or more stands in `touched`.  Between two texts all counts are 0; words and
 *             their ids stay, unless the table was cleared.  However keys collide, a word that finds no slot costs
 *             one addition to the table: there is no chain to make long.
 * Threads    One counter belongs to one worker.
 * Cost       The memory of the slots, 32 bytes each; how many are used is chosen for each text by its length.
 */
#ifndef LODE_COUNT_H
#define LODE_COUNT_H
#include "count_kernel.h"
#include "token.h"

/* `times` more of the word `id`. */
typedef struct lode_word_times {
  uint32_t id, times;
} lode_word_times;

typedef struct lode_count_slot {
  uint64_t key[2]; /* the folded word, zeros behind it: at most 15 bytes; two slots are a cache line */
  uint32_t times;  /* of this text */
  uint32_t id;
  uint64_t unused;
} lode_count_slot;

typedef struct lode_count {
  lode_count_slot *slots; /* on a cache line's boundary */
  uint32_t *touched;      /* the slots that were met in this text; one more than there are slots */
  size_t slot_cap, touched_count;
  unsigned bits;      /* log2 of the pairs of slots in use for this text */
  lode_table *table;  /* borrowed: gives the ids; nobody else clears and fills it between two texts */
  uint32_t id_count;  /* of the table, at the end of the last text */
  lode__count_batch *batch; /* words that wait for their slots */
  lode__count_windows *windows;
  lode_tokens tokens; /* of the chunk that the tokenizer looks at */
  lode_buf scratch;
  lode_buf times; /* lode_word_times, what is counted: for the caller to take and to set to length 0 */
} lode_count;

/* Zeroed is ready.  Begin a text of about len bytes, whose words get their ids from `table`. */
int lode_count_begin(lode_count *self, lode_table *table, size_t len, lode_err *err);

/* Count the words of all paragraphs of a text of valid UTF-8, below 4 GiB. */
int lode_count_text(lode_count *self, const char *text, size_t len, lode_err *err);

/* Everything counted is in `times`.  After an error too: the counter can begin again. */
int lode_count_end(lode_count *self, lode_err *err);
void lode_count_free(lode_count *self);

#endif
