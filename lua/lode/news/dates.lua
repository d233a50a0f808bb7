--- Dates, times, durations and repetitions: annotations of label "date", and what they stand for.
---
---     local dates = require "lode.news.dates"
---     for date in dates.each(p) do ... date.span, date.value, date.kind ... end
---
--- A rule is a pattern and a function that makes the value from the captures; the calendar is in calendar.lua, the words
--- are in en/datewords.lua.  Values are those of TIMEX3: 2024-03-14, 2024-W11, 2024-Q1, 202 (a decade), P3Y, PAST_REF,
--- XXXX-03-14 (no year is known).
---
--- What is relative counts from the page's date (`p.meta.date`) or its dateline; `anchor` says from which day.  Without
--- one nothing is made up: "Monday" is XXXX-WXX-1, "last week" has no value, and `relative` keeps what was said (-P1W).
--- `assumed` names what a default decided: "past", "future" (no verb told), "year", "day", "context", "month first".
local lode = require "lode"
local calendar = require "lode.news.calendar"
local words = require "lode.news.en.datewords"

local M = {}

-- 1. Words -----------------------------------------------------------------------------------------------------------

local function keys(map, but)
  local list = {}
  for word in pairs(map) do
    if not (but and but[word]) then list[#list + 1] = word end
  end
  return list
end

local function pick(map, text) return text and map[lode.fold(text)] end
local function like_number(pattern, lo, hi)
  return num & test(function(text)
    local n = tonumber(text:match(pattern))
    return n ~= nil and n >= lo and n <= hi
  end)
end

local function set_of(list)
  local set = {}
  for word in list:gmatch "%S+" do set[word] = true end
  return set
end
local doubtful = set_of(words.doubtful .. words.short)

local month = cap & w(keys(words.months))
local sure_month = cap & w(keys(words.months, doubtful))
local weekday = cap & w(keys(words.weekdays))
local part = w(keys(words.dayparts))
local season = w(keys(words.seasons))
local one_unit = w(keys(words.units, { second = true }))
local units = w(keys(words.unit_plurals))
local unit = one_unit + units
local span_unit = w(keys(words.units, { second = true, quarter = true })) + units
local ordinal = w(keys(words.ordinals)) + like_number("^(%d+)[stndrh][tdh]$", 1, 300)
local number_word = w(keys(words.numbers, { a = true, an = true, couple = true }))
local plain = num & test(function(text) return text:find "^%d[%d,]*%.?%d*$" ~= nil end)
local number = plain * opt(num & test(function(text) return text == "1/2" end)) + number_word * (opt "-" * number_word) ^ -3 * opt(w "and" * "a half")
             + w "half" * opt "-" * opt(w "a an") + w "a an" * opt(w "hundred thousand dozen")
local few = opt "a" * w "few several" + w "some many dozens" * opt "of"
local couple = opt "a" * w "couple" * opt "of"
local count = as("few", few) + as("n", couple + number)
local year = like_number("^(%d%d%d%d)$", 1500, 2099)
local modern = like_number("^(%d%d%d%d)$", 1900, 2049)
local day = like_number("^(%d%d?)$", 1, 31) + like_number("^(%d%d?)[stndrh][tdh]$", 1, 31)
local dash = w "- – —"
local mid = like(lpeg.S "Mm" * "id-")                      -- before a test: LPeg is asked of every word, Lua of few

local apostrophe = w "'s ’s"

-- 2. What a value is made from ---------------------------------------------------------------------------------------

local X = {}                                             -- the context: anchor, what was named before, the sentence
X.__index = X

local AHEAD, BEHIND, NOT_PAST = set_of(words.ahead), set_of(words.behind), set_of(words.not_past)
local UNTIL, INTENT = set_of(words.till), set_of(words.intent)

local function is_past(word) return BEHIND[word] or #word > 3 and word:find "ed$" and not NOT_PAST[word] end

--- "past", "future" or nil: what the verbs around the date say.  The last one before it in its clause decides, else the
--- first behind it; "will be signed Friday" lies ahead, participle or not, and so does "until" but where it begins a sentence.
function X:tense()
  local sentence = self.span.sentence
  local text, offset = sentence.text, sentence.first
  local before = text:sub(math.max(1, self.span.first - offset - 120), self.span.first - offset)
  local found, at, ahead_at, last = nil, 0, -9, nil
  for mark, word in before:gmatch "([;\"”]?)[^%a;\"”]*([%a']+)" do
    at, word = at + 1, word:lower()
    if mark ~= "" then found, ahead_at = nil, -9 end
    if AHEAD[word] or word == "to" and INTENT[last] then found, ahead_at = "future", at
    elseif UNTIL[word] then found = at > 1 and "future" or "until"
    elseif is_past(word) and at - ahead_at > 3 then found = "past" end
    last = word
  end
  if found and found ~= "until" then return found end
  local after = text:sub(self.span.last - offset + 2, self.span.last - offset + 80)
  for word in after:gmatch "[%a']+" do
    word = word:lower()
    if is_past(word) then return "past" end
    if AHEAD[word] then return "future" end
  end
  return found and "future"
end

--- Past or future for a bare day; news looks back where nothing is said.
function X:direction()
  local tense = self:tense()
  if not tense then self.assumed = "past" end
  return tense or "past"
end

--- n units from the anchor.
function X:shift(n, unit_name)
  self.relative = ("%s%s"):format(n < 0 and "-" or "", calendar.duration(math.abs(n), unit_name))
  if not self.anchor then return nil end
  self.anchored = true
  return calendar.shift(self.anchor, n, unit_name)
end

--- n units from the date named before; from the anchor where none was.  One that is not exact enough gives no value:
--- three weeks after "1987" is no week.
function X:shift_from_context(n, unit_name)
  if not self.last_value then
    local value = self:shift(n, unit_name)
    self.assumed = value and "context"
    return value
  end
  self.relative = ("%s%s"):format(n < 0 and "-" or "", calendar.duration(math.abs(n), unit_name))
  return calendar.shift(calendar.read(self.last_value), n, unit_name)
end

--- The weekday next to the anchor: `way` is "past", "future", or "this" (of the same week).
function X:weekday(n, way)
  if not self.anchor then return ("XXXX-WXX-%d"):format(n) end
  self.anchored = true
  local today = calendar.days(self.anchor.y, self.anchor.m, self.anchor.d)
  local back = (calendar.weekday(today) - n) % 7
  local ahead = (n - calendar.weekday(today)) % 7
  if way == "last" and back == 0 then back = 7 end
  if way == "next" and ahead == 0 then ahead = 7 end
  local there = (way == "future" or way == "next") and today + ahead or today - back
  return calendar.write(calendar.date(there))
end

--- The year in which a month, and a day of it, falls.
function X:year_of(m, d, way)
  local anchor = self.anchor
  if not anchor then return nil end
  self.anchored = true
  local here = anchor.m * 32 + (d and anchor.d or 0)
  local there = m * 32 + (d or 0)
  if way == "last" then return there < here and anchor.y or anchor.y - 1 end
  if way == "next" then return there > here and anchor.y or anchor.y + 1 end
  if way == "this" then return anchor.y end
  if way == "future" then return there >= here and anchor.y or anchor.y + 1 end
  if way == "past" then return there <= here and anchor.y or anchor.y - 1 end
  -- nothing said: the nearest
  local months = m - anchor.m
  return anchor.y + (months > 6 and -1 or months < -6 and 1 or 0)
end

local WAYS = { this = 0, current = 0, present = 0, last = -1, past = -1, previous = -1, preceding = -1, prior = -1, latest = -1,
  next = 1, coming = 1, following = 1, upcoming = 1, same = 0, that = 0 }
local TOLD = { following = true, previous = true, preceding = true, prior = true, same = true, that = true }  -- from the story, not from today

local function way_of(text) return text and lode.fold(text) end

local function full_year(text)
  local n = text and tonumber((text:gsub("%D", "")))
  if n and n < 100 then n = n + (n < 40 and 2000 or 1900) end
  return n
end

--- Month and day, with or without year: the nearest, unless it lies more than two months where the verb does not look.
local function month_day(x, m_text, d_text, y_text, way)
  local m, d = pick(words.months, m_text), d_text and tonumber(d_text:match "%d+")
  local y, anchor = full_year(y_text), x.anchor
  if not y and anchor and (way == "last" or way == "next" or way == "this") then y = x:year_of(m, d, way)
  elseif not y and anchor then
    local tense = x:tense()
    y = x:year_of(m, d)
    local months = (y - anchor.y) * 12 + m - anchor.m
    local reach = d and 2 or 0                                  -- "in October" without a day: strictly by the verb
    if tense == "future" and months < -reach then y = y + 1
    elseif tense == "past" and months > reach then y = y - 1 end
    if not tense then x.assumed = "year" end
  end
  return calendar.write { y = y, m = m, d = d }
end

--- What a count says: nil for "a few", and for numbers beyond the words.
local function number_of(text)
  if not text then return nil end
  local sum, group, seen = 0, 0, false
  for word in text:gmatch "[^%s%-]+" do
    local fold = lode.fold(word)
    local n = words.numbers[fold] or fold == "half" and 0.5 or fold == "1/2" and 0.5 or tonumber((word:gsub(",", "")))
    if n and (fold == "a" or fold == "an") then n = not seen and 1 or nil end
    if n == 1000 and fold == "thousand" then sum, group = sum + math.max(group, 1) * 1000, 0
    elseif n == 100 and fold == "hundred" or n == 12 and fold == "dozen" or fold == "couple" then group = math.max(group, 1) * n
    elseif n and fold == "half" and sum + group == 1 and seen == "a" then group = 1.5
    elseif n then group = group + n end
    seen = n and true or seen
  end
  return sum + group
end

local function ordinal_of(text)
  return text and (tonumber(text:match "^%d+") or words.ordinals[lode.fold(text)])
end

-- 3. Rules -----------------------------------------------------------------------------------------------------------

local makers, kinds = {}, {}

--- A rule of label "date": value(m, x) gives the TIMEX3 value, or nil; x:... are the helpers above.
local function date(options)
  makers[options[1]], kinds[options[1]] = options.value, options.kind or "date"
  options.value, options.kind = nil, nil
  options.label = "date"
  options.zone = { "body", "headline", "dateline" }
  rule(options)
end

local mod = opt(as("mod", w "early late earlier later mid" + "the" * w "middle end beginning start" * "of") * opt "-" * opt "in")

-- 3.1 Days ---

date { "date.week-of", match = w "the" * "week of" * as("m", month) * as("d", day) * opt(opt "," * as("y", year)),
  value = function(m, x)
    local date_of = calendar.read(month_day(x, m.m, m.d, m.y))
    return date_of and calendar.shift(date_of, 0, "week")
  end,
  examples = { { "a hearing the week of March 6", m = "March", d = "6" }, { none = "a week of marches" } } }

date { "date.iso", match = as("iso", num & test(function(text) return calendar.read(text) ~= nil and text:find "^%d%d%d%d%-%d%d%-%d%d" ~= nil end)),
  value = function(m) return m.iso:sub(1, 10) end,
  examples = { { "published on 2024-03-14 in print", iso = "2024-03-14" }, { none = "the part 2024-99-14 was sold" } } }

date { "date.numeric", match = as("all", num & test(function(text) return text:find "^%d%d?[/.]%d%d?[/.]%d%d%d%d$" ~= nil end)),
  value = function(m, x)
    local a, mark, b, y = m.all:match "^(%d+)([/.])(%d+)[/.](%d+)$"
    a, b = tonumber(a), tonumber(b)
    local day_first = mark == "." or a > 12
    if mark == "/" and a <= 12 and b <= 12 then x.assumed = "month first" end
    local d, mm = day_first and a or b, day_first and b or a
    if mm < 1 or mm > 12 or d < 1 or d > 31 then return nil end
    return calendar.write { y = tonumber(y), m = mm, d = d }
  end,
  examples = { { "due on 12/31/1999 at the latest", all = "12/31/1999" }, { none = "the score was 12/31" } } }

date { "date.month-day", match = opt(as("wd", weekday) * opt ",") * as("m", month) * as("d", day) * opt(glued * dash * glued * as("d2", day)) *
    -(glued * w "- %") * opt(opt "," * as("y", year) * -(glued * "-")),
  value = function(m, x)
    local value = month_day(x, m.m, m.d, m.y)
    if m.d2 then x["until"] = value:gsub("%d%d$", ("%02d"):format(tonumber(m.d2:match "%d+"))) end
    return value
  end,
  examples = { { "signed on Monday, March 4, 2019, in Brno", wd = "Monday", m = "March", d = "4", y = "2019" },
    { "from May 5-7 in Oslo", d = "5", d2 = "7" }, { "on Nov. 9 at the latest", m = "Nov.", y = false }, { none = "they march 40 miles" } } }

date { "date.day-month", match = opt(as("wd", weekday) * opt "," * opt "the") * as("d", day) * opt(dash * as("d2", day)) * opt "of" * as("m", month) * opt(opt "," * as("y", year)),
  value = function(m, x)
    local value = month_day(x, m.m, m.d, m.y)
    if m.d2 then x["until"], value = value:gsub("%d%d$", ("%02d"):format(tonumber(m.d2:match "%d+"))), value end
    return value
  end,
  examples = { { "on 14 March 2024 in Brno", d = "14", m = "March", y = "2024" }, { "the 5th of November", d = "5th", m = "November" },
    { none = "Chapter 40 of May's book" } } }

date { "date.month-year", match = mod * as("m", month) * opt(w ", of") * as("y", year),
  value = function(m) return month_day({}, m.m, nil, m.y) end,
  examples = { { "in early October 1984", mod = "early", m = "October", y = "1984" }, { none = "in October or 1984 ways" } } }

date { "date.month-of", match = mod * as("m", month) * opt "of" * as("dir", w "this last next") * "year",
  value = function(m, x)
    local y = x:shift(WAYS[way_of(m.dir)], "year")
    return calendar.write { y = tonumber(y), m = pick(words.months, m.m) }
  end,
  examples = { { "in June last year", m = "June", dir = "last" }, { none = "in June the year ended" } } }

local before_month = behind(w "in since by from until till through during of for between late early next last this before after and or")
date { "date.month", match = mod * opt(as("dir", w "last next this past")) * as("m", sure_month + before_month * (cap & w(words.doubtful))),
  value = function(m, x) return month_day(x, m.m, nil, nil, m.dir and (way_of(m.dir) == "past" and "last" or way_of(m.dir))) end,
  examples = { { "is due to open in late September.", mod = "late", m = "September" }, { "prices fell last May.", dir = "last", m = "May" },
    { none = "May we come in?" } } }

date { "date.mid-month", match = opt(as("dir", w "last next")) * as("m", mid & test(function(_, fold) return words.months[fold:match "^mid%-(.*)"] ~= nil end)) *
    opt(opt "," * as("y", year)),
  value = function(m, x)
    x.mod = "MID"
    return month_day(x, m.m:sub(5), nil, m.y, way_of(m.dir))
  end,
  examples = { { "by mid-November 2001", m = "mid-November", y = "2001" }, { none = "the mid-fielder" } } }

date { "date.day-alone", match = "the" * as("d", like_number("^(%d%d?)[stndrh][tdh]$", 1, 31)) * "of" * as("dir", w "this next last") * "month",
  value = function(m, x)
    local value = x:shift(WAYS[way_of(m.dir)], "month")
    return value and ("%s-%02d"):format(value, tonumber(m.d:match "%d+"))
  end,
  examples = { { "on the 14th of next month", d = "14th" }, { none = "the 14th of nine" } } }

-- 3.2 Weekdays and days near today ---

local weekday_way = as("dir", w "last next this past coming")
local week_way = as("week", w "last next this") * "week"
date { "date.weekday", match = mod * opt(weekday_way) * as("wd", weekday) * opt(as("part", part)) * opt(opt "of" * week_way),
  value = function(m, x)
    local n, dir = pick(words.weekdays, m.wd), way_of(m.dir)
    local value
    if m.week and x.anchor then
      local week = x:shift(WAYS[way_of(m.week)], "week")
      local first = calendar.read(week)
      value = calendar.write(calendar.date(calendar.days(first.y, first.m, first.d) + n - 1))
    elseif dir == "last" or dir == "past" then value = x:weekday(n, "last")
    elseif dir == "next" or dir == "coming" then value = x:weekday(n, "next")
    elseif dir == "this" then value = x:weekday(n, x:tense() or "future")
    else value = x:weekday(n, x.anchor and x:direction())
    end
    if not m.part then return value end
    return value .. words.dayparts[lode.fold(m.part)]
  end,
  examples = { { "The envoys left on Friday evening.", wd = "Friday", part = "evening" }, { "talks next Monday", dir = "next", wd = "Monday" },
    { none = "sun and moon" } } }

--- n days from today, and a part of the day.
local function near_day(x, n, tail)
  local value = x:shift(n, "day")
  return value and value .. (tail or "")
end

local NEAR = { yesterday = -1, today = 0, tomorrow = 1, tonight = 0 }
date { "date.deictic", match = mod * as("word", w "today yesterday tomorrow tonight") * opt(as("part", part)),
  value = function(m, x)
    local word = lode.fold(m.word)
    return near_day(x, NEAR[word], m.part and words.dayparts[lode.fold(m.part)] or word == "tonight" and "TNI")
  end,
  examples = { { "It rained late yesterday.", mod = "late", word = "yesterday" }, { none = "in the early days of the dam" } } }

date { "date.this-part", match = mod * as("this", w "this") * as("part", part),
  value = function(m, x) return near_day(x, 0, words.dayparts[lode.fold(m.part)]) end,
  examples = { { "They met this morning.", part = "morning" }, { none = "this meeting in the morning" } } }

date { "date.last-night", match = mod * w "last" * "night",
  value = function(_, x) return near_day(x, -1, "TNI") end,
  examples = { { "Shots were heard late last night.", mod = "late" }, { none = "at last the night came" } } }

date { "date.day-before", match = opt(w "the" * "day") * as("way", w "before after") * as("word", w "yesterday tomorrow"),
  value = function(m, x) return near_day(x, lode.fold(m.way) == "before" and -2 or 2) end,
  examples = { { "They met the day before yesterday.", way = "before" }, { none = "the day before the vote" } } }

--- The names, gathered by their first words.
local holiday = (function()
  local names, tails, firsts, all = keys(words.holidays), {}, {}, nil
  table.sort(names, function(a, b) return #a > #b or #a == #b and a < b end)
  for _, name in ipairs(names) do
    local tokens = lode.tokens(name)
    local first, tail = tokens[1].fold, nil
    for i = 2, #tokens do tail = tail and tail * w { tokens[i].fold } or w { tokens[i].fold } end
    if not tails[first] then firsts[#firsts + 1], tails[first] = first, { bare = false } end
    local here = tails[first]
    if not tail then here.bare = true else here.all = here.all and here.all + tail or tail end
  end
  for _, first in ipairs(firsts) do
    local one = cap & w { first }
    local tail = tails[first].all
    if tail then one = one * (tails[first].bare and opt(tail) or tail) end
    all = all and all + one or one
  end
  return all
end)()

local function holiday_in(y, rule_text)
  local m, d = rule_text:match "^(%d%d)%-(%d%d)$"
  if m then return calendar.days(y, tonumber(m), tonumber(d)) end
  local shift = rule_text:match "^easter(.*)"
  if shift then return calendar.easter(y) + tonumber(shift) end
  local wd, n, month_number = rule_text:match "^(%d) (%-?%d) (%d%d)$"
  return calendar.nth_weekday(y, tonumber(month_number), tonumber(wd), tonumber(n))
end

date { "date.holiday", match = opt(as("dir", w "last next this")) * as("day", holiday) * opt(opt "," * as("y", year)),
  value = function(m, x)
    local how, y = words.holidays[(lode.fold(m.day):gsub("’", "'"))], full_year(m.y)
    if not y and not x.anchor then
      return how:find "^%d%d%-" and "XXXX-" .. how or nil
    elseif not y then
      local here = calendar.days(x.anchor.y, x.anchor.m, x.anchor.d)
      local way = way_of(m.dir)
      y, x.anchored = x.anchor.y, true
      if way == "last" and holiday_in(y, how) >= here then y = y - 1
      elseif way == "next" and holiday_in(y, how) <= here then y = y + 1
      elseif not way and x:tense() == "past" and holiday_in(y, how) > here then y = y - 1
      elseif not way and x:tense() == "future" and holiday_in(y, how) < here then y = y + 1
      elseif not way and not x:tense() then
        x.assumed = "year"
        if holiday_in(y, how) - here > 183 then y = y - 1 elseif here - holiday_in(y, how) > 183 then y = y + 1 end
      end
    end
    return calendar.write(calendar.date(holiday_in(y, how)))
  end,
  examples = { { "on Christmas Eve, 1989", day = "Christmas Eve", y = "1989" }, { none = "at easter egg hunts" } } }

-- 3.3 Units counted from today or from the story ---

local way = as("way", w "ago earlier later hence" + "from" * w "now today")
date { "date.ago", match = opt(as("n0", number) * w "or to and") * count * opt "-" * opt(w "full whole") * as("unit", unit) * opt "-" * way,
  value = function(m, x)
    local n, name, word = number_of(m.n), pick(words.units, m.unit) or pick(words.unit_plurals, m.unit), lode.fold(m.way)
    local back = word == "ago" or word == "earlier"
    if not n then return back and "PAST_REF" or "FUTURE_REF" end
    if n ~= n // 1 then
      if name ~= "year" and name ~= "decade" then return nil end
      n, name = n * (name == "year" and 12 or 120), "month"
    end
    n = (back and -1 or 1) * (n // 1)
    if name == "year" and n == -1 and x.quarter then return calendar.shift(calendar.read(x.quarter), -4, "quarter") end
    if name == "hour" or name == "minute" or name == "second" then
      x.relative = (back and "-" or "") .. calendar.duration(math.abs(n), name)
      return x.anchor and x.anchor.h == nil and calendar.write(x.anchor) or nil
    end
    if word == "earlier" or word == "later" then return x:shift_from_context(n, name) end
    return x:shift(n, name)
  end,
  examples = { { "It began two years ago.", n = "two", unit = "years", way = "ago" }, { "a few weeks later", few = "a few", way = "later" },
    { none = "two years in office" } } }

date { "date.year-ago", match = opt "the" * opt "comparable" * "year" * "-" * w "ago earlier" * opt(opt(as("o", w "first second third fourth")) * w "quarter period month") + opt "the" * w "quarter period month" * "a year" * w "ago earlier",
  value = function(m, x)
    if m.o then
      local y = x:shift(-1, "year")
      return y and ("%s-Q%d"):format(y, ordinal_of(m.o))
    end
    if x.quarter then return calendar.shift(calendar.read(x.quarter), -4, "quarter") end
    return x:shift(-1, "year")
  end,
  examples = { { "from the year-ago quarter" }, { none = "a year of quarters" } } }

local dir = as("dir", w "this last next past coming current previous preceding prior following upcoming same that latest")
date { "date.unit", match = -(w "this last" * w "morning afternoon evening night day") * mod * opt "the" * dir * opt(w "fiscal calendar full") * as("unit", one_unit + w "period season morning afternoon evening night") * opt "or so",
  value = function(m, x)
    local word, name = way_of(m.dir), lode.fold(m.unit)
    if name == "season" then return nil end
    if words.dayparts[name] then
      local value = x:shift_from_context(WAYS[word], "day")
      return value and value .. words.dayparts[name]
    end
    if name == "period" then
      if word == "latest" or word == "same" then name = "quarter" else return nil end
    end
    if word == "past" then
      x.kind = "duration"
      return calendar.duration(1, name)
    end
    if name == "quarter" and x.quarter and (word == "latest" or word == "that" or word == "same") then return x.quarter end
    if word == "that" or word == "same" then
      local base = calendar.read(name == "day" and x.last_day or x.last_value)
      if base then return calendar.shift(base, 0, name) end
    end
    if TOLD[word] then return x:shift_from_context(WAYS[word], name) end
    return x:shift(WAYS[word], name)
  end,
  examples = { { "early next year", mod = "early", dir = "next", unit = "year" }, { "over the past decade", dir = "past" }, { none = "the last man" } } }

date { "date.span", kind = "duration",
  match = opt "the" * opt "each of the" * as("dir", w "last next past coming previous following first recent final") * count * opt(w "fiscal trading full") * as("unit", span_unit) * opt "or so",
  value = function(m)
    return calendar.duration(number_of(m.n), pick(words.units, m.unit) or pick(words.unit_plurals, m.unit))
  end,
  examples = { { "within the next two weeks", dir = "next", n = "two", unit = "weeks" }, { none = "the last two men" } } }

date { "date.some-units", match = opt "the" * as("dir", w "recent coming past previous following next last these") * opt(units * w "and or") * units,
  value = function(m, x)
    local word = way_of(m.dir)
    if word == "these" then return "PRESENT_REF" end
    return (word == "coming" or word == "next" or word == "following") and "FUTURE_REF" or "PAST_REF"
  end,
  examples = { { "in the coming weeks", dir = "coming" }, { "in recent weeks and months", dir = "recent" }, { none = "recent talks" } } }

date { "date.the-unit", match = mod * "the" * opt(w "full fiscal") * as("unit", w "year quarter weekend week month" - w "year week" * glued * w "- 's" - one_unit * w "of when that i you he she it we they my your his her its our their") *
    opt(as("ended", w "ended ending")),
  value = function(m, x)
    local name = lode.fold(m.unit)
    if m.ended and name ~= "quarter" then
      x.kind = "duration"
      return calendar.duration(1, name)
    end
    if name == "quarter" then
      if x.quarter then return x.quarter end
      x.assumed = "past"
      return x:shift(-1, "quarter")
    end
    if name == "weekend" and x.anchor and x:tense() ~= "future" then
      local today = calendar.weekday(calendar.days(x.anchor.y, x.anchor.m, x.anchor.d))
      return x:shift(today < 6 and -1 or 0, "weekend")
    end
    return x:shift(0, name)
  end,
  examples = { { "over the weekend", unit = "weekend" }, { "for the full year", unit = "year" }, { none = "the year of the rat" } } }

date { "date.year-end", match = opt "the" * as("dir", w "this last next") ^ -1 * "year" * (apostrophe + w "-") * "end",
  value = function(m, x)
    x.mod = "END"
    return x:shift(m.dir and WAYS[way_of(m.dir)] or 0, "year")
  end,
  examples = { { "in place by year's end" }, { "a year-end sale" }, { none = "in the end" } } }

date { "date.while", kind = "duration", match = "a" * opt(w "little short long") * "while" * -w "ago",
  value = function() return "PXX" end,
  examples = { { "They waited for a while." }, { none = "while they waited" } } }

date { "date.long-time", kind = "duration", match = w "for" * opt(w "quite a") * w "some long" * "time",
  value = function() return "PXX" end,
  examples = { { "They waited for some time." }, { none = "a long time of waiting" } } }

-- 3.4 Quarters, fiscal years, years, decades, centuries, seasons ---

local of_year = opt(as("dir", w "last next this") * "year" * apostrophe) * opt(as("y0", modern) * apostrophe)
date { "date.quarter", match = mod * opt "the" * of_year * opt(w "fiscal latest") * as("o", w "first second third fourth 1st 2nd 3rd 4th") * opt "fiscal" * opt "-" *
    as("unit", w "quarter half quarters") * opt(opt(w "of in") * opt "fiscal" * (as("y", modern) + as("after", w "last next this") * "year")),
  value = function(m, x)
    local n, y = ordinal_of(m.o), full_year(m.y or m.y0)
    local letter, parts = "Q", 4
    if lode.fold(m.unit) == "half" then letter, parts = "H", 2 end
    if n > parts then return nil end
    local word = way_of(m.dir or m.after)
    if word then y = x:shift(WAYS[word], "year") end
    if not y and x.anchor then
      y, x.anchored = x.anchor.y, true
      -- the last one that has begun, or the next where the verb looks ahead
      local begun = (x.anchor.m - 1) // (12 // parts) + 1
      if n > begun and x:tense() ~= "future" then y = y - 1
      elseif begun == parts and n == 1 and x:tense() == "future" then y = y + 1 end
      x.assumed = "year"
    end
    return ("%s-%s%d"):format(y or "XXXX", letter, n)
  end,
  examples = { { "in the third quarter of 1989", o = "third", y = "1989" }, { "a fourth-quarter loss", o = "fourth" }, { none = "a third quarterback" } } }

date { "date.quarter-code", match = as("q", w "q1 q2 q3 q4") * opt(opt "of" * as("y", modern)),
  value = function(m, x)
    local y = m.y or x.anchor and x:shift(0, "year")
    return ("%s-Q%s"):format(y or "XXXX", m.q:sub(2))
  end,
  examples = { { "sales in Q3 2019", q = "Q3", y = "2019" }, { none = "Q9 answers" } } }

date { "date.fiscal", match = w "fiscal" * opt "year" * as("y", modern),
  value = function(m) return m.y end,
  examples = { { "in fiscal 2021", y = "2021" }, { none = "a fiscal agent" } } }

date { "date.fiscal-code", match = as("y", like(lpeg.S "Ff" * lpeg.S "Yy" * lpeg.P "'" ^ -1 * lpeg.R "09" ^ 2)),
  value = function(m) return ("%04d"):format(full_year(m.y)) end,
  examples = { { "FY2023 revenue", y = "FY2023" }, { none = "they fly" } } }

local behind_year = behind(w "in since by of from until till through during before after early late mid for to and between around about circa year")
local measure = w [[ % percent people men women troops soldiers miles kilometers kilometres km meters metres feet tons tonnes dollars euros pounds shares
  units homes houses jobs workers students members votes points pages million billion hours degrees acres hectares barrels times words votes ]]
local bare_year = -behind(w "$ £ € # no nos dlrs" + "-") * as("y", modern) * -(glued * w "- % : /") * -measure
date { "date.year", match = mod * opt "the" * opt "year" * (bare_year + behind_year * as("y", year) * -(glued * w "- % : /") * -measure),
  value = function(m) return m.y end,
  examples = { { "It was built in 1901.", y = "1901" }, { "late 1989", mod = "late", y = "1989" }, { none = "It cost $ 1990 then." } } }

date { "date.years", match = as("y", year) * glued * dash * glued * as("y2", modern + like_number("^(%d%d)$", 0, 99)) * -(glued * dash),
  value = function(m, x)
    local y, y2 = tonumber(m.y), tonumber(m.y2)
    if y2 < 100 then y2 = y - y % 100 + y2 end
    if y2 <= y then return nil end
    x["until"] = ("%04d"):format(y2)
    return m.y
  end,
  examples = { { "the 1998-99 season", y = "1998", y2 = "99" }, { none = "room 1998-1234" } } }

date { "date.mid-year", match = as("y", mid & test(function(_, fold) return fold:find "^mid%-[12]%d%d%d$" ~= nil end)),
  value = function(m, x)
    x.mod = "MID"
    return m.y:sub(5)
  end,
  examples = { { "since mid-1996", y = "mid-1996" }, { none = "a mid-90 result" } } }

local decade_number = (mid + num + like(lpeg.P "'" + "’"))
  & test(function(_, fold) return fold:find "^mid%-[12]%d%d0s$" ~= nil or fold:find "^[12]%d%d0s$" ~= nil or fold:find "^['’]%d0s$" ~= nil end)
date { "date.decade", match = mod * opt "the" * (as("d", decade_number) + as("word", w(keys(words.decades))) - behind(w "his her their my your our")),
  value = function(m)
    if m.word then return ("19%d"):format(words.decades[lode.fold(m.word)]) end
    local digits = m.d:match "%d+"
    if #digits == 2 then return (digits < "30" and "20" or "19") .. digits:sub(1, 1) end
    return digits:sub(1, 3)
  end,
  examples = { { "in the late 1970s", mod = "late", d = "1970s" }, { "through the nineties", word = "nineties" }, { none = "in their twenties" } } }

date { "date.century", match = mod * opt "the" * as("o", ordinal) * opt "-" * w "century centuries",
  value = function(m) return ("%02d"):format(ordinal_of(m.o) - 1) end,
  examples = { { "a temple of the 11th century", o = "11th" }, { none = "a century of rule" } } }

date { "date.spoken-year", match = as("hundreds", w "eighteen nineteen twenty") * as("tens", w "ten twenty thirty forty fifty sixty seventy eighty ninety" * opt(opt "-" * w "one two three four five six seven eight nine")) * -unit,
  value = function(m) return ("%02d%02d"):format(number_of(m.hundreds), number_of(m.tens)) end,
  examples = { { "back in nineteen ninety-six", hundreds = "nineteen", tens = "ninety-six" }, { none = "nineteen men" } } }

date { "date.spoken-2000", match = w "the" * "year" * as("y", w "two" * "thousand" * opt(opt "and" * number_word)),
  value = function(m) return ("%04d"):format(number_of((lode.fold(m.y):gsub(" and ", " ")))) end,
  examples = { { "in the year two thousand", y = "two thousand" }, { none = "two thousand men" } } }

local behind_season = behind(w "in during of by since until" * opt "the")
local season_year = opt "of" * as("y", modern + w "eighteen nineteen" * number_word * opt "-" * opt(number_word))
date { "date.season", match = mod * opt "the" * (as("dir", w "this last next past coming") * as("s", season)
    + as("s", season) * season_year + behind_season * as("s", w "summer winter autumn") * -w "olympics games"),
  value = function(m, x)
    local code, y = words.seasons[lode.fold(m.s)], m.y and (tonumber(m.y) or number_of(m.y:match "^%a+") * 100 + number_of(m.y:match "^%a+(.*)"))
    if not y and x.anchor then
      local months = { SP = 3, SU = 6, FA = 9, WI = 12 }
      local way = way_of(m.dir) or x:direction()
      if way == "past" and m.dir then way = "last" elseif way == "coming" then way = "next" end
      y = x:year_of(months[code], nil, way)
      if code == "WI" and way == "last" and x.anchor.m < 3 then y = x.anchor.y - 1 end
    end
    return ("%s-%s"):format(y or "XXXX", code)
  end,
  examples = { { "since last summer", dir = "last", s = "summer" }, { "in the fall of 1998", s = "fall", y = "1998" }, { none = "prices fall" } } }

-- 3.5 Times of the day ---

local meridiem = w "am pm a.m. p.m. "
local zone = opt(as("tz", w(words.zones)))
local clock = as("clock", like_number("^(%d%d?)$", 1, 12) + (num & test(function(text) return text:find "^%d%d?[:.]%d%d$" ~= nil or text:find "^%d%d?:%d%d:%d%d$" ~= nil end)))
local time = clock * as("half", meridiem) * zone + as("clock", num & test(function(text) return text:find "^[012]?%d:[0-5]%d$" ~= nil end)) * zone
    + as("clock", like_number("^(%d%d%d%d)$", 0, 2359)) * #w "gmt utc" * zone + as("clock", like_number("^(%d%d?)$", 1, 12) + number_word) * "o'clock" * zone
    + as("named", w "noon midnight") * zone
local on_day = as("wd", weekday) * opt(opt "," * as("m", month) * as("d", day) * opt(opt "," * as("y", year))) + as("m", month) * as("d", day) * opt(opt "," * as("y", year))
    + as("word", w "today yesterday tomorrow tonight") + as("this", w "this") * part

local function time_of(m)
  if m.named then return lode.fold(m.named) == "noon" and "T12:00" or "T24:00" end
  local h, min = m.clock:match "^(%d+)[:.]?(%d*)"
  h, min = tonumber(h) or words.numbers[lode.fold(m.clock)], tonumber(min) or 0
  if h > 100 then h, min = h // 100, h % 100 end
  local half = m.half and lode.fold(m.half):sub(1, 1)
  if half == "p" and h < 12 then h = h + 12 elseif half == "a" and h == 12 then h = 0 end
  if h > 24 or min > 59 then return nil end
  return ("T%02d:%02d"):format(h, min)
end

date { "date.time", kind = "time", within = "paragraph", match = time * opt(opt(w "on , in") * on_day) + on_day * opt "," * opt(w "at around about by") * time,
  value = function(m, x)
    local clock_value, base = time_of(m), nil
    if not clock_value then return nil end
    if m.tz then x.time_zone = lode.upper(m.tz) end
    if m.m then base = month_day(x, m.m, m.d, m.y)
    elseif m.wd then base = x:weekday(pick(words.weekdays, m.wd), x.anchor and x:direction())
    elseif m.word then base = x:shift(({ yesterday = -1, tomorrow = 1 })[lode.fold(m.word)] or 0, "day")
    elseif x.last_day then base, x.assumed = x.last_day, "context"
    elseif x.anchor then
      base, x.assumed = x:shift(0, "day"), "day"
      x.relative = nil
    end
    return (base or "") .. clock_value
  end,
  examples = { { "until 5 p.m. EST Nov. 9", clock = "5", half = "p.m.", tz = "EST", d = "9" }, { "at 19:30 GMT on Tuesday", clock = "19:30", wd = "Tuesday" },
    { "shortly before noon", named = "noon" }, { none = "the score was 5" } } }

date { "date.part", kind = "time", match = behind(w "in by during" * "the" + w "by at mid until in") * as("part", w "morning afternoon evening midday dawn dusk night mid-afternoon mid-morning") *
    opt(as("word", w "yesterday today tomorrow")) + as("part", w "mid-afternoon mid-morning" + "mid" * w "afternoon morning") * opt(as("word", w "yesterday today tomorrow")),
  value = function(m, x)
    local code = words.dayparts[lode.fold(m.part):gsub("^mid%s", "")] or "TNI"
    local base = m.word and x:shift(({ yesterday = -1, tomorrow = 1 })[lode.fold(m.word)] or 0, "day") or x.last_day
    if not base and x.anchor then base, x.assumed = calendar.write(x.anchor), "day" end
    return (base or "") .. code
  end,
  examples = { { "In the evening the gates closed.", part = "evening" }, { none = "the evening paper" } } }

-- 3.6 Durations and repetitions ---

local age = glued * w "-" * "old" + w "old older younger senior junior"
local rate = behind(w "miles kilometers kilometres km meters metres feet % percent million billion trillion" + num + units)
date { "date.duration", kind = "duration", match = -(count * opt "-" * unit * age) * -(rate * w "a an") * -(w "one some" * "day") * opt(as("n0", number) * w "or to and") * count * opt "-" * opt(w "full more additional consecutive straight whole long trading business working odd extra") *
    as("unit", span_unit) * opt(as("half", w "and" * "a half")),
  value = function(m, x)
    local name, n = pick(words.units, m.unit) or pick(words.unit_plurals, m.unit), number_of(m.n)
    if n and m.half then n = n + 0.5 end
    return calendar.duration(n, name)
  end,
  examples = { { "a 10-year plan", n = "10", unit = "year" }, { "after several months", few = "several" }, { "a minute and a half", half = "and a half" },
    { none = "a 6-year-old boy" } } }

date { "date.units", kind = "duration", match = behind(w "for in within over after many of take takes took lasted few") * as("unit", units) * opt(w "or and" * units) * -w "ago earlier later old" + as("unit", units) * "or" * units
    + w "the" * as("unit", units) * (as("ahead", w "ahead") + #w "before after following since"),
  value = function(m)
    if m.ahead then return "FUTURE_REF" end return calendar.duration(nil, pick(words.unit_plurals, m.unit)) end,
  examples = { { "It went on for weeks.", unit = "weeks" }, { none = "weeks went by" } } }

date { "date.every", kind = "set", match = w "every each" * (opt(as("n", number + w "other")) * as("unit", unit + w "morning afternoon evening night") + as("wd", weekday) * opt(as("part", part))
    + as("m", month)),
  value = function(m)
    if m.wd then return ("XXXX-WXX-%d"):format(pick(words.weekdays, m.wd)) .. (m.part and words.dayparts[lode.fold(m.part)] or "") end
    if m.m then return ("XXXX-%02d"):format(pick(words.months, m.m)) end
    local tail = words.dayparts[lode.fold(m.unit)]
    if tail then return "XXXX-XX-XX" .. tail end
    local n = m.n and (lode.fold(m.n) == "other" and 2 or number_of(m.n)) or 1
    return calendar.duration(n, pick(words.units, m.unit) or pick(words.unit_plurals, m.unit))
  end,
  examples = { { "It meets every Monday.", wd = "Monday" }, { "every two weeks", n = "two", unit = "weeks" }, { none = "every man" } } }

date { "date.weekdays", kind = "set", match = as("wd", cap & w(keys(words.weekday_plurals))) + as("wd1", weekday) * as("part", w "mornings afternoons evenings nights"),
  value = function(m)
    return ("XXXX-WXX-%d"):format(pick(words.weekday_plurals, m.wd) or pick(words.weekdays, m.wd1)) .. (m.part and words.dayparts[lode.fold(m.part)] or "")
  end,
  examples = { { "closed on Mondays", wd = "Mondays" }, { none = "the Mondayish mood" } } }

date { "date.often", kind = "set", match = as("word", lower & w(keys(words.often))) + w "once twice" * w "a per" * as("unit", one_unit),
  value = function(m)
    if m.word then return words.often[lode.fold(m.word)] end
    return calendar.duration(1, lode.fold(m.unit))
  end,
  examples = { { "It is printed daily.", word = "daily" }, { "twice a week", unit = "week" }, { none = "day by day" } } }

-- 3.7 Past, present, future; anniversaries ---

date { "date.reference", match = as("word", w(keys(words.references))) * -w "as",
  value = function(m) return words.references[lode.fold(m.word)] end,
  examples = { { "They now agree.", word = "now" }, { none = "as soon as they agree" } } }

date { "date.past", match = w "the" * "past" * -(count + unit + ordinal + cap),
  value = function() return "PAST_REF" end,
  examples = { { "Mistakes of the past, he said, were over." }, { none = "over the past decade" } } }

date { "date.future", match = w "the" * opt "near" * "future",
  value = function() return "FUTURE_REF" end,
  examples = { { "plans for the future" }, { none = "future plans" } } }

date { "date.term", match = w "in" * "the" * w "short near long" * "term",
  value = function() return "FUTURE_REF" end,
  examples = { { "No change is likely in the short term." }, { none = "a long term of office" } } }

date { "date.at-the-time", match = w "at" * w "the that" * "time" * -w "of",
  value = function() return "PAST_REF" end,
  examples = { { "He was mayor at the time." }, { none = "at the time of the flood" } } }

date { "date.anniversary", kind = "anniversary", match = opt "the" * as("o", ordinal) * opt "-" * opt "year" * "anniversary",
  value = function(m) return calendar.duration(ordinal_of(m.o), "year") end,
  examples = { { "on the third anniversary of the flood", o = "third" }, { none = "an anniversary of sorts" } } }

-- 4. What a script asks for ------------------------------------------------------------------------------------------

local MODS = { early = "START", earlier = "START", beginning = "START", start = "START", late = "END", later = "END", mid = "MID",
  middle = "MID", ["end"] = "END" }

local function mod_of(text)
  local first = text:match "^%a+"
  if first == "the" or first == "The" then first = text:match "^%a+ (%a+) of " end
  return first and MODS[first:lower()]
end

--- The day from which a page counts: its date, else when it was updated.
--- @param p lode.Page
--- @return { y: integer, m: integer, d: integer }?
function M.anchor(p)
  return calendar.read_any(p.meta.date) or calendar.read_any(p.meta.updated)
end

--- A date of a page.  `value` is nil where nothing is known but `relative`, the distance from the day of writing; `until` is
--- the end of a range written as one; `mod` is START, MID or END.
--- @class lode.news.Date
--- @field span lode.Span
--- @field kind "date"|"time"|"duration"|"set"|"anniversary"
--- @field value string?
--- @field anchor string?
--- @field relative string?
--- @field assumed string?
--- @field mod string?
--- @field until string?
--- @field time_zone string?
--- @field rule string

--- Every date of a page, in order.
--- @param p lode.Page
--- @return lode.news.Date[]
function M.find(p)
  local found, anchor = {}, M.anchor(p)
  local anchor_text = anchor and calendar.write(anchor)
  local last_value, last_day, quarter, quarter_end
  for m in p:anns "date" do
    local span, rule_name = m.span, m.rule
    local x = setmetatable({ anchor = anchor, span = span, last_value = last_value, last_day = last_day }, X)
    if quarter and span.first <= quarter_end then x.quarter = quarter end
    local value = makers[rule_name](m, x)
    if value or x.relative then
      local kind = x.kind or kinds[rule_name]
      if value and kind == "date" and value:find "T[%dMAEN]" then kind = "time" end
      found[#found + 1] = { span = span, kind = kind, value = value, anchor = x.anchored and anchor_text or nil, relative = x.relative,
        assumed = x.assumed or nil, mod = x.mod or mod_of(span.text), ["until"] = x["until"], time_zone = x.time_zone, rule = rule_name }
    end
    if value and value:find "^%d%d%d%d" and rule_name ~= "date.ago" and rule_name ~= "date.year-ago" then
      last_value = value
      if value:find "^%d%d%d%d%-%d%d%-%d%d" then last_day = value:sub(1, 10) end
      if value:find "^%d%d%d%d%-Q" then quarter, quarter_end = value, span.paragraph.last end
    end
  end
  return found
end

return M
