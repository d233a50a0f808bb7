--- English words of dates, durations and times: data, read by lua/lode/news/dates.lua.
---
--- Folded, one token each; what a word stands for is beside it.  Another language is another file of this form.
local M = {}

M.months = {
  january = 1, february = 2, march = 3, april = 4, may = 5, june = 6, july = 7, august = 8, september = 9,
  october = 10, november = 11, december = 12,
  ["jan."] = 1, ["feb."] = 2, ["mar."] = 3, ["apr."] = 4, ["jun."] = 6, ["jul."] = 7, ["aug."] = 8, ["sept."] = 9,
  ["sep."] = 9, ["oct."] = 10, ["nov."] = 11, ["dec."] = 12,
  jan = 1, feb = 2, mar = 3, apr = 4, jun = 6, jul = 7, aug = 8, sept = 9, sep = 9, oct = 10, nov = 11, dec = 12,
}

--- Months that are also names of people or common words: alone they count only behind one of `before`.
M.doubtful = [[ march may april june august ]]
--- What stands for a month before a day or a year only.
M.short = [[ jan feb mar apr jun jul aug sept sep oct nov dec ]]

M.weekdays = {
  monday = 1, tuesday = 2, wednesday = 3, thursday = 4, friday = 5, saturday = 6, sunday = 7,
  ["mon."] = 1, ["tue."] = 2, ["tues."] = 2, ["wed."] = 3, ["thu."] = 4, ["thur."] = 4, ["thurs."] = 4, ["fri."] = 5,
  ["sat."] = 6, ["sun."] = 7,
}
M.weekday_plurals = {
  mondays = 1, tuesdays = 2, wednesdays = 3, thursdays = 4, fridays = 5, saturdays = 6, sundays = 7,
}

--- Units, singular and plural.
M.units = {
  second = "second", minute = "minute", hour = "hour", day = "day", week = "week", fortnight = "fortnight",
  month = "month", quarter = "quarter", year = "year", decade = "decade", century = "century", weekend = "weekend",
}
M.unit_plurals = {
  seconds = "second", minutes = "minute", hours = "hour", days = "day", weeks = "week", fortnights = "fortnight",
  months = "month", quarters = "quarter", years = "year", decades = "decade", centuries = "century",
  weekends = "weekend", nights = "day", yrs = "year", hrs = "hour", mins = "minute",
}

M.seasons = { spring = "SP", summer = "SU", autumn = "FA", fall = "FA", winter = "WI" }
M.dayparts = {
  morning = "TMO", afternoon = "TAF", evening = "TEV", night = "TNI", midday = "TMI", ["mid-morning"] = "TMO",
  ["mid-afternoon"] = "TAF", mornings = "TMO", afternoons = "TAF", evenings = "TEV", nights = "TNI",
}

M.numbers = {
  zero = 0, a = 1, an = 1, one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9, ten = 10,
  eleven = 11, twelve = 12, thirteen = 13, fourteen = 14, fifteen = 15, sixteen = 16, seventeen = 17, eighteen = 18,
  nineteen = 19, twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, seventy = 70, eighty = 80, ninety = 90,
  hundred = 100, thousand = 1000, dozen = 12, couple = 2,
}
M.ordinals = {
  first = 1, second = 2, third = 3, fourth = 4, fifth = 5, sixth = 6, seventh = 7, eighth = 8, ninth = 9, tenth = 10,
  eleventh = 11, twelfth = 12, thirteenth = 13, fourteenth = 14, fifteenth = 15, sixteenth = 16, seventeenth = 17,
  eighteenth = 18, nineteenth = 19, twentieth = 20, thirtieth = 30,
}
M.decades = {
  twenties = 2, thirties = 3, forties = 4, fifties = 5, sixties = 6, seventies = 7, eighties = 8, nineties = 9,
}

--- Repetitions in one word, as TIMEX3 writes them.
M.often = {
  daily = "XXXX-XX-XX", nightly = "XXXX-XX-XXTNI", weekly = "XXXX-WXX", monthly = "XXXX-XX", quarterly = "XXXX-QX",
  yearly = "XXXX", annually = "XXXX", hourly = "PT1H", biweekly = "P2W", biannually = "P6M",
}

--- Words for the present, the past and the future as such.
M.references = {
  now = "PRESENT_REF", currently = "PRESENT_REF", nowadays = "PRESENT_REF",
  recently = "PAST_REF", recent = "PAST_REF", lately = "PAST_REF", soon = "FUTURE_REF",
}

--- Days of the year that have a name: month and day, or "WEEKDAY N MONTH" for the N-th such day of the month (-1: the
--- last), or days after Easter Sunday.
M.holidays = {
  ["christmas"] = "12-25", ["christmas day"] = "12-25", ["christmas eve"] = "12-24", ["boxing day"] = "12-26",
  ["new year's day"] = "01-01", ["new year's eve"] = "12-31", ["new year's"] = "01-01", ["halloween"] = "10-31",
  ["valentine's day"] = "02-14", ["independence day"] = "07-04", ["veterans day"] = "11-11", ["armistice day"] = "11-11",
  ["may day"] = "05-01", ["bastille day"] = "07-14", ["st. patrick's day"] = "03-17",
  ["martin luther king day"] = "1 3 01", ["presidents day"] = "1 3 02", ["memorial day"] = "1 -1 05",
  ["labor day"] = "1 1 09", ["columbus day"] = "1 2 10", ["thanksgiving"] = "4 4 11", ["thanksgiving day"] = "4 4 11",
  ["mother's day"] = "7 2 05", ["father's day"] = "7 3 06",
  ["easter"] = "easter+0", ["easter sunday"] = "easter+0", ["good friday"] = "easter-2", ["easter monday"] = "easter+1",
}

M.zones = [[ gmt utc est edt cst cdt mst mdt pst pdt et ct pt bst cet cest eet eest msk ist jst kst hkt sgt aest aedt ]]

--- Verbs and helpers that say that a bare day lies ahead, and irregular past forms that say it lies behind.
M.ahead = [[ will 'll wo shall may might can could should must would going plan plans planned planning expect expects expected
  schedule scheduled due intend intends hope hopes hoping aim aims propose proposes upcoming ahead if unless begins starts opens beginning invited effective payable expire expires mature matures ]]
M.till = [[ until till by deadline ]]
M.behind = [[ said told met was were had did made took gave came went held began won lost left saw sent spoke struck wrote
  fell rose ran found kept led brought thought felt became flew broke drew sat stood shot hit cut put quit drove
  ended closed announced ]]
--- Before "to" and a verb they look ahead: "agreed to meet in May".
M.intent = [[ agreed decided planned vowed promised hoped wanted pledged offered proposed invited asked ready scheduled expected set was were is are ]]
M.not_past = [[ hundred need needed indeed feed seed speed breed bed red wed proceed succeed exceed bleed united limited ]]

return M
