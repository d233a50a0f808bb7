--- CSV as RFC 4180 has it: CR LF, quotes doubled, a field quoted where it must be.
---
--- A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets a ' in
--- front, unless it is a plain number: scraped text must not run in the reader's office program.

local cells = require "lode._cells"

local function clean(text)
  if text:find "^[=+%-@\t\r]" and not text:find "^[+-]?%d+%.?%d*$" then text = "'" .. text end
  if text:find '[",\r\n]' or text:find "^%s" or text:find "%s$" then text = '"' .. text:gsub('"', '""') .. '"' end
  return text
end

return {
  head = function(run)
    if #run.columns == 0 then return nil end
    return cells.names(run.columns, clean, ",") .. "\r\n"
  end,
  row = function(record, run) return cells.join(record, run, clean, ",") .. "\r\n" end,
  foot = cells.foot "csv",
}
