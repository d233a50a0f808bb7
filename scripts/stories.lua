--- Stories: which pages tell of one event, and how many independent texts they are.
---
---     lode run scripts/stories.lua pages/
---
--- One `story` record each, the largest first: title, pages, texts (copies count once), first and last day, and the words that it is
--- about.  How near is near enough: lua/lode/news/corpus.lua.
local corpus = require "lode.news.corpus"

lode.output { "story" }
lode.columns { "title", "texts", "pages", "first", "last", "words" }

corpus.each(function(model)
  local out = {}
  for _, story in ipairs(model.stories) do
    local ids, first, last = {}, nil, nil
    for _, page in ipairs(story.pages) do
      ids[#ids + 1] = page.id
      if page.date then
        first = (not first or page.date < first) and page.date or first
        last = (not last or page.date > last) and page.date or last
      end
    end
    out[#out + 1] = { type = "story", title = story.title, pages = ids, texts = story.texts, first = first, last = last, words = story.terms }
  end
  return out
end)
