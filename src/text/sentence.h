/* sentence.h - the second half of the tokenizer: which tokens end a sentence; private to src/text. */
#ifndef LODE_SENTENCE_H
#define LODE_SENTENCE_H
#include "lists.h"
#include "token.h"

/* Append the sentences of the tokens from `first` on, and number the tokens. */
int lode__sentences_make(const char *text, size_t base, size_t first, const lode_lists *lists, lode_tokens *out,
                         lode_err *err);

#endif
