/* Any bytes as a file, compressed or not: read in pieces and as a whole give the same bytes and the same verdict, and
 * what is not compressed comes back as it is. */
#include "fuzz.h"
#include "stream.h"
#include <unistd.h>

enum { MOST = 1 << 18 }; /* a bomb is cut here */

static int in_pieces(const char *path, const uint8_t *data, size_t size, lode_buf *out) {
  lode_stream *stream;
  lode_str peeked;
  size_t got, round = 0;
  int code = lode_stream_open(&stream, path, NULL);
  if (code != 0) return code;
  size_t ahead = lode_stream_peek(stream, &peeked, NULL) == 0 ? peeked.len : 0;
  char first[4097];
  MUST(ahead < sizeof first);
  if (ahead > 0) memcpy(first, peeked.ptr, ahead);
  do {
    size_t room = 1 + fuzz_pick(data, size, (uint32_t)round++, 5000);
    if (room > MOST - out->len) room = MOST - out->len;
    MUST(lode_buf_reserve(out, room, NULL) == 0);
    code = lode_stream_read(stream, out->ptr + out->len, room, &got, NULL);
    MUST(got <= room);
    out->len += got;
    MUST(lode_stream_consumed(stream) <= size);
  } while (code == 0 && got > 0 && out->len < MOST);
  if (code != 0) MUST(lode_stream_read(stream, first + ahead, 1, &got, NULL) == code && got == 0);
  MUST(ahead <= out->len && (ahead == 0 || memcmp(first, out->ptr, ahead) == 0));
  lode_stream_close(stream);
  return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char path[256];
  lode_buf pieces = {0}, whole = {0};
  lode_stream *stream;
  fuzz_file(data, size, "", path);
  int code = in_pieces(path, data, size, &pieces);
  MUST(code == 0 || code == LODE_E_INPUT);
  MUST(lode_stream_open(&stream, path, NULL) == 0);
  bool compressed = lode_stream_is_compressed(stream);
  int other = lode_stream_read_all(stream, &whole, MOST, NULL);
  lode_stream_close(stream);
  MUST(pieces.len == whole.len && (whole.len == 0 || memcmp(pieces.ptr, whole.ptr, whole.len) == 0));
  if (whole.len < MOST) MUST(code == other);
  if (!compressed) MUST(code == 0 && whole.len == size && (size == 0 || memcmp(whole.ptr, data, size) == 0));
  lode_buf_free(&pieces);
  lode_buf_free(&whole);
  unlink(path);
  return 0;
}
