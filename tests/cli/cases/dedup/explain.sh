# Shared words in brackets; where colours are asked for, green.
printf '{"id":"a","text":"The council voted on Tuesday to close the old bridge."}\n{"id":"b","text":"On Monday, the council voted on Tuesday: \\"close the OLD bridge\\"!"}\n' >p.jsonl
lode dedup --explain a b p.jsonl
lode dedup --explain a b --color always --threshold 0.5 p.jsonl | head -n 5 | od -c | head -n 14
lode dedup --explain a c p.jsonl
echo "status $?"
lode dedup --explain a
echo "status $?"
# Texts are shown, and ids must tell them apart.
printf '{"id":"a","text":"one two three four"}\n{"id":"a","text":"five six seven"}\n{"id":"b","text":"x"}\n' >same.jsonl
lode dedup --explain a b same.jsonl
lode dedup --explain a b --against seen.lode same.jsonl
