/* reference_match.h - a slow matcher that is plainly what the design says, for tests.
 *
 * It lists every way a node can match, in order, and takes the first: no program, no stack, no starts, no masks.
 * A case with more ways than it can hold is given up, and says so.
 */
#ifndef LODE_REFERENCE_MATCH_H
#define LODE_REFERENCE_MATCH_H
#include "matcher.h"

enum { REFERENCE_EVENTS = 24, REFERENCE_WAYS = 4000, REFERENCE_MATCHES = 4000 };

typedef struct reference_event {
  uint32_t name, begin, end; /* a capture that ended */
} reference_event;

typedef struct reference_way {
  uint32_t end, count;
  reference_event events[REFERENCE_EVENTS];
} reference_way;

typedef struct reference_span {
  uint32_t label, begin, end;
  uint32_t match; /* or LODE_NO_ID */
} reference_span;

typedef struct reference_match {
  uint32_t rule, begin, end;
  lode_match_state state;
  uint32_t winner;
  reference_way way;
} reference_match;

typedef struct reference {
  const lode_rules *rules;
  const lode_page *page;
  const lode_match_hooks *hooks; /* `fields` alone */
  bool (*keep)(uint32_t rule, uint32_t begin, uint32_t end);
  reference_span *spans; /* all labels; the caller's first */
  uint32_t span_count, span_cap;
  reference_match *matches;
  uint32_t match_count;
  uint32_t begin, end; /* the region */
  bool gave_up;
} reference;

void reference_init(reference *self, const lode_rules *rules, const lode_page *page, const lode_match_hooks *hooks,
                    bool (*keep)(uint32_t rule, uint32_t begin, uint32_t end));
void reference_free(reference *self);
void reference_add(reference *self, uint32_t label, uint32_t begin, uint32_t end);
void reference_run(reference *self);

#endif
