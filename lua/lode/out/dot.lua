--- A graph for Graphviz: records of type "node" (name, count) and "edge" (from, to, relation, count).
local function quoted(text) return '"' .. tostring(text):gsub('[%c]', " "):gsub('[\\"]', "\\%0") .. '"' end

local STYLE = { met = "dir=none", ["to-meet"] = "dir=none, style=dashed", ["spoke-about"] = "color=gray40, style=dotted" }

return {
  head = function() return "digraph lode {\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n" end,
  row = function(record)
    if record.type == "node" then return ("  %s;\n"):format(quoted(record.name)) end
    if record.type ~= "edge" then return nil end
    local label = record.relation .. (record.texts and record.texts > 1 and " (" .. record.texts .. ")" or "")
    return ("  %s -> %s [label=%s, %s];\n"):format(quoted(record.from), quoted(record.to), quoted(label), STYLE[record.relation] or "style=solid")
  end,
  foot = function() return "}\n" end,
}
