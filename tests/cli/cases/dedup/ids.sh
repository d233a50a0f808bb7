# Lists name pages by ids: where two have one, that is said.
printf '{"id":"a","text":"one two three four"}\n{"id":"b","text":"x"}\n{"id":"a","text":"five six seven"}\n' >p.jsonl
lode dedup -f clusters p.jsonl
lode dedup -q -f clusters p.jsonl
lode dedup p.jsonl
