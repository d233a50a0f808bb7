/* topics.h - pages of help that belong to no single command. */
#ifndef LODE_TOPICS_H
#define LODE_TOPICS_H

typedef struct lode_topic {
  const char *name, *text;
} lode_topic;

extern const lode_topic lode_topics[]; /* name NULL ends */

#endif
