--- Who said what: every quotation of a page, with its speaker and verb where the text gives them, and what was reported
--- without marks ("Quill said that the gates were open"), as type statement.
---
---     lode run scripts/quotes.lua pages/
---     lode run --label quote scripts/quotes.lua pages/         only what stands in marks
---
--- The rules are in lua/lode/news/quotes.lua; how to bend them stands at its head.
--- `how` says how the speaker was found:
---   named      the sentence names the speaker          pronoun  "he said"; a speaker only where one person is meant
---   inherited  the quotation before it goes on         unknown  nobody was found: an answer, better than a guess
local quotes = require "lode.news.quotes"

lode.columns { "page", "line", "speaker", "speaker_text", "verb", "how", "text" }

lode.page(function(page)
  for _, record in ipairs(quotes.quotations(page)) do
    page:emit(record)
    lode.why(record.span, function() return quotes.reason(record) end)     -- for lode why; else nothing
  end
end)
