printf '{"id":"a","text":"Dr. Lee left. U.S. aid came."}\n' | lode segment --unit sentence --input jsonl -
printf '{"id":"a","text":"Dr. Lee left. U.S. aid came."}\n' | lode segment --unit sentence --standard uax29 --input jsonl -
