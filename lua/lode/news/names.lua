--- The names of one page: the short form that a text uses later leads back to the full one it gave first.
local countries = require "lode.news.countries"
local given = require "lode.news.given"
local words = require "lode.news.words"

local function set(...)
  local found = {}
  for _, list in ipairs { ... } do
    for word in list:gmatch "%S+" do found[word] = true end
  end
  return found
end
local office = set(words.office)
local male, female = set(given.male, given.both), set(given.female, given.both)
local place = {}
for _, list in ipairs { countries.countries, countries.others, countries.metonyms } do
  for name in list:gmatch "[^/;\n]+" do place[name:gsub("^%s*%u%u ", ""):gsub("^%s+", ""):lower()] = true end
end
local M = {}

local function add(people, key, full)
  local known = people[key]
  if not known then
    known = { forms = {}, count = {} }
    people[key] = known
  end
  local count = known.count[full]
  if not count then known.forms[#known.forms + 1] = full end
  known.count[full] = (count or 0) + 1
end

--- The last of two to four words of a name, "Jr." left out; nil where it has more or fewer.
local function last_word(full)
  local core = full:gsub("%s+[JS]r%.?$", "")
  local last, count = core:match "%s(%S+)$", select(2, core:gsub("%s+", ""))
  return count >= 1 and count <= 3 and last or nil
end

--- Remember a name of two to four words under its last word.
--- @param people table   the names of this page; start with {}
function M.remember(people, full)
  local key = full:find(" ", 1, true) and last_word(full)
  if key then add(people, key, full) end
end

--- Somebody of that name spoke: "Lin" may mean Lin Bo from now on (and "Harrowgate" still not Harrowgate Rovers).
function M.introduce(people, full)
  local first = full:match "^(%S+)%s+%S+$"
  if first and M.is_person(full) then add(people, "first " .. first, full) end
end

--- The full form of a name as the page gave it before: the most frequent one, of equals the shortest.  Where two that
--- are as frequent are not one inside the other ("Martha Quill", "Jonas Quill"), the short form stays: they may be two.
function M.fullest(people, short)
  local known = not short:find " " and (people[short] or people["first " .. short])
  if not known then return short end
  local best, rival = known.forms[1], nil
  for _, full in ipairs(known.forms) do
    local more = known.count[full] - known.count[best]
    if more > 0 or more == 0 and #full < #best then best, full = full, best end
    if known.count[full] == known.count[best] and full:sub(-#best) ~= best then rival = full end
  end
  return rival and known.count[rival] == known.count[best] and short or best
end

--- Whether a name can be meant by "he" or "she": no paper, office or place.
function M.is_person(full)
  for word in full:lower():gmatch "%S+" do
    if office[word] then return false end
  end
  return true
end

--- Whether "he" or "she" can mean a name: no place, nothing in capitals, and no given name of the other sex ("Ann Lee" is not "he").
--- @param full string
--- @param pronoun string
function M.may_mean(full, pronoun)
  if place[full:lower()] or full:find "^[%u.]+$" then return false end               -- "D.C.", "GOP"
  local first = full:match "^(%S+)%s"
  if not first then return true end
  first = first:lower()
  local is_male, is_female = male[first] == true, female[first] == true
  return is_male == is_female or is_male == (pronoun:lower() == "he")
end

return M
