/* annotation.h - labelled runs of tokens of one page.
 *
 * Each label has a list, sorted by first token, then longer first, then as they were added, and one bit a token that
 * says whether one begins there: asking for a label costs what asking for a word class does.
 *
 * Lifetime   One object serves a worker; lode_annotations_reset for each page, memory is used again.
 *            What is added counts after lode_annotations_seal of its label.
 * Cost       24 bytes an annotation, tokens / 4 bytes for each label that occurs on the page.
 */
#ifndef LODE_ANNOTATION_H
#define LODE_ANNOTATION_H
#include "err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lode_annotation {
  uint32_t begin, end; /* tokens */
  uint32_t match;      /* of the matcher, or UINT32_MAX for one that the caller added */
  uint32_t order;      /* of adding */
  uint64_t fields;     /* the caller's */
} lode_annotation;

typedef struct lode_annotation_list {
  lode_annotation *items;
  uint32_t count, cap;
  uint64_t *starts;  /* a bit for each token where one begins; NULL until sealed with something in it */
  uint64_t *insides; /* a bit for each token that is in one; lies behind starts */
  size_t start_cap;
} lode_annotation_list;

typedef struct lode_annotations {
  lode_annotation_list *lists; /* by label */
  uint32_t label_count, token_count;
} lode_annotations;

int lode_annotations_init(lode_annotations *self, uint32_t label_count, lode_err *err);
void lode_annotations_free(lode_annotations *self);
void lode_annotations_reset(lode_annotations *self, uint32_t token_count);

/* begin < end <= the page's tokens (asserted). */
int lode_annotations_add(lode_annotations *self, uint32_t label, lode_annotation item, lode_err *err);
/* Sort the label's list and set its bits. */
int lode_annotations_seal(lode_annotations *self, uint32_t label, lode_err *err);
/* Empty the label's list, to be filled again. */
void lode_annotations_clear(lode_annotations *self, uint32_t label);

/* The first of the label that begins at or after the token: an index into its list, or its count. */
uint32_t lode_annotations_from(const lode_annotations *self, uint32_t label, uint32_t token);
/* The first token at or after `from` where one begins, or UINT32_MAX. */
uint32_t lode_annotations_next(const lode_annotations *self, uint32_t label, uint32_t from);

/* Whether the token is in one of the label. */
static inline bool lode_annotations_hold(const lode_annotations *self, uint32_t label, uint32_t token) {
  const lode_annotation_list *list = &self->lists[label];
  return list->count != 0 && (list->insides[token / 64] >> (token % 64) & 1) != 0;
}

static inline bool lode_annotations_begin(const lode_annotations *self, uint32_t label, uint32_t token) {
  const lode_annotation_list *list = &self->lists[label];
  return list->count != 0 && (list->starts[token / 64] >> (token % 64) & 1) != 0;
}

#endif
