printf '{"id":"a","text":"e\\u0301\\ud83c\\udde9\\ud83c\\uddea\\r\\n!"}\n' | lode segment --unit grapheme --input jsonl -
