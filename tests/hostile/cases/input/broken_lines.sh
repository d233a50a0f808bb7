# A line that is no JSON costs that line; one without text too; the offset is that of the mistake.
printf '{"id":"a","text":"One."}\nnonsense\n{"id":"b","text":"Two."\n{"id":"c"}\n[1,2]\n\n{"id":"d","text":"Three."}' >p.jsonl
lode sentences --errors errors.jsonl p.jsonl
status=$?
cat errors.jsonl
exit $status
