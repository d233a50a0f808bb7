#define LODE_VM_RUN lode__run_plain
#define LODE_VM_TRACED 0
#include "vm_loop.h"
