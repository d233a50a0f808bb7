--- Graph: who met whom, who is to meet whom, who spoke about whom, over all pages.
---
---     lode run scripts/graph.lua -f dot pages/ | dot -Tsvg > graph.svg
---     lode run scripts/graph.lua -f graphml pages/ -o graph.graphml
---
--- `node` records are persons and states with the number of pages that name them; `edge` records have from, to, relation (met, to-meet,
--- spoke-about), how many pages and independent texts say so, and these pages.  Meetings that are denied or cancelled make no edge.
local corpus = require "lode.news.corpus"

lode.output { "node", "edge" }
lode.columns { "type", "name", "from", "to", "relation", "pages", "texts" }

local RELATION = { held = "met", agreed = "to-meet", expected = "to-meet", proposed = "to-meet", conditional = "to-meet" }

corpus.each(function(model)
  local edges, by_key, nodes, out = {}, {}, {}, {}
  local function node(name) nodes[name] = nodes[name] or { type = "node", name = name, kind = model.by_name[name] and "person" or "other" } end
  local function add(from, to, relation, page)
    node(from)
    node(to)
    local key = from .. "|" .. to .. "|" .. relation
    local edge = by_key[key]
    if not edge then
      edge = { type = "edge", from = from, to = to, relation = relation, has = {}, list = {} }
      by_key[key], edges[#edges + 1] = edge, edge
    end
    if not edge.has[page] then edge.has[page], edge.list[#edge.list + 1] = true, page end
  end
  for _, meeting in ipairs(model.meetings) do
    for _, claim in ipairs(meeting.claims) do
      for i, from in ipairs(RELATION[claim.status] and meeting.participants or {}) do
        for k = i + 1, #meeting.participants do add(from, meeting.participants[k], RELATION[claim.status], claim.page) end
      end
    end
  end
  for _, page in ipairs(model.pages) do
    for _, quote in ipairs(page.quotes) do
      for _, name in ipairs(quote.speaker and model.by_name[quote.speaker] and quote.about or {}) do
        if name ~= quote.speaker then add(quote.speaker, name, "spoke-about", page) end
      end
    end
  end
  for name, record in pairs(nodes) do
    local known = model.by_name[name]
    record.count = known and #known.pages or nil
    out[#out + 1] = record
  end
  for _, edge in ipairs(edges) do
    local ids = {}
    for i, page in ipairs(edge.list) do ids[i] = page.id end
    out[#out + 1] = { type = "edge", from = edge.from, to = edge.to, relation = edge.relation, count = #ids, texts = corpus.texts(edge.list), pages = ids }
  end
  return out
end)
