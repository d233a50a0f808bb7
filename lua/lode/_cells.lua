--- What csv, tsv and markdown share: a field of a record as one cell of text, and what they say at the end about
--- fields without a column and columns without a field.

local M = {}

local function flat(value)
  if value == nil or value == lode.null then return "" end
  local kind = type(value)
  if kind == "string" then return value end
  if kind ~= "table" then return lode.json.encode(value) end
  if value[1] == nil then return next(value) == nil and "" or lode.json.encode(value) end
  local parts = {}
  for i, item in ipairs(value) do
    parts[i] = type(item) == "table" and lode.json.encode(item) or flat(item)
  end
  return table.concat(parts, "; ")
end

-- "meta.title" is the field title of the object meta, unless the record has a field of that very name.
local function get(record, name)
  local value = record[name]
  if value ~= nil or not name:find(".", 1, true) then return value end
  value = record
  for part in name:gmatch "[^.]+" do
    if type(value) ~= "table" then return nil end
    value = value[part]
  end
  return value
end

--- The field `name` as text: lists join with "; ", objects stay JSON, null and what is not there are empty; a name with
--- dots (`meta.title`) reads inside objects.
--- @param record table
--- @param name string
--- @return string
function M.cell(record, name)
  return flat(get(record, name))
end

--- All columns of a record through `clean`, joined with `separator`.  The fields of the record are noted in run.seen.
--- @param record table
--- @param run table
--- @param clean fun(text: string): string
--- @param separator string
--- @return string
function M.join(record, run, clean, separator)
  local cells, seen = {}, run.seen or {}
  run.seen = seen
  for name in rawpairs(record) do seen[name] = true end
  for i, name in ipairs(run.columns) do
    local value = get(record, name)
    if value ~= nil then seen[name] = true end
    cells[i] = clean(flat(value))
  end
  return table.concat(cells, separator)
end

--- The names of the columns in the same way.
--- @param columns string[]
--- @param clean fun(text: string): string
--- @param separator string
--- @return string
function M.names(columns, clean, separator)
  local cells = {}
  for i, name in ipairs(columns) do cells[i] = clean(name) end
  return table.concat(cells, separator)
end

local function missing(from, names)
  local out = {}
  for _, name in ipairs(from) do
    if not names[name] then out[#out + 1] = name end
  end
  return out
end

local function keys(set)
  local out = {}
  for name in pairs(set) do out[#out + 1] = name end
  return out
end

--- For a message: the first names, and how many more.
local function listed(names)
  local most = 20
  local text = table.concat(names, ", ", 1, math.min(#names, most))
  return #names > most and ("%s and %d more"):format(text, #names - most) or text
end

--- A `foot` that prints which fields were left out because the first record had none of them, or which of the columns
--- that were asked for no record had.
--- @param format string
--- @return fun(run: table)
function M.foot(format)
  return function(run)
    if not run.seen then return end
    if run.chosen then
      for _, name in ipairs(missing(run.columns, run.seen)) do
        print(('%s: column "%s" was empty in every record (fields seen: %s)'):format(format, name,
          listed(keys(run.seen))))
      end
      return
    end
    local columns = {}
    for _, name in ipairs(run.columns) do columns[name] = true end
    local lost = missing(keys(run.seen), columns)
    if lost[1] then
      local form = lost[2] and "%s: fields %s have no column: name them with --fields or lode.columns"
        or "%s: field %s has no column: name it with --fields or lode.columns"
      print(form:format(format, listed(lost)))
    end
  end
end

return M
