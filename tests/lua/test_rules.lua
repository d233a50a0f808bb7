local case = require "case"
local mistakes = require "mistakes"
local eq, raises = case.eq, case.raises

local records = setmetatable({}, {})
lode.group { name = "records", key = function(r) records[#records + 1] = r return r.type end, reduce = function() end }

raises("p ^ {2}", "p ^ {2, 2} for exactly 2, p ^ 2 for 2 or more", mistakes.twice)
raises("p ^ 2.0", "p ^ 2 for that many or more, p ^ -2 for at most", mistakes.float)
raises("bound", "at most 10000", mistakes.bound)
raises("number", 'not the number 3: #"not" is the length of a string, write #w"not"', mistakes.number)
raises("boolean", "not false", mistakes.boolean)
raises("list", 'w{ "a", "b" }', mistakes.lists)
raises("strings", 'write w"," * "x"', mistakes.strings)
raises("item", "it is cut as two | - | thirds", mistakes.items)
raises("no word", "no word in it", mistakes.none)
raises("lpeg", "like(pattern)", mistakes.peg)
raises("gap", "gap(n) takes a number of tokens, not a string", mistakes.gap)
raises("reserved", '"text" cannot name a capture', mistakes.reserved)
raises("lazy", "lazy takes a repetition", mistakes.lazy)
raises("concat", "p * q", mistakes.concat)
raises("rule key", 'did you mean "label"?', mistakes.key)
raises("no label", "label must be a string", mistakes.label)
raises("no match", "match = is missing", mistakes.match)
raises("within", 'did you mean "sentence"?', mistakes.within)
raises("captured twice", 'rule "x": ', mistakes.captured)

local seen = setmetatable({}, {})

rule { "letter", label = "letter", match = as("first", like(lpeg.R "az")) * as("rest", lazy(any ^ 1)) * "." }
rule { "word", label = "long", match = as("it", test(function(text) return #text > 6 end)),
  keep = function(_, m) return m.it ~= "nothing" end }
rule { "every", label = "line", phase = 2, within = "paragraph", match = all("word", ann "long") * (gap(40) * all("word", ann "long")) ^ 0,
  emit = function(p, m)
    seen[#seen + 1] = m
    return { { n = #m.word, same = m:cap "word"[1].ann.it == m.word[1] }, { n = 0, span = m:cap "word"[1].span } }
  end }
rule { "quiet", label = "quiet", match = w "the", emit = function() return false end }

local function of(kind)
  local out = lode.array {}
  for _, r in ipairs(records) do if r.type == kind then out[#out + 1] = r end end
  return out
end

lode.page(function(p)
  eq("words", #of "long" > 0, true)
  for _, r in ipairs(of "long") do
    eq("capture is the match", r.it, r.text)
    eq("long enough", #r.it > 6, true)
    eq("offsets", p.raw:sub(r.start + 1, r["end"]), r.text)
    eq("rule", r.rule:match "test_rules.lua:%d+ word$" ~= nil, true)
  end
  local lines = of "line"
  eq("two records a match", #lines, 2 * #seen)
  eq("list and ann", lines[1].same, true)
  eq("list as a field", #lines[1].word, lines[1].n)
  eq("smaller span", lines[2].text, lines[1].word[1])
  eq("false is no record", #of "quiet", 0)
  local count, before = 0, 0
  for m in p:anns "long" do
    count = count + 1
    eq("text of a match", m.text, m.it)
    eq("label", m.label .. " " .. m.rule, "long word")
    eq("tostring", tostring(m), m.span.text)
  end
  eq("anns are all", count, #of "long")
  for _ in p:anns("long", { before = seen[1] }) do before = before + 1 end
  eq("before", before, 0)
  local within = 0
  for _ in p:anns("long", { within = seen[1].span }) do within = within + 1 end
  eq("within", within, #seen[1].word)
  raises("label", 'did you mean "long"?', p.anns, p, "lnog")
  raises("capture", 'no capture "wrod": did you mean "word"?', function() return seen[1].wrod end)
  raises("write", "cannot be changed", function() seen[1].word = 1 end)
  raises("late", "top of the script", function() return w "x" end)
  case.finish()
end)
