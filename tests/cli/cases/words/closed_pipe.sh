# A reader that goes away is no failure.
i=0
while [ $i -lt 2000 ]; do echo "{\"id\":\"$i\",\"text\":\"w$i x$i y$i z$i some more words $i-$i\"}"; i=$((i + 1)); done >p.jsonl
{ lode tokens p.jsonl; echo "exit $?" >&2; } | head -n 1 >/dev/null
