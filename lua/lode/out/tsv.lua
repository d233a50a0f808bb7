--- Tab-separated values, one record a line: tab, line ends and backslash are written \t \n \r \\.

local cells = require "lode._cells"

local escapes = { ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r", ["\\"] = "\\\\" }

local function clean(text)
  if text:find "^[=+%-@]" and not text:find "^[+-]?%d+%.?%d*$" then text = "'" .. text end
  return (text:gsub("[\t\n\r\\]", escapes))
end

return {
  head = function(run)
    if #run.columns == 0 then return nil end
    return cells.names(run.columns, clean, "\t") .. "\n"
  end,
  row = function(record, run) return cells.join(record, run, clean, "\t") .. "\n" end,
  foot = cells.foot "tsv",
}
