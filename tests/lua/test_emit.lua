local case = require "case"
local eq, raises = case.eq, case.raises

local count = lode.counter "count"
local records = setmetatable({}, {})

lode.group {
  name = "records",
  key = function(r) records[#records + 1] = r return r.type end,
  reduce = function(key, list) return list end,
}

lode.page(function(p)
  local first, last = p.text:find "café"
  p:emit { type = "a", span = p:span(first, last), b = { 1, "x", p:span(first, first + 2) }, a = lode.null, c = { z = 1, y = true }, rule = "named" }
  eq("record with a span", records[1], { type = "a", page = "page.txt", text = "café", start = first - 1, ["end"] = last, line = 7,
    b = { 1, "x", "caf" }, c = { z = 1, y = true }, rule = records[1].rule })
  eq("rule", records[1].rule:match ":(%d+) named$", "15")
  p:emit { p:span(first, last), type = "b" }
  eq("positional span", records[2].text, "café")
  eq("rule without a name", records[2].rule:match "test_emit.lua:%d+$" ~= nil, true)
  p:emit { type = "c", text = "own", n = 1 << 53, f = 2.5, ok = false }
  eq("without a span", records[3], { type = "c", page = "page.txt", text = "own", n = 1 << 53, f = 2.5, ok = false })
  p:emit { type = "d", bad = "a\xffb" }
  eq("ill-formed", records[4].bad, "a\u{fffd}b")
  raises("list item", "must be a span", p.emit, p, { "x", type = "e" })
  raises("second item", "fields have names", p.emit, p, { type = "e", [2] = "x" })
  raises("span kind", "must be a span", p.emit, p, { type = "e", span = 1 })
  raises("no type", "no type", p.emit, p, {})
  raises("rule", "rule's name", p.emit, p, { type = "e", rule = 1 })
  count:add "x"
  count:add("x", 2)
  raises("nil key", "nil", count.add, count, nil)
  raises("read early", "lode.done", function() return #count end)
  raises("unknown member", 'did you mean "top"?', function() return count.tpo end)
  eq("name", count.name, "count")
  case.finish()
end)
