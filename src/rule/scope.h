/* scope.h - statuses of annotations by cue words near them (ConText: Harkema, Dowling, Thornblade, Chapman 2009).
 *
 *     "Lee denied that talks were held, but Marsh confirmed the summit."
 *          ------ denied, forward ----->| stop
 *
 * A cue covers an annotation that its words lie in, and, forward, one that begins behind them (backward: that ends
 * before them) in their sentence, at most `max` tokens away, with no stop in between.  Words that lie in a pseudo-cue
 * ("not ruled out") are none.  Of the cues that cover an annotation the one with the highest rank gives its status,
 * then the nearest, then the one that was added first.
 *
 * Words, stops and pseudo-cues are annotations, made by rules of lower phases than what they are asked for.
 */
#ifndef LODE_SCOPE_H
#define LODE_SCOPE_H
#include "annotation.h"
#include "page.h"

typedef enum lode_direction { LODE_DIRECTION_BOTH, LODE_DIRECTION_FORWARD, LODE_DIRECTION_BACKWARD } lode_direction;

typedef struct lode_cue {
  lode_str status;              /* borrowed */
  uint32_t on;                  /* the label whose annotations get it */
  uint32_t words, pseudo, stop; /* labels; LODE_NO_ID for no pseudo or stop */
  lode_direction direction;
  uint32_t max; /* tokens between words and annotation; LODE_UNBOUNDED: to the end of the sentence */
  int32_t rank;
} lode_cue;

/* The words that give tokens [begin, end) their status. */
typedef struct lode_cue_found {
  uint32_t cue; /* LODE_NO_ID: none */
  uint32_t begin, end;
} lode_cue_found;

lode_cue_found lode__find_cue(const lode_cue *cues, uint32_t count, const lode_annotations *annotations,
                              const lode_page *page, uint32_t label, uint32_t begin, uint32_t end);

#endif
