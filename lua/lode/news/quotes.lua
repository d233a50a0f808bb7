--- Quotations and who said them: rules over tokens, and what a page makes of their matches.
---
--- Phase 1 finds names, phase 2 verbs, phases 3 to 5 clauses: a verb with its subject ("speech" for verbs of saying,
--- "attitude" for verbs like `call` and `blame`), phase 6 the clause that goes with each quotation, label "said".
--- A match of phase 6 is the quotation alone; the clause stands in a look-around, so that of two rules for a quotation
--- the one with the higher priority wins.  `quotations` then walks over the page: pronouns, follow-ons, records.
---
--- To bend it: add words to the lists beside this file, or a rule { label = "said", phase = 6, ... } of your own.
local lpeg = require "lpeg"
local names = require "lode.news.names"
local titles = require "lode.news.titles"
local verbs = require "lode.news.verbs"
local words = require "lode.news.words"

local M = { he_she = {}, helps = {} }

-- 1. Classes of words -----------------------------------------------------------------------------------------------

--- Words of a list that no earlier list has: "like" is a preposition before it is a verb.
local taken = {}
local function class(list)
  local found = {}
  for word in list:gmatch "%S+" do
    if not taken[word] then
      taken[word] = true
      found[#found + 1] = word
    end
  end
  return w(found)
end

local function set(list)
  local found = {}
  for word in list:gmatch "%S+" do found[word] = true end
  return found
end

local D, H, I = class(words.determiner), class(words.he_she), class(words.pronoun)
local R, A, B = class(words.relative), class(words.have), class(words.be)
local X, b = class(words.no), class(words.adverb)
local o = class "to"
local p, s, c = class(words.preposition), class(words.subordinate), class(words.conjunction)
local d, a = class(words.day), class "according"
local t = w "that"
local u, g, J = class "quoted", class "went goes go", class(words.people)

--- The forms of verbs: finite ones and those in -ing.  Base forms that are mostly nouns ("the state") are left out.
local nouns, plurals, transitive = set(verbs.nouns), set(verbs.plurals), set(verbs.transitive)
local transitives = {}                                   -- all forms of those
local function verb_class(list)
  local finite, plural, participle = {}, {}, {}
  for entry in list:gmatch "[^;]+" do
    local base = entry:match "%S+"
    for form in entry:gmatch "%S+" do
      if not taken[form] and not (form == base and nouns[form]) then
        taken[form] = true
        if transitive[base] then transitives[#transitives + 1] = form end
        local into = form:find "ing$" and participle or plurals[form] and plural or finite
        into[#into + 1] = form
      end
    end
  end
  return w(finite) - cap, w(plural) - cap, w(participle)
end
local V1, V2, G = verb_class(verbs.speech)
local F1, F2, f = verb_class(verbs.attitude)
local T, k = class(titles), class(words.particle)

local listed = {}
for word in pairs(taken) do listed[#listed + 1] = word end
listed = w(listed)

local ly = like((lpeg.P(1) - "ly" * -lpeg.P(1)) ^ 1 * "ly" * -lpeg.P(1))
local adverb = b + ly - cap
local poss, dash = w "'s ’s", w "-"
local other = lower - (listed + ly + poss)               -- any other word
local hyphen = glued * dash * glued
local mark = w '" ” » › ’ \' “'
local ending = w ". ? !"

-- 2. Names ----------------------------------------------------------------------------------------------------------

local start = edge "sentence start" + behind(w "— – -- -") + behind(ending * mark)
local party = W "R D I"                                  -- "Ann Lee, R-Ohio,"
local capitals = like(lpeg.R "AZ" ^ 2 * -lpeg.P(1)) - (J + T)
local never = D + H + I + T + d + J + X                  -- a capital does not make them names
local sure = capitals + cap - (listed + ly + party)
local word_of_name = sure + -start * (cap - (never + party))   -- first in a sentence, a listed word is that word

local name = (word_of_name + like(lpeg.P "@")) * (k ^ -2 * opt(hyphen) * word_of_name) ^ -6

rule { "name", label = "name", match = -inside "quotation" * name,
  examples = {
    { "On Tuesday Swiss officials met Ursula van der Berg there.", "Ursula van der Berg" },
    { none = "The state asked the Swiss for help on Monday." } } }

-- 3. Subjects and their verbs ---------------------------------------------------------------------------------------

local stop = w ". ? ! ;" + quotation
local lump = other + T + J + num + poss + dash + word_of_name         -- inside one noun phrase, before the name
local paren = opt(w "( [" * gap(8, w ") ]" + stop) * w ") ]")
local long_name = #(word_of_name * (word_of_name + k + dash)) * ann "name" + behind(T) * ann "name"

--- A verb, where it is no noun: "the claims", "key states".
local plural_before = other + J + p + s + num + dash
local function verb_of(plain, plural)
  return -behind(D + poss) * (plain + (-behind(plural_before) * plural))
end
local V, F = verb_of(V1, V2), verb_of(F1, F2)

-- "said", "has also said"; "is saying", "was quoted as saying"; "went on to say": the verb is the last token.
local function verb_group(finite, participle)
  return -inside "quotation" * ((A + adverb) ^ -4 * finite
       + (A + adverb) ^ -3 * B * (A + adverb + B) ^ -3 * opt(u * w "as") * participle
       + g * (p + adverb + s) ^ -3 * o * finite)
end
rule { "says", label = "says", phase = 2, match = verb_group(V, G), examples = {
  { "She has also said so.", "has also said" }, { none = "The states of the union." } } }
rule { "judges", label = "judges", phase = 2, match = verb_group(F, f), examples = {
  { "She went on to describe it.", "went on to describe" }, { none = "The hopes of the town." } } }

local border = w ", : ( ) [ ] — – -- -" + s + c + R + t + d + b + a + o + g + V1 + V2 + G + F1 + F2 + f + mark
local begin = edge "sentence start" + behind(border)
local place = (p * opt(D) * (word_of_name + J + T + other) ^ { 1, 4 }) ^ -2     -- "Ann Lee of the Water Board"
local thing = D + lump + p + k + c * #(J + T + other)
local head = D + J + T + other + word_of_name

-- What may stand between: "Ann Lee (D), head of the office, who was there, later said"
local aside_start = D + T + other + num + R + p + J + b + A + ann "name" * (dash + poss)
local between = paren * opt(w "," * #aside_start * gap(28, stop) * w "," + w "," * R + R)

local prefix = (D + lump) ^ -9
local two = as("two", ann "name" * c * T ^ -2 * ann "name")
local renamed = w "," * T ^ -4 * as("named", ann "name") * w ","
local relative = behind(p) * T ^ -2 * as("named", ann "name") * paren * w "," * R

--- A subject and its verb, from here on: named, pronoun, two or common.
local function clause_from_here(verb)
  return as("pronoun", H + I) * verb
       + begin * T ^ -2 * two * verb
       + begin * lazy(prefix) * as("named", ann "name") * between * verb
       + begin * T ^ -4 * as("named", long_name) * place * between * verb
       + #head * begin * lazy(thing ^ { 1, 14 }) * renamed * verb
       + relative * verb
       + #head * begin * as("common", thing ^ { 1, 15 }) * between * verb
end

--- The same seen from the verb: in front of each stands what is quick to say no.
local opener = w ", ( [" + R
local function subjects_before(group)
  local near = ann(group) + opener
  return {
    { "pronoun", as("pronoun", H + I) },
    { "two", #(ann "name" * c) * behind(begin * T ^ -2) * two },
    { "named", #(ann "name" * near) * behind(begin * prefix) * as("named", ann "name") * between },
    { "of-place", #(ann "name" * p) * behind(begin * T ^ -4) * as("named", long_name) * place * between },
    { "renamed", #(w "," * T ^ -4 * ann "name" * w "," * ann(group)) * behind(begin * #head * thing ^ { 1, 14 }) * renamed },
    { "relative", relative },
  }
end
local function examples_of(verb)
  local function yes(text, capture, value) return { (text:gsub("VERB", verb)), [capture] = value } end
  local function no(text) return { none = (text:gsub("VERB", verb)) } end
  return {
    pronoun = { yes("Later he VERB it late.", "pronoun", "he"), no "Later he left." },
    two = { yes("Martha Quill and Tom Pell VERB it late.", "two", "Martha Quill and Tom Pell"), no "Martha Quill and Tom Pell left." },
    named = { yes("Board chief Martha Quill, who was there, has also VERB it late.", "named", "Martha Quill"),
              no "The remarks of Martha Quill VERB it late." },
    ["of-place"] = { yes("Martha Quill of the water board VERB it late.", "named", "Martha Quill"), no "The head of the board VERB it late." },
    renamed = { yes("The mayor of the town, Martha Quill, VERB it late.", "named", "Martha Quill"), no "Martha Quill VERB it late." },
    relative = { yes("He stood with Martha Quill, who VERB it late.", "named", "Martha Quill"), no "He stood with the mayor, who left." },
    common = { yes("The head of the office VERB it late.", "common", "The head of the office"), no "Martha Quill VERB it late." },
  }
end

--- The rules of one class of verbs: the match is the verb group, its subject stands before it.
local function clauses(label, group, verb)
  local examples = examples_of(verb)
  for _, kind in ipairs(subjects_before(group)) do
    rule { label .. "-" .. kind[1], label = label, phase = 3, match = behind(kind[2]) * ann(group), examples = examples[kind[1]] }
  end
  rule { label .. "-common", label = label, phase = 4,
    match = -ann(label) * behind(#head * begin * as("common", thing ^ { 1, 15 }) * #(ann(group) + opener) * between) * ann(group),
    examples = examples.common }
end
clauses("speech", "says", "declared")
clauses("attitude", "judges", "called")

local before_phrase = lazy((D + lump) ^ -9) * (poss * lump ^ 1) ^ -2
--- A speaker behind "said" or "according to".
local phrase = before_phrase * as("named", ann "name") * -(lump + k)
             + as("pronoun", H + I)
             + T ^ -4 * as("named", ann "name")
             + as("common", #(D + J + T + other) * (D + lump) ^ { 1, 9 } * (p * (D + lump) ^ { 1, 6 }) ^ -2)

-- "...," said Lee: the subject is behind the verb.
rule { "speech-inverted", label = "inverted", phase = 3,
  match = behind(mark * opt(w ",")) * -(adverb ^ -2 * w(transitives)) * ann "says" * #(adverb ^ -2 * phrase),
  examples = { { '"We will pay for it," said Mayor Martha Quill, smiling.', named = "Martha Quill" },
               { none = '"We will pay for it," told Martha Quill.' } } }

-- "Lee welcomed the offer but said": the subject is that of the clause before.
local to_again = lazy((quotation + any - (w ". ? ! ;" + ann "says")) ^ -30) * c * adverb ^ -2
rule { "speech-again", label = "again", phase = 5,
  match = (behind(as("clause", ann "speech") * to_again) + behind(as("clause", ann "attitude") * to_again)
    + behind(-behind(s + R + t) * as("clause", ann "act") * to_again)) * ann "says",
  examples = {
    { "Martha Quill welcomed the offer but said it was late.", clause = "welcomed" },
    { none = "Martha Quill welcomed the offer of the town." } } }

-- Any subject with any verb, for what hangs on it: "Lee went further, saying: ..."
local does = (A + B + adverb + X) ^ -3 * (other + V1 + V2 + F1 + F2 + g + A + B)
rule { "act-named", label = "act", phase = 2,
  match = -inside "quotation" * begin * (D + T + J) ^ -4 * as("named", ann "name") * between * #does,
  examples = { { "Yesterday, Mayor Martha Quill shrugged.", named = "Martha Quill" }, { none = "They met Martha Quill there." } } }
rule { "act-renamed", label = "act", phase = 2, match = -inside "quotation" * behind(lump) * renamed * #does,
  examples = { { "The mayor, Martha Quill, has shrugged.", named = "Martha Quill" }, { none = "They met the mayor, Martha Quill." } } }
rule { "act-pronoun", label = "act", phase = 2, match = -inside "quotation" * as("pronoun", H) * #does,
  examples = { { "Then she shrugged.", pronoun = "she" }, { none = "They shrugged." } } }

-- 4. The clause of a quotation --------------------------------------------------------------------------------------

local speech = ann "speech" + ann "again" + ann "inverted"
local speaks = clause_from_here(as("verb", ann "says"))

--- One rule: the quotation, where `around` holds.
local function said(rule_name, priority, match, examples)
  rule { rule_name, label = "said", phase = 6, within = "paragraph", priority = priority, match = match, examples = examples }
end
local quoted = as("quote", quotation)
local full = quotation * behind(w ". …" * mark) * -(lower + w ", ;")
local inner = any - (ending + full)                      -- up to the end of the sentence
local function within_sentence(n) return lazy((quotation + inner) ^ -n) end
local no_end = ending + quotation

said("colon", 90, behind(w ":") * behind(as("by", speech) * within_sentence(60) * w ":") * quoted, {
  { 'Martha Quill told the council on Monday: "We will pay."', by = "told" },
  { none = 'Martha Quill told the council. "We will pay."' } })
said("colon-attitude", 89, behind(w ":") * behind(as("by", ann "attitude") * within_sentence(60) * -behind(ann "name") * w ":") * quoted, {
  { 'Martha Quill described what to do on Monday: "We will pay."', by = "described" },
  { none = 'Martha Quill met Tom Pell: "We will pay."' } })
said("colon-act", 88, behind(w ":") * behind(-behind(s + R + t) * as("by", ann "act") * within_sentence(60) * -behind(ann "name") * w ":") * quoted, {
  { 'Martha Quill went further, floating a new date: "We will pay."', by = "Martha Quill" },
  { none = 'Martha Quill met Tom Pell: "We will pay."' } })
said("said-before", 80, behind(as("by", speech) * opt(w ",")) * quoted, {
  { 'Martha Quill said, "We will pay for it."', by = "said" },
  { none = '"We will pay for it." Martha Quill said so.' } })
said("said-before-that", 79, behind(w "," + t) * behind(as("by", speech) * gap(20, no_end + V + G + F + f + w ";") * (w "," + t)) * quoted, {
  { 'Martha Quill told us on Monday that "the town will pay for it".', by = "told" },
  { none = 'Martha Quill told us on Monday. That "the town will pay" is new.' } })

--- The main clause of the sentence, else the nearest: "Lee, who left early, shrugged, saying ..."
local act = ann "act" + ann "attitude"
local function by_act(tail)
  local one = -behind(s + R + t) * as("by", act) * tail
  return behind(edge "sentence start" * gap(25, w ";") * one) + behind(one)
end

local by = w "by in while after before despite without when"       -- "by saying"
local paper = w "statement letter email tweet memo message post note speech interview release"
local after_saying = behind((G + f) * opt(w "," + t))
said("saying-before-name", 72, behind(as("named", ann "name") * as("verb", G + f) * opt(w "," + t)) * quoted, {
  { 'A man like Tom Pell saying "we will pay for it" is rare.', named = "Tom Pell" }, { none = 'Tom Pell said "we will pay".' } })
local free = -behind(p - by) * -behind(other - paper)
said("saying-before", 71, after_saying * behind(as("by", speech) * gap(30, no_end) * free * as("verb", G + f) * opt(w "," + t)) * quoted, {
  { 'Martha Quill told reporters of it, adding "we will pay for it".', by = "told", verb = "adding" },
  { none = 'Martha Quill told them of a sign saying "we will pay for it".' } })
said("saying-before-act", 70, after_saying * by_act(gap(30, no_end) * free * as("verb", G + f) * opt(w "," + t)) * quoted, {
  { 'Martha Quill shrugged, saying "we will pay for it".', by = "Martha Quill", verb = "saying" },
  { none = 'Martha Quill was accused of saying "we will pay for it".' } })

-- A full stop before the closing mark ends the sentence, a comma leaves it open.
local closed = behind(w ". …" * mark) * -(lower + w ", ;")
local goes_on = quoted * -closed
local open_end = edge "sentence start" * quoted * -behind(w ". …" * mark) + quoted * (behind(w ", — – - ? !" * mark) + #w ",")
said("said-after", 60, open_end * #(opt(w ",") * speaks), {
  { '"We will pay for it," Martha Quill said.', named = "Martha Quill", verb = "said" },
  { none = '"We will pay for it." Martha Quill said so.' } })
said("said-after-inverted", 59, open_end * #(opt(w ",") * as("by", ann "inverted")), {
  { '"We will pay for it," said Mayor Martha Quill, smiling.', by = "said" },
  { none = '"We will pay for it." Said Martha Quill.' } })

local according = as("verb", a * o)
said("according-to", 50, behind(according * phrase * within_sentence(60)) * quoted, {
  { 'According to Martha Quill, the plan was "dead from the start".', named = "Martha Quill" },
  { none = 'According to Martha Quill, the plan was dead. It was "dead from the start".' } })
said("according-to-after", 49, goes_on * #(within_sentence(60) * according * phrase), {
  { 'The plan was "dead from the start", according to Martha Quill.', named = "Martha Quill" },
  { none = 'The plan was "dead from the start". According to Martha Quill, all is well.' } })

-- Lee shrugged, saying that the plan was "dead"
local near = lazy((quotation + inner - ann "says") ^ -30)
said("saying-near", 43, behind(as("named", ann "name") * as("verb", G) * near) * quoted, {
  { 'The debate went on, with Tom Pell saying that the plan was "dead from the start".', named = "Tom Pell", verb = "saying" },
  { none = 'With Tom Pell saying nothing. The plan was "dead from the start".' } })
said("saying-near-clause", 42, behind(as("by", speech) * within_sentence(30) * free * as("verb", G) * near) * quoted, {
  { 'Martha Quill told them of it, adding that the plan was "dead from the start".', by = "told", verb = "adding" },
  { none = 'Martha Quill told them of a sign saying that the plan was "dead from the start".' } })
said("saying-near-act", 41, by_act(within_sentence(30) * free * as("verb", G) * near) * quoted, {
  { 'Martha Quill shrugged, saying that the plan was "dead from the start".', by = "Martha Quill", verb = "saying" },
  { none = 'Martha Quill was accused of saying that the plan was "dead from the start".' } })
said("said-near", 40, behind(as("by", speech) * within_sentence(60)) * quoted, {
  { 'Martha Quill said the plan was "dead from the start".', by = "said" },
  { none = 'Martha Quill said so. The plan was "dead from the start".' } })
said("said-last", 30, goes_on * #(within_sentence(60) * w "," * speaks), {
  { 'The plan was "dead" from the start, Martha Quill said.', named = "Martha Quill" },
  { none = 'The plan was "dead" from the start. Martha Quill said so.' } })
said("attitude", 20, behind(as("by", ann "attitude") * gap(5, no_end + w ", ;")) * quoted, {
  { 'Martha Quill called the plan "dead".', by = "called" },
  { none = 'Martha Quill called, and the plan was "dead".' } })

rule { "quotation", label = "quoted", phase = 6, within = "paragraph", match = quotation,
  examples = { { 'He said "no".' }, { none = "He said no." } } }
-- "Asked about the dam, Lee replied:" and the words in a paragraph of their own.
rule { "announced", label = "announced", phase = 6, within = "paragraph",
  match = (behind(as("by", speech) * gap(60, ending)) + behind(as("by", ann "attitude" + ann "act") * gap(60, ending)))
    * w ":" * edge "paragraph end",
  examples = { { "Asked about the dam, Martha Quill replied:", by = "replied" }, { none = "Martha Quill replied." } } }

-- 5. Speech without marks ------------------------------------------------------------------------------------------

-- Lee said that the town would pay for it.      Lee said the town would pay for it.
local plain = any - (ending + quotation + w ";")
local clause_start = D + H + I + ann "name" + J + T
local direct = ann "speech" + ann "again"
local takes_clause = behind(w "said says say added adds argued argues claimed claims insisted warned conceded acknowledged denied")
rule { "reported-that", label = "reported", phase = 6,
  match = -inside "quotation" * as("by", direct) * gap(8, ending + quotation + ann "says" + w ", ;") * t
    * as("what", plain ^ { 4, 60 }) * #(ending + edge "sentence end"),
  examples = {
    { "Martha Quill told us on Monday that the town would pay for it.", by = "told", what = "the town would pay for it" },
    { none = 'Martha Quill said that the plan was "dead from the start".' } } }
rule { "reported-plain", label = "reported", phase = 6,
  match = -inside "quotation" * as("by", direct) * takes_clause * as("what", #clause_start * -t * plain ^ { 4, 60 }) * #(ending + edge "sentence end"),
  examples = {
    { "Martha Quill said the town would pay for it.", by = "said", what = "the town would pay for it" },
    { none = "Martha Quill tweeted a picture of her own dog." } } }
-- The town would pay for it, Lee said on Monday.
rule { "reported-last", label = "reported", phase = 6,
  match = edge "sentence start" * -(V1 + F1) * -w "asked" * as("what", plain ^ { 4, 60 }) * w "," * speaks * gap(6, quotation + w ",") * #(ending + edge "sentence end"),
  examples = {
    { "The town would pay for it, Martha Quill said on Monday.", what = "The town would pay for it", named = "Martha Quill" },
    { none = '"The town would pay for it," Martha Quill said on Monday.' } } }

for word in words.he_she:gmatch "%S+" do M.he_she[word] = true end
for word in (words.have .. words.be .. words.adverb):gmatch "%S+" do M.helps[word] = true end

-- 6. A page ---------------------------------------------------------------------------------------------------------

local DIRECT = set [[ colon colon-attitude colon-act said-before said-before-that saying-before saying-before-name saying-before-act
  said-after said-after-inverted ]]                      -- for the title of a book or a show, only these
local SAYING = set "saying-before saying-before-act saying-near-clause saying-near-act"
local AFTER = set "said-after said-after-inverted"
local BEFORE = set "said-before said-before-that"

--- Which captures hold the subject, by rule.
local SUBJECT = { ["act-named"] = { "named" }, ["act-renamed"] = { "named" }, ["saying-near"] = { "named" }, ["act-pronoun"] = { "pronoun" }, ["saying-before-name"] = { "named" },
  ["said-after"] = { "named", "pronoun", "two", "common" }, ["said-last"] = { "named", "pronoun", "two", "common" }, ["reported-last"] = { "named", "pronoun", "two", "common" },
  ["speech-inverted"] = { "named", "pronoun", "common" }, ["according-to"] = { "named", "pronoun", "common" },
  ["according-to-after"] = { "named", "pronoun", "common" } }
for _, label in ipairs { "speech", "attitude" } do
  for _, kind in ipairs { "named", "pronoun", "two", "common" } do SUBJECT[label .. "-" .. kind] = { kind } end
  for _, kind in ipairs { "of-place", "renamed", "relative" } do SUBJECT[label .. "-" .. kind] = { "named" } end
end

--- The subject in a match: its kind, its text, and where it speaks.
local function subject_of(m, at)
  if m.rule == "speech-again" then return subject_of(m:ann "clause", at) end
  for _, kind in ipairs(SUBJECT[m.rule]) do
    local text = m[kind]
    if text then return { kind = kind, text = text, at = at or m:bounds() } end
  end
end

--- Who speaks by a match of phase 6: the subject, and the verb as a word.
local function explain(m)
  local _, last = m:bounds()
  if m.rule:find "^according" then return subject_of(m, last), "according to" end
  if SUBJECT[m.rule] then return subject_of(m, last), m.verb:match "%S+$" end
  local clause = m:ann "by"
  local subject = subject_of(clause)
  if SAYING[m.rule] then return subject, m.verb end
  if not clause.rule:find "^act" then return subject, clause.text:match "%S+$" end
  for token in clause.span:after(4):tokens() do          -- an act: the verb is what follows
    if token.kind == "word" and not M.helps[token.fold] then return subject, token.text end
  end
  return subject
end

local ENDS = { [","] = "comma", ["—"] = "comma", ["–"] = "comma", ["-"] = "comma", ["?"] = "ask", ["!"] = "ask",
               ["."] = "stop", ["…"] = "stop" }
local CLOSING = set "\" ” » › ’ ' “"
local CHARACTER = utf8.charpattern .. "$"
local space, word = "[%s\xC2\xA0]", "[%w\x80-\xFF]"
local gap = "[^%w\x80-\xFF]+"
local FOUR_WORDS = ("^" .. gap:gsub("%+$", "*") .. word .. "+" .. gap .. word .. "+" .. gap .. word .. "+" .. gap .. word)

--- A quotation with what tells a statement from a few borrowed words.
local function read_quotation(page, m)
  local first, last = m:bounds()
  local q = { match = m, first = first, last = last }
  local text = m.text
  local from = #text:match("^" .. utf8.charpattern) + 1
  local upto, closing = #text, text:match(CHARACTER)
  if CLOSING[closing] and upto - #closing >= from then upto = upto - #closing end
  from = text:find("[^%s]", from)
  text = text:sub(from, upto):gsub("%s+$", "")
  q.inner = page:span(first + from - 1, first + from + #text - 2)
  q.ending = ENDS[text:match(CHARACTER)] or "none"
  local statement = q.ending == "stop" or q.ending == "ask"
  q.begins_small = text:find "^%l" ~= nil
  q.fragment = not (statement and not q.begins_small) and (q.begins_small or not text:find(FOUR_WORDS))
  q.is_title = not statement and text:find(word .. gap .. word) and not text:find("%f" .. word .. "%l" .. word .. word .. word)
  return q
end

--- The state of a page while its quotations are walked over.
local function new_page(page)
  local x = { page = page, text = page.text, people = {}, first = {}, last = {}, name = {}, next_name = 1, said = {}, announced = {} }
  for m in page:anns "name" do
    local i = #x.first + 1
    x.first[i], x.last[i] = m:bounds()
    x.name[i] = m.text
  end
  for m in page:anns "said" do x.said[m:bounds()] = m end
  for m in page:anns "announced" do x.announced[m.span.paragraph.first] = m end
  return x
end

--- Remember the names up to the end of a paragraph; x.first_name is its first one.
local function read_names(x, paragraph)
  local first, last = paragraph.first, paragraph.last
  x.first_name = nil
  while x.first[x.next_name] and x.first[x.next_name] <= last do
    local at = x.first[x.next_name]
    if at >= first then x.first_name = x.first_name or at end
    names.remember(x.people, x.name[x.next_name])
    x.next_name = x.next_name + 1
  end
end

--- The persons that were subjects, in order; made when a pronoun asks for one.
local function subjects(x)
  if x.subjects then return x.subjects end
  x.subjects = {}
  for _, label in ipairs { "speech", "attitude", "act" } do
    for m in x.page:anns(label) do
      local subject = subject_of(m)
      if subject.kind == "named" then x.subjects[#x.subjects + 1] = subject end
    end
  end
  table.sort(x.subjects, function(one, other) return one.at < other.at end)
  return x.subjects
end

--- Whom "he" can mean: the last person that was a subject before it in the paragraph; where the paragraph has named
--- nobody yet, the speaker of the quotation before.
local function antecedent(x, pronoun, paragraph, before)
  local all = subjects(x)
  for i = #all, 1, -1 do
    local subject = all[i]
    if subject.at < paragraph.first then break end
    if subject.at < pronoun.at then
      local full = names.fullest(x.people, subject.text)
      if names.is_person(full) and names.may_mean(full, pronoun.text) then return full end
    end
  end
  if x.first_name and x.first_name <= pronoun.at then return nil end
  local speaker = before and before.speaker
  return speaker and names.may_mean(speaker, pronoun.text) and speaker or nil
end

--- A subject as a full name, where it is one, and as written.
local function speaker_of(x, subject, paragraph, before)
  local full
  if subject.kind == "named" then
    full = names.fullest(x.people, subject.text)
    names.introduce(x.people, full)
  elseif subject.kind == "pronoun" and M.he_she[subject.text:lower()] then
    full = antecedent(x, subject, paragraph, before)
  end
  return full, subject.text
end

--- Whether somebody is named between two places, in a sentence that begins there.
local function names_in_between(x, stop, last)
  for i = x.next_name - 1, 1, -1 do
    if x.first[i] < stop then return false end
    if x.last[i] <= last then return true end
  end
  return false
end

--- A quotation that no rule explains goes on with the speaker before it, where nobody else is named in between.  A
--- paragraph that ends with a colon announces the next one.
local function goes_on(x, q, here, previous, paragraph)
  if q.fragment then return nil end
  if here then
    local between = x.text:sub(here.last + 1, q.first - 1)
    local starts = between:find "[.?!][%s\xC2\xA0]*$" or not between:find "%S"
    if not starts then return nil end
    local after = x.text:find("%S", here.last + 1)
    return not names_in_between(x, x.page:span(after, after).sentence.last, q.first) and here
  end
  return q.first == paragraph.first and previous and (previous.announces or not x.first_name) and previous
end

--- Few words, or a small letter first, and yet no borrowed words: '"We will pay," said Lee, "but not today."'
local function is_whole(x, q, here, rule_name)
  if AFTER[rule_name] then return q.ending == "comma" and not q.begins_small end
  return BEFORE[rule_name] and here and here.ending == "comma" and not x.text:sub(here.last + 1, q.first - 1):find "[.?!]%s"
end

local function attribute(x, q, here, previous, paragraph)
  local record = { type = "quote", span = q.inner, how = "unknown", fragment = q.fragment or nil }
  local m = x.said[q.first]
  if m and q.is_title and not DIRECT[m.rule] then m = nil end
  local subject, verb
  if m then subject, verb = explain(m) end
  if subject then
    if is_whole(x, q, here, m.rule) then record.fragment = nil end
    record.how, record.rule, record.verb = subject.kind == "pronoun" and "pronoun" or "named", m, verb
    record.speaker, record.speaker_text = speaker_of(x, subject, paragraph, here or previous)
    return record
  end
  local before = goes_on(x, q, here, previous, paragraph)
  if before and before.speaker_text then
    record.how, record.rule = "inherited", "follow-on"
    record.speaker, record.speaker_text = before.speaker, before.speaker_text
  end
  return record
end

--- What a paragraph leaves to the next one: who was announced in it, else its last quotation.
local function hand_on(x, here, previous, paragraph)
  local announced = x.announced[paragraph.first]
  if not announced then return here end
  read_names(x, paragraph)
  local subject = subject_of(announced:ann "by")
  local speaker, written = speaker_of(x, subject, paragraph, here or previous)
  return { speaker = speaker, speaker_text = written, announces = true }
end

--- Why a record has the speaker it has, or none, in words.
--- @param record table   of `quotations`
--- @return string
function M.reason(record)
  if record.rule and record.rule ~= "follow-on" then
    return ('its sentence says who: rule %s, "%s"'):format(record.rule.rule, record.verb or "")
  end
  local own = "a speaker is looked for in the quotation's own sentence and paragraph: whom a later one names is not asked"
  if record.how == "unknown" then
    return "no clause of speech is around it, and it does not go on a quotation whose speaker is known; " .. own
  end
  return ("its sentence has no clause of speech, so it goes on the quotation of %s before it; %s"):format(
    record.speaker or record.speaker_text, own)
end

local function attribute_statement(x, m, paragraph, before)
  local subject, verb = explain(m)
  if not subject then return nil end
  local what = m:cap "what".span
  local record = { type = "statement", span = what, how = subject.kind == "pronoun" and "pronoun" or "named", rule = m, verb = verb }
  record.speaker, record.speaker_text = speaker_of(x, subject, paragraph, before)
  return record
end

--- What stands on the page, in order: quotations { q = }, statements { m = }, each with its first byte.
local function things_on(page)
  local all = {}
  for m in page:anns "quoted" do
    local q = read_quotation(page, m)
    all[#all + 1] = { first = q.first, q = q, span = q.inner }
  end
  for m in page:anns "reported" do all[#all + 1] = { first = m:bounds(), m = m, span = m.span } end
  table.sort(all, function(one, other) return one.first < other.first end)
  return all
end

--- The quotations of a page as records, and what was reported without marks, in order.
--- @param page lode.Page
--- @return table[] records   { type = "quote" or "statement", span, how, speaker, speaker_text, verb, rule, fragment }
function M.quotations(page)
  local records, previous, here, paragraph = {}, nil, nil, nil
  local all = things_on(page)
  if #all == 0 then return records end
  local x = new_page(page)
  for _, thing in ipairs(all) do
    local own = thing.span.paragraph
    if not paragraph or own.first ~= paragraph.first then
      local before = paragraph
      if before then previous, here = hand_on(x, here, previous, before), nil end
      -- a paragraph without any stands in between
      local neighbour = own:prev()
      if neighbour and (not before or neighbour.first ~= before.first) then previous = hand_on(x, nil, nil, neighbour) end
      paragraph = own
      read_names(x, own)
    end
    local q = thing.q
    if q then
      local record = attribute(x, q, here, previous, paragraph)
      records[#records + 1] = record
      here = { speaker = record.speaker, speaker_text = record.speaker_text, inner = q.inner, last = q.last, ending = q.ending }
    else
      records[#records + 1] = attribute_statement(x, thing.m, paragraph, here or previous)
    end
  end
  return records
end

return M
