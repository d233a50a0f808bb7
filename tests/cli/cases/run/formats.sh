printf '{"id":"a","text":"x","title":"T, \\"q\\""}\n{"id":"b","text":"y","title":"=1+1"}\n' >p.jsonl
echo 'lode.page(function(p) p:emit { type = "seen", title = p.meta.title, n = { 1, 2 } } end)' >s.lua
for f in jsonl json csv tsv markdown; do
  echo "$f:"
  lode run -q -f $f --fields page,title,n s.lua p.jsonl
done
