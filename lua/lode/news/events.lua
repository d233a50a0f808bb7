--- Events as frames: who met whom, who visited where, who put sanctions on whom; planned, held or denied; where, when, on
--- what condition and according to whom.
---
---     local events = require "lode.news.events"
---     events.frame { "visit", verbs = "visit visits visited", nouns = "visit trip", links = "to", roles = { "visitor", "host" } }
---     for _, event in ipairs(events.find(p)) do ... event.type, event.visitor, event.status, event.span ... end
---
--- A frame makes rules: phases 5 and 6 find parties (persons, "the leaders of X and Y", states, organisations), phase 7 puts them around
--- the words of the frame.  What else a sentence says of the event (status, place, date, topic, condition, source) is
--- read by `find`.  The words are in en/eventwords.lua.  frames.lua has the frames that come with lode.
local _ENV = require "lode".env
local lode = require "lode"
local dates = require "lode.news.dates"
local people = require "lode.news.people"
local places = require "lode.news.places"
local verbs = require "lode.news.verbs"
local words = require "lode.news.en.eventwords"

local M = {}

local function set_of(...)
  local set = {}
  for _, list in ipairs { ... } do
    for word in list:gmatch "[^%s;]+" do set[word] = true end
  end
  return set
end

-- 1. Parties -----------------------------------------------------------------------------------------------------------

local nation = ann "place" + ann "nationality" + W "US U.S. UK U.K. EU"
local heads, group = w(words.heads), w(words.group)
local nations = all("nation", nation) * (opt "," * opt(w "and") * opt "the" * all("nation", nation)) ^ { 0, 4 }

-- States that no list knows: "the presidents of Velmora and Tassia", "Velmora's president".
local unknown = cap - (ann "person" + ann "org" + w(words.group) + w(words.heads))
local any_nations = all("nation", nation + unknown) * (opt "," * opt(w "and") * opt "the" * all("nation", nation + unknown)) ^ { 0, 4 }

rule { "group.heads-of", label = "group", phase = 5, match = opt "the" * opt(w "two three both") * heads * "of" * opt(w "the both") * any_nations,
  examples = { { "the leaders of Kenya and Norway met", nation = { "Kenya", "Norway" } }, { none = "the leaders of the party met" } } }
rule { "group.heads", label = "group", phase = 5, match = (opt "the" * nations + all("nation", nation + unknown) * "'s") * (heads & lower) * -ann "person",
  examples = { { "the Kenyan and Norwegian presidents met", nation = { "Kenyan", "Norwegian" } }, { "the Kenyan leader left", nation = { "Kenyan" } },
    { none = "the old presidents met" } } }
rule { "group.those", label = "group", phase = 5,
  match = as("group", opt "the" * opt(group * "of" * opt "the") * w "two both three" * opt(w "world") * group + opt "the" * w "pair two" * #w "will would have had met meet agreed are were"),
  examples = { { "the leaders of the two nations met", group = "the leaders of the two nations" }, { "Both sides agreed", group = "Both sides" },
    { none = "the leaders met" } } }

rule { "party.group", label = "party", phase = 6, match = ann "group",
  examples = { { "the Kenyan leader left" }, { none = "the leader left" } } }
rule { "party.person", label = "party", phase = 6, match = as("person", ann "person"),
  examples = { { "Then Martha Quill left.", person = "Martha Quill" }, { none = "Then they left." } } }
rule { "party.mention", label = "party", phase = 6, match = as("mention", ann "mention"),
  examples = { { "Then he left.", mention = "he" }, { none = "Then they left." } } }
local states = ann "place" + ann "government" + W "US U.S. UK U.K. EU" - ann "org"
local past = test(function(_, fold) return #fold > 4 and fold:find "ed$" ~= nil end)
local does = past + w [[ imposes plans wants hopes agrees bought sold met won and or will would has had have is was are were may can could should said says agreed met to in on at by wants denied
  refused proposed , . ; : ]]
rule { "party.state", label = "party", phase = 6, priority = -1, match = as("state", states) * -((lower + cap) - does),
  examples = { { "Norway has left the talks.", state = "Norway" }, { none = "The town left the talks." } } }
rule { "party.body", label = "party", phase = 6, priority = -2, match = as("body", ann "org"),
  examples = { { "The Orla Water Board agreed.", body = "Orla Water Board" }, { none = "A board agreed." } } }

local hard = w [[ , ; : . ? ! who which that said told says whether if but ]]
local party = ann "party"
local holds = w(words.holds)
local function soft(n) return gap(n, hard + party) end
-- Titles may stand before a name of a list, but no preposition: "and seven leaders at the White House" ends it.
local function lead(n) return gap(n, hard + party + w "in at on from for to by about") end
local joint = opt "," * w "and & plus alongside with" * lead(5) + "," * lead(4)
local who = all("who", party)
local joined = who * (joint * who) ^ { 0, 5 }
local several = who * (joint * who) ^ { 1, 5 } + all("who", ann "group")

-- 2. Frames ------------------------------------------------------------------------------------------------------------

local frames = {}

--- "a b c" or { kind = "a b", other = "c" }: the words, and which kind each is.
local function words_of(given)
  local list, kinds = {}, {}
  if type(given) == "string" then given = { [false] = given } end
  for kind, text in pairs(given or {}) do
    for word in text:gmatch "%S+" do
      list[#list + 1] = word
      kinds[word] = kind or nil
    end
  end
  return list, kinds
end

--- One of the words; those that are cut ("face-to-face") as phrases.
local function pattern_of(list)
  local single, long = {}, nil
  for _, word in ipairs(list) do
    if #lode.tokens(word) == 1 then single[#single + 1] = word
    else
      local phrase
      for _, token in ipairs(lode.tokens(word)) do phrase = phrase and phrase * w { token.fold } or w { token.fold } end
      long = long and long + phrase or phrase
    end
  end
  return long and w(single) + long or w(single)
end

--- Define a kind of event.
---   nouns, verbs   the words, all forms; or a table kind = words.  A verb in the past says that it was held
---   roles          { "participants" } for events that are the same for all who take part, else { actor, target }
---   links          prepositions between noun and target ("to", "on against")
---   past           the forms of verbs that say that it has happened
---   needs          how many parties a record must have (default 2; 1 where roles are two)
---   matter         true: the target is not a party but what is spoken of ("voted on the budget")
---   bodies         true: only states and organisations act ("the council voted")
---   cues           more cues of this frame, in the form of en/eventwords.lua
---   examples       by form ("between", "verb", ...): lists of examples, run by `lode test`
--- @param options table
function M.frame(options)
  local label = options[1]
  local nouns, noun_kinds = words_of(options.nouns)
  local verb_list, verb_kinds = words_of(options.verbs)
  local frame = { label = label, roles = options.roles or { "participants" }, kinds = {}, past = set_of(options.past or ""), cues = options.cues,
    bodies = options.bodies }
  frame.shared = #frame.roles == 1
  frame.needs = options.needs or frame.shared and 2 or 1
  for word, kind in pairs(noun_kinds) do frame.kinds[word] = kind end
  for word, kind in pairs(verb_kinds) do frame.kinds[word] = kind end
  frames[label], frames[#frames + 1] = frame, frame

  local examples = options.examples or {}
  local function form(name, match)
    rule { label .. "." .. name, label = label, phase = 7, match = match, examples = examples[name] }
  end
  local noun = #nouns > 0 and as("noun", pattern_of(nouns)) or nil
  local verb = #verb_list > 0 and as("verb", pattern_of(verb_list)) or nil
  local link = options.links and w(options.links)
  if frame.shared then
    form("between", noun * gap(4, hard) * w "between among" * lead(5) * joined)
    form("with", opt(all("by", party) * (joint * all("by", party)) ^ { 0, 3 } * soft(9)) * noun * soft(4) * "with" * lead(5) * joined)
    form("of", noun * "of" * soft(3) * several)
    form("pair", as("pair", cap * (glued * "-" * glued * cap) ^ { 1, 2 }) * gap(2, hard + party) * noun)
    form("hold", several * opt "," * soft(4) * holds * soft(6) * noun)
    form("which", noun * gap(8, w "; : . ? !") * w "during in at" * "which" * soft(6) * joined)
    form("again", w "the that this such another any a an" * opt "a" * (lower - hard - w "'s of for to in on and at with by from") ^ -3 * noun)
    if verb then
      form("verb", opt(joined * soft(7)) * verb * opt "with" * lead(6) * joined)
      form("both", several * opt "," * soft(10) * verb)
    end
    return
  end
  local actor, target = as("actor", party), as("target", party)
  if options.matter then
    local ends = hard + w "in on by after before" + party
    local matter = as("target", -ends * any * upto(9, ends))
    form("matter", actor * soft(7) * verb * opt(link) * matter)
    return
  end
  if verb then
    form("active", actor * soft(7) * verb * -w "by on against to of at in for" * soft(5) * target)
    form("passive", target * soft(5) * w "was were been be being is are" * soft(3) * verb * soft(4) * "by" * soft(4) * actor)
  end
  if link and #nouns > 0 then
    form("noun", actor * soft(8) * noun * soft(4) * link * soft(4) * target)
    form("bare", noun * soft(4) * link * soft(4) * target)
  end
end

-- 3. What a sentence says of an event ------------------------------------------------------------------------------------

local heads_role, brokers = set_of(words.head_roles), set_of(words.broker)
local speech = set_of(verbs.speech)
for word in pairs(set_of "charge claim comment post report state text note object reason snap tweet repeat counter suggest suggested stress") do speech[word] = nil end
for word in pairs(speech) do
  if word:find "ing$" then speech[word] = nil end
end

--- The cues by their first word: each { status, rank, reach, words, where, condition }.
local function index_cues(lists)
  local index = {}
  local function add(cue, text, where)
    for phrase in (text or ""):gmatch "[^/\n]+" do
      local parts = {}
      for word in phrase:gmatch "%S+" do parts[#parts + 1] = word end
      if #parts > 0 then
        local list = index[parts[1]] or {}
        index[parts[1]] = list
        table.insert(list, cue[1] == "pseudo" and 1 or #list + 1, { status = cue[1], rank = cue.rank, reach = cue.reach, condition = cue.condition, words = parts, where = where })
      end
    end
  end
  for _, list in ipairs(lists) do
    for _, cue in ipairs(list) do
      add(cue, cue.before, "before")
      add(cue, cue.after, "after")
      add(cue, cue.around, "around")
    end
  end
  return index
end
local SETTING = set_of(words.setting)
local pseudo = { { "pseudo", rank = 0, reach = 0, around = words.pseudo } }
local shared_cues = index_cues { words.cues, pseudo }

local BARRIERS = set_of "; but while although though however"

-- With a capital these are a month and a name.
local CAPITAL = { May = "May", Will = "Will" }

--- A sentence as lists: fold[i] of token first + i - 1, says[i] where it is a verb of speech.
local function read_sentence(p, sentence)
  local s = { fold = {}, says = {}, first = sentence.tokens[1].index, span = sentence }
  s.count = #sentence.tokens
  for i = 1, s.count do
    local token = p.tokens[s.first + i - 1]
    s.fold[i] = i > 1 and CAPITAL[token.text] or token.fold
    s.says[i] = speech[token.fold] and token.text:find "^%l" ~= nil and (s.fold[i - 1] ~= "was" and s.fold[i - 1] ~= "were" and s.fold[i - 1] ~= "is" or nil)
  end
  return s
end

local function phrase_at(s, words_of_cue, at)
  for k = 2, #words_of_cue do
    if s.fold[at + k - 1] ~= words_of_cue[k] then return false end
  end
  return true
end

--- Status, and the cue that says so, of an event: its word is token `at`, its match tokens `first` to `last` of the sentence.
local function status_of(s, at, first, last, frame, is_verb, again)
  local best, skip_to, barrier, will = nil, 0, { [0] = 0 }, false
  for i = 1, s.count do
    barrier[i] = barrier[i - 1] + (BARRIERS[s.fold[i]] and 1 or 0)
    will = will or s.fold[i] == "will" or s.fold[i] == "'ll"                -- "after the talks we will see"
  end
  local front = s.fold[first - 1] == "the" and first - 2 or s.fold[at - 1] == "the" and at - 2 or first - 1
  if not is_verb and not will and s.fold[first] ~= "that" and s.fold[first] ~= "this" and (SETTING[s.fold[front]] or not again and front == at - 2 and (s.fold[front] == "in" or s.fold[front] == "at")) then return "held", { cue = {}, first = front, last = front } end
  for i = 1, s.count do
    local taken
    for _, cue in ipairs(i > skip_to and frame.index[s.fold[i]] or {}) do
      local upto = i + #cue.words - 1
      if not taken and phrase_at(s, cue.words, i) then
        local behind_it = i > at
        local distance = behind_it and i - (i > last and last or at) - 1 or (upto < first and first or at) - upto - 1
        if cue.status == "pseudo" then
          taken, skip_to = true, upto
        elseif (cue.where == "around" or cue.where == (behind_it and "after" or "before")) and distance >= 0 and distance <= cue.reach
          and (cue.condition or barrier[math.min(upto, at)] == barrier[math.max(i, at)]) and (not best or cue.rank > best.cue.rank) then
          best = { cue = cue, first = i, last = upto }
        end
      end
    end
  end
  if best then return best.cue.status, best end
  if is_verb and frame.past[s.fold[at]] and s.fold[at - 1] ~= "to" then return "held" end
  return "mentioned"
end

--- The text of tokens i to j of the sentence.
local function text_of(p, s, i, j)
  while j > i and s.fold[j]:find "^[%p]+$" and not s.fold[j]:find "^[%)%%]$" do j = j - 1 end
  local a, b = p.tokens[s.first + i - 1], p.tokens[s.first + j - 1]
  return lode.squeeze(p:span(a.first, b.last).text)
end

local STOPS = set_of ". ; ? ! : \" “ ”"

--- From a word to the end of its clause.
local function clause_from(p, s, i, most, stops)
  local j = i
  while j < s.count and j - i < most and not STOPS[s.fold[j + 1]] and not (stops and stops[s.fold[j + 1]]) do j = j + 1 end
  return text_of(p, s, i, j)
end

-- 4. Who it is ---------------------------------------------------------------------------------------------------------

--- What is known of the page: persons by the place of a mention, persons by country, dates.
local function read_page(p)
  local known = { by_place = {}, heads = {}, dates = dates.find(p), persons = people.of(p) }
  for _, person in ipairs(known.persons) do
    for _, list in ipairs { person.mentions, person.by_role or {}, person.by_pronoun or {} } do
      for _, span in ipairs(list) do known.by_place[span.first] = person end
    end
    if person.country then
      for _, role in ipairs(person.roles) do
        local is_head = not lode.fold(role):find "vice" and not lode.fold(role):find "aide"
        for word in lode.fold(role):gmatch "%a+" do
          if is_head and heads_role[word] then known.heads[person.country] = known.heads[person.country] or person.name end
        end
      end
    end
  end
  return known
end

local function state_name(text)
  local code = places.country(text)
  return code and places.name(code) or text, code
end

local function add_name(names, seen, name)
  if name and not seen[name] then
    seen[name] = true
    names[#names + 1] = name
  end
end

--- The head of a state, as the roles of the page say: by its code, or "Velmoran President" for "Velmora".
local function head_of(known, name, code)
  if code then return known.heads[code] end
  local stem = lode.fold(name):sub(1, math.max(4, #name - 2))
  if not known.called then                                                -- what stands before the names, where a head's title is in it
    known.called = {}
    for _, person in ipairs(known.persons) do
      for i = 1, math.min(3, #person.mentions) do
        local before = person.mentions[i]:before(4)
        local fold = before and before.fold or ""
        if fold:find "president$" or fold:find "prime minister$" or fold:find "chancellor$" or fold:find "premier$" then
          known.called[#known.called + 1] = { before = " " .. fold, name = person.name }
        end
      end
    end
  end
  for _, called in ipairs(known.called) do
    if called.before:find(" " .. stem, 1, true) then return called.name end
  end
end

--- The two persons of whom a page has spoken before a byte, where these are two: "The two leaders met".
local function two_before(known, first)
  local names, seen = {}, {}
  for _, person in ipairs(known.persons) do
    if person.mentions[1].first < first then add_name(names, seen, person.name) end
  end
  return #names == 2 and names or {}
end

--- The names a party stands for; `before` are the participants of the event told last.
local function resolve(known, party, names, seen, before)
  local m = party.ann
  while m and m.rule == "party.group" do m = known.groups[party.first] break end
  if not m then
    local person = known.by_place[party.first]
    add_name(names, seen, person and person.name or party.text)
    return
  end
  local kind = m.rule
  if kind == "party.person" or kind == "party.mention" then
    local person = known.by_place[party.first]
    if person then add_name(names, seen, person.name)
    elseif kind == "party.person" then add_name(names, seen, m.person)
    elseif #m.mention > 3 then add_name(names, seen, (m.mention:gsub("^[Tt]he ", ""))) end
  elseif kind == "group.those" then
    for _, name in ipairs(before or two_before(known, party.first)) do add_name(names, seen, name) end
  elseif kind == "group.heads" or kind == "group.heads-of" then
    local last = lode.fold(m.text)
    local envoys = last:find "envoy" or last:find "official" or last:find "delegation" or last:find "minister" or last:find "diplomat" or last:find "negotiator" or last:find "representative"
    for _, text in ipairs(m.nation) do
      local name, code = state_name(text)
      add_name(names, seen, not envoys and head_of(known, name, code) or name)
    end
  elseif kind == "party.state" then
    local name, code = state_name(m.state)
    if code then add_name(names, seen, name) end
  else
    add_name(names, seen, m.text)
  end
end

--- Countries of a summit stand for their heads where the page names these: "the US-Russia summit".
local function heads_for(known, names)
  local out, seen = {}, {}
  for _, name in ipairs(names) do
    local code = places.country(name)
    add_name(out, seen, code and known.heads[code] or name)
  end
  return out
end

-- 5. Where, when, on what, according to whom ---------------------------------------------------------------------------

local PREPOSITION = set_of "in at near"

--- A place behind "in" or "at" that follows the event's word, its parties, a date, or a verb of being held.
local function place_of(p, s, known, first, last)
  local best
  for _, label in ipairs { "place", "government" } do
    for m in p:anns(label, { within = s.span }) do
      local i = m.span.tokens[1].index - s.first + 1
      local k = i - 1
      if s.fold[k] == "the" then k = k - 1 end
      local preposition = s.fold[k]
      if PREPOSITION[preposition] and i > first then
        local prior = s.fold[k - 1] or ""
        local near = k - 1 <= last or prior == "held" or prior == "place" or prior == "meet" or prior == "met" or known.date_ends[p.tokens[s.first + k - 2] and p.tokens[s.first + k - 2].last] or prior:find "^%u"
          or preposition == "at" and k - last < 8
        if near and (not best or math.abs(i - last) < math.abs(best.i - last)) then best = { i = i, text = m.span.text } end
      end
    end
  end
  if best then return best.text end
  for i = last + 1, math.min(s.count, last + 6) do                        -- a town that no list knows: "met in Ostrava"
    if STOPS[s.fold[i]] then return nil end
    local token = s.fold[i - 1] == "in" and p.tokens[s.first + i - 1]
    if token and token.text:find "^%u" and not known.date_starts[token.first] and not known.by_place[token.first] then
      local upto = i
      while upto < s.count and p.tokens[s.first + upto].text:find "^%u" do upto = upto + 1 end
      return text_of(p, s, i, upto)
    end
  end
end

--- The date nearest to the event's word in its sentence, but not that of "said on Monday".
local function date_of(p, s, known, at)
  local best
  for _, date in ipairs(known.dates) do
    if date.span.first >= s.span.first and date.span.last <= s.span.last then
      local i = date.span.tokens[1].index - s.first + 1
      local said = false
      for k = math.max(1, i - 4), i - 1 do
        said = (said or speech[s.fold[k]] or false) and not STOPS[s.fold[k]]
      end
      for k = i + 1, at - 1 do said = said or s.says[k] end               -- "On Monday he said that the meeting ..."
      local value = date.value or ""
      local useful = date.kind == "date" and not value:find "_REF$" and #value ~= 3 or date.kind == "time"
        or date.kind == "duration" and date.rule == "date.span" or value == "FUTURE_REF"
      if useful and not said and (not best or math.abs(i - at) < best.distance) then best = { date = date, distance = math.abs(i - at) } end
    end
  end
  return best and best.date
end

local TOPIC, PURPOSE = set_of(words.topic), set_of(words.purpose)
local TOPIC_STOP = set_of "would could as because although that which while"
local TOPIC_END = set_of ", who which that when while after before but during alongside"

--- "on the war" right behind, "to discuss the war", "focusing on ending the war" a little later.
local function topic_of(p, s, known, last)
  for i = last + 1, math.min(s.count - 1, last + 14) do
    local word = s.fold[i]
    if STOPS[word] or TOPIC_STOP[word] then return nil end
    local from = PURPOSE[word] and i + 1 or TOPIC[word] and i <= last + 2 and i + 1 or nil
    if from and (TOPIC[s.fold[from]] or s.fold[from] == "at" or s.fold[from] == "to") then from = from + 1 end
    local token = from and from <= s.count and p.tokens[s.first + from - 1]
    if token and not known.date_starts[token.first] and s.fold[from]:find "^%w" and not s.fold[from]:find "ly$" then
      return clause_from(p, s, from, 14, TOPIC_END)
    end
  end
end

local HELPER, NO_SOURCE = set_of "has had have also later did does do was is be been not n't would will could", set_of "it this that they we i which who there what"
local QUOTE_END = set_of ", \" ”"
local NP_STOP = set_of ", ; : . \" “ ” that and but while as after before when said says told on in"

--- The one who reports: "according to X", "X said that", "..., said X"; its canonical name where it is a person of the page.
local function source_of(p, s, known, first, last)
  local function noun_phrase(from, upto)
    for i = from, upto do
      local person = known.by_place[p.tokens[s.first + i - 1].first]
      if person and s.fold[i - 1] ~= "for" then return person.name end
    end
    if from == upto and (s.fold[from] == "he" or s.fold[from] == "she") then return nil end
    while from < upto and (s.fold[from] == "the" or s.fold[from] == "a" or s.fold[from] == "an") do from = from + 1 end
    local text = text_of(p, s, from, upto)
    return text:find "%a%a" and #text < 80 and text or nil
  end
  for i = 1, s.count - 2 do
    if s.fold[i] == "according" and s.fold[i + 1] == "to" then
      local upto = i + 2
      while upto < s.count and not (NP_STOP[s.fold[upto + 1]] and s.fold[upto + 1] ~= "and") and upto - i < 12 do upto = upto + 1 end
      return noun_phrase(i + 2, upto)
    end
  end
  for i = first - 1, 2, -1 do
    if speech[s.fold[i]] and s.fold[i + 1] == "by" then
      local upto = i + 2
      while upto < s.count and not NP_STOP[s.fold[upto + 1]] and s.fold[upto + 1] ~= "to" do upto = upto + 1 end
      return noun_phrase(i + 2, upto)
    elseif s.says[i] then
      local from, upto = i - 1, i - 1
      while from > 1 and i - from < 9 and (s.fold[from - 1] == "on" or not NP_STOP[s.fold[from - 1]]) do from = from - 1 end
      while upto > from and HELPER[s.fold[upto]] do upto = upto - 1 end
      return upto >= from and not NO_SOURCE[s.fold[upto]] and noun_phrase(from, upto) or nil
    end
  end
  for i = last + 1, s.count do
    if s.says[i] then
      if (s.fold[i + 1] == "." or s.fold[i + 1] == ",") and not NP_STOP[s.fold[i - 1]] then          -- ", the envoy said."
        local from = i - 1
        while from > last + 1 and i - from < 9 and (s.fold[from - 1] == "on" or not NP_STOP[s.fold[from - 1]]) do from = from - 1 end
        return not NO_SOURCE[s.fold[i - 1]] and noun_phrase(from, i - 1) or nil
      elseif QUOTE_END[s.fold[i - 1]] and i < s.count then                                           -- ", said the envoy"
        local upto = i + 1
        while upto < s.count and upto - i < 10 and not NP_STOP[s.fold[upto + 1]] do upto = upto + 1 end
        return noun_phrase(i + 1, upto)
      end
    end
  end
end

-- 6. The events of a page ------------------------------------------------------------------------------------------------

local VAGUE = set_of "a an any another"

--- What "the meeting" can mean: the last of its class.
local CLASS = { meeting = "meeting", summit = "meeting", visit = "visit", talks = "talks", call = "call" }

local function names_key(names)
  local sorted = {}
  for i, name in ipairs(names) do sorted[i] = name end
  table.sort(sorted)
  return table.concat(sorted, "; ")
end

local function names_in(known, captures, before)
  local names, seen = {}, {}
  for _, party in ipairs(captures or {}) do resolve(known, party, names, seen, before) end
  return names
end

--- Who a sentence is about: its first person, else its first state, before the byte.
local function subject_of(p, s, before)
  local first
  for m in p:anns("party", { within = s.span }) do
    if m.span.last >= before then break end
    local party = { ann = m, text = m.text, first = m.span.first }
    if m.rule == "party.person" then return { party } end
    first = first or m.rule ~= "party.mention" and { party } or nil
  end
  return first or {}
end

--- "Putin-Zelensky": two persons, or two states, written as one name.
local function pair_names(known, text)
  local names, seen = {}, {}
  for part in text:gmatch "[^-]+" do
    local found
    for _, person in ipairs(known.persons) do
      if person.last == part or person.name == part then found = person.name end
    end
    local state, code = state_name(part)
    add_name(names, seen, found or code and state)
  end
  return names
end

local function fill(p, known, s, m, frame, event, word)
  local at = word.tokens[1].index - s.first + 1
  local last = m.span.tokens[#m.span.tokens].index - s.first + 1
  local first = m.span.tokens[1].index - s.first + 1
  local status, why = status_of(s, at, first, last, frame, event.verb, event.rule:find "again$")
  event.status = status
  if why then event.cue = text_of(p, s, why.first, why.last) end
  if why and why.cue.condition then event.condition = clause_from(p, s, why.first, 30) end
  event.place = place_of(p, s, known, at, math.max(last, at))
  local date = date_of(p, s, known, at)
  if date and status == "held" and (date.rule == "date.span" and lode.fold(date.span.text):find "next" or date.value == "FUTURE_REF") then date = nil end
  if date then event.date, event.date_text, event.date_anchor = date.value, date.span.text, date.anchor end
  event.topic = topic_of(p, s, known, math.max(last, at))
  event.according_to = source_of(p, s, known, first, last)
end

--- The events of one kind (all kinds where none is given) on a page, in order.  What is told of the same event twice, with the same
--- participants and the same status, is one event with several `mentions`.
--- @param p lode.Page
--- @param only? string  label of a frame
--- @return table[]  { type, span, mentions = spans, kind, status, cue, participants or the frame's roles, place, date, date_text, topic, condition, according_to, rule }
function M.find(p, only)
  local out, known = {}, nil
  for _, frame in ipairs(frames) do
    if not only or only == frame.label then
      frame.index = frame.index or frame.cues and index_cues { words.cues, pseudo, frame.cues } or shared_cues
      local told, by_key = {}, {}
      for m in p:anns(frame.label) do
        if not known then
          known = read_page(p)
          known.groups, known.date_ends, known.date_starts, known.sentences = {}, {}, {}, {}
          for g in p:anns "group" do known.groups[g.span.first] = g end
          for _, date in ipairs(known.dates) do known.date_ends[date.span.last], known.date_starts[date.span.first] = true, true end
        end
        local sentence = m.span.sentence
        local s = known.sentences[sentence.first] or read_sentence(p, sentence)
        known.sentences[sentence.first] = s
        local event = M.event_of(p, known, s, m, frame, told)
        if event then
          if frame.shared then 
            told[CLASS[event.kind] or "any"], told.any = event.participants, event.participants
            if not names_key(event.participants):find "^%l" then told.leaders = event.participants end
          end
          local key = event.key .. "|" .. (CLASS[event.kind] or "")
          local same = by_key[key] or {}
          by_key[key] = same
          local old = same[event.status] or event.status == "mentioned" and same[1]
          if not old and same.mentioned then                         -- what was only mentioned before
            old, same.mentioned = same.mentioned, nil
            old.status, old.cue, same[event.status] = event.status, event.cue, old
          end
          if old then
            old.mentions[#old.mentions + 1] = m.span
            for _, field in ipairs { "place", "date", "topic", "condition", "according_to" } do
              if old[field] == nil and event.status ~= "mentioned" then old[field] = event[field] end
            end
            if not old.date_text then old.date_text, old.date_anchor = event.date_text, event.date_anchor end
          else
            same[#same + 1], same[event.status] = event, event
            out[#out + 1] = event
          end
        end
      end
    end
  end
  table.sort(out, function(a, b) return a.span.first < b.span.first or a.span.first == b.span.first and a.rule < b.rule end)
  return out
end

--- A state beside its own head is not another party: "Norway's president met the Kenyans in Norway".
local function without_own_state(known, names)
  local own, out = {}, {}
  for _, person in ipairs(known.persons) do
    if person.country then own[person.name] = places.name(person.country) end
  end
  for _, name in ipairs(names) do
    local beside = false
    for _, other in ipairs(names) do beside = beside or own[other] == name end
    if not beside then out[#out + 1] = name end
  end
  return out
end

--- One match as an event, or nil where too few parties are known.
function M.event_of(p, known, s, m, frame, told)
  local form = m.rule:match "%.(.+)$"
  local is_verb = form == "verb" or form == "both" or form == "active" or form == "passive" or form == "matter"
  local word = m:cap(is_verb and "verb" or "noun")
  local event = { type = frame.label, span = m.span, mentions = { m.span }, rule = m.rule, verb = is_verb or nil }
  local said = lode.fold(word.text)
  event.kind = frame.kinds[said]
  if frame.shared then
    local names
    local before = told[CLASS[event.kind] or "any"]
    if form == "again" then names = before or event.kind == "talks" and told.meeting
    elseif form == "pair" then names = pair_names(known, m.pair)
    else
      local parties = m:cap "who" or {}
      if form == "with" then
        local by = m:cap "by"
        if not by or #by == 0 then by = subject_of(p, s, word.first) end
        parties = table.move(parties, 1, #parties, #by + 1, table.move(by, 1, #by, 1, {}))
      end
      names = names_in(known, parties, told.leaders)
    end
    if not names or #names == 0 then return nil end
    if form == "pair" or event.kind == "summit" then names = heads_for(known, names) end
    names = without_own_state(known, names)
    if #names < frame.needs then return nil end
    event.participants, event.key = names, names_key(names)
  else
    local key = {}
    for i, role in ipairs { "actor", "target" } do
      local capture = (form ~= "bare" or role == "target") and m:cap(role) or nil
      local acts = role == "actor" and capture and frame.bodies and capture.ann and capture.ann.rule
      if acts and acts ~= "party.body" and acts ~= "party.state" then return nil end
      local names = form == "matter" and role == "target" and { (m.target:gsub("^[Tt]he ", "")) } or capture and names_in(known, { capture }) or {}
      event[frame.roles[i]] = names[1]
      key[i] = names[1] or "?"
    end
    if key[1] == key[2] or key[2] == "?" then return nil end
    event.key = table.concat(key, " > ")
  end
  fill(p, known, s, m, frame, event, word.span)
  local article = lode.fold(m.text:match "^%a+" or "")
  if form == "again" and event.status == "mentioned" and VAGUE[article] then return nil end
  return event
end

return M
