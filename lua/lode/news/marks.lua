--- Quotation marks: which token opens a quotation and which one closes it.
---
--- Curly marks and guillemets keep their direction.  A straight mark has none: it opens where white space is before it
--- and none after it, closes in the opposite case, and where its surroundings do not tell, it does what is due.
--- A quotation that nothing closes ends with its paragraph.  Marks inside a quotation are part of it.
local M = {}

local CLOSES = {
  ["“"] = { ["”"] = true }, ["„"] = { ["“"] = true, ["”"] = true },
  ["«"] = { ["»"] = true }, ["‹"] = { ["›"] = true },
}
local FAR = 400        -- tokens that a quotation in single marks may have: apostrophes are common
local SINGLE = { ["'"] = "'", ["‘"] = "’", ["`"] = "'" }
local SINGLE_CLOSES = { ["'"] = true, ["’"] = true }

--- What a mark without direction does, by its neighbours: "open", "close" or nil.
local function direction(tokens, i)
  local mark, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
  local gap_before = not before or before.last + 1 < mark.first
  local gap_after = not after or after.first > mark.last + 1
  if gap_before ~= gap_after then return gap_before and "open" or "close" end
  if before and not gap_before and before.text:find "^[%(%[—–:]" then return "open" end
  if after and not gap_after and after.text:find "^[%)%],.;:?!—–]" then return "close" end
  return nil
end

--- Where a straight double mark closes: index, closed.  A second opening mark says that the first was never closed.
local function straight_end(tokens, open)
  for i = open + 1, #tokens do
    local text = tokens[i].text
    if text == "”" or text == '"' and direction(tokens, i) ~= "open" then return i, true end
    if text == '"' then return i - 1, false end
  end
  return #tokens, false
end

--- Where a mark with a direction closes.  Some writers close with a straight one: believed where the right one is
--- missing, or where a straight one opens again before it.  The same mark again begins a quotation inside this one,
--- but after the end of a sentence it says that this one was never closed.
local function curly_end(tokens, open)
  local mark, depth, straight, inner = tokens[open].text, 0, nil, nil
  for i = open + 1, #tokens do
    local text = tokens[i].text
    if CLOSES[mark][text] then
      if depth == 0 then return i, true end
      depth, inner = depth - 1, inner or i
    elseif text == mark then
      if tokens[i - 1].text:find "^[.?!…]" then return straight or inner or i - 1, (straight or inner) ~= nil end
      depth = depth + 1
    elseif text == '"' and straight and direction(tokens, i) == "open" then
      return straight, true
    elseif text == '"' and not straight and direction(tokens, i) == "close" then
      straight = i
    end
  end
  return straight or inner or #tokens, (straight or inner) ~= nil
end

--- Where a single mark closes; nil where it is an apostrophe, as all are after last_close.  "the workers' hall" closes
--- only what nothing else does.
local function single_end(tokens, open, last_close)
  if open > last_close or direction(tokens, open) ~= "open" then return nil end
  if tokens[open + 1].kind == "number" then return nil end                 -- the '90s
  local closing, plural, inside = SINGLE[tokens[open].text], nil, false
  for i = open + 2, math.min(#tokens, open + FAR) do
    local text, after = tokens[i].text, tokens[i + 1]
    if SINGLE[text] and text ~= closing then break end
    inside = inside or text == '"' or CLOSES[text] ~= nil
    if text == closing and direction(tokens, i) == "close" then
      if not (tokens[i - 1].text:find "s$" and after and after.text:find "^%l") then return i, true end
      plural = plural or not inside and i or nil
    end
  end
  return plural, true
end

local function end_of(tokens, i, last_close)
  local text = tokens[i].text
  if CLOSES[text] then return curly_end(tokens, i) end
  if SINGLE[text] then return single_end(tokens, i, last_close) end
  if text ~= '"' then return nil end
  local does = direction(tokens, i)
  if does == "close" then return nil end
  local close, closed = straight_end(tokens, i)
  if closed or does == "open" then return close, closed end      -- else a lone mark between blanks
end

--- Pair the marks of one paragraph.
--- @param tokens lode.Token[]  all tokens of the paragraph, in order
--- @return table[] found       { open = index, close = last index, closed = boolean }, in order, not nested
function M.pairs(tokens)
  local found, i, last_close = {}, 1, #tokens
  while last_close > 0 and not (SINGLE_CLOSES[tokens[last_close].text] and direction(tokens, last_close) == "close") do
    last_close = last_close - 1
  end
  while i <= #tokens do
    local close, closed = end_of(tokens, i, last_close)
    if close and close > i + (closed and 1 or 0) then
      found[#found + 1] = { open = i, close = close, closed = closed }
    end
    i = (close or i) + 1
  end
  return found
end

return M
