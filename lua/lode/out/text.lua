--- The text of each record and nothing else, a line or more: for scripts that write a document (scripts/brief.lua).
--- Control characters that a terminal would obey are left out.
local function plain(text) return (text:gsub("[\0-\8\11-\31\127]", "")) end

return {
  row = function(record)
    if type(record.text) ~= "string" then return nil end
    return plain(record.text) .. "\n"
  end,
}
