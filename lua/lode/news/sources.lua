--- Sources: who reports (byline, agency, credit), who is cited and through whom, as annotations and per page.
---
---     local sources = require "lode.news.sources"
---     local s = sources.of(p)     -- s.publisher, s.authors, s.agencies, s.credits, s.cited
---
--- Annotations "cited" (phase 7) have `who` (a person, state, organisation or "a diplomat") and `to` or `outlet`, the
--- paper that was told.  The chain of a claim runs from the one who knows to the page: { "diplomat", "New York Post", "site" }.
local _ENV = require "lode".env
local lode = require "lode"
local people = require "lode.news.people"
local verbs = require "lode.news.verbs"
require "lode.news.events"

local M = {}

local stop = w ", ; : . ? ! \" “ ” who which that"
local party = ann "party"
local outlet = ann "org" + (cap - ann "person") ^ { 1, 4 }
local noun = w [[ official officials diplomat diplomats spokesman spokeswoman spokesperson source sources aide aides envoy envoys lawmaker lawmakers
  expert experts analyst analysts witness witnesses adviser advisers adviser minister ministers journalist journalists media reports police
  resident residents researcher researchers agency correspondent report paper newspaper data figures ]]
local common = -party * opt(w "a an the two three several some") * (any - stop - w "said told says") ^ -3 * noun

local speaks_for = w "spokesman spokeswoman spokesperson" * "for" * opt "the" * party
local speaker = as("who", speaks_for + party) + as("who", common)

rule { "cited.according", label = "cited", phase = 7, match = w "according" * "to" * gap(8, stop) * as("who", party)
    + w "according" * "to" * as("who", common),
  examples = { { "according to Foreign Minister Torvil Zork, the dam", who = "Torvil Zork" }, { "According to a senior diplomat, it rains.", who = "a senior diplomat" },
    { none = "According to the map it is here." } } }

rule { "cited.told", label = "cited", phase = 7,
  match = speaker * gap(4, stop + party) * w "told" * opt(w "the") * as("to", outlet + w "reporters parliament lawmakers journalists"),
  examples = { { "Martha Quill told the Orla Water Board that", who = "Martha Quill", to = "Orla Water Board" }, { "a spokesman told reporters", who = "a spokesman" },
    { none = "Martha Quill told her son." } } }

rule { "cited.interview", label = "cited", phase = 7,
  match = w "in" * w "an" * "interview" * opt(w "published broadcast aired") * gap(2) * w "with to by" * opt "the" * as("to", outlet + w "state" * "media" + w "reporters"),
  examples = { { "In an interview with state media, Zork said", to = "state media" }, { none = "in an interview room" } } }

rule { "cited.reported", label = "cited", phase = 7, match = (as("who", common) + as("who", ann "org")) * gap(2, stop + party) * w "reported reports",
  examples = { { "State media reported that it rains.", who = "State media" }, { none = "He reported that it rains." } } }

rule { "cited.by", label = "cited", phase = 7,
  match = w "reported confirmed announced quoted cited" * "by" * (gap(6, stop + party) * as("who", ann "person") + as("who", common) + as("who", ann "org")) * opt("to" * opt "the" * as("to", outlet)),
  examples = { { "It was reported by a Water Board spokesman to Orla Post journalists.", to = "Orla Post" }, { none = "It was reported by mistake." } } }

rule { "cited.credit", label = "cited", phase = 7, zone = "all", match = w "agencies reuters afp ap tass xinhua interfax" * "contributed" * as("to", w "to"),
  examples = { { "Agencies contributed to this story." }, { none = "They contributed to it." } } }

local AGENCIES = { Reuters = true, AP = true, AFP = true, TASS = true, Xinhua = true, Interfax = true, DPA = true, UPI = true, ANSA = true, RIA = true, Agencies = true }

local function add(list, seen, value)
  if value and value ~= "" and not seen[value] then
    seen[value] = true
    list[#list + 1] = value
  end
end

--- Names in a byline: "Ann Lee and Tom Pell", "Ann Lee, Tom Pell".
local function split_authors(text)
  local out = {}
  for part in (" " .. (text or "") .. " "):gsub(" and ", ","):gsub("&", ","):gmatch "[^,;]+" do
    local name = lode.trim(part)
    if name ~= "" then out[#out + 1] = name end
  end
  return out
end

--- Who reports a page and whom it cites.
--- @param p lode.Page
--- @return { publisher: string?, authors: string[], agencies: string[], cited: { who: string, through: string?, span: lode.Span, rule: string }[], chain: string[][] }
function M.of(p)
  local s = { publisher = p.meta.source, authors = split_authors(p.meta.author), agencies = {}, cited = {} }
  local seen, told, by_place = {}, {}, {}
  for _, person in ipairs(people.of(p)) do
    for _, list in ipairs { person.mentions, person.by_role or {}, person.by_pronoun or {} } do
      for _, span in ipairs(list) do by_place[span.first] = person.name end
    end
  end
  for part in p:paragraphs { zone = { "byline", "dateline", "credit", "body" } } do
    local agency = part.text:sub(1, 120):match "%((%u%a+)%)%s*[%-–—_]" or part.text:match "^%s*(Agencies) contributed"
    if agency and AGENCIES[agency] then add(s.agencies, seen, agency) end
  end
  for m in p:anns "cited" do
    if m.rule ~= "cited.credit" then
      local who = m.rule ~= "cited.interview" and m:cap "who" or nil
      local name = who and (by_place[who.first] or (who.text:gsub("^[Tt]he ", ""):gsub("^[Aa]n? ", "")))
      local through = m.rule ~= "cited.according" and m.rule ~= "cited.reported" and m.to or nil
      if m.rule == "cited.interview" then
        for before in p:anns("party", { within = m.span.sentence }) do name = by_place[before.span.first] or name end
      end
      local key = (name or "?") .. "|" .. (through or "")
      if name and not told[key] and not lode.fold(name):find "^h?e?s?he$" then
        told[key] = true
        s.cited[#s.cited + 1] = { who = name, through = through, span = m.span, rule = m.rule }
      end
    end
  end
  return s
end

--- The chain from the one who knows to the page that prints it.
--- @param s table  what `of` gave
--- @param cited table  one of s.cited
--- @return string[]
function M.chain(s, cited)
  local out, seen = {}, {}
  add(out, seen, cited.who)
  if cited.through ~= "reporters" and cited.through ~= "journalists" then add(out, seen, cited.through) end
  for _, agency in ipairs(s.agencies) do add(out, seen, agency) end
  add(out, seen, s.publisher or s.authors[1])
  return out
end

return M
