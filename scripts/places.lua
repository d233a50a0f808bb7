--- Places, organisations, and who speaks for a state: "the Kremlin", "Downing Street", "Moscow" where it says or does something.
---
---     lode run scripts/places.lua pages/
---     lode run scripts/places.lua --label government -f tsv --fields page,line,name,state pages/
---
--- `country` is the ISO 3166 code of a state, a capital or a people; a `government` record has the state's name too.  To bend it:
--- lists in lua/lode/news/countries.lua and bodies.lua, rules in places.lua beside them.
local lode = require "lode"
local places = require "lode.news.places"

lode.columns { "page", "line", "name", "country" }

local NAME = { fields = { "name" } }
lode.page(function(page)
  for _, label in ipairs { "place", "nationality", "org", "government" } do
    for span, text, name in page:anns(label, NAME) do
      if span.zone == "body" or span.zone == "headline" then
        local code = places.country(name or text)
        page:emit { type = label, span = span, name = name or text, country = code, state = label == "government" and code and places.name(code) or nil }
      end
    end
  end
end)
