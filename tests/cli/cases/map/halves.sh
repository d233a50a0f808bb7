# reduce of map is run: sorted or not, in one piece or in shards, whatever the keys.
cat >groups.lua <<'END'
local words, names = lode.counter "words", lode.counter "names"
rule { "said", label = "said", match = as("who", cap) * as("verb", w "said told added") }
lode.page(function(p)
  for t in p:tokens { kind = "word" } do
    words:add(t.fold)
    if t.fold ~= t.text then names:add('"' .. t.text .. '\t"') end
  end
end)
lode.group { name = "who", label = "said", key = function(r) return r.who end,
  reduce = function(key, all) return { type = "who", who = key, n = #all, first = all[1].page } end }
lode.group { name = "Verb", label = "said", key = function(r) return '"' .. r.verb .. '\n"' end,
  reduce = function(key, all) return { type = "verb", verb = key, n = #all, last = all[#all].page } end }
lode.done(function(run)
  for word, n in words:top(3) do run:emit { type = "word", word = word, n = n } end
  for name, n in names:top(2) do run:emit { type = "name", name = name, n = n } end
  run:emit { type = "run", pages = run.pages, out = run.pages_out, records = run.records }
end)
END
pages=$SOURCE/samples/pages
lode run -q groups.lua "$pages" >whole
tail -n 6 whole
lode map groups.lua "$pages" >mapped
lode map groups.lua "$pages" -j 1 | cmp mapped - && echo "the same for every -j"
LC_ALL=C sort mapped | lode reduce groups.lua | cmp whole - && echo "sorted: the same"
sort -r mapped | lode reduce groups.lua | cmp whole - && echo "in another order: the same"
n=0
find "$pages" -type f | LC_ALL=C sort | while read -r page; do
  n=$((n + 1))
  lode map groups.lua "$page" --shard $n
done >shards
lode reduce groups.lua shards | cmp whole - && echo "in shards: the same"
lode run -q groups.lua "$pages" -f csv --fields type,who,n >whole.csv
lode reduce groups.lua mapped -f csv --fields type,who,n | cmp whole.csv - && echo "as csv: the same"
