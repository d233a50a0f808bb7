--- Names of people, as annotations "person" with the captures `first` and `last`, and who they are on a page.
---
---   phase 2   by what stands in or around them: a given name, a title, a role behind a comma, a surname's shape
---   phase 3   again: surnames and given names that phase 2 found on the page
---   role      "Russian presidential aide" before a name, "head of the water board" behind one
---
--- A title is no part of a name.  people.of(page) links the mentions of a page to persons, see there.  To bend it: lists in
--- given.lua, surnames.lua, titles.lua, and the rules below with an example beside each.
local _ENV = require "lode".env
local lode = require "lode"
local places = require "lode.news.places"
local bodies = require "lode.news.bodies"
local given_names = require "lode.news.given"
local surnames = require "lode.news.surnames"
local titles = require "lode.news.titles"
local variants = require "lode.news.variants"
local words = require "lode.news.words"

local M = {}

-- 1. Classes of tokens ---------------------------------------------------------------------------------------------

local function set(...)
  local found = {}
  for _, list in ipairs { ... } do
    for word in list:gmatch "%S+" do found[word] = true end
  end
  return found
end
-- Whether the tokenizer leaves a word whole: "cannot" and "vice-president" are cut ("president" stands in the lists too).
local function is_one_token(word)
  if word:find "%.$" then
    local text = lode.title(word)
    return lode.tokens(text .. " Lee")[1].text == text or lode.tokens(text .. " 3")[1].text == text
  end
  return word ~= "cannot" and not word:find ".%-."
end

local function list_of(found, without)
  local out = {}
  for word in pairs(found) do
    if not (without and without[word]) and is_one_token(word) then out[#out + 1] = word end
  end
  return out
end

M.male, M.female = set(given_names.male, given_names.both), set(given_names.female, given_names.both)
local ambiguous = set(given_names.word, given_names.rare)
local every_given = set(given_names.male, given_names.female, given_names.both, given_names.rare, given_names.word)
for word in pairs(set [[ asia europa islam india chin thi ward major ion hide una nice page summer winter spring autumn july ]]) do
  every_given[word] = nil
end

-- No part of a name: little words, days, peoples, and what organisations and headings are made of.
local closed = set(words.determiner, words.he_she, words.pronoun, words.relative, words.have, words.be, words.no, words.adverb,
  words.preposition, words.conjunction, words.subordinate, words.day, words.people, "to that s p.m a.m jr jr. sr sr. ii iii iv",
  [[ january february march april june july august september october november december monday mr mrs ms dr
     well yes oh ok okay hi hello dear thanks thank please sorry regards cheers sincerely best love congratulations ps pm re fw fwd
     subject sent cc bcc attachment originalmessage message date
     new old great big good bad first second third last next early late high low top day week month year today
     here what when where why how who whom whose which can could should would may might must shall do did does done go get got see say
     said says take make give come look think know want need use find tell ask work call try feel become leave put mean keep
     christmas easter ramadan thanksgiving halloween god lord bible koran quran internet web email english
     america american americans west east north south western eastern northern southern democrat republican
     world war cup olympics games prize award act bill amendment treaty agreement accord summit conference plan deal day
     street road avenue square park bridge river lake bay island mountain valley county city town village
     company inc corp ltd group bank university college school institute hospital hotel restaurant church house
     committee commission council court congress parliament senate ministry department agency bureau office
     president-elect government administration party union league association federation foundation society club
     times post journal news press magazine tv radio online motors electric general assembly hospital executive emeritus
     part chapter section page figure table appendix version windows linux mac ]])
for _, name in ipairs { "may", "will", "west", "park", "page", "post", "house", "church", "mac", "love", "best", "day", "bank", "bill", "general" } do
  closed[name] = nil
end
local nations = places.nation
local head_titles = set [[ mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lady dame rev rev. reverend sister bishop archbishop cardinal
  pope rabbi imam sheikh ayatollah king queen prince princess emperor sultan emir duke duchess president vice-president chancellor premier minister
  ambassador envoy senator sen sen. congressman congresswoman representative rep rep. governor gov gov. mayor councillor cllr cllr. councilman
  councilwoman alderman assemblyman assemblywoman judge justice prosecutor sheriff marshal commissioner inspector detective constable
  superintendent gen gen. admiral adm adm. colonel col col. maj maj. captain capt capt. lieutenant lt lt. commander cmdr sergeant sgt sgt.
  corporal brigadier chairman chairwoman chairperson ceo spokesman spokeswoman spokesperson aide secretary rapper actress actor singer comedian
  secretary-general detective coach quarterback novelist laureate founder co-founder economist historian biologist lawyer attorney
  senators reps. sens. presidents general director editor correspondent reporter columnist strategist pollster analyst activist candidate nominee ]]
local title_words = set(titles)

local given = cap & w(list_of(every_given))
local sure = cap & w(list_of(every_given, ambiguous))
local dotted = shape "X." + shape "X.X." + shape "X.X.X." - w "p.s. u.s. u.k. u.n. e.u. u.s.a. d.c. a.m. p.m. n.j. n.y. n.h. n.c. s.c. n.d. s.d. n.m. r.i."
local initial = dotted + shape "X" - W "I A"
local no_part = list_of(closed)
for word in pairs(nations) do no_part[#no_part + 1] = word end
local plain = cap - upper - w(no_part)                                        -- may be part of a name
local part = plain - w(list_of(title_words)) - w(list_of(head_titles))
local shouted = upper - w(no_part) - shape "X" - shape "XX" - W(bodies.acronym)
local dash = glued * w "- ‑" * glued
local hyphened = (dash * cap + dash * w [[ un il ok sik jin hwa hee soo woo min seo chul hyun mi ki in e a jae jung hyuk ho eun ]]) ^ -2
local article = w "al el ul as ash at az" * dash + w "al el bin ibn abu"
local particle = (w "van von de del della di da dos du la le den der ter ten zu af av st mac bin ibn" + article) ^ { 1, 3 }
local name = part * hyphened
local nick = w "\" “ ‘ '" * cap * w "\" ” ’ '" + "(" * name * ")"
local suffix = opt(opt "," * w "jr. jr sr. sr ii iii iv")
local surname = opt(particle) * name
-- "Green" and "Young" are no names, but behind a given name they are surnames.
local word_surname = cap & w [[ green brown white black gray grey young long short good best day west east north south church house hill park page
  post love price banks fields lake rivers bridges street king bishop pope major dean prince marshal judge knight cook farmer coach baker miller
  head field banker english french ireland holland england france israel jordan london paris washington lincoln houston austin dallas ]]
local last = as("last", surname + word_surname) * suffix
local body = (cap & w(list_of(set(bodies.last)))) + "&" * cap                 -- "Ford Foundation", "Smith & Co"
local free = -inside "org" * -inside "place"

local ending = test(function(_, fold)
  if #fold < 5 or closed[fold] then return false end
  for len = 3, math.min(9, #fold - 2) do
    if M.ends[fold:sub(-len)] then return true end
  end
  return M.ends[fold:sub(-2)] == true
end)
M.ends = set(surnames.endings)
local endings = plain & ending

local function syllables(fold)
  return #fold > 1 and #fold < 9 and M.pinyin:match(fold) ~= nil
end
do
  local P, S = lpeg.P, lpeg.S
  local start = P "zh" + "ch" + "sh" + S "bpmfdtnlgkhjqxrzcsyw"
  local rest = P "iang" + "iong" + "uang" + "ang" + "eng" + "ing" + "ong" + "iao" + "ian" + "uai" + "uan" + "üe" + "ai" + "ei" + "ao" + "ou"
             + "an" + "en" + "in" + "un" + "ia" + "ie" + "iu" + "ua" + "uo" + "ui" + "ue" + "er" + S "aeiou" + "ü"
  M.pinyin = (start ^ -1 * rest) ^ 1 * -1
end
local chinese = part & test(function(_, fold) return syllables(fold) end)
local chinese_two = part & test(function(_, fold) return #fold > 4 and syllables(fold) end)
local asian_words = set(surnames.asian_word)

-- 2. Rules -----------------------------------------------------------------------------------------------------------

local zones = places.zones
local function person(options)
  options.label, options.phase, options.zone = "person", options.phase or 2, options.zone or zones
  rule(options)
end

local forename = (given + initial) * hyphened
local whole = as("first", (given + name)) * (initial + nick + name) ^ { 0, 2 } * last     -- two words or more
local role_noun = w(list_of(title_words)) - cap
local places_or_people = (cap & w(list_of(places.nation))) + (cap & w(list_of(places.single))) + upper + w "- ' 's"

-- "Will Tassia pay?": a verb in front of a name it is not.
local asks = edge "sentence start" * w "will may mark grant chase skip rob hope bill rip jack hunt trip pat rich long said" * -(initial + (cap & w(surnames.alone)))
person { "person.given", priority = 5,
  match = free * -asks * as("first", given * hyphened) * (initial + nick + forename) ^ { 0, 2 } * last * -body,
  examples = {
    { "met Martha Quill on Friday", first = "Martha", last = "Quill" },
    { "with Jean-Claude van der Brook and", first = "Jean-Claude", last = "van der Brook" },
    { "said Thomas J. Q. Marsh Jr. of", first = "Thomas", last = "Marsh" },
    { "Ruth O'Dowd's boat", first = "Ruth", last = "O'Dowd" },
    { none = "met in April June and July" }, { none = "the Martha Quill Foundation" } } }

-- Not in headlines, where every word begins with a capital letter; "Hillary Clinton Calls" stands in texts too.
local known_surname = cap & w(surnames.alone)
person { "person.middle", priority = 5, zone = { "body", "byline", "caption" },
  match = free * -asks * as("first", given * hyphened) * opt(initial) * (-known_surname * name + name * #known_surname) * as("last", surname) * suffix * -(part + body),
  examples = { { "and Martha Zork Quill said", first = "Martha", last = "Quill" }, { none = "and Martha Zork Bank said" } } }

person { "person.surname-known", priority = 2,
  match = free * -edge "sentence start" * -behind(part) * as("first", name) * as("last", known_surname) * suffix * -(part + body),
  examples = { { "that Torvil Merkel said", first = "Torvil", last = "Merkel" }, { none = "at the Dam Merkel Foundation" } } }

person { "person.nick", priority = 5, within = "paragraph",
  match = as("first", name) * opt(dotted + shape "X" * ".") * nick * opt(name) * last,
  examples = { { "and Torvil Q. \"Buck\" Zork said", first = "Torvil", last = "Zork" }, { none = "saw \"The Dam\" Friday" } } }

person { "person.initial", priority = 4, match = free * as("first", name) * dotted ^ { 1, 2 } * as("last", surname) * suffix * -body,
  examples = { { "and Torvil J. Zork said", first = "Torvil", last = "Zork" }, { none = "and Torvil J. said" } } }

local by_surname = (cap & w(surnames.alone)) + endings + part * dash * part
person { "person.place", priority = 3,                                       -- "Sydney Kamlager", "Jordan Peterson"
  match = -inside "org" * -behind(w "in at from to of near for") * as("first", given & w(list_of(places.single))) * opt(name) * as("last", by_surname) * suffix * -body,
  examples = { { "and Paris Ivanov said", first = "Paris", last = "Ivanov" }, { none = "in Paris Ivanov said" } } }

person { "person.initials", priority = 4,
  match = free * as("first", dotted ^ { 1, 3 } * opt(given * #part + (cap & w "french english german"))) * last * -body,
  examples = { { "wrote J. K. Harrow in", first = "J. K.", last = "Harrow" }, { none = "the U.S. Congress" } } }

person { "person.shouted", match = as("first", given & shouted) * (initial + (given & shouted)) ^ -1 * as("last", shouted) * -upper,
  examples = { { "by MARTHA QUILL on", first = "MARTHA", last = "QUILL" }, { none = "THE MARTHA" } } }

person { "person.title", priority = 3,
  match = behind(w(list_of(head_titles))) * -inside "org" * (whole + last) * -body,
  examples = {
    { "Velmoran President Yaruk Zork said", first = "Yaruk", last = "Zork" },
    { "the aide Zork denied", last = "Zork" },
    { none = "President of the board" }, { none = "the president on Monday" } } }

person { "person.surname-first", priority = 6,
  match = free * (as("last", cap & w(list_of(set(surnames.asian), asian_words))) * as("first", part * dash * (cap + lower) + chinese * opt(chinese))
      + as("last", cap & w(list_of(asian_words))) * as("first", part * dash * (cap + lower) + chinese_two)) * -body,
  examples = { { "said Zhao Huanxin in", first = "Huanxin", last = "Zhao" }, { "met Kim Jong-un on", first = "Jong-un", last = "Kim" },
    { "said Sun Chenghui in", first = "Chenghui", last = "Sun" }, { none = "in Hong Kong" }, { none = "So Far it rained" } } }

person { "person.ending", priority = 2, match = free * as("first", name) * (initial + nick + name) ^ -1 * as("last", endings) * suffix * -body,
  examples = { { "that Torvil Halayenko was", first = "Torvil", last = "Halayenko" }, { none = "that Harrow Hotels was" } } }

person { "person.particle", priority = 2,
  match = free * as("first", name) * as("last", (particle - w "la le di da de") * name) * -body,
  examples = { { "that Torvil van Harrow was", first = "Torvil", last = "van Harrow" }, { none = "sailed van Harrow" } } }

local role_behind = "," * opt(w "the a an its his her their") * (lower + places_or_people) ^ { 0, 5 } * role_noun
person { "person.role-behind", priority = 2, match = free * whole * -body * #role_behind,
  examples = { { "said Torvil Zork, a former water engineer and coach,", first = "Torvil", last = "Zork" },
    { none = "in Torvil Zork, a small town," } } }

person { "person.role-before", priority = 2, match = behind(role_noun * ",") * free * whole * -body,
  examples = { { "Velmora's foreign minister, Torvil Zork, warned", first = "Torvil", last = "Zork" },
    { none = "a minister, Velmora said" } } }

person { "person.age", priority = 2, match = free * whole * -body * #("," * (num & shape "dd") * ","),
  examples = { { "Torvil Zork, 42, was", first = "Torvil", last = "Zork" }, { none = "Torvil Zork, 2010, was" } } }

local says = w [[ said says told asked added replied insisted argued explained recalled admitted wrote tweeted warned noted joked testified spoke tweeted resigned apologized voted smiled laughed shrugged nodded ]]
person { "person.says", priority = 1, match = free * whole * -body * #(opt(w "also has later then once") * says),
  examples = { { "Torvil Zork said", first = "Torvil", last = "Zork" }, { none = "Torvil Zork Ltd said" } } }

person { "person.said", priority = 1, match = behind(w "said says asked added") * free * whole * -body * #w ". , ; who of in from at on",
  examples = { { "said Torvil Zork, who", first = "Torvil", last = "Zork" }, { none = "said Monday that" } } }

local no_neighbour = -behind(part + w "& hurricane storm typhoon - ‑") * -inside "org" * -inside "place"
local at_shop = "'s" * (cap - w(no_part)) + "'s" * cap                          -- "Ralph's Market"
person { "person.alone", match = no_neighbour * as("first", sure - upper) * -(part + at_shop) * -body,
  examples = { { "Then Martha laughed.", first = "Martha" }, { none = "Then the Martha Foundation closed." }, { none = "in April and May" } } }

person { "person.surname", match = no_neighbour * as("last", (cap & w(surnames.alone)) - upper) * -part * -body,
  examples = { { "voters whom Merkel had lost", last = "Merkel" }, { none = "the Merkel Foundation" } } }

local letter_end = w "thanks regards sincerely cheers best love yours luck wishes you" * opt(w ", . !")
person { "person.signature", within = "page",
  match = behind(letter_end) * edge "paragraph start" * as("first", cap - w(no_part)) * edge "paragraph end",
  examples = { { "Thanks,\nDawn", first = "Dawn" }, { none = "The regards\nDawn came." } } }

person { "person.greeting", within = "page",
  match = edge "paragraph start" * opt(w "hi hello dear hey") * as("first", cap - w(no_part) - w "all sir madam everyone everybody team folks friends hey guys sirs reader readers") * #("," * edge "paragraph end"),
  examples = { { "Torvil,\nthe gates are open.", first = "Torvil" }, { none = "However, the gates are open." } } }

person { "person.word", priority = -1,
  match = no_neighbour * behind(w "with and told asked thank thanked by for girl boy guy that met") * -edge "sentence start"
    * as("first", given & w(list_of(ambiguous, set "mac april may june july august paris london sydney milan georgia virginia israel"))) * -(part + at_shop) * -body
    * #w "and , . ; ? ! to has had is was will said says told asked",
  examples = { { "she told Dawn, who left", first = "Dawn" }, { none = "at Dawn, who left" } } }

person { "person.bin", match = free * as("last", (cap & w "bin ibn") * part) * -body,
  examples = { { "where Bin Harrow hid", last = "Bin Harrow" }, { none = "the Bin was full" } } }

person { "person.again-full", phase = 3, priority = -8,
  match = free * as("first", known("person", "first", part - initial)) * as("last", known("person", "last", part) * hyphened) * -part * -body,
  examples = { { "Torvil Zork, 42, came. We saw Torvil Zork smile.", first = "Torvil", last = "Zork" }, { none = "We saw Torvil Zork smile." } } }

person { "person.again", phase = 3, priority = -9,
  match = -inside "person" * no_neighbour * opt(-edge "sentence start" * article) * as("last", known("person", "last", part - w(list_of(places.single))) * hyphened) * -part * -body,
  examples = { { "Torvil Zork, 42, came. Zork smiled." }, { none = "Zork smiled." } } }

person { "person.again-first", phase = 3, priority = -9,
  match = -inside "person" * no_neighbour * as("first", known("person", "first", part - initial)) * -part * -body,
  examples = { { "Torvil Zork, 42, came. Torvil smiled." }, { none = "Torvil smiled." } } }

-- 3. Roles and other mentions ----------------------------------------------------------------------------------------

local qualifier = ann "org" + ann "government" + ann "nationality" + ann "place" + W "US UK EU UN"
local title_word = w(list_of(title_words)) + w(list_of(head_titles)) + w "vice"
local role = (qualifier * opt "'s" + title_word * w "of for" * opt(w "the") + title_word) ^ { 0, 6 } * title_word
rule { "role.before", label = "role", phase = 4, zone = zones, match = as("role", role) * opt "," * as("who", ann "person"),
  examples = {
    { "to Russian presidential aide Torvil Zork, who", role = "Russian presidential aide", who = "Torvil Zork" },
    { "and White House press secretary Martha Quill said", role = "White House press secretary", who = "Martha Quill" },
    { "Velmora's foreign minister, Torvil Zork, warned", role = "foreign minister", who = "Torvil Zork" },
    { none = "Martha Quill said" } } }

local stop = w ", . ; : who whom which whose that said says told" + "(" + "—"
local behind_name = (lower + qualifier + "-" + "'s") ^ { 0, 6 } * role_noun * opt(w "of at for in to with on" * upto(18, stop))
rule { "role.behind", label = "role", phase = 4, zone = zones,
  match = as("who", ann "person") * "," * opt(w "the a an his her their its") * as("role", behind_name) * #(w ", . ; who said" + edge "sentence end"),
  examples = {
    { "said Zhang Hong, a researcher at the Water Academy, on", who = "Zhang Hong", role = "researcher at the Water Academy" },
    { "Beat Zurlinden, the Swiss envoy, has", who = "Beat Zurlinden", role = "Swiss envoy" },
    { "Martha Quill, head of the Board of Dams and Rivers, said", who = "Martha Quill", role = "head of the Board of Dams and Rivers" },
    { none = "Martha Quill, a friend of the town, said" } } }

rule { "mention.role", label = "mention", phase = 4, match = w "the" * as("role", opt(ann "nationality") * (role_noun & lower) ^ { 1, 3 }) * -(cap + w "of for in 's -" + role_noun),
  examples = { { "Then the envoy left.", role = "envoy" }, { none = "The envoy of the town left." } } }
rule { "mention.pronoun", label = "mention", phase = 4, match = as("pronoun", w "he she"),
  examples = { { "as he left", pronoun = "he" }, { none = "as they left" } } }

-- 4. Who is who on a page ---------------------------------------------------------------------------------------------

local TITLE_SEX = { mr = "m", ["mr."] = "m", sir = "m", lord = "m", king = "m", prince = "m", father = "m", mrs = "f", ["mrs."] = "f", ms = "f",
  ["ms."] = "f", miss = "f", lady = "f", dame = "f", queen = "f", princess = "f", spokeswoman = "f", chairwoman = "f", congresswoman = "f",
  actress = "f", spokesman = "m", chairman = "m", congressman = "m" }

local function sex_of(first)
  local name = lode.fold(first:match "^[^ %-]+" or first)
  local m, f = M.male[name], M.female[name]
  return m ~= f and (m and "m" or "f") or nil
end

local PERSON = { fields = { "first", "last" } }
local FURNITURE = { nav = true, share = true, related = true, footer = true }

--- Whether short lines of the page are menus: a saved web page has a bar of links or a line of copyright, a letter has not.
local function has_furniture(page)
  for part in page:paragraphs { zone = { "share", "footer", "nav", "credit" } } do
    local zone = part.zone
    if zone == "share" and part.text:find "[Ss]hare" or zone == "credit" or part.text:find "[Cc]opyright" or part.text:find "©"
      or zone == "nav" and (part.text:find(" | ", 1, true) or part.text:find(" » ", 1, true)) then return true end
  end
  return false
end

local function new_person(all, first, surname)
  local person = { first = first, last = surname, mentions = {}, count = {}, forms = {}, roles = {}, sex = first and sex_of(first) }
  all[#all + 1] = person
  return person
end

local function add_mention(person, text, span)
  if not person.count[text] then person.forms[#person.forms + 1] = text end
  person.count[text] = (person.count[text] or 0) + 1
  person.mentions[#person.mentions + 1] = span
end

--- Of several with one surname the one named in full last; nobody where two of them were within a sentence.
local function pick(list)
  local best
  for _, person in ipairs(list or {}) do
    if not best or (person.seen or 0) > (best.seen or 0) then best = person end
  end
  return best
end

local function is_one(person, first)
  if not person.first or not first then return true end
  local a, b = person.first:match "^[^ ]+", first:match "^[^ ]+"
  return variants.same_given(a, b) ~= nil
end

--- "Putin-Zelensky talks": two persons of the page, and no name of one.
local function is_pair(self, surname)
  local a, b = (surname or ""):match "^(%S+)%-(%S+)$"
  return a ~= nil and (self.by_last[variants.skeleton(a)] ~= nil or self.by_last[variants.skeleton(b)] ~= nil)
end

local function find_person(self, first, surname, at)
  local key = surname and (self.key[surname] or variants.skeleton(surname:match "%S+$"))
  if surname then self.key[surname] = key end
  local list = self.by_last[key or false]
  local found
  if not surname then
    found = pick(self.by_first[lode.fold(first)])
  elseif not first then
    found = pick(list)
  else
    for _, person in ipairs(list or {}) do
      if is_one(person, first) then found = person break end
    end
    local alone = not found and pick(self.by_first[lode.fold(first)])
    if alone and not alone.last then found = alone end
  end
  if not found then found = new_person(self.all, first, surname) end
  if first and not found.first then found.first, found.sex = first, found.sex or sex_of(first) end
  if surname and not found.filed then
    found.last, found.filed = found.last or surname, true
    self.by_last[key] = self.by_last[key] or {}
    table.insert(self.by_last[key], found)
  end
  if first and not found.called then
    found.called = true
    local given = lode.fold(first:match "^[^ ]+")
    self.by_first[given] = self.by_first[given] or {}
    table.insert(self.by_first[given], found)
  end
  if first and surname then found.seen = at end
  return found
end

--- The name a person goes by on the page: of the full ones the most frequent, of equals the earliest.
local function name_of(person)
  local best
  for _, form in ipairs(person.forms) do
    local full = form:find " " ~= nil
    local more = not best or person.count[form] > person.count[best]
    if not best or full and not best:find " " or full == (best:find " " ~= nil) and more then best = form end
  end
  return best
end

local function add_role(person, text)
  for i, known in ipairs(person.roles) do                    -- "President" says no more than "French President"
    if known:sub(-#text) == text then return end
    if text:sub(-#known) == known then
      person.roles[i] = text
      return
    end
  end
  person.roles[#person.roles + 1] = text
  for word in text:gmatch "%S+" do person.sex = person.sex or TITLE_SEX[lode.fold(word)] end
end

--- The state a role speaks of: "Russian presidential aide" is RU.
local function country_of(role_text)
  local before
  for word in role_text:gmatch "[%w.]+" do
    local code = before and places.country(before .. " " .. word) or places.country(word)
    if code and word:find "^%u" then return code end
    before = word
  end
end

--- Who of the persons named so far has that role; nobody where two have.
local function by_role(people, role_text, at)
  local noun, found = " " .. lode.fold(role_text), nil
  for _, person in ipairs(people.all) do
    for _, text in ipairs(person.roles) do
      if person.mentions[1].first < at and (" " .. lode.fold(text)):find(noun, 1, true) then
        if found and found ~= person then return nil end
        found = person
      end
    end
  end
  return found
end

--- Whom a pronoun means: the one person of that sex, or of unknown sex, among the last mentions in its paragraph.
local function by_pronoun(people, pronoun, upto, paragraph)
  local sex, found = lode.fold(pronoun) == "he" and "m" or "f", nil
  for i = upto, math.max(1, upto - 6), -1 do
    local person = people.named[i]
    if people.named_at[i] < paragraph.first then break end
    if person.sex == nil or person.sex == sex then
      if found and found ~= person then return nil end
      found = person
    end
  end
  return found and found.sex == sex and found or nil
end

local MENTION = { fields = { "role", "pronoun" } }
local function link_others(page, people)
  local named_at, upto = people.named_at, 0
  for span, _, role_text, pronoun in page:anns("mention", MENTION) do
    local at = span.first
    while named_at[upto + 1] and named_at[upto + 1] < at do upto = upto + 1 end
    if upto > 0 then
      local found = role_text and by_role(people, role_text, at) or pronoun and by_pronoun(people, pronoun, upto, span.paragraph)
      if found then
        local field = role_text and "by_role" or "by_pronoun"
        found[field] = found[field] or {}
        table.insert(found[field], span)
      end
    end
  end
end

local ROLE = { fields = { "role", "who" } }
--- Give persons their roles; the name stands at the beginning or at the end of the match.
local function link_roles(page, at_span)
  for span, text, role_text, who in page:anns("role", ROLE) do
    local person = text:sub(1, #who) == who and at_span[span.first] or at_span[span.last - #who + 1]
    if person then
      add_role(person, role_text)
      person.country = person.country or country_of(role_text)
    end
  end
end

--- The persons of a page, in the order in which they come.  Each is { name, first, last, forms = texts, mentions = spans,
--- roles = texts, country = ISO code or nil, sex = "m", "f" or nil, by_role, by_pronoun = spans or nil }.
--- Costs a few microseconds a mention.
--- @param page lode.Page
--- @param options? { others?: boolean }   others = false leaves roles and pronouns out
--- @return table[]
function M.of(page, options)
  local self = { all = {}, by_last = {}, by_first = {}, key = {}, named = {}, named_at = {} }   -- named: in the order of mentions
  local at_span, by_text, furniture = {}, {}, has_furniture(page)
  for span, text, first, surname in page:anns("person", PERSON) do
    local at, person = span.first, by_text[text]
    if not (furniture and FURNITURE[span.zone]) and (person or first or not is_pair(self, surname)) then
      if not person then
        person = find_person(self, first, surname, at)
        by_text[text] = first and surname and person or nil
      end
      person.seen = by_text[text] and at or person.seen
      add_mention(person, text, span)
      at_span[at] = person
      self.named[#self.named + 1], self.named_at[#self.named_at + 1] = person, at
    end
  end
  if #self.all == 0 then return self.all end
  link_roles(page, at_span)
  for _, person in ipairs(self.all) do person.name = name_of(person) end
  if not (options and options.others == false) then link_others(page, self) end
  return self.all
end

return M
