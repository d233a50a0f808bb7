--- Contradictions: number about | subject | value | since | independent texts of pages.
return {
  row = function(c)
    local cells = { (c.number and c.number .. " " or "") .. c.about, (c.subject:gsub("%s+", " ")), (c.value:gsub("%s+", " ")), c.since or "-", c.texts .. " of " .. table.concat(c.pages, " ") }
    return table.concat(cells, " | ") .. "\n"
  end,
}
