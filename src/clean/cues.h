/* cues.h - words that furniture is made of, by what they do.  Private to src/clean.
 *
 * A word alone decides nothing: lineform.c asks for it in a place (first, last, before a number) of a line
 * of a length.  The list holds words that any site uses, none that names one, but for the networks that
 * share bars link to.
 */
#ifndef LODE_CUES_H
#define LODE_CUES_H
#include <stddef.h>
#include <stdint.h>

enum { LODE__CUE_BYTES = 15 }; /* of the longest word, with its end */

typedef enum lode__cue {
  LODE__CUE_NONE,
  LODE__CUE_SOCIAL,   /* networks of share bars */
  LODE__CUE_SHARE,    /* share, tweet */
  LODE__CUE_FOLLOW,   /* follow */
  LODE__CUE_THIS,     /* this, on, at, via, us, article: what share, follow and posted take */
  LODE__CUE_PHOTO,    /* photo, image, getty */
  LODE__CUE_FILE,     /* file, handout, combo: what goes before a photo */
  LODE__CUE_COPY,     /* copyright */
  LODE__CUE_RIGHTS,   /* rights */
  LODE__CUE_RESERVED, /* reserved */
  LODE__CUE_BY,       /* by */
  LODE__CUE_POSTED,   /* posted, published */
  LODE__CUE_UPDATED,  /* updated, modified */
  LODE__CUE_LAST,     /* last, first: before the two above */
  LODE__CUE_CREDIT,   /* source, credit, courtesy */
  LODE__CUE_DESK,     /* reporting, editing, writing */
  LODE__CUE_READ,     /* read, see, watch, listen */
  LODE__CUE_MORE,     /* more, also, next */
  LODE__CUE_RELATED,  /* related, recommended, trending */
  LODE__CUE_MOST,     /* most */
  LODE__CUE_POPULAR,  /* viewed, popular, shared */
  LODE__CUE_CLICK,    /* click, tap */
  LODE__CUE_HERE,     /* here */
  LODE__CUE_COUNTER,  /* views, visits, comments */
  LODE__CUE_CONTACT,  /* contact */
  LODE__CUE_SIGN,     /* subscribe, newsletter, cookies: what sites say of themselves */
  LODE__CUE_NUMBER,   /* registration, licence: before a number */
  LODE__CUE_MENU,     /* home, menu, search, login */
  LODE__CUE_ADVERT,   /* advertisement, sponsored */
  LODE__CUE_DATE,     /* months, days, time zones, am, pm */
  LODE__CUE_COUNT
} lode__cue;

/* The rest of lode__cue_of; pair: the number of the first two letters. */
lode__cue lode__cue_find(const char *word, size_t len, unsigned pair);
extern const uint16_t lode__cue_lengths[26 * 26];

/* What an ASCII word, in any case, does. */
static inline lode__cue lode__cue_of(const char *word, size_t len) {
  if (len < 2 || len >= LODE__CUE_BYTES) return LODE__CUE_NONE;
  unsigned letter = (unsigned char)(word[0] | 0x20) - 'a', second = (unsigned char)(word[1] | 0x20) - 'a';
  unsigned pair = letter * 26 + second;
  if (letter > 25 || second > 25 || !(lode__cue_lengths[pair] >> len & 1)) return LODE__CUE_NONE;
  return lode__cue_find(word, len, pair);
}

/* 1 to 12 for the name of a month or its first three letters, else 0. */
int lode__month_of(const char *word, size_t len);

#endif
