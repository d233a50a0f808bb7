--- A value as text for people: strings in quotes, tables on a line where they fit, else a field a line, keys in order.
--- What `lode repl` shows.

local MOST, WIDTH, DEPTH = 200, 100, 6
local names = { "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
  "not", "or", "repeat", "return", "then", "true", "until", "while" }
local keywords = {}
for _, name in ipairs(names) do keywords[name] = true end

local show

local function key_text(key)
  if type(key) == "string" and key:find "^[%a_][%w_]*$" and not keywords[key] then return key end
  return "[" .. show(key, DEPTH, {}) .. "]"
end

local function items_of(value, depth, seen)
  local items, count = {}, 0
  for i, item in ipairs(value) do
    count = i
    if i <= MOST then items[i] = show(item, depth + 1, seen) end
  end
  for key, item in pairs(value) do
    local listed = math.type(key) == "integer" and key >= 1 and key <= count
    if not listed and #items < MOST then items[#items + 1] = key_text(key) .. " = " .. show(item, depth + 1, seen) end
    if not listed then count = count + 1 end
  end
  if count > MOST then items[#items + 1] = ("... %d more"):format(count - MOST) end
  return items
end

function show(value, depth, seen)
  if type(value) == "string" then return (("%q"):format(value):gsub("\\\n", "\\n"):gsub("\\9", "\\t")) end
  if type(value) ~= "table" then return tostring(value) end
  if seen[value] then return "{ the table above }" end
  if depth >= DEPTH then return "{ ... }" end
  seen[value] = true
  local items = items_of(value, depth, seen)
  seen[value] = nil
  local line = "{ " .. table.concat(items, ", ") .. " }"
  if #items == 0 then return "{}" end
  if lode.width(line) + 2 * depth <= WIDTH and not line:find("\n", 1, true) then return line end
  local space = ("  "):rep(depth + 1)
  return "{\n" .. space .. table.concat(items, ",\n" .. space) .. "\n" .. ("  "):rep(depth) .. "}"
end

--- All values of a call, with tabs between.
return function(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = show((select(i, ...)), 0, {}) end
  return table.concat(out, "\t")
end
