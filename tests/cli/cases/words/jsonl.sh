printf '{"id":"a","text":"one two"}\n{"id":"b","text":"two"}\n' >p.jsonl
lode words p.jsonl
