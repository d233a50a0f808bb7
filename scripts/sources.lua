--- Sources: who reports each page, whom it cites, and through whom.
---
---     lode run scripts/sources.lua pages/
---
--- A `report` record a page has publisher, authors and agencies; a `citation` has who is cited, through whom, and the chain from the one who
--- knows to the page.  Rules: lua/lode/news/sources.lua.
local sources = require "lode.news.sources"

lode.output { "report", "citation" }
lode.columns { "page", "line", "publisher", "authors", "agencies", "who", "through", "chain" }

lode.page(function(p)
  local s = sources.of(p)
  p:emit { type = "report", publisher = s.publisher, authors = lode.array(s.authors), agencies = lode.array(s.agencies), title = p.meta.title,
    date = p.meta.date or p.meta.updated }
  for _, cited in ipairs(s.cited) do
    p:emit { type = "citation", span = cited.span, who = cited.who, through = cited.through, chain = sources.chain(s, cited), rule = cited.rule }
  end
end)
