-- A well-behaved script: two records a page (one as long as the page), a counter, a group.
local words = lode.counter("words")
lode.page(function(p)
  for t in p:tokens{ kind = "word" } do words:add(t.fold) end
  p:emit{ type = "size", bytes = #p.text, body = p.text }
  p:emit{ type = "first", word = (p.text:match("%a+")) }
end)
lode.group{ name = "by-word", label = "first", key = function(r) return r.word end, reduce = function(key, records)
  return { type = "count", word = key, pages = #records }
end }
lode.done(function(run)
  for word, n in words:top(3) do run:emit{ type = "top", word = word, n = n } end
end)
