deep() { printf '%*s' 100000 '' | tr ' ' "$1"; }
{ printf '{"id":"deep","text":"x","a":'; deep '['; deep ']'; printf '}\n{"id":"b","text":"One page."}\n'; } >p.jsonl
lode sentences p.jsonl
