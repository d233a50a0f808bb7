/* watch.h - deadlines and last words of a process that runs other people's code.
 *
 * A timer of the process itself makes the script raise at its next instruction (lode_host_interrupt).  Where it
 * is inside C code (string.find, lpeg), no Lua hook fires: after LODE_WATCH_STRIKES more ticks the handler
 * writes the script's line into the slot and ends the process with LODE_EXIT_DEADLINE.  A crash does the
 * same and then dies of its signal.  The supervisor stands behind both with SIGKILL.
 *
 * No file-scope state: the timer carries a pointer to the watch, and the crash handler finds it at the
 * bottom of the alternate stack that it runs on.
 */
#ifndef LODE_WATCH_H
#define LODE_WATCH_H
#include "host.h"
#include "slot.h"
#include <stdint.h>
#include <time.h>

enum { LODE_WATCH_TICK_MS = 200, LODE_WATCH_STRIKES = 4 };

typedef struct lode_watch {
  lode_host *host; /* borrowed */
  lode_slot *slot;
  timer_t timer;
  _Atomic uint64_t fires_ns; /* when the timer is due, on the clock of the slot's deadline; 0: it is not set */
  _Atomic int strikes;
  void *stack;     /* the alternate one */
} lode_watch;

/* In the process that is to be watched (timers do not survive a fork: open again there). */
int lode_watch_open(lode_watch *self, lode_host *host, lode_slot *slot, lode_err *err);
void lode_watch_begin(lode_watch *self, uint32_t item, lode_str name, double seconds);
void lode_watch_end(lode_watch *self);
void lode_watch_close(lode_watch *self);

#endif
