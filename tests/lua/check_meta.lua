--- The annotations in lua/lode/_meta and what C registers must name the same functions and fields.

local case = require "case"

--- Names that an annotation file gives to a class: "function lode.x(", "function Span:x(", "Span.x = nil", and what is
--- under "--- @field x".
local function annotated(file, class)
  local names, inside = {}, nil
  for line in io.lines(lode.args.root .. "/lua/lode/_meta/" .. file) do
    inside = line:match "^%-%-%- @class ([%w_.]+)" or inside
    local field = line:match "^%-%-%- @field ([%w_]+)"
    if field and inside == class then names[field] = true end
    local owner, name = line:match "^function ([%w_.]+)[.:]([%w_]+)%("
    if not owner then owner, name = line:match "^([%w_]+)%.([%w_]+) = %S+$" end
    if owner and (owner == class or "lode." .. owner == class) then names[name] = true end
  end
  return names
end

local function compare(what, registered, names)
  for name in pairs(registered) do case.eq(what .. "." .. tostring(name) .. " has an annotation", names[name], true) end
  for name in pairs(names) do case.eq(what .. "." .. name .. " is registered", registered[name] ~= nil, true) end
end

--- The table of members that a metatable's __index function holds.
local function members(value)
  local _, found = debug.getupvalue(debug.getmetatable(value).__index, 1)
  return found
end

local function keys(t)
  local out = {}
  for k in pairs(t) do out[k] = true end
  return out
end

--- Rules are written with bare words: what rules.lua annotates under lode it must name again as a global, and each such
--- global must be there in a script.
local function compare_words()
  local globals = {}
  for line in io.lines(lode.args.root .. "/lua/lode/_meta/rules.lua") do
    local list = line:match "^([%w_, ]+) = lode%."
    if list and not line:match "^lode" then
      for name in list:gmatch "[%w_]+" do globals[name] = true end
    end
    local name = line:match "^function ([%w_]+)%(" or line:match "^([%a_]+) = nil$"
    if name then globals[name] = true end
  end
  local env = require "lode".env
  for name in pairs(globals) do case.eq(name .. " is a word of scripts", pcall(function() return env[name] end), true) end
  for name in pairs(annotated("rules.lua", "lode")) do
    local value = name ~= "env" and lode[name]
    if type(value) == "userdata" then case.eq("lode." .. name .. " is annotated as a word", globals[name], true) end
  end
end

local counter = lode.counter()

lode.page(function(p)
  local names = annotated("lode.lua", "lode")
  for name in pairs(annotated("rules.lua", "lode")) do names[name] = true end
  compare("lode", keys(lode), names)
  compare_words()
  compare("lode.json", keys(lode.json), annotated("lode.lua", "lode.json"))
  compare("page", members(p), annotated("page.lua", "lode.Page"))
  compare("span", members(p:span(1, 1)), annotated("page.lua", "lode.Span"))
  local methods = keys(members(counter))
  methods.total, methods.name = true, true
  compare("counter", methods, annotated("lode.lua", "lode.Counter"))
end)

lode.done(function(run)
  compare("run", keys(run), annotated("lode.lua", "lode.Run"))
  case.finish()
end)
