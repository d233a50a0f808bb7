#define _GNU_SOURCE /* timers, sigaltstack, ucontext */
#include "watch.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_BYTES = 64 * 1024 };

/* At the deadline, then every tick. */
static void arm(lode_watch *self, uint64_t deadline) {
  uint64_t now = lode_clock_ns(), left = deadline > now ? deadline - now : 1;
  struct itimerspec timer = {.it_value = {(time_t)(left / 1000000000), (long)(left % 1000000000)},
                             .it_interval = {0, LODE_WATCH_TICK_MS * 1000000L}};
  atomic_store(&self->fires_ns, deadline);
  timer_settime(self->timer, 0, &timer, NULL);
}

static void disarm(lode_watch *self) {
  struct itimerspec never = {0};
  atomic_store(&self->fires_ns, 0);
  timer_settime(self->timer, 0, &never, NULL);
}

static void on_alarm(int number, siginfo_t *info, void *context) {
  (void)number, (void)context;
  if (info->si_code != SI_TIMER) return;
  lode_watch *self = info->si_value.sival_ptr;
  uint64_t deadline = atomic_load(&self->slot->deadline_ns);
  if (deadline == 0) { /* what it was set for ended */
    disarm(self);
    return;
  }
  if (lode_clock_ns() < deadline) { /* it was set for something before */
    arm(self, deadline);
    return;
  }
  if (atomic_fetch_add(&self->strikes, 1) < LODE_WATCH_STRIKES) {
    lode_host_interrupt(self->host);
    return;
  }
  lode_host_where(self->host, self->slot->where, sizeof self->slot->where);
  _exit(LODE_EXIT_DEADLINE);
}

/* Should lode_host_where crash in turn, the handler is already reset and the process dies without a line. */
static void on_crash(int number, siginfo_t *info, void *context) {
  (void)info;
  lode_watch *self = *(lode_watch **)((ucontext_t *)context)->uc_stack.ss_sp;
  if (atomic_load(&self->slot->deadline_ns) != 0)
    lode_host_where(self->host, self->slot->where, sizeof self->slot->where);
  raise(number);
}

static void set_handlers(void) {
  struct sigaction action = {.sa_sigaction = on_alarm, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGALRM, &action, NULL);
  action.sa_sigaction = on_crash;
  action.sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
  static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, NULL);
}

int lode_watch_open(lode_watch *self, lode_host *host, lode_slot *slot, lode_err *err) {
  *self = (lode_watch){.host = host, .slot = slot};
  self->stack = malloc(STACK_BYTES);
  if (self->stack == NULL) return lode_fail(err, LODE_E_NOMEM, "no memory for a signal stack");
  memcpy(self->stack, &self, sizeof self);
  stack_t stack = {.ss_sp = self->stack, .ss_size = STACK_BYTES};
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM, .sigev_value.sival_ptr = self};
  if (sigaltstack(&stack, NULL) != 0 || timer_create(CLOCK_MONOTONIC, &event, &self->timer) != 0) {
    int code = lode_fail(err, LODE_E_IO, "no timer: %s", strerror(errno));
    free(self->stack);
    self->stack = NULL;
    return code;
  }
  set_handlers();
  return 0;
}

/* A timer that is due before the deadline stays as it is, and the handler sets it anew: pages are many, and a system call
 * for the begin and the end of each was 3 % of a run. */
void lode_watch_begin(lode_watch *self, uint32_t item, lode_str name, double seconds) {
  atomic_store(&self->strikes, 0);
  lode_slot_begin(self->slot, item, name, seconds);
  uint64_t deadline = atomic_load(&self->slot->deadline_ns), fires = atomic_load(&self->fires_ns);
  if (fires == 0 || fires > deadline) arm(self, deadline);
}

void lode_watch_end(lode_watch *self) {
  lode_slot_end(self->slot);
}

void lode_watch_close(lode_watch *self) {
  if (self->stack == NULL) return;
  timer_delete(self->timer);
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(self->stack);
  self->stack = NULL;
}
