--- Events: who | kind | status (cue) | place, date, topic, condition, according to where there are such.
return {
  row = function(e)
    local who = e.participants or { e.visitor or e.actor or e.buyer or e.body or "?", e.host or e.target or e.matter or "?" }
    local more = {}
    for _, key in ipairs { "place", "date", "date_text", "topic", "condition", "according_to" } do
      if e[key] and not (key == "date_text" and e.date) then more[#more + 1] = key .. " " .. e[key] end
    end
    local cells = { table.concat(who, ", "), e.kind or e.type, e.status .. (e.cue and " (" .. e.cue .. ")" or ""), #more > 0 and table.concat(more, "; ") or nil }
    return table.concat(cells, " | ") .. "\n"
  end,
}
