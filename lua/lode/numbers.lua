--- Numbers, money and quantities in English text, as annotations that rules match like one token.
---
---     require "lode.numbers"
---     rule { "hurt", label = "casualties", match = as("n", ann "number") * opt "people" * w "were" * w "killed hurt",
---       fields = function(p, m) local n = m:cap "n".ann return { count = n.value, least = n.low, about = n.approximate } end }
---
--- Labels and fields (absent where the text does not say):
---
---     number     value low high approximate bound             two dozen, 1.2 million, about 300, between 5 and 7
---     money      value low high approximate bound currency    $1.2 billion, €40m, 30 million yuan; currency as ISO 4217
---     quantity   value low high approximate bound unit        3.5 per cent, 12 km, five years; units below
---
--- A range has low and high and no value.  bound is "at least" (low is the number) or "at most" (high is it).  "dozens",
--- "hundreds of thousands" are approximate with a low end alone.  A number that is part of money or of a quantity is
--- annotated as a number too.  Years ("in 2024"), days of a month, times and ordinals are no numbers.
---
--- The rules run in phases -9 to -6, so rules of phase 1 see what they find.
local lpeg = require "lpeg"

local M = {}

--- ---- words ----

local ones = { zero = 0, one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9, ten = 10,
  eleven = 11, twelve = 12, thirteen = 13, fourteen = 14, fifteen = 15, sixteen = 16, seventeen = 17, eighteen = 18, nineteen = 19 }
local tens = { twenty = 20, thirty = 30, forty = 40, fourty = 40, fifty = 50, sixty = 60, seventy = 70, eighty = 80, ninety = 90 }
local scales = { thousand = 1e3, million = 1e6, billion = 1e9, trillion = 1e12, m = 1e6, mn = 1e6, mln = 1e6, bn = 1e9, bln = 1e9,
  tn = 1e12, trn = 1e12, k = 1e3 }
local plurals = { tens = 10, dozens = 12, scores = 20, hundreds = 100, thousands = 1e3, millions = 1e6, billions = 1e9, trillions = 1e12 }
local fractions = { ["½"] = .5, ["¼"] = .25, ["¾"] = .75, ["⅓"] = 1 / 3, ["⅔"] = 2 / 3 }

local function keys(...)
  local out = {}
  for _, t in ipairs { ... } do
    for k in pairs(t) do out[#out + 1] = k end
  end
  return out
end

local function plain(v)
  if not v or math.type(v) == "integer" then return v end
  v = tonumber(("%.12g"):format(v))
  return math.tointeger(v) or v
end

--- "1,160" "3.5" "1.160.000" "2,5" as numbers; nil for what is none.
local function digits_value(text)
  if text:find "^%d+$" then return tonumber(text) end
  if text:find "^%d%d?%d?,%d%d%d[%d,]*$" or text:find "^%d%d?%d?,%d%d%d[%d,]*%.%d+$" then return tonumber((text:gsub(",", ""))) end
  if text:find "^%d%d?%d?%.%d%d%d%.[%d.]+$" then return tonumber((text:gsub("%.", ""))) end
  if text:find "^%d*%.%d+$" then return tonumber(text) end
  if text:find "^%d+,%d%d?$" then return tonumber((text:gsub(",", "."))) end
  return nil
end

--- The value of the folded tokens of one number, and the scale that its last word gave.
local function parse(tokens)
  local total, current, scale = 0, nil, 1
  for i = 1, #tokens do
    local word = tokens[i].fold
    local digit = digits_value(word)
    local after = tokens[i + 1] and tokens[i + 1].fold
    if word == "-" and after then after = tokens[i + 2] and tokens[i + 2].fold end
    if digit or ones[word] or tens[word] then
      current = (current or 0) + (digit or ones[word] or tens[word])
    elseif fractions[word] then
      current = (current or 0) + fractions[word]
    elseif word == "half" then
      current = (current or 0) + .5
    elseif word == "hundred" then
      current = (current or 1) * 100
      scale = 100
    elseif word == "dozen" then
      current = (current or 1) * 12
    elseif scales[word] then
      total = total + (current or 1) * scales[word]
      current, scale = nil, scales[word]
    end
  end
  return total + (current or 0), scale
end

M.parse = parse

--- ---- patterns ----

local digit = lpeg.R "09"
local plain_digits = like((digit ^ 1 * (lpeg.S ",." * digit ^ 1) ^ 0 + lpeg.P "." * digit ^ 1) * -1) & num
local month = w "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
  + w "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec."
local year = like((lpeg.P "1" * lpeg.R "89" + lpeg.P "20") * digit * digit * -1)
local dated = w "in since until till during early late mid spring summer autumn fall winter of from to by after before ," + month
local clock = w "am pm a.m. p.m. o'clock gmt"
local not_dated = -behind(month) * -(any * opt(w "of") * month) * -(any * clock) * -behind(w "chapter article section no page phase")
local year_here = behind(dated) * year + year * #(any * ")") + year
local digits = not_dated * (plain_digits - year_here)
  + not_dated * (plain_digits & year) * #(w "people men women children soldiers troops dollars euros times votes km miles tonnes")

local unit_word = w(keys(ones))
local ten_word = w(keys(tens))
local nine = w "one two three four five six seven eight nine"
local below_hundred = ten_word * opt("-") * nine + ten_word + unit_word
local great = w "million billion trillion"
local suffix = glued * w "bn bln tn trn mn mln" + glued * w "m k" * #(lower - w "race sprint hurdles relay dash final long wide high tall deep away from freestyle")
local tail = opt(w "and") * below_hundred
local scaled = (w "hundred thousand" * opt(tail) + great * opt(opt(w "and") * below_hundred * w "hundred thousand" * opt(tail))) ^ 1
local scaled_digits = (opt("-") * great + w "hundred thousand") ^ 1
local vulgar = w(keys(fractions))
local half = opt(w "a") * w "half" * opt(w "a" + "-") * (great + w "dozen thousand hundred")
local and_half = w "and" * w "a" * w "half" * opt(great)
local core = digits * (vulgar + and_half + suffix + scaled_digits * opt(and_half))
  + digits * opt(w "dozen")
  + vulgar * opt(great)
  + half
  + below_hundred * (and_half + scaled + w "dozen")
  + (below_hundred - w "one")
  + w "one" * #(lower - w "of another day thing side who could can would may might must should is was has and or more hand time way")
    * -behind(w "no any some every each this that the which not another other only")
  + w "a" * (w "hundred thousand" * opt(tail) * opt(w "thousand") + great + w "dozen")

local indefinite = w "tens dozens scores hundreds thousands millions billions trillions"
local many = indefinite * opt(w "of" * indefinite)

local about = w "about around approximately roughly nearly almost some circa c. ca. ~ estimated perhaps" + "close to" + "in the region of"
  + "something like" + "an estimated"
local least = w "over above exceeding" + "at least" + "no fewer than" + "no less than" + "not less than" + "more than" + "upwards of"
  + "in excess of" + "a minimum of" + "well over"
local most = w "under below" + "at most" + "up to" + "no more than" + "not more than" + "less than" + "fewer than" + "as many as"
  + "as much as" + "a maximum of"
local before = as("about", about) + as("least", opt(w "of") * least * opt(w "about around an")) + as("most", most)
local after = as("more", w "or and" * w "more" + opt("-") * glued * w "plus" + glued * "+") + as("so", w "or" * w "so" + opt("-") * w "odd")
local fewer = as("fewer", w "or" * w "fewer less")

local dash = w "- – —"
local function range(p)
  return w "between" * as("a", p) * w "and" * as("b", p)
    + -behind(w "from") * as("a", p) * (w "to" * opt(w "about") + glued * dash * glued) * as("b", p)
end

--- ---- what a match says ----

local function value_of(m, name)
  local c = m:cap(name)
  if not c then return nil, 1 end
  return parse(c.tokens)
end

--- Fields of a match with the captures n, a and b, many, and what stands before and after.
local function amounts(m)
  local out = {}
  local n = value_of(m, "n")
  local a, a_scale = value_of(m, "a")
  local b, b_scale = value_of(m, "b")
  if m.about or m.so then out.approximate = true end
  if m.many then
    local low = 1
    for _, t in ipairs(m:cap "many".tokens) do low = low * (plurals[t.fold] or 1) end
    out.low, out.approximate = plain(#m:cap "many".tokens > 1 and low or low * 2), true
    return out
  end
  if a then
    if a_scale == 1 and b_scale > 1 and a < b / b_scale then a = a * b_scale end
    out.low, out.high = plain(a), plain(b)
    return out
  end
  out.value = plain(n)
  if m.least or m.more then out.bound, out.low = "at least", out.value end
  if m.most or m.fewer then out.bound, out.high = "at most", out.value end
  return out
end

--- A range goes up.
local function rises(_, m)
  local f = amounts(m)
  return not f.high or not f.low or f.low < f.high
end

local zone = "all"

rule { "number", label = "number", phase = -9, zone = zone, keep = rises,
  match = opt(before) * as("n", core) * opt(after + fewer) + opt(before) * as("many", many),
  fields = function(_, m) return amounts(m) end,
  examples = {
    { "They sent two dozen men.", value = 24 }, { "1.2 million fled.", value = 1200000 }, { "Some 1,160 fled.", value = 1160, approximate = true },
    { "About 300 people came.", value = 300, approximate = true }, { "At least twenty-five died.", value = 25, low = 25, bound = "at least" },
    { "Up to 50 were hurt.", value = 50, high = 50, bound = "at most" }, { "Half a million left.", value = 500000 },
    { "Two and a half years on.", value = 2.5 }, { "Two hundred and fifty thousand came.", value = 250000 },
    { "Hundreds of thousands marched.", low = 100000, approximate = true }, { "Dozens were hurt.", low = 24, approximate = true },
    { "It cost 4.5bn to build.", value = 4500000000 }, { "A hundred or so stayed.", value = 100, approximate = true },
    { "50 or more stayed.", value = 50, low = 50 }, { "There were 300-odd letters.", value = 300, approximate = true },
    { "One man went.", value = 1 }, { none = "No one of them went." }, { none = "It began in 2024." }, { none = "On June 5 it rained." },
    { none = "On 5 June it rained." }, { none = "At 5 p.m. it rained." }, { none = "The 20th man went." } } }

rule { "number.range", label = "number", phase = -9, zone = zone, keep = rises, priority = 1, match = opt(before) * range(core),
  fields = function(_, m) return amounts(m) end,
  examples = {
    { "Between 5 and 7 came.", low = 5, high = 7 }, { "It takes 10-15 people.", low = 10, high = 15 },
    { "Some 5 to 7 million left.", low = 5000000, high = 7000000, approximate = true }, { "Two to three hundred came.", low = 200, high = 300 },
    { none = "It rose from 5 to 7." }, { none = "They won 3-2." } } }

--- ---- money ----

local symbols = { ["$"] = "USD", ["€"] = "EUR", ["£"] = "GBP", ["¥"] = "JPY", ["₹"] = "INR", ["₽"] = "RUB", ["₴"] = "UAH", ["₺"] = "TRY",
  ["₩"] = "KRW", ["₪"] = "ILS", ["₦"] = "NGN", ["₫"] = "VND", ["฿"] = "THB", ["₱"] = "PHP" }
local prefixes = { us = "USD", ["u.s."] = "USD", c = "CAD", ca = "CAD", can = "CAD", a = "AUD", au = "AUD", nz = "NZD", hk = "HKD", s = "SGD", nt = "TWD", r = "BRL" }
local codes = { "USD", "EUR", "GBP", "JPY", "CNY", "CHF", "CAD", "AUD", "NZD", "HKD", "SGD", "INR", "RUB", "UAH", "TRY", "KRW", "ILS",
  "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BRL", "MXN", "ZAR", "AED", "SAR", "EGP", "NGN", "THB", "IDR", "MYR", "PHP", "VND" }
local names = { dollar = "USD", dollars = "USD", euro = "EUR", euros = "EUR", yen = "JPY", yuan = "CNY", renminbi = "CNY", ruble = "RUB",
  rubles = "RUB", rouble = "RUB", roubles = "RUB", rupee = "INR", rupees = "INR", kronor = "SEK", zloty = "PLN", zlotys = "PLN",
  hryvnia = "UAH", hryvnias = "UAH", lira = "TRY", liras = "TRY", rand = "ZAR", shekel = "ILS", shekels = "ILS", forint = "HUF",
  forints = "HUF", reais = "BRL", dirham = "AED", dirhams = "AED", riyals = "SAR", naira = "NGN", baht = "THB", bitcoin = "BTC", bitcoins = "BTC" }
local nations = { us = "USD", ["u.s."] = "USD", american = "USD", canadian = "CAD", australian = "AUD", ["hong kong"] = "HKD",
  singapore = "SGD", ["new zealand"] = "NZD", taiwan = "TWD", swiss = "CHF", swedish = "SEK", norwegian = "NOK", danish = "DKK",
  czech = "CZK", turkish = "TRY", chinese = "CNY", mexican = "MXN", ["south korean"] = "KRW", british = "GBP", egyptian = "EGP" }

local code_set = {}
for _, code in ipairs(codes) do code_set[code:lower()] = code end

local mark = w(keys(symbols))
local sign = as("cur", w(keys(prefixes)) * glued * mark + W(codes) * opt(mark) + mark)
local nation = W "US" + w "U.S. American Canadian Australian Singapore Taiwan Swiss Swedish Norwegian Danish Czech Turkish Chinese Mexican British Egyptian"
  + "Hong Kong" + "New Zealand" + "South Korean"
local word = as("cur", nation * w "dollars dollar francs kronor kroner koruna lira yuan pesos won pounds" + w(keys(names)) + W(codes)
  + "pounds sterling")
local short = glued * w "m k b" -- "$40m": behind a sign these are no metres
local sum = digits * (short + suffix + scaled_digits) + digits + below_hundred * scaled + below_hundred + half

local function currency_of(c)
  local text = lode.fold(c.text)
  if symbols[text] or code_set[text] or names[text] then return symbols[text] or code_set[text] or names[text] end
  if text:find "sterling" then return "GBP" end
  for _, t in ipairs(c.tokens) do
    if code_set[t.fold] then return code_set[t.fold] end
  end
  if c.tokens[2] and symbols[c.tokens[2].fold] then return prefixes[c.tokens[1].fold] or symbols[c.tokens[2].fold] end
  return nations[text:match "^(.*) %S+$"] or symbols[text:match "%S+$" or ""]
end

local function money_fields(_, m)
  local out = amounts(m)
  local n = m:cap "n"
  if n and n.ann and n.ann.label == "number" then -- what stands before and after is the number's
    for _, name in ipairs { "low", "high", "approximate", "bound" } do out[name] = out[name] or n.ann[name] end
    out.value = n.ann.value
  end
  out.currency = currency_of(m:cap "cur")
  return out
end

rule { "money", label = "money", phase = -8, zone = zone,
  match = opt(before) * sign * as("n", sum) * opt(after + fewer) + as("n", ann "number") * opt "-" * word,
  fields = money_fields,
  examples = {
    { "It cost $1.2 billion.", value = 1200000000, currency = "USD" }, { "a €40m deal", value = 40000000, currency = "EUR" },
    { "about £3.5bn in cash", value = 3500000000, currency = "GBP", approximate = true }, { "US$5m", value = 5000000, currency = "USD" },
    { "A$4 and", value = 4, currency = "AUD" }, { "some 30 million yuan", value = 30000000, currency = "CNY", approximate = true },
    { "more than $100,000 in", value = 100000, currency = "USD", low = 100000 }, { "50 Canadian dollars", value = 50, currency = "CAD" },
    { "EUR 30 each", value = 30, currency = "EUR" }, { "30 USD each", value = 30, currency = "USD" }, { "a $40-million plan", value = 40000000 },
    { "two million euros", value = 2000000, currency = "EUR" }, { none = "30 pounds of rice" } } }

rule { "money.range", label = "money", phase = -8, zone = zone, keep = rises, priority = 1,
  match = opt(before) * sign * range(sum) + opt(before) * (w "between" * sign * as("a", sum) * w "and" * opt(mark) * as("b", sum)
      + sign * as("a", sum) * (w "to" + glued * dash * glued) * mark * as("b", sum)),
  fields = money_fields,
  examples = { { "between $5m and $7m", low = 5000000, high = 7000000, currency = "USD" }, { "$5-7 million", low = 5000000, high = 7000000 },
    { "$5m to $7m", low = 5000000, high = 7000000, currency = "USD" } } }

--- ---- quantities ----

--- Canonical unit: forms.
local units = {
  percent = "% percent pct", mm = "mm millimetre millimetres millimeter millimeters", cm = "cm centimetre centimetres centimeter centimeters",
  m = "metre metres meter meters", km = "km kms kilometre kilometres kilometer kilometers", inch = "inch inches", foot = "foot feet ft",
  yard = "yard yards", mile = "mile miles", g = "gram grams gramme grammes", kg = "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
  tonne = "tonne tonnes", ton = "ton tons", pound = "pound pounds lb lbs", ounce = "ounce ounces oz", litre = "litre litres liter liters",
  gallon = "gallon gallons", barrel = "barrel barrels", hectare = "hectare hectares ha", acre = "acre acres", W = "watt watts",
  kW = "kw kilowatt kilowatts", MW = "mw megawatt megawatts", GW = "gw gigawatt gigawatts", kWh = "kwh", MWh = "mwh", mph = "mph",
  kph = "kph kmh", MB = "mb megabyte megabytes", GB = "gb gigabyte gigabytes", TB = "tb terabyte terabytes", second = "second seconds",
  minute = "minute minutes", hour = "hour hours", day = "day days", week = "week weeks", month = "month months", year = "year years",
  decade = "decade decades", knot = "knots", volt = "volt volts", calorie = "calorie calories", point = "points",
}
local unit_of = {}
for unit, forms in pairs(units) do
  for form in forms:gmatch "%S+" do unit_of[form] = unit end
end
local phrases = { { "per cent", "percent" }, { "percentage points", "percentage point" }, { "percentage point", "percentage point" },
  { "square kilometres", "km2" }, { "square kilometers", "km2" }, { "sq km", "km2" }, { "square metres", "m2" }, { "square meters", "m2" },
  { "square miles", "square mile" }, { "square feet", "square foot" }, { "cubic metres", "m3" }, { "cubic meters", "m3" },
  { "kilometres per hour", "kph" }, { "kilometers per hour", "kph" }, { "kilometres an hour", "kph" }, { "miles per hour", "mph" },
  { "miles an hour", "mph" }, { "km / h", "kph" }, { "degrees celsius", "°C" }, { "degrees fahrenheit", "°F" }, { "° c", "°C" }, { "° f", "°F" },
  { "barrels per day", "barrel/day" }, { "barrels a day", "barrel/day" }, { "nautical miles", "nautical mile" } }
local phrase_list = {}
for i, item in ipairs(phrases) do phrase_list[i] = { item[1], unit = item[2] } end

rule { "quantity", label = "quantity", phase = -7, zone = zone,
  match = as("n", ann "number") * opt("-") * as("unit_text", lex(phrase_list) + w(keys(unit_of)) + w "m" * -#glued),
  fields = function(_, m)
    local n, c = m:cap "n".ann, m:cap "unit_text"
    return { value = n.value, low = n.low, high = n.high, approximate = n.approximate, bound = n.bound,
      unit = c.attr and c.attr.unit or unit_of[c.tokens[1].fold] or c.text }
  end,
  examples = {
    { "It fell 3.5 per cent.", value = 3.5, unit = "percent" }, { "It fell 3.5% today.", value = 3.5, unit = "percent" },
    { "about 12 km away", value = 12, unit = "km", approximate = true }, { "a 5-year-old boy", value = 5, unit = "year" },
    { "between 5 and 7 tonnes of", low = 5, high = 7, unit = "tonne" }, { "300 square kilometres of", value = 300, unit = "km2" },
    { "two million barrels per day", value = 2000000, unit = "barrel/day" }, { "20°C", value = 20, unit = "°C" },
    { none = "5 people" } } }

return M
