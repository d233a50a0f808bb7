--- A brief of a folder of pages, in Markdown: what is told, by how many independent texts, who is in it, what was said, what contradicts
--- what, and what stands on one source alone.
---
---     lode run scripts/brief.lua pages/ > brief.md
---     lode run scripts/brief.lua --arg stories=3 pages/
---
--- Numbers in brackets are pages, as listed at the end.  Every sentence is made from records that the other scripts give one by one:
--- stories, timeline, contradictions, people, quotes.  --arg stories=N chooses how many stories are told (5).
local calendar = require "lode.news.calendar"
local conflicts = require "lode.news.conflicts"
local corpus = require "lode.news.corpus"

lode.output { "brief" }
lode.format "text"

local MOST_STORIES = tonumber(lode.args.stories or 5) or error("--arg stories=N takes a number, not " .. lode.args.stories)
local MOST_PEOPLE, MOST_QUOTES, MOST_CITED = 8, 6, 12

-- 1. Words -----------------------------------------------------------------------------------------------------------------

local function clean(text)
  text = lode.squeeze(text):gsub("[\\`*_%[%]<>|#]", "\\%0")
  return text
end

local function listed(items)
  if #items < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, #items - 1) .. " and " .. items[#items]
end

local SMALL = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten" }
local function count(n, noun, many) return ("%s %s"):format(SMALL[n] or n, n == 1 and noun or many or noun .. "s") end

local function cite(pages)
  local numbers, seen = {}, {}
  for _, page in ipairs(pages) do
    if not seen[page] then seen[page], numbers[#numbers + 1] = true, page.number end
  end
  table.sort(numbers)
  local rest = #numbers - MOST_CITED
  return "[" .. table.concat(numbers, ", ", 1, math.min(#numbers, MOST_CITED)) .. (rest > 0 and " and " .. rest .. " more" or "") .. "]"
end

local function capital(text) return (text:gsub("^%l", string.upper)) end

local THE = { ["United States"] = true, ["United Kingdom"] = true, Netherlands = true, Philippines = true, ["White House"] = true, Kremlin = true, Pentagon = true,
  ["European Union"] = true, ["United Nations"] = true }

local function name_of(name) return ((THE[name] or name:find "^%l") and "the " or "") .. clean(name) end

--- A source in a sentence: "Ann Lee", "the White House", "a White House spokesperson", "US media", "experts".
local function source_name(model, name)
  if model.by_name[name] or THE[name] or name:find "^%l+'s " then return name_of(name) end
  if name:find "^%u%l+s$" or name:find "^%u%l+ia$" then return clean(name:lower()) end
  if name:find " %l+$" and not name:find "s$" and not name:find "media$" then return (name:find "^[AEIOaeio]" and "an " or "a ") .. clean(name) end
  return clean(name)
end

local MONTHS = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" }

local function day(value)
  local y, m, d = value:match "^(%w%w%w%w)%-(%d%d)%-(%d%d)"
  if m then return ("%d %s%s"):format(tonumber(d), MONTHS[tonumber(m)], y == "XXXX" and "" or " " .. y) end
  if value:find "^%d%d%d%d%-W%d%d" then return "the week of " .. day(calendar.write(calendar.read(value))) end
  y, m = value:match "^(%w%w%w%w)%-(%d%d)$"
  if m then return ("%s%s"):format(MONTHS[tonumber(m)] or m, y == "XXXX" and "" or " " .. y) end
  return value
end

--- When a claim says that it is, in words, or nil.
local function when(claim)
  local value = corpus.when(claim)
  if value and value:find "/P" then return claim.date_text and "within " .. clean(claim.date_text:gsub("^within ", "")) .. " of " .. day(value) end
  if value and not value:find "^X" and value:find "^%d%d%d%d" then
    if value:find "^%d%d%d%d%-%d%d%-%d%d" then return "on " .. day(value) end
    return "in " .. day(value)
  end
  if value and value:find "^XXXX%-%d%d" then return "on " .. day(value) .. " (no year is given)" end
  return claim.date_text and claim.date ~= "FUTURE_REF" and claim.date ~= "PAST_REF"
    and ("“%s” (%s)"):format(clean(lode.lower(claim.date_text)), claim.page.date and "as the page says" or "the page has no date") or nil
end

-- 2. Meetings in sentences ------------------------------------------------------------------------------------------------------

local ORDER = { held = 1, agreed = 2, expected = 3, conditional = 4, proposed = 5, postponed = 6, cancelled = 7, denied = 8 }
local VERBS = { held = { "was held", "were held" }, agreed = { "is agreed", "are agreed" }, expected = { "is expected", "are expected" },
  conditional = { "depends on a condition", "depend on a condition" }, proposed = { "is proposed", "are proposed" }, postponed = { "is put off", "are put off" },
  cancelled = { "is called off", "are called off" }, denied = { "is denied", "are denied" } }
local KINDS = { meeting = "a meeting", summit = "a summit", talks = "talks", call = "a call", visit = "a meeting" }

local function most_telling(claims)
  local best
  local function worth(c) return (c.place and 1 or 0) + (corpus.when(c) and 2 or 0) + (c.according_to and 1 or 0) + (c.topic and 1 or 0) end
  for _, claim in ipairs(claims) do
    if not best or worth(claim) > worth(best) then best = claim end
  end
  return best
end

--- "a summit was held in Oslo on 3 May 2024 on the dam, according to Ann Lee [1, 2]"
local function claim_text(model, claims, pages)
  local claim = most_telling(claims)
  local kind = KINDS[claim.kind] or "a meeting"
  local parts = { kind .. " " .. (VERBS[claim.status] and VERBS[claim.status][kind == "talks" and 2 or 1] or claim.status) }
  local time = when(claim)
  if claim.place then parts[#parts + 1] = (lode.fold(claim.place):find "house" and "at the " or "in ") .. clean(claim.place) end
  local off = claim.status == "postponed" or claim.status == "cancelled" or claim.status == "denied"
  if time then parts[#parts + 1] = off and ("(named: %s)"):format((time:gsub("^on ", ""))) or time end
  if claim.topic then parts[#parts + 1] = "on " .. clean(claim.topic) end
  if claim.condition then parts[#parts + 1] = "(“" .. clean(claim.condition) .. "”)" end
  local sources, seen = {}, {}
  for _, c in ipairs(claims) do
    local same = c == claim or KINDS[c.kind] == KINDS[claim.kind] and (not claim.date or c.date == claim.date)
    if same and c.according_to and not seen[c.according_to] and #sources < 3 then
      seen[c.according_to], sources[#sources + 1] = true, source_name(model, c.according_to)
    end
  end
  return table.concat(parts, " ") .. (#sources > 0 and ", according to " .. listed(sources) or "") .. " " .. cite(pages)
end

--- The claims of a meeting by status and day.
local function by_status(meeting, inside)
  local groups, list = {}, {}
  for _, claim in ipairs(meeting.claims) do
    if ORDER[claim.status] and (not inside or inside[claim.page]) then
      local day_of = corpus.when(claim) or ""
      local key = claim.status .. day_of
      if not groups[key] then
        groups[key] = { status = claim.status, day = day_of, claims = {}, pages = {} }
        list[#list + 1] = groups[key]
      end
      local group = groups[key]
      group.claims[#group.claims + 1], group.pages[#group.pages + 1] = claim, claim.page
    end
  end
  table.sort(list, function(a, b)
    if a.status ~= b.status then return ORDER[a.status] < ORDER[b.status] end
    return a.day < b.day
  end)
  return list
end

local function names_of(participants)
  local names = {}
  for i, name in ipairs(participants) do names[i] = name_of(name) end
  return listed(names)
end

local function meeting_line(model, meeting, inside)
  local parts = {}
  for _, group in ipairs(by_status(meeting, inside)) do parts[#parts + 1] = claim_text(model, group.claims, group.pages) end
  return #parts > 0 and ("- **%s**: %s."):format(capital(names_of(meeting.participants)), table.concat(parts, "; ")) or nil
end

-- 3. Sections ----------------------------------------------------------------------------------------------------------------------

local function span_of_days(pages)
  local first, last
  for _, page in ipairs(pages) do
    if page.date then
      first = (not first or page.date < first) and page.date or first
      last = (not last or page.date > last) and page.date or last
    end
  end
  if not first then return "no page has a date" end
  return first == last and "of " .. day(first) or ("from %s to %s"):format(day(first), day(last))
end

local function head(model, out)
  local undated = 0
  for _, page in ipairs(model.pages) do undated = undated + (page.date and 0 or 1) end
  local copies = #model.pages - model.texts
  out[#out + 1] = "# Brief\n"
  out[#out + 1] = capital(("%s, %s, in %s; %s%s.\n"):format(count(#model.pages, "page"),
    copies == 0 and "each a text of its own" or ("%s once copies are counted as one"):format(count(model.texts, "independent text")),
    count(#model.stories, "story", "stories"), span_of_days(model.pages), undated > 0 and undated < #model.pages and (", %s without a date"):format(count(undated, "page")) or ""))
end

--- The first thing to know: who it is about, and how far the texts agree.
local function in_short(model, out)
  local first = model.meetings[1]
  local lines = {}
  if first then
    lines[1] = ("Most is told of %s (%s %s)."):format(names_of(first.participants), count(first.texts, "text"), cite(first.pages))
  end
  local against, single = #conflicts.of(model), #conflicts.alone(model)
  if against > 0 then lines[#lines + 1] = ("The texts contradict each other in %s."):format(count(against, "matter")) end
  if single > 0 then lines[#lines + 1] = ("%s on one text alone."):format(capital(count(single, "meeting stands", "meetings stand"))) end
  if #lines > 0 then out[#out + 1] = table.concat(lines, " ") .. "\n" end
end

local function conflict_line(model, conflict)
  local sides = {}
  for _, side in ipairs(conflict.sides) do
    local detail = side.first and ", " .. day(side.first) or ""
    local value = conflict.about == "date" and day(side.value) or clean(side.value)
    if conflict.about == "speaker" or conflict.about == "office" or conflict.about == "counterpart" then value = name_of(side.value) end
    if conflict.about == "words" then value = "“" .. value .. "”" end
    if conflict.about == "counterpart" then
      local statuses, seen = {}, {}
      local dated = {}
      for _, claim in ipairs(side.claims) do dated[claim.status] = dated[claim.status] or corpus.when(claim) and true end
      for _, claim in ipairs(side.claims) do
        local text = claim.status .. (corpus.when(claim) and " " .. (when(claim) or "") or "")
        local vague = dated[claim.status] and not corpus.when(claim)
        if claim.status ~= "mentioned" and not vague and not seen[text] and #statuses < 4 then seen[text], statuses[#statuses + 1] = true, text end
      end
      if #statuses > 0 then detail = detail .. ": " .. table.concat(statuses, ", ") end
    end
    sides[#sides + 1] = ("%s (%s %s%s)"):format(value, count(side.texts, "text"), cite(side.pages), detail)
  end
  local ABOUT = { office = "Who is %s?", status = "Does %s meet?", date = "When do %s meet?", place = "Where do %s meet?", counterpart = "Whom does %s meet?",
    speaker = "Who said “%s”?", words = "Which words did %s use?", post = "What is %s?" }
  local subject = conflict.about == "office" and conflict.subject:gsub("^(.-): (.*)$", function(state, title) return clean(title) .. " of " .. name_of(state) end) or clean(conflict.subject:gsub(" meets$", ""))
  if conflict.about == "status" then return ("- **Do %s meet?** %s."):format(subject, table.concat(sides, "; ")) end
  return ("- **%s** %s."):format(ABOUT[conflict.about]:format(subject), table.concat(sides, "; "))
end

local function contradictions(model, out)
  local list = conflicts.of(model)
  if #list == 0 then return end
  out[#out + 1] = "## Contradictions\n"
  for _, conflict in ipairs(list) do out[#out + 1] = conflict_line(model, conflict) end
  out[#out + 1] = ""
end

local function alone(model, out)
  local list = conflicts.alone(model)
  if #list == 0 then return end
  out[#out + 1] = "## Told by one text alone\n"
  for _, item in ipairs(list) do
    local claim = item.claim
    out[#out + 1] = ("- %s: %s. %s %s of %s and %s not tell of it."):format(capital(names_of(claim.participants)), claim_text(model, { claim }, { item.page }),
      capital(count(item.others, "other text")), item.others == 1 and "writes" or "write", #claim.participants == 2 and "one of the two, or both," or "some of them", item.others == 1 and "does" or "do")
  end
  out[#out + 1] = ""
end

local function quote_worth(quote)
  local words = select(2, quote.text:gsub("%S+", ""))
  return (quote.how == "named" and 20 or 0) + (words >= 8 and words <= 40 and 10 or 0) + #quote.about * 3 - math.abs(words - 20) / 10
end

local function story_quotes(story)
  local best, out = {}, {}
  for _, page in ipairs(story.pages) do
    for _, quote in ipairs(page.quotes) do
      local old = quote.speaker and quote.how ~= "unknown" and best[quote.speaker]
      if quote.type == "quote" and quote.speaker and quote.how ~= "unknown" and quote.speaker:find "^%u" and (not old or quote_worth(quote) > quote_worth(old)) then best[quote.speaker] = quote end
    end
  end
  for _, quote in pairs(best) do out[#out + 1] = quote end
  table.sort(out, function(a, b)
    local x, y = quote_worth(a), quote_worth(b)
    return x > y or x == y and (a.page.number < b.page.number or a.page.number == b.page.number and a.line < b.line)
  end)
  return table.move(out, 1, math.min(MOST_QUOTES, #out), 1, {})
end

local function story_section(model, story, out)
  local inside = {}
  for _, page in ipairs(story.pages) do inside[page] = true end
  out[#out + 1] = ("## %s\n"):format(clean(story.title or ("About " .. listed(table.move(story.terms, 1, math.min(3, #story.terms), 1, {})))))
  out[#out + 1] = capital(("%s, %s %s; %s.\n"):format(count(#story.pages, "page"), count(story.texts, "independent text"), cite(story.pages), span_of_days(story.pages)))
  local lines = {}
  for _, meeting in ipairs(model.meetings) do
    local line = #lines < 10 and meeting_line(model, meeting, inside) or nil
    lines[#lines + 1] = line
  end
  if #lines > 0 then out[#out + 1] = table.concat(lines, "\n") .. "\n" end
  local quotes = story_quotes(story)
  if #quotes > 0 then
    out[#out + 1] = "In their words:\n"
    for _, quote in ipairs(quotes) do
      local text = clean(quote.text:gsub("[,;]$", ""))
      out[#out + 1] = ("- %s: “%s” %s"):format(name_of(quote.speaker), text, cite { quote.page })
    end
    out[#out + 1] = ""
  end
end

local function people_section(model, out)
  local lines = {}
  for _, person in ipairs(model.people) do
    local roles, forms = {}, {}
    for role, pages in pairs(person.roles) do roles[#roles + 1] = { role = role, n = #pages } end
    table.sort(roles, function(a, b) return #a.role > #b.role or #a.role == #b.role and a.role < b.role end)
    for form in pairs(person.forms) do
      if form ~= person.name and form:find " " then forms[#forms + 1] = clean(form) end
    end
    if #lines < MOST_PEOPLE and (#roles > 0 or #person.pages > 1) then
      lines[#lines + 1] = ("- **%s**%s%s %s"):format(clean(person.name), roles[1] and ", " .. clean(roles[1].role) or "", #forms > 0 and " (also " .. listed(forms) .. ")" or "", cite(person.pages))
    end
  end
  if #lines == 0 then return end
  out[#out + 1] = "## Who is in it\n"
  out[#out + 1] = table.concat(lines, "\n") .. "\n"
end

local function timeline(model, out)
  local list, seen = {}, {}
  for _, meeting in ipairs(model.meetings) do
    for _, claim in ipairs(meeting.claims) do
      local value = corpus.when(claim)
      if value and value:find "^%d%d%d%d%-%d%d" and ORDER[claim.status] then
        local key = value .. meeting.key .. claim.status
        if not seen[key] then
          seen[key] = { value = value, claim = claim, meeting = meeting, pages = {} }
          list[#list + 1] = seen[key]
        end
        table.insert(seen[key].pages, claim.page)
      end
    end
  end
  if #list == 0 then return end
  table.sort(list, function(a, b) return a.value < b.value or a.value == b.value and a.meeting.key < b.meeting.key end)
  out[#out + 1] = "## Timeline\n"
  for _, item in ipairs(list) do
    local from = item.value:match "^(.-)/P"
    out[#out + 1] = ("- %s: %s, %s %s %s"):format(from and "from " .. day(from) .. ", " .. clean(item.claim.date_text or "") or day(item.value), names_of(item.meeting.participants), item.claim.kind or "meeting",
      item.claim.status, cite(item.pages))
  end
  out[#out + 1] = ""
end

local function page_list(model, out)
  out[#out + 1] = "## Pages\n"
  for _, page in ipairs(model.pages) do
    local about = {}
    about[#about + 1] = page.title and "“" .. clean(page.title) .. "”" or nil
    about[#about + 1] = page.source and clean(page.source) or nil
    about[#about + 1] = page.date and day(page.date) or "no date"
    for _, other in ipairs(model.pages) do
      if other.text == page.text and other ~= page then
        about[#about + 1] = other.number < page.number and "copy of " .. other.number or nil
        break
      end
    end
    out[#out + 1] = ("%d. %s (%s)"):format(page.number, clean(page.id), table.concat(about, ", "))
  end
end

corpus.each(function(model)
  local out = {}
  head(model, out)
  in_short(model, out)
  local told = 0
  for _, story in ipairs(model.stories) do
    if told < MOST_STORIES and (#story.pages > 1 or #model.stories <= MOST_STORIES) then
      told = told + 1
      story_section(model, story, out)
    end
  end
  contradictions(model, out)
  alone(model, out)
  timeline(model, out)
  people_section(model, out)
  page_list(model, out)
  return { { type = "brief", text = table.concat(out, "\n") } }
end)
