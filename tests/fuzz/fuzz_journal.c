/* The input says which entries a journal gets and what becomes of its file: cut, or a byte changed, as a crash or a
 * disk leaves it.  Resuming must give a beginning of these entries, all of them up to the damage, and go on. */
#include "fuzz.h"
#include "file.h"
#include "journal.h"
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRY = 16, MOST = 8 };
static const lode_fingerprint FINGERPRINT = {11, 22, 33};

typedef struct entries {
  lode_str items[MOST];
  size_t count, seen;
  size_t header; /* bytes of the file before the first */
} entries;

static int replay(void *ud, const char *bytes, size_t len, lode_err *err) {
  entries *self = ud;
  (void)err;
  MUST(self->seen < self->count && len == self->items[self->seen].len);
  MUST(len == 0 || memcmp(bytes, self->items[self->seen].ptr, len) == 0);
  self->seen++;
  return 0;
}

static void split(const uint8_t *data, size_t size, entries *out) {
  for (size_t at = 0; at < size && out->count < MOST;) {
    size_t len = data[at++];
    if (len > size - at) len = size - at;
    out->items[out->count++] = (lode_str){(const char *)data + at, len};
    at += len;
  }
}

static void write_entries(const char *output, entries *all) {
  lode_journal journal;
  struct stat st;
  MUST(lode_journal_create(&journal, output, &FINGERPRINT, true, NULL) == 0);
  MUST(stat(journal.path, &st) == 0);
  all->header = (size_t)st.st_size;
  journal.synced_ns = UINT64_MAX / 2; /* no waiting for the disk */
  for (size_t i = 0; i < all->count; i++)
    MUST(lode_journal_add(&journal, all->items[i].ptr, all->items[i].len, NULL) == 0);
  lode_journal_close(&journal, false);
}

/* Cut the file, or change one byte of an entry; the number of entries that stay whole before it. */
static size_t damage(const char *path, size_t where, uint8_t how, const entries *all) {
  size_t whole = 0, end = all->header, len = all->header;
  for (size_t i = 0; i < all->count; i++) len += ENTRY + all->items[i].len;
  where %= len + 1;
  while (whole < all->count && end + ENTRY + all->items[whole].len <= where) end += ENTRY + all->items[whole++].len;
  if (how % 2 == 0 || where < all->header || where == len) {
    MUST(truncate(path, (off_t)where) == 0);
    return whole;
  }
  FILE *file = fopen(path, "r+b");
  MUST(file != NULL && fseek(file, (long)where, SEEK_SET) == 0);
  int byte = fgetc(file);
  MUST(byte != EOF && fseek(file, (long)where, SEEK_SET) == 0);
  MUST(fputc(byte ^ (how | 1), file) != EOF && fclose(file) == 0);
  return whole;
}

static void resume(const char *output, entries *all, size_t want, bool add) {
  lode_journal journal;
  all->seen = 0;
  MUST(lode_journal_resume(&journal, output, &FINGERPRINT, replay, all, NULL) == 0);
  MUST(all->seen == want && journal.count == want);
  journal.synced_ns = UINT64_MAX / 2;
  if (add) MUST(lode_journal_add(&journal, all->items[want].ptr, all->items[want].len, NULL) == 0);
  lode_journal_close(&journal, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char output[256], path[300];
  entries all = {0};
  if (size < 4) return 0;
  fuzz_file(data, 0, "", output);
  snprintf(path, sizeof path, "%s.journal", output);
  split(data + 3, size - 3, &all);
  write_entries(output, &all);
  size_t whole = damage(path, (size_t)data[0] << 8 | data[1], data[2], &all);
  bool more = whole < all.count;
  resume(output, &all, whole, more);
  resume(output, &all, whole + more, false);
  unlink(path);
  unlink(output);
  return 0;
}
