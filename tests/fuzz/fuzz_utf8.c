/* Any bytes repaired: the text is valid, repairs are in the source and in order, the map leads there and back. */
#include "fuzz.h"
#include "utf8.h"

static void same_bytes(const uint8_t *data, const lode_buf *out, const lode_map *map) {
  size_t at = 0, source = 0;
  for (size_t i = 0; i < map->count; i++) {
    const lode_map_piece *piece = &map->pieces[i];
    size_t end = i + 1 < map->count ? map->pieces[i + 1].target : out->len;
    MUST(piece->target == at && end >= at && piece->source >= source);
    if (piece->same) MUST(memcmp(out->ptr + at, data + piece->source, end - at) == 0);
    source = piece->source + (piece->same ? end - at : piece->source_len);
    at = end;
  }
  MUST(at == out->len && source <= map->source_len);
}

static void ranges(const uint8_t *data, size_t size, const lode_map *map) {
  for (uint32_t i = 0; i < 16; i++) {
    size_t begin = fuzz_pick(data, size, 2 * i, map->target_len + 1);
    size_t end = begin + fuzz_pick(data, size, 2 * i + 1, map->target_len - begin + 1);
    lode_span there = lode_map_to_source(map, begin, end);
    MUST(there.begin <= there.end && there.end <= size);
    lode_span back = lode_map_to_target(map, there.begin, there.end);
    MUST(back.begin <= back.end && back.end <= map->target_len);
    if (begin < end) MUST(back.begin <= begin && back.end >= end);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  lode_buf out = {0};
  lode_map map = {0};
  lode_repairs repairs = {0};
  bool clean = lode_utf8_clean(text, size);
  MUST(lode_utf8_repair(text, size, &out, &map, &repairs, NULL) == 0);
  MUST(lode_utf8_valid(out.ptr, out.len) == out.len);
  MUST(map.target_len == out.len && map.source_len == size);
  MUST(clean == (repairs.count == 0));
  if (clean) MUST(out.len == size && (size == 0 || memcmp(out.ptr, data, size) == 0));
  size_t at = 0;
  for (size_t i = 0; i < repairs.count; i++) {
    MUST(repairs.items[i].source.begin >= at && repairs.items[i].source.begin < repairs.items[i].source.end);
    at = repairs.items[i].source.end;
  }
  MUST(at <= size);
  same_bytes(data, &out, &map);
  ranges(data, size, &map);
  lode_repairs_free(&repairs);
  lode_map_free(&map);
  lode_buf_free(&out);
  return 0;
}
