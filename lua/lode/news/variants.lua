--- When two names are one person's: spellings, short forms, initials.
---
---     variants.skeleton"Brankovitsch" == variants.skeleton"Branković"        one sound, however it is written down
---     variants.same_given("Bernie", "Bernard")                               "same"; "may" for initials, else nil
---     variants.merge(names)                                                  { { names of one person }, ... }
---
--- A skeleton writes down transliterations one way (y i j ii iy, ch tch tsch c, kh k q gh g, ou u oo, w v ff, doubled letters);
--- it never decides alone: the given names must agree, or a role where there is none.  Nicknames and spellings are in
--- nicknames.lua; variants.alias adds a user's own.
local lode = require "lode"
local nicknames = require "lode.news.nicknames"

local M = {}

-- Applied in order, to a folded name without accents.
local SPELLINGS = {
  { "['’`%-]", "" }, { "dzh", "j" }, { "tsch", "C" }, { "tch", "C" }, { "shch", "S" }, { "sch", "S" }, { "sh", "S" }, { "sz", "S" }, { "cz", "C" }, { "ch", "C" },
  { "c$", "C" }, { "cs$", "C" }, { "zh", "j" }, { "kh", "k" }, { "gh", "g" }, { "dh", "d" }, { "th", "t" }, { "ph", "f" }, { "q", "k" },
  { "c([eiy])", "s%1" }, { "c", "k" }, { "ks", "x" }, { "ff$", "v" }, { "w", "v" }, { "oo", "u" }, { "ou", "u" }, { "ee", "i" }, { "aa", "a" },
  { "skiy$", "ski" }, { "skyi$", "ski" }, { "skyy$", "ski" }, { "skii$", "ski" }, { "sky$", "ski" }, { "skij$", "ski" }, { "skj$", "ski" }, { "skyj$", "ski" },
  { "y", "i" }, { "j([aeou])", "i%1" }, { "j$", "i" }, { "^ie", "e" }, { "([^aeiou])ie", "%1e" }, { "ai", "ei" }, { "i+", "i" }, { "tz", "ts" }, { "ae", "a" }, { "oe", "o" }, { "ue", "u" },
  { "(.)%1", "%1" },
}

-- What was worked out: nothing hangs on it but time.  Begun anew when it is full.
local sounds, sound_count = { [""] = "" }, 0
local function remember(name, sound)
  if sound_count == 5000 then
    for known in rawpairs(sounds) do sounds[known] = nil end
    sound_count = 0
  end
  sounds[name], sound_count = sound, sound_count + 1
end

--- The sound of a surname: "zelenski".  Not for showing.
--- @param name string
--- @return string
function M.skeleton(name)
  local known = sounds[name]
  if known then return known end
  local out = lode.strip_accents(lode.lower(name))
  for _, pair in ipairs(SPELLINGS) do out = out:gsub(pair[1], pair[2]) end
  if out:find "^[gk][ae]d" then out = "k" .. out:sub(2) end                       -- Gaddafi, Kadhafi
  remember(name, out)
  return out
end

local function plain(name) return (lode.strip_accents(lode.lower(name)):gsub("[%.’'‑%-\"]", "")) end

local short, spelling, counterpart = {}, {}, {}
local function link(into, a, b)
  into[a] = into[a] or {}
  into[a][b] = true
end
for line in nicknames.short:gmatch "[^\n]+" do
  local full = line:match "%S+"
  for form in line:gmatch "%S+" do
    if form and form ~= full then link(short, full, form) link(short, form, full) end
  end
end
for line in nicknames.spellings:gmatch "[^\n]+" do
  local first = line:match "%S+"
  for form in line:gmatch "%S+" do spelling[form] = spelling[form] or spelling[first] or first end
end
for line in nicknames.counterparts:gmatch "[^\n]+" do
  for a in line:gmatch "%S+" do
    for b in line:gmatch "%S+" do link(counterpart, a, b) end
  end
end

local function has_initial(name, letter)
  if name:sub(1, 1) == letter then return true end
  for other in pairs(short[name] or {}) do
    if other:sub(1, 1) == letter then return true end
  end
  return false
end

--- Whether two given names can be one person's: "same" (equal, another spelling, a short form), "initial", "other" (the same
--- name in two languages, as Vladimir and Volodymyr: never enough without a role), nil.
--- @param a string
--- @param b string
--- @return "same"|"initial"|"other"|nil
function M.same_given(a, b)
  a, b = plain(a), plain(b)
  if a == b then return "same" end
  if #a == 1 then return has_initial(b, a) and "initial" or nil end
  if #b == 1 then return has_initial(a, b) and "initial" or nil end
  local x, y = spelling[a] or a, spelling[b] or b
  if x == y or short[a] and short[a][b] or short[x] and short[x][y] then return "same" end
  if counterpart[a] and counterpart[a][b] or counterpart[x] and counterpart[x][y] then return "other" end
  return nil
end

local SUFFIX = { jr = true, sr = true, ii = true, iii = true, iv = true }
local PARTICLE = {}
for word in ("van von de del della di da dos du la le den der ter ten zu af av al el bin ibn abu st"):gmatch "%S+" do PARTICLE[word] = true end

--- The parts of a full name: given names in order, nicknames in quotes or brackets as given names too, and the surname.
--- @param name string
--- @return table { given = string[], last = string, key = skeleton of the surname }
function M.parts(name)
  local given, called = {}, {}
  name = name:gsub("%s*[%(\"“‘]([^%)\"”’]+)[%)\"”’]%s*", function(nick)
    called[#called + 1] = nick
    return " "
  end)
  for part in name:gsub(",", " "):gmatch "%S+" do
    if not (SUFFIX[plain(part)] and #given > 1) then given[#given + 1] = part end
  end
  local last = table.remove(given) or name
  while #given > 0 and PARTICLE[plain(given[#given])] and #given > 1 do last = table.remove(given) .. " " .. last end
  for _, nick in ipairs(called) do given[#given + 1] = nick end
  local bare = last:match "%S+$"
  return { given = given, last = last, nicks = #called, key = M.skeleton(bare) }
end

--- Middle names that speak against one another: "John F. Reed" and "John Q. Reed".
local function middles_clash(a, b)
  local x, y = a.given[2], b.given[2]
  if not x or not y or a.nicks > 0 and #a.given == 2 or b.nicks > 0 and #b.given == 2 then return false end
  return plain(x):sub(1, 1) ~= plain(y):sub(1, 1)
end

--- Whether the given names of two full names agree: "same", "called" (a nickname
--- beside the name, a middle name), "initial", "other" (also where one has none), or nil.
--- @param a table  of variants.parts
--- @param b table
function M.agree(a, b)
  if #a.given == 0 or #b.given == 0 then return #a.given == #b.given and "same" or "other" end
  local first = M.same_given(a.given[1], b.given[1])
  if first then return not middles_clash(a, b) and first or nil end
  local function among(one, other)                       -- "J. French Hill", "French Hill"; 'Earl "Buddy" Carter', "Buddy Carter"
    for i = 2, #other.given do
      if #plain(other.given[i]) > 1 and M.same_given(one.given[1], other.given[i]) == "same" then
        return i > #other.given - other.nicks or #plain(other.given[1]) == 1
      end
    end
  end
  return (among(a, b) or among(b, a)) and "called" or nil
end

local aliases = {}
--- Names that are one person's whatever they look like, a line for each person: "Garland Barr | Andy Barr".  The first is the
--- name that records show.
--- @param text string
function M.alias(text)
  for line in text:gmatch "[^\n]+" do
    local first
    if not line:find "^%s*#" then
      for name in line:gmatch "[^|]+" do
        name = name:match "^%s*(.-)%s*$"
        first = first or name
        if name ~= "" then aliases[lode.fold(name)] = first end
      end
    end
  end
end
--- What the alias list says of a name, or nil.
function M.alias_of(name) return aliases[lode.fold(name)] end

--- Two surnames that differ by more than spelling, yet may be one in a careless text: "Zelensky", "Zelenovskiy".
function M.near(a, b)
  if a == b then return true end
  if #a < 7 or #b < 7 or a:sub(1, 4) ~= b:sub(1, 4) or a:sub(-2) ~= b:sub(-2) then return false end
  return lode.distance(a, b, "damerau") <= 2
end

local function roles_agree(a, b)
  for role in pairs(a) do
    if b[role] then return true end
  end
  return false
end

--- The parts of an item of M.merge: where it says that the surname stands first, "Zhao Huanlin", that is believed.
local function parts_of(item)
  if item.first and item.last and item.name == item.last .. " " .. item.first then
    return { given = { item.first }, last = item.last, nicks = 0, key = M.skeleton(item.last:match "%S+$") }
  end
  return M.parts(item.name)
end

--- Put names together that are one person's.  An item is { name =, count =, roles = set of strings, first =, last = } (all but the
--- name may be absent).  Gives a list of { name = the canonical form, items = {...}, count = }, the most frequent first; `maybe` in one
--- lists names of others that it may be, where the evidence did not do.
--- @param items table[]
--- @return table[]
function M.merge(items)
  local people = {}
  table.sort(items, function(a, b)
    local x, y = #parts_of(a).given, #parts_of(b).given
    if x ~= y then return x > y end
    return (a.count or 1) > (b.count or 1) or (a.count or 1) == (b.count or 1) and a.name < b.name
  end)
  local function join(person, item, parts)
    person.items[#person.items + 1] = item
    person.parts[#person.parts + 1] = parts
    person.count = person.count + (item.count or 1)
    for role in pairs(item.roles or {}) do person.roles[role] = true end
  end
  local function verdict(person, item, parts)             -- "same", "initial", "may", nil: against every form of the person
    local best, veto
    for i, other in ipairs(person.parts) do
      local alias = M.alias_of(item.name)
      if alias and alias == (M.alias_of(person.items[i].name) or person.items[i].name) then return "same" end
      local close = other.key == parts.key and "equal" or M.near(other.key, parts.key) and "near"
      local given = close and M.agree(parts, other)
      if close and not given then
        local letter = #plain(other.given[1] or "") == 1 or #plain(parts.given[1] or "") == 1     -- "H. Lee" says little of "Morgan Lee"
        veto = veto or other.key == parts.key and not letter and not other.nickname
      elseif given == "called" and close == "equal" then
        parts.nickname = #parts.given < #other.given      -- "Buddy Carter" says nothing against "Earl Carter" then
        return "same"
      elseif given == "same" and close == "equal" and #parts.given > 0 then
        best = "same"
      elseif given and roles_agree(person.roles, item.roles or {}) then
        best = "same"
      elseif given == "initial" and close == "equal" then
        best = best == "same" and best or "initial"
      elseif given then
        best = best or "may"
      end
    end
    return not veto and best or nil
  end
  for _, item in ipairs(items) do
    local parts, found = parts_of(item), { same = {}, initial = {}, may = {} }
    for _, person in ipairs(people) do
      local list = found[verdict(person, item, parts) or false]
      if list then list[#list + 1] = person end
    end
    local only = #found.same == 1 and found.same[1] or #found.same == 0 and #found.initial == 1 and found.initial[1]
    if only then
      join(only, item, parts)
    else
      local person = { items = {}, parts = {}, roles = {}, count = 0 }
      for _, list in ipairs { found.same, found.initial, found.may } do
        for _, other in ipairs(list) do
          person.maybe = person.maybe or {}
          person.maybe[#person.maybe + 1] = other.items[1].name
        end
      end
      people[#people + 1] = person
      join(person, item, parts)
    end
  end
  for _, person in ipairs(people) do
    local best
    for _, item in ipairs(person.items) do
      local full = #M.parts(item.name).given > 0
      local more = not best or (item.count or 1) > (best.count or 1)
      if not best or full and (not best.full or more) then best = { name = item.name, count = item.count, full = full } end
    end
    person.name = M.alias_of(best.name) or best.name
  end
  table.sort(people, function(a, b) return a.count > b.count or a.count == b.count and a.name < b.name end)
  return people
end

return M
