--- What many pages say together: which are copies, which tell one story, who is who, which meetings they tell of.
---
---     local corpus = require "lode.news.corpus"
---     corpus.each(function(model) return { { type = "story", ... } } end)
---
--- `each` takes the facts of each page (in parallel), and calls the function once with all of them.  The model is in memory: a
--- page costs some 10 KB, so a folder of ten thousand pages is no trouble, a crawl is: cut that by day or by story.
---
--- model.pages   { id, title, date, source, text = number of its text, story = number, ... } in the order of the pages
--- model.texts   number of independent texts: pages that share half of their sentences are one text
--- model.stories { pages = {...}, title, terms } largest first
--- model.person  canonical name of a name;  model.people { name, forms, roles, pages, offices }
--- model.meetings { participants, claims = { { page, status, date, place, ... } } }
local lode = require "lode"
local calendar = require "lode.news.calendar"
local events = require "lode.news.frames"
local people = require "lode.news.people"
local places = require "lode.news.places"
local quotes = require "lode.news.quotes"
local sources = require "lode.news.sources"
local variants = require "lode.news.variants"

local M = {}

-- 1. The facts of a page -------------------------------------------------------------------------------------------------

local LEAST_TOKENS = 6            -- of a sentence that tells a copy
local MOST_TERMS = 60

local EVENT_FIELDS = { "kind", "status", "cue", "participants", "visitor", "host", "actor", "target", "buyer", "body", "matter", "place", "date", "date_text", "topic",
  "condition", "according_to" }

local function events_of(p)
  local out = {}
  for _, event in ipairs(events.find(p)) do
    local fact = { type = event.type, line = event.span.line, start = event.span.raw_start, text = lode.squeeze(event.span.sentence.text), mentions = #event.mentions }
    for _, field in ipairs(EVENT_FIELDS) do fact[field] = event[field] end
    out[#out + 1] = fact
  end
  return out
end

--- What stands before a name where it ends in a head's title: "velmoran president".
local function called_of(person)
  for i = 1, math.min(3, #person.mentions) do
    local before = person.mentions[i]:before(3)
    local called = before and (before.fold:match "(%S+ president)$" or before.fold:match "(%S+ prime minister)$" or before.fold:match "(%S+ chancellor)$")
    if called then return called end
  end
end

local function people_of(p)
  local out = {}
  for _, person in ipairs(people.of(p)) do
    out[#out + 1] = { name = person.name, called = called_of(person), forms = person.forms, roles = person.roles, country = person.country, count = #person.mentions,
      line = person.mentions[1].line, spans = person.mentions }
  end
  return out
end

local function quotes_of(p, persons)
  local out = {}
  for _, quote in ipairs(quotes.quotations(p)) do
    if not quote.fragment and #quote.span.tokens >= 4 then
      local about, seen = {}, {}
      for _, person in ipairs(persons) do
        for _, span in ipairs(person.spans) do
          if quote.span:contains(span) and not seen[person.name] then
            seen[person.name] = true
            about[#about + 1] = person.name
          end
        end
      end
      out[#out + 1] = { type = quote.type, speaker = quote.speaker or quote.speaker_text, how = quote.how, verb = quote.verb, text = lode.squeeze(quote.span.text), line = quote.span.line,
        about = about }
    end
  end
  return out
end

--- Hashes of the longer sentences, and how often each word stands in the page.
local function read_words(p)
  local hashes, terms = {}, {}
  for sentence in p:sentences() do
    if #sentence.tokens >= LEAST_TOKENS then hashes[#hashes + 1] = lode.hash(lode.fold(sentence.text, { punct = true, space = true })):sub(1, 12) end
  end
  for token in p:tokens { kind = "word", stop = false } do
    local fold = token.fold
    if #fold > 3 then terms[fold] = (terms[fold] or 0) + (token.text:find "^%u" and 2 or 1) end
  end
  local list = {}
  for term in pairs(terms) do list[#list + 1] = term end
  table.sort(list, function(a, b) return terms[a] > terms[b] or terms[a] == terms[b] and a < b end)
  local top = {}
  for i = 1, math.min(MOST_TERMS, #list) do top[list[i]] = terms[list[i]] end
  return hashes, top
end

--- Everything of a page that `build` needs, as one record of type "facts".
--- @param p lode.Page
--- @return table?  nil for a page without text
function M.facts(p)
  local hashes, terms = read_words(p)
  if next(terms) == nil then return nil end
  local persons, from = people_of(p), sources.of(p)
  local facts = { type = "facts", title = p.meta.title, date = (p.meta.date or p.meta.updated or ""):match "^%d%d%d%d%-%d%d%-%d%d", source = from.publisher or from.authors[1],
    hashes = lode.array(hashes), terms = lode.object(terms), events = lode.array(events_of(p)), quotes = lode.array(quotes_of(p, persons)) }
  facts.cited = lode.array {}
  for _, cited in ipairs(from.cited) do facts.cited[#facts.cited + 1] = { who = cited.who, through = cited.through } end
  for _, person in ipairs(persons) do person.spans = nil end
  facts.people = lode.array(persons)
  return facts
end

-- 2. Copies ----------------------------------------------------------------------------------------------------------------

--- Give each page the number of its text: a page that shares half of the smaller one's sentences, and two at least, with an earlier
--- one is a copy of it.
local function find_copies(pages)
  local text_of, sizes, count = {}, {}, 0
  for _, page in ipairs(pages) do
    local shared, best = {}, nil
    for _, hash in ipairs(page.hashes) do
      local text = text_of[hash]
      if text then shared[text] = (shared[text] or 0) + 1 end
    end
    for text, n in pairs(shared) do                                       -- in order: the earliest of equals wins
      local smaller = math.min(sizes[text], #page.hashes)
      if n >= 2 and 2 * n >= smaller and (not best or n > shared[best]) then best = text end
    end
    if not best then
      count = count + 1
      best, sizes[count] = count, #page.hashes
    end
    page.text = best
    for _, hash in ipairs(page.hashes) do text_of[hash] = text_of[hash] or best end
  end
  return count
end

--- How many independent texts a list of pages is.
--- @param list table[]
--- @return integer
function M.texts(list)
  local seen, n = {}, 0
  for _, page in ipairs(list) do
    if not seen[page.text] then n, seen[page.text] = n + 1, true end
  end
  return n
end

-- 3. Stories -----------------------------------------------------------------------------------------------------------------

local SAME_STORY = 0.07           -- mean cosine to the pages of a story: a centre would gather a year of politics into one heap
local FEW_PAGES = 0.06            -- and so much more for a story of one page, half for one of two
local MOST_DAYS = 365              -- from the last page of a story to the next

--- Words of a page and, heavier, the persons that it names.
local function add_people(model)
  for _, page in ipairs(model.pages) do
    for _, who in ipairs(page.people) do
      local term = "person " .. model.canonical[who.name]
      page.terms[term] = (page.terms[term] or 0) + 2 * who.count
    end
  end
end

--- page.vector: { term, weight, term, weight, ... }, of length 1.  Lists, not tables by term, wherever numbers are added up: a sum
--- of fractions depends on the order.
local function weigh_terms(pages)
  local df = {}
  for _, page in ipairs(pages) do
    for term in rawpairs(page.terms) do df[term] = (df[term] or 0) + 1 end
  end
  for _, page in ipairs(pages) do
    local sum, vector = 0, {}
    for term, n in pairs(page.terms) do
      local weight = (1 + math.log(n)) * math.log((#pages + 1) / (df[term] + 0.5) + 1)
      vector[#vector + 1], vector[#vector + 2], sum = term, weight, sum + weight * weight
    end
    for k = 2, #vector, 2 do vector[k] = vector[k] / math.sqrt(sum) end
    page.vector = vector
  end
end

--- Mean cosine of a page and those of a story.
local function cosine(vector, story)
  local dot, weights = 0, story.sum
  for k = 1, #vector, 2 do
    local weight = weights[vector[k]]
    if weight then dot = dot + vector[k + 1] * weight end
  end
  return dot / #story.pages
end

local function join(story, page)
  story.pages[#story.pages + 1] = page
  for k = 1, #page.vector, 2 do
    local term, weight = page.vector[k], page.vector[k + 1]
    local old = story.sum[term]
    if not old then story.terms[#story.terms + 1], old = term, 0 end
    story.sum[term] = old + weight
  end
  story.first = page.date and (not story.first or page.date < story.first) and page.date or story.first
  story.last = page.date and (not story.last or page.date > story.last) and page.date or story.last
end

local function nearness(a, b)
  local dot = 0
  for _, term in ipairs(#a.terms < #b.terms and a.terms or b.terms) do dot = dot + (a.sum[term] or 0) * (b.sum[term] or 0) end
  return dot / (#a.pages * #b.pages)
end

local function is_apart(a, b)
  local days = a.first and b.first and math.max(calendar.days_between(a.last, b.first), calendar.days_between(b.last, a.first)) or 0
  return days > MOST_DAYS
end

--- Pages go to the story that is nearest, where that is near enough; then stories that are as near are one.
local function find_stories(pages)
  weigh_terms(pages)
  local stories = {}
  for _, page in ipairs(pages) do
    local best, most = nil, 0
    for _, story in ipairs(stories) do
      local days = page.date and story.last and calendar.days_between(story.last, page.date) or 0
      local near = math.abs(days) <= MOST_DAYS and cosine(page.vector, story) or 0
      if near > SAME_STORY + FEW_PAGES / #story.pages and near > most then best, most = story, near end
    end
    if not best then
      best = { pages = {}, terms = {}, sum = {} }
      stories[#stories + 1] = best
    end
    join(best, page)
  end
  local i = 1
  while stories[i] do
    local merged = false
    for k = i + 1, #stories do
      if nearness(stories[i], stories[k]) > SAME_STORY + FEW_PAGES / (#stories[i].pages * #stories[k].pages) and not is_apart(stories[i], stories[k]) then
        for _, page in ipairs(table.remove(stories, k).pages) do join(stories[i], page) end
        merged = true
        break
      end
    end
    if not merged then i = i + 1 end
  end
  table.sort(stories, function(a, b) return #a.pages > #b.pages or #a.pages == #b.pages and a.pages[1].number < b.pages[1].number end)
  for number, story in ipairs(stories) do
    for _, page in ipairs(story.pages) do page.story = number end
    local terms = {}
    for _, term in ipairs(story.terms) do terms[#terms + 1] = not term:find "^person " and term or nil end
    table.sort(terms, function(a, b) return story.sum[a] > story.sum[b] or story.sum[a] == story.sum[b] and a < b end)
    story.terms = table.move(terms, 1, math.min(6, #terms), 1, {})
    local nearest = -1
    for _, page in ipairs(story.pages) do                                 -- the title of the page in the middle
      local near = page.title and cosine(page.vector, story) or -1
      if near > nearest then nearest, story.title = near, page.title end
    end
    story.texts = M.texts(story.pages)
    story.sum = nil
  end
  return stories
end

-- 4. Who is who over the pages ---------------------------------------------------------------------------------------------------

local HEADS = { president = "President", ["prime minister"] = "Prime Minister", premier = "Prime Minister", chancellor = "Chancellor", ["foreign minister"] = "Foreign Minister",
  ["secretary of state"] = "Secretary of State", ["press secretary"] = "Press Secretary", ["defence minister"] = "Defence Minister", ["defense minister"] = "Defence Minister",
  king = "King", queen = "Queen", mayor = "Mayor", governor = "Governor" }
local TITLES = { "prime minister", "foreign minister", "secretary of state", "press secretary", "defence minister", "defense minister", "president", "premier", "chancellor", "king", "queen" }

--- The title of an office in a role, or nil: "US President" is "President"; nobody's who is former, vice or deputy.
local function title_of(role)
  local fold = lode.fold(role)
  for _, word in ipairs { "former", "ex-", "vice", "deputy", "aide", "adviser", "spokes", "candidate", "acting" } do
    if fold:find(word, 1, true) then return nil end
  end
  for _, title in ipairs(TITLES) do
    if fold:find(title .. "$") then return HEADS[title] end
  end
end

local function identify(model)
  local by_key, items = {}, {}
  for _, page in ipairs(model.pages) do
    for _, person in ipairs(page.people) do
      local item = items[person.name]
      if not item then
        item = { name = person.name, count = 0, roles = {} }
        items[person.name] = item
        local key = variants.parts(person.name).key:sub(1, 3)
        by_key[key] = by_key[key] or {}
        table.insert(by_key[key], item)
      end
      item.count = item.count + person.count
      if person.country then item.roles[person.country] = true end
    end
  end
  model.canonical, model.people, model.by_name, model.called = {}, {}, {}, {}
  for _, list in pairs(by_key) do
    for _, person in ipairs(variants.merge(list)) do
      local known = { name = person.name, forms = {}, roles = {}, pages = {}, offices = {}, count = person.count }
      model.people[#model.people + 1], model.by_name[person.name] = known, known
      for _, item in ipairs(person.items) do model.canonical[item.name] = person.name end
    end
  end
  for _, page in ipairs(model.pages) do
    for _, person in ipairs(page.people) do
      local known = model.by_name[model.canonical[person.name]]
      known.pages[#known.pages + 1] = page
      known.country = known.country or person.country
      if person.called then table.insert(model.called, person) end
      for _, form in ipairs(person.forms) do known.forms[form] = (known.forms[form] or 0) + 1 end
      for _, role in ipairs(person.roles) do
        known.roles[role] = known.roles[role] or {}
        table.insert(known.roles[role], page)
      end
    end
  end
  table.sort(model.people, function(a, b) return #a.pages > #b.pages or #a.pages == #b.pages and (a.count > b.count or a.count == b.count and a.name < b.name) end)
  -- an office needs a country; a bare "President" is that of the person's country
  for _, known in ipairs(model.people) do
    for role, pages in pairs(known.roles) do
      local title = title_of(role)
      local code = title and known.country
      if code then
        local office = (places.name(code) or code) .. ": " .. title
        known.offices[office] = known.offices[office] or {}
        for _, page in ipairs(pages) do table.insert(known.offices[office], page) end
      end
    end
  end
end

--- The canonical form of a name; other names stay as they are, but a state that no list knows is its head, where some page says
--- who that is: "Velmora", "Velmoran President Ilya Brankovic".
local function person(model, name)
  if not name or model.canonical[name] then return name and model.canonical[name] end
  if not name:find "^%u%a+$" or places.country(name) then return name end
  local stem = lode.fold(name):sub(1, math.max(4, #name - 2))
  for _, who in ipairs(model.called) do
    if who.called:sub(1, #stem) == stem then
      model.canonical[name] = model.canonical[who.name]
      return model.canonical[name]
    end
  end
  model.canonical[name] = name
  return name
end

-- 5. Meetings ------------------------------------------------------------------------------------------------------------------------

local function meetings_of(model)
  local by_key, list = {}, {}
  for _, page in ipairs(model.pages) do
    for _, event in ipairs(page.events) do
      if event.participants then
        local names, seen = {}, {}
        for _, name in ipairs(event.participants) do
          local who = person(model, name)
          if not seen[who] then seen[who], names[#names + 1] = true, who end
        end
        table.sort(names)
        event.participants, event.according_to, event.page = names, person(model, event.according_to), page
        local key = table.concat(names, "; ")
        if #names > 1 then
          local meeting = by_key[key] or { participants = names, key = key, claims = {} }
          if not by_key[key] then by_key[key], list[#list + 1] = meeting, meeting end
          meeting.claims[#meeting.claims + 1] = event
        end
      end
    end
  end
  for _, meeting in ipairs(list) do
    local pages, seen = {}, {}
    for _, claim in ipairs(meeting.claims) do
      if not seen[claim.page] then seen[claim.page], pages[#pages + 1] = true, claim.page end
    end
    meeting.pages, meeting.texts = pages, M.texts(pages)
  end
  table.sort(list, function(a, b) return a.texts > b.texts or a.texts == b.texts and (#a.claims > #b.claims or #a.claims == #b.claims and a.key < b.key) end)
  return list
end

--- When a claim says that it is: a day, a month, "2025-08-20/P2W" (within two weeks of that day), or nil.
--- @param claim table
--- @return string?
function M.when(claim)
  local value = claim.date
  if not value or value:find "_REF$" then return nil end
  if value:find "^P" then return claim.page.date and claim.page.date .. "/" .. value or nil end
  return not value:find "^T" and value or nil
end

-- 6. The model ---------------------------------------------------------------------------------------------------------------------------

--- @param records table[]  of M.facts, in the order of the pages
--- @return table model
function M.build(records)
  local model = { pages = {} }
  for number, record in ipairs(records) do
    local page = { number = number, id = record.page, title = record.title, date = record.date, source = record.source, hashes = record.hashes or {}, terms = record.terms or {},
      people = record.people or {}, events = record.events or {}, quotes = record.quotes or {}, cited = record.cited or {} }
    model.pages[number] = page
  end
  model.texts = find_copies(model.pages)
  identify(model)
  add_people(model)
  model.stories = find_stories(model.pages)
  model.meetings = meetings_of(model)
  for _, page in ipairs(model.pages) do
    page.vector = nil
    for _, quote in ipairs(page.quotes) do
      quote.page, quote.speaker = page, person(model, quote.speaker)
      for i, name in ipairs(quote.about) do quote.about[i] = person(model, name) end
    end
  end
  return model
end

--- Run over all pages, then call `make(model)` once; it gives a list of records.
--- @param make fun(model: table): table[]
function M.each(make)
  lode.page(function(p)
    local facts = M.facts(p)
    if facts then p:emit(facts) end
  end)
  lode.group { name = "corpus", label = "facts", key = function() return "all" end, reduce = function(_, records) return make(M.build(records)) end }
end

return M
