# Empty pages, pages of one word, and broken lines: nothing is merged that is not the same.
printf '{"id":"e1","text":""}\n{"id":"w1","text":"Yes"}\n{"id":"w2","text":"No"}\n{"id":"w3","text":"yes."}\nbroken\n{"id":"e2","text":""}\n{"id":"m","text":"..."}\n' >p.jsonl
lode dedup --near -f clusters p.jsonl
echo "status $?"
lode dedup p.jsonl
