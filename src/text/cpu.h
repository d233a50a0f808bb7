/* cpu.h - which kernels this processor can run.
 *
 * A level names a set of instructions, not a processor.  A kernel is one file compiled with the flags of its
 * level; who calls one asks here first.  Tests ask for each level in turn.
 *
 * Invariants: LODE_CPU_PORTABLE always works.  The answers never change while the program runs.
 * Threads    No state of ours.
 */
#ifndef LODE_CPU_H
#define LODE_CPU_H
#include <stdbool.h>

/* AVX2 stands for AVX2 with BMI1, BMI2 and POPCNT; AVX512 adds F, BW, VL, DQ, VBMI and VBMI2 (Ice Lake, Zen 4). */
typedef enum lode_cpu {
  LODE_CPU_PORTABLE,
  LODE_CPU_NEON,
  LODE_CPU_AVX2,
  LODE_CPU_AVX512,
  LODE_CPU_COUNT,
} lode_cpu;

/* Whether this processor (and the system below it, which must save the registers) has all of a level. */
bool lode_cpu_has(lode_cpu level);

/* The last level of the list above that lode_cpu_has. */
lode_cpu lode_cpu_best(void);

const char *lode_cpu_name(lode_cpu level); /* "portable", "neon", "avx2", "avx512" */

#endif
