--- What a mistake is answered with: the thing to write in its place.

local case = require "case"
local eq, raises = case.eq, case.raises

local count = lode.counter "hints"

--- `raises` for what is said while the code runs, as a function without arguments.
local function says(name, message, f)
  raises(name, message, f)
end

lode.page(function(p)
  local s = p:span(1, 4)

  says("method as an iterator", "write p:sentences()", function() for x in p.sentences do print(x) end end)
  says("method with a dot", "write p:emit{ ... }, with a colon", function() p.emit { type = "x" } end)
  says("find with a dot", "write p:find(...), with a colon", function() p.find "x" end)
  says("span method with a dot", "write s:before(...), with a colon", function() s.before(2) end)
  says("tokens without a call", "write `for t in p:tokens() do`", function() for t in p.tokens do print(t) end end)
  says("ipairs of an iterator", "`for s in p:sentences() do`", function() for _ in ipairs(p:sentences()) do end end)
  says("pairs of an iterator", "`for s in p:sentences() do`", function() for _ in pairs(p:sentences()) do end end)
  says("metadata of the page", "write p.meta.title", function() return p.title end)
  says("field of the page", 'did you mean "text"?', function() return p.txt end)

  says("nil key", 'c:add(key or "none")', function() count:add(nil) end)
  says("fraction", "whole numbers, not 2.5", function() count:add("x", 2.5) end)
  says("fraction in options", "whole numbers, not a boolean", function() count:add("x", { n = true }) end)

  says("string.fold", "did you mean lode.fold?", function() return string.fold "X" end)
  says("fold as a method", "did you mean lode.fold?", function() return ("X"):fold() end)
  says("io", '"io" is closed: --trust opens it', function() return io.open "x" end)
  says("os.execute", "os.execute is closed: --trust opens it", function() os.execute "true" end)
  says("require io", "--trust opens it", function() require "io" end)
  says("module of the folder", 'did you mean "case"?', function() require "cose" end)
  says("module of the library", 'did you mean "lode.news.names"?', function() require "lode.news.nmes" end)
  local _, why = pcall(require, "quite.another")
  eq("nothing near", why:find "did you mean", nil)
  _, why = pcall(function() return lode.zebra end)
  eq("no name near", why:find "did you mean", nil)
  _, why = pcall(function() return string.fol end)
  eq("three letters, two slips", why:find "did you mean", nil)

  says("page as a string", "not a page: give its .text", function() lode.fold(p) end)
  says("metadata in a record", "page's metadata: give a field of it", function() p:emit { type = "x", m = p.meta } end)
  says("tokens in a record", "list of tokens", function() p:emit { type = "x", t = p.tokens } end)
  says("span wanted", "not a string", function() s:contains "x" end)
  says("pattern wanted", "not a span: give its .text", function() p:find(s) end)

  says("span misspelled", 'did you mean "span"?', function() p:emit { type = "x", spann = s } end)
  says("type misspelled", 'did you mean "type" by "tpye"?', function() p:emit { tpye = "x" } end)
  p:emit { type = "x", span = s, spann = s }
  p:emit { type = "x", spin = "up", age = 12, pages = 3, other = s }
  case.finish()
end)
