--- Quotations: rule | speaker as written > full name | verb | how | text.
return {
  row = function(q)
    local who = q.speaker_text or "-"
    if q.speaker and q.speaker ~= who then who = who .. " > " .. q.speaker end
    if q.speaker_text and not q.speaker then who = who .. " > ?" end
    local how = q.how .. (q.fragment and " fragment" or "")
    local cells = { (q.rule or "-"):match "%S+$", who, q.verb or "-", how, (q.text:gsub("%s+", " ")) }
    if not q.rule:find " " then cells[1] = "-" end
    return table.concat(cells, " | ") .. "\n"
  end,
}
