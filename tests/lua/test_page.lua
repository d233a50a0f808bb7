local case = require "case"
local eq, raises, list = case.eq, case.raises, case.list

lode.page(function(p)
  eq("id", p.id, "page.txt")
  eq("raw", p.raw, p.text)
  eq("meta of nothing", p.meta.nothing, nil)
  eq("title", p.meta.title, "Harbour board delays the ferry vote")

  -- Spans and positions
  local first, last = p.text:find "Ann Lee"
  local ann = p:span(first, last)
  eq("span text", ann.text, "Ann Lee")
  eq("span first", ann.first, first)
  eq("span last", ann.last, last)
  eq("span raw", { ann.raw_start, ann.raw_end }, { first - 1, last })
  eq("span line", ann.line, 5)
  eq("span zone", ann.zone, "body")
  eq("span fold", ann.fold, "ann lee")
  eq("span kind", ann.kind, "span")
  eq("span tostring", tostring(ann), "Ann Lee")
  eq("span concat", "<" .. ann .. ">", "<Ann Lee>")
  eq("span len", #ann, 7)
  eq("span repaired", ann.repaired, false)
  eq("sub", ann:sub(1, 3).text, "Ann")
  eq("sub from the end", ann:sub(-3).text, "Lee")
  eq("equal", ann:sub(1, 7) == ann, true)
  eq("contains", { ann:contains(ann:sub(2, 3)), ann:sub(2, 3):contains(ann) }, { true, false })
  eq("overlaps", ann:sub(1, 3):overlaps(ann:sub(5, 7)), false)
  eq("less", ann:sub(1, 3) < ann:sub(5, 7), true)
  eq("join", ann:sub(1, 3):join(ann:sub(5, 7)) == ann, true)
  eq("before", ann:before(3).text, "Tuesday, and")
  eq("after", ann:after(2).text, "said the")
  eq("sentence", ann.sentence.kind, "sentence")
  eq("paragraph", ann.paragraph.text:sub(1, 17), "The harbour board")
  eq("tokens of a span", list("text", ann:tokens()), { "Ann", "Lee" })
  eq("number of tokens", #ann.tokens, 2)
  eq("a token by number", ann.tokens[2].fold, "lee")
  eq("no such token", ann.tokens[3], nil)

  -- Tokens
  local t = ann.tokens[1]
  eq("token", { t.kind, t.shape, t.glued, t.index == t:next().index - 1 }, { "word", "Xxx", false, true })
  eq("prev", t:prev().fold, "and")
  eq("clitic", list("text", p.tokens { sentence = ann.sentence, kind = "word" })[17], "n't")
  eq("numbers", list("text", p:tokens { kind = "number" }), { "2.5" })
  eq("several kinds", #list("text", p:tokens { kind = { "number", "word" } }) > 30, true)
  eq("stop words", list("fold", p:tokens { stop = false, kind = "word", sentence = ann.sentence })[1], "harbour")
  eq("zones differ", #list(nil, p:tokens { zone = "all" }) > #list(nil, p:tokens()), true)
  eq("list of zones", #list(nil, p:tokens { zone = { "body", "headline" } }) > #list(nil, p:tokens()), true)
  eq("ipairs", (function() local n = 0 for i, x in ipairs(ann.tokens) do n = n + i end return n end)(), 3)

  -- Sentences and paragraphs
  eq("sentences", list("index", p:sentences())[1] ~= nil, true)
  eq("sentence by text", list("text", ann.paragraph:sentences())[2], "Dr. Marta Ruiz, who chairs the board, disagreed.")
  eq("paragraphs of the body", #list(nil, p:paragraphs()), 2)
  eq("paragraphs of all zones", #list(nil, p:paragraphs { zone = "all" }), 5)
  eq("next sentence", ann.sentence:next().text, "Dr. Marta Ruiz, who chairs the board, disagreed.")

  -- find
  local word = lpeg.R "az" ^ 1
  eq("find lpeg", list("text", p:find(lpeg.P "Ann " * lpeg.R("AZ", "az") ^ 1)), { "Ann Lee", "Ann Lee" })
  for s, who, at in p:find(lpeg.C(lpeg.P "Dr. " * lpeg.R("AZ", "az") ^ 1) * lpeg.Cp()) do
    eq("captures", { s.text, who, p.text:sub(at, at + 4) }, { "Dr. Marta", "Dr. Marta", " Ruiz" })
  end
  for s, name in p:find "(%u%l+), who" do eq("find string", { s.text, name }, { "Ruiz, who", "Ruiz" }) end
  eq("find stays in the zones", list("text", p:find "Sport"), lode.array {})
  eq("find in another zone", list("text", p:find("Sport", { zone = "all" })), { "Sport" })
  for s, at in ann.paragraph:find(lpeg.P "vote" * lpeg.Cp()) do
    eq("positions in a span", ann.paragraph:sub(at - 4, at - 1) == s, true)
  end
  eq("empty matches end", #list(nil, ann:find(word ^ 0)) > 2, true)
  eq("multibyte", list("text", p:find "café"), { "café" })

  raises("range", "not inside", p.span, p, 0, 3)
  raises("pattern", "LPeg pattern", p.find, p, 12)
  raises("zone", "zone", p.tokens, p, { zone = "bdy" })
  raises("span method", 'did you mean "before"?', function() return ann.bfore end)
  raises("write", "cannot be changed", function() ann.text = "x" end)
  raises("write meta", "cannot be changed", function() p.meta.x = 1 end)
  case.finish()
end)
