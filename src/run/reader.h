/* reader.h - the process that cuts the input into batches.
 *
 * It goes through the inputs in order and hands out one batch for each credit, so that at most so many
 * decoded buffers exist at a time.  Plain JSON lines become ranges of their file; what cannot be cut
 * (compressed lines, standard input) is decoded here into memfds; whole files go by number.  Counting
 * lines and cutting is all that it does with the bytes: about the speed of read(2).
 *
 * --limit takes the first pages, --sample draws pages by sequential sampling (Knuth, TAOCP 3.4.2,
 * algorithm S) after a first pass that only counts, which needs inputs that can be read twice.
 */
#ifndef LODE_READER_H
#define LODE_READER_H
#include "batch.h"
#include "run.h"
#include "slot.h"

/* The whole life of the reader; begins at input number `first`.  Returns an exit status. */
int lode_reader_main(const lode_run_options *options, size_t first, int socket, lode_slot *slot);

#endif
