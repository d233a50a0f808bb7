/* unicode.h - properties of code points that segmentation and zones need.
 *
 * Break properties come from two-stage tables generated from the Unicode 15.0 data files by
 * scripts/dev/tables (tables.c, committed; a test regenerates and compares).  General categories come
 * from utf8proc.  All functions are pure and take any uint32_t; what is no code point is "unassigned".
 */
#ifndef LODE_UNICODE_H
#define LODE_UNICODE_H
#include <stdbool.h>
#include <stdint.h>

/* Scripts that zones, tokens and scripts tell apart; the rest is OTHER.  COMMON covers Common and Inherited. */
#define LODE_SCRIPTS(X)                                                                                  \
  X(COMMON, "Common") X(LATIN, "Latin") X(GREEK, "Greek") X(CYRILLIC, "Cyrillic") X(ARMENIAN, "Armenian") \
  X(HEBREW, "Hebrew") X(ARABIC, "Arabic") X(DEVANAGARI, "Devanagari") X(BENGALI, "Bengali")              \
  X(TAMIL, "Tamil") X(TELUGU, "Telugu") X(THAI, "Thai") X(LAO, "Lao") X(KHMER, "Khmer")                  \
  X(MYANMAR, "Myanmar") X(GEORGIAN, "Georgian") X(ETHIOPIC, "Ethiopic") X(HANGUL, "Hangul")              \
  X(HIRAGANA, "Hiragana") X(KATAKANA, "Katakana") X(HAN, "Han") X(OTHER, "Other")
typedef enum lode_script {
#define LODE_SCRIPT_ENUM(code, name) LODE_SCRIPT_##code,
  LODE_SCRIPTS(LODE_SCRIPT_ENUM)
#undef LODE_SCRIPT_ENUM
  LODE_SCRIPT_COUNT
} lode_script;

lode_script lode_script_of(uint32_t cp);
const char *lode_script_name(lode_script script);

/* Unicode white space (property White_Space). */
bool lode_is_space(uint32_t cp);
bool lode_is_letter(uint32_t cp);      /* L*  */
bool lode_is_upper(uint32_t cp);       /* Lu, Lt */
bool lode_is_lower(uint32_t cp);       /* Ll */
bool lode_is_mark(uint32_t cp);        /* M*  */
bool lode_is_digit(uint32_t cp);       /* Nd  */
bool lode_is_number(uint32_t cp);      /* N*  */
bool lode_is_punct(uint32_t cp);       /* P*  */
bool lode_is_symbol(uint32_t cp);      /* S*  */

/* Columns in a terminal: 0, 1 or 2 (East Asian wide). */
int lode_width(uint32_t cp);

#endif
