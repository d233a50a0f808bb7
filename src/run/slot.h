/* slot.h - what a process is working on, in memory that the supervisor shares with it.
 *
 * A process writes its slot before each piece of user data or user code; when it dies or hangs, the
 * supervisor reads from the slot whom to blame.  One writer, one reader; strings are cut to size and end
 * in NUL whatever the moment of death.
 */
#ifndef LODE_SLOT_H
#define LODE_SLOT_H
#include "err.h"
#include "span.h"
#include <stdatomic.h>

enum { LODE_SLOT_READER = 0, LODE_SLOT_LOADER = 1, LODE_SLOT_FIRST_WORKER = 2 };

/* Exit status of a process that ended itself because its deadline was missed inside C code. */
enum { LODE_EXIT_DEADLINE = 97 };

typedef struct lode_slot {
  _Atomic uint64_t deadline_ns; /* CLOCK_MONOTONIC; 0: nothing at work */
  _Atomic uint32_t item;        /* number of the page in its batch; of the input, for the reader */
  char name[1024];              /* page id, path, or group key */
  char where[512];              /* "file:line", written only by a dying process */
} lode_slot;

int lode_slots_open(lode_slot **out, size_t count, lode_err *err); /* shared over fork */
void lode_slots_close(lode_slot *slots, size_t count);

uint64_t lode_clock_ns(void);

/* At work on item `name`, for at most `seconds`; then done with it. */
void lode_slot_begin(lode_slot *self, uint32_t item, lode_str name, double seconds);
void lode_slot_end(lode_slot *self);

#endif
