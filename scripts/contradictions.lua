--- Contradictions: where pages say different things of the same meeting, quotation, office or person; and what one text says alone.
---
---     lode run scripts/contradictions.lua pages/
---     lode run scripts/contradictions.lua -f markdown pages/
---
--- A `contradiction` record is one side: about (status, date, place, counterpart, office, post, speaker, words), subject, value, the pages
--- that say so, how many independent texts they are, since when, and according to whom.  Sides of one contradiction follow each other and
--- have the same `number`.  An `alone` record is a meeting that one text tells of.  Rules: lua/lode/news/conflicts.lua.
local conflicts = require "lode.news.conflicts"
local corpus = require "lode.news.corpus"

lode.output { "contradiction", "alone" }
lode.columns { "number", "about", "subject", "value", "since", "texts", "pages", "detail" }

local function details(side)
  local out, seen = {}, {}
  for _, claim in ipairs(side.claims) do
    local parts = {}
    if claim.status then parts[1] = claim.status end
    local when = claim.status and corpus.when(claim)
    if when then parts[#parts + 1] = when end
    if claim.place then parts[#parts + 1] = "in " .. claim.place end
    if claim.according_to then parts[#parts + 1] = "according to " .. claim.according_to end
    local text = table.concat(parts, ", ")
    if text ~= "" and not seen[text] then seen[text], out[#out + 1] = true, text end
  end
  return #out > 0 and out or nil
end

local function ids(pages)
  local out = {}
  for i, page in ipairs(pages) do out[i] = page.id end
  return out
end

corpus.each(function(model)
  local out = {}
  for number, conflict in ipairs(conflicts.of(model)) do
    for _, side in ipairs(conflict.sides) do
      local first = side.claims[1]
      out[#out + 1] = { type = "contradiction", number = number, about = conflict.about, subject = conflict.subject, value = side.value, since = side.first, texts = side.texts,
        pages = ids(side.pages), detail = details(side), line = first.line }
    end
  end
  for _, alone in ipairs(conflicts.alone(model)) do
    local claim = alone.claim
    out[#out + 1] = { type = "alone", about = "alone", subject = table.concat(claim.participants, ", "), value = claim.status, since = alone.page.date, texts = 1, pages = { alone.page.id },
      detail = { claim.text }, line = claim.line }
  end
  return out
end)
