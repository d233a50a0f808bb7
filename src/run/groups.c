/* groups.c - the group stage: every key with its records, in the order of (name, key bytes), to a worker.
 *
 * Keys stream to the worker; after FLUSH_BYTES of records it is asked for what came out, which is
 * committed.  Where the worker dies on a key, that key is lost and said so, and the stage goes on from the
 * first key that is not committed, with a new worker and the sorted entries read again.
 */
#include "commit.h"

#include <stdio.h>
#include <stdlib.h>

enum { FLUSH_BYTES = 1 << 20, FLUSH_KEYS = 4096, PREFIX = 2 };

typedef struct stage {
  lode_commit *commit;
  uint64_t committed;  /* keys that are done with */
  uint64_t sent;       /* keys sent since the last flush */
  size_t sent_bytes;
  lode_buf lost;       /* u64 number of each lost key */
  lode_buf key;        /* sort key of the open key */
  lode_buf records;    /* of the open key, not yet sent */
  lode_death death;
} stage;

static bool is_lost(const stage *self, uint64_t number) {
  lode_reader in = lode_reader_of(self->lost.ptr, self->lost.len);
  while (in.ptr < in.end)
    if (lode_read_u64(&in) == number) return true;
  return false;
}

static uint32_t group_of_key(const stage *self) {
  const unsigned char *key = (const unsigned char *)self->key.ptr;
  uint32_t rank = (uint32_t)key[0] << 8 | key[1], group = 0;
  while (self->commit->group_ranks[group] != rank) group++;
  return group;
}

static int send(stage *self, lode_message type, const lode_buf *body, lode_err *err) {
  lode_crew *crew = self->commit->crew;
  size_t number = lode_commit_finisher(self->commit);
  int code = crew->members[number].socket >= 0 ? 0 : lode_crew_hire(crew, number, err);
  if (code != 0) return code;
  code = lode_wire_send(crew->members[number].socket, type, body == NULL ? NULL : body->ptr, body == NULL ? 0 : body->len, -1, err);
  if (code != LODE_E_CLOSED) return code;
  code = lode_crew_bury(crew, number, &self->death, err);
  return code != 0 ? code : lode_fail(err, self->death.code, "%s", self->death.message);
}

static int open_key(stage *self, lode_str key, lode_err *err) {
  self->key.len = 0;
  int code = lode_buf_add(&self->key, key.ptr, key.len, err);
  if (code != 0) return code;
  lode_buf body = {0};
  code = lode_buf_u32(&body, group_of_key(self), err);
  if (code == 0) code = lode_buf_str(&body, (lode_str){key.ptr + PREFIX, key.len - PREFIX}, err);
  if (code == 0) code = send(self, LODE_MSG_KEY, &body, err);
  lode_buf_free(&body);
  return code;
}

static int send_records(stage *self, lode_err *err) {
  if (self->records.len == 0) return 0;
  int code = send(self, LODE_MSG_RECORDS, &self->records, err);
  self->sent_bytes += self->records.len;
  self->records.len = 0;
  return code;
}

static int flush(stage *self, lode_err *err) {
  lode_commit *commit = self->commit;
  if (self->sent == 0) return 0;
  int code = lode_crew_ask(commit->crew, lode_commit_finisher(commit), LODE_MSG_FLUSH, NULL, 0, -1, &self->death, err);
  if (code == 0) code = lode_commit_answer(commit, err);
  if (code != 0) return code;
  self->committed += self->sent;
  self->sent = 0;
  self->sent_bytes = 0;
  return 0;
}

static int close_key(stage *self, lode_err *err) {
  int code = send_records(self, err);
  if (code == 0) code = send(self, LODE_MSG_KEY_END, NULL, err);
  self->sent++;
  if (code != 0 || (self->sent_bytes < FLUSH_BYTES && self->sent < FLUSH_KEYS)) return code;
  return flush(self, err);
}

/* One pass over the sorted entries, from the first key that is not committed. */
static int run_keys(stage *self, lode_err *err) {
  lode_sorter *groups = self->commit->groups;
  lode_str key, record;
  uint64_t number = UINT64_MAX; /* of the key that the last entry had */
  bool open = false;
  lode_buf last = {0};
  int code = lode_sorter_rewind(groups, err), more;
  while (code == 0 && (more = lode_sorter_next(groups, &key, &record, err)) == 1) {
    bool same = number != UINT64_MAX && last.len == key.len && memcmp(last.ptr, key.ptr, key.len) == 0;
    if (!same) {
      if (open) code = close_key(self, err);
      open = false;
      number++;
      last.len = 0;
      if (code == 0) code = lode_buf_add(&last, key.ptr, key.len, err);
      if (code == 0 && number >= self->committed && is_lost(self, number)) {
        if (self->sent > 0) code = flush(self, err);
        if (number == self->committed) self->committed++;
      } else if (code == 0 && number >= self->committed) {
        code = open_key(self, key, err);
        open = true;
      }
    }
    if (code == 0 && open) code = lode_buf_str(&self->records, record, err);
    if (code == 0 && self->records.len >= FLUSH_BYTES) code = send_records(self, err);
  }
  if (code == 0 && more < 0) code = more;
  if (code == 0 && open) code = close_key(self, err);
  if (code == 0) code = flush(self, err);
  lode_buf_free(&last);
  return code;
}

/* The worker died on a key: that key is lost.  Anything else ends the run. */
static int lose_key(stage *self, int code, lode_err *err) {
  if (!self->death.on_item) return code;
  lode_death death = self->death;
  code = lode_buf_u64(&self->lost, self->committed + self->death.item, err);
  self->sent = 0;
  self->sent_bytes = 0;
  self->records.len = 0;
  self->death = (lode_death){0};
  return code != 0 ? code : lode_commit_death(self->commit, &death, err);
}

int lode_commit_groups(lode_commit *self, lode_err *err) {
  stage run = {.commit = self};
  int code = lode_sorter_finish(self->groups, err);
  if (code == 0) {
    while ((code = run_keys(&run, err)) == LODE_E_CRASH || code == LODE_E_TIMEOUT || code == LODE_E_LIMIT) {
      code = lose_key(&run, code, err);
      if (code != 0) break;
    }
  }
  lode_buf_free(&run.lost);
  lode_buf_free(&run.key);
  lode_buf_free(&run.records);
  return code;
}
