/* wide_ascii.h - the masks of ascii_words as bits of a table, for kernels that look bytes up.  Private to them. */
#ifndef LODE_WIDE_ASCII_H
#define LODE_WIDE_ASCII_H
#include "wide_types.h"

enum { LETTER = 1, DIGIT = 2, UNDERSCORE = 4, MID_LETTER = 8, MID_NUMBER = 16, SPACE = 32, CR = 64 };

#define LETTERS_13                                                                                                     \
  LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER

/* Word_Break of ASCII; ':' is MidLetter, ',' and ';' MidNum, '.' MidNumLet, and ' goes with both. */
static const uint8_t ascii_bits[256] = {
    ['\r'] = CR,
    [' '] = SPACE,
    ['\''] = MID_LETTER | MID_NUMBER,
    [','] = MID_NUMBER,
    ['.'] = MID_LETTER | MID_NUMBER,
    ['0'] = DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    DIGIT,
    [':'] = MID_LETTER,
    [';'] = MID_NUMBER,
    ['A'] = LETTERS_13,
    LETTERS_13,
    ['_'] = UNDERSCORE,
    ['a'] = LETTERS_13,
    LETTERS_13,
};

#endif
