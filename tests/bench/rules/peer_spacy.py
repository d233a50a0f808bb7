"""peer_spacy.py PAGES.jsonl: the five rules for spaCy's Matcher on a blank pipeline, from text to records."""
import json
import sys
import spacy
from spacy.matcher import Matcher

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.max_length = 10**9
words = lambda text: {"LOWER": {"IN": text.split()}}
title = "president chancellor minister secretary aide governor senator"
name = {"IS_TITLE": True, "LOWER": {"NOT_IN": title.split()}, "OP": "{1,3}"}
said = words("said says told added")
months = "january february march april may june july august september october november december"
matcher = Matcher(nlp.vocab)
matcher.add("person", [[words(title), name]], greedy="LONGEST")
matcher.add("speech", [[name, said], [said, name]], greedy="LONGEST")
matcher.add("meeting", [[words("meeting summit talks dialogue"), {"OP": "{0,3}"}, words("between with of"), {"OP": "{0,2}"}, name]], greedy="LONGEST")
matcher.add("date", [[{"LIKE_NUM": True}, words(months), {"LIKE_NUM": True, "OP": "?"}]], greedy="LONGEST")
matcher.add("according", [[words("according"), words("to"), name]], greedy="LONGEST")
with open(sys.argv[1]) as pages:
    rows = [json.loads(line) for line in pages]
for doc, row in nlp.pipe(((r["text"], r) for r in rows), as_tuples=True):
    for key, start, end in matcher(doc):
        span = doc[start:end]
        print(json.dumps({"type": nlp.vocab.strings[key], "page": row["id"], "text": span.text, "start": span.start_char, "end": span.end_char}))
