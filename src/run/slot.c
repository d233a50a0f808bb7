#define _GNU_SOURCE /* MAP_ANONYMOUS, clock_gettime */
#include "slot.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

int lode_slots_open(lode_slot **out, size_t count, lode_err *err) {
  void *base = mmap(NULL, count * sizeof **out, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return lode_fail(err, LODE_E_NOMEM, "no shared memory: %s", strerror(errno));
  *out = base;
  return 0;
}

void lode_slots_close(lode_slot *slots, size_t count) {
  if (slots != NULL) munmap(slots, count * sizeof *slots);
}

uint64_t lode_clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void lode_slot_begin(lode_slot *self, uint32_t item, lode_str name, double seconds) {
  size_t len = name.len < sizeof self->name ? name.len : sizeof self->name - 1;
  memcpy(self->name, name.ptr, len);
  self->name[len] = '\0';
  self->where[0] = '\0';
  atomic_store(&self->item, item);
  atomic_store(&self->deadline_ns, lode_clock_ns() + (uint64_t)(seconds * 1e9));
}

void lode_slot_end(lode_slot *self) {
  atomic_store(&self->deadline_ns, 0);
}
