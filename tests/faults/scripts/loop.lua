lode.page(function(p)
  if p.text:find("MARK", 1, true) then
    while true do end
  end
  p:emit{ type = "page", bytes = #p.text }
end)
