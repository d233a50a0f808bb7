#include "scope.h"

/* Does an annotation of the label hold all of [begin, end)? */
static bool is_held(const lode_annotations *all, uint32_t label, uint32_t begin, uint32_t end) {
  if (label == LODE_NO_ID) return false;
  const lode_annotation_list *list = &all->lists[label];
  for (uint32_t i = lode_annotations_from(all, label, begin + 1); i-- > 0;)
    if (list->items[i].end >= end) return true;
  return false;
}

/* Does one begin in [begin, end)? */
static bool is_between(const lode_annotations *all, uint32_t label, uint32_t begin, uint32_t end) {
  if (label == LODE_NO_ID || begin >= end) return false;
  return lode_annotations_next(all, label, begin) < end;
}

/* Tokens between the words and what they cover: 0 where they overlap, UINT32_MAX where it is out of their scope. */
static uint32_t distance(const lode_cue *cue, const lode_annotations *all, const lode_page *page,
                         const lode_annotation *words, uint32_t begin, uint32_t end) {
  const lode_token *tokens = page->tokens.items;
  if (words->begin < end && begin < words->end) return 0;
  bool before = words->end <= begin;
  uint32_t from = before ? words->end : end, to = before ? begin : words->begin;
  uint32_t near_token = before ? begin : end - 1;
  if (cue->direction == (before ? LODE_DIRECTION_BACKWARD : LODE_DIRECTION_FORWARD)) return UINT32_MAX;
  if (tokens[words->begin].sentence != tokens[near_token].sentence || to - from > cue->max) return UINT32_MAX;
  return is_between(all, cue->stop, from, to) ? UINT32_MAX : to - from;
}

lode_cue_found lode__find_cue(const lode_cue *cues, uint32_t count, const lode_annotations *annotations,
                              const lode_page *page, uint32_t label, uint32_t begin, uint32_t end) {
  lode_cue_found best = {LODE_NO_ID, 0, 0};
  uint32_t nearest = UINT32_MAX;
  const lode_sentence *first = &page->tokens.sentences[page->tokens.items[begin].sentence];
  const lode_sentence *last = &page->tokens.sentences[page->tokens.items[end - 1].sentence];
  for (uint32_t c = 0; c < count; c++) {
    const lode_cue *cue = &cues[c];
    if (cue->on != label) continue;
    const lode_annotation_list *list = &annotations->lists[cue->words];
    for (uint32_t i = lode_annotations_from(annotations, cue->words, first->first_token);
         i < list->count && list->items[i].begin < last->first_token + last->token_count; i++) {
      const lode_annotation *words = &list->items[i];
      uint32_t away = distance(cue, annotations, page, words, begin, end);
      if (away == UINT32_MAX || is_held(annotations, cue->pseudo, words->begin, words->end)) continue;
      bool better = best.cue == LODE_NO_ID || cue->rank > cues[best.cue].rank ||
                    (cue->rank == cues[best.cue].rank && away < nearest);
      if (!better) continue;
      best = (lode_cue_found){c, words->begin, words->end};
      nearest = away;
    }
  }
  return best;
}
