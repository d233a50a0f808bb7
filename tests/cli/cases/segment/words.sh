printf '{"id":"a","text":"Dr. Lee can'"'"'t go."}\n{"id":"b","text":""}\n{"text":"\\u6771\\u4eac"}\n' >p.jsonl
lode segment --unit word p.jsonl
lode segment --unit word --standard uax29 p.jsonl
