--- Who said what: every quotation of a page, with its speaker and verb where the text gives them.
---
---     lode run scripts/quotes.lua pages/
---
--- A paragraph is read as a string with one letter for each token (N a word of a name, V a verb of speech, Q a whole
--- quotation; all letters in lua/lode/news/letters.lua), and the rules are LPeg patterns over that string.  To bend it:
--- add words to the lists in lua/lode/news, change a pattern of part 1, add a rule to part 2.
--- `how` says how the speaker was found:
---   named      the sentence names the speaker          pronoun  "he said"; a speaker only where one person is meant
---   inherited  the quotation before it goes on         unknown  nobody was found: an answer, better than a guess
local lode = require "lode"
local lpeg = require "lpeg"
local letters = require "lode.news.letters"
local names = require "lode.news.names"
local verbs = require "lode.news.verbs"
local P, S, Cc, Cg, Cp, Ct = lpeg.P, lpeg.S, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
local set = letters.set

lode.columns { "page", "line", "speaker", "speaker_text", "verb", "how", "text" }

-- 1. Patterns over the letters --------------------------------------------------------------------------------------

local name = P "N" * (P "k" ^ -2 * P "h" ^ -1 * P "N") ^ 0
local lump = S "NJTwnh'"                                     -- may stand before the name inside one noun phrase
local paren = (P "(" * (1 - S ")EQSPq") ^ -8 * ")") ^ -1
local function who(kind, pattern) return Cg(Cc(kind), "kind") * Cg(Cp(), "from") * pattern * Cg(Cp(), "upto") end
local function verb(letter) return Cg(Cp(), "verb") * letter end

-- "said", "has also said"; "is saying", "was quoted as saying"; "went on to say"
local function verb_group(finite, participle)
  return S "Ab" ^ 0 * verb(finite) + S "AbB" ^ 1 * (P "u" * "s") ^ -1 * verb(participle)
       + P "g" * S "pbs" ^ 0 * "o" * verb(finite)
end

-- A subject and its verb, and what may stand between: "Ann Lee (D), head of the office, who was there, later said"
local function until_verb(said)
  local aside = P "," * #(S "DTwnRpJbA" + name * S "h'") * (1 - P "," * said - S "E;QSPq") ^ -28 * ","
  return paren * (aside * said + (P "," * "R") ^ -1 * said)
end
local function subject_of(said)
  local rest = until_verb(said)
  local place = (P "p" * P "D" ^ -1 * S "NJTw" ^ 1) ^ -2                        -- "Ann Lee of the Water Board"
  local named = (P "D" + lump - name * rest) ^ -9 * who("named", name) * rest
              + P "T" ^ 0 * who("named", #(P "N" * S "Nkh" + lpeg.B "T") * name) * place * rest
  local two = who("plural", P "T" ^ 0 * name * "c" * P "T" ^ 0 * name) * said
  local thing = #S "DNJTw" * (S "DNJTwnh'pk" + P "c" * #S "JTw" - rest) ^ -14
  local renamed = thing * "," * P "T" ^ 0 * who("named", name) * "," * said     -- "the mayor, Ann Lee, said"
  return who("pronoun", S "HI") * said + two + named + renamed, who("common", thing) * rest
end
local function clause(finite, participle)
  local named, common = subject_of(verb_group(finite, participle))
  return Ct(named + common)
end
local speech, attitude = clause("V", "G"), clause("F", "f")

-- Any subject with any verb, for what hangs on it later: "Lee went further, saying: ..."
local does = Cg(Cp(), "verb") * #S "wABFfVGbXg"
local subject = Ct((subject_of(does)))
-- "with Ann Lee, who said": no subject of the sentence, but one of its own verb
local function relative(finite, participle)
  return Ct(P "T" ^ 0 * who("named", name) * paren * "," * "R" * verb_group(finite, participle))
end
local speech_relative, attitude_relative = relative("V", "G"), relative("F", "f")

-- A noun phrase after "said" or "according to"
local phrase = Ct((P "D" + lump - name * -S "NJTwnh'k") ^ -9 * (P "'" * S "NJTwh" ^ 1) ^ 0 * who("named", name))
             + Ct(who("pronoun", S "HI"))
             + Ct(P "T" ^ 0 * who("named", name))
             + Ct(who("common", #S "DJTwn" * S "DNJTwnh'" ^ 1 * (P "p" * S "DNJTwnh'" ^ 1) ^ -2))

local BOUNDARY = set "E , ; : s c - R t ( ) d b V F G f Q S P q g X o a"     -- may stand before a subject
local QUOTE = set "Q S P q"

--- The subjects with their verbs: clauses[i] is the one whose verb is item i; `strength` is 3 for speech, 2 for an
--- attitude, 1 for any other verb; `subordinate` where a "that" or "while" stands before it.
local function clauses_of(code)
  local clauses = {}
  local function try(pattern, i, strength)
    local m = pattern:match(code, i)
    local rival = m and clauses[m.verb]
    if not m or rival and rival.strength >= strength then return end
    m.strength, m.first, m.subordinate = strength, i, i > 1 and code:find("^[stR]", i - 1) ~= nil
    clauses[m.verb] = m
  end
  for i = 1, #code do
    local before = i > 1 and code:sub(i - 1, i - 1) or "E"
    if BOUNDARY[before] or code:sub(i, i) == "H" then
      try(subject, i, 1)
      try(attitude, i, 2)
      try(speech, i, 3)
    elseif before == "p" then
      try(attitude_relative, i, 2)
      try(speech_relative, i, 3)
    end
  end
  local last, told                                           -- told: the last clause of speech
  for i = 1, #code do
    local letter, before = code:sub(i, i), code:sub(math.max(1, i - 4), i - 1)
    if letter == "E" then
      last, told = nil, nil
    elseif (letter == "V" or letter == "F") and last and not clauses[i] and before:find "cb*$" then
      local m = told or last                                 -- "Lee welcomed the offer but said"
      clauses[i] = { kind = m.kind, from = m.from, upto = m.upto, strength = letter == "V" and 3 or 2 }
    end
    last = clauses[i] or last
    if last and last.strength == 3 then told = last end
  end
  return clauses
end

-- 2. Rules: the first that finds a clause wins ----------------------------------------------------------------------
-- x: items, code, clauses of the paragraph; from, upto: the sentence; i: the quotation.  Each returns clause, verb.

local by = set "by in while after before despite without when"           -- "by saying"
local paper = set "statement letter email tweet memo message post note speech interview release"  -- "a letter saying"
local transitive = set(verbs.transitive)

local RULES = {}
local function rule(rule_name, find) RULES[#RULES + 1] = { name = rule_name, find = find } end

--- The last clause of the sentence before `at`, of that strength or more, and its verb.
local function clause_before(x, at, strength)
  for v = at - 1, x.from, -1 do
    local m = x.clauses[v]
    if m and m.strength >= strength then return m, v end
  end
end

--- The first clause of the sentence that hangs on no other.
local function main_clause(x, at)
  for v = x.from, at - 1 do
    local m = x.clauses[v]
    if m and not m.subordinate then return m end
  end
end

--- Who is saying in "Lee shrugged, saying", "in a statement saying", "with the spokesman, Lee, saying".
local function participle(x, g)
  local before, word = x.code:sub(g - 1, g - 1), x.items[g - 1]
  if before == "N" then
    return { kind = "named", from = g - #x.code:sub(math.max(1, g - 8), g - 1):match "N[Nkh]*$", upto = g }
  elseif before == "p" and not by[word.fold] or before == "w" and not paper[word.fold] then
    return nil                                               -- "accused of saying", "a sign saying"
  end
  return clause_before(x, g, 3) or main_clause(x, g) or clause_before(x, g, 1)
end

rule("colon", function(x, i)                                 -- Lee went further, floating a new date: "..."
  if x.code:sub(i - 1, i - 1) ~= ":" then return end
  local m, v = clause_before(x, i, 1)
  if m and m.strength == 1 and i - v > 3 then
    local stronger, its_verb = clause_before(x, i, 2)
    if stronger then m, v = stronger, its_verb end
  end
  local other_name = m and m.upto < i - 1 and x.code:sub(i - 2, i - 2) == "N"
  if other_name and m.strength < 3 then return end           -- he quotes Ann Lee: "..."
  return m, v
end)

rule("said-before", function(x, i)                           -- Lee said, "..."      Lee told us on Monday that "..."
  local m, v = clause_before(x, i, 3)
  local between = m and x.code:sub(v + 1, i - 1)
  if m and (between:find "^,?$" or between:find "[,t]$" and not between:find "[VGFf;]") then return m, v end
end)

rule("saying-before", function(x, i)                         -- Lee shrugged, saying "..."
  local g = x.code:find("^[Gf]", i - 1) and i - 1 or x.code:find("^[Gf][,t]", i - 2) and i - 2
  if g and g > x.from then return participle(x, g), g end
end)

rule("said-after", function(x, i)                            -- "...," Lee said.      "...," said Lee, adding
  local ending, at = x.code:sub(i, i), x.code:match("^,?()", i + 1)
  if ending == "P" or ending == "q" and at == i + 1 and i > x.from then return end
  local m = speech:match(x.code, at)
  if m then return m, m.verb end
  local said, after = x.code:match("^b*()Vb*()", at)
  if not said or transitive[letters.base[x.items[said].fold]] then return end
  m = phrase:match(x.code, after)
  if not m then return end
  m.strength = 3
  x.clauses[said] = m                                        -- for what follows: "...," said Lee, "..."
  return m, said
end)

rule("according-to", function(x, i)                          -- According to Lee, "..."
  local at = x.code:sub(x.from, x.upto):find("ao", 1, true)
  local m = at and phrase:match(x.code, x.from + at + 1)
  return m, m and x.from + at - 1
end)

rule("said-near", function(x, i)                             -- Lee said that the plan was "..."
  local m, v = clause_before(x, i, 3)
  local g = x.code:sub(x.from, i - 1):match ".*()G"
  if g and (not m or x.from + g - 1 > v) then return participle(x, x.from + g - 1), x.from + g - 1 end
  return m, v
end)

rule("said-last", function(x, i)                             -- The plan was "..." from the start, Lee said.
  for v = i + 1, x.upto do
    local m = x.clauses[v]
    if m and m.strength == 3 and m.first and m.first > i and x.code:sub(m.first - 1, m.first - 1) == "," then
      return m, v
    end
  end
end)

rule("attitude", function(x, i)                              -- Lee called the plan "..."
  local m, v = clause_before(x, i, 2)
  if m and i - v <= 6 and not x.code:sub(v, i - 1):find "[,;]" then return m, v end
end)

local DIRECT = set "colon said-before saying-before said-after"    -- for a title of a book or a show, only these

local function find_speaker(x, i)
  for _, r in ipairs(RULES) do
    if DIRECT[r.name] or not x.items[i].is_title then
      local m, v = r.find(x, i)
      if m then return m, v, r.name end
    end
  end
end

-- 3. A page ---------------------------------------------------------------------------------------------------------

local FAR = 200          -- tokens: no sentence is longer, but a page without full stops is

local function text_of(x, m) return x.page:span(x.items[m.from].first, x.items[m.upto - 1].last).text end

--- Whom "he" at m can mean: the last person that was a subject before it in the paragraph; where the paragraph
--- has named nobody yet, the speaker of the quotation before.
local function antecedent(x, m, before)
  for v = m.from - 1, math.max(1, m.from - FAR), -1 do
    local c = x.clauses[v]
    if c and c.kind == "named" then
      local full = names.fullest(x.people, text_of(x, c))
      if names.is_person(full) then return full end
    end
  end
  if not x.first_name or x.first_name > m.from then return before and before.speaker end
end

--- A clause's speaker as a full name, where it is one, and as written.
local function speaker_of(x, m, before)
  local written, full = text_of(x, m), nil
  if m.kind == "named" then
    full = names.fullest(x.people, written)
    names.introduce(x.people, full)
  elseif x.code:sub(m.from, m.from) == "H" then
    full = antecedent(x, m, before)
  end
  return full, written
end

--- A quotation that no rule explains goes on with the speaker before it, where nobody else is named in between.
--- A paragraph that ends with a colon announces the next one.
local function goes_on(x, i, here, previous)
  if x.items[i].fragment then return nil end
  if here then
    local starts = x.code:sub(i - 1, i - 1):find "[EQSPq]"
    return starts and not x.code:sub(here.at + 1, i - 1):find "E.*N" and here
  end
  return i == 1 and previous and (previous.announces or not x.first_name) and previous
end

--- Few words, or a small letter first, and yet no borrowed words: '"We will pay," said Lee, "but not today."'
local function is_whole(x, i, here, rule_name)
  if rule_name == "said-after" then return x.code:sub(i, i) == "Q" and not x.items[i].begins_small end
  return rule_name == "said-before" and here and here.at >= x.from and x.code:sub(here.at, here.at) == "Q"
end

local function attribute(x, i, here, previous)
  local q = x.items[i]
  local record = { type = "quote", span = x.page:span(q.first, q.last), how = "unknown" }
  if q.fragment then record.fragment = true end
  local m, v, rule_name = find_speaker(x, i)
  local before = not m and goes_on(x, i, here, previous)
  if m then
    if is_whole(x, i, here, rule_name) then record.fragment = nil end
    record.how, record.rule = m.kind == "pronoun" and "pronoun" or "named", rule_name
    record.verb = x.code:sub(v, v) == "a" and "according to" or x.items[v].text
    record.speaker, record.speaker_text = speaker_of(x, m, here or previous)
  elseif before and before.speaker_text then
    record.how, record.rule = "inherited", "follow-on"
    record.speaker, record.speaker_text = before.speaker, before.speaker_text
  end
  return record
end

--- Where the sentence around item i begins and ends.
local function sentence_around(code, i)
  local from, upto = i, math.min(code:find("E", i + 1, true) or #code, i + FAR)
  while from > 1 and i - from < FAR and code:sub(from - 1, from - 1) ~= "E" do from = from - 1 end
  return from, upto
end

--- "Asked about the dam, Lee replied:" and the words in a paragraph of their own.
local function announced(x, before)
  local last = #x.code
  x.clauses, x.from = x.clauses or clauses_of(x.code), sentence_around(x.code, last)
  local m = clause_before(x, last, 2) or clause_before(x, last, 1)
  if not m then return nil end
  local speaker, written = speaker_of(x, m, before)
  return { speaker = speaker, speaker_text = written, announces = true }
end

lode.page(function(page)
  if not page.text:find '["“«„‘\']' then return end
  local people, previous = {}, nil                           -- previous: the last quotation of the paragraph before
  for paragraph in page:paragraphs() do
    local items, code = letters.read(paragraph)
    local x = { page = page, people = people, items = items, code = code, first_name = code:find("N", 1, true) }
    for from, upto in code:gmatch "()N[Nkh]*()" do names.remember(people, text_of(x, { from = from, upto = upto })) end
    local here
    for i = 1, #code do
      if QUOTE[code:sub(i, i)] then
        x.clauses = x.clauses or clauses_of(code)
        x.from, x.upto = sentence_around(code, i)
        local record = attribute(x, i, here, previous)
        page:emit(record)
        lode.why(record.span, function()                     -- for lode why; else nothing
          if record.rule ~= "follow-on" and record.how ~= "unknown" then
            return ('its sentence says who: rule %s, "%s"'):format(record.rule, record.verb)
          end
          local own = "a speaker is looked for in the quotation's own sentence and paragraph: whom a later one names is not asked"
          if record.how == "unknown" then
            return "no clause of speech is around it, and it does not go on a quotation whose speaker is known; " .. own
          end
          return ("its sentence has no clause of speech, so it goes on the quotation of %s before it; %s"):format(record.speaker or record.speaker_text, own)
        end)
        here = { at = i, speaker = record.speaker, speaker_text = record.speaker_text }
      end
    end
    previous = code:sub(-1) == ":" and announced(x, here or previous) or here
  end
end)
