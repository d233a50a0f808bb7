#include "sigfile.h"

#include "mem.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 1 << 20, BLOCK_MOST = 1 << 30 };

static const char magic[8] = {'l', 'o', 'd', 'e', 's', 'i', 'g', '2'};

typedef struct settings_record { /* as it lies in the file */
  uint32_t level, near, fold, words;
  double threshold, containment;
  uint32_t zones, none;
} settings_record;

typedef struct block_record {
  uint32_t bytes, units;
  uint64_t hash; /* of the records; at the end the number of units */
} block_record;

int lode_sigwriter_open(lode_sigwriter *self, const char *path, const lode_dedup_settings *settings, lode_err *err) {
  *self = (lode_sigwriter){.file = {.fd = -1}};
  settings_record record = {.level = (uint32_t)settings->level,
                            .near = settings->near,
                            .fold = settings->fold,
                            .words = settings->near ? LODE_SHINGLE_WORDS : 0,
                            .threshold = settings->near ? settings->threshold : 0,
                            .containment = settings->near ? settings->containment : 0,
                            .zones = settings->zones};
  int code = lode_outfile_open(&self->file, path, err);
  if (code == 0) code = lode_outfile_write(&self->file, magic, sizeof magic, err);
  return code == 0 ? lode_outfile_write(&self->file, &record, sizeof record, err) : code;
}

static int end_block(lode_sigwriter *self, lode_err *err) {
  block_record record = {(uint32_t)self->block.len, self->block_units,
                         lode_hash64(self->block.ptr, self->block.len, 0)};
  if (self->block.len == 0) return 0;
  int code = lode_outfile_write(&self->file, &record, sizeof record, err);
  if (code == 0) code = lode_outfile_write(&self->file, self->block.ptr, self->block.len, err);
  self->block.len = 0;
  self->block_units = 0;
  return code;
}

/* A block ends with the first record that fills it, so that blocks do not depend on how records came. */
int lode_sigwriter_add(lode_sigwriter *self, const char *records, size_t len, uint32_t units, lode_err *err) {
  const char *at = records, *end = records + len;
  int code = 0;
  for (uint32_t i = 0; i < units && code == 0; i++) {
    const char *from = at;
    lode_unit unit;
    code = lode_unit_next(&at, end, &unit, err);
    if (code == 0) code = lode_buf_add(&self->block, from, (size_t)(at - from), err);
    self->block_units++;
    self->units++;
    if (code == 0 && self->block.len >= BLOCK_BYTES) code = end_block(self, err);
  }
  return code;
}

int lode_sigwriter_commit(lode_sigwriter *self, lode_err *err) {
  int code = end_block(self, err);
  block_record record = {0, 0, self->units};
  if (code == 0) code = lode_outfile_write(&self->file, &record, sizeof record, err);
  return code == 0 ? lode_outfile_commit(&self->file, err) : code;
}

void lode_sigwriter_drop(lode_sigwriter *self) {
  lode_outfile_drop(&self->file);
  lode_buf_free(&self->block);
}

/* --- reading --- */

/* All of `len` bytes; fewer are LODE_E_INPUT. */
static int read_all(lode_sigreader *self, void *to, size_t len, lode_err *err) {
  char *out = to;
  while (len > 0) {
    ssize_t got = read(self->fd, out, len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return lode_fail(err, LODE_E_IO, "%s: %s", self->path, strerror(errno));
    if (got == 0)
      return lode_fail(err, LODE_E_INPUT, "%s is cut at byte %llu", self->path, (unsigned long long)self->at);
    out += got;
    len -= (size_t)got;
    self->at += (uint64_t)got;
  }
  return 0;
}

int lode_sigreader_open(lode_sigreader *self, const char *path, lode_err *err) {
  char first[sizeof magic];
  settings_record record;
  *self = (lode_sigreader){.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC)};
  if (self->fd < 0) return lode_fail(err, LODE_E_IO, "%s: %s", path, strerror(errno));
  if (read_all(self, first, sizeof first, err) != 0 || memcmp(first, magic, sizeof magic) != 0)
    return lode_fail(err, LODE_E_INPUT, "%s is no index or signature file of this version of lode", path);
  int code = read_all(self, &record, sizeof record, err);
  if (code != 0) return code;
  if (record.level >= LODE_LEVEL_COUNT || (record.near && record.words != LODE_SHINGLE_WORDS))
    return lode_fail(err, LODE_E_INPUT, "%s was made with other shingles: of %u words", path, record.words);
  self->settings = (lode_dedup_settings){.level = (lode_level)record.level,
                                         .near = record.near != 0,
                                         .fold = record.fold != 0,
                                         .threshold = record.threshold,
                                         .containment = record.containment,
                                         .zones = record.zones};
  return 0;
}

int lode_sigreader_next(lode_sigreader *self, lode_err *err) {
  block_record record;
  char more;
  int code = read_all(self, &record, sizeof record, err);
  if (code != 0) return code;
  if (record.bytes == 0) {
    if (record.hash == self->units && read(self->fd, &more, 1) == 0) return 0;
    return lode_fail(err, LODE_E_INPUT, "%s is damaged at its end", self->path);
  }
  if (record.bytes > BLOCK_MOST || record.bytes % 4 != 0)
    return lode_fail(err, LODE_E_INPUT, "%s is damaged before byte %llu", self->path, (unsigned long long)self->at);
  self->block.len = 0;
  code = lode_buf_reserve(&self->block, record.bytes, err);
  if (code == 0) code = read_all(self, self->block.ptr, record.bytes, err);
  if (code != 0) return code;
  self->block.len = record.bytes;
  self->block_units = record.units;
  self->units += record.units;
  if (lode_hash64(self->block.ptr, self->block.len, 0) == record.hash) return 1;
  return lode_fail(err, LODE_E_INPUT, "%s is damaged before byte %llu", self->path, (unsigned long long)self->at);
}

void lode_sigreader_close(lode_sigreader *self) {
  if (self->fd >= 0) close(self->fd);
  self->fd = -1;
  lode_buf_free(&self->block);
}

static const char *kind_of(const lode_dedup_settings *s) {
  return s->near ? "near" : s->fold ? "exact, folded" : "exact";
}

int lode_dedup_settings_match(const lode_dedup_settings *have, const lode_dedup_settings *want, const char *path,
                              lode_err *err) {
  if (have->level != want->level || have->near != want->near || have->fold != want->fold)
    return lode_fail(err, LODE_E_USAGE, "%s holds signatures by %s (%s), and by %s (%s) is asked for", path,
                     lode_level_name(have->level), kind_of(have), lode_level_name(want->level), kind_of(want));
  if (have->zones != want->zones)
    return lode_fail(err, LODE_E_USAGE, "%s was made %s", path,
                     have->zones == 0   ? "without --zone, which is given now"
                     : want->zones == 0 ? "with --zone, which is not given now"
                                        : "with other zones in --zone");
  if (have->near && (have->threshold != want->threshold || have->containment != want->containment))
    return lode_fail(err, LODE_E_USAGE, "%s was made with --threshold %g --containment %g, and %g and %g are asked for",
                     path, have->threshold, have->containment, want->threshold, want->containment);
  return 0;
}
