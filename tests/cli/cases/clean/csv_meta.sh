# Fields of meta are columns by their path; a name with a dot that a record has itself goes first.
printf '{"id":"a","text":"The mayor said so.","title":"Old bridge, new road","date":"2025-08-20","place":{"city":"Arden"}}\n' >p.jsonl
printf '{"id":"b","text":"Nobody said so."}\n' >>p.jsonl
for f in csv tsv markdown; do lode clean -f $f --fields id,meta.title,meta.date,meta.place.city,meta.title.x p.jsonl; done
echo 'lode.page(function(p) p:emit { type = "seen", ["a.b"] = "own", a = { b = "inner", c = "nested" } } end)' >s.lua
lode run -q -f tsv --fields a.b,a.c s.lua p.jsonl
