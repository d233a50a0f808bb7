/* lexicon_form.h - what building a lexicon and looking up in it must do alike; seen inside src/rule only. */
#ifndef LODE_LEXICON_FORM_H
#define LODE_LEXICON_FORM_H
#include "lexicon.h"

enum { LODE__NEAR_BYTES = 64, LODE__LEXICON_SEED = 0x6C6F6465 };

uint32_t lode__form_hash(const char *bytes, size_t len);
uint32_t lode__pair_hash(uint32_t a, uint32_t b);
/* What a lexicon with these flags compares of a form: of a folded one, or (CASE) of one as written. */
int lode__lexicon_form(unsigned flags, lode_str form, lode_buf *out, lode_err *err);
size_t lode__letters(lode_str form);
/* Hashes of the form and of it without each letter; returns how many, 0 for a form longer than NEAR_BYTES. */
size_t lode__deletions(lode_str form, uint32_t out[LODE__NEAR_BYTES + 1]);

#endif
