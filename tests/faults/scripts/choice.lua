-- A choice of 60,000 words: compiling it overflows the C stack inside LPeg, which pcall cannot catch.
local choice = lpeg.P"word0"
for i = 1, 60000 do
  choice = choice + lpeg.P("word" .. i)
end
lode.page(function(p) p:emit{ type = "hit", at = choice:match(p.text) } end)
