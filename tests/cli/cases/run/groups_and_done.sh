printf '{"id":"a","text":"red blue red"}\n{"id":"b","text":"blue green"}\n' >p.jsonl
cat >s.lua <<'LUA'
local words = lode.counter()
lode.page(function(p)
  for word in p.text:gmatch "%a+" do
    words:add(word)
    p:emit { type = "hit", word = word }
  end
end)
lode.group {
  name = "by word", label = "hit", key = function(r) return r.word end,
  reduce = function(key, records)
    return { type = "group", word = key, n = #records, first = records[1].page }
  end,
}
lode.done(function(run)
  for word, count in words:top(2) do run:emit { type = "top", word = word, count = count } end
  run:emit { type = "done", pages = run.pages }
end)
LUA
for j in 1 2; do lode run -q -j $j s.lua p.jsonl >out.$j; done
cmp out.1 out.2 && cat out.1
