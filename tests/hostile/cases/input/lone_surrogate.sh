printf '{"id":"a","text":"one \\ud800 two"}\n{"id":"b","text":"fine"}\n' >p.jsonl
lode sentences p.jsonl
