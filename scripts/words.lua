--- The most frequent words of all pages, without the words that every text has.
---
---     lode run scripts/words.lua --arg n=50 -f tsv pages/
local lode = require "lode"

local n = math.tointeger(tonumber(lode.args.n or 20))
if not n then error "--arg n=N: how many words to print, a whole number" end

lode.columns { "count", "term" }

local counts = lode.counter()

lode.page(function(page)
  counts:add(page:tokens { kind = "word", stop = false })
end)

lode.done(function(run)
  for term, count in counts:top(n) do run:emit { type = "term", term = term, count = count } end
end)
