--- Token patterns of spaCy's Matcher as patterns of lode.
---
---     local deal = lode.from_spacy { { LOWER = { IN = { "buys", "bought" } } }, { IS_TITLE = true, OP = "+" } }
---     for line in ... do lode.from_spacy(lode.json.decode(line)) end      -- an EntityRuler file: { label =, pattern = }
---
--- What is different: spaCy gives every match, overlapping ones too, a rule of lode the leftmost ones; tokens are cut as lode
--- cuts them.  POS, TAG, MORPH, LEMMA and DEP come from a model, and lode has none.
local M = {}

--- ---- Python's regular expressions, the part that token patterns use ----
---
--- Parsed into a tree; matched by functions (text, at, next) that call next(at) where they match, so that it backtracks.

local classes = {
  d = function(c) return c >= 48 and c <= 57 end,
  w = function(c) return c == 95 or c >= 48 and c <= 57 or c >= 65 and c <= 90 or c >= 97 and c <= 122 or c >= 0xC0 end,
  s = function(c) return c == 32 or c >= 9 and c <= 13 or c == 0xA0 end,
}
for _, name in ipairs { "d", "w", "s" } do
  local is = classes[name]
  classes[name:upper()] = function(c) return not is(c) end
end

local function fail(self, what) error(("REGEX %q, character %d: %s"):format(self.text, self.at, what), 0) end

local function peek(self) return self.chars[self.at] end

local function take(self)
  local c = self.chars[self.at]
  self.at = self.at + 1
  return c
end

local escapes = { n = 10, t = 9, r = 13 }

local function read_escape(self)
  local c = take(self)
  if not c then fail(self, "a pattern cannot end with a backslash") end
  local name = c < 128 and string.char(c) or ""
  if classes[name] then return classes[name] end
  if name:find "%a" and not escapes[name] then fail(self, "\\" .. name .. " is not understood here") end
  local wanted = escapes[name] or c
  return function(x) return x == wanted end, wanted
end

local function read_set(self)
  local tests, negate = {}, false
  if peek(self) == 94 then take(self) negate = true end
  local first = true
  while first or peek(self) ~= 93 do
    local c = take(self)
    if not c then fail(self, "the set is not closed") end
    first = false
    local is, low
    if c == 92 then is, low = read_escape(self) else low = c end
    if low and peek(self) == 45 and self.chars[self.at + 1] and self.chars[self.at + 1] ~= 93 then
      take(self)
      local high = take(self)
      if high == 92 then _, high = read_escape(self) end
      is = function(x) return x >= low and x <= high end
    elseif not is then
      is = function(x) return x == low end
    end
    tests[#tests + 1] = is
  end
  take(self)
  return function(x)
    for _, is in ipairs(tests) do if is(x) then return not negate end end
    return negate
  end
end

local read_choice

local function one(self, is)
  if self.fold then
    local plain = is
    is = function(c) return plain(c) or (c >= 65 and c <= 90 and plain(c + 32)) or (c >= 97 and c <= 122 and plain(c - 32)) end
  end
  return function(chars, at, next) return chars[at] ~= nil and is(chars[at]) and next(at + 1) end
end

local function read_atom(self)
  local c = take(self)
  if c == 46 then return one(self, function() return true end) end
  if c == 91 then return one(self, read_set(self)) end
  if c == 94 then return function(_, at, next) return at == 1 and next(at) end end
  if c == 36 then return function(chars, at, next) return at == #chars + 1 and next(at) end end
  if c == 92 then
    if peek(self) == 98 then fail(self, "\\b has no place inside one token") end
    return one(self, (read_escape(self)))
  end
  if c == 40 then
    if peek(self) == 63 then
      take(self)
      if take(self) ~= 58 then fail(self, "only (?: ) is understood of what begins with (?") end
    end
    local inside = read_choice(self)
    if take(self) ~= 41 then fail(self, "a bracket is not closed") end
    return inside
  end
  return one(self, function(x) return x == c end)
end

local function repeated(p, min, max, lazy)
  local function go(chars, at, next, count)
    local function more()
      return count < max and p(chars, at, function(after) return (after > at or count < min) and go(chars, after, next, count + 1) end)
    end
    if count < min then return more() end
    if lazy then return next(at) or more() end
    return more() or next(at)
  end
  return function(chars, at, next) return go(chars, at, next, 0) end
end

local function read_bounds(self)
  local text = ""
  while peek(self) and peek(self) ~= 125 do text = text .. utf8.char(take(self)) end
  take(self)
  local min, comma, max = text:match "^(%d*)(,?)(%d*)$"
  if not min then fail(self, "bounds are written {2,5}") end
  return tonumber(min) or 0, comma == "" and tonumber(min) or tonumber(max) or math.huge
end

local function read_part(self)
  local p = read_atom(self)
  while true do
    local c, min, max = peek(self), nil, nil
    if c == 42 then take(self) min, max = 0, math.huge
    elseif c == 43 then take(self) min, max = 1, math.huge
    elseif c == 63 then take(self) min, max = 0, 1
    elseif c == 123 then take(self) min, max = read_bounds(self)
    else return p end
    local lazy = peek(self) == 63
    if lazy then take(self) end
    p = repeated(p, min, max, lazy)
  end
end

local function read_sequence(self)
  local p = function(_, at, next) return next(at) end
  while peek(self) and peek(self) ~= 124 and peek(self) ~= 41 do
    local before, part = p, read_part(self)
    p = function(chars, at, next) return before(chars, at, function(after) return part(chars, after, next) end) end
  end
  return p
end

read_choice = function(self)
  local p = read_sequence(self)
  while peek(self) == 124 do
    take(self)
    local before, other = p, read_sequence(self)
    p = function(chars, at, next) return before(chars, at, next) or other(chars, at, next) end
  end
  return p
end

local function codes(text)
  local out = {}
  for _, c in utf8.codes(text) do out[#out + 1] = c end
  return out
end

--- A function that says whether Python's re.search would find the pattern in a text.
function M.regex(text)
  local fold = text:match "^%(%?i%)"
  local self = { text = text, chars = codes(fold and text:sub(5) or text), at = 1, fold = fold }
  local p = read_choice(self)
  if peek(self) then fail(self, "a bracket is closed that was not opened") end
  local function found() return true end
  return function(form)
    local chars = codes(form)
    for at = 1, #chars + 1 do
      if p(chars, at, found) then return true end
    end
    return false
  end
end

--- ---- attributes ----

local env = lode.env
local w, W, test, any, num, punct = env.w, env.W, env.test, env.any, env.num, env.punct

local function shaped(pattern)
  return test(function(text) return lode.shape(text):find(pattern) ~= nil end)
end

local function characters(list)
  local set = {}
  for c in list:gmatch(utf8.charpattern) do set[c] = true end
  return test(function(text) return set[text] == true end)
end

--- Made when they are asked for: a pattern that no rule uses would be an error.
local flags = {
  IS_ALPHA = function() return shaped "^[Xx]+$" end,
  IS_DIGIT = function() return shaped "^d+$" end,
  IS_ASCII = function() return test(function(text) return not text:find "[\x80-\xFF]" end) end,
  IS_LOWER = function() return env.lower end,
  IS_UPPER = function() return env.upper end,
  IS_TITLE = function() return test(function(text) return lode.title(text) == text and lode.upper(text) ~= lode.lower(text) end) end,
  IS_PUNCT = function() return punct end,
  IS_STOP = function() return test(function(text) return lode.is_stopword(text) end) end,
  IS_CURRENCY = function() return characters "$£€¥¢₹₽₴₺₩₪₦₫฿₱" end,
  IS_QUOTE = function() return characters "\"'`«»‘’‚‛“”„‟‹›❮❯" end,
  IS_BRACKET = function() return characters "()[]{}<>" end,
  IS_LEFT_PUNCT = function() return characters "([{<\"'`«‘‚‛“„‟‹❮" end,
  IS_RIGHT_PUNCT = function() return characters ")]}>\"'»’”›❯" end,
  LIKE_NUM = function()
    return num + w [[zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
      seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion]]
  end,
  LIKE_URL = function() return test(function(text) return text:find "^https?://" ~= nil or text:find "^www%." ~= nil end) end,
  LIKE_EMAIL = function() return test(function(text) return text:find "^[^@%s]+@[^@%s]+%.%w+$" ~= nil end) end,
}

local values = {
  ORTH = function(text) return text end,
  TEXT = function(text) return text end,
  LOWER = function(_, fold) return fold end,
  NORM = function(_, fold) return fold end,
  SHAPE = function(text) return lode.shape(text) end,
  PREFIX = function(text) return lode.sub(text, 1, 1) end,
  SUFFIX = function(text) return lode.sub(text, -3, -1) end,
  LENGTH = function(text) return lode.len(text) end,
}

local model = "comes from a model, and lode has none: "
local refused = {
  LEMMA = model .. 'verb"buy" and noun"sanction" match all forms of a word',
  POS = model .. "name the words, or say how they are written (IS_TITLE, LIKE_NUM)",
  TAG = model .. "name the words, or say how they are written (IS_TITLE, LIKE_NUM)",
  MORPH = model .. "name the forms: verb\"buy\"",
  DEP = model .. "say what stands between: gap(5)",
  ENT_ID = "has no counterpart: ask a rule's annotation for a field, ann(\"person\", { id = \"...\" })",
  ENT_IOB = "has no counterpart: a rule matches a whole annotation, ann\"person\"",
  ENT_KB_ID = "has no counterpart: ask a rule's annotation for a field, ann(\"person\", { id = \"...\" })",
  IS_SPACE = "has no counterpart: white space is in no token",
  IS_OOV = model .. "a list of words is lex{ file = \"words.txt\" }",
  FUZZY = "is lex{ ..., fuzzy = true }: what is one letter away",
  _ = "are attributes of Python code: test(function(text) ... end) asks of a token what you like",
}
refused.ENT_KB = refused.ENT_KB_ID

--- Labels of spaCy's entities and what the news kit calls them.
local entities = { PERSON = "person", PER = "person", ORG = "org", GPE = "place", LOC = "place", FAC = "place", NORP = "nationality",
  DATE = "date", MONEY = "money", QUANTITY = "quantity", PERCENT = "quantity", CARDINAL = "number" }

local function known_names()
  local out = { OP = true, ENT_TYPE = true, SPACY = true, IS_SENT_START = true, SENT_START = true }
  for _, t in ipairs { flags, values, refused } do
    for name in pairs(t) do out[name] = true end
  end
  return out
end

local function suggestion(name)
  local best, least = nil, 3
  for other in pairs(known_names()) do
    local d = lode.distance(name, other)
    if d < least then best, least = other, d end
  end
  return best and (": did you mean %q?"):format(best) or ""
end

local compare = {
  ["=="] = function(a, b) return a == b end, ["!="] = function(a, b) return a ~= b end, [">="] = function(a, b) return a >= b end,
  ["<="] = function(a, b) return a <= b end, [">"] = function(a, b) return a > b end, ["<"] = function(a, b) return a < b end,
}

local function set_of(name, list)
  if type(list) ~= "table" then error(("%s: IN and NOT_IN take a list"):format(name), 0) end
  local set = {}
  for _, v in ipairs(list) do set[name == "LOWER" and lode.fold(v) or v] = true end
  return set
end

--- LOWER = "x", LENGTH = { [">="] = 3 }, TEXT = { IN = {...}, REGEX = "..." }: a pattern of one token.
local function value_pattern(name, given)
  local of = values[name]
  if type(given) ~= "table" then
    if name == "LOWER" or name == "NORM" then given = lode.fold(given) end
    return test(function(text, fold) return of(text, fold) == given end)
  end
  local asks = {}
  for key, want in pairs(given) do
    if key == "IN" or key == "NOT_IN" then
      local set = set_of(name, want)
      asks[#asks + 1] = function(v) return (set[v] ~= nil) == (key == "IN") end
    elseif key == "REGEX" then
      asks[#asks + 1] = M.regex(want)
    elseif compare[key] then
      local fits = compare[key]
      asks[#asks + 1] = function(v) return fits(v, want) end
    elseif tostring(key):find "^FUZZY" then
      error(("%s: %s %s"):format(name, key, refused.FUZZY), 0)
    else
      error(("%s: %s is not understood here: there are IN, NOT_IN, REGEX, ==, !=, >=, <=, >, <"):format(name, tostring(key)), 0)
    end
  end
  return test(function(text, fold)
    local v = of(text, fold)
    for _, ask in ipairs(asks) do if not ask(v) then return false end end
    return true
  end)
end

local function entity_pattern(given, labels)
  local function inside(name) return env.inside(labels[name] or entities[name] or lode.lower(name)) end
  if type(given) == "string" then return inside(given) end
  local p
  for _, name in ipairs(given.IN or given.NOT_IN or {}) do p = p and p + inside(name) or inside(name) end
  if not p then error("ENT_TYPE takes a label, { IN = {...} } or { NOT_IN = {...} }", 0) end
  return given.NOT_IN and -p or p
end

--- One token, and how often.
local function token_pattern(token, labels)
  local single, here
  local function both(p) single = single and single & p or p end
  local function at(p) here = here and here * p or p end
  local ends
  for key, given in pairs(token) do
    local name = tostring(key):upper()
    if refused[name] then error(("%s %s"):format(key, refused[name]), 0) end
    if name == "OP" then -- below
    elseif flags[name] then
      local p = flags[name]()
      both(given and p or any - p)
    elseif values[name] then
      both(value_pattern(name, given))
    elseif name == "ENT_TYPE" then
      at(entity_pattern(given, labels))
    elseif name == "IS_SENT_START" or name == "SENT_START" then
      at(given and env.edge "sentence start" or -env.edge "sentence start")
    elseif name == "SPACY" then
      ends = given and -env.glued or env.glued
    else
      error(("%s is no attribute of spaCy's token patterns%s"):format(tostring(key), suggestion(name)), 0)
    end
  end
  local p = single or any
  if here then p = here * p end
  if ends then p = p * ends end
  local op = token.OP or token.op
  if not op or op == "1" then return p end
  if op == "!" then return -p end
  if op == "?" then return env.opt(p) end
  if op == "*" then return p ^ 0 end
  if op == "+" then return p ^ 1 end
  local min, comma, max = tostring(op):match "^{(%d*)(,?)(%d*)}$"
  if not min or (min == "" and max == "") then
    error(('OP = %q is not understood: there are "!", "?", "+", "*", "{2}", "{2,5}", "{2,}", "{,5}"'):format(tostring(op)), 0)
  end
  if comma == "" then return p ^ { tonumber(min), tonumber(min) } end
  if max == "" then return p ^ tonumber(min) end
  return p ^ { tonumber(min) or 0, tonumber(max) }
end

local function sequence(tokens, labels)
  local p
  for i, token in ipairs(tokens) do
    if type(token) ~= "table" then error(("token %d is a %s, not a table"):format(i, type(token)), 0) end
    local ok, part = pcall(token_pattern, token, labels)
    if not ok then error(("token %d: %s"):format(i, tostring(part)), 0) end
    p = p and p * part or part
  end
  if not p then error("a pattern without a token", 0) end
  return p
end

--- Patterns as Matcher.add and EntityRuler take them: a list of tokens, a list of such lists, or { label =, pattern = }.
--- options.labels names the annotations that ENT_TYPE asks for, { PERSON = "person" }.
function M.from_spacy(given, options)
  local labels = options and options.labels or {}
  local function convert(pattern)
    if type(pattern) == "string" then return env.P("\"" .. pattern:gsub('"', "") .. "\"") end
    if type(pattern) ~= "table" then error(("it takes a table of spaCy's form, not a %s"):format(type(pattern)), 0) end
    if pattern.pattern then return convert(pattern.pattern) end
    local first = pattern[1]
    if type(first) == "table" and (first.pattern or type(first[1]) == "table") then
      local p
      for _, item in ipairs(pattern) do
        local part = convert(item)
        p = p and p + part or part
      end
      return p
    end
    return sequence(pattern, labels)
  end
  local ok, result = pcall(convert, given)
  if not ok then error("from_spacy: " .. tostring(result), 3) end
  return result
end

return M
