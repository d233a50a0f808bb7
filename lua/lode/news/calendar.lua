--- Days, weeks, months and years: arithmetic for dates.lua and for whoever counts days between records.
---
--- A date is { y =, m =, d = } with m and d absent where unknown; values are strings in the form of TIMEX3 (ISO 8601
--- with X for unknown digits: 2024-03-14, 2024-W11, 2024-03, 2024-Q1, 2024-SP, 2024, 202, XXXX-03-14).
local M = {}

local floor = math.floor

--- Days since 1970-01-01 (proleptic Gregorian; Hinnant, chrono-compatible low-level date algorithms).
--- @param y integer
--- @param m integer
--- @param d integer
--- @return integer
function M.days(y, m, d)
  if m <= 2 then y = y - 1 end
  local era = y // 400
  local of_era = y - era * 400
  local of_year = (153 * ((m + 9) % 12) + 2) // 5 + d - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

--- The date of a day number.
--- @param n integer
--- @return { y: integer, m: integer, d: integer }
function M.date(n)
  n = n + 719468
  local era = n // 146097
  local of_era = n - era * 146097
  local y = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * y + y // 4 - y // 100)
  local mp = (5 * of_year + 2) // 153
  local m = mp < 10 and mp + 3 or mp - 9
  return { y = y + era * 400 + (m <= 2 and 1 or 0), m = m, d = of_year - (153 * mp + 2) // 5 + 1 }
end

--- 1 (Monday) to 7.
--- @param n integer  day number
--- @return integer
function M.weekday(n) return (n + 3) % 7 + 1 end

local LENGTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- @param y integer
--- @param m integer
--- @return integer
function M.month_length(y, m)
  if m == 2 and y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0) then return 29 end
  return LENGTHS[m]
end

--- ISO year and week of a day number.
--- @param n integer
--- @return integer, integer
function M.week(n)
  local thursday = M.date(n - M.weekday(n) + 4)
  return thursday.y, (M.days(thursday.y, thursday.m, thursday.d) - M.days(thursday.y, 1, 1)) // 7 + 1
end

--- Easter Sunday (Gregorian, the anonymous algorithm of Meeus).
--- @param y integer
--- @return integer  day number
function M.easter(y)
  local a, b, c = y % 19, y // 100, y % 100
  local h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
  local l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
  local k = (a + 11 * h + 22 * l) // 451
  local n = h + l - 7 * k + 114
  return M.days(y, n // 31, n % 31 + 1)
end

--- The n-th (from the end: -1) such weekday of a month.
--- @param y integer
--- @param m integer
--- @param weekday integer
--- @param n integer
--- @return integer  day number
function M.nth_weekday(y, m, weekday, n)
  if n > 0 then
    local first = M.days(y, m, 1)
    return first + (weekday - M.weekday(first)) % 7 + 7 * (n - 1)
  end
  local last = M.days(y, m, M.month_length(y, m))
  return last - (M.weekday(last) - weekday) % 7 + 7 * (n + 1)
end

--- The value of a date: as exact as its fields.
--- @param date { y?: integer, m?: integer, d?: integer }
--- @return string
function M.write(date)
  local y = date.y and ("%04d"):format(date.y) or "XXXX"
  if not date.m then return date.d and ("%s-XX-%02d"):format(y, date.d) or y end
  if not date.d then return ("%s-%02d"):format(y, date.m) end
  return ("%s-%02d-%02d"):format(y, date.m, date.d)
end

--- The date that a value or a longer text begins with ("2024-03-14T10:00", "2024-W11", "2024-Q1"), or nil; of weeks,
--- quarters and seasons their first day or month.
--- @param value string?
--- @return { y: integer, m?: integer, d?: integer }?
function M.read(value)
  local y, rest = (value or ""):match "^(%d%d%d%d)(.*)"
  if not y then return nil end
  y = tonumber(y)
  local week, quarter = rest:match "^%-W(%d%d)", rest:match "^%-Q(%d)"
  if week then
    local first = M.days(y, 1, 4)
    return M.date(first - M.weekday(first) + 1 + 7 * (tonumber(week) - 1))
  end
  if quarter then return { y = y, m = 3 * tonumber(quarter) - 2 } end
  local half = rest:match "^%-H(%d)"
  if half then return { y = y, m = 6 * tonumber(half) - 5 } end
  local m, d = rest:match "^%-(%d%d)%-(%d%d)"
  if not m then m = rest:match "^%-(%d%d)" end
  m, d = tonumber(m), tonumber(d)
  if m and (m < 1 or m > 12) then return nil end
  if d and (d < 1 or d > 31) then d = nil end
  return { y = y, m = m, d = d }
end

local MONTH_NAMES = { jan = 1, feb = 2, mar = 3, apr = 4, may = 5, jun = 6, jul = 7, aug = 8, sep = 9, oct = 10, nov = 11, dec = 12 }

--- The date that metadata gives in one of the usual forms: ISO, "14 March 2024", "March 14, 2024", "20240314".
--- @param text string?
--- @return { y: integer, m: integer, d: integer }?
function M.read_any(text)
  if type(text) ~= "string" then return nil end
  local y, m, d = text:match "^%s*(%d%d%d%d)[%-/.]?(%d%d)[%-/.]?(%d%d)"
  if not y then
    local name
    d, name, y = text:match "(%d%d?)%a*%s+(%a%a%a)%a*%.?,?%s+(%d%d%d%d)"
    if not d then name, d, y = text:match "(%a%a%a)%a*%.?%s+(%d%d?)%a*,?%s+(%d%d%d%d)" end
    m = name and MONTH_NAMES[name:lower()]
  end
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if not (y and m and d) or m < 1 or m > 12 or d < 1 or d > M.month_length(y, m) then return nil end
  return { y = y, m = m, d = d }
end

--- What lies n units away from a date, as exact as the unit; nil where the date is not exact enough.
--- @param date { y: integer, m?: integer, d?: integer }
--- @param n integer
--- @param unit string  "day" "week" "fortnight" "weekend" "month" "quarter" "year" "decade" "century"
--- @return string?
function M.shift(date, n, unit)
  if unit == "year" then return M.write { y = date.y + n } end
  if unit == "decade" then return ("%03d"):format(date.y // 10 + n) end
  if unit == "century" then return ("%02d"):format(date.y // 100 + n) end
  if not date.m then return nil end
  local months = date.y * 12 + date.m - 1
  if unit == "month" then return M.write { y = (months + n) // 12, m = (months + n) % 12 + 1 } end
  if unit == "quarter" then
    local quarters = months // 3 + n
    return ("%04d-Q%d"):format(quarters // 4, quarters % 4 + 1)
  end
  if not date.d then return nil end
  local day = M.days(date.y, date.m, date.d)
  if unit == "day" then return M.write(M.date(day + n)) end
  if unit == "fortnight" then n = 2 * n end
  if unit == "week" or unit == "fortnight" then return ("%04d-W%02d"):format(M.week(day + 7 * n)) end
  if unit == "weekend" then return ("%04d-W%02d-WE"):format(M.week(day + 7 * n)) end
  return nil
end

local LETTERS = { second = "TS", minute = "TM", hour = "TH", day = "D", week = "W", month = "M", quarter = "Q", year = "Y",
  weekend = "WE" }
local FACTORS = { quarter = { 3, "M" }, fortnight = { 2, "W" }, decade = { 10, "Y" }, century = { 100, "Y" } }

--- A duration: P3Y, PT10H, PXD where n is nil; a half is written in the next smaller unit where there is one.
--- @param n number?
--- @param unit string
--- @return string
function M.duration(n, unit)
  local factor = FACTORS[unit]
  if unit == "decade" and not n then return "PXDE" end
  if unit == "century" and not n then return "PXC" end
  local letter = factor and factor[2] or LETTERS[unit]
  if factor and n then n = n * factor[1] end
  local time = #letter == 2 and letter:sub(1, 1) == "T"
  if time then letter = letter:sub(2) end
  local rest = ""
  if n and n ~= floor(n) then
    if unit == "hour" then rest, n = ("%dM"):format(floor((n - floor(n)) * 60 + 0.5)), floor(n)
    elseif unit == "minute" then rest, n = ("%dS"):format(floor((n - floor(n)) * 60 + 0.5)), floor(n)
    elseif unit == "year" then letter, n = "M", n * 12
    elseif unit == "day" then time, letter, n = true, "H", n * 24 end
  end
  local number = not n and "X" or n == floor(n) and ("%d"):format(floor(n)) or ("%.1f"):format(n)
  local head = rest ~= "" and n == 0 and "" or number .. letter
  return "P" .. (time and "T" or "") .. head .. rest
end

--- Days from one value to another, where both are exact to the day.
--- @param a string
--- @param b string
--- @return integer?
function M.days_between(a, b)
  local from, upto = M.read(a), M.read(b)
  if not (from and from.d and upto and upto.d) then return nil end
  return M.days(upto.y, upto.m, upto.d) - M.days(from.y, from.m, from.d)
end

return M
