--- One JSON array of all records.

return {
  text = true,
  head = function() return "[" end,
  row = function(json, run)
    local sep = run.begun and ",\n" or "\n"
    run.begun = true
    return sep .. json
  end,
  foot = function(run) return run.begun and "\n]\n" or "]\n" end,
}
