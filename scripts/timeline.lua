--- Timeline: what is to happen or has happened on which day, over all pages, in order.
---
---     lode run scripts/timeline.lua pages/
---     lode run scripts/timeline.lua -f markdown pages/
---
--- One `moment` record for each event, day and status: date (TIMEX3; "2025-08-20/P2W" is within two weeks of that day), who, kind, status,
--- place, topic, according to whom, the pages that say so, and how many independent texts these are.  What has no day comes last,
--- in the order in which it was told (`told`).
local corpus = require "lode.news.corpus"

lode.output { "moment" }
lode.columns { "date", "who", "kind", "status", "place", "topic", "according_to", "texts", "pages", "told" }

local function add(list, value)
  for _, known in ipairs(list) do
    if known == value then return end
  end
  list[#list + 1] = value
end

local function who_of(event)
  if event.participants then return event.participants end
  local out = {}
  for _, role in ipairs { "visitor", "buyer", "actor", "body", "host", "target", "matter" } do out[#out + 1] = event[role] end
  return out
end

corpus.each(function(model)
  local list, by_key = {}, {}
  for _, page in ipairs(model.pages) do
    for _, event in ipairs(page.events) do
      local who = who_of(event)
      event.page = page
      local date = corpus.when(event)
      if event.status ~= "mentioned" or date then
        local key = table.concat(who, ";") .. "|" .. (date or "") .. "|" .. event.status .. "|" .. event.type
        local moment = by_key[key]
        if not moment then
          moment = { type = "moment", date = date, who = who, kind = event.kind or event.type, status = event.status, pages = {}, from = {}, sources = {}, told = page.date, order = #list }
          by_key[key], list[#list + 1] = moment, moment
        end
        moment.place, moment.topic = moment.place or event.place, moment.topic or event.topic
        if event.according_to then add(moment.sources, event.according_to) end
        add(moment.pages, page.id)
        add(moment.from, page)
      end
    end
  end
  table.sort(list, function(a, b)
    if (a.date == nil) ~= (b.date == nil) then return a.date ~= nil end
    local x, y = a.date or a.told or "9", b.date or b.told or "9"
    return x < y or x == y and a.order < b.order
  end)
  for _, moment in ipairs(list) do
    moment.texts, moment.from, moment.order = corpus.texts(moment.from), nil, nil
    moment.according_to, moment.sources = #moment.sources > 0 and moment.sources or nil, nil
    if moment.date then moment.told = nil end
  end
  return list
end)
