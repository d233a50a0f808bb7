--- A paragraph of news as a string with one letter for each token, so that LPeg can match patterns of tokens.
---
---   N a word of a name        T title or trade ("senator")   J people, party ("Swiss")   k particle ("van")
---   V speech ("said")         G speech, -ing ("saying")      F attitude ("called")       f attitude, -ing
---   A have, will, can         B be                           X not, never                b adverb
---   D determiner              H he, she                      I other pronoun             R who, which      t that
---   p preposition             s subordinates ("while")       c and, or, but              o to
---   a according               u quoted                       g go, goes, went            d day or month
---   n number                  w any other word               ' possessive                h hyphen inside a word
---   , : ; ( ) -  themselves   E the end of a sentence
---   Q S P q  a whole quotation that ends with a comma, with ? or !, with a full stop, with nothing
---
--- The lists behind the letters are in verbs.lua, titles.lua and words.lua beside this file.
local marks = require "lode.news.marks"
local titles = require "lode.news.titles"
local verbs = require "lode.news.verbs"
local words = require "lode.news.words"

local M = { base = {} }                     -- base: form of a verb -> its base form

--- A set from a string of words.
function M.set(list)
  local found = {}
  for word in list:gmatch "%S+" do found[word] = true end
  return found
end
local set = M.set

local party = set "R D I"                                                -- "Ann Lee, R-Ohio,"
local nouns, plurals = set(verbs.nouns), set(verbs.plurals)

local LETTER = {}
local function letters(letter, list)
  for word in list:gmatch "%S+" do LETTER[word] = LETTER[word] or letter end
end
local function verb_letters(list, finite, participle)
  for entry in list:gmatch "[^;]+" do
    local base = entry:match "%S+"
    for form in entry:gmatch "%S+" do
      M.base[form] = M.base[form] or base
      if not (form == base and nouns[form]) then
        LETTER[form] = LETTER[form] or (form:find "ing$" and participle or finite)
      end
    end
  end
end

-- The first list that has a word gives its letter.
letters("D", words.determiner)      letters("H", words.he_she)        letters("I", words.pronoun)
letters("R", words.relative)        letters("A", words.have)          letters("B", words.be)
letters("X", words.no)              letters("b", words.adverb)        letters("o", "to")
letters("p", words.preposition)     letters("s", words.subordinate)   letters("c", words.conjunction)
letters("t", "that")                letters("d", words.day)           letters("a", "according")
letters("u", "quoted")              letters("g", "went goes go")      letters("J", words.people)
verb_letters(verbs.speech, "V", "G")
verb_letters(verbs.attitude, "F", "f")
letters("T", titles)
letters("k", words.particle)

local MARK = { [","] = ",", [":"] = ":", [";"] = ";", ["("] = "(", ["["] = "(", [")"] = ")", ["]"] = ")",
               ["."] = "E", ["?"] = "E", ["!"] = "E", ["—"] = "-", ["–"] = "-", ["--"] = "-" }
local ENDS = { [","] = "Q", ["—"] = "Q", ["–"] = "Q", ["-"] = "Q", ["?"] = "S", ["!"] = "S",
               ["."] = "P", ["…"] = "P", ["..."] = "P" }                 -- of the last token in a quotation; else "q"

local function is_mark(token) return token.kind == "punct" or token.kind == "symbol" end

--- `initial`: a sentence begins with the token, so its capital says nothing.
local function letter_of(token, initial)
  local text, fold = token.text, token.fold
  if is_mark(token) then return MARK[text] or (text == "'" or text == "’") and "'" or "w" end
  if fold == "'s" or fold == "’s" then return "'" end
  if token.kind == "mention" then return "N" end
  if token.kind == "number" then return "n" end
  local letter = LETTER[fold]
  local adverb = fold:find "ly$" and "b"
  if not token.capital then return letter ~= "J" and letter or adverb or "w" end            -- "us" is not "US"
  if text:find "^%u%u+$" and letter ~= "J" and letter ~= "T" then return "N" end    -- "IT" is not "it"
  if letter and (initial or ("DHITdJX"):find(letter, 1, true)) then return letter end
  return initial and adverb or "N"
end

--- What only the neighbours tell: hyphens, "R-Ohio", and nouns that look like verbs ("key states", "the claims").
local function settle(letter, tokens, i, code)
  local token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
  local previous = code[#code] or "E"
  if token.text == "-" then
    return before and after and before.last + 1 == token.first and token.last + 1 == after.first and "h" or "-"
  elseif letter == "V" or letter == "F" then
    local noun = plurals[token.fold] and previous:find "[wJpshn]" or previous == "D" or previous == "'"
    return noun and "w" or letter
  elseif letter == "N" then
    local of_party = party[token.text] and after and after.text == "-" or previous == "h" and party[tokens[i - 2].text]
    return of_party and "w" or letter
  end
  return letter
end

--- One quotation as an item: its span, and what tells a statement from a few borrowed words.
local function quotation(tokens, pair)
  local last = pair.closed and pair.close - 1 or pair.close
  local q = { first = tokens[pair.open + 1].first, last = tokens[last].last, ending = ENDS[tokens[last].text] or "q" }
  local count, small = 0, 0
  for i = pair.open + 1, last do
    if not is_mark(tokens[i]) then
      count = count + 1
      if not tokens[i].capital and #tokens[i].text > 3 then small = small + 1 end
    end
  end
  local statement = q.ending == "P" or q.ending == "S"
  q.begins_small = tokens[pair.open + 1].text:find "^%l" ~= nil
  q.fragment = not (statement and not q.begins_small) and (count < 4 or q.begins_small)
  q.is_title = small == 0 and count > 1 and not statement                -- "Good Morning Harrowgate"
  return q
end

--- A paragraph as items (tokens and quotations) and as a string with one letter for each item.
--- @param paragraph lode.Span
--- @return table[] items   tokens { text, fold, kind, first, last }, quotations as in `quotation`
--- @return string code     code:sub(i, i) is the letter of items[i]; an "E" may stand without a token
function M.read(paragraph)
  local tokens, items, code = {}, {}, {}
  for i, token in ipairs(paragraph.tokens) do        -- copied, because a token works out a field each time it is read
    local text = token.text
    local capital = text:find "^%u" or text:find "^[\xC3-\xF4]" and token.shape:find "^X"
    tokens[i] = { text = text, fold = token.fold, kind = token.kind, capital = capital ~= nil,
                  first = token.first, last = token.last }
  end
  local function push(letter, item) code[#code + 1], items[#items + 1] = letter, item end
  local quoted, nth, i = marks.pairs(tokens), 1, 1
  while i <= #tokens do
    local pair, previous = quoted[nth], code[#code]
    if pair and pair.open == i then
      local q, after = quotation(tokens, pair), tokens[pair.close + 1]
      push(q.ending, q)
      if q.ending == "P" and not (after and after.text:find "^[%l,;]") then push("E", {}) end
      nth, i = nth + 1, pair.close + 1
    else
      local initial = not previous or previous == "E" or previous == "-"                  -- "HARROWGATE — The"
      push(settle(letter_of(tokens[i], initial), tokens, i, code), tokens[i])
      i = i + 1
    end
  end
  return items, table.concat(code)
end

return M
