--- Dates: every date, time, duration and repetition of a page, with the value that it stands for.
---
---     lode run scripts/dates.lua pages/
---     lode test scripts/dates.lua
---
--- `value` is in the form of TIMEX3; `kind` is date, time, duration, set or anniversary.  What is relative counts from
--- `anchor`, the page's date; a page without one keeps the relative form.  Rules: lua/lode/news/dates.lua.
local dates = require "lode.news.dates"

lode.columns { "page", "line", "text", "value", "kind", "anchor", "relative", "assumed" }

lode.page(function(p)
  for _, date in ipairs(dates.find(p)) do
    p:emit { type = "date", span = date.span, value = date.value, kind = date.kind, anchor = date.anchor, relative = date.relative,
      assumed = date.assumed, mod = date.mod, ["until"] = date["until"], time_zone = date.time_zone, rule = date.rule }
  end
end)
