/* sigfile.h - a file of unit records: an index, or one shard's signatures.  They are the same thing.
 *
 *     "lodesig1" | settings | blocks: u32 bytes, u32 units, u64 hash, records | end: 0, 0, u64 units of all
 *
 * The settings say how the units were made and are compared; files that differ in them are refused, never mixed.
 * Every block has its hash, and a file without its end is cut: both are LODE_E_INPUT with the path.  A file is written beside
 * its final name and renamed when it is whole and on the disk, so a kill at any moment leaves the old one.
 *
 * Decisions are not kept: whoever opens a file adds its units again in their order, which gives the same ones and is
 * several times as fast as reading their texts.  So an index that was saved and opened is the same as one that never was,
 * and files can be joined in any cut.
 */
#ifndef LODE_SIGFILE_H
#define LODE_SIGFILE_H
#include "file.h"
#include "unit.h"

/* --- writing --- */
typedef struct lode_sigwriter {
  lode_outfile file;
  lode_buf block; /* records that wait for their block */
  uint32_t block_units;
  uint64_t units;
} lode_sigwriter;
int lode_sigwriter_open(lode_sigwriter *self, const char *path, const lode_dedup_settings *settings, lode_err *err);
/* Records as they lie in memory, whole ones. */
int lode_sigwriter_add(lode_sigwriter *self, const char *records, size_t len, uint32_t units, lode_err *err);
int lode_sigwriter_commit(lode_sigwriter *self, lode_err *err); /* the end, and the final name */
void lode_sigwriter_drop(lode_sigwriter *self);                 /* idempotent; nothing after commit */

/* --- reading --- */
typedef struct lode_sigreader {
  const char *path;
  int fd; /* -1: none */
  lode_dedup_settings settings;
  lode_buf block;
  uint32_t block_units;
  uint64_t units, at;
} lode_sigreader;
/* LODE_E_INPUT where it is no such file. */
int lode_sigreader_open(lode_sigreader *self, const char *path, lode_err *err);
/* 1 with the next block's records in self->block, 0 at the end. */
int lode_sigreader_next(lode_sigreader *self, lode_err *err);
void lode_sigreader_close(lode_sigreader *self);

/* 0 where units made with the one may be compared with units made with the other; LODE_E_USAGE names what differs. */
int lode_dedup_settings_match(const lode_dedup_settings *have, const lode_dedup_settings *want, const char *path,
                              lode_err *err);

#endif
