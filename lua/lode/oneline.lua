--- Patterns written as one line: lode.P[[ nat? title name{1,3} ]], lode grep -e 'title name{1,2} gap(3) @quote'.
---
---     "ruled out" 'said'       a phrase, compared by folded form
---     name  any  cap  num      a pattern of that name: of the script, else of the rule language
---     w"said says"  gap(3)     a function of the rule language; its arguments are strings, numbers, patterns
---     @person                  ann"person"
---     speaker:@person          a capture, as("speaker", ann"person")
---     p q    p | q    (p)      one after the other, a choice, a group
---     p? p* p+ p{2} p{1,3}     optional, any number, one or more, exactly two, one to three; with `?` behind: lazy
---     !p  &p  p - q            not here, look ahead, p unless q
---
--- The text is parsed into a tree first, then made: every error has a column.
local lpeg = require "lpeg"
local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
local C, Cc, Cmt, Carg, Cp, Ct = lpeg.C, lpeg.Cc, lpeg.Cmt, lpeg.Carg, lpeg.Cp, lpeg.Ct

-- How far the parser came is where a text that is no pattern goes wrong.
local far = Cmt(Carg(1), function(_, at, state)
  if at > state.far then state.far = at end
  return true
end)
local space = S " \t\r\n" ^ 0 * far
local function sign(text) return P(text) * space end
local function node(tag, pattern) return Ct(Cc(tag) * Cp() * pattern) end

local letter = R("az", "AZ") + "_" + R "\128\255"
local word = C(letter * (letter + R "09") ^ 0)
local number = C(R "09" ^ 1) / tonumber
local quoted = '"' * C((1 - P '"') ^ 0) * '"' + "'" * C((1 - P "'") ^ 0) * "'"

local grammar = P {
  space * V "choice" * -1,
  choice = node("choice", V "sequence" * (sign "|" * V "sequence") ^ 0),
  sequence = node("sequence", V "unless" ^ 1),
  unless = node("unless", V "prefix" * (sign "-" * V "prefix") ^ 0),
  prefix = node("not", sign "!" * V "prefix") + node("ahead", sign "&" * V "prefix") + V "repeated",
  repeated = node("repeated", V "primary" * V "bounds" ^ 0),
  bounds = node("bounds", (P "?" * Cc(0) * Cc(1) + P "*" * Cc(0) * Cc(false) + P "+" * Cc(1) * Cc(false)
                         + "{" * space * number * space
                           * ("," * space * (number + Cc(false)) + Cc(nil)) * space * "}")
                         * (P "?" * Cc(true) + Cc(false)) * space),
  primary = node("phrase", quoted * space)
          + "(" * space * V "choice" * ")" * space
          + node("annotation", "@" * word * space)
          + node("capture", word * ":" * space * V "repeated")
          + node("call", word * (Ct(quoted) + "(" * space * Ct((V "argument" * (sign "," * V "argument") ^ 0) ^ -1) * ")") * space)
          + node("name", word * space),
  argument = node("number", number * space) + node("text", quoted * space * #S ",)") + V "choice",
}

-- What is there beside the script's names and the rule language, so that a shell needs no script.
local kit = {}
function kit.name(env)
  local lode = env.lode
  return env.cap - env.test(function(_, fold) return lode.is_stopword(fold) end)
end
function kit.title(env)
  local titles = {}
  for _, word in ipairs(env.lode.split(env.require "lode.news.titles")) do titles[word] = true end
  return env.test(function(_, fold) return titles[fold] end)
end

local make -- by tag: function(tree, state): pattern or nil and state.column, state.message

local function fail(state, tree, message)
  state.column, state.message = tree[2], message
end

local function build(tree, state)
  return make[tree[1]](tree, state)
end

--- Call a function of the rule language: what it raises belongs to the column.
local function call(state, tree, f, ...)
  local ok, value = pcall(f, ...)
  if ok then return value end
  return fail(state, tree, (tostring(value):gsub("^[%w_/.-]+%.lua:%d+: ", "")))
end

local function fold(tree, state, first, operator)
  local value = build(tree[first], state)
  for i = first + 1, #tree do
    local next_value = value ~= nil and build(tree[i], state)
    if not next_value then return nil end
    value = call(state, tree[i], operator, value, next_value)
  end
  return value
end

--- A phrase alone is a string to the rule language: two of them would make no pattern.
local function phrase(state, tree, text)
  if not text:find "%S" then return fail(state, tree, "there is no word between the quotes") end
  return call(state, tree, state.as_pattern, text)
end

local function unknown(state, tree, name)
  local near = state.suggest(name)
  return fail(state, tree, ('unknown name "%s"%s (the word itself is written "%s" in quotes)'):format(name, near, name))
end

local function call_with(tree, state, f)
  local args = {}
  for i, argument in ipairs(tree[4]) do
    local value = argument
    if type(argument) == "table" then value = build(argument, state) end
    if value == nil then return nil end
    args[i] = value
  end
  return call(state, tree, f, table.unpack(args))
end

make = {
  choice = function(tree, state) return fold(tree, state, 3, function(a, b) return a + b end) end,
  sequence = function(tree, state) return fold(tree, state, 3, function(a, b) return a * b end) end,
  unless = function(tree, state) return fold(tree, state, 3, function(a, b) return a - b end) end,
  ["not"] = function(tree, state)
    local value = build(tree[3], state)
    return value and call(state, tree, function() return -value end)
  end,
  ahead = function(tree, state)
    local value = build(tree[3], state)
    return value and call(state, tree, function() return #value end)
  end,
  repeated = function(tree, state)
    local value = build(tree[3], state)
    for i = 4, #tree do
      local from, upto, lazy = tree[i][3], tree[i][4], tree[i][5]
      if upto == nil then upto = from end -- {n}; false: no upper bound
      local p = value
      value = p and call(state, tree[i], function()
        if from == 0 and upto == 1 then return lazy and state.env.lazy(state.env.opt(p)) or state.env.opt(p) end
        local q = upto and p ^ { from, upto } or p ^ from
        return lazy and state.env.lazy(q) or q
      end)
    end
    return value
  end,
  phrase = function(tree, state) return phrase(state, tree, tree[3]) end,
  number = function(tree) return tree[3] end,
  text = function(tree) return tree[3] end,
  annotation = function(tree, state) return call(state, tree, state.env.ann, tree[3]) end,
  capture = function(tree, state)
    local value = build(tree[4], state)
    return value and call(state, tree, state.env.as, tree[3], value)
  end,
  call = function(tree, state)
    local f = state.resolve(tree[3])
    if type(f) == "function" then return call_with(tree, state, f) end
    if f == nil then return unknown(state, tree, tree[3]) end
    return fail(state, tree, ('"%s" is no function: a space before the bracket makes a group'):format(tree[3]))
  end,
  name = function(tree, state)
    local value = state.resolve(tree[3])
    if value == nil and kit[tree[3]] then return call(state, tree, kit[tree[3]], state.env) end
    if value == nil then return unknown(state, tree, tree[3]) end
    if type(value) == "function" then
      return fail(state, tree, ('"%s" is a function: write %s"..." or %s(...)'):format(tree[3], tree[3], tree[3]))
    end
    if type(value) == "string" then return phrase(state, tree, value) end
    if type(value) ~= "userdata" then
      return fail(state, tree, ('"%s" is a %s, not a pattern'):format(tree[3], type(value)))
    end
    return value
  end,
}

--- The pattern, or nil, the column and what is wrong.  `state` brings env, resolve, suggest, as_pattern.
return function(text, state)
  state.far = 1
  local tree = lpeg.match(grammar, text, 1, state)
  if not tree then
    local rest = text:sub(state.far, state.far + 20)
    return nil, state.far, rest == "" and "the pattern ends in the middle" or ('this is no pattern: %s'):format(rest)
  end
  local value = build(tree, state)
  if value == nil then return nil, state.column, state.message end
  return value
end
