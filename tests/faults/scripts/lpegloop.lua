-- Each rule tries both of its halves for every "a": time doubles with every character.
local bad = lpeg.P{ "S", S = lpeg.V"A" * -1, A = lpeg.P"a" * lpeg.V"A" * "b" + lpeg.P"a" * lpeg.V"A" * "c" + lpeg.P"a" }
lode.page(function(p)
  if p.text:find("MARK", 1, true) then
    local _ = bad:match(("a"):rep(40))
  end
  p:emit{ type = "page", bytes = #p.text }
end)
