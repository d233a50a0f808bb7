local case = require "case"
local eq, raises, list = case.eq, case.raises, case.list

-- Sections by name, each a string of words or a list of them; and a file's text.
lode.abbreviations { title = "diplx", unit = { "foobarx", "bazz." } }
lode.abbreviations "[title]\nmagx # a comment\n"

local one_by_one, at_once, listed = lode.counter "one by one", lode.counter "at once", lode.counter "listed"

lode.page(function(p)
  local text = "Diplx. Smith paid Magx. Ruiz 5 foobarx. Then he left."
  eq("abbreviations", list(nil, ipairs(lode.sentences(text))), list(nil, ipairs { 1, 2 }))
  eq("a title", lode.tokens(text)[1].text, "Diplx.")
  raises("too late", "top of the script", lode.abbreviations, { unit = "x" })

  local wanted = { kind = "word", stop = false }
  for token in p:tokens(wanted) do one_by_one:add(token.fold) end
  at_once:add(p:tokens(wanted))
  local steps = p:tokens(wanted)
  steps()
  listed:add(steps)
  eq("the iterator is at its end", steps(), nil)
  listed:add(p.tokens)
  for s in p:sentences() do listed:add(s.tokens) end
  listed:add(p.tokens[1])
  raises("an amount", "once each", at_once.add, at_once, p.tokens, 2)
  raises("sentences", "not a function", function() at_once:add(p:sentences()) end)
  raises("a function", "function", at_once.add, at_once, print)
  case.finish()
end)
