--- Dates: text | value | kind | anchor, relative, assumed, mod, until, time zone where there are such.
return {
  row = function(d)
    local more = {}
    for _, key in ipairs { "anchor", "relative", "assumed", "mod", "until", "time_zone" } do
      if d[key] then more[#more + 1] = key .. " " .. d[key] end
    end
    local cells = { (d.text:gsub("%s+", " ")), d.value or "-", d.kind, #more > 0 and table.concat(more, ", ") or nil }
    return table.concat(cells, " | ") .. "\n"
  end,
}
