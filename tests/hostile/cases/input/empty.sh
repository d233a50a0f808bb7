: >a.txt
: >b.jsonl
: | gzip -n >c.txt.gz
printf '\n\n' >d.jsonl
printf ' \n \n' >e.txt
lode clean a.txt b.jsonl c.txt.gz d.jsonl e.txt
echo $?
lode words - </dev/null
