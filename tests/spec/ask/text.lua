--- The text of the zones asked for, and what was repaired.
return {
  row = function(page)
    local out = { page.text }
    for _, repair in ipairs(page.repairs or {}) do out[#out + 1] = lode.json.encode(repair) end
    return table.concat(out, "\n") .. "\n"
  end,
}
