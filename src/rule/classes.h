/* classes.h - a small number for each token that says how every predicate answers for it.
 *
 * Predicates are asked once for each distinct form (the token as written, and its kind); equal rows of answers get
 * one 16-bit class.  From then on a token costs one look-up by word id and by how its letters are raised:
 *
 *     putin  as folded          Putin  first letter raised          PUTIN  all raised          PuTin  by its bytes
 *
 * Lifetime   Serves one worker and one word table; lode_classes_forget when that table is cleared.
 * Threads    One worker.
 * Cost       A few nanoseconds a token; 10 bytes a word; a row of predicates / 8 bytes for each class.
 */
#ifndef LODE_CLASSES_H
#define LODE_CLASSES_H
#include "page.h"
#include "rule.h"

enum { LODE_CLASS_CASES = 3, LODE_CLASS_MAX = 65535 };

typedef struct lode_word_class {
  uint16_t of[LODE_CLASS_CASES]; /* 0: not asked yet */
  uint8_t kind[LODE_CLASS_CASES];
} lode_word_class;

typedef struct lode_classes {
  const lode_rules *rules;
  const lode_table *words;
  lode_word_class *by_word;
  uint32_t word_cap;
  lode_table forms; /* kind and written form of everything that is not in by_word -> form_class */
  uint16_t *form_class;
  uint32_t form_cap;
  lode_table row_ids;              /* rows -> class - 1 */
  uint64_t *rows;                  /* by class: row_words */
  uint64_t *needs;                 /* by class: need_words */
  uint8_t *telling;                /* by class: a predicate of it is one that rules need or begin with */
  uint32_t class_count, class_cap; /* class 0 is none */
  size_t row_words, need_words;
  uint64_t asked; /* forms that predicates were asked about */
} lode_classes;

int lode_classes_init(lode_classes *self, const lode_rules *rules, const lode_table *words, lode_err *err);
void lode_classes_free(lode_classes *self);
/* The word table was cleared: ids mean other words now. */
void lode_classes_forget(lode_classes *self);

/* The class of each token of the page into out. */
int lode_classes_of(lode_classes *self, const lode_page *page, uint16_t *out, lode_err *err);

#endif
