# 1 GB without a line end, from a pipe.
{ printf '{"id":"big","text":"'; head -c 1073741824 /dev/zero | tr '\0' 'a'; printf '"}\n{"id":"small","text":"One page."}\n'; } |
  bounded 700 lode sentences --input jsonl -
