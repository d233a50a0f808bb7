--- Where pages contradict each other: the same meeting with another status, date or place, the same quotation with another speaker
--- or in other words, the same office held by another person, the same person with another post; and what one text says alone.
---
---     local conflicts = require "lode.news.conflicts"
---     for _, c in ipairs(conflicts.of(model)) do ... c.about, c.subject, c.sides ... end
---
--- A conflict has sides, each with a value and the claims for it; a side's `texts` are independent texts, copies count once.
local lode = require "lode"
local calendar = require "lode.news.calendar"
local corpus = require "lode.news.corpus"

local M = {}

local NEAR_DAYS = 30                 -- between pages or events that may speak of the same meeting

local YES = { agreed = true, expected = true, held = true }
local NO = { denied = true, cancelled = true, postponed = true }

-- 1. Sides -----------------------------------------------------------------------------------------------------------------

--- Add a claim to the side of its value.
local function add(sides, value, claim, page)
  local side = sides[value]
  if not side then
    side = { value = value, claims = {}, pages = {}, has = {} }
    sides[value], sides[#sides + 1] = side, side
  end
  side.claims[#side.claims + 1] = claim
  if not side.has[page] then side.has[page], side.pages[#side.pages + 1] = true, page end
end

local function finish(out, about, subject, sides)
  for _, side in ipairs(sides) do
    side.texts, side.first = corpus.texts(side.pages), nil
    for _, page in ipairs(side.pages) do side.first = page.date and (not side.first or page.date < side.first) and page.date or side.first end
  end
  table.sort(sides, function(a, b)
    if (a.first or "9") ~= (b.first or "9") then return (a.first or "9") < (b.first or "9") end
    return a.texts > b.texts or a.texts == b.texts and a.value < b.value
  end)
  out[#out + 1] = { about = about, subject = subject, sides = sides }
end

--- Whether two values lie more than NEAR_DAYS apart, as far as they are known: 2018 and 2024-03-12 do.
local function far(a, b)
  local x, y = calendar.read(a), calendar.read(b)
  if not x or not y then return false end
  local slack = 0
  for _, date in ipairs { x, y } do slack = slack + (not date.m and 183 or not date.d and 16 or 0) end
  local days = calendar.days(x.y, x.m or 7, x.d or 15) - calendar.days(y.y, y.m or 7, y.d or 15)
  return math.abs(days) > NEAR_DAYS + slack
end

-- 2. Meetings ------------------------------------------------------------------------------------------------------------------

local function subject_of(meeting) return table.concat(meeting.participants, " and ", 1, math.min(2, #meeting.participants)) .. (#meeting.participants > 2 and " and others" or "") end

local MOST_APART = 120               -- days between pages that speak of the same meeting

local function day_of(claim) return (corpus.when(claim) or claim.status == "held" and claim.page.date or ""):sub(1, 10) end

--- Whether two claims must be of two meetings: by their days, or because their pages lie months apart.
local function are_apart(a, b)
  local days = a.page.date and b.page.date and calendar.days_between(a.page.date, b.page.date) or 0
  return math.abs(days) > MOST_APART or far(day_of(a), day_of(b))
end

--- Claims of one meeting in groups of what may be the same day: each goes to the first group that it is not far from.
local function by_time(claims)
  local groups = {}
  table.sort(claims, function(a, b)
    local x, y = day_of(a), day_of(b)
    if (x == "") ~= (y == "") then return y == "" end
    if x ~= y then return x < y end
    return a.page.number < b.page.number or a.page.number == b.page.number and a.start < b.start
  end)
  for _, claim in ipairs(claims) do
    local found
    for i = #groups, 1, -1 do found = found or not are_apart(groups[i][1], claim) and groups[i] end
    if not found then
      found = {}
      groups[#groups + 1] = found
    end
    found[#found + 1] = claim
  end
  return groups
end

local function status_conflicts(model, out)
  for _, meeting in ipairs(model.meetings) do
    for _, claims in ipairs(by_time(meeting.claims)) do
      local sides, yes, no, agreed, conditional = {}, false, false, false, false
      for _, claim in ipairs(claims) do
        if YES[claim.status] or NO[claim.status] or claim.status == "conditional" then
          add(sides, claim.status, claim, claim.page)
          yes, no = yes or YES[claim.status] or false, no or NO[claim.status] or false
          agreed, conditional = agreed or claim.status == "agreed", conditional or claim.status == "conditional"
        end
      end
      if yes and no or agreed and conditional then finish(out, "status", subject_of(meeting), sides) end
    end
  end
end

--- Whether two values of TIMEX3 cannot both be true: 2024-03-14 and 2024-03-15, but not 2024-03 and 2024-03-15.
local function dates_clash(a, b)
  if a:sub(1, #b) == b or b:sub(1, #a) == a or #a ~= #b then return false end
  return a:find "^%d%d%d%d%-%d%d%-%d%d$" ~= nil and b:find "^%d%d%d%d%-%d%d%-%d%d$" ~= nil
end

local PLANNED = { agreed = true, expected = true }

--- The sides of a field, "date" or "place", of what was held, or of what is planned; whether two of them clash.
local function detail_sides(claims, field, held)
  local sides, clash = {}, false
  for _, claim in ipairs(claims) do
    local wanted = held and claim.status == "held" or not held and PLANNED[claim.status]
    local value = field == "date" and corpus.when(claim) or field == "place" and claim.place or nil
    if wanted and value then add(sides, value, claim, claim.page) end
  end
  for i, a in ipairs(sides) do
    for k = i + 1, #sides do
      local b = sides[k]
      local differ = field == "place" and lode.fold(a.value) ~= lode.fold(b.value) or field == "date" and dates_clash(a.value, b.value)
      clash = clash or differ and a.pages[1].text ~= b.pages[1].text
    end
  end
  return sides, clash
end

local function detail_conflicts(model, out)
  for _, meeting in ipairs(model.meetings) do
    for _, claims in ipairs(by_time(meeting.claims)) do
      for _, field in ipairs { "date", "place" } do
        for _, held in ipairs { true, false } do
          local sides, clash = detail_sides(claims, field, held)
          if clash then finish(out, field, subject_of(meeting), sides) end
        end
      end
    end
  end
end

-- 3. Offices and posts -------------------------------------------------------------------------------------------------------------

--- The same office held by two persons, and whom they meet: "US: President" is Biden here and Trump there.
local function office_conflicts(model, out)
  local holders, order = {}, {}
  for _, person in ipairs(model.people) do
    for office, pages in pairs(person.offices) do
      if not holders[office] then holders[office], order[#order + 1] = {}, office end
      for _, page in ipairs(pages) do table.insert(holders[office], { person = person, page = page }) end
    end
  end
  table.sort(order)
  for _, office in ipairs(order) do
    local sides = {}
    table.sort(holders[office], function(a, b) return a.page.number < b.page.number end)
    for _, held in ipairs(holders[office]) do add(sides, held.person.name, { page = held.page, text = held.person.name }, held.page) end
    if #sides > 1 then
      finish(out, "office", office, sides)
      -- the meetings of both with the same third
      local with = {}
      for _, meeting in ipairs(model.meetings) do
        for _, side in ipairs(sides) do
          local inside, others = false, {}
          for _, name in ipairs(meeting.participants) do
            if name == side.value then inside = true else others[#others + 1] = name end
          end
          for _, other in ipairs(inside and others or {}) do
            with[other] = with[other] or {}
            for _, claim in ipairs(meeting.claims) do add(with[other], side.value, claim, claim.page) end
          end
        end
      end
      for other, parties in pairs(with) do
        if #parties > 1 then finish(out, "counterpart", other .. " meets", parties) end
      end
    end
  end
end

local POSTS = { "president", "minister", "secretary", "chancellor", "premier", "spokesman", "spokeswoman", "ambassador", "governor", "mayor", "envoy", "general", "professor", "director", "chairman" }

--- The words of a role from the qualifier on that matter: "Russia's Deputy Foreign Minister" is "deputy foreign minister".
local function post_of(role)
  local fold = lode.fold(role):gsub("^the ", ""):gsub("^[%a%. ]-'s ", "")
  for _, post in ipairs(POSTS) do
    local before = fold:match("^(.-)" .. post .. "$")
    if before then
      local words = {}
      for word in before:gmatch "%a+" do
        if word == "foreign" or word == "prime" or word == "deputy" or word == "vice" or word == "defence" or word == "defense" or word == "finance" or word == "interior"
          or word == "press" or word == "former" or word == "energy" or word == "health" or word == "justice" then words[#words + 1] = word end
      end
      words[#words + 1] = post
      return table.concat(words, " ")
    end
  end
end

local function post_conflicts(model, out)
  for _, person in ipairs(model.people) do
    local sides = {}
    for role, pages in pairs(person.roles) do
      local post = post_of(role)
      for _, page in ipairs(post and pages or {}) do add(sides, post, { page = page, text = role }, page) end
    end
    local clash = false
    for i, a in ipairs(sides) do
      for k = i + 1, #sides do
        local b = sides[k]
        -- one page may give two posts, and "minister" is any of them
        clash = clash or a.pages[1].text ~= b.pages[1].text and not a.value:find(b.value .. "$") and not b.value:find(a.value .. "$")
      end
    end
    if clash then
      local exact = {}
      for _, a in ipairs(sides) do
        local vague = false
        for _, b in ipairs(sides) do vague = vague or a ~= b and b.value:find(" " .. a.value .. "$") ~= nil end
        if not vague then exact[#exact + 1] = a end
      end
      finish(out, "post", person.name, exact)
    end
  end
end

-- 4. Quotations ------------------------------------------------------------------------------------------------------------------------

local SAME_WORDS = 0.6               -- Jaccard of word pairs

--- The pairs of neighbouring words, each once, and the text without marks.
local function pairs_of(text)
  local list, has, plain, before = {}, {}, {}, nil
  for word in lode.fold(text, { punct = true }):gmatch "[^%s%p]+" do
    local key = before and before .. " " .. word
    if key and not has[key] then has[key], list[#list + 1] = true, key end
    plain[#plain + 1], before = word, word
  end
  return list, table.concat(plain, " ")
end

--- Quotations in groups of what are the same words, nearly.
local function group_quotes(model)
  local index, groups = {}, {}
  for _, page in ipairs(model.pages) do
    for _, quote in ipairs(page.quotes) do
      local list, plain = pairs_of(quote.type == "quote" and quote.text or "")
      local shared, found, best = {}, {}, nil
      for _, key in ipairs(#list >= 4 and list or {}) do
        for _, other in ipairs(index[key] or {}) do
          if not shared[other] then shared[other], found[#found + 1] = 0, other end
          shared[other] = shared[other] + 1
        end
      end
      for _, other in ipairs(found) do
        local k = shared[other]
        if k / (#list + other.n - k) >= SAME_WORDS and (not best or k > shared[best]) then best = other end
      end
      if best then best.quotes[#best.quotes + 1] = { quote = quote, plain = plain }
      elseif #list >= 4 then
        best = { n = #list, quotes = { { quote = quote, plain = plain } } }
        groups[#groups + 1] = best
        for _, key in ipairs(list) do
          index[key] = index[key] or {}
          table.insert(index[key], best)
        end
      end
    end
  end
  return groups
end

local function quote_conflicts(model, out)
  for _, group in ipairs(group_quotes(model)) do
    local speakers, words = {}, {}
    for _, item in ipairs(group.quotes) do
      local q = item.quote
      if q.speaker and q.how ~= "unknown" then add(speakers, q.speaker, { page = q.page, line = q.line, text = q.text }, q.page) end
      add(words, item.plain, { page = q.page, line = q.line, text = q.text, according_to = q.speaker }, q.page)
    end
    local whole = group.quotes[1].quote.text
    if #speakers > 1 then finish(out, "speaker", whole, speakers) end
    local clash = false
    for i, a in ipairs(words) do
      for k = i + 1, #words do
        -- one that is cut short says nothing else
        clash = clash or not a.value:find(words[k].value, 1, true) and not words[k].value:find(a.value, 1, true)
      end
    end
    if clash then
      for _, side in ipairs(words) do side.value = side.claims[1].text end
      finish(out, "words", group.quotes[1].quote.speaker or "?", words)
    end
  end
end

--- All contradictions of a corpus.
--- @param model table  of lode.news.corpus
--- @return { about: string, subject: string, sides: { value: string, texts: integer, pages: table[], claims: table[] }[] }[]
function M.of(model)
  if model.conflicts then return model.conflicts end
  local out = {}
  model.conflicts = out
  office_conflicts(model, out)
  status_conflicts(model, out)
  detail_conflicts(model, out)
  quote_conflicts(model, out)
  post_conflicts(model, out)
  return out
end

-- 5. Alone -----------------------------------------------------------------------------------------------------------------------------------

--- Meetings that one text tells of and no other does, though others write of those who are to meet.
--- @param model table
--- @return { claim: table, page: table, others: integer }[]
function M.alone(model)
  if model.told_alone then return model.told_alone end
  local out = {}
  model.told_alone = out
  for _, meeting in ipairs(model.meetings) do
    if meeting.texts == 1 then
      local others, seen = {}, {}
      for _, name in ipairs(meeting.participants) do
        local known = model.by_name[name]
        for _, page in ipairs(known and known.pages or {}) do
          if page.text ~= meeting.pages[1].text and not seen[page] then seen[page], others[#others + 1] = true, page end
        end
      end
      if #others > 0 then
        local best = meeting.claims[1]
        for _, claim in ipairs(meeting.claims) do
          if best.status == "mentioned" then best = claim end
        end
        if best.status ~= "mentioned" then out[#out + 1] = { claim = best, page = best.page, others = corpus.texts(others) } end
      end
    end
  end
  table.sort(out, function(a, b) return a.page.number < b.page.number or a.page.number == b.page.number and a.claim.start < b.claim.start end)
  return out
end

return M
