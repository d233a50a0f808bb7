/* htmlzones.h - zones of the parts of a page whose story is found.  Private to src/clean. */
#ifndef LODE_HTMLZONES_H
#define LODE_HTMLZONES_H
#include "htmlmain.h"

void lode__html_zones_mark(lode__html_story *story);

#endif
