#include "unicode.h"
#include "tables.h"

static const char *const script_names[] = {
#define SCRIPT_NAME(code, name) name,
    LODE_SCRIPTS(SCRIPT_NAME)
#undef SCRIPT_NAME
};

lode_script lode_script_of(uint32_t cp) {
  return (lode_script)lode__script_of(cp);
}

const char *lode_script_name(lode_script script) {
  return (unsigned)script < LODE_SCRIPT_COUNT ? script_names[script] : "Other";
}

static unsigned category(uint32_t cp) {
  return lode__category_of(cp) & 0x7Fu;
}

static bool category_in(uint32_t cp, unsigned first, unsigned last) {
  unsigned c = category(cp);
  return c >= first && c <= last;
}

bool lode_is_space(uint32_t cp) {
  return (lode__category_of(cp) & LODE__SPACE) != 0;
}

bool lode_is_letter(uint32_t cp) {
  return category_in(cp, GC_Lu, GC_Lo);
}

bool lode_is_upper(uint32_t cp) {
  return category_in(cp, GC_Lu, GC_Lt);
}

bool lode_is_lower(uint32_t cp) {
  return category(cp) == GC_Ll;
}

bool lode_is_mark(uint32_t cp) {
  return category_in(cp, GC_Mn, GC_Me);
}

bool lode_is_digit(uint32_t cp) {
  return category(cp) == GC_Nd;
}

bool lode_is_number(uint32_t cp) {
  return category_in(cp, GC_Nd, GC_No);
}

bool lode_is_punct(uint32_t cp) {
  return category_in(cp, GC_Pc, GC_Po);
}

bool lode_is_symbol(uint32_t cp) {
  return category_in(cp, GC_Sm, GC_So);
}

int lode_width(uint32_t cp) {
  return lode__width_of(cp);
}
