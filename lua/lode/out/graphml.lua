--- A graph as GraphML, for Gephi, yEd, igraph: records of type "node" (name, kind, count) and "edge" (from, to, relation, count, texts).
local ENTITIES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }
local function clean(text) return (tostring(text):gsub("[%z\1-\8\11\12\14-\31]", " "):gsub('[&<>"]', ENTITIES)) end

local function data(key, value) return value ~= nil and ("<data key=\"%s\">%s</data>"):format(key, clean(value)) or "" end

return {
  head = function()
    return [[
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="pages" for="all" attr.name="pages" attr.type="int"/>
  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="texts" for="edge" attr.name="texts" attr.type="int"/>
  <graph edgedefault="directed">
]]
  end,
  row = function(record)
    if record.type == "node" then
      return ("    <node id=\"%s\">%s%s%s</node>\n"):format(clean(record.name), data("label", record.name), data("kind", record.kind), data("pages", record.count))
    end
    if record.type ~= "edge" then return nil end
    return ("    <edge source=\"%s\" target=\"%s\">%s%s%s</edge>\n"):format(clean(record.from), clean(record.to), data("relation", record.relation),
      data("pages", record.count), data("texts", record.texts))
  end,
  foot = function() return "  </graph>\n</graphml>\n" end,
}
