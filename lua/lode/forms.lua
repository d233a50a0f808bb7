--- verb"impose buy", noun"sanction": one pattern for all forms of a word, by rule and from data/forms.LANGUAGE.txt.
---
---     require("lode.forms").verb_forms "impose"     --> { "impose", "imposes", "imposed", "imposing" }
---
--- A word that is several ("rule out", "prime minister", "son-in-law") is a phrase: of a verb the first word is inflected, of a
--- noun the last one, or the first where the data say so.
local M = {}

local vowel = "[aeiou]"

--- Lists by section.
local function read_data(language)
  local ok, text = pcall(lode.read, "data/forms." .. language .. ".txt")
  if not ok then return nil end
  local sections, section = {}, nil
  for _, line in ipairs(lode.lines(text)) do
    line = lode.trim((line:gsub("#.*", "")))
    local name = line:match "^%[([%w-]+)%]$"
    if name then
      section = {}
      sections[name] = section
    elseif line ~= "" then
      section[#section + 1] = line
    end
  end
  return sections
end

local function set_of(lines, out)
  out = out or {}
  for _, line in ipairs(lines or {}) do
    for word in line:gmatch "%S+" do out[word] = true end
  end
  return out
end

--- "base past/past participle" as a table of lists.
local function paradigms(lines, whole)
  local out = {}
  for _, line in ipairs(lines or {}) do
    local base, rest = line:match "^(%S+)%s+(.*)$"
    local forms = {}
    for form in rest:gmatch "[^%s/]+" do forms[#forms + 1] = form end
    out[base] = { forms = forms, whole = whole }
  end
  return out
end

local languages = {}

local function data_of(language)
  if languages[language] then return languages[language] end
  local text = read_data(language)
  if not text then return nil end
  local d = {
    verbs = paradigms(text.verb), nouns = paradigms(text.noun), double = set_of(text.double), either = set_of(text.either),
    single = set_of(text.single), base = set_of(text.base), same = set_of(text.same), oes = set_of(text.oes),
    either_oes = set_of(text["either-oes"]), ves = set_of(text.ves), men = set_of(text.men), first = {}, base_of = {},
  }
  for base, forms in pairs(paradigms(text.whole, true)) do d.verbs[base] = forms end
  for base, entry in pairs(d.verbs) do
    for _, form in ipairs(entry.forms) do
      if not d.verbs[form] and not d.base[form] then d.base_of[form] = base end
    end
  end
  for phrase in (table.concat(text.first or {}, " ") .. ";"):gmatch "%s*([^;]+);" do d.first[phrase] = true end
  languages[language] = d
  return d
end

--- One syllable that ends in consonant, vowel, consonant: stop, plan, quit, but not fix, play, show.
local function doubles(word)
  local before, last = word:match "^(.-)([aeiouy][^aeiouwxy])$"
  if not before then return false end
  if before == "" then return last ~= nil end
  local rest = before:gsub("qu", "q")
  return not rest:find "[aeiouy]"
end

--- Stems to which -ed and -ing are put: "stop" gives "stopp", "travel" gives "travel" and "travell".
local function stems(word, d)
  local twice = word .. word:sub(-1)
  if #word > 3 and word:find "[aeiou]c$" then return { word .. "k" } end
  if d.single[word] then return { word } end
  if d.either[word] then return { word, twice } end
  if d.double[word] or doubles(word) then return { twice } end
  return { word }
end

local function third(word)
  if word:find "[sxz]$" or word:find "[cs]h$" or word:find "[^aeiou]o$" then return word .. "es" end
  if word:find "[^aeiou]y$" then return word:sub(1, -2) .. "ies" end
  return word .. "s"
end

local function add(out, seen, form)
  if not seen[form] then
    seen[form] = true
    out[#out + 1] = form
  end
end

local function inflect_verb(word, d)
  local out, seen = {}, {}
  local irregular = d.verbs[word]
  add(out, seen, word)
  if not (irregular and irregular.whole) then
    add(out, seen, third(word))
    if d.either[word] and word:find "s$" then add(out, seen, word .. "ses") end
    if irregular then
      for _, form in ipairs(irregular.forms) do add(out, seen, form) end
    elseif word:find "e$" then
      add(out, seen, word .. "d")
    elseif word:find "[^aeiou]y$" then
      add(out, seen, word:sub(1, -2) .. "ied")
    else
      for _, stem in ipairs(stems(word, d)) do add(out, seen, stem .. "ed") end
    end
    if word:find "ie$" then
      add(out, seen, word:sub(1, -3) .. "ying")
    elseif word:find "[^eoy]e$" and #word > 2 and not word:find "[iu]nge$" then
      add(out, seen, word:sub(1, -2) .. "ing")
    elseif word:find "e$" then
      add(out, seen, word .. "ing")
      if word:find "nge$" then add(out, seen, word:sub(1, -2) .. "ing") end
    else
      for _, stem in ipairs(stems(word, d)) do add(out, seen, stem .. "ing") end
    end
  else
    for _, form in ipairs(irregular.forms) do add(out, seen, form) end
  end
  return out
end

local function inflect_noun(word, d)
  local out, seen = { word }, { [word] = true }
  local irregular = d.nouns[word]
  if irregular then
    for _, form in ipairs(irregular.forms) do add(out, seen, form) end
  elseif d.same[word] then
    return out
  elseif word:find "man$" and not d.men[word] then
    add(out, seen, word:sub(1, -3) .. "en")
  elseif d.ves[word] or d.ves[word .. "/"] then
    add(out, seen, (word:gsub("fe?$", "ves")))
    if d.ves[word .. "/"] then add(out, seen, word .. "s") end
  elseif d.oes[word] or d.either_oes[word] then
    add(out, seen, word .. "es")
    if d.either_oes[word] then add(out, seen, word .. "s") end
  elseif word:find "[^aeiou]o$" then
    add(out, seen, word .. "s")
  elseif word:find "sis$" then
    add(out, seen, word:sub(1, -3) .. "es")
  else
    add(out, seen, third(word))
  end
  return out
end

--- The words of an argument: a string is words between blanks, a table a list of words and phrases.
local function items(what, given)
  if type(given) == "string" then
    local out = {}
    for word in given:gmatch "%S+" do out[#out + 1] = word end
    if #out == 0 then error(what .. '"": there is no word in it', 4) end
    return out
  end
  if type(given) ~= "table" then
    error(("%s takes words, %s%q, or a list of words and phrases, not a %s"):format(what, what,
      what == "verb" and "impose buy" or "sanction treaty", type(given)), 4)
  end
  for i, item in ipairs(given) do
    if type(item) ~= "string" then error(what .. ": item " .. i .. " is a " .. type(item) .. ", not a string", 4) end
  end
  if #given == 0 then error(what .. "{}: there is no word in it", 4) end
  return given
end

local function language_data(what, language)
  local d = data_of(language or "en")
  if not d then
    error(("%s: there are no forms of the language %q: there is data/forms.en.txt"):format(what, tostring(language)), 4)
  end
  return d
end

--- All forms of a verb in its base form.
function M.verb_forms(word, language) return inflect_verb(lode.lower(word), language_data("verb_forms", language)) end

--- All forms of a noun in the singular.
function M.noun_forms(word, language) return inflect_noun(lode.lower(word), language_data("noun_forms", language)) end

--- Cut a phrase in the part before the word that is inflected, that word, and the part behind it.
local function cut(phrase, first)
  local pattern = first and "^()([^%s-]+)(.*)$" or "^(.-)([^%s-]+)()$"
  local before, word, behind = phrase:match(pattern)
  if first then return "", word, behind end
  return before, word, ""
end

local function build(what, given, language, inflect, is_first)
  local d, words, phrases = language_data(what, language), {}, nil
  for _, item in ipairs(items(what, given)) do
    local before, word, behind = cut(lode.lower(lode.trim(item)), is_first(lode.lower(item), d))
    if not word then error(("%s: %q has no word to inflect"):format(what, item), 3) end
    if what == "verb" and d.base_of[word] then
      error(('verb takes the base form: write %q for %q'):format(d.base_of[word] .. behind, item), 3)
    end
    local forms = inflect(word, d)
    if before == "" and behind == "" then
      for _, form in ipairs(forms) do words[#words + 1] = form end
    else
      local phrase = lode.w(forms)
      if before ~= "" then phrase = before * phrase end
      if behind ~= "" then phrase = phrase * behind end
      phrases = phrases and phrases + phrase or phrase
    end
  end
  if #words == 0 then return phrases end
  return phrases and phrases + lode.w(words) or lode.w(words)
end

--- verb"impose buy": base, -s, past, participle, -ing.
function M.verb(words, language)
  return build("verb", words, language, inflect_verb, function() return true end)
end

--- noun"sanction": singular and plural.
function M.noun(words, language)
  return build("noun", words, language, inflect_noun, function(item, d) return d.first[item] end)
end

return M
