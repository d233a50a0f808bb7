lode.page(function(p)
  for t in p:tokens { zone = "all" } do
    if t.kind ~= "word" and t.kind ~= "punct" then p:emit { type = "show", show = t.kind .. " " .. t.text } end
  end
end)
