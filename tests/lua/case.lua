--- Cases for scripts that test the API: each failed one prints a line, finish() the sum.

local M = {}

local function show(value)
  if type(value) == "table" then return lode.json.encode(value) end
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

-- The sums live in a table with a metatable of its own: the driver runs one page in one process.
local sums = setmetatable({ passed = 0, failed = 0 }, {})

--- `got` must be `want`; tables are compared as JSON.
function M.eq(name, got, want)
  local same = got == want
  if type(got) == "table" and type(want) == "table" then same = lode.json.encode(got) == lode.json.encode(want) end
  sums[same and "passed" or "failed"] = sums[same and "passed" or "failed"] + 1
  if not same then print(("FAILED %s: got %s, want %s"):format(name, show(got), show(want))) end
end

--- `f` must raise an error that holds `says`.
function M.raises(name, says, f, ...)
  local ok, why = pcall(f, ...)
  local same = not ok and tostring(why):find(says, 1, true) ~= nil
  sums[same and "passed" or "failed"] = sums[same and "passed" or "failed"] + 1
  if not same then print(("FAILED %s: %s"):format(name, ok and "no error" or tostring(why))) end
end

--- The items of an iterator as a list of their `field` (or as they are).
function M.list(field, ...)
  local out = lode.array {}
  for item in ... do out[#out + 1] = field and item[field] or item end
  return out
end

function M.finish()
  print(("%d passed, %d failed"):format(sums.passed, sums.failed))
end

return M
