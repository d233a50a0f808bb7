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

/* Where the words with each first two letters begin in `words`, and the end: a line of 26 for each first letter. */
/* clang-format off */
static const unsigned char begin[26 * 26 + 1] = {
    0, 0, 0, 0, 4, 4, 4, 5, 5, 5, 5, 5, 6, 7, 7, 7, 9, 9, 10, 10, 11, 13, 13, 13, 13, 13,
    13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 16,
    16, 17, 17, 17, 17, 19, 19, 19, 19, 19, 19, 19, 20, 20, 20, 32, 32, 32, 35, 35, 35, 35, 35, 35, 35, 35,
    35, 35, 35, 35, 35, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37, 37,
    37, 37, 37, 37, 40, 40, 40, 40, 40, 40, 40, 40, 40, 41, 41, 41, 41, 41, 41, 42, 42, 42, 42, 42, 42, 42,
    42, 44, 44, 44, 44, 46, 46, 46, 46, 48, 48, 48, 49, 49, 49, 50, 50, 50, 52, 52, 52, 52, 52, 52, 52, 52,
    52, 52, 52, 52, 52, 53, 53, 53, 53, 53, 53, 53, 53, 54, 54, 54, 54, 54, 54, 54, 54, 54, 54, 54, 54, 54,
    54, 55, 55, 55, 55, 56, 56, 56, 56, 57, 57, 57, 57, 57, 57, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58,
    58, 58, 58, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 61, 63, 63, 63, 63, 63, 64, 64, 64, 64, 64, 64, 64,
    64, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 71, 71, 71, 71, 71,
    71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71, 71,
    71, 72, 72, 72, 72, 72, 72, 72, 72, 78, 78, 78, 78, 78, 78, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 79,
    79, 83, 83, 83, 83, 85, 85, 85, 85, 85, 85, 85, 85, 85, 85, 90, 90, 90, 90, 90, 90, 90, 90, 90, 90, 90,
    90, 90, 90, 90, 90, 93, 93, 93, 93, 93, 93, 93, 93, 93, 93, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95, 95,
    95, 95, 95, 97, 97, 97, 97, 97, 97, 97, 97, 97, 97, 97, 98, 98, 98, 98, 98, 98, 98, 98, 98, 98, 98, 98,
    98, 99, 99, 99, 100, 100, 100, 100, 104, 106, 106, 106, 106, 107, 107, 109, 109, 109, 110, 111, 111, 112, 112, 112, 112, 112,
    112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112, 112,
    112, 112, 112, 112, 112, 123, 123, 123, 123, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124, 124,
    124, 126, 126, 126, 126, 131, 131, 131, 134, 136, 136, 137, 137, 137, 138, 140, 141, 141, 141, 141, 142, 148, 148, 148, 148, 148,
    148, 149, 149, 149, 149, 150, 150, 150, 154, 155, 155, 155, 155, 155, 155, 155, 155, 155, 156, 156, 156, 160, 160, 162, 162, 162,
    162, 162, 162, 162, 162, 162, 162, 162, 162, 162, 162, 162, 162, 162, 163, 163, 164, 164, 164, 165, 166, 166, 166, 166, 166, 166,
    166, 166, 166, 166, 166, 166, 166, 166, 166, 172, 172, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174, 174,
    174, 175, 175, 175, 175, 179, 179, 179, 180, 180, 180, 180, 180, 180, 180, 180, 180, 180, 182, 182, 182, 182, 182, 182, 182, 182,
    182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182,
    182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 182, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183,
    183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183, 183,
    183};
/* clang-format on */

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
  if (letter > 25 || second > 25) return LODE__CUE_NONE;
  for (size_t i = begin[letter * 26 + second]; i < begin[letter * 26 + second + 1]; i++) {
    size_t same = words[i].len == len ? 2 : len + 1;
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
