/* crew.h - the processes of a run as the supervisor sees them: loader, workers, who died and why.
 *
 * Members 0 .. jobs-1 work on batches; two more are hired when needed: one for the output format, which
 * keeps the format's state, and one for the group and done stages.
 */
#ifndef LODE_CREW_H
#define LODE_CREW_H
#include "loader.h"
#include "wire.h"
#include <sys/types.h>

typedef struct lode_member {
  int socket; /* -1: not hired */
  pid_t pid;
  bool busy, exited;
  int status;        /* of waitpid, when exited */
  int kill_code;     /* LODE_E_TIMEOUT or LODE_E_LIMIT where the supervisor ended it, else 0 */
  uint64_t batch;    /* while busy */
} lode_member;

/* Why a member is gone, and what it was on. */
typedef struct lode_death {
  bool on_item;      /* it was at work on user data or user code */
  uint32_t item;
  int code;          /* LODE_E_CRASH, LODE_E_TIMEOUT or LODE_E_LIMIT (memory) */
  char name[1024], where[512], message[256];
} lode_death;

typedef struct lode_crew {
  const lode_run_options *options;
  lode_slot *slots;
  lode_member *members;
  size_t count;          /* jobs + 2 */
  int loader;            /* socket */
  pid_t loader_pid;
  int signals;           /* signalfd of SIGINT, SIGTERM, SIGHUP; -1 before open */
  int signal;            /* the one that came, or 0 */
  lode_declared declared;
  lode_frame frame;
} lode_crew;

/* Start the loader and wait until the script is loaded.  LODE_E_SCRIPT where it cannot be. */
int lode_crew_open(lode_crew *self, const lode_run_options *options, lode_err *err);
/* Fork a reader that begins at input `first`; its socket and pid are the caller's. */
int lode_crew_fork_reader(lode_crew *self, size_t first, int *socket, pid_t *pid, lode_err *err);
int lode_crew_hire(lode_crew *self, size_t member, lode_err *err);
/* Take one message of the loader (after poll). */
int lode_crew_hear(lode_crew *self, lode_err *err);
/* End members that are over their deadline by a margin, or over their share of memory. */
void lode_crew_watch(lode_crew *self);
/* After end of file on a member's socket: wait for its status, say what happened, free the place. */
int lode_crew_bury(lode_crew *self, size_t member, lode_death *out, lode_err *err);
/* Send to a member and wait for its answer (into self->frame), watching deadlines and signals.  A death
 * is LODE_E_CRASH or LODE_E_TIMEOUT with *death filled; a signal is LODE_E_CLOSED with self->signal set. */
int lode_crew_ask(lode_crew *self, size_t member, lode_message type, const void *bytes, size_t len, int fd,
                  lode_death *death, lode_err *err);
/* Read a pending signal, if any, into self->signal. */
void lode_crew_read_signal(lode_crew *self);
void lode_crew_close(lode_crew *self);

#endif
