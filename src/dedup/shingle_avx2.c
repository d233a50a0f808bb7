/* The kernel for AVX2 and BMI2. */
#include "shingle_core.h"
#if defined(__AVX2__) && defined(__BMI2__)
const lode__shingle_kernel lode__shingle_avx2 = {add_words, make_set};
#else
const lode__shingle_kernel lode__shingle_avx2 = {NULL, NULL};
#endif
