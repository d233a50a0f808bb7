local case = require "case"
local eq, raises = case.eq, case.raises

local table_of_cases = {
  { "fold", lode.fold "Straße ÉTÉ", "strasse été" },
  { "fold accents", lode.fold("Čapek", { accents = true }), "capek" },
  { "fold keeps case", lode.fold("A  b", { case = false, space = true }), "A b" },
  { "fold compat", lode.fold("ﬁne", { compat = true }), "fine" },
  { "normalize", lode.normalize "e\u{301}", "é" },
  { "normalize NFD", lode.normalize("é", "NFD"), "e\u{301}" },
  { "distance", lode.distance("kitten", "sitting"), 3 },
  { "distance of swapped", lode.distance("ab", "ba"), 2 },
  { "damerau", lode.distance("ab", "ba", "damerau"), 1 },
  { "similarity of equals", lode.similarity("Ann", "Ann"), 1.0 },
  { "lower", lode.lower "ÀB", "àb" },
  { "upper", lode.upper "àb", "ÀB" },
  { "title", lode.title "a big dog", "A Big Dog" },
  { "trim", lode.trim "\u{a0}\t x y \n", "x y" },
  { "trim to nothing", lode.trim " \n ", "" },
  { "squeeze", lode.squeeze "  a \n b ", "a b" },
  { "strip_accents", lode.strip_accents "Zażółć", "Zazołc" },
  { "split", lode.split("a,,b,", ","), { "a", "", "b", "" } },
  { "split by words", lode.split " a\u{2003}b\n", { "a", "b" } },
  { "lines", lode.lines "a\r\nb\n\nc\rd\n", { "a", "b", "", "c", "d" } },
  { "replace", (lode.replace("a.b.c", ".", "%1")), "a%1b%1c" },
  { "starts", lode.starts("Ann Lee", "Ann"), true },
  { "ends", lode.ends("Ann", "Lee Ann"), false },
  { "len", lode.len "e\u{301}x👩‍👧", 3 },
  { "sub", lode.sub("héllo", 2, -2), "éll" },
  { "sub beyond", lode.sub("abc", -10, 99), "abc" },
  { "sub empty", lode.sub("abc", 3, 2), "" },
  { "at", lode.at("abc", -1), "c" },
  { "at beyond", lode.at("abc", 4), nil },
  { "chars", lode.chars "aé", { "a", "é" } },
  { "width", lode.width "日本x", 5 },
  { "script", lode.script "Привет, you", "Cyrillic" },
  { "script of no letters", lode.script "1 2", nil },
  { "shape", lode.shape "Putin", "Xxxxx" },
  { "hash", #lode.hash "x", 32 },
  { "sentences", lode.sentences "Dr. Lee left. He ran.", { "Dr. Lee left.", "He ran." } },
  { "ill-formed bytes", lode.lower "A\xffB", "a\u{fffd}b" },
  { "stop word", lode.is_stopword "The", true },
  { "no stop word", lode.is_stopword "harbour", false },
  { "json", lode.json.encode(lode.json.decode '{"b":[1,2.5,null,"\\u00e9"],"a":{},"c":[]}'), '{"a":{},"b":[1,2.5,null,"é"],"c":[]}' },
  { "json big integer", lode.json.encode(lode.json.decode "9007199254740993"), "9007199254740993" },
  { "json array mark", lode.json.encode { lode.array(), lode.object() }, "[[],{}]" },
  { "json error", (lode.json.decode "[1,"), nil },
  { "args", lode.args.name, "value" },
  { "args missing", lode.args.none, nil },
}

lode.page(function(p)
  for i, row in ipairs(table_of_cases) do eq(row[1], row[2], row[3]) end
  for row = 1, 1 do
    local tokens = lode.tokens "It isn't."
    eq("tokens", { tokens[1].fold, tokens[2].text, tokens[3].text, tokens[4].kind, tokens[3].first, tokens[3].last },
      { "it", "is", "n't", "punct", 6, 8 })
  end
  local list = lode.sentences "Ann left. Bob ran. Ann left."
  eq("a list by number", { #list, list[2] }, { 3, "Bob ran." })
  for _ = 1, 2 do
    local seen = {}
    for s in list do
      seen[#seen + 1] = s
      if #seen == 2 and _ == 1 then break end
    end
    eq("a list in a loop", seen, _ == 1 and { "Ann left.", "Bob ran." } or { "Ann left.", "Bob ran.", "Ann left." })
  end
  local folds = {}
  for t in lode.tokens "It works" do folds[#folds + 1] = t.fold end
  eq("tokens in a loop", folds, { "it", "works" })
  eq("an empty list", #lode.sentences "", 0)
  for _ in lode.sentences "" do error "an item of an empty list" end
  eq("a list in JSON", lode.json.encode(list), '["Ann left.","Bob ran.","Ann left."]')
  eq("a list as an array", #lode.array(lode.sentences "One. Two."), 2)
  raises("two loops over one list", "ipairs(list)", function() for _ in list do for _ in list do end end end)
  raises("fold option", 'did you mean "accents"?', lode.fold, "x", { acents = true })
  raises("normalize form", "invalid option", lode.normalize, "x", "NFX")
  raises("split", "empty", lode.split, "x", "")
  raises("unknown", 'did you mean "strip_accents"?', function() return lode.strip_acents end)
  raises("json function", "is a function", lode.json.encode, print)
  raises("json nan", "not a number", lode.json.encode, 0 / 0)
  case.finish()
end)
