-- Slow enough that a kill meets it at work.
local words = lode.counter("words")
lode.page(function(p)
  local n = 0
  for i = 1, 200000 do n = n + i % 7 end
  words:add("page")
  p:emit{ type = "page", sum = n }
end)
lode.done(function(run) run:emit{ type = "total", pages = words:get("page") } end)
