--- Places, peoples, organisations, and names of places that stand for a government, as annotations:
---
---   place        countries, capitals, large cities ("Kenya", "New York"), and by shape ("Lake Orla", "Mill Street")
---   nationality  "Swiss", "South Korean"
---   org          by cue words ("Ministry of Water", "Acme Holdings"), by acronym, by list
---   government   "the Kremlin", "Downing Street": who speaks for a state
---
--- places.country"swiss" is "CH": what a name of a place, a people, a capital or a government says of the state.
--- The lists are in countries.lua and bodies.lua; rules are of phase 1.
local _ENV = require "lode".env
local lode = require "lode"
local bodies = require "lode.news.bodies"
local countries = require "lode.news.countries"
local words = require "lode.news.words"

-- Everywhere but in spam: a line of a letter ("Thanks, Ann") looks like one of a menu.  Who reads the annotations chooses.
local zones = { "body", "headline", "byline", "dateline", "caption", "credit", "nav", "share", "related", "footer" }

local M = { single = {}, nation = {}, zones = zones }         -- folded words that alone are a place, a people
local code_of, capital_of = {}, {}

--- The ISO 3166 code of the state that a name belongs to, or nil.
function M.country(name) return code_of[lode.fold(name)] end

--- Whether the name is a capital: then it may stand for the government.
function M.is_capital(name) return capital_of[lode.fold(name)] end

--- w of a list of words without those that end in a full stop: "ave." is two tokens.
local function one_of(list)
  local out = {}
  for word in list:gmatch "%S+" do out[#out + 1] = not word:find "%.$" and word or nil end
  return w(out)
end

local function names_of(list)
  local out = {}
  for name in list:gmatch "[^/\n]+" do
    name = name:match "^%s*(.-)%s*$"
    if name ~= "" then out[#out + 1] = name end
  end
  return out
end

--- A lexicon of names as they are written; the folded words that are a name alone are noted in `single`.
local function phrases(names, single)
  local options = { case = true }
  for i, name in ipairs(names) do
    options[i] = name
    if single and name:find "^%u%l+$" then single[lode.fold(name)] = true end
  end
  return lex(options)
end

local place_names, nation_names, shown = {}, {}, {}
local function note(name, code, into)
  into[#into + 1] = name
  local key = lode.fold(name)
  code_of[key] = code_of[key] or code
  return key
end
for line in countries.countries:gmatch "[^\n]+" do
  local code, called, people, capitals = line:match "^(%u%u) ([^;]*);([^;]*);?(.*)$"
  if code then
    for i, name in ipairs(names_of(called)) do
      if i == 1 then shown[code] = name end
      note(name, code, place_names)
    end
    for _, name in ipairs(names_of(people)) do note(name, code, nation_names) end
    for _, name in ipairs(names_of(capitals)) do capital_of[note(name, code, place_names)] = true end
  end
end
--- What a code stands for: places.name"CH" is "Switzerland".
function M.name(code) return shown[code] end
for _, name in ipairs(names_of(countries.others)) do note(name, nil, place_names) end

local known_place, nationality = phrases(place_names, M.single), phrases(nation_names, M.nation)
local part = cap - one_of(words.determiner .. words.day .. words.preposition .. words.pronoun .. words.subordinate .. words.he_she)
local hyphen = glued * "-" * glued

rule { "place.known", label = "place", zone = zones, match = as("name", known_place) * -(hyphen * cap),
  examples = { { "They met in New York.", name = "New York" }, { "The way to Ouagadougou is long.", name = "Ouagadougou" },
    { none = "They met in a new york." } } }

rule { "nationality", label = "nationality", zone = zones, match = as("name", nationality),
  examples = { { "the South Korean envoy", name = "South Korean" }, { none = "a polish of the floor" } } }

rule { "place.after", label = "place", zone = zones, match = as("name", (cap & one_of(countries.before)) * -(w "of") * (part - nationality) ^ { 1, 2 }),
  priority = -1,
  examples = { { "a hut at Lake Harrow in May", name = "Lake Harrow" }, { none = "the lake of the town" } } }

rule { "place.before", label = "place", zone = zones, match = as("name", (part - nationality) ^ { 1, 3 } * (cap & one_of(countries.after))),
  examples = { { "a house in Mill Street, Harrowgate", name = "Mill Street" }, { none = "a street in town" } } }

local piece = part - w(words.conjunction)
local join = w "and &" * #piece
rule { "org.last", label = "org", zone = zones, match = as("name", piece * (piece + join) ^ { 0, 4 } * (cap & one_of(bodies.last))) * -(w "of for" * cap),
  examples = { { "at the Orla Water Board on Friday", name = "Orla Water Board" }, { none = "the board met on Friday" } } }

rule { "org.first", label = "org", zone = zones,
  match = as("name", piece ^ { 0, 2 } * (cap & w(bodies.first)) * w "of for" * opt(w "the") * piece ^ { 1, 4 } * opt(w "and" * piece ^ { 1, 3 })),
  examples = { { "the Ministry of Rivers and Dams said", name = "Ministry of Rivers and Dams" }, { none = "the ministry of her dreams" } } }

rule { "org.known", label = "org", zone = zones, match = as("name", phrases(names_of(bodies.known)) + W(bodies.acronym)),
  examples = { { "Reuters and the Human Rights Watch office", name = "Reuters" }, { none = "apple pie is eaten" } } }

local seats = {}
for line in countries.metonyms:gmatch "[^\n]+" do
  local code, list = line:match "^(%u%u) (.*)$"
  if code then
    for _, name in ipairs(names_of(list)) do note(name, code, seats) end
  end
end
rule { "government.seat", label = "government", zone = zones, match = as("name", phrases(seats)),
  examples = { { "A Kremlin spokesman said", name = "Kremlin" }, { "the White House denied it", name = "White House" },
    { none = "a white house by the river" } } }

local speaks = w [[ says said denied denies announced rejected warned accused accuses confirmed condemned insists insisted wants
  refuses refused agreed demanded demands hopes claims claimed sees expects believes ]]
rule { "government.capital", label = "government", zone = zones, phase = 2,
  match = -behind(w "in at from near of to" + cap) * as("name", ann "place") * #(opt(w "has also later") * speaks),
  keep = function(_, m) return M.country(m.name) ~= nil end,
  examples = { { "Moscow denied the report.", name = "Moscow" }, { none = "A man in Moscow denied the report." } } }

return M
