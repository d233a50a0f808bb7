/* mem.h - sizes that cannot wrap, and how arrays grow.
 *
 * Every size that comes from a user's data is added and multiplied through these: they saturate at
 * SIZE_MAX, which no allocation can satisfy, so that a wrapped size becomes LODE_E_NOMEM and never a
 * short buffer.
 */
#ifndef LODE_MEM_H
#define LODE_MEM_H
#include <stddef.h>
#include <stdint.h>

static inline size_t lode_size_add(size_t a, size_t b) {
  return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static inline size_t lode_size_mul(size_t a, size_t b) {
  return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

/* The capacity to ask for when `have` is full and `need` must fit: half as much again, at least `need`. */
static inline size_t lode_size_grow(size_t have, size_t need) {
  size_t next = lode_size_add(have, have / 2);
  return next < need ? need : next;
}

/* Give freed memory back to the system, where the C library would keep it: after much was freed in small pieces, which
 * another process of the run may need. */
void lode_give_back(void);

#endif
