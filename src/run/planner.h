/* planner.h - what the reader's ways of planning share.  Private to src/run.
 *
 * A planner goes over the inputs and hands out batches; a source is the input it is on.  Bytes that were read and not
 * handed out are `pending`; a batch is a piece of them from the start on.
 */
#ifndef LODE_PLANNER_H
#define LODE_PLANNER_H
#include "reader.h"
#include "sink.h"
#include "stream.h"

typedef struct lode__planner {
  const lode_run_options *options;
  int socket;
  lode_slot *slot;
  lode_batch batch; /* scratch for lines and text */
  lode_batch files; /* whole files gathered so far */
  lode_buf pending; /* bytes of the input that are read but not handed out */
  lode_buf message;
  lode_sink sink;
  bool counting; /* first pass of --sample */
  size_t target; /* bytes of the next batch */
  uint64_t seen, taken, total, random;
} lode__planner;

typedef struct lode__source {
  const lode_input *input;
  uint32_t number;
  lode_stream *stream;
  bool plain; /* a regular file as it is: batches are ranges of it */
  bool ended;
  uint64_t offset; /* of pending in the (decoded) input */
  uint64_t line;   /* 1-based, of pending */
  uint64_t before; /* bytes of the file on disk at the last batch */
  lode_err failed; /* code 0, or what ended the stream early */
  lode_buf ends;   /* u64 each: where in the decoded input members of gzip ended, of those not handed out */
} lode__source;

/* Whether --limit or --sample choose; whether the page met now is one of those asked for; whether there are enough. */
bool lode__plan_chooses(const lode__planner *self);
bool lode__plan_take(lode__planner *self);
bool lode__plan_is_full(const lode__planner *self);

/* More bytes behind pending, never beyond the next batch's target, so that cuts do not depend on how a pipe is
 * filled; at a damaged place the stream ends and `failed` says why. */
int lode__plan_read(lode__planner *self, lode__source *from, lode_err *err);

/* Let go of, or hand out as self->batch, the first len bytes of pending. */
void lode__plan_drop(lode__planner *self, lode__source *from, size_t len);
int lode__plan_send(lode__planner *self, lode__source *from, size_t len, lode_err *err);

/* A page that the reader itself has to skip; so many pages of an input, for one reason. */
int lode__plan_report(lode__planner *self, const lode_err *why, const char *page, lode_err *err);
int lode__plan_report_pages(lode__planner *self, const lode_err *why, const char *name, uint64_t pages, lode_err *err);

/* Plan the whole input, of records or of rows. */
int lode__plan_warc(lode__planner *self, lode__source *from, lode_err *err);
int lode__plan_csv(lode__planner *self, lode__source *from, lode_err *err);

#endif
