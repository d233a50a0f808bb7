/* entries.h - what a lexicon says beside its phrases: a row of cells for each entry, as one run of bytes.
 *
 *     names[]   columns          rows[e]   where the cells of entry e lie; equal rows mostly lie in one place
 *     cells     column + 1, type, length, bytes ...; 0
 *
 * Like the lexicon's image it is made once, kept in memory or in a file, and mapped by all workers.
 *
 * Lifetime   lode_entries borrows the image.  Cells point into it.
 * Cost       4 bytes an entry and the cells' bytes; nothing where no entry has a cell.
 */
#ifndef LODE_ENTRIES_H
#define LODE_ENTRIES_H
#include "buf.h"
#include "rows.h"

typedef struct lode_entries_builder {
  lode_table names;
  lode_buf rows, row;
  uint32_t *starts;
  uint32_t count, cap;
  uint64_t *recent; /* by hash: offset + 1 << 32 | the hash's upper half */
} lode_entries_builder;

void lode_entries_builder_init(lode_entries_builder *self);
void lode_entries_builder_free(lode_entries_builder *self);
/* Put a cell into the entry that is being made; NONE is left out.  A number is written as Lua or JSON does. */
int lode_entries_put(lode_entries_builder *self, lode_str column, lode_cell cell, lode_err *err);
/* End it: its number, from 0. */
int lode_entries_end(lode_entries_builder *self, uint32_t *entry, lode_err *err);
int lode_entries_builder_write(const lode_entries_builder *self, lode_buf *out, lode_err *err);

typedef struct lode_entries {
  uint32_t name_count, count, name_bytes, row_bytes;
  const uint32_t *name_starts, *starts;
  const char *names, *rows;
} lode_entries;

/* LODE_E_INPUT where the image is damaged.  It must be aligned to 4 bytes. */
int lode_entries_open(lode_entries *self, lode_str image, lode_err *err);
lode_str lode_entries_name(const lode_entries *self, uint32_t column);
/* The column called so, or LODE_NO_ID. */
uint32_t lode_entries_column(const lode_entries *self, lode_str name);

/* Step through an entry's cells: *at is 0 first. */
bool lode_entries_next(const lode_entries *self, uint32_t entry, size_t *at, uint32_t *column, lode_cell *cell);

#endif
