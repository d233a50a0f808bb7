/* htmlmain.h - which parts of a page are the story, and what the others are.  Private to src/clean. */
#ifndef LODE_HTMLMAIN_H
#define LODE_HTMLMAIN_H
#include "htmltext.h"

/* Give every part its zone. */
int lode__html_main_find(lode__html_doc *self, lode_err *err);

#endif
