--- Who is on each page: one record a person, with all forms of the name, the roles and where it is mentioned; then, over all
--- pages, which names are one person's.
---
---     lode run scripts/people.lua pages/
---     lode run scripts/people.lua --label identity --arg aliases=my_aliases.txt pages/
---
--- A `person` record has name, forms, roles, mentions ([start, end] in bytes), by_role ("the envoy") and by_pronoun where that
--- is safe, country of the role, first, last.  An `identity` record has the canonical name (the most frequent full one), the
--- forms with their counts, and `maybe`: names that are close, but not surely the same person's.  To bend it: rules and lists in
--- lua/lode/news/people.lua; an alias file has a person a line, "Garland Barr | Andy Barr".
local lode = require "lode"
local people = require "lode.news.people"
local variants = require "lode.news.variants"

lode.output { "person", "identity" }
lode.columns { "page", "line", "name", "forms", "roles", "country" }
if lode.args.aliases then variants.alias(lode.read(lode.args.aliases)) end

local function places_of(spans)
  local out = {}
  for i, span in ipairs(spans or {}) do out[i] = { span:raw() } end
  return #out > 0 and out or nil
end

lode.page(function(page)
  for _, person in ipairs(people.of(page)) do
    page:emit { type = "person", span = person.mentions[1], name = variants.alias_of(person.name) or person.name,
      first = person.first, last = person.last, forms = person.forms, roles = lode.array(person.roles), country = person.country,
      mentions = places_of(person.mentions), by_role = places_of(person.by_role), by_pronoun = places_of(person.by_pronoun) }
  end
end)

--- The name as the page writes it; record.name may be the alias list's.
local function written(record)
  for _, form in ipairs(record.forms) do
    if form == record.name then return form end
  end
  for _, form in ipairs(record.forms) do
    if form:find " " then return form end
  end
  return record.forms[1]
end

-- Names whose skeletons begin alike meet; variants.merge says which are one person's.
lode.group {
  name = "people", label = "person",
  key = function(record)
    local alias = variants.alias_of(record.name)
    local surname = not alias and record.last and record.last:match "[^ ]+$"
    return (surname and variants.skeleton(surname) or variants.parts(alias or record.name).key):sub(1, 3)
  end,
  reduce = function(_, records)
    local by_name, items = {}, {}
    for _, record in ipairs(records) do
      local called = written(record)
      local item = by_name[called] or { name = called, count = 0, pages = 0, roles = {}, first = record.first, last = record.last }
      if item.count == 0 then items[#items + 1], by_name[called] = item, item end
      item.count, item.pages = item.count + #record.mentions, item.pages + 1
      if record.country then item.roles[record.country] = true end
    end
    local out = {}
    for _, person in ipairs(variants.merge(items)) do
      local forms, pages = {}, 0
      for _, item in ipairs(person.items) do
        forms[item.name] = item.count
        pages = pages + item.pages
      end
      out[#out + 1] = { type = "identity", name = person.name, forms = lode.object(forms), mentions = person.count, pages = pages,
        maybe = person.maybe }
    end
    return out
  end,
}
