--- What csv, tsv and markdown share: a field of a record as one cell of text.

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

--- The field `name` as text: lists join with "; ", objects stay JSON, null and what is not there are empty.
--- @param record table
--- @param name string
--- @return string
function M.cell(record, name)
  return flat(record[name])
end

--- All columns of a record through `clean`, joined with `separator`.
--- @param record table
--- @param columns string[]
--- @param clean fun(text: string): string
--- @param separator string
--- @return string
function M.join(record, columns, clean, separator)
  local cells = {}
  for i, name in ipairs(columns) do cells[i] = clean(flat(record[name])) end
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

return M
