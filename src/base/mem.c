#include "mem.h"

#include <stdlib.h> /* __GLIBC__ */
#ifdef __GLIBC__
#include <malloc.h>
#endif

void lode_give_back(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
