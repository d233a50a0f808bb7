#include "lexicon_form.h"

#include "fold.h"
#include "hash.h"
#include <string.h>

uint32_t lode__form_hash(const char *bytes, size_t len) {
  return (uint32_t)lode_hash64(bytes, len, LODE__LEXICON_SEED);
}

uint32_t lode__pair_hash(uint32_t a, uint32_t b) {
  uint64_t h = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32) ^ (uint32_t)h >> 15;
}

int lode__lexicon_form(unsigned flags, lode_str form, lode_buf *out, lode_err *err) {
  out->len = 0;
  return lode_fold(form.ptr, form.len, (flags & LODE_LEXICON_ACCENTS) != 0 ? LODE_FOLD_ACCENTS : 0, out, NULL, err);
}

size_t lode__letters(lode_str form) {
  size_t n = 0;
  for (size_t i = 0; i < form.len; i++) n += ((unsigned char)form.ptr[i] & 0xC0) != 0x80;
  return n;
}

size_t lode__deletions(lode_str form, uint32_t out[LODE__NEAR_BYTES + 1]) {
  char less[LODE__NEAR_BYTES];
  size_t count = 0;
  if (form.len == 0 || form.len > LODE__NEAR_BYTES) return 0;
  out[count++] = lode__form_hash(form.ptr, form.len);
  for (size_t at = 0; at < form.len;) {
    size_t next = at + 1;
    while (next < form.len && ((unsigned char)form.ptr[next] & 0xC0) == 0x80) next++;
    memcpy(less, form.ptr, at);
    memcpy(less + at, form.ptr + next, form.len - next);
    out[count++] = lode__form_hash(less, form.len - (next - at));
    at = next;
  }
  return count;
}
