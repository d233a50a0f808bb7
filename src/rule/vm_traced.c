#define LODE_VM_RUN lode__run_traced
#define LODE_VM_TRACED 1
#include "vm_loop.h"
