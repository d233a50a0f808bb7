# counter:add of tokens counts as a loop over them does, and p.tokens is all of them.
printf 'The dog saw the other dog.\n\nThe DOG barked at 10.\n' >p.txt
cat >s.lua <<'LUA'
local loop, native, all = lode.counter(), lode.counter(), lode.counter()
lode.page(function(p)
  for t in p:tokens { kind = "word" } do loop:add(t.fold) end
  native:add(p:tokens { kind = "word" })
  native:add("dog", 10)
  all:add(p.tokens)
end)
lode.done(function(run)
  for name, c in pairs { loop = loop, native = native, all = all } do
    for key, count in c:top(4) do run:emit { type = name, key = key, count = count } end
    run:emit { type = name, keys = #c, total = c.total }
  end
end)
LUA
lode run -q s.lua p.txt
