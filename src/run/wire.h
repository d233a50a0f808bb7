/* wire.h - whole messages, with or without a file descriptor, over a local stream socket.
 *
 *     u32 type | u64 length | bytes ...      the descriptor rides on the first bytes
 *
 * Every conversation is question and answer, or credit and goods, so a blocking write always meets a
 * reader and nothing can deadlock.  A peer that dies is an end of file, also in the middle of a message.
 */
#ifndef LODE_WIRE_H
#define LODE_WIRE_H
#include "buf.h"

typedef enum lode_message {
  /* supervisor -> reader: one more batch, please; reader -> supervisor: lode_batch; end of input */
  LODE_MSG_CREDIT = 1, LODE_MSG_BATCH, LODE_MSG_END,
  /* supervisor -> loader: u32 worker number, u32 slot, the worker's socket; loader -> supervisor */
  LODE_MSG_FORK, LODE_MSG_LOADED, LODE_MSG_FAILED, LODE_MSG_FORKED, LODE_MSG_EXITED,
  /* supervisor -> worker: batch, orders; worker -> supervisor: sink */
  LODE_MSG_WORK, LODE_MSG_SINK,
  /* before that, where copies are looked for: batch, orders; signatures (pagecopies.h) */
  LODE_MSG_SIGN, LODE_MSG_SIGNATURES,
  /* group stage: key; records of it; ask for what came out so far */
  LODE_MSG_KEY, LODE_MSG_RECORDS, LODE_MSG_KEY_END, LODE_MSG_FLUSH,
  /* done stage, and the output format; answers are LODE_MSG_SINK and LODE_MSG_TEXT.  LODE_MSG_MORE is a sink too,
   * after which an empty LODE_MSG_DONE asks for what comes behind it */
  LODE_MSG_DONE, LODE_MSG_HEAD, LODE_MSG_ROWS, LODE_MSG_FOOT, LODE_MSG_TEXT, LODE_MSG_MORE,
} lode_message;

typedef struct lode_frame {
  uint32_t type;
  lode_buf body;
  int fd; /* -1: none; the receiver owns it */
} lode_frame;

int lode_wire_pair(int pair[2], lode_err *err);

/* fd -1: none.  LODE_E_CLOSED where the peer is gone. */
int lode_wire_send(int socket, lode_message type, const void *bytes, size_t len, int fd, lode_err *err);

/* 1 with a message (body cleared and filled; an old fd in the frame must have been taken), 0 where the
 * peer is gone, or an error code. */
int lode_wire_receive(int socket, lode_frame *out, lode_err *err);
void lode_frame_free(lode_frame *self);

#endif
