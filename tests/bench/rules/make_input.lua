#!/usr/bin/env lua5.4
--- make_input.lua FOLDER MB SEED: pages.jsonl of about so many MB, and names.txt with a million names.
---
--- The text is made: invented words with the frequencies of English, one in twelve with a capital, and in one sentence of six
--- what news rules look for; names are two capitalised words, and a thousand of them are in the text.
local folder, mb, seed = arg[1], tonumber(arg[2]), math.tointeger(tonumber(arg[3]))
local syllables = { "ta", "re", "mo", "li", "su", "ne", "ka", "do", "vi", "po", "ra", "en", "ti", "ba", "lo", "ge" }
math.randomseed(seed)
local random = math.random

local function invented(rank, count)
  local n, out = rank * 2654435761 >> 8, {}
  for i = 1, count or 1 + rank % 4 do
    out[i] = syllables[1 + (n & 15)]
    n = n >> 4
  end
  return table.concat(out)
end

local vocabulary = {}
for i = 1, 8000 do vocabulary[i] = invented(i) end

local function word()
  local u = random()
  local out = vocabulary[1 + math.floor(u * u * u * u * 8000)]
  if random(12) == 1 then out = out:gsub("^%l", string.upper) end
  return out
end

--- Of rare words of four syllables: one token in twenty-five may begin a name, as in news.
local function name()
  local a, b = vocabulary[4 * random(1000, 1999) + 3], vocabulary[4 * random(1, 1999) + 3]
  return a:gsub("^%l", string.upper) .. " " .. b:gsub("^%l", string.upper)
end

local seen, names = {}, {}
while #names < 1000000 do
  local n = name():match "^%S+" .. " " .. invented(random(1 << 40), 3 + random(3)):gsub("^%l", string.upper)
  if not seen[n] then
    seen[n] = true
    names[#names + 1] = n
  end
end

--- Every third name of the text is one of a thousand of the list.
local function person() return random(3) == 1 and names[random(1000)] or name() end

local events = { function() return "said President " .. person() end, function() return "a meeting between " .. person() .. " and " .. person() end,
  function() return person() .. " told us" end, function() return "agreed to meet" end, function() return random(28) .. " August 2025" end,
  function() return "according to " .. person() end }

local function sentence(out)
  local words = 8 + random(25)
  local event = random(6) == 1 and random(words) or 0
  out[#out + 1] = "The"
  for i = 1, words do
    out[#out + 1] = i == event and events[random(6)]() or random(300) == 1 and ("qu%s%sx"):format(
      string.char(96 + random(26)), string.char(96 + random(7))) or word() .. (random(15) == 1 and "," or "")
  end
  out[#out] = out[#out]:gsub(",$", "") .. "."
end

local file, bytes, page = assert(io.open(folder .. "/pages.jsonl", "w")), 0, 0
while bytes < mb * 1000000 do
  page = page + 1
  local paragraphs = {}
  for p = 1, 6 do
    local out = {}
    for _ = 1, 5 do sentence(out) end
    paragraphs[p] = table.concat(out, " ")
  end
  local line = ('{"id":"p%d","text":"%s"}\n'):format(page, table.concat(paragraphs, "\\n\\n"))
  bytes = bytes + #line
  file:write(line)
end
file:close()

file = assert(io.open(folder .. "/names.txt", "w"))
file:write(table.concat(names, "\n"), "\n")
file:close()
