#include "status.h"
#include "err.h"

static int rank(lode_status status) {
  switch (status) {
    case LODE_EXIT_OK: return 0;
    case LODE_EXIT_NOTHING: return 1;
    case LODE_EXIT_SKIPPED: return 2;
    case LODE_EXIT_USAGE: return 3;
    case LODE_EXIT_IO: return 4;
  }
  return 4;
}

lode_status lode_status_worse(lode_status a, lode_status b) {
  return rank(a) >= rank(b) ? a : b;
}

lode_status lode_status_of(int code) {
  switch (code) {
    case LODE_OK:
    case LODE_E_CLOSED: return LODE_EXIT_OK;
    /* A script that cannot be loaded in its limits is as broken as one with a syntax error. */
    case LODE_E_USAGE:
    case LODE_E_SCRIPT:
    case LODE_E_CHANGED:
    case LODE_E_LIMIT:
    case LODE_E_TIMEOUT:
    case LODE_E_CRASH: return LODE_EXIT_USAGE;
    default: return LODE_EXIT_IO;
  }
}
