lode.page(function(p)
  for name, value in pairs(p.meta) do
    if type(value) == "table" then value = lode.json.encode(value) end
    p:emit { type = "show", show = name .. ": " .. tostring(value) }
  end
end)
