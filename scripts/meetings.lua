--- Who meets whom: one record a meeting of a page, with where, when, on what, its status, and according to whom.
---
---     lode run scripts/meetings.lua pages/
---     lode run scripts/meetings.lua --label visit,sanction,deal,vote pages/
---
--- `status` is proposed, agreed, conditional, expected, held, denied, postponed, cancelled, or mentioned where nothing says; `cue`
--- is the word that says so.  Kinds of events: lua/lode/news/frames.lua; one of your own is ten lines:
---
---     events.frame { "award", verbs = "awarded gave", past = "awarded gave", roles = { "giver", "receiver" } }
local events = require "lode.news.frames"

lode.output { "meeting" }
lode.columns { "page", "line", "participants", "kind", "status", "place", "date", "topic", "condition", "according_to" }

lode.page(function(p)
  for _, event in ipairs(events.find(p)) do
    local record = { span = event.span }
    for key, value in pairs(event) do
      if key ~= "span" and key ~= "mentions" and key ~= "key" and key ~= "verb" then record[key] = value end
    end
    record.mentions = #event.mentions > 1 and #event.mentions or nil
    p:emit(record)
  end
end)
