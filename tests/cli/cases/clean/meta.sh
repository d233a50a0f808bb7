printf '{"id":"a","text":"The mayor of Arden said on Monday that the bridge would close.","date":"2025-08-20","n":12}\n' >p.jsonl
lode clean p.jsonl
