--- Casualties: how many people were killed, hurt or are missing, where, and according to whom.
---
---     lode run scripts/casualties.lua pages/
---     lode test scripts/casualties.lua
---
--- One record a number.  `fate` is killed, hurt or missing; `count` is a number, `low` and `high` the ends of a range or what "hundreds"
--- comes to at least; `exactness` is exact, about, at least or at most.  "Nobody was hurt" counts 0, "a man died" 1.  Where and who says
--- so are looked for in the same sentence only.  To bend it: add words to the lists, and an example beside the rule.
require "lode.numbers"
require "lode.news.places"
require "lode.news.dates"
local sources = require "lode.news.sources"

lode.output { "casualties" }
lode.columns { "page", "line", "fate", "count", "low", "high", "exactness", "who", "place", "according_to", "text" }

local fates = {}
for fate, words in pairs {
  killed = "killed dead died perished drowned slain kills killing",
  hurt = "hurt injured wounded injures injuring wounds wounding",
  missing = "missing unaccounted" } do
  for word in words:gmatch "%S+" do fates[word] = fate end
end
local function fate(words) return as("fate", w(words), { value = fates }) end

local being = w "is are was were be been being has have had remain remains remained still later also reported feared believed confirmed seriously badly slightly critically severely"
local link = w "who that which and or but in on at of to from by with when while as for after before since during near outside"
local suffered = fate "killed dead died perished drowned slain hurt injured wounded missing unaccounted"
local folk = noun "person man woman child boy girl soldier officer worker villager miner fisherman passenger driver student sailor resident civilian protester"
local word = lower - being - link - suffered - w "a an the his her said says ago"
local number = as("number", -inside "quantity" * -inside "money" * -inside "date" * -behind(w "in since") * ann "number") *
  opt("of" * opt(w "the them those their"))
local aside = opt("," * w "including among" * upto(8, punct) * ",")
local done = #(punct + link) + edge "sentence end"      -- "three killed in", not "three men killed a guard" or "thirty missing pages"
local kind = noun "port city town village capital province region district"
local name = ann "place" + -inside "date" * cap ^ { 1, 3 }

rule { "casualties.where", label = "where", phase = 7, match = w "in near at outside" * opt "the" * opt(upto(2, kind) * kind * "of") * as("place", name) * -kind,
  examples = { { "It fell in Port Ilmen.", place = "Port Ilmen" }, { "It fell in the Tassian port of Ilmen.", place = "Ilmen" }, { none = "It fell in May." } } }

-- Beside whom lode.news.sources knows: offices and bodies without a name.
local body = noun "official officer police ministry hospital doctor rescuer army agency brigade mayor authority witness"
rule { "casualties.source", label = "source", phase = 7,
  match = "according to" * opt "the" * as("teller", (any - punct - link) ^ { 0, 4 } * body) +
    opt "the" * as("teller", lazy((cap + lower - being - link - suffered - folk) ^ { 0, 4 }) * body) * w "said says" +
    w "said" * opt "the" * as("teller", lower ^ { 0, 2 } * body),
  examples = {
    { "Two died, the Tassian interior ministry said.", teller = "Tassian interior ministry" },
    { "Two died, according to local doctors.", teller = "local doctors" },
    { none = "Two doctors died." } } }

-- The fields of a record: the number's value, the nearest place behind the match or else one before, who says so.
local function details(p, m)
  local sentence, number, record = m.span.sentence, m:ann "number", {}
  if number then
    record.count, record.low, record.high = number.value, number.low, number.high
    record.exactness = number.bound or (number.approximate or not number.value) and "about" or "exact"
  end
  for where in p:anns("where", { within = sentence }) do
    record.place = where.place
    if where.span.first > m.span.first then break end
  end
  for _, cited in ipairs(sources.of(p).cited) do
    if sentence:overlaps(cited.span) then record.according_to = cited.who break end
  end
  for source in p:anns("source", { within = sentence }) do record.according_to = record.according_to or source.teller end
  return record
end

rule { "casualties.suffered", label = "casualties", phase = 8, fields = details,
  match = number * (opt(as("who", word ^ { 1, 4 })) * aside * (being ^ { 1, 4 } * suffered + suffered * done) + suffered * as("who", opt(word) * folk)),
  examples = {
    { "At least 12 people were killed in Port Ilmen on Tuesday.", fate = "killed", who = "people", count = 12, exactness = "at least", place = "Port Ilmen" },
    { "About 30 miners were hurt, the mayor said.", fate = "hurt", count = 30, exactness = "about", according_to = "mayor" },
    { "Three of them were badly hurt.", fate = "hurt", count = 3, who = false },
    { "Two dozen fishermen are still missing.", fate = "missing", count = 24, exactness = "exact" },
    { "Two of the miners were killed.", fate = "killed", count = 2, who = "miners" },
    { "Hundreds of people have died.", fate = "killed", count = false, low = 200, exactness = "about" },
    { "Nine miners, including two brothers, were killed.", fate = "killed", count = 9, who = "miners" },
    { "They carried out three wounded villagers.", fate = "hurt", count = 3, who = "villagers" },
    { none = "In 2019 people died young." },
    { none = "Three soldiers killed a guard." },
    { none = "The book has 30 missing pages." } } }

rule { "casualties.killing", label = "casualties", phase = 8, fields = details,
  match = fate "killed killing kills injured injuring injures wounded wounding wounds" * number * opt(as("who", word ^ { 1, 4 })),
  examples = {
    { "The blast at Port Ilmen killed 12 people.", fate = "killed", count = 12, who = "people", place = "Port Ilmen" },
    { "The wave hit a ferry, injuring more than 40.", fate = "hurt", count = 40, who = false },
    { none = "He was killed 12 years ago." } } }

rule { "casualties.toll", label = "casualties", phase = 8, fields = details,
  match = as("fate", lex { "death toll", "number of dead", "number of deaths" }, { value = "killed" }) * gap(8, punct) * w "to at is was" * number,
  examples = {
    { "The death toll from the flood has risen to 45.", fate = "killed", count = 45 },
    { none = "The death toll is not known." } } }

rule { "casualties.lives", label = "casualties", phase = 8, fields = details,
  match = as("fate", verb "claim cost take", { value = "killed" }) * number * w "lives",
  examples = {
    { "The flood claimed at least six lives.", fate = "killed", count = 6, exactness = "at least" },
    { none = "The dam changed many lives." } } }

rule { "casualties.none", label = "casualties", phase = 8, fields = details,
  match = as("count", w "nobody none" + lex { "no one" } + w "no" * as("who", folk), { value = 0 }) * being ^ { 0, 3 } * suffered,
  examples = {
    { "Nobody was hurt.", fate = "hurt", count = 0 },
    { "No villager died in Port Ilmen.", fate = "killed", count = 0, who = "villager", place = "Port Ilmen" },
    { none = "Nobody was surprised." } } }

rule { "casualties.one", label = "casualties", phase = 8, fields = details,
  match = as("count", w "a an", { value = 1 }) * as("who", opt(word) * folk) * (being ^ { 1, 3 } * suffered + suffered * done),
  examples = {
    { "A young fisherman was drowned.", fate = "killed", count = 1, who = "young fisherman" },
    { none = "A fisherman killed an eel." } } }
