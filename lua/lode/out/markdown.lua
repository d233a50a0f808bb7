--- A Markdown table.  Scraped text cannot break out of its cell: what Markdown or HTML would read as markup is escaped.

local cells = require "lode._cells"

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }

local function clean(text)
  text = text:gsub("[&<>]", entities):gsub("[\\`*_|%[%]~]", "\\%0")
  return (text:gsub("[\r\n\t]+", " "))
end

return {
  head = function(run)
    if #run.columns == 0 then return nil end
    return "| " .. cells.names(run.columns, clean, " | ") .. " |\n" .. ("| --- "):rep(#run.columns) .. "|\n"
  end,
  row = function(record, run) return "| " .. cells.join(record, run, clean, " | ") .. " |\n" end,
  foot = cells.foot "markdown",
}
