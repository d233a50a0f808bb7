#include "cpu.h"

#if defined(__x86_64__) && defined(__GNUC__)
static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#else
static bool has_avx2(void) {
  return false;
}

static bool has_avx512(void) {
  return false;
}
#endif

static bool has_neon(void) { /* part of every 64-bit ARM */
#if defined(__aarch64__)
  return true;
#else
  return false;
#endif
}

bool lode_cpu_has(lode_cpu level) {
  switch (level) {
    case LODE_CPU_PORTABLE: return true;
    case LODE_CPU_NEON: return has_neon();
    case LODE_CPU_AVX2: return has_avx2();
    case LODE_CPU_AVX512: return has_avx512();
    case LODE_CPU_COUNT: break;
  }
  return false;
}

lode_cpu lode_cpu_best(void) {
  int level = LODE_CPU_COUNT - 1;
  while (!lode_cpu_has((lode_cpu)level)) level--;
  return (lode_cpu)level;
}

const char *lode_cpu_name(lode_cpu level) {
  static const char *const names[LODE_CPU_COUNT] = {"portable", "neon", "avx2", "avx512"};
  return names[level];
}
