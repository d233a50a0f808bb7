#include "cues.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct cue_word {
  char word[15];
  unsigned char len, cue;
} cue_word;

#define CUE(word, cue)                                                                                                 \
  { word, sizeof word - 1, LODE__CUE_##cue }
/* In alphabetical order, so that the words of a letter stand together. */
static const cue_word words[] = {
    CUE("advert", ADVERT),
    CUE("advertisement", ADVERT),
    CUE("advertisements", ADVERT),
    CUE("advertising", ADVERT),
    CUE("ago", DATE),
    CUE("also", MORE),
    CUE("am", DATE),
    CUE("apr", DATE),
    CUE("april", DATE),
    CUE("article", THIS),
    CUE("at", THIS),
    CUE("aug", DATE),
    CUE("august", DATE),
    CUE("bluesky", SOCIAL),
    CUE("bst", DATE),
    CUE("by", BY),
    CUE("caption", PHOTO),
    CUE("cest", DATE),
    CUE("cet", DATE),
    CUE("click", CLICK),
    CUE("combination", FILE),
    CUE("combo", FILE),
    CUE("comment", COUNTER),
    CUE("commented", POPULAR),
    CUE("comments", COUNTER),
    CUE("compiled", DESK),
    CUE("contact", CONTACT),
    CUE("cookie", SIGN),
    CUE("cookies", SIGN),
    CUE("copyright", COPY),
    CUE("copyrights", COPY),
    CUE("courtesy", CREDIT),
    CUE("credit", CREDIT),
    CUE("credited", CREDIT),
    CUE("credits", CREDIT),
    CUE("dec", DATE),
    CUE("december", DATE),
    CUE("edited", DESK),
    CUE("editing", DESK),
    CUE("edt", DATE),
    CUE("email", SOCIAL),
    CUE("est", DATE),
    CUE("facebook", SOCIAL),
    CUE("faq", MENU),
    CUE("feb", DATE),
    CUE("february", DATE),
    CUE("file", FILE),
    CUE("first", LAST),
    CUE("flipboard", SOCIAL),
    CUE("follow", FOLLOW),
    CUE("fri", DATE),
    CUE("friday", DATE),
    CUE("getty", PHOTO),
    CUE("gmt", DATE),
    CUE("handout", FILE),
    CUE("here", HERE),
    CUE("hits", COUNTER),
    CUE("home", MENU),
    CUE("icp", NUMBER),
    CUE("image", PHOTO),
    CUE("images", PHOTO),
    CUE("inbox", SIGN),
    CUE("instagram", SOCIAL),
    CUE("ist", DATE),
    CUE("jan", DATE),
    CUE("january", DATE),
    CUE("javascript", SIGN),
    CUE("jul", DATE),
    CUE("july", DATE),
    CUE("jun", DATE),
    CUE("june", DATE),
    CUE("last", LAST),
    CUE("licence", NUMBER),
    CUE("license", NUMBER),
    CUE("likes", COUNTER),
    CUE("link", THIS),
    CUE("linkedin", SOCIAL),
    CUE("listen", READ),
    CUE("login", MENU),
    CUE("mar", DATE),
    CUE("march", DATE),
    CUE("mastodon", SOCIAL),
    CUE("may", DATE),
    CUE("menu", MENU),
    CUE("messenger", SOCIAL),
    CUE("modified", UPDATED),
    CUE("mon", DATE),
    CUE("monday", DATE),
    CUE("more", MORE),
    CUE("most", MOST),
    CUE("newsletter", SIGN),
    CUE("newsletters", SIGN),
    CUE("next", MORE),
    CUE("nov", DATE),
    CUE("november", DATE),
    CUE("oct", DATE),
    CUE("october", DATE),
    CUE("on", THIS),
    CUE("page", THIS),
    CUE("pdt", DATE),
    CUE("photo", PHOTO),
    CUE("photograph", PHOTO),
    CUE("photographs", PHOTO),
    CUE("photos", PHOTO),
    CUE("picture", PHOTO),
    CUE("pinterest", SOCIAL),
    CUE("pm", DATE),
    CUE("popular", POPULAR),
    CUE("posted", POSTED),
    CUE("print", SOCIAL),
    CUE("pst", DATE),
    CUE("published", POSTED),
    CUE("read", READ),
    CUE("recommended", RELATED),
    CUE("reddit", SOCIAL),
    CUE("register", MENU),
    CUE("registration", NUMBER),
    CUE("related", RELATED),
    CUE("replies", COUNTER),
    CUE("reported", DESK),
    CUE("reporting", DESK),
    CUE("reserved", RESERVED),
    CUE("retweet", SHARE),
    CUE("rights", RIGHTS),
    CUE("sat", DATE),
    CUE("saturday", DATE),
    CUE("search", MENU),
    CUE("see", READ),
    CUE("sep", DATE),
    CUE("sept", DATE),
    CUE("september", DATE),
    CUE("share", SHARE),
    CUE("shared", POPULAR),
    CUE("shares", COUNTER),
    CUE("signup", SIGN),
    CUE("sitemap", MENU),
    CUE("skip", MENU),
    CUE("snapchat", SOCIAL),
    CUE("source", CREDIT),
    CUE("sources", CREDIT),
    CUE("sponsored", ADVERT),
    CUE("story", THIS),
    CUE("subscribe", SIGN),
    CUE("subscriber", SIGN),
    CUE("subscribers", SIGN),
    CUE("subscription", SIGN),
    CUE("sun", DATE),
    CUE("sunday", DATE),
    CUE("tap", CLICK),
    CUE("telegram", SOCIAL),
    CUE("this", THIS),
    CUE("thu", DATE),
    CUE("thurs", DATE),
    CUE("thursday", DATE),
    CUE("tiktok", SOCIAL),
    CUE("trending", RELATED),
    CUE("tue", DATE),
    CUE("tues", DATE),
    CUE("tuesday", DATE),
    CUE("tumblr", SOCIAL),
    CUE("tweet", SHARE),
    CUE("twitter", SOCIAL),
    CUE("unsubscribe", SIGN),
    CUE("updated", UPDATED),
    CUE("us", THIS),
    CUE("utc", DATE),
    CUE("via", THIS),
    CUE("viber", SOCIAL),
    CUE("viewed", POPULAR),
    CUE("views", COUNTER),
    CUE("visitors", COUNTER),
    CUE("visits", COUNTER),
    CUE("vk", SOCIAL),
    CUE("vkontakte", SOCIAL),
    CUE("watch", READ),
    CUE("wechat", SOCIAL),
    CUE("wed", DATE),
    CUE("wednesday", DATE),
    CUE("weibo", SOCIAL),
    CUE("whatsapp", SOCIAL),
    CUE("writing", DESK),
    CUE("written", DESK),
    CUE("youtube", SOCIAL),
};
#undef CUE

/* Where the words of each letter begin, and the end. */
static const unsigned char first[27] = {0,  13, 16,  35,  37,  42,  52,  54,  58,  64,  71,  71,  79, 90,
                                        95, 98, 112, 112, 124, 148, 162, 166, 174, 182, 182, 183, 183};

/* By first letter: a bit for each length of its words, and one for each of their second letters. */
static const uint16_t lengths[26] = {0x68FC, 0x008C, 0x0FF8, 0x0108, 0x00E8, 0x0378, 0x0028, 0x0090, 0x0268, 0x0498, 0x0000, 0x01F0, 0x0378, 0x0D18, 0x008C, 0x0EFC, 0x0000, 0x1BD0, 0x1FF8, 0x01F8, 0x088C, 0x036C, 0x03E8, 0x0000, 0x0080, 0x0000};
static const uint32_t seconds[26] = {0x01A9848, 0x1040800, 0x0024811, 0x0000010, 0x0041008, 0x0024911, 0x0001010, 0x0004111, 0x0043004, 0x0100001, 0x0000000, 0x0004101, 0x0004011, 0x0004010, 0x0002004, 0x0165189, 0x0000000, 0x0000110, 0x018E591, 0x0520191, 0x00CA000, 0x0000500, 0x0020091, 0x0000000, 0x0004000, 0x0000000};

/* The word in lower case with a NUL; false where it is longer than any in the table. */
static bool lower_word(const char *word, size_t len, char out[15]) {
  if (len == 0 || len >= 15) return false;
  for (size_t i = 0; i < len; i++) out[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + ('a' - 'A')) : word[i];
  out[len] = '\0';
  return true;
}

lode__cue lode__cue_of(const char *word, size_t len) {
  if (len < 2 || len >= sizeof words[0].word) return LODE__CUE_NONE;
  unsigned letter = (unsigned char)(word[0] | 0x20) - 'a', second = (unsigned char)(word[1] | 0x20) - 'a';
  if (letter > 25 || second > 25 || (lengths[letter] >> len & seconds[letter] >> second & 1) == 0) return LODE__CUE_NONE;
  for (size_t i = first[letter]; i < first[letter + 1]; i++) {
    size_t same = words[i].len == len ? 1 : len + 1;
    while (same < len && (word[same] | 0x20) == words[i].word[same]) same++;
    if (same == len) return (lode__cue)words[i].cue;
  }
  return LODE__CUE_NONE;
}

int lode__month_of(const char *word, size_t len) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  char low[15];
  if (len < 3 || !lower_word(word, len, low)) return 0;
  for (int i = 0; i < 12; i++)
    if ((len == 3 || len == strlen(months[i]) || strcmp(low, "sept") == 0) && strncmp(low, months[i], len) == 0)
      return i + 1;
  return 0;
}
