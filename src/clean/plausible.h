/* plausible.h - how surprising a run of characters is, in rough bits.  Private to src/clean.
 *
 * Not a language model: it knows how common a character is over all languages (letters of living
 * alphabets, punctuation of print, odd signs, private and unassigned code points) and what hardly ever
 * stands side by side (a small letter before a capital, two alphabets in a word, a sign inside a word, an
 * opening mark before a space).  That is what the text that was misread and the text that was meant
 * differ in.  plausible.c says where the costs come from.
 */
#ifndef LODE_PLAUSIBLE_H
#define LODE_PLAUSIBLE_H
#include <stddef.h>
#include <stdint.h>

/* The cost of cps[from, to), each character by itself and beside what is before it; what stands outside, up
 * to [0, count), is context, and the step from `to - 1` to `to` counts too.  Cost: some 10 ns a character. */
int lode__plausible_cost(const uint32_t *cps, size_t count, size_t from, size_t to);

#endif
