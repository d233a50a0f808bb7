#!/usr/bin/env lua5.4
--- peer_lpeg.lua PAGES.jsonl: the five rules as an LPeg grammar over characters, from text to records.
---
--- A word is a run of letters and "'"; what is skipped is skipped by words.  Numbers of bytes, the line and the sentence are left
--- out of the records, which only helps it.
local lpeg = require "lpeg"
local P, R, S, C, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Ct

local letter = R("az", "AZ", "\x80\xFF")
local digit = R "09"
local ends = -(letter + digit)
local space = S " \n" ^ 1

--- Any of the words, in any case, whole.
local function words(list)
  local p = P(false)
  for item in list:gmatch "%S+" do
    local q = P(true)
    for c in item:gmatch "." do q = q * S(c .. c:upper()) end
    p = p + q
  end
  return p * ends
end

local title = words "president chancellor minister secretary aide governor senator"
local plain = R "AZ" * letter ^ 0
local one = plain - title
local name = C(one * (space * one) ^ -2)
local said = words "said says told added"
local any = letter ^ 1 + digit ^ 1 + S ".,"
local function gap(n, p)
  local out = p
  for _ = 1, n do out = p + any * space ^ 0 * out end
  return out
end

local person = Ct(Cc "person" * C(title) * space * name)
local speech = Ct(Cc "speech" * (name * space * said + said * space * name))
local meeting = Ct(Cc "meeting" * words "meeting summit talks dialogue" * space *
  gap(3, words "between with of" * space * gap(2, name)))
local month = words "january february march april may june july august september october november december"
local date = Ct(Cc "date" * C(digit ^ 1 * space * month * (space * digit ^ 1) ^ -1))
local according = Ct(Cc "according" * words "according" * space * words "to" * space * name)
local rules = #(R "AZ" + S "pcmsagtd" + digit) * (person + meeting + according + date + speech)
local grammar = Ct((rules + any + 1) ^ 0)

for line in io.lines(arg[1]) do
  local id, text = line:match '^{"id":"([^"]*)","text":"(.*)"}$'
  text = text:gsub("\\n", "\n")
  for _, m in ipairs(grammar:match(text)) do
    io.write('{"type":"', m[1], '","page":"', id, '","a":"', m[2], m[3] and '","b":"' or "", m[3] or "", '"}\n')
  end
end
